//! Tests limits that the role's own host reads in a way that is easy to miss, and what the other host
//! adds to them.

use super::permissions::{claude, converted};
use super::*;

const ABOUT: &str = "name: a\ndescription: Reviews. Use it.\n";

fn from(host: &str, field: &str, to: &str) -> Vec<String> {
    converted(host, &format!("{ABOUT}{field}"), to)
}

/// The outcome for a role that cannot be limited elsewhere, and the reason.
fn refused(reason: &str) -> Vec<String> {
    ["(none)".into(), format!("error {reason}.")].into()
}

#[test]
fn a_mode_of_its_own_kind_of_file_is_not_taken_for_another_field() {
    let got = converted("prompt-file", "description: Explains.\nmode: ask", "vscode-agent");
    assert_eq!(got, ["tools: [read, search, web, todo, vscode/askQuestions]"]);
    let done = compiled(
        "---\ndescription: Explains.\nmode: ask\n---\n\nExplain.\n",
        ".github/prompts/p.prompt.md",
        Some("vscode-agent"),
    );
    assert!(!done.file.unwrap().text.contains("advancedOptions"));
}

#[test]
fn a_single_tool_of_a_set_is_denied_alone() {
    let denied = "excludedTools: [execute_pwsh, str_replace, fs_append]";
    assert_eq!(
        from("kiro", denied, "claude-code"),
        ["disallowedTools: Edit, Write, Bash, PowerShell, Monitor, REPL"]
    );
    assert_eq!(from("kiro", denied, "roo")[0], "groups: [read, mcp, modes]");
    assert_eq!(
        from(
            "kiro",
            "tools: [read, write]\nexcludedTools: [read_file, str_replace]",
            "claude-code"
        ),
        ["tools: Grep, Glob, Write, NotebookEdit"]
    );
    assert_eq!(from("kiro", "tools: [read_file]", "claude-code"), ["tools: Read"]);
    assert_eq!(from("kiro", "tools: [remote_web_search]", "claude-code"), ["tools: WebSearch"]);
    assert_eq!(
        from("kiro", "tools: [delete_file, read]", "claude-code")[0],
        "tools: Read, Grep, Glob"
    );
}

#[test]
fn a_denied_tool_may_be_called_by_its_display_name() {
    let denied = "disallowedTools: [WebFetch, ReadFile]";
    assert_eq!(from("qwen", denied, "claude-code"), ["disallowedTools: Read, WebFetch"]);
    assert_eq!(from("qwen", denied, "opencode"), ["permission:", "read: deny", "webfetch: deny"]);
    assert_eq!(from("qwen", denied, "copilot")[0], "tools: [search, edit, execute, agent, todo]");
}

#[test]
fn a_denied_name_that_is_not_known_is_a_limit_that_cannot_be_expressed() {
    for (host, field, name, to, product) in [
        ("kiro", "excludedTools", "fs_*", "claude-code", "Claude Code"),
        ("kiro", "excludedTools", "Grep", "opencode", "OpenCode"),
    ] {
        let got = from(host, &format!("{field}: [\"{name}\"]"), to);
        let reason = format!(
            "{product} cannot enforce the limits of `{field}`: Rolewright does not know `{name}`"
        );
        assert_eq!(got, refused(&reason));
    }
    let both = from("kiro", "tools: [read]\nexcludedTools: [\"fs_*\"]", "claude-code");
    assert_eq!(both[0], "(none)");
    let rules = converted("opencode", "description: x\npermission: { deploy: deny }", "roo");
    assert_eq!(rules[0], "(none)");
    // A host of the same kind knows the name too.
    let same = converted("opencode", "description: x\npermission: { lsp: deny }", "kilo");
    assert_eq!(same, ["permission:", "lsp: deny"]);
    let version =
        converted("opencode", "description: x\npermission: { deploy: deny }", "opencode-2");
    assert!(!version.iter().any(|said| said.starts_with("error")), "{version:?}");
    let text = "---\ndescription: x\npermission: { deploy: deny }\n---\n\nReview.\n";
    let done = compiled(text, ".opencode/agents/a.md", Some("opencode-2"));
    assert!(
        done.file
            .unwrap()
            .text
            .contains(r#""action": "deploy", "resource": "*", "effect": "deny""#)
    );
    assert!(from("claude-skill", "disallowed-tools: Docker", "copilot").is_empty());
    // What is known to have no counterpart need not be denied.
    assert!(from("qwen", "disallowedTools: [save_memory]", "claude-code").is_empty());
    assert!(claude("disallowedTools: Docker", "copilot").is_empty());
    assert!(from("qwen", "disallowedTools: [Docker]", "copilot").is_empty());
}

#[test]
fn a_field_of_another_version_allows_nothing_that_is_denied() {
    let all = "permissions: [{ action: \"*\", resource: \"*\", effect: allow }]";
    for (first, second) in
        [("permission: { edit: deny }", all), (all, "permission: { edit: deny }")]
    {
        let front_matter = format!("description: x\n{first}\n{second}");
        assert_eq!(
            converted("opencode", &front_matter, "claude-code"),
            ["disallowedTools: Edit, Write, NotebookEdit"]
        );
    }
    let switches = format!("description: x\ntools: {{ edit: false }}\n{all}");
    assert_eq!(
        converted("opencode", &switches, "claude-code"),
        ["disallowedTools: Edit, Write, NotebookEdit"]
    );
    let rule = "permissions: [{ action: edit, resource: \"*\", effect: allow }, { action: \"*\", resource: \"*\", effect: allow }]";
    let same = format!("description: x\n{rule}\npermission: {{ edit: deny }}");
    assert_eq!(
        converted("opencode", &same, "claude-code"),
        ["disallowedTools: Edit, Write, NotebookEdit"]
    );
    let files = "tools: { edit: true }\npermissions:\n  edit:\n    \"**/*.env\": deny";
    let meant = converted("opencode", &format!("description: x\n{files}"), "claude-code");
    assert_eq!(meant[0], "disallowedTools: Edit, Write, NotebookEdit");
    // The older version reads a role with one of its fields, whatever host was given.
    let old = format!("description: x\npermission: {{ edit: deny }}\n{all}");
    assert_eq!(
        converted("opencode-2", &old, "claude-code"),
        ["disallowedTools: Edit, Write, NotebookEdit"]
    );
    let denied = "permissions: [{ action: edit, resource: \"*\", effect: deny }]\nname: x";
    assert_eq!(
        converted("opencode", &format!("description: x\n{denied}"), "claude-code"),
        ["disallowedTools: Edit, Write, NotebookEdit"]
    );
}

#[test]
fn a_tool_that_the_own_host_never_gives_is_not_granted_elsewhere() {
    let never = |product: &str, tool: &str| {
        format!("info {product} never gives `{tool}` to this kind of role; it was omitted.")
    };
    for name in ["agent", "Task", "Agent"] {
        assert_eq!(
            from("qwen", &format!("tools: [{name}, read_file]"), "claude-code"),
            ["tools: Read".into(), never("Qwen Code", name)]
        );
    }
    assert_eq!(
        from("gemini", "tools: [invoke_agent, read_file]", "copilot"),
        ["tools: [read]".into(), never("Gemini CLI", "invoke_agent")]
    );
    assert_eq!(
        claude("tools: Read, AskUserQuestion", "gemini"),
        ["tools: [read_file]".into(), never("Claude Code", "AskUserQuestion")]
    );
    let main = claude("tools: Read, AskUserQuestion\ninitialPrompt: Begin.", "gemini");
    assert_eq!(main[0], "tools: [read_file, ask_user]");
}

#[test]
fn a_tool_that_the_other_host_never_gives_is_said_to_be_so() {
    for (to, product, tool) in
        [("gemini", "Gemini CLI", "invoke_agent"), ("qwen", "Qwen Code", "agent")]
    {
        let loss = format!(
            "warning {product} never gives its `{tool}` to this kind of role; `Agent` was omitted."
        );
        assert_eq!(claude("tools: Read, Agent", to), ["tools: [read_file]".into(), loss]);
    }
}

#[test]
fn what_every_role_has_is_said_where_it_is_more_and_is_no_loss_where_it_is_not() {
    let modes =
        "warning Roo Code cannot express `tools` exactly; the role can also start other agents.";
    assert_eq!(claude("tools: Read", "roo"), ["groups: [read]", modes]);
    assert_eq!(claude("tools: Read, TodoWrite", "roo"), ["groups: [read]", modes]);
    assert_eq!(claude("tools: Read, Agent", "roo"), ["groups: [read, modes]"]);
    let asks = from("gemini", "tools: [read_file, ask_user, write_todos]", "roo");
    assert_eq!(asks, ["groups: [read]", modes]);
}

#[test]
fn servers_that_another_field_names_are_the_only_ones() {
    let to = |groups: &str, servers: &str, host: &str| {
        let text = format!(
            "customModes:\n  - slug: a\n    name: a\n    description: Reviews. Use it.\n    roleDefinition: Review.\n    groups: [{groups}]\n    allowedMcpServers: {servers}\n"
        );
        let target = Target::of(Host::by_id(host));
        let done = compile(&Input::new(&text).at(".roomodes"), &Options::new(), &target);
        let text = done.file.as_ref().map_or("", |file| &file.text);
        let line = text.lines().find(|line| line.starts_with("tools:")).unwrap_or("");
        let told = losses(&done).into_iter().filter(|loss| !loss.contains("display name"));
        (line.to_string(), told.collect::<Vec<_>>())
    };
    let none = Vec::<String>::new();
    assert_eq!(
        to("read, mcp", "[gh]", "claude-code"),
        ("tools: Read, Grep, Glob, mcp__gh__*".into(), none.clone())
    );
    assert_eq!(to("mcp", "[gh, db]", "gemini").0, "tools: [mcp_db_*, mcp_gh_*]");
    assert_eq!(to("read, mcp", "[]", "claude-code").0, "tools: Read, Grep, Glob");
    assert_eq!(to("read", "[gh]", "claude-code"), ("tools: Read, Grep, Glob".into(), none));
    let qwen = to("read, mcp", "[gh]", "qwen");
    assert!(qwen.1.iter().any(|loss| loss.contains("the tools of the server `gh`")), "{qwen:?}");
}

#[test]
fn the_field_that_takes_precedence_counts_whatever_the_order() {
    let [one, other] = ["permissionMode: bypassPermissions", "approvalMode: plan"];
    for front_matter in [[one, other], [other, one]] {
        let text = format!("---\n{ABOUT}{}\n---\n\nReview the change.\n", front_matter.join("\n"));
        let done = compiled(&text, ".qwen/agents/a.md", Some("claude-code"));
        let file = &done.file.as_ref().unwrap().text;
        assert!(file.contains("permissionMode: plan") && !file.contains("bypass"), "{file}");
        let told = "info `approvalMode` takes precedence over `permissionMode`, which was omitted.";
        assert!(losses(&done).iter().any(|loss| loss == told), "{:?}", losses(&done));
    }
}

#[test]
fn a_list_that_may_limit_the_tools_is_not_dropped() {
    for (host, product, field) in [
        ("devin", "Devin", "allowed-tools: [read]"),
        ("reasonix", "Reasonix", "allowed-tools: read_file, grep"),
    ] {
        let got = from(host, field, "claude-code");
        let reason = format!(
            "Claude Code cannot enforce the limits of `allowed-tools`: Rolewright does not know the tools of {product}"
        );
        assert_eq!(got, refused(&reason), "{host}");
    }
}

#[test]
fn the_limits_of_an_agent_that_runs_a_prompt_are_not_known() {
    let reason = |subject: &str, field: &str| {
        format!(
            "{subject} cannot enforce the limits of `{field}`: Rolewright does not know what the agent `my-reader` may do"
        )
    };
    let fork = "context: fork\nagent: my-reader";
    for (to, subject) in [("claude-code", "Claude Code"), ("copilot", "GitHub Copilot")] {
        let got = from("claude-skill", fork, to);
        let error = refused(&reason(subject, "agent"));
        assert!(error.iter().all(|line| got.contains(line)), "{got:?}");
    }
    // Without a context of its own, the skill is not run by another agent.
    for free in ["agent: my-reader", "context: fork\nagent: general-purpose"] {
        let got = from("claude-skill", free, "copilot");
        assert!(got.iter().all(|said| said.starts_with("info ")), "{got:?}");
    }
    assert!(from("claude-skill", fork, "claude-command").is_empty());
    for field in ["agent", "mode"] {
        let of = |name: &str, to: &str| {
            converted("prompt-file", &format!("description: Explains.\n{field}: {name}"), to)
        };
        assert_eq!(of("my-reader", "vscode-agent"), refused(&reason("VS Code", field)));
        assert!(of("agent", "vscode-agent").iter().all(|said| said.starts_with("info ")));
    }
    // The tools of a prompt take precedence over those of its agent.
    let listed = "description: Explains.\nagent: my-reader\ntools: [search]";
    assert_eq!(converted("prompt-file", listed, "claude-code")[0], "tools: Grep, Glob");
    let command = converted("opencode-command", "description: x\nagent: my-reader", "claude-code");
    assert_eq!(command, refused(&reason("Claude Code", "agent")));
}

#[test]
fn what_a_tool_grants_besides_is_said() {
    for (to, product) in [("copilot", "GitHub Copilot"), ("kiro", "Kiro")] {
        let also = format!(
            "warning {product} cannot express `tools` exactly; the role can also search the web."
        );
        assert_eq!(claude("tools: WebFetch", to), ["tools: [web]".into(), also]);
        assert_eq!(claude("tools: WebFetch, WebSearch", to), ["tools: [web]"]);
        assert_eq!(claude("tools: Read, Edit", to).len(), 1, "files are files");
    }
}

#[test]
fn servers_are_named_among_what_is_gained() {
    let got = claude("tools: Read", "codex-agent");
    assert!(got[1].ends_with("use skills and use tools of servers."), "{got:?}");
    let denied = claude("disallowedTools: Edit, Write, NotebookEdit, Bash", "codex-agent");
    assert!(denied[1].ends_with("the role could change files and run commands."), "{denied:?}");
    let text = format!("---\n{ABOUT}tools: Read, Bash(git *)\n---\n\nReview the change.\n");
    let target = Target::of(Host::by_id("codex-agent")).widening(true);
    let done = compile(&Input::new(&text).at(".claude/agents/a.md"), &Options::new(), &target);
    let told = losses(&done);
    assert!(told[0].starts_with("warning") && told[0].contains("run commands"), "{told:?}");
}

#[test]
fn an_empty_list_that_limits_nothing_limits_nothing_elsewhere() {
    for empty in ["tools: []", "tools: \"\"", "tools:"] {
        assert_eq!(from("qwen", empty, "claude-code"), [""; 0], "{empty}");
    }
    assert_eq!(from("gemini", "tools: []", "claude-code"), ["tools: []"]);
    // What an empty list means there is not known.
    assert_eq!(from("factory", "tools: []", "claude-code"), ["tools: []"]);
}

#[test]
fn what_is_asked_about_in_part_is_said_to_be_asked_about_more() {
    let more = |product: &str, field: &str| {
        format!(
            "warning {product} cannot express exactly what `{field}` asks about; it asks about more."
        )
    };
    let some = "description: x\npermission:\n  bash:\n    \"*\": ask\n    \"npm test*\": allow";
    assert_eq!(
        converted("opencode", some, "kilo"),
        ["permission:", "bash:", "\"*\": ask", "npm test*: allow"]
    );
    let one = "description: x\npermission:\n  bash:\n    \"git push*\": ask";
    assert_eq!(converted("opencode", one, "kilo"), ["permission:", "bash:", "git push*: ask"]);
    for rules in [
        "[{ action: shell, resource: \"*\", effect: ask }, { action: shell, resource: \"git *\", effect: allow }]",
        "[{ action: shell, resource: \"rm *\", effect: ask }]",
    ] {
        let got = converted("opencode-2", &format!("description: x\npermissions: {rules}"), "kilo");
        assert_eq!(got.last(), Some(&more("Kilo Code", "permissions")), "{got:?}");
    }
    let all = converted("opencode", "description: x\npermission: { bash: ask }", "kilo");
    assert_eq!(all, ["permission:", "bash: ask"]);
}

#[test]
fn an_unknown_tool_is_said_to_have_the_effect_that_it_has() {
    assert_eq!(
        from("gemini", "tools: [read_file, bogus, discovered_tool_x]", "claude-code"),
        [
            "tools: Read",
            "info Gemini CLI rejects `bogus`; it was omitted.",
            "warning Claude Code has no way to list `discovered_tool_x`; it was omitted.",
        ]
    );
}
