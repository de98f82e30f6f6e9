//! A path whose upper and lower case differ from the file's.

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
    summary: "The included file is written differently in upper and lower case.",
    why: "Some systems, such as macOS and Windows, find the file all the same; Linux and most build machines do not. What works on one machine is a missing include on the next.",
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
        let finding = Finding::new(problem.at.span, format!("The file is called `{found}`"))
            .reason("Where upper and lower case matter, this include finds nothing.")
            .help("Write the path exactly as the file is called.");
        // What was written may be a part of the path that was looked for, or the other way round.
        let written = problem.at.span.of(cx.role.text);
        let in_role = problem.at.file == 0 && written.eq_ignore_ascii_case(looked);
        Some(match in_role {
            true => finding
                .safe_fix(format!("Write `{found}`"), vec![(problem.at.span, found.to_string())]),
            false => finding,
        })
    });
}
