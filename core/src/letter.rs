//! Lower case of single letters. The standard library's table covers every script that was ever
//! printed and makes up a fiftieth of what a browser is given; this one covers those that names,
//! headings and labels are written in today. Any other letter is its own lower case.

use alloc::string::String;

/// First and last upper-case letter, how far on the lower-case ones are, and from one to the next.
/// From the simple mappings of Unicode 16.
const RUNS: [(u16, u16, u16, u16); 30] = [
    // Latin: Western and Northern, Central and Eastern European, and Vietnamese.
    (0xC0, 0xD6, 32, 1),
    (0xD8, 0xDE, 32, 1),
    (0x100, 0x12E, 1, 2),
    (0x132, 0x136, 1, 2),
    (0x139, 0x147, 1, 2),
    (0x14A, 0x176, 1, 2),
    (0x179, 0x17D, 1, 2),
    (0x187, 0x187, 1, 1),
    (0x1A0, 0x1A4, 1, 2),
    (0x1AF, 0x1AF, 1, 1),
    (0x1CD, 0x1DB, 1, 2),
    (0x1DE, 0x1EE, 1, 2),
    (0x1F8, 0x21E, 1, 2),
    (0x222, 0x232, 1, 2),
    (0x1E00, 0x1E94, 1, 2),
    (0x1EA0, 0x1EFE, 1, 2),
    // Greek.
    (0x386, 0x386, 38, 1),
    (0x388, 0x38A, 37, 1),
    (0x38C, 0x38C, 64, 1),
    (0x38E, 0x38F, 63, 1),
    (0x391, 0x3A1, 32, 1),
    (0x3A3, 0x3AB, 32, 1),
    // Cyrillic and Armenian.
    (0x400, 0x40F, 80, 1),
    (0x410, 0x42F, 32, 1),
    (0x460, 0x480, 1, 2),
    (0x48A, 0x4BE, 1, 2),
    (0x4C1, 0x4CD, 1, 2),
    (0x4D0, 0x52E, 1, 2),
    (0x531, 0x556, 48, 1),
    // Full width.
    (0xFF21, 0xFF3A, 32, 1),
];

/// The lower case of a letter; of anything else, itself.
pub fn lower(c: char) -> char {
    if c.is_ascii() {
        return c.to_ascii_lowercase();
    }
    let Ok(code) = u16::try_from(u32::from(c)) else { return c };
    let run = RUNS.iter().find(|(first, last, ..)| (*first..=*last).contains(&code));
    match run {
        Some((first, _, by, step)) if (code - first) % step == 0 => {
            char::from_u32(u32::from(code + by)).unwrap_or(c)
        }
        _ => c,
    }
}

/// Whether a letter has a lower case that it is not.
pub fn is_upper(c: char) -> bool {
    lower(c) != c
}

/// `text` in lower case, character by character.
pub fn lowered(text: &str) -> String {
    text.chars().map(lower).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use alloc::vec::Vec;

    #[test]
    fn every_letter_of_the_scripts_it_covers_is_lowered_as_unicode_says() {
        let scripts = [0..0x130, 0x131..0x178, 0x179..0x180, 0x380..0x3CF, 0x400..0x4C0]
            .into_iter()
            .chain([0x4C1..0x530, 0x531..0x58F, 0x1E00..0x1E9E, 0x1EA0..0x1F00, 0xFF00..0xFF60]);
        for c in scripts.flatten().filter_map(char::from_u32) {
            assert_eq!([lower(c)].as_slice(), c.to_lowercase().collect::<Vec<_>>(), "{c}");
        }
    }

    #[test]
    fn no_letter_becomes_another_than_its_lower_case() {
        for c in (0..=0x10FFFF).filter_map(char::from_u32).filter(|c| is_upper(*c)) {
            assert_eq!([lower(c)].as_slice(), c.to_lowercase().collect::<Vec<_>>(), "{c}");
        }
    }
}
