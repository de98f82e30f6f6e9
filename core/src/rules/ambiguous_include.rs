//! A path that may mean two files.

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
    summary: "The path of an include leads to two different files.",
    why: "A bare path is looked for in the root of the workspace and then beside the including file. Where both places hold a file, the one in the root is taken; moving either changes the prompt without a word.",
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
        let message = format!("This may mean `{taken}` or `{other}`");
        let finding = Finding::new(problem.at.span, message)
            .reason(format!("`{taken}` is taken, and the two differ."))
            .help(format!("Write `/{taken}`, or begin the path with `./` to start from this file."))
            .unsafe_fix(format!("Write `/{taken}`"), vec![(problem.at.span, format!("/{taken}"))]);
        Some(finding)
    });
}
