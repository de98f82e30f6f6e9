//! Suppressions and settings that name an unknown rule.

use super::{Check, Context, Example, Finding, Profile, RULES, Rule};
use crate::diagnostic::Severity;
use crate::text::Span;
use alloc::format;
use alloc::string::ToString;
use alloc::vec;
use alloc::vec::Vec;

/// The rule.
pub(super) static RULE: Rule = Rule {
    name: "unknown-rule",
    severity: Severity::Warning,
    profile: Profile::Core,
    summary: "A suppression comment or setting names a rule that does not exist.",
    why: "A misspelled rule name has no effect, and nobody notices until a diagnostic that seemed to be suppressed fails a build.",
    example: Example {
        path: "roles/example.md",
        bad: "# Reviewer\n\n<!-- rolewright-ignore unreadable-fil: known -->\nReview the change.\n",
        at: "unreadable-fil",
        good: "# Reviewer\n\nReview the change.\n",
        files: &[],
    },
    check: Check::Role(check),
};

fn check(cx: &mut Context<'_>) {
    let mut found = Vec::new();
    for suppression in cx.suppressions() {
        if !exists(suppression.rule) {
            let finding = about(suppression.span, suppression.rule);
            found.push(match nearest(suppression.rule) {
                Some(name) => finding.unsafe_fix(
                    format!("Replace `{}` with `{name}`", suppression.rule),
                    vec![(suppression.span, name.to_string())],
                ),
                None => finding,
            });
        }
    }
    found.extend(cx.unknown_rules.iter().map(|name| about(Span::at(0), name)));
    for finding in found {
        cx.report(finding);
    }
}

fn about(span: Span, name: &str) -> Finding {
    let finding = Finding::new(span, format!("Unknown rule `{name}`"));
    match nearest(name) {
        Some(known) => finding.help(format!("Did you mean `{known}`?")),
        None => finding.help("See the list of rules for valid names."),
    }
}

fn exists(name: &str) -> bool {
    RULES.binary_search_by_key(&name, |rule| rule.name).is_ok()
}

fn nearest(name: &str) -> Option<&'static str> {
    crate::spelling::nearest(name, RULES.iter().map(|rule| rule.name))
}
