//! `fix`: applies fixes until nothing changes, and proves each round by checking again.

use crate::check::{Options, Report, check};
use crate::diagnostic::{Applicability, Diagnostic, Edit, Severity};
use crate::order;
use crate::workspace::{Files, Values};
use alloc::collections::BTreeMap;
use alloc::string::{String, ToString};
use alloc::vec::Vec;

/// A text with its fixes applied.
#[derive(Clone, Debug)]
pub struct Fixed {
    /// The text.
    pub text: String,
    /// What was applied, in order.
    pub applied: Vec<Applied>,
    /// What is left.
    pub report: Report,
}

/// A fix that was applied.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Applied {
    /// The rule it belongs to.
    pub rule: &'static str,
    /// What it did.
    pub title: String,
}

/// Rounds at most: a fix may uncover the next finding, but a chain of ten is a mistake of ours.
const MAX_ROUNDS: usize = 10;

/// Applies the safe fixes of `text`, and the unsafe ones where asked for. A fix that would add a
/// finding of a higher severity, or would not remove its own, is left out.
pub fn fix(
    text: &str,
    path: &str,
    files: &dyn Files,
    values: &Values,
    options: &Options,
    unsafe_too: bool,
) -> Fixed {
    let mut fixed = Fixed {
        text: text.to_string(),
        applied: Vec::new(),
        report: check(text, path, files, values, options),
    };
    for _ in 0..MAX_ROUNDS {
        let found = core::mem::take(&mut fixed.report.diagnostics);
        let chosen = choose(&found, path, unsafe_too);
        let together: Vec<&Edit> = chosen.iter().flat_map(|d| edits(d)).collect();
        let before = Tally::of(&found);
        let try_edits = |edits: &[&Edit], text: &str| {
            let text = apply(text, edits);
            let report = check(&text, path, files, values, options);
            (text, report)
        };
        let mut progress = false;
        if !chosen.is_empty() {
            let (text, report) = try_edits(&together, &fixed.text);
            if Tally::of(&report.diagnostics).improves(before) {
                fixed.applied.extend(chosen.iter().filter_map(|d| applied(d)));
                fixed.text = text;
                fixed.report = report;
                progress = true;
            } else if let Some((text, report, diagnostic)) = chosen.iter().find_map(|diagnostic| {
                let own: Vec<&Edit> = edits(diagnostic).collect();
                let (text, report) = try_edits(&own, &fixed.text);
                Tally::of(&report.diagnostics)
                    .improves(before)
                    .then_some((text, report, diagnostic))
            }) {
                fixed.applied.extend(applied(diagnostic));
                fixed.text = text;
                fixed.report = report;
                progress = true;
            }
        }
        if !progress {
            fixed.report.diagnostics = found;
            break;
        }
    }
    fixed
}

/// Applies edits of one text. They must not overlap; their order does not matter.
pub fn apply(text: &str, edits: &[&Edit]) -> String {
    let mut sorted: Vec<&&Edit> = edits.iter().collect();
    order::sort_by_key(&mut sorted, |edit| edit.span);
    let mut out = String::with_capacity(text.len() + 64);
    let mut at = 0;
    for edit in sorted {
        if edit.span.start < at {
            continue;
        }
        out.push_str(text.get(at..edit.span.start).unwrap_or(""));
        out.push_str(&edit.text);
        at = edit.span.end;
    }
    out.push_str(text.get(at..).unwrap_or(""));
    out
}

/// Fixes that can be applied together: those of this file that touch no place twice.
fn choose<'d>(found: &'d [Diagnostic], path: &str, unsafe_too: bool) -> Vec<&'d Diagnostic> {
    // Start and end of every place taken so far; they do not overlap, so that one look-up decides.
    let mut taken: BTreeMap<usize, usize> = BTreeMap::new();
    let mut chosen = Vec::new();
    for diagnostic in found {
        let Some(fix) = &diagnostic.fix else { continue };
        let allowed = fix.applicability == Applicability::Safe || unsafe_too;
        let here = !fix.edits.is_empty() && fix.edits.iter().all(|edit| edit.path == path);
        let free = |edit: &Edit| {
            let before = taken.range(..=edit.span.end).next_back();
            before.is_none_or(|(_, &end)| end < edit.span.start)
        };
        if allowed && here && fix.edits.iter().all(free) {
            for edit in &fix.edits {
                let end = taken.entry(edit.span.start).or_default();
                *end = edit.span.end.max(*end);
            }
            chosen.push(diagnostic);
        }
    }
    chosen
}

fn edits(diagnostic: &Diagnostic) -> impl Iterator<Item = &Edit> {
    diagnostic.fix.iter().flat_map(|fix| &fix.edits)
}

fn applied(diagnostic: &Diagnostic) -> Option<Applied> {
    let fix = diagnostic.fix.as_ref()?;
    Some(Applied { rule: diagnostic.rule, title: fix.title.to_string() })
}

/// How many findings there are of each severity.
#[derive(Clone, Copy, PartialEq, Eq)]
struct Tally {
    errors: usize,
    warnings: usize,
    all: usize,
}

impl Tally {
    fn of(found: &[Diagnostic]) -> Self {
        let count = |severity| found.iter().filter(|d| d.severity == severity).count();
        Self {
            errors: count(Severity::Error),
            warnings: count(Severity::Warning),
            all: found.len(),
        }
    }

    /// Fewer findings, and none of a higher severity in place of a lower one. Hints do not count
    /// against a mended fault: what a head that does not parse has hidden comes to light.
    fn improves(self, before: Self) -> bool {
        let faults = |tally: Self| tally.errors + tally.warnings;
        let fewer = faults(self) < faults(before)
            || faults(self) == faults(before) && self.all < before.all;
        fewer && self.errors <= before.errors
    }
}
