//! Tests of completions and definitions.

use super::*;

/// Requests a service at a place in the main file; returns the number of the request.
fn wants(state: &mut State, want: Purpose) -> u64 {
    asked(&state.apply(Action::Ask(want), 20.0)).expect("a request").0
}

fn completions() -> Purpose {
    Purpose::Completions { ticket: 5, path: "a.md".into(), at: 2 }
}

#[test]
fn completions_go_to_the_request_they_answer() {
    let mut state = settled(Vec::new());
    let rev = wants(&mut state, completions());
    let found = vec![Completion {
        label: "Help".into(),
        kind: CompletionKind::Value,
        detail: None,
        edit: TextEdit { range: range(0, 2, 1), text: "Help".into() },
    }];
    let effects = respond(&mut state, rev, Answer::Completions(found.clone()), 30.0);
    assert!(effects.contains(&Effect::Complete(5, found)));
}

#[test]
fn completions_for_a_text_that_has_changed_are_dropped() {
    let mut state = settled(Vec::new());
    let rev = wants(&mut state, completions());
    typed(&mut state, "Hel\n", 25.0);
    let found = vec![Completion {
        label: "Help".into(),
        kind: CompletionKind::Value,
        detail: None,
        edit: TextEdit { range: range(0, 2, 1), text: "Help".into() },
    }];
    let effects = respond(&mut state, rev, Answer::Completions(found), 30.0);
    assert!(effects.contains(&Effect::Complete(5, Vec::new())));
}

#[test]
fn a_definition_opens_the_file_it_is_in() {
    let mut state = settled(Vec::new());
    let effects = state.apply(Action::Command("definition:3".into()), 20.0);
    let (rev, _) = asked(&effects).expect("a request");
    let found = vec![Location { path: "b.md".into(), range: range(0, 1, 1) }];
    let effects = respond(&mut state, rev, Answer::Definition(found), 30.0);
    assert_eq!(state.workspace.active, "b.md");
    assert!(effects.contains(&Effect::Select(0, 1, true)));
}
