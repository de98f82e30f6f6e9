//! The state of the page and its reducer, a pure function from an [`Action`] and the time to the new
//! state and the [`Effect`]s to carry out.

mod checking;
mod editing;
mod example;
mod fixing;
mod following;
mod keeping;
mod missing;
mod reading;
mod renaming;
mod services;
mod sharing;

pub mod action;
pub mod composition;
pub mod diff;
pub mod disk;
pub mod docs;
pub mod effect;
pub mod export;
pub mod figures;
pub mod graph;
pub mod hosts;
pub mod items;
pub mod list;
pub mod main_file;
pub mod palette;
pub mod parts;
pub mod prefs;
pub mod problems;
pub mod prompt;
pub mod queue;
pub mod shared;
pub mod snapshots;
pub mod splice;
pub mod utf16;
pub mod workspace;

pub use action::Action;
pub use effect::{Effect, Mark, Timer};
pub use fixing::{Preview, Review};
pub use parts::{
    Against, Caret, Comparison, Dialogs, Engine, Facts, Hovered, Kept, Listed, Notice, Offline,
    Outcome, Panel, ProblemList, Saved, Screen, Spot, Zone,
};
pub use renaming::VariableName;
pub use shared::Shared;

use docs::Docs;
use graph::Drawing;
use hosts::Hosts;
use list::Event;
use parts::{Edits, Requests};
use prefs::{DOCK, Layout, Prefs};
use rolewright_messages::Analysis;
use rolewright_wire::{Applicability, Diagnostic, Severity, Variable};
use workspace::Workspace;

/// The time after which a notice without a button disappears: screen readers have announced it by
/// then, and it covers other things.
const NOTICE_MS: u32 = 10_000;

/// Everything the page shows.
pub struct State {
    /// The project as saved.
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
    /// Whether a result is overdue, in which case the displayed result is dimmed.
    pub stale: bool,
    /// The displayed problems.
    pub shown: Shared<Vec<Diagnostic>>,
    /// The list of problems.
    pub list: ProblemList,
    /// The connections between the files of the project, while their panel is open.
    pub graph: Shared<Drawing>,
    /// The host dialog.
    pub hosts: Hosts,
    /// The other dialogs.
    pub dialogs: Dialogs,
    /// The reader's position in the text and in the prompt.
    pub spot: Spot,
    /// The comparison of prompts.
    pub comparison: Comparison,
    /// Which parts of the page are shown.
    pub screen: Screen,
    /// The notice about the last event.
    pub notice: Option<Notice>,
    /// The file whose name is being edited.
    pub renaming: Option<String>,
    /// The state of storage in this browser and on disk.
    pub kept: Kept,
    /// Whether the page works without a network.
    pub offline: Offline,
    edits: Edits,
    requests: Requests,
    warned: bool,
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
            shown: Shared::default(),
            list: ProblemList::default(),
            graph: Shared::default(),
            hosts: Hosts::default(),
            dialogs: Dialogs::default(),
            spot: Spot::default(),
            comparison: Comparison::default(),
            screen: Screen::default(),
            notice: None,
            renaming: None,
            kept: Kept::default(),
            offline: Offline::default(),
            edits: Edits::default(),
            requests: Requests::default(),
            warned: false,
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
        if self.kept.saved == Saved::Yes && effects.iter().any(|e| matches!(e, Effect::Save(_))) {
            self.kept.saved = Saved::Pending;
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
        effects.push(Effect::Later(Timer::Notice, NOTICE_MS));
        self.notice = Some(Notice { text, offer });
    }

    /// Removes a notice without a button.
    fn retire_notice(&mut self) {
        self.notice = self.notice.take().filter(|notice| notice.offer.is_some());
    }

    /// Removes a notice that a later edit made obsolete: *Undo* of a fix would undo that edit
    /// instead.
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

    /// Whether the project or the open file has no text yet.
    pub fn is_blank(&self) -> bool {
        let workspace = &self.workspace;
        workspace.text(&workspace.active).trim().is_empty() || workspace.is_blank()
    }

    /// The number of variables with neither value nor default.
    pub fn missing_values(&self) -> usize {
        let unset = |v: &&Variable| !v.given && !v.runtime && v.default.is_none();
        self.analysis().map_or(0, |a| a.compiled.variables.iter().filter(unset).count())
    }

    /// The bottom panel's share of the height: the chosen one, or more if there is much to show.
    pub fn dock_share(&self) -> u32 {
        match self.prefs.dock_share {
            DOCK if self.screen.crowded => 45,
            chosen => chosen,
        }
    }

    /// The number of problems in the active file with a safe fix.
    pub fn safe_fixes(&self) -> usize {
        let safe = |p: &&Diagnostic| {
            let fix = p.fix.as_ref();
            p.path == self.workspace.active
                && fix.is_some_and(|fix| fix.applicability == Applicability::Safe)
        };
        self.shown.iter().filter(safe).count()
    }

    /// For each displayed problem, the missing file that can be created.
    pub fn missing_files(&self) -> Vec<Option<String>> {
        self.shown.iter().map(|p| self.creatable(p)).collect()
    }

    /// The worst severity of a file's problems.
    pub fn trouble(&self, path: &str) -> Option<Severity> {
        self.shown.iter().filter(|p| p.path == path).map(|p| p.severity).max()
    }

    /// Whether the prompt was edited since the project was opened.
    pub fn has_edit(&self) -> bool {
        self.comparison.before.is_some()
    }

    /// Whether a prompt was pinned.
    pub fn has_pin(&self) -> bool {
        self.comparison.pinned.is_some()
    }

    /// Maps an offset in the analyzed text of a file to its current text.
    pub fn here(&self, path: &str, offset: u32) -> u32 {
        self.splice(path).map_or(offset, |s| s.map(offset))
    }

    /// The change to a file since the displayed analysis.
    fn splice(&self, path: &str) -> Option<splice::Splice> {
        let asked = self.outcome.as_ref()?.request.project.files.get(path)?;
        splice::between(asked, self.workspace.text(path))
    }
}

#[cfg(test)]
mod tests;
