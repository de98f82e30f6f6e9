use super::*;
use proptest::prelude::*;

fn workspace(files: &[(&str, &str)]) -> Workspace {
    let mut workspace = Workspace::new(Settings::default());
    for (path, text) in files {
        workspace.set(path, (*text).to_string()).unwrap();
    }
    workspace
}

fn role(name: &str, body: &str) -> String {
    format!(
        "---\nname: {name}\ndescription: Reviews a change by {name} when somebody asks for a second look at it.\ntools: Read\n---\n{body}\n"
    )
}

fn shown(report: &wire::WorkspaceReport) -> Vec<String> {
    let show = |d: &wire::Diagnostic| format!("{}:{} {}", d.path, d.range.start.line, d.rule);
    report.files.iter().flat_map(|file| file.diagnostics.iter().map(show)).collect()
}

#[test]
fn an_edit_forgets_the_file_and_what_includes_it() {
    let (a, b) = (role("a", "{{include:shared.md}}"), role("b", "Text."));
    let mut workspace = workspace(&[
        (".claude/agents/a.md", &a),
        (".claude/agents/b.md", &b),
        ("shared.md", "Be kind.\n"),
    ]);
    workspace.check_all();
    assert_eq!(workspace.remembered(), 2);
    workspace.set("shared.md", "Be brief.\n".to_string()).unwrap();
    assert_eq!(workspace.remembered(), 1);
    workspace.check_all();
    workspace.set(".claude/agents/b.md", role("b", "Other.")).unwrap();
    assert_eq!(workspace.remembered(), 1);
    workspace.set(".claude/agents/b.md", role("b", "Other.")).unwrap();
    assert_eq!(workspace.remembered(), 1, "the same text changes nothing");
}

#[test]
fn a_file_that_an_include_missed_is_found_when_it_comes() {
    let mut workspace = workspace(&[(".claude/agents/a.md", &role("a", "{{include:shared.md}}"))]);
    assert_eq!(shown(&workspace.check_all()), [".claude/agents/a.md:6 missing-include"]);
    workspace.set("shared.md", "Be kind.\n".to_string()).unwrap();
    assert_eq!(shown(&workspace.check_all()), [""; 0]);
    assert!(workspace.remove("shared.md"));
    assert_eq!(shown(&workspace.check_all()), [".claude/agents/a.md:6 missing-include"]);
}

#[test]
fn a_role_is_compared_with_its_neighbors_as_they_are_now() {
    let (a, b) = (".claude/agents/a.md", ".claude/agents/b.md");
    let mut workspace = workspace(&[(a, &role("x", "A.")), (b, &role("y", "B."))]);
    let is_reported = |workspace: &Workspace| {
        let document = workspace.document(b).unwrap();
        let found = rolewright_core::check(&document.input(), document.options).diagnostics;
        found.iter().any(|d| d.rule == "duplicate-role-name")
    };
    assert!(!is_reported(&workspace));
    workspace.set(a, role("y", "A.")).unwrap();
    assert!(is_reported(&workspace));
    workspace.remove(a);
    assert!(!is_reported(&workspace));
}

#[test]
fn two_roles_with_one_name_are_reported_until_one_changes() {
    let mut workspace = workspace(&[
        (".claude/agents/a.md", &role("x", "A.")),
        (".claude/agents/b.md", &role("x", "B.")),
    ]);
    let report = workspace.check(".claude/agents/b.md").unwrap();
    assert_eq!(report.diagnostics[0].rule, "duplicate-role-name");
    workspace.set(".claude/agents/a.md", role("y", "A.")).unwrap();
    assert!(workspace.check(".claude/agents/b.md").unwrap().diagnostics.is_empty());
}

#[test]
fn a_workspace_does_not_exceed_its_limit() {
    let mut workspace = workspace(&[]);
    assert_eq!(workspace.set("a.md", "a".repeat(MAX_BYTES)), Ok(()));
    assert_eq!(workspace.set("b.md", "b".to_string()), Err(TooLarge));
    assert_eq!(workspace.text("b.md"), None);
    assert!(workspace.remove("a.md"));
    assert_eq!(workspace.set("b.md", "b".to_string()), Ok(()));
}

const PATHS: [&str; 6] = [
    ".claude/agents/a.md",
    ".claude/agents/b.md",
    ".claude/agents/team/c.md",
    "shared/one.md",
    "shared/two.md",
    "shared/One.md",
];

const BODIES: [&str; 7] = [
    "Text.",
    "{{include:shared/one.md}}",
    "{{include:shared/two.md | optional}} {{NAME}}",
    "{{include:shared/one.md#part}}\n",
    "# Part\n\n{{include:shared/two.md}}",
    "```\nnever closed",
    "{{include:../shared/ONE.md}} /home/someone/x",
];

#[derive(Clone, Debug)]
enum Change {
    Set(usize, String),
    Remove(usize),
    Check(usize),
}

fn change() -> impl Strategy<Value = Change> {
    let names = prop::sample::select(vec!["a", "b", "x"]);
    let bodies = prop::sample::select(BODIES.to_vec());
    prop_oneof![
        6 => (0..PATHS.len(), names, bodies, any::<bool>()).prop_map(|(at, name, body, fields)| {
            Change::Set(at, if fields { role(name, body) } else { format!("{body}\n") })
        }),
        1 => (0..PATHS.len()).prop_map(Change::Remove),
        2 => (0..PATHS.len()).prop_map(Change::Check),
    ]
}

proptest! {
    /// Cached results equal the results of a fresh workspace, after any sequence of edits.
    #[test]
    fn remembered_reports_are_those_of_a_fresh_workspace(
        changes in prop::collection::vec(change(), 1..25)
    ) {
        let mut workspace = workspace(&[]);
        for change in changes {
            match change {
                Change::Set(at, text) => workspace.set(PATHS[at], text).unwrap(),
                Change::Remove(at) => { workspace.remove(PATHS[at]); }
                Change::Check(at) => { workspace.check(PATHS[at]); }
            }
            let mut fresh = Workspace::new(Settings::default());
            for path in workspace.paths() {
                fresh.set(path, workspace.text(path).unwrap().to_string()).unwrap();
            }
            prop_assert_eq!(workspace.check_all(), fresh.check_all());
        }
    }
}

#[test]
fn a_host_chosen_for_one_file_applies_to_no_other() {
    let codex = Host::by_id("codex-agent").unwrap();
    let hosts = BTreeMap::from([("a.md".to_string(), codex)]);
    let mut workspace = Workspace::new(Settings { hosts, ..Settings::default() });
    for path in ["a.md", "b.md"] {
        workspace.set(path, "Text.\n".into()).unwrap();
    }
    let host = |path| workspace.check(path).unwrap().host;
    assert_eq!(host("a.md"), "codex-agent");
    assert_ne!(host("b.md"), "codex-agent");
}

#[test]
fn a_role_that_names_an_agent_follows_the_names_of_the_others() {
    let (lead, other) = (".github/agents/lead.agent.md", ".github/agents/b.agent.md");
    let named =
        |name: &str| format!("---\nname: {name}\ndescription: Reviews. Use it.\n---\nReview.\n");
    let text = "---\ndescription: Leads a change. Use it first.\nagents: [reviewer]\n---\nLead.\n";
    let mut workspace = workspace(&[(lead, text), (other, &named("reviwer"))]);
    let found = |workspace: &Workspace| {
        let found = workspace.check(lead).unwrap().diagnostics.into_iter();
        found.map(|d| d.rule).filter(|rule| rule == "unknown-agent").count()
    };
    assert_eq!(found(&workspace), 1);
    workspace.set(other, named("reviewer")).unwrap();
    assert_eq!(found(&workspace), 0);
    let known = workspace.remembered();
    workspace.set(other, format!("{}More.\n", named("reviewer"))).unwrap();
    assert_eq!(workspace.remembered(), known - 1, "only its own report is forgotten");
    assert!(workspace.remove(other));
    assert_eq!(found(&workspace), 1);
}
