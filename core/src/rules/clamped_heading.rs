//! Headings of included text that would go deeper than level 6.

use super::{Check, Context, Example, Finding, Profile, Rule};
use crate::diagnostic::Severity;
use crate::template::ProblemKind;
use alloc::format;

/// The rule.
pub(super) static RULE: Rule = Rule {
    name: "clamped-heading",
    severity: Severity::Info,
    profile: Profile::Recommended,
    summary: "Headings of an included file would be deeper than level 6.",
    why: "Headings of an included file are shifted below the heading that the include is under. Markdown has six levels; anything deeper stays at level 6, so sections and their subsections end up at the same level.",
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
            1 => format!("{count} heading in this include would be deeper than level 6"),
            _ => format!("{count} headings in this include would be deeper than level 6"),
        };
        let finding = Finding::new(problem.at.span, message)
            .reason("Headings stop at level 6, so sections and their subsections end up at the same level.")
            .help("Include it under a higher-level heading, or add `|shift=none` or `|level=2` after the path.");
        Some(finding)
    });
}
