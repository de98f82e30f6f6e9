//! `--format json`: one JSON object, written file by file.

use super::{Formatter, Surroundings, from_own};
use crate::VERSION;
use crate::sink::Sink;
use crate::tally::Tally;
use crate::workspace::Home;
use rolewright_wire::{Diagnostic, Report};
use serde::Serialize;

pub(super) struct Json<'a> {
    around: Surroundings<'a, 'a>,
    is_open: bool,
}

#[derive(Serialize)]
struct File<'a> {
    path: &'a str,
    host: &'a str,
    kind: &'a str,
    diagnostics: &'a [Diagnostic],
    skipped: &'a [String],
}

#[derive(Serialize)]
struct Summary {
    files: usize,
    errors: usize,
    warnings: usize,
    infos: usize,
    fixable: usize,
    fixed: usize,
}

impl<'a> Json<'a> {
    pub(super) fn new(around: Surroundings<'a, 'a>) -> Self {
        Self { around, is_open: false }
    }

    fn open(&mut self, out: &mut Sink<'_>) {
        match std::mem::replace(&mut self.is_open, true) {
            true => out.write(",\n"),
            false => out.write(&format!("{{\"version\":\"{VERSION}\",\"files\":[\n")),
        }
    }
}

impl Formatter for Json<'_> {
    fn file(&mut self, report: &Report, _: &str, home: &Home<'_>, out: &mut Sink<'_>) {
        let own = self.around.own;
        let moved = (own.root != home.root).then(|| moved(report, own, home));
        let Report { path, host, kind, diagnostics, skipped, .. } =
            moved.as_ref().unwrap_or(report);
        self.open(out);
        out.write(&printed(&File { path, host, kind, diagnostics, skipped }));
    }

    fn end(&mut self, tally: &Tally, out: &mut Sink<'_>) {
        if !self.is_open {
            self.open(out);
        }
        let &Tally { files, errors, warnings, infos, fixed, .. } = tally;
        let fixable = tally.safely_fixable + tally.unsafely_fixable;
        let summary = Summary { files, errors, warnings, infos, fixable, fixed };
        out.write(&format!("\n],\"summary\":{}}}\n", printed(&summary)));
    }
}

/// Plain data as JSON.
pub(super) fn printed(value: &impl Serialize) -> String {
    serde_json::to_string(value).unwrap_or_default()
}

/// A report from another workspace, with its paths made relative to the root of the run's
/// workspace.
fn moved(report: &Report, own: &Home<'_>, home: &Home<'_>) -> Report {
    let mut report = report.clone();
    let moved = |path: &mut String| *path = from_own(own, home, path);
    moved(&mut report.path);
    for diagnostic in &mut report.diagnostics {
        moved(&mut diagnostic.path);
        diagnostic.labels.iter_mut().for_each(|label| moved(&mut label.path));
        let edits = diagnostic.fix.iter_mut().flat_map(|fix| &mut fix.edits);
        edits.for_each(|edit| moved(&mut edit.path));
    }
    report
}
