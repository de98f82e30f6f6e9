//! What a role may do on another host is never more than it may do on its own, for every pair of hosts
//! and any list of tools, unless an error says so.

use proptest::prelude::*;
use rolewright_core::host::{Field, FieldRole, FieldType, HOSTS, Host};
use rolewright_core::permissions::{self, Outcome};
use rolewright_core::role::Syntax;
use rolewright_core::{Input, Options, Role, Severity, Target, compile, lay_out, markdown};

/// Names that some host knows, written in some way: whole, in part, a server's.
fn entry() -> impl Strategy<Value = String> {
    let known: Vec<&str> =
        HOSTS.iter().flat_map(|host| host.tools.list.iter().map(|tool| tool.name)).collect();
    let servers = ["mcp__*", "mcp__gh", "mcp__gh__x", "mcp__gh__y", "gh/*", "gh/x", "@gh", "@gh/x"];
    let others = ["mcp_gh_x", "mcp_gh_*", "mcp_*", "*", "Docker", "bash", "READ"];
    prop_oneof![
        6 => proptest::sample::select(known.clone()).prop_map(str::to_owned),
        1 => proptest::sample::select(known).prop_map(|name| format!("{name}(git *)")),
        2 => proptest::sample::select([&servers[..], &others[..]].concat()).prop_map(str::to_owned),
    ]
}

/// What a written file allows, in whatever syntax it is.
fn read_back(text: &str, path: &str, host: &'static Host) -> permissions::Permissions {
    if host.syntax == rolewright_core::host::Syntax::Markdown {
        return permissions::read(&Role::parse(text, path), host);
    }
    let (_, roles) = lay_out(&Input::new(text).at(path), &Options::new().with_host(host));
    let laid_out = roles.first().expect("a role was written");
    permissions::read(&laid_out.role(path, Syntax::of_path(path), markdown::outline), host)
}

/// A field with some entries, as its host reads it.
fn written(field: &Field, entries: &[String], denied: bool) -> String {
    let quoted = |entry: &String| format!("\"{entry}\"");
    match field.types.first() {
        Some(FieldType::BoolMap) => {
            let line = |entry: &String| format!("\n  {}: {}", quoted(entry), !denied);
            format!("{}:{}\n", field.name, entries.iter().map(line).collect::<String>())
        }
        Some(FieldType::Map) => {
            let word = |at: usize| ["allow", "deny", "ask"][(at + usize::from(denied)) % 3];
            let line =
                |(at, entry): (usize, &String)| format!("\n  {}: {}", quoted(entry), word(at));
            format!("{}:{}\n", field.name, entries.iter().enumerate().map(line).collect::<String>())
        }
        _ => {
            let list: Vec<String> = entries.iter().map(quoted).collect();
            format!("{}: [{}]\n", field.name, list.join(", "))
        }
    }
}

fn source(host: &Host, allowed: Option<&[String]>, denied: &[String], mode: bool) -> String {
    let mut front_matter = String::from("name: a\ndescription: Reviews. Use it.\n");
    for field in host.fields {
        match field.role {
            FieldRole::Tools => {
                front_matter.extend(allowed.map(|allowed| written(field, allowed, false)));
            }
            FieldRole::DeniedTools | FieldRole::Permissions if !denied.is_empty() => {
                front_matter.push_str(&written(field, denied, true));
            }
            _ => {
                if let Some(value) = field.read_only.first().filter(|_| mode) {
                    front_matter.push_str(&format!("{}: {value}\n", field.name));
                }
            }
        }
    }
    format!("---\n{front_matter}---\n\nReview the change.\n")
}

fn path_of(host: &Host) -> String {
    let place = host.locations.iter().find(|place| place.ends_with(".md"));
    place.map_or("a.md".into(), |place| place.replace("**/", "").replace('*', "a"))
}

proptest! {
    #![proptest_config(ProptestConfig { cases: cases(), failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn a_conversion_grants_no_more_than_its_source(
        allowed in proptest::option::of(proptest::collection::vec(entry(), 0..6)),
        denied in proptest::collection::vec(entry(), 0..4),
        mode in proptest::bool::weighted(0.2),
        turn in 0..HOSTS.len(),
    ) {
        let from = &HOSTS[turn];
        let text = source(from, allowed.as_deref(), &denied, mode);
        let path = path_of(from);
        let options = Options::new().with_host(from);
        let before = permissions::read(&Role::parse(&text, &path), from);
        for to in HOSTS.iter().filter(|to| to.id != from.id) {
            let mut before = before.clone();
            before.refused.retain(|name| !name.server.is_empty());
            let done = compile(&Input::new(&text).at(&path), &options, &Target::of(to));
            let errors = done.losses.iter().filter(|loss| loss.severity == Severity::Error).count();
            prop_assert_eq!(errors > 0, done.permissions == Outcome::Widened, "{} to {}\n{}", from.id, to.id, text);
            let warned = done.losses.iter().any(|loss| loss.severity == Severity::Warning);
            let says_so = done.permissions != Outcome::Narrowed || warned;
            prop_assert!(says_so, "{} to {} says nothing of what is lost\n{}", from.id, to.id, text);
            let Some(file) = &done.file else {
                prop_assert_eq!(done.permissions, Outcome::Widened, "{} to {}", from.id, to.id);
                continue;
            };
            if done.permissions == Outcome::NotApplicable || !to.tools.carries {
                continue;
            }
            let mut after = read_back(&file.text, &file.path, to);
            // Where there is no such tool, nothing is granted.
            after.whole = after.whole.and(permissions::offered(to));
            let fits = before.contains(&after) || before.read_only && after.read_only
                || after.read_only && done.permissions == Outcome::Narrowed;
            prop_assert!(fits, "{} to {}\n{}\n{}\n{:?}\n{:?}", from.id, to.id, text, file.text, before, after);
            // What is exact reads back as the same, except for what every role can do without a list.
            if done.permissions == Outcome::Exact && !after.read_only && to.tools.built_in.is_empty() {
                let offered = |p: &permissions::Permissions| p.bound();
                prop_assert!(after.contains(&before) || before.open || before.read_only || offered(&after).contains(before.whole), "{} to {}\n{}\n{}", from.id, to.id, text, file.text);
            }
        }
    }

    #[test]
    fn the_order_of_entries_does_not_matter(
        allowed in proptest::collection::vec(entry(), 0..6),
        denied in proptest::collection::vec(entry(), 0..4),
    ) {
        let from = Host::by_id("claude-code").unwrap();
        let options = Options::new();
        let back = |list: &[String]| list.iter().rev().cloned().collect::<Vec<_>>();
        let (one, other) = (
            source(from, Some(&allowed), &denied, false),
            source(from, Some(&back(&allowed)), &back(&denied), false),
        );
        for to in HOSTS.iter().filter(|to| !to.id.starts_with("claude")) {
            let file = |text: &str| {
                let input = Input::new(text).at(".claude/agents/a.md");
                let done = compile(&input, &options, &Target::of(to));
                (done.permissions, done.file)
            };
            prop_assert_eq!(file(&one), file(&other), "{}", to.id);
        }
    }
}

#[test]
fn a_denied_name_with_three_underscores_keeps_both_its_meanings() {
    let text =
        "---\ndescription: Reviews. Use it.\npermission:\n  \"mcp__gh\": deny\n---\n\nReview.\n";
    let (from, to) = (Host::by_id("kilo").unwrap(), Host::by_id("claude-code").unwrap());
    let input = Input::new(text).at(".kilo/agents/a.md");
    let file = compile(&input, &Options::new(), &Target::of(to)).file.unwrap();
    assert!(file.text.contains("disallowedTools: mcp__mcp___gh\n"), "{}", file.text);
    let before = permissions::read(&Role::parse(text, ".kilo/agents/a.md"), from);
    assert!(before.contains(&read_back(&file.text, &file.path, to)));
}

/// Each case compiles for every host; PROPTEST_CASES asks for more.
fn cases() -> u32 {
    match std::env::var("PROPTEST_CASES") {
        Ok(_) => ProptestConfig::default().cases.min(2_000),
        Err(_) => 64,
    }
}
