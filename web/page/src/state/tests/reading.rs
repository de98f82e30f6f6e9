//! Tests of navigation: the caret, the prompt, the comparison and notices.

use super::*;
use crate::state::action::{FileAction, LookAction, ProjectAction, PromptAction};

#[test]
fn the_caret_lights_its_line_in_the_prompt() {
    let mut state = settled(Vec::new());
    state.apply(Action::Caret { from: 2, to: 2, line: 1, column: 3 }, 20.0);
    assert_eq!(*state.spot.highlighted, vec![(0, 11)]);
}

#[test]
fn pointing_at_the_prompt_highlights_the_source_line_and_a_click_selects_it() {
    let mut state = settled(Vec::new());
    let effects = state.apply(Action::Prompt(PromptAction::Hover(Some(7))), 20.0);
    assert_eq!(effects, [Effect::Highlight(vec![(0, 11)])]);
    assert_eq!(state.spot.hovered.as_ref().map(|p| p.line), Some(1));
    let effects = state.apply(Action::Prompt(PromptAction::Source(7)), 20.0);
    assert_eq!(effects, [Effect::Select(7, 7, true)]);
}

#[test]
fn going_to_the_prompt_shows_it_before_it_takes_the_focus() {
    let mut state = settled(Vec::new());
    state.apply(Action::Panel(Panel::Values), 20.0);
    let effects = state.apply(Action::Command("prompt".into()), 30.0);
    assert_eq!((state.screen.panel, state.screen.zone), (Panel::Prompt, Zone::Prompt));
    assert_eq!(effects, [Effect::FocusPrompt]);
    assert!(effects[0].needs_drawing());
}

#[test]
fn the_comparison_shows_what_the_last_burst_of_edits_changed() {
    let mut state = settled(Vec::new());
    state.apply(Action::Panel(Panel::Changes), 20.0);
    let (rev, _) = asked(&typed(&mut state, "Hallo\n", 5_000.0)).expect("a request");
    answer(&mut state, rev, analysis("Hallo\n", Vec::new()), 5_010.0);
    assert_eq!(
        state.comparison.diff.rows,
        [diff::Row::Removed("Hello {{X}}".into()), diff::Row::Added("Hallo".into())]
    );
}

#[test]
fn a_jump_brings_the_editor_back_where_the_prompt_stood_alone() {
    let mut state = settled(Vec::new());
    state.apply(Action::Look(LookAction::Layout(prefs::Layout::Prompt)), 20.0);
    state.apply(Action::Caret { from: 0, to: 0, line: 1, column: 1 }, 21.0);
    assert_eq!(state.prefs.layout, prefs::Layout::Prompt);
    state.apply(Action::Prompt(PromptAction::Source(3)), 22.0);
    assert_eq!(state.prefs.layout, prefs::Layout::Side);
}

#[test]
fn before_any_edit_nothing_is_shown_as_changed() {
    let mut state = settled(Vec::new());
    state.apply(Action::Panel(Panel::Changes), 20.0);
    assert!(state.comparison.diff.rows.is_empty());
    assert!(!state.has_edit());
}

#[test]
fn a_role_pasted_over_the_example_is_compared_with_itself_from_the_next_edit_on() {
    let mut state = settled(Vec::new());
    state.screen.greeting = true;
    state.apply(Action::Panel(Panel::Changes), 20.0);
    let (rev, _) =
        asked(&typed(&mut state, "# Cook\n\nYou cook well.\n", 5_000.0)).expect("a request");
    assert!(!state.has_edit());
    answer(&mut state, rev, analysis("# Cook\n\nYou cook well.\n", Vec::new()), 5_010.0);
    assert!(state.comparison.diff.rows.is_empty());
    let path = state.workspace.entry.clone();
    state.apply(
        Action::Edited { path, text: "# Cook\n\nYou cook.\n".into(), whole: false },
        5_500.0,
    );
    assert!(state.has_edit());
}

#[test]
fn a_notice_without_a_way_back_goes_with_the_next_edit_and_one_with_undo_stays() {
    let mut state = settled(Vec::new());
    state.apply(Action::Notify("Copied.".into()), 20.0);
    typed(&mut state, "Hello\n", 5_000.0);
    assert!(state.notice.is_none());
    state.apply(Action::File(FileAction::Delete("b.md".into())), 5_010.0);
    typed(&mut state, "Hello you\n", 5_020.0);
    assert!(state.notice.is_some());
    state.apply(
        Action::Project(ProjectAction::Opened("other".into(), Box::new(version("Other\n")))),
        5_030.0,
    );
    assert!(state.notice.is_none());
}

#[test]
fn the_chosen_role_of_a_file_with_several_is_kept() {
    let mut state = settled(Vec::new());
    let effects = state.apply(Action::Prompt(PromptAction::Role(1)), 20.0);
    assert_eq!(asked(&effects).map(|(_, project)| project.role), Some(1));
    let effects = state.apply(Action::Rang(Timer::Save), 1_000.0);
    assert!(matches!(&effects[..], [Effect::Save(saved)] if saved.role == 1));
}

#[test]
fn the_prompt_follows_the_caret_once_the_answer_to_an_edit_has_arrived() {
    let mut state = settled(Vec::new());
    let follows = |effects: &[Effect]| effects.contains(&Effect::ScrollPrompt(0));
    let caret = |at| Action::Caret { from: at, to: at, line: 1, column: at + 1 };
    let effects = typed(&mut state, "Hello {{X}}!\n", 5_000.0);
    let (rev, _) = asked(&effects).expect("a request");
    assert!(!follows(&state.apply(caret(12), 5_001.0)));
    let effects = answer(&mut state, rev, analysis("Hello {{X}}!\n", Vec::new()), 5_010.0);
    assert!(follows(&effects));
}

#[test]
fn the_caret_beyond_the_prompts_text_shows_what_is_nearest() {
    let mut state = settled(Vec::new());
    let end = utf16::len(state.workspace.text("a.md"));
    let effects = state.apply(Action::Caret { from: end, to: end, line: 2, column: 1 }, 20.0);
    assert!(effects.contains(&Effect::ScrollPrompt(0)));
}

#[test]
fn pasting_the_same_text_again_shows_the_top_of_both_panes() {
    let mut state = settled(Vec::new());
    let text = state.workspace.text("a.md").to_owned();
    let end = utf16::len(&text);
    let effects = state.apply(Action::Edited { path: "a.md".into(), text, whole: true }, 20.0);
    assert_eq!(effects, [Effect::ScrollEditor(0), Effect::AlignPrompt(0)]);
    // The caret of the paste itself does not scroll the prompt to its end; the next one does.
    let caret = Action::Caret { from: end, to: end, line: 2, column: 1 };
    assert!(!state.apply(caret.clone(), 21.0).contains(&Effect::ScrollPrompt(0)));
    assert!(state.apply(caret, 22.0).contains(&Effect::ScrollPrompt(0)));
}
