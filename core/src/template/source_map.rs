//! Writes an expansion as a source map (version 3). Lines and columns count from 0, columns in
//! UTF-16 units, as the format requires.

use super::expanded::{Expanded, SegmentKind};
use crate::text::LineIndex;
use alloc::borrow::Cow;
use alloc::format;
use alloc::string::String;
use alloc::vec::Vec;

/// The source map of `expanded`, which is written to `file`. `text` returns the text of a file by
/// its path, for lines and columns.
///
/// ```
/// use rolewright_core::{Input, Options, template};
///
/// let text = "You are {{NAME:-Ann}}.\n";
/// let expanded = template::expand(&Input::new(text).at("a.md"), &Options::new());
/// let map = template::source_map(&expanded, "AGENTS.md", |_| Some(text.into()));
/// assert!(map.starts_with(r#"{"version":3,"file":"AGENTS.md","sources":["a.md"]"#));
/// ```
pub fn source_map<'t>(
    expanded: &Expanded,
    file: &str,
    text: impl Fn(&str) -> Option<Cow<'t, str>>,
) -> String {
    let out = LineIndex::new(&expanded.text);
    let sources: Vec<LineIndex<'t>> =
        expanded.files.iter().map(|path| LineIndex::new(text(path).unwrap_or_default())).collect();
    let mut mappings = Mappings::default();
    for segment in &expanded.segments {
        let source = usize::try_from(segment.file).unwrap_or(usize::MAX);
        let Some(index) = sources.get(source) else { continue };
        let mut at = segment.out.start;
        // One mapping for each line of a literal piece, because the format has no implicit mappings
        // for lines.
        while at < segment.out.end {
            let place = out.position(at);
            let from = index.position(segment.source_of(at));
            mappings.add(
                place.line - 1,
                place.column_utf16 - 1,
                source,
                from.line - 1,
                from.column_utf16 - 1,
            );
            let rest = expanded.text.get(at..segment.out.end).unwrap_or("");
            let next = rest.find('\n').map_or(rest.len(), |line| line + 1);
            at += next;
            if segment.kind != SegmentKind::Literal && next == 0 {
                break;
            }
        }
    }
    let names: Vec<String> = expanded.files.iter().map(|path| quoted(path)).collect();
    format!(
        "{{\"version\":3,\"file\":{},\"sources\":[{}],\"names\":[],\"mappings\":\"{}\"}}",
        quoted(file),
        names.join(","),
        mappings.text
    )
}

/// The mappings so far; every number except the column is relative to the previous mapping.
#[derive(Default)]
struct Mappings {
    text: String,
    line: usize,
    column: usize,
    source: usize,
    source_line: usize,
    source_column: usize,
    open: bool,
}

impl Mappings {
    fn add(
        &mut self,
        line: usize,
        column: usize,
        source: usize,
        source_line: usize,
        source_column: usize,
    ) {
        while self.line < line {
            self.text.push(';');
            self.line += 1;
            self.column = 0;
            self.open = false;
        }
        if self.open {
            self.text.push(',');
        }
        self.open = true;
        self.number(column, self.column);
        self.number(source, self.source);
        self.number(source_line, self.source_line);
        self.number(source_column, self.source_column);
        (self.column, self.source) = (column, source);
        (self.source_line, self.source_column) = (source_line, source_column);
    }

    /// The difference as a variable-length base-64 number.
    fn number(&mut self, value: usize, last: usize) {
        let mut rest = (value.abs_diff(last) << 1) | usize::from(value < last);
        loop {
            let digit = rest & 31;
            rest >>= 5;
            let digit = if rest > 0 { digit | 32 } else { digit };
            self.text.push(char::from(DIGITS.get(digit).copied().unwrap_or(b'A')));
            if rest == 0 {
                return;
            }
        }
    }
}

const DIGITS: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";

fn quoted(text: &str) -> String {
    let mut json = String::from("\"");
    for c in text.chars() {
        match c {
            '"' => json.push_str("\\\""),
            '\\' => json.push_str("\\\\"),
            c if c < ' ' => json.push_str(&format!("\\u{:04x}", u32::from(c))),
            c => json.push(c),
        }
    }
    json.push('"');
    json
}
