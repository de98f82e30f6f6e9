//! Variables that are declared but never used.

use super::{Check, Context, Example, Finding, Profile, Rule};
use crate::diagnostic::Severity;
use crate::spelling;
use crate::template::{Expanded, ProblemKind};
use alloc::collections::BTreeSet;
use alloc::format;
use alloc::string::String;
use alloc::vec::Vec;

/// The rule.
pub(super) static RULE: Rule = Rule {
    name: "unused-variable",
    severity: Severity::Info,
    profile: Profile::Recommended,
    summary: "A declared variable is never used.",
    why: "A declaration suggests that the value matters. If no text uses it, either the declaration is left over or the name in the text is misspelled.",
    example: Example {
        path: "roles/deployer.md",
        bad: "---\nvariables:\n  PLATFORM: Kubernetes\n  REGION: Europe\n---\n\nDeploy to {{PLATFORM}} and watch it.\n",
        at: "REGION",
        good: "---\nvariables:\n  PLATFORM: Kubernetes\n  REGION: Europe\n---\n\nDeploy to {{PLATFORM}} in {{REGION}} and watch it.\n",
        files: &[],
    },
    check: Check::Role(check),
};

/// Names that a misspelled one is compared with.
const MAX_NAMES: usize = 200;

/// The most names to compare: comparing is expensive, and nobody reads a hundred "did you mean"
/// suggestions.
const GUESSES: usize = 20;

fn check(cx: &mut Context<'_>) {
    let Some(expanded) = cx.template() else { return };
    let unknown: Vec<&str> = expanded
        .variables
        .iter()
        .filter(|variable| variable.declared.is_none())
        .map(|variable| variable.name.as_str())
        .take(MAX_NAMES)
        .collect();
    let path = |file: u32| expanded.files.get(file as usize).map_or("", String::as_str);
    let used = in_front_matter(cx, expanded);
    let mut findings = Vec::new();
    for variable in expanded.variables.iter().filter(|variable| variable.uses.is_empty()) {
        let Some(declared) = variable.declared else { continue };
        let name = &variable.name;
        if used.contains(name.as_str()) {
            continue;
        }
        let unknown = if findings.len() < GUESSES { unknown.as_slice() } else { &[] };
        let mut finding = Finding::new(declared.span, format!("Variable `{name}` is never used"));
        finding = finding.help(match spelling::nearest(name, unknown.iter().copied()) {
            Some(near) => format!("The text uses `{near}`; one of the two is misspelled."),
            None => String::from("Remove the declaration, or use the variable."),
        });
        if declared.file != 0 {
            finding = finding.in_file(path(declared.file));
        }
        findings.push(finding);
    }
    for finding in findings {
        cx.report(finding);
    }
}

/// The variables used in front matter, which another rule reports.
fn in_front_matter<'a>(cx: &Context<'a>, expanded: &Expanded) -> BTreeSet<&'a str> {
    let name = |written: &'a str| {
        let inner = written.trim_start_matches(['{', ' ', '\t']);
        let is_end = |c: char| !c.is_ascii_alphanumeric() && c != '_';
        inner.split(is_end).next().unwrap_or("")
    };
    let problems = expanded.problems.iter().filter(|p| p.kind == ProblemKind::InFrontMatter);
    problems.map(|problem| name(problem.at.span.of(cx.role.text))).collect()
}

#[cfg(test)]
mod tests {
    use super::super::tests::findings;

    fn found(text: &str) -> std::vec::Vec<std::string::String> {
        findings("unused-variable", "roles/x.md", text)
    }

    #[test]
    fn a_use_in_code_is_a_use() {
        assert!(found("---\nvariables: { A: b }\n---\n`{{A}}`\n").is_empty());
        assert_eq!(
            found("---\nvariables: { A: b }\n---\nA\n"),
            ["2:14-2:15 info Variable `A` is never used"]
        );
    }
}
