//! What is written for a host is what was meant, as the published readers of YAML, TOML and JSON
//! see it; and what is written for the role's own host is the role unchanged.

use proptest::prelude::*;
use rolewright_core::host::{FieldRole, HOSTS, Host, Syntax, Yaml};
use rolewright_core::{Input, Options, Target, compile};
use serde_json::Value;

/// Texts with what parsers stumble over.
fn text() -> impl Strategy<Value = String> {
    let pieces = [
        "Reviews",
        "a",
        " ",
        "  ",
        "\n",
        "\n\n",
        ": ",
        " #",
        "-",
        "- ",
        "'",
        "''",
        "'''",
        "\"",
        "\\",
        "{",
        "}",
        "[",
        "]",
        ",",
        "&",
        "*",
        "!",
        "|",
        ">",
        "%",
        "@",
        "`",
        "~",
        "null",
        "yes",
        "n",
        "2024-01-01",
        "0o17",
        "1_000",
        "1:30",
        "\t",
        "\r",
        "\u{1}",
        "\u{7f}",
        "\u{85}",
        "\u{a0}",
        "\u{2028}",
        "\u{feff}",
        "é",
        "审",
        "😀",
        "---",
        "\n---\n",
        "+++",
        "<x>",
        "$ARGUMENTS",
    ];
    proptest::collection::vec(proptest::sample::select(pieces.to_vec()), 1..10)
        .prop_map(|parts| parts.concat())
}

fn front_matter(text: &str) -> Option<Value> {
    let (front_matter, _) = text.strip_prefix("---\n")?.split_once("---\n")?;
    serde_norway::from_str(front_matter).ok()
}

/// The role in a file of several.
fn within(host: &Host, root: Value) -> Option<Value> {
    let by_name = host.layout.paths.contains(&"*");
    let path = if by_name { "*" } else { host.layout.paths.first()? };
    path.split('.').filter(|step| !step.is_empty()).try_fold(root, |value, step| {
        match step.strip_suffix("[]") {
            Some(list) => Some(value[list][0].clone()),
            None if step == "*" => value.as_object()?.values().next().cloned(),
            None => Some(value[step].clone()),
        }
    })
}

/// The role in a file, as a published reader sees it, and its prompt.
fn read(host: &Host, text: &str) -> Option<(Value, String)> {
    let prompt = |role: &Value| {
        let parts = host.layout.prompts.iter().filter_map(|name| role[*name].as_str());
        parts.map(|part| part.trim_matches('\n')).collect::<Vec<_>>().join("\n\n")
    };
    let role: Value = match host.syntax {
        Syntax::Markdown => {
            let role = front_matter(text)?;
            let body = text.strip_prefix("---\n")?.split_once("\n---\n")?.1;
            return Some((role, body.trim_matches('\n').to_owned()));
        }
        Syntax::Toml => toml::from_str(text).ok()?,
        Syntax::Yaml => within(host, serde_norway::from_str(text).ok()?)?,
        Syntax::Json => within(host, serde_json::from_str(text).ok()?)?,
    };
    let prompt = prompt(&role);
    Some((role, prompt))
}

proptest! {
    #![proptest_config(ProptestConfig { cases: cases(), failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn every_reader_sees_the_same_values(description in text(), prompt in text()) {
        prop_assume!(!description.trim().is_empty() && !prompt.trim().is_empty());
        let source = format!("---\nname: reviewer\ndescription: {}\n---\n\nYou review.\n\n{prompt}\n", serde_json::to_string(&description).unwrap());
        let input = Input::new(&source).at(".claude/agents/reviewer.md");
        let own = rolewright_core::Role::parse(&source, "a.md");
        let meant = own.field("description").and_then(|field| field.value.as_str()).map(str::to_owned);
        for host in HOSTS.iter().filter(|host| !["chat-json", "claude-code"].contains(&host.id)) {
            let done = compile(&input, &Options::new(), &Target::of(host));
            let Some(file) = done.file else { continue };
            // The prompt of such a host is in a file of its own.
            if host.fields.iter().any(|field| field.names_prompt.is_some()) {
                continue;
            }
            let field = host.field_for(FieldRole::Description);
            let Some(field) = field.filter(|_| host.front_matter.yaml != Yaml::Lines) else { continue };
            let Some((role, written)) = read(host, &file.text) else {
                prop_assert!(false, "{}: not readable\n{}", host.id, file.text);
                continue;
            };
            prop_assert_eq!(role[field.name].as_str(), meant.as_deref(), "{}\n{}", host.id, file.text);
            let squeezed = |text: &str| text.trim_matches('\n').to_owned();
            prop_assert_eq!(squeezed(&written), squeezed(&done.prompt), "{}\n{}", host.id, file.text);
        }
    }

    #[test]
    fn the_own_host_gets_the_role_as_it_stands(style in 0..4_usize, order in Just([0, 1, 2]).prop_shuffle()) {
        let fields = [
            ["name: a", "\"name\": \"a\"", "name: 'a'"],
            ["description: Reviews. Use it.", "\"description\": \"Reviews. Use it.\"", "description: \"Reviews. Use it.\""],
            ["tools: Read, Bash(git *)", "\"tools\": [\"Read\", \"Bash(git *)\"]", "tools:\n  - Read\n  - 'Bash(git *)'"],
        ];
        let of = |form: usize| order.map(|at| fields[at][form]);
        let variables = ["variables:\n  X: one", "\"variables\": {\"X\": \"one\"}"];
        let lines = |with: bool| match style {
            0 | 2 => {
                let mut lines: Vec<&str> = of(style).to_vec();
                lines.extend(with.then_some(variables[0]));
                lines.join("\n")
            }
            1 => {
                let mut parts: Vec<&str> = of(1).to_vec();
                parts.extend(with.then_some(variables[1]));
                format!("{{{}}}", parts.join(", "))
            }
            _ => {
                let mut parts: Vec<&str> = of(1).to_vec();
                parts.extend(with.then_some(variables[1]));
                format!("{{\n  {}\n}}", parts.join(",\n  "))
            }
        };
        let text = |with| format!("---\n{}\n---\n\nYou review.\n", lines(with));
        let (plain, declared) = (text(false), text(true));
        for source in [&plain, &declared] {
            let input = Input::new(source).at(".claude/agents/a.md");
            let done = compile(&input, &Options::new(), &Target::default());
            prop_assert_eq!(done.losses.len(), 0);
            let file = done.file.unwrap().text;
            if style == 0 || style == 2 || source == &plain {
                prop_assert_eq!(&file, &plain);
            }
            prop_assert_eq!(front_matter(&file), front_matter(&plain), "{}", file);
        }
    }
}

/// Each case compiles for every host; PROPTEST_CASES asks for more.
fn cases() -> u32 {
    match std::env::var("PROPTEST_CASES") {
        Ok(_) => ProptestConfig::default().cases.min(4_000),
        Err(_) => 64,
    }
}
