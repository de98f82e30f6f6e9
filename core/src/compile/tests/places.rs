//! Tests places in the text whose meaning changes on another host or in another folder.

use super::*;

fn lost(body: &str, from: &str, path: &str, to: &str) -> Vec<String> {
    let text = format!("---\nname: a\ndescription: Looks. Use it.\n---\n\n{body}\n");
    let options = Options { host: Host::by_id(from), ..Options::default() };
    let done = compile(&Input::new(&text).at(path), &options, &Target::of(Host::by_id(to)));
    let about = |loss: &&Loss| loss.span.start > text.find("\n\n").unwrap();
    let said = |loss: &Loss| std::format!("{}: {}", loss.span.of(&text), loss.message);
    done.losses.iter().filter(about).map(said).collect()
}

#[test]
fn what_only_one_host_fills_in_is_a_loss() {
    let command = ".claude/commands/a.md";
    let literally = "the model sees it literally.";
    assert_eq!(
        lost("Fix $ARGUMENTS, then $ARGUMENTS.", "claude-command", command, "copilot"),
        [
            "$ARGUMENTS: GitHub Copilot does not fill in `$ARGUMENTS`; the model sees it literally (2 places)."
        ]
    );
    assert_eq!(
        lost("Fix $1 for $5.00, not $10.", "claude-command", command, "copilot"),
        [format!("$1: GitHub Copilot does not fill in `$1`; {literally}")]
    );
    assert_eq!(
        lost("Now: !`git status`", "claude-command", command, "gemini"),
        [format!("!`git status`: Gemini CLI does not run !`git status`; {literally}")]
    );
    assert_eq!(
        lost(
            "Read @docs/style.md, ask @ann, use @scope/name and a@b.com.",
            "claude-command",
            command,
            "copilot"
        ),
        [format!("@docs/style.md: GitHub Copilot does not fill in `@docs/style.md`; {literally}")]
    );
    assert_eq!(
        lost(
            "Use #tool:search/codebase now.",
            "vscode-agent",
            ".github/agents/a.agent.md",
            "gemini"
        ),
        [format!(
            "#tool:search/codebase: Gemini CLI does not fill in `#tool:search/codebase`; {literally}"
        )]
    );
}

#[test]
fn what_the_other_host_fills_in_or_runs_is_said_too() {
    let agent = ".claude/agents/a.md";
    assert_eq!(
        lost("Say !`rm -r x`", "claude-code", agent, "claude-command"),
        [
            "!`rm -r x`: A Claude Code command runs !`rm -r x` when it is loaded; a Claude Code subagent does not."
        ]
    );
    assert_eq!(
        lost("The ${query} is text.", "claude-code", agent, "gemini"),
        ["${query}: Gemini CLI fills in `${query}`, which Claude Code leaves unchanged."]
    );
}

#[test]
fn a_command_is_run_in_a_code_block_too() {
    let agent = ".claude/agents/a.md";
    for body in ["```sh\n!`rm -r x`\n```", "Write `` !`rm -r x` `` there.", "> !`rm -r x`"] {
        assert_eq!(
            lost(body, "claude-code", agent, "claude-command"),
            [
                "!`rm -r x`: A Claude Code command runs !`rm -r x` when it is loaded; a Claude Code subagent does not."
            ],
            "{body}"
        );
    }
    for body in ["Stop!`rm`", "!``", "!` is a mark", "```!"] {
        let is_block = body == "```!";
        assert_eq!(lost(body, "claude-code", agent, "claude-skill").len(), usize::from(is_block));
    }
    let limited =
        "---\nname: a\ndescription: Looks. Use it.\ntools: Read\n---\n\n```\n!`rm -r x`\n```\n";
    let done = compiled(limited, agent, Some("claude-command"));
    assert!(losses(&done).iter().any(|loss| {
        loss == "error A Claude Code command runs !`rm -r x` when it is loaded, and the role may not run commands."
    }));
    assert_eq!(
        lost("```\n!`git status`\n```", "claude-command", ".claude/commands/a.md", "claude-code"),
        ["!`git status`: Claude Code does not run !`git status`; the model sees it literally."]
    );
}

#[test]
fn files_beside_a_skill_stay_behind() {
    let files: BTreeMap<String, String> =
        ["skills/a/scripts/run.py", "skills/a/SKILL.md", "docs/x.md"]
            .map(|path| (path.to_string(), String::new()))
            .into();
    let text = "---\nname: a\ndescription: Looks. Use it.\n---\n\nRun `scripts/run.py`, read `docs/x.md` and `a/b`.\n";
    let input = Input::new(text).at("skills/a/SKILL.md").with_files(&files);
    let done = compile(&input, &Options::default(), &Target::of(Host::by_id("claude-code")));
    assert_eq!(
        losses(&done),
        [
            "warning `scripts/run.py` refers to `skills/a/scripts/run.py`, which it does not reach from `.claude/agents/a.md`."
        ]
    );
}

#[test]
fn a_relative_link_may_lead_elsewhere_where_other_files_are_not_known() {
    assert_eq!(
        lost(
            "See [style](style.md) and [web](https://x.y).",
            "claude-code",
            ".claude/agents/a.md",
            "copilot"
        ),
        [
            "[style](style.md): `style.md` is relative and points elsewhere from `.github/agents/a.agent.md`."
        ]
    );
}

#[test]
fn two_roles_that_get_one_name_are_named() {
    let role =
        |name: &str| format!("---\nname: {name}\ndescription: Looks. Use it.\n---\n\nLook.\n");
    let (one, two) = (role("Code Review"), role("Code, Review"));
    let files: BTreeMap<String, String> =
        [(".claude/agents/one.md", &one), (".claude/agents/two.md", &two)]
            .map(|(path, text)| (path.to_string(), text.clone()))
            .into();
    let input = Input::new(&one).at(".claude/agents/one.md").with_files(&files);
    let done = compile(&input, &Options::default(), &Target::of(Host::by_id("gemini")));
    assert_eq!(
        losses(&done),
        [
            "warning Gemini CLI does not accept the name `Code Review`; it was changed to `code-review`. `.claude/agents/two.md` gets the same name there."
        ]
    );
}

#[test]
fn what_a_crew_is_started_with_is_not_filled_in_elsewhere() {
    let text = "reader:\n  role: Reader of {topic}\n  goal: Read about {topic}\n  backstory: You read `{\"a\": 1}`.\n";
    let input = Input::new(text).at("config/agents.yaml");
    let done = compile(&input, &Options::new(), &Target::of(Host::by_id("claude-code")));
    assert_eq!(
        losses(&done),
        [
            "info CrewAI grants a role only the tools that it lists; this one has none.",
            "warning Claude Code does not fill in `{topic}`; the model sees it literally (2 places).",
        ]
    );
}
