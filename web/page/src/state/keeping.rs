//! The part of the reducer for storage and for tabs that share a project; nothing typed in either tab is
//! discarded before it is saved.

use super::workspace::Workspace;
use super::{Action, Effect, Saved, State, Timer};
use crate::state::action::{ProjectAction, TabAction, VersionAction};

/// The maximum delay before changes are saved, in milliseconds.
const SAVE_MS: u32 = 250;

impl State {
    /// Handles an action about storage, or returns any other action.
    pub(super) fn keep(&mut self, action: Action, effects: &mut Vec<Effect>) -> Option<Action> {
        match action {
            Action::Saved(saved) => self.stored(saved),
            Action::Tab(TabAction::Held)
                if matches!(self.kept.saved, Saved::Elsewhere | Saved::Undecided) =>
            {
                self.kept.saved = Saved::Yes;
            }
            Action::Tab(TabAction::Held) => {}
            Action::Project(ProjectAction::List) => effects.push(Effect::ListProjects),
            Action::Project(ProjectAction::Listed(projects)) => {
                self.kept.projects = super::Shared::new(projects)
            }
            Action::Project(ProjectAction::Open(id)) => {
                self.save(effects);
                effects.push(Effect::OpenProject(id));
            }
            Action::Project(ProjectAction::Opened(id, workspace)) => {
                // Text typed while the new project was being read belongs to the old project.
                if std::mem::take(&mut self.kept.saving) {
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
                self.kept.strayed = false;
                effects.push(Effect::BranchAside);
                effects.push(Effect::Save(Box::new(self.workspace.clone())));
            }
            Action::Leaving | Action::Rang(Timer::Save) => {
                if std::mem::take(&mut self.kept.saving) {
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

    /// Handles an action about tabs that share a project, or returns any other action.
    fn share_tabs(&mut self, action: Action, effects: &mut Vec<Effect>) -> Option<Action> {
        match action {
            Action::Tab(TabAction::TakeOver) => effects.push(Effect::TakeOver),
            Action::Tab(TabAction::TookOver) => effects.push(Effect::ReadTheirs),
            Action::Tab(TabAction::Theirs(theirs)) => self.took_over(theirs, effects),
            Action::Tab(TabAction::KeepMine) => {
                let mine = Box::new(self.workspace.clone());
                effects.extend(self.kept.theirs.clone().map(|theirs| Effect::Settle(theirs, mine)));
            }
            Action::Tab(TabAction::LoadTheirs) => {
                let mine = Box::new(self.workspace.clone());
                effects.extend(self.kept.theirs.clone().map(|theirs| Effect::Settle(mine, theirs)));
            }
            Action::Tab(TabAction::Settled(version)) => self.settled(*version, effects),
            other => return Some(other),
        }
        None
    }

    fn stored(&mut self, saved: Saved) {
        match (saved, self.kept.saved) {
            (Saved::Elsewhere, _) => {
                // A change right before another tab took over is not saved to the project anymore.
                self.kept.strayed |= self.kept.saving;
                self.kept.saved = saved;
            }
            // A write that was already in progress does not reveal which tab holds the project.
            (_, Saved::Elsewhere | Saved::Undecided) => {}
            (Saved::Yes, _) if self.kept.saving => self.kept.saved = Saved::Pending,
            _ => self.kept.saved = saved,
        }
    }

    /// Schedules saving of changed files or settings.
    pub(super) fn unsaved(&mut self, effects: &mut Vec<Effect>) {
        self.kept.disk.dirty = self.kept.disk.folder.is_some();
        self.save_soon(effects);
    }

    /// Schedules saving in this browser.
    pub(super) fn save_soon(&mut self, effects: &mut Vec<Effect>) {
        if !std::mem::replace(&mut self.kept.saving, true) {
            effects.push(Effect::Later(Timer::Save, SAVE_MS));
        }
        match self.kept.saved {
            Saved::Yes => self.kept.saved = Saved::Pending,
            Saved::Elsewhere | Saved::Undecided => self.kept.strayed = true,
            Saved::Pending | Saved::Full | Saved::Blocked => {}
        }
    }

    /// Saves the project, or a copy while another tab holds it or the user has not chosen a
    /// version.
    pub(super) fn save(&self, effects: &mut Vec<Effect>) {
        match self.kept.saved {
            Saved::Elsewhere | Saved::Undecided if self.kept.strayed => {
                effects.push(Effect::SaveAside(Box::new(self.copy())));
            }
            Saved::Elsewhere | Saved::Undecided => {}
            _ => effects.push(Effect::Save(Box::new(self.workspace.clone()))),
        }
    }

    /// A copy of the project, marked as such in its name.
    fn copy(&self) -> Workspace {
        let mut copy = self.workspace.clone();
        copy.name.push_str(" (copy)");
        copy
    }

    /// This tab now holds the project: continues with the version that the other tab saved last,
    /// unless both tabs changed it.
    fn took_over(&mut self, theirs: Option<Box<Workspace>>, effects: &mut Vec<Effect>) {
        match theirs {
            Some(theirs) if !theirs.says_the_same(&self.workspace) => {
                if self.kept.strayed {
                    self.kept.saved = Saved::Undecided;
                    self.kept.theirs = Some(theirs);
                } else {
                    self.kept.saved = Saved::Yes;
                    self.switch_to(*theirs, effects);
                }
            }
            _ => {
                self.kept.saved = Saved::Yes;
                self.kept.strayed = false;
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

    /// Continues with the chosen version, and saves the other version.
    fn settled(&mut self, version: Workspace, effects: &mut Vec<Effect>) {
        self.kept.saved = Saved::Yes;
        if version.says_the_same(&self.workspace) {
            self.kept.strayed = false;
            self.kept.theirs = None;
        } else {
            self.switch_to(version, effects);
        }
        self.save(effects);
        self.tell("The other version is saved as a copy in the project list.", effects);
    }
}
