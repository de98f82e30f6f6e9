//! Reports tools that the text tells the role to use but that the tool list does not grant.

use super::{Check, Context, Example, Finding, Profile, Rule};
use crate::diagnostic::Severity;
use crate::host::{Capability, Host, Tool, ToolStatus};
use crate::role::{CueKind, Role};
use crate::text::Span;
use crate::tools::{Grant, ToolList, compatible_hosts};
use alloc::collections::BTreeMap;
use alloc::format;
use alloc::string::{String, ToString};
use alloc::vec::Vec;
use servers::{declares, grants, grants_server, ordered_servers, server_tools, servers};

mod servers;
mod skills;

/// The rule.
pub(super) static RULE: Rule = Rule {
    name: "unlisted-tool",
    severity: Severity::Warning,
    profile: Profile::Core,
    summary: "The text asks for a tool that the tool list does not grant.",
    why: "A role may use only the tools in its list. If the text tells the model to use another one, the model tries to call a tool that it does not have, or gives up on the step. The rule reads only names that the text calls tools (\"the Grep tool\"), full names of MCP tools, servers in a list under a heading about MCP, and servers that the text says to use (\"Prefer Chrome DevTools MCP\").",
    example: Example {
        path: ".claude/agents/reviewer.md",
        bad: "---\nname: reviewer\ndescription: Use it after every change\ntools: Read\nmodel: sonnet\n---\n\nFind the callers with the Grep tool.\n",
        at: "Grep",
        good: "---\nname: reviewer\ndescription: Use it after every change\ntools: Read, Grep\nmodel: sonnet\n---\n\nFind the callers with the Grep tool.\n",
        files: &[],
    },
    check: Check::Role(check),
};

fn check(cx: &mut Context<'_>) {
    let (role, host) = (cx.role, cx.host);
    let mut lists = cx.tools().iter().filter(|list| list.grant == Grant::Allowed);
    let (Some(list), None) = (lists.next(), lists.next()) else { return };
    let grants_all = |list: &ToolList<'_>| host.tools.all.is_some_and(|all| list.names(all));
    if !host.tools.restricts || list.entries.is_empty() || grants_all(list) {
        return;
    }
    let mut found: BTreeMap<String, Vec<Span>> = BTreeMap::new();
    for span in mentions(role, host).chain(server_tools(role, host)) {
        let name = span.of(role.text);
        let missing = match host.split_server_tool(name).filter(|server| !server.tool.is_empty()) {
            Some(server) if !grants(list, name) && !declares(role, server.server) => {
                server.server.to_string()
            }
            Some(_) => continue,
            None => match tool(host, name).filter(|tool| is_missing(list, host, tool)) {
                Some(tool) => tool.name.to_string(),
                None => continue,
            },
        };
        if asks(role, span) {
            found.entry(missing).or_default().push(span);
        }
    }
    let mut named_servers: Vec<Span> = Vec::new();
    for (name, span) in servers(role) {
        if !grants_server(list, &name) && !declares(role, &name) && asks(role, span) {
            named_servers.push(span);
            found.entry(name).or_default().push(span);
        }
    }
    for (name, span) in ordered_servers(role, host, list) {
        named_servers.push(span);
        found.entry(name).or_default().push(span);
    }
    let field = list.field.name.to_string();
    let skill = skills::missing(cx, list);
    for places in found.into_values() {
        let Some((first, more)) = places.split_first() else { continue };
        let name = first.of(role.text);
        let form = host.tools.server_form.filter(|_| named_servers.contains(first));
        let (message, help) = match form {
            Some(form) => (
                format!("No tool of `{}` is in `{field}`", name.replace('`', "")),
                format!("Add the tools of the server to `{field}`, each as `{form}`."),
            ),
            None => (
                format!("`{name}` is not in `{field}`"),
                format!("Add it to `{field}`, or name a tool from that list."),
            ),
        };
        cx.report(
            Finding::new(*first, message)
                .and_more(more.len())
                .labels(more.iter().copied(), "also here")
                .reason("The text asks for it, but the role may use only the tools that it lists.")
                .help(help),
        );
    }
    skill.into_iter().for_each(|finding| cx.report(finding));
}

/// The names before "tool" or "grant": "the Grep tool", "`Grep` tool".
fn mentions<'r>(role: &'r Role<'_>, host: &'static Host) -> impl Iterator<Item = Span> + 'r {
    let body = role.body;
    let nouns = role.cues().iter().filter(move |cue| cue.kind == CueKind::Tool);
    nouns.filter(move |cue| cue.span.start > body.start).filter_map(move |cue| {
        let end = cue.span.start - 1;
        let noun = cue.span.of(role.text);
        let is_noun = noun.starts_with("tool") || role.text.get(..end)?.ends_with('`');
        if !is_noun || role.text.as_bytes().get(end) != Some(&b' ') {
            return None;
        }
        let before = role.text.get(body.start..end)?;
        let (name, quoted) = match before.strip_suffix('`') {
            Some(before) => (before.rsplit('`').next()?, 1),
            None => (before.rsplit([' ', '\n', '(', '*', '`']).next()?, 0),
        };
        let span = Span::new(end - quoted - name.len(), end - quoted);
        let lead = role.text.get(body.start..span.start)?;
        // "Write tool descriptions": a tool name that is also a word counts only with an article.
        let paired = is_second(host, lead);
        let named = quoted == 1 || paired || lead.ends_with("the ") || lead.ends_with("The ");
        let is_tool = tool(host, name).is_some_and(|tool| tool.name == name);
        // Without quotes, "the search tool" may be any.
        let is_clear = quoted == 1 || paired || name.contains(char::is_uppercase);
        (named && is_tool && is_clear && role.outline.fence_at(span.start).is_none())
            .then_some(span)
    })
}

/// Whether the name is followed by a second tool: "Use search and".
fn is_second(host: &'static Host, lead: &str) -> bool {
    let words = lead.strip_suffix(" and ").and_then(|lead| lead.rsplit_once(' '));
    let first = words.filter(|(before, _)| before.ends_with("Use"));
    first.is_some_and(|(_, first)| tool(host, first).is_some_and(|tool| tool.name == first))
}

/// Whether no entry is the tool, an alias of it, or a set that contains it. Other rules check
/// delegation, and a tool that a role never gets does not depend on its list.
fn is_missing(list: &ToolList<'_>, host: &'static Host, wanted: &Tool) -> bool {
    let target = canonical(wanted);
    let covers = |name: &str| {
        let listed =
            tool(host, name).or_else(|| host.tool_ignoring_case(name)).map_or(name, canonical);
        let holds = |set: &str, tool: &str| {
            tool.strip_prefix(set).is_some_and(|rest| rest.starts_with('/'))
        };
        // A role that lists one tool of a set has access to part of the set.
        listed == target || holds(listed, target) || holds(target, listed)
    };
    !matches!(wanted.status, ToolStatus::Removed(_))
        && !wanted.can(Capability::Delegate)
        && host.unavailable(wanted.name).is_none()
        && !list.entries.iter().any(|entry| covers(entry.name()))
}

/// The tool with this name, on the host or on a host that reads the same files.
fn tool(host: &'static Host, name: &str) -> Option<&'static Tool> {
    host.tool(name).or_else(|| compatible_hosts(host).find_map(|other| other.tool(name)))
}

fn canonical(tool: &Tool) -> &str {
    match tool.status {
        ToolStatus::Alias(target) | ToolStatus::Legacy(target) => target,
        _ => tool.name,
    }
}

/// Whether the sentence around a name asks to use the tool.
fn asks(role: &Role<'_>, span: Span) -> bool {
    let line = role.line_at(span.start);
    let text = line.of(role.text).to_ascii_lowercase();
    let lead = text.get(..span.start - line.start).unwrap_or("");
    // "`swift test` or `mcp__xcode__test`": it is enough to have the first.
    let is_alternative = lead.ends_with("` or `");
    !is_alternative
        && !is_of_another(lead)
        && !WORDS_NOT_ASKING.iter().any(|word| text.contains(word))
}

/// Whether what leads to a name in lowercase says what another agent uses: "The executor should use".
fn is_of_another(lead: &str) -> bool {
    const OWN: [&str; 5] = ["agent", "assistant", "model", "role", "you"];
    let orders = [" should ", " must "].into_iter().filter_map(|verb| lead.rsplit_once(verb));
    let mut orders = orders.filter(|(_, rest)| rest.starts_with("use ") && !rest.contains(". "));
    let subject = orders.find_map(|(before, _)| {
        let mut words = before.rsplit(' ').map(|word| word.trim_matches(['*', '_', '`']));
        words.next().filter(|_| words.next() == Some("the"))
    });
    subject.is_some_and(|subject| !OWN.contains(&subject))
}

/// Words in a sentence that does not ask to use the tool.
const WORDS_NOT_ASKING: [&str; 14] = [
    " not ",
    "n't",
    "never",
    "avoid",
    "without",
    " no ",
    "available",
    "instead of",
    "lack",
    "rather than",
    "cannot",
    "forbid",
    "parent",
    "orchestrator",
];

#[cfg(test)]
mod tests {
    use crate::rules::tests::findings;
    use alloc::format;
    use alloc::string::String;
    use alloc::vec::Vec;

    fn check(tools: &str, body: &str) -> Vec<String> {
        let text = format!("---\nname: x\ndescription: Use it\ntools: {tools}\n---\n{body}\n");
        findings("unlisted-tool", ".claude/agents/x.md", &text)
    }

    #[test]
    fn a_skill_that_the_text_refers_to_needs_its_tool() {
        let check = |fields: &str| {
            let text =
                format!("---\nname: x\ndescription: y\n{fields}---\n\nSee `skill: filing`.\n");
            findings("unlisted-tool", ".claude/agents/x.md", &text)
        };
        assert_eq!(
            check("tools: Read\n"),
            ["7:13-7:19 info The skill `filing` cannot be loaded without `Skill`"]
        );
        let ordered = |body: &str| {
            let text = format!("---\nname: x\ndescription: y\ntools: Read\n---\n\n{body}\n");
            findings("unlisted-tool", ".claude/agents/x.md", &text)
        };
        assert_eq!(
            ordered("Run the `file-mail` skill."),
            ["7:10-7:19 info The skill `file-mail` cannot be loaded without `Skill`"]
        );
        for body in ["The `file-mail` skill does it.", "Do not use the `file-mail` skill."] {
            assert_eq!(ordered(body), [""; 0], "{body}");
        }
        for fields in ["", "tools: Read, Skill\n", "tools: Read\nskills: filing\n"] {
            assert_eq!(check(fields), [""; 0], "{fields}");
        }
    }

    #[test]
    fn a_tool_that_is_called_one_must_be_listed() {
        assert_eq!(
            check("Read", "Use the `Write` tool. The Write tool is fast."),
            ["6:10-6:15 warning `Write` is not in `tools` (2 places)"]
        );
    }

    #[test]
    fn tools_of_a_server_are_one_finding() {
        assert_eq!(
            check("Read, mcp__b", "```\nmcp__a__go {}\nmcp__a__stop {}\n```\n\nmcp__b__x"),
            ["7:1-7:11 warning `mcp__a__go` is not in `tools` (2 places)"]
        );
        assert_eq!(check("Read, mcp__a__*", "Call mcp__a__go."), [""; 0]);
        assert_eq!(check("Read, mcp__a-b__go", "```js\nmcp__a_b__go()\n```"), [""; 0]);
        assert_eq!(check("Read", "Tools such as mcp__*, mcp__a__* and mcp__<server>__x."), [""; 0]);
        let own = "Read\nmcpServers:\n  - a: {command: b}";
        assert_eq!(check(own, "Call mcp__a__go."), [""; 0]);
    }

    #[test]
    fn what_nobody_asks_for_is_left_alone() {
        for (tools, body) in [
            ("Read", "Do not use the Write tool."),
            ("Read", "Use the Write tool if available."),
            ("Read", "Write tool descriptions. Use the search tool."),
            ("Read", "Spawn it with the Task tool."),
            ("\"*\"", "Use the Write tool."),
            ("Read, Write(docs/**)", "Use the Write tool."),
        ] {
            assert_eq!(check(tools, body), [""; 0], "{body}");
        }
        let all = "---\nname: x\ndescription: Use it\n---\nUse the Write tool.\n";
        assert_eq!(findings("unlisted-tool", ".claude/agents/x.md", all), [""; 0]);
    }

    #[test]
    fn a_server_that_the_text_says_to_use_must_be_granted() {
        for (body, found) in [
            ("Prefer Chrome DevTools MCP for snapshots.", "6:8-6:27 Chrome DevTools MCP"),
            ("You must only use the JFrog MCP tools.", "6:23-6:32 JFrog MCP"),
            ("3. Create it using Amplitude MCP.", "6:20-6:33 Amplitude MCP"),
            ("Query it via the `wiki` MCP server.", "6:18-6:28 wiki MCP"),
        ] {
            let (place, name) = found.split_once(' ').unwrap();
            let found = format!("{place} warning No tool of `{name}` is in `tools`");
            assert_eq!(check("Read", body), [found], "{body}");
        }
        for body in [
            "Use Playwright MCP if it is available.",
            "Use the MCP server. Use your MCP. Use any MCP tool. Use other MCP servers.",
            "## Use Playwright MCP",
            "```\nUse Playwright MCP\n```",
            "Never use Playwright MCP.",
            "The Model Context Protocol with MCPs.",
            "Playwright MCP drives a browser.",
        ] {
            assert_eq!(check("Read", body), [""; 0], "{body}");
        }
        assert_eq!(check("Read, mcp__chrome-devtools__snap", "Use Chrome DevTools MCP."), [""; 0]);
        for body in [
            "Use TypeScript MCP SDK for it.",
            "Prefer Python MCP servers.",
            "Use VS Code MCP configuration.",
            "Query the GitHub MCP Registry.",
        ] {
            assert_eq!(check("Read", body), [""; 0], "{body}");
        }
        let mode = "customModes:\n  - slug: x\n    name: X\n    roleDefinition: Use Chrome DevTools MCP.\n    groups: [read, mcp]\n";
        assert_eq!(findings("unlisted-tool", ".roomodes", mode), [""; 0]);
        let own = "Read\nmcpServers:\n  - chrome-devtools: {command: b}";
        assert_eq!(check(own, "Use Chrome DevTools MCP."), [""; 0]);
    }

    #[test]
    fn servers_that_the_text_offers_are_looked_up() {
        let list = "**MCP Integration**:\n\n- **Context7**: documents\n- **Long-thinking**: thoughts\n- **Two words**: data\n";
        assert_eq!(
            check("Read, mcp__context7__docs", list),
            ["9:5-9:18 warning No tool of `Long-thinking` is in `tools`"]
        );
        assert_eq!(check("Read, mcp__context7, mcp__long_thinking__go", list), [""; 0]);
        assert_eq!(check("Read", &list.replace("MCP Integration", "Parts")), [""; 0]);
        assert_eq!(
            check("Read", "Use MCP tools like `my-wiki` for context."),
            ["6:21-6:28 warning No tool of `my-wiki` is in `tools`"]
        );
    }

    #[test]
    fn what_another_agent_uses_and_an_alternative_are_not_asked_for() {
        for body in [
            "- The executor should use `mcp__xcode__docs` before it.",
            "The **executor** must use `mcp__xcode__docs`.",
            "Quick run: `swift test` or `mcp__xcode__test`",
            "Look it up with the `Read` or `Grep` tool.",
        ] {
            assert_eq!(check("Read", body), [""; 0], "{body}");
        }
        for body in [
            "The agent should use `mcp__xcode__docs`.",
            "When you have the plan, you must use `mcp__xcode__docs`.",
            "The executor waits. Use `mcp__xcode__docs`.",
        ] {
            assert_eq!(check("Read", body).len(), 1, "{body}");
        }
    }

    #[test]
    fn the_tools_of_a_server_are_written_as_the_host_writes_them() {
        let help = |path: &str, body: &str| {
            let text =
                format!("---\nname: x\ndescription: Use it daily\ntools: [Read]\n---\n{body}\n");
            let report = crate::check(&crate::Input::new(&text).at(path), &Default::default());
            let found = report.diagnostics.into_iter().find(|d| d.rule == "unlisted-tool").unwrap();
            String::from(found.help.unwrap())
        };
        assert_eq!(
            help(".claude/agents/x.md", "Use ClickUp MCP to read the task."),
            "Add the tools of the server to `tools`, each as `mcp__SERVER__TOOL`."
        );
        assert_eq!(
            help(".github/agents/x.agent.md", "Use ClickUp MCP to read the task."),
            "Add the tools of the server to `tools`, each as `SERVER/TOOL`."
        );
        assert_eq!(
            help(".claude/agents/x.md", "Call mcp__a__go."),
            "Add it to `tools`, or name a tool from that list."
        );
    }

    #[test]
    fn two_tools_in_one_order_are_read() {
        let check = |tools: &str, body: &str| {
            let text =
                format!("---\nname: x\ndescription: Use it\ntools: [{tools}]\n---\n{body}\n");
            findings("unlisted-tool", ".github/agents/x.agent.md", &text)
        };
        let body = "Use search and usages tools to find it.";
        assert_eq!(
            check("search/codebase", body),
            ["6:16-6:22 warning `usages` is not in `tools`"]
        );
        assert_eq!(check("search", body), [""; 0]);
        assert_eq!(check("read", "Find and usages tools. The edit and search tools."), [""; 0]);
        assert_eq!(
            check("search", "The `githubRepo` grant gives it."),
            ["6:6-6:16 warning `githubRepo` is not in `tools`"]
        );
    }

    #[test]
    fn a_set_grants_what_it_holds() {
        let text =
            "---\nname: x\ndescription: Use it\ntools: ['search']\n---\nUse the `usages` tool.\n";
        assert_eq!(findings("unlisted-tool", ".github/agents/x.agent.md", text), [""; 0]);
    }
}
