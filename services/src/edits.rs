//! Computes the smallest edits that turn one text into another, and applies edits.

use rolewright_core::Span;
use similar::{Algorithm, DiffOp, capture_diff_slices};

/// The edits that turn `before` into `after`: compares whole lines first, then narrows each change
/// to the characters that differ. Disjoint and ascending, in bytes of `before`.
pub fn difference(before: &str, after: &str) -> Vec<(Span, String)> {
    let old: Vec<&str> = before.split_inclusive('\n').collect();
    let new: Vec<&str> = after.split_inclusive('\n').collect();
    let (old_starts, new_starts) = (starts(&old), starts(&new));
    let at = |starts: &[usize], line: usize| starts.get(line).copied().unwrap_or(0);
    let mut edits = Vec::new();
    // Consecutive changed lines form one edit.
    let (mut old_line, mut new_line) = (0, 0);
    let mut close = |old_end: usize, new_end: usize, old_next: usize, new_next: usize| {
        let span = Span::new(at(&old_starts, old_line), at(&old_starts, old_end));
        let text = after.get(at(&new_starts, new_line)..at(&new_starts, new_end)).unwrap_or("");
        if span.of(before) != text {
            edits.push(narrowed(before, span, text));
        }
        (old_line, new_line) = (old_next, new_next);
    };
    for change in capture_diff_slices(Algorithm::Myers, &old, &new) {
        if let DiffOp::Equal { old_index, new_index, len } = change {
            close(old_index, new_index, old_index + len, new_index + len);
        }
    }
    close(old.len(), new.len(), 0, 0);
    edits
}

/// The start of each line, and the end of the last line.
fn starts(lines: &[&str]) -> Vec<usize> {
    let mut starts = vec![0];
    let mut at = 0;
    for line in lines {
        at += line.len();
        starts.push(at);
    }
    starts
}

/// Replaces `span` with `text`, without their common prefix and suffix.
fn narrowed(before: &str, span: Span, text: &str) -> (Span, String) {
    let old = span.of(before);
    let same = |a: &mut dyn Iterator<Item = char>, b: &mut dyn Iterator<Item = char>| {
        a.zip(b).take_while(|(a, b)| a == b).map(|(a, _)| a.len_utf8()).sum::<usize>()
    };
    let front_matter = same(&mut old.chars(), &mut text.chars());
    let (old_rest, new_rest) = (&old[front_matter..], &text[front_matter..]);
    let tail = same(&mut old_rest.chars().rev(), &mut new_rest.chars().rev());
    let span = Span::new(span.start + front_matter, span.end - tail);
    (span, new_rest[..new_rest.len() - tail].to_string())
}

/// `text` with `edits` applied; the edits are disjoint, in any order. Edits outside the text are
/// ignored.
pub fn apply(text: &str, edits: &[(Span, String)]) -> String {
    let mut ordered: Vec<_> = edits.iter().collect();
    ordered.sort_by_cached_key(|(span, _)| *span);
    let mut out = String::with_capacity(text.len());
    let mut at = 0;
    for (span, replacement) in ordered {
        let Some(kept) = text.get(at..span.start) else { continue };
        out.push_str(kept);
        out.push_str(replacement);
        at = span.end;
    }
    out.push_str(text.get(at..).unwrap_or(""));
    out
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn only_what_differs_is_replaced() {
        let before = "---\nname: a\ntools: Read, Grpe\n---\n\ntext\n```\n";
        let after = "---\nname: a\ntools: Read, Grep\n---\n\ntext\n```\n```\n";
        let edits = difference(before, after);
        let shown: Vec<_> = edits.iter().map(|(s, t)| (s.of(before), t.as_str())).collect();
        assert_eq!(shown, [("pe", "ep"), ("", "```\n")]);
    }

    #[test]
    fn a_character_is_never_cut() {
        let edits = difference("é\n", "è\n");
        assert_eq!(edits, [(Span::new(0, 2), "è".to_string())]);
    }

    proptest! {
        #[test]
        fn edits_turn_one_text_into_the_other(a in "[abé😀\n]{0,40}", b in "[abé😀\n]{0,40}") {
            prop_assert_eq!(apply(&a, &difference(&a, &b)), b);
        }
    }
}
