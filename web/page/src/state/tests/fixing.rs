//! Tests of fixes and other changes of the text.

use super::*;
use crate::state::action::{ProblemAction, RuleAction};

#[test]
fn a_fix_is_applied_as_one_step_and_not_onto_changed_text() {
    let mut found = problem("undefined-variable", 1, "`X` has no value");
    let edit = edit(6, 11, "you");
    let title = String::from("Write it out");
    found.fix = Some(Fix {
        title: title.clone(),
        applicability: Applicability::Safe,
        edits: vec![edit.clone()],
    });
    let mut state = settled(vec![found]);
    let effects = state.apply(Action::Problem(ProblemAction::Fix(0)), 20.0);
    assert!(effects.contains(&Effect::Change(vec![edit], title)));
    typed(&mut state, "Hello {{XY}}\n", 5_000.0);
    let effects = state.apply(Action::Problem(ProblemAction::Fix(0)), 5_001.0);
    assert!(!effects.iter().any(|e| matches!(e, Effect::Change(..))));
    assert!(state.notice.is_some());
}

#[test]
fn a_missing_include_names_the_file_to_make() {
    assert_eq!(missing::missing_path("roles/a.md", "./parts/x.md#top"), "roles/parts/x.md");
    assert_eq!(missing::missing_path("roles/a.md", "/branch/x.md"), "branch/x.md");
    assert_eq!(missing::missing_path("roles/a.md", "../x.md"), "x.md");
    assert_eq!(missing::missing_path("roles/a.md", "shared/x.md"), "shared/x.md");
}

#[test]
fn a_rule_that_is_turned_off_says_so_and_comes_back_with_undo() {
    let mut state = state();
    let off = Action::Rule(RuleAction::Level {
        rule: "missing-trigger".into(),
        level: Some("off".into()),
    });
    state.apply(off, 0.0);
    assert_eq!(state.workspace.rules["missing-trigger"], "off");
    let undo = state.notice.clone().and_then(|n| n.offer).map(|o| *o.1).expect("an undo");
    state.apply(undo, 1.0);
    assert!(state.workspace.rules.is_empty());
    assert!(state.notice.is_none());
}

/// A page that shows the menu at the caret with this action in it.
fn offering(edits: Vec<Edit>, creates: Vec<(String, String)>) -> State {
    let mut state = settled(Vec::new());
    let effects = state.apply(Action::Command("actions".into()), 20.0);
    let (rev, _) = asked(&effects).expect("a request");
    let action = CodeAction {
        title: "Do it".into(),
        kind: CodeActionKind::Fix,
        rule: None,
        applicability: Applicability::Safe,
        edits,
        creates,
    };
    let effects = respond(&mut state, rev, Answer::CodeActions(vec![action.clone()]), 30.0);
    assert!(effects.contains(&Effect::Offer(vec![action])));
    state
}

#[test]
fn an_action_that_is_chosen_is_one_step_and_not_done_to_a_changed_text() {
    let change = edit(6, 11, "you");
    let mut state = offering(vec![change.clone()], Vec::new());
    let effects = state.apply(Action::Command("action:0".into()), 40.0);
    assert!(effects.contains(&Effect::Change(vec![change.clone()], "Do it".into())));
    let mut state = offering(vec![change], Vec::new());
    typed(&mut state, "Changed\n", 35.0);
    let effects = state.apply(Action::Command("action:0".into()), 40.0);
    assert!(!effects.iter().any(|effect| matches!(effect, Effect::Change(..))));
    assert!(state.notice.is_some());
}

#[test]
fn an_action_that_creates_a_file_opens_it() {
    let mut state = offering(Vec::new(), vec![("new.md".into(), String::new())]);
    let effects = state.apply(Action::Command("action:0".into()), 40.0);
    assert_eq!(state.workspace.active, "new.md");
    assert!(effects.contains(&Effect::Show("new.md".into(), String::new())));
}

fn fixable(applicability: Applicability) -> Diagnostic {
    let fix = Fix { title: "Do it".into(), applicability, edits: vec![edit(0, 5, "Bye")] };
    Diagnostic { fix: Some(fix), ..problem("r", 1, "m") }
}

#[test]
fn a_fix_that_may_change_the_meaning_is_shown_before_it_is_applied() {
    let changes = |effects: &[Effect]| effects.iter().any(|e| matches!(e, Effect::Change(..)));
    let mut state = settled(vec![fixable(Applicability::Unsafe)]);
    assert!(!changes(&state.apply(Action::Problem(ProblemAction::Fix(0)), 20.0)));
    let review = state.dialogs.review.clone().expect("a review");
    assert_eq!((review.title.as_str(), review.diffs[0].1.added), ("Do it", 1));
    state.apply(Action::List(Event::Cancel), 21.0);
    assert!(state.dialogs.review.is_none());
    state.apply(Action::Problem(ProblemAction::Fix(0)), 22.0);
    assert!(changes(&state.apply(Action::List(Event::Apply), 23.0)));
}

#[test]
fn undo_of_a_fix_lasts_until_another_edit() {
    let mut state = settled(vec![fixable(Applicability::Safe)]);
    state.apply(Action::Problem(ProblemAction::Fix(0)), 20.0);
    typed(&mut state, "Bye {{X}}\n", 21.0);
    let undo = state.notice.clone().and_then(|n| n.offer).map(|o| *o.1).expect("an undo");
    assert!(state.apply(undo, 22.0).contains(&Effect::Undo));
    state.apply(Action::Problem(ProblemAction::Fix(0)), 23.0);
    typed(&mut state, "Bye {{X}}\n", 24.0);
    typed(&mut state, "Bye {{X}}!\n", 25.0);
    assert!(state.notice.is_none());
}
