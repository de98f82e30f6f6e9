//! Roles that are to delegate and whose tool list has no tool for it.

use super::{Check, Context, Example, Finding, Profile, Rule};
use crate::diagnostic::Severity;
use crate::host::Capability;
use crate::text::Span;
use crate::tools::{Grant, ToolList};
use alloc::format;

/// The rule.
pub(super) static RULE: Rule = Rule {
    name: "missing-delegate-tool",
    severity: Severity::Warning,
    profile: Profile::Core,
    summary: "The text tells the role to delegate, but its tool list has no tool for that.",
    why: "A role with a tool list can do only what the list grants. Told to delegate without the tool, it does the work itself or claims that it was done.",
    example: Example {
        path: ".claude/agents/lead.md",
        bad: "---\nname: lead\ndescription: Leads a release. Use when a version is due.\ntools: Read\n---\n\nDelegate to `writer` for the notes.\n",
        at: "Delegate to `writer`",
        good: "---\nname: lead\ndescription: Leads a release. Use when a version is due.\ntools: Read, Agent\n---\n\nDelegate to `writer` for the notes.\n",
        files: &[],
    },
    check: Check::Role(check),
};

fn check(cx: &mut Context<'_>) {
    let Some(tool) = cx.host.tool_for(Capability::Delegate) else { return };
    if !cx.host.tools.restricts {
        return;
    }
    let Some(list) = cx.tools().iter().find(|list| list.grant == Grant::Allowed) else { return };
    if list.entries.is_empty() || may_delegate(cx, list) {
        return;
    }
    let Some(span) = order(cx) else { return };
    let message =
        format!("The text says to delegate, but `{}` lacks `{}`", list.field.name, tool.name);
    let finding = Finding::new(span, message)
        .label(list.field.value.span, "granted here")
        .help(format!("Add `{}`, or say who should delegate.", tool.name));
    cx.report(finding);
}

fn may_delegate(cx: &Context<'_>, list: &ToolList<'_>) -> bool {
    list.entries.iter().any(|entry| {
        let tool = cx.host.tool_ignoring_case(entry.name());
        cx.host.tools.all == Some(entry.name())
            || tool.map_or(entry.name().contains(['*', '{']), |tool| tool.can(Capability::Delegate))
    })
}

/// The first sentence that begins with the order to delegate to something with the name of a role.
fn order(cx: &Context<'_>) -> Option<Span> {
    let body = cx.role.body;
    for (at, _) in body.of(cx.role.text).match_indices("Delegate to ") {
        let start = body.start + at;
        let line = cx.role.line_at(start);
        let before = Span::new(line.start, start).of(cx.role.text).trim_end();
        let begins = before.is_empty()
            || before.ends_with(['.', ':', '-', '*', '+', '|', '→'])
            || before.bytes().all(|b| b.is_ascii_digit());
        let rest = Span::new(start, line.end).of(cx.role.text);
        let name = rest.strip_prefix("Delegate to ")?;
        let bare = name.trim_start_matches(['`', '*', '@']);
        let end = bare.find(|c: char| !(c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-'));
        let word = bare.get(..end.unwrap_or(bare.len())).unwrap_or("");
        let quoted = bare.len() < name.len();
        let is_name = !word.is_empty() && (quoted || word.contains('-'));
        if begins && is_name && cx.role.outline.code_at(start).is_none() {
            let marks = 2 * (name.len() - bare.len());
            let length = rest.len() - name.len() + marks + word.len();
            return Some(Span::new(start, (start + length).min(line.end)));
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use crate::rules::tests::findings;
    use alloc::format;
    use alloc::string::String;
    use alloc::vec::Vec;

    fn check(tools: &str, body: &str) -> Vec<String> {
        let text = format!("---\nname: a\ndescription: b\n{tools}---\n{body}\n");
        findings("missing-delegate-tool", ".claude/agents/a.md", &text)
    }

    #[test]
    fn an_order_to_delegate_needs_the_tool() {
        assert_eq!(
            check("tools: Read\n", "1. Delegate to manager-docs (foreground)."),
            ["6:4-6:28 warning The text says to delegate, but `tools` lacks `Agent`"]
        );
        for tools in ["tools: Read, Task\n", "tools: Agent(x)\n", "tools: '*'\n", ""] {
            assert_eq!(check(tools, "Delegate to manager-docs."), [""; 0], "{tools}");
        }
    }

    #[test]
    fn what_others_delegate_is_no_order() {
        for body in [
            "Quality validation delegates to sync-auditor.",
            "Delegate to the right person.",
            "`Delegate to manager-docs`",
            "Never Delegate to manager-docs.",
        ] {
            assert_eq!(check("tools: Read\n", body), [""; 0], "{body}");
        }
    }
}
