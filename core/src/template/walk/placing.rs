//! Inserts included text according to the position of the include: as a block, in a list item, lifted
//! out of one, or in the middle of a line.

use super::super::expanded::{IncludeNode, IncludeState, Place, ProblemKind, SegmentKind};
use super::super::fragment::comparable;
use super::super::lexer::{Include, Raise};
use super::super::output::{Joining, MarkKind, Output};
use super::super::plan::narrow;
use super::super::source::Source;
use super::wrapping::{Wrapped, fence, leaves_comment_open, open_code_block, wrap};
use super::{Unit, Walker};
use crate::options::{Shift, Spacing};
use crate::text::Span;
use alloc::format;
use alloc::string::String;
use alloc::vec::Vec;

/// The position of an include.
pub(super) enum Placement {
    /// Alone on its line, after `indent`.
    Block { line: Span, indent: Span },
    /// Alone in a list item; `indent` is that of the outer item's content.
    Item { line: Span, indent: Span },
    /// With other text.
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

/// The indent of a block without what would make code of it: on the line of a paragraph four spaces
/// mean nothing, at the start of one they do.
fn without_code(source: &Source<'_>, indent: Span) -> Span {
    let text = indent.of(source.text);
    let column = content_column(source, indent.end).unwrap_or(0);
    if text.len() < column + 4 || text.contains('\t') {
        return indent;
    }
    Span::new(indent.start, indent.start + column)
}

/// Where the content of the innermost list item around `offset` begins on its line, in bytes.
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

/// The most list items searched for the one around a place; no real list is longer or deeper.
const MOST_ITEMS: usize = 64;

/// The line of a list item that contains only `span`, and the indentation of the item where it is
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
fn is_marker(text: &str) -> bool {
    let Some(mark) = text.strip_suffix([' ', '\t']).map(str::trim) else { return false };
    let digits = mark.trim_end_matches(['.', ')']);
    matches!(mark, "-" | "*" | "+")
        || digits.len() + 1 == mark.len()
            && !digits.is_empty()
            && digits.bytes().all(|b| b.is_ascii_digit())
}

/// An include that starts an item or a line, together with the dash or colon that separates it from the
/// text after it: without it the dash would become a bullet.
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

impl<'p, 'a> Walker<'p, 'a> {
    /// Expands the target of an include and inserts it.
    pub(super) fn insert(
        &mut self,
        unit: &mut Unit<'p, 'a>,
        span: Span,
        include: &'p Include<'a>,
        child: usize,
        place: Place,
    ) {
        let plan = self.plan;
        let Some(planned) = plan.units.get(child) else { return };
        let Some(source) = plan.sources.get(planned.source) else { return };
        let node = self.includes.len();
        let (path, state) = (source.path.clone(), IncludeState::Included);
        let depth = self.hops.len() + 1;
        let (from, chain) = (Some(place), Some(narrow(self.chains.len())));
        self.includes.push(IncludeNode { path, depth, from, state, chain, bytes: 0 });
        let template = self.judge_template(child, place, &include.selection);
        self.chains.push(super::Chain { parent: unit.chain, at: place });
        let chain = narrow(self.chains.len() - 1);
        self.way.push(planned.source);
        self.hops.push(place);
        self.templates += usize::from(template);
        let content = self.unit(child, chain);
        self.templates -= usize::from(template);
        self.hops.pop();
        self.way.pop();
        let mut wrapped = Wrapped {
            raise: (0, false),
            fence: fence(&include.selection, source, &content),
            wrap: wrap(&include.selection, source, &content),
            data: source.is_data(),
            raw: planned.raw,
            left_open: Vec::new(),
        };
        if wrapped.wrap.is_some() && leaves_comment_open(&content.text) {
            wrapped.left_open.push(String::from("-->"));
        }
        let before = unit.out.text.len();
        let copied = span.start.saturating_sub(unit.at);
        self.place(unit, span, include, content, wrapped);
        let bytes = unit.out.text.len().saturating_sub(before + copied);
        if let Some(node) = self.includes.get_mut(node) {
            node.bytes = bytes;
        }
    }

    fn place(
        &mut self,
        unit: &mut Unit<'p, 'a>,
        span: Span,
        include: &'p Include<'a>,
        content: Output,
        mut wrapped: Wrapped,
    ) {
        let place = Place { file: unit.file, span: include.directive };
        let placement = placement(unit.source, unit.range, span, include);
        let (line, indent) = match placement {
            Placement::Block { line, indent } => (line, indent.of(unit.source.text)),
            Placement::Item { .. } if !wrapped.is_wrapped() && is_one_line(&content) => {
                return self.inline(unit, span, &content, &wrapped);
            }
            Placement::Item { line, indent } => (line, indent.of(unit.source.text)),
            Placement::Inline => return self.inline(unit, span, &content, &wrapped),
        };
        let part = self.titled_part(unit, span, include, &content, &wrapped, line);
        if part.is_empty() && self.settings.spacing == Spacing::Paragraphs {
            return self.remove_line(unit, line);
        }
        wrapped.raise = self.raise(unit, include, &content, part, &wrapped, line.start);
        if wrapped.fence.is_none() {
            self.close_code_block(&content, part, place, &mut wrapped);
        }
        self.block(unit, span, content, &wrapped, (line, indent, part));
    }

    /// Closes a code block that the content leaves open: it ends with its file, as it would by itself.
    fn close_code_block(
        &mut self,
        content: &Output,
        part: Span,
        place: Place,
        wrapped: &mut Wrapped,
    ) {
        let Some((opener, marks)) = open_code_block(part.of(&content.text), self.settings.markdown)
        else {
            return;
        };
        let closed = self.settings.spacing != Spacing::Exact || wrapped.wrap.is_some();
        if closed {
            // A comment in it opens nothing before it is closed.
            wrapped.left_open.insert(0, marks);
        }
        let start = part.start + opener.start;
        let Some(segment) = content.segments.iter().find(|s| s.out.contains(start)) else { return };
        let span = match segment.kind {
            SegmentKind::Literal => {
                Span::new(segment.source_of(start), segment.source_of(part.start + opener.end))
            }
            _ => segment.source,
        };
        let at = Place { file: segment.file, span };
        self.hops.push(place);
        self.problem(at, ProblemKind::OpenCodeBlock { closed });
        self.hops.pop();
    }

    /// Puts text in as lines of its own.
    fn block(
        &mut self,
        unit: &mut Unit<'p, 'a>,
        span: Span,
        mut content: Output,
        wrapped: &Wrapped,
        (line, indent, part): (Span, &str, Span),
    ) {
        let exact = self.settings.spacing == Spacing::Exact;
        unit.copy_to(line.start);
        let origin = unit.origin(span);
        if !exact {
            unit.pending = None;
            unit.out.part(origin);
        }
        if wrapped.fence.is_some() {
            content.marks.clear();
        }
        wrapped.open(unit, indent, origin);
        // The last line ending comes from the file where it has one.
        let end = part.end + usize::from(content.text.as_bytes().get(part.end) == Some(&b'\n'));
        let part = Span::new(part.start, if exact { content.text.len() } else { end });
        let (raise, fixed) = wrapped.raise;
        let how = Joining { part, raise, fixed, indent, one_line: false, origin };
        let clamped = unit.out.join(&content, &how);
        let needs_end = !exact || wrapped.is_wrapped() || !wrapped.left_open.is_empty();
        if needs_end && !unit.out.text.ends_with('\n') {
            unit.out.put("\n", SegmentKind::Blank, origin);
        }
        wrapped.close(unit, indent, origin);
        if clamped > 0 {
            let at = Place { file: unit.file, span };
            self.problem(at, ProblemKind::ClampedHeading { count: clamped });
        }
        unit.jump(line.end);
        if !exact {
            unit.pending = Some(origin);
        }
    }

    /// Puts text into the middle of a line.
    fn inline(&mut self, unit: &mut Unit<'p, 'a>, span: Span, content: &Output, wrapped: &Wrapped) {
        unit.skip(Span::at(span.start));
        unit.flow();
        let exact = self.settings.spacing == Spacing::Exact;
        let part = if exact { Span::new(0, content.text.len()) } else { content.trimmed() };
        let lines = part.of(&content.text).trim_end().split('\n').count();
        if lines > 1 {
            let at = Place { file: unit.file, span };
            self.problem(at, ProblemKind::MultilineInline { lines });
        }
        let origin = unit.origin(span);
        let (one_line, indent) = (!exact, "");
        let how = Joining { part, raise: 0, fixed: false, indent, one_line, origin };
        let (open, close) = wrapped.wrap.as_ref().map_or(("", ""), |(open, close)| (open, close));
        unit.out.put(open, SegmentKind::Wrap, origin);
        unit.out.join(content, &how);
        for mark in &wrapped.left_open {
            unit.out.put(mark, SegmentKind::Wrap, origin);
        }
        unit.out.put(close, SegmentKind::Wrap, origin);
        unit.marks_to(span.end);
        unit.at = span.end;
    }

    /// The part of the content to insert, without its title if that is requested.
    fn titled_part(
        &mut self,
        unit: &Unit<'p, 'a>,
        span: Span,
        include: &Include<'a>,
        content: &Output,
        wrapped: &Wrapped,
        line: Span,
    ) -> Span {
        let trimmed = content.trimmed();
        let part = match self.settings.spacing {
            Spacing::Exact => Span::new(0, content.text.len()),
            Spacing::Paragraphs => trimmed,
        };
        let Some(first) = content.marks.iter().find(|mark| mark.at >= trimmed.start) else {
            return part;
        };
        if first.at != trimmed.start || wrapped.fence.is_some() || wrapped.data {
            return part;
        }
        let title = content.text.get(first.at..part.end).unwrap_or("");
        let title = title.split('\n').next().unwrap_or("");
        if include.selection.strip_title {
            let underlined = matches!(first.kind, MarkKind::Setext(_));
            let mut end = first.at + title.len() + 1;
            if underlined {
                let rest = content.text.get(end..part.end).unwrap_or("");
                end += rest.find('\n').map_or(rest.len(), |at| at + 1);
            }
            let rest = content.text.get(end.min(part.end)..part.end).unwrap_or("");
            let left = super::super::output::trimmed(rest);
            let end = end.min(part.end);
            return Span::new(end + left.start, end + left.end);
        }
        let above = heading_above(unit, line.start);
        let words = title.trim_start_matches('#').trim_end_matches('#');
        if let Some(above) = above
            && comparable(above.text.of(unit.source.text)) == comparable(words)
            && let Some(segment) = content.segments.iter().find(|s| s.out.contains(first.at))
        {
            let start = segment.source_of(first.at);
            let below = Place { file: segment.file, span: Span::new(start, start + title.len()) };
            let above = Place { file: unit.file, span: above.span };
            let at = Place { file: unit.file, span };
            self.problem(at, ProblemKind::DuplicateTitle { above, below });
        }
        part
    }

    /// How far the headings of the content move, and whether they stay there for good.
    fn raise(
        &self,
        unit: &Unit<'p, 'a>,
        include: &Include<'a>,
        content: &Output,
        part: Span,
        wrapped: &Wrapped,
        before: usize,
    ) -> (i8, bool) {
        if wrapped.data || wrapped.fence.is_some() {
            return (0, false);
        }
        let fixed = match include.selection.raise {
            Some(raise) => raise == Raise::None,
            None => wrapped.raw,
        };
        let levels = content.marks.iter().filter(|mark| part.contains(mark.at) && !mark.fixed);
        let top = levels.filter_map(|mark| match mark.kind {
            MarkKind::Atx(level) | MarkKind::Setext(level) => Some(level),
            _ => None,
        });
        let Some(top) = top.min().and_then(|top| i8::try_from(top).ok()) else { return (0, fixed) };
        let raise = match (include.selection.raise, self.settings.shift) {
            (Some(raise), _) => raise,
            (None, Shift::Auto) if !wrapped.raw => Raise::Auto,
            (None, _) => Raise::None,
        };
        let by = match raise {
            Raise::None => 0,
            Raise::By(by) => i8::try_from(by).unwrap_or(0),
            Raise::Top(level) => i8::try_from(level).unwrap_or(top) - top,
            Raise::Auto => {
                let above = heading_above(unit, before).map_or(0, |heading| heading.level);
                (i8::try_from(above).unwrap_or(0) + 1 - top).max(0)
            }
        };
        (by, fixed)
    }
}

/// The nearest heading before an offset of the including text.
fn heading_above<'u>(
    unit: &'u Unit<'_, '_>,
    before: usize,
) -> Option<&'u crate::markdown::Heading> {
    let headings = &unit.source.outline()?.headings;
    let at = headings.partition_point(|heading| heading.span.start < before);
    let above = headings.get(..at)?.iter().rev();
    let mut above = above.filter(|heading| !heading.nested && unit.source.is_heading(heading));
    above.next().filter(|heading| heading.span.start >= unit.range.start)
}

/// Whether the content can take the place of the directive in a list item.
fn is_one_line(content: &Output) -> bool {
    let part = content.trimmed();
    let text = part.of(&content.text);
    let block = text.starts_with(['>', '|'])
        || text.starts_with("```")
        || text.starts_with("~~~")
        || text.split_once([' ', '\t']).is_some_and(|(mark, _)| is_marker(&format!("{mark} ")));
    !text.contains('\n') && !block && !content.marks.iter().any(|mark| part.contains(mark.at))
}
