//! Tools that the host no longer has.

use super::{Check, Context, Example, Finding, Profile, Rule};
use crate::diagnostic::Severity;
use crate::front_matter::Language;
use crate::host::ToolStatus;
use crate::syntax;
use crate::text::Span;
use crate::tools::{Resolution, ToolList};
use crate::yaml::Node;
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

/// The list of groups in front matter in TOML.
const TOML_LIST: &str = "allowed_tool_groups";

fn check(cx: &mut Context<'_>) {
    // Another client of an open format may still have the tool.
    if cx.host.tools.open {
        return;
    }
    let mut found = in_toml(cx);
    found.extend(in_text(cx));
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
    let mut finding = gone(cx, &list.field.name, span, name);
    finding = finding.labels(places.map(|entry| entry.span), "also here");
    if let Some(reason) = list.consequence(cx.host).filter(|_| cx.host.tools.removed.is_none()) {
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

/// The finding about a name in a list, which holds tools or groups of them.
fn gone(cx: &Context<'_>, list: &str, span: Span, name: &str) -> Finding {
    let what = if list.contains("group") { "Group" } else { "Tool" };
    let message = format!("{what} `{name}` no longer exists in {}", cx.host.product);
    let finding = Finding::new(span, message);
    match cx.host.tools.removed {
        // A host that takes the name out by itself loses nothing else.
        Some(reason) => finding.reason(reason).severity(Severity::Info),
        None => finding,
    }
}

/// Removed tools in front matter in TOML, whose fields are otherwise not read.
fn in_toml(cx: &Context<'_>) -> Vec<Finding> {
    let front_matter = cx.role.front_matter.as_ref();
    let Some(toml) = front_matter.filter(|it| it.language == Language::Toml) else {
        return Vec::new();
    };
    let root = syntax::toml_part(cx.role.text, toml.content).root;
    let list = root.as_ref().and_then(|root| root.get(TOML_LIST));
    let removed = |node: &&Node<'_>| {
        let tool = node.as_str().and_then(|name| cx.host.tool(name));
        tool.is_some_and(|tool| matches!(tool.status, ToolStatus::Removed(_)))
    };
    let items = list.and_then(Node::items).unwrap_or(&[]).iter().filter(removed);
    let finding = |node: &Node<'_>| {
        let name = node.as_str().unwrap_or("");
        gone(cx, TOML_LIST, node.span, name).help("Remove it; it has no replacement.")
    };
    items.map(finding).collect()
}

/// Functions that are gone and that the text tells the model to use.
fn in_text(cx: &Context<'_>) -> Vec<Finding> {
    let body = cx.role.body;
    let order = |name: &&str| {
        let order = format!("Use `{name}`");
        let mut places = memchr::memmem::find_iter(body.of(cx.role.text).as_bytes(), &order)
            .map(|at| body.start + at + "Use ".len())
            .map(|at| Span::new(at, at + name.len() + 2));
        let first = places.next()?;
        let message = format!("Tool `{name}` no longer exists in {}", cx.host.product);
        let finding = Finding::new(first, message)
            .labels(places, "also here")
            .reason("The text tells the model to call a tool that it does not have.")
            .help("Name a tool that the model has.");
        Some(finding)
    };
    cx.host.tools.gone_calls.iter().filter_map(order).collect()
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
    fn a_group_that_is_gone_is_found_in_yaml_and_in_toml() {
        let modes = "customModes:\n  - slug: a\n    name: A\n    roleDefinition: You help.\n    groups: [read, browser]\n";
        assert_eq!(
            findings("removed-tool", ".roomodes", modes),
            ["5:20-5:27 info Group `browser` no longer exists in Roo Code"]
        );
        let mode = "+++\nid = \"a\"\nallowed_tool_groups = [\"read\", \"browser\"]\n+++\n\nHelp.\n";
        assert_eq!(
            findings("removed-tool", ".ruru/modes/a/a.mode.md", mode),
            ["3:32-3:41 info Group `browser` no longer exists in Roo Code"]
        );
    }

    #[test]
    fn an_order_to_call_what_is_gone_is_found() {
        let mode = "slug: a\nname: A\nroleDefinition: |\n  - Use `insert_content` to add.\n  - Use `apply_diff`.\ngroups: [read]\n";
        assert_eq!(
            findings("removed-tool", "custom_modes.yaml", mode),
            ["4:9-4:25 warning Tool `insert_content` no longer exists in Roo Code"]
        );
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
