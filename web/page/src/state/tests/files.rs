//! Tests of the files of a project.

use super::*;
use crate::state::action::{FileAction, ProjectAction};

#[test]
fn a_deleted_file_comes_back_with_undo() {
    let mut state = state();
    state.apply(Action::File(FileAction::Delete("b.md".into())), 0.0);
    assert!(!state.workspace.files.contains_key("b.md"));
    let undo = state.notice.clone().and_then(|n| n.offer).map(|o| *o.1).expect("an undo");
    state.apply(undo, 1.0);
    assert_eq!(state.workspace.text("b.md"), "B\n");
}

#[test]
fn what_is_said_on_the_screen_is_said_aloud() {
    let mut state = state();
    let effects = state.apply(Action::File(FileAction::Delete("b.md".into())), 0.0);
    assert!(effects.contains(&Effect::Announce("Deleted b.md.".into())));
}

#[test]
fn a_text_that_takes_the_place_of_the_first_example_is_not_judged_by_where_that_lay() {
    let example = "---\nname: code-reviewer\n---\nYou review changes.\n";
    let files = [(".claude/agents/a.md", example)];
    let begun = || {
        let mut state = State::new(Workspace::new("Example", &files), Prefs::default());
        state.screen.greeting = true;
        state
    };
    let edit = |text: &str| Action::Edited {
        path: ".claude/agents/a.md".into(),
        text: text.into(),
        whole: false,
    };
    let mut state = begun();
    let effects = state.apply(edit("---\nname: mine\n---\nYou cook.\n"), 0.0);
    let moved = Effect::Moved(".claude/agents/a.md".into(), "role.md".into());
    assert!(effects.contains(&moved));
    assert_eq!(
        (state.workspace.entry.as_str(), state.workspace.name.as_str()),
        ("role.md", "mine")
    );
    let mut state = begun();
    state.apply(edit(&example.replace("changes", "each change")), 0.0);
    assert_eq!(state.workspace.entry, ".claude/agents/a.md");
}

#[test]
fn undo_of_a_paste_over_the_example_brings_back_its_path_and_files() {
    let files = [("agents/a.md", "You review.\n{{include:b.md}}\n"), ("b.md", "Be kind.\n")];
    let mut state = State::new(Workspace::new("Example", &files), Prefs::default());
    state.screen.greeting = true;
    let before = state.workspace.clone();
    let edit = |path: &str, text: &str| Action::Edited {
        path: path.into(),
        text: text.into(),
        whole: false,
    };
    state.apply(edit("agents/a.md", "You cook with care and salt.\n"), 0.0);
    assert_eq!(state.workspace.files.len(), 1);
    let effects = state.apply(edit("role.md", files[0].1), 10.0);
    assert!(effects.contains(&Effect::Moved("role.md".into(), "agents/a.md".into())));
    assert_eq!((&state.workspace, state.screen.greeting), (&before, true));
    // The text of the example in a later project is not an undo.
    state.apply(edit("agents/a.md", "You cook with care and salt.\n"), 20.0);
    state.apply(Action::Project(ProjectAction::Begin(Box::new(Workspace::empty()))), 30.0);
    state.apply(edit("role.md", files[0].1), 40.0);
    assert_eq!(state.workspace.entry, "role.md");
}

fn dropped(state: &mut State, files: &[(&str, &str)]) -> Vec<Effect> {
    let files = files.iter().map(|(p, t)| ((*p).into(), (*t).into())).collect();
    state.apply(Action::File(FileAction::Add(files)), 5_000.0)
}

#[test]
fn a_new_file_leaves_the_main_role_where_it_is() {
    let mut state = settled(Vec::new());
    state.apply(Action::File(FileAction::New), 5_000.0);
    assert_eq!(
        (state.workspace.active.as_str(), state.workspace.entry.as_str()),
        ("role.md", "a.md")
    );
}

#[test]
fn an_opened_file_leaves_the_main_role_where_it_is_and_can_be_given_it() {
    let mut state = settled(Vec::new());
    dropped(&mut state, &[("tone.md", "Be kind.\n")]);
    assert_eq!(
        (state.workspace.active.as_str(), state.workspace.entry.as_str()),
        ("tone.md", "a.md")
    );
    let make_main = state.notice.clone().and_then(|n| n.offer).map(|o| *o.1).expect("an offer");
    state.apply(make_main, 5_010.0);
    assert_eq!(state.workspace.entry, "tone.md");
}

#[test]
fn dropped_files_take_the_place_of_the_untouched_example() {
    let mut state = settled(Vec::new());
    state.screen.greeting = true;
    let role = "You review.\n{{include:tone.md}}\n";
    let effects = dropped(&mut state, &[("tone.md", "Be kind.\n"), ("role.md", role)]);
    let paths: Vec<&String> = state.workspace.files.keys().collect();
    assert_eq!(paths, ["role.md", "tone.md"]);
    assert_eq!((state.workspace.entry.as_str(), state.workspace.open.len()), ("role.md", 1));
    assert!(effects.contains(&Effect::Forget("a.md".into())));
    assert!(effects.contains(&Effect::Show("role.md".into(), role.into())));
}

#[test]
fn a_file_opened_in_an_empty_project_is_its_main_file() {
    let empty = Workspace::new("New project", &[("role.md", "\n")]);
    let mut state = State::new(empty, Prefs::default());
    let effects = dropped(&mut state, &[("role.md", "You review.\n")]);
    assert_eq!((state.workspace.entry.as_str(), state.workspace.files.len()), ("role.md", 1));
    assert!(effects.contains(&Effect::Show("role.md".into(), "You review.\n".into())));
}

#[test]
fn a_rename_to_a_path_that_is_taken_keeps_the_field_open() {
    let mut state = settled(Vec::new());
    state.apply(Action::File(FileAction::Naming(Some("a.md".into()))), 20.0);
    let rename = |to: &str| Action::File(FileAction::Rename { from: "a.md".into(), to: to.into() });
    state.apply(rename("b.md"), 21.0);
    assert_eq!(state.renaming.as_deref(), Some("a.md"));
    state.apply(rename("c.md"), 22.0);
    assert_eq!((state.renaming.as_deref(), state.workspace.text("c.md")), (None, "Hello {{X}}\n"));
    assert!(state.notice.is_none());
}
