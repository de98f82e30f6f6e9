//! Finds lead-ins without content: takes the lines that missing includes removed, and returns the
//! remaining sentences and headings that introduce nothing.

use super::super::source::Source;
use crate::text::Span;
use alloc::vec::Vec;

/// Lead-ins and headings of `range` that introduce nothing once the lines are dropped, each with
/// whether it is a heading.
pub(super) fn find(source: &Source<'_>, range: Span, dropped: &[Span]) -> Vec<(Span, bool)> {
    let mut found = Vec::new();
    let mut at = 0;
    while let Some(first) = dropped.get(at) {
        let mut end = first.end;
        at += 1;
        // Dropped lines with only blank lines in between leave a single gap.
        while let Some(next) = dropped.get(at)
            && Span::new(end, next.start).of(source.text).trim().is_empty()
        {
            end = next.end;
            at += 1;
        }
        let gap = Span::new(first.start, end);
        found.extend(orphan(source, range, gap));
    }
    found
}

fn orphan(source: &Source<'_>, range: Span, gap: Span) -> Option<(Span, bool)> {
    let before = Span::new(range.start, gap.start).of(source.text).trim_end();
    let last = range.start + before.len();
    let line = source.line(last.checked_sub(1)?.max(range.start));
    let start = line.start.max(range.start);
    let lead = Span::new(start, last).of(source.text);
    let lead_start = start + (lead.len() - lead.trim_start().len());
    let span = Span::new(lead_start, last);
    let next = Next::of(source, range, gap.end);
    if let Some(heading) = source.heading_at(span.start) {
        let empty = match next {
            Next::Nothing => true,
            Next::Heading(level) => level <= heading.level,
            _ => false,
        };
        return empty.then_some((heading.span, true));
    }
    let announces = lead.trim_end_matches(['*', '_', ' ']).ends_with(':');
    let nothing = matches!(next, Next::Nothing | Next::Heading(_) | Next::Parted);
    let foreseen = || says_what_if_missing(Span::new(gap.end, range.end).of(source.text));
    (announces && nothing && !foreseen()).then_some((span, false))
}

/// Whether the text continues with instructions for missing files: "If these files are missing: …".
fn says_what_if_missing(rest: &str) -> bool {
    const WORDS: [&str; 6] =
        ["missing", "absent", "not exist", "n't exist", "not available", "unavailable"];
    let line = rest.trim_start().lines().next().unwrap_or("");
    let line = line.trim_start_matches(['*', '_', '-', '>', ' ']).to_ascii_lowercase();
    line.starts_with("if ") && WORDS.iter().any(|word| line.contains(word))
}

/// The content after a gap.
enum Next {
    Nothing,
    Heading(u8),
    /// A paragraph after a blank line, or a rule.
    Parted,
    /// A list, code, a table, or text right below.
    Related,
}

impl Next {
    fn of(source: &Source<'_>, range: Span, from: usize) -> Self {
        let rest = Span::new(from, range.end).of(source.text);
        let text = rest.trim_start();
        if text.is_empty() {
            return Next::Nothing;
        }
        let blank = rest.get(..rest.len() - text.len()).unwrap_or("");
        let start = from + blank.len();
        if let Some(heading) = source.heading_at(start) {
            return Next::Heading(heading.level);
        }
        let line = text.split(['\n', '\r']).next().unwrap_or("").trim_end();
        let rule = line.len() >= 3 && line.bytes().all(|b| matches!(b, b'-' | b'*' | b'_'));
        let items = source.outline().map_or(&[][..], |outline| &outline.items);
        let list = items.binary_search_by_key(&start, |item| item.span.start).is_ok();
        let block =
            line.starts_with(['>', '|', '<']) || line.starts_with("```") || line.starts_with("~~~");
        match (rule, list || block, blank.contains(['\n', '\r'])) {
            (true, ..) => Next::Parted,
            (false, true, _) => Next::Related,
            (false, false, true) => Next::Parted,
            (false, false, false) => Next::Related,
        }
    }
}
