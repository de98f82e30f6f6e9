use crate::{Case, case};
use rolewright_services::code_actions;
use rolewright_wire::{CodeAction, CodeActionKind};

fn actions(case: &Case) -> Vec<CodeAction> {
    let (start, end) = case.selection();
    code_actions(&case.document(), start, end)
}

fn titles(case: &Case) -> Vec<String> {
    actions(case).into_iter().map(|action| action.title).collect()
}

/// The text after the action of a kind.
fn after(case: &Case, kind: CodeActionKind) -> String {
    let found = actions(case);
    let action = found.iter().find(|action| action.kind == kind);
    let action = action.unwrap_or_else(|| panic!("no such action in {found:?}"));
    case.after(&action.edits).remove(&case.path).unwrap()
}

const HEAD: &str =
    "---\nname: reviewer\ndescription: Reviews a change when somebody asks for it.\n";

#[test]
fn a_fix_is_offered_where_its_diagnostic_is() {
    let case = case(&format!("{HEAD}tools: Read, gr‸ep\n---\nText.\n"));
    assert_eq!(after(&case, CodeActionKind::Fix), format!("{HEAD}tools: Read, Grep\n---\nText.\n"));
    let elsewhere = crate::case(&format!("{HEAD}tools: Read, grep\n---\nTe‸xt.\n"));
    let kinds: Vec<_> = actions(&elsewhere).into_iter().map(|action| action.kind).collect();
    assert_eq!(kinds, [CodeActionKind::FixAll]);
}

#[test]
fn all_fixes_of_one_rule_and_of_the_file_are_offered() {
    let case = case(&format!("{HEAD}tools: Rea‸dd, Grpe\ncolour: red\n---\nText.\n"));
    let titles = titles(&case);
    let all = "Fix all `unknown-tool` problems in this file";
    assert!(titles.iter().any(|title| title == all), "{titles:?}");
    let fixed = after(&case, CodeActionKind::FixRule);
    assert!(fixed.contains("tools: Read, Grep\ncolour: red"), "{fixed}");
}

#[test]
fn edits_of_all_fixes_touch_only_what_changes() {
    let case = case(&format!("{HEAD}tools: re‸ad, Grep\n---\nText.\n"));
    let all = actions(&case).into_iter().find(|a| a.kind == CodeActionKind::FixAll).unwrap();
    assert_eq!(all.edits.len(), 1);
    assert_eq!(case.part(&case.path, all.edits[0].range), "r");
}

#[test]
fn a_rule_is_turned_off_here_and_in_the_file_by_a_comment() {
    for kind in [CodeActionKind::SuppressHere, CodeActionKind::SuppressInFile] {
        let case = case(&format!("{HEAD}tools: Read, Gr‸pe\n---\nText.\n"));
        let text = after(&case, kind);
        let again = crate::case(&text.replace("Grpe", "Gr‸pe"));
        let found = actions(&again);
        assert!(
            found.iter().all(|a| a.rule.as_deref() != Some("unknown-tool")),
            "{text}: {found:?}"
        );
    }
}

#[test]
fn a_rule_about_code_is_turned_off_before_the_block() {
    let case = case("Text.\n\n~~~~\n/home/someone/x‸\n~~~~\n\nSee /home/someone/y.\n");
    for action in actions(&case).iter().filter(|a| a.kind == CodeActionKind::SuppressHere) {
        let text = case.after(&action.edits).remove(&case.path).unwrap();
        assert!(!text.contains("~~~~\n<!--"), "{text}");
    }
}

#[test]
fn a_missing_include_can_be_created() {
    let case = Case::at("roles/a.md", "{{include:shared/no‸ne.md}}\n");
    let create =
        actions(&case).into_iter().find(|a| a.kind == CodeActionKind::CreateInclude).unwrap();
    assert_eq!(create.title, "Create `shared/none.md`");
    assert_eq!(create.creates, [("shared/none.md".to_string(), String::new())]);
}

#[test]
fn a_clean_place_offers_nothing() {
    assert_eq!(titles(&case(&format!("{HEAD}tools: Read\n---\nTe‸xt.\n"))), [""; 0]);
}
