//! A text by its lines.

use crate::width::is_plain;
use std::borrow::Cow;

/// A text and where its lines are.
pub(crate) struct Page<'t> {
    pub text: &'t str,
    /// Start and end of each line, without its line ending.
    lines: Vec<(usize, usize)>,
}

impl<'t> Page<'t> {
    /// The lines of `text`; CR, LF and CRLF each end a line.
    pub(crate) fn of(text: &'t str) -> Self {
        let bytes = text.as_bytes();
        let mut lines = Vec::new();
        let mut start = 0;
        for at in memchr::memchr2_iter(b'\n', b'\r', bytes) {
            let follows_a_return = at > 0 && bytes[at] == b'\n' && bytes[at - 1] == b'\r';
            if !follows_a_return {
                lines.push((start, at));
            }
            start = at + 1;
        }
        lines.push((start, text.len()));
        Self { text, lines }
    }

    /// The index of the line that contains an offset.
    pub(crate) fn line_at(&self, offset: usize) -> usize {
        self.lines.partition_point(|(start, _)| *start <= offset).saturating_sub(1)
    }

    /// Start and end of a line.
    pub(crate) fn line(&self, index: usize) -> (usize, usize) {
        self.lines.get(index).copied().unwrap_or((self.text.len(), self.text.len()))
    }

    /// The line and column of an offset, from 1; columns count UTF-16 code units, as editors do.
    pub(crate) fn position(&self, offset: usize) -> (usize, usize) {
        let line = self.line_at(offset);
        let before = self.text.get(self.line(line).0..offset).unwrap_or("");
        (line + 1, before.encode_utf16().count() + 1)
    }
}

/// The text with invisible characters shown by code point: ⟨U+202E⟩.
pub(crate) fn visible(text: &str) -> Cow<'_, str> {
    if is_plain(text) || !text.chars().any(is_unseen) {
        return Cow::Borrowed(text);
    }
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        if is_unseen(c) {
            out.push_str(&format!("⟨U+{:04X}⟩", u32::from(c)));
        } else {
            out.push(c);
        }
    }
    Cow::Owned(out)
}

/// Control characters, bidirectional controls and invisible characters; line breaks do not count.
fn is_unseen(c: char) -> bool {
    matches!(c,
        '\0'..='\u{9}' | '\u{b}'..='\u{1f}' | '\u{7f}'..='\u{9f}' | '\u{ad}' | '\u{200b}' | '\u{200e}'
        | '\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2060}'..='\u{2069}' | '\u{feff}'
        | '\u{e0000}'..='\u{e007f}')
}
