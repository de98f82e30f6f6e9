//! How large a prompt is, in every unit that a limit or a person counts in, and which file makes up how
//! much of it.

use crate::host::{Host, Unit};
use crate::template::Expanded;
use crate::tokens::{self, Tokens};
use alloc::string::String;
use alloc::vec::Vec;

/// The size of a prompt.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Stats {
    /// Bytes of UTF-8.
    pub bytes: usize,
    /// Unicode scalar values.
    pub characters: usize,
    /// UTF-16 code units.
    pub utf16: usize,
    /// Words, parted by white space.
    pub words: usize,
    /// Lines; a final line end opens none.
    pub lines: usize,
    /// Estimated tokens.
    pub tokens: Tokens,
    /// The host's limit, where it has one.
    pub limit: Option<Limit>,
    /// Share of each file, in the order of the expansion's files.
    pub sources: Vec<SourceShare>,
}

/// A host's limit on the prompt.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Limit {
    /// The most there may be.
    pub max: usize,
    /// Of what.
    pub unit: Unit,
    /// How much there is.
    pub used: usize,
    /// Whether the host enforces it.
    pub hard: bool,
}

/// How much of a prompt one file makes up.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct SourceShare {
    /// The file.
    pub path: String,
    /// Bytes of the prompt that came from it.
    pub bytes: usize,
    /// Estimated tokens of them.
    pub tokens: usize,
}

/// Measures an expansion for a host.
pub(super) fn measure(expanded: &Expanded, host: &Host) -> Stats {
    let text = expanded.text.as_str();
    let characters = text.chars().count();
    let mut stats = Stats {
        bytes: text.len(),
        characters,
        utf16: characters + text.bytes().filter(|&b| b >= 0xF0).count(),
        words: text.split_whitespace().count(),
        lines: text.lines().count(),
        tokens: tokens::estimate(text),
        limit: None,
        sources: shares(expanded),
    };
    stats.limit = host.body.map(|limit| Limit {
        max: limit.max as usize,
        unit: limit.unit,
        used: match limit.unit {
            Unit::Characters => stats.characters,
            Unit::Bytes => stats.bytes,
            Unit::Lines => stats.lines,
        },
        hard: limit.hard,
    });
    stats
}

fn shares(expanded: &Expanded) -> Vec<SourceShare> {
    let named = |path: &String| SourceShare { path: path.clone(), ..SourceShare::default() };
    let mut shares: Vec<SourceShare> = expanded.files.iter().map(named).collect();
    let mut segments = expanded.segments.iter().peekable();
    while let Some(first) = segments.next() {
        // Neighbours from one file are counted as one text: words reach across their bounds.
        let mut out = first.out;
        while let Some(next) = segments.next_if(|next| next.file == first.file) {
            out.end = next.out.end;
        }
        if let Some(share) = shares.get_mut(first.file as usize) {
            share.bytes += out.len();
            share.tokens += tokens::estimate(out.of(&expanded.text)).estimate;
        }
    }
    shares
}
