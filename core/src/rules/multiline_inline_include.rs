//! Included text of several lines in the middle of a line.

use super::{Check, Context, Example, Finding, Profile, Rule};
use crate::diagnostic::Severity;
use crate::template::ProblemKind;
use alloc::format;

/// The rule.
pub(super) static RULE: Rule = Rule {
    name: "multiline-inline-include",
    severity: Severity::Warning,
    profile: Profile::Core,
    summary: "Text of several lines is included in the middle of a line.",
    why: "Only one line fits into a sentence. The line ends of the included text become spaces, which turns its lists, headings and code into running text.",
    example: Example {
        path: "roles/reviewer.md",
        bad: "# Reviewer\n\nFollow {{include:shared/quality.md}} always.\n",
        at: "{{include:shared/quality.md}}",
        good: "# Reviewer\n\nFollow these rules always:\n\n{{include:shared/quality.md}}\n",
        files: &[("shared/quality.md", "- Be exact.\n- Be brief.\n")],
    },
    check: Check::Role(check),
};

fn check(cx: &mut Context<'_>) {
    cx.report_problems(|_, _, problem| {
        let ProblemKind::MultilineInline { lines } = problem.kind else { return None };
        let message = format!("This include brings {lines} lines into the middle of one");
        let finding = Finding::new(problem.at.span, message)
            .reason("Its line ends become spaces, and its lists and headings running text.")
            .help("Put the include on a line of its own.");
        Some(finding)
    });
}
