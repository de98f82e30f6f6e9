//! Tests that a conversion gives a role no power that its own host does not give it.

use super::*;

/// The file that a text becomes, and what was lost.
fn turned(text: &str, path: &str, from: &str, to: &str) -> (String, Vec<String>) {
    let options = Options { host: Host::by_id(from), ..Options::default() };
    let done = compile(&Input::new(text).at(path), &options, &Target::of(Host::by_id(to)));
    (written(&done).to_string(), losses(&done))
}

#[test]
fn a_prompt_that_looks_like_front_matter_stays_a_prompt() {
    let body = "---\nallowed-tools: Bash(*)\nmodel: opus\n---\nYou review.\n";
    let text = format!("---\nmode: all\n---\n\n{body}");
    for to in ["claude-command", "opencode-command", "roo-command", "claude-rule", "plain"] {
        let (file, _) = turned(&text, ".opencode/agents/a.md", "opencode", to);
        assert_eq!(file, format!("---\n\n---\n\n{body}"), "{to}");
        let read = Role::parse(&file, "a.md");
        assert!(read.fields().is_empty(), "{to}");
        assert_eq!(read.body.of(&file).trim_start(), body, "{to}");
    }
    let codex = format!(
        "name = \"a\"\ndescription = \"Reviews.\"\ndeveloper_instructions = '''\n\n{body}'''\n"
    );
    let (file, _) = turned(&codex, ".codex/agents/a.toml", "codex-agent", "claude-rule");
    assert!(file.starts_with("---\n\n---\n"), "{file}");
    // A host without front matter reads the text as it is.
    assert_eq!(turned(&text, ".opencode/agents/a.md", "opencode", "claude-md").0, body);
    let own = format!("---\nvariables: {{ X: one }}\n---\n{body}");
    let (file, _) = turned(&own, ".claude/commands/a.md", "claude-command", "claude-command");
    assert_eq!(file, format!("---\n\n---\n\n{body}"));
    let plain = "# A\n\n---\n\nb\n";
    assert_eq!(turned(plain, "roles/a.md", "plain", "claude-command").0, plain);
}

#[test]
fn an_entry_for_every_tool_approves_none() {
    let json = r#"{"name": "a", "description": "Reviews. Use it.", "prompt": "Review.", "tools": ["*"], "allowedTools": ["*", "fs_read"]}"#;
    for (from, path) in
        [("amazon-q", ".amazonq/cli-agents/a.json"), ("kiro-2", ".kiro/agents/a.json")]
    {
        for to in ["claude-skill", "claude-command", "agent-skill"] {
            let (file, lost) = turned(json, path, from, to);
            assert!(file.contains("\nallowed-tools: Read"), "{from} to {to}: {file}");
            assert!(!file.contains("Bash"), "{from} to {to}: {file}");
            let said = "cannot approve `*` in advance; it asks for approval instead.";
            assert!(lost.iter().any(|loss| loss.ends_with(said)), "{from} to {to}: {lost:?}");
        }
        for to in ["kiro-2", "amazon-q"].into_iter().filter(|to| *to != from) {
            let (file, _) = turned(json, path, from, to);
            let approved = file.split_once("allowedTools").unwrap().1;
            assert!(!approved.contains("execute_bash") && !approved.contains("shell"), "{file}");
        }
    }
    let skill =
        "---\nname: a\ndescription: Reviews. Use it.\nallowed-tools: \"*\"\n---\n\nReview.\n";
    for to in ["agent-skill", "kiro-2"] {
        let (file, _) = turned(skill, ".claude/skills/a/SKILL.md", "claude-skill", to);
        assert!(!file.contains("allowed"), "{to}: {file}");
    }
    // Both are read by the same program.
    let (file, lost) = turned(skill, ".claude/skills/a/SKILL.md", "claude-skill", "claude-command");
    assert!(file.contains("allowed-tools: \"*\"\n") && lost.is_empty(), "{file}{lost:?}");
}

#[test]
fn a_field_that_has_no_effect_in_its_file_approves_nothing() {
    let text =
        "---\nname: a\ndescription: Reviews. Use it.\nallowedTools: [shell]\n---\n\nReview.\n";
    for to in ["claude-skill", "claude-command", "agent-skill", "kiro-2", "amazon-q"] {
        let (file, lost) = turned(text, ".kiro/agents/a.md", "kiro", to);
        assert!(!file.to_lowercase().contains("allowed"), "{to}: {file}");
        let said = "info Kiro ignores `allowedTools` in this file; it was omitted.";
        assert!(lost.iter().any(|loss| loss == said), "{to}: {lost:?}");
    }
    let json = r#"{"name": "a", "description": "Reviews. Use it.", "prompt": "Review.", "tools": ["*"], "allowedTools": ["shell"]}"#;
    let (file, _) = turned(json, ".kiro/agents/a.json", "kiro", "claude-skill");
    assert!(file.contains("allowed-tools: Bash\n"), "{file}");
    let (file, _) = turned(json, ".kiro/agents/team/a.json", "kiro", "claude-skill");
    assert!(!file.contains("allowed"), "{file}");
}

#[test]
fn text_that_the_other_host_would_run_or_read_is_not_converted() {
    let agent =
        |body: &str| format!("---\nname: a\ndescription: Reviews. Use it.\n---\n\n{body}\n");
    let to =
        |body: &str, host: &str| turned(&agent(body), ".claude/agents/a.md", "claude-code", host);
    let run = to("Say !{rm -rf {a,b}} now.", "gemini-command");
    assert_eq!(run.0, "");
    assert_eq!(
        run.1,
        [
            "error A Gemini CLI command runs `!{rm -rf {a,b}}` when it is loaded; a Claude Code subagent does not."
        ]
    );
    let read = to("Say @{secret.txt}.", "gemini-command");
    assert_eq!(read.0, "");
    assert_eq!(
        read.1,
        [
            "error A Gemini CLI command reads `@{secret.txt}` when it is loaded; a Claude Code subagent does not."
        ]
    );
    assert_eq!(to("Say @{src}.", "gemini-command").0, "");
    // It is no path, so there is nothing to read.
    let name = to("Push to @{u}.", "gemini-command");
    assert_eq!(
        name.1,
        [
            "warning A Gemini CLI command reads `@{u}` when it is loaded; a Claude Code subagent does not."
        ]
    );
    let command = to("Say !`rm x` now.", "opencode-command");
    assert_eq!(command.0, "");
    assert_eq!(
        command.1,
        [
            "error An OpenCode command runs !`rm x` when it is loaded; a Claude Code subagent does not."
        ]
    );
    let widened = Target::of(Host::by_id("gemini-command")).widening(true);
    let text = agent("Say !{ls}.");
    let done = compile(&Input::new(&text).at(".claude/agents/a.md"), &Options::default(), &widened);
    assert!(written(&done).contains("!{ls}") && losses(&done)[0].starts_with("warning"));
    assert!(to("Write `!{` or {a}.", "gemini-command").1.is_empty());
}

#[test]
fn what_a_command_runs_or_reads_is_not_run_elsewhere() {
    let text = "description = \"Reviews.\"\nprompt = \"Say !{git log} and @{docs/a.md}.\"\n";
    let (_, lost) = turned(text, ".gemini/commands/a.toml", "gemini-command", "claude-command");
    assert_eq!(
        lost,
        [
            "warning Claude Code does not run `!{git log}`; the model sees it literally.",
            "warning Claude Code does not fill in `@{docs/a.md}`; the model sees it literally.",
        ]
    );
}
