//! Tests what is said about a conversion.

use super::permissions::{claude, converted};
use super::*;

fn from(host: &str, path: &str, fields: &str, to: &str) -> Vec<String> {
    let text = format!(
        "---\nname: a\ndescription: Reviews. Use it.\n{fields}\n---\n\nReview the change.\n"
    );
    let options = Options { host: Host::by_id(host), ..Options::default() };
    losses(&compile(&Input::new(&text).at(path), &options, &Target::of(Host::by_id(to))))
}

#[test]
fn the_tool_that_does_no_more_is_preferred() {
    assert_eq!(claude("tools: WebFetch", "vscode-agent"), ["tools: [web/fetch]"]);
    assert_eq!(claude("tools: WebFetch, WebSearch", "vscode-agent"), ["tools: [web]"]);
    assert_eq!(claude("tools: Read, Edit, Write", "vscode-agent"), ["tools: [read, edit]"]);
}

#[test]
fn a_role_that_may_only_search_and_can_read_elsewhere_is_told_so() {
    for (to, product) in [("kiro", "Kiro"), ("amazon-q", "Amazon Q Developer CLI")] {
        let lost = from("claude-code", ".claude/agents/a.md", "tools: Grep", to);
        assert_eq!(
            lost,
            [format!(
                "warning {product} cannot express `tools` exactly; the role can also read whole files."
            )]
        );
        assert_eq!(from("claude-code", ".claude/agents/a.md", "tools: Read", to), [""; 0]);
    }
}

#[test]
fn a_mode_of_one_product_is_no_mode_of_another() {
    for to in ["junie", "command-code"] {
        let text = "---\nname: a\ndescription: Reviews. Use it.\napprovalMode: yolo\n---\n\nReview the change.\n";
        let done = compiled(text, ".qwen/agents/a.md", Some(to));
        assert!(!written(&done).contains("yolo"), "{to}: {}", written(&done));
        assert!(losses(&done).iter().any(|loss| loss.contains("`approvalMode`")), "{to}");
    }
}

#[test]
fn a_name_that_its_own_host_does_not_have_is_said_to_be_none() {
    for (host, path, own, said) in [
        ("qwen", ".qwen/agents/a.md", "read_file", "info Qwen Code ignores"),
        ("factory", ".factory/droids/a.md", "Read", "warning Factory has no tool"),
        ("kiro", ".kiro/agents/a.md", "read", "warning Kiro has no tool"),
    ] {
        assert_eq!(
            from(host, path, &format!("tools: [{own}, Bash]"), "claude-code"),
            [format!("{said} `Bash`; it was omitted.")]
        );
    }
}

#[test]
fn a_reason_names_what_is_not_understood() {
    let lost = from("claude-code", ".claude/agents/a.md", "tools: Read\ntools: Bash", "copilot");
    assert_eq!(
        lost,
        [
            "error GitHub Copilot cannot enforce the limits of `tools`: which of the two `tools` fields applies is unclear."
        ]
    );
    let got = converted(
        "opencode",
        "description: x\npermission: { external_directory: deny }",
        "claude-code",
    );
    assert_eq!(
        got[1],
        "error Claude Code cannot enforce the limits of `permission`: Rolewright cannot translate the rule `external_directory`."
    );
}

#[test]
fn the_two_kinds_of_files_of_one_product_are_named() {
    let lost =
        from("claude-code", ".claude/agents/a.md", "color: red\nmodel: opus\n\n", "claude-command");
    assert!(!lost.iter().any(|loss| loss.contains("Claude Code, which Claude Code")), "{lost:?}");
    let text = "---\nname: a\ndescription: Reviews. Use it.\n---\n\nRead @docs/x.md first.\n";
    let done = compiled(text, ".claude/agents/a.md", Some("claude-command"));
    assert_eq!(
        losses(&done),
        [
            "info A Claude Code command fills in `@docs/x.md`, which a Claude Code subagent leaves unchanged."
        ]
    );
}

#[test]
fn an_empty_display_name_is_not_lost() {
    let text = "---\nname: \"\"\ndescription: Reviews. Use it.\n---\n\nReview.\n";
    let done = compiled(text, ".github/agents/a.agent.md", Some("claude-code"));
    assert_eq!(losses(&done), [""; 0]);
}

#[test]
fn a_name_that_the_other_host_reserves_is_said() {
    let text = "---\nname: plan\ndescription: Reviews. Use it.\n---\n\nReview.\n";
    for (to, note) in [
        ("kiro", "Version 3 of Kiro silently drops an agent with the name of a built-in one."),
        ("command-code", "Command Code silently skips an agent with the name of a built-in one."),
    ] {
        let lost = losses(&compiled(text, ".claude/agents/plan.md", Some(to)));
        assert_eq!(lost, [format!("warning The name `plan` is reserved. {note}")], "{to}");
    }
}
