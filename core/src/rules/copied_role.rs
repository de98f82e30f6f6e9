//! Reports roles with the same prompt as another role.

use super::{Check, Example, Finding, Profile, Rule};
use crate::diagnostic::Severity;
use crate::summary::RoleSummary;
use alloc::collections::BTreeMap;
use alloc::format;

/// The rule.
pub(super) static RULE: Rule = Rule {
    name: "copied-role",
    severity: Severity::Warning,
    profile: Profile::Core,
    summary: "The role has the same prompt as another role that is loaded together with it.",
    why: "A role that was copied as a starting point and never rewritten does the other's work under its own name. If only the prompts are the same, the two may differ in their tools or models on purpose, so this is reported as info.",
    example: Example {
        path: ".claude/agents/reviewer.md",
        bad: "---\nname: reviewer\ndescription: Reviews changes. Use it after every change.\ntools: Read\n---\n\nYou check whether the letters of a day are filed under the right name, and report each one that is not.\nYou change nothing yourself.\n",
        at: "reviewer",
        good: "---\nname: reviewer\ndescription: Reviews the changes of a day. Use it in the evening.\ntools: Read\n---\n\nYou review the changes of a day, and report each one that breaks a convention of the project.\nYou change nothing yourself.\n",
        files: &[(
            ".claude/agents/clerk.md",
            "---\nname: clerk\ndescription: Reviews changes. Use it after every change.\ntools: Read\n---\n\nYou check whether the letters of a day are filed under the right name, and report each one that is not.\nYou change nothing yourself.\n",
        )],
    },
    check: Check::Folder(check),
};

/// Every role except the first with its prompt.
fn check(summaries: &[&RoleSummary], report: &mut dyn FnMut(usize, Finding)) {
    let mut first: BTreeMap<u64, &RoleSummary> = BTreeMap::new();
    for (at, summary) in
        summaries.iter().enumerate().filter(|(_, summary)| summary.digests.prompt != 0)
    {
        let other = *first.entry(summary.digests.prompt).or_insert(summary);
        // Another rule reports roles with the same name.
        if other.path == summary.path || other.name == summary.name {
            continue;
        }
        let words = summary.digests.words;
        let is_whole = words != 0 && words == other.digests.words;
        let (severity, what) = if is_whole {
            (Severity::Warning, "description and prompt")
        } else {
            (Severity::Info, "prompt")
        };
        let message = format!("`{}` has the same {what} as `{}`", summary.name, other.path);
        let finding = Finding::new(summary.span, message).severity(severity);
        let finding = finding
            .reason("Both roles do the same work, whatever they are called.")
            .help("Rewrite one of them, or delete it.");
        report(at, finding.label_in(&other.path, other.span, "the other role"));
    }
}

#[cfg(test)]
mod tests {
    use crate::rules::tests::findings_in;
    use alloc::format;

    #[test]
    fn the_same_prompt_alone_is_pointed_out() {
        let prompt = "You check whether the letters of a day are filed. ".repeat(4);
        let a = format!("---\nname: a\ndescription: Uses little\n---\n\n{prompt}\n");
        let b = format!("---\nname: b\ndescription: Uses much\nmodel: opus\n---\n{prompt}\n\n");
        let found = |a: &str, b: &str| {
            let files = [(".claude/agents/a.md", a), (".claude/agents/b.md", b)];
            findings_in("copied-role", ".claude/agents/b.md", &files)
        };
        assert_eq!(
            found(&a, &b),
            ["2:7-2:8 info `b` has the same prompt as `.claude/agents/a.md`"]
        );
        assert!(found(&a, &b.replace("letters", "answers")).is_empty());
        assert!(found(&a, &b.replace("name: b", "name: a")).is_empty());
        assert!(found(&a.replace(&prompt, "Help."), &b.replace(&prompt, "Help.")).is_empty());
    }
}
