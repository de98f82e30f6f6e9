//! Permission modes that turn off every permission check.

use super::{Check, Context, Example, Finding, Profile, Rule};
use crate::diagnostic::Severity;
use crate::host::{FieldRole, FieldStatus};
use alloc::format;

/// The rule.
pub(super) static RULE: Rule = Rule {
    name: "dangerous-permission-mode",
    severity: Severity::Warning,
    profile: Profile::Core,
    summary: "The role runs without any permission check.",
    why: "With `bypassPermissions` or `yolo`, the role never asks before it acts, even when text that it reads tells it to do harm. A mode that accepts only edits, or a list of approved tools, is nearly always enough.",
    example: Example {
        path: ".claude/agents/fixer.md",
        bad: "---\nname: fixer\ndescription: Use it when a build is red\ntools: Read, Edit\npermissionMode: bypassPermissions\n---\n\nYou repair builds.\n",
        at: "bypassPermissions",
        good: "---\nname: fixer\ndescription: Use it when a build is red\ntools: Read, Edit\npermissionMode: acceptEdits\n---\n\nYou repair builds.\n",
        files: &[],
    },
    check: Check::Role(check),
};

fn check(cx: &mut Context<'_>) {
    for (known, field) in cx.known_fields() {
        let read = !matches!(known.status, FieldStatus::Ignored(_));
        let mode = matches!(known.role, FieldRole::PermissionMode | FieldRole::Sandbox);
        let value = field.value.as_str().unwrap_or("");
        // Every host with modes uses these words for them.
        let open = matches!(value, "bypassPermissions" | "yolo" | "danger-full-access");
        if read && mode && open && known.values.contains(&value) {
            let message = format!("`{value}` turns off every permission check");
            cx.report(
                Finding::new(field.value.span, message)
                    .reason("Any text that the role reads can make it run any command.")
                    .help("Choose a mode that asks, or remove the field and approve individual tools."),
            );
        }
    }
}

#[cfg(test)]
mod tests {
    use crate::rules::tests::findings;

    #[test]
    fn the_word_counts_only_where_the_host_reads_it() {
        let text = "---\nname: a\ndescription: b\npermissionMode: bypassPermissions\n---\nx\n";
        assert_eq!(
            findings("dangerous-permission-mode", ".claude/agents/a.md", text),
            ["4:17-4:34 warning `bypassPermissions` turns off every permission check"]
        );
        assert_eq!(findings("dangerous-permission-mode", "plugins/p/agents/a.md", text), [""; 0]);
        let other = text.replace("bypassPermissions", "plan");
        assert_eq!(findings("dangerous-permission-mode", ".claude/agents/a.md", &other), [""; 0]);
    }
}
