//! Tests that every rule passes on its own example.

use super::*;
use crate::check::check;
use crate::diagnostic::Applicability;
use crate::diagnostic::{Diagnostic, Severity};
use crate::fix::fix;
use crate::input::Input;
use crate::options::Options;
use crate::workspace::Files;
use alloc::collections::BTreeMap;
use alloc::string::{String, ToString};
use alloc::vec::Vec;

fn with_files<T>(example: &Example, run: impl Fn(&dyn Files) -> T) -> T {
    if example.files.is_empty() {
        return run(&crate::workspace::NoFiles);
    }
    let files: BTreeMap<String, String> =
        example.files.iter().map(|(path, text)| (path.to_string(), text.to_string())).collect();
    run(&files)
}

fn found(rule: &Rule, text: &str) -> Vec<Diagnostic> {
    let options = Options { profile: Profile::Style, ..Options::default() };
    with_files(&rule.example, |files| {
        check(&Input::new(text).at(rule.example.path).with_files(files), &options).diagnostics
    })
}

#[test]
fn rules_are_in_the_order_of_their_names_and_settings_apply_to_them() {
    assert!(RULES.is_sorted_by_key(|rule| rule.name));
    let names = |options: &Options| -> Vec<&str> {
        Selection::of(options).enabled.into_iter().map(|it| it.rule.name).collect()
    };
    let usual = names(&Options::new());
    assert!(usual.contains(&"tool-case") && !usual.contains(&"too-many-instructions"));
    let changed = ["a-rule-of-nobody", "unclosed-fence", "tool-case", "zzz"].into_iter().fold(
        Options::new().with_rule("too-many-instructions", Some(Severity::Info)),
        |options, name| options.with_rule(name, None),
    );
    let changed = names(&changed);
    assert!(changed.contains(&"too-many-instructions") && !changed.contains(&"tool-case"));
    assert_eq!(changed.len(), usual.len() - 1);
}

#[test]
fn every_bad_example_raises_its_rule_once_at_the_place_it_names() {
    for rule in RULES {
        let Example { bad, at, .. } = rule.example;
        let found = found(rule, bad);
        let of_rule: Vec<_> = found.iter().filter(|d| d.rule == rule.name).collect();
        assert_eq!(of_rule.len(), 1, "{}: {found:#?}", rule.name);
        let start = bad.find(at).expect(rule.name);
        assert_eq!(of_rule[0].span.of(bad), at, "{}", rule.name);
        assert_eq!(of_rule[0].span.start, start, "{}", rule.name);
        let others: Vec<_> =
            found.iter().filter(|d| d.rule != rule.name && d.severity > Severity::Info).collect();
        assert!(others.is_empty(), "{}: {others:#?}", rule.name);
        assert!(
            of_rule[0].help.is_some() || of_rule[0].fix.is_some(),
            "{}: says what to do",
            rule.name
        );
    }
}

#[test]
fn every_good_example_is_quiet() {
    for rule in RULES {
        let found = found(rule, rule.example.good);
        let loud: Vec<_> =
            found.iter().filter(|d| d.rule == rule.name || d.severity > Severity::Info).collect();
        assert!(loud.is_empty(), "{}: {loud:#?}", rule.name);
    }
}

#[test]
fn a_safe_fix_of_a_bad_example_removes_the_finding_and_is_stable() {
    for rule in RULES {
        let Example { bad, path, .. } = rule.example;
        let safe = found(rule, bad).iter().any(|d| {
            d.rule == rule.name
                && d.fix.as_ref().is_some_and(|f| f.applicability == Applicability::Safe)
        });
        if !safe {
            continue;
        }
        with_files(&rule.example, |files| {
            let fixed = fix(
                &Input::new(bad).at(path).with_files(files),
                &Options::default(),
                Applicability::Safe,
            );
            let left: Vec<_> =
                fixed.report.diagnostics.iter().filter(|d| d.rule == rule.name).collect();
            assert!(left.is_empty(), "{}: {left:#?}\n{}", rule.name, fixed.text);
            let again = fix(
                &Input::new(&fixed.text).at(path).with_files(files),
                &Options::default(),
                Applicability::Safe,
            );
            assert_eq!(again.text, fixed.text, "{}", rule.name);
        });
    }
}

#[test]
fn names_are_kebab_case_and_unique() {
    let mut names: Vec<&str> = RULES.iter().map(|rule| rule.name).collect();
    assert!(
        names.iter().all(|n| n.bytes().all(|b| b.is_ascii_lowercase() || b == b'-')),
        "{names:?}"
    );
    names.sort_unstable();
    let all = names.len();
    names.dedup();
    assert_eq!(names.len(), all);
}

#[test]
fn the_folder_and_the_list_hold_the_same_rules() {
    let folder = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("src/rules");
    let infrastructure =
        ["absence", "context", "finding", "rule", "tests", "tool-limits", "tool-order", "wording"];
    let mut files: Vec<String> = std::fs::read_dir(folder)
        .unwrap()
        .filter_map(|entry| {
            entry.unwrap().path().file_stem()?.to_str().map(|s| s.replace('_', "-"))
        })
        .filter(|name| !infrastructure.contains(&name.as_str()))
        .collect();
    files.sort();
    files.dedup();
    let mut names: Vec<&str> = RULES.iter().map(|rule| rule.name).collect();
    names.sort_unstable();
    assert_eq!(files, names);
}

#[test]
fn documentation_is_complete_sentences() {
    for rule in RULES {
        for text in [rule.summary, rule.why] {
            assert!(
                text.ends_with('.') && text.starts_with(char::is_uppercase),
                "{}: {text}",
                rule.name
            );
        }
        assert!(rule.why.len() > 60, "{}", rule.name);
        assert_ne!(rule.example.bad, rule.example.good, "{}", rule.name);
    }
}

#[test]
fn every_fix_between_braces_leaves_front_matter_that_reads() {
    for fields in [
        "{name: x}",
        "{name: x, tools: [Read, LS]}",
        "{\"name\":\"x\", \"tool\":\"Read\", description: Use it, maxTurns: \"3\"}",
        "{name: x, description: \"One.\\\\n\\\\nTwo.\"}",
        "{\n  name: x,\n  description: 'One.\\n\\nTwo.'\n}",
        "{name: a b, color: Blue, background: 'yes', model: [a, b], skills: c}",
        "{name: x, name: x, description: [Use, it], tools: [Read, Read]}",
    ] {
        let text = alloc::format!("---\n{fields}\n---\n\nYou help.\n");
        let options = Options { profile: Profile::Style, ..Options::default() };
        let path = ".claude/agents/x.md";
        let report =
            check(&Input::new(&text).at(path).with_files(&crate::workspace::NoFiles), &options);
        let names = |text: &str| {
            let role = crate::Role::parse(text, path);
            assert!(!role.front_matter_is_broken() && !role.fields().is_empty(), "{text}");
            role.fields().len()
        };
        for diagnostic in report.diagnostics.iter().filter(|diagnostic| diagnostic.fix.is_some()) {
            let edits: Vec<_> = diagnostic.fix.iter().flat_map(|fix| &fix.edits).collect();
            let fixed = crate::fix::apply(&text, &edits);
            let repeated = usize::from(diagnostic.rule == "duplicate-field");
            assert_eq!(names(&fixed), names(&text) - repeated, "{}: {fixed}", diagnostic.rule);
        }
    }
}

/// The same for the file at `path` among others.
pub(super) fn findings_in(rule: &str, path: &str, files: &[(&str, &str)]) -> Vec<String> {
    let files: BTreeMap<String, String> =
        files.iter().map(|(path, text)| (path.to_string(), text.to_string())).collect();
    listed(rule, &Input::new(&files[path]).at(path).with_files(&files))
}

/// The text of the file at `path` among others after all safe fixes.
pub(super) fn fixed_in(path: &str, files: &[(&str, &str)]) -> String {
    let files: BTreeMap<String, String> =
        files.iter().map(|(path, text)| (path.to_string(), text.to_string())).collect();
    let input = Input::new(&files[path]).at(path).with_files(&files);
    let fixed = crate::fix(&input, &Options::default(), Applicability::Safe);
    fixed.text
}

/// The findings of one rule in `text` at `path`, one line each:
/// `LINE:COLUMN-LINE:COLUMN severity message`, with every rule of every profile enabled and no
/// other files.
pub(super) fn findings(rule: &str, path: &str, text: &str) -> Vec<String> {
    listed(rule, &Input::new(text).at(path).with_files(&crate::workspace::NoFiles))
}

fn listed(rule: &str, input: &Input<'_>) -> Vec<String> {
    let options = Options { profile: Profile::Style, ..Options::default() };
    let report = check(input, &options);
    let index = crate::text::LineIndex::new(input.text);
    let place = |at| {
        let position = index.position(at);
        alloc::format!("{}:{}", position.line, position.column_utf16)
    };
    report
        .diagnostics
        .iter()
        .filter(|d| d.rule == rule)
        .map(|d| {
            let (from, to) = (place(d.span.start), place(d.span.end));
            alloc::format!("{from}-{to} {} {}", d.severity.name(), d.message)
        })
        .collect()
}

/// `text` after all safe fixes.
pub(super) fn fixed(path: &str, text: &str) -> String {
    fixed_with(path, text, Applicability::Safe)
}

/// `text` after all fixes.
pub(super) fn fixed_unsafely(path: &str, text: &str) -> String {
    fixed_with(path, text, Applicability::Unsafe)
}

fn fixed_with(path: &str, text: &str, applicability: Applicability) -> String {
    let input = Input::new(text).at(path).with_files(&crate::workspace::NoFiles);
    fix(&input, &Options::default(), applicability).text
}
