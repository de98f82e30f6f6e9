//! The part of the reducer for renaming files and variables, which also updates references to them.

use super::fixing::edited;
use super::queue::{Purpose, QueuedRequest};
use super::{Action, Effect, State, problems::count};
use crate::state::action::FileAction;
use rolewright_wire::{Edit, Location};

/// A variable whose new name is being entered.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct VariableName {
    /// Its current name.
    pub name: String,
    /// A place where the name occurs.
    path: String,
    at: u32,
}

impl State {
    /// Handles an action about renames and returns any other.
    pub(super) fn rename(
        &mut self,
        action: Action,
        now: f64,
        effects: &mut Vec<Effect>,
    ) -> Option<Action> {
        match action {
            Action::File(FileAction::Rename { from, to }) => {
                self.rename_file(&from, &to, now, effects)
            }
            Action::RenameVariable => {
                self.dialogs.variable = self.variable_at_caret();
                if self.dialogs.variable.is_none() {
                    self.tell("Put the cursor on a variable such as `{{TEAM}}` first.", effects);
                }
            }
            Action::NameVariable(to) => {
                let variable = self.dialogs.variable.take();
                if let (Some(VariableName { name: from, path, at }), Some(to)) = (variable, to)
                    && from != to
                {
                    self.request(Purpose::Rename { path, at, from, to }, self.workspace.set);
                    self.send(effects);
                }
            }
            other => return Some(other),
        }
        None
    }

    fn variable_at_caret(&self) -> Option<VariableName> {
        let (path, at) = (&self.workspace.active, self.spot.caret.from);
        let here = |place: &Location| {
            let range = place.range;
            place.path == *path && range.start.offset <= at && at <= range.end.offset
        };
        let variables = &self.analysis()?.compiled.variables;
        let found = variables.iter().find_map(|v| Some((v, v.uses.iter().find(|u| here(u))?)));
        let (variable, place) = found?;
        // After the opening braces is the name.
        let inside = at.max(place.range.start.offset + 2).min(place.range.end.offset);
        Some(VariableName { name: variable.name.clone(), path: path.clone(), at: inside })
    }

    fn rename_file(&mut self, from: &str, to: &str, now: f64, effects: &mut Vec<Effect>) {
        // The field reports again when it is removed from the page.
        if self.renaming.as_deref() != Some(from) {
            return;
        }
        let before = self.workspace.project(self.workspace.set);
        match self.workspace.rename(from, to) {
            Ok(to) => {
                (self.renaming, self.edits.fresh) = (None, None);
                self.retire_notice();
                effects.push(Effect::RescueFocus(format!("file-{to}")));
                if to != from {
                    effects.push(Effect::Moved(from.into(), to.clone()));
                    // The edits refer to the project before the move.
                    let want = Purpose::MoveFile { from: from.into(), to };
                    self.requests.queue.ask(want, std::rc::Rc::new(before));
                    self.send(effects);
                    self.changed(0, now, effects);
                }
            }
            // The field stays open with the rejected name.
            Err(text) => self.tell(text, effects),
        }
    }

    /// Carries out the edits of a rename.
    pub(super) fn renamed(
        &mut self,
        request: &QueuedRequest,
        edits: Result<Vec<Edit>, String>,
        effects: &mut Vec<Effect>,
    ) {
        let mut edits = match edits {
            Ok(edits) if edits.is_empty() => return,
            Ok(edits) => edits,
            Err(why) => return self.tell(why, effects),
        };
        if let Purpose::MoveFile { from, to } = &request.want {
            for edit in edits.iter_mut().filter(|edit| edit.path == *from) {
                edit.path.clone_from(to);
            }
        }
        let text_before = |path: &str| match &request.want {
            Purpose::MoveFile { from, to } if path == to => request.project.files.get(from),
            _ => request.project.files.get(path),
        };
        let fresh = |e: &Edit| {
            text_before(&e.path).map(String::as_str) == Some(self.workspace.text(&e.path))
        };
        if !edits.iter().all(fresh) {
            return self.tell("References were not updated: the text has changed.", effects);
        }
        let places = count(edits.len(), "place");
        self.change_everywhere(edits, effects);
        let text = match &request.want {
            Purpose::Rename { from, to, .. } => {
                self.carry_values(from, to);
                format!("Renamed `{from}` to `{to}` in {places}.")
            }
            Purpose::MoveFile { to, .. } => format!("Updated {places} that refer to `{to}`."),
            _ => return,
        };
        self.tell(text, effects);
    }

    /// The values of a variable go with its name.
    fn carry_values(&mut self, from: &str, to: &str) {
        for set in &mut self.workspace.sets {
            if let Some(value) = set.values.remove(from) {
                set.values.insert(to.into(), value);
            }
        }
    }

    /// Changes several files and leaves the open one in front.
    fn change_everywhere(&mut self, edits: Vec<Edit>, effects: &mut Vec<Effect>) {
        for (path, edits) in super::fixing::by_file(edits) {
            if path == self.workspace.active {
                self.edits.own_edits += 1;
                effects.push(Effect::Change(edits, String::new()));
            } else if let Some(text) = self.workspace.files.get_mut(&path) {
                *text = edited(text, &edits);
            }
        }
        self.changed(0, self.edits.last_edit, effects);
    }
}
