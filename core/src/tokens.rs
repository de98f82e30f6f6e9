//! Estimates how many tokens a text is. No public tokenizer is every model's, so it is an estimate
//! with a stated band.

/// An estimate of the tokens of a text.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Tokens {
    /// The estimate.
    pub estimate: usize,
    /// Low end of the band in which nine of ten English Markdown texts lie.
    pub low: usize,
    /// High end of that band.
    pub high: usize,
}

/// Counts the pieces that a tokenizer for English text and code would make, in one pass: words, which
/// grow a piece for every few letters, digits by three, runs of punctuation, line ends.
pub fn estimate(text: &str) -> Tokens {
    let mut count = Count::default();
    for c in text.chars() {
        count.character(c);
    }
    let estimate = count.finish();
    Tokens { estimate, low: estimate * 91 / 100, high: (estimate * 109).div_ceil(100) }
}

#[derive(Default)]
struct Count {
    /// Hundredths of a token.
    sum: usize,
    run: Run,
    length: usize,
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
    fn character(&mut self, c: char) {
        let run = match c {
            'a'..='z' | 'A'..='Z' => Run::Word,
            '0'..='9' => Run::Digits,
            ' ' | '\t' => Run::Blanks,
            '\n' | '\r' => Run::Lines,
            '!'..='~' => Run::Marks,
            c => {
                self.end();
                self.sum += wide(c);
                return;
            }
        };
        if run != self.run {
            self.end();
            self.run = run;
        }
        self.length += 1;
    }

    /// Adds up the run that ends.
    fn end(&mut self) {
        let length = self.length;
        self.sum += match self.run {
            Run::None => 0,
            Run::Word => 100 + length.saturating_sub(7) * 17,
            Run::Digits => length.div_ceil(3) * 100,
            Run::Marks => length.div_ceil(3) * 100,
            // One blank belongs to the word behind it.
            Run::Blanks => usize::from(length > 1) * 100,
            Run::Lines => 100,
        };
        self.run = Run::None;
        self.length = 0;
    }

    fn finish(mut self) -> usize {
        self.end();
        (self.sum + 50) / 100
    }
}

/// Hundredths of a token for a character outside ASCII.
fn wide(c: char) -> usize {
    match u32::from(c) {
        0x3000..=0x9FFF | 0xAC00..=0xD7AF | 0xF900..=0xFAFF => 80,
        0x80..=0x7FF => 45,
        0x2000..=0x2BFF => 100,
        _ => 200,
    }
}
