//! Runs the verified faults and traps: each fault that belongs to a rule is found by it on its
//! line, and no trap raises an error or a warning on its line.

use rolewright_core::Input;
use rolewright_core::{Diagnostic, LineIndex, Options, Profile, Severity, check};
use rolewright_tests::data;

/// Faults by file name and line, with the rules that own them.
const FAULTS: &[(&str, usize, &str)] = &[
    ("monday-bug-fixer.md", 4, "invalid-yaml"),
    ("ai-writing-auditor.md", 1, "glued-delimiter"),
    ("swiftui-patterns/SKILL.md", 3, "invalid-yaml"),
    ("declarative-agents-architect.agent.md", 4, "missing-field"),
    ("prd-coach/SKILL.md", 1, "missing-field"),
    ("vital-health-content-agent.md", 4, "missing-field"),
    ("dotnet-framework-4.8-expert.md", 2, "invalid-name"),
    ("test-debugger.md", 7, "near-miss-field"),
    ("agents/code-reviewer.md", 4, "foreign-tool"),
    ("postgresql-dba.md", 4, "foreign-tool"),
    ("spark-performance.agent.md", 65, "unclosed-fence"),
    ("database-optimizer.md", 85, "glued-fence"),
    ("opensource-packager.md", 58, "escaped-fence"),
    ("framework-fastapi.mode.md", 139, "nested-fence"),
    ("gan-evaluator.md", 188, "unlisted-tool"),
    ("spec-bun.mode.md", 388, "repeated-section"),
    ("cover-designer.md", 3, "empty-section"),
    ("engineering-mobile-app-builder.md", 350, "damaged-character"),
    ("embedded-systems.md", 22, "damaged-character"),
    ("netlify-official-cursorrules-prompt-file.mdc", 217, "damaged-character"),
    ("power-bi-visualization-expert.agent.md", 417, "repeated-section"),
    ("go-temporal-dsl-prompt-file.mdc", 5, "empty-body"),
    ("behavioral-evals/SKILL.md", 13, "machine-path"),
    ("performance-engineer.yaml", 61, "machine-path"),
    ("sveltekit-restful-api-tailwind-css-cursorrules-pro.mdc", 15, "machine-path"),
    ("kilocode-rules-instructions-en-v4.md", 50, "nested-fence"),
    ("laravel-expert-agent.agent.md", 4, "unknown-model"),
    ("manager-develop.md", 13, "dangerous-permission-mode"),
    ("azure-verified-modules-owner-triage.agent.md", 506, "invisible-character"),
];

/// Faults that no rule looks for yet.
const NO_RULE_YET: &[(&str, usize)] = &[
    // Claude Code turns the two characters into a line break by itself.
    ("business-analyst.md", 3),
    // The name against the file's, a model in a file whose host is a guess.
    ("technical-content-evaluator.md", 5),
    ("electorn-pro.md", 2),
    // Other files and other roles, which only `cargo xtask recall` shows.
    ("system-architecture-reviewer.agent.md", 6),
    ("wordpress-master.md", 314),
    ("on-call-handoff-patterns/SKILL.md", 70),
    ("cs-agile-product-owner.md", 406),
    // A dialect inside JSON, whose fields are not read.
    ("ruvnet+claude-flow/.roomodes", 2),
];

fn findings(file: &str, path: &str) -> (String, Vec<Diagnostic>) {
    let text = data::corpus().into_iter().find(|known| known.file == file).map(|known| known.text);
    let text = text.unwrap_or_default();
    // Matters of style are checked in their own profile.
    let options = Options::new().with_profile(Profile::Style);
    let found = check(&Input::new(&text).at(path), &options).diagnostics;
    (text, found)
}

#[test]
fn every_fault_that_falls_to_a_rule_is_found_at_its_line() {
    let cases = data::hard_cases();
    if cases.is_empty() {
        return data::skipped(1, "the verified faults are not there (ROLEWRIGHT_DATA)");
    }
    let mut missed = Vec::new();
    for (name, line, rule) in FAULTS {
        let Some(case) = cases.iter().find(|case| case.file.ends_with(name) && case.line == *line)
        else {
            missed.push(format!("{name}:{line} is not among the cases"));
            continue;
        };
        let (text, found) = findings(&case.file, &case.path);
        let index = LineIndex::new(&text);
        let places = |d: &Diagnostic| {
            let labels = d.labels.iter().map(|label| index.line(label.span.start));
            labels.chain([index.line(d.span.start)]).collect::<Vec<_>>()
        };
        let hit = found.iter().any(|d| d.rule == *rule && places(d).contains(line));
        if !hit {
            let all: Vec<_> = found.iter().map(|d| format!("{}@{:?}", d.rule, places(d))).collect();
            missed.push(format!("{name}:{line} {rule}: found only {all:?}"));
        }
    }
    assert!(missed.is_empty(), "{}", missed.join("\n"));
}

#[test]
fn every_case_is_a_trap_or_a_fault_that_a_rule_owns() {
    let cases = data::hard_cases();
    if cases.is_empty() {
        return data::skipped(1, "the verified faults are not there (ROLEWRIGHT_DATA)");
    }
    let owned = |case: &data::HardCase| {
        let is = |name: &str, line: usize| case.file.ends_with(name) && case.line == line;
        FAULTS.iter().any(|(name, line, _)| is(name, *line))
            || NO_RULE_YET.iter().any(|(name, line)| is(name, *line))
    };
    let free: Vec<_> = cases.iter().filter(|case| case.kind != "fp-trap" && !owned(case)).collect();
    assert!(free.is_empty(), "{free:#?}");
    assert_eq!(cases.len(), FAULTS.len() + NO_RULE_YET.len() + TRAPS);
}

/// Traps besides the one that is also a fault.
const TRAPS: usize = 12;

#[test]
fn no_trap_raises_an_error_or_a_warning_at_its_line() {
    let cases = data::hard_cases();
    if cases.is_empty() {
        return data::skipped(1, "the traps are not there (ROLEWRIGHT_DATA)");
    }
    let mut wrong = Vec::new();
    let mut quiet = 0;
    for case in cases.iter().filter(|case| case.kind == "fp-trap") {
        // Here the finding itself is right; what is tested above is that it says so.
        if FAULTS.iter().any(|(name, line, _)| case.file.ends_with(name) && case.line == *line) {
            continue;
        }
        let (text, found) = findings(&case.file, &case.path);
        let index = LineIndex::new(&text);
        let loud =
            |d: &&Diagnostic| d.severity > Severity::Info && index.line(d.span.start) == case.line;
        match found.iter().find(loud) {
            Some(d) => wrong.push(format!(
                "{}:{} {} {}: {}",
                case.file, case.line, d.rule, d.message, case.problem
            )),
            None => quiet += 1,
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    assert_eq!(quiet, TRAPS);
}
