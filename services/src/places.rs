//! Converts the engine's byte spans to the caller's positions and back, with one line index per
//! file, built on first use.

use rolewright_core::template::Place;
use rolewright_core::{Files, LineIndex, Span};
use rolewright_wire::{Encoding, Location, Position, Range};
use std::cell::RefCell;
use std::collections::BTreeMap;
use std::rc::Rc;

/// Translates places of one text and of the files around it.
pub struct Places<'t> {
    encoding: Encoding,
    text: &'t str,
    path: String,
    files: &'t dyn Files,
    indexes: RefCell<BTreeMap<String, Rc<LineIndex<'t>>>>,
}

impl<'t> Places<'t> {
    /// Places in `text`, which is at `path`, and in `files`.
    pub fn new(text: &'t str, path: &str, files: &'t dyn Files, encoding: Encoding) -> Self {
        Self { encoding, text, path: path.to_string(), files, indexes: RefCell::default() }
    }

    /// The range of a span of the file at `path`; the start of a file that does not exist.
    pub fn range(&self, path: &str, span: Span) -> Range {
        let Some(index) = self.index(path) else { return Range::default() };
        Range { start: self.position(&index, span.start), end: self.position(&index, span.end) }
    }

    /// The location of a span of the file at `path`.
    pub fn location(&self, path: &str, span: Span) -> Location {
        Location { path: path.to_string(), range: self.range(path, span) }
    }

    /// A place in one of the files of an expansion.
    pub(crate) fn location_in(&self, files: &[String], place: Place) -> Location {
        let path = files.get(place.file as usize).map_or("", String::as_str);
        self.location(path, place.span)
    }

    /// Start and end of a span of the file at `path`, in the caller's encoding.
    pub fn offsets(&self, path: &str, span: Span) -> (u32, u32) {
        let Some(index) = self.index(path) else { return (0, 0) };
        (self.offset(&index, span.start), self.offset(&index, span.end))
    }

    /// The byte offset in the file at `path` for an offset in the caller's unit. An offset past the
    /// end counts as the end; an offset inside a character counts as the start of the character.
    pub fn byte(&self, path: &str, offset: u32) -> usize {
        let Some(index) = self.index(path) else { return 0 };
        let offset = offset as usize;
        match self.encoding {
            Encoding::Utf16 => index.byte(offset),
            Encoding::Utf8 => {
                let mut offset = offset.min(index.text().len());
                while !index.text().is_char_boundary(offset) {
                    offset -= 1;
                }
                offset
            }
        }
    }

    /// The span in the file at `path` between two offsets in the caller's unit.
    pub fn span(&self, path: &str, start: u32, end: u32) -> Span {
        let (start, end) = (self.byte(path, start), self.byte(path, end));
        Span::new(start.min(end), end.max(start))
    }

    /// The number of lines of the file at `path`; a line break at its end begins no further line.
    pub(crate) fn line_count(&self, path: &str) -> u32 {
        let Some(index) = self.index(path) else { return 0 };
        let is_done = index.text().is_empty() || index.text().ends_with(['\n', '\r']);
        narrow(index.line_count() - usize::from(is_done))
    }

    /// The line, from 1, of a byte offset in the file at `path`.
    pub fn line(&self, path: &str, offset: usize) -> u32 {
        self.index(path).map_or(1, |index| narrow(index.line(offset)))
    }

    fn position(&self, index: &LineIndex<'_>, offset: usize) -> Position {
        let place = index.position(offset);
        let column = match self.encoding {
            Encoding::Utf16 => place.column_utf16,
            Encoding::Utf8 => place.column,
        };
        Position {
            offset: self.offset(index, offset),
            line: narrow(place.line),
            column: narrow(column),
        }
    }

    fn offset(&self, index: &LineIndex<'_>, offset: usize) -> u32 {
        narrow(match self.encoding {
            Encoding::Utf16 => index.utf16(offset),
            Encoding::Utf8 => offset.min(index.text().len()),
        })
    }

    fn index(&self, path: &str) -> Option<Rc<LineIndex<'t>>> {
        if let Some(index) = self.indexes.borrow().get(path) {
            return Some(Rc::clone(index));
        }
        let index = Rc::new(match path == self.path {
            true => LineIndex::new(self.text),
            false => LineIndex::new(self.files.text(path)?),
        });
        self.indexes.borrow_mut().insert(path.to_string(), Rc::clone(&index));
        Some(index)
    }
}

/// Texts are far shorter than 4 GiB; longer texts are rejected earlier.
pub(crate) fn narrow(value: usize) -> u32 {
    u32::try_from(value).unwrap_or(u32::MAX)
}

#[cfg(test)]
mod tests {
    use super::*;
    use rolewright_core::NoFiles;

    #[test]
    fn offsets_count_what_was_asked_for() {
        let text = "# 😀\nx";
        let span = Span::new(text.len() - 1, text.len());
        let at = |encoding| Places::new(text, "a.md", &NoFiles, encoding).range("a.md", span).start;
        assert_eq!(at(Encoding::Utf16), Position { offset: 5, line: 2, column: 1 });
        assert_eq!(at(Encoding::Utf8), Position { offset: 7, line: 2, column: 1 });
    }

    #[test]
    fn an_offset_comes_back_as_the_byte_it_came_from() {
        let text = "é😀x";
        for (encoding, offsets) in [(Encoding::Utf16, [0, 1, 3, 4]), (Encoding::Utf8, [0, 2, 6, 7])]
        {
            let places = Places::new(text, "a.md", &NoFiles, encoding);
            let bytes = offsets.map(|offset| places.byte("a.md", offset));
            assert_eq!(bytes, [0, 2, 6, 7]);
            assert_eq!(places.byte("a.md", 99), text.len());
        }
        assert_eq!(Places::new(text, "a.md", &NoFiles, Encoding::Utf8).byte("a.md", 4), 2);
    }

    #[test]
    fn a_file_that_does_not_exist_has_only_a_start() {
        let places = Places::new("", "a.md", &NoFiles, Encoding::Utf16);
        assert_eq!(places.range("b.md", Span::new(3, 9)), Range::default());
    }
}
