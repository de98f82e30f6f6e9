//! Inserts included text according to the position of the include: as a block, in a list item, lifted
//! out of one, or in the middle of a line.

use super::super::expanded::{IncludeNode, IncludeState, Place, ProblemKind, SegmentKind};
use super::super::fragment::comparable;
use super::super::lexer::{Include, Raise};
use super::super::output::{Joining, MarkKind, Output};
use super::super::plan::narrow;
use super::placement::{Placement, is_marker, placement};
use super::wrapping::{Wrapped, fence, leaves_comment_open, open_code_block, wrap};
use super::{Unit, Walker};
use crate::options::{Shift, Spacing};
use crate::text::Span;
use alloc::format;
use alloc::string::String;
use alloc::vec::Vec;

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

    /// Closes a code block that the content leaves open: the block ends with its file, as it would
    /// in a separate document.
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
            // A comment inside the code block opens nothing until the code is closed.
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

    /// Inserts text as separate lines.
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
        // The last line ending comes from the file, if it has one there.
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

    /// How many levels the headings of the content move, and whether their levels are then fixed.
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

/// Whether the content can replace the directive in a list item.
fn is_one_line(content: &Output) -> bool {
    let part = content.trimmed();
    let text = part.of(&content.text);
    let block = text.starts_with(['>', '|'])
        || text.starts_with("```")
        || text.starts_with("~~~")
        || text.split_once([' ', '\t']).is_some_and(|(mark, _)| is_marker(&format!("{mark} ")));
    !text.contains('\n') && !block && !content.marks.iter().any(|mark| part.contains(mark.at))
}
