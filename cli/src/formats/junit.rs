//! `--format junit`: XML that continuous integration shows as test results; a file is a suite.

use super::{Formatter, Surroundings, from_own, full_message};
use crate::frame::{name, visible};
use crate::sink::Sink;
use crate::tally::Tally;
use crate::workspace::Home;
use rolewright_wire::Report;

pub(super) struct Junit<'a> {
    around: Surroundings<'a, 'a>,
    is_open: bool,
}

impl<'a> Junit<'a> {
    pub(super) fn new(around: Surroundings<'a, 'a>) -> Self {
        Self { around, is_open: false }
    }

    fn open(&mut self, out: &mut Sink<'_>) {
        if !std::mem::replace(&mut self.is_open, true) {
            out.write(
                "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<testsuites name=\"rolewright\">\n",
            );
        }
    }
}

impl Formatter for Junit<'_> {
    fn file(&mut self, report: &Report, _: &str, home: &Home<'_>, out: &mut Sink<'_>) {
        self.open(out);
        let path = escaped(&from_own(self.around.own, home, &report.path));
        let count = report.diagnostics.len();
        out.write(&format!(
            "  <testsuite name=\"{path}\" tests=\"{}\" failures=\"{count}\" errors=\"0\" time=\"0\">\n",
            count.max(1)
        ));
        if count == 0 {
            let case = format!("<testcase name=\"rolewright\" classname=\"{path}\" time=\"0\"/>");
            out.write(&format!("    {case}\n"));
        }
        for diagnostic in &report.diagnostics {
            let file = from_own(self.around.own, home, &diagnostic.path);
            let start = diagnostic.range.start;
            let at = format!("{file}:{}:{}", start.line, start.column);
            let kind = name(diagnostic.severity);
            let message = escaped(&diagnostic.message);
            let text = escaped(&format!("{at}: {}", full_message(diagnostic, "\n")));
            out.write(&format!(
                "    <testcase name=\"{}\" classname=\"{path}\" time=\"0\">\n      \
                 <failure message=\"{message}\" type=\"{kind}\">{text}</failure>\n    </testcase>\n",
                escaped(&format!("{} ({}:{})", diagnostic.rule, start.line, start.column)),
            ));
        }
        out.write("  </testsuite>\n");
    }

    fn end(&mut self, tally: &Tally, out: &mut Sink<'_>) {
        self.open(out);
        if !tally.problems.is_empty() {
            let count = tally.problems.len();
            out.write(&format!(
                "  <testsuite name=\"unreadable files\" tests=\"{count}\" failures=\"0\" errors=\"{count}\" time=\"0\">\n"
            ));
            for problem in &tally.problems {
                let text = escaped(problem);
                out.write(&format!(
                    "    <testcase name=\"read\" classname=\"unreadable files\" time=\"0\">\n      \
                     <error message=\"{text}\" type=\"unreadable\"/>\n    </testcase>\n"
                ));
            }
            out.write("  </testsuite>\n");
        }
        out.write("</testsuites>\n");
    }
}

/// Text for an element or an attribute; XML cannot represent control characters.
fn escaped(text: &str) -> String {
    let text = visible(text).replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;");
    text.replace('"', "&quot;").replace(['\u{fffe}', '\u{ffff}'], "\u{fffd}")
}
