//! Tool names that differ from the host's only in case.

use super::{Check, Context, Example, Finding, Profile, Rule};
use crate::diagnostic::Severity;
use crate::tools::{Resolution, ToolList};
use alloc::format;
use alloc::string::ToString;
use alloc::vec::Vec;

/// The rule.
pub(super) static RULE: Rule = Rule {
    name: "tool-case",
    severity: Severity::Warning,
    profile: Profile::Core,
    summary: "A tool name differs from the host's only in case.",
    why: "Some hosts compare tool names case-sensitively. Claude Code recognizes `Bash` but silently ignores `bash`, so the agent runs without the tool it was given.",
    example: Example {
        path: ".claude/agents/reviewer.md",
        bad: "---\nname: reviewer\ndescription: Reviews changes. Use after each commit.\ntools: Read, grep\n---\n\nYou review changes.\n",
        at: "grep",
        good: "---\nname: reviewer\ndescription: Reviews changes. Use after each commit.\ntools: Read, Grep\n---\n\nYou review changes.\n",
        files: &[],
    },
    check: Check::Role(check),
};

fn check(cx: &mut Context<'_>) {
    // An approval list on a host without tool limits is meant for several clients.
    if cx.host.tools.open && !cx.host.tools.restricts {
        return;
    }
    let found: Vec<_> = cx.tools().iter().filter_map(|list| about(cx, list)).collect();
    for finding in found {
        cx.report(finding);
    }
}

fn about(cx: &Context<'_>, list: &ToolList<'_>) -> Option<Finding> {
    let right = |at: usize| match list.entries.get(at)?.resolution {
        Resolution::OtherCase(name) => Some(name),
        _ => None,
    };
    let wrong: Vec<_> =
        list.entries.iter().enumerate().filter_map(|(at, e)| Some((e, right(at)?))).collect();
    let (first, name) = wrong.first()?;
    let product = cx.host.product;
    let message = match wrong.len() {
        1 => format!("Tool `{}` is spelled `{name}` in {product}", first.name()),
        count => {
            format!(
                "{count} tools are spelled differently in {product}: `{}` is `{name}`",
                first.name()
            )
        }
    };
    let mut finding = Finding::new(first.span, message).severity(cx.tool_severity(list));
    for (entry, name) in wrong.iter().skip(1).take(super::finding::MAX_LABELS) {
        finding = finding.label(entry.span, format!("spelled `{name}`"));
    }
    if let Some(reason) = list.consequence(cx.host) {
        finding = finding.reason(reason);
    }
    let title = match wrong.len() {
        1 => format!("Replace `{}` with `{name}`", first.name()),
        count => format!("Correct the case of {count} tool names"),
    };
    let edits = list.replace(cx.role.text, |at| right(at).map(|name| Some(name.to_string())));
    Some(match edits {
        Some(edits) => finding.safe_fix(title, edits),
        None => finding.help("Write each name exactly as the host does, including case."),
    })
}

#[cfg(test)]
mod tests {
    use crate::rules::tests::{findings, fixed};
    use alloc::format;
    use alloc::string::String;
    use alloc::vec::Vec;

    fn check(path: &str, tools: &str) -> Vec<String> {
        findings(
            "tool-case",
            path,
            &format!("---\nname: a\ndescription: b\ntools: {tools}\n---\nx\n"),
        )
    }

    const AGENT: &str = ".claude/agents/a.md";

    #[test]
    fn one_name_in_the_wrong_case_is_named() {
        assert_eq!(
            check(AGENT, "Read, bash"),
            ["4:14-4:18 warning Tool `bash` is spelled `Bash` in Claude Code"]
        );
    }

    #[test]
    fn a_list_in_lower_case_is_one_finding() {
        assert_eq!(
            check(AGENT, "[bash, 'webfetch', Read]"),
            ["4:9-4:13 warning 2 tools are spelled differently in Claude Code: `bash` is `Bash`"]
        );
    }

    #[test]
    fn the_fix_keeps_quotes_specifiers_and_drops_what_is_there_already() {
        let text = "---\r\nname: a\r\ndescription: b\r\ntools: ['bash(git *)', Read, read]\r\n---\r\nx\r\n";
        assert_eq!(
            fixed(AGENT, text),
            "---\r\nname: a\r\ndescription: b\r\ntools: ['Bash(git *)', Read]\r\n---\r\nx\r\n"
        );
    }

    #[test]
    fn hosts_that_ignore_case_and_open_skills_are_quiet() {
        assert_eq!(check(".github/agents/a.agent.md", "[BASH, Read]"), [""; 0]);
        let skill = "---\nname: a\ndescription: b\nallowed-tools: read bash\n---\nx\n";
        assert_eq!(findings("tool-case", "a/SKILL.md", skill), [""; 0]);
    }

    #[test]
    fn a_real_list_in_lower_case_keeps_its_servers_and_commands() {
        let list = |tools: &str| {
            format!("---\nname: a\ndescription: Use it after each merge\ntools: {tools}\n---\nx\n")
        };
        let before = "read, grep, glob, bash(NPM run *), webfetch, mcp__Sentry__listIssues";
        let after = "Read, Grep, Glob, Bash(NPM run *), WebFetch, mcp__Sentry__listIssues";
        assert_eq!(
            check(AGENT, before),
            ["4:8-4:12 warning 5 tools are spelled differently in Claude Code: `read` is `Read`"]
        );
        assert_eq!(fixed(AGENT, &list(before)), list(after));
        assert_eq!(check(AGENT, after), [""; 0]);
    }

    #[test]
    fn a_denied_tool_in_the_wrong_case_denies_nothing() {
        let text =
            "---\nname: a\ndescription: b\ndisallowedTools:\n  - bash # never\n  - Write\n---\nx\n";
        assert_eq!(
            findings("tool-case", AGENT, text),
            ["5:5-5:9 warning Tool `bash` is spelled `Bash` in Claude Code"]
        );
        assert_eq!(fixed(AGENT, text), text.replace("- bash", "- Bash"));
    }

    #[test]
    fn a_tool_that_is_gone_in_any_case_is_left_to_its_rule() {
        assert_eq!(check(AGENT, "Read, multiedit"), [""; 0]);
    }
}
