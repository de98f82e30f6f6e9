//! Finds the lines of lists in a block of the prompt, whose wrapped rest is shown under their text.

use super::prompt::Block;
use super::utf16;
use rolewright_messages::Styled;

/// A line of a list, in UTF-16 offsets of its block.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Item {
    /// The start of the line.
    pub start: u32,
    /// The start of its text, after indentation and bullet or number.
    pub text: u32,
    /// The end of the line, after its line break.
    pub end: u32,
}

/// The list lines in a block. `inside` says whether the previous block ended in a list, and is
/// updated.
pub fn items(block: &Block, inside: &mut bool) -> Vec<Item> {
    let text: String = block.pieces.iter().map(|piece| piece.text.as_str()).collect();
    let (mut items, mut start) = (Vec::new(), 0);
    for line in text.split_inclusive('\n') {
        let end = start + utf16::len(line);
        let bare = line.trim_start_matches(BLANK);
        let indent = (line.len() - bare.len()) as u32;
        if !bare.trim().is_empty() {
            let at = start + indent;
            let style = block.styles.get(block.styles.partition_point(|style| style.end <= at));
            let style = style.filter(|style| style.start <= at);
            let text = match style {
                Some(style) if is_bullet(style) && style.start == at => {
                    let after = utf16::slice(line, style.end - start, end - start);
                    let gap = after.len() - after.trim_start_matches(BLANK).len();
                    Some(style.end + gap as u32)
                }
                // Code keeps its columns.
                Some(style) if style.block => None,
                _ => Some(at).filter(|_| *inside && indent > 0),
            };
            *inside = text.is_some() || *inside && indent > 0;
            items.extend(text.map(|text| Item { start, text, end }));
        }
        start = end;
    }
    items
}

/// The characters before the text of a line; each of them is one unit and one byte.
const BLANK: [char; 2] = [' ', '\t'];

/// Whether a mark is a bullet or a number: only such marks are not part of a heading, code or
/// emphasis; a horizontal rule has nothing after it.
fn is_bullet(style: &Styled) -> bool {
    style.mark && style.heading == 0 && !style.block && !style.strong && !style.emphasis
}

#[cfg(test)]
mod tests {
    use super::super::prompt::Piece;
    use super::*;
    use rolewright_wire::SegmentKind;

    /// The lines that are items, each with `|` where its text starts. `marks` are the bullets.
    fn shown(text: &str, marks: &[&str]) -> Vec<String> {
        let mut from = 0;
        let styles = marks.iter().map(|mark| {
            let start = from + text[from..].find(mark).unwrap();
            from = start + mark.len();
            Styled { start: start as u32, end: from as u32, mark: true, ..Styled::default() }
        });
        let styles = styles.collect();
        let piece = Piece { start: 0, text: text.into(), file: 0, kind: SegmentKind::Literal };
        let block = Block { pieces: vec![piece], styles, ..Block::default() };
        let cut = |item: Item| {
            let (start, at, end) = (item.start as usize, item.text as usize, item.end as usize);
            format!("{}|{}", &text[start..at], text[at..end].trim_end())
        };
        items(&block, &mut false).into_iter().map(cut).collect()
    }

    #[test]
    fn bullets_numbers_and_lines_that_go_on_under_them_are_items() {
        let text = "Text.\n- one\n  goes on\n  10. two\n\n      and on\nEnd.\n  indented\n";
        assert_eq!(
            shown(text, &["-", "10."]),
            ["- |one", "  |goes on", "  10. |two", "      |and on"]
        );
    }

    #[test]
    fn a_block_goes_on_with_the_list_of_the_one_before() {
        let piece =
            |text: &str| Piece { start: 0, text: text.into(), file: 0, kind: SegmentKind::Literal };
        let block = Block { pieces: vec![piece("  Goes on.\n")], ..Block::default() };
        assert_eq!(items(&block, &mut true), [Item { start: 0, text: 2, end: 11 }]);
        assert_eq!(items(&block, &mut false), []);
    }

    #[test]
    fn code_and_emphasis_are_no_items() {
        let code = Styled { start: 0, end: 7, block: true, mark: false, ..Styled::default() };
        let emphasis = Styled { start: 7, end: 8, mark: true, emphasis: true, ..code };
        let emphasis = Styled { block: false, ..emphasis };
        let text = "  - a\n\n*b* c\n";
        let piece = Piece { start: 0, text: text.into(), file: 0, kind: SegmentKind::Literal };
        let block = Block { pieces: vec![piece], styles: vec![code, emphasis], ..Block::default() };
        assert_eq!(items(&block, &mut true), []);
    }
}
