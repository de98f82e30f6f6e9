//! Compares roles in YAML, TOML and JSON files of the corpus with what published parsers read, and
//! maps every position there and back.

use rolewright_core::Span;
use rolewright_core::host::Host;
use rolewright_core::host::Layout;
use rolewright_core::role::Syntax;
use rolewright_core::syntax::{RoleSource, roles};
use rolewright_tests::data;
use serde_json::Value;

const CREW: Layout =
    Layout { paths: &["*"], prompts: &["role", "goal", "backstory"], named_by: None };

fn layout(format: &str) -> Layout {
    let host = match format {
        "roo-modes" => "roo",
        "codex-agent" => "codex-agent",
        "kiro-agent" => "kiro",
        _ => return CREW,
    };
    Host::by_id(host).unwrap().layout
}

/// What a published parser reads.
fn published(text: &str, syntax: Syntax) -> Option<Value> {
    match syntax {
        Syntax::Yaml => serde_norway::from_str(text).ok(),
        Syntax::Toml => toml::from_str(text).ok(),
        _ => serde_json::from_str(text).ok(),
    }
}

/// The roles of a file by its shape.
fn known(value: Value, format: &str) -> Vec<Value> {
    match (format, value) {
        ("crewai-yaml", Value::Object(map)) => map.into_iter().map(|(_, role)| role).collect(),
        ("roo-modes", Value::Object(mut map)) => match map.remove("customModes") {
            Some(Value::Array(modes)) => modes,
            _ => Vec::from([Value::Object(map)]),
        },
        (_, Value::Object(map)) => Vec::from([Value::Object(map)]),
        _ => Vec::new(),
    }
}

#[track_caller]
fn agree(file: &str, text: &str, ours: &RoleSource<'_>, theirs: &Value) {
    for field in &ours.fields {
        if let Some(known) = theirs[&*field.name].as_str() {
            assert_eq!(field.value.as_str(), Some(known), "{file}: {}", field.name);
        }
        assert!(text.get(field.name_span.range()).is_some(), "{file}: {}", field.name);
    }
    for name in ["name", "slug", "description"] {
        let has = ours.fields.iter().any(|field| field.name == name);
        assert_eq!(has, theirs.get(name).is_some(), "{file}: {name}");
    }
    for prompt in &ours.prompts {
        let decoded = &prompt.text;
        assert_eq!(Some(&*decoded.text), theirs[prompt.field].as_str(), "{file}: {}", prompt.field);
        for (at, c) in decoded.text.char_indices() {
            let there = decoded.to_source(Span::new(at, at + c.len_utf8()));
            assert_eq!(decoded.to_decoded(there.start), Some(at), "{file}: {c:?} at {at}");
            assert!(!there.is_empty(), "{file}: {c:?} at {at}");
        }
    }
}

#[test]
fn every_role_of_the_corpus_reads_as_published_parsers_read_it() {
    let mut count = 0;
    for file in data::corpus() {
        let syntax = Syntax::of_path(&file.path);
        if syntax == Syntax::Markdown {
            continue;
        }
        let found = roles(&file.text, syntax, &layout(&file.format));
        let Some(value) = published(&file.text, syntax) else {
            assert!(!found.errors.is_empty(), "{}: only we can read it", file.file);
            continue;
        };
        assert!(found.errors.is_empty(), "{}: {:?}", file.file, found.errors);
        let theirs = known(value, &file.format);
        assert_eq!(found.roles.len(), theirs.len(), "{}", file.file);
        // A map does not keep the order that the file has.
        for ours in &found.roles {
            let at = found.roles.iter().position(|role| role.span == ours.span).unwrap_or(0);
            if file.format != "crewai-yaml" {
                agree(&file.file, &file.text, ours, &theirs[at]);
            }
            count += 1;
        }
    }
    if count == 0 {
        return data::skipped(1, "the corpus is not there (ROLEWRIGHT_DATA)");
    }
    assert!(count > 150, "only {count} roles");
}
