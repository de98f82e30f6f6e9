//! A role that goes to another host and back is the role it was, but for what the way there and the way
//! back said they lost.

use proptest::prelude::*;
use rolewright_core::host::{FieldRole, HOSTS, Host, Syntax};
use rolewright_core::{Compiled, Input, Options, Role, Target, compile, permissions};

const HOME: &str = ".claude/agents/reviewer.md";

/// A role of a host with every kind of limit.
fn role() -> impl Strategy<Value = String> {
    let tools = [
        "Read",
        "Grep",
        "Glob",
        "Edit",
        "Write",
        "Bash",
        "Bash(git *)",
        "WebFetch",
        "Agent",
        "mcp__gh__x",
        "mcp__gh",
    ];
    let list = || proptest::collection::vec(proptest::sample::select(tools.to_vec()), 1..5);
    let line = |name: &'static str, list: Vec<&str>| format!("{name}: {}\n", list.join(", "));
    let optional = |name| proptest::option::of(list().prop_map(move |list| line(name, list)));
    let descriptions = [
        "Reviews. Use it.",
        "Reviews: all of it",
        "\"Says 'no' # often\"",
        ">-\n  Folded\n  text",
        "|\n  Two\n  lines",
    ];
    let prompts = [
        "You review.",
        "You review.\n\n## Steps\n\n- Look.\n- Say so.",
        "# Reviewer\n\nSay `no`.\n\n```\n---\n```",
    ];
    let extra = ["", "color: red\n", "maxTurns: 5\n", "effort: high\n", "model: inherit\n"];
    (
        proptest::sample::select(descriptions.to_vec()),
        optional("tools"),
        optional("disallowedTools"),
        proptest::sample::select(extra.to_vec()),
        proptest::sample::select(prompts.to_vec()),
    )
        .prop_map(|(description, tools, denied, extra, prompt)| {
            let quoted = match description.starts_with(['>', '|', '"']) {
                true => description.to_owned(),
                false => format!("'{}'", description.replace('\'', "''")),
            };
            let (tools, denied) = (tools.unwrap_or_default(), denied.unwrap_or_default());
            format!("---\nname: reviewer\ndescription: {quoted}\n{tools}{denied}{extra}---\n\n{prompt}\n")
        })
}

fn said(done: &[&Compiled], words: &str) -> bool {
    done.iter().any(|done| done.losses.iter().any(|loss| loss.message.contains(words)))
}

/// The text of a field of a meaning.
fn text_of(role: &Role<'_>, host: &Host, meaning: FieldRole) -> Option<String> {
    let field = role.field(host.field_for(meaning)?.name)?;
    Some(field.value.as_str()?.trim().to_owned())
}

proptest! {
    #![proptest_config(ProptestConfig { cases: cases(), failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn what_comes_back_is_what_left_but_for_the_losses(text in role()) {
        let home = Host::by_id("claude-code").unwrap();
        let own = Role::parse(&text, HOME);
        let before = permissions::read(&own, home);
        for away in HOSTS.iter().filter(|host| host.tools.carries && host.id != home.id) {
            let options = Options::new();
            let there = compile(&Input::new(&text).at(HOME), &options, &Target::of(away));
            let Some(file) = &there.file else { continue };
            let options = options.with_host(away);
            let back = compile(&Input::new(&file.text).at(&file.path), &options, &Target::of(home));
            let Some(returned) = &back.file else {
                prop_assert!(said(&[&back], "cannot apply the limits"), "{}\n{}", away.id, file.text);
                continue;
            };
            let role = Role::parse(&returned.text, &returned.path);
            let ways = [&there, &back];
            prop_assert_eq!(text_of(&role, home, FieldRole::Name), Some("reviewer".into()), "{}", away.id);
            let description = text_of(&role, home, FieldRole::Description);
            if !said(&ways, "express `description`") {
                prop_assert_eq!(description, text_of(&own, home, FieldRole::Description), "{}", away.id);
            }
            if away.syntax != Syntax::Yaml || away.layout.prompts.len() < 3 {
                prop_assert_eq!(back.prompt.trim(), there.prompt.trim(), "{}\n{}", away.id, file.text);
            }
            let after = permissions::read(&role, home);
            prop_assert!(before.contains(&after) || before.read_only, "{}\n{}\n{}\n{}", away.id, text, file.text, returned.text);
            for (field, meaning) in [("color", FieldRole::Color), ("maxTurns", FieldRole::MaxTurns), ("effort", FieldRole::Effort)] {
                let kept = text_of(&role, home, meaning) == text_of(&own, home, meaning);
                prop_assert!(kept || said(&ways, field) || said(&[&back], "express"), "{}: {}\n{}", away.id, field, returned.text);
            }
        }
    }
}

/// Each case compiles for every host and back; PROPTEST_CASES asks for more.
fn cases() -> u32 {
    match std::env::var("PROPTEST_CASES") {
        Ok(_) => ProptestConfig::default().cases.min(2_000),
        Err(_) => 48,
    }
}
