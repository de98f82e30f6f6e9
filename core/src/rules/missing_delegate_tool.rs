//! Reports roles that are told to delegate but have no delegation tool in their tool list.

use super::unknown_agent::Known;
use super::{Check, Context, Example, Finding, Profile, Rule};
use crate::agents::are_alike;
use crate::diagnostic::Severity;
use crate::front_matter::Field;
use crate::host::{Capability, FieldRole};
use crate::role::Role;
use crate::text::{Span, letters};
use crate::tools::{Grant, ToolList};
use alloc::format;
use alloc::string::String;

/// The rule.
pub(super) static RULE: Rule = Rule {
    name: "missing-delegate-tool",
    severity: Severity::Warning,
    profile: Profile::Core,
    summary: "The text tells the role to delegate, but its tool list has no tool for that.",
    why: "A role with a tool list can do only what the list grants. Told to delegate without the tool, it does the work itself or claims that it is done.",
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
    if !cx.host.tools.restricts || cx.host.tools.always.contains(&tool.name) {
        return;
    }
    let Some(list) = cx.tools().iter().find(|list| list.grant == Grant::Allowed) else { return };
    if list.entries.is_empty() || may_delegate(cx, list) {
        return;
    }
    let asked = || request(cx).or_else(|| protocol(cx, list));
    let (span, what) = if let Some(field) = listing(cx) {
        (field.name_span, format!("`{}` lists agents", field.name))
    } else if let Some(span) = order(cx).or_else(|| call(cx)) {
        (span, String::from("The text says to delegate"))
    } else if let Some(span) = asked() {
        (span, String::from("The text sends a request to another agent"))
    } else {
        return;
    };
    let message = format!("{what}, but `{}` lacks `{}`", list.field.name, tool.name);
    let finding = Finding::new(span, message)
        .label(list.field.value.span, "tools are listed here")
        .reason("The role cannot reach another agent, so it does without, or invents the answer.")
        .help(format!("Add `{}`, or say who should delegate.", tool.name));
    cx.report(finding);
}

/// Whether a place is in a section about tasks that the role leaves to others or must not do.
fn is_ruled_out(role: &Role<'_>, at: usize) -> bool {
    const TITLES: [&str; 7] =
        ["out of scope", "do not", "don't", "not to", "never", "avoid", "when not"];
    let mut around = role.sections().iter().filter(|section| section.span.contains(at));
    around.any(|section| {
        let title = section.title.of(role.text).to_ascii_lowercase();
        TITLES.iter().any(|words| title.contains(words))
    })
}

/// The field that lists the agents which the role may start, unless the list is empty.
fn listing<'a>(cx: &Context<'a>) -> Option<&'a Field<'a>> {
    let mut fields = cx.known_fields().filter(|(known, _)| known.role == FieldRole::Agents);
    let is_filled = |field: &&Field<'_>| field.value.items().is_some_and(|items| !items.is_empty());
    fields.find_map(|(_, field)| Some(field).filter(is_filled))
}

fn may_delegate(cx: &Context<'_>, list: &ToolList<'_>) -> bool {
    list.entries.iter().any(|entry| {
        let tool = cx.host.tool_ignoring_case(entry.name());
        cx.host.tools.all == Some(entry.name())
            || tool.map_or(entry.name().contains(['*', '{']), |tool| tool.can(Capability::Delegate))
    })
}

/// The first sentence that begins with an order to delegate to something with a role's name.
fn order(cx: &Context<'_>) -> Option<Span> {
    let body = cx.role.body;
    for at in memchr::memmem::find_iter(body.of(cx.role.text).as_bytes(), "Delegate to ") {
        let start = body.start + at;
        let line = cx.role.line_at(start);
        let before = Span::new(line.start, start).of(cx.role.text).trim_end();
        let begins = before.is_empty()
            || before.ends_with(['.', ':', '-', '*', '+', '|', '→'])
            || before.bytes().all(|b| b.is_ascii_digit());
        let rest = Span::new(start, line.end).of(cx.role.text);
        let name = rest.strip_prefix("Delegate to ")?;
        let name = name.strip_prefix("the ").unwrap_or(name);
        let bare = name.trim_start_matches(['`', '*', '@']);
        let end = bare.find(|c: char| !(c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-'));
        let word = bare.get(..end.unwrap_or(bare.len())).unwrap_or("");
        let quoted = bare.len() < name.len();
        let is_name = !word.is_empty() && (quoted || word.contains('-'));
        let is_said = cx.role.outline.code_at(start).is_none() && !is_ruled_out(cx.role, start);
        if begins && is_name && is_said {
            let marks = 2 * (name.len() - bare.len());
            let length = rest.len() - name.len() + marks + word.len();
            return Some(Span::new(start, (start + length).min(line.end)));
        }
    }
    None
}

/// A line that begins with an order to delegate and names the call: "Delegate both in parallel
/// (`Agent(reviewer)`)".
fn call(cx: &Context<'_>) -> Option<Span> {
    let text = cx.role.text;
    let is_call = |code: &&Span| {
        let name = code.of(text).trim_start_matches('`').split_once('(');
        let tool = name.and_then(|(name, _)| cx.host.tool(name));
        code.start >= cx.role.body.start && tool.is_some_and(|tool| tool.can(Capability::Delegate))
    };
    cx.role.outline.code.iter().filter(is_call).find_map(|code| {
        if cx.role.outline.fence_at(code.start).is_some() {
            return None;
        }
        let line = cx.role.line_at(code.start);
        let start = line.start + lead(line.of(text));
        let sentence = Span::new(start, code.start).of(text);
        // A label in brackets: `[HARD]`.
        let tag = sentence.strip_prefix('[').and_then(|rest| rest.split_once("] "));
        let sentence = tag.map_or(sentence, |(_, rest)| rest);
        let order = ["Delegate ", "Spawn "].iter().find(|verb| sentence.starts_with(**verb))?;
        let is_told = sentence.contains("orchestrator") || sentence.contains("route to");
        let start = code.start - sentence.len();
        (!is_told).then(|| Span::new(start, start + order.trim_end().len()))
    })
}

/// Verbs that are followed by an agent's name in plain words.
const ASKING: [&str; 6] = ["query", "ask", "consult", "invoke", "request", "spawn"];

/// Verbs that are also used with tools and commands: only a name that is marked up or spelled as an
/// agent's name counts.
const USING: [&str; 4] = ["use", "run", "call", "launch"];

/// The longest name of an agent, in words.
const MAX_WORDS: usize = 5;

/// What such a verb may ask an agent for.
const HELP: [&str; 3] = ["help from ", "assistance from ", "support from "];

/// The first line that begins with a request to another agent of the workspace or of the host.
fn request(cx: &Context<'_>) -> Option<Span> {
    let text = cx.role.text;
    let own = cx.role.field("name").and_then(|field| field.value.as_str()).map(letters);
    let mut agents = None;
    cx.role.body_lines().find_map(|line| {
        let start = line.start + lead(line.of(text));
        let sentence = Span::new(start, line.end).of(text);
        let (verb, rest) = sentence.split_once(' ')?;
        let asks = ASKING.iter().any(|word| verb.eq_ignore_ascii_case(word));
        if !asks && !USING.iter().any(|word| verb.eq_ignore_ascii_case(word)) {
            return None;
        }
        let rest = HELP.iter().find_map(|lead| rest.strip_prefix(lead)).unwrap_or(rest);
        let agents = agents.get_or_insert_with(|| cx.files.is_known().then(|| Known::of(cx)));
        let is_other = |name: &str| {
            let is_built_in = cx.host.agents.iter().any(|agent| are_alike(agent, name));
            let is_there = || agents.as_ref().is_some_and(|agents| agents.is_there(name));
            (is_built_in || is_there()) && own.as_ref() != Some(&letters(name))
        };
        let end = named(rest, asks, &is_other)?;
        let span = Span::new(start, line.end - rest.len() + end);
        let is_said = cx.role.outline.code_at(start).is_none() && !is_ruled_out(cx.role, start);
        is_said.then_some(span)
    })
}

/// The line of a JSON request that names the agent it comes from. A special-purpose tool may exist
/// to send it.
fn protocol(cx: &Context<'_>, list: &ToolList<'_>) -> Option<Span> {
    let may_send = list.entries.iter().any(|entry| {
        let tool = cx.host.tool_ignoring_case(entry.name());
        tool.is_none_or(|tool| tool.can(Capability::Other))
    });
    let body = cx.role.body;
    let find = |key: &str| memchr::memmem::find(body.of(cx.role.text).as_bytes(), key.as_bytes());
    if may_send || find("\"request_type\"").is_none() {
        return None;
    }
    let at = body.start + find("\"requesting_agent\"")?;
    let line = cx.role.line_at(at);
    let lead = line.len() - line.of(cx.role.text).trim_start().len();
    cx.role.outline.fence_at(at)?;
    Some(in_words(cx).unwrap_or(Span::new(line.start + lead, line.end)))
}

/// The line that states in words what a JSON request would request: "Query context manager for the
/// data".
fn in_words(cx: &Context<'_>) -> Option<Span> {
    let text = cx.role.text;
    cx.role.body_lines().find_map(|line| {
        let start = line.start + lead(line.of(text));
        let sentence = Span::new(start, line.end).of(text);
        let (verb, rest) = sentence.split_once(' ')?;
        let name = rest.split(" for ").next().filter(|name| name.len() < rest.len())?;
        let is_agent = name.ends_with("manager") || name.ends_with("agent");
        let is_short = name.split(' ').count() <= MAX_WORDS;
        let asks = ASKING.iter().any(|word| verb.eq_ignore_ascii_case(word));
        let end = start + verb.len() + 1 + name.len();
        (asks && is_agent && is_short && cx.role.outline.code_at(start).is_none())
            .then(|| Span::new(start, end))
    })
}

/// The length of a list marker and of a bold label before the item's text.
fn lead(line: &str) -> usize {
    let marks =
        |c: char| c.is_whitespace() || c.is_ascii_digit() || matches!(c, '-' | '+' | '.' | ')');
    let item = line.trim_start_matches(marks);
    let text = item.trim_start_matches("* ").trim_start();
    let label =
        text.strip_prefix("**").and_then(|label| label.split_once("**")?.1.strip_prefix(':'));
    line.len() - label.unwrap_or(text).trim_start().len()
}

/// The end of an agent's name at the start of a text: "the code-reviewer agent", "`tester`".
fn named(text: &str, asks: bool, is_other: &dyn Fn(&str) -> bool) -> Option<usize> {
    let bare = text.strip_prefix("the ").unwrap_or(text);
    let name = bare.trim_start_matches(['`', '*', '@', '"']);
    let is_marked = name.len() < bare.len();
    let is_part = |c: char| c.is_alphanumeric() || matches!(c, '-' | '_');
    let ends = name.match_indices(|c: char| !is_part(c)).map(|(at, _)| at).chain([name.len()]);
    let mut longest = None;
    for end in ends.take(MAX_WORDS) {
        let (known, rest) = name.split_at(end);
        let rest = rest.trim_start_matches(['`', '*', '"']);
        let next = rest.trim_start().split(|c: char| !c.is_alphanumeric()).next().unwrap_or("");
        let is_agent = matches!(next, "agent" | "subagent");
        let is_spelled = known.contains('-') && !known.contains(' ');
        let is_plain = asks && known.contains([' ', '-']);
        let follows = is_agent || matches!(next, "for" | "to" | "about" | "on" | "with");
        if follows && (is_agent || is_marked || is_spelled || is_plain) && is_other(known) {
            longest = Some(text.len() - name.len() + end);
        }
        if !rest.starts_with(' ') {
            break;
        }
    }
    longest
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
        assert_eq!(
            check("tools: Read\n", "Delegate to the `planner` agent."),
            ["6:1-6:26 warning The text says to delegate, but `tools` lacks `Agent`"]
        );
        assert_eq!(check("tools: Read\n", "Delegate to the main agent."), [""; 0]);
        for tools in ["tools: Read, Task\n", "tools: Agent(x)\n", "tools: '*'\n", ""] {
            assert_eq!(check(tools, "Delegate to manager-docs."), [""; 0], "{tools}");
        }
    }

    #[test]
    fn what_a_role_leaves_to_others_is_no_order() {
        for title in ["Out of scope", "OUT OF SCOPE", "Do not", "When not to use"] {
            let body = format!("## {title}\n\n- Delegate to manager-docs.");
            assert_eq!(check("tools: Read\n", &body), [""; 0], "{title}");
        }
        assert_eq!(check("tools: Read\n", "## Docs\n\n- Delegate to manager-docs.").len(), 1);
    }

    #[test]
    fn a_list_of_agents_needs_the_tool_that_starts_them() {
        let check = |tools: &str| {
            let text = format!("---\ndescription: b\n{tools}---\nPlan.\n");
            findings("missing-delegate-tool", ".github/agents/a.agent.md", &text)
        };
        assert_eq!(
            check("tools: [read]\nagents: [tester]\n"),
            ["4:1-4:7 warning `agents` lists agents, but `tools` lacks `agent`"]
        );
        for lines in [
            "tools: [read, agent]\nagents: [tester]\n",
            "agents: [tester]\n",
            "tools: [read]\nagents: []\n",
            "tools: ['*']\nagents: [tester]\n",
        ] {
            assert_eq!(check(lines), [""; 0], "{lines}");
        }
    }

    #[test]
    fn an_order_with_the_call_needs_the_tool() {
        let found = "warning The text says to delegate, but `tools` lacks `Agent`";
        for (body, at) in [
            ("- [HARD] Delegate the fixes. Use `Agent(general-purpose)` for each.", "6:10-6:18"),
            ("2. **Review**: Spawn two reviewers (`Task(reviewer)`):", "6:16-6:21"),
        ] {
            assert_eq!(check("tools: Read\n", body), [format!("{at} {found}")], "{body}");
        }
        for body in [
            "It is spawned by the lead via `Task()`.",
            "| Delegate | `Agent(x)` |",
            "Delegate with care.\n\nThe lead calls `Agent(x)`.",
            "```\nDelegate it: `Agent(x)`\n```",
            "Recommend to delegate with `Agent(x)`.",
        ] {
            assert_eq!(check("tools: Read\n", body), [""; 0], "{body}");
        }
        assert_eq!(check("tools: Read, Agent\n", "Delegate it: `Agent(x)`."), [""; 0]);
    }

    fn among_agents(body: &str) -> Vec<String> {
        let text = format!("---\nname: a\ndescription: b\ntools: Read\n---\n{body}\n");
        let files = ["context-manager", "planner", "a"].map(|name| {
            let role = format!("---\nname: {name}\ndescription: b\n---\nHelp.\n");
            (format!(".claude/agents/{name}.md"), role)
        });
        let files: alloc::collections::BTreeMap<String, String> = files.into();
        let input = crate::Input::new(&text).at(".claude/agents/a.md").with_files(&files);
        let found = crate::check(&input, &crate::Options::default()).diagnostics.into_iter();
        let found = found.filter(|found| found.rule == "missing-delegate-tool");
        found.map(|found| String::from(found.span.of(&text))).collect()
    }

    #[test]
    fn a_request_to_an_agent_of_the_workspace_needs_the_tool() {
        for (body, at) in [
            ("1. Query context manager for the data", "Query context manager"),
            ("- **First**: Ask the `planner` for a plan", "Ask the `planner`"),
            ("Use the context-manager agent to look it up.", "Use the context-manager"),
            ("* Consult context-manager about it", "Consult context-manager"),
            (
                "4. Request help from the general-purpose agent",
                "Request help from the general-purpose",
            ),
            ("Use the Explore agent to find it", "Use the Explore"),
        ] {
            assert_eq!(among_agents(body), [at], "{body}");
        }
        for body in [
            "Query the data manager for the data",
            "Use planner tools to plan",
            "Ask planner for a plan",
            "Use context manager for the data",
            "Ask `a` for more",
            "Explore agent behavior",
            "Use a general-purpose language",
            "Ask for help from the team",
            "The lead will query context-manager for it",
            "```\nQuery context manager for the data\n```",
        ] {
            assert_eq!(among_agents(body), [""; 0], "{body}");
        }
    }

    #[test]
    fn an_agent_of_the_host_is_known_without_a_workspace() {
        assert_eq!(
            check("tools: Read\n", "Ask the general-purpose agent."),
            [
                "6:1-6:24 warning The text sends a request to another agent, but `tools` lacks `Agent`"
            ]
        );
    }

    #[test]
    fn a_request_in_json_needs_a_tool_that_sends_it() {
        let body = "Ask for it:\n```json\n{\n  \"requesting_agent\": \"a\",\n  \"request_type\": \"get\"\n}\n```";
        assert_eq!(
            check("tools: Read, Bash\n", body),
            [
                "9:3-9:27 warning The text sends a request to another agent, but `tools` lacks `Agent`"
            ]
        );
        let asked = format!("1. Query context manager for the data\n\n{body}");
        assert_eq!(
            check("tools: Read, Bash\n", &asked),
            [
                "6:4-6:25 warning The text sends a request to another agent, but `tools` lacks `Agent`"
            ]
        );
        for tools in ["tools: Read, SendMessage\n", "tools: Read, mcp__team__send\n", ""] {
            assert_eq!(check(tools, body), [""; 0], "{tools}");
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
