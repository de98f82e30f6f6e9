//! Estimates the number of tokens in a text with a stated margin, because no public tokenizer fits
//! every model.

use alloc::vec::Vec;

/// An estimate of the tokens of a text.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Tokens {
    /// The estimate.
    pub estimate: usize,
    /// Low end of the band that contains nine of ten Markdown texts.
    pub low: usize,
    /// High end of that band.
    pub high: usize,
}

/// Counts the pieces that a tokenizer makes, in one pass: words, whose cost grows with their
/// letters and humps, digits in groups of three, runs of punctuation, spaces and line endings. The
/// weights were fitted to o200k over 582 role files, nine in ten of which are within 5 %; the band
/// of 9 % leaves room for the tokenizers of other models.
///
/// ```
/// let tokens = rolewright_core::tokens::estimate("You are a careful reviewer.");
/// assert!(tokens.low <= tokens.estimate && tokens.estimate <= tokens.high);
/// ```
pub fn estimate(text: &str) -> Tokens {
    let mut count = Count::default();
    count.add(text);
    let estimate = count.finish();
    Tokens { estimate, low: estimate * 91 / 100, high: (estimate * 109).div_ceil(100) }
}

/// The estimated tokens before each of `offsets`, which must ascend. The results never decrease,
/// and the result at the end of the text equals [`estimate`], so the differences are shares that
/// add up to it.
pub(crate) fn before(text: &str, offsets: impl IntoIterator<Item = usize>) -> Vec<usize> {
    let (mut count, mut at) = (Count::default(), 0);
    let so_far = offsets.into_iter().map(|offset| {
        count.add(text.get(at..offset).unwrap_or(""));
        at = at.max(offset);
        count.finish()
    });
    let mut so_far: Vec<usize> = so_far.collect();
    count.add(text.get(at..).unwrap_or(""));
    let (whole, mut most) = (count.finish(), 0);
    for tokens in &mut so_far {
        // The whole word may have a lower cost than its first half.
        most = most.max((*tokens).min(whole));
        *tokens = most;
    }
    so_far
}

/// The running count; the sum is in hundredths of a token.
#[derive(Clone, Copy, Default)]
struct Count {
    sum: usize,
    run: Run,
    length: usize,
    /// Capitals after lowercase letters in the current word.
    humps: usize,
    capitals: usize,
    after_small: bool,
}

#[derive(Clone, Copy, Default, PartialEq, Eq)]
enum Run {
    #[default]
    None,
    Word,
    Digits,
    Marks,
    Blanks,
    Lines,
}

impl Count {
    /// Goes through bytes, because decoding every character takes longer than counting.
    fn add(&mut self, text: &str) {
        for (at, byte) in text.bytes().enumerate() {
            let run = match byte {
                b'a'..=b'z' | b'A'..=b'Z' => Run::Word,
                b'0'..=b'9' => Run::Digits,
                b' ' | b'\t' => Run::Blanks,
                b'\n' | b'\r' => Run::Lines,
                b'!'..=b'~' => Run::Marks,
                _ => {
                    let rare = text.get(at..).and_then(|rest| rest.chars().next());
                    self.end();
                    self.sum += rare.map_or(0, wide);
                    continue;
                }
            };
            if run != self.run {
                self.end();
                self.run = run;
            }
            self.length += 1;
            let capital = byte.is_ascii_uppercase();
            self.capitals += usize::from(capital);
            self.humps += usize::from(capital && self.after_small);
            self.after_small = byte.is_ascii_lowercase();
        }
    }

    /// Adds up the run that ends.
    fn end(&mut self) {
        let length = self.length;
        let shouted = if self.capitals == length { length.saturating_sub(3) * 8 } else { 0 };
        self.sum += match self.run {
            Run::None => 0,
            Run::Word => 100 + length.saturating_sub(7) * 7 + self.humps * 24 + shouted,
            Run::Digits => length.div_ceil(3) * 139,
            Run::Marks => 91 + length.saturating_sub(2) * 16,
            // One space belongs to the word after it.
            Run::Blanks => usize::from(length > 1) * 36,
            Run::Lines => 87,
        };
        *self = Self { sum: self.sum, ..Self::default() };
    }

    fn finish(mut self) -> usize {
        self.end();
        (self.sum + 50) / 100
    }
}

/// Hundredths of a token for a character outside ASCII.
fn wide(c: char) -> usize {
    match u32::from(c) {
        0x3000..=0x9FFF | 0xAC00..=0xD7AF | 0xF900..=0xFAFF | 0xFF00..=0xFFEF => 66,
        0x80..=0x7FF => 40,
        0x2000..=0x2BFF => 68,
        _ => 254,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Texts and their length in o200k.
    const COUNTED: [(&str, usize); 4] = [
        (
            "You are a careful reviewer. Read the whole change before you write anything, then say what is wrong, why it matters and how to put it right. Prefer three precise remarks to thirty vague ones, and never praise what you have not understood.\n",
            49,
        ),
        (
            "## Process\n\n1. Read the `description` field and the tests that belong to it.\n2. Run `cargo test --workspace` and keep the output.\n3. Report every failure with its file, line and cause.\n\n- **Security**: secrets, injection, permissions\n- **Performance**: allocations, queries, caching\n- **Readability**: names, length, duplication\n",
            80,
        ),
        (
            "```rust\nfn main() {\n    let values: Vec<u32> = vec![1, 22, 333, 4444];\n    println!(\"{}\", values.iter().sum::<u32>());\n}\n```\n\nUse getUserProfile() and HTTP_STATUS_CODES, not magic numbers such as 404 or 1024.\n",
            66,
        ),
        (
            "检查每一次提交，说明哪里有问题，为什么重要，以及如何改正。不要修改测试，除非用户要求你这样做。\n",
            29,
        ),
    ];

    #[test]
    fn real_counts_are_in_the_band() {
        for (text, tokens) in COUNTED {
            let found = estimate(text);
            assert!(found.low <= tokens && tokens <= found.high, "{text}: {tokens} {found:?}");
        }
    }

    #[test]
    fn empty_text_has_no_tokens() {
        assert_eq!(estimate(""), Tokens::default());
    }
}
