//! Reads invalid front matter line by line, so that the rules about its fields still work: a key, a
//! colon, the rest of the line, and the lines that belong to it.

use super::{Entry, Node, Style, Value};
use crate::text::Span;
use alloc::borrow::Cow;
use alloc::string::String;
use alloc::vec::Vec;

/// Words that start a line of dialogue. In front matter that does not parse, such a line comes from
/// an example inside the description and is never a field.
pub(crate) const SPEAKERS: [&str; 5] = ["user", "assistant", "Context", "Human", "commentary"];

/// Reads `text[span]` as well as possible. Never fails; a line that is not a field belongs to the
/// field before it.
pub(crate) fn read(text: &str, span: Span) -> Vec<Entry<'_>> {
    let mut entries: Vec<Entry<'_>> = Vec::new();
    let mut open: Option<(Span, Span)> = None;
    for line in lines(text, span) {
        match key_of(line.of(text)) {
            Some((key, value)) => {
                finish(text, open.take(), &mut entries);
                open = Some((
                    Span::new(line.start, line.start + key),
                    Span::new(line.start + value, line.end),
                ));
            }
            None => {
                if let Some((_, value)) = &mut open
                    && !line.of(text).trim().is_empty()
                {
                    value.end = line.end;
                }
            }
        }
    }
    finish(text, open, &mut entries);
    entries
}

fn lines(text: &str, span: Span) -> impl Iterator<Item = Span> + '_ {
    let mut at = span.start;
    span.of(text).split_inclusive('\n').map(move |line| {
        let start = at;
        at += line.len();
        Span::new(start, start + line.trim_end_matches(['\n', '\r']).len())
    })
}

/// The length of the key and the offset of the value, if the line begins a field.
pub(crate) fn key_of(line: &str) -> Option<(usize, usize)> {
    let colon = line.find(':')?;
    let key = line.get(..colon)?;
    let rest = line.get(colon + 1..)?;
    let well_formed = key.starts_with(|c: char| c.is_ascii_alphabetic() || c == '_')
        && key.bytes().all(|b| b.is_ascii_alphanumeric() || matches!(b, b'-' | b'_'))
        && (rest.is_empty() || rest.starts_with([' ', '\t']));
    (well_formed && !SPEAKERS.contains(&key))
        .then(|| (colon, colon + 1 + (rest.len() - rest.trim_start().len())))
}

fn finish<'t>(text: &'t str, open: Option<(Span, Span)>, entries: &mut Vec<Entry<'t>>) {
    let Some((key, value)) = open else { return };
    entries.push(Entry {
        key: Node { span: key, value: Value::Scalar(Cow::Borrowed(key.of(text)), Style::Plain) },
        value: value_of(text, value),
    });
}

fn value_of(text: &str, span: Span) -> Node<'_> {
    let raw = span.of(text);
    let trimmed = raw.trim_end();
    let span = Span::new(span.start, span.start + trimmed.len());
    if let Some(items) = block_items(text, span).or_else(|| flow_items(text, span)) {
        return Node { span, value: Value::Sequence(items) };
    }
    let lead = trimmed.len() - trimmed.trim_start().len();
    let span = Span::new(span.start + lead, span.end);
    let (value, style) = scalar(span.of(text));
    Node { span, value: Value::Scalar(value, style) }
}

fn block_items(text: &str, span: Span) -> Option<Vec<Node<'_>>> {
    let mut items = Vec::new();
    for line in lines(text, span) {
        let raw = line.of(text);
        if raw.trim().is_empty() {
            continue;
        }
        let item = raw.trim_start().strip_prefix("- ")?;
        let end = line.start + raw.trim_end().len();
        items.push(item_of(text, Span::new(line.end - item.len(), end)));
    }
    (!items.is_empty()).then_some(items)
}

fn flow_items(text: &str, span: Span) -> Option<Vec<Node<'_>>> {
    let inner = span.of(text).strip_prefix('[')?;
    // An unclosed bracket is a separate fault: names after it are still a list, but prose is not.
    let inner = match inner.strip_suffix(']') {
        Some(inner) => inner,
        None if inner.split(',').any(|item| item.trim().contains(char::is_whitespace)) => {
            return None;
        }
        None => inner,
    };
    let mut at = span.start + 1;
    let mut items = Vec::new();
    for piece in inner.split(',') {
        if !piece.trim().is_empty() {
            items.push(item_of(text, Span::new(at, at + piece.len())));
        }
        at += piece.len() + 1;
    }
    Some(items)
}

fn item_of(text: &str, span: Span) -> Node<'_> {
    let raw = span.of(text);
    let lead = raw.len() - raw.trim_start().len();
    let span = Span::new(span.start + lead, span.start + lead + raw.trim().len());
    let (value, style) = scalar(span.of(text));
    Node { span, value: Value::Scalar(value, style) }
}

fn scalar(raw: &str) -> (Cow<'_, str>, Style) {
    let quoted = |quote| raw.strip_prefix(quote).and_then(|rest| rest.strip_suffix(quote));
    if let Some(inner) = quoted('"') {
        return (Cow::Borrowed(inner), Style::DoubleQuoted);
    }
    if let Some(inner) = quoted('\'') {
        return (Cow::Borrowed(inner), Style::SingleQuoted);
    }
    if let Some(rest) = raw.strip_prefix(['|', '>']) {
        let block =
            rest.trim_start_matches(['-', '+', '1', '2', '3', '4', '5', '6', '7', '8', '9']);
        if block.starts_with(['\n', '\r']) {
            let lines: Vec<&str> =
                block.trim_start_matches(['\r', '\n']).lines().map(str::trim).collect();
            return (Cow::Owned(lines.join("\n")), Style::Literal);
        }
    }
    if raw.contains('\n') {
        let lines: Vec<&str> = raw.lines().map(str::trim).collect();
        return (Cow::Owned(String::from(lines.join("\n").trim())), Style::Plain);
    }
    (Cow::Borrowed(raw), Style::Plain)
}

#[cfg(test)]
mod tests {
    use super::*;
    use alloc::string::ToString;

    fn fields(text: &str) -> Vec<(String, String)> {
        read(text, Span::new(0, text.len()))
            .iter()
            .map(|e| {
                (e.key.span.of(text).to_string(), e.value.as_str().unwrap_or("[…]").to_string())
            })
            .collect()
    }

    fn pair(key: &str, value: &str) -> (String, String) {
        (key.to_string(), value.to_string())
    }

    #[test]
    fn colon_in_a_value_stays_in_the_value() {
        assert_eq!(
            fields("name: a\ndescription: use it: often\n"),
            [pair("name", "a"), pair("description", "use it: often")]
        );
    }

    #[test]
    fn dialogue_lines_belong_to_the_description() {
        let text = "description: Examples\nuser: \"hi\"\nassistant: \"ho\"\nmodel: opus\n";
        let fields = fields(text);
        assert_eq!(fields.len(), 2);
        assert_eq!(fields[0].1, "Examples\nuser: \"hi\"\nassistant: \"ho\"");
    }

    #[test]
    fn lists_keep_the_places_of_their_items() {
        let text = "tools:\n  - Read\n  - 'Grep'\nmore: [a, b]\n";
        let entries = read(text, Span::new(0, text.len()));
        let spans: Vec<&str> = entries
            .iter()
            .flat_map(|e| e.value.items().unwrap())
            .map(|n| n.span.of(text))
            .collect();
        assert_eq!(spans, ["Read", "'Grep'", "a", "b"]);
    }

    #[test]
    fn a_list_that_is_never_closed_is_a_list() {
        let text = "tools: [Read, Grep\nmodel: x\n";
        let entries = read(text, Span::new(0, text.len()));
        let spans: Vec<&str> =
            entries[0].value.items().unwrap().iter().map(|n| n.span.of(text)).collect();
        assert_eq!(spans, ["Read", "Grep"]);
        assert_eq!(
            fields("description: [Use it, often\n"),
            [pair("description", "[Use it, often")]
        );
    }

    #[test]
    fn quotes_are_taken_off_and_kept_in_the_span() {
        let text = "name: \"x\"\r\n";
        let entries = read(text, Span::new(0, text.len()));
        assert_eq!(
            (entries[0].value.as_str(), entries[0].value.span.of(text)),
            (Some("x"), "\"x\"")
        );
    }
}
