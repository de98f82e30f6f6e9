//! Finds the characters that matter because nobody sees them, or because they are certainly damaged.
//! One pass over the bytes; plain text costs one comparison a byte.

use alloc::vec::Vec;

/// A character worth a rule's look.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Notable {
    /// Byte offset in the text.
    pub offset: usize,
    /// The character.
    pub character: char,
    /// Which rule might care.
    pub kind: NotableKind,
}

/// Kinds of notable characters.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NotableKind {
    /// U+E0000 to U+E007F: invisible twins of ASCII.
    Tag,
    /// U+202A to U+202E and U+2066 to U+2069: they reorder what is shown.
    Bidi,
    /// Zero-width characters, soft hyphens, a byte-order mark inside the text, joiners.
    Invisible,
    /// Variation selectors.
    Selector,
    /// C0 controls but tab and line ends, and DEL.
    Control,
    /// U+FFFD.
    Replacement,
}

/// Lists the notable characters of `text` in order. A byte-order mark at the start is not one.
pub(super) fn find(text: &str) -> Vec<Notable> {
    let mut found = Vec::new();
    for (at, &byte) in text.as_bytes().iter().enumerate() {
        // First bytes of the characters below; everything else is plain.
        if (byte < 0x20 && !matches!(byte, b'\t' | b'\n' | b'\r'))
            || matches!(byte, 0x7F | 0xC2 | 0xE1 | 0xE2 | 0xEF | 0xF3)
        {
            let Some(character) = text.get(at..).and_then(|rest| rest.chars().next()) else {
                continue;
            };
            if let Some(kind) = kind_of(character)
                && !(at == 0 && character == '\u{feff}')
            {
                found.push(Notable { offset: at, character, kind });
            }
        }
    }
    found
}

fn kind_of(character: char) -> Option<NotableKind> {
    Some(match character {
        '\u{E0000}'..='\u{E007F}' => NotableKind::Tag,
        '\u{202A}'..='\u{202E}' | '\u{2066}'..='\u{2069}' => NotableKind::Bidi,
        '\u{00AD}'
        | '\u{180E}'
        | '\u{200B}'..='\u{200D}'
        | '\u{2060}'..='\u{2064}'
        | '\u{FEFF}' => NotableKind::Invisible,
        '\u{FE00}'..='\u{FE0F}' | '\u{E0100}'..='\u{E01EF}' => NotableKind::Selector,
        '\u{FFFD}' => NotableKind::Replacement,
        '\t' | '\n' | '\r' => return None,
        '\0'..='\u{1F}' | '\u{7F}' => NotableKind::Control,
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn kinds(text: &str) -> Vec<(usize, NotableKind)> {
        find(text).iter().map(|n| (n.offset, n.kind)).collect()
    }

    #[test]
    fn plain_text_has_no_notable_characters() {
        assert_eq!(find("a\tb\r\nç – “quoted” 漢字 ↗"), []);
    }

    #[test]
    fn invisible_and_damaged_characters_are_placed() {
        assert_eq!(
            kinds("é\u{200B}\u{202E}\u{E0041}\u{FFFD}\u{4}"),
            [
                (2, NotableKind::Invisible),
                (5, NotableKind::Bidi),
                (8, NotableKind::Tag),
                (12, NotableKind::Replacement),
                (15, NotableKind::Control)
            ]
        );
    }

    #[test]
    fn a_byte_order_mark_counts_only_inside() {
        assert_eq!(kinds("\u{FEFF}a\u{FEFF}"), [(4, NotableKind::Invisible)]);
    }
}
