//! Tool lists without a value, which grant more or less than they seem to.

use super::{Check, Context, Example, Finding, Profile, Rule};
use crate::diagnostic::Severity;
use crate::host::Amount;
use crate::tools::{Grant, ToolList};
use alloc::format;

/// The rule.
pub(super) static RULE: Rule = Rule {
    name: "empty-tools",
    severity: Severity::Warning,
    profile: Profile::Core,
    summary: "A tool list has no value: it grants either no tools or every tool.",
    why: "A field with nothing after its colon looks unfinished, and hosts read it differently. Claude Code (2.1.332) reads it as an empty list, so the role starts without a single tool; elsewhere it has the same effect as no field at all, and the role gets every tool.",
    example: Example {
        path: ".claude/agents/adviser.md",
        bad: "---\nname: adviser\ndescription: Answers questions. Use when a decision is due.\ntools:\n---\n\nYou answer questions.\n",
        at: "tools",
        good: "---\nname: adviser\ndescription: Answers questions. Use when a decision is due.\ntools: []\n---\n\nYou answer questions.\n",
        files: &[],
    },
    check: Check::Role(|cx| cx.report_lists(about)),
};

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
    use crate::rules::tests::findings;
    use alloc::format;
    use alloc::string::String;
    use alloc::vec::Vec;

    fn check(path: &str, tools: &str) -> Vec<String> {
        let text = format!("---\nname: a\ndescription: Use it\n{tools}\n---\nx\n");
        findings("empty-tools", path, &text)
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
