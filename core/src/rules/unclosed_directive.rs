//! A directive that opens and never closes.

use super::{Check, Context, Example, Finding, Profile, Rule};
use crate::diagnostic::Severity;
use crate::template::ProblemKind;

/// The rule.
pub(super) static RULE: Rule = Rule {
    name: "unclosed-directive",
    severity: Severity::Warning,
    profile: Profile::Core,
    summary: "A directive is opened but never closed.",
    why: "An include or variable must be closed with `}}` on the same line; comments and raw blocks have their own closing delimiters. Without them, nothing is expanded, and the opening delimiter reaches the model.",
    example: Example {
        path: "roles/reviewer.md",
        bad: "# Reviewer\n\nFollow {{include:shared/quality.md}\n",
        at: "{{include:",
        good: "# Reviewer\n\nFollow {{include:shared/quality.md}}\n",
        files: &[("shared/quality.md", "Be exact.\n")],
    },
    check: Check::Role(check),
};

fn check(cx: &mut Context<'_>) {
    cx.report_problems(|_, _, problem| {
        matches!(problem.kind, ProblemKind::Unclosed).then(|| {
            Finding::new(problem.at.span, "Directive is never closed")
                .reason("It reaches the model unexpanded.")
                .help("Close it on the same line, or put a backslash before the braces to keep it as text.")
        })
    });
}

#[cfg(test)]
mod tests {
    use super::super::tests::findings;

    fn found(text: &str) -> std::vec::Vec<std::string::String> {
        findings("unclosed-directive", "roles/x.md", text)
    }

    #[test]
    fn each_kind_has_its_own_end() {
        assert_eq!(found("{{NAME}\n"), ["1:1-1:7 warning Directive is never closed"]);
        assert_eq!(found("a {{!-- b }}\n"), ["1:3-1:6 warning Directive is never closed"]);
        assert!(found("{{NAME is {{ }\n").is_empty());
    }
}
