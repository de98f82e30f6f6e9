//! Divides the sections of the prompt by the files that their text is from.

use super::prompt::{Block, Page, Piece};
use rolewright_wire::{SectionShare, SegmentKind};

/// A part of a section that comes from one file.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Part {
    /// The index of the file.
    pub file: u32,
    /// Start in the prompt.
    pub start: u32,
    /// The part's share of the section's estimated tokens.
    pub tokens: u32,
}

/// The parts of a section, in order. The tokens are divided by length, so that they add up to those
/// of the section.
pub fn parts(page: &Page, section: &SectionShare) -> Vec<Part> {
    let (from, to) = section.prompt;
    let mut parts: Vec<Part> = Vec::new();
    let blocks = page.blocks.iter().zip(&page.starts).skip(page.block_at(from));
    for (block, block_start) in blocks.take_while(|(_, start)| **start < to) {
        for piece in &block.pieces {
            let start = block_start + piece.start;
            let last = parts.last().map(|part| part.file);
            let file = file_of(piece, block);
            let same = last.is_some() && (last == Some(file) || piece.text.trim().is_empty());
            // The piece before the section reaches into it, or is replaced.
            if start <= from {
                parts.clear();
            } else if start >= to || same {
                continue;
            }
            parts.push(Part { file, start: start.max(from), tokens: 0 });
        }
    }
    let long = u64::from(to.saturating_sub(from).max(1));
    let before = |at: u32| (u64::from(section.tokens) * u64::from(at - from) / long) as u32;
    let ends: Vec<u32> = parts.iter().skip(1).map(|part| part.start).chain([to]).collect();
    for (part, end) in parts.iter_mut().zip(ends) {
        part.tokens = before(end) - before(part.start);
    }
    parts
}

/// The file of a piece; what an include inserts belongs to the text around it.
fn file_of(piece: &Piece, block: &Block) -> u32 {
    match piece.kind {
        SegmentKind::Shift | SegmentKind::Indent | SegmentKind::Blank => block.file,
        _ => piece.file,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::rc::Rc;

    /// A page of blocks with one piece each: its text, its file and its kind.
    fn page(blocks: &[(&str, u32, SegmentKind)]) -> Page {
        let mut page = Page::default();
        let mut at = 0;
        for &(text, file, kind) in blocks {
            let len = text.len() as u32;
            let pieces = vec![Piece { start: 0, text: text.into(), file, kind }];
            page.starts.push(at);
            page.blocks.push(Rc::new(Block { file, pieces, len, ..Block::default() }));
            at += len;
        }
        page
    }

    fn divided(page: &Page, prompt: (u32, u32), tokens: u32) -> Vec<(u32, u32, u32)> {
        let section = SectionShare { prompt, tokens, ..SectionShare::default() };
        parts(page, &section).iter().map(|part| (part.file, part.start, part.tokens)).collect()
    }

    #[test]
    fn a_section_is_divided_where_the_file_changes_and_its_tokens_add_up() {
        use SegmentKind::Literal;
        let page = page(&[
            ("Own text.\n", 0, Literal),
            ("Included.\n", 1, Literal),
            ("Own again\n", 0, Literal),
        ]);
        assert_eq!(divided(&page, (0, 30), 10), [(0, 0, 3), (1, 10, 3), (0, 20, 4)]);
        assert_eq!(divided(&page, (5, 20), 6), [(0, 5, 2), (1, 10, 4)]);
        assert_eq!(divided(&page, (10, 20), 3), [(1, 10, 3)]);
    }

    #[test]
    fn blank_lines_and_what_an_include_inserts_are_no_parts_of_their_own() {
        use SegmentKind::{Literal, Shift};
        let page = page(&[
            ("Included.", 1, Literal),
            ("\n\n", 0, Literal),
            ("#", 1, Shift),
            ("# A", 1, Literal),
        ]);
        assert_eq!(divided(&page, (0, 15), 5), [(1, 0, 5)]);
    }
}
