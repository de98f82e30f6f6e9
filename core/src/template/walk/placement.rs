//! Determines the position of an include: alone on a line, in a list item, or in the middle of a
//! line.

use super::super::lexer::Include;
use super::super::source::Source;
use crate::text::Span;

/// The position of an include.
pub(super) enum Placement {
    /// Alone on its line, after `indent`.
    Block { line: Span, indent: Span },
    /// Alone in a list item; `indent` is the indentation of the outer item's content.
    Item { line: Span, indent: Span },
    /// Next to other text.
    Inline,
}

/// The position of the include at `span` (with its suffix).
pub(super) fn placement(
    source: &Source<'_>,
    range: Span,
    span: Span,
    include: &Include<'_>,
) -> Placement {
    if include.selection.inline {
        return Placement::Inline;
    }
    if let Some(line) = alone(source, range, span) {
        let indent = Span::new(line.start, span.start);
        return Placement::Block { line, indent: without_code(source, indent) };
    }
    match item_line(source, range, span) {
        Some((line, indent)) => Placement::Item { line, indent },
        None => Placement::Inline,
    }
}

/// The lines of `span` if nothing else is on them.
pub(super) fn alone(source: &Source<'_>, range: Span, span: Span) -> Option<Span> {
    let start = source.line(span.start).start.max(range.start);
    let end = source.line(span.end).end.min(range.end).max(span.end);
    let before = Span::new(start, span.start).of(source.text);
    // The nearer end first: a line may be a megabyte of directives.
    let blank = before.trim_end().is_empty() && rest_is_blank(source, span.end, end);
    blank.then_some(Span::new(start, end))
}

fn rest_is_blank(source: &Source<'_>, from: usize, to: usize) -> bool {
    Span::new(from, to).of(source.text).trim_start().is_empty()
}

/// The indentation of a block, without the spaces that would turn it into code: four spaces mean
/// nothing in a paragraph, but start a code block elsewhere.
fn without_code(source: &Source<'_>, indent: Span) -> Span {
    let text = indent.of(source.text);
    let column = content_column(source, indent.end).unwrap_or(0);
    if text.len() < column + 4 || text.contains('\t') {
        return indent;
    }
    Span::new(indent.start, indent.start + column)
}

/// The column where the content of the innermost list item around `offset` begins, in bytes.
fn content_column(source: &Source<'_>, offset: usize) -> Option<usize> {
    let items = &source.outline()?.items;
    let before = items.partition_point(|item| item.span.start < offset);
    let around = items.get(..before)?.iter().rev().take(MOST_ITEMS);
    let item = around.into_iter().find(|item| item.span.end > offset)?;
    let line = source.line(item.span.start);
    let text = Span::new(item.span.start, line.end).of(source.text);
    let mark = text.find([' ', '\t'])?;
    let blanks = text.get(mark..)?.bytes().take_while(|b| *b == b' ').count();
    let blanks = if blanks > 4 { 1 } else { blanks };
    Some(item.span.start - line.start + mark + blanks)
}

/// The most list items to search for the item around a place; no real list is longer or deeper.
const MOST_ITEMS: usize = 64;

/// The line of a list item that contains only `span`, and the indentation of the item if it is
/// nested.
fn item_line(source: &Source<'_>, range: Span, span: Span) -> Option<(Span, Span)> {
    let line = source.line(span.start);
    let (start, end) = (line.start.max(range.start), line.end.min(range.end));
    let marker = Span::new(start, span.start);
    if marker.len() > 64
        || !rest_is_blank(source, span.end, end)
        || !is_marker(marker.of(source.text))
    {
        return None;
    }
    let items = &source.outline()?.items;
    let at = items.partition_point(|item| item.span.start < span.start);
    let item = at.checked_sub(1).and_then(|at| items.get(at))?;
    let own = item.span.start >= start && item.span.end <= end;
    let blanks = marker.of(source.text).bytes().take_while(|b| matches!(b, b' ' | b'\t')).count();
    let indent = Span::new(start, start + if item.depth > 0 { blanks } else { 0 });
    own.then_some((Span::new(start, end), indent))
}

/// Whitespace, a bullet or a number, and a space.
pub(super) fn is_marker(text: &str) -> bool {
    let Some(mark) = text.strip_suffix([' ', '\t']).map(str::trim) else { return false };
    let digits = mark.trim_end_matches(['.', ')']);
    matches!(mark, "-" | "*" | "+")
        || digits.len() + 1 == mark.len()
            && !digits.is_empty()
            && digits.bytes().all(|b| b.is_ascii_digit())
}

/// An include that starts an item or a line, together with the dash or colon that separates it from
/// the next text: without the include, the dash would become a bullet.
pub(super) fn with_separator(source: &Source<'_>, span: Span) -> Span {
    let line = source.line(span.start);
    let before = Span::new(line.start, span.start);
    let begins = before.len() <= 64
        && (before.of(source.text).trim().is_empty() || is_marker(before.of(source.text)));
    if !begins {
        return span;
    }
    let rest = Span::new(span.end, line.end).of(source.text);
    let text = rest.trim_start_matches([' ', '\t']);
    let text =
        ["- ", "– ", "— ", ": "].iter().find_map(|mark| text.strip_prefix(mark)).unwrap_or(text);
    let text = text.trim_start_matches([' ', '\t']);
    Span::new(span.start, span.end + (rest.len() - text.len()))
}
