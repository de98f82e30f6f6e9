//! Finds texts in which every line is there twice.

use crate::text::{Span, lines};
use alloc::vec::Vec;

/// In a shorter text, lines may be the same by chance.
const MIN_PAIRS: usize = 8;

/// The second of each two equal lines, with its line ending; nothing if more than a tenth of the
/// lines have no equal. Most texts are dismissed after their first lines.
pub(super) fn second_lines(text: &str, count: usize) -> Vec<Span> {
    let mut lines = lines(text, Span::new(0, text.len())).peekable();
    let (mut found, mut pairs, mut single) = (Vec::new(), 0, 0);
    let mut last = "";
    while let Some(line) = lines.next() {
        let words = line.of(text).trim_end_matches(['\n', '\r']);
        let is_same = |next: &Span| next.of(text).trim_end_matches(['\n', '\r']) == words;
        let is_blank = words.trim().is_empty();
        match lines.next_if(is_same) {
            // A line that is there four times is repeated for its own sake.
            Some(second) if is_blank || words != last => {
                found.push(second);
                pairs += usize::from(!is_blank);
            }
            _ => single += usize::from(!is_blank),
        }
        last = words;
        if single > count / 10 {
            return Vec::new();
        }
    }
    if pairs >= MIN_PAIRS && single * 9 <= pairs * 2 { found } else { Vec::new() }
}
