//! Two files of one folder that claim one name.

use super::{Context, Example, Finding, Profile, Rule};
use crate::census::Claim;
use crate::diagnostic::Severity;
use crate::host::{self, Host};
use crate::role::Role;
use alloc::format;
use alloc::vec::Vec;

/// The rule.
pub static RULE: Rule = Rule {
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
    check,
};

/// Looks through the files around the role. A check of a whole workspace compares the claims of all
/// roles once instead, see `census`.
fn check(cx: &mut Context<'_>) {
    if !cx.options.across || !cx.files.is_known() {
        return;
    }
    let Some(claim) = Claim::of(cx.role, cx.host) else { return };
    let Some(other) = colliding(cx, &claim) else { return };
    cx.report(finding(&claim, &other));
}

fn colliding(cx: &Context<'_>, claim: &Claim) -> Option<Claim> {
    let folder = cx.role.path.rsplit_once('/').map_or("", |(folder, _)| folder);
    let near: Vec<&str> =
        cx.files.paths().into_iter().filter(|path| path.starts_with(folder)).collect();
    near.into_iter().find_map(|path| {
        let text = cx.files.text(path).filter(|text| text.contains(claim.name.as_str()))?;
        let host: &'static Host = host::by_path(path).filter(|host| host.id == cx.host.id)?;
        let role = Role::head_of(text, path);
        Claim::of(&role, host).filter(|other| other.collides(claim))
    })
}

/// The finding at one of the two claims.
pub fn finding(claim: &Claim, other: &Claim) -> Finding {
    Finding::new(claim.span, format!("`{}` also claims the name `{}`", other.path, claim.name))
        .reason("Of two files with one name only one is loaded, and which one is chance.")
        .help("Give one of them another name, or delete it.")
        .label_in(&other.path, other.span, "the same name")
}
