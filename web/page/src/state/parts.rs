//! The parts of the state, area by area of the page.

use super::diff::Diff;
use super::disk::Disk;
use super::list::ListView;
use super::palette::Entry;
use super::prompt::{Origin, Page};
use super::queue::{Queue, QueuedRequest};
use super::snapshots::Snapshots;
use super::workspace::Workspace;
use super::{Action, Preview, Review, Shared, VariableName};
use rolewright_messages::{Analysis, HostInfo, RuleInfo};
use rolewright_wire::{CodeAction, Diagnostic};
use std::rc::Rc;

/// The list of problems.
#[derive(Debug, Default)]
pub struct ProblemList {
    /// The hidden and open parts of the page.
    pub view: ListView,
    /// The current problem.
    pub cursor: usize,
    /// The problem whose details are open.
    pub why: Option<usize>,
    /// The changes of the focused fix.
    pub preview: Option<Preview>,
    /// The problems as they were last announced.
    pub(super) announced: Vec<Diagnostic>,
}

/// The dialogs, at most one of which is open.
#[derive(Debug, Default)]
pub struct Dialogs {
    /// Whether the command palette is open.
    pub palette: bool,
    /// The entries of the command palette besides its commands.
    pub found: Shared<Vec<Entry>>,
    /// Whether the help is open.
    pub help: bool,
    /// Whether the rules are open.
    pub rules: bool,
    /// The variable that is being renamed.
    pub variable: Option<VariableName>,
    /// The change to review before it is applied.
    pub review: Option<Review>,
}

/// The comparison of prompts.
#[derive(Debug, Default)]
pub struct Comparison {
    /// The text that the prompt is compared with.
    pub against: Against,
    /// The comparison, while its panel is open.
    pub diff: Shared<Diff>,
    /// The prompt before the last burst of edits, if there was one.
    pub(super) before: Option<String>,
    /// The prompt that was pinned.
    pub(super) pinned: Option<String>,
    /// The prompt with another set of values, or the file of another host.
    pub(super) other: Option<String>,
    /// Whether the other host gets no file.
    pub refused: bool,
}

/// The state of storage in this browser and on disk.
#[derive(Debug, Default)]
pub struct Kept {
    /// Whether the project is saved.
    pub saved: Saved,
    /// The projects saved in this browser.
    pub projects: Shared<Vec<Listed>>,
    /// Earlier versions of the project.
    pub snapshots: Snapshots,
    /// The folder that the project is saved to.
    pub disk: Disk,
    /// Whether there are changes to save.
    pub(super) saving: bool,
    /// Whether the project was changed here while another tab held it.
    pub(super) strayed: bool,
    /// The version of another tab, until the user has chosen one.
    pub(super) theirs: Option<Box<Workspace>>,
}

/// Which parts of the page are shown.
#[derive(Debug)]
pub struct Screen {
    /// The panel next to the editor.
    pub panel: Panel,
    /// The area that a narrow screen shows.
    pub zone: Zone,
    /// Whether the page is embedded in another page: then it stores nothing.
    pub embedded: bool,
    /// Whether this is a first visit without any edit.
    pub greeting: bool,
    /// Whether the text had many problems when it was opened or pasted, which need a taller panel.
    pub crowded: bool,
}

impl Default for Screen {
    fn default() -> Screen {
        Screen {
            panel: Panel::Prompt,
            zone: Zone::Edit,
            embedded: false,
            greeting: false,
            crowded: false,
        }
    }
}

/// The reader's position in the text and in the prompt.
#[derive(Debug, Default)]
pub struct Spot {
    /// The caret in the editor.
    pub caret: Caret,
    /// The ranges of the prompt that come from the caret's line.
    pub highlighted: Shared<Vec<(u32, u32)>>,
    /// The hovered part of the prompt.
    pub hovered: Option<Hovered>,
}

/// The requests to the engine.
#[derive(Debug, Default)]
pub(super) struct Requests {
    /// Sent and waiting requests.
    pub queue: Queue,
    /// Whether a check is due when a timer rings.
    pub asking: bool,
    /// The entries of the menu at the caret, and the request that it answers.
    pub offered: Option<(Rc<QueuedRequest>, Vec<CodeAction>)>,
}

/// The latest changes of the text.
#[derive(Debug)]
pub(super) struct Edits {
    /// When the last one was.
    pub last_edit: f64,
    /// When the project was last changed in any way.
    pub last_change: f64,
    /// Whether a fix was applied; its row disappears with the next result.
    pub fixing: bool,
    /// Whether a whole role was just pasted, so that the prompt stays at its top.
    pub pasted_whole: bool,
    /// Whether the next move of the caret is that of the paste.
    pub pasting: bool,
    /// Whether the prompt follows the caret when the next answer arrives.
    pub following: bool,
    /// The new file whose name was not confirmed yet, and the file that was open before.
    pub fresh: Option<(String, String)>,
    /// The number of changes that the page has sent to the editor and not seen yet.
    pub own_edits: usize,
    /// The project with the example that was replaced, and the path that the replacing text has.
    pub replaced: Option<(Workspace, String)>,
}

impl Default for Edits {
    fn default() -> Edits {
        let never = f64::NEG_INFINITY;
        Edits {
            last_edit: never,
            last_change: never,
            fixing: false,
            pasted_whole: false,
            pasting: false,
            following: false,
            fresh: None,
            own_edits: 0,
            replaced: None,
        }
    }
}

/// The state of the engine.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Engine {
    /// Loading; typing works.
    Loading,
    /// Running.
    Ready,
    /// The engine crashed on this text with this message, which may be empty, and was restarted.
    Stopped(String),
    /// It could not be loaded.
    Missing,
    /// Page and engine have different versions.
    Outdated,
}

/// The facts that the engine reports on start.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Facts {
    /// Version of the engine.
    pub version: String,
    /// Hosts.
    pub hosts: Vec<HostInfo>,
    /// Rules.
    pub rules: Vec<RuleInfo>,
}

impl Facts {
    /// The title of a host; its id if the host is unknown.
    pub fn title_of<'f>(&'f self, id: &'f str) -> &'f str {
        self.hosts.iter().find(|host| host.id == id).map_or(id, |host| &host.title)
    }
}

/// An answer and the request it belongs to.
#[derive(Debug)]
pub struct Outcome {
    /// The request.
    pub request: Rc<QueuedRequest>,
    /// The results.
    pub analysis: Analysis,
    /// The prompt, cut for the screen.
    pub page: Page,
}

/// The caret, in UTF-16 offsets of the active file.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Caret {
    /// Start of the selection.
    pub from: u32,
    /// End of the selection.
    pub to: u32,
    /// Line from 1.
    pub line: u32,
    /// Column from 1.
    pub column: u32,
}

impl Default for Caret {
    fn default() -> Caret {
        Caret { from: 0, to: 0, line: 1, column: 1 }
    }
}

/// A hovered place in the prompt and its source.
#[derive(Clone, Debug, PartialEq)]
pub struct Hovered {
    /// Offset in the prompt.
    pub at: u32,
    /// The source.
    pub origin: Origin,
    /// Line in that file, from 1.
    pub line: u32,
    /// The part of the prompt that comes from the same include.
    pub include: Option<(u32, u32)>,
}

/// The text that the prompt is compared with.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Against {
    /// The prompt before the last burst of edits.
    #[default]
    LastEdit,
    /// The prompt that was pinned.
    Pinned,
    /// The prompt with that set of values.
    Set(usize),
    /// The file of the host of that index.
    Host(usize),
}

/// The panels next to the editor.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Panel {
    /// The compiled prompt.
    Prompt,
    /// The differences.
    Changes,
    /// Values of variables.
    Values,
    /// The include tree.
    Outline,
    /// The file that the host reads.
    File,
    /// How the files of the project are connected.
    Graph,
}

/// The part shown on a narrow screen.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Zone {
    /// Files rail.
    Files,
    /// Editor.
    Edit,
    /// Panels.
    Prompt,
    /// Dock.
    Problems,
}

/// A notice about an event.
#[derive(Clone, Debug)]
pub struct Notice {
    /// The message, in one sentence.
    pub text: String,
    /// The label and the action of a button.
    pub offer: Option<(&'static str, Box<Action>)>,
}

/// Whether the project is saved.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Saved {
    /// In this browser.
    #[default]
    Yes,
    /// Not yet.
    Pending,
    /// The browser's storage is full.
    Full,
    /// The browser denies storage.
    Blocked,
    /// Another tab holds this project; changes here are saved as a copy.
    Elsewhere,
    /// This tab took over the project, but both tabs changed it; the user chooses a version.
    Undecided,
}

/// The state of the network and the offline copy.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Offline {
    /// The offline copy is complete.
    pub ready: bool,
    /// The network is unavailable.
    pub cut: bool,
    /// A new version is waiting.
    pub update: bool,
}

/// A project of the list.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Listed {
    /// Its key in the browser's storage.
    pub id: String,
    /// Its name.
    pub name: String,
    /// The time when it was saved, as text.
    pub when: String,
    /// Whether it is the open project.
    pub current: bool,
}
