//! Multi-line text included in the middle of a line.

use super::{Check, Context, Example, Finding, Profile, Rule};
use crate::diagnostic::Severity;
use crate::template::ProblemKind;
use alloc::format;

/// The rule.
pub(super) static RULE: Rule = Rule {
    name: "multiline-inline-include",
    severity: Severity::Warning,
    profile: Profile::Core,
    summary: "Multi-line text is included in the middle of a line.",
    why: "Only a single line fits into a sentence. Line breaks in the included text become spaces, which turns its lists, headings and code into running text.",
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
        let message = format!("Include inserts {lines} lines into the middle of a line");
        let finding = Finding::new(problem.at.span, message)
            .reason("Line breaks become spaces, so lists and headings turn into running text.")
            .help("Put the include on its own line.");
        Some(finding)
    });
}
