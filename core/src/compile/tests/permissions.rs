//! Tests how a role's permissions are converted for another host.

use super::*;

/// The fields of a file that set permissions, and the losses; `(none)` without a file.
pub(super) fn converted(from: &str, front_matter: &str, to: &str) -> Vec<String> {
    let text = format!("---\n{front_matter}\n---\n\nReview the change.\n");
    let path = match from {
        "claude-code" => ".claude/agents/a.md",
        "cursor-agent" => ".cursor/agents/a.md",
        "opencode" => ".opencode/agents/a.md",
        "qwen" => ".qwen/agents/a.md",
        "vscode-agent" => ".github/chatmodes/a.chatmode.md",
        "factory" => ".factory/droids/a.md",
        "grok" => ".grok/agents/a.md",
        "junie" => ".junie/agents/a.md",
        "crewai" => "config/agents.yaml",
        "claude-skill" => ".claude/skills/a/SKILL.md",
        "prompt-file" => ".github/prompts/a.prompt.md",
        "kiro" => ".kiro/agents/a.md",
        "opencode-command" => ".opencode/commands/a.md",
        "opencode-2" => ".opencode/agents/a.md",
        "reasonix" => ".reasonix/skills/a/SKILL.md",
        "devin" => ".devin/agents/a/AGENT.md",
        "gemini" => ".gemini/agents/a.md",
        _ => ".github/agents/a.agent.md",
    };
    let options = Options { host: Host::by_id(from), ..Options::default() };
    let to = Target::of(Host::by_id(to));
    said(&compile(&Input::new(&text).at(path), &options, &to))
}

fn said(done: &Compiled) -> Vec<String> {
    let limits = ["tools", "disallowedTools", "excludedTools", "readonly", "permission", "groups"];
    let mut out: Vec<String> = Vec::new();
    match &done.file {
        None => out.push("(none)".into()),
        Some(file) => {
            let mut inside = false;
            for line in file.text.lines() {
                let name = line.trim_start().split(':').next().unwrap_or("");
                let is_limit = limits.contains(&name);
                if is_limit || inside && line.starts_with("  ") {
                    out.push(line.trim().into());
                }
                inside = is_limit && line.ends_with(':') || inside && line.starts_with("  ");
            }
        }
    }
    let about = ["description", "`model", "`name", "field"];
    let told = losses(done).into_iter().filter(|loss| !about.iter().any(|a| loss.contains(a)));
    out.extend(told);
    out
}

pub(super) fn claude(front_matter: &str, to: &str) -> Vec<String> {
    converted("claude-code", &format!("name: a\ndescription: Reviews. Use it.\n{front_matter}"), to)
}

/// What a host says that gives its group of modes to every role.
fn modes(limits: &str) -> String {
    format!(
        "warning Roo Code cannot express {limits} exactly; the role can also start other agents."
    )
}

#[test]
fn a_denied_tool_of_a_server_takes_the_server_along_where_a_list_cannot_split_it() {
    let front_matter = "tools: Read, mcp__github\ndisallowedTools: mcp__github__delete_repo";
    for (to, product, tools) in [
        ("copilot", "GitHub Copilot", "[read]"),
        ("vscode-agent", "VS Code", "[read]"),
        ("gemini", "Gemini CLI", "[read_file]"),
    ] {
        let loss = format!(
            "warning {product} cannot allow `mcp__github` without also allowing denied tools; it was omitted."
        );
        assert_eq!(claude(front_matter, to), [format!("tools: {tools}"), loss]);
    }
    assert_eq!(
        claude(front_matter, "kiro"),
        ["tools: [read, \"@github/*\"]", "excludedTools: [\"@github/delete_repo\"]"],
    );
}

#[test]
fn a_shell_that_is_denied_in_part_is_left_out() {
    let front_matter = "tools: Read, Bash\ndisallowedTools: Bash(rm *)";
    let loss = |product: &str, tool: &str| {
        format!("warning {product} cannot restrict `{tool}` as in `Bash(rm *)`; it was omitted.")
    };
    assert_eq!(
        claude(front_matter, "copilot"),
        ["tools: [read]".into(), loss("GitHub Copilot", "execute")]
    );
    assert_eq!(
        claude(front_matter, "gemini"),
        ["tools: [read_file]".into(), loss("Gemini CLI", "run_shell_command")]
    );
    assert_eq!(
        claude(front_matter, "roo"),
        [
            "groups: [read]".into(),
            modes("`tools` and `disallowedTools`"),
            loss("Roo Code", "command")
        ]
    );
}

#[test]
fn a_tool_is_the_same_under_each_of_its_names() {
    for front_matter in
        ["tools: Read, Task\ndisallowedTools: Agent", "tools: Read, Agent\ndisallowedTools: Task"]
    {
        assert_eq!(claude(front_matter, "copilot"), ["tools: [read]"]);
        let modes = modes("`tools` and `disallowedTools`");
        assert_eq!(claude(front_matter, "roo"), ["groups: [read]".into(), modes]);
    }
}

#[test]
fn a_denied_server_denies_its_tools() {
    for denied in ["mcp__github", "mcp__*", "mcp__github__*"] {
        let front_matter =
            format!("tools: Read, mcp__github__delete_repo\ndisallowedTools: {denied}");
        assert_eq!(claude(&front_matter, "copilot"), ["tools: [read]"]);
        assert_eq!(claude(&front_matter, "gemini"), ["tools: [read_file]"]);
    }
}

#[test]
fn all_that_is_denied_is_denied() {
    let front_matter = "disallowedTools: \"*\"";
    assert_eq!(claude(front_matter, "copilot"), ["tools: []"]);
    assert_eq!(claude(front_matter, "roo")[0], "groups: []");
    assert_eq!(claude(front_matter, "kiro"), ["tools: []"]);
}

#[test]
fn everything_but_what_is_denied_is_listed() {
    let front_matter = "tools: \"*\"\ndisallowedTools: Bash, WebFetch";
    let loss = |product: &str| {
        format!(
            "warning {product} cannot express `tools` and `disallowedTools` exactly; the role can no longer"
        )
    };
    for (to, product, line) in [
        ("copilot", "GitHub Copilot", "tools: [read, search, edit, agent, todo]"),
        ("roo", "Roo Code", "groups: [read, edit, mcp, modes]"),
    ] {
        let got = claude(front_matter, to);
        assert_eq!(got[0], line);
        assert!(to == "roo" || got[1].starts_with(&loss(product)), "{got:?}");
    }
}

#[test]
fn a_mode_that_only_reads_limits_the_tools() {
    assert_eq!(converted("cursor-agent", "name: a\nreadonly: true", "roo")[0], "groups: [read]");
    assert_eq!(claude("permissionMode: plan", "roo")[0], "groups: [read]");
    assert_eq!(converted("opencode", "description: x\npermission: deny", "roo")[0], "groups: []");
    assert_eq!(
        converted(
            "opencode",
            "description: x\npermission:\n  \"*\": deny\n  read: allow\n  grep: allow",
            "roo"
        ),
        ["groups: [read]".into(), modes("`permission`")]
    );
}

#[test]
fn a_role_that_changes_nothing_is_read_only() {
    let front_matter = "disallowedTools: Edit, Write, NotebookEdit, Bash";
    assert_eq!(claude(front_matter, "cursor-agent"), ["readonly: true"]);
    assert_eq!(claude("permissionMode: plan", "cursor-agent"), ["readonly: true"]);
    let widened = "(none)\nerror Codex cannot enforce the limits of `disallowedTools`: the role could change files and run commands.";
    assert_eq!(claude(front_matter, "codex-agent").join("\n"), widened);
    assert_eq!(
        converted("cursor-agent", "name: a\ndescription: b\nreadonly: true", "codex-agent")[0],
        "(none)"
    );
}

#[test]
fn a_role_without_tools_is_refused_where_none_can_be_taken() {
    for to in ["cursor-agent", "codex-agent"] {
        let got = claude("tools: []", to);
        assert_eq!(got[0], "(none)", "{to}");
        assert!(got[1].starts_with("error"), "{got:?}");
    }
    assert_eq!(claude("tools: []", "copilot"), ["tools: []"]);
}

#[test]
fn denied_tools_stay_denied() {
    assert_eq!(
        claude("disallowedTools: Edit, WebFetch", "qwen"),
        ["disallowedTools: [edit, web_fetch]"]
    );
    assert_eq!(
        converted("qwen", "name: a\ndescription: b\ndisallowedTools: [mcp__gh__y]", "claude-code"),
        ["disallowedTools: mcp__gh__y"]
    );
}

#[test]
fn servers_are_left_out_where_one_of_their_tools_is_denied() {
    for to in ["roo", "factory"] {
        let got = claude("disallowedTools: mcp__github__delete_repo", to);
        assert!(!got[0].contains("mcp"), "{got:?}");
        assert!(got[1].contains("use the tools of servers and extensions"), "{got:?}");
    }
}

#[test]
fn what_the_own_host_ignores_grants_nothing() {
    let ignored = |name: &str| format!("info Claude Code ignores `{name}`; it was omitted.");
    assert_eq!(
        claude("tools: Read, bash, execute", "copilot"),
        ["tools: [read]".into(), ignored("bash"), ignored("execute")]
    );
    assert_eq!(claude("tools: Read, bash, execute", "factory")[0], "tools: [Read]");
}

#[test]
fn tools_that_run_things_are_left_out_with_the_shell() {
    let tools = &claude("disallowedTools: Bash, Write, Edit", "vscode-agent")[0];
    for name in ["runCommand", "installExtension", "newWorkspace", "vscode,", "execute", "edit,"] {
        assert!(!tools.contains(name), "{tools}");
    }
    assert!(tools.contains("read, search"), "{tools}");
}

#[test]
fn a_tool_in_a_set_is_not_a_server_tool() {
    let front_matter = "description: x\ntools: [search/codebase, edit/editFiles]";
    for from in ["vscode-agent", "copilot"] {
        assert_eq!(converted(from, front_matter, "claude-code"), ["tools: Grep, Edit, Write"]);
        assert_eq!(
            converted(from, front_matter, "gemini"),
            ["tools: [grep_search, replace, write_file]"]
        );
        let also =
            "warning Kiro cannot express `tools` exactly; the role can also read whole files.";
        assert_eq!(converted(from, front_matter, "kiro"), ["tools: [read, write]", also]);
    }
}

#[test]
fn tools_become_their_counterparts() {
    assert_eq!(claude("tools: Write, Glob", "vscode-agent"), ["tools: [edit, search/fileSearch]"]);
    assert_eq!(claude("tools: Glob", "gemini"), ["tools: [glob]"]);
    assert_eq!(claude("tools: Glob", "factory"), ["tools: [Glob]"]);
    assert_eq!(
        converted("factory", "name: a\ndescription: b\ntools: read-only", "claude-code"),
        ["tools: Read, Grep, Glob"]
    );
    let web = "warning VS Code cannot grant `WebSearch` alone, because its `web` grants more; it was omitted.";
    assert_eq!(claude("tools: Read, WebSearch", "vscode-agent"), ["tools: [read]", web]);
}

#[test]
fn switches_that_take_tools_away_are_denials() {
    let front_matter = "description: x\ntools:\n  write: false\n  edit: false";
    assert_eq!(
        converted("opencode", front_matter, "claude-code"),
        ["disallowedTools: Edit, Write, NotebookEdit"]
    );
}

#[test]
fn rules_are_read_in_each_of_their_forms() {
    let actions = "description: x\npermission:\n  - { action: shell, resource: \"*\", effect: deny }\n  - { action: subagent, effect: deny }";
    assert_eq!(
        converted("opencode", actions, "claude-code"),
        ["disallowedTools: Bash, PowerShell, Agent, Monitor, REPL"]
    );
    let in_part = "description: x\npermission:\n  bash:\n    \"*\": deny\n    \"git *\": allow";
    let got = converted("opencode", in_part, "claude-code");
    assert_eq!(got[0], "disallowedTools: Bash, PowerShell, Monitor, REPL");
    assert!(got[1].contains("can no longer run commands"), "{got:?}");
    assert_eq!(
        converted("opencode", "description: x\npermission: { bash: often }", "copilot")[0],
        "(none)"
    );
}

#[test]
fn rules_say_what_lists_say() {
    assert_eq!(
        claude("tools: Read, Grep, mcp__github", "opencode"),
        ["permission:", "\"*\": deny", "read: allow", "grep: allow", "github_*: allow"]
    );
    assert_eq!(claude("disallowedTools: Bash", "opencode"), ["permission:", "bash: deny"]);
    assert_eq!(claude("disallowedTools: mcp__gh__x", "opencode"), ["permission:", "gh_x: deny"]);
}

#[test]
fn what_limits_nothing_is_no_loss() {
    for to in ["copilot", "roo", "codex-agent", "opencode", "plain"] {
        let lost = |front_matter: &str, from: &str| {
            let told = converted(from, front_matter, to);
            told.into_iter()
                .filter(|said| said.starts_with("error") || said.starts_with("warning"))
                .collect::<Vec<_>>()
        };
        assert_eq!(
            lost("name: a\ndescription: b\npermissionMode: default", "claude-code"),
            [""; 0]
        );
        assert_eq!(lost("description: b\npermission: allow", "opencode"), [""; 0]);
        assert_eq!(lost("name: a\ndescription: b\nreadonly: false", "cursor-agent"), [""; 0]);
    }
}

#[test]
fn a_part_of_a_shell_is_left_out_with_a_warning() {
    let done = compiled(
        "---\nname: a\ndescription: b\ntools: Read, Bash(git *)\n---\nx\n",
        ".claude/agents/a.md",
        Some("copilot"),
    );
    assert_eq!(
        said(&done),
        [
            "tools: [read]",
            "warning GitHub Copilot cannot restrict `execute` as in `Bash(git *)`; it was omitted."
        ]
    );
    assert_eq!(done.permissions, Outcome::Narrowed);
}

#[test]
fn a_file_that_is_mere_text_carries_no_limits() {
    for to in ["plain", "chat-json", "agents-md", "cursor-rule"] {
        let text = "---\nname: a\ndescription: b\ntools: Read\n---\nx\n";
        let done = compiled(text, ".claude/agents/a.md", Some(to));
        assert_eq!(done.permissions, Outcome::NotApplicable);
        assert!(done.file.is_some());
        let losses = losses(&done);
        let about: Vec<_> =
            losses.iter().filter(|loss| loss.contains("reads no permissions")).collect();
        assert!(about.len() == 1 && about[0].starts_with("warning"), "{losses:?}");
    }
}

#[test]
fn what_a_host_grants_by_itself_differs_between_its_kinds_of_files() {
    let text = "---\nname: a\ndescription: Looks. Use it.\n---\n\nLook.\n";
    let outcome = |to: &str| {
        let input = Input::new(text).at(".agents/agents/a.md");
        compile(&input, &Options::default(), &Target::of(Host::by_id(to))).permissions
    };
    // Without a list, an Antigravity agent has no tools, and a rule has no limits.
    assert_eq!(outcome("antigravity"), Outcome::Exact);
    assert_eq!(outcome("antigravity-rule"), Outcome::Widened);
}
