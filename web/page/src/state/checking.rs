//! The part of the reducer for checking: requests, responses, crashes, problems and fixes.

use super::docs::Docs;
use super::graph::Drawing;
use super::problems::{self, Typing};
use super::queue::{Purpose, QueuedRequest};
use super::{Action, Against, Effect, Engine, Facts, Mark, Outcome, Panel, Shared};
use super::{State, Timer, Zone, prompt};
use crate::state::action::{EngineAction, ProblemAction, RuleAction};
use rolewright_messages::{Analysis, Answer, PROTOCOL, Project, Response};
use rolewright_wire::Diagnostic;
use std::rc::Rc;

/// An engine that has not answered after twice this long, in milliseconds, is stopped and
/// restarted. Twice, because on a page that was suspended, the timer fires before the answer is
/// read.
const WATCHDOG_MS: u32 = 2_500;
/// An engine that has not started after this long is started again.
const BOOT_MS: u32 = 30_000;
/// An answer counts as late after this long.
const SLOW_MS: u32 = 150;
/// New problems are announced after a pause of this length.
const ANNOUNCE_MS: u32 = 1_800;
/// The usual panel has room for about this many problems.
const FEW: usize = 3;
/// After this many consecutive crashes, nothing is retried automatically.
const MOST_FAILURES: u32 = 5;

impl State {
    /// Handles an action about the engine, or returns any other action.
    pub(super) fn check(
        &mut self,
        action: Action,
        now: f64,
        effects: &mut Vec<Effect>,
    ) -> Option<Action> {
        match action {
            Action::Engine(EngineAction::Said(response)) => self.said(*response, now, effects),
            Action::Rang(Timer::Watchdog) if !std::mem::replace(&mut self.warned, true) => {
                effects.push(Effect::Later(Timer::Watchdog, WATCHDOG_MS));
            }
            Action::Engine(EngineAction::Died(why)) => self.died(why, effects),
            Action::Rang(Timer::Watchdog | Timer::Boot) => {
                self.died("The checker did not respond in time.".into(), effects);
            }
            Action::Rang(Timer::Restart) => self.start(effects),
            Action::Engine(EngineAction::Retry) => self.retry(effects),
            Action::Rang(Timer::Ask) => self.ask(effects),
            Action::Rang(Timer::Slow) => self.stale |= self.requests.queue.busy(),
            Action::Rang(Timer::Settle) => self.show_problems(now, effects),
            Action::Rang(Timer::Announce) => {
                let said = problems::announcement(&self.list.announced, &self.shown);
                effects.extend(said.map(Effect::Announce));
                self.list.announced.clone_from(&self.shown);
            }
            Action::Engine(EngineAction::Mismatch) => self.outdated(effects),
            Action::Problem(ProblemAction::GoTo(index)) => self.go_to(index, effects),
            Action::Problem(ProblemAction::Step(index)) => {
                self.list.cursor = index.min(self.shown.len().saturating_sub(1));
                self.screen.zone = Zone::Problems;
                effects.push(Effect::FocusProblem(self.list.cursor));
            }
            Action::Problem(ProblemAction::Cursor(index)) => {
                self.list.cursor = index.min(self.shown.len().saturating_sub(1))
            }
            Action::Problem(ProblemAction::ToggleExplanation(index)) => {
                self.list.cursor = index;
                self.list.why = Some(index).filter(|_| self.list.why != Some(index));
                self.want_docs(effects);
                effects.extend(self.list.why.map(|_| Effect::ScrollWhy));
            }
            Action::Rule(RuleAction::Documented(docs)) => {
                self.docs = Shared::new(docs.map_or(Docs::Missing, Docs::Here));
            }
            Action::Problem(ProblemAction::Fix(index)) => self.fix(index, effects),
            Action::List(event) => self.on_list(event, now, effects),
            Action::Problem(ProblemAction::FixAll) => {
                self.ask_for(Purpose::FixAll(self.workspace.active.clone()), effects);
            }
            other => return Some(other),
        }
        None
    }

    /// The user views the documentation of a rule.
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

    /// The reason the engine stopped on this text, if it did and gave one.
    pub(super) fn breakdown(&self) -> Option<&str> {
        match &self.engine {
            Engine::Stopped(why) if !why.is_empty() => Some(why),
            _ => None,
        }
    }

    fn retry(&mut self, effects: &mut Vec<Effect>) {
        self.requests.queue.forgive();
        if matches!(self.engine, Engine::Missing) {
            self.engine = Engine::Loading;
            self.start(effects);
        }
        self.ask(effects);
    }

    /// Requests a check of the current project.
    pub(super) fn ask(&mut self, effects: &mut Vec<Effect>) {
        self.requests.asking = false;
        self.request(Purpose::Analysis, self.workspace.set);
        self.request_panel();
        effects.push(Effect::Later(Timer::Slow, SLOW_MS));
        self.send(effects);
    }

    /// Sends one request about the current project.
    pub(super) fn ask_for(&mut self, want: Purpose, effects: &mut Vec<Effect>) {
        self.request(want, self.workspace.set);
        self.send(effects);
    }

    /// Queues requests that only the open panel needs.
    pub(super) fn request_panel(&mut self) {
        match self.screen.panel {
            Panel::Changes => self.request_comparison(),
            Panel::Graph => self.request(Purpose::Graph, self.workspace.set),
            _ => {}
        }
    }

    /// Queues the text that the prompt or the host file is compared with, unless it is already
    /// available.
    pub(super) fn request_comparison(&mut self) {
        match self.comparison.against {
            Against::LastEdit | Against::Pinned => {}
            Against::Set(set) => self.request(Purpose::Comparison, set),
            Against::Host(host) => {
                let target = self.facts.hosts.get(host).map(|host| host.id.clone());
                let project = Project { target, ..self.workspace.project(self.workspace.set) };
                self.requests.queue.ask(Purpose::Comparison, Rc::new(project));
            }
        }
    }

    /// Queues a request.
    pub(super) fn request(&mut self, want: Purpose, set: usize) {
        self.requests.queue.ask(want, Rc::new(self.workspace.project(set)));
    }

    /// Sends the next request in the queue, if the engine is idle.
    pub(super) fn send(&mut self, effects: &mut Vec<Effect>) {
        if let Some(request) = self.requests.queue.next() {
            self.warned = false;
            effects.extend([Effect::Send(request), Effect::Later(Timer::Watchdog, WATCHDOG_MS)]);
        }
    }

    fn said(&mut self, response: Response, now: f64, effects: &mut Vec<Effect>) {
        match response {
            Response::Ready { protocol, .. } if protocol != PROTOCOL => self.outdated(effects),
            Response::Ready { version, hosts, rules, .. } => {
                self.facts = Shared::new(Facts { version, hosts, rules });
                if !matches!(self.engine, Engine::Stopped(_)) {
                    self.engine = Engine::Ready;
                }
                self.requests.queue.opened();
                effects.push(Effect::Cancel(Timer::Boot));
                self.send(effects);
            }
            Response::Answer { rev, answer } => {
                let Some(request) = self.answered(rev, effects) else { return };
                match answer {
                    Some(Answer::Analysis(analysis)) => {
                        self.analyzed(request, *analysis, now, effects);
                    }
                    Some(Answer::Fixed { edits, fixed, left }) => {
                        self.fixed(&request, edits, (fixed, left), effects);
                    }
                    Some(Answer::Renamed(edits)) => self.renamed(&request, edits, effects),
                    Some(Answer::Graph(graph)) => self.graph = Shared::new(Drawing::of(graph)),
                    Some(Answer::Matrix(rows)) => self.hosts.rows = Shared::new(rows),
                    Some(Answer::SourceMap(map)) => {
                        let name = prompt::file_name(&request.project.entry);
                        effects.push(Effect::Download(format!("{name}.prompt.map"), map));
                    }
                    other => self.served(request, other, effects),
                }
                self.send(effects);
            }
        }
    }

    fn analyzed(
        &mut self,
        request: Rc<QueuedRequest>,
        analysis: Analysis,
        now: f64,
        effects: &mut Vec<Effect>,
    ) {
        if request.want == Purpose::Comparison {
            let compiled = analysis.compiled;
            let of_host = matches!(self.comparison.against, Against::Host(_));
            self.comparison.refused = of_host && compiled.file.is_none();
            self.comparison.other = match compiled.file {
                Some(file) if of_host => Some(file.text),
                None if of_host => None,
                _ => Some(compiled.prompt),
            };
            self.compare();
        } else {
            self.take(request, analysis, now, effects);
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

    fn answered(&mut self, rev: u64, effects: &mut Vec<Effect>) -> Option<Rc<QueuedRequest>> {
        let request = self.requests.queue.answered(rev)?;
        effects.push(Effect::Cancel(Timer::Watchdog));
        // Only a check shows whether the problematic text is gone.
        if !request.want.is_service() {
            self.engine = Engine::Ready;
        }
        Some(request)
    }

    /// Shows an answer.
    fn take(
        &mut self,
        request: Rc<QueuedRequest>,
        analysis: Analysis,
        now: f64,
        effects: &mut Vec<Effect>,
    ) {
        let mut page = prompt::page(&analysis.compiled, &analysis.styles);
        if let Some(before) = &self.outcome {
            prompt::share(&mut page, &before.page);
        }
        // Not while someone types, because the lines being written would move.
        if self.outcome.is_none() || self.edits.pasted_whole {
            self.screen.crowded = analysis.report.diagnostics.len() > FEW;
        }
        self.outcome = Some(Shared::new(Outcome { request, analysis, page }));
        self.stale = false;
        // The author's own selection is never removed.
        let untouched = (self.spot.caret.from, self.spot.caret.to) == (0, 0);
        let first = self.screen.greeting && untouched && self.shown.is_empty();
        effects.push(if self.requests.queue.busy() {
            Effect::Later(Timer::Slow, SLOW_MS)
        } else {
            Effect::Cancel(Timer::Slow)
        });
        self.spot.hovered = None;
        self.show_problems(now, effects);
        self.highlight();
        if self.edits.following {
            self.follow(effects);
        }
        self.compare();
        if let Some(problem) = self.shown.first().filter(|_| first) {
            let (from, to) = offsets(problem);
            effects.push(Effect::Select(from, to, false));
        }
    }

    fn died(&mut self, why: String, effects: &mut Vec<Effect>) {
        let at_work = self.requests.queue.is_running();
        let wait = self.requests.queue.died();
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
        if self.requests.queue.failures() >= MOST_FAILURES {
            self.engine = Engine::Missing;
            effects.push(Effect::Announce("The checker could not be loaded.".into()));
        } else {
            effects.push(Effect::Later(Timer::Restart, wait));
        }
    }

    /// Updates the list of problems with the answer and the clock.
    fn show_problems(&mut self, now: f64, effects: &mut Vec<Effect>) {
        let Some(outcome) = self.outcome.clone() else { return };
        let idle_ms = now - self.edits.last_edit;
        let path = self.workspace.active.clone();
        let typing = Typing { path, line: self.spot.caret.line, idle_ms };
        let found = &outcome.analysis.report.diagnostics;
        let (mut show, held) = problems::to_show(found, &self.shown, &typing);
        if self.is_blank() {
            // What is not written yet has no problems yet.
            show.retain(|p| p.path != self.workspace.active && !self.workspace.is_blank());
        }
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
        self.list.why = self.list.why.and_then(moved);
        self.list.preview = None;
        self.list.cursor =
            moved(self.list.cursor).unwrap_or(self.list.cursor).min(show.len().saturating_sub(1));
        self.shown = Shared::new(show);
        self.underline(effects);
        if std::mem::take(&mut self.edits.fixing) {
            effects.push(Effect::RescueFocus(format!("problem-{}", self.list.cursor)));
        }
        if self.prefs.announce {
            effects.push(Effect::Later(Timer::Announce, ANNOUNCE_MS));
        }
    }

    /// Underlines the problems of the active file.
    pub fn underline(&self, effects: &mut Vec<Effect>) {
        let path = &self.workspace.active;
        let splice = self.splice(path);
        let here = |offset| splice.map_or(offset, |s| s.map(offset));
        let mark = |(index, p): (usize, &Diagnostic)| Mark {
            from: here(p.range.start.offset),
            to: here(p.range.end.offset),
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
        self.list.cursor = index;
        self.list.view.reveal(&problem);
        let (from, to) = offsets(&problem);
        let (from, to) = (self.here(&problem.path, from), self.here(&problem.path, to));
        self.reveal(&problem.path, from, to, effects);
        effects.push(Effect::ScrollProblem(index));
        // The reader's new position is announced in full, and a summary after it would only
        // interrupt.
        self.list.announced.clone_from(&self.shown);
        effects.push(Effect::Cancel(Timer::Announce));
        effects.extend(problems::arrival(&self.shown, index).map(Effect::Announce));
    }
}

pub(super) fn offsets(problem: &Diagnostic) -> (u32, u32) {
    (problem.range.start.offset, problem.range.end.offset)
}
