//! Descriptions that a router cannot tell apart.

use super::{Check, Example, Finding, Profile, Rule};
use crate::diagnostic::Severity;
use crate::host::Host;
use crate::summary::RoleSummary;
use alloc::collections::BTreeMap;
use alloc::format;

/// The rule.
pub(super) static RULE: Rule = Rule {
    name: "ambiguous-routing",
    severity: Severity::Warning,
    profile: Profile::Core,
    summary: "Two roles that are loaded together have the same description.",
    why: "A host that delegates by description has nothing else to base its choice on. If two descriptions consist of the same words, it picks one of the roles by chance, and the other is never used. Descriptions that differ in one word are not reported: in real collections, that word is nearly always the language or the product that distinguishes the roles.",
    example: Example {
        path: ".claude/agents/reviewer.md",
        bad: "---\nname: reviewer\ndescription: Reviews changes. Use it after every change.\ntools: Read\n---\n\nYou review the style of changes.\n",
        at: "Reviews changes. Use it after every change.",
        good: "---\nname: reviewer\ndescription: Reviews the style of changes. Use it after every change.\ntools: Read\n---\n\nYou review the style of changes.\n",
        files: &[(
            ".claude/agents/auditor.md",
            "---\nname: auditor\ndescription: Reviews changes. Use it after every change.\ntools: Read\n---\n\nYou review the safety of changes.\n",
        )],
    },
    check: Check::Folder(check),
};

/// Every role but the first, with its description.
fn check(summaries: &[&RoleSummary], report: &mut dyn FnMut(usize, Finding)) {
    let mut first: BTreeMap<u64, &RoleSummary> = BTreeMap::new();
    for (at, summary) in
        summaries.iter().enumerate().filter(|(_, summary)| summary.digests.words != 0)
    {
        let Some(host) = Host::by_id(summary.host).filter(|host| host.routed) else { continue };
        let other = *first.entry(summary.digests.words).or_insert(summary);
        // Other rules report roles with the same name, and exact copies.
        let is_copy = summary.digests.prompt == other.digests.prompt && summary.digests.prompt != 0;
        if other.path == summary.path || other.name == summary.name || is_copy {
            continue;
        }
        let message = format!("Description uses the same words as the one in `{}`", other.path);
        let finding = Finding::new(summary.digests.description, message)
            .reason(format!(
                "{} chooses a role by its description and cannot tell the two apart.",
                host.product
            ))
            .help("Say in each description when to use this role and not the other one.");
        report(at, finding.label_in(&other.path, other.digests.description, "same words"));
    }
}

#[cfg(test)]
mod tests {
    use crate::rules::tests::findings_in;

    fn check(a: &str, b: &str) -> alloc::vec::Vec<alloc::string::String> {
        let role = |name: &str, description: &str| {
            alloc::format!("---\nname: {name}\ndescription: {description}\n---\n\nHelp.\n")
        };
        let files =
            [(".claude/agents/a.md", &*role("a", a)), (".claude/agents/b.md", &*role("b", b))];
        findings_in("ambiguous-routing", ".claude/agents/b.md", &files)
    }

    #[test]
    fn case_order_and_punctuation_do_not_tell_roles_apart() {
        assert_eq!(
            check("Plans work; use first, before writing", "Use first: plans work before writing."),
            [
                "3:14-3:51 warning Description uses the same words as the one in `.claude/agents/a.md`"
            ]
        );
    }

    #[test]
    fn one_word_may_be_the_difference() {
        assert!(check("Writes good tests for Go", "Writes good tests for Rust").is_empty());
        assert!(check("Helps", "Helps").is_empty());
    }
}
