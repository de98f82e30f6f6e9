//! Lists as messages write them, and the sentences that rules about wording look at.

use crate::text::Span;
use alloc::string::String;
use alloc::vec::Vec;

/// The names with commas, and `word` before the last: "`a`, `b` and `c`".
pub(super) fn joined(names: &[String], word: &str) -> String {
    match names {
        [before @ .., last] if !before.is_empty() => {
            alloc::format!("{} {word} {last}", before.join(", "))
        }
        _ => names.concat(),
    }
}

/// Whether what begins at `at` is quoted on its line: as an example, not as something to do.
pub(super) fn is_quoted(text: &str, line: Span, at: usize) -> bool {
    let before = text.get(line.start..at).unwrap_or("");
    let quotes = before.chars().filter(|c| *c == '"').count();
    let opened = before.chars().filter(|c| *c == '“').count();
    let closed = before.chars().filter(|c| *c == '”').count();
    let touches = before.trim_end_matches(' ').ends_with(['\'', '‘', '`', '«', '「']);
    quotes % 2 == 1 || opened > closed || touches
}

/// The words after `at`, up to the end of the sentence.
pub(super) fn words_after(text: &str, at: usize) -> impl Iterator<Item = Span> + '_ {
    let rest = text.get(at..).unwrap_or("");
    let end = rest.find(['.', '!', '?', ';', '|', '"', '”']).unwrap_or(rest.len());
    let blank = rest.find("\n\n").unwrap_or(rest.len());
    words(text, Span::new(at, at + end.min(blank)))
}

/// The words before `at` on its line, the nearest first, up to the start of the sentence.
pub(super) fn words_before(text: &str, line: Span, at: usize) -> impl Iterator<Item = Span> + '_ {
    let before = Span::new(line.start, at).of(text);
    let ends = |c: char| matches!(c, '.' | '!' | '?' | ';' | '|' | '"' | '“');
    let last = before.char_indices().rev().find(|(_, c)| ends(*c));
    let start = line.start + last.map_or(0, |(end, c)| end + c.len_utf8());
    let mut found: Vec<Span> = words(text, Span::new(start, at)).collect();
    found.reverse();
    found.into_iter()
}

/// The words in a part of a text.
fn words(text: &str, part: Span) -> impl Iterator<Item = Span> + '_ {
    let mut at = part.start;
    core::iter::from_fn(move || {
        let rest = text.get(at..part.end)?;
        let start = at + rest.find(|c: char| c.is_alphanumeric())?;
        let word = text.get(start..part.end)?;
        let is_part = |c: char| c.is_alphanumeric() || matches!(c, '\'' | '’' | '-');
        let end = start + word.find(|c: char| !is_part(c)).unwrap_or(word.len());
        at = end;
        Some(Span::new(start, end))
    })
}
