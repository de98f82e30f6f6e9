//! Reports an include path that differs from the file name only in case.

use super::{Check, Context, Example, Finding, Profile, Rule};
use crate::diagnostic::Severity;
use crate::template::ProblemKind;
use alloc::format;
use alloc::string::ToString;
use alloc::vec;

/// The rule.
pub(super) static RULE: Rule = Rule {
    name: "include-case-mismatch",
    severity: Severity::Warning,
    profile: Profile::Core,
    summary: "An include path differs from the file name only in case.",
    why: "On macOS and Windows the file is found anyway; on Linux and most build machines it is not. An include that works on one machine is missing on the next.",
    example: Example {
        path: "roles/reviewer.md",
        bad: "# Reviewer\n\n{{include:shared/Quality.md}}\n",
        at: "shared/Quality.md",
        good: "# Reviewer\n\n{{include:shared/quality.md}}\n",
        files: &[("shared/quality.md", "Be exact.\n")],
    },
    check: Check::Role(check),
};

fn check(cx: &mut Context<'_>) {
    cx.report_problems(|cx, _, problem| {
        let ProblemKind::CaseMismatch { looked, found } = &problem.kind else { return None };
        let finding = Finding::new(
            problem.at.span,
            format!("`{looked}` differs only in case from `{found}`"),
        )
        .reason("On case-sensitive file systems, this include is not found.")
        .help("Write the path exactly as the file is named.");
        // The written path may be a part of the resolved one, or the other way around.
        let written = problem.at.span.of(cx.role.text);
        let in_role = problem.at.file == 0 && written.eq_ignore_ascii_case(looked);
        Some(match in_role {
            true => finding.safe_fix(
                format!("Replace with `{found}`"),
                vec![(problem.at.span, found.to_string())],
            ),
            false => finding,
        })
    });
}
