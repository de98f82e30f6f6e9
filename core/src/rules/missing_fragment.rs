//! An include of a part of a file that is not there.

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
    summary: "The included file exists, the part of it that is asked for does not.",
    why: "A heading that was renamed takes its slug with it. What was to be included is then missing from the prompt, and the directive itself reaches the model.",
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
        let message = format!("`{path}` has no part `#{fragment}`");
        let mut finding = Finding::new(problem.at.span, message);
        finding = match optional {
            true => {
                finding.severity(Severity::Info).reason("Nothing takes its place in the prompt.")
            }
            false => finding.reason("The directive reaches the model as it stands."),
        };
        Some(match nearest {
            Some(found) => finding
                .help(format!("Did you mean `#{found}`?"))
                .unsafe_fix(format!("Write `#{found}`"), vec![(problem.at.span, found.clone())]),
            None => {
                finding.help("Name a heading by its slug, lines as `#L3-L7`, or a block as `#^id`.")
            }
        })
    });
}
