//! Converts between the UTF-16 offsets of the editor and messages and the byte offsets of Rust strings;
//! it scans bytes rather than characters, because every keystroke scans the whole text several times.

/// The number of UTF-16 code units of the character that starts with this byte; 0 for a continuation byte.
fn units(byte: u8) -> u32 {
    match byte {
        0x80..0xc0 => 0,
        0xf0.. => 2,
        _ => 1,
    }
}

/// Length of `text` in UTF-16 code units.
pub fn len(text: &str) -> u32 {
    text.bytes().map(units).sum()
}

/// The byte offset of the UTF-16 offset `at`; the end of the text if it is past the end, and the start
/// of the character if it is inside one.
pub fn byte_at(text: &str, at: u32) -> usize {
    let mut passed = 0;
    let beyond = text.bytes().position(|byte| {
        passed += units(byte);
        passed > at
    });
    beyond.unwrap_or(text.len())
}

/// The part of `text` between two UTF-16 offsets; empty if they are in the wrong order.
pub fn slice(text: &str, from: u32, to: u32) -> &str {
    let start = byte_at(text, from);
    let end = byte_at(text, to).max(start);
    text.get(start..end).unwrap_or("")
}

/// Line and column, both from 1, of a UTF-16 offset; the column counts UTF-16 code units.
pub fn line_column(text: &str, at: u32) -> (u32, u32) {
    let before = text.get(..byte_at(text, at)).unwrap_or(text);
    let line_start = before.rfind('\n').map_or(0, |i| i + 1);
    let line = before.matches('\n').count() as u32 + 1;
    (line, len(before.get(line_start..).unwrap_or("")) + 1)
}

/// The UTF-16 range of the line that contains the offset, without its line feed.
pub fn line_around(text: &str, at: u32) -> (u32, u32) {
    let byte = byte_at(text, at);
    let (before, after) = text.split_at(byte);
    let start = before.rfind('\n').map_or(0, |i| i + 1);
    let rest = after.find('\n').unwrap_or(after.len());
    let from = len(&text[..start]);
    (from, from + len(&text[start..byte + rest]))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_emoji_counts_two_and_a_chinese_character_one() {
        assert_eq!(len("a🙂中"), 4);
        assert_eq!(byte_at("a🙂中", 3), 5);
        assert_eq!(slice("a🙂中", 1, 3), "🙂");
    }

    #[test]
    fn an_offset_inside_a_surrogate_pair_falls_back_to_its_start() {
        assert_eq!(byte_at("a🙂b", 2), 1);
    }

    #[test]
    fn an_offset_beyond_the_text_is_its_end() {
        assert_eq!(byte_at("ab", 9), 2);
        assert_eq!(line_column("a\nb", 99), (2, 2));
    }

    #[test]
    fn lines_and_columns_start_at_one() {
        assert_eq!(line_column("", 0), (1, 1));
        assert_eq!(line_column("ab\r\n🙂c", 6), (2, 3));
    }

    #[test]
    fn the_line_around_an_offset_leaves_out_its_line_feed() {
        assert_eq!(line_around("ab\ncde\nf", 4), (3, 6));
        assert_eq!(line_around("ab\n", 3), (3, 3));
    }
}
