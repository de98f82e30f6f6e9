//! Reports tools of another host, in a list that was written for that host.

use super::wording::{joined, shortened};
use super::{Check, Context, Example, Finding, Profile, Rule, tool_order};
use crate::diagnostic::Severity;
use crate::host::{HOSTS, Host, Tool, ToolStatus};
use crate::text::Span;
use crate::tools::{self, Resolution, ToolEntry, ToolList};
use alloc::format;
use alloc::string::{String, ToString};
use alloc::vec::Vec;

/// The rule.
pub(super) static RULE: Rule = Rule {
    name: "foreign-tool",
    severity: Severity::Warning,
    profile: Profile::Core,
    summary: "A tool is listed or called under the name that another host uses.",
    why: "A role copied from one product to another keeps the original tool names. Claude Code silently ignores them and Gemini CLI rejects the whole file, so the role runs without the tools it describes, or not at all.",
    example: Example {
        path: ".claude/agents/dba.md",
        bad: "---\nname: dba\ndescription: Tunes queries. Use when a query is slow.\ntools: Read, codebase\n---\n\nYou tune queries.\n",
        at: "codebase",
        good: "---\nname: dba\ndescription: Tunes queries. Use when a query is slow.\ntools: Read, Grep\n---\n\nYou tune queries.\n",
        files: &[],
    },
    check: Check::Role(check),
};

fn check(cx: &mut Context<'_>) {
    let mut found = Vec::new();
    for list in cx.tools() {
        let mut seen: Vec<&Host> = Vec::new();
        for entry in &list.entries {
            let Resolution::Foreign(other) = entry.resolution else { continue };
            if !seen.iter().any(|host| host.id == other.id) {
                seen.push(other);
                found.extend(about(cx, list, other));
            }
        }
    }
    found.extend(called(cx));
    found.extend(named(cx));
    for finding in found {
        cx.report(finding);
    }
}

/// Calls in code spans that exist only in another product: "Return `attempt_completion`".
fn called(cx: &Context<'_>) -> Option<Finding> {
    let (role, host) = (cx.role, cx.host);
    // If the host has no known tools, or if products share its format, any product may read the
    // file.
    let is_shared = host.tools.list.is_empty() || !host.clients.is_empty();
    if is_shared || !host.tools.own_calls.is_empty() {
        return None;
    }
    let spans = role.outline.code.iter().filter(|code| code.start >= role.body.start);
    let mut found: Vec<Span> = Vec::new();
    let mut owner = None;
    for span in spans {
        // The lengths of the shortest and the longest call in backticks.
        if !(10..=23).contains(&span.len()) {
            continue;
        }
        let name = span.of(role.text).trim_matches('`');
        let calls = |other: &&Host| other.tools.own_calls.contains(&name);
        let Some(other) = HOSTS.iter().find(calls) else { continue };
        let line = role.line_at(span.start).of(role.text).to_ascii_lowercase();
        let of_its_own = host.tool(name).is_some() || line.starts_with('|');
        let product = other.product.split(' ').next().unwrap_or("").to_ascii_lowercase();
        let is_named = line.contains(&product);
        let is_order = !NOT_CALLING.iter().any(|word| line.contains(word));
        if is_order && !of_its_own && !is_named && role.outline.fence_at(span.start).is_none() {
            owner = owner.or(Some(other));
            found.push(*span);
        }
    }
    let (first, more) = found.split_first()?;
    let name = first.of(role.text).trim_matches('`');
    let message = format!("`{name}` is a tool in {}, not in {}", owner?.product, host.product);
    let finding = Finding::new(*first, message)
        .and_more(more.len())
        .labels(more.iter().copied(), "also here")
        .reason("The model is told to call a tool that it does not have.");
    Some(finding.help("Name a tool of this product, or say what to do in words."))
}

/// Orders in prose to use a tool that only other products have: "Use WebSearch". A list that names
/// it is reported instead.
fn named(cx: &Context<'_>) -> Vec<Finding> {
    let (role, host) = (cx.role, cx.host);
    let is_closed = !host.tools.list.is_empty() && !host.tools.open;
    if !(is_closed || host.tools.closed_calls) || !host.clients.is_empty() || cx.host_is_guessed() {
        return Vec::new();
    }
    let is_listed = |name: &str| {
        let mut entries = cx.tools().iter().flat_map(|list| &list.entries);
        entries.any(|entry| entry.name() == name)
    };
    let about = |(name, places): (&str, Vec<Span>)| {
        let (first, more) = places.split_first()?;
        let mut readers = tools::compatible_hosts(host);
        let is_own = readers.any(|host| host.tool_ignoring_case(name).is_some());
        if is_own || is_listed(name) {
            return None;
        }
        let (other, tool) = HOSTS.iter().find_map(|other| Some((other, other.tool(name)?)))?;
        let message = format!("`{name}` is a tool in {}, not in {}", other.product, host.product);
        let finding = Finding::new(*first, message)
            .severity(Severity::Info)
            .and_more(more.len())
            .labels(more.iter().copied(), "also here")
            .reason("The model is told to call a tool that it does not have.");
        Some(finding.help(match host.counterpart(tool) {
            Some(own) => format!("Name `{}`.", own.name),
            None => "Name a tool of this product, or say what to do in words.".into(),
        }))
    };
    let places = tool_order::all(role);
    tool_order::by_name(role.text, &places).into_iter().filter_map(about).collect()
}

/// Words in a line that does not tell the model to call something.
const NOT_CALLING: [&str; 11] = [
    " not ",
    "n't",
    "never",
    "instead of",
    "rather than",
    "called ",
    "→",
    "->",
    "porting",
    "convert",
    "migrat",
];

fn about(cx: &Context<'_>, list: &ToolList<'_>, other: &'static Host) -> Option<Finding> {
    let host = cx.host;
    let is_theirs = |entry: &&ToolEntry<'_>| entry.resolution == Resolution::Foreign(other);
    let theirs: Vec<_> = list.entries.iter().filter(is_theirs).collect();
    let first = theirs.first()?;
    let mut finding = Finding::new(first.span, message(&theirs, other, host))
        .severity(cx.tool_severity(list))
        .help(help(&theirs, other, host));
    for entry in theirs.iter().skip(1).take(super::finding::MAX_LABELS) {
        finding = finding.label(
            entry.span,
            match counterpart(host, other, entry.name()) {
                Some(own) => format!("`{own}` in {}", host.product),
                None => format!("no equivalent in {}", host.product),
            },
        );
    }
    if let Some(reason) = list.consequence(host) {
        finding = finding.reason(reason);
    }
    let change = |at: usize| {
        let entry = list.entries.get(at).filter(is_theirs)?;
        Some(counterpart(host, other, entry.name()))
    };
    Some(match list.replace(cx.role.text, change) {
        Some(edits) => finding.unsafe_fix(title(&theirs, other, host), edits),
        None => finding,
    })
}

/// The help names this many tools at most.
const MOST_NAMES: usize = 8;

fn message(theirs: &[&ToolEntry<'_>], other: &'static Host, host: &Host) -> String {
    let names: Vec<_> = theirs.iter().map(|entry| format!("`{}`", entry.shown())).collect();
    let is_of_server = theirs.iter().all(|entry| listed(other, entry.name()).is_none());
    let are_of_servers =
        is_of_server && theirs.iter().all(|entry| other.split_server_tool(entry.name()).is_some());
    let (theirs, ours) = (other.product, host.product);
    match names.as_slice() {
        [name] if is_of_server => {
            format!("{name} uses the server tool syntax of {theirs}, not of {ours}")
        }
        several if are_of_servers => {
            let names = shortened(several);
            format!("{names} use the server tool syntax of {theirs}, not of {ours}")
        }
        [name] => format!("{name} is a tool in {theirs}, not in {ours}"),
        several => format!("{} are tools in {theirs}, not in {ours}", shortened(several)),
    }
}

fn help(theirs: &[&ToolEntry<'_>], other: &'static Host, host: &'static Host) -> String {
    let mut own: Vec<String> = Vec::new();
    for entry in theirs {
        let Some(name) = counterpart(host, other, entry.name()) else { continue };
        let name = format!("`{name}`");
        if !own.contains(&name) {
            own.push(name);
        }
    }
    let those = if theirs.len() == 1 { "it" } else { "them" };
    let more = own.len().saturating_sub(MOST_NAMES);
    own.truncate(MOST_NAMES);
    let own = match more {
        0 => joined(&own, "and"),
        more => format!("{} and {more} more", own.join(", ")),
    };
    if own.is_empty() {
        return format!("Remove {those}; {} has no equivalent.", host.product);
    }
    format!("Replace {those} with {own}.")
}

fn title(theirs: &[&ToolEntry<'_>], other: &'static Host, host: &'static Host) -> String {
    let own = |entry: &&ToolEntry<'_>| counterpart(host, other, entry.name());
    match theirs {
        [entry] => match own(entry) {
            Some(own) => format!("Replace `{}` with `{own}`", entry.shown()),
            None => format!("Remove `{}`", entry.shown()),
        },
        _ if theirs.iter().any(|entry| own(entry).is_some()) => {
            format!("Replace with the equivalent {} tools", host.product)
        }
        _ => format!("Remove the {} tools", other.product),
    }
}

/// The equivalent in `host` of a tool of `other`.
fn counterpart(host: &'static Host, other: &'static Host, name: &str) -> Option<String> {
    let same = host.tool_ignoring_case(name).filter(|tool| tool.status == ToolStatus::Current);
    if let Some(tool) = same {
        return Some(tool.name.to_string());
    }
    if let Some(tool) = listed(other, name) {
        return host.counterpart(tool).map(|own| own.name.to_string());
    }
    let theirs = other.split_server_tool(name)?;
    host.server_tool(theirs.server, theirs.tool)
}

/// The tool with this name, on a host or on a host that reads the same files.
fn listed(other: &'static Host, name: &str) -> Option<&'static Tool> {
    let among_compatible = || tools::compatible_hosts(other).find_map(|host| tool_of(host, name));
    tool_of(other, name).or_else(among_compatible)
}

/// The tool with this name; for an unknown tool of a known set, the set before the `/`.
fn tool_of(other: &'static Host, name: &str) -> Option<&'static Tool> {
    let exact = |name: &str| other.tools.list.iter().find(|tool| tool.name == name);
    exact(name).or_else(|| exact(name.split_once('/')?.0)).or_else(|| other.tool(name))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::check::check;
    use crate::diagnostic::Applicability;
    use crate::input::Input;
    use crate::options::Options;
    use crate::rules::tests::{findings, fixed};

    const AGENT: &str = ".claude/agents/a.md";

    #[test]
    fn calls_of_another_product_in_the_text_are_found() {
        let check = |path: &str, body: &str| {
            let text = format!("---\nname: a\ndescription: b\n---\n{body}\n");
            findings("foreign-tool", path, &text)
        };
        let body = "Use `apply_diff` to edit.\nReturn `attempt_completion` with a summary.";
        assert_eq!(
            check(AGENT, body),
            ["5:5-5:17 warning `apply_diff` is a tool in Roo Code, not in Claude Code (2 places)"]
        );
        for text in [
            "Roo calls this `attempt_completion`.",
            "When porting, use `ask_followup_question` → `AskUserQuestion`.",
            "Do not use `apply_diff`.",
            "```\nattempt_completion\n```",
            "| `switch_mode` | Agent |",
            "Use `read_file` to read.",
        ] {
            assert_eq!(check(AGENT, text), [""; 0], "{text}");
        }
        assert_eq!(check("AGENTS.md", body), [""; 0]);
        assert_eq!(check(".roo/rules/a.md", body), [""; 0]);
    }

    #[test]
    fn an_order_to_use_a_tool_of_another_product_is_pointed_out() {
        let codex = |order: &str| {
            let text = format!(
                "name = \"a\"\ndescription = \"b\"\ndeveloper_instructions = \"\"\"\n{order}\n\"\"\"\n"
            );
            findings("foreign-tool", ".codex/agents/a.toml", &text)
        };
        assert_eq!(
            codex("- Use WebSearch to look it up.\n- Read it with `WebSearch`."),
            ["4:7-4:16 info `WebSearch` is a tool in Claude Code, not in Codex (2 places)"]
        );
        let gemini = |order: &str| {
            let text = format!("---\nname: a\ndescription: b\n---\n{order}\n");
            findings("foreign-tool", ".gemini/agents/a.md", &text)
        };
        assert_eq!(
            gemini("Plan with the TodoWrite tool."),
            ["5:15-5:24 info `TodoWrite` is a tool in Claude Code, not in Gemini CLI"]
        );
        for order in ["Use web_search.", "Do not use WebSearch.", "A websearch helps.", "Use Read."]
        {
            assert_eq!(codex(order), [""; 0], "{order}");
            assert_eq!(gemini(order), [""; 0], "{order}");
        }
    }

    fn role(tools: &str) -> String {
        format!("---\nname: a\ndescription: b\ntools: {tools}\n---\nx\n")
    }

    fn found(path: &str, tools: &str) -> Vec<String> {
        findings("foreign-tool", path, &role(tools))
    }

    /// The list after the unsafe fix.
    fn mapped(path: &str, tools: &str) -> String {
        let text = role(tools);
        let fixed = crate::fix::fix(
            &Input::new(&text).at(path),
            &Options::default(),
            Applicability::Unsafe,
        );
        fixed.text.lines().nth(3).unwrap().strip_prefix("tools: ").unwrap().to_string()
    }

    #[test]
    fn both_hosts_are_named() {
        assert_eq!(
            found(AGENT, "Read, run_shell_command"),
            ["4:14-4:31 warning `run_shell_command` is a tool in Gemini CLI, not in Claude Code"]
        );
    }

    #[test]
    fn a_converted_list_is_one_finding() {
        assert_eq!(
            found(
                AGENT,
                "['codebase', 'edit/editFiles', 'fetch', 'githubRepo', 'microsoft.docs.mcp']"
            ),
            [
                "4:10-4:18 error `codebase`, `edit/editFiles`, `fetch` and 2 more are tools in VS Code, not in Claude Code"
            ]
        );
    }

    #[test]
    fn further_places_say_what_to_write() {
        let text = role("[codebase, fetch, vscodeAPI]");
        let report = check(&Input::new(&text).at(AGENT), &Options::default());
        let finding = report.diagnostics.iter().find(|d| d.rule == RULE.name).unwrap();
        let labels: Vec<_> =
            finding.labels.iter().map(|l| format!("{}: {}", l.span.of(&text), l.message)).collect();
        assert_eq!(
            labels,
            ["fetch: `WebFetch` in Claude Code", "vscodeAPI: no equivalent in Claude Code"]
        );
        assert_eq!(finding.help.as_deref(), Some("Replace them with `Grep` and `WebFetch`."));
        assert_eq!(
            finding.reason.as_deref(),
            Some("Claude Code refuses to launch an agent whose tool list contains no known tools.")
        );
    }

    #[test]
    fn the_fix_maps_each_tool_once() {
        assert_eq!(
            mapped(AGENT, "['codebase', 'search', 'edit/editFiles', 'runCommands', 'vscodeAPI']"),
            "['Grep', 'Edit', 'Bash']"
        );
        assert_eq!(mapped(AGENT, "read_file, replace, Bash(git *)"), "Read, Edit, Bash(git *)");
        assert_eq!(mapped(".gemini/agents/a.md", "[Read, Glob]"), "[read_file, glob]");
    }

    #[test]
    fn tools_of_servers_are_written_in_the_own_form() {
        assert_eq!(mapped(AGENT, "[search, 'github/*', edit]"), "[Grep, 'mcp__github__*', Edit]");
        assert_eq!(mapped(AGENT, "[search, execute/killTerminal]"), "[Grep, Bash]");
    }

    #[test]
    fn a_switch_for_a_tool_of_a_server_is_named_the_way_of_the_host() {
        let switch = |key: &str| {
            let text = format!("---\ndescription: b\ntools:\n  {key}: true\n---\nx\n");
            findings("foreign-tool", ".opencode/agents/a.md", &text)
        };
        assert_eq!(
            switch("mcp__wiki__find"),
            [
                "4:3-4:18 warning `mcp__wiki__find` uses the server tool syntax of Claude Code, not of OpenCode"
            ]
        );
        assert_eq!(
            switch("mcp__wiki__find: true\n  mcp__wiki__get"),
            [
                "4:3-4:18 warning `mcp__wiki__find` and `mcp__wiki__get` use the server tool syntax of Claude Code, not of OpenCode"
            ]
        );
        for key in ["wiki_find", "wiki_*", "mcp_wiki_find", "my__own__tool", "\"*\""] {
            assert_eq!(switch(key), [""; 0], "{key}");
        }
    }

    #[test]
    fn tools_of_extensions_go_with_the_list_they_came_in() {
        assert_eq!(
            found(AGENT, "codebase, githubRepo, shell, pgsql_connect, create_issue"),
            [
                "4:8-4:16 error `codebase`, `githubRepo`, `shell` and 2 more are tools in VS Code, not in Claude Code"
            ]
        );
        assert_eq!(found(AGENT, "Read, codebase, pgsql_connect").len(), 1);
    }

    #[test]
    fn a_safe_run_changes_nothing() {
        assert_eq!(fixed(AGENT, &role("Read, codebase")), role("Read, codebase"));
    }

    #[test]
    fn a_host_that_refuses_the_file_makes_it_an_error() {
        assert_eq!(
            found(".gemini/agents/a.md", "[Read, Glob]"),
            ["4:9-4:13 error `Read` and `Glob` are tools in Claude Code, not in Gemini CLI"]
        );
    }

    #[test]
    fn names_of_another_host_beside_names_that_work_are_found() {
        let agent = ".qwen/agents/a.md";
        assert_eq!(
            found(agent, "[Read, Grep, Bash, todo_write]"),
            ["4:9-4:13 warning `Read` and `Bash` are tools in Claude Code, not in Qwen Code"]
        );
        assert_eq!(
            mapped(agent, "[Read, Grep, Write, Bash]"),
            "[read_file, Grep, write_file, run_shell_command]"
        );
        let own = "[ReadFile, Grep, Shell, omni_clip_audio, mcp__a__b, SearchFiles, '*']";
        assert_eq!(found(agent, own), [""; 0]);
    }

    #[test]
    fn hosts_that_read_each_others_files_and_open_hosts_are_quiet() {
        assert_eq!(
            found(".github/agents/a.agent.md", "[codebase, Read, run_shell_command]"),
            [""; 0]
        );
        assert_eq!(found("a/b.chatmode.md", "[Read, Bash]"), [""; 0]);
    }
}
