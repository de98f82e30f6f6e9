//! Tests limits that a host reads differently from their author's intention: a conversion does not
//! widen the intended permissions, and reports fields without effect.

use super::permissions::converted;
use super::*;

const ABOUT: &str = "name: a\ndescription: Reviews. Use it.\n";

#[track_caller]
fn from(host: &str, front_matter: &str, to: &str) -> Vec<String> {
    converted(host, &format!("{ABOUT}{front_matter}"), to)
}

#[test]
fn a_list_where_a_map_of_switches_belongs_is_not_understood() {
    for tools in ["tools: [read, bash]", "tools: read, bash"] {
        for to in ["claude-code", "copilot", "opencode-2"] {
            let got = from("opencode", tools, to);
            assert_eq!(got[0], "(none)", "{tools} to {to}");
            assert!(
                got[1].ends_with("the limits of `tools`: Rolewright does not understand them.")
            );
        }
    }
    assert_eq!(from("opencode", "tools:", "copilot"), [""; 0]);
}

#[test]
fn what_is_allowed_of_a_denied_server_is_a_loss_where_it_cannot_be_said() {
    let rules = "permission:\n  \"gh_*\": deny\n  \"gh_read\": allow";
    assert_eq!(
        from("opencode", rules, "claude-code"),
        [
            "disallowedTools: mcp__gh__*",
            "warning Claude Code cannot express `permission` exactly; the role can no longer use `read` of the server `gh`."
        ]
    );
    let other_order = "permission:\n  \"gh_read\": allow\n  \"gh_*\": deny";
    assert_eq!(from("opencode", other_order, "claude-code"), ["disallowedTools: mcp__gh__*"]);
}

#[test]
fn a_switch_with_any_value_but_no_is_on() {
    for value in ["1", "\"yes\"", "always", "[true]"] {
        let got = from("cursor-agent", &format!("readonly: {value}"), "roo");
        assert_eq!(got[0], "groups: [read]", "{value}");
    }
    for value in ["false", "no", "0", "\"\"", ""] {
        let got = from("cursor-agent", &format!("readonly: {value}"), "copilot");
        assert_eq!(got, [""; 0], "{value}");
    }
    assert_eq!(from("claude-code", "permissionMode: Plan", "roo")[0], "groups: [read]");
}

#[test]
fn an_agent_that_only_reads_limits_a_prompt() {
    for agent in ["agent: ask", "agent: plan", "mode: ask"] {
        assert_eq!(
            converted("prompt-file", &format!("description: b\n{agent}"), "roo")[0],
            "groups: [read]"
        );
        let command =
            converted("prompt-file", &format!("description: b\n{agent}"), "claude-command");
        assert_eq!(command[0], "(none)", "{agent}");
    }
    assert_eq!(from("claude-skill", "context: fork\nagent: Explore", "roo")[0], "groups: [read]");
    let other = from("claude-skill", "context: fork\nagent: general-purpose", "roo")[0].clone();
    assert_eq!(other, "groups: [read, edit, command, mcp, modes]");
}

#[test]
fn fields_of_a_host_of_which_little_is_known_limit_what_they_limit_elsewhere() {
    for (host, field) in [
        ("grok", "disallowedTools: [shell]"),
        ("grok", "capabilityMode: read-only"),
        ("junie", "disallowedTools: [shell]"),
        ("grok", "readonly: true"),
        ("grok", "permission: { edit: deny }"),
    ] {
        let got = from(host, field, "claude-code");
        assert_eq!(got[0], "(none)", "{host} {field}");
        assert!(got[1].starts_with("error"), "{got:?}");
    }
    assert_eq!(from("junie", "permissionMode: plan", "roo")[0], "groups: [read]");
}

#[test]
fn what_sounds_like_a_limit_and_is_none_is_a_warning() {
    let text = format!("---\n{ABOUT}allowed_tool_groups: [read]\nversion: 1\n---\nReview.\n");
    let done = compiled(&text, ".claude/agents/a.md", Some("copilot"));
    assert_eq!(
        losses(&done),
        [
            "warning Claude Code does not read `allowed_tool_groups`, so it limits nothing; it was omitted.",
            "info GitHub Copilot has no field `version`; it was omitted.",
        ]
    );
}

#[test]
fn a_field_that_only_the_other_host_has_is_not_said_to_be_missing_there() {
    let text = "---\nname: a\ndescription: b\n---\nReview.\n";
    let done = compiled(text, ".claude/commands/a.md", Some("claude-code"));
    assert_eq!(losses(&done)[0], "info Claude Code ignores `name`; it was omitted.");
}

#[test]
fn a_merged_map_is_what_is_not_understood() {
    let got = from("claude-code", "x: &b\n  tools: Read\n<<: *b", "copilot");
    assert_eq!(
        got.last().unwrap(),
        "error GitHub Copilot cannot enforce the limits of `<<`: what `<<` adds is unknown."
    );
}

#[test]
fn what_limits_a_group_is_shown() {
    let text = "customModes:\n  - slug: a\n    name: A\n    description: b\n    roleDefinition: Edit.\n    groups:\n      - read\n      - - edit\n        - fileRegex: \\.md$\n          description: Docs\n";
    let done = compiled(text, ".roomodes", Some("copilot"));
    assert!(
        losses(&done).iter().any(|loss| loss.contains("as in `edit(\\.md$)`")),
        "{:?}",
        losses(&done)
    );
}

#[test]
fn an_agent_of_a_crew_has_no_tools_but_those_it_lists() {
    let text = "a:\n  role: Clerk\n  goal: Use it.\n  backstory: You are.\n";
    let done = compiled(text, "config/agents.yaml", Some("roo"));
    assert!(done.file.as_ref().unwrap().text.contains("groups: []"));
    assert_eq!(
        losses(&done),
        ["info CrewAI grants a role only the tools that it lists; this one has none."]
    );
    let reader = format!("---\n{ABOUT}tools: Read\n---\nReview.\n");
    let crew = compiled(&reader, ".claude/agents/a.md", Some("crewai"));
    assert_eq!(crew.permissions, Outcome::Narrowed);
}

#[test]
fn a_command_that_the_role_may_not_run_is_not_run_when_it_is_loaded() {
    let of = |tools: &str, body: &str| {
        let text = format!("---\n{ABOUT}{tools}---\n\n{body}\n");
        compiled(&text, ".claude/agents/a.md", Some("claude-skill"))
    };
    for body in ["See !`rm -r x` here.", "```!\nrm -r x\n```"] {
        let done = of("disallowedTools: Bash\n", body);
        assert_eq!((done.permissions, done.file.is_none()), (Outcome::Widened, true), "{body}");
        let told = losses(&done).into_iter().find(|loss| loss.starts_with("error")).unwrap();
        assert!(
            told.ends_with("runs when it is loaded, and the role may not run commands.")
                || told.contains("when it is loaded, and the role may not run commands."),
            "{told}"
        );
        // The model asks before it runs a command; the text would not.
        let done = of("", body);
        assert!(done.file.is_none());
        assert!(losses(&done)[0].ends_with("a Claude Code subagent does not."), "{body}");
    }
}

#[test]
fn a_file_that_is_called_the_same_everywhere_is_known_by_its_folder() {
    let path = |from: &str| compiled("Use TS.\n", from, Some("claude-command")).file.unwrap().path;
    assert_eq!(path("rules/angular/.cursorrules"), ".claude/commands/angular.md");
    assert_eq!(path(".cursorrules"), ".claude/commands/cursorrules.md");
}

#[test]
fn of_several_roles_the_others_are_not_left_out_in_silence() {
    let text = "customModes:\n  - {slug: a, name: A, groups: [read], roleDefinition: Read.}\n  - {slug: b, name: B, groups: [read], roleDefinition: Look.}\n";
    let others = "warning Only the first of 2 roles, `a`, was converted.";
    let done = compiled(text, ".roomodes", Some("copilot"));
    assert_eq!(losses(&done).last().unwrap(), others);
    assert!(!losses(&compiled(text, ".roomodes", Some("roo"))).contains(&others.to_string()));
    let second = Target::of(Host::by_id("copilot")).role(1);
    let done = compile(&Input::new(text).at(".roomodes"), &Options::default(), &second);
    assert!(!losses(&done).contains(&others.to_string()));
    assert_eq!(done.name, "b");
}

#[test]
fn an_agent_stays_beside_the_field_that_makes_it_count() {
    let text = "---\ndescription: b\ncontext: fork\nagent: Explore\n---\nLook.\n";
    let done = compiled(text, ".claude/commands/a.md", Some("claude-skill"));
    let file = written(&done);
    assert!(file.contains("context: fork\n") && file.contains("agent: Explore\n"), "{file}");
    assert_eq!(losses(&done), [""; 0]);
}

#[test]
fn a_role_that_runs_on_another_server_has_no_prompt_to_convert() {
    let text = format!(
        "---\nkind: remote\n{ABOUT}agent_card_url: https://a.example/card\n---\nWhat it is.\n"
    );
    for to in ["claude-code", "copilot", "roo", "plain", "agents-md"] {
        let done = compiled(&text, ".gemini/agents/a.md", Some(to));
        assert_eq!((done.file.is_none(), done.loads), (true, false), "{to}");
        assert_eq!(
            losses(&done),
            [
                "error Gemini CLI runs a role with `kind: remote` on another server; there is no prompt to convert."
            ],
            "{to}"
        );
    }
    let own = compiled(&text, ".gemini/agents/a.md", Some("gemini"));
    assert_eq!(written(&own), text);
    let local = text.replace("remote", "local").replace("agent_card", "x_agent_card");
    assert!(compiled(&local, ".gemini/agents/a.md", Some("claude-code")).file.is_some());
}

#[test]
fn a_role_that_is_switched_off_is_not_switched_on() {
    let off = "mode: subagent\ndisable: true";
    for to in ["claude-code", "copilot", "roo", "codex-agent"] {
        let got = from("opencode", off, to);
        assert_eq!(got[0], "(none)", "{to}");
        let told = "`disable`: the role, which is turned off, would be in use.";
        assert!(
            got.iter().any(|loss| loss.starts_with("error") && loss.ends_with(told)),
            "{got:?}"
        );
    }
    let text = format!("---\n{ABOUT}{off}\n---\nReview.\n");
    let to = |to| compiled(&text, ".opencode/agents/a.md", Some(to));
    assert!(written(&to("opencode-2")).contains("\ndisabled: true\n"));
    assert!(written(&to("kilo")).contains("\ndisable: true\n"));
    let plain = to("plain");
    assert!(plain.file.is_some());
    assert!(
        losses(&plain).iter().any(|loss| loss.starts_with("warning") && loss.ends_with("in use."))
    );
    assert!(written(&in_any(&text, "copilot")).contains("Review."));
    assert_eq!(from("opencode", "disable: false", "copilot"), [""; 0]);
}

fn in_any(text: &str, to: &str) -> Compiled {
    let to = Target::of(Host::by_id(to)).widening(true);
    compile(&Input::new(text).at(".opencode/agents/a.md"), &Options::default(), &to)
}

#[test]
fn a_mode_without_groups_is_granted_nothing() {
    let text =
        "customModes:\n  - slug: a\n    name: A\n    description: b\n    roleDefinition: Read.\n";
    let done = compiled(text, ".roomodes", Some("copilot"));
    assert!(written(&done).contains("\ntools: []\n"), "{}", written(&done));
    assert_eq!(
        losses(&done),
        ["info Roo Code grants a role only the tools that it lists; this one has none."]
    );
}

#[test]
fn a_command_that_asks_first_still_does() {
    let rules =
        "permission:\n  bash:\n    \"*\": deny\n    \"git *\": allow\n    \"git push *\": ask";
    assert_eq!(
        from("opencode", rules, "kilo"),
        ["permission:", "bash:", "\"*\": deny", "git *: allow", "git push *: ask"]
    );
    let text = format!("---\n{ABOUT}{rules}\n---\nReview.\n");
    let two = compiled(&text, ".opencode/agents/a.md", Some("opencode-2"));
    assert_eq!(losses(&two), [""; 0]);
    assert!(written(&two).contains("\"git push *\", \"effect\": \"ask\""), "{}", written(&two));
    let back = compiled(written(&two), ".opencode/agents/a.md", Some("kilo"));
    assert!(written(&back).contains("git push *: ask\n"), "{}", written(&back));
    assert_eq!(back.permissions, Outcome::Exact);
}

#[test]
fn every_field_that_limits_is_named() {
    let both = "tools: Read, mcp__gh__x\ndisallowedTools: WebFetch\npermissionMode: plan";
    let got = from("claude-code", both, "codex-agent");
    assert!(
        got[1].contains("the limits of `tools`, `disallowedTools` and `permissionMode`: "),
        "{got:?}"
    );
    let got = from("claude-code", both, "plain");
    assert!(
        got.iter()
            .any(|loss| loss
                .ends_with("`tools`, `disallowedTools` and `permissionMode` were omitted.")),
        "{got:?}"
    );
}

#[test]
fn a_role_is_chosen_among_several() {
    let text = "customModes:\n  - {slug: a, name: A, groups: [read], roleDefinition: Read.}\n  - {slug: b, name: B, groups: [read], roleDefinition: Look.}\n";
    let input = Input::new(text).at(".roomodes");
    assert_eq!(crate::compile::roles(&input, &Options::default()), ["a", "b"]);
    let none = Target::of(Host::by_id("copilot")).role(2);
    let done = compile(&input, &Options::default(), &none);
    let said = &done.report.diagnostics[0];
    assert_eq!(said.reason.as_ref().unwrap().to_string(), "It contains `a`, `b`.");
    assert!(done.file.is_none());
}

#[test]
fn instructions_in_a_field_that_nobody_reads_are_a_warning() {
    let text = format!(
        "---\n{ABOUT}instructions: |\n  Read.\n  Then think.\n  Then say.\nowner: x\n---\nReview.\n"
    );
    let done = compiled(&text, ".claude/agents/a.md", Some("copilot"));
    assert_eq!(
        losses(&done),
        [
            "warning GitHub Copilot has no field `instructions`; it was omitted.",
            "info GitHub Copilot has no field `owner`; it was omitted.",
        ]
    );
}

#[test]
fn a_rule_that_is_not_always_applied_loses_nothing_by_that() {
    let text = "---\ndescription: b\nalwaysApply: false\n---\nReview.\n";
    let done = compiled(text, ".cursor/rules/a.mdc", Some("vscode-agent"));
    assert_eq!(losses(&done), [""; 0]);
}
