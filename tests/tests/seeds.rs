//! Checks the five documents that the project grew from: they produce exactly the expected
//! diagnostics.

use rolewright_core::Input;
use rolewright_core::{LineIndex, Options, Profile, check, template};
use rolewright_tests::data;

/// Findings, one per line: `LINE:COLUMN severity rule`, with the number of further places.
fn findings(number: &str, path: &str) -> Option<Vec<String>> {
    findings_with(number, path, &Options::default())
}

/// The same with every rule on.
fn with_all_rules(number: &str, path: &str) -> Option<Vec<String>> {
    findings_with(number, path, &Options::new().with_profile(Profile::Style))
}

fn findings_with(number: &str, path: &str, options: &Options) -> Option<Vec<String>> {
    let Some(text) = data::seed(number) else {
        data::skipped(1, "the seeds are not there (ROLEWRIGHT_DATA)");
        return None;
    };
    let report = check(&Input::new(&text).at(path), options);
    let index = LineIndex::new(&text);
    Some(
        report
            .diagnostics
            .iter()
            .map(|d| {
                let at = index.position(d.span.start);
                let places = match d.labels.len() {
                    0 => String::new(),
                    more => format!(" +{more}"),
                };
                let span: String = d.span.of(&text).chars().take(24).collect();
                format!(
                    "{}:{} {} {}{places} {span:?}",
                    at.line,
                    at.column_utf16,
                    d.severity.name(),
                    d.rule
                )
            })
            .collect(),
    )
}

#[test]
fn seed_000_has_title_lines_that_are_not_headings() {
    if let Some(found) = findings("000", "roles/implementation.md") {
        assert_eq!(found, ["5:1 warning plain-heading +6 \"Role Title\""]);
    }
}

#[test]
fn seed_001_escapes_the_fences_of_its_template() {
    if let Some(found) = findings("001", ".claude/agents/implementation-specialist.md") {
        assert_eq!(
            found,
            [
                "2:7 info implicit-all-tools \"implementation-specialis\"",
                "3:14 info missing-trigger \"Provides practical imple\"",
                "47:1 warning escaped-fence +27 \"\\\\`\\\\`\\\\`\"",
            ]
        );
    }
}

#[test]
fn seed_002_has_a_colon_in_its_description() {
    if let Some(found) = findings("002", ".claude/agents/infrastructure-specialist.md") {
        assert_eq!(
            found,
            [
                "3:14 info description-length \"Use this agent when you \"",
                "3:490 warning invalid-yaml \":\"",
                "8:261 info dated-quality +1 \"2025\"",
                "10:1 info bold-heading +9 \"**Core Principles (MANDA\"",
            ]
        );
    }
}

/// A name of an agent that exists, so that the workspace is known to have agents.
const OTHER: &str = "---\nname: other\ndescription: Use it daily\ntools: Read\n---\nYou help.\n";

#[test]
fn seed_002_names_four_agents_that_a_workspace_lacks() {
    let Some(text) = data::seed("002") else {
        return data::skipped(1, "the seeds are not there (ROLEWRIGHT_DATA)");
    };
    let path = ".claude/agents/infrastructure-specialist.md";
    let files = std::collections::BTreeMap::from([
        (path.to_owned(), text.clone()),
        (".claude/agents/other.md".to_owned(), OTHER.to_owned()),
    ]);
    let report = check(&Input::new(&text).at(path).with_files(&files), &Options::default());
    let found = report.diagnostics.iter().filter(|d| d.rule == "unknown-agent");
    let names: Vec<&str> = found
        .flat_map(|d| [d.span].into_iter().chain(d.labels.iter().map(|label| label.span)))
        .map(|span| span.of(&text))
        .collect();
    assert_eq!(
        names,
        [
            "Database-Specialist",
            "Performance-Engineer",
            "System-Reliability-Engineer",
            "ML-Orchestrator"
        ]
    );
}

#[test]
fn seed_003_names_tools_and_paths_that_do_not_exist_elsewhere() {
    if let Some(found) = findings("003", ".claude/agents/infrastructure-architect.md") {
        assert_eq!(
            found,
            [
                "5:27 warning unknown-tool \"Docker\"",
                "5:35 warning unknown-tool \"Git\"",
                "127:4 warning machine-path +6 \"/home/john/esper/docs/ar\"",
                "133:4 info emphasis-inflation +14 \"CRITICAL\"",
                "133:21 info threat +3 \"IMMEDIATE DISMISSAL\"",
                "286:45 info doubled-quote +3 \"\\\"\\\"\"",
            ]
        );
    }
}

#[test]
fn seed_004_alone_lacks_its_files_and_values() {
    if let Some(found) = findings("004", "roles/devops_engineer.md") {
        let count = |what: &str| found.iter().filter(|line| line.contains(what)).count();
        assert_eq!(count("error missing-include"), 11, "{found:#?}");
        assert_eq!(count("info missing-include"), 3, "{found:#?}");
        assert_eq!(count("warning undefined-variable"), 5, "{found:#?}");
        assert!(
            found.iter().all(|line| {
                ["missing-include", "undefined-variable", "orphaned-lead-in"]
                    .iter()
                    .any(|rule| line.contains(rule))
            }),
            "{found:#?}"
        );
    }
}

/// What every rule adds to the default profile, as rule and place.
fn added(number: &str, path: &str) -> Option<Vec<String>> {
    let usual = findings(number, path)?;
    let all = with_all_rules(number, path)?;
    Some(all.into_iter().filter(|line| !usual.contains(line)).collect())
}

#[test]
fn all_rules_together_add_only_what_is_true_of_the_seeds() {
    for (number, path, expected) in [
        (
            "000",
            "roles/implementation.md",
            &["1:3 info missing-boundaries \"Implementation Specialis\""][..],
        ),
        (
            "001",
            ".claude/agents/implementation-specialist.md",
            &["6:1 info long-prompt \"You are the Implementati\""],
        ),
        ("002", ".claude/agents/infrastructure-specialist.md", &[]),
        (
            "003",
            ".claude/agents/infrastructure-architect.md",
            &["8:1 info long-prompt \"Expert infrastructure an\""],
        ),
        ("004", "roles/devops_engineer.md", &[]),
    ] {
        let Some(added) = added(number, path) else { return };
        assert_eq!(added, expected, "{number}");
    }
}

#[test]
fn seeds_compile_to_their_own_body() {
    for number in ["000", "001", "002", "003"] {
        let Some(text) = data::seed(number) else {
            return data::skipped(1, "the seeds are not there (ROLEWRIGHT_DATA)");
        };
        let input = Input::new(&text).at(".claude/agents/seed.md");
        let prompt = template::expand(&input, &Options::default()).text;
        let body = match text.strip_prefix("---\n") {
            Some(headed) => headed.split_once("\n---\n").map_or("", |(_, body)| body),
            None => &text,
        };
        assert_eq!(prompt, format!("{}\n", body.trim_matches('\n')), "{number}");
    }
}
