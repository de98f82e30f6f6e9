//! Tool lists without a value, which grant more or less than they seem to.

use super::{Check, Context, Example, Finding, Profile, Rule};
use crate::diagnostic::Severity;
use crate::host::Amount;
use crate::text::Span;
use crate::tools::{Grant, ToolList};
use alloc::format;
use alloc::string::String;
use alloc::vec::Vec;

/// The rule.
pub(super) static RULE: Rule = Rule {
    name: "empty-tools",
    severity: Severity::Warning,
    profile: Profile::Core,
    summary: "A tool list has no value and grants either no tools or every tool, or its last entry is empty.",
    why: "A field with nothing after its colon looks unfinished, and hosts read it differently. Claude Code (2.1.332) reads it as an empty list, so the role starts without a single tool; elsewhere it has the same effect as no field at all, and the role gets every tool. A comma after the last tool is harmless in YAML, but Copilot CLI (April 2026) reads an empty name after it.",
    example: Example {
        path: ".claude/agents/adviser.md",
        bad: "---\nname: adviser\ndescription: Answers questions. Use when a decision is due.\ntools:\n---\n\nYou answer questions.\n",
        at: "tools",
        good: "---\nname: adviser\ndescription: Answers questions. Use when a decision is due.\ntools: []\n---\n\nYou answer questions.\n",
        files: &[],
    },
    check: Check::Role(|cx| {
        cx.report_lists(about);
        cx.report_lists(empty_last);
    }),
};

/// A comma after the last tool, where the host reads an empty name after it.
fn empty_last(cx: &Context<'_>, list: &ToolList<'_>) -> Option<Finding> {
    let note = cx.host.tools.trailing_comma?;
    let value = list.field.value.span;
    let before = value.of(cx.role.text).strip_suffix(']')?.trim_end().strip_suffix(',')?;
    let at = value.start + before.len();
    let comma = Span::new(at, at + 1);
    let finding = Finding::new(comma, "The comma after the last tool adds an empty one");
    Some(finding.reason(note).safe_fix("Remove the comma", Vec::from([(comma, String::new())])))
}

fn about(cx: &Context<'_>, list: &ToolList<'_>) -> Option<Finding> {
    let host = cx.host;
    let grants =
        list.grant == Grant::Allowed && host.tools.restricts && host.tools.omitted.is_some();
    let value = &list.field.value;
    let none = host.tools.empty_list == Amount::Nothing;
    let is_empty = value.is_null() || none && value.as_str().is_some_and(|v| v.trim().is_empty());
    // A host that is strict about types rejects the file instead.
    if !grants || !is_empty || host.front_matter.strict_types {
        return None;
    }
    if list.field.error.is_some() || cx.is_lookalike() {
        return None;
    }
    let name = &list.field.name;
    let amount = if none { "no tools" } else { "every tool" };
    let finding = Finding::new(list.field.name_span, format!("Empty `{name}` grants {amount}"));
    Some(if none {
        finding
            .reason(
                "It is read as an empty list; the role gets every tool only if the field is missing.",
            )
            .help(format!(
                "List the tools that the role needs, or write `{name}: []` if it needs none."
            ))
    } else {
        finding
            .reason(format!("{} reads it as if the field were not there.", host.product))
            .help("List the tools that the role needs, or remove the field.")
    })
}

#[cfg(test)]
mod tests {
    use crate::rules::tests::{findings, fixed};
    use alloc::format;
    use alloc::string::String;
    use alloc::vec::Vec;

    fn check(path: &str, tools: &str) -> Vec<String> {
        let text = format!("---\nname: a\ndescription: Use it\n{tools}\n---\nx\n");
        findings("empty-tools", path, &text)
    }

    #[test]
    fn a_comma_after_the_last_tool_adds_an_empty_one() {
        let copilot = ".github/agents/a.agent.md";
        let found = "warning The comma after the last tool adds an empty one";
        assert_eq!(check(copilot, "tools: [read, edit, ]"), [format!("4:19-4:20 {found}")]);
        let lines = "tools: [\n  read,\n]";
        assert_eq!(check(copilot, lines), [format!("5:7-5:8 {found}")]);
        let text = format!("---\nname: a\ndescription: Use it\n{lines}\n---\nx\n");
        assert_eq!(fixed(copilot, &text), text.replace("read,", "read"));
        assert_eq!(check(copilot, "tools: [read, edit]"), [""; 0]);
        assert_eq!(check(".claude/agents/a.md", "tools: [Read, Edit,]"), [""; 0]);
    }

    #[test]
    fn what_is_empty_is_judged_as_the_host_reads_it() {
        let claude = ".claude/agents/a.md";
        for tools in ["tools:", "tools: \"\""] {
            assert_eq!(check(claude, tools), ["4:1-4:6 warning Empty `tools` grants no tools"]);
        }
        assert_eq!(
            check(".factory/droids/a.md", "tools:"),
            ["4:1-4:6 warning Empty `tools` grants every tool"]
        );
        assert_eq!(check(claude, "tools: []"), [""; 0]);
        assert_eq!(check(claude, "disallowedTools:"), [""; 0]);
        assert_eq!(check(".gemini/agents/a.md", "tools:"), [""; 0]);
    }
}
