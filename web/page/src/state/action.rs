//! The actions that the reducer accepts, as plain data.

use super::disk;
use super::docs::RuleDocs;
use super::effect::Timer;
use super::export::Export;
use super::hosts::Question;
use super::list::Event;
use super::prefs::{Layout, Split, Theme};
use super::queue::Purpose;
use super::snapshots;
use super::workspace::{Deleted, Workspace};
use super::{Against, Listed, Panel, Saved, Zone};
use rolewright_messages::Response;
use rolewright_wire::Range;

/// The actions, grouped by subject.
#[derive(Clone, Debug)]
pub enum Action {
    /// The editor's text changed.
    Edited {
        /// The file.
        path: String,
        /// Its text.
        text: String,
        /// Whether a paste replaced most of it, even if by the same text.
        whole: bool,
    },
    /// The caret moved, in UTF-16 offsets of the active file.
    Caret {
        /// Start of the selection.
        from: u32,
        /// End of the selection.
        to: u32,
        /// Line from 1.
        line: u32,
        /// Column from 1.
        column: u32,
    },
    /// Show a range of a file in the editor, in offsets of its current text.
    Reveal {
        /// The file.
        path: String,
        /// Start, UTF-16.
        from: u32,
        /// End, UTF-16.
        to: u32,
    },
    /// Show a notice of one sentence.
    Notify(String),
    /// Enter a new name for the variable at the caret.
    RenameVariable,
    /// Give the variable that name, or none.
    NameVariable(Option<String>),
    /// A timer expired.
    Rang(Timer),
    /// Something in the list of problems.
    List(Event),
    /// The editor asks something about a place.
    Ask(Purpose),
    /// A command of the editor, by its name in the contract.
    Command(String),
    /// Go back to the editor.
    ToEditor,
    /// Copy or download something from the project.
    Export(Export),
    /// The requested link; `None` if the browser cannot create it.
    Linked(Option<String>),
    /// A link brought a project, or a part of one.
    Received {
        /// The readable part; `None` with a whole link if a later version created it.
        workspace: Option<Box<Workspace>>,
        /// Whether it is complete.
        whole: bool,
    },
    /// Show a panel.
    Panel(Panel),
    /// Show the list of problems.
    Problems,
    /// Show a zone of a narrow screen.
    Zone(Zone),
    /// Open or close the help dialog.
    Help(bool),
    /// Open or close the command palette.
    Palette(bool),
    /// Dismiss the notice.
    Dismiss,
    /// Storage reported.
    Saved(Saved),
    /// An action for the folder that the project is saved to.
    Disk(disk::Event),
    /// Something about snapshots of the project.
    Snapshot(snapshots::Event),
    /// The page is about to be closed.
    Leaving,
    /// An action for the page's appearance and behavior.
    Look(LookAction),
    /// Something about the values of variables.
    Value(ValueAction),
    /// Something about the projects of this browser.
    Project(ProjectAction),
    /// Something about tabs that share a project.
    Tab(TabAction),
    /// An action for the network and the version of the page.
    Version(VersionAction),
    /// Something about the engine.
    Engine(EngineAction),
    /// Something about the prompt and its sources.
    Prompt(PromptAction),
    /// Something about the hosts of text and file.
    Host(HostAction),
    /// Something about the rules.
    Rule(RuleAction),
    /// Something about the files of the project.
    File(FileAction),
    /// Something about single problems.
    Problem(ProblemAction),
}

/// The actions for the page's appearance and behavior.
#[derive(Clone, Debug)]
pub enum LookAction {
    /// Turn synchronized scrolling of prompt and editor on or off.
    Lock,
    /// Move a boundary to a share, in percent.
    Split(Split, u32),
    /// The system changed between light and dark.
    SystemTheme,
    /// Choose light or dark.
    Theme(Theme),
    /// Choose where editor and prompt are.
    Layout(Layout),
    /// Make editor and prompt larger or smaller.
    FontSize(i32),
    /// Wrap long lines, or not.
    Wrap,
    /// Let Tab indent, or leave the editor.
    Tab,
    /// Check the spelling, or not.
    Spelling,
    /// Show the prompt as raw text, or as a document.
    Raw(bool),
    /// Show the files rail, or not.
    Rail,
    /// Announce new problems, or not.
    Speak,
}

/// The actions for the values of variables.
#[derive(Clone, Debug)]
pub enum ValueAction {
    /// Set a variable, or unset it.
    Set {
        /// The variable.
        name: String,
        /// Its value.
        value: Option<String>,
    },
    /// Use a set of values.
    UseSet(usize),
    /// Add a value set, as a copy of the current set.
    AddSet,
    /// Rename the set in use.
    NameSet(String),
    /// Delete the set in use.
    DropSet,
}

/// The actions for the projects in this browser.
#[derive(Clone, Debug)]
pub enum ProjectAction {
    /// Start a new project; the current one stays in the project list.
    Begin(Box<Workspace>),
    /// Return to a project of the list and delete the current one.
    Abandon(String),
    /// Read the list of projects again.
    List,
    /// The projects kept in this browser.
    Listed(Vec<Listed>),
    /// Open another project from the list.
    Open(String),
    /// Another project of the list was read, in order to continue with it.
    Opened(String, Box<Workspace>),
    /// Delete a project of the list.
    Delete(String),
    /// A project of the list was deleted.
    Deleted(String, Box<Workspace>),
    /// Restore a deleted project, under its key.
    Restore(String, Box<Workspace>),
    /// Rename the current project.
    Name(String),
}

/// The actions for tabs that share a project.
#[derive(Clone, Debug)]
pub enum TabAction {
    /// This tab holds the project.
    Held,
    /// Make this tab the one that saves the project.
    TakeOver,
    /// This tab is the one that saves now.
    TookOver,
    /// The version that the other tab saved last, after this tab has taken over the project.
    Theirs(Option<Box<Workspace>>),
    /// Both tabs changed the project: continue with this tab's version.
    KeepMine,
    /// Both tabs changed the project: continue with the other tab's version.
    LoadTheirs,
    /// The discarded version is stored; continue with this one.
    Settled(Box<Workspace>),
    /// Continue with a copy of the project.
    OpenCopy,
}

/// The actions for the network and the version of the page.
#[derive(Clone, Debug)]
pub enum VersionAction {
    /// The page is ready to work without a network.
    OfflineReady,
    /// A newer version is ready.
    UpdateReady,
    /// Change to the newer version.
    Update,
    /// Reload the page.
    Reload,
    /// The network state changed: whether it is offline.
    Cut(bool),
}

/// The actions of the engine.
#[derive(Clone, Debug)]
pub enum EngineAction {
    /// The engine sent a message.
    Said(Box<Response>),
    /// The engine sent a message that this page cannot read.
    Mismatch,
    /// The engine crashed, with the browser's error message, which may be empty.
    Died(String),
    /// Restart the engine on request.
    Retry,
}

/// The actions for the prompt and its sources.
#[derive(Clone, Debug)]
pub enum PromptAction {
    /// Compare the prompt with something else.
    Compare(Against),
    /// Pin the current prompt for comparison.
    Pin,
    /// Show this role, from 0, of a main file that contains several.
    Role(usize),
    /// The reader scrolled the prompt, which now begins at this offset.
    Scrolled(u32),
    /// The reader scrolled the editor, which now begins at this offset.
    EditorScrolled(u32),
    /// Hover over an offset in the prompt, or over none.
    Hover(Option<u32>),
    /// Move in the prompt by keyboard: by this many blocks, then by this many parts.
    Step(i32, i32),
    /// Go from the hovered part of the prompt to its source.
    HoveredSource,
    /// Go from a place of the prompt to its source.
    Source(u32),
    /// Show a place of the prompt and its source.
    Visit(u32),
    /// The same for a section of the prompt, by its number.
    VisitSection(usize),
}

/// The actions for the hosts of the text and the file.
#[derive(Clone, Debug)]
pub enum HostAction {
    /// Open the host dialog with a question, or close it.
    Ask(Option<Question>),
    /// Choose the host that the text is written for; `None` detects it.
    WrittenFor(Option<String>),
    /// Choose the host to compile for; `None` chooses the text's own host.
    CompiledFor(Option<String>),
}

/// The actions for the rules.
#[derive(Clone, Debug)]
pub enum RuleAction {
    /// The documentation of the rules was fetched, or could not be (`None`).
    Documented(Option<Vec<RuleDocs>>),
    /// Choose the profile of rules.
    Profile(String),
    /// Set a rule's severity: a severity, `off`, or `None` for the profile's default.
    Level {
        /// The rule.
        rule: String,
        /// The severity.
        level: Option<String>,
    },
    /// Open or close the rules.
    Show(bool),
    /// Write the settings into the project as `rolewright.json`.
    Write,
}

/// The actions for the files of the project.
#[derive(Clone, Debug)]
pub enum FileAction {
    /// Show a file in the editor.
    Open(String),
    /// Close a tab.
    Close(String),
    /// Make an empty file.
    New,
    /// Create the missing file of an include, and open it.
    Create(String),
    /// Import files: path and text.
    Add(Vec<(String, String)>),
    /// Start renaming a file, or cancel with `None`.
    Naming(Option<String>),
    /// Change the path of a file.
    Rename {
        /// Its path.
        from: String,
        /// The requested path.
        to: String,
    },
    /// Delete a file.
    Delete(String),
    /// Restore a deleted file.
    Restore(Deleted),
    /// Make this the main file, from which the prompt is compiled.
    MakeMain(String),
    /// Save a file to disk.
    Download(String),
    /// Pick files from this computer.
    Pick,
    /// Pick a folder of this computer.
    PickFolder,
    /// Start a project with the text on the clipboard.
    Paste,
    /// The text on the clipboard; `None` if the browser does not provide it.
    Pasted(Option<String>),
}

/// The actions for individual problems.
#[derive(Clone, Debug)]
pub enum ProblemAction {
    /// Jump to a problem of the list.
    GoTo(usize),
    /// The list's cursor moved.
    Cursor(usize),
    /// Move the list's cursor, and the focus with it.
    Step(usize),
    /// Apply the fix of a problem.
    Fix(usize),
    /// Apply every safe fix of the active file.
    FixAll,
    /// Show or hide the rule of a problem.
    ToggleExplanation(usize),
}

impl Action {
    /// Shows the diagnostics of a file.
    pub fn reveal(path: &str, range: Range) -> Action {
        Action::Reveal { path: path.into(), from: range.start.offset, to: range.end.offset }
    }
}
