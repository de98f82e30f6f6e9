//! Tests of the reducer: actions in, state and effects out.

use super::problems::tests::{problem, range};
use super::queue::Purpose;
use super::*;
use rolewright_messages::{Answer, PROTOCOL, Project, Response};
use rolewright_wire::{
    CodeActionKind, Compiled, Completion, CompletionKind, Edit, FileStats, Fix, Location, Report,
    Segment, SegmentKind, Share, Stats, TextEdit,
};

fn state() -> State {
    let files = [("a.md", "Hello {{X}}\n"), ("b.md", "B\n")];
    let mut state = State::new(Workspace::new("Test", &files), Prefs::default());
    state.start(&mut Vec::new());
    state
}

fn ready() -> Action {
    let (version, hosts, rules) = ("1".into(), Vec::new(), Vec::new());
    Action::Said(Box::new(Response::Ready { protocol: PROTOCOL, version, hosts, rules }))
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
    state.apply(Action::Said(Box::new(response)), now)
}

/// What the first answer makes of a page that greets, with the caret here.
fn greeted(from: u32, to: u32) -> Vec<Effect> {
    let mut state = state();
    state.greeting = true;
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

/// A page whose engine is up and has answered once.
fn settled(problems: Vec<Diagnostic>) -> State {
    let mut state = state();
    state.apply(ready(), 0.0);
    let effects = state.apply(Action::Rang(Timer::Ask), 0.0);
    let (rev, project) = asked(&effects).expect("a request");
    answer(&mut state, rev, analysis(&project.files["a.md"], problems), 10.0);
    state
}

fn typed(state: &mut State, text: &str, now: f64) -> Vec<Effect> {
    state.apply(Action::Edited { path: "a.md".into(), text: text.into() }, now)
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
    let effects = state.apply(Action::Said(Box::new(response)), 0.0);
    assert_eq!(state.engine, Engine::Outdated);
    assert!(effects.contains(&Effect::StopEngine));
}

#[test]
fn a_jump_after_typing_lands_where_the_text_has_moved_to() {
    let mut found = problem("undefined-variable", 1, "`X` has no value");
    found.range = range(6, 11, 1);
    let mut state = settled(vec![found]);
    typed(&mut state, "Oh! Hello {{X}}\n", 5_000.0);
    let effects = state.apply(Action::GoTo(0), 5_001.0);
    assert!(effects.contains(&Effect::Select(10, 15, true)));
}

fn edit(start: u32, end: u32, text: &str) -> Edit {
    Edit { path: "a.md".into(), range: range(start, end, 1), text: text.into() }
}

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
    let effects = state.apply(Action::Fix(0), 20.0);
    assert!(effects.contains(&Effect::Change(vec![edit], title)));
    typed(&mut state, "Hello {{XY}}\n", 5_000.0);
    let effects = state.apply(Action::Fix(0), 5_001.0);
    assert!(!effects.iter().any(|e| matches!(e, Effect::Change(..))));
    assert!(state.notice.is_some());
}

#[test]
fn the_caret_lights_its_line_in_the_prompt() {
    let mut state = settled(Vec::new());
    state.apply(Action::Caret { from: 2, to: 2, line: 1, column: 3 }, 20.0);
    assert_eq!(*state.highlighted, vec![(0, 11)]);
}

#[test]
fn pointing_at_the_prompt_highlights_the_source_line_and_a_click_selects_it() {
    let mut state = settled(Vec::new());
    let effects = state.apply(Action::Hover(Some(7)), 20.0);
    assert_eq!(effects, [Effect::Highlight(vec![(0, 11)])]);
    assert_eq!(state.hovered.as_ref().map(|p| p.line), Some(1));
    let effects = state.apply(Action::Source(7), 20.0);
    assert_eq!(effects, [Effect::Select(7, 7, true)]);
}

#[test]
fn going_to_the_prompt_shows_it_before_it_takes_the_focus() {
    let mut state = settled(Vec::new());
    state.apply(Action::Panel(Panel::Values), 20.0);
    let effects = state.apply(Action::Command("prompt".into()), 30.0);
    assert_eq!((state.panel, state.zone), (Panel::Prompt, Zone::Prompt));
    assert_eq!(effects, [Effect::FocusPrompt]);
    assert!(effects[0].needs_drawing());
}

#[test]
fn the_documentation_of_the_rules_is_fetched_once_and_again_after_a_failure() {
    let mut state = settled(vec![problem("x", 1, "m")]);
    assert_eq!(state.apply(Action::Why(0), 20.0), [Effect::FetchDocs, Effect::ScrollWhy]);
    assert!(state.apply(Action::Rules(true), 21.0).is_empty());
    state.apply(Action::Documented(None), 22.0);
    assert_eq!(state.apply(Action::Rules(true), 23.0), [Effect::FetchDocs]);
    state.apply(Action::Documented(Some(Vec::new())), 24.0);
    assert!(state.apply(Action::Rules(true), 25.0).is_empty());
}

#[test]
fn a_deleted_file_comes_back_with_undo() {
    let mut state = state();
    state.apply(Action::Delete("b.md".into()), 0.0);
    assert!(!state.workspace.files.contains_key("b.md"));
    let undo = state.notice.clone().and_then(|n| n.offer).map(|o| *o.1).expect("an undo");
    state.apply(undo, 1.0);
    assert_eq!(state.workspace.text("b.md"), "B\n");
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
fn a_missing_include_names_the_file_to_make() {
    assert_eq!(missing::missing_path("roles/a.md", "./parts/x.md#top"), "roles/parts/x.md");
    assert_eq!(missing::missing_path("roles/a.md", "/branch/x.md"), "branch/x.md");
    assert_eq!(missing::missing_path("roles/a.md", "../x.md"), "x.md");
    assert_eq!(missing::missing_path("roles/a.md", "shared/x.md"), "shared/x.md");
}

#[test]
fn a_project_open_in_another_tab_is_not_saved_from_here() {
    let mut state = settled(Vec::new());
    state.apply(Action::Saved(Saved::Elsewhere), 20.0);
    assert!(state.apply(Action::Leaving, 21.0).is_empty());
    typed(&mut state, "x", 5_000.0);
    let copy = Workspace { name: "Test (copy)".into(), ..state.workspace.clone() };
    assert_eq!(state.apply(Action::Leaving, 5_001.0), [Effect::SaveAside(Box::new(copy))]);
}

fn version(text: &str) -> Workspace {
    Workspace::new("Test", &[("a.md", text), ("b.md", "B\n")])
}

/// A tab whose project another tab has, and that wrote `text` anyway.
fn strayed(text: &str) -> State {
    let mut state = settled(Vec::new());
    state.apply(Action::Saved(Saved::Elsewhere), 20.0);
    typed(&mut state, text, 5_000.0);
    assert_eq!(state.apply(Action::TookOver, 5_010.0), [Effect::ReadTheirs]);
    state
}

#[test]
fn a_tab_that_changed_nothing_takes_over_what_the_other_one_saved_and_undo_leads_back() {
    let mut state = settled(Vec::new());
    state.apply(Action::Saved(Saved::Elsewhere), 20.0);
    let effects = state.apply(Action::Theirs(Some(Box::new(version("Theirs\n")))), 30.0);
    assert_eq!((state.saved, state.workspace.text("a.md")), (Saved::Yes, "Theirs\n"));
    assert!(effects.contains(&Effect::Show("a.md".into(), "Theirs\n".into())));
    assert!(!effects.iter().any(|e| matches!(e, Effect::Forget(_))));
}

#[test]
fn where_both_tabs_changed_the_project_nothing_is_given_up_before_the_reader_chose() {
    let mut state = strayed("Mine\n");
    state.apply(Action::Theirs(Some(Box::new(version("Theirs\n")))), 5_020.0);
    assert_eq!((state.saved, state.workspace.text("a.md")), (Saved::Undecided, "Mine\n"));
    let mine = Box::new(state.workspace.clone());
    let theirs = Box::new(version("Theirs\n"));
    let load = state.apply(Action::LoadTheirs, 5_030.0);
    assert_eq!(load, [Effect::Settle(mine.clone(), theirs.clone())]);
    let keep = state.apply(Action::KeepMine, 5_031.0);
    assert_eq!(keep, [Effect::Settle(theirs, mine.clone())]);
    let effects = state.apply(Action::Settled(mine.clone()), 5_032.0);
    assert!(effects.contains(&Effect::Save(mine)));
    assert_eq!((state.saved, state.workspace.text("a.md")), (Saved::Yes, "Mine\n"));
}

#[test]
fn what_is_typed_while_the_choice_is_open_belongs_to_this_tabs_version() {
    let mut state = strayed("Mine\n");
    state.apply(Action::Theirs(Some(Box::new(version("Theirs\n")))), 5_020.0);
    typed(&mut state, "Mine, later\n", 5_030.0);
    let effects = state.apply(Action::LoadTheirs, 5_040.0);
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
    let effects = state.apply(Action::Begin(Box::new(version("Fresh\n"))), 5_020.0);
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
    state.apply(Action::Theirs(Some(Box::new(theirs))), 5_020.0);
    assert_eq!(state.saved, Saved::Yes);
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
    let effects = state.apply(Action::Begin(Box::new(fresh.clone())), 5_010.0);
    let kept: Vec<&Effect> =
        effects.iter().filter(|e| matches!(e, Effect::Save(_) | Effect::Branch)).collect();
    assert_eq!(kept, [&Effect::Save(mine), &Effect::Branch, &Effect::Save(Box::new(fresh))]);
    assert_eq!(state.workspace.text("e.md"), "E");
}

#[test]
fn opening_another_file_asks_for_what_is_found_in_it_alone() {
    let mut state = settled(Vec::new());
    let (rev, project) = asked(&state.apply(Action::Open("b.md".into()), 20.0)).expect("a request");
    assert_eq!((project.entry.as_str(), project.active.as_str()), ("a.md", "b.md"));
    answer(&mut state, rev, analysis("Hello {{X}}\n", Vec::new()), 25.0);
    let (_, project) = asked(&state.apply(Action::Close("b.md".into()), 30.0)).expect("another");
    assert_eq!(project.active, "a.md");
}

#[test]
fn a_link_opens_as_a_project_of_its_own_that_can_be_discarded() {
    let mut state = settled(Vec::new());
    let mine = Box::new(state.workspace.clone());
    let listed =
        Listed { id: "mine".into(), name: "Test".into(), when: String::new(), current: true };
    state.apply(Action::Projects(vec![listed]), 0.0);
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
    state.greeting = true;
    let effects = state.apply(Action::Begin(Box::new(Workspace::new("E", &[("e.md", "E")]))), 1.0);
    assert_eq!(effects.iter().filter(|e| matches!(e, Effect::Save(_))).count(), 1);
}

#[test]
fn a_deleted_project_comes_back_with_undo() {
    let mut state = state();
    let gone = Box::new(Workspace::new("Gone", &[("g.md", "G")]));
    state.apply(Action::Dropped(gone.clone()), 0.0);
    let undo = state.notice.clone().and_then(|n| n.offer).map(|o| *o.1).expect("an undo");
    assert!(state.apply(undo, 1.0).contains(&Effect::SaveBeside(gone)));
}

#[test]
fn what_is_said_on_the_screen_is_said_aloud() {
    let mut state = state();
    let effects = state.apply(Action::Delete("b.md".into()), 0.0);
    assert!(effects.contains(&Effect::Announce("Deleted b.md.".into())));
}

#[test]
fn a_jump_brings_the_editor_back_where_the_prompt_stood_alone() {
    let mut state = settled(Vec::new());
    state.apply(Action::Layout(prefs::Layout::Prompt), 20.0);
    state.apply(Action::Caret { from: 0, to: 0, line: 1, column: 1 }, 21.0);
    assert_eq!(state.prefs.layout, prefs::Layout::Prompt);
    state.apply(Action::Source(3), 22.0);
    assert_eq!(state.prefs.layout, prefs::Layout::Side);
}

#[test]
fn a_rule_that_is_turned_off_says_so_and_comes_back_with_undo() {
    let mut state = state();
    let off = Action::Level { rule: "missing-trigger".into(), level: Some("off".into()) };
    state.apply(off, 0.0);
    assert_eq!(state.workspace.rules["missing-trigger"], "off");
    let undo = state.notice.clone().and_then(|n| n.offer).map(|o| *o.1).expect("an undo");
    state.apply(undo, 1.0);
    assert!(state.workspace.rules.is_empty());
    assert!(state.notice.is_none());
}

#[test]
fn a_text_that_takes_the_place_of_the_first_example_is_not_judged_by_where_that_lay() {
    let example = "---\nname: code-reviewer\n---\nYou review changes.\n";
    let files = [(".claude/agents/a.md", example)];
    let begun = || {
        let mut state = State::new(Workspace::new("Example", &files), Prefs::default());
        state.greeting = true;
        state
    };
    let edit =
        |text: &str| Action::Edited { path: ".claude/agents/a.md".into(), text: text.into() };
    let mut state = begun();
    let effects = state.apply(edit("---\nname: mine\n---\nYou cook.\n"), 0.0);
    let moved = Effect::Moved(".claude/agents/a.md".into(), "role.md".into());
    assert!(effects.contains(&moved));
    assert_eq!(
        (state.workspace.entry.as_str(), state.workspace.name.as_str()),
        ("role.md", "New project")
    );
    let mut state = begun();
    state.apply(edit(&example.replace("changes", "each change")), 0.0);
    assert_eq!(state.workspace.entry, ".claude/agents/a.md");
}

fn dropped(state: &mut State, files: &[(&str, &str)]) -> Vec<Effect> {
    let files = files.iter().map(|(p, t)| ((*p).into(), (*t).into())).collect();
    state.apply(Action::AddFiles(files), 5_000.0)
}

#[test]
fn a_new_file_leaves_the_main_role_where_it_is() {
    let mut state = settled(Vec::new());
    state.apply(Action::NewFile, 5_000.0);
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
    state.greeting = true;
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
    state.apply(Action::Naming(Some("a.md".into())), 20.0);
    let rename = |to: &str| Action::Rename { from: "a.md".into(), to: to.into() };
    state.apply(rename("b.md"), 21.0);
    assert_eq!(state.renaming.as_deref(), Some("a.md"));
    state.apply(rename("c.md"), 22.0);
    assert_eq!((state.renaming.as_deref(), state.workspace.text("c.md")), (None, "Hello {{X}}\n"));
    assert!(state.notice.is_none());
}

#[test]
fn before_any_edit_nothing_is_shown_as_changed() {
    let mut state = settled(Vec::new());
    state.apply(Action::Panel(Panel::Changes), 20.0);
    assert!(state.comparison.diff.rows.is_empty());
    assert!(!state.has_edit());
}

#[test]
fn a_jump_takes_the_place_of_the_summary_that_was_due() {
    let mut state = settled(vec![problem("r", 1, "m")]);
    let effects = state.apply(Action::GoTo(0), 20.0);
    assert!(effects.contains(&Effect::Cancel(Timer::Announce)));
    assert!(effects.contains(&Effect::ScrollProblem(0)));
    assert!(state.apply(Action::Rang(Timer::Announce), 2_000.0).is_empty());
}

#[test]
fn a_notice_without_a_way_back_goes_with_the_next_edit_and_one_with_undo_stays() {
    let mut state = settled(Vec::new());
    state.apply(Action::Tell("Copied.".into()), 20.0);
    typed(&mut state, "Hello\n", 5_000.0);
    assert!(state.notice.is_none());
    state.apply(Action::Delete("b.md".into()), 5_010.0);
    typed(&mut state, "Hello you\n", 5_020.0);
    assert!(state.notice.is_some());
    state.apply(Action::Load(Box::new(version("Other\n"))), 5_030.0);
    assert!(state.notice.is_none());
}

/// Asks about a place of the main file; the number of the request.
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
    assert!(!changes(&state.apply(Action::Fix(0), 20.0)));
    let review = state.dialogs.review.clone().expect("a review");
    assert_eq!((review.title.as_str(), review.diffs[0].1.added), ("Do it", 1));
    state.apply(Action::List(Event::Cancel), 21.0);
    assert!(state.dialogs.review.is_none());
    state.apply(Action::Fix(0), 22.0);
    assert!(changes(&state.apply(Action::List(Event::Apply), 23.0)));
}

#[test]
fn undo_of_a_fix_lasts_until_another_edit() {
    let mut state = settled(vec![fixable(Applicability::Safe)]);
    state.apply(Action::Fix(0), 20.0);
    typed(&mut state, "Bye {{X}}\n", 21.0);
    let undo = state.notice.clone().and_then(|n| n.offer).map(|o| *o.1).expect("an undo");
    assert!(state.apply(undo, 22.0).contains(&Effect::Undo));
    state.apply(Action::Fix(0), 23.0);
    typed(&mut state, "Bye {{X}}\n", 24.0);
    typed(&mut state, "Bye {{X}}!\n", 25.0);
    assert!(state.notice.is_none());
}

#[test]
fn the_host_dialog_asks_what_every_host_makes_of_the_role() {
    let mut state = settled(Vec::new());
    let effects = state.apply(Action::AskHost(Some(hosts::Question::CompiledFor)), 20.0);
    let (rev, _) = asked(&effects).expect("a request");
    let row = rolewright_messages::HostRow { host: "copilot".into(), ..Default::default() };
    respond(&mut state, rev, Answer::Matrix(vec![row]), 30.0);
    assert_eq!(state.hosts.rows.len(), 1);
    let effects = state.apply(Action::Target(Some("copilot".into())), 5_000.0);
    let (_, project) = asked(&effects).expect("a request");
    assert_eq!(project.target.as_deref(), Some("copilot"));
    assert_eq!((state.hosts.asks, state.panel), (None, Panel::File));
    state.apply(Action::Target(Some("plain".into())), 6_000.0);
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
