//! A decoded value, with a map between its bytes and the bytes of its file.

use crate::text::Span;
use alloc::borrow::Cow;
use alloc::string::String;
use alloc::vec::Vec;

/// The text of a value, with the source position of each of its bytes.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub struct Decoded<'t> {
    /// The text as its reader sees it; its lines end with `\n`.
    pub text: Cow<'t, str>,
    /// The whole value in the file, with its quotes or the header of its block, in bytes.
    pub span: Span,
    pub(super) form: Form,
    /// The insertion point for the first character, if the value is empty.
    start: usize,
    pieces: Vec<Piece>,
}

/// The notation of a value, as far as an edit depends on it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Form {
    /// The notation of its parts is unknown.
    Opaque,
    /// The file's own text, such as a body after front matter.
    Verbatim,
    /// A block scalar of YAML.
    Block(Block),
    /// YAML without quotes.
    Plain,
    /// `'…'` of YAML.
    YamlSingle,
    /// `"…"` of YAML.
    YamlDouble,
    /// A JSON string.
    Json,
    /// `"…"` or `"""…"""` of TOML.
    TomlBasic {
        /// With three quotes.
        multi: bool,
    },
    /// `'…'` or `'''…'''` of TOML.
    TomlLiteral {
        /// With three quotes.
        multi: bool,
    },
}

/// The settings in the header of a block scalar.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Block {
    /// `>` and not `|`.
    pub(super) folded: bool,
    /// How the line endings at its end are treated.
    pub(super) chomping: Chomping,
    /// Columns before its text.
    pub(super) indent: usize,
    /// Whether the header gives the indentation.
    pub(super) explicit: bool,
}

/// How the line endings at the end of a block scalar are treated.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Chomping {
    /// `-`: no line ending is part of the text.
    Strip,
    /// No indicator: one line ending is part of the text.
    Clip,
    /// `+`: all are.
    Keep,
}

/// Decoded bytes from `decoded` to the next piece, and the source that represents them. If both
/// have the same length, they are the same bytes; otherwise the piece is one character from an
/// escape. Source between two pieces, such as indentation, represents no text.
#[derive(Clone, Copy, Debug, PartialEq)]
struct Piece {
    decoded: usize,
    source: Span,
}

impl<'t> Decoded<'t> {
    /// A text for which only the span as a whole is known.
    pub(super) fn opaque(text: Cow<'t, str>, span: Span) -> Self {
        Self {
            text,
            span,
            form: Form::Opaque,
            start: span.start,
            pieces: Vec::from([Piece { decoded: 0, source: span }]),
        }
    }

    /// A part of the file, unchanged, with its own line endings.
    pub(super) fn verbatim(text: &'t str, span: Span) -> Self {
        Self { form: Form::Verbatim, ..Self::opaque(Cow::Borrowed(span.of(text)), span) }
    }

    /// The place of a range of the decoded text in the file, both in bytes. An empty range is the place
    /// at which text is inserted.
    ///
    /// ```
    /// use rolewright_core::{Span, host::Host, role::Syntax, syntax};
    ///
    /// let file = r#"developer_instructions = "Say \"no\".""#;
    /// let layout = &Host::by_id("codex-agent").unwrap().layout;
    /// let roles = syntax::roles(file, Syntax::Toml, layout).roles;
    /// let prompt = &roles[0].prompts[0].text;
    /// assert_eq!(prompt.text, r#"Say "no"."#);
    /// assert_eq!(prompt.to_source(Span::new(4, 8)).of(file), r#"\"no\""#);
    /// ```
    pub fn to_source(&self, span: Span) -> Span {
        let start = self.start_of(span.start);
        if span.is_empty() {
            return Span::at(start);
        }
        Span::new(start, self.end_of(span.end).max(start))
    }

    /// The decoded offset of a byte of the file; `None` outside the value. A byte without decoded
    /// text, such as indentation, maps to the character after it.
    ///
    /// ```
    /// use rolewright_core::{host::Host, role::Syntax, syntax};
    ///
    /// let file = r#"developer_instructions = "Say \"no\".""#;
    /// let layout = &Host::by_id("codex-agent").unwrap().layout;
    /// let roles = syntax::roles(file, Syntax::Toml, layout).roles;
    /// let prompt = &roles[0].prompts[0].text;
    /// let at = file.find("no").unwrap();
    /// assert_eq!(prompt.to_decoded(at), prompt.text.find("no"));
    /// assert_eq!(prompt.to_decoded(0), None);
    /// ```
    pub fn to_decoded(&self, offset: usize) -> Option<usize> {
        if offset < self.span.start || offset > self.span.end {
            return None;
        }
        let next = self.pieces.partition_point(|piece| piece.source.end <= offset);
        let Some(piece) = self.pieces.get(next) else { return Some(self.text.len()) };
        let inside = offset.saturating_sub(piece.source.start);
        let is_same = piece.source.len() == self.length(next);
        Some(piece.decoded + if is_same { inside } else { 0 })
    }

    /// How many pieces the map is made of.
    #[cfg(test)]
    pub(super) fn piece_count(&self) -> usize {
        self.pieces.len()
    }

    fn length(&self, at: usize) -> usize {
        let end = self.pieces.get(at + 1).map_or(self.text.len(), |next| next.decoded);
        end - self.pieces.get(at).map_or(end, |piece| piece.decoded)
    }

    /// The start of the character at `offset`, in the file.
    pub(super) fn start_of(&self, offset: usize) -> usize {
        let Some(last) = self.pieces.last() else { return self.start };
        if offset >= self.text.len() {
            return last.source.end;
        }
        let at = self.pieces.partition_point(|piece| piece.decoded <= offset).saturating_sub(1);
        let piece = self.pieces.get(at).unwrap_or(last);
        let inside = offset - piece.decoded.min(offset);
        piece.source.start + if piece.source.len() == self.length(at) { inside } else { 0 }
    }

    /// The end of the character that ends at `offset`, in the file.
    pub(super) fn end_of(&self, offset: usize) -> usize {
        let at = self.pieces.partition_point(|piece| piece.decoded < offset).saturating_sub(1);
        let Some(piece) = self.pieces.get(at) else { return self.start };
        let inside = offset.min(self.text.len()) - piece.decoded.min(offset);
        if piece.source.len() == self.length(at) {
            piece.source.start + inside
        } else {
            piece.source.end
        }
    }
}

/// Writes a decoded text piece by piece.
#[derive(Debug, Default)]
pub(super) struct Writer {
    text: String,
    pieces: Vec<Piece>,
}

impl Writer {
    /// Appends `source[span]` unchanged.
    pub(super) fn same(&mut self, source: &str, span: Span) {
        let text = span.of(source);
        if text.is_empty() {
            return;
        }
        let continued = self.pieces.last_mut().filter(|last| {
            last.source.end == span.start && last.source.len() == self.text.len() - last.decoded
        });
        match continued {
            Some(last) => last.source.end = span.end,
            None => self.pieces.push(Piece { decoded: self.text.len(), source: span }),
        }
        self.text.push_str(text);
    }

    /// Appends a character that the source writes differently.
    pub(super) fn put(&mut self, c: char, source: Span) {
        self.pieces.push(Piece { decoded: self.text.len(), source });
        self.text.push(c);
    }

    /// Discards everything after the first `length` bytes.
    pub(super) fn cut(&mut self, length: usize) {
        let kept = self.pieces.partition_point(|piece| piece.decoded < length);
        let end = self.pieces.get(kept).map_or(self.text.len(), |next| next.decoded);
        self.pieces.truncate(kept);
        if let Some(last) = self.pieces.last_mut().filter(|p| p.source.len() == end - p.decoded) {
            last.source.end = last.source.start + length - last.decoded;
        }
        self.text.truncate(length);
    }

    pub(super) fn text(&self) -> &str {
        &self.text
    }

    /// The text of the value at `span`, whose content begins at `start`.
    pub(super) fn finish<'t>(self, span: Span, start: usize, form: Form) -> Decoded<'t> {
        Decoded { text: Cow::Owned(self.text), span, form, start, pieces: self.pieces }
    }
}
