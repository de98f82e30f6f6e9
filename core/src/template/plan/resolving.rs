//! Resolves an include: finds the file at its path, and the requested part of it.

use super::super::expanded::{LimitKind, Place, ProblemKind};
use super::super::fragment;
use super::super::lexer::{Include, Wrap, with_bars};
use super::super::path::{self, Refusal};
use super::super::source::{Source, is_template};
use super::{Planner, Target, Unit, narrow};
use crate::spelling;
use alloc::borrow::ToOwned;
use alloc::string::String;
use alloc::vec::Vec;

impl<'a> Planner<'a> {
    pub(super) fn resolve(&mut self, source: usize, include: &Include<'a>) -> Target {
        let place = |span| Place { file: narrow(source), span };
        let from = self.sources.get(source).map_or_else(String::new, |s| s.path.clone());
        let candidates = match path::candidates(include.path, &from, self.settings) {
            Ok(candidates) => candidates,
            Err((refusal, normal)) => {
                let path = include.path.to_owned();
                let kind = ProblemKind::UnsafePath { refusal, path, normal };
                return self.refuse(place(include.path_span), kind);
            }
        };
        let mut rest = candidates.iter();
        let first = rest.by_ref().find_map(|c| Some((c, self.text(&c.path)?)));
        if let Some((taken, _)) = first
            && let Some(other) = rest.find(|c| self.exists(&c.path))
            && self.differ(&taken.path, &other.path)
        {
            let (taken, other) = (taken.path.clone(), other.path.clone());
            self.problem(place(include.path_span), ProblemKind::Ambiguous { taken, other });
        }
        let (path, text, data) = match first {
            Some((candidate, text)) => (candidate.path.clone(), text, candidate.data),
            None => {
                let folded = candidates.iter().find_map(|c| Some((c, self.folded(&c.path)?)));
                let Some((candidate, found)) = folded else {
                    let tried = candidates.into_iter().map(|c| c.path).collect();
                    return self.missing(place(include.path_span), include, tried);
                };
                let Some(text) = self.text(&found) else { return Target::Missing };
                let kind = ProblemKind::CaseMismatch {
                    looked: candidate.path.clone(),
                    found: found.clone(),
                };
                self.problem(place(include.path_span), kind);
                (found, text, candidate.data)
            }
        };
        match self.load(&path, text, data, place(include.path_span)) {
            Some(child) => self.part(child, include, place(include.path_span)),
            None => Target::Refused,
        }
    }

    fn exists(&self, path: &str) -> bool {
        let known = self.texts.get(path).map(Option::is_some);
        known.unwrap_or_else(|| self.library.files.exists(path))
    }

    /// The text of a file, requested only once.
    fn text(&mut self, path: &str) -> Option<&'a str> {
        if let Some(known) = self.texts.get(path) {
            return *known;
        }
        let text = self.library.text(path);
        self.texts.insert(path.to_owned(), text);
        text
    }

    /// Whether two files have different texts. Cached, because the texts may be large and compared
    /// thousands of times.
    fn differ(&mut self, one: &str, other: &str) -> bool {
        let key = alloc::format!("{one}\n{other}");
        if let Some(known) = self.by_path.get(&key) {
            return *known > 0;
        }
        let differ = self.text(one) != self.text(other);
        self.by_path.insert(key, usize::from(differ));
        differ
    }

    fn missing(&mut self, at: Place, include: &Include<'a>, tried: Vec<String>) -> Target {
        let optional = include.selection.optional;
        let path = include.path.to_owned();
        let meant = with_bars(include.path);
        self.problem(at, ProblemKind::MissingInclude { path, optional, tried, meant });
        if optional { Target::Absent } else { Target::Missing }
    }

    /// The path that differs from `path` only in case.
    fn folded(&mut self, path: &str) -> Option<String> {
        let files = self.library.files;
        let all = self.all.get_or_insert_with(|| files.paths());
        let wanted = path.to_lowercase();
        let is_same = |other: &str| match other.is_ascii() {
            true => other.eq_ignore_ascii_case(&wanted),
            false => other.to_lowercase() == wanted,
        };
        // Among several files, choose the same one in whatever order they come.
        all.iter().filter(|other| is_same(other)).min().map(|found| found.clone().into_owned())
    }

    /// The source of a file, read on first use.
    fn load(&mut self, path: &str, text: &'a str, data: bool, at: Place) -> Option<usize> {
        let data = data || !is_template(path);
        let key = alloc::format!("{data}:{path}");
        if let Some(known) = self.by_path.get(&key) {
            return Some(*known);
        }
        let limits = &self.settings.limits;
        if memchr::memchr(0, text.as_bytes()).is_some() {
            let (path, refusal) = (path.to_owned(), Refusal::Binary);
            self.refuse(at, ProblemKind::UnsafePath { refusal, path, normal: None });
            return None;
        }
        if text.len() > limits.file {
            self.over(at, LimitKind::File, text.len(), limits.file);
            return None;
        }
        if self.sources.len() >= limits.files {
            self.over(at, LimitKind::Files, self.sources.len() + 1, limits.files);
            return None;
        }
        let source = Source::included(path, text, data, self.settings);
        let index = self.sources.len();
        self.sources.push(source);
        self.by_path.insert(key, index);
        self.faults(index);
        self.front_matter(index);
        Some(index)
    }

    /// The whole source, or the part that the include requests.
    fn part(&mut self, source: usize, include: &Include<'a>, at: Place) -> Target {
        let Some(read) = self.sources.get(source) else { return Target::Missing };
        let raw = include.selection.raw || read.is_data();
        let range = match include.fragment {
            None => read.body,
            Some((fragment, span)) => match fragment::find(read, fragment) {
                Some(range) => range,
                None => {
                    // Searching for similar names is expensive, and nobody reads a hundred
                    // suggestions.
                    let names =
                        fragment::names(read).take(if self.guesses > 0 { 2_000 } else { 0 });
                    let nearest = spelling::nearest(fragment, names);
                    self.guesses = self.guesses.saturating_sub(1);
                    let kind = ProblemKind::MissingFragment {
                        path: read.path.clone(),
                        fragment: fragment.to_owned(),
                        optional: include.selection.optional,
                        nearest: with_bars(fragment).or(nearest.map(ToOwned::to_owned)),
                    };
                    self.problem(Place { span, ..at }, kind);
                    return match include.selection.optional {
                        true => Target::Absent,
                        false => Target::Missing,
                    };
                }
            },
        };
        let selection = &include.selection;
        let is_bare = selection.wrap == Some(Wrap::None) && selection.fence.is_none();
        if is_bare && read.is_data() && is_template(&read.path) {
            let path = read.path.clone();
            self.problem(at, ProblemKind::Undelimited { path });
        }
        let Some(read) = self.sources.get(source) else { return Target::Missing };
        let key = alloc::format!("{source}:{}:{}:{raw}", range.start, range.end);
        if let Some(unit) = self.by_key.get(&key) {
            return Target::Unit(*unit);
        }
        // The entry as a whole is the first unit.
        if source == 0 && !raw && self.units.first().is_some_and(|entry| entry.range == range) {
            return Target::Unit(0);
        }
        if self.units.len() > self.settings.limits.expansions {
            self.overfull = true;
            return Target::Refused;
        }
        if let Some(key) = read.secret_in(range).map(ToOwned::to_owned) {
            let path = read.path.clone();
            self.problem(at, ProblemKind::Sensitive { path, key });
        }
        self.units.push(Unit::new(source, range, raw));
        self.by_key.insert(key, self.units.len() - 1);
        Target::Unit(self.units.len() - 1)
    }
}
