//! Files with more than one title.

use super::{Check, Context, Example, Finding, Profile, Rule};
use crate::diagnostic::Severity;
use crate::text::Span;
use alloc::format;
use alloc::vec::Vec;

/// The rule.
pub(super) static RULE: Rule = Rule {
    name: "multiple-titles",
    severity: Severity::Info,
    profile: Profile::Style,
    summary: "The file has more than one level-1 heading.",
    why: "A level-1 heading is the title of the text. With several of them, no title covers the whole text, and an outline shows one text as several.",
    example: Example {
        path: "roles/reviewer.md",
        bad: "# Reviewer\n\nYou review changes.\n\n# Process\n\nRead the diff.\n",
        at: "# Process",
        good: "# Reviewer\n\nYou review changes.\n\n## Process\n\nRead the diff.\n",
        files: &[],
    },
    check: Check::Role(check),
};

fn check(cx: &mut Context<'_>) {
    let headings = cx.role.outline.headings.iter();
    let titles: Vec<Span> = headings
        .filter(|heading| heading.level == 1 && !heading.nested)
        .map(|heading| heading.span)
        .collect();
    let [first, second, more @ ..] = titles.as_slice() else { return };
    cx.report(
        Finding::new(*second, format!("{} level-1 headings", titles.len()))
            .label(*first, "the first")
            .labels(more.iter().copied(), "also here")
            .help("Keep the first as the title, and make the others level 2."),
    );
}

#[cfg(test)]
mod tests {
    use crate::rules::tests::findings;

    #[test]
    fn all_titles_are_one_finding() {
        let check = |text: &str| findings("multiple-titles", "roles/a.md", text);
        assert_eq!(check("# A\n\nB\n===\n\n# C\n"), ["3:1-4:4 info 3 level-1 headings"]);
        assert_eq!(check("# A\n\n## B\n"), [""; 0]);
    }
}
