//! Small workspaces based on public reports: what people learned too late, and what must not be
//! reported.

use rolewright_core::{Diagnostic, Options, Severity, Values, check_all};
use rolewright_tests::data;
use std::collections::BTreeMap;

type Tree = BTreeMap<String, String>;

/// Every error and warning as `path:line severity rule`, in order.
fn found(files: &Tree) -> Vec<String> {
    let line = |d: &Diagnostic| {
        let text = files.get(&d.path).map_or("", String::as_str);
        text.as_bytes()[..d.span.start].iter().filter(|byte| **byte == b'\n').count() + 1
    };
    let reports = check_all(files, &Values::new(), &Options::new());
    let all = reports.iter().flat_map(|file| &file.report.diagnostics);
    let serious = all.filter(|d| d.severity > Severity::Info);
    let mut lines: Vec<(String, usize, String)> = serious
        .map(|d| (d.path.clone(), line(d), format!("{} {}", d.severity.name(), d.rule)))
        .collect();
    lines.sort();
    lines.into_iter().map(|(path, line, what)| format!("{path}:{line} {what}")).collect()
}

#[track_caller]
fn check(files: &[(&str, &str)], expected: &[&str]) {
    let files: Tree =
        files.iter().map(|(path, text)| ((*path).to_owned(), (*text).to_owned())).collect();
    assert_eq!(found(&files), expected);
}

#[test]
fn an_agent_copied_from_claude_code_to_gemini_is_told_every_field_that_is_refused() {
    let text = "---\nname: seed-sorter\ndescription: Sorts seeds. Use it in spring.\ntools: Read, Bash, mcp__barn__count\ncolor: green\nskills: [labels]\nmodel: opus\n---\n\nSort them by size.\n";
    check(
        &[(".gemini/agents/seed-sorter.md", text)],
        &[
            ".gemini/agents/seed-sorter.md:4 error foreign-tool",
            ".gemini/agents/seed-sorter.md:4 error invalid-field-type",
            ".gemini/agents/seed-sorter.md:5 error unknown-field",
            ".gemini/agents/seed-sorter.md:7 warning unknown-model",
        ],
    );
}

#[test]
fn the_functions_that_a_model_calls_are_no_tools_of_a_list() {
    let text = "---\ndescription: Reads maps. Use it on the road.\ntools:\n  - read_file\n  - grep_search\n  - run_in_terminal\n---\n\nName the nearest town.\n";
    check(
        &[(".github/agents/maps.agent.md", text)],
        &[
            ".github/agents/maps.agent.md:4 warning unknown-tool",
            ".github/agents/maps.agent.md:5 warning unknown-tool",
            ".github/agents/maps.agent.md:6 warning unknown-tool",
        ],
    );
}

#[test]
fn a_readme_beside_agents_is_what_its_host_makes_of_it() {
    let agent = "---\nname: baker\ndescription: Bakes. Use it at dawn.\n---\n\nBake bread.\n";
    let readme = "# Who works here\n\nOne baker.\n";
    check(
        &[
            (".claude/agents/baker.md", agent),
            (".claude/agents/README.md", readme),
            (".github/agents/baker.agent.md", agent),
            (".github/agents/README.md", readme),
            ("plugins/mill/.claude-plugin/plugin.json", "{\"name\": \"mill\"}\n"),
            ("plugins/mill/agents/baker.md", agent),
            ("plugins/mill/agents/README.md", readme),
        ],
        &[
            ".github/agents/README.md:1 warning missing-field",
            "plugins/mill/agents/README.md:1 warning missing-field",
        ],
    );
}

#[test]
fn a_prompt_in_the_front_matter_is_none_where_the_body_is_the_prompt() {
    let text = "---\ndescription: Tosses coins. Use it to decide.\nmode: subagent\nprompt: |\n  Say heads or tails.\n---\n";
    check(&[(".opencode/agents/coin.md", text)], &[".opencode/agents/coin.md:4 error empty-body"]);
}

#[test]
fn a_codex_agent_with_a_key_too_many_or_too_few_is_ignored() {
    let extra = "name = \"tailor\"\ndescription = \"Mends. Use it after a tear.\"\nshort-description = \"Mends\"\neffort = \"low\"\ndeveloper_instructions = \"Mend it.\"\n";
    let table = "name = \"cobbler\"\n\n[developer_instructions]\ntext = \"Mend the shoe.\"\n";
    let server = "name = \"hatter\"\ndescription = \"Mends hats. Use it in autumn.\"\ndeveloper_instructions = \"Mend it.\"\n\n[mcp_servers.felt]\nenabled = true\n";
    check(
        &[
            (".codex/agents/tailor.toml", extra),
            (".codex/agents/cobbler.toml", table),
            (".codex/agents/hatter.toml", server),
        ],
        &[
            ".codex/agents/cobbler.toml:1 error missing-field",
            ".codex/agents/cobbler.toml:3 error invalid-field-type",
            ".codex/agents/hatter.toml:5 error invalid-field-value",
            ".codex/agents/tailor.toml:3 error unknown-field",
            ".codex/agents/tailor.toml:4 error near-miss-field",
        ],
    );
}

#[test]
fn a_group_that_is_given_twice_loses_every_mode_of_the_file() {
    let text = "customModes:\n  - slug: clerk\n    name: Clerk\n    roleDefinition: You keep the ledger.\n    whenToUse: Use it at the end of the month.\n    groups:\n      - - edit\n        - fileRegex: \\.csv$\n      - - edit\n        - fileRegex: \\.txt$\n";
    check(&[(".roomodes", text)], &[".roomodes:9 error duplicate-tool"]);
}

#[test]
fn a_prompt_file_of_kiro_starts_from_the_folder_of_the_agent() {
    let agent = |prompt: &str| {
        format!(
            "{{\n  \"name\": \"diver\",\n  \"description\": \"Dives. Use it at low tide.\",\n  \"prompt\": \"file://{prompt}\",\n  \"tools\": [\"read\"]\n}}\n"
        )
    };
    let maps = "---\nname: sailor\ndescription: Sails. Use it when there is wind.\nresources:\n  - file://../../docs/sea.md\n  - type: knowledgeBase\n---\n\nSet the sail.\n";
    check(
        &[
            (".kiro/agents/diver.json", &agent("prompts/diver.md")),
            (
                ".kiro/agents/pearl.json",
                &agent("../../prompts/diver.md").replace("diver\"", "pearl\""),
            ),
            (".kiro/agents/sailor.md", maps),
            ("prompts/diver.md", "Dive for pearls.\n"),
            ("docs/sea.md", "# The sea\n"),
        ],
        &[
            ".kiro/agents/diver.json:4 error missing-include",
            ".kiro/agents/sailor.md:6 warning invalid-field-type",
        ],
    );
}

/// Those whose every line must be reported.
const WHOLE: [&str; 7] = ["33", "37", "40", "42", "43", "46", "58"];

#[test]
fn the_reported_cases_are_found_and_nothing_else_in_them_is() {
    let cases = data::cases();
    if cases.is_empty() {
        return data::skipped(1, "the cases are not there (ROLEWRIGHT_DATA)");
    }
    let mut wrong = Vec::new();
    for case in cases {
        let found = found(&case.files);
        let at = |line: &str| {
            let (place, what) = line.split_once(' ')?;
            let (path, line) = place.rsplit_once(':')?;
            Some((path.to_owned(), line.parse::<usize>().ok()?, what.to_owned()))
        };
        let found: Vec<_> = found.iter().filter_map(|line| at(line)).collect();
        for expected in case.expected.iter().filter(|_| WHOLE.contains(&&case.name[..2])) {
            let hit = found.iter().any(|(path, line, what)| {
                let as_severe = what.starts_with("error") || expected.severity == "warning";
                // For two of the reports, a warning is enough.
                let softer = ["43", "58"].contains(&&case.name[..2]);
                *path == expected.path && line.abs_diff(expected.line) < 2 && (as_severe || softer)
            });
            if !hit {
                wrong.push(format!("{}: {}:{} is missed", case.name, expected.path, expected.line));
            }
        }
        for (path, line, what) in &found {
            if !case.expected.iter().any(|expected| expected.path == *path) {
                wrong.push(format!("{}: {path}:{line} {what} in a quiet file", case.name));
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}
