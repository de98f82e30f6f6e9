//! Tests conversions of roles in every syntax: names, values, prompts and places.

use super::*;

fn to(text: &str, path: &str, host: &str) -> Compiled {
    compiled(text, path, Some(host))
}

#[test]
fn a_role_of_a_data_file_becomes_one_of_markdown() {
    let roo = "customModes:\n  - slug: look\n    name: Looker\n    whenToUse: Use it to look.\n    groups: [read, [edit, { fileRegex: \\.md$ }]]\n    roleDefinition: You look.\n    customInstructions: Look twice.\n";
    let done = to(roo, ".roomodes", "claude-code");
    assert_eq!(
        written(&done),
        "---\nname: look\ndescription: Use it to look.\ntools: Read, Grep, Glob\n---\n\nYou look.\n\nLook twice.\n"
    );
    let edit = losses(&done);
    assert!(edit.iter().any(|loss| loss.contains("cannot restrict `Edit`")), "{edit:?}");
    let loss = done.losses.iter().find(|loss| loss.message.contains("restrict")).unwrap();
    assert_eq!(loss.span.of(roo), "[edit, { fileRegex: \\.md$ }]");

    let kiro = "{\"name\": \"a\", \"description\": \"Looks.\", \"prompt\": \"Look.\", \"tools\": [\"read\", \"@git/status\"]}\n";
    let done = to(kiro, ".kiro/agents/a.json", "vscode-agent");
    assert_eq!(
        written(&done),
        "---\nname: a\ndescription: Looks.\ntools: [read, search, git/status]\n---\n\nLook.\n"
    );

    let codex = "name = \"a\"\ndescription = \"Looks.\"\nsandbox_mode = \"read-only\"\ndeveloper_instructions = \"Look.\"\n";
    let done = to(codex, ".codex/agents/a.toml", "claude-code");
    assert_eq!(written(&done), "---\nname: a\ndescription: Looks.\n---\n\nLook.\n");
    assert_eq!(
        losses(&done),
        ["warning Codex ignores `sandbox_mode`, so it limits nothing; it was omitted."]
    );

    let map = "{\"agent\": {\"look\": {\"description\": \"Looks.\", \"prompt\": \"Look.\", \"permission\": {\"bash\": \"deny\"}}}}\n";
    let options = Options { host: Host::by_id("opencode"), ..Options::default() };
    let target = Target::of(Host::by_id("claude-code"));
    let done = compile(&Input::new(map).at("opencode.json"), &options, &target);
    assert_eq!(
        written(&done),
        "---\nname: look\ndescription: Looks.\ndisallowedTools: Bash, PowerShell, Monitor, REPL\n---\n\nLook.\n"
    );
}

#[test]
fn a_prompt_in_another_file_is_not_lost_silently() {
    let kiro = "{\"name\": \"a\", \"description\": \"Looks.\", \"prompt\": \"file://a.md\"}\n";
    let done = to(kiro, ".kiro/agents/a.json", "claude-code");
    let told = "warning The prompt is in another file; it was not copied.";
    assert!(losses(&done).contains(&told.into()), "{:?}", losses(&done));
}

#[test]
fn a_file_of_many_roles_keeps_the_others() {
    let old = "# ours\ncustomModes:\n  - slug: a\n    name: A\n    groups: [read]\n    roleDefinition: Old.\n  - slug: b\n    name: B\n    groups: []\n    roleDefinition: Kept.\n# end\n";
    let merged = |name: &str, old: &str| {
        let files: BTreeMap<String, String> = [(".roomodes".to_string(), old.to_string())].into();
        let text =
            format!("---\nname: {name}\ndescription: New. Use it.\ntools: Read\n---\n\nNew.\n");
        let input = Input::new(&text).at(".claude/agents/x.md").with_files(&files);
        let done = compile(&input, &Options::default(), &Target::of(Host::by_id("roo")));
        done.file.map(|file| file.text)
    };
    let entry = |name: &str| {
        format!(
            "slug: {name}\n    name: {name}\n    description: New. Use it.\n    groups: [read]\n    roleDefinition: |\n      New."
        )
    };
    assert_eq!(
        merged("a", old).unwrap(),
        format!(
            "# ours\ncustomModes:\n  - {}\n  - slug: b\n    name: B\n    groups: []\n    roleDefinition: Kept.\n# end\n",
            entry("a")
        )
    );
    assert_eq!(
        merged("c", old).unwrap(),
        old.replace("# end", &format!("  - {}\n# end", entry("c")))
    );
    let json = "{ \"customModes\": [{ \"slug\": \"b\", \"name\": \"B\", \"groups\": [], \"roleDefinition\": \"Kept.\" }] }\n";
    let both = merged("c", json).unwrap();
    assert!(both.starts_with(json.trim_end().trim_end_matches("] }")), "{both}");
    assert!(both.contains("{\"slug\": \"c\""), "{both}");
    assert_eq!(merged("c", "customModes: [\n"), None);
}

#[test]
fn a_role_of_three_prompts_says_who_what_for_and_how() {
    let text = "---\nname: code-reviewer\ndescription: Reviews. Use it.\n---\n\nYou look.\n";
    let crew = |old: &str| {
        let files: BTreeMap<String, String> =
            [("config/agents.yaml".to_string(), old.to_string())].into();
        let input = Input::new(text).at(".claude/agents/a.md").with_files(&files);
        compile(&input, &Options::default(), &Target::of(Host::by_id("crewai")))
    };
    let own = "code_reviewer:\n  role: code-reviewer\n  goal: Reviews. Use it.\n  backstory: |\n    You look.\n";
    let done = crew("");
    assert_eq!(
        (done.file.as_ref().unwrap().path.as_str(), written(&done)),
        ("config/agents.yaml", own)
    );
    assert!(done.loads, "{:#?}", done.report.diagnostics);
    assert!(
        losses(&done)
            .contains(&"info CrewAI cannot express `description`; it became `goal`.".into())
    );
    let other = "writer:\n  role: Writer\n  goal: Write.\n  backstory: Old.\n";
    assert_eq!(written(&crew(other)), [other, "\n", own].concat());
    let old = "code_reviewer:\n  role: x\n  goal: y\n  backstory: z\n\n";
    assert_eq!(written(&crew(&[old, other].concat())), [own, "\n", other].concat());
    let flow = "{writer: {role: Writer, goal: Write., backstory: Old.}}\n";
    assert!(crew(flow).file.is_none());
}

#[test]
fn a_prompt_is_divided_where_the_host_has_two_fields() {
    let text = "---\nname: a\ndescription: Use it.\n---\n\nYou look.\n\n## Steps\n\nLook twice.\n";
    let done = to(text, ".claude/agents/a.md", "roo");
    assert!(written(&done).ends_with(
        "    roleDefinition: You look.\n    customInstructions: |\n      ## Steps\n\n      Look twice.\n"
    ), "{}", written(&done));
    let back = compiled(written(&done), ".roomodes", None);
    assert_eq!(back.prompt, done.prompt);
}

#[test]
fn a_file_that_its_host_refuses_is_an_error_of_the_compilation() {
    for host in ["gemini", "copilot", "codex-agent", "claude-code"] {
        let done = to("# A role\n\nYou look.\n", "roles/a.md", host);
        let errors: Vec<_> =
            done.report.diagnostics.iter().filter(|d| d.severity == Severity::Error).collect();
        assert_eq!(errors.len(), 1, "{host}: {errors:#?}");
        assert_eq!((errors[0].rule, &*errors[0].path), ("missing-field", "roles/a.md"), "{host}");
        assert!(errors[0].message.contains("`description`"), "{host}: {}", errors[0].message);
        assert!(!done.loads && done.file.is_some(), "{host}");
    }
    let fine = to(
        "---\nname: a\ndescription: Looks. Use it.\n---\n\nYou look.\n",
        ".claude/agents/a.md",
        "gemini",
    );
    assert!(fine.loads, "{:#?}", fine.report.diagnostics);
}

#[test]
fn a_role_keeps_its_name_or_one_like_it() {
    let named = |text: &str, path: &str, host: &str| {
        let file = to(text, path, host).file.unwrap();
        let name = file.text.lines().find_map(|line| line.strip_prefix("name: ")).unwrap_or("");
        format!("{} {name}", file.path)
    };
    let role = |name: &str| format!("---\nname: {name}\ndescription: Fixes. Use it.\n---\nFix.\n");
    let fixer = named(&role("Fixer Bot"), ".github/agents/fixer.agent.md", "claude-code");
    assert_eq!(fixer, ".claude/agents/fixer.md fixer");
    assert_eq!(
        named(&role("审查"), ".claude/agents/review.md", "gemini"),
        ".gemini/agents/review.md review"
    );
    assert_eq!(
        named(&role("审查"), ".claude/agents/审查.md", "gemini"),
        ".gemini/agents/u5ba1u67e5.md u5ba1u67e5"
    );
    assert_eq!(
        named(&role("Café Élan"), ".claude/agents/x.md", "gemini"),
        ".gemini/agents/cafe-elan.md cafe-elan"
    );
    assert_eq!(
        named(&role("Code Reviewer"), ".claude/agents/x.md", "copilot"),
        ".github/agents/code-reviewer.agent.md Code Reviewer"
    );
    let skill = "---\ndescription: Fixes. Use it.\n---\nFix.\n";
    assert_eq!(named(skill, "skills/fix/SKILL.md", "claude-code"), ".claude/agents/fix.md fix");
}

#[test]
fn text_that_reads_as_something_else_is_quoted() {
    let values = [
        "2024-01-01",
        "0o17",
        "1_000",
        "0b101",
        "0x1F",
        "1:30",
        ".5",
        "-1",
        "~",
        "y",
        "N",
        "yes",
        "OFF",
        "null",
        "true",
        "- a",
        "a: b",
        "a #b",
        "a\rb",
        "a\u{85}b",
        "a\u{2028}b",
        "\u{feff}a",
        "a\u{1}b",
        "a\n\n\n",
        "\n a",
        " a",
        "a ",
        "",
        "*x",
        "&x",
        "!x",
        "%x",
        "@x",
        "`x`",
        "'x'",
        "\"x\"",
        "a\tb",
        "a --- b",
        "a\n-----\nb",
    ];
    for value in values {
        let fields = [("name".to_string(), value::Item::Text(value.to_string()))];
        for blocks in [value::Blocks::Never, value::Blocks::InHead, value::Blocks::Always] {
            let yaml = value::yaml(&fields, 0, blocks);
            let read = crate::syntax::yaml(&yaml);
            let node = read.root.as_ref().and_then(|root| root.get("name")).unwrap();
            assert_eq!(node.as_str(), Some(value), "{yaml}");
            assert!(!node.is_null() && !node.is_number() && node.as_bool().is_none(), "{yaml}");
        }
        let toml = value::toml(&fields);
        let read = crate::syntax::toml(&toml);
        let node = read.root.as_ref().and_then(|root| root.get("name")).unwrap();
        assert_eq!(node.as_str(), Some(value), "{toml}");
    }
}

#[test]
fn a_link_that_no_longer_leads_anywhere_is_a_loss() {
    let files: BTreeMap<String, String> =
        [("docs/roles/style.md".to_string(), String::new()), ("top.md".to_string(), String::new())]
            .into();
    let text = "---\nname: a\ndescription: Use it.\n---\n\nRead [style](style.md#tone), [web](https://x.y) and [top](../../top.md).\n";
    let input = Input::new(text).at("docs/roles/a.md").with_files(&files);
    let options = Options { host: Host::by_id("claude-code"), ..Options::default() };
    let done = compile(&input, &options, &Target::of(Host::by_id("copilot")));
    assert_eq!(
        losses(&done),
        [
            "warning `style.md` refers to `docs/roles/style.md`, which it does not reach from `.github/agents/a.agent.md`."
        ]
    );
}

#[test]
fn a_model_is_named_as_the_other_host_names_it() {
    let model = |path: &str, model: &str, host: &str| {
        let text = format!("---\nname: x\ndescription: Use it\nmodel: {model}\n---\n\nYou help.\n");
        let done = to(&text, path, host);
        let file = written(&done);
        let named = file.lines().find_map(|line| line.strip_prefix("model: "));
        named.map_or_else(|| losses(&done).join("\n"), String::from)
    };
    let (claude, open, kiro) =
        (".claude/agents/x.md", ".opencode/agents/x.md", ".kiro/agents/x.md");
    assert_eq!(model(claude, "claude-sonnet-5", "opencode"), "anthropic/claude-sonnet-5");
    assert_eq!(model(open, "anthropic/claude-sonnet-5", "claude-code"), "claude-sonnet-5");
    assert_eq!(model(open, "openai/gpt-5.4", "opencode-2"), "openai/gpt-5.4");
    assert_eq!(
        model(open, "openai/gpt-5.4", "claude-code"),
        "info Claude Code has no model `openai/gpt-5.4`; its default is used."
    );
    // The IDs of the Claude API have no dots.
    assert_eq!(
        model(kiro, "claude-sonnet-4.6", "claude-code"),
        "info Claude Code has no model `claude-sonnet-4.6`; its default is used."
    );
    assert_eq!(
        model(open, "openai/gpt-5.4", "kilo"),
        "info Whether Kilo Code has a model `openai/gpt-5.4` is unknown; its default is used."
    );
}
