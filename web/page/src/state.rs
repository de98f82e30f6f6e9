//! The state of the page and its reducer, a pure function from an [`Action`] and the time to the new
//! state and the [`Effect`]s to carry out.

mod checking;
mod editing;
mod fixing;
mod keeping;
mod reading;
mod renaming;
mod services;
mod sharing;

pub mod action;
pub mod diff;
pub mod docs;
pub mod export;
pub mod hosts;
pub mod list;
pub mod main_file;
pub mod prefs;
pub mod problems;
pub mod prompt;
pub mod queue;
pub mod shared;
pub mod splice;
pub mod utf16;
pub mod workspace;

pub use action::{Action, Effect, Mark, Timer};
pub use fixing::{Preview, Review};
pub use renaming::VariableName;
pub use shared::Shared;

use diff::Diff;
use docs::Docs;
use hosts::Hosts;
use list::{Event, ListView};
use prefs::{Layout, Prefs};
use prompt::{Origin, Page};
use queue::{Queue, QueuedRequest};
use rolewright_messages::{Analysis, HostInfo, RuleInfo};
use rolewright_wire::{Applicability, CodeAction, Diagnostic, Severity, Variable};
use std::rc::Rc;
use workspace::Workspace;

/// Everything the page shows.
pub struct State {
    /// The project as it is saved.
    pub workspace: Workspace,
    /// The preferences.
    pub prefs: Prefs,
    /// The state of the engine.
    pub engine: Engine,
    /// The hosts and rules of the engine.
    pub facts: Shared<Facts>,
    /// The documentation of the rules.
    pub docs: Shared<Docs>,
    /// The latest result of the engine.
    pub outcome: Option<Shared<Outcome>>,
    /// Whether a result is overdue, so that the displayed one is dimmed.
    pub stale: bool,
    /// The host dialog.
    pub hosts: Hosts,
    /// The displayed problems.
    pub shown: Shared<Vec<Diagnostic>>,
    /// Whether the page is shown inside another one: it stores nothing.
    pub embedded: bool,
    /// Whether this is a first visit without any edit.
    pub greeting: bool,
    /// How the list of problems is displayed.
    pub list: ListView,
    /// What the fix that has the focus changes.
    pub preview: Option<Preview>,
    /// The change that is shown before it is applied.
    pub review: Option<Review>,
    /// The current problem in the list.
    pub cursor: usize,
    /// The problem whose details are open.
    pub why: Option<usize>,
    /// The caret in the editor.
    pub caret: Caret,
    /// The ranges of the prompt that come from the caret's line.
    pub highlighted: Shared<Vec<(u32, u32)>>,
    /// The hovered part of the prompt.
    pub hovered: Option<Hovered>,
    /// What the *Changes* panel compares with.
    pub against: Against,
    /// The comparison, while its panel is open.
    pub diff: Shared<Diff>,
    /// The panel next to the editor.
    pub panel: Panel,
    /// The list in the bottom panel.
    pub dock: Dock,
    /// The area that a narrow screen shows.
    pub zone: Zone,
    /// Whether the command palette is open.
    pub palette: bool,
    /// Whether the help dialog is open.
    pub help: bool,
    /// The notice about the last event.
    pub notice: Option<Notice>,
    /// The variable that is being renamed.
    pub variable: Option<VariableName>,
    /// The file whose name is being edited.
    pub renaming: Option<String>,
    /// Whether the project is saved.
    pub saved: Saved,
    /// Whether the page works without a network.
    pub offline: Offline,
    /// The projects saved in this browser.
    pub projects: Shared<Vec<Listed>>,
    queue: Queue,
    asking: bool,
    warned: bool,
    saving: bool,
    /// Whether the project was changed here while another tab held it.
    strayed: bool,
    /// Whether a fix was applied from the list; its row disappears with the next result.
    fixing: bool,
    /// Whether a whole role was just pasted, so that the prompt stays at its top.
    pasted_whole: bool,
    /// How many changes the page has asked the editor for and not seen yet.
    own_edits: usize,
    theirs: Option<Box<Workspace>>,
    last_edit: f64,
    last_change: f64,
    /// The prompt before the last burst of edits, if there was one.
    before: Option<String>,
    pinned: Option<String>,
    other: Option<String>,
    announced: Vec<Diagnostic>,
    /// What the menu at the caret offers, and the request it answered.
    offered: Option<(Rc<QueuedRequest>, Vec<CodeAction>)>,
}

/// The state of the engine.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Engine {
    /// Loading; typing works.
    Loading,
    /// Running.
    Ready,
    /// It crashed on this text with this message, which may be empty, and was restarted.
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
    /// What was asked.
    pub request: Rc<QueuedRequest>,
    /// What was found.
    pub analysis: Analysis,
    /// The prompt, cut for the screen.
    pub page: Page,
}

/// The caret, in UTF-16 offsets of the active file.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
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

/// A hovered place in the prompt and its source.
#[derive(Clone, Debug, PartialEq)]
pub struct Hovered {
    /// Offset in the prompt.
    pub at: u32,
    /// Where it came from.
    pub origin: Origin,
    /// Line in that file, from 1.
    pub line: u32,
    /// The part of the prompt that the same include put in.
    pub include: Option<(u32, u32)>,
}

/// What the prompt is compared with.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Against {
    /// The prompt before the last burst of edits.
    LastEdit,
    /// The prompt that was pinned.
    Pinned,
    /// The prompt with that set of values.
    Set(usize),
}

/// The panels next to the editor.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Panel {
    /// The compiled prompt.
    Prompt,
    /// What changed in it.
    Changes,
    /// Values of variables.
    Values,
    /// The include tree.
    Outline,
    /// What the host reads from disk.
    File,
}

/// The lists in the bottom panel.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Dock {
    /// Problems.
    Problems,
    /// Rules and their settings.
    Rules,
}

/// What a narrow screen shows.
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

/// What happened.
#[derive(Clone, Debug)]
pub struct Notice {
    /// One sentence.
    pub text: String,
    /// The label and the action of a button.
    pub offer: Option<(&'static str, Box<Action>)>,
}

/// Whether the project is saved.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Saved {
    /// In this browser.
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
    /// When it was saved, as text.
    pub when: String,
    /// Whether it is the one that is open.
    pub current: bool,
}

impl State {
    /// The state a page starts with.
    pub fn new(workspace: Workspace, prefs: Prefs) -> State {
        State {
            workspace,
            prefs,
            engine: Engine::Loading,
            facts: Shared::default(),
            docs: Shared::default(),
            outcome: None,
            stale: false,
            hosts: Hosts::default(),
            shown: Shared::default(),
            embedded: false,
            greeting: false,
            list: ListView::default(),
            preview: None,
            review: None,
            cursor: 0,
            why: None,
            caret: Caret { line: 1, column: 1, ..Caret::default() },
            highlighted: Shared::default(),
            hovered: None,
            against: Against::LastEdit,
            diff: Shared::default(),
            panel: Panel::Prompt,
            dock: Dock::Problems,
            zone: Zone::Edit,
            palette: false,
            help: false,
            notice: None,
            variable: None,
            renaming: None,
            saved: Saved::Yes,
            offline: Offline::default(),
            projects: Shared::default(),
            queue: Queue::default(),
            asking: false,
            warned: false,
            saving: false,
            strayed: false,
            fixing: false,
            pasted_whole: false,
            own_edits: 0,
            theirs: None,
            last_edit: f64::NEG_INFINITY,
            last_change: f64::NEG_INFINITY,
            before: None,
            pinned: None,
            other: None,
            announced: Vec::new(),
            offered: None,
        }
    }

    /// Handles an action; `now` is in milliseconds since an arbitrary start.
    pub fn apply(&mut self, action: Action, now: f64) -> Vec<Effect> {
        let mut effects = Vec::new();
        let noticed = self.notice.is_some();
        if let Some(rest) = self.edit(action, now, &mut effects)
            && let Some(rest) = self.check(rest, now, &mut effects)
            && let Some(rest) = self.choose_host(rest, now, &mut effects)
            && let Some(rest) = self.rename(rest, now, &mut effects)
            && let Some(rest) = self.serve(rest, &mut effects)
            && let Some(rest) = self.share(rest, &mut effects)
        {
            self.read(rest, &mut effects);
        }
        if self.prefs.layout == Layout::Prompt && effects.iter().any(Effect::needs_editor) {
            self.prefs.layout = Layout::Side;
        }
        if noticed && self.notice.is_none() {
            effects.push(Effect::RescueFocus(String::new()));
        }
        effects
    }

    /// Shows a notice and announces it to screen readers.
    fn tell(&mut self, text: impl Into<String>, effects: &mut Vec<Effect>) {
        self.notify(text.into(), None, effects);
    }

    /// Shows a notice with an optional button.
    fn notify(
        &mut self,
        text: String,
        offer: Option<(&'static str, Box<Action>)>,
        effects: &mut Vec<Effect>,
    ) {
        effects.push(Effect::Announce(text.replace('`', "")));
        self.notice = Some(Notice { text, offer });
    }

    /// Removes a notice without a button.
    fn retire_notice(&mut self) {
        self.notice = self.notice.take().filter(|notice| notice.offer.is_some());
    }

    /// Removes a notice that another edit outdates: *Undo* of a fix would take back that edit.
    fn outdate_notice(&mut self) {
        let lasting = |action: &Action| !matches!(action, Action::List(Event::Undo(_)));
        let notice = self.notice.take();
        self.notice =
            notice.filter(|n| n.offer.as_ref().is_some_and(|(_, action)| lasting(action)));
    }

    /// The prompt on the screen.
    pub fn analysis(&self) -> Option<&Analysis> {
        self.outcome.as_ref().map(|o| &o.analysis)
    }

    /// How many variables have neither value nor default.
    pub fn missing_values(&self) -> usize {
        let unset = |v: &&Variable| !v.given && !v.runtime && v.default.is_none();
        self.analysis().map_or(0, |a| a.compiled.variables.iter().filter(unset).count())
    }

    /// How many problems of the active file have a safe fix.
    pub fn safe_fixes(&self) -> usize {
        let safe = |p: &&Diagnostic| {
            let fix = p.fix.as_ref();
            p.path == self.workspace.active
                && fix.is_some_and(|fix| fix.applicability == Applicability::Safe)
        };
        self.shown.iter().filter(safe).count()
    }

    /// For each problem on the screen, the file that would have to be made.
    pub fn missing_files(&self) -> Vec<Option<String>> {
        self.shown.iter().map(|p| self.creatable(p)).collect()
    }

    /// The worst severity of a file's problems.
    pub fn trouble(&self, path: &str) -> Option<Severity> {
        self.shown.iter().filter(|p| p.path == path).map(|p| p.severity).max()
    }

    /// Whether the prompt was edited since the project was opened.
    pub fn has_edit(&self) -> bool {
        self.before.is_some()
    }

    /// Whether a prompt was pinned.
    pub fn has_pin(&self) -> bool {
        self.pinned.is_some()
    }

    /// Where an offset of the analysed text of a file lies in its present text.
    pub fn here(&self, path: &str, offset: u32) -> u32 {
        self.splice(path).map_or(offset, |s| s.map(offset))
    }

    /// What changed in a file since the analysis on the screen.
    fn splice(&self, path: &str) -> Option<splice::Splice> {
        let asked = self.outcome.as_ref()?.request.project.files.get(path)?;
        splice::between(asked, self.workspace.text(path))
    }
}

#[cfg(test)]
mod tests;
