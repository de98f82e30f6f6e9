//! Templates that exceed a limit of expansion.

use super::wording::grouped;
use super::{Check, Context, Example, Finding, Profile, Rule};
use crate::diagnostic::Severity;
use crate::template::{Expanded, LimitKind, Problem, ProblemKind};
use alloc::format;
use alloc::string::String;
use alloc::vec::Vec;

/// The rule.
pub(super) static RULE: Rule = Rule {
    name: "expansion-limit",
    severity: Severity::Error,
    profile: Profile::Core,
    summary: "The template exceeds an expansion limit.",
    why: "A few lines of includes can expand to more text than fits in memory. The size is calculated before anything is expanded, and a directive that would exceed a limit is left unexpanded in the prompt. The limits are configurable.",
    example: Example {
        path: "roles/reviewer.md",
        bad: "# Reviewer\n\n{{include:shared/one.md}}\n",
        at: "{{include:shared/one.md}}",
        good: "# Reviewer\n\n{{include:shared/nine.md}}\n",
        files: &[
            ("shared/one.md", "{{include:shared/two.md}}\n"),
            ("shared/two.md", "{{include:shared/three.md}}\n"),
            ("shared/three.md", "{{include:shared/four.md}}\n"),
            ("shared/four.md", "{{include:shared/five.md}}\n"),
            ("shared/five.md", "{{include:shared/six.md}}\n"),
            ("shared/six.md", "{{include:shared/seven.md}}\n"),
            ("shared/seven.md", "{{include:shared/eight.md}}\n"),
            ("shared/eight.md", "{{include:shared/nine.md}}\n"),
            ("shared/nine.md", "{{include:shared/end.md}}\n"),
            ("shared/end.md", "Be exact.\n"),
        ],
    },
    check: Check::Role(check),
};

fn check(cx: &mut Context<'_>) {
    cx.report_problems(|_, expanded, problem| {
        let ProblemKind::Limit { limit, value, max } = &problem.kind else { return None };
        let (what, unit, setting) = words(*limit);
        let (value, max) = (grouped(*value), grouped(*max));
        let message = format!("{what} {value} {unit}; the limit is {max}");
        let mut finding = Finding::new(problem.at.span, message).help(match limit {
            LimitKind::Directive => String::from("Shorten it."),
            _ => format!("Include less here, or raise the `{setting}` limit."),
        });
        if problem.chain.len() > 1 {
            finding = finding.reason(format!("The longest chain is {}.", way(expanded, problem)));
        }
        Some(finding)
    });
}

fn words(limit: LimitKind) -> (&'static str, &'static str, &'static str) {
    match limit {
        LimitKind::Depth => ("Includes are nested", "levels deep", "depth"),
        LimitKind::Expansions => ("The template expands to", "pieces of text", "expansions"),
        LimitKind::Files => ("The template includes", "files", "files"),
        LimitKind::File => ("The file is", "bytes long", "file"),
        LimitKind::Output => ("The prompt would be up to", "bytes long", "output"),
        LimitKind::Directive => ("The directive is", "bytes long", "directive"),
        LimitKind::FrontMatter => ("The front matter is", "bytes long", "frontMatter"),
    }
}

fn way(expanded: &Expanded, problem: &Problem) -> String {
    let path = |file: u32| expanded.files.get(file as usize).map_or("", String::as_str);
    let hops: Vec<String> =
        problem.chain.iter().map(|hop| format!("`{}`", path(hop.file))).collect();
    hops.join(" → ")
}
