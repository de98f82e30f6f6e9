//! `--format github`: workflow commands that GitHub Actions shows as annotations.

use super::{Formatter, Surroundings, from_checkout, full_message};
use crate::sink::Sink;
use crate::tally::{Tally, counted};
use crate::workspace::Home;
use rolewright_wire::{Report, Severity};

pub(super) struct Github<'a>(Surroundings<'a, 'a>);

impl<'a> Github<'a> {
    pub(super) fn new(around: Surroundings<'a, 'a>) -> Self {
        Self(around)
    }
}

impl Formatter for Github<'_> {
    fn file(&mut self, report: &Report, _: &str, home: &Home<'_>, out: &mut Sink<'_>) {
        for diagnostic in &report.diagnostics {
            let command = match diagnostic.severity {
                Severity::Error => "error",
                Severity::Warning => "warning",
                Severity::Info => "notice",
            };
            let (start, end) = (diagnostic.range.start, diagnostic.range.end);
            // GitHub accepts columns only for single-line ranges.
            let columns = match start.line == end.line {
                true => format!(",col={},endColumn={}", start.column, end.column),
                false => String::new(),
            };
            let path = from_checkout(self.0.world, "GITHUB_WORKSPACE", home, &diagnostic.path);
            let lines = format!("line={},endLine={}", start.line, end.line);
            let title = property(&diagnostic.rule);
            let text = data(&full_message(diagnostic, "\n"));
            let file = property(&path);
            out.write(&format!("::{command} file={file},{lines}{columns},title={title}::{text}\n"));
        }
    }

    fn end(&mut self, tally: &Tally, out: &mut Sink<'_>) {
        out.write(&format!(
            "{}: {}, {}, {}\n",
            counted(tally.files, "file"),
            counted(tally.errors, "error"),
            counted(tally.warnings, "warning"),
            counted(tally.infos, "info")
        ));
    }
}

fn data(text: &str) -> String {
    text.replace('%', "%25").replace('\r', "%0D").replace('\n', "%0A")
}

fn property(text: &str) -> String {
    data(text).replace(':', "%3A").replace(',', "%2C")
}
