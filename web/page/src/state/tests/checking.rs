//! Tests checking: the engine, the queue and the announcements about problems.

use super::*;
use crate::state::action::{EngineAction, FileAction, HostAction, ProblemAction, RuleAction};

/// A page with the greeting, after the first answer, with the caret here.
fn greeted(from: u32, to: u32) -> Vec<Effect> {
    let mut state = state();
    state.screen.greeting = true;
    state.apply(ready(), 0.0);
    state.apply(Action::Caret { from, to, line: 1, column: 1 }, 0.0);
    let (rev, _) = asked(&state.apply(Action::Rang(Timer::Ask), 0.0)).expect("a request");
    answer(&mut state, rev, analysis("Hello", vec![problem("r", 1, "m")]), 10.0)
}

#[test]
fn a_first_visit_starts_at_the_first_problem_unless_something_is_selected_already() {
    assert!(greeted(0, 0).contains(&Effect::Select(10, 13, false)));
    assert!(!greeted(0, 12).iter().any(|e| matches!(e, Effect::Select(..))));
}

#[test]
fn what_is_typed_before_the_engine_is_up_is_part_of_the_first_question() {
    let mut state = state();
    assert!(asked(&state.apply(Action::Rang(Timer::Ask), 0.0)).is_none());
    typed(&mut state, "typed early\n", 5.0);
    state.apply(Action::Rang(Timer::Ask), 6.0);
    let effects = state.apply(ready(), 9.0);
    let (_, project) = asked(&effects).expect("a request");
    assert_eq!(project.files["a.md"], "typed early\n");
}

#[test]
fn the_first_keystroke_asks_at_once_and_the_next_ones_wait_their_turn() {
    let mut state = settled(Vec::new());
    let first = typed(&mut state, "Hello {{X}} a\n", 5_000.0);
    assert!(asked(&first).is_some());
    let second = typed(&mut state, "Hello {{X}} ab\n", 5_090.0);
    assert!(second.contains(&Effect::Later(Timer::Ask, 16)));
    let third = typed(&mut state, "Hello {{X}} abc\n", 5_095.0);
    assert!(!third.iter().any(|e| matches!(e, Effect::Later(Timer::Ask, _))));
}

#[test]
fn an_engine_that_stops_leaves_the_text_and_is_not_asked_the_same_again() {
    let mut state = settled(Vec::new());
    assert!(asked(&typed(&mut state, "deadly\n", 5_000.0)).is_some());
    let effects = state.apply(Action::Rang(Timer::Watchdog), 7_500.0);
    assert_eq!(effects, [Effect::Later(Timer::Watchdog, 2_500)]);
    let effects = state.apply(Action::Rang(Timer::Watchdog), 10_000.0);
    assert!(effects.contains(&Effect::StopEngine));
    assert!(effects.contains(&Effect::Later(Timer::Restart, 0)));
    assert_eq!(state.engine, Engine::Stopped("The checker did not respond in time.".into()));
    assert_eq!(state.workspace.text("a.md"), "deadly\n");
    assert!(asked(&state.apply(ready(), 10_100.0)).is_none());
    let effects = typed(&mut state, "deadly no more\n", 11_000.0);
    let (rev, _) = asked(&effects).expect("a request");
    answer(&mut state, rev, analysis("deadly no more\n", Vec::new()), 11_001.0);
    assert_eq!(state.engine, Engine::Ready);
}

#[test]
fn an_engine_of_another_version_is_not_used() {
    let mut state = state();
    let response = Response::Ready {
        protocol: PROTOCOL + 1,
        version: "9".into(),
        hosts: Vec::new(),
        rules: Vec::new(),
    };
    let effects = state.apply(Action::Engine(EngineAction::Said(Box::new(response))), 0.0);
    assert_eq!(state.engine, Engine::Outdated);
    assert!(effects.contains(&Effect::StopEngine));
}

#[test]
fn a_jump_after_typing_lands_where_the_text_has_moved_to() {
    let mut found = problem("undefined-variable", 1, "`X` has no value");
    found.range = range(6, 11, 1);
    let mut state = settled(vec![found]);
    typed(&mut state, "Oh! Hello {{X}}\n", 5_000.0);
    let effects = state.apply(Action::Problem(ProblemAction::GoTo(0)), 5_001.0);
    assert!(effects.contains(&Effect::Select(10, 15, true)));
}

#[test]
fn the_documentation_of_the_rules_is_fetched_once_and_again_after_a_failure() {
    let mut state = settled(vec![problem("x", 1, "m")]);
    assert_eq!(
        state.apply(Action::Problem(ProblemAction::ToggleExplanation(0)), 20.0),
        [Effect::FetchDocs, Effect::ScrollWhy]
    );
    assert!(state.apply(Action::Rule(RuleAction::Show(true)), 21.0).is_empty());
    state.apply(Action::Rule(RuleAction::Documented(None)), 22.0);
    assert_eq!(state.apply(Action::Rule(RuleAction::Show(true)), 23.0), [Effect::FetchDocs]);
    state.apply(Action::Rule(RuleAction::Documented(Some(Vec::new()))), 24.0);
    assert!(state.apply(Action::Rule(RuleAction::Show(true)), 25.0).is_empty());
}

#[test]
fn opening_another_file_asks_for_what_is_found_in_it_alone() {
    let mut state = settled(Vec::new());
    let (rev, project) = asked(&state.apply(Action::File(FileAction::Open("b.md".into())), 20.0))
        .expect("a request");
    assert_eq!((project.entry.as_str(), project.active.as_str()), ("a.md", "b.md"));
    answer(&mut state, rev, analysis("Hello {{X}}\n", Vec::new()), 25.0);
    let (_, project) =
        asked(&state.apply(Action::File(FileAction::Close("b.md".into())), 30.0)).expect("another");
    assert_eq!(project.active, "a.md");
}

#[test]
fn a_jump_takes_the_place_of_the_summary_that_was_due() {
    let mut state = settled(vec![problem("r", 1, "m")]);
    let effects = state.apply(Action::Problem(ProblemAction::GoTo(0)), 20.0);
    assert!(effects.contains(&Effect::Cancel(Timer::Announce)));
    assert!(effects.contains(&Effect::ScrollProblem(0)));
    assert!(state.apply(Action::Rang(Timer::Announce), 2_000.0).is_empty());
}

#[test]
fn the_host_dialog_asks_what_every_host_makes_of_the_role() {
    let mut state = settled(Vec::new());
    let effects =
        state.apply(Action::Host(HostAction::Ask(Some(hosts::Question::CompiledFor))), 20.0);
    let (rev, _) = asked(&effects).expect("a request");
    let row = rolewright_messages::HostRow { host: "copilot".into(), ..Default::default() };
    respond(&mut state, rev, Answer::Matrix(vec![row]), 30.0);
    assert_eq!(state.hosts.rows.len(), 1);
    let effects =
        state.apply(Action::Host(HostAction::CompiledFor(Some("copilot".into()))), 5_000.0);
    let (_, project) = asked(&effects).expect("a request");
    assert_eq!(project.target.as_deref(), Some("copilot"));
    assert_eq!((state.hosts.asks, state.screen.panel), (None, Panel::File));
    state.apply(Action::Host(HostAction::CompiledFor(Some("plain".into()))), 6_000.0);
    assert_eq!(state.workspace.target, None, "the host of the text itself converts nothing");
}

#[test]
fn an_empty_project_has_no_problems_yet() {
    let mut state = State::new(Workspace::empty(), Prefs::default());
    state.start(&mut Vec::new());
    state.apply(ready(), 0.0);
    let (rev, _) = asked(&state.apply(Action::Rang(Timer::Ask), 0.0)).expect("a request");
    answer(&mut state, rev, analysis("", vec![problem("empty-body", 1, "m")]), 10.0);
    assert!(state.shown.is_empty());
}
