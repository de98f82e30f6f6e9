//! Counts the results of a run.

use crate::discover::SearchCounts;
use rolewright_wire::{Applicability, Report, Severity};

/// The rule whose diagnostic replaces the check of a file.
const REFUSED: &str = "unreadable-file";

/// The counts of a run, and the data reported at its end.
#[derive(Clone, Debug, Default)]
pub(crate) struct Tally {
    pub files: usize,
    pub errors: usize,
    pub warnings: usize,
    pub infos: usize,
    pub safely_fixable: usize,
    pub unsafely_fixable: usize,
    /// Fixes that were written, or would be.
    pub fixed: usize,
    /// Diagnostics that are in the baseline.
    pub silenced: usize,
    pub unread: usize,
    /// Files that were read, but whose content cannot be checked.
    pub refused: usize,
    /// A description of the search, if it was narrowed to some of the roles.
    pub narrowed: Option<String>,
    pub stopped: bool,
    pub seen: SearchCounts,
    /// Files that could not be read or written.
    pub problems: Vec<String>,
    pub partly: Vec<PartialCheck>,
    /// The first rule that found something.
    pub example: Option<String>,
    /// Whether other rules found something too.
    pub several_rules: bool,
}

/// A reason why only parts of files were checked.
#[derive(Clone, Debug)]
pub(crate) struct PartialCheck {
    pub why: String,
    pub count: usize,
    pub first: String,
}

impl PartialCheck {
    /// `a.md and 2 more`.
    pub(crate) fn files(&self) -> String {
        match self.count {
            0 | 1 => self.first.clone(),
            count => format!("{} and {} more", self.first, count - 1),
        }
    }
}

impl Tally {
    /// Counts the diagnostics of a file.
    pub(crate) fn count(&mut self, report: &Report) {
        for diagnostic in &report.diagnostics {
            *match diagnostic.severity {
                Severity::Error => &mut self.errors,
                Severity::Warning => &mut self.warnings,
                Severity::Info => &mut self.infos,
            } += 1;
            match diagnostic.fix.as_ref().map(|fix| fix.applicability) {
                Some(Applicability::Safe) => self.safely_fixable += 1,
                Some(Applicability::Unsafe) => self.unsafely_fixable += 1,
                None => {}
            }
        }
        if is_refused(report) {
            self.refused += 1;
            return;
        }
        for why in &report.skipped {
            match self.partly.iter_mut().find(|known| known.why == *why) {
                Some(known) => known.count += 1,
                None => self.partly.push(PartialCheck {
                    why: why.clone(),
                    count: 1,
                    first: report.path.clone(),
                }),
            }
        }
    }

    /// The number of diagnostics with at least that severity.
    pub(crate) fn at_least(&self, severity: Severity) -> usize {
        match severity {
            Severity::Error => self.errors,
            Severity::Warning => self.errors + self.warnings,
            Severity::Info => self.errors + self.warnings + self.infos,
        }
    }
}

/// Whether the engine checked nothing in the file, for example because it is not text.
fn is_refused(report: &Report) -> bool {
    report.diagnostics.iter().any(|found| found.rule == REFUSED && found.path == report.path)
}

/// "1 file", "2,000 files".
pub(crate) fn counted(count: usize, one: &str) -> String {
    let plural = match (count, one) {
        (1, _) => "",
        (_, "fix") => "es",
        _ => "s",
    };
    format!("{} {one}{plural}", grouped(count))
}

/// `1,048,576`.
pub(crate) fn grouped(number: usize) -> String {
    match number {
        0..1_000 => number.to_string(),
        _ => format!("{},{:03}", grouped(number / 1_000), number % 1_000),
    }
}
