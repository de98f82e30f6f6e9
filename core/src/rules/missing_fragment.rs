//! An include of a part that its file does not have.

use super::{Check, Context, Example, Finding, Profile, Rule};
use crate::diagnostic::Severity;
use crate::template::ProblemKind;
use alloc::format;
use alloc::vec;

/// The rule.
pub(super) static RULE: Rule = Rule {
    name: "missing-fragment",
    severity: Severity::Error,
    profile: Profile::Core,
    summary: "The included file exists, but the requested part of it does not.",
    why: "Renaming a heading changes its slug. The text to include is then missing from the prompt, and the directive itself reaches the model.",
    example: Example {
        path: "roles/reviewer.md",
        bad: "# Reviewer\n\n{{include:shared/quality.md#test}}\n",
        at: "test",
        good: "# Reviewer\n\n{{include:shared/quality.md#tests}}\n",
        files: &[("shared/quality.md", "## Tests\n\nRun them.\n")],
    },
    check: Check::Role(check),
};

fn check(cx: &mut Context<'_>) {
    cx.report_problems(|_, _, problem| {
        let ProblemKind::MissingFragment { path, fragment, optional, nearest } = &problem.kind
        else {
            return None;
        };
        let message = format!("Fragment `#{fragment}` not found in `{path}`");
        let mut finding = Finding::new(problem.at.span, message);
        finding = match optional {
            true => finding.severity(Severity::Info).reason("Nothing is included in its place."),
            false => finding.reason("The directive reaches the model unexpanded."),
        };
        Some(match nearest {
            Some(found) => finding.help(format!("Did you mean `#{found}`?")).unsafe_fix(
                format!("Replace `#{fragment}` with `#{found}`"),
                vec![(problem.at.span, found.clone())],
            ),
            None => finding.help(
                "Refer to a heading by its slug, to lines as `#L3-L7`, or to a block as `#^id`.",
            ),
        })
    });
}
