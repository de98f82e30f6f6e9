//! Tests the reducer: from actions to state and effects.

mod checking;
mod disk;
mod files;
mod fixing;
mod keeping;
mod reading;
mod services;
mod snapshots;

use super::problems::tests::{problem, range};
use super::queue::Purpose;
use super::*;
use crate::state::action::EngineAction;
use rolewright_messages::{Answer, PROTOCOL, Project, Response};
use rolewright_wire::{
    CodeAction, CodeActionKind, Compiled, Completion, CompletionKind, Edit, FileStats, Fix,
    Location, Report, Segment, SegmentKind, Share, Stats, TextEdit,
};

fn state() -> State {
    let files = [("a.md", "Hello {{X}}\n"), ("b.md", "B\n")];
    let mut state = State::new(Workspace::new("Test", &files), Prefs::default());
    state.start(&mut Vec::new());
    state
}

fn ready() -> Action {
    let (version, hosts, rules) = ("1".into(), Vec::new(), Vec::new());
    Action::Engine(EngineAction::Said(Box::new(Response::Ready {
        protocol: PROTOCOL,
        version,
        hosts,
        rules,
    })))
}

pub fn segment(prompt: (u32, u32), path: &str, source: (u32, u32), kind: SegmentKind) -> Segment {
    Segment { prompt, path: path.into(), source, kind }
}

pub fn analysis(text: &str, diagnostics: Vec<Diagnostic>) -> Analysis {
    let whole = (0, utf16::len(text));
    let source = Share { path: "a.md".into(), ..Share::default() };
    Analysis {
        report: Report {
            path: "a.md".into(),
            host: "plain".into(),
            detected: true,
            host_reason: String::new(),
            kind: String::new(),
            diagnostics,
            skipped: Vec::new(),
            stats: FileStats { rules_run: 31, ..FileStats::default() },
        },
        compiled: Compiled {
            host: "plain".into(),
            prompt: text.into(),
            file: None,
            permissions: rolewright_wire::Outcome::Exact,
            segments: vec![segment(whole, "a.md", whole, SegmentKind::Literal)],
            losses: Vec::new(),
            stats: Stats { sources: vec![source], ..Stats::default() },
            variables: Vec::new(),
            includes: Vec::new(),
            diagnostics: Vec::new(),
            map: None,
        },
        loads: true,
        roles: Vec::new(),
        chains: vec![Vec::new()],
        chain_of: vec![0],
        styles: Vec::new(),
        check_ms: 0.5,
        convert_ms: 0.5,
    }
}

fn asked(effects: &[Effect]) -> Option<(u64, Project)> {
    effects.iter().find_map(|e| match e {
        Effect::Send(request) => Some((request.rev, (*request.project).clone())),
        _ => None,
    })
}

fn answer(state: &mut State, rev: u64, analysis: Analysis, now: f64) -> Vec<Effect> {
    respond(state, rev, Answer::Analysis(Box::new(analysis)), now)
}

fn respond(state: &mut State, rev: u64, answer: Answer, now: f64) -> Vec<Effect> {
    let response = Response::Answer { rev, answer: Some(answer) };
    state.apply(Action::Engine(EngineAction::Said(Box::new(response))), now)
}

/// A page with a running engine that has answered once.
fn settled(problems: Vec<Diagnostic>) -> State {
    let mut state = state();
    state.apply(ready(), 0.0);
    let effects = state.apply(Action::Rang(Timer::Ask), 0.0);
    let (rev, project) = asked(&effects).expect("a request");
    answer(&mut state, rev, analysis(&project.files["a.md"], problems), 10.0);
    state
}

fn typed(state: &mut State, text: &str, now: f64) -> Vec<Effect> {
    state.apply(Action::Edited { path: "a.md".into(), text: text.into(), whole: false }, now)
}

fn edit(start: u32, end: u32, text: &str) -> Edit {
    Edit { path: "a.md".into(), range: range(start, end, 1), text: text.into() }
}

fn version(text: &str) -> Workspace {
    Workspace::new("Test", &[("a.md", text), ("b.md", "B\n")])
}
