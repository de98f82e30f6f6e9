//! Decodes quoted strings of JSON and TOML and records their spans.

use super::decoded::{Decoded, Form, Writer};
use crate::text::Span;

/// The string that `source[span]` represents in JSON, including its quotes. An invalid escape is
/// kept unchanged.
pub(super) fn json(source: &str, span: Span) -> Decoded<'static> {
    let mut out = Writer::default();
    let content = inner(source, span, 1);
    escaped(source, content, &mut out, false);
    out.finish(span, content.start, Form::Json)
}

/// The string that `source[span]` represents in TOML, including its quotes.
pub(super) fn toml(source: &str, span: Span) -> Decoded<'static> {
    let raw = span.of(source);
    let mut out = Writer::default();
    let multi = raw.starts_with("\"\"\"") || raw.starts_with("'''");
    let mut content = inner(source, span, if multi { 3 } else { 1 });
    if multi {
        // A line ending right after the opening quotes is not part of the text.
        let text = content.of(source);
        content.start +=
            if text.starts_with("\r\n") { 2 } else { usize::from(text.starts_with('\n')) };
    }
    if raw.starts_with('"') {
        escaped(source, content, &mut out, true);
        return out.finish(span, content.start, Form::TomlBasic { multi });
    }
    lines(source, content, &mut out);
    out.finish(span, content.start, Form::TomlLiteral { multi })
}

/// The text between `quotes` quotation marks; the closing ones may be missing.
fn inner(source: &str, span: Span, quotes: usize) -> Span {
    let raw = span.of(source);
    let quote = raw.get(..quotes).unwrap_or("");
    let start = span.start + quote.len();
    let closed = raw.len() >= 2 * quotes && raw.ends_with(quote);
    Span::new(start, (span.end - if closed { quotes } else { 0 }).max(start))
}

/// Text whose lines end with `\n` in the decoded text, however they end in the source.
fn lines(source: &str, span: Span, out: &mut Writer) {
    let mut at = span.start;
    for line in span.of(source).split_inclusive('\n') {
        let content = line.strip_suffix("\r\n").unwrap_or(line);
        out.same(source, Span::new(at, at + content.len()));
        if content.len() < line.len() {
            out.put('\n', Span::new(at + content.len(), at + line.len()));
        }
        at += line.len();
    }
}

fn escaped(source: &str, span: Span, out: &mut Writer, is_toml: bool) {
    let bytes = span.of(source).as_bytes();
    let mut from = 0;
    for at in memchr::memchr_iter(b'\\', bytes) {
        // The previous backslash already consumed this one.
        if at < from {
            continue;
        }
        lines(source, Span::new(span.start + from, span.start + at), out);
        let rest = source.get(span.start + at..span.end).unwrap_or("");
        let (decoded, length) = match escape(rest, is_toml) {
            Escape::Char(c, length) => (Some(c), length),
            Escape::Nothing(length) => (None, length),
            Escape::Invalid => {
                out.same(source, Span::new(span.start + at, span.start + at + 1));
                from = at + 1;
                continue;
            }
        };
        let place = Span::new(span.start + at, span.start + at + length);
        if let Some(c) = decoded {
            out.put(c, place);
        }
        from = at + length;
    }
    lines(source, Span::new(span.start + from, span.end), out);
}

/// The character for an escape sequence, and the sequence's length in bytes.
pub(super) enum Escape {
    Char(char, usize),
    /// The end of a line, and the whitespace and lines after it.
    Nothing(usize),
    Invalid,
}

fn escape(rest: &str, is_toml: bool) -> Escape {
    let Some(sign) = rest.chars().nth(1) else { return Escape::Invalid };
    let simple = match sign {
        '"' | '\\' => Some(sign),
        '/' if !is_toml => Some('/'),
        'b' => Some('\u{8}'),
        'f' => Some('\u{c}'),
        'n' => Some('\n'),
        'r' => Some('\r'),
        't' => Some('\t'),
        'e' if is_toml => Some('\u{1b}'),
        _ => None,
    };
    if let Some(c) = simple {
        return Escape::Char(c, 2);
    }
    let digits = match sign {
        'u' => 4,
        'U' if is_toml => 8,
        'x' if is_toml => 2,
        ' ' | '\t' | '\r' | '\n' if is_toml => return line_end(rest),
        _ => return Escape::Invalid,
    };
    match (hex(rest, digits), is_toml) {
        (Some(code @ 0xD800..=0xDBFF), false) => surrogates(rest, code),
        (Some(0xDC00..=0xDFFF), false) => Escape::Char('\u{fffd}', 6),
        (Some(code), _) => {
            char::from_u32(code).map_or(Escape::Invalid, |c| Escape::Char(c, 2 + digits))
        }
        (None, _) => Escape::Invalid,
    }
}

/// The number written as this many hexadecimal digits after a backslash and a letter.
pub(super) fn hex(rest: &str, digits: usize) -> Option<u32> {
    let digits = rest.get(2..2 + digits)?;
    digits.bytes().all(|b| b.is_ascii_hexdigit()).then(|| u32::from_str_radix(digits, 16).ok())?
}

/// A character above U+FFFF, written as two escapes; a lone surrogate is not a character.
fn surrogates(rest: &str, high: u32) -> Escape {
    let low = rest.get(6..).filter(|rest| rest.starts_with("\\u")).and_then(|rest| hex(rest, 4));
    match low {
        Some(low @ 0xDC00..=0xDFFF) => {
            let code = 0x1_0000 + ((high - 0xD800) << 10) + (low - 0xDC00);
            Escape::Char(char::from_u32(code).unwrap_or('\u{fffd}'), 12)
        }
        _ => Escape::Char('\u{fffd}', 6),
    }
}

/// A backslash at the end of a line removes the line ending and all whitespace and empty lines
/// after it.
fn line_end(rest: &str) -> Escape {
    let behind = rest.get(1..).unwrap_or("");
    let blank = behind.len() - behind.trim_start_matches([' ', '\t', '\r', '\n']).len();
    if behind.get(..blank).is_some_and(|blank| blank.contains('\n')) {
        Escape::Nothing(1 + blank)
    } else {
        Escape::Invalid
    }
}
