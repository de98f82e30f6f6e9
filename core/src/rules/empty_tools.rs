//! Tool lists without a tool that grant more than they seem to.

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
    summary: "A tool list is empty and grants every tool.",
    why: "A field with nothing after its colon has the same effect as no field at all: the role gets every tool. For no tools, write `[]`.",
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
    // A host that is strict about types refuses the file instead.
    if !grants || !list.field.value.is_null() || host.front_matter.strict_types {
        return None;
    }
    if list.field.error.is_some() || cx.is_lookalike() {
        return None;
    }
    let name = &list.field.name;
    let finding = Finding::new(list.field.name_span, format!("Empty `{name}` grants every tool"))
        .reason(format!("{} reads it as if the field were not there.", host.product));
    Some(match host.tools.empty_list {
        Amount::Nothing => {
            finding.help(format!("Write `{name}: []` for no tools, or list the tools."))
        }
        Amount::Everything => {
            finding.help("List the tools that the role needs, or remove the field.")
        }
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
        assert_eq!(check(claude, "tools:"), ["4:1-4:6 warning Empty `tools` grants every tool"]);
        assert_eq!(check(claude, "tools: []"), [""; 0]);
        assert_eq!(check(claude, "disallowedTools:"), [""; 0]);
        assert_eq!(check(".gemini/agents/a.md", "tools:"), [""; 0]);
    }
}
