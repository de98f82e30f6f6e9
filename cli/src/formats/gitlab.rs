//! `--format gitlab`: GitLab's Code Quality report, which is compared between runs by fingerprint.

use super::json::printed;
use super::{Formatter, Surroundings, from_checkout, full_message};
use crate::fingerprint::Fingerprints;
use crate::sink::Sink;
use crate::tally::Tally;
use crate::workspace::Home;
use rolewright_wire::{Report, Severity};
use serde_json::json;

pub(super) struct Gitlab<'a> {
    around: Surroundings<'a, 'a>,
    is_open: bool,
}

impl<'a> Gitlab<'a> {
    pub(super) fn new(around: Surroundings<'a, 'a>) -> Self {
        Self { around, is_open: false }
    }
}

impl Formatter for Gitlab<'_> {
    fn file(&mut self, report: &Report, text: &str, home: &Home<'_>, out: &mut Sink<'_>) {
        let mut fingerprints = Fingerprints::default();
        for diagnostic in &report.diagnostics {
            let path = from_checkout(self.around.world, "CI_PROJECT_DIR", home, &diagnostic.path);
            let fingerprint = fingerprints.of(diagnostic, &path, &report.path, text);
            let range = diagnostic.range;
            let finding = json!({
                "description": full_message(diagnostic, " "),
                "check_name": diagnostic.rule,
                "fingerprint": fingerprint,
                "severity": match diagnostic.severity {
                    Severity::Error => "major",
                    Severity::Warning => "minor",
                    Severity::Info => "info",
                },
                "location": {
                    "path": path,
                    "lines": { "begin": range.start.line, "end": range.end.line },
                },
            });
            let before = if std::mem::replace(&mut self.is_open, true) { ",\n" } else { "[\n" };
            out.write(before);
            out.write(&printed(&finding));
        }
    }

    fn end(&mut self, _: &Tally, out: &mut Sink<'_>) {
        out.write(if self.is_open { "\n]\n" } else { "[]\n" });
    }
}
