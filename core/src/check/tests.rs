//! Tests whole workspaces: the diagnostics of each file, and diagnostics across files.

use super::*;
use alloc::collections::BTreeMap;
use alloc::format;
use alloc::string::ToString;

fn workspace(paths: &[(&str, &str)]) -> BTreeMap<String, String> {
    let text = |name: &str| {
        format!(
            "---\nname: {name}\ndescription: Use when needed.\ntools: Read\n---\nYou are {name}.\n"
        )
    };
    paths.iter().map(|(path, name)| ((*path).to_string(), text(name))).collect()
}

fn collisions_in(paths: &[(&str, &str)]) -> Vec<String> {
    let reports = check_all(&workspace(paths), &Values::new(), &Options::default());
    reports
        .iter()
        .flat_map(|file| &file.report.diagnostics)
        .filter(|d| d.rule == "duplicate-role-name")
        .map(|d| format!("{}: {}", d.path, d.message))
        .collect()
}

#[test]
fn the_later_of_two_claims_in_one_folder_is_reported() {
    assert_eq!(
        collisions_in(&[
            (".claude/agents/a.md", "x"),
            (".claude/agents/b.md", "x"),
            (".claude/agents/c.md", "y")
        ]),
        [".claude/agents/b.md: Role name `x` is also used by `.claude/agents/a.md`"]
    );
}

#[test]
fn cross_file_diagnostics_are_sorted_among_the_rest() {
    let mut files = workspace(&[(".claude/agents/a.md", "x"), (".claude/agents/b.md", "x")]);
    files.get_mut(".claude/agents/b.md").unwrap().push_str("```\nnever closed\n\n# Text\n");
    let reports = check_all(&files, &Values::new(), &Options::default());
    let starts: Vec<_> = reports[1].report.diagnostics.iter().map(|d| d.span.start).collect();
    assert!(starts.len() > 1 && starts.is_sorted(), "{starts:?}");
}

#[test]
fn the_same_name_in_another_folder_is_meant() {
    let none: [&str; 0] = [];
    assert_eq!(
        collisions_in(&[
            ("plugins/p/agents/a.md", "x"),
            ("plugins/q/agents/a.md", "x"),
            (".claude/agents/a.md", "x")
        ]),
        none
    );
}

#[test]
fn a_comment_in_a_file_silences_what_is_between_it_and_others() {
    for comment in [
        ("name: x\n", "# rolewright-ignore duplicate-role-name: twins\nname: x\n"),
        ("You are", "<!-- rolewright-ignore-file duplicate-role-name -->\n\nYou are"),
    ] {
        let mut files = workspace(&[(".claude/agents/a.md", "x"), (".claude/agents/b.md", "x")]);
        let second = files.get_mut(".claude/agents/b.md").unwrap();
        *second = second.replacen(comment.0, comment.1, 1);
        let reports = check_all(&files, &Values::new(), &Options::default());
        let found = reports.iter().flat_map(|file| &file.report.diagnostics);
        let told: Vec<_> = found.filter(|d| d.rule != "description-length").collect();
        assert!(told.is_empty(), "{told:?}");
    }
}

#[test]
fn files_that_are_not_roles_are_left_out() {
    let files = workspace(&[("README.md", "x"), (".claude/agents/a.md", "x")]);
    let reports = check_all(&files, &Values::new(), &Options::default());
    assert_eq!(
        reports.iter().map(|file| file.path.as_str()).collect::<Vec<_>>(),
        [".claude/agents/a.md"]
    );
}
