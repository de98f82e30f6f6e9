//! A role that goes to another host and back is unchanged, except for reported losses; and one that
//! stays with its host is the same bytes.

use proptest::prelude::*;
use proptest::sample::select;
use rolewright_core::host::{FieldRole, HOSTS, Host, Tier};
use rolewright_core::{Compiled, Input, Options, Role, Target, compile, permissions};

const SOURCE: &str = ".claude/agents/clerk.md";

/// The lines of a field, one of several that mean the same.
fn field(forms: &'static [&'static str]) -> impl Strategy<Value = String> {
    select(forms).prop_map(str::to_owned)
}

fn description() -> impl Strategy<Value = String> {
    field(&[
        "description: Files letters. Use it daily.\n",
        "description: 'Files letters: it''s daily. Use it.'\n",
        "description: \"Files \\\"letters\\\". Use it.\"\n",
        "description: |\n  Files letters.\n  Use it daily.\n",
        "description: >-\n  Files letters.\n  Use it daily.\n",
        "description: &d Files letters. Use it daily. # what for\n",
        "\"description\": Files letters. Use it daily.\n",
    ])
}

fn tools() -> impl Strategy<Value = String> {
    field(&[
        "",
        "tools: Read, Grep\n",
        "tools: [Read, 'Bash', \"Edit\"]\n",
        "tools:\n  - Read # first\n  - Bash(git *)\n",
        "tools:\n- Read\n- mcp__post__send\n",
        "disallowedTools: [Bash, Write]\n",
        "tools: [Read,\n  Edit]\n",
    ])
}

fn rest() -> impl Strategy<Value = String> {
    field(&[
        "",
        "# a comment\nmodel: opus\n",
        "model: inherit\ncolor: red\n\n",
        "maxTurns: 5\nskills: [stamps]\n",
        "hooks:\n  Stop: []\nmemory: user\n",
        "defaults: &all\n  x: 1\nothers: *all\n",
    ])
}

fn prompt() -> impl Strategy<Value = String> {
    field(&[
        "File the letters.\n",
        "# Clerk\n\nYou file letters.\n\n## Boundaries\n\n- Open none.\n",
        "\n\nFile them.\n\n```yaml\na: b\n```\n",
        "File them.",
    ])
}

fn role() -> impl Strategy<Value = String> {
    (description(), tools(), rest(), prompt(), 0..3_usize).prop_map(
        |(description, tools, rest, prompt, order)| {
            let name = "name: clerk\n";
            let fields = match order {
                0 => [name, &description, &tools, &rest].concat(),
                1 => [&*rest, name, &tools, &description].concat(),
                _ => [&*tools, &description, &rest, name].concat(),
            };
            format!("---\n{fields}---\n{prompt}")
        },
    )
}

fn compiled(text: &str, path: &str, to: &'static Host) -> Compiled {
    compile(&Input::new(text).at(path), &Options::new(), &Target::of(to))
}

fn host(id: &str) -> &'static Host {
    Host::by_id(id).unwrap()
}

/// A role's own fields, whatever the quotes.
fn said(role: &Role<'_>, host: &Host, what: FieldRole) -> Option<String> {
    let fields = host.fields.iter().filter(|field| field.role == what);
    let values = fields.filter_map(|field| role.field(field.name)?.value.as_str());
    values.map(|text| text.trim().to_owned()).next()
}

/// Whether one of the compilations says that a field changed.
fn is_declared(done: &[&Compiled], name: &str) -> bool {
    let named = format!("`{name}");
    done.iter().flat_map(|done| &done.losses).any(|loss| loss.message.to_string().contains(&named))
}

proptest! {
    #![proptest_config(ProptestConfig { cases: cases(), failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn the_own_host_gets_the_same_bytes_in_every_style(text in role(), crlf in any::<bool>(), mark in any::<bool>()) {
        let text = if crlf { text.replace('\n', "\r\n") } else { text };
        let text = if mark { format!("\u{feff}{text}") } else { text };
        let done = compiled(&text, SOURCE, host("claude-code"));
        prop_assert_eq!(done.losses.len(), 0);
        prop_assert_eq!(done.file.unwrap().text, text);
    }

    #[test]
    fn a_role_comes_back_as_it_went_but_for_what_was_said(text in role()) {
        let own = host("claude-code");
        let source = Role::parse(&text, SOURCE);
        for there in HOSTS.iter().filter(|host| host.tier != Tier::Recognized && host.id != own.id) {
            let went = compiled(&text, SOURCE, there);
            let Some(file) = &went.file else {
                prop_assert!(went.losses.iter().any(|loss| loss.severity == rolewright_core::Severity::Error), "{}", there.id);
                continue;
            };
            let options = Options::new().with_host(there);
            let came = compile(&Input::new(&file.text).at(&file.path), &options, &Target::of(own));
            let Some(back) = &came.file else { continue };
            let both = [&went, &came];
            let role = Role::parse(&back.text, SOURCE);
            for what in [FieldRole::Name, FieldRole::Description, FieldRole::Model, FieldRole::Color] {
                let (before, after) = (said(&source, own, what), said(&role, own, what));
                let name = own.field_for(what).unwrap().name;
                let is_default = before.as_deref() == own.models.inherit && what == FieldRole::Model;
                prop_assert!(
                    before == after || is_default || is_declared(&both, name) || is_declared(&both, before.as_deref().unwrap_or(" ")),
                    "{}: {name} was {before:?} and is {after:?}\n{}\n{}\n{:?}", there.id, file.text, back.text, went.losses
                );
            }
            let (before, after) = (source.body.of(source.text).trim(), role.body.of(role.text).trim());
            prop_assert!(
                before == after || is_declared(&both, "description") && after.ends_with(before),
                "{}: the prompt was {before:?} and is {after:?}", there.id
            );
            let (before, after) = (permissions::read(&source, own), permissions::read(&role, own));
            let fits = before.bound().contains(after.whole);
            prop_assert!(fits || !there.tools.carries, "{}: {}\n{}", there.id, file.text, back.text);
        }
    }
}

/// Each case compiles for every host; PROPTEST_CASES asks for more.
fn cases() -> u32 {
    match std::env::var("PROPTEST_CASES") {
        Ok(_) => ProptestConfig::default().cases.min(4_000),
        Err(_) => 48,
    }
}
