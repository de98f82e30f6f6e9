//! Tests permissions whose names seem to grant more on the role's own host than they do.

use super::permissions::{claude, converted};
use super::*;

fn open_code(front_matter: &str, to: &str) -> Vec<String> {
    let own = format!("description: Reviews. Use it.\n{front_matter}");
    converted("opencode", &own, to)
}

fn vs_code(front_matter: &str, to: &str) -> Vec<String> {
    converted("vscode-agent", &format!("description: Reviews. Use it.\n{front_matter}"), to)
}

/// A role of a JSON file.
fn json(path: &str, fields: &str, to: &str) -> Compiled {
    let text = format!(
        r#"{{"name": "a", "description": "Reviews. Use it.", "prompt": "Review.", {fields}}}"#
    );
    compile(&Input::new(&text).at(path), &Options::new(), &Target::of(Host::by_id(to)))
}

#[test]
fn a_tool_that_does_one_thing_is_not_exchanged_for_one_that_does_all() {
    for (tool, name) in [
        ("execute/runTests", "execute/runTests"),
        ("execute/runNotebookCell", "execute/runNotebookCell"),
        ("vscode/installExtension", "vscode/installExtension"),
        ("vscode/runCommand", "vscode/runCommand"),
        ("edit/createDirectory", "edit/createDirectory"),
        ("runTests", "runTests"),
    ] {
        let tools = format!("tools: [read/readFile, {tool}]");
        let loss = format!("warning Claude Code has no way to list `{name}`; it was omitted.");
        assert_eq!(vs_code(&tools, "claude-code"), ["tools: Read", &loss]);
    }
    // A tool that only runs commands maps to the shell.
    assert_eq!(vs_code("tools: [execute/runInTerminal]", "claude-code"), ["tools: Bash"]);
}

#[test]
fn a_set_of_own_tools_is_not_a_server() {
    assert_eq!(
        vs_code("tools: [execute/somethingNew, read/readFile]", "claude-code"),
        [
            "tools: Read",
            "warning Claude Code has no way to list `execute/somethingNew`; it was omitted."
        ]
    );
    assert_eq!(
        vs_code("tools: [execute/*, github/*]", "claude-code"),
        ["tools: Bash, mcp__github__*"]
    );
}

#[test]
fn a_map_of_nothing_is_not_missed() {
    let done = json(
        ".kiro/agents/a.json",
        r#""tools": ["read"], "mcpServers": {}, "hooks": {}"#,
        "copilot",
    );
    assert_eq!(losses(&done), [""; 0]);
}

#[test]
fn what_runs_commands_besides_is_denied_along_with_the_shell() {
    let qwen = "name: a\ndescription: Reviews. Use it.\ndisallowedTools: [run_shell_command]";
    assert_eq!(
        converted("qwen", qwen, "claude-code"),
        ["disallowedTools: Bash, PowerShell, Monitor, REPL"]
    );
    assert_eq!(
        claude("disallowedTools: Bash", "qwen"),
        ["disallowedTools: [run_shell_command, monitor, exec]"]
    );
}

#[test]
fn reading_a_resource_is_not_using_every_server() {
    let qwen = "name: a\ndescription: Reviews. Use it.\ntools: [read_file, read_mcp_resource]";
    assert_eq!(
        converted("qwen", qwen, "claude-code"),
        [
            "tools: Read",
            "warning Claude Code has no way to list `read_mcp_resource`; it was omitted."
        ]
    );
    assert_eq!(
        claude("tools: Read, mcp__*", "qwen"),
        ["tools: [read_file]", "warning Qwen Code has no way to list `mcp__*`; it was omitted."]
    );
}

#[test]
fn a_rule_for_part_of_a_server_splits_the_server() {
    let rules = "permission:\n  '*': deny\n  read: allow\n  'gh_*': allow\n  'gh_delete_*': deny";
    let loss = |product: &str| {
        format!(
            "warning {product} cannot express `permission` exactly; the role can no longer use the tools of the server `gh`."
        )
    };
    assert_eq!(open_code(rules, "claude-code"), ["tools: Read", &loss("Claude Code")]);
    assert_eq!(open_code(rules, "copilot"), ["tools: [read]", &loss("GitHub Copilot")]);
    // The server's name may contain the character that separates it from the tool.
    let rules = "permission:\n  '*': deny\n  'my_server_*': allow\n  'my_server_delete': deny";
    assert_eq!(
        open_code(rules, "claude-code"),
        ["tools: mcp__my_server__*", "disallowedTools: mcp__my_server__delete"]
    );
    assert_eq!(
        open_code("permission:\n  'my_server_delete': deny", "claude-code"),
        ["disallowedTools: mcp__my__server_delete, mcp__my_server__delete"]
    );
}

#[test]
fn a_pattern_that_is_denied_denies_what_it_fits() {
    let tools =
        "tools: Read, mcp__gh__delete_repo, mcp__gh__get\ndisallowedTools: mcp__gh__delete_*";
    assert_eq!(claude(tools, "copilot"), ["tools: [read, gh/get]"]);
    let tools = "tools: Read, mcp__gh\ndisallowedTools: mcp__gh__delete_*";
    let loss = "warning Qwen Code cannot allow `mcp__gh` without also allowing denied tools; it was omitted.";
    assert_eq!(claude(tools, "qwen"), ["tools: [read_file]", loss]);
}

#[test]
fn a_server_that_a_list_cannot_name_as_a_whole_is_left_out() {
    let loss = "warning Gemini CLI has no way to list `mcp__my_server`; it was omitted.";
    assert_eq!(claude("tools: Read, mcp__my_server", "gemini"), ["tools: [read_file]", loss]);
}

#[test]
fn what_asks_first_still_asks_or_is_said_not_to() {
    let rules = "permission:\n  bash: ask\n  edit: deny";
    assert_eq!(open_code(rules, "kilo"), ["permission:", "bash: ask", "edit: deny"],);
    assert_eq!(
        open_code("permission:\n  bash: ask", "claude-code"),
        [
            "warning Claude Code cannot express that `permission` asks first; its own settings decide what it asks about."
        ]
    );
}

#[test]
fn rules_win_over_switches_in_any_order() {
    for rules in [
        "permission:\n  bash: deny\ntools:\n  bash: true",
        "tools:\n  bash: true\npermission:\n  bash: deny",
    ] {
        assert_eq!(
            open_code(rules, "qwen"),
            ["disallowedTools: [run_shell_command, monitor, exec]"]
        );
    }
    // Under that name, a rule allows nothing.
    assert_eq!(
        open_code("permission:\n  '*': deny\n  read: allow\n  write: allow", "claude-code"),
        ["tools: Read"]
    );
}

#[test]
fn settings_that_forget_no_denied_command() {
    for path in [".kiro/agents/a.json", ".amazonq/cli-agents/a.json"] {
        let (read, shell) = match path.starts_with(".kiro") {
            true => ("read", "shell"),
            false => ("fs_read", "execute_bash"),
        };
        let with = |settings: &str| {
            let fields = format!(
                r#""tools": ["{read}", "{shell}"], "toolsSettings": {{"{shell}": {{{settings}}}}}"#
            );
            json(path, &fields, "copilot").file.map(|file| file.text)
        };
        let tools = |text: Option<String>| {
            text.and_then(|text| text.lines().find(|l| l.starts_with("tools")).map(String::from))
        };
        let denied = tools(with(r#""deniedCommands": ["rm .*"]"#));
        let allowed = tools(with(r#""allowedCommands": ["ls"], "deniedCommands": []"#));
        let read_only =
            if path.starts_with(".kiro") { "tools: [read]" } else { "tools: [read, search]" };
        assert_eq!(denied.as_deref(), Some(read_only));
        assert!(allowed.unwrap().contains("execute"));
    }
}

#[test]
fn all_built_in_tools_are_no_server() {
    let done = json(".kiro/agents/a.json", r#""tools": ["@builtin"]"#, "copilot");
    let text = done.file.unwrap().text;
    assert!(text.contains("\ntools: [read, search, edit, execute, web, agent"), "{text}");
    let done = json(".kiro/agents/a.json", r#""tools": ["@builtin"]"#, "factory");
    let loss = "warning Factory cannot express `tools` exactly; the role can no longer start other agents.";
    assert_eq!(losses(&done), [loss]);
}

#[test]
fn what_nobody_can_tell_is_not_converted() {
    let twice = json(".kiro/agents/a.json", r#""tools": ["*"], "tools": ["read"]"#, "copilot");
    assert!(twice.file.is_none() && twice.permissions == Outcome::Widened);
    assert_eq!(claude("base: &b\n  tools: Read\n<<: *b", "copilot")[0], "(none)");
}

#[test]
fn read_only_is_read_only_in_every_spelling() {
    for value in ["true", "True", "yes", "on", "\"true\""] {
        let own = format!("name: a\ndescription: Reviews. Use it.\nreadonly: {value}");
        assert_eq!(converted("cursor-agent", &own, "roo")[0], "groups: [read]", "{value}");
    }
    let own = "name: a\ndescription: Reviews. Use it.\npermissionMode: plan";
    assert_eq!(converted("qwen", own, "roo")[0], "groups: [read]");
}

#[test]
fn a_limit_under_another_name_is_said_to_be_none() {
    let text = "---\nname: a\ndescription: Reviews. Use it.\nTools: Read\n---\n\nReview.\n";
    let input = Input::new(text).at(".claude/agents/a.md");
    let done = compile(&input, &Options::new(), &Target::of(Host::by_id("copilot")));
    assert_eq!(
        losses(&done),
        ["warning Claude Code does not read `Tools`, so it limits nothing; it was omitted."]
    );
}

#[test]
fn what_one_host_alone_has_need_not_be_refused_elsewhere() {
    assert!(claude("disallowedTools: Monitor", "copilot").is_empty());
}
