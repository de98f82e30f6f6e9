//! Tests whole compilations: from a text to the prompt, the file and the losses.

use super::*;
use alloc::collections::BTreeMap;
use alloc::format;
use alloc::string::ToString;

mod applies;
mod conversion;
mod family;
mod intent;
mod limits;
mod people;
mod permissions;
mod places;
mod power;
mod readings;
mod sayings;
mod sources;

fn compiled(text: &str, path: &str, to: Option<&str>) -> Compiled {
    let to = to.map(|id| Host::by_id(id).unwrap());
    compile(&Input::new(text).at(path), &Options::default(), &Target::of(to))
}

/// The written file, with wider permissions allowed.
fn in_any_case(text: &str, path: &str, to: &'static Host) -> HostFile {
    let to = Target::of(to).widening(true);
    compile(&Input::new(text).at(path), &Options::default(), &to).file.unwrap()
}

/// The written file; empty if there is none.
fn written(compiled: &Compiled) -> &str {
    compiled.file.as_ref().map_or("", |file| &file.text)
}

#[test]
fn the_own_host_keeps_its_front_matter_without_our_fields() {
    let text = "---\r\nname: a # kept\r\nvariables:\r\n  X: one\r\n# rolewright-ignore x\r\ndescription: d\r\n---\r\n\r\n# A\r\n\r\n{{X}}";
    let compiled = compiled(text, ".claude/agents/a.md", None);
    assert_eq!(compiled.prompt, "# A\n\none\n");
    assert_eq!(written(&compiled), "---\nname: a # kept\ndescription: d\n---\n\n# A\n\none\n");
    assert_eq!(compiled.file.as_ref().unwrap().path, ".claude/agents/a.md");
    assert_eq!(compiled.host.id, "claude-code");
    assert_eq!(compiled.losses, []);
}

#[test]
fn front_matter_with_only_our_fields_is_dropped() {
    let compiled = compiled("---\nvariables: { X: one }\n---\n{{X}}\n", "roles/a.md", None);
    assert_eq!(written(&compiled), "one\n");
}

#[test]
fn broken_front_matter_is_repaired_or_copied() {
    let text = "---\nname: a\ndescription: b: c\n---\nbody\n";
    let compiled = compiled(text, ".claude/agents/a.md", None);
    assert_eq!(written(&compiled), "---\nname: a\ndescription: \"b: c\"\n---\nbody\n");
    assert_eq!(compiled.losses.len(), 1);
}

#[test]
fn what_cannot_be_read_gives_no_prompt_but_a_reason() {
    let compiled = compiled("a\0b", "roles/a.md", None);
    assert_eq!(
        (compiled.prompt.as_str(), compiled.report.diagnostics[0].rule),
        ("", "unreadable-file")
    );
}

#[test]
fn a_data_file_without_a_role_gives_none() {
    let compiled = compiled("[]", ".kiro/agents/a.json", Some("claude-code"));
    assert_eq!((compiled.prompt.as_str(), compiled.file.is_none()), ("", true));
    let first = &compiled.report.diagnostics[0];
    assert_eq!((first.rule, first.severity), ("unreadable-file", Severity::Error));
    assert!(first.message.starts_with("Cannot compile a JSON file:"), "{first:?}");
}

#[test]
fn toml_front_matter_is_kept_for_its_own_host_and_converted_for_another() {
    let text = "+++\nname = \"look\"\ndescription = \"Looks. Use it.\"\ntools = [\"Read\", \"Bash(git *)\"]\n+++\n\nLook.\n";
    let own = compiled(text, ".claude/agents/a.md", None);
    assert_eq!((own.prompt.as_str(), written(&own)), ("Look.\n", text));
    let other = compiled(text, ".claude/agents/a.md", Some("copilot"));
    assert_eq!(
        written(&other),
        "---\nname: look\ndescription: Looks. Use it.\ntools: [read]\n---\n\nLook.\n"
    );
    let [told, shell] = &other.losses[..] else { panic!("{:#?}", other.losses) };
    assert_eq!((told.severity, told.span.of(text)), (Severity::Info, "+++"));
    assert_eq!(shell.span.of(text), "\"Bash(git *)\"");
    let broken = compiled("+++\ntools = [\n+++\n\nLook.\n", ".claude/agents/a.md", Some("copilot"));
    assert_eq!((broken.prompt.as_str(), written(&broken)), ("", ""));
    assert!(broken.report.diagnostics.iter().any(|d| d.rule == "unreadable-file"));
}

#[test]
fn sizes_are_counted_in_every_unit() {
    let stats = compiled("é 😀\nb\n", "roles/a.md", None).stats;
    let counted = (stats.bytes, stats.characters, stats.utf16, stats.words, stats.lines);
    assert_eq!(counted, (10, 6, 7, 3, 2));
    assert_eq!(stats.sources[0].path, "roles/a.md".to_string());
    assert_eq!(stats.sources[0].bytes, 10);
}

#[test]
fn the_tokens_of_files_of_includes_and_of_sections_add_up() {
    let part = "## Tone\n\nBe brief, NEVER rude.\n\n{{include:deep.md}}\n";
    let files = [("part.md", part), ("deep.md", "Say getUserProfile() 12345 times.\n")];
    let files: BTreeMap<String, String> = files.map(|(p, t)| (p.to_string(), t.to_string())).into();
    let text =
        "Begin.\n\n# Clerk\n\nWrite letters.\n\n{{include:part.md}}\n\n{{include:none.md}}\n";
    let input = Input::new(text).at("roles/a.md").with_files(&files);
    let Compiled { stats, prompt, .. } = compile(&input, &Options::new(), &Target::default());
    let whole = stats.tokens.estimate;
    assert_eq!(whole, crate::tokens::estimate(&prompt).estimate);
    assert_eq!(stats.sources.iter().map(|share| share.tokens).sum::<usize>(), whole);
    assert_eq!(stats.sections.iter().map(|share| share.tokens).sum::<usize>(), whole);
    let sections: Vec<_> = stats.sections.iter().map(|s| (s.level, s.title.as_str())).collect();
    assert_eq!(sections, [(0, ""), (1, "Clerk"), (2, "Tone")]);
    // The entry, the part that contains the file, the file itself, and the missing file.
    let [entry, outer, inner, missing] = stats.includes[..] else { panic!("{stats:?}") };
    assert_eq!((entry, missing), (whole, 0));
    assert_eq!(outer, stats.sources[1].tokens + stats.sources[2].tokens);
    assert_eq!(inner, stats.sources[2].tokens);
}

#[test]
fn the_limit_of_another_host_is_judged_under_the_same_settings() {
    let long = "a".repeat(30_001);
    let over = |text: &str, options: &Options| {
        let input = Input::new(text).at("roles/a.md");
        let done = compile(&input, options, &Target::of(Host::by_id("copilot")));
        done.report.diagnostics.iter().filter(|d| d.rule == "over-limit").count()
    };
    assert_eq!(over(&long, &Options::new()), 1);
    assert_eq!(over(&long, &Options::new().with_rule("over-limit", None)), 0);
    let comment = "<!-- rolewright-ignore-file over-limit: known -->\n\n";
    assert_eq!(over(&format!("{comment}{long}"), &Options::new()), 0);
}

#[test]
fn a_variable_without_a_value_is_kept_in_the_prompt() {
    assert_eq!(compiled("{{X}}\n", "roles/a.md", None).prompt, "{{X}}\n");
}

const AGENT: &str = "---\nname: reviewer\ndescription: \"Use it: after every change\"\ntools: Read, Grep, Bash(git *), mcp__github__list, Docker\nmodel: opus\ncolor: red\nhooks: { Stop: [] }\n---\n\nReview the change.\n";

fn losses(compiled: &Compiled) -> Vec<String> {
    compiled.losses.iter().map(|l| alloc::format!("{} {}", l.severity.name(), l.message)).collect()
}

#[test]
fn another_host_gets_what_it_can_express() {
    let compiled = compiled(AGENT, ".claude/agents/reviewer.md", Some("copilot"));
    assert_eq!(compiled.file.as_ref().unwrap().path, ".github/agents/reviewer.agent.md");
    assert_eq!(
        written(&compiled),
        "---\nname: reviewer\ndescription: \"Use it: after every change\"\ntools: [read, search, github/list]\n---\n\nReview the change.\n"
    );
    assert_eq!(
        losses(&compiled),
        [
            "warning GitHub Copilot cannot restrict `execute` as in `Bash(git *)`; it was omitted.",
            "info Claude Code ignores `Docker`; it was omitted.",
            "info GitHub Copilot has no model `opus`; its default is used.",
            "info GitHub Copilot cannot express `color`; it was omitted.",
            "warning GitHub Copilot cannot express `hooks`; it was omitted.",
        ]
    );
}

#[test]
fn permissions_widen_only_with_leave() {
    let to = Host::by_id("copilot");
    let widened = compile(
        &Input::new(AGENT).at(".claude/agents/reviewer.md"),
        &Options::default(),
        &Target::of(to).widening(true),
    );
    let tools = written(&widened).lines().find(|line| line.starts_with("tools:"));
    assert_eq!(tools, Some("tools: [read, search, execute, github/list]"));
    assert!(losses(&widened).iter().all(|loss| !loss.starts_with("error")));
}

#[test]
fn a_plain_prompt_has_no_front_matter() {
    let compiled = compiled(AGENT, ".claude/agents/reviewer.md", Some("plain"));
    assert_eq!(written(&compiled), "Review the change.\n");
    assert_eq!(compiled.file.as_ref().unwrap().path, "reviewer.md");
    assert!(losses(&compiled)[0].starts_with("info Plain Markdown cannot express `description`"));
}

#[test]
fn hosts_of_other_syntaxes_get_their_own_envelopes() {
    let text = AGENT.replace("tools:", "#");
    let toml = compiled(&text, ".claude/agents/reviewer.md", Some("codex-agent"));
    assert!(
        written(&toml).contains("developer_instructions = '''\nReview the change.\n'''"),
        "{}",
        written(&toml)
    );
    let json = compiled("Say \"hi\".\n", "roles/a.md", Some("chat-json"));
    assert_eq!(
        written(&json),
        "{\"messages\": [{\"role\": \"system\", \"content\": \"Say \\\"hi\\\".\\n\"}]}\n"
    );
    let yaml = compiled(AGENT, ".claude/agents/reviewer.md", Some("roo"));
    assert!(written(&yaml).starts_with("customModes:\n  - slug: reviewer\n"), "{}", written(&yaml));
}

#[test]
fn what_is_written_for_another_host_reads_back() {
    for host in
        crate::host::HOSTS.iter().filter(|host| host.syntax == crate::host::Syntax::Markdown)
    {
        let written = in_any_case(AGENT, ".claude/agents/reviewer.md", host);
        // One host uses the YAML extension for such files.
        let role = Role::parse(&written.text, written.path.trim_end_matches(".yaml"));
        assert!(!role.front_matter_is_broken(), "{}: {}", host.id, written.text);
        let body = role.body.of(role.text).trim();
        let body = body.strip_prefix("When this applies: Use it: after every change\n\n");
        let body = body.unwrap_or(role.body.of(role.text).trim());
        assert_eq!(body, "Review the change.", "{}", host.id);
    }
}

#[test]
fn what_is_written_for_a_host_passes_its_own_check() {
    for host in
        crate::host::HOSTS.iter().filter(|host| host.syntax == crate::host::Syntax::Markdown)
    {
        let text = AGENT.replace(", Docker", "").replace("Bash(git *)", "Bash");
        let written = in_any_case(&text, ".claude/agents/reviewer.md", host);
        let options = Options { host: Some(host), ..Options::default() };
        let report = check::check(&Input::new(&written.text).at(&written.path), &options);
        let serious: Vec<_> =
            report.diagnostics.iter().filter(|d| d.severity != Severity::Info).collect();
        assert!(serious.is_empty(), "{}: {serious:#?}\n{}", host.id, written.text);
    }
}

#[test]
fn front_matter_with_a_body_is_read_from_a_file_that_is_called_yaml() {
    let text = AGENT.replace("tools:", "#");
    let there = compiled(&text, ".claude/agents/reviewer.md", Some("cline"));
    let file = there.file.as_ref().unwrap();
    assert_eq!(file.path, ".cline/agents/reviewer.yaml");
    let back = compiled(&file.text, &file.path, Some("cursor-agent"));
    assert!(written(&back).starts_with("---\nname: reviewer\ndescription: "), "{back:?}");
    assert!(written(&back).ends_with("---\n\nReview the change.\n"), "{back:?}");
}

#[test]
fn a_role_becomes_json_with_its_fields_or_by_its_name() {
    let text = AGENT.replace(", Docker", "").replace("Bash(git *)", "Bash");
    let of =
        |host| String::from(written(&compiled(&text, ".claude/agents/reviewer.md", Some(host))));
    assert!(of("amazon-q").starts_with("{\"name\": \"reviewer\", "), "{}", of("amazon-q"));
    let by_name = of("claude-agents-map");
    assert!(by_name.starts_with("{\"reviewer\": {"), "{by_name}");
    assert!(
        by_name.contains("\"tools\": [\"Read\", \"Grep\", \"Bash\", \"mcp__github__list\"]"),
        "{by_name}"
    );
}

#[test]
fn a_file_is_where_its_host_looks() {
    for (host, path) in [
        ("claude-code", ".claude/agents/reviewer.md"),
        ("copilot", ".github/agents/reviewer.agent.md"),
        ("claude-skill", ".claude/skills/reviewer/SKILL.md"),
        ("deep-agents", ".deepagents/agents/reviewer/AGENTS.md"),
        ("opencode-2", ".opencode/agents/reviewer.md"),
        ("vscode-agent", ".github/agents/reviewer.agent.md"),
        ("cursor-agent", ".cursor/agents/reviewer.md"),
        ("cursor-rule", ".cursor/rules/reviewer.mdc"),
        ("codex-agent", ".codex/agents/reviewer.toml"),
        ("agents-md", "AGENTS.md"),
        ("gemini", ".gemini/agents/reviewer.md"),
        ("opencode", ".opencode/agents/reviewer.md"),
        ("roo", ".roomodes"),
        ("agent-skill", "reviewer/SKILL.md"),
        ("chat-json", "reviewer.json"),
    ] {
        let text = "---\nname: reviewer\ndescription: d\n---\nReview.\n";
        assert_eq!(compiled(text, ".qwen/agents/reviewer.md", Some(host)).file.unwrap().path, path);
    }
}

#[test]
fn front_matter_that_is_read_line_by_line_is_written_that_way() {
    let text = "---\nname: a\ndescription: |\n  Say \"hi\": now.\n\n  <example>\nglobs: [\"*.rs\", src/**]\n---\nReview.\n";
    let options = Options { host: Host::by_id("cursor-agent"), ..Options::default() };
    let to = Host::by_id("cursor-rule");
    let done = compile(&Input::new(text).at("a.md"), &options, &Target::of(to));
    assert_eq!(written(&done), "---\ndescription: Say \"hi\": now. <example>\n---\n\nReview.\n");
}

#[test]
fn a_host_that_needs_a_name_to_show_and_tools_gets_them() {
    let text = "---\nname: Code Reviewer\ndescription: Use it.\n---\nReview.\n";
    let compiled = compiled(text, ".claude/agents/a.md", Some("roo"));
    assert_eq!(
        written(&compiled),
        "customModes:\n  - slug: code-reviewer\n    name: Code Reviewer\n    description: Use it.\n    groups: [read, edit, command, mcp, modes]\n    roleDefinition: |\n      Review.\n"
    );
    assert!(
        losses(&compiled)
            .contains(&"info Roo Code requires `groups`; every tool was listed.".into())
    );
}

#[test]
fn values_that_the_host_would_refuse_are_left_out_or_named() {
    let name = "a".repeat(60);
    let long = "Use it. ".repeat(200);
    let text =
        std::format!("---\nname: {name}\ndescription: \"{long}\"\ncolor: red\n---\nReview.\n");
    let to = |host| compiled(&text, ".claude/agents/a.md", Some(host));
    assert!(!written(&to("opencode")).contains("color"));
    assert!(written(&to("qwen")).contains(&std::format!("name: {}\n", &name[..50])));
    let skill = to("agent-skill");
    let said = "warning `description` is 1600 characters long; Agent Skills allows 1024.";
    assert!(losses(&skill).contains(&said.into()), "{:?}", losses(&skill));
}

#[test]
fn a_file_that_is_always_read_says_when_it_applies() {
    let compiled = compiled(AGENT, ".claude/agents/reviewer.md", Some("agents-md"));
    assert_eq!(
        written(&compiled),
        "When this applies: Use it: after every change\n\nReview the change.\n"
    );
    assert_eq!(compiled.prompt, "Review the change.\n");
    assert_eq!(
        losses(&compiled)[..2],
        [
            "info AGENTS.md cannot express `name`; it was omitted.",
            "info AGENTS.md cannot express `description`; it was added to the start of the prompt."
        ]
    );
}

#[test]
fn what_is_included_is_copied_and_that_is_said() {
    let files: alloc::collections::BTreeMap<String, String> =
        [("x.md".to_string(), "x\n".to_string()), ("y.md".to_string(), "y\n".to_string())].into();
    let text = "A\n\n{{include:x.md}}\n\n{{include:y.md}}\n";
    let to = |host| {
        let options = Options::default();
        compile(
            &Input::new(text).at("roles/a.md").with_files(&files),
            &options,
            &Target::of(Host::by_id(host)),
        )
    };
    assert_eq!(
        losses(&to("copilot")).last().unwrap(),
        "info 2 included files were copied; compile again when one of them changes."
    );
    assert_eq!(losses(&to("plain")), [""; 0]);
}

#[test]
fn a_name_that_the_host_does_not_accept_is_changed() {
    let text = "---\nname: Code Reviewer\ndescription: Use it.\n---\nReview.\n";
    let compiled = compiled(text, ".claude/agents/a.md", Some("gemini"));
    assert!(written(&compiled).contains("name: code-reviewer\n"), "{}", written(&compiled));
    assert!(losses(&compiled)[0].contains("does not accept the name `Code Reviewer`"));
}

#[test]
fn a_loss_names_the_kind_of_file_unless_it_is_the_first_of_its_product() {
    let text = "---\nname: a\ndescription: Use it.\ntools: Read\nhooks: {}\n---\nReview.\n";
    let first = |to| {
        let compiled = compiled(text, ".claude/agents/a.md", Some(to));
        losses(&compiled).into_iter().find(|loss| loss.contains(" cannot ")).unwrap_or_default()
    };
    for (to, subject) in [
        ("claude-skill", "A Claude Code skill cannot enforce"),
        ("output-style", "A Claude Code output style cannot"),
        ("claude-md", "CLAUDE.md cannot express"),
        ("instructions-file", "Copilot or VS Code instructions cannot enforce"),
        ("codex-agent", "Codex cannot enforce"),
    ] {
        let found = first(to);
        let message = found.split_once(' ').map_or("", |(_, message)| message);
        assert!(message.starts_with(subject), "{to}: {found}");
    }
}
