//! Converts between byte spans, lines and UTF-16 positions in a text, without knowledge of roles.

use alloc::borrow::Cow;
use alloc::string::String;
use alloc::vec::Vec;
use core::fmt;
use core::ops::Range;

/// The lines of `span` of a text, each with its line ending: `\n`, `\r\n` or a lone `\r`.
pub(crate) fn lines(text: &str, span: Span) -> impl Iterator<Item = Span> + '_ {
    let mut at = span.start;
    core::iter::from_fn(move || {
        let rest = Span::new(at, span.end).of(text).as_bytes();
        let end = memchr::memchr2(b'\n', b'\r', rest).map_or(rest.len(), |end| {
            end + if rest.get(end..).is_some_and(|end| end.starts_with(b"\r\n")) { 2 } else { 1 }
        });
        let line = Span::new(at, at + end);
        at = line.end;
        (!line.is_empty()).then_some(line)
    })
}

/// The letters and digits of a text, in lowercase.
pub(crate) fn letters(text: &str) -> String {
    let mut letters = text.to_lowercase();
    letters.retain(char::is_alphanumeric);
    letters
}

/// What follows a beginning in ASCII, whatever its case.
pub(crate) fn after_beginning<'t>(text: &'t str, beginning: &str) -> Option<&'t str> {
    let (start, rest) = text.split_at_checked(beginning.len())?;
    start.eq_ignore_ascii_case(beginning).then_some(rest)
}

/// `text` with `\n` for every lone `\r`, which leaves all offsets unchanged.
pub(crate) fn with_line_feeds(text: &str) -> Cow<'_, str> {
    let is_lone = |at: usize| text.as_bytes().get(at + 1) != Some(&b'\n');
    if !memchr::memchr_iter(b'\r', text.as_bytes()).any(is_lone) {
        return Cow::Borrowed(text);
    }
    let chars = text.char_indices();
    chars.map(|(at, c)| if c == '\r' && is_lone(at) { '\n' } else { c }).collect()
}

/// A range of bytes in the given text, on character boundaries.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Span {
    /// First byte.
    pub start: usize,
    /// The end, exclusive.
    pub end: usize,
}

impl Span {
    /// The span from `start` to `end`, in bytes.
    ///
    /// ```
    /// use rolewright_core::Span;
    ///
    /// assert_eq!(Span::new(3, 7), Span::from(3..7));
    /// ```
    pub const fn new(start: usize, end: usize) -> Self {
        Self { start, end }
    }

    /// An empty span at `offset`.
    ///
    /// ```
    /// use rolewright_core::Span;
    ///
    /// assert_eq!(Span::at(3), Span::new(3, 3));
    /// ```
    pub const fn at(offset: usize) -> Self {
        Self { start: offset, end: offset }
    }

    /// Length in bytes.
    ///
    /// ```
    /// use rolewright_core::Span;
    ///
    /// assert_eq!(Span::new(3, 7).len(), 4);
    /// ```
    pub const fn len(self) -> usize {
        self.end.saturating_sub(self.start)
    }

    /// Whether it covers nothing.
    ///
    /// ```
    /// use rolewright_core::Span;
    ///
    /// assert!(Span::at(3).is_empty());
    /// ```
    pub const fn is_empty(self) -> bool {
        self.end <= self.start
    }

    /// The same span as a standard range.
    ///
    /// ```
    /// use rolewright_core::Span;
    ///
    /// assert_eq!(Span::new(3, 7).range(), 3..7);
    /// ```
    pub const fn range(self) -> Range<usize> {
        self.start..self.end
    }

    /// Whether `offset` is inside; the end is not.
    ///
    /// ```
    /// use rolewright_core::Span;
    ///
    /// let span = Span::new(3, 7);
    /// assert!(span.contains(3) && !span.contains(7));
    /// ```
    pub const fn contains(self, offset: usize) -> bool {
        self.start <= offset && offset < self.end
    }

    /// Whether the two share at least one byte.
    ///
    /// ```
    /// use rolewright_core::Span;
    ///
    /// assert!(Span::new(3, 7).overlaps(Span::new(6, 9)));
    /// assert!(!Span::new(3, 7).overlaps(Span::new(7, 9)));
    /// ```
    pub const fn overlaps(self, other: Span) -> bool {
        self.start < other.end && other.start < self.end
    }

    /// The span moved right by `by` bytes.
    pub(crate) const fn shifted(self, by: usize) -> Self {
        Self { start: self.start + by, end: self.end + by }
    }

    /// The text of the span; empty if it is not in `text` on character boundaries.
    ///
    /// ```
    /// use rolewright_core::Span;
    ///
    /// assert_eq!(Span::new(0, 3).of("Act now."), "Act");
    /// assert_eq!(Span::new(0, 99).of("Act now."), "");
    /// ```
    pub fn of(self, text: &str) -> &str {
        text.get(self.range()).unwrap_or("")
    }
}

impl From<Range<usize>> for Span {
    fn from(range: Range<usize>) -> Self {
        Self { start: range.start, end: range.end }
    }
}

/// `3..7`, in bytes.
impl fmt::Display for Span {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}..{}", self.start, self.end)
    }
}

/// Line and column of an offset.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Position {
    /// Line, from 1.
    pub line: usize,
    /// Column, from 1, in bytes of UTF-8.
    pub column: usize,
    /// Column, from 1, in UTF-16 code units.
    pub column_utf16: usize,
}

/// `LINE:COLUMN`, the column in bytes.
impl fmt::Display for Position {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}:{}", self.line, self.column)
    }
}

/// Finds lines and UTF-16 offsets of one text. Building it is one pass; a look-up
/// reads at most 256 bytes however long the line is.
#[derive(Clone, Debug)]
pub struct LineIndex<'t> {
    text: Cow<'t, str>,
    /// Byte offset of the first byte of each line; `\n`, `\r\n` and a lone `\r` end a line.
    lines: Vec<usize>,
    /// UTF-16 offset of the byte at each multiple of [`STRIDE`].
    checkpoints: Vec<usize>,
}

/// The distance in bytes between two known UTF-16 offsets.
const STRIDE: usize = 256;

impl<'t> LineIndex<'t> {
    /// Indexes `text`.
    ///
    /// ```
    /// use rolewright_core::LineIndex;
    ///
    /// let borrowed = LineIndex::new("One\ntwo\n");
    /// let owned: LineIndex<'static> = LineIndex::new(String::from("One\ntwo\n"));
    /// assert_eq!(borrowed.line(5), owned.line(5));
    /// ```
    pub fn new(text: impl Into<Cow<'t, str>>) -> Self {
        let text = text.into();
        let bytes = text.as_bytes();
        let mut lines = Vec::with_capacity(bytes.len() / 40 + 1);
        lines.push(0);
        for at in memchr::memchr2_iter(b'\n', b'\r', bytes) {
            let carriage_return_of_a_pair =
                bytes.get(at) == Some(&b'\r') && bytes.get(at + 1) == Some(&b'\n');
            if !carriage_return_of_a_pair {
                lines.push(at + 1);
            }
        }
        let mut checkpoints = Vec::with_capacity(bytes.len() / STRIDE + 1);
        let mut units = 0;
        for chunk in bytes.chunks(STRIDE) {
            checkpoints.push(units);
            units += utf16_units(chunk);
        }
        Self { text, lines, checkpoints }
    }

    /// The text it was built from.
    ///
    /// ```
    /// use rolewright_core::LineIndex;
    ///
    /// assert_eq!(LineIndex::new("One\n").text(), "One\n");
    /// ```
    pub fn text(&self) -> &str {
        &self.text
    }

    /// The number of lines; a final line ending opens an empty last line.
    ///
    /// ```
    /// use rolewright_core::LineIndex;
    ///
    /// assert_eq!(LineIndex::new("One\ntwo").line_count(), 2);
    /// assert_eq!(LineIndex::new("One\ntwo\n").line_count(), 3);
    /// ```
    pub fn line_count(&self) -> usize {
        self.lines.len()
    }

    /// Line (from 1) of a byte offset; offsets past the end count as the end.
    ///
    /// ```
    /// use rolewright_core::LineIndex;
    ///
    /// assert_eq!(LineIndex::new("One\ntwo\n").line(5), 2);
    /// ```
    pub fn line(&self, offset: usize) -> usize {
        self.lines.partition_point(|&start| start <= offset).max(1)
    }

    /// Line and columns of a byte offset.
    ///
    /// ```
    /// use rolewright_core::LineIndex;
    ///
    /// let text = "One\nté!\n";
    /// let position = LineIndex::new(text).position(text.find('!').unwrap());
    /// assert_eq!((position.line, position.column, position.column_utf16), (2, 4, 3));
    /// ```
    pub fn position(&self, offset: usize) -> Position {
        let offset = offset.min(self.text.len());
        let line = self.line(offset);
        let start = self.lines.get(line - 1).copied().unwrap_or(0);
        Position {
            line,
            column: offset - start + 1,
            column_utf16: self.utf16(offset) - self.utf16(start) + 1,
        }
    }

    /// Byte span of a line (from 1) without its line ending; empty past the last line.
    ///
    /// ```
    /// use rolewright_core::LineIndex;
    ///
    /// let text = "One\r\ntwo\r\n";
    /// assert_eq!(LineIndex::new(text).line_span(2).of(text), "two");
    /// ```
    pub fn line_span(&self, line: usize) -> Span {
        let Some(&start) = line.checked_sub(1).and_then(|at| self.lines.get(at)) else {
            return Span::at(self.text.len());
        };
        let end = self.lines.get(line).copied().unwrap_or(self.text.len());
        let content = self.text.get(start..end).unwrap_or("").trim_end_matches(['\n', '\r']);
        Span::new(start, start + content.len())
    }

    /// UTF-16 offset of a byte offset. An offset inside a character counts as its end.
    ///
    /// ```
    /// use rolewright_core::LineIndex;
    ///
    /// let text = "té!";
    /// assert_eq!(LineIndex::new(text).utf16(text.find('!').unwrap()), 2);
    /// ```
    pub fn utf16(&self, offset: usize) -> usize {
        let offset = offset.min(self.text.len());
        let checkpoint = offset / STRIDE;
        let known = self.checkpoints.get(checkpoint).copied().unwrap_or_else(|| {
            // Only the empty text and a text that ends at a checkpoint reach this branch.
            self.checkpoints.last().copied().unwrap_or(0)
        });
        let from = checkpoint.min(self.checkpoints.len().saturating_sub(1)) * STRIDE;
        known + utf16_units(self.text.as_bytes().get(from..offset).unwrap_or(&[]))
    }

    /// Byte offset of a UTF-16 offset; inside a surrogate pair it is the start of the character.
    ///
    /// ```
    /// use rolewright_core::LineIndex;
    ///
    /// let text = "té!";
    /// assert_eq!(Some(LineIndex::new(text).byte(2)), text.find('!'));
    /// ```
    pub fn byte(&self, utf16: usize) -> usize {
        let at = self.checkpoints.partition_point(|&units| units <= utf16).saturating_sub(1);
        let mut offset = at * STRIDE;
        while !self.text.is_char_boundary(offset) {
            offset += 1;
        }
        let mut units = self.utf16(offset);
        for c in self.text.get(offset..).unwrap_or("").chars() {
            if units + c.len_utf16() > utf16 {
                break;
            }
            units += c.len_utf16();
            offset += c.len_utf8();
        }
        offset
    }
}

/// UTF-16 code units of the characters that start in `bytes`.
fn utf16_units(bytes: &[u8]) -> usize {
    if bytes.is_ascii() {
        return bytes.len();
    }
    let units = |b: &u8| u8::from(b & 0xC0 != 0x80) + u8::from(*b >= 0xF0);
    // As many bytes as a sum of one byte can count are added up at once.
    bytes.chunks(127).map(|chunk| usize::from(chunk.iter().map(units).sum::<u8>())).sum()
}

/// `path` relative to the folder `from`, without `.` and `..`; `None` if it leads out of the
/// workspace.
///
/// ```
/// use rolewright_core::resolved;
///
/// assert_eq!(resolved("roles/ui", "../shared/style.md").as_deref(), Some("roles/shared/style.md"));
/// assert_eq!(resolved("roles", "../../etc/passwd"), None);
/// ```
pub fn resolved(from: &str, path: &str) -> Option<String> {
    normalized(from, path).ok()
}

/// `path` from `base` without `.` and `..`; the error is the rest of a path that leads outside.
pub(crate) fn normalized(base: &str, path: &str) -> Result<String, String> {
    let mut names: Vec<&str> = Vec::new();
    let mut escaped = false;
    for name in base.split('/').chain(path.split('/')) {
        match name {
            "" | "." => {}
            ".." if names.last().is_some_and(|last| *last != "..") => {
                names.pop();
            }
            ".." => {
                escaped = true;
                names.push("..");
            }
            name => names.push(name),
        }
    }
    let joined = names.join("/");
    if escaped { Err(joined) } else { Ok(joined) }
}

/// The folder of a path; empty at the workspace root.
pub(crate) fn folder(path: &str) -> &str {
    path.rsplit_once('/').map_or("", |(folder, _)| folder)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_end_at_every_kind_of_line_ending() {
        let text = "a\nb\r\nc\rd\r\re\n";
        let found: Vec<&str> =
            lines(text, Span::new(0, text.len())).map(|line| line.of(text)).collect();
        assert_eq!(found, ["a\n", "b\r\n", "c\r", "d\r", "\r", "e\n"]);
        assert_eq!(with_line_feeds(text), "a\nb\r\nc\nd\n\ne\n");
        let index = LineIndex::new("a\nb\r\nc\rd");
        let lines: Vec<&str> = (1..=4).map(|n| index.line_span(n).of("a\nb\r\nc\rd")).collect();
        assert_eq!(lines, ["a", "b", "c", "d"]);
        assert_eq!(index.line_count(), 4);
    }

    #[test]
    fn columns_count_bytes_and_utf16_units() {
        let text = "x\n😀é!";
        let at = text.find('!').unwrap();
        assert_eq!(
            LineIndex::new(text).position(at),
            Position { line: 2, column: 7, column_utf16: 4 }
        );
    }

    #[test]
    fn offsets_translate_both_ways_on_long_lines() {
        let text: String = "äß😀 漢字 plain ".repeat(300);
        let index = LineIndex::new(&text);
        let mut units = 0;
        for (at, c) in text.char_indices() {
            assert_eq!(index.utf16(at), units);
            assert_eq!(index.byte(units), at);
            units += c.len_utf16();
        }
        assert_eq!(index.utf16(text.len()), units);
        assert_eq!(index.byte(units), text.len());
    }

    #[test]
    fn offsets_past_the_end_are_the_end() {
        let index = LineIndex::new("ab");
        assert_eq!((index.utf16(99), index.byte(99)), (2, 2));
        assert_eq!(index.position(99).column, 3);
        assert_eq!(LineIndex::new("").position(0).line, 1);
    }

    #[test]
    fn a_text_that_ends_on_a_checkpoint_is_counted_whole() {
        let text = "é".repeat(STRIDE);
        assert_eq!(LineIndex::new(&text).utf16(text.len()), STRIDE);
    }
}
