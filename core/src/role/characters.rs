//! Finds characters that matter because they are invisible or certainly damaged, and the lines of
//! the text.

use super::blocks::{Class, all, bits, blocks, places};
use alloc::vec::Vec;

/// A character that a rule may report.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct SpecialCharacter {
    /// Byte offset in the text.
    pub offset: usize,
    /// The character.
    pub character: char,
    /// Which rules it concerns.
    pub kind: SpecialKind,
}

/// Kinds of special characters.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum SpecialKind {
    /// U+E0000 to U+E007F: invisible twins of ASCII.
    Tag,
    /// U+202A to U+202E and U+2066 to U+2069: they reorder the displayed text.
    Bidi,
    /// Zero-width characters, soft hyphens, a byte order mark inside the text, joiners.
    Invisible,
    /// Variation selectors.
    Selector,
    /// C0 controls except tab and line endings, and DEL.
    Control,
    /// U+FFFD.
    Replacement,
}

/// Lists the special characters of `text`, in order. A byte order mark at the start is not special.
pub(super) fn special_characters(text: &str) -> Vec<SpecialCharacter> {
    let mut found = Vec::new();
    for (at, block) in blocks(text.as_bytes()) {
        if all(&block, &USUAL) {
            continue;
        }
        let others = places(!bits(&block, &USUAL));
        let others = others.filter(|place| block.get(*place).is_some_and(|b| may_be_special(*b)));
        found.extend(others.filter_map(|place| special_character(text, at + place)));
    }
    found
}

/// Lists the offsets at which lines begin. A carriage return ends a line unless a line feed follows;
/// `has_returns` says whether there are any.
pub(super) fn line_starts(bytes: &[u8], has_returns: bool) -> Vec<usize> {
    let mut lines = Vec::with_capacity(bytes.len() / 32 + 1);
    lines.push(0);
    for (at, block) in blocks(bytes) {
        let mut ends = bits(&block, &[(b'\n', b'\n')]);
        if has_returns {
            let next = u64::from(bytes.get(at + 64) == Some(&b'\n'));
            ends |= bits(&block, &[(b'\r', b'\r')]) & !(ends >> 1 | next << 63);
        }
        lines.extend(places(ends).map(|place| at + place + 1));
    }
    lines
}

/// The first byte of each line that is neither a space nor a tab; that of its ending for a blank
/// line. A byte order mark does not count.
pub(super) fn heads(bytes: &[u8], lines: &[usize]) -> Vec<u8> {
    let mark = if bytes.starts_with(b"\xEF\xBB\xBF") { 3 } else { 0 };
    let head = |start: &usize| {
        let line = bytes.get((*start).max(mark)..).unwrap_or(&[]).iter();
        line.copied().find(|byte| !matches!(byte, b' ' | b'\t')).unwrap_or(b'\n')
    };
    lines.iter().map(head).collect()
}

/// The usual characters of ASCII.
const USUAL: Class<2> = [(b' ', b'~'), (b'\t', b'\n')];

/// Whether a special character may begin with this byte.
const fn may_be_special(byte: u8) -> bool {
    matches!(byte, 0..0x20 | 0x7F | 0xC2 | 0xE1 | 0xE2 | 0xEF | 0xF3)
        && !matches!(byte, b'\t' | b'\n' | b'\r')
}

fn special_character(text: &str, offset: usize) -> Option<SpecialCharacter> {
    let character = text.get(offset..)?.chars().next()?;
    let kind = kind_of(character)?;
    (offset > 0 || character != '\u{feff}').then_some(SpecialCharacter { offset, character, kind })
}

fn kind_of(character: char) -> Option<SpecialKind> {
    Some(match character {
        '\u{E0000}'..='\u{E007F}' => SpecialKind::Tag,
        '\u{202A}'..='\u{202E}' | '\u{2066}'..='\u{2069}' => SpecialKind::Bidi,
        '\u{00AD}'
        | '\u{180E}'
        | '\u{200B}'..='\u{200D}'
        | '\u{2060}'..='\u{2064}'
        | '\u{FEFF}' => SpecialKind::Invisible,
        '\u{FE00}'..='\u{FE0F}' | '\u{E0100}'..='\u{E01EF}' => SpecialKind::Selector,
        '\u{FFFD}' => SpecialKind::Replacement,
        '\t' | '\n' | '\r' => return None,
        '\0'..='\u{1F}' | '\u{7F}' => SpecialKind::Control,
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn kinds(text: &str) -> Vec<(usize, SpecialKind)> {
        special_characters(text).iter().map(|n| (n.offset, n.kind)).collect()
    }

    #[test]
    fn plain_text_has_no_special_characters() {
        assert_eq!(special_characters("a\tb\r\nç – “quoted” 漢字 ↗"), []);
    }

    #[test]
    fn invisible_and_damaged_characters_are_placed() {
        assert_eq!(
            kinds("é\u{200B}\u{202E}\u{E0041}\u{FFFD}\u{4}"),
            [
                (2, SpecialKind::Invisible),
                (5, SpecialKind::Bidi),
                (8, SpecialKind::Tag),
                (12, SpecialKind::Replacement),
                (15, SpecialKind::Control)
            ]
        );
    }

    #[test]
    fn a_character_is_found_anywhere_in_a_word() {
        for before in 0..20 {
            for character in ['\u{7f}', '\u{1}', '\u{b}', '\u{ad}', '\u{200B}', '\u{E0041}'] {
                let text = alloc::format!("{}\n{character}{}", "x".repeat(before), "~ ".repeat(9));
                let (found, lines) =
                    (special_characters(&text), line_starts(text.as_bytes(), false));
                assert_eq!((found.len(), found[0].offset), (1, before + 1), "{text:?}");
                assert_eq!(lines, [0, before + 1]);
            }
        }
    }

    #[test]
    fn a_line_begins_after_every_line_ending() {
        for text in
            ["", "\n", "a\r\n\nb", "\n\n\n\n\n\n\n\n\n", "漢字\nabcdefgh\n\u{1}\nabc defg hij\n"]
        {
            let starts = text.match_indices('\n').map(|(at, _)| at + 1);
            assert_eq!(
                line_starts(text.as_bytes(), false),
                [0].into_iter().chain(starts).collect::<Vec<_>>(),
                "{text:?}"
            );
        }
    }

    #[test]
    fn a_byte_order_mark_counts_only_inside() {
        assert_eq!(kinds("\u{FEFF}a\u{FEFF}"), [(4, SpecialKind::Invisible)]);
    }
}
