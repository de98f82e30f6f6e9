//! Formats lists and numbers for messages, and splits text into the sentences that rules about
//! wording check.

use crate::role::Role;
use crate::text::Span;
use alloc::string::{String, ToString};

/// The names with commas, and `word` before the last: "`a`, `b` and `c`".
pub(super) fn joined(names: &[String], word: &str) -> String {
    match names {
        [before @ .., last] if !before.is_empty() => {
            alloc::format!("{} {word} {last}", before.join(", "))
        }
        _ => names.concat(),
    }
}

/// Like `joined`, but shortens more than four names to three and a count.
pub(super) fn shortened(names: &[String]) -> String {
    match names {
        [first, second, third, more @ ..] if more.len() > 1 => {
            alloc::format!("{first}, {second}, {third} and {} more", more.len())
        }
        few => joined(few, "and"),
    }
}

/// A number with commas between thousands.
pub(super) fn grouped(number: impl ToString) -> String {
    let digits = number.to_string();
    let mut out = String::new();
    for (at, digit) in digits.chars().enumerate() {
        if at > 0 && (digits.len() - at).is_multiple_of(3) {
            out.push(',');
        }
        out.push(digit);
    }
    out
}

/// The maximum length of a quotation, in bytes.
const LONGEST_QUOTATION: usize = 1_000;

/// Whether the text at `at` is quoted on its line, as an example and not as an instruction.
pub(super) fn is_quoted(text: &str, line: Span, at: usize) -> bool {
    let from = text.floor_char_boundary(line.start.max(at.saturating_sub(LONGEST_QUOTATION)));
    let before = text.get(from..at).unwrap_or("");
    let quotes = before.chars().filter(|c| *c == '"').count();
    let opened = before.chars().filter(|c| *c == '“').count();
    let closed = before.chars().filter(|c| *c == '”').count();
    let touches = before.trim_end_matches(' ').ends_with(['\'', '‘', '`', '«', '「']);
    quotes % 2 == 1 || opened > closed || touches
}

/// The line number of a place, if the text is a separate file: in a data file, a message cannot
/// know where a prompt begins.
pub(super) fn line_number(role: &Role<'_>, at: usize) -> Option<usize> {
    role.within.is_none().then(|| role.lines().partition_point(|start| *start <= at))
}

/// Whether a place is in a comment, or in a link that is used as one: `[//]: # (…)`.
pub(super) fn is_hidden(role: &Role<'_>, at: usize) -> bool {
    let comment = role
        .outline
        .html_at(at)
        .is_some_and(|html| html.of(role.text).trim_start().starts_with("<!--"));
    let line = role.line_at(at).of(role.text).trim_start();
    comment || line.starts_with('[') && line.contains("]: #")
}

/// The words after `at`, up to the end of the sentence.
pub(super) fn words_after(text: &str, at: usize) -> impl Iterator<Item = Span> + '_ {
    let mut at = at;
    core::iter::from_fn(move || {
        let rest = text.get(at..)?;
        let gap = rest.get(..rest.find(char::is_alphanumeric)?)?;
        let ends = |c: char| matches!(c, '.' | '!' | '?' | ';' | '|' | '"' | '”');
        if gap.contains(ends) || gap.contains("\n\n") {
            return None;
        }
        let start = at + gap.len();
        let word = text.get(start..)?;
        at = start + word.find(|c: char| !is_part(c)).unwrap_or(word.len());
        Some(Span::new(start, at))
    })
}

/// The words before `at` on its line, the nearest first, up to the start of the sentence.
pub(super) fn words_before(text: &str, line: Span, at: usize) -> impl Iterator<Item = Span> + '_ {
    let mut end = at;
    core::iter::from_fn(move || {
        let before = Span::new(line.start, end).of(text);
        let word = before.trim_end_matches(|c: char| !c.is_alphanumeric());
        let ends = |c: char| matches!(c, '.' | '!' | '?' | ';' | '|' | '"' | '“');
        if word.is_empty() || before.get(word.len()..)?.contains(ends) {
            return None;
        }
        let start = word.trim_end_matches(is_part).len();
        // An apostrophe or a hyphen begins no word.
        let lead = word.get(start..)?.find(char::is_alphanumeric)?;
        end = line.start + start;
        Some(Span::new(line.start + start + lead, line.start + word.len()))
    })
}

/// Whether a character is part of a word that has begun.
fn is_part(c: char) -> bool {
    c.is_alphanumeric() || matches!(c, '\'' | '’' | '-')
}
