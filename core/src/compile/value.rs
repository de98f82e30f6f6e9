//! Converts field values for another file: YAML nodes in; YAML, TOML or JSON text out.

use crate::yaml::{Node, Style, Value};
use alloc::format;
use alloc::string::{String, ToString};
use alloc::vec::Vec;

/// The value of a field, regardless of how it was written.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Item {
    Text(String),
    /// A number, a boolean or nothing: written without quotes.
    Plain(String),
    List(Vec<Item>),
    Map(Vec<(String, Item)>),
}

impl Item {
    pub(super) fn of(node: &Node<'_>) -> Self {
        match &node.value {
            Value::Scalar(text, Style::Plain)
                if node.is_null() || node.as_bool().is_some() || node.is_number() =>
            {
                Item::Plain(text.to_string())
            }
            Value::Scalar(text, _) => Item::Text(text.to_string()),
            Value::Sequence(items) => Item::List(items.iter().map(Item::of).collect()),
            Value::Mapping(entries) => {
                let name = |key: &Node<'_>| key.as_str().unwrap_or("").to_string();
                Item::Map(entries.iter().map(|e| (name(&e.key), Item::of(&e.value))).collect())
            }
        }
    }

    pub(super) fn texts(names: &[String]) -> Self {
        Item::List(names.iter().cloned().map(Item::Text).collect())
    }
}

/// Fields as YAML, one below the other, `depth` levels deep.
pub(super) fn yaml(fields: &[(String, Item)], depth: usize) -> String {
    let indent = "  ".repeat(depth);
    let mut out = String::new();
    for (name, item) in fields {
        let name = yaml_scalar(name);
        out.push_str(&match item {
            Item::Text(text) if text.contains('\n') => {
                format!("{indent}{name}: {}\n", yaml_block(text, depth + 1))
            }
            Item::Map(entries) if !entries.is_empty() => {
                format!("{indent}{name}:\n{}", yaml(entries, depth + 1))
            }
            item => format!("{indent}{name}: {}\n", yaml_flow(item)),
        });
    }
    out
}

/// Fields of front matter that is read line by line: nothing is quoted, and each takes one line.
pub(super) fn lines(fields: &[(String, Item)]) -> String {
    let mut out = String::new();
    for (name, item) in fields {
        out.push_str(name);
        out.push_str(": ");
        out.push_str(&line(item));
        out.push('\n');
    }
    out
}

fn line(item: &Item) -> String {
    match item {
        Item::Text(text) => text.split_whitespace().collect::<Vec<_>>().join(" "),
        Item::List(items) => items.iter().map(line).collect::<Vec<_>>().join(","),
        item => json(item),
    }
}

fn yaml_flow(item: &Item) -> String {
    match item {
        Item::Text(text) => yaml_scalar(text),
        Item::Plain(text) => text.clone(),
        Item::List(items) => {
            let items: Vec<String> = items.iter().map(yaml_flow).collect();
            format!("[{}]", items.join(", "))
        }
        Item::Map(_) => json(item),
    }
}

/// Text without quotes, unless something in it could be misread.
fn yaml_scalar(text: &str) -> String {
    let plain = text.starts_with(|c: char| c.is_alphanumeric())
        && !text.contains([':', '#', ',', '[', ']', '{', '}', '"', '\'', '\\', '\n', '\t'])
        && !text.ends_with(' ')
        && !matches!(
            text.to_ascii_lowercase().as_str(),
            "true" | "false" | "null" | "yes" | "no" | "on" | "off"
        )
        && !crate::yaml::is_number(text);
    if plain { text.to_string() } else { quoted(text) }
}

fn yaml_block(text: &str, depth: usize) -> String {
    let indent = "  ".repeat(depth);
    let blank = text.starts_with([' ', '\n']);
    let keeps = if text.ends_with('\n') { "" } else { "-" };
    let mut out = if blank { format!("|2{keeps}") } else { format!("|{keeps}") };
    for line in text.strip_suffix('\n').unwrap_or(text).split('\n') {
        out.push('\n');
        if !line.is_empty() {
            out.push_str(&indent);
            out.push_str(line);
        }
    }
    out
}

/// Fields as TOML; multi-line text is put in triple quotes.
pub(super) fn toml(fields: &[(String, Item)]) -> String {
    let mut out = String::new();
    for (name, item) in fields {
        let value = match item {
            Item::Text(text)
                if text.contains('\n') && !text.contains("'''") && !has_control(text) =>
            {
                format!("'''\n{text}'''")
            }
            item => json(item),
        };
        out.push_str(&format!("{name} = {value}\n"));
    }
    out
}

fn has_control(text: &str) -> bool {
    text.chars().any(|c| c.is_control() && c != '\n' && c != '\t')
}

/// A value as JSON, which YAML and the values of TOML share.
pub(super) fn json(item: &Item) -> String {
    match item {
        Item::Text(text) => quoted(text),
        Item::Plain(text) => match text.to_ascii_lowercase().as_str() {
            "" | "~" => "null".to_string(),
            lower @ ("true" | "false" | "null") => lower.to_string(),
            _ => text.clone(),
        },
        Item::List(items) => {
            let items: Vec<String> = items.iter().map(json).collect();
            format!("[{}]", items.join(", "))
        }
        Item::Map(entries) => {
            let entries: Vec<String> = entries
                .iter()
                .map(|(name, item)| format!("{}: {}", quoted(name), json(item)))
                .collect();
            format!("{{{}}}", entries.join(", "))
        }
    }
}

fn quoted(text: &str) -> String {
    let mut out = String::from("\"");
    for c in text.chars() {
        match c {
            '"' => out.push_str("\\\""),
            '\\' => out.push_str("\\\\"),
            '\n' => out.push_str("\\n"),
            '\t' => out.push_str("\\t"),
            c if c.is_control() => out.push_str(&format!("\\u{:04x}", u32::from(c))),
            c => out.push(c),
        }
    }
    out.push('"');
    out
}
