//! Files in a place or under a name that the host reads only for old workspaces.

use super::{Check, Context, Example, Finding, Profile, Rule};
use crate::diagnostic::Severity;
use crate::text::Span;

/// The rule.
pub(super) static RULE: Rule = Rule {
    name: "deprecated-location",
    severity: Severity::Info,
    profile: Profile::Recommended,
    summary: "The host reads files of this name only for old workspaces.",
    why: "A host that changes where its files belong keeps reading the old ones for a while. VS Code asks to rename chat modes (`.chatmode.md`) to agents (`.agent.md`), and Cursor documents `.cursorrules` as legacy.",
    example: Example {
        path: ".github/chatmodes/planner.chatmode.md",
        bad: "---\ndescription: Plans a change. Use before work starts.\n---\n\nYou plan changes.\n",
        at: "---",
        good: "This role has moved to `.github/agents/planner.agent.md`.\n",
        files: &[],
    },
    check: Check::Role(check),
};

fn check(cx: &mut Context<'_>) {
    let Some((note, help)) = cx.host.deprecated_location(cx.role.path) else { return };
    let first = cx.role.line_at(0);
    // A line that only gives the file's new location is not a role.
    if first.is_empty() || cx.role.front_matter.is_none() && cx.role.lines().len() < 3 {
        return;
    }
    let finding = Finding::new(Span::new(0, first.end), "This file location is deprecated");
    cx.report(finding.reason(note).help(help));
}
