//! Finds the characters that rules look for, so that rules that look for the same one share a
//! search.

use alloc::vec::Vec;
use core::cell::OnceCell;

/// A character at which several rules start to read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Mark {
    /// `'`: quotations.
    Apostrophe,
    /// `@`: imports and mentions.
    At,
    /// `\`: escapes and paths of Windows.
    Backslash,
    /// The carriage return: line endings of Windows.
    CarriageReturn,
    /// `$`: placeholders.
    Dollar,
    /// `!`: commands that run when a prompt is loaded.
    Exclamation,
    /// `<`: tags and stand-ins.
    Less,
}

impl Mark {
    /// The character.
    const fn byte(self) -> u8 {
        match self {
            Self::Apostrophe => b'\'',
            Self::At => b'@',
            Self::Backslash => b'\\',
            Self::CarriageReturn => b'\r',
            Self::Dollar => b'$',
            Self::Exclamation => b'!',
            Self::Less => b'<',
        }
    }
}

/// The offsets of each mark in a text, found when first requested.
#[derive(Clone, Debug, Default)]
pub(super) struct Marks([OnceCell<Vec<usize>>; 7]);

impl Marks {
    /// The offsets of one mark, in order.
    pub(super) fn of(&self, text: &str, mark: Mark) -> &[usize] {
        let find = || memchr::memchr_iter(mark.byte(), text.as_bytes()).collect();
        self.0.get(mark as usize).map_or(&[], |places| places.get_or_init(find))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_mark_has_its_places() {
        let marks = Marks::default();
        let text = "a@b \\ $1 !` <x> @";
        let all = [Mark::At, Mark::Backslash, Mark::Dollar, Mark::Exclamation, Mark::Less];
        let found = all.map(|mark| marks.of(text, mark).to_vec());
        assert_eq!(
            found,
            [alloc::vec![1, 16], alloc::vec![4], alloc::vec![6], alloc::vec![9], alloc::vec![12]]
        );
    }
}
