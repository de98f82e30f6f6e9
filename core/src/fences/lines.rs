//! Finds the lines that contain a fence and classifies each by its own text and the next line.

use crate::text::Span;
use alloc::vec::Vec;

/// A line with a run of three or more backticks or tildes.
#[derive(Clone, Copy, Debug)]
pub(super) struct Line {
    /// The run of backticks or tildes.
    pub marks: Span,
    /// `` ` `` or `~`.
    pub mark: u8,
    /// How many.
    pub length: usize,
    /// Bytes before them on their line.
    pub indent: usize,
    /// The text after the fence, trimmed.
    pub info: Span,
    /// The appearance of the line.
    pub kind: Kind,
    /// Whether text follows on the next line, as it does after an opening line.
    pub looks_opening: bool,
    /// Whether a blank line, another fence or the end follows, as it does after a closing line.
    pub looks_closing: bool,
    /// Whether the line above contains text.
    pub follows_text: bool,
}

/// The appearance of a line with a fence.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    /// A fence without any text.
    Bare,
    /// A fence and a language.
    Opener,
    /// A fence with Markdown joined to it: `` ```### Title ``.
    Glued,
    /// Text, then a fence and a language at the end of the line.
    MidLine,
    /// Anything else, such as a code span with three backticks.
    Inline,
}

impl Line {
    /// Whether it is a bare fence with text above and a blank line below, like a closing fence.
    pub(super) fn is_stray(&self) -> bool {
        self.kind == Kind::Bare && self.looks_closing && self.follows_text
    }

    /// The fence and the text after it.
    pub(super) fn shown(&self) -> Span {
        Span::new(self.marks.start, self.info.end.max(self.marks.end))
    }
}

/// Every line of `text[body]` with a fence, in order.
pub(super) fn find(text: &str, body: Span) -> Vec<Line> {
    let bytes = body.of(text).as_bytes();
    let mut found: Vec<Line> = Vec::new();
    // Only the first run of a line can be a fence.
    let mut line_end = 0;
    let marks = ["```", "~~~"].into_iter();
    let mut runs: Vec<usize> =
        marks.flat_map(|mark| memchr::memmem::find_iter(bytes, mark)).collect();
    runs.sort_unstable();
    for at in runs {
        if at < line_end {
            continue;
        }
        let rest = bytes.get(at..).unwrap_or(&[]);
        line_end = at + memchr::memchr(b'\n', rest).unwrap_or(rest.len());
        found.push(line(text, body, Span::new(at, line_end).shifted(body.start)));
    }
    found
}

/// Parses a line; `rest` runs from the fence to its end.
fn line(text: &str, body: Span, rest: Span) -> Line {
    let mark = text.as_bytes().get(rest.start).copied().unwrap_or(b'`');
    let length = rest.of(text).bytes().take_while(|&b| b == mark).count();
    let marks = Span::new(rest.start, rest.start + length);
    let raw = rest.of(text).get(length..).unwrap_or("");
    let info_start = marks.end + (raw.len() - raw.trim_start().len());
    let info = Span::new(info_start, info_start + raw.trim().len());
    let (indent, prefix) = before(text, body, rest.start);
    let below = text.get(rest.end..body.end).and_then(|t| t.strip_prefix('\n')).unwrap_or("");
    let next = first_line(below).trim_start_matches([' ', '\t', '>']).trim_end();
    let looks_closing = next.is_empty() || next.starts_with("```") || next.starts_with("~~~");
    Line {
        marks,
        mark,
        length,
        indent,
        info,
        kind: kind(prefix, raw, char::from(mark)),
        looks_opening: !looks_closing,
        looks_closing,
        follows_text: follows_text(text, body, rest.start - indent),
    }
}

fn follows_text(text: &str, body: Span, line_start: usize) -> bool {
    let above = text.get(body.start..line_start).unwrap_or("");
    let above = above.strip_suffix('\n').unwrap_or(above).trim_end_matches([' ', '\t', '\r', '>']);
    !above.is_empty() && !above.ends_with('\n')
}

fn first_line(text: &str) -> &str {
    let end = memchr::memchr(b'\n', text.as_bytes()).unwrap_or(text.len());
    text.get(..end).unwrap_or("")
}

/// The bytes before the fence on its line, and whether they are text.
fn before(text: &str, body: Span, start: usize) -> (usize, Prefix) {
    let before = text.get(body.start..start).unwrap_or("");
    let line_start = memchr::memrchr(b'\n', before.as_bytes()).map_or(0, |at| at + 1);
    let prefix = before.get(line_start..).unwrap_or("");
    let marker = prefix.trim_matches([' ', '\t', '>']);
    let numbered =
        marker.strip_suffix(['.', ')']).is_some_and(|n| n.bytes().all(|b| b.is_ascii_digit()));
    let kind = if marker.is_empty() || matches!(marker, "-" | "*" | "+") || numbered {
        Prefix::Blank
    } else if prefix.ends_with([' ', '`', '\\']) {
        Prefix::Other
    } else {
        Prefix::Stuck
    };
    (prefix.len(), kind)
}

enum Prefix {
    /// Whitespace, list markers and `>`.
    Blank,
    /// Text that touches the fence.
    Stuck,
    /// Any other text.
    Other,
}

fn kind(prefix: Prefix, raw: &str, mark: char) -> Kind {
    let info = raw.trim();
    let language = |c: char| c.is_alphanumeric() || matches!(c, '+' | '#' | '-' | '_' | '.');
    match prefix {
        Prefix::Blank if info.is_empty() => Kind::Bare,
        Prefix::Blank if is_stuck(raw) => Kind::Glued,
        Prefix::Blank if mark == '`' && info.contains('`') => Kind::Inline,
        Prefix::Blank => Kind::Opener,
        Prefix::Stuck if !raw.trim_end().is_empty() && raw.trim_end().chars().all(language) => {
            Kind::MidLine
        }
        Prefix::Stuck | Prefix::Other => Kind::Inline,
    }
}

/// Whether the text joined to the fence starts a heading, a list item, a table or a block quote.
fn is_stuck(raw: &str) -> bool {
    let marker = raw.trim_start_matches(['#', '*', '-']);
    let stripped = raw.len() - marker.len();
    raw.starts_with('|')
        || raw.starts_with("> ")
        || stripped > 0 && (raw.starts_with("**") || marker.starts_with([' ', '\t']))
}
