//! Tests how it is converted that only a person can start a role.

use super::*;

const ABOUT: &str = "name: a\ndescription: Reviews. Use it.\n";

/// The lines of the front matter that say who starts the role, and the losses about it.
fn turned(fields: &str, path: &str, to: &str) -> Vec<String> {
    let text = format!("---\n{fields}\n---\n\nReview.\n");
    let done = compiled(&text, path, Some(to));
    let says =
        ["disable-model", "mode:", "subagent", "infer", "inclusion", "trigger", "description"];
    let file = written(&done).to_string();
    let lines = file.lines().skip(1).take_while(|line| *line != "---");
    let mut out: Vec<String> =
        lines.filter(|line| says.iter().any(|s| line.starts_with(s))).map(String::from).collect();
    out.retain(|line| !line.starts_with("description") || to.ends_with("-rule"));
    let about = ["mode", "invocation", "infer", "subagent", "applies", "description"];
    out.extend(losses(&done).into_iter().filter(|loss| about.iter().any(|a| loss.contains(a))));
    out
}

#[test]
fn a_skill_that_only_people_start_becomes_a_rule_that_is_mentioned() {
    let fields = format!("{ABOUT}disable-model-invocation: true");
    let rule = |to: &str| turned(&fields, ".claude/skills/a/SKILL.md", to);
    assert_eq!(rule("kiro-steering"), ["inclusion: manual"]);
    assert_eq!(rule("devin-rule"), ["trigger: manual", "description: Reviews. Use it."]);
    let dropped = "lets the model choose a rule by its `description`, which was omitted.";
    assert_eq!(rule("cursor-rule"), [format!("info Cursor {dropped}")]);
    assert_eq!(rule("instructions-file"), [format!("info GitHub Copilot {dropped}")]);
    for (to, subject) in [
        ("claude-rule", "A Claude Code rule"),
        ("cline-rule", "A Cline rule"),
        ("roo-rule", "A Roo Code rule"),
        ("agents-md", "AGENTS.md"),
    ] {
        let said =
            format!("warning {subject} applies to every request, not only when it is mentioned.");
        assert!(rule(to).contains(&said), "{to}: {:?}", rule(to));
    }
    // A model may start it, so that the description decides.
    let routed = turned(ABOUT.trim_end(), ".claude/skills/a/SKILL.md", "kiro-steering");
    assert_eq!(routed, ["inclusion: auto"]);
}

#[test]
fn a_rule_that_is_only_mentioned_gets_no_description_that_a_model_chooses_it_by() {
    let fields = "inclusion: manual\ndescription: On mail.";
    assert_eq!(
        turned(fields, ".kiro/steering/a.md", "cursor-rule"),
        ["info Cursor lets the model choose a rule by its `description`, which was omitted."]
    );
}

#[test]
fn each_product_has_words_of_its_own_for_a_role_that_only_people_start() {
    let copilot = format!("{ABOUT}disable-model-invocation: true");
    let from = |path: &str, fields: &str, to: &str| turned(fields, path, to);
    let agent = ".github/agents/a.agent.md";
    assert_eq!(from(agent, &copilot, "opencode"), ["mode: primary"]);
    assert_eq!(from(agent, &copilot, "antigravity"), ["subagent: false"]);
    let open = "description: Reviews. Use it.\nmode: primary";
    let opencode = ".opencode/agents/a.md";
    for to in ["copilot", "vscode-agent", "copilot-cli", "claude-skill"] {
        assert_eq!(from(opencode, open, to), ["disable-model-invocation: true"], "{to}");
    }
    assert_eq!(from(opencode, open, "antigravity"), ["subagent: false"]);
    assert_eq!(from(opencode, open, "kilo"), ["mode: primary"]);
    let antigravity = format!("{ABOUT}subagent: false");
    assert_eq!(from(".agents/agents/a.md", &antigravity, "opencode"), ["mode: primary"]);
    assert_eq!(
        from(opencode, open, "claude-code"),
        ["info Claude Code cannot express `mode`; it was omitted."]
    );
}

#[test]
fn a_retired_field_is_kept_where_it_is_read() {
    let fields = format!("{ABOUT}infer: false");
    for to in ["vscode-agent", "copilot-cli"] {
        let done = compile(
            &Input::new(&format!("---\n{fields}\n---\n\nReview.\n"))
                .at(".github/agents/a.agent.md"),
            &Options { host: Host::by_id("copilot"), ..Options::default() },
            &Target::of(Host::by_id(to)),
        );
        assert!(written(&done).contains("\ninfer: false\n"), "{to}: {}", written(&done));
        assert_eq!(losses(&done), [""; 0], "{to}");
    }
    let done = turned(&fields, ".github/agents/a.agent.md", "claude-skill");
    assert_eq!(done, ["disable-model-invocation: true"]);
}

#[test]
fn a_folder_that_makes_an_agent_primary_says_so_elsewhere() {
    for (fields, path) in [
        ("description: Reviews. Use it.", ".opencode/mode/a.md"),
        ("description: Reviews. Use it.\nmode: subagent", ".opencode/modes/a.md"),
    ] {
        let to = |to: &str| turned(fields, path, to);
        assert_eq!(to("opencode-2"), ["mode: primary"], "{path}");
        assert_eq!(to("kilo"), ["mode: primary"], "{path}");
        assert_eq!(to("copilot"), ["disable-model-invocation: true"], "{path}");
        assert_eq!(
            to("claude-code"),
            [
                "info Claude Code cannot express `mode: primary`, which the folder of the file implies; it was omitted."
            ],
            "{path}"
        );
    }
}
