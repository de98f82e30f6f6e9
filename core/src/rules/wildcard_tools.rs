//! Tool lists that grant every tool with a wildcard.

use super::{Check, Context, Example, Finding, Profile, Rule};
use crate::diagnostic::Severity;
use crate::tools::{Grant, ToolEntry, ToolList};
use alloc::format;

/// The rule.
pub(super) static RULE: Rule = Rule {
    name: "wildcard-tools",
    severity: Severity::Info,
    profile: Profile::Recommended,
    summary: "A wildcard grants every tool, or every tool of every server.",
    why: "A role needs only a few tools, and any other can only do harm: a text that the role reads may tell it to use one. A wildcard also grants tools that are installed later.",
    example: Example {
        path: ".claude/agents/reviewer.md",
        bad: "---\nname: reviewer\ndescription: Reviews changes. Use after each commit.\ntools: \"*\"\n---\n\nYou review changes.\n",
        at: "\"*\"",
        good: "---\nname: reviewer\ndescription: Reviews changes. Use after each commit.\ntools: Read, Grep\n---\n\nYou review changes.\n",
        files: &[],
    },
    check: Check::Role(|cx| cx.report_lists(about)),
};

fn about(cx: &Context<'_>, list: &ToolList<'_>) -> Option<Finding> {
    let tools = &cx.host.tools;
    let is = |entry: &ToolEntry<'_>, name: Option<&str>| name == Some(entry.name());
    let all = list.entries.iter().find(|entry| is(entry, tools.all));
    let servers = || list.entries.iter().find(|entry| is(entry, tools.all_servers));
    let (entry, what) = match all {
        Some(entry) => (entry, "every tool"),
        None => (servers()?, "every tool of every server"),
    };
    if list.grant != Grant::Allowed || !tools.restricts || cx.is_lookalike() {
        return None;
    }
    let message = format!("`{}` grants {what}", entry.shown());
    Some(Finding::new(entry.whole, message).help("List the tools that the role needs."))
}

#[cfg(test)]
mod tests {
    use crate::rules::tests::findings;
    use alloc::format;
    use alloc::string::String;
    use alloc::vec::Vec;

    fn check(path: &str, tools: &str) -> Vec<String> {
        let text = format!("---\nname: a\ndescription: Use it\ntools: {tools}\n---\nx\n");
        findings("wildcard-tools", path, &text)
    }

    #[test]
    fn a_wildcard_is_pointed_out_and_one_of_a_server_is_not() {
        let claude = ".claude/agents/a.md";
        assert_eq!(check(claude, "Read, mcp__a__*"), [""; 0]);
        assert_eq!(
            check(claude, "Read, mcp__*"),
            ["4:14-4:20 info `mcp__*` grants every tool of every server"]
        );
        assert_eq!(
            check(".github/agents/a.agent.md", "['*']"),
            ["4:9-4:12 info `*` grants every tool"]
        );
    }
}
