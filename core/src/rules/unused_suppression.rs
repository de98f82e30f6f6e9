//! A suppression that suppresses nothing.

use super::{Check, Example, Finding, Profile, Rule};
use crate::diagnostic::Severity;
use crate::suppress::Suppression;
use alloc::format;

/// The rule.
pub(super) static RULE: Rule = Rule {
    name: "unused-suppression",
    severity: Severity::Warning,
    profile: Profile::Core,
    summary: "A suppression comment suppresses nothing.",
    why: "A comment that outlives the diagnostic it was written for hides the next one at the same place, and leaves readers wondering what it is for.",
    example: Example {
        path: "roles/example.md",
        bad: "# Reviewer\n\n<!-- rolewright-ignore machine-path: known -->\nReview the change.\n",
        at: "machine-path",
        good: "# Reviewer\n\nReview the change.\n",
        files: &[],
    },
    check: Check::Suppression(check),
};

/// The finding for a suppression without an effect.
fn check(suppression: &Suppression<'_>) -> Finding {
    let rule = suppression.rule;
    Finding::new(suppression.span, format!("Unused suppression: `{rule}` does not fire here"))
        .help("Remove the comment, or this rule from it.")
}
