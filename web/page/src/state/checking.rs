//! The part of the reducer for checking: requests, responses, crashes, problems and fixes.

use super::docs::Docs;
use super::problems::{self, Typing};
use super::queue::{Question, Want};
use super::{Action, Against, Dock, Effect, Engine, Facts, Mark, Outcome, Panel, Shared};
use super::{State, Timer, Zone, prompt};
use rolewright_messages::{Analysis, Edit, IncludeState, PROTOCOL, Problem, Say};
use std::rc::Rc;

/// An engine that has not answered for twice so long, in milliseconds, is ended and started again.
/// Twice, because a page that was suspended finds its timer due before it reads the answer.
const WATCHDOG_MS: u32 = 2_500;
/// An engine that has not come up for so long is started again.
const BOOT_MS: u32 = 30_000;
/// An answer is called late after so long.
const SLOW_MS: u32 = 150;
/// New problems are spoken after a pause of so long.
const ANNOUNCE_MS: u32 = 1_800;
/// After so many breakdowns in a row nothing is tried without being asked.
const MOST_FAILURES: u32 = 5;

impl State {
    /// Takes an action about the engine; gives back any other.
    pub(super) fn check(
        &mut self,
        action: Action,
        now: f64,
        effects: &mut Vec<Effect>,
    ) -> Option<Action> {
        match action {
            Action::Said(say) => self.said(*say, now, effects),
            Action::Rang(Timer::Watchdog) if !std::mem::replace(&mut self.warned, true) => {
                effects.push(Effect::Later(Timer::Watchdog, WATCHDOG_MS));
            }
            Action::EngineDied(why) => self.died(why, effects),
            Action::Rang(Timer::Watchdog | Timer::Boot) => {
                self.died("The checker did not respond in time.".into(), effects);
            }
            Action::Rang(Timer::Restart) => self.start(effects),
            Action::Retry => self.retry(effects),
            Action::Rang(Timer::Ask) => self.ask(effects),
            Action::Rang(Timer::Slow) => self.stale = self.queue.busy(),
            Action::Rang(Timer::Settle) => self.show_problems(now, effects),
            Action::Rang(Timer::Announce) => {
                let said = problems::announcement(&self.announced, &self.shown);
                effects.extend(said.map(Effect::Announce));
                self.announced.clone_from(&self.shown);
            }
            Action::EngineMismatch => self.outdated(effects),
            Action::GoTo(index) => self.go_to(index, effects),
            Action::Step(index) => {
                self.cursor = index.min(self.shown.len().saturating_sub(1));
                (self.dock, self.zone) = (Dock::Problems, Zone::Problems);
                effects.push(Effect::FocusProblem(self.cursor));
            }
            Action::Cursor(index) => self.cursor = index.min(self.shown.len().saturating_sub(1)),
            Action::Why(index) => {
                self.cursor = index;
                self.why = Some(index).filter(|_| self.why != Some(index));
                self.want_docs(effects);
                effects.extend(self.why.map(|_| Effect::ScrollWhy));
            }
            Action::Documented(docs) => {
                self.docs = Shared::new(docs.map_or(Docs::Missing, Docs::Here));
            }
            Action::Fix(index) => self.fix(index, effects),
            Action::FixAll => {
                let path = self.workspace.active.clone();
                self.question(Want::FixAll(path), self.workspace.set);
                self.send(effects);
            }
            other => return Some(other),
        }
        None
    }

    /// Somebody looks at the documentation of a rule.
    pub(super) fn want_docs(&mut self, effects: &mut Vec<Effect>) {
        if self.docs.is_due() {
            self.docs = Shared::new(Docs::Asked);
            effects.push(Effect::FetchDocs);
        }
    }

    /// Starts the engine.
    pub fn start(&mut self, effects: &mut Vec<Effect>) {
        effects.extend([Effect::StartEngine, Effect::Later(Timer::Boot, BOOT_MS)]);
    }

    /// Why the engine stopped on this text, if it did and said so.
    pub(super) fn breakdown(&self) -> Option<&str> {
        match &self.engine {
            Engine::Stopped(why) if !why.is_empty() => Some(why),
            _ => None,
        }
    }

    fn retry(&mut self, effects: &mut Vec<Effect>) {
        self.queue.forgive();
        if matches!(self.engine, Engine::Missing) {
            self.engine = Engine::Loading;
            self.start(effects);
        }
        self.ask(effects);
    }

    /// Asks about the project as it is now.
    pub(super) fn ask(&mut self, effects: &mut Vec<Effect>) {
        self.asking = false;
        self.question(Want::Analysis, self.workspace.set);
        if let (Panel::Changes, Against::Set(set)) = (self.panel, self.against) {
            self.question(Want::Comparison, set);
        }
        effects.push(Effect::Later(Timer::Slow, SLOW_MS));
        self.send(effects);
    }

    /// Puts a question in line.
    pub(super) fn question(&mut self, want: Want, set: usize) {
        self.queue.ask(want, Rc::new(self.workspace.project(set)));
    }

    /// Sends what is next in line, if the engine is free.
    pub(super) fn send(&mut self, effects: &mut Vec<Effect>) {
        if let Some(question) = self.queue.next() {
            self.warned = false;
            effects.extend([Effect::Send(question), Effect::Later(Timer::Watchdog, WATCHDOG_MS)]);
        }
    }

    fn said(&mut self, say: Say, now: f64, effects: &mut Vec<Effect>) {
        match say {
            Say::Ready { protocol, .. } if protocol != PROTOCOL => self.outdated(effects),
            Say::Ready { version, hosts, rules, .. } => {
                self.facts = Shared::new(Facts { version, hosts, rules });
                if !matches!(self.engine, Engine::Stopped(_)) {
                    self.engine = Engine::Ready;
                }
                self.queue.opened();
                effects.push(Effect::Cancel(Timer::Boot));
                self.send(effects);
            }
            Say::Analysed { rev, analysis } => {
                let Some(question) = self.answered(rev, effects) else { return };
                match question.want {
                    Want::Comparison => {
                        self.other = Some(analysis.prompt.text);
                        self.compare();
                    }
                    _ => self.take(question, *analysis, now, effects),
                }
                self.send(effects);
            }
            Say::Fixed { rev, path, edits, fixed, left } => {
                let Some(question) = self.answered(rev, effects) else { return };
                self.fixed(&question, &path, edits, (fixed, left), effects);
                self.send(effects);
            }
        }
    }

    fn outdated(&mut self, effects: &mut Vec<Effect>) {
        self.engine = Engine::Outdated;
        effects.extend([
            Effect::StopEngine,
            Effect::Cancel(Timer::Boot),
            Effect::Cancel(Timer::Watchdog),
        ]);
    }

    fn answered(&mut self, rev: u64, effects: &mut Vec<Effect>) -> Option<Rc<Question>> {
        let question = self.queue.answered(rev)?;
        effects.push(Effect::Cancel(Timer::Watchdog));
        self.engine = Engine::Ready;
        Some(question)
    }

    /// Shows an answer.
    fn take(
        &mut self,
        question: Rc<Question>,
        analysis: Analysis,
        now: f64,
        effects: &mut Vec<Effect>,
    ) {
        let page = prompt::page(&analysis.prompt);
        self.outcome = Some(Shared::new(Outcome { question, analysis, page }));
        self.stale = false;
        // A selection of the author's own is never taken away.
        let untouched = (self.caret.from, self.caret.to) == (0, 0);
        let first = self.greeting && untouched && self.shown.is_empty();
        effects.push(if self.queue.busy() {
            Effect::Later(Timer::Slow, SLOW_MS)
        } else {
            Effect::Cancel(Timer::Slow)
        });
        self.hovered = None;
        self.show_problems(now, effects);
        self.highlight();
        self.compare();
        if let Some(problem) = self.shown.first().filter(|_| first) {
            effects.push(Effect::Select(problem.start, problem.end, false));
        }
    }

    fn died(&mut self, why: String, effects: &mut Vec<Effect>) {
        let at_work = self.queue.is_running();
        let wait = self.queue.died();
        effects.extend([
            Effect::StopEngine,
            Effect::Cancel(Timer::Watchdog),
            Effect::Cancel(Timer::Boot),
        ]);
        if at_work {
            self.engine = Engine::Stopped(why);
            self.stale = true;
            let said = "The checker crashed on this text and was restarted.";
            effects.push(Effect::Announce(said.into()));
        } else if !matches!(self.engine, Engine::Stopped(_)) {
            self.engine = Engine::Loading;
        }
        if self.queue.failures() >= MOST_FAILURES {
            self.engine = Engine::Missing;
            effects.push(Effect::Announce("The checker could not be loaded.".into()));
        } else {
            effects.push(Effect::Later(Timer::Restart, wait));
        }
    }

    /// Brings the list of problems up to date with the answer and the clock.
    fn show_problems(&mut self, now: f64, effects: &mut Vec<Effect>) {
        let Some(outcome) = self.outcome.clone() else { return };
        let idle_ms = now - self.last_edit;
        let path = self.workspace.active.clone();
        let typing = Typing { path, line: self.caret.line, idle_ms };
        let (show, held) = problems::to_show(&outcome.analysis.problems, &self.shown, &typing);
        if held {
            let rest = (problems::HOLD_MS - idle_ms).ceil().max(1.0);
            effects.push(Effect::Later(Timer::Settle, rest as u32));
        }
        if *self.shown == show {
            return;
        }
        let moved = |index: usize| {
            let old = self.shown.get(index)?;
            show.iter().position(|p| problems::same(p, old))
        };
        self.why = self.why.and_then(moved);
        self.cursor = moved(self.cursor).unwrap_or(self.cursor).min(show.len().saturating_sub(1));
        self.shown = Shared::new(show);
        self.underline(effects);
        if std::mem::take(&mut self.fixing) {
            effects.push(Effect::RescueFocus(format!("problem-{}", self.cursor)));
        }
        if self.prefs.announce {
            effects.push(Effect::Later(Timer::Announce, ANNOUNCE_MS));
        }
    }

    /// Underlines the problems of the active file.
    pub(super) fn underline(&self, effects: &mut Vec<Effect>) {
        let path = &self.workspace.active;
        let splice = self.splice(path);
        let here = |offset| splice.map_or(offset, |s| s.map(offset));
        let mark = |(index, p): (usize, &Problem)| Mark {
            from: here(p.start),
            to: here(p.end),
            severity: p.severity,
            rule: p.rule.clone(),
            message: p.message.clone(),
            fix: p.fix.as_ref().map(|f| f.title.clone()),
            index,
        };
        let own = self.shown.iter().enumerate().filter(|(_, p)| p.path == *path);
        effects.push(Effect::Underline(own.map(mark).collect()));
    }

    /// Jumps to a problem.
    pub(super) fn go_to(&mut self, index: usize, effects: &mut Vec<Effect>) {
        let Some(problem) = self.shown.get(index).cloned() else { return };
        self.cursor = index;
        let range = |at| self.here(&problem.path, at);
        let (from, to) = (range(problem.start), range(problem.end));
        self.reveal(&problem.path, from, to, effects);
        effects.push(Effect::ScrollProblem(index));
        // Where the reader has arrived is said in full; a summary after it would only interrupt.
        self.announced.clone_from(&self.shown);
        effects.push(Effect::Cancel(Timer::Announce));
        effects.extend(problems::arrival(&self.shown, index).map(Effect::Announce));
    }

    fn fix(&mut self, index: usize, effects: &mut Vec<Effect>) {
        let Some(problem) = self.shown.get(index).cloned() else { return };
        let Some(fix) = problem.fix else { return };
        let spared = |e: &Edit| self.splice(&e.path).is_none_or(|s| s.spares(e.start, e.end));
        if !fix.edits.iter().all(spared) {
            return self.tell(
                "The fix was not applied: the text has changed since the last check.",
                effects,
            );
        }
        // The problem's own file last, so that it is the one in front afterwards.
        let mut paths: Vec<String> = Vec::new();
        for path in fix.edits.iter().map(|e| &e.path).filter(|path| **path != problem.path) {
            if !paths.contains(path) {
                paths.push(path.clone());
            }
        }
        if fix.edits.iter().any(|e| e.path == problem.path) {
            paths.push(problem.path.clone());
        }
        for path in paths {
            let own = fix.edits.iter().filter(|e| e.path == path);
            let edits: Vec<Edit> = own.map(|e| self.edit_here(e)).collect();
            self.open(&path, effects);
            effects.push(Effect::Change(edits, fix.title.clone()));
        }
        self.fixing = true;
    }

    fn edit_here(&self, edit: &Edit) -> Edit {
        Edit {
            start: self.here(&edit.path, edit.start),
            end: self.here(&edit.path, edit.end),
            ..edit.clone()
        }
    }

    fn fixed(
        &mut self,
        question: &Question,
        path: &str,
        edits: Vec<Edit>,
        (fixed, left): (u32, u32),
        effects: &mut Vec<Effect>,
    ) {
        let asked = question.project.files.get(path);
        let text = if asked.map(String::as_str) != Some(self.workspace.text(path)) {
            "No fixes were applied: the text has changed since the last check.".into()
        } else if edits.is_empty() {
            "No safe fixes available.".into()
        } else {
            self.open(path, effects);
            effects.push(Effect::Change(edits, "Apply all safe fixes".into()));
            self.fixing = true;
            let stay = match left {
                0 => "None remain.".into(),
                1 => "1 remains and needs your decision.".into(),
                n => format!("{n} remain and need your decision."),
            };
            format!("Fixed {}. {stay}", problems::count(fixed as usize, "problem"))
        };
        self.tell(text, effects);
    }

    /// The path to make when a problem is an include whose file is missing.
    pub fn creatable(&self, problem: &Problem) -> Option<String> {
        if problem.rule != "missing-include" {
            return None;
        }
        let found = self.analysis()?.includes.iter().find(|node| {
            node.state == IncludeState::Missing
                && node.from.as_ref().is_some_and(|from| {
                    from.path == problem.path
                        && from.start < problem.end
                        && problem.start < from.end
                })
        })?;
        Some(missing_path(&problem.path, &found.path))
    }
}

/// Where a file belongs that is included as `written` from `from`.
pub fn missing_path(from: &str, written: &str) -> String {
    let folder = from.rsplit_once('/').map_or("", |(folder, _)| folder);
    let relative = written.starts_with("./") || written.starts_with("../");
    let mut names: Vec<&str> =
        if relative { folder.split('/').filter(|n| !n.is_empty()).collect() } else { Vec::new() };
    for name in written.split('#').next().unwrap_or(written).split('/') {
        match name {
            "" | "." => {}
            ".." => {
                names.pop();
            }
            name => names.push(name),
        }
    }
    names.join("/")
}
