//! Writes the expanded text: walks through the planned includes, fills in variables, and records the
//! source of every byte.

use super::expanded::{Chain, IncludeNode, IncludeState, Place, Problem, ProblemKind, SegmentKind};
use super::lexer::{Include, Kind, Token};
use super::output::{MarkKind, Origin, Output};
use super::plan::{Plan, Target, Unexpanded, narrow};
use super::settings::Settings;
use super::source::Source;
use crate::options::Spacing;
use crate::text::Span;
use crate::workspace::Values;
use alloc::borrow::ToOwned;
use alloc::collections::BTreeSet;
use alloc::string::String;
use alloc::vec::Vec;

mod filling;
mod form;
mod orphans;
mod placement;
mod placing;
mod wrapping;

use filling::Uses;
use placement::Placement;

/// An expansion in progress.
pub(super) struct Walker<'p, 'a> {
    plan: &'p Plan<'a>,
    settings: &'p Settings,
    values: &'p Values,
    pub chains: Vec<Chain>,
    pub includes: Vec<IncludeNode>,
    pub problems: Vec<Problem>,
    pub uses: Uses,
    /// Problems reported so far, so that a file included twice has them only once.
    noted: BTreeSet<String>,
    /// Units that are already in the text, for `|once`.
    seen: Vec<bool>,
    /// Sources on the path from the entry, and the directives between them.
    way: Vec<usize>,
    hops: Vec<Place>,
    /// The number of files on that path that are output templates.
    templates: usize,
    judged: Vec<Option<Option<usize>>>,
}

/// A unit in progress.
struct Unit<'p, 'a> {
    source: &'p Source<'a>,
    index: usize,
    file: u32,
    range: Span,
    chain: u32,
    /// How far the source is copied.
    at: usize,
    /// The next of the source's heading marks.
    mark: usize,
    /// Set after a block: the next text must come after a blank line.
    pending: Option<Origin>,
    /// Lines that an absent include took with it.
    dropped: Vec<Span>,
    out: Output,
}

impl<'p, 'a> Walker<'p, 'a> {
    pub(super) fn new(plan: &'p Plan<'a>, settings: &'p Settings, values: &'p Values) -> Self {
        Self {
            plan,
            settings,
            values,
            chains: alloc::vec![Chain { parent: 0, at: Place::default() }],
            includes: Vec::new(),
            problems: Vec::new(),
            uses: Uses::new(&plan.sources),
            noted: BTreeSet::new(),
            seen: alloc::vec![false; plan.units.len()],
            way: Vec::new(),
            hops: Vec::new(),
            templates: 0,
            judged: alloc::vec![None; plan.units.len()],
        }
    }

    /// Expands the entry.
    pub(super) fn run(&mut self) -> Output {
        let path = self.plan.sources.first().map_or_else(Default::default, |s| s.path.clone());
        let state = IncludeState::Included;
        self.includes.push(IncludeNode {
            path,
            depth: 0,
            from: None,
            state,
            chain: Some(0),
            bytes: 0,
        });
        self.judge_entry();
        self.way.push(0);
        self.unit(0, 0)
    }

    /// Expands one unit. The plan and the depth limit how deep the recursion goes.
    fn unit(&mut self, index: usize, chain: u32) -> Output {
        let plan = self.plan;
        let Some(planned) = plan.units.get(index) else { return Output::default() };
        let Some(source) = plan.sources.get(planned.source) else { return Output::default() };
        if let Some(seen) = self.seen.get_mut(index) {
            *seen = true;
        }
        let range = planned.range;
        let mark = source.marks().partition_point(|(at, _)| *at < range.start);
        let mut unit = Unit {
            source,
            index,
            file: narrow(planned.source),
            range,
            chain,
            at: range.start,
            mark,
            pending: None,
            dropped: Vec::new(),
            out: Output::default(),
        };
        if !planned.raw {
            for token in source.tokens_in(range) {
                if token.span.start >= unit.at {
                    self.token(&mut unit, token);
                }
            }
        }
        unit.copy_to(range.end);
        for (span, heading) in orphans::find(source, range, &unit.dropped) {
            let at = Place { file: unit.file, span };
            self.problem(at, ProblemKind::OrphanedLeadIn { heading });
        }
        unit.out
    }

    fn token(&mut self, unit: &mut Unit<'p, 'a>, token: &'p Token<'a>) {
        match &token.kind {
            Kind::Drop { line } => {
                let alone = if *line { unit.alone(token.span) } else { None };
                match alone {
                    Some(line) => {
                        self.remove_line(unit, line);
                    }
                    None => unit.skip(token.span),
                }
            }
            Kind::Variable(variable) => self.variable(unit, token.span, variable),
            Kind::Include(include) => self.include(unit, token.span, include),
        }
    }

    fn include(&mut self, unit: &mut Unit<'p, 'a>, span: Span, include: &'p Include<'a>) {
        let target = self.plan.units.get(unit.index).and_then(|u| u.target(span.start));
        let held = self.plan.unexpanded != Unexpanded::Nothing;
        let deep = self.hops.len() >= self.settings.limits.depth;
        let place = Place { file: unit.file, span: include.directive };
        match target {
            Some(Target::Unit(_)) if held || deep => {
                self.keep(unit, span, include, IncludeState::Refused);
            }
            Some(Target::Unit(child))
                if include.selection.once && self.seen.get(child) == Some(&true) =>
            {
                self.absent(unit, span, include);
            }
            Some(Target::Unit(child)) => self.insert(unit, span, include, child, place),
            Some(Target::Absent) => {
                if let Some(line) = self.absent(unit, span, include) {
                    unit.dropped.push(line);
                }
            }
            Some(Target::Missing) => self.keep(unit, span, include, IncludeState::Missing),
            Some(Target::Cycle) => self.keep(unit, span, include, IncludeState::Cycle),
            Some(Target::Refused) | None => self.keep(unit, span, include, IncludeState::Refused),
        }
    }

    fn node(&mut self, unit: &Unit<'p, 'a>, include: &Include<'a>, state: IncludeState) {
        self.includes.push(IncludeNode {
            path: include.path.to_owned(),
            depth: self.hops.len() + 1,
            from: Some(Place { file: unit.file, span: include.directive }),
            state,
            chain: None,
            bytes: 0,
        });
    }

    /// Leaves a directive in the text unchanged.
    fn keep(
        &mut self,
        unit: &mut Unit<'p, 'a>,
        span: Span,
        include: &Include<'a>,
        state: IncludeState,
    ) {
        self.node(unit, include, state);
        unit.put_as_written(span);
    }

    /// Removes an include that yields nothing, and returns the line that was removed with it.
    fn absent(
        &mut self,
        unit: &mut Unit<'p, 'a>,
        span: Span,
        include: &Include<'a>,
    ) -> Option<Span> {
        self.node(unit, include, IncludeState::Absent);
        match placement::placement(unit.source, unit.range, span, include) {
            Placement::Block { line, .. } | Placement::Item { line, .. } => {
                self.remove_line(unit, line);
                Some(line)
            }
            Placement::Inline => {
                unit.skip(placement::with_separator(unit.source, span));
                None
            }
        }
    }

    /// Removes a whole line, and one of two blank lines that would become adjacent.
    fn remove_line(&mut self, unit: &mut Unit<'p, 'a>, line: Span) {
        unit.copy_to(line.start);
        unit.jump(line.end);
        let next = unit.source.line(line.end);
        let next_blank = next.start == line.end
            && next.end <= unit.range.end
            && !next.is_empty()
            && next.of(unit.source.text).trim().is_empty();
        let above = unit.out.text.as_str();
        let above_blank = above.is_empty() || above.ends_with("\n\n") || unit.pending.is_some();
        if self.settings.spacing == Spacing::Paragraphs && next_blank && above_blank {
            unit.jump(next.end);
        }
    }

    fn problem(&mut self, at: Place, kind: ProblemKind) {
        let sort = match &kind {
            ProblemKind::OrphanedLeadIn { .. } => 0,
            ProblemKind::ClampedHeading { .. } => 1,
            ProblemKind::OutputTemplate { .. } => 2,
            ProblemKind::MultilineInline { .. } => 3,
            ProblemKind::OpenCodeBlock { .. } => 4,
            _ => 5,
        };
        let key = alloc::format!("{}:{}:{}:{sort}", at.file, at.span.start, at.span.end);
        if self.noted.insert(key) {
            self.problems.push(Problem { at, chain: self.hops.clone(), kind });
        }
    }
}

impl<'p, 'a> Unit<'p, 'a> {
    fn origin(&self, span: Span) -> Origin {
        Origin { place: Place { file: self.file, span }, chain: self.chain }
    }

    /// Copies the source up to `end`; does nothing if that part has been copied already.
    fn copy_to(&mut self, end: usize) {
        if end <= self.at {
            return;
        }
        self.flow();
        let source = self.source;
        while let Some((at, kind)) = source.marks().get(self.mark).filter(|(at, _)| *at < end) {
            self.out.copy(source, self.file, Span::new(self.at, *at), self.chain);
            self.out.mark(*kind);
            self.at = *at;
            self.mark += 1;
        }
        self.out.copy(source, self.file, Span::new(self.at, end), self.chain);
        self.at = end;
    }

    /// Copies up to `span` and continues after it.
    fn skip(&mut self, span: Span) {
        self.copy_to(span.start);
        self.marks_to(span.end);
        self.at = span.end;
    }

    /// Continues at `to`, skipping headings in between.
    fn jump(&mut self, to: usize) {
        self.at = to;
        self.mark = self.source.marks().partition_point(|(at, _)| *at < to);
    }

    /// Notes headings that begin with a directive.
    fn marks_to(&mut self, end: usize) {
        while let Some((_, kind)) = self.source.marks().get(self.mark).filter(|(at, _)| *at < end) {
            // A line ending inside a directive is removed with it.
            if matches!(kind, MarkKind::Atx(_) | MarkKind::Setext(_)) {
                self.out.mark(*kind);
            }
            self.mark += 1;
        }
    }

    /// Copies up to a directive and inserts it unchanged, marked as not filled in.
    fn put_as_written(&mut self, span: Span) {
        self.copy_to(span.start);
        self.flow();
        self.marks_to(span.end);
        let origin = self.origin(span);
        self.out.put(span.of(self.source.text), SegmentKind::Unfilled, origin);
        self.at = span.end;
    }

    /// After a block: separates the next text from it, unless the source does.
    fn flow(&mut self) {
        let Some(origin) = self.pending.take() else { return };
        let rest = Span::new(self.at, self.source.line(self.at).end).of(self.source.text);
        if !rest.trim().is_empty() {
            self.out.put("\n", SegmentKind::Blank, origin);
        }
    }

    /// The line or lines of `span`, if they contain nothing else.
    fn alone(&self, span: Span) -> Option<Span> {
        placement::alone(self.source, self.range, span)
    }
}
