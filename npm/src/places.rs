//! Byte spans to the positions that JavaScript is given: one line index for each file, built when it
//! is first needed.

use crate::wire::{Position, Range};
use rolewright_core::{Files, LineIndex, Span};

pub use crate::wire::Encoding;

/// The line indexes of the files of one call.
pub struct Places<'t> {
    encoding: Encoding,
    files: &'t dyn Files,
    indexes: Vec<(String, LineIndex<'t>)>,
}

impl<'t> Places<'t> {
    /// Places in `text`, which stands at `path`, and in `files`.
    pub fn new(text: &'t str, path: &str, files: &'t dyn Files, encoding: Encoding) -> Self {
        Self { encoding, files, indexes: vec![(path.to_string(), LineIndex::new(text))] }
    }

    /// The range of a span of the file at `path`; the start of a file that is not there.
    pub fn range(&mut self, path: &str, span: Span) -> Range {
        let encoding = self.encoding;
        match self.index(path) {
            Some(index) => Range {
                start: position(index, span.start, encoding),
                end: position(index, span.end, encoding),
            },
            None => {
                let start = Position { offset: 0, line: 1, column: 1 };
                Range { start, end: start }
            }
        }
    }

    /// The offsets alone, for the pieces of a prompt.
    pub fn offsets(&mut self, path: &str, span: Span) -> (usize, usize) {
        let encoding = self.encoding;
        let Some(index) = self.index(path) else { return (0, 0) };
        let offset = |at| match encoding {
            Encoding::Utf16 => index.utf16(at),
            Encoding::Utf8 => at,
        };
        (offset(span.start), offset(span.end))
    }

    fn index(&mut self, path: &str) -> Option<&LineIndex<'t>> {
        let at = match self.indexes.iter().position(|(known, _)| known == path) {
            Some(at) => at,
            None => {
                let text = self.files.text(path)?;
                self.indexes.push((path.to_string(), LineIndex::new(text)));
                self.indexes.len() - 1
            }
        };
        self.indexes.get(at).map(|(_, index)| index)
    }
}

fn position(index: &LineIndex<'_>, offset: usize, encoding: Encoding) -> Position {
    let place = index.position(offset);
    let (offset, column) = match encoding {
        Encoding::Utf16 => (index.utf16(offset), place.column_utf16),
        Encoding::Utf8 => (offset.min(index.text().len()), place.column),
    };
    Position { offset: narrow(offset), line: narrow(place.line), column: narrow(column) }
}

/// Texts are far shorter than 4 GiB; a longer one is refused before it comes here.
pub fn narrow(value: usize) -> u32 {
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
    fn a_file_that_is_not_there_has_only_a_start() {
        let range =
            Places::new("", "a.md", &NoFiles, Encoding::Utf16).range("b.md", Span::new(3, 9));
        assert_eq!(range.end, Position { offset: 0, line: 1, column: 1 });
    }
}
