//! Calculates the size of an expansion from the graph of includes, before any text is written.

use super::super::expanded::{LimitKind, Place, Problem, ProblemKind};
use super::super::lexer::Kind;
use super::super::source::Source;
use super::{Plan, Planner, State, Target, Unexpanded};
use crate::text::Span;
use alloc::vec::Vec;

/// The size of a unit with everything below it. Each number is an upper bound.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Totals {
    expansions: u64,
    bytes: u64,
    lines: u64,
    headings: u64,
    /// The longest run of backticks or tildes: a fence around it, and the line that closes a code block
    /// in it, are hardly longer.
    ticks: u64,
    /// Includes inside includes.
    height: usize,
    /// Bytes of sources to scan.
    read: u64,
    /// The target that contributes most to the size, and the target with the deepest includes.
    heaviest: Option<(usize, usize)>,
    deepest: Option<(usize, usize)>,
    /// Bytes without includes: its own text and the values in it.
    own: u64,
}

/// Blank lines around an include, its last line ending, and the line ending of a code block that it
/// leaves open.
const AROUND_INCLUDE: u64 = 5;

/// Lines of a fence and of delimiters, and lines that close a code block and a comment.
const DRESS_LINES: u64 = 6;

/// A fence or delimiters, without the path that they contain twice.
const DRESS: u64 = 64;

/// The `#` characters that move one heading.
const MOVE: u64 = 7;

/// The most bytes to scan, as a multiple of the output limit; without this bound, a large file of
/// comments could be read a thousand times for nothing.
const READING: u64 = 32;

impl Planner<'_> {
    /// Adds up a unit whose targets have been added up already.
    pub(super) fn leave(&mut self, unit: usize) {
        let totals = self.totals(unit);
        if let Some(left) = self.units.get_mut(unit) {
            left.state = State::Done;
            left.totals = totals;
        }
    }

    fn totals(&self, unit: usize) -> Totals {
        let Some(unit) = self.units.get(unit) else { return Totals::default() };
        let Some(source) = self.sources.get(unit.source) else { return Totals::default() };
        let text = unit.range.of(source.text);
        let lines = memchr::memchr2_iter(b'\n', b'\r', text.as_bytes()).count() as u64 + 1;
        let headings = source.headings_in(unit.range) as u64;
        let (length, ticks) = (text.len() as u64, ticks(text));
        let mut totals =
            Totals { own: length, lines, headings, ticks, read: length, ..Totals::default() };
        if !unit.raw {
            for token in source.tokens_in(unit.range) {
                let length = token.span.len();
                totals.own = totals.own.saturating_sub(length as u64);
                totals.own += match &token.kind {
                    Kind::Variable(v) => {
                        (self.bound(v.name, v.fallback, length) + v.backslashes) as u64
                    }
                    _ => 0,
                };
            }
        }
        totals.bytes = totals.own;
        let mut most = 0;
        for (start, target) in &unit.targets {
            let Target::Unit(child) = *target else {
                // A directive without a target stays unchanged.
                totals.bytes = totals.bytes.saturating_add(64);
                continue;
            };
            let Some(below) = self.units.get(child).map(|child| child.totals) else { continue };
            let lines = below.lines.saturating_add(DRESS_LINES);
            let bytes = below
                .bytes
                .saturating_add(lines.saturating_mul(indent(source, *start)))
                .saturating_add(below.headings.saturating_mul(MOVE))
                .saturating_add(AROUND_INCLUDE + below.ticks)
                .saturating_add(self.dress(unit.source, *start, child));
            totals.ticks = totals.ticks.max(below.ticks);
            totals.headings = totals.headings.saturating_add(below.headings);
            totals.expansions =
                totals.expansions.saturating_add(below.expansions).saturating_add(1);
            totals.bytes = totals.bytes.saturating_add(bytes);
            totals.lines = totals.lines.saturating_add(below.lines).saturating_add(4);
            totals.read = totals.read.saturating_add(below.read);
            if bytes >= most {
                most = bytes;
                totals.heaviest = Some((child, *start));
            }
            if below.height + 1 > totals.height {
                totals.height = below.height + 1;
                totals.deepest = Some((child, *start));
            }
        }
        totals
    }

    /// The most bytes that a fence or delimiters add around an include.
    fn dress(&self, source: usize, start: usize, child: usize) -> u64 {
        let Some(unit) = self.units.get(child) else { return 0 };
        let Some(included) = self.sources.get(unit.source) else { return 0 };
        let asked = self
            .include_at(source, start)
            .is_some_and(|i| i.selection.fence.is_some() || i.selection.wrap.is_some());
        match asked || included.is_data() {
            true => DRESS + 2 * (written(&included.path) + unit.totals.ticks),
            false => 0,
        }
    }

    /// The directives on the way down from the entry; `next` chooses the path.
    fn way_down(&self, next: impl Fn(&Totals) -> Option<(usize, usize)>) -> Vec<Place> {
        let mut chain = Vec::new();
        let mut unit = 0;
        while let Some((child, start)) = self.units.get(unit).and_then(|u| next(&u.totals)) {
            chain.push(self.include_place(unit, start));
            unit = child;
            if chain.len() > 64 {
                break;
            }
        }
        chain
    }
}

/// The most spaces that each line of an include can get: the spaces before it, or before its list
/// marker.
fn indent(source: &Source<'_>, start: usize) -> u64 {
    let line = Span::new(source.line(start).start, start).of(source.text);
    let own = line.len() - line.trim_end_matches([' ', '\t']).len();
    let alone = own == line.len();
    // A list marker has at most 64 bytes with its indentation; with other text before it, the
    // indentation is empty.
    if alone { own as u64 } else { line.len().min(64) as u64 }
}

/// The length of a path in a delimiter, where some characters are escaped.
fn written(path: &str) -> u64 {
    path.bytes().map(|b| if matches!(b, b'&' | b'"' | b'>') { 6 } else { 1 }).sum()
}

/// The longest run of backticks or tildes in a text.
fn ticks(text: &str) -> u64 {
    let (mut longest, mut run, mut next) = (0, 0, 0);
    for at in memchr::memchr2_iter(b'`', b'~', text.as_bytes()) {
        run = if at == next { run + 1 } else { 1 };
        next = at + 1;
        longest = longest.max(run);
    }
    longest
}

/// Ends the planning: reports directives that exceed a limit and leaves them unexpanded.
pub(super) fn judge(mut planner: Planner<'_>) -> Plan<'_> {
    let limits = planner.settings.limits;
    let entry = planner.units.first().map(|unit| unit.totals).unwrap_or_default();
    let heaviest = |planner: &Planner<'_>| planner.way_down(|totals| totals.heaviest);
    let mut unexpanded = Unexpanded::Nothing;
    if entry.height > limits.depth {
        let chain = planner.way_down(|totals| totals.deepest);
        report(&mut planner, LimitKind::Depth, entry.height as u64, limits.depth as u64, chain);
    }
    let output = limits.output as u64;
    let overfull = planner.overfull || planner.edges > super::MAX_EDGES;
    if entry.expansions > limits.expansions as u64 || overfull {
        let count = entry.expansions.max(limits.expansions as u64 + 1);
        let chain = heaviest(&planner);
        report(&mut planner, LimitKind::Expansions, count, limits.expansions as u64, chain);
        unexpanded = Unexpanded::Includes;
    } else if entry.bytes > output || entry.read > output.saturating_mul(READING) {
        let chain = heaviest(&planner);
        report(&mut planner, LimitKind::Output, entry.bytes.max(entry.read), output, chain);
        unexpanded = Unexpanded::Includes;
    }
    if entry.own > output {
        if unexpanded == Unexpanded::Nothing {
            report(&mut planner, LimitKind::Output, entry.own, output, Vec::new());
        }
        unexpanded = Unexpanded::All;
    }
    let Planner { sources, units, problems, .. } = planner;
    Plan { sources, units, problems, unexpanded }
}

fn report(planner: &mut Planner<'_>, limit: LimitKind, value: u64, max: u64, chain: Vec<Place>) {
    let start = planner.sources.first().map_or(0, |entry| {
        entry.lexed.tokens.first().map_or(entry.body.start, |token| token.span.start)
    });
    let first = planner.sources.first().and_then(|entry| entry.lexed.tokens.first());
    let own = Place { file: 0, span: first.map_or(Span::at(start), |token| token.span) };
    let at = chain.first().copied().unwrap_or(own);
    let kind = ProblemKind::Limit { limit, value, max };
    planner.problems.push(Problem { at, chain, kind });
}
