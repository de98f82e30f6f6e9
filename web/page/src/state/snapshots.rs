//! The part of the reducer for snapshots: earlier versions of the project, saved automatically while it
//! is edited, or on request.

use super::workspace::Workspace;
use super::{Effect, Saved, Shared, State};

/// An earlier version of the project.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Snapshot {
    /// Its key in the browser's storage.
    pub id: String,
    /// Its name; empty if it was kept automatically.
    pub name: String,
    /// The time when that version was saved, as text.
    pub when: String,
}

/// The snapshots on the screen.
#[derive(Debug, Default)]
pub struct Snapshots {
    /// Whether their dialog is open.
    pub open: bool,
    /// The list; `None` until it is read.
    pub list: Option<Shared<Vec<Snapshot>>>,
}

/// The events of snapshots.
#[derive(Clone, Debug)]
pub enum Event {
    /// Open or close the dialog.
    Open(bool),
    /// The list was read.
    Listed(Vec<Snapshot>),
    /// Save the current project under a name.
    Take(String),
    /// It was kept, or could not be.
    Taken(bool),
    /// Go back to a snapshot.
    Restore(String),
    /// A snapshot was read in order to restore it.
    Found(Option<Box<Workspace>>),
    /// Go back to the version before.
    Return(Box<Workspace>),
}

impl State {
    /// Handles events of snapshots.
    pub(super) fn snapshot(&mut self, event: Event, effects: &mut Vec<Effect>) {
        match event {
            Event::Open(open) => {
                self.kept.snapshots = Snapshots { open, list: None };
                if open {
                    effects.push(Effect::ListSnapshots);
                }
            }
            Event::Listed(list) => self.kept.snapshots.list = Some(Shared::new(list)),
            Event::Take(name) => {
                self.save(effects);
                let name = name.trim();
                let name = if name.is_empty() { "Snapshot" } else { name };
                effects.push(Effect::TakeSnapshot(name.into()));
            }
            Event::Taken(true) => {
                effects.push(Effect::Announce("Snapshot saved.".into()));
                effects.push(Effect::ListSnapshots);
            }
            Event::Taken(false) => {
                self.kept.snapshots.open = false;
                self.tell("This browser could not save the snapshot.", effects);
            }
            Event::Restore(_) if matches!(self.kept.saved, Saved::Elsewhere | Saved::Undecided) => {
                self.kept.snapshots.open = false;
                self.tell("Take the project over from the other tab first.", effects);
            }
            Event::Restore(id) => {
                self.save(effects);
                effects.push(Effect::ReadSnapshot(id));
            }
            Event::Found(Some(version)) => {
                let former = Box::new(self.workspace.clone());
                self.go_back_to(*version, effects);
                let undo = ("Undo", Box::new(super::Action::Snapshot(Event::Return(former))));
                self.notify("Restored the snapshot.".into(), Some(undo), effects);
            }
            Event::Found(None) => {
                self.kept.snapshots.open = false;
                self.tell("This snapshot no longer exists.", effects);
            }
            Event::Return(former) => self.go_back_to(*former, effects),
        }
    }

    fn go_back_to(&mut self, version: Workspace, effects: &mut Vec<Effect>) {
        self.kept.snapshots.open = false;
        self.switch_to(version, effects);
        self.save(effects);
        effects.push(Effect::FocusEditor);
    }
}
