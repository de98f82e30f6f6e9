//! The part of the reducer for editor services: completions, hovers, definitions and code actions.

use super::queue::{Purpose, QueuedRequest};
use super::{Action, Effect, Panel, State, Zone};
use rolewright_messages::Answer;
use rolewright_wire::{Applicability, CodeAction, Location};
use std::rc::Rc;

impl State {
    /// Handles a request of the editor and returns any other action.
    pub(super) fn serve(&mut self, action: Action, effects: &mut Vec<Effect>) -> Option<Action> {
        match action {
            Action::Ask(want) => self.want(want, effects),
            other => return Some(other),
        }
        None
    }

    fn want(&mut self, want: Purpose, effects: &mut Vec<Effect>) {
        self.request(want, self.workspace.set);
        self.send(effects);
    }

    pub(super) fn want_definition(&mut self, at: u32, effects: &mut Vec<Effect>) {
        let path = self.workspace.active.clone();
        self.want(Purpose::Definition { path, at }, effects);
    }

    pub(super) fn want_actions(&mut self, effects: &mut Vec<Effect>) {
        let path = self.workspace.active.clone();
        let (from, to) = (self.spot.caret.from, self.spot.caret.to);
        self.want(Purpose::CodeActions { path, from, to }, effects);
    }

    /// Whether a file has changed since the request was sent.
    pub(super) fn has_changed(&self, request: &QueuedRequest, path: &str) -> bool {
        let asked = request.project.files.get(path).map(String::as_str);
        asked != Some(self.workspace.text(path))
    }

    /// An answer to one of the editor's requests; dropped if the text has changed.
    pub(super) fn served(
        &mut self,
        request: Rc<QueuedRequest>,
        answer: Option<Answer>,
        effects: &mut Vec<Effect>,
    ) {
        let fresh = |path: &str| !self.has_changed(&request, path);
        match (&request.want, answer) {
            (Purpose::Completions { ticket, path, .. }, answer) => {
                let found = match answer {
                    Some(Answer::Completions(found)) if fresh(path) => found,
                    _ => Vec::new(),
                };
                effects.push(Effect::Complete(*ticket, found));
            }
            (Purpose::Hover { ticket, path, .. }, answer) => {
                let found = match answer {
                    Some(Answer::Hover(found)) if fresh(path) => found,
                    _ => None,
                };
                effects.push(Effect::Explain(*ticket, found));
            }
            (Purpose::Definition { path, at }, Some(Answer::Definition(found))) if fresh(path) => {
                self.lead(path, *at, found, effects);
            }
            (Purpose::CodeActions { path, .. }, Some(Answer::CodeActions(found)))
                if fresh(path) =>
            {
                self.offer(request.clone(), found, effects);
            }
            (Purpose::TurnOff { path, .. }, Some(Answer::CodeActions(found))) if fresh(path) => {
                self.turned_off(&request, found, effects);
            }
            _ => {}
        }
    }

    /// Goes to the definition of a name; for an undeclared variable, to its value.
    fn lead(&mut self, path: &str, at: u32, found: Vec<Location>, effects: &mut Vec<Effect>) {
        let known = found.into_iter().find(|l| self.workspace.files.contains_key(&l.path));
        if let Some(Location { path, range }) = known {
            return self.reveal(&path, range.start.offset, range.end.offset, effects);
        }
        let covers = |place: &Location| {
            let range = place.range;
            place.path == path && range.start.offset <= at && at <= range.end.offset
        };
        let variables = self.analysis().map(|a| a.compiled.variables.as_slice());
        if variables.unwrap_or_default().iter().any(|v| v.uses.iter().any(covers)) {
            (self.screen.panel, self.screen.zone) = (Panel::Values, Zone::Prompt);
        } else {
            effects.push(Effect::Announce("No definition here.".into()));
        }
    }

    fn offer(
        &mut self,
        request: Rc<QueuedRequest>,
        found: Vec<CodeAction>,
        effects: &mut Vec<Effect>,
    ) {
        if found.is_empty() {
            return self.tell("No actions here.", effects);
        }
        self.screen.zone = Zone::Edit;
        effects.push(Effect::Offer(found.clone()));
        self.requests.offered = Some((request, found));
    }

    /// Applies one of the offered actions.
    pub(super) fn act(&mut self, index: usize, effects: &mut Vec<Effect>) {
        let Some((request, offered)) = self.requests.offered.take() else { return };
        let Some(action) = offered.into_iter().nth(index) else { return };
        if action.edits.iter().any(|edit| self.has_changed(&request, &edit.path)) {
            return self
                .tell("Nothing was changed: the text has been edited in the meantime.", effects);
        }
        let is_safe = action.applicability == Applicability::Safe;
        self.propose(action.title, is_safe, action.edits, action.creates, effects);
    }
}
