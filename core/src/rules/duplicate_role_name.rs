//! Two files of one folder that claim one name.

use super::{Check, Example, Finding, Profile, Rule};
use crate::claim::Claim;
use crate::diagnostic::Severity;
use alloc::collections::BTreeMap;
use alloc::collections::btree_map::Entry;
use alloc::format;

/// The rule.
pub(super) static RULE: Rule = Rule {
    name: "duplicate-role-name",
    severity: Severity::Error,
    profile: Profile::Core,
    summary: "Another file of the same folder claims the same name.",
    why: "A host knows a role by its name alone. Where two files of one folder claim it, one of them is loaded, chosen by the order in which the file system lists them, and the other is lost without a message (Claude Code's documentation of subagents).",
    example: Example {
        path: ".claude/agents/reviewer.md",
        bad: "---\nname: reviewer\ndescription: Use when a change is to be reviewed.\ntools: Read\n---\nReview the change.\n",
        at: "reviewer",
        good: "---\nname: second-reviewer\ndescription: Use when a change is to be reviewed.\ntools: Read\n---\nReview the change.\n",
        files: &[(
            ".claude/agents/auditor.md",
            "---\nname: reviewer\ndescription: Use when a change is to be audited.\n---\nAudit the change.\n",
        )],
    },
    check: Check::Folder(check),
};

/// Every role but the first of its name.
fn check(claims: &[&Claim], report: &mut dyn FnMut(usize, Finding)) {
    let mut first: BTreeMap<&str, &Claim> = BTreeMap::new();
    for (at, claim) in claims.iter().enumerate() {
        match first.entry(&claim.name) {
            Entry::Vacant(free) => _ = free.insert(claim),
            Entry::Occupied(taken) => report(at, finding(claim, taken.get())),
        }
    }
}

fn finding(claim: &Claim, other: &Claim) -> Finding {
    Finding::new(claim.span, format!("`{}` also claims the name `{}`", other.path, claim.name))
        .reason("Of two files with one name only one is loaded, and which one is chance.")
        .help("Give one of them another name, or delete it.")
        .label_in(&other.path, other.span, "the same name")
}
