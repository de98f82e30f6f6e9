//! The part of the reducer for fixes: previews, reviews, applying and undoing, and turning off rules.

use super::diff::{self, Diff};
use super::list::{Event, Scope};
use super::queue::{Purpose, QueuedRequest};
use super::{Action, Effect, Shared, State, utf16};
use crate::state::action::RuleAction;
use rolewright_wire::{CodeAction, CodeActionKind, Diagnostic, Edit, Position};

/// A change that is shown to the user before it is applied.
#[derive(Clone, Debug, PartialEq)]
pub struct Review {
    /// A description of the fix.
    pub title: String,
    /// The changes of each file.
    pub diffs: Vec<(String, Diff)>,
    edits: Vec<Edit>,
    creates: Vec<(String, String)>,
}

/// The preview of a fix in the list.
#[derive(Clone, Debug, PartialEq)]
pub struct Preview {
    /// The problem.
    pub index: usize,
    /// The changes of its fix.
    pub diffs: Shared<Vec<(String, Diff)>>,
}

impl State {
    /// Handles the user's actions in the list of problems.
    pub(super) fn on_list(&mut self, event: Event, now: f64, effects: &mut Vec<Effect>) {
        match event {
            Event::Toggle(severity) => self.list.view.toggle(severity),
            Event::Filter(words) => self.list.view.filter = words,
            Event::Group(grouping) => self.list.view.group(grouping),
            Event::Unfold(group) => self.list.view.unfold(&group),
            Event::Preview(index) => {
                self.list.preview = index.and_then(|index| self.preview_of(index))
            }
            Event::CreateAll(paths) => {
                for path in &paths {
                    if !self.workspace.files.contains_key(path) {
                        self.workspace.add(path, "");
                    }
                }
                let text = format!("Created {}.", super::problems::count(paths.len(), "file"));
                self.tell(text, effects);
                self.changed(0, now, effects);
            }
            Event::TurnOff(index, scope) => self.turn_off(index, scope, now, effects),
            Event::Apply => {
                if let Some(review) = self.dialogs.review.take() {
                    self.carry_out(review.edits, review.creates, &review.title, effects);
                }
            }
            Event::Cancel => self.dialogs.review = None,
            Event::Undo(paths) => {
                self.notice = None;
                for path in paths.iter().rev() {
                    self.open(path, effects);
                    effects.push(Effect::Undo);
                }
                effects.push(Effect::FocusEditor);
            }
        }
    }

    /// Applies the fix of a problem; a fix that may change the meaning is shown first.
    pub(super) fn fix(&mut self, index: usize, effects: &mut Vec<Effect>) {
        let Some(problem) = self.shown.get(index).cloned() else { return };
        let Some(fix) = problem.fix else { return };
        let Some(edits) = self.edits_here(&fix.edits) else {
            return self.tell(
                "The fix was not applied: the text has changed since the last check.",
                effects,
            );
        };
        self.list.preview = None;
        let is_safe = fix.applicability == rolewright_wire::Applicability::Safe;
        self.propose(fix.title, is_safe, edits, Vec::new(), effects);
    }

    /// Makes a change; a change that may alter the meaning is shown first.
    pub(super) fn propose(
        &mut self,
        title: String,
        is_safe: bool,
        edits: Vec<Edit>,
        creates: Vec<(String, String)>,
        effects: &mut Vec<Effect>,
    ) {
        // Creating a file changes no text.
        if is_safe || edits.is_empty() {
            return self.carry_out(edits, creates, &title, effects);
        }
        let diffs = self.diffs(&edits);
        self.dialogs.review = Some(Review { title, diffs, edits, creates });
    }

    fn carry_out(
        &mut self,
        edits: Vec<Edit>,
        creates: Vec<(String, String)>,
        title: &str,
        effects: &mut Vec<Effect>,
    ) {
        let front = edits.last().map_or_else(String::new, |edit| edit.path.clone());
        if !edits.is_empty() {
            self.change(edits, &front, title, effects);
            self.edits.fixing = true;
        }
        for (path, text) in creates {
            let path = self.workspace.add(&path, &text);
            self.open(&path, effects);
            effects.push(Effect::FocusEditor);
            self.changed(0, self.edits.last_edit, effects);
        }
    }

    /// Applies edits, as one undo step in each file, and offers to undo them. Afterwards, the file
    /// at `front` is in front if the edits changed it.
    pub(super) fn change(
        &mut self,
        edits: Vec<Edit>,
        front: &str,
        title: &str,
        effects: &mut Vec<Effect>,
    ) {
        let mut files = by_file(edits);
        files.sort_by_key(|(path, _)| path == front);
        let paths: Vec<String> = files.iter().map(|(path, _)| path.clone()).collect();
        self.edits.own_edits += files.len();
        let zone = self.screen.zone;
        for (path, own) in files {
            self.open(&path, effects);
            effects.push(Effect::Change(own, title.into()));
        }
        // A phone keeps showing the list in which the fix was chosen.
        self.screen.zone = zone;
        let undo = Action::List(Event::Undo(paths));
        self.notice = Some(super::Notice {
            text: format!("{title}."),
            offer: Some(("Undo", Box::new(undo))),
        });
    }

    /// The edits of all safe fixes arrived.
    pub(super) fn fixed(
        &mut self,
        request: &QueuedRequest,
        edits: Vec<Edit>,
        (fixed, left): (u32, u32),
        effects: &mut Vec<Effect>,
    ) {
        let Purpose::FixAll(path) = &request.want else { return };
        if self.has_changed(request, path) {
            let text = "No fixes were applied: the text has changed since the last check.";
            return self.tell(text, effects);
        }
        if edits.is_empty() {
            return self.tell("No safe fixes available.", effects);
        }
        self.change(edits, path, "Apply all safe fixes", effects);
        self.edits.fixing = true;
        let stay = match left {
            0 => "No problems remain.".into(),
            1 => "1 problem remains.".into(),
            n => format!("{n} problems remain."),
        };
        let undo = self.notice.take().and_then(|notice| notice.offer);
        let fixes = if fixed == 1 { "1 fix".into() } else { format!("{fixed} fixes") };
        let text = format!("Applied {fixes}. {stay}");
        self.notify(text, undo, effects);
    }

    /// Converts edits of the checked text to edits of the current text; `None` if the text there
    /// has changed.
    fn edits_here(&self, edits: &[Edit]) -> Option<Vec<Edit>> {
        let spared = |e: &Edit| {
            let splice = self.splice(&e.path);
            splice.is_none_or(|s| s.spares(e.range.start.offset, e.range.end.offset))
        };
        let here = |edit: &Edit| {
            let at = |at: Position| Position { offset: self.here(&edit.path, at.offset), ..at };
            let mut moved = edit.clone();
            moved.range.start = at(edit.range.start);
            moved.range.end = at(edit.range.end);
            moved
        };
        edits.iter().all(spared).then(|| edits.iter().map(here).collect())
    }

    fn preview_of(&self, index: usize) -> Option<Preview> {
        let fix = self.shown.get(index)?.fix.as_ref()?;
        let diffs = Shared::new(self.diffs(&self.edits_here(&fix.edits)?));
        Some(Preview { index, diffs })
    }

    /// The changes made by edits, file by file.
    fn diffs(&self, edits: &[Edit]) -> Vec<(String, Diff)> {
        let files = by_file(edits.to_vec()).into_iter();
        let diff = |(path, edits): (String, Vec<Edit>)| {
            let before = self.workspace.text(&path);
            let diff = diff::lines(before, &edited(before, &edits));
            (path, diff)
        };
        files.map(diff).collect()
    }

    fn turn_off(&mut self, index: usize, scope: Scope, now: f64, effects: &mut Vec<Effect>) {
        let Some(problem) = self.shown.get(index).cloned() else { return };
        let Diagnostic { rule, path, range, .. } = problem;
        if scope == Scope::Project {
            let action = Action::Rule(RuleAction::Level { rule, level: Some("off".into()) });
            effects.extend(self.apply(action, now));
            return;
        }
        let (from, to) = (self.here(&path, range.start.offset), self.here(&path, range.end.offset));
        let want = Purpose::TurnOff { path, from, to, rule, whole: scope == Scope::File };
        self.request(want, self.workspace.set);
        self.send(effects);
    }

    /// The actions for a problem arrived; applies the action that turns off its rule.
    pub(super) fn turned_off(
        &mut self,
        request: &QueuedRequest,
        found: Vec<CodeAction>,
        effects: &mut Vec<Effect>,
    ) {
        let Purpose::TurnOff { rule, whole, .. } = &request.want else { return };
        let kind =
            if *whole { CodeActionKind::SuppressInFile } else { CodeActionKind::SuppressHere };
        let wanted = |a: &CodeAction| a.kind == kind && a.rule.as_ref() == Some(rule);
        match found.into_iter().find(wanted) {
            Some(action) => self.carry_out(action.edits, Vec::new(), &action.title, effects),
            None => self.tell(
                "This file cannot contain comments. Turn off the rule in the project instead.",
                effects,
            ),
        }
    }
}

/// Edits grouped by file, in order.
pub(super) fn by_file(edits: Vec<Edit>) -> Vec<(String, Vec<Edit>)> {
    let mut files: Vec<(String, Vec<Edit>)> = Vec::new();
    for edit in edits {
        match files.iter_mut().find(|(path, _)| *path == edit.path) {
            Some((_, own)) => own.push(edit),
            None => files.push((edit.path.clone(), vec![edit])),
        }
    }
    files
}

/// A text after disjoint ascending edits.
pub(super) fn edited(text: &str, edits: &[Edit]) -> String {
    let (mut result, mut at) = (String::new(), 0);
    for edit in edits {
        let start = edit.range.start.offset;
        result.push_str(utf16::slice(text, at, start));
        result.push_str(&edit.text);
        at = edit.range.end.offset;
    }
    result.push_str(utf16::slice(text, at, utf16::len(text)));
    result
}
