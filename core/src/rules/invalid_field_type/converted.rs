//! A value rewritten as the type that its field requires.

use super::is;
use crate::front_matter::{self, Field, quoted};
use crate::host::{self, FieldRole, FieldType, Split};
use crate::rules::Context;
use crate::text::Span;
use crate::yaml::{Node, Style, Value};
use alloc::format;
use alloc::string::{String, ToString};
use alloc::vec::Vec;

/// The same value in the type that the field requires, if the conversion is unambiguous.
pub(super) fn converted(
    cx: &Context<'_>,
    known: &host::Field,
    field: &Field<'_>,
) -> Option<(String, Vec<(Span, String)>)> {
    let value = &field.value;
    let whole =
        |title: &str, text: String| Some((title.to_string(), Vec::from([(value.span, text)])));
    match (&value.value, known.types.first()?) {
        (Value::Scalar(text, _), FieldType::Bool) => {
            whole(&format!("Replace with `{}`", boolean(text)?), boolean(text)?.to_string())
        }
        (Value::Scalar(text, Style::SingleQuoted | Style::DoubleQuoted), FieldType::Integer) => {
            whole("Remove the quotes", text.trim().parse::<i64>().ok()?.to_string())
        }
        (Value::Scalar(text, Style::SingleQuoted | Style::DoubleQuoted), FieldType::Number) => {
            if !crate::yaml::is_number(text.trim()) {
                return None;
            }
            whole("Remove the quotes", text.trim().to_string())
        }
        (Value::Scalar(text, style), FieldType::Texts)
            if !matches!(style, Style::Literal | Style::Folded) =>
        {
            let items: Vec<String> = items(text, known.split).map(item).collect();
            (!items.is_empty())
                .then(|| whole("Rewrite as a list", format!("[{}]", items.join(", "))))?
        }
        // A template variable, which YAML reads as a map in a map.
        (Value::Mapping(_), _) if known.takes(FieldType::Text) => {
            let raw = value.span.of(cx.role.text);
            raw.starts_with("{{").then(|| whole("Quote the value", quoted(raw)))?
        }
        (Value::Scalar(text, Style::Plain), FieldType::Text) => {
            whole("Quote the value", quoted(text))
        }
        (Value::Sequence(list), FieldType::Texts) => {
            let edits: Vec<(Span, String)> = list
                .iter()
                .filter(|node| !is(node, FieldType::Text, cx.host.front_matter.strict_types))
                .map(|node| Some((node.span, quoted(node.as_str()?))))
                .collect::<Option<_>>()?;
            Some((String::from("Quote the items"), edits))
        }
        // Text in brackets, which YAML parses as a list.
        (Value::Sequence(_), FieldType::Text) if known.role == FieldRole::ArgumentHint => {
            let raw = value.span.of(cx.role.text);
            let is_one = raw.starts_with('[') && !raw.contains('\n');
            is_one.then(|| whole("Quote the value", quoted(raw)))?
        }
        (Value::Sequence(list), FieldType::Text) => {
            let (separator, parts) = match known.split {
                Split::Whole => return None,
                Split::Commas => (", ", [',', ',']),
                Split::CommasOrSpaces => (", ", [',', ' ']),
                Split::Spaces | Split::SpacesOrCommas => (" ", [',', ' ']),
            };
            let names: Vec<&str> = list.iter().map(Node::as_str).collect::<Option<_>>()?;
            // Inside parentheses, a comma or space belongs to the name; elsewhere it would split it.
            let whole_name = |name: &&str| {
                !host::split_specifier(name).0.contains(parts) && !name.contains([':', '#'])
            };
            if names.is_empty() || !names.iter().all(whole_name) {
                return None;
            }
            let place = front_matter::value_span(cx.role.text, field);
            let lead = if place.of(cx.role.text).starts_with(['\n', '\r']) { " " } else { "" };
            let joined = names.join(separator);
            let is_flow =
                cx.role.front_matter.as_ref().is_some_and(|front_matter| front_matter.is_flow);
            // Inside braces, a comma would end the value.
            let text = if is_flow { quoted(&joined) } else { format!("{lead}{joined}") };
            Some((String::from("Rewrite as a single string"), Vec::from([(place, text)])))
        }
        _ => None,
    }
}

/// Whether a reader that only splits at spaces would split one of the names: `Bash(ls *)`.
pub(super) fn divides(known: &host::Field, field: &Field<'_>) -> bool {
    let mut names = field.value.items().unwrap_or(&[]).iter().filter_map(Node::as_str);
    let splits_at_spaces =
        matches!(known.split, Split::Spaces | Split::CommasOrSpaces | Split::SpacesOrCommas);
    splits_at_spaces && names.any(|name| name.contains(' '))
}

fn boolean(text: &str) -> Option<&'static str> {
    let is = |words: [&str; 3]| words.iter().any(|word| word.eq_ignore_ascii_case(text.trim()));
    match () {
        () if is(["true", "yes", "on"]) => Some("true"),
        () if is(["false", "no", "off"]) => Some("false"),
        () => None,
    }
}

/// The names in a string, split like the host splits it; names in parentheses stay together.
fn items(text: &str, split: Split) -> impl Iterator<Item = &str> {
    let mut depth = 0usize;
    text.split(move |c: char| {
        match c {
            '(' => depth += 1,
            ')' => depth = depth.saturating_sub(1),
            _ => {}
        }
        let parts = match split {
            Split::Commas | Split::Whole => c == ',',
            Split::Spaces => c == ' ',
            Split::CommasOrSpaces | Split::SpacesOrCommas => matches!(c, ',' | ' '),
        };
        parts && depth == 0
    })
    .map(str::trim)
    .filter(|name| !name.is_empty())
}

/// One item of a bracketed list.
fn item(name: &str) -> String {
    let plain = name.starts_with(|c: char| c.is_alphanumeric())
        && name.chars().all(|c| c.is_alphanumeric() || matches!(c, '_' | '-' | '/' | '.' | ' '));
    if plain { name.to_string() } else { quoted(name) }
}
