//! Reports headings that are more than one level deeper than the heading above.

use super::{Check, Context, Example, Finding, Profile, Rule};
use crate::diagnostic::Severity;
use crate::markdown::Heading;
use alloc::format;
use alloc::vec::Vec;

/// The rule.
pub(super) static RULE: Rule = Rule {
    name: "skipped-heading-level",
    severity: Severity::Info,
    profile: Profile::Style,
    summary: "A heading is more than one level deeper than the one above.",
    why: "Levels show which section belongs to which. If one is skipped, it is unclear whether a part is missing or the heading has the wrong level, and an include that shifts headings makes it worse.",
    example: Example {
        path: "roles/reviewer.md",
        bad: "# Reviewer\n\nYou review changes.\n\n### Process\n\nRead the diff.\n",
        at: "### Process",
        good: "# Reviewer\n\nYou review changes.\n\n## Process\n\nRead the diff.\n",
        files: &[],
    },
    check: Check::Role(check),
};

fn check(cx: &mut Context<'_>) {
    let headings: Vec<&Heading> =
        cx.role.outline.headings.iter().filter(|heading| !heading.nested).collect();
    let findings: Vec<Finding> = headings
        .windows(2)
        .filter_map(|pair| match pair {
            [above, below] if below.level > above.level + 1 => Some((above, below)),
            _ => None,
        })
        .map(|(above, below)| {
            let message =
                format!("Level-{} heading under a level-{} heading", below.level, above.level);
            Finding::new(below.span, message)
                .label(above.span, "the heading above")
                .help(format!("Make it level {}.", above.level + 1))
        })
        .collect();
    findings.into_iter().for_each(|finding| cx.report(finding));
}

#[cfg(test)]
mod tests {
    use crate::rules::tests::findings;

    #[test]
    fn going_back_up_is_fine() {
        let check = |text: &str| findings("skipped-heading-level", "roles/a.md", text);
        assert_eq!(
            check("## A\n\n#### B\n"),
            ["3:1-3:7 info Level-4 heading under a level-2 heading"]
        );
        assert_eq!(check("# A\n\n## B\n\n### C\n\n# D\n"), [""; 0]);
    }
}
