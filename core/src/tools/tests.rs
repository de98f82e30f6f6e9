use super::*;
use alloc::format;
use alloc::string::{String, ToString};

fn with_lists<T>(host: &str, front_matter: &str, run: impl Fn(&str, &[ToolList<'_>]) -> T) -> T {
    let text = format!("---\n{front_matter}\n---\nbody\n");
    let role = Role::parse(&text, "");
    run(&text, &read(&role, Host::by_id(host).unwrap()))
}

/// Every entry as the host reads it, with the text at its place if that differs.
fn entries(host: &str, front_matter: &str) -> Vec<String> {
    with_lists(host, front_matter, |text, lists| {
        let all = lists.iter().flat_map(|list| &list.entries);
        all.map(|entry| match (entry.exact, entry.whole.of(text)) {
            (false, _) => format!("{} (in {})", entry.text, entry.span.of(text)),
            (true, whole) => {
                assert_eq!(entry.span.of(text), entry.name());
                if whole == entry.text {
                    whole.to_string()
                } else {
                    format!("{} in {whole}", entry.text)
                }
            }
        })
        .collect()
    })
}

fn standings(host: &str, tools: &str) -> Vec<String> {
    with_lists(host, &format!("tools: {tools}"), |_, lists| {
        let all = lists.iter().flat_map(|list| &list.entries);
        all.map(|entry| match entry.resolution {
            Resolution::Foreign(other) => format!("{}: of {}", entry.text, other.id),
            other => format!("{}: {other:?}", entry.text),
        })
        .collect()
    })
}

fn without(front_matter: &str, name: &str) -> Option<String> {
    with_lists("claude-code", front_matter, |text, lists| {
        let list = &lists[0];
        let gone = |at: usize| (list.entries[at].name() == name).then_some(None);
        let edits = list.replace(text, gone)?;
        let mut text = text.to_string();
        for (span, new) in edits.into_iter().rev() {
            text.replace_range(span.range(), &new);
        }
        Some(text.lines().skip(1).take_while(|line| *line != "---").collect::<Vec<_>>().join("\n"))
    })
}

#[test]
fn a_string_is_divided_at_commas_outside_parentheses() {
    let front_matter = "tools: Read, Bash(git add, git commit) ,Agent (a, b),, mcp__x__y,";
    assert_eq!(
        entries("claude-code", front_matter),
        ["Read", "Bash(git add, git commit)", "Agent (a, b)", "mcp__x__y"]
    );
}

#[test]
fn a_skill_divides_at_spaces_too() {
    assert_eq!(
        entries("agent-skill", "allowed-tools: Bash(git add:*) Read,Grep"),
        ["Bash(git add:*)", "Read", "Grep"]
    );
    assert_eq!(
        entries("agent-skill", "allowed-tools:\n  - Read\n  - Bash(ls *)"),
        ["Read", "Bash(ls *)"]
    );
}

#[test]
fn words_between_commas_are_tools_only_where_all_of_them_are() {
    assert_eq!(entries("qwen", "tools: glob edit, agent"), ["glob", "edit", "agent"]);
    assert_eq!(entries("qwen", "tools: All tools, glob"), ["All tools", "glob"]);
}

#[test]
fn a_claude_agent_divides_at_spaces_as_well() {
    assert_eq!(
        entries("claude-code", "tools: Read Grpe Bash(git *) All tools, Glob"),
        ["Read", "Grpe", "Bash(git *)", "All", "tools", "Glob"]
    );
}

#[test]
fn lists_of_both_kinds_keep_the_places_of_their_items() {
    let flow = "tools: [Read, 'Grep', \"Glob\"]";
    assert_eq!(entries("claude-code", flow), ["Read", "Grep in 'Grep'", "Glob in \"Glob\""]);
    let block = "tools:\n  - Read # first\n  - \"Bash(git *)\"";
    assert_eq!(entries("claude-code", block), ["Read", "Bash(git *) in \"Bash(git *)\""]);
    assert_eq!(entries("claude-code", "tools: []"), [""; 0]);
    assert_eq!(entries("claude-code", "tools:"), [""; 0]);
}

#[test]
fn quoted_folded_and_block_strings_have_exact_places() {
    assert_eq!(entries("claude-code", "tools: \"Read, Grep\""), ["Read", "Grep"]);
    assert_eq!(entries("claude-code", "tools: Read,\n  Grep"), ["Read", "Grep"]);
    assert_eq!(entries("claude-code", "tools: >-\n  Read,\n  Grep"), ["Read", "Grep"]);
}

#[test]
fn an_escape_in_a_string_leaves_only_the_whole_value() {
    assert_eq!(
        entries("claude-code", r#"tools: "Re\u0061d, Grep""#),
        [r#"Read (in "Re\u0061d, Grep")"#, r#"Grep (in "Re\u0061d, Grep")"#]
    );
}

#[test]
fn a_list_that_yaml_splits_in_parentheses_has_no_entry_for_the_rest() {
    assert_eq!(entries("claude-code", "tools: [Agent(a, b), Read]"), ["Agent(a", "Read"]);
}

#[test]
fn unparsable_front_matter_still_gives_its_tools() {
    let front_matter = "description: use: often\ntools: Read, Docker";
    assert_eq!(entries("claude-code", front_matter), ["Read", "Docker"]);
}

#[test]
fn crlf_and_other_scripts_do_not_move_the_places() {
    assert_eq!(
        entries("claude-code", "description: 审查代码 😀\r\ntools:\r\n  - Read\r\n  - Grep\r"),
        ["Read", "Grep"]
    );
}

#[test]
fn switches_make_two_lists() {
    with_lists("opencode", "tools:\n  write: false\n  bash: true", |_, lists| {
        let named: Vec<_> = lists.iter().map(|list| (list.grant, list.entries[0].name())).collect();
        assert_eq!(named, [(Grant::Allowed, "bash"), (Grant::Denied, "write")]);
    });
}

#[test]
fn a_list_of_a_million_names_is_read_in_part() {
    let front_matter = format!("tools: {}", "Docker, ".repeat(100_000));
    assert_eq!(entries("claude-code", &front_matter).len(), MAX_ENTRIES);
}

#[test]
fn a_long_run_of_spaces_costs_one_look() {
    let front_matter = format!("allowed-tools: \"Read{}Grep\"", " ".repeat(1_000_000));
    assert_eq!(entries("agent-skill", &front_matter), ["Read", "Grep"]);
}

#[test]
fn each_name_has_one_standing() {
    assert_eq!(
        standings(
            "claude-code",
            "Read, Task, bash, MultiEdit, Docker, mcp__a__b, '*', '{{TOOLS}}'"
        ),
        [
            "Read: Known",
            "Task: Known",
            "bash: OtherCase(\"Bash\")",
            "MultiEdit: Removed(Some(\"Edit\"))",
            "Docker: Unknown",
            "mcp__a__b: Known",
            "'*': Unknown",
            "'{{TOOLS}}': Known"
        ]
    );
}

#[test]
fn a_converted_list_is_seen_as_one() {
    assert_eq!(
        standings("claude-code", "[read, search, edit/editFiles, codebase, fetch, azure_query]"),
        [
            "read: of vscode-agent",
            "search: of vscode-agent",
            "edit/editFiles: of vscode-agent",
            "codebase: of vscode-agent",
            "fetch: of vscode-agent",
            "azure_query: of vscode-agent"
        ]
    );
    assert_eq!(
        standings("gemini", "[Read, Glob, read_file]"),
        ["Read: of claude-code", "Glob: of claude-code", "read_file: Known"]
    );
}

#[test]
fn where_a_host_may_have_more_tools_an_unlisted_name_says_nothing() {
    assert_eq!(standings("copilot", "[azure_query, READ]"), ["azure_query: Known", "READ: Known"]);
}

#[test]
fn entries_go_with_their_separators() {
    assert_eq!(
        without("tools: Docker, Read, Docker, Grep, Docker", "Docker").unwrap(),
        "tools: Read, Grep"
    );
    assert_eq!(without("tools: ['Docker', Read]", "Docker").unwrap(), "tools: [Read]");
    assert_eq!(
        without("tools:\n  - Docker\n  - Read\n  - Docker\nmodel: opus", "Docker").unwrap(),
        "tools:\n  - Read\nmodel: opus"
    );
}

#[test]
fn a_list_is_never_emptied_and_a_comment_never_lost() {
    assert_eq!(without("tools: Docker", "Docker"), None);
    assert_eq!(without("tools:\n  - Read # for docs\n  - Docker", "Docker"), None);
}
