//! The effects that the reducer returns and the timers it sets, as plain data.

use super::queue::QueuedRequest;
use super::workspace::Workspace;
use rolewright_wire::{CodeAction, Completion, Edit, Hover, Severity};
use std::collections::BTreeMap;
use std::rc::Rc;

/// The timers.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Timer {
    /// The next request is due.
    Ask,
    /// An answer is late enough to be announced.
    Slow,
    /// A problem held back may be shown.
    Settle,
    /// Typing has paused long enough for an announcement.
    Announce,
    /// A notice without a button has been shown long enough.
    Notice,
    /// The text is due to be saved.
    Save,
    /// The engine is overdue with an answer.
    Watchdog,
    /// The engine is overdue with its start.
    Boot,
    /// The engine may be started again.
    Restart,
}

/// The requests to the browser, in this order.
#[derive(Clone, Debug, PartialEq)]
pub enum Effect {
    /// Fire after this many milliseconds; replaces the same timer.
    Later(Timer, u32),
    /// Stop the timer.
    Cancel(Timer),
    /// Start the engine, ending one that runs.
    StartEngine,
    /// End the engine.
    StopEngine,
    /// Fetch the documentation of the rules.
    FetchDocs,
    /// Ask the engine.
    Send(Rc<QueuedRequest>),
    /// Show a file in the editor: path and text.
    Show(String, String),
    /// Forget a file's editor state.
    Forget(String),
    /// The path of a file has changed.
    Moved(String, String),
    /// Change the text of the active file in one step: the edits, and the name of the step.
    Change(Vec<Edit>, String),
    /// Undo the last change of the active file.
    Undo,
    /// Redo the last undone change.
    Redo,
    /// Select a range of the active file; the flag moves the focus there.
    Select(u32, u32, bool),
    /// Underline these.
    Underline(Vec<Mark>),
    /// Answer the editor's request with this number with the possible completions.
    Complete(u32, Vec<Completion>),
    /// Answer the editor's request with this number with an explanation.
    Explain(u32, Option<Hover>),
    /// Explain the element at the caret, like the editor's key binding.
    ExplainCaret,
    /// Show a menu of these actions at the caret.
    Offer(Vec<CodeAction>),
    /// Show the source ranges of the hovered part of the prompt.
    Highlight(Vec<(u32, u32)>),
    /// Move the focus to the editor.
    FocusEditor,
    /// Move the focus to the prompt.
    FocusPrompt,
    /// Move the focus to a problem of the list.
    FocusProblem(usize),
    /// Bring a problem of the list into view.
    ScrollProblem(usize),
    /// Move the focus to an existing element if the focused element no longer exists: the element
    /// with that ID, or the editor.
    RescueFocus(String),
    /// Scroll an offset of the active file to the top of the editor.
    ScrollEditor(u32),
    /// Put an offset of the prompt at its top.
    AlignPrompt(u32),
    /// Bring a block of the prompt into view.
    ScrollPrompt(usize),
    /// Bring the rule that is open into view.
    ScrollWhy,
    /// Announce one sentence.
    Announce(String),
    /// Keep this state of the current project.
    Save(Box<Workspace>),
    /// Apply and keep the preferences.
    Prefer,
    /// Copy a text to the clipboard, and announce it with this sentence.
    Copy(String, String),
    /// Save a text to disk: file name and text.
    Download(String, String),
    /// Make a link of a project.
    Pack(Box<Workspace>),
    /// Pick files from this computer, or a folder.
    Pick(bool),
    /// Save files to disk as an archive of that name.
    DownloadZip(String, BTreeMap<String, String>),
    /// Read the clipboard.
    Paste,
    /// Continue under its own key.
    Branch,
    /// Continue under the key of the version that was saved aside.
    BranchAside,
    /// Read the list of projects.
    ListProjects,
    /// Open a project of the list.
    OpenProject(String),
    /// Delete a project of the list.
    DropProject(String),
    /// Continue under the key of a project in the list.
    Switch(String),
    /// Store a project other than the current one, under its key.
    SaveBeside(String, Box<Workspace>),
    /// Let the user choose a folder, and save the project there.
    ChooseFolder(Box<Workspace>),
    /// Save the project to its folder; the flag says whether to overwrite changes by others.
    SaveToDisk(Box<Workspace>, bool),
    /// Undo the last save to the folder.
    UndoSave,
    /// Read the list of snapshots.
    ListSnapshots,
    /// Save the stored version of the project as a snapshot with this name.
    TakeSnapshot(String),
    /// Read a snapshot, in order to go back to it.
    ReadSnapshot(String),
    /// Return to a project of the list and delete the current one.
    Abandon(String),
    /// Make this tab the one that saves the project.
    TakeOver,
    /// Read the project as the other tab left it.
    ReadTheirs,
    /// Store changes made in a tab that does not hold its project, always under the same key.
    SaveAside(Box<Workspace>),
    /// Store the first version as a separate project and, only if that worked, continue with the
    /// second.
    Settle(Box<Workspace>, Box<Workspace>),
    /// Change to the newer version of the page.
    Update,
    /// Reload the page.
    Reload,
}

impl Effect {
    /// Whether it makes no sense where the editor is out of sight.
    pub fn needs_editor(&self) -> bool {
        matches!(
            self,
            Effect::FocusEditor
                | Effect::Select(_, _, true)
                | Effect::Show(..)
                | Effect::Offer(_)
                | Effect::ExplainCaret
        )
    }

    /// Whether the effect needs the page to be rendered first: a hidden zone or panel cannot take
    /// the focus.
    pub fn needs_drawing(&self) -> bool {
        matches!(
            self,
            Effect::Select(..)
                | Effect::Offer(_)
                | Effect::ExplainCaret
                | Effect::FocusEditor
                | Effect::FocusPrompt
                | Effect::FocusProblem(_)
                | Effect::ScrollProblem(_)
                | Effect::RescueFocus(_)
                | Effect::ScrollPrompt(_)
                | Effect::ScrollWhy
        )
    }
}

/// A problem in the editor's format for underlines, in UTF-16 offsets of the active file.
#[derive(Clone, Debug, PartialEq)]
pub struct Mark {
    /// Start.
    pub from: u32,
    /// End.
    pub to: u32,
    /// How much it matters.
    pub severity: Severity,
    /// Rule name.
    pub rule: String,
    /// The problem.
    pub message: String,
    /// The name of the fix.
    pub fix: Option<String>,
    /// Place in the list.
    pub index: usize,
}
