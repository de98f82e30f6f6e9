//! An include path that matches two files.

use super::{Check, Context, Example, Finding, Profile, Rule};
use crate::diagnostic::Severity;
use crate::template::ProblemKind;
use alloc::format;
use alloc::vec;

/// The rule.
pub(super) static RULE: Rule = Rule {
    name: "ambiguous-include",
    severity: Severity::Warning,
    profile: Profile::Core,
    summary: "An include path matches two different files.",
    why: "A bare path is looked up in the workspace root first, then next to the including file. If both files exist, the one in the root is used, and moving either file silently changes the prompt.",
    example: Example {
        path: "roles/reviewer.md",
        bad: "# Reviewer\n\n{{include:quality.md}}\n",
        at: "quality.md",
        good: "# Reviewer\n\n{{include:./quality.md}}\n",
        files: &[("quality.md", "Be quick.\n"), ("roles/quality.md", "Be exact.\n")],
    },
    check: Check::Role(check),
};

fn check(cx: &mut Context<'_>) {
    cx.report_problems(|_, _, problem| {
        let ProblemKind::Ambiguous { taken, other } = &problem.kind else { return None };
        let message = format!("Ambiguous path: matches both `{taken}` and `{other}`");
        let finding = Finding::new(problem.at.span, message)
            .reason(format!("The two files differ; `{taken}` is used."))
            .help(format!("Write `/{taken}`, or start the path with `./` to resolve it from this file's folder."))
            .unsafe_fix(format!("Replace the path with `/{taken}`"), vec![(problem.at.span, format!("/{taken}"))]);
        Some(finding)
    });
}
