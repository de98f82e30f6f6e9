//! Changes texts at random, for runs without a fuzzer: cuts, repeats, joins, and pieces of syntax in
//! wrong places. The same number gives the same text.

/// What breaks parsers when it appears in unexpected places.
const PIECES: [&str; 24] = [
    "---\n",
    "\n",
    "\r\n",
    "\r",
    "\t",
    "{{include:a.md}}",
    "{{include:",
    "}}",
    "{{X}}",
    "{{/raw}}",
    "```\n",
    "~~~~\n",
    "# ",
    "- ",
    ": ",
    "|\n  ",
    "'",
    "\"",
    "[",
    "\u{1e}",
    "\u{feff}",
    "\u{202e}",
    "😀",
    "<!-- rolewright-ignore ",
];

/// Numbers that look random.
pub(super) struct Numbers(u64);

impl Numbers {
    /// The sequence of a number.
    pub(super) fn of(seed: u64) -> Self {
        Self(seed.wrapping_mul(0x9E37_79B9_7F4A_7C15) | 1)
    }

    /// The next one below `below`.
    pub(super) fn next(&mut self, below: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        usize::try_from(self.0 >> 33).unwrap_or(0) % below.max(1)
    }
}

/// A text made from one of `seeds`, and perhaps from a second one.
pub fn mutated(seeds: &[Vec<u8>], seed: u64) -> Vec<u8> {
    let mut numbers = Numbers::of(seed);
    let pick = |numbers: &mut Numbers| &seeds[numbers.next(seeds.len())];
    let mut text = pick(&mut numbers).clone();
    for _ in 0..=numbers.next(5) {
        let (from, to) = (numbers.next(text.len() + 1), numbers.next(text.len() + 1));
        let (from, to) = (from.min(to), from.max(to));
        match numbers.next(6) {
            0 => drop(text.drain(from..to.min(from + 64))),
            1 => text.truncate(to),
            2 => {
                let piece = text[from..to.min(from + 256)].to_vec();
                text.splice(to..to, piece);
            }
            3 => {
                let other = pick(&mut numbers);
                let cut = numbers.next(other.len() + 1);
                text.truncate(to);
                text.extend(&other[cut..]);
            }
            _ => {
                let piece = PIECES[numbers.next(PIECES.len())];
                text.splice(from..from, piece.bytes());
            }
        }
    }
    // The choices of a project come from its last bytes.
    text.extend((0..12).map(|_| u8::try_from(numbers.next(256)).unwrap_or(0)));
    text
}
