//! Tools that the host no longer has.

use super::{Check, Context, Example, Finding, Profile, Rule, tool_order};
use crate::diagnostic::Severity;
use crate::host::{SERVERS, Server, ToolStatus};
use crate::role::Role;
use crate::text::Span;
use crate::tools::{Resolution, ToolList};
use crate::yaml::Node;
use alloc::format;
use alloc::string::{String, ToString};
use alloc::vec::Vec;

mod mentions;

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
    let mut found = in_text(cx);
    found.extend(of_servers(cx));
    found.extend(mentions::check(cx));
    // Another client of an open format may still have the tool.
    if cx.host.tools.open {
        found.into_iter().for_each(|finding| cx.report(finding));
        return;
    }
    found.extend(in_toml(cx));
    found.extend(called(cx));
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

/// The finding about a name in a list of tools or tool groups.
fn gone(cx: &Context<'_>, list: &str, span: Span, name: &str) -> Finding {
    let what = if list.contains("group") { "Group" } else { "Tool" };
    let message = format!("{what} `{name}` no longer exists in {}", cx.host.product);
    let finding = Finding::new(span, message);
    match cx.host.tools.removed {
        // If the host drops the name by itself, only the name is lost.
        Some(reason) => finding.reason(reason).severity(Severity::Info),
        None => finding,
    }
}

/// Orders in prose to use a tool that is gone: "Use MultiEdit". A list that names it is reported
/// instead.
fn called(cx: &Context<'_>) -> Vec<Finding> {
    let (role, host) = (cx.role, cx.host);
    let gone = |name: &str| match host.tool(name)?.status {
        ToolStatus::Removed(successor) => Some(successor),
        _ => None,
    };
    let is_listed = |name: &str| {
        let mut entries = cx.tools().iter().flat_map(|list| &list.entries);
        entries.any(|entry| entry.name() == name)
    };
    let mut places = tool_order::all(role);
    places.retain(|place| gone(place.of(role.text)).is_some());
    let about = |(name, places): (&str, Vec<Span>)| {
        let (first, more) = places.split_first()?;
        let finding =
            Finding::new(*first, format!("Tool `{name}` no longer exists in {}", host.product));
        let finding = finding
            .severity(Severity::Info)
            .and_more(more.len())
            .labels(more.iter().copied(), "also here")
            .reason("The text tells the model to call a tool that it does not have.");
        Some(finding.help(match gone(name)? {
            Some(tool) => format!("Name `{tool}`, which replaces it."),
            None => "Name a tool that the model has.".into(),
        }))
    };
    let named = tool_order::by_name(role.text, &places);
    named.into_iter().filter(|(name, _)| !is_listed(name)).filter_map(about).collect()
}

/// Removed tools in front matter in TOML, whose fields are otherwise not read.
fn in_toml(cx: &Context<'_>) -> Vec<Finding> {
    let list = cx.toml().and_then(|root| root.get(TOML_LIST));
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

/// Functions that no longer exist but that the text mentions as available.
fn in_text(cx: &Context<'_>) -> Vec<Finding> {
    let (role, body) = (cx.role, cx.role.body);
    let mention = |name: &&str| {
        let all = memchr::memmem::find_iter(body.of(role.text).as_bytes(), name.as_bytes());
        let all = all.map(|at| Span::new(body.start + at, body.start + at + name.len()));
        let mut places = all.filter(|place| is_meant(role, *place));
        let first = places.next()?;
        let message = format!("Tool `{name}` no longer exists in {}", cx.host.product);
        let finding = Finding::new(first, message)
            .labels(places, "also here")
            .reason("The text tells the model to call a tool that it does not have.")
            .help("Name a tool that the model has.");
        Some(finding)
    };
    cx.host.tools.gone_calls.iter().filter_map(mention).collect()
}

/// Words in a line that declares a tool removed or not to be used.
const GONE: [&str; 6] = ["not ", "never", "instead", "removed", "deprecated", "no longer"];

/// Whether a name in the text refers to a tool to call: in code or after "Use", and not part of a
/// file name.
fn is_meant(role: &Role<'_>, place: Span) -> bool {
    let before = role.text.get(..place.start).unwrap_or("");
    let after = role.text.get(place.end..).unwrap_or("");
    let is_part = |c: char| c.is_alphanumeric() || matches!(c, '_' | '-' | '/');
    let is_whole = !before.ends_with(is_part) && !after.starts_with(is_part);
    let is_file = after.starts_with(".md");
    let is_call = role.outline.code_at(place.start).is_some()
        || before.ends_with(['<', '`'])
        || before.ends_with("Use ");
    let line = role.line_at(place.start).of(role.text).to_ascii_lowercase();
    is_whole && is_call && !is_file && !GONE.iter().any(|word| line.contains(word))
}

/// Finds tools of well-known servers that the servers no longer have.
fn of_servers(cx: &Context<'_>) -> Vec<Finding> {
    let host = cx.host;
    let mut found = Vec::new();
    for list in cx.tools() {
        let gone = |name: &str| -> Option<(&Server, &str, String)> {
            let parts = host.split_server_tool(name)?;
            let server = SERVERS.iter().find(|server| server.is_called(parts.server))?;
            let (old, new) = server.renamed.iter().find(|(old, _)| *old == parts.tool)?;
            Some((server, *old, name.strip_suffix(old)?.to_string() + new))
        };
        let mut seen: Vec<String> = Vec::new();
        for entry in &list.entries {
            let Some((server, old, new)) = gone(entry.name()) else { continue };
            if seen.iter().any(|name| name == old) {
                continue;
            }
            seen.push(old.to_string());
            let message = format!("Tool `{old}` no longer exists in the {} server", server.title);
            let finding = Finding::new(entry.span, message).reason(server.note);
            let is_listed = list.names(&new);
            let change = |at: usize| {
                let other = list.entries.get(at)?;
                (other.name() == entry.name()).then(|| (!is_listed).then(|| new.clone()))
            };
            let title = match is_listed {
                true => format!("Remove `{}`", entry.name()),
                false => format!("Replace `{}` with `{new}`", entry.name()),
            };
            let finding = finding.help(format!("Use `{new}`."));
            found.push(match list.replace(cx.role.text, change) {
                // An older version of the server may still be in use.
                Some(edits) => finding.unsafe_fix(title, edits),
                None => finding,
            });
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use crate::rules::tests::{findings, fixed, fixed_unsafely};
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
            ["4:10-4:24 warning Tool `insert_content` no longer exists in Roo Code"]
        );
        let rule = |text: &str| findings("removed-tool", ".roo/rules-a/rules.md", text);
        for text in ["- `insert_content`: Adds text.", "```\n<insert_content>\n```"] {
            assert_eq!(rule(text).len(), 1, "{text}");
        }
        assert_eq!(rule("Use `append_to_file` for long texts.").len(), 1);
        for text in [
            "`insert_content` no longer exists.",
            "See [it](.roo/rules/insert_content.md).",
            "Insert content with `write_to_file`.",
        ] {
            assert_eq!(rule(text), [""; 0], "{text}");
        }
    }

    #[test]
    fn an_order_in_prose_to_call_what_is_gone_is_pointed_out() {
        let text = |tools: &str| role(tools).replace("\nx\n", "\nChange it with MultiEdit.\n");
        assert_eq!(
            findings("removed-tool", AGENT, &text("Read, Edit")),
            ["6:16-6:25 info Tool `MultiEdit` no longer exists in Claude Code"]
        );
        // The list is the place to begin.
        assert_eq!(
            findings("removed-tool", AGENT, &text("Read, MultiEdit")),
            ["4:14-4:23 warning Tool `MultiEdit` no longer exists in Claude Code"]
        );
    }

    #[test]
    fn a_tool_that_its_server_renamed_is_found_on_every_host() {
        let tools = "Read, mcp__context7__get-library-docs";
        assert_eq!(
            check(tools),
            ["4:14-4:45 warning Tool `get-library-docs` no longer exists in the Context7 server"]
        );
        assert_eq!(fixed_unsafely(AGENT, &role(tools)), role("Read, mcp__context7__query-docs"));
        let both = "Read, mcp__context7__query-docs, mcp__context7__get-library-docs";
        assert_eq!(fixed_unsafely(AGENT, &role(both)), role("Read, mcp__context7__query-docs"));
        let copilot = ".github/agents/a.agent.md";
        assert_eq!(
            findings("removed-tool", copilot, &role("[read, github/get_issue]")),
            ["4:15-4:31 warning Tool `get_issue` no longer exists in the GitHub server"]
        );
        for tools in ["[read, linear/get_issue]", "[read, github/issue_read]", "[create_issue]"] {
            assert_eq!(findings("removed-tool", copilot, &role(tools)), [""; 0], "{tools}");
        }
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
