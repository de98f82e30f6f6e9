use crate::fix;
use crate::host::by_path;
use crate::options::{Options, Profile};
use crate::role::{Role, Syntax};
use crate::rules::RULES;
use crate::syntax::roles;
use crate::text::Span;
use crate::{Applicability, Input, check};
use alloc::format;
use alloc::string::{String, ToString};
use alloc::vec::Vec;

fn options() -> Options {
    Options::new().with_profile(Profile::Style)
}

/// The spans a rule reports, in order.
fn marked(rule: &str, path: &str, text: &str) -> Vec<String> {
    let report = check(&Input::new(text).at(path), &options());
    let of_rule = report.diagnostics.iter().filter(|found| found.rule == rule);
    of_rule.map(|found| found.span.of(text).to_string()).collect()
}

fn fixed(path: &str, text: &str) -> String {
    fix(&Input::new(text).at(path), &options(), Applicability::Unsafe).text
}

/// The same prompt in every form of file.
fn forms(prompt: &str) -> Vec<(&'static str, String)> {
    let indented: String = prompt.lines().map(|line| format!("      {line}\n")).collect();
    let escaped = serde_json::to_string(prompt).unwrap();
    Vec::from([
        (
            ".claude/agents/x.md",
            format!("---\nname: x\ndescription: Use it often\n---\n\n{prompt}"),
        ),
        (
            ".roomodes",
            format!(
                "customModes:\n  - slug: x\n    name: X\n    roleDefinition: |\n{indented}    groups: [read]\n"
            ),
        ),
        (
            ".codex/agents/x.toml",
            format!(
                "name = \"x\"\ndescription = \"Use it often\"\ndeveloper_instructions = '''\n{prompt}'''\n"
            ),
        ),
        (
            ".kiro/agents/x.json",
            format!(
                "{{\"name\": \"x\", \"description\": \"Use it often\", \"prompt\": {escaped}}}\n"
            ),
        ),
    ])
}

/// Rules about the text of a prompt, regardless of the host.
const ABOUT_TEXT: [&str; 12] = [
    "bidi-control",
    "doubled-quote",
    "escaped-fence",
    "glued-fence",
    "hidden-tag-characters",
    "invisible-character",
    "machine-path",
    "nested-fence",
    "orphaned-lead-in",
    "plain-heading",
    "unclosed-fence",
    "unfilled-placeholder",
];

/// The prompt of the only role in a file.
fn prompt(path: &str, text: &str) -> String {
    let host = by_path(path).unwrap();
    match Syntax::of_path(path) {
        Syntax::Markdown => Role::without_outline(text, path).body.of(text).to_string(),
        syntax => {
            let found = roles(text, syntax, &host.layout);
            assert_eq!((found.errors.len(), found.roles.len()), (0, 1), "{text}");
            found.roles[0].prompts[0].text.text.to_string()
        }
    }
}

#[test]
fn a_defect_in_a_prompt_is_found_and_fixed_in_every_form() {
    for rule in RULES.iter().filter(|rule| ABOUT_TEXT.contains(&rule.name)) {
        let bad = rule.example.bad;
        let body = Role::without_outline(bad, rule.example.path).body.of(bad).trim_start();
        let forms = forms(body);
        let (path, markdown) = &forms[0];
        let expected = marked(rule.name, path, markdown);
        assert!(!expected.is_empty(), "{}: {body}", rule.name);
        let repaired = prompt(path, &fixed(path, markdown));
        for (path, text) in &forms[1..] {
            let found = marked(rule.name, path, text);
            assert_eq!(found.len(), expected.len(), "{} in {path}: {text}", rule.name);
            if !path.ends_with(".json") && !expected.concat().contains('\n') {
                assert_eq!(found, expected, "{} in {path}", rule.name);
            }
            let after = prompt(path, &fixed(path, text));
            assert_eq!(after.trim(), repaired.trim(), "{} in {path}", rule.name);
        }
    }
}

#[test]
fn places_in_a_string_are_those_of_its_escapes() {
    let text = "{\"name\": \"x\", \"description\": \"Use it often\", \"prompt\": \"# A\\n\\nYou re\\u200bview.\"}\n";
    assert_eq!(marked("invisible-character", ".kiro/agents/x.json", text), ["\\u200b"]);
    let text =
        "name = \"x\"\ndescription = \"Use it often\"\ndeveloper_instructions = \"a\\u200Bb\"\n";
    assert_eq!(marked("invisible-character", ".codex/agents/x.toml", text), ["\\u200B"]);
}

#[test]
fn fields_are_judged_in_place() {
    let text = "{\n  \"name\": \"x\",\n  \"name\": \"x\",\n  \"descripton\": \"Use it\",\n  \"prompt\": \"You help.\"\n}\n";
    assert_eq!(marked("duplicate-field", ".kiro/agents/x.json", text), ["\"name\""]);
    let after = fixed(".kiro/agents/x.json", text);
    assert_eq!(after.matches("\"name\"").count(), 1, "{after}");
    assert!(serde_json::from_str::<serde_json::Value>(&after).is_ok(), "{after}");
    let modes = "customModes:\n  - slug: A b\n    name: A\n    roleDefinition: You help.\n    groups: [read]\n  - slug: c\n    name: C\n    groups: [read]\n";
    assert_eq!(marked("invalid-name", ".roomodes", modes), ["A b"]);
    let missing = marked("missing-field", ".roomodes", modes);
    assert_eq!(missing.len(), 1, "{missing:?}");
}

#[test]
fn a_syntax_error_is_one_diagnostic_and_hides_no_role() {
    let text = "customModes:\n  - slug: a\n    name: A: B\n    roleDefinition: You help.\n    groups: [read]\n  - slug: b\n    name: B\n    roleDefinition: \"You re\\u200bview.\"\n    groups: [read]\n";
    assert_eq!(marked("invalid-syntax", ".roomodes", text).len(), 1);
    assert_eq!(marked("invisible-character", ".roomodes", text), ["\\u200b"]);
}

#[test]
fn what_is_wrong_outside_the_prompts_is_still_found() {
    let text =
        "{\"name\": \"x\u{200b}\", \"description\": \"Use it\", \"prompt\": \"You help.\"}\n";
    assert_eq!(marked("invisible-character", ".kiro/agents/x.json", text), ["\u{200b}"]);
    let report = check(&Input::new("{\"a\": 1}\n").at("x.json"), &options());
    assert_eq!(report.skipped.len(), 1);
    assert!(
        report.diagnostics.iter().all(|found| found.span.end <= 9 && found.span >= Span::at(0))
    );
}

#[test]
fn the_lines_around_prompts_are_not_read_as_a_prompt() {
    let mode = |slug: &str, text: &str| {
        let body = format!("      \"roleDefinition\": \"{text}\",\n      \"groups\": []");
        format!("    {{\n      \"slug\": \"{slug}\",\n{body}\n    }}")
    };
    let one = mode("a", "You compare the prices of apples and of pears.");
    let two = mode("b", "Pears are sorted by their size and their color.");
    let text = format!("{{\n  \"customModes\": [\n{one},\n{two}\n  ]\n}}\n");
    assert_eq!(marked("repeated-sentence", ".roomodes", &text), [""; 0]);
    let members = "    {\n    },\n".repeat(120);
    let text = format!("{{\n  \"customModes\": [\n{members}{one}\n  ]\n}}\n");
    assert_eq!(marked("long-prompt", ".roomodes", &text), [""; 0]);
}

#[test]
fn a_place_never_ends_inside_a_character() {
    assert_eq!(marked("missing-field", ".codex/agents/a.toml", "# 🧪\n"), ["# 🧪"]);
}
