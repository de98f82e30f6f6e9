//! Plans an expansion before any text is written: finds the target of each include, missing files
//! and circular includes, and computes the size of the whole. Writes no text.

use super::expanded::{LimitKind, Place, Problem, ProblemKind};
use super::lexer::{Fallback, Fault, Include, Kind};
use super::settings::{MAX_DEPTH, Settings};
use super::source::Source;
use crate::text::Span;
use crate::workspace::{Files, Values};
use alloc::borrow::Cow;
use alloc::collections::BTreeMap;
use alloc::string::String;
use alloc::vec::Vec;
use typed_arena::Arena;

mod limits;
mod resolving;

/// The input of an expansion.
pub(super) struct Plan<'a> {
    pub sources: Vec<Source<'a>>,
    /// The entry first.
    pub units: Vec<Unit>,
    pub problems: Vec<Problem>,
    /// Whether the whole text would become too large, and the parts omitted for that reason.
    pub unexpanded: Unexpanded,
}

/// A file, or the part of it that a fragment names.
pub(super) struct Unit {
    pub source: usize,
    pub range: Span,
    /// Whether it is inserted unread.
    pub raw: bool,
    /// The target of each include in it, by the start of its token, ascending.
    pub targets: Vec<(usize, Target)>,
    state: State,
    totals: limits::Totals,
}

/// The target of an include.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Target {
    Unit(usize),
    /// Optional and not there.
    Absent,
    Missing,
    Refused,
    Cycle,
}

/// The directives left unchanged because the result would become too large.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Unexpanded {
    Nothing,
    Includes,
    /// Variables too.
    All,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum State {
    New,
    Open,
    Done,
}

impl Unit {
    fn new(source: usize, range: Span, raw: bool) -> Self {
        let (targets, totals) = (Vec::new(), limits::Totals::default());
        Self { source, range, raw, targets, state: State::New, totals }
    }

    /// The target of the include whose token starts at `start`.
    pub(super) fn target(&self, start: usize) -> Option<Target> {
        let at = self.targets.binary_search_by_key(&start, |(start, _)| *start).ok()?;
        self.targets.get(at).map(|(_, target)| *target)
    }
}

/// Reads the entry and everything it includes.
pub(super) fn plan<'a>(
    entry: Source<'a>,
    library: Library<'a>,
    values: &'a Values,
    settings: &'a Settings,
) -> Plan<'a> {
    let range = entry.body;
    let mut by_path = BTreeMap::new();
    by_path.insert(alloc::format!("false:{}", entry.path), 0);
    let mut planner = Planner {
        library,
        texts: BTreeMap::new(),
        values,
        settings,
        by_key: BTreeMap::new(),
        by_path,
        all: None,
        sources: alloc::vec![entry],
        units: alloc::vec![Unit::new(0, range, false)],
        problems: Vec::new(),
        path: Vec::new(),
        edges: 0,
        guesses: 20,
        overfull: false,
    };
    planner.faults(0);
    planner.front_matter(0);
    planner.walk();
    limits::judge(planner)
}

/// The surrounding files, and the texts read so far: references to them are returned while more are
/// read.
#[derive(Clone, Copy)]
pub(super) struct Library<'a> {
    pub files: &'a dyn Files,
    pub texts: &'a Arena<Cow<'a, str>>,
}

impl<'a> Library<'a> {
    fn text(self, path: &str) -> Option<&'a str> {
        self.files.text(path).map(|text| &**self.texts.alloc(text))
    }
}

struct Planner<'a> {
    library: Library<'a>,
    /// The requested texts, by path.
    texts: BTreeMap<String, Option<&'a str>>,
    values: &'a Values,
    settings: &'a Settings,
    /// Units by source, range and whether they are raw.
    by_key: BTreeMap<String, usize>,
    /// Sources by path and whether they are data.
    by_path: BTreeMap<String, usize>,
    /// Every path in the workspace, once an include needs them.
    all: Option<Vec<Cow<'a, str>>>,
    sources: Vec<Source<'a>>,
    units: Vec<Unit>,
    problems: Vec<Problem>,
    /// Units on the path from the entry, each with the directive that leads out of it.
    path: Vec<(usize, Place)>,
    edges: usize,
    /// How often "did you mean" is still computed.
    guesses: usize,
    /// Set if there are too many parts to include: the rest is skipped.
    overfull: bool,
}

/// The most includes to examine; beyond that, an expansion exceeds its limits in any case.
const MAX_EDGES: usize = 200_000;

impl<'a> Planner<'a> {
    /// Visits everything reachable, without recursion, because a chain may be long.
    fn walk(&mut self) {
        let mut open: Vec<(usize, usize)> = alloc::vec![(0, 0)];
        self.enter(0);
        while let Some((unit, next)) = open.last_mut() {
            let (unit, at) = (*unit, *next);
            *next += 1;
            let target = self.units.get(unit).and_then(|u| u.targets.get(at)).copied();
            let Some((start, target)) = target else {
                self.leave(unit);
                open.pop();
                self.path.pop();
                continue;
            };
            let Target::Unit(child) = target else { continue };
            let place = self.include_place(unit, start);
            match self.units.get(child).map(|u| u.state) {
                Some(State::New) => {
                    self.path.push((unit, place));
                    self.enter(child);
                    open.push((child, 0));
                }
                Some(State::Open) => {
                    self.cycle(unit, child, place);
                    if let Some(slot) = self.units.get_mut(unit).and_then(|u| u.targets.get_mut(at))
                    {
                        slot.1 = Target::Cycle;
                    }
                }
                _ => {}
            }
        }
    }

    fn include_place(&self, unit: usize, start: usize) -> Place {
        let source = self.units.get(unit).map_or(0, |u| u.source);
        let span = self.include_at(source, start).map_or(Span::at(start), |i| i.directive);
        Place { file: narrow(source), span }
    }

    fn include_at(&self, source: usize, start: usize) -> Option<&Include<'a>> {
        let tokens = &self.sources.get(source)?.lexed.tokens;
        let at = tokens.binary_search_by_key(&start, |token| token.span.start).ok()?;
        match &tokens.get(at)?.kind {
            Kind::Include(include) => Some(include),
            _ => None,
        }
    }

    fn cycle(&mut self, unit: usize, child: usize, place: Place) {
        let source = self.units.get(child).map_or(0, |u| u.source);
        let path = self.sources.get(source).map_or_else(String::new, |s| s.path.clone());
        let from = self.path.iter().position(|(on, _)| *on == child).unwrap_or(self.path.len());
        let mut chain = self.way(from);
        debug_assert!(unit < self.units.len());
        chain.push(place);
        self.problems.push(Problem { at: place, chain, kind: ProblemKind::Cycle { path } });
    }

    fn enter(&mut self, unit: usize) {
        let Some(entered) = self.units.get_mut(unit) else { return };
        entered.state = State::Open;
        let (source, range, raw) = (entered.source, entered.range, entered.raw);
        if raw {
            return;
        }
        let includes: Vec<Include<'a>> = self.sources.get(source).map_or_else(Vec::new, |source| {
            source
                .tokens_in(range)
                .filter_map(|token| match &token.kind {
                    Kind::Include(include) => Some((**include).clone()),
                    _ => None,
                })
                .collect()
        });
        for include in includes {
            self.edges += 1;
            let target = match self.edges {
                0..=MAX_EDGES => self.resolve(source, &include),
                _ => Target::Refused,
            };
            if let Some(entered) = self.units.get_mut(unit) {
                entered.targets.push((include.directive.start, target));
            }
        }
    }

    fn faults(&mut self, source: usize) {
        let Some(read) = self.sources.get(source) else { return };
        let max = self.settings.limits.directive as u64;
        let faults: Vec<(Span, ProblemKind)> = read
            .lexed
            .faults
            .iter()
            .map(|(span, fault)| {
                let kind = match fault {
                    Fault::Unknown(meant) => ProblemKind::UnknownDirective(meant.clone()),
                    Fault::UnknownOption(nearest) => ProblemKind::UnknownOption(nearest.clone()),
                    Fault::Unclosed => ProblemKind::Unclosed,
                    Fault::InCode => ProblemKind::InCode,
                    Fault::TooLong(length) => ProblemKind::Limit {
                        limit: LimitKind::Directive,
                        value: *length as u64,
                        max,
                    },
                };
                (*span, kind)
            })
            .collect();
        for (span, kind) in faults {
            self.problem(Place { file: narrow(source), span }, kind);
        }
    }

    fn front_matter(&mut self, source: usize) {
        if let Some(kept) = self.sources.get(source).and_then(|source| source.kept) {
            let at = Place { file: narrow(source), span: kept.opener };
            self.problem(at, ProblemKind::KeptFrontMatter { unclosed: kept.unclosed });
        }
        let role = self.sources.get(source).and_then(|source| source.role.as_ref());
        let Some(front_matter) = role.and_then(|role| role.front_matter.as_ref()) else { return };
        let (span, length, max) =
            (front_matter.span, front_matter.content.len(), self.settings.limits.front_matter);
        if length > max {
            let at = Place { file: narrow(source), span: Span::new(span.start, span.start + 3) };
            self.over(at, LimitKind::FrontMatter, length, max);
        }
    }

    fn refuse(&mut self, at: Place, kind: ProblemKind) -> Target {
        self.problem(at, kind);
        Target::Refused
    }

    fn over(&mut self, at: Place, limit: LimitKind, value: usize, max: usize) {
        let (value, max) = (value as u64, max as u64);
        self.problem(at, ProblemKind::Limit { limit, value, max });
    }

    fn problem(&mut self, at: Place, kind: ProblemKind) {
        let chain = self.way(0);
        self.problems.push(Problem { at, chain, kind });
    }

    /// The directives on the current path, starting with the `from`th. Returns at most as many as
    /// may be nested, and only one after a thousand problems, because nobody follows more.
    fn way(&self, from: usize) -> Vec<Place> {
        let most = if self.problems.len() < 1_000 { MAX_DEPTH } else { 1 };
        let way = self.path.get(from..).unwrap_or(&[]).iter();
        way.take(most).map(|(_, place)| *place).collect()
    }

    /// The most bytes that can replace a variable.
    fn bound(&self, name: &str, fallback: Fallback<'_>, written: usize) -> usize {
        let declared = self.sources.iter().filter_map(|source| source.declared.get(name));
        let default = declared.filter_map(|d| d.default.as_ref()).map(String::len).max();
        let inline = match fallback {
            Fallback::Default(text) => text.len(),
            _ => 0,
        };
        let given = self.values.get(name).map_or(0, str::len);
        given.max(default.unwrap_or(0)).max(inline).max(written)
    }
}

/// An index as a segment stores it.
pub(super) fn narrow(index: usize) -> u32 {
    u32::try_from(index).unwrap_or(u32::MAX)
}
