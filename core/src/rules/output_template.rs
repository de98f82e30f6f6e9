//! An output template for the agent to fill in, included as if it were instructions.

use super::{Check, Context, Example, Finding, Profile, Rule};
use crate::diagnostic::Severity;
use crate::template::ProblemKind;
use crate::text::Span;
use alloc::format;
use alloc::string::String;
use alloc::vec;

/// The rule.
pub(super) static RULE: Rule = Rule {
    name: "output-template",
    severity: Severity::Info,
    profile: Profile::Recommended,
    summary: "A file appears to be a form to fill in, such as an output template.",
    why: "A file that consists mostly of headings and variables without values is a form: the format of what the agent should write, or facts that nobody has filled in. If it is included as is, its headings become part of the role and its variables look like mistakes; as code, it stays intact. Its variables are not reported one by one.",
    example: Example {
        path: "roles/reviewer.md",
        bad: "# Reviewer\n\nWrite your report like this:\n\n{{include:shared/report.md}}\n",
        at: "{{include:shared/report.md}}",
        good: "# Reviewer\n\nWrite your report like this:\n\n{{include:shared/report.md|raw|fence=markdown}}\n",
        files: &[(
            "shared/report.md",
            "# Report\n\n{{SUMMARY}}\n\n## Findings\n\n{{FINDINGS}}\n\n## Risks\n\n{{RISKS}}\n\n## Next\n\n{{STEPS}}\n{{OWNER}}\n",
        )],
    },
    check: Check::Role(check),
};

fn check(cx: &mut Context<'_>) {
    cx.report_problems(|cx, expanded, problem| {
        let ProblemKind::OutputTemplate { path, names } = &problem.kind else { return None };
        let span = problem.at.span;
        let message = match names {
            0 | 1 => format!("`{path}` looks like a form to fill in"),
            _ => format!("`{path}` looks like a form to fill in: {names} of its variables have no value"),
        };
        let finding = Finding::new(span, message);
        if problem.at.file == 0 && path.as_str() == cx.role.path {
            return Some(finding.help(
                "If it is a role, give its variables values; if the agent should fill it in, include it as code.",
            ));
        }
        let text = cx.text_of(expanded, problem.at.file);
        let finding = finding
            .reason("As is, its headings and variables become part of the role.")
            .help("If the agent should fill it in, include it as code; otherwise give its variables values.");
        let end = text.and_then(|text| span.of(&text).find("}}")).map(|at| span.start + at);
        Some(match end {
            Some(end) => finding.unsafe_fix(
                "Add `|raw|fence=markdown` to include it as code",
                vec![(Span::at(end), String::from("|raw|fence=markdown"))],
            ),
            None => finding,
        })
    });
}
