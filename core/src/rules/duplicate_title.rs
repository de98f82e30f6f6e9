//! An included file that starts with the heading it is included under.

use super::{Check, Context, Example, Finding, Profile, Rule};
use crate::diagnostic::Severity;
use crate::template::ProblemKind;
use crate::text::Span;
use alloc::format;
use alloc::string::String;
use alloc::vec;

/// The rule.
pub(super) static RULE: Rule = Rule {
    name: "duplicate-title",
    severity: Severity::Info,
    profile: Profile::Recommended,
    summary: "An included file starts with the heading it is included under.",
    why: "The title then appears twice in a row in the prompt, and the included sections end up one level deeper than necessary.",
    example: Example {
        path: "roles/deployer.md",
        bad: "# Deployer\n\n## Set-up\n\n{{include:shared/setup.md}}\n",
        at: "{{include:shared/setup.md}}",
        good: "# Deployer\n\n## Set-up\n\n{{include:shared/setup.md|title=strip}}\n",
        files: &[("shared/setup.md", "# Set-up\n\nInstall it.\n")],
    },
    check: Check::Role(check),
};

fn check(cx: &mut Context<'_>) {
    cx.report_problems(|cx, expanded, problem| {
        let ProblemKind::DuplicateTitle { above, below } = &problem.kind else { return None };
        let path = |file: u32| expanded.files.get(file as usize).map_or("", String::as_str);
        let span = problem.at.span;
        let message =
            format!("`{}` starts with the same title as the heading above it", path(below.file));
        let finding = Finding::new(span, message)
            .reason("The title appears twice in the prompt.")
            .help("Add `|title=strip` after the path to drop the second title.")
            .label_in(path(above.file), above.span, "heading above the include")
            .label_in(path(below.file), below.span, "same title");
        let text = cx.text_of(expanded, problem.at.file);
        let end = text.and_then(|text| span.of(&text).find("}}")).map(|at| span.start + at);
        Some(match end {
            Some(end) => finding.unsafe_fix(
                "Add `|title=strip` to drop the second title",
                vec![(Span::at(end), String::from("|title=strip"))],
            ),
            None => finding,
        })
    });
}
