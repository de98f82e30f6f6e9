//! The part of the reducer for changes to the project: its text, files, values, host and rules.

use super::workspace::{ValueSet, Workspace};
use super::{Action, Effect, State, Timer, Zone, main_file, queue, splice, utf16};
use crate::state::action::{FileAction, ProjectAction, RuleAction, ValueAction};

/// A longer pause, in milliseconds, starts a new burst of edits.
const BURST_MS: f64 = 1_500.0;
/// A longer insertion, in UTF-16 code units, counts as a paste.
const PASTE: u32 = 8;

impl State {
    /// Handles an action that changes the project, or returns any other action.
    pub(super) fn edit(
        &mut self,
        action: Action,
        now: f64,
        effects: &mut Vec<Effect>,
    ) -> Option<Action> {
        match action {
            Action::Edited { path, text, whole } => {
                self.edited(path, (text, whole), now, effects);
            }
            Action::File(FileAction::Open(path)) => self.open(&path, effects),
            Action::Reveal { path, from, to } => self.reveal(&path, from, to, effects),
            Action::File(FileAction::Close(path)) => self.close(&path, effects),
            Action::File(FileAction::New) => {
                let path = self.workspace.add("role.md", "");
                self.edits.fresh = Some((path.clone(), self.workspace.active.clone()));
                self.open(&path, effects);
                self.changed(0, now, effects);
                // On a narrow screen, the name field is in the file list.
                (self.renaming, self.screen.zone) = (Some(path), Zone::Files);
            }
            Action::File(FileAction::Create(path)) => {
                let path = self.workspace.add(&path, "");
                self.open(&path, effects);
                effects.push(Effect::FocusEditor);
                self.changed(0, now, effects);
            }
            Action::File(FileAction::Add(files)) => self.add_files(files, now, effects),
            Action::Notify(text) => self.tell(text, effects),
            Action::File(FileAction::Naming(path)) => {
                let named = std::mem::replace(&mut self.renaming, path);
                let fresh = self.edits.fresh.take();
                if let Some((fresh, before)) =
                    fresh.filter(|(path, _)| named.as_ref() == Some(path))
                {
                    self.discard(&fresh, &before, now, effects);
                    return None;
                }
                if let (Some(named), None) = (named, &self.renaming) {
                    effects.push(Effect::RescueFocus(format!("file-{named}")));
                }
            }
            Action::File(FileAction::Delete(path)) => self.delete(&path, now, effects),
            Action::File(FileAction::Restore(deleted)) => {
                self.notice = None;
                let path = self.workspace.restore(deleted);
                self.open(&path, effects);
                self.changed(0, now, effects);
            }
            Action::File(FileAction::MakeMain(path)) => {
                if self.workspace.files.contains_key(&path) {
                    let untitled = self.workspace.name == self.workspace.title();
                    self.workspace.entry = path;
                    if untitled {
                        self.workspace.name = self.workspace.title();
                    }
                    self.workspace.role = 0;
                    self.notice = None;
                    self.changed(0, now, effects);
                }
            }
            Action::Rule(RuleAction::Write) => {
                if let Some(settings) = super::export::settings(&self.workspace) {
                    let path = "rolewright.json";
                    // An open editor keeps its undo history and takes the new text as one step.
                    self.workspace.files.insert(path.into(), settings.clone());
                    if self.workspace.active == path {
                        effects.push(Effect::Show(path.into(), settings));
                    }
                    self.tell("Saved `rolewright.json` to the project.", effects);
                    self.changed(0, now, effects);
                }
            }
            Action::File(FileAction::Pasted(text)) => self.pasted(text, effects),
            Action::Project(ProjectAction::Begin(workspace)) => self.begin(*workspace, effects),
            other => return self.set(other, now, effects),
        }
        None
    }

    /// Handles an action that changes project settings or storage, or returns any other action.
    fn set(&mut self, action: Action, now: f64, effects: &mut Vec<Effect>) -> Option<Action> {
        match action {
            Action::Rule(RuleAction::Profile(profile)) => self.workspace.profile = profile,
            Action::Rule(RuleAction::Level { rule, level }) => self.level(rule, level, effects),
            Action::Value(ValueAction::Set { name, value }) => {
                let set = self.workspace.sets.get_mut(self.workspace.set)?;
                match value {
                    Some(value) => set.values.insert(name, value),
                    None => set.values.remove(&name),
                };
                let delay = queue::delay(now - self.edits.last_edit, self.last_check_ms());
                self.edits.last_edit = now;
                self.changed(delay, now, effects);
                return None;
            }
            Action::Project(ProjectAction::Name(name)) => {
                let name = name.trim();
                if !name.is_empty() {
                    self.workspace.name = name.into();
                }
            }
            Action::Value(ValueAction::UseSet(set)) if set < self.workspace.sets.len() => {
                self.workspace.set = set
            }
            Action::Value(ValueAction::AddSet) => {
                let values = self.workspace.values().clone();
                let name = format!("Set {}", self.workspace.sets.len() + 1);
                self.workspace.sets.push(ValueSet { name, values });
                self.workspace.set = self.workspace.sets.len() - 1;
            }
            Action::Value(ValueAction::NameSet(name)) => {
                if let Some(set) = self.workspace.sets.get_mut(self.workspace.set) {
                    set.name = name;
                }
            }
            Action::Value(ValueAction::DropSet) if self.workspace.sets.len() > 1 => {
                self.workspace.sets.remove(self.workspace.set);
                self.workspace.repair();
            }
            other => return self.keep(other, effects),
        }
        self.changed(0, now, effects);
        None
    }

    fn level(&mut self, rule: String, level: Option<String>, effects: &mut Vec<Effect>) {
        let off = level.as_deref() == Some("off");
        let before = match level {
            Some(level) => self.workspace.rules.insert(rule.clone(), level),
            None => self.workspace.rules.remove(&rule),
        };
        self.notice = None;
        if off {
            // The problem disappears together with its button, so offer an undo.
            let text = format!("Turned off `{rule}` in this project.");
            let undo = ("Undo", Box::new(Action::Rule(RuleAction::Level { rule, level: before })));
            self.notify(text, Some(undo), effects);
        }
    }

    fn edited(
        &mut self,
        path: String,
        (text, whole): (String, bool),
        now: f64,
        effects: &mut Vec<Effect>,
    ) {
        match self.edits.own_edits.checked_sub(1) {
            Some(rest) => self.edits.own_edits = rest,
            None => self.outdate_notice(),
        }
        let untitled = self.workspace.name == self.workspace.title();
        let Some(kept) = self.workspace.files.get_mut(&path) else { return };
        let Some(change) = splice::between(kept, &text) else {
            return if whole {
                self.show_top(effects)
            };
        };
        let replaced = (change.old_end - change.start) * 3 >= utf16::len(kept) * 2;
        let old = std::mem::replace(kept, text);
        let over_example = self.screen.greeting && replaced;
        let undone = self.take_replaced(&path);
        let restored = undone.is_some();
        if over_example {
            self.become_own(&path, old, effects);
        } else if let Some(example) = undone {
            self.become_example(&path, example, effects);
        } else if untitled {
            self.workspace.name = self.workspace.title();
        }
        let pasted = change.new_end - change.start > PASTE;
        self.edits.pasted_whole = false;
        if whole || replaced && pasted {
            self.show_top(effects);
        }
        let since = if pasted { f64::INFINITY } else { now - self.edits.last_edit };
        let delay = queue::delay(since, self.last_check_ms());
        self.edits.last_edit = now;
        self.changed(delay, now, effects);
        if over_example {
            // The next edit is the first one of this text.
            self.edits.last_change = f64::NEG_INFINITY;
        }
        self.screen.greeting = restored;
    }

    /// After a whole role was pasted, the caret is at its end, but reading starts at its top.
    fn show_top(&mut self, effects: &mut Vec<Effect>) {
        effects.extend([Effect::ScrollEditor(0), Effect::AlignPrompt(0)]);
        (self.edits.pasted_whole, self.edits.pasting) = (true, true);
    }

    fn last_check_ms(&self) -> f64 {
        self.analysis().map_or(0.0, |a| a.check_ms + a.convert_ms)
    }

    /// Schedules saving and, after `delay` milliseconds, a check.
    pub(super) fn changed(&mut self, delay: u32, now: f64, effects: &mut Vec<Effect>) {
        if now - self.edits.last_change > BURST_MS {
            // Comparing with the prompt of an example that was just pasted over makes no sense.
            let latest = self
                .outcome
                .as_ref()
                .filter(|o| o.request.project.files.contains_key(&self.workspace.entry));
            self.comparison.before = latest.map(|o| o.analysis.compiled.prompt.clone());
        }
        self.edits.last_change = now;
        self.screen.greeting = false;
        self.unsaved(effects);
        match (self.requests.asking, delay) {
            (true, _) => {}
            // Sent before rendering, so that the engine runs in parallel.
            (false, 0) => self.ask(effects),
            (false, delay) => {
                self.requests.asking = true;
                effects.push(Effect::Later(Timer::Ask, delay));
            }
        }
    }

    /// Imports files. One of them becomes the main file only if the project is the untouched
    /// example of a first visit or has no text.
    fn add_files(&mut self, files: Vec<(String, String)>, now: f64, effects: &mut Vec<Effect>) {
        let blank = self.workspace.is_blank();
        if self.screen.greeting || blank {
            effects.extend(self.workspace.take_files().map(Effect::Forget));
        }
        let main = main_file::among(&files);
        let added: Vec<String> =
            files.iter().map(|(path, text)| self.workspace.add(path, text)).collect();
        let Some(front) = added.get(main) else { return };
        let has_main = !self.screen.greeting && !blank;
        if !has_main {
            self.workspace.entry.clone_from(front);
            self.workspace.role = 0;
            self.workspace.name = self.workspace.title();
        }
        self.open(front, effects);
        self.changed(0, now, effects);
        let what = match added.len() {
            1 => format!("Opened `{front}`. The file stays in this browser."),
            n => format!("Opened {n} files. The files stay in this browser."),
        };
        if has_main {
            let text = format!("{what} `{}` is still the main file.", self.workspace.entry);
            let offer = (
                "Make it the main file",
                Box::new(Action::File(FileAction::MakeMain(front.clone()))),
            );
            self.notify(text, Some(offer).filter(|_| added.len() == 1), effects);
        } else {
            self.tell(what, effects);
        }
    }

    /// Starts a new project; the current one stays in the project list.
    pub(super) fn begin(&mut self, workspace: Workspace, effects: &mut Vec<Effect>) {
        // The unchanged example of a first visit need not be saved, and an empty project is reused.
        let blank = self.workspace.is_blank();
        if !self.screen.greeting && !blank {
            self.save(effects);
        }
        if !blank {
            effects.push(Effect::Branch);
        }
        self.load(workspace, effects);
        effects.push(Effect::Save(Box::new(self.workspace.clone())));
    }

    /// Starts a project with a text from the clipboard; if the browser does not provide it, the
    /// user pastes it.
    fn pasted(&mut self, text: Option<String>, effects: &mut Vec<Effect>) {
        let text = text.filter(|text| !text.trim().is_empty());
        let given = text.is_some();
        let text = text.unwrap_or_default();
        self.begin(Workspace::untitled("role.md", &text), effects);
        effects.push(Effect::FocusEditor);
        if !given {
            self.tell("Paste the role into the editor.", effects);
        }
    }

    /// Loads another project and discards the editor state of the previous one.
    pub(super) fn load(&mut self, workspace: Workspace, effects: &mut Vec<Effect>) {
        effects.extend(self.workspace.files.keys().cloned().map(Effect::Forget));
        self.replace(workspace, effects);
    }

    /// Replaces the project with another version of it. The editor keeps its undo history, so undo
    /// restores this version's text.
    pub(super) fn replace(&mut self, workspace: Workspace, effects: &mut Vec<Effect>) {
        let closed = std::mem::replace(&mut self.workspace, workspace);
        self.workspace.repair();
        let gone = closed.files.into_keys().filter(|path| !self.workspace.files.contains_key(path));
        effects.extend(gone.map(Effect::Forget));
        self.screen.greeting = false;
        (self.kept.saving, self.kept.strayed, self.kept.theirs) = (false, false, None);
        self.outcome = None;
        self.shown = super::Shared::default();
        self.spot.highlighted = super::Shared::default();
        (self.list.cursor, self.list.why, self.spot.hovered, self.renaming) = (0, None, None, None);
        (self.list.preview, self.dialogs.review, self.edits.own_edits) = (None, None, 0);
        self.edits.replaced = None;
        self.list.view = super::list::ListView::default();
        self.hosts = super::hosts::Hosts::default();
        self.graph = super::Shared::default();
        self.notice = None;
        (self.comparison.before, self.comparison.pinned, self.comparison.other) =
            (None, None, None);
        self.comparison.against = super::Against::LastEdit;
        self.comparison.refused = false;
        self.comparison.diff = super::Shared::default();
        self.screen.zone = Zone::Edit;
        let path = self.workspace.active.clone();
        effects.push(Effect::Show(path.clone(), self.workspace.text(&path).into()));
        effects.push(Effect::RescueFocus(String::new()));
        self.edits.last_change = f64::NEG_INFINITY;
        self.requests.asking = true;
        self.edits.last_edit = f64::NEG_INFINITY;
        effects.push(Effect::Later(Timer::Ask, 0));
    }

    /// Shows a file in the editor.
    pub(super) fn open(&mut self, path: &str, effects: &mut Vec<Effect>) {
        if path == self.workspace.active || !self.workspace.activate(path) {
            self.screen.zone = Zone::Edit;
            return;
        }
        self.screen.zone = Zone::Edit;
        self.front(effects);
    }

    /// Shows the active file and requests a check, because its own problems are not known yet.
    fn front(&mut self, effects: &mut Vec<Effect>) {
        let path = self.workspace.active.clone();
        effects.push(Effect::Show(path.clone(), self.workspace.text(&path).into()));
        self.underline(effects);
        self.highlight();
        self.ask(effects);
    }

    /// Shows a range of a file in the editor.
    pub(super) fn reveal(&mut self, path: &str, from: u32, to: u32, effects: &mut Vec<Effect>) {
        self.open(path, effects);
        if self.workspace.active == path {
            let end = utf16::len(self.workspace.text(path));
            effects.push(Effect::Select(from.min(end), to.min(end), true));
        }
    }

    fn close(&mut self, path: &str, effects: &mut Vec<Effect>) {
        let before = self.workspace.active.clone();
        self.workspace.close(path);
        if self.workspace.active != before {
            self.front(effects);
        }
    }

    /// Removes a new file whose name was not confirmed.
    fn discard(&mut self, path: &str, before: &str, now: f64, effects: &mut Vec<Effect>) {
        if self.workspace.delete(path).is_some() {
            self.workspace.activate(before);
            effects.push(Effect::Forget(path.into()));
            self.front(effects);
            effects.push(Effect::RescueFocus(format!("file-{before}")));
            self.changed(0, now, effects);
        }
    }

    fn delete(&mut self, path: &str, now: f64, effects: &mut Vec<Effect>) {
        let before = self.workspace.active.clone();
        let Some(deleted) = self.workspace.delete(path) else {
            return self
                .tell("The last file cannot be deleted; a project needs at least one.", effects);
        };
        effects.push(Effect::Forget(path.into()));
        if self.workspace.active != before {
            self.front(effects);
        }
        effects.push(Effect::RescueFocus(format!("file-{}", self.workspace.active)));
        let offer = Some(("Undo", Box::new(Action::File(FileAction::Restore(deleted)))));
        self.notify(format!("Deleted `{path}`."), offer, effects);
        self.changed(0, now, effects);
    }
}
