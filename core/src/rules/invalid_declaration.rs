//! Template settings and variables that the front matter declares incorrectly.

use super::wording::joined;
use super::{Check, Context, Example, Finding, Profile, Rule};
use crate::diagnostic::Severity;
use crate::spelling;
use crate::yaml::{Entry, Node};
use alloc::format;
use alloc::string::String;
use alloc::vec::Vec;

/// The rule.
pub(super) static RULE: Rule = Rule {
    name: "invalid-declaration",
    severity: Severity::Warning,
    profile: Profile::Core,
    summary: "A template setting or variable declaration is unknown or has an invalid value.",
    why: "A misspelled setting has no effect: the default silently applies. A value outside a variable's `enum` is one that the template's author did not plan for, so the prompt may say something that nobody intended.",
    example: Example {
        path: "roles/deployer.md",
        bad: "---\nvariables:\n  REGION: { enum: [eu, us], default: asia }\n---\n\nDeploy to {{REGION}} and watch it.\n",
        at: "asia",
        good: "---\nvariables:\n  REGION: { enum: [eu, us], default: eu }\n---\n\nDeploy to {{REGION}} and watch it.\n",
        files: &[],
    },
    check: Check::Role(check),
};

/// Settings by name, with the valid words; any value if there are no words.
type Settings = [(&'static str, &'static [&'static str])];

const TEMPLATES: &Settings = &[
    ("resolve", &["root-then-file", "root", "file"]),
    ("root", &[]),
    ("shift", &["auto", "none"]),
    ("spacing", &["paragraphs", "exact"]),
    ("code", &["literal", "live"]),
];
const VARIABLE: &Settings = &[
    ("default", &[]),
    ("enum", &[]),
    ("required", &["true", "false"]),
    ("stage", &["compile", "runtime"]),
];
const MOUNT: &Settings = &[("path", &[]), ("trust", &["template", "data"])];

fn check(cx: &mut Context<'_>) {
    let mut found = Vec::new();
    let entries = |name: &str| cx.role.field(name).and_then(|field| field.value.entries());
    settings(entries("templates"), TEMPLATES, &mut found);
    for mount in entries("mounts").unwrap_or(&[]) {
        settings(mount.value.entries(), MOUNT, &mut found);
    }
    for variable in entries("variables").unwrap_or(&[]) {
        settings(variable.value.entries(), VARIABLE, &mut found);
        found.extend(not_allowed(cx, variable));
    }
    for finding in found {
        cx.report(finding);
    }
}

fn settings(written: Option<&[Entry<'_>]>, known: &Settings, found: &mut Vec<Finding>) {
    for entry in written.unwrap_or(&[]) {
        let (Some(name), value) = (entry.key.as_str(), entry.value.as_str()) else { continue };
        let names = known.iter().map(|(known, _)| *known);
        match (known.iter().find(|(known, _)| *known == name), value) {
            (Some((_, words)), Some(value)) if !words.is_empty() && !words.contains(&value) => {
                let finding =
                    Finding::new(entry.value.span, format!("Invalid value `{value}` for `{name}`"));
                found.push(finding.help(one_of(words.iter().copied())));
            }
            // Other keys may be the author's own.
            (None, _) if let Some(near) = spelling::nearest(name, names) => {
                let finding = Finding::new(entry.key.span, format!("Unknown setting `{name}`"));
                let finding = finding.reason("Unknown settings have no effect.");
                found.push(finding.help(format!("Did you mean `{near}`?")));
            }
            _ => {}
        }
    }
}

/// A value that is missing from the variable's `enum`: the supplied value, or the default.
fn not_allowed(cx: &Context<'_>, variable: &Entry<'_>) -> Option<Finding> {
    let name = variable.key.as_str()?;
    let words: Vec<&str> =
        variable.value.get("enum")?.items()?.iter().filter_map(Node::as_str).collect();
    let default = variable.value.get("default");
    let default = default.and_then(|node| Some((node.as_str()?, node.span)));
    let given = cx.values.get(name).map(|value| (value, variable.key.span));
    let (value, span) = given.or(default).filter(|(value, _)| !words.contains(value))?;
    let finding = Finding::new(span, format!("Invalid value `{}` for `{name}`", shown(value)));
    Some(finding.severity(Severity::Error).help(one_of(words.iter().copied())))
}

fn shown(value: &str) -> String {
    let line: String = value.chars().take(40).take_while(|&c| c != '\n').collect();
    if line.len() < value.len() { format!("{line}…") } else { line }
}

fn one_of<'w>(words: impl Iterator<Item = &'w str>) -> String {
    let words: Vec<String> = words.take(20).map(|word| format!("`{word}`")).collect();
    format!("Use {}.", joined(&words, "or"))
}

#[cfg(test)]
mod tests {
    use super::super::tests::findings;
    use crate::input::Input;
    use crate::{Options, Values, check};

    fn found(front_matter: &str) -> std::vec::Vec<std::string::String> {
        findings(
            "invalid-declaration",
            "roles/x.md",
            &std::format!("---\n{front_matter}\n---\n{{{{A}}}}\n"),
        )
    }

    #[test]
    fn settings_are_checked_and_what_is_not_ours_is_left_alone() {
        assert_eq!(
            found(
                "templates: { spacing: exakt, shfit: none, theme: x }\nvariables:\n  A: { stage: run, requird: false }\nmounts: { /b/: { path: b, trust: Data } }"
            ),
            [
                "2:23-2:28 warning Invalid value `exakt` for `spacing`",
                "2:30-2:35 warning Unknown setting `shfit`",
                "4:15-4:18 warning Invalid value `run` for `stage`",
                "4:20-4:27 warning Unknown setting `requird`",
                "5:34-5:38 warning Invalid value `Data` for `trust`"
            ]
        );
        assert!(
            found("templates: [a.md]\nvariables: { A: { description: b, type: string } }")
                .is_empty()
        );
        assert!(
            found("variables: { A: { enum: [a, b], default: b, pattern: \"[ab]\" } }").is_empty()
        );
    }

    #[test]
    fn a_given_value_must_be_one_of_those_that_are_named() {
        let text = "---\nvariables: { A: { enum: [a, b], default: a } }\n---\n{{A}}\n";
        let with = |value: &str| {
            let mut values = Values::new();
            values.set("A", value);
            let report =
                check(&Input::new(text).at("roles/x.md").with_values(&values), &Options::default());
            let found = report.diagnostics.into_iter().find(|d| d.rule == "invalid-declaration");
            found.map(|d| (d.span.of(text), d.message))
        };
        assert_eq!(with("b"), None);
        assert_eq!(with("c\nd"), Some(("A", "Invalid value `c…` for `A`".into())));
    }
}
