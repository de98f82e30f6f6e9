//! Measures a prompt in every unit that a limit or a person counts in, and the share of each file.

use crate::host::{Host, Unit};
use crate::markdown::Reader;
use crate::template::Expanded;
use crate::text::Span;
use crate::tokens::{self, Tokens};
use alloc::string::String;
use alloc::vec::Vec;

/// The size of a prompt.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct Stats {
    /// Bytes of UTF-8.
    pub bytes: usize,
    /// Unicode scalar values.
    pub characters: usize,
    /// UTF-16 code units.
    pub utf16: usize,
    /// Words, separated by whitespace.
    pub words: usize,
    /// Lines; a final line ending opens none.
    pub lines: usize,
    /// Estimated tokens.
    pub tokens: Tokens,
    /// The host's limit, if it has one.
    pub limit: Option<Limit>,
    /// Share of each file, in the order of the expansion's files; their tokens add up to the estimate.
    pub sources: Vec<SourceShare>,
    /// Estimated tokens of each include with all below it, in the order of the include tree.
    pub includes: Vec<usize>,
    /// Share of each section of the prompt, in order; their tokens add up to the estimate.
    pub sections: Vec<SectionShare>,
}

/// A host's limit on the prompt.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Limit {
    /// The maximum.
    pub max: usize,
    /// The unit it is counted in.
    pub unit: Unit,
    /// The actual amount.
    pub used: usize,
    /// Whether the host enforces it.
    pub hard: bool,
}

/// How much of a prompt one file makes up.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct SourceShare {
    /// The file.
    pub path: String,
    /// Bytes of the prompt that came from it.
    pub bytes: usize,
    /// Estimated tokens of them.
    pub tokens: usize,
}

/// The size of one section of a prompt: from its heading to the next heading of any level.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct SectionShare {
    /// The heading's text; empty for the part before the first heading.
    pub title: String,
    /// The heading's level; 0 for the part before the first heading.
    pub level: u8,
    /// The section, in bytes of the prompt.
    pub span: Span,
    /// The section's estimated tokens.
    pub tokens: usize,
}

/// Measures an expansion for a host. `markdown` reads the prompt.
pub(super) fn measure(expanded: &Expanded, host: &Host, markdown: Reader) -> Stats {
    let text = expanded.text.as_str();
    let characters = text.chars().count();
    let headings = headings(text, markdown);
    let starts = headings.iter().map(|(start, ..)| *start);
    let ends = expanded.segments.iter().map(|segment| segment.out.end);
    let counted = Counted::at(text, starts.chain(ends));
    let tokens = of_segments(expanded, &counted);
    let mut stats = Stats {
        bytes: text.len(),
        characters,
        utf16: characters + text.bytes().filter(|&b| b >= 0xF0).count(),
        words: text.split_whitespace().count(),
        lines: text.lines().count(),
        tokens: tokens::estimate(text),
        limit: None,
        sources: shares(expanded, &tokens),
        includes: of_includes(expanded, &tokens),
        sections: sections(&headings, text, &counted),
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

/// The tokens before some places of a text and before its end, counted in one pass.
struct Counted {
    places: Vec<usize>,
    before: Vec<usize>,
}

impl Counted {
    fn at(text: &str, places: impl Iterator<Item = usize>) -> Self {
        let mut places: Vec<usize> = places.chain([0, text.len()]).collect();
        places.sort_unstable();
        let before = tokens::before(text, places.iter().copied());
        Self { places, before }
    }

    /// The tokens between two of the places.
    fn between(&self, start: usize, end: usize) -> usize {
        let before = |place: usize| {
            let at = self.places.partition_point(|counted| *counted < place);
            self.before.get(at).copied().unwrap_or(0)
        };
        // A caller's own reader may describe headings in any order.
        before(end).saturating_sub(before(start))
    }
}

/// The tokens of each segment; their sum is the estimate of the whole.
fn of_segments(expanded: &Expanded, counted: &Counted) -> Vec<usize> {
    let spans = expanded.segments.iter().map(|segment| segment.out);
    spans.map(|span| counted.between(span.start, span.end)).collect()
}

fn shares(expanded: &Expanded, tokens: &[usize]) -> Vec<SourceShare> {
    let named = |path: &String| SourceShare { path: path.clone(), ..SourceShare::default() };
    let mut shares: Vec<SourceShare> = expanded.files.iter().map(named).collect();
    for (segment, tokens) in expanded.segments.iter().zip(tokens) {
        if let Some(share) = shares.get_mut(segment.file as usize) {
            share.bytes += segment.out.len();
            share.tokens += tokens;
        }
    }
    shares
}

/// The tokens of each include with everything below it: the sum over its chain's own segments and
/// all descendant chains, which come after it.
fn of_includes(expanded: &Expanded, tokens: &[usize]) -> Vec<usize> {
    let mut sums = alloc::vec![0; expanded.chains.len()];
    for (segment, tokens) in expanded.segments.iter().zip(tokens) {
        if let Some(sum) = sums.get_mut(segment.chain as usize) {
            *sum += tokens;
        }
    }
    for (at, chain) in expanded.chains.iter().enumerate().skip(1).rev() {
        let own = sums.get(at).copied().unwrap_or(0);
        if let Some(parent) = sums.get_mut(chain.parent as usize) {
            *parent += own;
        }
    }
    let of = |chain: u32| sums.get(chain as usize).copied();
    expanded.includes.iter().map(|node| node.chain.and_then(of).unwrap_or(0)).collect()
}

/// The start, level and title of each section of a prompt. The part before the first heading has no
/// title.
fn headings(prompt: &str, markdown: Reader) -> Vec<(usize, u8, &str)> {
    let outline = markdown(prompt, Span::new(0, prompt.len()));
    let mut starts: Vec<(usize, u8, &str)> = outline
        .headings
        .iter()
        .map(|heading| (heading.span.start, heading.level, heading.text.of(prompt).trim()))
        .collect();
    if starts.first().is_none_or(|(start, ..)| *start > 0) && !prompt.is_empty() {
        starts.insert(0, (0, 0, ""));
    }
    starts
}

/// The sections of a prompt, each from its heading to the next.
fn sections(headings: &[(usize, u8, &str)], prompt: &str, counted: &Counted) -> Vec<SectionShare> {
    let ends = headings.iter().skip(1).map(|(start, ..)| *start).chain([prompt.len()]);
    let share = |(&(start, level, title), end)| SectionShare {
        title: String::from(title),
        level,
        span: Span::new(start, end),
        tokens: counted.between(start, end),
    };
    headings.iter().zip(ends).map(share).collect()
}
