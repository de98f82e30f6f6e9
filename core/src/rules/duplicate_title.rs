//! An included file that begins with the title it stands under.

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
    summary: "An included file begins with the heading it stands under.",
    why: "The title then stands in the prompt twice, one below the other, and the included sections sink one level deeper than they need to.",
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
        let message = format!("`{}` begins with the title it stands under", path(below.file));
        let finding = Finding::new(span, message)
            .reason("The title stands in the prompt twice.")
            .help("Write `|title=strip` behind the path to leave the second one out.")
            .label_in(path(above.file), above.span, "the title above")
            .label_in(path(below.file), below.span, "the same title");
        let text = cx.text_of(expanded, problem.at.file);
        let end = text.and_then(|text| span.of(&text).find("}}")).map(|at| span.start + at);
        Some(match end {
            Some(end) => finding.unsafe_fix(
                "Leave the second title out",
                vec![(Span::at(end), String::from("|title=strip"))],
            ),
            None => finding,
        })
    });
}
