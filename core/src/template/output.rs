//! Builds text with the source of every byte: copies pieces from files, inserts them and joins them
//! (shifted, indented, on one line). Knows no directives.

use super::expanded::{Place, Segment, SegmentKind};
use super::source::Source;
use crate::text::Span;
use alloc::string::String;
use alloc::vec::Vec;

/// A text with its segments, and the headings in it.
#[derive(Clone, Debug, Default)]
pub(super) struct Output {
    pub text: String,
    pub segments: Vec<Segment>,
    /// In order.
    pub marks: Vec<Mark>,
}

/// A place that matters when headings move.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Mark {
    pub at: usize,
    pub kind: MarkKind,
    /// Whether its heading keeps its level when the text around it is moved.
    pub fixed: bool,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum MarkKind {
    /// A heading with this many `#`.
    Atx(u8),
    /// A heading that is underlined.
    Setext(u8),
    /// The line ending inside a multiline underlined heading.
    Join,
    /// The line under a setext heading.
    Underline,
}

/// The origin of bytes that come from no file.
#[derive(Clone, Copy, Debug)]
pub(super) struct Origin {
    pub place: Place,
    pub chain: u32,
}

/// The changes to a text when it is inserted into another text.
pub(super) struct Joining<'j> {
    /// The part that is taken.
    pub part: Span,
    /// How far headings move.
    pub raise: i8,
    /// Whether headings keep their level at every outer include, too.
    pub fixed: bool,
    /// The prefix of every line that is not blank.
    pub indent: &'j str,
    /// Whether line endings become spaces.
    pub one_line: bool,
    /// The source of the inserted text.
    pub origin: Origin,
}

impl Output {
    /// Copies a range of a file; line endings become `\n`.
    pub(super) fn copy(&mut self, source: &Source<'_>, file: u32, span: Span, chain: u32) {
        let text = span.of(source.text);
        let mut done = 0;
        for at in memchr::memchr_iter(b'\r', text.as_bytes()) {
            let pair = text.as_bytes().get(at + 1) == Some(&b'\n');
            // A CRLF pair becomes one byte, whose source is both bytes.
            let end = at + if pair { 2 } else { 1 };
            let start = self.text.len();
            self.text.push_str(text.get(done..at).unwrap_or(""));
            self.text.push('\n');
            let from = Span::new(span.start + done, span.start + end);
            self.segment(start, file, from, SegmentKind::Literal, chain);
            done = end;
        }
        let start = self.text.len();
        self.text.push_str(text.get(done..).unwrap_or(""));
        let from = Span::new(span.start + done, span.end);
        self.segment(start, file, from, SegmentKind::Literal, chain);
    }

    /// Inserts text that does not come from a file, or differs from its source.
    pub(super) fn put(&mut self, text: &str, kind: SegmentKind, origin: Origin) {
        let start = self.text.len();
        if text.contains('\r') {
            self.text.push_str(&text.replace("\r\n", "\n").replace('\r', "\n"));
        } else {
            self.text.push_str(text);
        }
        self.segment(start, origin.place.file, origin.place.span, kind, origin.chain);
    }

    /// Records a heading at the end of the text so far.
    pub(super) fn mark(&mut self, kind: MarkKind) {
        self.marks.push(Mark { at: self.text.len(), kind, fixed: false });
    }

    fn segment(&mut self, start: usize, file: u32, source: Span, kind: SegmentKind, chain: u32) {
        let out = Span::new(start, self.text.len());
        if out.is_empty() {
            return;
        }
        let literal = kind == SegmentKind::Literal;
        if let Some(last) = self.segments.last_mut()
            && (last.file, last.kind, last.chain) == (file, kind, chain)
            && last.out.end == start
        {
            let goes_on = last.out.len() == last.source.len() && last.source.end == source.start;
            if literal && goes_on {
                last.out.end = out.end;
                last.source.end = source.end;
                return;
            }
            if !literal && kind != SegmentKind::Variable && last.source == source {
                last.out.end = out.end;
                return;
            }
        }
        self.segments.push(Segment { out, file, source, kind, chain });
    }

    /// Ensures that the next text begins a paragraph: on a new line, after a blank line.
    pub(super) fn part(&mut self, origin: Origin) {
        if self.text.is_empty() {
            return;
        }
        if !self.text.ends_with('\n') {
            self.put("\n", SegmentKind::Blank, origin);
        }
        let above = self.text.strip_suffix('\n').unwrap_or("");
        let last = above.rsplit('\n').next().unwrap_or("");
        if !last.trim().is_empty() {
            self.put("\n", SegmentKind::Blank, origin);
        }
    }

    /// The part without blank lines at either end and without its last line ending.
    pub(super) fn trimmed(&self) -> Span {
        trimmed(&self.text)
    }

    /// Appends a part of another text with the requested changes. Returns how many headings could
    /// not be lowered as far as requested.
    pub(super) fn join(&mut self, other: &Output, how: &Joining<'_>) -> usize {
        let mut join = Join { out: self, other, how, clamped: 0, mark: 0, skip_to: how.part.start };
        join.mark = other.marks.partition_point(|mark| mark.at < how.part.start);
        let first = other.segments.partition_point(|segment| segment.out.end <= how.part.start);
        for segment in other.segments.get(first..).unwrap_or(&[]) {
            if segment.out.start >= how.part.end {
                break;
            }
            join.segment(segment);
        }
        join.clamped
    }
}

/// The part of a text without blank lines at either end and without its last line ending.
pub(super) fn trimmed(text: &str) -> Span {
    let lead = text.len() - text.trim_start().len();
    let start = text.get(..lead).and_then(|lead| lead.rfind('\n')).map_or(0, |at| at + 1);
    let end = text.trim_end().len();
    let rest = text.get(end..).unwrap_or("");
    let end = end + rest.find('\n').unwrap_or(rest.len());
    if lead == text.len() { Span::at(0) } else { Span::new(start, end) }
}

struct Join<'o, 'j> {
    out: &'o mut Output,
    other: &'o Output,
    how: &'j Joining<'j>,
    clamped: usize,
    /// The next mark of the other text.
    mark: usize,
    /// Bytes of the other text before this offset are skipped.
    skip_to: usize,
}

impl Join<'_, '_> {
    fn segment(&mut self, segment: &Segment) {
        let part = self.how.part;
        let mut at = segment.out.start.max(part.start).max(self.skip_to);
        let end = segment.out.end.min(part.end);
        while at < end {
            let mark = self.other.marks.get(self.mark).filter(|mark| mark.at < end).copied();
            let stop = mark.map_or(end, |mark| mark.at.max(at));
            self.lines(segment, at, stop);
            at = stop;
            if let Some(mark) = mark {
                self.mark += 1;
                self.moved(mark);
                at = at.max(self.skip_to);
            }
        }
    }

    /// Copies `at..end` of one segment, line by line if lines are changed.
    fn lines(&mut self, segment: &Segment, at: usize, end: usize) {
        let text = self.other.text.get(at..end).unwrap_or("");
        // The text of a value must not be indented by the template.
        let changed = self.how.one_line
            || !self.how.indent.is_empty() && segment.kind != SegmentKind::Variable;
        if !changed {
            self.indent_before(text);
            return self.piece(segment, at, text);
        }
        let mut at = at;
        for line in text.split_inclusive('\n') {
            self.indent_before(line);
            match line.strip_suffix('\n').filter(|_| self.how.one_line) {
                Some(line) => {
                    self.piece(segment, at, line);
                    self.piece_as(segment, at + line.len(), " ", 1);
                }
                None => self.piece(segment, at, line),
            }
            at += line.len();
        }
    }

    /// Indents where a line of the other text begins that is not blank.
    fn indent_before(&mut self, text: &str) {
        let begins = self.out.text.is_empty() || self.out.text.ends_with('\n');
        let indents = !self.how.indent.is_empty() && begins && !text.is_empty();
        if indents && !text.starts_with('\n') {
            self.out.put(self.how.indent, SegmentKind::Indent, self.how.origin);
        }
    }

    fn piece(&mut self, segment: &Segment, at: usize, text: &str) {
        self.piece_as(segment, at, text, text.len());
    }

    /// Appends `text` for `length` bytes at `at` of the other text.
    fn piece_as(&mut self, segment: &Segment, at: usize, text: &str, length: usize) {
        let start = self.out.text.len();
        self.out.text.push_str(text);
        let source = match segment.kind {
            SegmentKind::Literal => {
                let from = segment.source.start + (at - segment.out.start);
                let last = at + length >= segment.out.end;
                Span::new(from, if last { segment.source.end } else { from + length })
            }
            _ => segment.source,
        };
        self.out.segment(start, segment.file, source, segment.kind, segment.chain);
    }

    /// Moves the heading of a mark.
    fn moved(&mut self, mark: Mark) {
        if self.how.one_line {
            return;
        }
        let raises = self.how.raise != 0 && !mark.fixed;
        match mark.kind {
            MarkKind::Atx(level) if raises => {
                let to = self.level(level);
                self.indent_before("#");
                self.note(MarkKind::Atx(to), mark);
                self.hashes(to.saturating_sub(level), "");
                self.skip_to = mark.at + usize::from(level.saturating_sub(to));
            }
            MarkKind::Setext(level) if raises => {
                let to = self.level(level);
                self.indent_before("#");
                self.note(MarkKind::Atx(to), mark);
                self.hashes(to, " ");
            }
            MarkKind::Join if raises => {
                let at = self.other.segments.partition_point(|s| s.out.end <= mark.at);
                if let Some(segment) = self.other.segments.get(at).copied() {
                    self.piece_as(&segment, mark.at, " ", 1);
                }
                self.skip_to = mark.at + 1;
            }
            MarkKind::Underline if raises => {
                // The mark is on the line ending above the underline; both are removed.
                let rest = self.other.text.get(mark.at + 1..).unwrap_or("");
                self.skip_to = mark.at + 1 + rest.find('\n').unwrap_or(rest.len());
            }
            MarkKind::Atx(_) | MarkKind::Setext(_) => {
                self.indent_before("#");
                self.note(mark.kind, mark);
            }
            kind => self.note(kind, mark),
        }
    }

    fn note(&mut self, kind: MarkKind, mark: Mark) {
        let fixed = self.how.fixed || mark.fixed;
        self.out.marks.push(Mark { at: self.out.text.len(), kind, fixed });
    }

    fn level(&mut self, level: u8) -> u8 {
        let wanted = i16::from(level) + i16::from(self.how.raise);
        self.clamped += usize::from(wanted > 6);
        u8::try_from(wanted.clamp(1, 6)).unwrap_or(level)
    }

    fn hashes(&mut self, count: u8, behind: &str) {
        let hashes = "######".get(..usize::from(count.min(6))).unwrap_or("");
        self.out.put(hashes, SegmentKind::Shift, self.how.origin);
        self.out.put(behind, SegmentKind::Shift, self.how.origin);
    }
}
