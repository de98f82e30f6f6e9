//! Tests conversions between versions of one product, and between products that read the same files.

use super::*;

/// The file and what was lost.
fn turned(text: &str, path: &str, from: &str, to: &str) -> (String, Vec<String>) {
    let options = Options { host: Host::by_id(from), ..Options::default() };
    let done = compile(&Input::new(text).at(path), &options, &Target::of(Host::by_id(to)));
    (written(&done).to_string(), losses(&done))
}

fn json(more: &str) -> String {
    format!(
        "{{\"name\": \"a\", \"description\": \"Reviews. Use it.\", \"prompt\": \"Review.\", {more}}}\n"
    )
}

const KIRO: &str = ".kiro/agents/a.json";

#[test]
fn a_role_without_the_servers_of_the_project_does_not_get_them_elsewhere() {
    let text =
        json(r#""tools": ["*"], "includeMcpJson": false, "mcpServers": {"gh": {"command": "gh"}}"#);
    for from in ["kiro", "kiro-2"] {
        let (file, lost) = turned(&text, KIRO, from, "claude-code");
        assert!(file.contains("\ndisallowedTools: mcp__*\n"), "{from}: {file}");
        assert_eq!(lost, ["warning Claude Code cannot express `mcpServers`; it was omitted."]);
    }
    let (file, lost) = turned(&text, KIRO, "kiro", "kiro-2");
    assert!(file.contains("\"includeMcpJson\": false") && file.contains("\"gh\""), "{file}");
    assert_eq!(lost, [""; 0]);
    let (file, lost) = turned(&text, KIRO, "kiro", "junie");
    assert_eq!(file, "");
    assert!(
        lost.iter().any(|loss| loss.starts_with("error") && loss.contains("servers")),
        "{lost:?}"
    );
    let (file, _) = turned(&text, KIRO, "kiro", "grok");
    assert!(file.contains("\nmcpInheritance: none\n"), "{file}");
    let (file, lost) = turned(&text, KIRO, "kiro", "amazon-q");
    assert!(file.contains("\"useLegacyMcpJson\": false") && file.contains("\"gh\""), "{file}");
    assert!(file.contains("\"tools\": [\"*\"]") && lost.is_empty(), "{file} {lost:?}");
    let grok =
        "---\nname: a\ndescription: Reviews. Use it.\nmcpInheritance: none\n---\n\nReview.\n";
    let (file, _) = turned(grok, ".grok/agents/a.md", "grok", "claude-code");
    assert!(file.contains("\ndisallowedTools: mcp__*\n"), "{file}");
    let grok = grok.replace("mcpInheritance: none", "injectDefaultTools: false");
    let (file, lost) = turned(&grok, ".grok/agents/a.md", "grok", "claude-code");
    assert_eq!(file, "");
    assert_eq!(
        lost,
        [
            "error Claude Code cannot enforce the limits of `injectDefaultTools`: Rolewright does not know the tools of Grok Build."
        ]
    );
    let (file, _) =
        turned(&grok.replace("false", "true"), ".grok/agents/a.md", "grok", "claude-code");
    assert!(!file.is_empty() && !file.contains("Tools"), "{file}");
}

#[test]
fn settings_of_tools_follow_the_tools_to_their_other_names() {
    let text = json(
        r#""tools": ["*"], "toolsSettings": {"aws": {"deniedServices": ["s3"]}, "shell": {"deniedCommands": ["rm .*"]}}"#,
    );
    let (file, lost) = turned(&text, KIRO, "kiro-2", "amazon-q");
    assert!(file.contains(r#""toolsSettings": {"use_aws": {"deniedServices": ["s3"]}, "execute_bash": {"deniedCommands": ["rm .*"]}}"#), "{file}");
    assert!(file.contains(r#""tools": ["*"]"#), "{file}");
    assert_eq!(lost, [""; 0]);
    let back = json(
        r#""tools": ["fs_read", "use_aws"], "toolsSettings": {"use_aws": {"deniedServices": ["s3"]}}"#,
    );
    let (file, lost) = turned(&back, ".amazonq/cli-agents/a.json", "amazon-q", "kiro-2");
    assert!(file.contains(r#""toolsSettings": {"aws": {"deniedServices": ["s3"]}}"#), "{file}");
    assert!(file.contains(r#""aws"]"#), "{file}");
    assert_eq!(lost, [""; 0]);
    let (file, lost) = turned(&json(r#""tools": ["read", "aws"]"#), KIRO, "kiro-2", "amazon-q");
    assert!(file.contains(r#""tools": ["fs_read", "use_aws"]"#), "{file}");
    assert_eq!(lost, [""; 0]);
    // A tool that the other product lacks cannot be limited there, so it is not granted.
    let text = json(
        r#""tools": ["read", "grep", "shell"], "toolsSettings": {"grep": {"deniedPaths": ["x"]}}"#,
    );
    let (file, _) = turned(&text, KIRO, "kiro-2", "amazon-q");
    assert!(!file.contains("fs_read") && file.contains("execute_bash"), "{file}");
}

#[test]
fn a_role_without_tools_gets_none_where_its_host_gives_it_none() {
    let text = json(r#""resources": []"#);
    for from in ["kiro", "kiro-2"] {
        let (file, lost) = turned(&text, KIRO, from, "claude-code");
        assert!(file.contains("\ntools: []\n"), "{from}: {file}");
        let product = if from == "kiro" { "Kiro" } else { "Kiro CLI 2" };
        let said = format!(
            "warning Whether {product} gives tools to a role that lists none is unknown; it gets none."
        );
        assert!(lost.contains(&said), "{lost:?}");
        let (file, _) = turned(&text, KIRO, from, "amazon-q");
        assert!(!file.contains("\"*\""), "{from}: {file}");
    }
    let (file, _) = turned(
        "---\nname: a\ndescription: Reviews. Use it.\n---\n\nReview.\n",
        ".claude/agents/a.md",
        "claude-code",
        "kiro-2",
    );
    assert!(file.contains(r#""tools": ["*"]"#), "{file}");
}

#[test]
fn a_prompt_in_a_file_of_its_own_stays_there() {
    let text = "{\"name\": \"a\", \"description\": \"Reviews. Use it.\", \"prompt\": \"file://./p.md\", \"tools\": [\"read\"]}\n";
    let (file, lost) = turned(text, KIRO, "kiro", "kiro-2");
    assert!(file.contains("\"prompt\": \"file://./p.md\""), "{file}");
    assert_eq!(lost, [""; 0]);
    let (file, _) = turned(text, KIRO, "kiro-2", "amazon-q");
    assert!(file.contains("\"prompt\": \"file://../../.kiro/agents/p.md\""), "{file}");
    let (_, lost) = turned(text, KIRO, "kiro", "claude-code");
    assert!(
        lost.contains(&"warning The prompt is in another file; it was not copied.".to_string()),
        "{lost:?}"
    );
}

#[test]
fn a_prompt_that_its_host_reads_from_elsewhere_is_not_written_where_nothing_reads_it() {
    let text = "---\nname: a\ndescription: Reviews. Use it.\n---\n\nReview.\n";
    let (file, lost) = turned(text, ".claude/agents/a.md", "claude-code", "vibe");
    assert!(!file.contains("Review.\n") && file.contains("system_prompt_id = \"a\"\n"), "{file}");
    assert_eq!(
        lost,
        [
            "warning Mistral Vibe reads the prompt from `.vibe/prompts/a.md`, which is not part of this file; convert the role for `vibe-prompt` as well."
        ]
    );
}

#[test]
fn rules_are_copied_in_their_order_for_a_host_with_the_same_rules() {
    let text = |rules: &str| {
        format!("---\ndescription: Reviews. Use it.\npermission:\n{rules}\n---\n\nReview.\n")
    };
    let to = |rules: &str, to: &str| {
        let (file, lost) = turned(&text(rules), ".opencode/agents/a.md", "opencode", to);
        assert_eq!(lost, [""; 0], "{rules} to {to}");
        file
    };
    let any = to("  \"w*\": deny\n  webfetch: allow", "kilo");
    assert!(any.contains("permission:\n  w*: deny\n  webfetch: allow\n"), "{any}");
    let some = to("  bash:\n    \"*\": allow\n    \"rm *\": deny", "kilo");
    assert!(some.contains("  bash:\n    \"*\": allow\n    rm *: deny\n"), "{some}");
}

#[test]
fn rules_for_commands_keep_their_order_in_another_version() {
    let text = "---\ndescription: Reviews. Use it.\npermission:\n  \"w*\": deny\n  bash:\n    \"*\": allow\n    \"rm *\": deny\n---\n\nReview.\n";
    let (file, lost) = turned(text, ".opencode/agents/a.md", "opencode", "opencode-2");
    assert!(
        file.contains(concat!(
            r#"permissions: [{"action": "w*", "resource": "*", "effect": "deny"}, "#,
            r#"{"action": "shell", "resource": "*", "effect": "allow"}, "#,
            r#"{"action": "shell", "resource": "rm *", "effect": "deny"}]"#
        )),
        "{file}"
    );
    assert_eq!(lost, [""; 0]);
    // The shell has another name there, which the pattern does not match.
    let text = "---\ndescription: Reviews. Use it.\npermission: { \"b*\": deny }\n---\n\nReview.\n";
    let (file, _) = turned(text, ".opencode/agents/a.md", "opencode", "opencode-2");
    assert!(file.contains(r#""action": "b*""#) && file.contains(r#""action": "shell""#), "{file}");
}

#[test]
fn versions_read_the_same_fields() {
    let text = json(
        r#""tools": ["read"], "includeMcpJson": true, "mcpServers": {"gh": {"command": "gh"}}, "hooks": {"stop": [{"command": "ls"}]}, "model": "claude-sonnet-4.6""#,
    );
    let (file, lost) = turned(&text, KIRO, "kiro", "kiro-2");
    for part in ["\"includeMcpJson\": true", "\"gh\"", "\"stop\"", "\"claude-sonnet-4.6\""] {
        assert!(file.contains(part), "{part}: {file}");
    }
    assert_eq!(lost, [""; 0]);
    // Version 3 does not run hooks of such a file, so version 2 must not.
    let hooks = "---\nname: a\ndescription: Reviews. Use it.\ntools: [read]\nhooks: { stop: [{ command: ls }] }\n---\n\nReview.\n";
    assert!(!turned(hooks, ".kiro/agents/a.md", "kiro", "kiro-2").0.contains("hooks"));
    let agent = |fields: &str| {
        format!("---\nname: a\ndescription: Reviews. Use it.\n{fields}\n---\n\nReview.\n")
    };
    let copilot =
        |fields: &str, to: &str| turned(&agent(fields), ".github/agents/a.agent.md", "copilot", to);
    let servers = "model: claude-sonnet-4.6\ntarget: github-copilot\nmcp-servers:\n  gh:\n    type: local\n    command: gh\n    tools: [\"*\"]";
    let (file, lost) = copilot(servers, "copilot-cli");
    assert!(
        file.contains("\nmcp-servers:\n") && file.contains("\ntarget: github-copilot\n"),
        "{file}"
    );
    assert!(file.contains("\nmodel: claude-sonnet-4.6\n"), "{file}");
    assert_eq!(lost, [""; 0]);
    let agents = "tools: [read, agent]\nagents: [worker]\nhooks:\n  Stop:\n    - type: command\n      command: ls\ntarget: vscode\nmodel: GPT-5.5 (copilot)";
    let (file, lost) = copilot(agents, "vscode-agent");
    assert!(
        file.contains("tools: [read, agent]\n") && file.contains("agents: [worker]\n"),
        "{file}"
    );
    assert!(file.contains("\nhooks:\n") && file.contains("\ntarget: vscode\n"), "{file}");
    assert!(file.contains("\nmodel: GPT-5.5 (copilot)\n"), "{file}");
    assert_eq!(lost, [""; 0]);
    assert_eq!(copilot("model: GPT-5.5", "vscode-agent").1.len(), 1);
}

#[test]
fn what_one_program_reads_in_two_kinds_of_files_is_kept() {
    let text = "---\ndescription: Reviews. Use it.\nallowed-tools: Bash(git add:*), Read\n---\n\nReview.\n";
    let (file, lost) = turned(text, ".claude/commands/a.md", "claude-command", "claude-skill");
    assert!(file.contains("\nallowed-tools: \"Bash(git add:*) Read\"\n"), "{file}");
    assert_eq!(lost, [""; 0]);
    let (file, lost) = turned(text, ".claude/commands/a.md", "claude-command", "agent-skill");
    assert!(file.contains("Bash(git add:*)") && lost.is_empty(), "{file} {lost:?}");
}

#[test]
fn options_of_a_model_are_left_out_where_they_would_be_part_of_its_name() {
    let text = "---\nname: a\ndescription: Reviews. Use it.\nmodel: claude-opus-5[effort=high]\n---\n\nReview.\n";
    let (file, lost) = turned(text, ".cursor/agents/a.md", "cursor-agent", "claude-code");
    assert!(file.contains("\nmodel: claude-opus-5\n"), "{file}");
    assert_eq!(lost, ["info Claude Code has no model options; `[effort=high]` was omitted."]);
}
