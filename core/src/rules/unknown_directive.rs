//! Something that looks like an include and is none.

use super::{Check, Context, Example, Finding, Profile, Rule};
use crate::diagnostic::Severity;
use crate::template::ProblemKind;
use alloc::format;
use alloc::vec;

/// The rule.
pub(super) static RULE: Rule = Rule {
    name: "unknown-directive",
    severity: Severity::Warning,
    profile: Profile::Core,
    summary: "A directive is written in a way that is not known here.",
    why: "Template languages resemble each other. What another one would include, or an include with a misspelt option, reaches the model as it stands, and what was to come in its place is missing.",
    example: Example {
        path: "roles/reviewer.md",
        bad: "# Reviewer\n\n{{> shared/quality.md}}\n",
        at: "{{> shared/quality.md}}",
        good: "# Reviewer\n\n{{include:shared/quality.md}}\n",
        files: &[("shared/quality.md", "Be exact.\n")],
    },
    check: Check::Role(check),
};

fn check(cx: &mut Context<'_>) {
    cx.report_problems(|_, _, problem| {
        let span = problem.at.span;
        let finding = match &problem.kind {
            ProblemKind::UnknownDirective(Some(meant)) => {
                Finding::new(span, format!("This is no include; one is written `{meant}`"))
                    .help(format!("Write `{meant}`, or a backslash before the braces."))
                    .unsafe_fix(format!("Write `{meant}`"), vec![(span, meant.clone())])
            }
            ProblemKind::UnknownDirective(None) => {
                Finding::new(span, "This include names no file")
                    .help("Name one, or write a backslash before the braces.")
            }
            ProblemKind::UnknownOption(near) if near.is_empty() => {
                Finding::new(span, "This include has an option that does not exist")
                    .help("There are `optional`, `raw`, `inline`, `once`, `shift=`, `level=`, `fence`, `wrap=` and `title=`.")
            }
            ProblemKind::UnknownOption(near) => {
                Finding::new(span, "This include has an option that does not exist")
                    .help(format!("Did you mean `{near}`?"))
            }
            _ => return None,
        };
        Some(finding.reason("It reaches the model as it stands."))
    });
}

#[cfg(test)]
mod tests {
    use super::super::tests::findings;

    fn found(text: &str) -> std::vec::Vec<std::string::String> {
        findings("unknown-directive", "roles/x.md", text)
    }

    #[test]
    fn other_languages_are_left_alone() {
        assert!(found("{{#if x}} {{ include \"a.b\" . }} `{{> a.md}}` {{name}}\n").is_empty());
        assert_eq!(
            found("{{include:a.md|opional}}\n"),
            ["1:1-1:25 warning This include has an option that does not exist"]
        );
    }
}
