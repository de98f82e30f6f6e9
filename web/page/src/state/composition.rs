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
