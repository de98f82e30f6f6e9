//! Divides the compiled prompt into blocks for display, and maps offsets between the prompt and its source
//! files. Offsets are in UTF-16 code units.

use super::items::{Item, items};
use super::utf16;
use rolewright_messages::{Analysis, Styled};
use rolewright_wire::{Compiled, Segment, SegmentKind};
use std::rc::Rc;

/// The most lines in a block, so that an edit rerenders little.
const BLOCK_LINES: usize = 40;

/// The prompt, cut into blocks of lines that come from one file.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Page {
    /// The blocks, in order; together they are the whole prompt.
    pub blocks: Vec<Rc<Block>>,
    /// The start of each block in the prompt.
    pub starts: Vec<u32>,
}

/// Lines that belong together. Offsets inside are relative, so that a block that only moves remains
/// equal to its previous version.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Block {
    /// The index of the file in which its lines start; 0 is the entry.
    pub file: u32,
    /// The file's name, at the start of a run of blocks from an included file.
    pub label: Option<String>,
    /// Text by origin, in order.
    pub pieces: Vec<Piece>,
    /// The parts that look different from plain text: disjoint ranges of the block in ascending
    /// order.
    pub styles: Vec<Styled>,
    /// Lines of lists, in ascending order.
    pub items: Vec<Item>,
    /// Length.
    pub len: u32,
}

/// Text of one origin inside a block.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Piece {
    /// Start within the block.
    pub start: u32,
    /// The text.
    pub text: String,
    /// Index of its file.
    pub file: u32,
    /// The kind of piece.
    pub kind: SegmentKind,
}

/// The source of a place in the prompt.
#[derive(Clone, Debug, PartialEq)]
pub struct Origin {
    /// The file.
    pub path: String,
    /// Start of the range there.
    pub from: u32,
    /// End of the range there.
    pub to: u32,
    /// The includes on the way there, as `path:line`, outermost first.
    pub chain: Vec<String>,
    /// The kind of piece.
    pub kind: SegmentKind,
}

impl Page {
    /// The block that contains an offset of the prompt.
    pub fn block_at(&self, at: u32) -> usize {
        self.starts.partition_point(|s| *s <= at).saturating_sub(1)
    }

    /// The position that is a number of blocks or parts away from `at`: its block and its offset.
    pub fn neighbor(&self, at: u32, blocks: i32, parts: i32) -> Option<(usize, u32)> {
        let last = self.blocks.len().checked_sub(1)?;
        let mut index = self.block_at(at).saturating_add_signed(blocks as isize).min(last);
        let start = self.starts.get(index)?;
        let part_at = |block: &Block| {
            let inside = at.saturating_sub(*start);
            block.pieces.partition_point(|p| p.start <= inside).saturating_sub(1)
        };
        let mut part =
            if blocks == 0 { part_at(self.blocks.get(index)?) as i32 + parts } else { 0 };
        if part < 0 && index > 0 {
            index -= 1;
            part = self.blocks.get(index)?.pieces.len() as i32 - 1;
        } else if part >= self.blocks.get(index)?.pieces.len() as i32 && index < last {
            (index, part) = (index + 1, 0);
        }
        let block = self.blocks.get(index)?;
        let part = (part.max(0) as usize).min(block.pieces.len().saturating_sub(1));
        Some((index, self.starts.get(index)? + block.pieces.get(part)?.start))
    }
}

/// The part of the prompt around an offset that comes from one include; `None` in the main file's
/// own text.
pub fn include_at(analysis: &Analysis, at: u32) -> Option<(u32, u32)> {
    let segments = &analysis.compiled.segments;
    let index = segments.partition_point(|segment| segment.prompt.1 <= at);
    let chain_of = |index: usize| {
        let chain = *analysis.chain_of.get(index)? as usize;
        analysis.chains.get(chain).map(Vec::as_slice)
    };
    let chain = chain_of(index).filter(|chain| !chain.is_empty())?;
    let inside = |index: &usize| chain_of(*index).is_some_and(|other| other.starts_with(chain));
    let first = (0..=index).rev().take_while(inside).last()?;
    let last = (index..segments.len()).take_while(inside).last()?;
    Some((segments.get(first)?.prompt.0, segments.get(last)?.prompt.1))
}

/// Cuts a prompt into blocks. `styles` are disjoint ranges of the prompt in ascending order.
pub fn page(compiled: &Compiled, styles: &[Styled]) -> Page {
    let (mut page, mut in_list) = (cut(compiled), false);
    for (block, start) in page.blocks.iter_mut().zip(&page.starts) {
        let block = Rc::make_mut(block);
        block.styles = within(styles, *start, start + block.len);
        block.items = items(block, &mut in_list);
    }
    page
}

/// Shares the blocks that are as they were, so that comparing them later takes no time.
pub fn share(page: &mut Page, before: &Page) {
    for (block, before) in page.blocks.iter_mut().zip(&before.blocks) {
        if block == before {
            *block = Rc::clone(before);
        }
    }
}

/// The styles between two offsets, relative to the first.
fn within(styles: &[Styled], start: u32, end: u32) -> Vec<Styled> {
    let first = styles.partition_point(|style| style.end <= start);
    let inside = styles.iter().skip(first).take_while(|style| style.start < end);
    let relative = |style: &Styled| Styled {
        start: style.start.max(start) - start,
        end: style.end.min(end) - start,
        ..*style
    };
    inside.map(relative).collect()
}

fn cut(compiled: &Compiled) -> Page {
    let mut page = Page::default();
    let mut block = Block::default();
    let (mut lines, mut start, mut before, mut gap) = (0, 0, 0, false);
    for line in lines_of(compiled) {
        let blank = line.blank();
        let file = if blank { block.file } else { line.file().unwrap_or(block.file) };
        let turn = !blank && (gap || file != block.file || lines >= BLOCK_LINES);
        if turn && !block.pieces.is_empty() {
            start = close(&mut page, &mut block, start, &mut before, compiled);
            lines = 0;
        }
        block.file = file;
        gap = blank;
        lines += 1;
        add(&mut block, line);
    }
    if !block.pieces.is_empty() {
        close(&mut page, &mut block, start, &mut before, compiled);
    }
    page
}

fn close(
    page: &mut Page,
    block: &mut Block,
    start: u32,
    before: &mut u32,
    compiled: &Compiled,
) -> u32 {
    if block.file != *before && block.file != 0 {
        let source = compiled.stats.sources.get(block.file as usize);
        block.label = source.map(|source| file_name(&source.path).to_owned());
    }
    *before = block.file;
    let (len, file) = (block.len, block.file);
    page.blocks.push(Rc::new(std::mem::take(block)));
    page.starts.push(start);
    block.file = file;
    start + len
}

fn add(block: &mut Block, line: Line) {
    for mut piece in line.pieces {
        let len = utf16::len(&piece.text);
        match block.pieces.last_mut() {
            Some(last) if last.file == piece.file && last.kind == piece.kind => {
                last.text.push_str(&piece.text);
            }
            _ => {
                piece.start = block.len;
                block.pieces.push(piece);
            }
        }
        block.len += len;
    }
}

/// The last part of a path.
pub fn file_name(path: &str) -> &str {
    path.rsplit('/').next().unwrap_or(path)
}

#[derive(Default)]
struct Line {
    pieces: Vec<Piece>,
}

impl Line {
    fn blank(&self) -> bool {
        self.pieces.iter().all(|p| p.text.trim().is_empty())
    }

    /// The source file of the line's own text, since inserted characters refer to the directive.
    fn file(&self) -> Option<u32> {
        let own = |p: &&Piece| {
            !matches!(p.kind, SegmentKind::Shift | SegmentKind::Indent | SegmentKind::Blank)
        };
        self.pieces.iter().find(own).or(self.pieces.first()).map(|p| p.file)
    }
}

/// The prompt's lines, each with its pieces; a piece's `start` is not set yet.
fn lines_of(compiled: &Compiled) -> Vec<Line> {
    let (mut lines, mut line) = (Vec::new(), Line::default());
    let (mut rest, mut at) = (compiled.prompt.as_str(), 0);
    let mut put = |text: &str, file: u32, kind: SegmentKind| {
        for part in text.split_inclusive('\n') {
            line.pieces.push(Piece { start: 0, text: part.to_owned(), file, kind });
            if part.ends_with('\n') {
                lines.push(std::mem::take(&mut line));
            }
        }
    };
    let files = &compiled.stats.sources;
    for segment in &compiled.segments {
        let end = segment.prompt.1;
        let (text, after) = rest.split_at(utf16::byte_at(rest, end.saturating_sub(at)));
        let file = files.iter().position(|file| file.path == segment.path).unwrap_or(0);
        put(text, file as u32, segment.kind);
        (rest, at) = (after, end);
    }
    put(rest, 0, SegmentKind::Literal);
    if !line.pieces.is_empty() {
        lines.push(line);
    }
    lines
}

/// The source of the character at `offset` of the prompt.
pub fn to_source(analysis: &Analysis, offset: u32) -> Option<Origin> {
    let segments = &analysis.compiled.segments;
    let last = segments.len().checked_sub(1)?;
    let index = segments.partition_point(|s| s.prompt.1 <= offset).min(last);
    let segment = segments.get(index)?;
    let (mut from, mut to) = segment.source;
    if segment.kind == SegmentKind::Literal {
        from = (from + offset.saturating_sub(segment.prompt.0)).min(to);
        to = from;
    }
    let chain = analysis.chain_of.get(index);
    let chain = chain.and_then(|chain| analysis.chains.get(*chain as usize));
    Some(Origin {
        path: segment.path.clone(),
        from,
        to,
        chain: chain.cloned().unwrap_or_default(),
        kind: segment.kind,
    })
}

/// The places of the prompt that come from a range of a file, ascending and disjoint.
pub fn to_prompt(compiled: &Compiled, path: &str, from: u32, to: u32) -> Vec<(u32, u32)> {
    let mut found: Vec<(u32, u32)> = Vec::new();
    for segment in compiled.segments.iter().filter(|segment| segment.path == path) {
        let Some((start, end)) = overlap(segment, from, to) else { continue };
        match found.last_mut() {
            Some(last) if last.1 == start => last.1 = end,
            _ => found.push((start, end)),
        }
    }
    found
}

fn overlap(segment: &Segment, from: u32, to: u32) -> Option<(u32, u32)> {
    let (start, end) = (segment.source.0.max(from), segment.source.1.min(to));
    if start >= end {
        return None;
    }
    if segment.kind != SegmentKind::Literal {
        return Some(segment.prompt);
    }
    let shift = |at: u32| (segment.prompt.0 + at - segment.source.0).min(segment.prompt.1);
    Some((shift(start), shift(end))).filter(|(a, b)| a < b)
}

#[cfg(test)]
mod tests {
    use super::*;
    use rolewright_wire::Share;

    /// "One.\n\n" from a.md, "Two 🙂.\n" from b.md, "\nThree X.\n" from a.md where X is a variable.
    fn analysis() -> Analysis {
        use super::super::tests::{analysis, segment};
        let (a, b) = ("a.md", "parts/b.md");
        let mut analysis = analysis("One.\n\nTwo 🙂.\n\nThree X.\n", Vec::new());
        analysis.compiled.segments = vec![
            segment((0, 5), a, (10, 15), SegmentKind::Literal),
            segment((5, 6), a, (15, 30), SegmentKind::Blank),
            segment((6, 14), b, (0, 8), SegmentKind::Literal),
            segment((14, 21), a, (30, 37), SegmentKind::Literal),
            segment((21, 22), a, (37, 46), SegmentKind::Variable),
            segment((22, 24), a, (46, 48), SegmentKind::Literal),
        ];
        let share = |path: &str| Share { path: path.into(), ..Share::default() };
        analysis.compiled.stats.sources = vec![share(a), share(b)];
        analysis.chains = vec![Vec::new(), vec!["a.md:3".into()]];
        analysis.chain_of = vec![0, 0, 1, 0, 0, 0];
        analysis
    }

    #[test]
    fn blocks_follow_paragraphs_and_files_and_keep_every_character() {
        let page = page(&analysis().compiled, &[]);
        let texts: Vec<String> = page
            .blocks
            .iter()
            .map(|b| b.pieces.iter().map(|p| p.text.as_str()).collect())
            .collect();
        assert_eq!(texts, ["One.\n\n", "Two 🙂.\n\n", "Three X.\n"]);
        assert_eq!(page.starts, [0, 6, 15]);
        let labels: Vec<Option<&str>> = page.blocks.iter().map(|b| b.label.as_deref()).collect();
        assert_eq!(labels, [None, Some("b.md"), None]);
    }

    #[test]
    fn styles_are_told_to_the_blocks_that_they_reach_into() {
        let style = Styled { start: 4, end: 9, strong: true, ..Styled::default() };
        let page = page(&analysis().compiled, &[style]);
        let ranges: Vec<Vec<(u32, u32)>> = page
            .blocks
            .iter()
            .map(|block| block.styles.iter().map(|style| (style.start, style.end)).collect())
            .collect();
        assert_eq!(ranges, [vec![(4, 6)], vec![(0, 3)], vec![]]);
    }

    #[test]
    fn a_variable_is_a_piece_of_its_own() {
        let page = page(&analysis().compiled, &[]);
        let kinds: Vec<SegmentKind> = page.blocks[2].pieces.iter().map(|p| p.kind).collect();
        assert_eq!(kinds, [SegmentKind::Literal, SegmentKind::Variable, SegmentKind::Literal]);
        assert_eq!(page.blocks[2].pieces[1].start, 6);
    }

    #[test]
    fn a_place_in_copied_text_leads_to_its_very_character() {
        let origin = to_source(&analysis(), 10).unwrap();
        assert_eq!((origin.path.as_str(), origin.from, origin.to), ("parts/b.md", 4, 4));
        assert_eq!(origin.chain, ["a.md:3"]);
    }

    #[test]
    fn a_place_in_a_value_leads_to_the_whole_directive() {
        let origin = to_source(&analysis(), 21).unwrap();
        assert_eq!((origin.from, origin.to), (37, 46));
    }

    #[test]
    fn a_range_of_a_file_is_found_in_the_prompt() {
        assert_eq!(to_prompt(&analysis().compiled, "parts/b.md", 0, 3), [(6, 9)]);
        assert_eq!(to_prompt(&analysis().compiled, "a.md", 35, 40), [(19, 22)]);
        assert!(to_prompt(&analysis().compiled, "c.md", 0, 9).is_empty());
    }

    #[test]
    fn keys_step_through_blocks_and_their_parts() {
        let page = page(&analysis().compiled, &[]);
        assert_eq!(page.neighbor(0, 1, 0), Some((1, 6)));
        assert_eq!(page.neighbor(6, 1, 0), Some((2, 15)));
        assert_eq!(page.neighbor(15, 1, 0), Some((2, 15)));
        assert_eq!(page.neighbor(15, 0, 1), Some((2, 21)));
        assert_eq!(page.neighbor(15, 0, -1), Some((1, 14)));
        assert_eq!(page.neighbor(0, 0, -1), Some((0, 0)));
        assert_eq!(Page::default().neighbor(0, 1, 0), None);
    }

    #[test]
    fn an_empty_prompt_has_no_blocks_and_no_origin() {
        let mut empty = super::super::tests::analysis("", Vec::new());
        empty.compiled.segments.clear();
        assert_eq!(page(&empty.compiled, &[]), Page::default());
        assert_eq!(to_source(&empty, 0), None);
    }
}
