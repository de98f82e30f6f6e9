//! Headings of included text that should be deeper than there are levels.

use super::{Check, Context, Example, Finding, Profile, Rule};
use crate::diagnostic::Severity;
use crate::template::ProblemKind;
use alloc::format;

/// The rule.
pub(super) static RULE: Rule = Rule {
    name: "clamped-heading",
    severity: Severity::Info,
    profile: Profile::Recommended,
    summary: "Headings of an included file would go below level six.",
    why: "Headings of an included file move below the one they stand under. There are six levels; what should go deeper stays at the sixth, and chapters and their sections become neighbours.",
    example: Example {
        path: "roles/deployer.md",
        bad: "# Deployer\n\n##### Guide\n\n{{include:shared/guide.md}}\n",
        at: "{{include:shared/guide.md}}",
        good: "# Deployer\n\n## Guide\n\n{{include:shared/guide.md}}\n",
        files: &[("shared/guide.md", "# Set-up\n\n## First\n\nOne.\n")],
    },
    check: Check::Role(check),
};

fn check(cx: &mut Context<'_>) {
    cx.report_problems(|_, _, problem| {
        let ProblemKind::ClampedHeading { count } = problem.kind else { return None };
        let message = match count {
            1 => format!("{count} heading of this include would go below level six"),
            _ => format!("{count} headings of this include would go below level six"),
        };
        let finding = Finding::new(problem.at.span, message)
            .reason("They stay at level six, beside the headings they belong under.")
            .help("Include it under a higher heading, or write `|shift=none` or `|level=2` behind the path.");
        Some(finding)
    });
}
