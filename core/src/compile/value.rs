//! Converts field values for another file, from YAML nodes to YAML, TOML or JSON text.

use crate::yaml::{Node, Style, Value};
use alloc::format;
use alloc::string::{String, ToString};
use alloc::vec::Vec;

/// The value of a field, regardless of how it was written.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Item {
    Text(String),
    /// A number, a Boolean or null: written without quotes.
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

/// Which multi-line text is written as is.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Blocks {
    /// No blocks: the host does not read them.
    Never,
    /// Text without dashes that might end the front matter.
    InHead,
    /// All text that reads back unchanged.
    Always,
}

/// Fields as YAML, one per line, `depth` levels deep.
pub(super) fn yaml(fields: &[(String, Item)], depth: usize, blocks: Blocks) -> String {
    let indent = "  ".repeat(depth);
    let mut out = String::new();
    for (name, item) in fields {
        out.push_str(&indent);
        out.push_str(&yaml_scalar(name, true));
        out.push(':');
        match item {
            Item::Map(entries) if !entries.is_empty() => {
                out.push('\n');
                out.push_str(&yaml(entries, depth + 1, blocks));
                continue;
            }
            Item::Text(text) if is_block(text, blocks) => {
                out.push(' ');
                yaml_block(text, depth + 1, &mut out);
            }
            Item::Text(text) => {
                out.push(' ');
                out.push_str(&yaml_scalar(text, false));
            }
            item => {
                out.push(' ');
                out.push_str(&yaml_flow(item));
            }
        }
        out.push('\n');
    }
    out
}

/// Fields of front matter for a host that reads it line by line: nothing is quoted, and each field
/// takes one line.
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
        Item::Text(text) => yaml_scalar(text, true),
        Item::Plain(text) => text.clone(),
        Item::List(items) => {
            let items: Vec<String> = items.iter().map(yaml_flow).collect();
            format!("[{}]", items.join(", "))
        }
        Item::Map(_) => json(item),
    }
}

/// Words that some YAML parser reads as a value of another type.
const WORDS: [&str; 9] = ["true", "false", "null", "yes", "no", "on", "off", "y", "n"];

/// Text without quotes, unless some YAML 1.1 or 1.2 parser could read it as another type. Numbers,
/// dates and times begin with a digit, or with a character that requires quotes as well.
fn yaml_scalar(text: &str, in_flow: bool) -> String {
    let breaks = |c: char| is_odd(c) || ":#\"\\\n\t".contains(c) || in_flow && ",[]{}'".contains(c);
    let is_word = || WORDS.iter().any(|word| text.eq_ignore_ascii_case(word));
    let plain = text.starts_with(|c: char| c.is_alphabetic())
        && !text.contains(breaks)
        && !text.ends_with(' ')
        && !is_word();
    match text.contains("---") {
        // Some hosts end the front matter at the first `---`, wherever it is.
        true => quoted(text).replace("--", "-\\u002d"),
        false if plain => text.to_string(),
        false => quoted(text),
    }
}

/// Characters that a file cannot contain unescaped, or that some parser reads as a line ending.
fn is_odd(c: char) -> bool {
    c.is_control() && c != '\n' && c != '\t'
        || matches!(c, '\u{2028}' | '\u{2029}' | '\u{feff}' | '\u{fffe}' | '\u{ffff}')
}

/// Whether multi-line text reads back unchanged from a block.
fn is_block(text: &str, blocks: Blocks) -> bool {
    let is_read = match blocks {
        Blocks::Never => false,
        Blocks::InHead => !text.contains("---"),
        Blocks::Always => true,
    };
    is_read
        && text.contains('\n')
        && !text.contains(is_odd)
        && !text.ends_with("\n\n")
        && !text.trim().is_empty()
}

fn yaml_block(text: &str, depth: usize, out: &mut String) {
    let indent = "  ".repeat(depth);
    // A first line that begins with a space would determine the indentation.
    out.push_str(if text.starts_with([' ', '\t', '\n']) { "|2" } else { "|" });
    if !text.ends_with('\n') {
        out.push('-');
    }
    for line in text.strip_suffix('\n').unwrap_or(text).split('\n') {
        out.push('\n');
        if !line.is_empty() {
            out.push_str(&indent);
            out.push_str(line);
        }
    }
}

/// Fields as TOML; multiline text is written in triple quotes.
pub(super) fn toml(fields: &[(String, Item)]) -> String {
    let mut out = String::new();
    for (name, item) in fields {
        out.push_str(name);
        out.push_str(" = ");
        match item {
            Item::Text(text) if is_literal(text) => {
                out.push_str("'''\n");
                out.push_str(text);
                out.push_str("'''");
            }
            item => write(item, " = ", &mut out),
        }
        out.push('\n');
    }
    out
}

fn is_literal(text: &str) -> bool {
    text.contains('\n') && !text.contains("'''") && !text.ends_with('\'') && !text.contains(is_odd)
}

/// A value as JSON, which YAML shares.
pub(super) fn json(item: &Item) -> String {
    let mut out = String::new();
    write(item, ": ", &mut out);
    out
}

/// A value in the syntax that JSON and TOML share; they differ in the separator after a name.
fn write(item: &Item, between: &str, out: &mut String) {
    let separate = |out: &mut String, at: usize| {
        if at > 0 {
            out.push_str(", ");
        }
    };
    match item {
        Item::Text(text) => out.push_str(&quoted(text)),
        Item::Plain(text) => out.push_str(&literal(text)),
        Item::List(items) => {
            out.push('[');
            for (at, item) in items.iter().enumerate() {
                separate(out, at);
                write(item, between, out);
            }
            out.push(']');
        }
        Item::Map(entries) => {
            out.push('{');
            for (at, (name, item)) in entries.iter().enumerate() {
                separate(out, at);
                out.push_str(&quoted(name));
                out.push_str(between);
                write(item, between, out);
            }
            out.push('}');
        }
    }
}

/// A number, a Boolean or null in JSON syntax; other YAML numbers become text.
fn literal(text: &str) -> String {
    let lower = text.to_ascii_lowercase();
    match lower.as_str() {
        "" | "~" => return "null".to_string(),
        "true" | "false" | "null" => return lower,
        _ => {}
    }
    let digits = text.strip_prefix('-').unwrap_or(text);
    let (whole, rest) = digits.split_at(digits.bytes().take_while(u8::is_ascii_digit).count());
    let sound = !whole.is_empty()
        && (whole == "0" || !whole.starts_with('0'))
        && (rest.is_empty()
            || rest
                .strip_prefix('.')
                .is_some_and(|part| !part.is_empty() && part.bytes().all(|b| b.is_ascii_digit())));
    if sound { text.to_string() } else { quoted(text) }
}

fn quoted(text: &str) -> String {
    let mut out = String::from("\"");
    for c in text.chars() {
        match c {
            '"' => out.push_str("\\\""),
            '\\' => out.push_str("\\\\"),
            '\n' => out.push_str("\\n"),
            '\t' => out.push_str("\\t"),
            c if is_odd(c) => out.push_str(&format!("\\u{:04x}", u32::from(c))),
            c => out.push(c),
        }
    }
    out.push('"');
    out
}
