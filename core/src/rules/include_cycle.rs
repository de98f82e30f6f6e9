//! An include that leads back to its own file.

use super::{Check, Context, Example, Finding, Profile, Rule};
use crate::diagnostic::Severity;
use crate::template::{Expanded, Place, ProblemKind};
use alloc::format;
use alloc::string::{String, ToString};
use alloc::vec::Vec;
use core::cell::Cell;

/// The rule.
pub(super) static RULE: Rule = Rule {
    name: "include-cycle",
    severity: Severity::Error,
    profile: Profile::Core,
    summary: "A file includes itself, directly or through other files.",
    why: "A prompt that contains itself never ends. The include that closes the cycle is left unexpanded and reaches the model.",
    example: Example {
        path: "roles/reviewer.md",
        bad: "# Reviewer\n\n{{include:roles/reviewer.md}}\n",
        at: "{{include:roles/reviewer.md}}",
        good: "# Reviewer\n\n{{include:shared/quality.md}}\n",
        files: &[
            ("roles/reviewer.md", "# Reviewer\n\n{{include:roles/reviewer.md}}\n"),
            ("shared/quality.md", "Be exact.\n"),
        ],
    },
    check: Check::Role(check),
};

fn check(cx: &mut Context<'_>) {
    let seen = Cell::new(0);
    cx.report_problems(|cx, expanded, problem| {
        let ProblemKind::Cycle { path } = &problem.kind else { return None };
        seen.set(seen.get() + 1);
        let line = seen.get() <= WITH_LINES;
        let mut way: Vec<String> =
            problem.chain.iter().map(|hop| place(cx, expanded, *hop, line)).collect();
        way.push(path.clone());
        let message = match problem.chain.len() {
            1 => format!("`{path}` includes itself"),
            _ => format!("`{path}` includes itself through other files"),
        };
        let finding = Finding::new(problem.at.span, message)
            .reason(format!("The cycle is {}.", way.join(" → ")))
            .help("Remove one of these includes.");
        Some(finding)
    });
}

/// The most cycles that are described with line numbers; nobody reads a hundred of them.
const WITH_LINES: usize = 20;

/// `path:line` of a directive.
fn place(cx: &Context<'_>, expanded: &Expanded, hop: Place, line: bool) -> String {
    let path = expanded.files.get(hop.file as usize).map_or("", String::as_str);
    let text = if line { cx.text_of(expanded, hop.file) } else { None };
    let before = text.as_ref().and_then(|text| text.as_bytes().get(..hop.span.start));
    match before {
        Some(before) => format!("{path}:{}", memchr::memchr_iter(b'\n', before).count() + 1),
        None => path.to_string(),
    }
}
