//! Decodes YAML scalars and records their spans. The strict reader's text decides: where the two
//! differ, only the span of the whole scalar is given.

use super::decoded::{Block, Chomping, Decoded, Form, Writer};
use super::quoted::hex;
use crate::text::Span;
use crate::yaml::{Node, Style, Value};

/// The text of a scalar in `source`. `after` is an offset before the scalar with no other value in
/// between: the end of its key, or the start of its item.
pub(super) fn scalar<'t>(source: &'t str, node: &Node<'t>, after: usize) -> Option<Decoded<'t>> {
    let Value::Scalar(text, style) = &node.value else { return None };
    let decoded = match style {
        Style::Literal | Style::Folded => block(source, node, after, *style == Style::Folded),
        Style::Plain => Some(flow(source, node.span, Form::Plain)),
        Style::SingleQuoted => Some(flow(source, node.span, Form::YamlSingle)),
        Style::DoubleQuoted => Some(flow(source, node.span, Form::YamlDouble)),
    };
    let agrees = |decoded: &Decoded<'_>| {
        // At the end of a file, the parser adds a line ending that does not exist.
        let added = text.strip_suffix('\n').filter(|_| node.span.end == source.len());
        decoded.text == *text || added == Some(&*decoded.text)
    };
    Some(decoded.filter(agrees).unwrap_or_else(|| Decoded::opaque(text.clone(), node.span)))
}

/// One line of a scalar: its text without indentation, and its line ending.
struct Line {
    text: Span,
    end: Span,
}

fn block(source: &str, node: &Node<'_>, after: usize, folded: bool) -> Option<Decoded<'static>> {
    let (header, mut form) = header(source, after, node.span.start, folded)?;
    let line = source.get(..node.span.start)?.rfind('\n').map_or(0, |at| at + 1);
    form.indent = node.span.start - line;
    let body = source
        .get(..node.span.start)?
        .get(header..)?
        .find('\n')
        .map_or(node.span.start, |at| header + at + 1);
    let mut out = Writer::default();
    let lines = lines_of(source, Span::new(body, node.span.end), form.indent);
    if folded {
        fold(source, lines, &mut out)
    } else {
        keep(source, lines, &mut out)
    }
    let ends = out.text().len() - out.text().trim_end_matches('\n').len();
    let kept = match form.chomping {
        Chomping::Strip => 0,
        Chomping::Clip => usize::from(ends > 0 && ends < out.text().len()),
        Chomping::Keep => ends,
    };
    out.cut(out.text().len() - ends + kept);
    Some(out.finish(Span::new(header, node.span.end), body, Form::Block(form)))
}

/// The position of `|` or `>`, and the text after it.
fn header(source: &str, after: usize, content: usize, folded: bool) -> Option<(usize, Block)> {
    let before = source.get(after..content)?.trim_end();
    let line = before.rfind('\n').map_or(0, |at| at + 1);
    let sign = if folded { '>' } else { '|' };
    before.get(line..)?.match_indices(sign).find_map(|(at, _)| {
        let rest = before.get(line + at + 1..)?;
        let marks = rest.len()
            - rest
                .trim_start_matches(['+', '-', '1', '2', '3', '4', '5', '6', '7', '8', '9'])
                .len();
        let (marks, comment) = rest.split_at_checked(marks)?;
        let blank = comment.trim_start_matches([' ', '\t']);
        if !blank.is_empty() && (blank.len() == comment.len() || !blank.starts_with('#')) {
            return None;
        }
        let chomping = match () {
            () if marks.contains('-') => Chomping::Strip,
            () if marks.contains('+') => Chomping::Keep,
            () => Chomping::Clip,
        };
        let explicit = marks.contains(|c: char| c.is_ascii_digit());
        Some((after + line + at, Block { folded, chomping, indent: 0, explicit }))
    })
}

fn lines_of(source: &str, span: Span, indent: usize) -> impl Iterator<Item = Line> + '_ {
    let mut at = span.start;
    span.of(source).split_inclusive('\n').filter_map(move |line| {
        let start = at;
        at += line.len();
        let text = line.trim_end_matches('\n');
        let text = text.strip_suffix('\r').filter(|_| text.len() < line.len()).unwrap_or(text);
        let spaces = text.len() - text.trim_start_matches(' ').len();
        let from = start + spaces.min(indent);
        let end = start + text.len();
        // Whitespace before the next key is not a line of the scalar.
        let is_rest = text.len() == line.len() && text.len() <= indent && spaces == text.len();
        (!is_rest)
            .then(|| Line { text: Span::new(from, end), end: Span::new(end, start + line.len()) })
    })
}

fn put_end(source: &str, end: Span, out: &mut Writer) {
    if end.of(source) == "\n" {
        out.same(source, end);
    } else if !end.is_empty() {
        out.put('\n', end);
    }
}

fn keep(source: &str, lines: impl Iterator<Item = Line>, out: &mut Writer) {
    for line in lines {
        out.same(source, line.text);
        put_end(source, line.end, out);
    }
}

/// Line endings become spaces between lines that begin at the indentation; in a run of line
/// endings, one is dropped.
fn fold(source: &str, lines: impl Iterator<Item = Line>, out: &mut Writer) {
    // The line ending that is not written yet, whether its line is folded, and the empty lines
    // after it.
    let mut open: Option<(Span, bool)> = None;
    let mut empty: alloc::vec::Vec<Span> = alloc::vec::Vec::new();
    for line in lines {
        let text = line.text.of(source);
        if text.is_empty() {
            empty.push(line.end);
            continue;
        }
        let folds = !text.starts_with([' ', '\t']);
        if let Some((end, before)) = open.take() {
            match (before && folds, empty.is_empty()) {
                (true, true) => out.put(' ', end),
                (true, false) => {}
                (false, _) => put_end(source, end, out),
            }
        }
        empty.drain(..).for_each(|end| put_end(source, end, out));
        out.same(source, line.text);
        open = Some((line.end, folds));
    }
    if let Some((end, _)) = open {
        put_end(source, end, out);
    }
    empty.drain(..).for_each(|end| put_end(source, end, out));
}

/// A scalar with or without quotes: its lines are joined, and whitespace around their ends is
/// dropped.
fn flow(source: &str, span: Span, form: Form) -> Decoded<'static> {
    let quote = usize::from(form != Form::Plain);
    let inner =
        Span::new(span.start + quote, span.end.saturating_sub(quote).max(span.start + quote));
    let mut out = Writer::default();
    let mut at = inner.start;
    let blanks = [' ', '\t'];
    // The line ending that is not written yet, and the empty lines after it.
    let mut open: Option<Span> = None;
    let mut empty: alloc::vec::Vec<Span> = alloc::vec::Vec::new();
    let mut lines = inner.of(source).split_inclusive('\n').peekable();
    let mut is_first = true;
    while let Some(line) = lines.next() {
        let (start, is_last) = (at, lines.peek().is_none());
        at += line.len();
        let text = line.strip_suffix('\n').map_or(line, |t| t.strip_suffix('\r').unwrap_or(t));
        let end = Span::new(start + text.len(), at);
        let lead = if is_first { 0 } else { text.len() - text.trim_start_matches(blanks).len() };
        let code = text.get(lead..).unwrap_or("");
        let escaped_end = form == Form::YamlDouble && !end.is_empty() && ends_escaped(code);
        let kept = match () {
            () if escaped_end => code.len() - 1,
            () if end.is_empty() => code.len(),
            () => trimmed(code, form),
        };
        let content = Span::new(start + lead, start + lead + kept);
        let is_closing = is_last && end.is_empty();
        let is_empty = content.is_empty() && !(escaped_end || is_first || is_closing);
        if is_empty {
            empty.push(end);
            continue;
        }
        if let Some(end) = open.take()
            && empty.is_empty()
        {
            out.put(' ', end);
        }
        empty.drain(..).for_each(|end| put_end(source, end, &mut out));
        match form {
            Form::YamlDouble => double(source, content, &mut out),
            Form::YamlSingle => single(source, content, &mut out),
            _ => out.same(source, content),
        }
        open = (!escaped_end && !end.is_empty()).then_some(end);
        is_first = false;
    }
    // A line ending right before the closing quote opens one more line, an empty one.
    if let Some(end) = open.filter(|_| quote == 1) {
        if empty.is_empty() {
            out.put(' ', end);
        }
        empty.drain(..).for_each(|end| put_end(source, end, &mut out));
    }
    out.finish(span, inner.start, form)
}

/// The length of a line without trailing whitespace; an escaped space is not whitespace.
fn trimmed(code: &str, form: Form) -> usize {
    let kept = code.trim_end_matches([' ', '\t']);
    let escaped = form == Form::YamlDouble && kept.len() < code.len() && ends_escaped(kept);
    kept.len() + usize::from(escaped)
}

/// Whether the last character is a backslash that begins an escape.
fn ends_escaped(code: &str) -> bool {
    (code.len() - code.trim_end_matches('\\').len()) % 2 == 1
}

fn single(source: &str, span: Span, out: &mut Writer) {
    let mut at = span.start;
    let mut parts = span.of(source).split("''").peekable();
    while let Some(part) = parts.next() {
        out.same(source, Span::new(at, at + part.len()));
        at += part.len();
        if parts.peek().is_some() {
            out.put('\'', Span::new(at, at + 2));
            at += 2;
        }
    }
}

fn double(source: &str, span: Span, out: &mut Writer) {
    let mut at = span.start;
    while let Some(next) = source.get(at..span.end).and_then(|t| t.find('\\')).map(|n| at + n) {
        out.same(source, Span::new(at, next));
        let (c, length) = escape(source.get(next..span.end).unwrap_or(""));
        match c {
            Some(c) => out.put(c, Span::new(next, next + length)),
            None => out.same(source, Span::new(next, next + length)),
        }
        at = next + length;
    }
    out.same(source, Span::new(at, span.end));
}

/// The character for an escape, and its length in bytes.
fn escape(rest: &str) -> (Option<char>, usize) {
    let sign = rest.chars().nth(1);
    let simple = match sign {
        Some('0') => '\0',
        Some('a') => '\u{7}',
        Some('b') => '\u{8}',
        Some('t' | '\t') => '\t',
        Some('n') => '\n',
        Some('v') => '\u{b}',
        Some('f') => '\u{c}',
        Some('r') => '\r',
        Some('e') => '\u{1b}',
        Some(c @ (' ' | '"' | '/' | '\\')) => c,
        Some('N') => '\u{85}',
        Some('_') => '\u{a0}',
        Some('L') => '\u{2028}',
        Some('P') => '\u{2029}',
        Some(c @ ('x' | 'u' | 'U')) => {
            let digits = match c {
                'x' => 2,
                'u' => 4,
                _ => 8,
            };
            return numbered(rest, digits);
        }
        _ => return (None, 1),
    };
    (Some(simple), 2)
}

fn numbered(rest: &str, digits: usize) -> (Option<char>, usize) {
    let Some(code) = hex(rest, digits) else { return (None, 1) };
    let low = rest.get(6..).filter(|rest| rest.starts_with("\\u")).and_then(|rest| hex(rest, 4));
    match (code, low) {
        (0xD800..=0xDBFF, Some(low @ 0xDC00..=0xDFFF)) if digits == 4 => {
            let code = 0x1_0000 + ((code - 0xD800) << 10) + (low - 0xDC00);
            (char::from_u32(code), 12)
        }
        _ => (char::from_u32(code), 2 + digits),
    }
}
