//! Tools that the host no longer has.

use super::{Check, Context, Example, Finding, Profile, Rule};
use crate::diagnostic::Severity;
use crate::tools::{Resolution, ToolList};
use alloc::format;
use alloc::string::{String, ToString};
use alloc::vec::Vec;

/// The rule.
pub(super) static RULE: Rule = Rule {
    name: "removed-tool",
    severity: Severity::Warning,
    profile: Profile::Core,
    summary: "A tool is listed that the host no longer has.",
    why: "Hosts merge and remove tools, but old roles keep listing them. Claude Code silently ignores such a name, so an agent with only `MultiEdit` cannot edit at all.",
    example: Example {
        path: ".claude/agents/fixer.md",
        bad: "---\nname: fixer\ndescription: Fixes failing tests. Use after a red build.\ntools: Read, MultiEdit\n---\n\nYou fix tests.\n",
        at: "MultiEdit",
        good: "---\nname: fixer\ndescription: Fixes failing tests. Use after a red build.\ntools: Read, Edit\n---\n\nYou fix tests.\n",
        files: &[],
    },
    check: Check::Role(check),
};

fn check(cx: &mut Context<'_>) {
    // Another client of an open format may still have the tool.
    if cx.host.tools.open {
        return;
    }
    let mut found = Vec::new();
    for list in cx.tools() {
        let mut seen: Vec<&str> = Vec::new();
        for entry in &list.entries {
            let Resolution::Removed(successor) = entry.resolution else { continue };
            if !seen.contains(&entry.name()) {
                seen.push(entry.name());
                found.push(about(cx, list, entry.name(), successor));
            }
        }
    }
    for finding in found {
        cx.report(finding);
    }
}

fn about(
    cx: &Context<'_>,
    list: &ToolList<'_>,
    name: &str,
    successor: Option<&'static str>,
) -> Finding {
    let mut places = list.entries.iter().filter(|entry| entry.name() == name);
    let span = places.next().map_or(list.field.value.span, |entry| entry.span);
    let mut finding =
        Finding::new(span, format!("Tool `{name}` no longer exists in {}", cx.host.product));
    finding = finding.labels(places.map(|entry| entry.span), "also here");
    if let Some(reason) = list.consequence(cx.host) {
        finding = finding.reason(reason);
    }
    let listed = successor.filter(|successor| list.names(successor));
    let (help, title): (String, String) = match (successor, listed) {
        (_, Some(tool)) => (
            format!("Remove it; `{tool}`, already in the list, replaces it."),
            format!("Remove `{name}`"),
        ),
        (Some(tool), None) => {
            (format!("Use `{tool}`, which replaces it."), format!("Replace `{name}` with `{tool}`"))
        }
        (None, None) => ("Remove it; it has no replacement.".into(), format!("Remove `{name}`")),
    };
    let change = |at: usize| {
        let entry = list.entries.get(at)?;
        (entry.name() == name).then(|| successor.map(ToString::to_string))
    };
    let finding = finding.help(help);
    match list.replace(cx.role.text, change) {
        Some(edits) => finding.safe_fix(title, edits),
        None => finding,
    }
}

#[cfg(test)]
mod tests {
    use crate::rules::tests::{findings, fixed};
    use alloc::format;
    use alloc::string::String;
    use alloc::vec::Vec;

    const AGENT: &str = ".claude/agents/a.md";

    fn role(tools: &str) -> String {
        format!("---\nname: a\ndescription: b\ntools: {tools}\n---\nx\n")
    }

    fn check(tools: &str) -> Vec<String> {
        findings("removed-tool", AGENT, &role(tools))
    }

    #[test]
    fn each_tool_that_is_gone_is_one_finding() {
        assert_eq!(
            check("Read, LS, MultiEdit, LS"),
            [
                "4:14-4:16 warning Tool `LS` no longer exists in Claude Code",
                "4:18-4:27 warning Tool `MultiEdit` no longer exists in Claude Code"
            ]
        );
    }

    #[test]
    fn the_successor_takes_its_place_unless_it_is_there() {
        assert_eq!(fixed(AGENT, &role("Read, MultiEdit, LS")), role("Read, Edit, Glob"));
        assert_eq!(fixed(AGENT, &role("Read, Edit, MultiEdit")), role("Read, Edit"));
        assert_eq!(fixed(AGENT, &role("[BashOutput, Read]")), role("[Read]"));
    }

    #[test]
    fn a_list_that_would_be_empty_has_no_fix() {
        assert_eq!(fixed(AGENT, &role("BashOutput")), role("BashOutput"));
        assert_eq!(check("BashOutput").len(), 1);
    }

    #[test]
    fn a_name_that_still_works_is_not_reported() {
        assert_eq!(
            findings(
                "removed-tool",
                ".github/agents/a.agent.md",
                &role("[MultiEdit, NotebookRead]")
            ),
            [""; 0]
        );
        assert_eq!(check("Task, Read"), [""; 0]);
    }
}
