//! Tests limits that another host can express only in part, or that are not understood: the
//! conversion grants nothing more.

use super::permissions::{claude, converted};
use super::*;

/// The lines of a file that set permissions, without the losses.
fn limits(got: &[String]) -> String {
    let is_loss = |line: &&String| {
        ["info ", "warning ", "error "].iter().any(|start| line.starts_with(start))
    };
    got.iter().filter(|line| !is_loss(line)).cloned().collect::<Vec<_>>().join("\n")
}

#[test]
fn commands_become_rules_where_the_host_has_rules_for_commands() {
    let shell = "permission:\n\"*\": deny\nread: allow\nbash:\n\"*\": deny\n";
    assert_eq!(
        claude("tools: Read, Bash(git *)", "opencode").join("\n"),
        format!("{shell}git *: allow")
    );
    let got = claude("tools: Read, Bash(npm run test:*), Bash(git diff:*)", "kilo");
    assert_eq!(got.join("\n"), format!("{shell}git diff *: allow\nnpm run test *: allow"));
}

#[test]
fn a_command_whose_marks_mean_something_else_is_left_out() {
    let got = claude("tools: Read, Bash(ls ?), Bash(git *)", "opencode");
    assert_eq!(
        got.last().unwrap(),
        "warning OpenCode cannot restrict `bash` as in `Bash(ls ?)`; it was omitted."
    );
    assert!(limits(&got).ends_with("bash:\n\"*\": deny\ngit *: allow"), "{got:?}");
}

#[test]
fn commands_of_a_shell_that_is_denied_in_part_are_left_out() {
    for denied in ["Bash(git push *)", "Bash"] {
        let front_matter = format!("tools: Read, Bash(git *)\ndisallowedTools: {denied}");
        let got = claude(&front_matter, "opencode");
        assert_eq!(limits(&got), "permission:\n\"*\": deny\nread: allow", "{got:?}");
    }
}

#[test]
fn rules_for_commands_limit_the_shell() {
    let to = |rules: &str, host: &str| {
        let front_matter =
            format!("description: x\npermission:\n  \"*\": deny\n  read: allow\n{rules}");
        limits(&converted("opencode", &front_matter, host))
    };
    let one = "  bash:\n    \"git *\": allow";
    assert_eq!(to(one, "claude-code"), "tools: Read");
    assert_eq!(to(one, "copilot"), "tools: [read]");
    let all = "  bash:\n    \"*\": allow";
    assert_eq!(to(all, "claude-code"), "tools: Read, Bash");
    let some = "description: x\npermission:\n  bash:\n    \"rm *\": deny";
    let got = converted("opencode", some, "claude-code");
    assert_eq!(limits(&got), "disallowedTools: Bash, PowerShell, Monitor, REPL");
    assert!(got[1].contains("can no longer run commands"), "{got:?}");
}

#[test]
fn where_tools_may_reach_is_not_understood_elsewhere() {
    let front_matter = "description: x\npermission:\n  external_directory: deny";
    assert_eq!(limits(&converted("opencode", front_matter, "claude-code")), "(none)");
    let front_matter =
        "description: x\npermission:\n  external_directory: allow\n  doom_loop: deny";
    assert_eq!(limits(&converted("opencode", front_matter, "claude-code")), "");
}

#[test]
fn a_list_of_tools_that_are_not_known_is_not_understood() {
    let convert = |from: &str, path: &str, field: &str, to: &str| {
        let text = format!("---\nname: a\ndescription: Looks. Use it.\n{field}\n---\n\nLook.\n");
        let options = Options { host: Host::by_id(from), ..Options::default() };
        compile(&Input::new(&text).at(path), &options, &Target::of(Host::by_id(to)))
    };
    for (from, path) in [
        ("grok", ".grok/agents/a.md"),
        ("junie", ".junie/agents/a.md"),
        ("kimi", ".kimi-code/agents/a.md"),
        ("augment", ".augment/agents/a.md"),
    ] {
        let done = convert(from, path, "tools: read", "claude-code");
        assert_eq!((done.permissions, done.file), (Outcome::Widened, None), "{from}");
        assert!(convert(from, path, "model: x", "claude-code").file.is_some(), "{from}");
    }
    let rules =
        convert("devin", ".devin/agents/a/AGENT.md", "permissions: { deny: [exec] }", "qwen");
    assert_eq!(rules.permissions, Outcome::Widened);
}

#[test]
fn a_host_whose_tools_are_not_known_can_take_none_away() {
    for field in ["tools: Read", "disallowedTools: Bash", "disallowedTools: Edit, WebFetch"] {
        for to in ["augment", "grok", "devin", "goose"] {
            let got = claude(field, to);
            assert_eq!(got[0], "(none)", "{field} for {to}");
            assert!(got[1].starts_with("error"), "{field} for {to}: {got:?}");
        }
    }
}

#[test]
fn a_host_that_grants_nothing_by_itself_leaves_a_role_without_tools() {
    let got = claude("model: opus", "antigravity");
    assert!(
        got.iter().any(|loss| loss.starts_with("warning") && loss.contains("it can use none")),
        "{got:?}"
    );
    let text = "---\nname: a\ndescription: Looks. Use it.\n---\n\nLook.\n";
    let options = Options { host: Host::by_id("antigravity"), ..Options::default() };
    let to = Target::of(Host::by_id("claude-code"));
    let done = compile(&Input::new(text).at(".agents/agents/a.md"), &options, &to);
    assert!(written(&done).contains("tools: []"), "{}", written(&done));
}

#[test]
fn a_role_that_may_use_nothing_gets_nothing() {
    assert_eq!(claude("disallowedTools: \"*\"", "gemini"), ["tools: []"]);
    assert_eq!(claude("tools: Bash(git *)", "gemini")[0], "tools: []");
    assert_eq!(claude("tools: []", "qwen"), ["tools: [read_file]", "disallowedTools: [read_file]"]);
    assert_eq!(claude("tools: []", "factory")[0], "(none)");
}

#[test]
fn what_is_between_spaces_is_denied_too() {
    assert_eq!(
        claude("disallowedTools: Bash nonsense", "copilot")[0],
        claude("disallowedTools: Bash", "copilot")[0]
    );
}

#[test]
fn a_shell_that_is_denied_takes_another_shell_along() {
    assert_eq!(
        claude("tools: Read, Bash, PowerShell\ndisallowedTools: Bash", "copilot")[0],
        "tools: [read]"
    );
}

#[test]
fn what_no_known_tool_does_is_not_left_to_a_host_with_others() {
    let got = claude("disallowedTools: Agent, Skill", "kiro");
    assert_eq!(limits(&got), "tools: [read, write, shell, web, spec, context]", "{got:?}");
}

#[test]
fn a_switch_says_what_it_takes_along() {
    let got = claude("disallowedTools: Bash", "cursor-agent");
    assert_eq!(got[0], "readonly: true");
    assert!(got[1].contains("can no longer change files"), "{got:?}");
}

#[test]
fn servers_are_no_loss_where_all_of_them_are_listed() {
    let got = claude("tools: \"*\"\ndisallowedTools: Bash", "gemini");
    assert!(got[0].ends_with("mcp_*]"), "{got:?}");
    assert!(!got.iter().any(|loss| loss.contains("servers")), "{got:?}");
}

#[test]
fn a_host_that_grants_nothing_without_a_list_is_not_given_everything_elsewhere() {
    let got = converted("antigravity", "description: x", "agent-skill");
    assert!(
        got.last().unwrap().starts_with(
            "error Without a tool list, Antigravity grants fewer tools than Agent Skills does: the role could "
        ),
        "{got:?}"
    );
}
