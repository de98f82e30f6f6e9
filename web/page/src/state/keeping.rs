//! The part of the reducer for storage and for tabs that share a project; nothing typed in either tab is
//! discarded before it is saved.

use super::workspace::Workspace;
use super::{Action, Effect, Saved, State, Timer};
use crate::state::action::{ProjectAction, TabAction, VersionAction};

/// Changes are saved at most this many milliseconds later.
const SAVE_MS: u32 = 250;

impl State {
    /// Handles an action about storage and returns any other.
    pub(super) fn keep(&mut self, action: Action, effects: &mut Vec<Effect>) -> Option<Action> {
        match action {
            Action::Saved(saved) => self.stored(saved),
            Action::Tab(TabAction::Held)
                if matches!(self.saved, Saved::Elsewhere | Saved::Undecided) =>
            {
                self.saved = Saved::Yes;
            }
            Action::Tab(TabAction::Held) => {}
            Action::Project(ProjectAction::List) => effects.push(Effect::ListProjects),
            Action::Project(ProjectAction::Listed(projects)) => {
                self.projects = super::Shared::new(projects)
            }
            Action::Project(ProjectAction::Open(id)) => {
                self.save(effects);
                effects.push(Effect::OpenProject(id));
            }
            Action::Project(ProjectAction::Opened(id, workspace)) => {
                // What was typed while it was read belongs to the project before.
                if std::mem::take(&mut self.storage.saving) {
                    self.save(effects);
                }
                effects.push(Effect::Switch(id));
                self.load(*workspace, effects);
            }
            Action::Project(ProjectAction::Delete(id)) => effects.push(Effect::DropProject(id)),
            Action::Project(ProjectAction::Deleted(id, workspace)) => {
                let text = format!("Deleted project {}.", workspace.name);
                let undo =
                    ("Undo", Box::new(Action::Project(ProjectAction::Restore(id, workspace))));
                self.notify(text, Some(undo), effects);
            }
            Action::Project(ProjectAction::Restore(id, workspace)) => {
                self.notice = None;
                effects.push(Effect::SaveBeside(id, workspace));
            }
            Action::Disk(event) => self.on_disk(event, effects),
            Action::Snapshot(event) => self.snapshot(event, effects),
            Action::Tab(TabAction::OpenCopy) => {
                self.workspace = self.copy();
                self.storage.strayed = false;
                effects.push(Effect::BranchAside);
                effects.push(Effect::Save(Box::new(self.workspace.clone())));
            }
            Action::Leaving | Action::Rang(Timer::Save) => {
                if std::mem::take(&mut self.storage.saving) {
                    self.save(effects);
                }
            }
            Action::Version(VersionAction::Update) => {
                self.save(effects);
                effects.push(Effect::Update);
            }
            Action::Version(VersionAction::Reload) => {
                self.save(effects);
                effects.push(Effect::Reload);
            }
            other => return self.share_tabs(other, effects),
        }
        None
    }

    /// Handles an action about tabs that share a project and returns any other.
    fn share_tabs(&mut self, action: Action, effects: &mut Vec<Effect>) -> Option<Action> {
        match action {
            Action::Tab(TabAction::TakeOver) => effects.push(Effect::TakeOver),
            Action::Tab(TabAction::TookOver) => effects.push(Effect::ReadTheirs),
            Action::Tab(TabAction::Theirs(theirs)) => self.took_over(theirs, effects),
            Action::Tab(TabAction::KeepMine) => {
                let mine = Box::new(self.workspace.clone());
                effects
                    .extend(self.storage.theirs.clone().map(|theirs| Effect::Settle(theirs, mine)));
            }
            Action::Tab(TabAction::LoadTheirs) => {
                let mine = Box::new(self.workspace.clone());
                effects
                    .extend(self.storage.theirs.clone().map(|theirs| Effect::Settle(mine, theirs)));
            }
            Action::Tab(TabAction::Settled(version)) => self.settled(*version, effects),
            other => return Some(other),
        }
        None
    }

    fn stored(&mut self, saved: Saved) {
        match (saved, self.saved) {
            (Saved::Elsewhere, _) => {
                // A change right before another tab took over is no longer saved to the project.
                self.storage.strayed |= self.storage.saving;
                self.saved = saved;
            }
            // A write that was under way says nothing about who holds the project.
            (_, Saved::Elsewhere | Saved::Undecided) => {}
            (Saved::Yes, _) if self.storage.saving => self.saved = Saved::Pending,
            _ => self.saved = saved,
        }
    }

    /// Schedules saving.
    pub(super) fn unsaved(&mut self, effects: &mut Vec<Effect>) {
        self.disk.dirty = self.disk.folder.is_some();
        if !std::mem::replace(&mut self.storage.saving, true) {
            effects.push(Effect::Later(Timer::Save, SAVE_MS));
        }
        match self.saved {
            Saved::Yes => self.saved = Saved::Pending,
            Saved::Elsewhere | Saved::Undecided => self.storage.strayed = true,
            Saved::Pending | Saved::Full | Saved::Blocked => {}
        }
    }

    /// Saves the project, or a copy while another tab holds it or the user has not chosen a version.
    pub(super) fn save(&self, effects: &mut Vec<Effect>) {
        match self.saved {
            Saved::Elsewhere | Saved::Undecided if self.storage.strayed => {
                effects.push(Effect::SaveAside(Box::new(self.copy())));
            }
            Saved::Elsewhere | Saved::Undecided => {}
            _ => effects.push(Effect::Save(Box::new(self.workspace.clone()))),
        }
    }

    /// A copy of the project, with a name that says so.
    fn copy(&self) -> Workspace {
        let mut copy = self.workspace.clone();
        copy.name.push_str(" (copy)");
        copy
    }

    /// This tab holds the project now: it continues with what the other tab saved last, unless both tabs
    /// changed it.
    fn took_over(&mut self, theirs: Option<Box<Workspace>>, effects: &mut Vec<Effect>) {
        match theirs {
            Some(theirs) if !theirs.says_the_same(&self.workspace) => {
                if self.storage.strayed {
                    self.saved = Saved::Undecided;
                    self.storage.theirs = Some(theirs);
                } else {
                    self.saved = Saved::Yes;
                    self.switch_to(*theirs, effects);
                }
            }
            _ => {
                self.saved = Saved::Yes;
                self.storage.strayed = false;
                self.save(effects);
            }
        }
    }

    /// Switches to another version of the project and keeps the open tabs.
    pub(super) fn switch_to(&mut self, mut version: Workspace, effects: &mut Vec<Effect>) {
        version.open.clone_from(&self.workspace.open);
        version.active.clone_from(&self.workspace.active);
        self.replace(version, effects);
    }

    /// Continues with the chosen version; the other one is saved.
    fn settled(&mut self, version: Workspace, effects: &mut Vec<Effect>) {
        self.saved = Saved::Yes;
        if version.says_the_same(&self.workspace) {
            self.storage.strayed = false;
            self.storage.theirs = None;
        } else {
            self.switch_to(version, effects);
        }
        self.save(effects);
        self.tell("The other version is saved as a copy in the project list.", effects);
    }
}
