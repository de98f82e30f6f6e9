//! The result of an expansion: the text, the source of every byte of it, and the problems found.

use crate::text::Span;
use alloc::string::String;
use alloc::vec::Vec;

mod problem;

pub use problem::{LimitKind, Problem, ProblemKind};

/// A role with its includes and variables filled in.
#[derive(Clone, Debug, Default)]
#[non_exhaustive]
pub struct Expanded {
    /// The text that the model sees.
    pub text: String,
    /// Cover `text` exactly once, in order.
    pub segments: Vec<Segment>,
    /// Paths of the files used; the entry first.
    pub files: Vec<String>,
    /// Include chains, indexed by the segments; the first is the chain of the entry itself.
    pub chains: Vec<Chain>,
    /// The problems of the template, in the order in which they were found.
    pub problems: Vec<Problem>,
    /// The variables in the order of their first use, followed by unused variables.
    pub variables: Vec<VariableUse>,
    /// The include tree in depth-first order; the entry itself is the first node.
    pub includes: Vec<IncludeNode>,
}

/// A piece of the text and its source.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Segment {
    /// Place in the text.
    pub out: Span,
    /// Index into [`Expanded::files`].
    pub file: u32,
    /// The place in that file. A literal piece has the same length as its source, except for
    /// two-byte line endings; inserted text has the place of the directive that caused it.
    pub source: Span,
    /// The kind of piece.
    pub kind: SegmentKind,
    /// Index into [`Expanded::chains`].
    pub chain: u32,
}

/// The kind of a piece of the text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SegmentKind {
    /// Copied from a file.
    Literal,
    /// The value of a variable.
    Variable,
    /// A directive that could not be filled in, kept unchanged.
    Unfilled,
    /// The `#` characters that move a heading.
    Shift,
    /// Spaces that indent an included block.
    Indent,
    /// Inserted blank lines and line endings.
    Blank,
    /// The fence around an included file.
    Fence,
    /// The wrapping around included data.
    Wrap,
}

impl SegmentKind {
    /// The name used in exports.
    ///
    /// ```
    /// use rolewright_core::template::SegmentKind;
    ///
    /// assert_eq!(SegmentKind::Variable.name(), "variable");
    /// ```
    pub const fn name(self) -> &'static str {
        match self {
            SegmentKind::Literal => "literal",
            SegmentKind::Variable => "variable",
            SegmentKind::Unfilled => "unfilled",
            SegmentKind::Shift => "shift",
            SegmentKind::Indent => "indent",
            SegmentKind::Blank => "blank",
            SegmentKind::Fence => "fence",
            SegmentKind::Wrap => "wrap",
        }
    }
}

/// One step of an include chain: the parent chain, and the directive that extends it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Chain {
    /// Index of the including chain; the first chain is its own parent.
    pub parent: u32,
    /// The directive; an empty one for the first chain.
    pub at: Place,
}

/// A range of a file.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub struct Place {
    /// Index into [`Expanded::files`].
    pub file: u32,
    /// Bytes of that file.
    pub span: Span,
}

/// A variable of a template.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct VariableUse {
    /// Its name.
    pub name: String,
    /// The places of its uses.
    pub uses: Vec<Place>,
    /// The place of its declaration.
    pub declared: Option<Place>,
    /// Its declared default, or else the first default in a use.
    pub default: Option<String>,
    /// The description in the declaration.
    pub description: Option<String>,
    /// Whether a value was given.
    pub given: bool,
    /// Whether it is left for the host to fill in.
    pub runtime: bool,
    /// Uses without a value, except uses in files that the agent is supposed to fill in.
    pub unset: Vec<Place>,
    /// The message that a use specifies for a missing value (`{{NAME:?message}}`).
    pub message: Option<String>,
}

/// An include of the tree.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct IncludeNode {
    /// The file, or the path as written if it has no target.
    pub path: String,
    /// Depth in the tree; the entry is 0.
    pub depth: usize,
    /// The directive; `None` for the entry.
    pub from: Option<Place>,
    /// The outcome.
    pub state: IncludeState,
    /// Its include chain, by index; `None` if it contributed nothing.
    pub chain: Option<u32>,
    /// Bytes of the text that come from it and everything below it.
    pub bytes: usize,
}

/// The outcome of an include.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum IncludeState {
    /// Its text is in the prompt.
    Included,
    /// Optional and absent, or limited to one inclusion and already included.
    Absent,
    /// The file, or the requested part of it, is missing.
    Missing,
    /// It includes itself.
    Cycle,
    /// Its path or its size is rejected.
    Refused,
}

impl Expanded {
    /// The source of the byte at `offset` of the text: its piece, and the place in the file.
    ///
    /// ```
    /// use rolewright_core::{Input, Options, template};
    ///
    /// let text = "Be {{HOW:-brief}}.\n";
    /// let expanded = template::expand(&Input::new(text), &Options::new());
    /// let (segment, at) = expanded.origin(expanded.text.find("brief").unwrap()).unwrap();
    /// assert_eq!((segment.source.of(text), at), ("{{HOW:-brief}}", 3));
    /// ```
    pub fn origin(&self, offset: usize) -> Option<(&Segment, usize)> {
        let at = self.segments.partition_point(|segment| segment.out.end <= offset);
        let segment = self.segments.get(at)?;
        Some((segment, segment.source_of(offset)))
    }

    /// The directives that led to a chain, outermost first.
    ///
    /// ```
    /// use rolewright_core::{Input, Options, template};
    /// use std::collections::BTreeMap;
    ///
    /// let files = BTreeMap::from([("tone.md".to_string(), "Be brief.\n".to_string())]);
    /// let text = "{{include:tone.md}}\n";
    /// let expanded = template::expand(&Input::new(text).with_files(&files), &Options::new());
    /// let hops = expanded.hops(expanded.segments[0].chain);
    /// assert_eq!(hops[0].span.of(text), "{{include:tone.md}}");
    /// ```
    pub fn hops(&self, chain: u32) -> Vec<Place> {
        let mut hops = Vec::new();
        let mut at = chain;
        while at != 0 {
            let Some(step) = self.chains.get(at as usize) else { break };
            hops.push(step.at);
            at = step.parent;
        }
        hops.reverse();
        hops
    }

    /// Finds the places of source ranges in the text; building it takes one sort.
    ///
    /// ```
    /// use rolewright_core::{Input, Options, Span, template};
    ///
    /// let expanded = template::expand(&Input::new("{{A:-Say}} no.\n"), &Options::new());
    /// let places = expanded.destinations().of(0, Span::new(0, 10));
    /// assert_eq!(places[0].of(&expanded.text), "Say");
    /// ```
    pub fn destinations(&self) -> Destinations<'_> {
        let mut order: Vec<u32> =
            (0..u32::try_from(self.segments.len()).unwrap_or(u32::MAX)).collect();
        let key = |at: &u32| {
            self.segments.get(*at as usize).map(|s| (s.file, s.source.start, s.out.start))
        };
        order.sort_by_key(key);
        let mut reach = Vec::with_capacity(order.len());
        let mut last = (0, 0);
        for segment in order.iter().filter_map(|at| self.segments.get(*at as usize)) {
            let furthest = if segment.file == last.0 { last.1 } else { 0 };
            last = (segment.file, segment.source.end.max(furthest));
            reach.push(last);
        }
        Destinations { expanded: self, order, reach }
    }
}

impl Segment {
    /// The offset in the file that an offset of the text comes from; for inserted pieces, the start
    /// of the directive.
    pub(crate) fn source_of(&self, offset: usize) -> usize {
        match self.kind {
            SegmentKind::Literal => {
                let within = offset.saturating_sub(self.out.start);
                (self.source.start + within).min(self.source.end)
            }
            _ => self.source.start,
        }
    }
}

/// Finds the places in the text of a source range.
pub struct Destinations<'e> {
    expanded: &'e Expanded,
    /// Segments by file and source.
    order: Vec<u32>,
    /// For each of `order`, its file and the furthest source end so far in that file.
    reach: Vec<(u32, usize)>,
}

impl Destinations<'_> {
    /// Every place of the range in the text, ascending. An empty range counts as the byte after it.
    ///
    /// ```
    /// use rolewright_core::{Input, Options, Span, template};
    /// use std::collections::BTreeMap;
    ///
    /// let files = BTreeMap::from([("tone.md".to_string(), "Be brief.\n".to_string())]);
    /// let twice = Input::new("{{include:tone.md}}\n\n{{include:tone.md}}\n").with_files(&files);
    /// let expanded = template::expand(&twice, &Options::new());
    /// let file = expanded.files.iter().position(|path| path == "tone.md").unwrap() as u32;
    /// let places = expanded.destinations().of(file, Span::new(3, 8));
    /// assert_eq!(places, [Span::new(3, 8), Span::new(14, 19)]);
    /// ```
    pub fn of(&self, file: u32, source: Span) -> Vec<Span> {
        let end = source.end.max(source.start + 1);
        let first = self.reach.partition_point(|&(f, reach)| (f, reach) <= (file, source.start));
        let mut found: Vec<Span> = self
            .order
            .get(first..)
            .unwrap_or(&[])
            .iter()
            .filter_map(|at| self.expanded.segments.get(*at as usize))
            .take_while(|s| s.file == file && s.source.start < end)
            .filter(|s| s.source.end > source.start)
            .map(|s| narrowed(s, source.start, end))
            .collect();
        found.sort_unstable();
        found.dedup_by(|next, last| {
            let touching = last.end == next.start;
            if touching {
                last.end = next.end;
            }
            touching
        });
        found
    }
}

/// The part of a literal piece that a source range covers; other pieces are covered whole.
fn narrowed(segment: &Segment, start: usize, end: usize) -> Span {
    if segment.kind != SegmentKind::Literal {
        return segment.out;
    }
    let from = start.saturating_sub(segment.source.start);
    let cut = segment.source.end.saturating_sub(end);
    let to =
        if cut == 0 { segment.out.end } else { segment.out.start + (end - segment.source.start) };
    Span::new((segment.out.start + from).min(segment.out.end), to.min(segment.out.end))
}
