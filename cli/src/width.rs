//! Measures text in terminal cells.

use unicode_segmentation::UnicodeSegmentation;
use unicode_width::UnicodeWidthStr;

/// The units of `text` that a terminal shows as one character, each with its cells.
pub(crate) fn cells(text: &str) -> Vec<(&str, usize)> {
    if is_plain(text) {
        return (0..text.len()).map(|at| (&text[at..=at], 1)).collect();
    }
    text.graphemes(true).map(|piece| (piece, piece.width().clamp(1, 2))).collect()
}

/// Cells of a whole text.
pub(crate) fn of(text: &str) -> usize {
    if is_plain(text) {
        return text.len();
    }
    cells(text).into_iter().map(|(_, cells)| cells).sum()
}

/// Whether each byte is a character of one cell.
pub(crate) fn is_plain(text: &str) -> bool {
    text.bytes().all(|byte| (0x20..0x7f).contains(&byte))
}

/// `text` broken at spaces into lines of at most `width` cells.
pub(crate) fn wrapped(text: &str, width: usize) -> Vec<String> {
    let mut lines = Vec::new();
    for paragraph in text.split('\n') {
        let (mut line, mut used) = (String::new(), 0);
        for word in paragraph.split(' ') {
            let cells = of(word);
            if line.is_empty() {
                line.push_str(word);
                used = cells;
            } else if used + 1 + cells > width {
                lines.push(std::mem::replace(&mut line, word.to_string()));
                used = cells;
            } else {
                line.push(' ');
                line.push_str(word);
                used += 1 + cells;
            }
        }
        lines.push(line);
    }
    lines
}
