//! Finds the cause of a field's invalid YAML, and its place.

use crate::front_matter::{self, Field};
use crate::text::Span;
use crate::yaml::{YamlError, YamlErrorKind};
use alloc::borrow::Cow;
use alloc::format;
use alloc::string::String;

/// The span to report, and the error.
pub(super) fn blame(text: &str, field: &Field<'_>, whole: &YamlError) -> (Span, String) {
    if let Some((name, _)) = front_matter::swallowed(text, field) {
        let indented = text.get(..name.start).is_some_and(|before| before.ends_with([' ', '\t']));
        let what = if indented { "unexpected indentation of" } else { "no space after" };
        let colon = if indented { "" } else { ":" };
        return (name, format!("Invalid YAML: {what} `{}{colon}`", name.of(text)));
    }
    let (span, cause) = going_on(text, field).unwrap_or_else(|| cause(text, field));
    let message = match whole.kind {
        // The field's own lines only continue it; the rest of the front matter shows that this is
        // YAML.
        YamlErrorKind::Dialogue => {
            format!("`{}` continues on unindented lines that look like fields", field.name)
        }
        _ => format!("Invalid YAML: {cause} `{}`", field.name),
    };
    (span, message)
}

/// The first character of the line on which an unquoted value continues without indentation.
fn going_on(text: &str, field: &Field<'_>) -> Option<(Span, Cow<'static, str>)> {
    let value = front_matter::value_span(text, field);
    let raw = value.of(text);
    let first =
        raw.find('\n').filter(|_| !raw.starts_with(['|', '>', '"', '\'', '[', '{', '-']))?;
    let next = raw.get(first + 1..)?;
    let line = next.trim_start_matches(['\n', '\r']);
    let at = value.end - line.len();
    let is_text = !line.starts_with([' ', '\t', '#']);
    is_text.then(|| (place(text, at), Cow::Borrowed("unindented line in")))
}

/// The place of the error, and the phrase that leads up to the field's name.
fn cause(text: &str, field: &Field<'_>) -> (Span, Cow<'static, str>) {
    let value = front_matter::value_span(text, field);
    let raw = value.of(text);
    let Some(error) = &field.error else { return (value, Cow::Borrowed("cannot parse")) };
    let at_start = |kind| error.kind == kind && error.offset <= value.start + 1;
    let first = Span::new(value.start, value.start + raw.chars().next().map_or(0, char::len_utf8));
    match raw.chars().next() {
        Some(c @ ('*' | '&')) if at_start(YamlErrorKind::Alias) => {
            return (first, unquoted(c));
        }
        Some(c @ ('@' | '`' | '%')) => return (first, unquoted(c)),
        Some(c @ ('"' | '\'')) if error.kind != YamlErrorKind::Unindented => {
            return quote(value, raw, c);
        }
        Some(c @ ('[' | '{'))
            if matches!(error.kind, YamlErrorKind::Brackets | YamlErrorKind::Other) =>
        {
            if let Some(found) = brackets(value, raw, c) {
                return found;
            }
        }
        Some('-') if error.kind == YamlErrorKind::Other => {
            return (first, unquoted('-'));
        }
        Some(c @ ('|' | '>'))
            if raw.lines().next().is_some_and(|line| !front_matter::is_block_header(line)) =>
        {
            return (first, unquoted(c));
        }
        _ => {}
    }
    let tab = (error.kind == YamlErrorKind::Tab).then(|| tab(text, value)).flatten();
    (tab.unwrap_or_else(|| place(text, error.offset)), of_kind(error))
}

/// A character that YAML reads as syntax at the start of a value.
fn unquoted(c: char) -> Cow<'static, str> {
    match c {
        '`' => Cow::Borrowed("unquoted backtick at the start of"),
        c => Cow::Owned(format!("unquoted `{c}` at the start of")),
    }
}

/// The first tab at the start of a line of a value.
fn tab(text: &str, value: Span) -> Option<Span> {
    let mut at = value.start;
    for line in value.of(text).split_inclusive('\n') {
        let lead = line.len() - line.trim_start_matches([' ', '\t']).len();
        if let Some(tab) = line.get(..lead).and_then(|lead| lead.find('\t')) {
            return Some(Span::new(at + tab, at + tab + 1));
        }
        at += line.len();
    }
    None
}

/// The error in a value that begins with a bracket, if the bracket is the problem.
fn brackets(value: Span, raw: &str, open: char) -> Option<(Span, Cow<'static, str>)> {
    let close = if open == '[' { ']' } else { '}' };
    let (at, what) = match raw.rfind(close) {
        None => (0, format!("unclosed `{open}` in")),
        Some(at) if at + 1 < raw.len() => (at, format!("text after the closing `{close}` of")),
        Some(_) => return None,
    };
    let at = value.start + at;
    Some((Span::new(at, at + 1), Cow::Owned(what)))
}

/// The error in a value that begins with a quote.
fn quote(value: Span, raw: &str, quote: char) -> (Span, Cow<'static, str>) {
    let mut escaped = false;
    let close = raw.char_indices().skip(1).find(|(_, c)| {
        let closes = *c == quote && !escaped;
        escaped = *c == '\\' && quote == '"' && !escaped;
        closes
    });
    match close {
        Some((at, _)) if !raw.get(at + 1..).unwrap_or("").trim().is_empty() => {
            let at = value.start + at;
            (Span::new(at, at + 1), Cow::Owned(format!("text after the closing `{quote}` of")))
        }
        Some(_) => (value, Cow::Borrowed("unknown escape sequence in")),
        None => {
            let opening = Span::new(value.start, value.start + 1);
            (opening, Cow::Owned(format!("unclosed `{quote}` in")))
        }
    }
}

fn of_kind(error: &YamlError) -> Cow<'static, str> {
    Cow::Borrowed(match &error.kind {
        YamlErrorKind::ColonInPlainValue => "unquoted `: ` in",
        YamlErrorKind::Tab => "tab indentation in",
        YamlErrorKind::Alias => "undefined alias in",
        YamlErrorKind::ReservedCharacter => "unquoted special character in",
        YamlErrorKind::Quote => "unclosed quote in",
        YamlErrorKind::Brackets => "unclosed bracket in",
        YamlErrorKind::TooLarge => "anchors and aliases expand to more than 10,000 values in",
        YamlErrorKind::Unindented => "unindented line in",
        YamlErrorKind::Dialogue => "unindented line that reads as a field in",
        YamlErrorKind::NotAMapping => "no value for",
        YamlErrorKind::Other => return Cow::Borrowed("cannot parse"),
    })
}

/// The sentence for an error that no single field causes.
pub(super) fn alone(error: &YamlError) -> Cow<'static, str> {
    match &error.kind {
        YamlErrorKind::NotAMapping => Cow::Borrowed("no `name: value` fields in the front matter"),
        _ => Cow::Owned(format!("{} the front matter", of_kind(error))),
    }
}

/// The character at an offset, and the space after a colon; the last character if the text ends
/// there.
pub(super) fn place(text: &str, offset: usize) -> Span {
    let rest = text.get(offset..).unwrap_or("");
    let length = match rest.chars().next() {
        Some('\n' | '\r') | None => 0,
        Some(c) => c.len_utf8(),
    };
    Span::new(offset.min(text.len()), offset.min(text.len()) + length)
}
