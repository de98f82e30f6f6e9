//! Directives in a syntax that Rolewright does not support.

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
    summary: "A directive uses unsupported syntax.",
    why: "Template languages look alike. A directive of another one, or an include with a misspelled option, reaches the model unexpanded, and the text to include is missing.",
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
                Finding::new(span, format!("Unsupported include syntax; did you mean `{meant}`?"))
                    .help(format!("Write `{meant}`, or put a backslash before the braces to keep it as text."))
                    .unsafe_fix(format!("Replace with `{meant}`"), vec![(span, meant.clone())])
            }
            ProblemKind::UnknownDirective(None) => {
                Finding::new(span, "Include without a path")
                    .help("Add a path, or put a backslash before the braces to keep it as text.")
            }
            ProblemKind::UnknownOption(near) if near.is_empty() => {
                Finding::new(span, "Unknown include option")
                    .help("Valid options are `optional`, `raw`, `inline`, `once`, `shift=`, `level=`, `fence`, `wrap=` and `title=`.")
            }
            ProblemKind::UnknownOption(near) => {
                Finding::new(span, "Unknown include option")
                    .help(format!("Did you mean `{near}`?"))
            }
            _ => return None,
        };
        Some(finding.reason("It reaches the model unexpanded."))
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
            ["1:1-1:25 warning Unknown include option"]
        );
    }
}
