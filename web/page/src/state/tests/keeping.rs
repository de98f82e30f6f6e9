//! Tests of saving, tabs that share a project, projects and links.

use super::*;
use crate::state::action::{ProjectAction, TabAction};

#[test]
fn a_project_open_in_another_tab_is_not_saved_from_here() {
    let mut state = settled(Vec::new());
    state.apply(Action::Saved(Saved::Elsewhere), 20.0);
    assert!(state.apply(Action::Leaving, 21.0).is_empty());
    typed(&mut state, "x", 5_000.0);
    let copy = Workspace { name: "Test (copy)".into(), ..state.workspace.clone() };
    assert_eq!(state.apply(Action::Leaving, 5_001.0), [Effect::SaveAside(Box::new(copy))]);
}

/// A tab whose project is held by another tab, and in which `text` was typed anyway.
fn strayed(text: &str) -> State {
    let mut state = settled(Vec::new());
    state.apply(Action::Saved(Saved::Elsewhere), 20.0);
    typed(&mut state, text, 5_000.0);
    assert_eq!(state.apply(Action::Tab(TabAction::TookOver), 5_010.0), [Effect::ReadTheirs]);
    state
}

#[test]
fn a_tab_that_changed_nothing_takes_over_what_the_other_one_saved_and_undo_leads_back() {
    let mut state = settled(Vec::new());
    state.apply(Action::Saved(Saved::Elsewhere), 20.0);
    let effects =
        state.apply(Action::Tab(TabAction::Theirs(Some(Box::new(version("Theirs\n"))))), 30.0);
    assert_eq!((state.kept.saved, state.workspace.text("a.md")), (Saved::Yes, "Theirs\n"));
    assert!(effects.contains(&Effect::Show("a.md".into(), "Theirs\n".into())));
    assert!(!effects.iter().any(|e| matches!(e, Effect::Forget(_))));
}

#[test]
fn where_both_tabs_changed_the_project_nothing_is_given_up_before_the_reader_chose() {
    let mut state = strayed("Mine\n");
    state.apply(Action::Tab(TabAction::Theirs(Some(Box::new(version("Theirs\n"))))), 5_020.0);
    assert_eq!((state.kept.saved, state.workspace.text("a.md")), (Saved::Undecided, "Mine\n"));
    let mine = Box::new(state.workspace.clone());
    let theirs = Box::new(version("Theirs\n"));
    let load = state.apply(Action::Tab(TabAction::LoadTheirs), 5_030.0);
    assert_eq!(load, [Effect::Settle(mine.clone(), theirs.clone())]);
    let keep = state.apply(Action::Tab(TabAction::KeepMine), 5_031.0);
    assert_eq!(keep, [Effect::Settle(theirs, mine.clone())]);
    let effects = state.apply(Action::Tab(TabAction::Settled(mine.clone())), 5_032.0);
    assert!(effects.contains(&Effect::Save(mine)));
    assert_eq!((state.kept.saved, state.workspace.text("a.md")), (Saved::Pending, "Mine\n"));
}

#[test]
fn what_is_typed_while_the_choice_is_open_belongs_to_this_tabs_version() {
    let mut state = strayed("Mine\n");
    state.apply(Action::Tab(TabAction::Theirs(Some(Box::new(version("Theirs\n"))))), 5_020.0);
    typed(&mut state, "Mine, later\n", 5_030.0);
    let effects = state.apply(Action::Tab(TabAction::LoadTheirs), 5_040.0);
    assert!(
        matches!(&effects[..], [Effect::Settle(mine, _)] if mine.text("a.md") == "Mine, later\n")
    );
}

#[test]
fn what_was_typed_right_before_another_tab_took_the_project_is_stored_aside() {
    let mut state = settled(Vec::new());
    typed(&mut state, "Last words\n", 5_000.0);
    state.apply(Action::Saved(Saved::Elsewhere), 5_010.0);
    let effects = state.apply(Action::Rang(Timer::Save), 5_250.0);
    assert!(
        matches!(&effects[..], [Effect::SaveAside(copy)] if copy.text("a.md") == "Last words\n")
    );
}

#[test]
fn a_project_begun_in_a_tab_that_does_not_hold_its_own_leaves_the_copy_alone() {
    let mut state = strayed("Mine\n");
    let effects =
        state.apply(Action::Project(ProjectAction::Begin(Box::new(version("Fresh\n")))), 5_020.0);
    let kept: Vec<&Effect> = effects
        .iter()
        .filter(|e| matches!(e, Effect::SaveAside(_) | Effect::Branch | Effect::Save(_)))
        .collect();
    assert!(
        matches!(kept[..], [Effect::SaveAside(copy), Effect::Branch, ..] if copy.text("a.md") == "Mine\n")
    );
}

#[test]
fn two_versions_that_say_the_same_ask_nothing() {
    let mut state = strayed("Same\n");
    let mut theirs = version("Same\n");
    theirs.activate("b.md");
    state.apply(Action::Tab(TabAction::Theirs(Some(Box::new(theirs)))), 5_020.0);
    assert_eq!(state.kept.saved, Saved::Pending);
}

#[test]
fn leaving_saves_what_is_not_saved_yet_and_nothing_else() {
    let mut state = settled(Vec::new());
    assert!(state.apply(Action::Leaving, 20.0).is_empty());
    typed(&mut state, "x", 5_000.0);
    let kept = Box::new(state.workspace.clone());
    assert_eq!(state.apply(Action::Leaving, 5_001.0), [Effect::Save(kept)]);
}

#[test]
fn a_project_begun_from_an_example_leaves_the_former_one_as_it_was() {
    let mut state = settled(Vec::new());
    typed(&mut state, "mine\n", 5_000.0);
    let mine = Box::new(state.workspace.clone());
    let fresh = Workspace::new("Example", &[("e.md", "E")]);
    let effects =
        state.apply(Action::Project(ProjectAction::Begin(Box::new(fresh.clone()))), 5_010.0);
    let kept: Vec<&Effect> =
        effects.iter().filter(|e| matches!(e, Effect::Save(_) | Effect::Branch)).collect();
    assert_eq!(kept, [&Effect::Save(mine), &Effect::Branch, &Effect::Save(Box::new(fresh))]);
    assert_eq!(state.workspace.text("e.md"), "E");
}

#[test]
fn a_link_opens_as_a_project_of_its_own_that_can_be_discarded() {
    let mut state = settled(Vec::new());
    let mine = Box::new(state.workspace.clone());
    let listed =
        Listed { id: "mine".into(), name: "Test".into(), when: String::new(), current: true };
    state.apply(Action::Project(ProjectAction::Listed(vec![listed])), 0.0);
    let theirs = Box::new(Workspace::new("Theirs", &[("t.md", "T")]));
    let effects =
        state.apply(Action::Received { workspace: Some(theirs.clone()), whole: true }, 20.0);
    let kept: Vec<&Effect> =
        effects.iter().filter(|e| matches!(e, Effect::Save(_) | Effect::Branch)).collect();
    assert_eq!(kept, [&Effect::Save(mine), &Effect::Branch, &Effect::Save(theirs)]);
    let discard = state.notice.clone().and_then(|n| n.offer).map(|o| *o.1).expect("a way back");
    assert!(state.apply(discard, 30.0).contains(&Effect::Abandon("mine".into())));
}

#[test]
fn a_link_that_was_cut_short_says_so_and_changes_nothing_when_nothing_is_left_of_it() {
    let mut state = settled(Vec::new());
    state.apply(Action::Received { workspace: None, whole: false }, 20.0);
    assert!(state.notice.clone().is_some_and(|n| n.text.contains("damaged")));
    assert_eq!(state.workspace.text("a.md"), "Hello {{X}}\n");
}

#[test]
fn an_unchanged_example_is_not_kept_when_another_project_begins() {
    let mut state = state();
    state.screen.greeting = true;
    let effects = state.apply(
        Action::Project(ProjectAction::Begin(Box::new(Workspace::new("E", &[("e.md", "E")])))),
        1.0,
    );
    assert_eq!(effects.iter().filter(|e| matches!(e, Effect::Save(_))).count(), 1);
}

#[test]
fn a_deleted_project_comes_back_with_undo() {
    let mut state = state();
    let gone = Box::new(Workspace::new("Gone", &[("g.md", "G")]));
    state.apply(Action::Project(ProjectAction::Deleted("gone".into(), gone.clone())), 0.0);
    let undo = state.notice.clone().and_then(|n| n.offer).map(|o| *o.1).expect("an undo");
    assert!(state.apply(undo, 1.0).contains(&Effect::SaveBeside("gone".into(), gone)));
}
