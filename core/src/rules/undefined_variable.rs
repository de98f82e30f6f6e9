//! A variable that has no value.

use super::finding::MAX_LABELS;
use super::host_placeholder::is_argument;
use super::{Check, Context, Example, Finding, Profile, Rule};
use crate::diagnostic::Severity;
use crate::options::Missing;
use crate::spelling;
use crate::template::{Expanded, Place, VariableUse};
use crate::text::Span;
use alloc::collections::BTreeSet;
use alloc::format;
use alloc::string::String;
use alloc::vec::Vec;

/// The rule.
pub(super) static RULE: Rule = Rule {
    name: "undefined-variable",
    severity: Severity::Warning,
    profile: Profile::Core,
    summary: "A template variable has no value.",
    why: "The prompt then contains the bare name in braces, and the model has to guess what was intended. A check reports a warning if the role is certainly a template in this language: it has includes or declared variables, or another of its variables has a value. Otherwise, another program may fill in the name, and it is info. Values are often supplied only when the prompt is built, so only compiling without the value fails. Each name is reported once, with all its places.",
    example: Example {
        path: "roles/deployer.md",
        bad: "# Deployer\n\nDeploy to {{PLATFORM}} in {{REGION:-Europe}} and watch it.\n",
        at: "{{PLATFORM}}",
        good: "# Deployer\n\nDeploy to {{PLATFORM:-Kubernetes}} in {{REGION:-Europe}} and watch it.\n",
        files: &[],
    },
    check: Check::Role(check),
};

/// Names that a misspelled one is compared with.
const MAX_NAMES: usize = 200;

/// Longer lines are not searched for each of their variables.
const MAX_LINE: usize = 1_000;

/// The most names to compare: comparing is expensive, and nobody reads a hundred "did you mean"
/// suggestions.
const GUESSES: usize = 20;

fn check(cx: &mut Context<'_>) {
    let Some(expanded) = cx.template() else { return };
    let known: Vec<&str> = expanded
        .variables
        .iter()
        .filter(|variable| variable.unset.is_empty())
        .map(|variable| variable.name.as_str())
        .take(MAX_NAMES)
        .collect();
    let unset = expanded.variables.iter().filter(|variable| !variable.unset.is_empty());
    // The host's placeholders are another rule's subject.
    let unset = unset.filter(|variable| !is_argument(cx, &variable.name));
    let findings: Vec<Finding> = unset
        .enumerate()
        .filter_map(|(n, variable)| {
            finding(cx, expanded, variable, if n < GUESSES { &known } else { &[] })
        })
        .collect();
    for finding in findings {
        cx.report(finding);
    }
}

/// Whether the line is about filling in the placeholder: "Fill in {{NAME}}" refers to the name
/// itself, and a checkbox with only a name is part of a form.
fn is_to_be_filled(cx: &Context<'_>, span: Span) -> bool {
    let line = cx.role.line_at(span.start).of(cx.role.text);
    if line.len() > MAX_LINE {
        return false;
    }
    let item = line.trim_start_matches(['-', '*', ' ']);
    let is_box = item.strip_prefix("[ ] ").is_some_and(|rest| {
        rest.trim().strip_prefix("{{").and_then(|rest| rest.find("}}"))
            == Some(rest.trim().len() - 4)
    });
    let speaks_of_names = ["variable", "placeholder"].iter().any(|word| {
        line.to_ascii_lowercase().matches(word).count()
            > usize::from(span.of(cx.role.text).to_ascii_lowercase().contains(word))
    });
    is_box || speaks_of_names || item.starts_with("Fill in ")
}

/// Whether the role is certainly a template in this language: it includes files, declares
/// variables, or one of its variables has a value.
fn is_template(cx: &Context<'_>, expanded: &Expanded) -> bool {
    let includes = memchr::memmem::find(cx.role.text.as_bytes(), b"{{include").is_some();
    includes
        || cx.role.field("variables").is_some()
        || cx.values.iter().next().is_some()
        || cx.options.template.missing.is_some()
        || expanded.variables.iter().any(|variable| variable.unset.is_empty())
}

fn finding(
    cx: &Context<'_>,
    expanded: &Expanded,
    variable: &VariableUse,
    known: &[&str],
) -> Option<Finding> {
    // A file that is in the prompt twice has each of its places twice.
    let mut seen = BTreeSet::new();
    let places: Vec<Place> =
        variable.unset.iter().copied().filter(|place| seen.insert(*place)).collect();
    let (first, rest) = places.split_first()?;
    if variable.unset.iter().all(|place| place.file == 0 && is_to_be_filled(cx, place.span)) {
        return None;
    }
    let path = |file: u32| expanded.files.get(file as usize).map_or("", String::as_str);
    let name = &variable.name;
    let message = match rest.len() {
        0 => format!("Variable `{name}` has no value"),
        more => format!("Variable `{name}` has no value ({} places)", more + 1),
    };
    let fails = cx.options.template.missing == Some(Missing::Error) || variable.message.is_some();
    // If a role uses no other feature of these templates, another program may fill it in.
    let is_sure = is_template(cx, expanded);
    let mut finding = Finding::new(first.span, message)
        .severity(match fails {
            true => Severity::Error,
            false if is_sure => Severity::Warning,
            false => Severity::Info,
        })
        .reason(match &variable.message {
            Some(message) => format!("The template says: {message}."),
            None if is_sure => format!("The model sees a literal `{{{{{name}}}}}`."),
            None => format!(
                "Unless another program fills it in, the model sees a literal `{{{{{name}}}}}`."
            ),
        })
        .help(match spelling::nearest(name, known.iter().copied()) {
            Some(near) => format!("Did you mean `{near}`?"),
            None if !is_sure => format!(
                "If Rolewright is to fill it in, set a value or a default (`{{{{{name}:-text}}}}`), or declare it under `variables` in the front matter."
            ),
            None => format!(
                "Set a value or a default (`{{{{{name}:-text}}}}`), declare it under `variables`, or write `\\{{{{{name}}}}}` to keep the name as text."
            ),
        });
    if first.file != 0 {
        finding = finding.in_file(path(first.file));
    }
    for place in rest.iter().take(MAX_LABELS) {
        finding = finding.label_in(path(place.file), place.span, "also here");
    }
    Some(finding)
}

#[cfg(test)]
mod tests {
    use super::super::tests::{findings, findings_in};

    fn found(text: &str) -> std::vec::Vec<std::string::String> {
        findings("undefined-variable", "roles/x.md", text)
    }

    #[test]
    fn a_place_in_a_file_that_is_included_twice_is_one_place() {
        let files = [
            ("a.md", "{{include:b.md}}\n\n{{include:b.md}}\n"),
            ("b.md", "Answer in {{LANGUAGE}}.\n"),
        ];
        let found = findings_in("undefined-variable", "a.md", &files);
        assert!(
            matches!(&found[..], [only] if only.ends_with("`LANGUAGE` has no value")),
            "{found:?}"
        );
    }

    #[test]
    fn each_name_is_reported_once() {
        assert_eq!(
            found("{{B}} {{A}} {{B}}\r\n{{B}}\r\n"),
            [
                "1:1-1:6 info Variable `B` has no value (3 places)",
                "1:7-1:12 info Variable `A` has no value"
            ]
        );
    }

    #[test]
    fn another_program_may_fill_in_a_role_that_is_surely_no_template() {
        let agent = |body: &str| {
            let text = std::format!("---\nname: x\ndescription: Use it\n---\n{body}\n");
            findings("undefined-variable", ".claude/agents/x.md", &text)
        };
        assert_eq!(agent("Use {{A}}."), ["5:5-5:10 info Variable `A` has no value"]);
        assert_eq!(agent("Use {{A}} or {{B:-b}}."), ["5:5-5:10 warning Variable `A` has no value"]);
        assert_eq!(found("Use {{A}}.\n"), ["1:5-1:10 info Variable `A` has no value"]);
    }

    #[test]
    fn a_place_that_the_role_is_to_fill_in_is_meant() {
        assert!(found("- Fill in {{A}}, {{B}}\n").is_empty());
        assert!(found("Every template variable such as {{VARIABLE}} has a value\n").is_empty());
        assert!(found("- [ ] {{REQUIREMENT_1}}\n- [ ] {{REQUIREMENT_2}}\n").is_empty());
        assert_eq!(found("- [ ] Deploy to {{PLATFORM}}\n").len(), 1);
        assert_eq!(found("Read {{VARIABLE}} twice\n").len(), 1);
        assert_eq!(found("- Fill in {{A}}\n- Use {{A}}\n").len(), 1);
    }

    #[test]
    fn what_demands_a_value_is_an_error() {
        assert_eq!(
            found("{{A:?name the product}}\n"),
            ["1:1-1:24 error Variable `A` has no value"]
        );
    }

    #[test]
    fn braces_of_other_languages_are_quiet() {
        assert!(found("{{name}} ${{ secrets.X }} `{{NAME}}` {{YYYY-MM-DD}} {{A:-b}}\n").is_empty());
    }
}
