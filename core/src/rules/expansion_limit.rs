//! Includes and values that add up to more than is allowed.

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
    summary: "The template grows beyond a limit.",
    why: "A few lines of includes can add up to more text than a machine holds. What would exceed a limit is worked out before anything is expanded, and left as it stands: the prompt then holds the directives. The limits can be set.",
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
        let message = format!("{what} {value} {unit}; at most {max} are allowed");
        let mut finding = Finding::new(problem.at.span, message).help(match limit {
            LimitKind::Directive => String::from("Shorten it."),
            _ => format!("Include less at this place, or raise the limit `{setting}`."),
        });
        if problem.chain.len() > 1 {
            finding =
                finding.reason(format!("The longest way goes through {}.", way(expanded, problem)));
        }
        Some(finding)
    });
}

fn words(limit: LimitKind) -> (&'static str, &'static str, &'static str) {
    match limit {
        LimitKind::Depth => ("Includes stand inside each other", "deep", "depth"),
        LimitKind::Expansions => ("The includes add up to", "texts", "expansions"),
        LimitKind::Files => ("The includes reach", "files", "files"),
        LimitKind::File => ("This file has", "bytes", "file"),
        LimitKind::Output => ("The prompt would have up to", "bytes", "output"),
        LimitKind::Directive => ("This directive has", "bytes", "directive"),
        LimitKind::FrontMatter => ("This front matter has", "bytes", "frontMatter"),
    }
}

fn way(expanded: &Expanded, problem: &Problem) -> String {
    let path = |file: u32| expanded.files.get(file as usize).map_or("", String::as_str);
    let hops: Vec<String> =
        problem.chain.iter().map(|hop| format!("`{}`", path(hop.file))).collect();
    hops.join(" → ")
}
