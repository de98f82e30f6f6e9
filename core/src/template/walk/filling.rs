//! Fills in variables, records where they are used, and recognizes files that are output templates.

use super::super::expanded::{Place, ProblemKind, SegmentKind, VariableUse};
use super::super::lexer::{Fallback, Kind, Selection, Variable};
use super::super::plan::{Unexpanded, narrow};
use super::super::source::{Declaration, Source};
use super::form::{self, Unset};
use super::{Unit, Walker};
use crate::options::{Code, Missing};
use crate::text::Span;
use alloc::borrow::ToOwned;
use alloc::collections::{BTreeMap, BTreeSet};
use alloc::string::String;
use alloc::vec::Vec;

/// The variables of an expansion.
#[derive(Default)]
pub(in crate::template) struct Uses {
    list: Vec<VariableUse>,
    by_name: BTreeMap<String, usize>,
    /// By source and token: the recorded properties, because a token may be visited a thousand
    /// times.
    noted: Vec<Vec<u8>>,
}

const USED: u8 = 1;
const UNSET: u8 = 2;

impl Uses {
    pub(crate) fn new(sources: &[Source<'_>]) -> Self {
        let noted = sources.iter().map(|source| alloc::vec![0; source.lexed.tokens.len()]);
        Self { noted: noted.collect(), ..Self::default() }
    }

    /// Records a property of the token at index `at` of a file, and returns whether it is new.
    fn note(&mut self, file: u32, at: usize, what: u8) -> bool {
        let noted = self.noted.get_mut(file as usize).and_then(|tokens| tokens.get_mut(at));
        noted.is_some_and(|noted| {
            let new = *noted & what == 0;
            *noted |= what;
            new
        })
    }

    fn of(&mut self, name: &str) -> &mut VariableUse {
        let at = match self.by_name.get(name) {
            Some(at) => *at,
            None => {
                self.list.push(VariableUse { name: name.to_owned(), ..VariableUse::default() });
                self.by_name.insert(name.to_owned(), self.list.len() - 1);
                self.list.len() - 1
            }
        };
        // The index was pushed above or comes from a list that only grows.
        &mut self.list[at]
    }

    /// The variables in the order of their first use, followed by declared variables that are never
    /// used.
    pub(crate) fn finish(
        mut self,
        sources: &[Source<'_>],
        given: impl Fn(&str) -> bool,
    ) -> Vec<VariableUse> {
        for (file, source) in sources.iter().enumerate() {
            let declared = source.declared.iter();
            let mut declared: Vec<(&str, &Declaration)> =
                declared.map(|(name, declared)| (name.as_str(), declared)).collect();
            declared.sort_by_cached_key(|(_, declaration)| declaration.span);
            for (name, declaration) in declared {
                let variable = self.of(name);
                let place = Place { file: narrow(file), span: declaration.span };
                let settled =
                    file > 0 && sources.first().is_some_and(|e| e.declared.contains_key(name));
                if variable.declared.is_none() && !settled {
                    variable.declared = Some(place).filter(|place| !place.span.is_empty());
                    variable.default = declaration.default.clone().or(variable.default.take());
                    variable.description.clone_from(&declaration.description);
                }
                variable.runtime |= declaration.runtime;
            }
        }
        for variable in &mut self.list {
            variable.given = given(&variable.name);
        }
        self.list
    }
}

/// The replacement of a variable.
enum Filling<'f> {
    Text(&'f str),
    /// The text is not a variable here.
    Literal,
    /// A backslash keeps the text unchanged.
    Escaped,
    /// It has no value.
    Unset,
}

impl<'p, 'a> Walker<'p, 'a> {
    pub(super) fn variable(
        &mut self,
        unit: &mut Unit<'p, 'a>,
        span: Span,
        variable: &'p Variable<'a>,
    ) {
        let tokens = &unit.source.lexed.tokens;
        let at = tokens.partition_point(|token| token.span.start < span.start);
        let escape = Span::new(span.start, span.start + variable.backslashes.div_ceil(2));
        let span = Span::new(span.start + variable.backslashes, span.end);
        let place = Place { file: unit.file, span };
        let filling = self.filling(variable);
        if matches!(filling, Filling::Literal) && !self.is_runtime(variable.name) {
            return;
        }
        if matches!(filling, Filling::Escaped) {
            return unit.skip(escape);
        }
        let unset = matches!(filling, Filling::Unset);
        self.note_use(variable, place, at, unset);
        if !matches!(filling, Filling::Literal) {
            unit.skip(escape);
        }
        let text = match filling {
            Filling::Literal | Filling::Escaped => return,
            Filling::Text(text) if self.plan.unexpanded != Unexpanded::All => text,
            Filling::Unset if self.settings.missing == Missing::Empty => "",
            Filling::Text(_) | Filling::Unset => return unit.put_as_written(span),
        };
        unit.skip(Span::at(span.start));
        unit.flow();
        unit.marks_to(span.end);
        let origin = unit.origin(span);
        unit.out.put(text, SegmentKind::Variable, origin);
        unit.at = span.end;
    }

    fn note_use(&mut self, variable: &Variable<'_>, place: Place, at: usize, unset: bool) {
        let demanded = matches!(variable.fallback, Fallback::Message(_));
        let expected = self.templates == 0 && self.settings.missing != Missing::Empty;
        let reported = unset && (demanded || expected);
        let first = self.uses.note(place.file, at, USED);
        let first_unset = reported && self.uses.note(place.file, at, UNSET);
        let used = self.uses.of(variable.name);
        if first {
            used.uses.push(place);
        }
        if first_unset {
            used.unset.push(place);
        }
        match variable.fallback {
            Fallback::Default(text) if used.default.is_none() => {
                used.default = Some(text.to_owned())
            }
            Fallback::Message(text) if unset && used.message.is_none() => {
                used.message = Some(text.to_owned());
            }
            _ => {}
        }
    }

    /// Declarations of a name on the path from the entry, the outermost first, which takes
    /// precedence.
    fn declared(&self, name: &str) -> impl Iterator<Item = &'p Declaration> {
        let plan = self.plan;
        let sources = self.way.iter().filter_map(move |at| plan.sources.get(*at));
        sources.filter_map(move |source| source.declared.get(name))
    }

    fn is_runtime(&self, name: &str) -> bool {
        self.declared(name).any(|declared| declared.runtime)
    }

    fn filling(&self, variable: &Variable<'a>) -> Filling<'p>
    where
        'a: 'p,
    {
        let name = variable.name;
        let given = self.values.get(name);
        let declared = self.declared(name).next();
        let known = given.is_some() || declared.is_some();
        let live = match variable.in_code {
            true => known || variable.upper && self.settings.code == Code::Live,
            false => known || variable.upper,
        };
        if !live || self.is_runtime(name) {
            return Filling::Literal;
        }
        if variable.backslashes % 2 == 1 {
            return Filling::Escaped;
        }
        let default = self.declared(name).find_map(|declared| declared.default.as_deref());
        let value = given.or(default);
        // As in a shell, a colon treats an empty value as missing.
        let counts = |text: &&str| {
            !text.is_empty()
                || !matches!(variable.fallback, Fallback::Default(_) | Fallback::Message(_))
        };
        match (value.filter(counts), variable.fallback) {
            (Some(text), _) => Filling::Text(text),
            (None, Fallback::Default(text)) => Filling::Text(text),
            (None, Fallback::Empty) => Filling::Text(""),
            (None, Fallback::None) if declared.is_some_and(|d| !d.required) => Filling::Text(""),
            (None, _) => Filling::Unset,
        }
    }

    /// Whether the agent is supposed to fill in an included file. Names without values in it are
    /// not mistakes.
    pub(super) fn judge_template(
        &mut self,
        child: usize,
        at: Place,
        selection: &Selection<'_>,
    ) -> bool {
        if selection.raw {
            return false;
        }
        let names = match self.judged.get(child).copied().flatten() {
            Some(names) => names,
            None => {
                let names = self.placeholders(child);
                if let Some(judged) = self.judged.get_mut(child) {
                    *judged = Some(names);
                }
                names
            }
        };
        let source = self.plan.units.get(child).and_then(|u| self.plan.sources.get(u.source));
        let (Some(names), Some(source)) = (names, source) else { return false };
        if self.templates == 0 && selection.fence.is_none() {
            let path = source.path.clone();
            self.problem(at, ProblemKind::OutputTemplate { path, names });
        }
        true
    }

    /// Like `judge_template`, but for the entry, which may be such a file itself.
    pub(super) fn judge_entry(&mut self) {
        let Some(names) = self.placeholders(0) else { return };
        let Some(entry) = self.plan.sources.first() else { return };
        let first = entry.lexed.tokens.iter().find(|t| matches!(t.kind, Kind::Variable(_)));
        let at = Place { file: 0, span: first.map_or(Span::default(), |token| token.span) };
        self.templates += 1;
        let path = entry.path.clone();
        self.problem(at, ProblemKind::OutputTemplate { path, names });
    }

    fn placeholders(&mut self, child: usize) -> Option<usize> {
        let plan = self.plan;
        let unit = plan.units.get(child).filter(|unit| !unit.raw)?;
        let source = plan.sources.get(unit.source)?;
        self.way.push(unit.source);
        let mut names = BTreeSet::new();
        let mut lines = Vec::new();
        for token in source.tokens_in(unit.range) {
            match &token.kind {
                Kind::Variable(v) if matches!(self.filling(v), Filling::Unset) => {
                    names.insert(v.name);
                    lines.push(source.line(token.span.start).start);
                }
                // A role may consist of includes; an included file that consists of includes is
                // most likely a form.
                Kind::Include(_) if child != 0 => {
                    lines.push(source.line(token.span.start).start);
                }
                _ => {}
            }
        }
        self.way.pop();
        let names = names.len();
        let unset = Unset { names, lines: &mut lines };
        form::is_form(source, unit.range, unset, child == 0).then_some(names)
    }
}
