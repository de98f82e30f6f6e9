//! Tests of snapshots.

use super::super::snapshots::Event;
use super::*;
use crate::state::action::ProjectAction;

fn apply(state: &mut State, event: Event) -> Vec<Effect> {
    state.apply(Action::Snapshot(event), 20.0)
}

#[test]
fn a_snapshot_is_taken_of_what_is_on_the_screen() {
    let mut state = settled(Vec::new());
    typed(&mut state, "Now\n", 5_000.0);
    let effects = apply(&mut state, Event::Take("  Good  ".into()));
    assert!(matches!(&effects[..], [Effect::Save(now), Effect::TakeSnapshot(name)]
            if now.text("a.md") == "Now\n" && name == "Good"));
}

#[test]
fn restoring_keeps_what_is_on_the_screen_and_undo_leads_back_to_it() {
    let mut state = settled(Vec::new());
    typed(&mut state, "Now\n", 5_000.0);
    let effects = apply(&mut state, Event::Restore("s".into()));
    assert!(matches!(&effects[..], [Effect::Save(_), Effect::ReadSnapshot(id)] if id == "s"));
    let before = Box::new(version("Before\n"));
    let effects = apply(&mut state, Event::Found(Some(before.clone())));
    assert!(effects.contains(&Effect::Save(before)));
    assert_eq!(state.workspace.text("a.md"), "Before\n");
    let undo = state.notice.clone().and_then(|n| n.offer).map(|o| *o.1).expect("an undo");
    state.apply(undo, 30.0);
    assert_eq!(state.workspace.text("a.md"), "Now\n");
}

#[test]
fn nothing_is_restored_into_a_project_that_another_tab_has() {
    let mut state = settled(Vec::new());
    state.apply(Action::Saved(Saved::Elsewhere), 10.0);
    let effects = apply(&mut state, Event::Restore("s".into()));
    assert!(!effects.iter().any(|e| matches!(e, Effect::ReadSnapshot(_))));
    assert!(state.notice.is_some_and(|n| n.text.contains("other tab")));
}

#[test]
fn a_write_that_ends_late_does_not_call_newer_changes_saved() {
    let mut state = settled(Vec::new());
    typed(&mut state, "Older\n", 5_000.0);
    state.apply(Action::Rang(Timer::Save), 5_250.0);
    typed(&mut state, "Newer\n", 5_260.0);
    state.apply(Action::Saved(Saved::Yes), 5_270.0);
    assert_eq!(state.kept.saved, Saved::Pending);
    state.apply(Action::Rang(Timer::Save), 5_510.0);
    state.apply(Action::Saved(Saved::Yes), 5_520.0);
    assert_eq!(state.kept.saved, Saved::Yes);
}

#[test]
fn a_write_that_ends_late_does_not_hide_that_another_tab_has_the_project() {
    let mut state = settled(Vec::new());
    state.apply(Action::Saved(Saved::Elsewhere), 10.0);
    state.apply(Action::Saved(Saved::Yes), 11.0);
    assert_eq!(state.kept.saved, Saved::Elsewhere);
}

#[test]
fn what_is_typed_while_another_project_is_read_belongs_to_the_one_before() {
    let mut state = settled(Vec::new());
    state.apply(Action::Project(ProjectAction::Open("other".into())), 20.0);
    typed(&mut state, "Late\n", 5_000.0);
    let opened =
        Action::Project(ProjectAction::Opened("other".into(), Box::new(version("Other\n"))));
    let effects = state.apply(opened, 5_010.0);
    assert!(matches!(&effects[..], [Effect::Save(mine), Effect::Switch(id), ..]
        if mine.text("a.md") == "Late\n" && id == "other"));
    assert_eq!(state.workspace.text("a.md"), "Other\n");
}
