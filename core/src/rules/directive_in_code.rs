//! An include inside code.

use super::{Check, Context, Example, Finding, Profile, Rule};
use crate::diagnostic::Severity;
use crate::template::ProblemKind;

/// The rule.
pub(super) static RULE: Rule = Rule {
    name: "directive-in-code",
    severity: Severity::Info,
    profile: Profile::Recommended,
    summary: "An include is inside code, where it is not expanded.",
    why: "Code reaches the model exactly as written, so that a document can show what an include looks like. Claude Code and Gemini CLI treat their own imports the same way.",
    example: Example {
        path: "roles/writer.md",
        bad: "# Writer\n\n```\n{{include:shared/quality.md}}\n```\n",
        at: "{{include:shared/quality.md}}",
        good: "# Writer\n\n{{include:shared/quality.md|fence}}\n",
        files: &[("shared/quality.md", "Be exact.\n")],
    },
    check: Check::Role(check),
};

fn check(cx: &mut Context<'_>) {
    cx.report_problems(|_, _, problem| {
        matches!(problem.kind, ProblemKind::InCode).then(|| {
            Finding::new(problem.at.span, "Include inside code is not expanded").help(
                "To show a file as code, write `{{include:path|fence}}` outside the code block.",
            )
        })
    });
}
