//! Describes an edit as one replaced range, to map positions from an older version of a text to a newer
//! one. Offsets are in UTF-16 code units.

use super::utf16;

/// A replaced range of the old text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Splice {
    /// Start of the range in both texts.
    pub start: u32,
    /// End of the range in the old text.
    pub old_end: u32,
    /// The end of the replacement in the new text.
    pub new_end: u32,
}

/// The smallest single replacement that turns `old` into `new`; `None` when they are equal.
pub fn between(old: &str, new: &str) -> Option<Splice> {
    if old == new {
        return None;
    }
    // Comparing bytes is faster; the ends then move back to character boundaries.
    let mut prefix = old.bytes().zip(new.bytes()).take_while(|(a, b)| a == b).count();
    while !old.is_char_boundary(prefix) {
        prefix -= 1;
    }
    let (old_rest, new_rest) = (&old[prefix..], &new[prefix..]);
    let pairs = old_rest.bytes().rev().zip(new_rest.bytes().rev());
    let mut suffix = pairs.take_while(|(a, b)| a == b).count();
    while !old_rest.is_char_boundary(old_rest.len() - suffix) {
        suffix -= 1;
    }
    let start = utf16::len(&old[..prefix]);
    Some(Splice {
        start,
        old_end: start + utf16::len(&old_rest[..old_rest.len() - suffix]),
        new_end: start + utf16::len(&new_rest[..new_rest.len() - suffix]),
    })
}

impl Splice {
    /// Maps an offset of the old text to the new text.
    pub fn map(&self, offset: u32) -> u32 {
        if offset <= self.start {
            offset
        } else if offset >= self.old_end {
            offset - self.old_end + self.new_end
        } else {
            offset.min(self.new_end)
        }
    }

    /// Whether a range of the old text was not affected.
    pub fn spares(&self, start: u32, end: u32) -> bool {
        end <= self.start || start >= self.old_end
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn equal_texts_have_no_splice() {
        assert_eq!(between("abc", "abc"), None);
    }

    #[test]
    fn typing_in_the_middle_moves_what_follows() {
        let splice = between("one three", "one two three").unwrap();
        assert_eq!(splice.map(0), 0);
        assert_eq!(splice.map(9), 13);
        assert!(splice.spares(0, 3));
    }

    #[test]
    fn a_deletion_pulls_inner_positions_to_its_place() {
        let splice = between("a🙂🙂b", "ab").unwrap();
        assert_eq!(splice, Splice { start: 1, old_end: 5, new_end: 1 });
        assert_eq!(splice.map(3), 1);
        assert_eq!(splice.map(6), 2);
        assert!(!splice.spares(2, 4));
    }

    #[test]
    fn characters_that_share_bytes_are_replaced_whole() {
        let splice = between("aé🙂z", "aè🙃z").unwrap();
        assert_eq!(splice, Splice { start: 1, old_end: 4, new_end: 4 });
        let splice = between("aÃ", "aÂ£Ã").unwrap();
        assert_eq!(splice, Splice { start: 1, old_end: 1, new_end: 3 });
    }

    #[test]
    fn a_repeated_letter_is_counted_once() {
        let splice = between("aa", "aaa").unwrap();
        assert_eq!((splice.start, splice.old_end, splice.new_end), (2, 2, 3));
    }
}
