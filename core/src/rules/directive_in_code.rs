//! An include that stands in code.

use super::{Check, Context, Example, Finding, Profile, Rule};
use crate::diagnostic::Severity;
use crate::template::ProblemKind;

/// The rule.
pub(super) static RULE: Rule = Rule {
    name: "directive-in-code",
    severity: Severity::Info,
    profile: Profile::Recommended,
    summary: "An include stands in code, where none is live.",
    why: "Code is shown to the model as it is written, so that a document can show how an include looks. Claude Code and Gemini CLI treat their own imports in the same way.",
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
            Finding::new(problem.at.span, "This include stands in code and is not filled in")
                .help("To show a file as code, put `{{include:path|fence}}` outside of any fence.")
        })
    });
}
