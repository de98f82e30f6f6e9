//! `--format text`: diagnostics with their source lines, then a summary.

use super::{Formatter, Surroundings, shown};
use crate::frame::{Frame, FrameLabel, Page};
use crate::sink::Sink;
use crate::style::Ink;
use crate::tally::{Tally, counted};
use crate::workspace::Home;
use rolewright_core::{Files, Span};
use rolewright_wire::{Applicability, Diagnostic, Range, Report};

/// The format for people. Reports count bytes.
pub(super) struct Text<'a>(Surroundings<'a, 'a>);

impl<'a> Text<'a> {
    pub(super) fn new(around: Surroundings<'a, 'a>) -> Self {
        Self(around)
    }

    fn drawn(&self, diagnostic: &Diagnostic, page: &Page<'_>, home: &Home<'_>) -> String {
        let Surroundings { world, style, width, .. } = self.0;
        let Diagnostic { rule, severity, path, range, message, reason, help, labels, fix, .. } =
            diagnostic;
        let own = shown(world, home, path);
        let others: Vec<Option<String>> = labels
            .iter()
            .map(|label| {
                let is_other = label.path != diagnostic.path;
                is_other.then(|| home.texts.text(&label.path)).flatten().map(Into::into)
            })
            .collect();
        let labels: Vec<FrameLabel<'_>> = labels
            .iter()
            .zip(&others)
            .map(|(label, text)| FrameLabel {
                path: match label.path == diagnostic.path {
                    true => own.clone(),
                    false => shown(world, home, &label.path),
                },
                page: text.as_deref().map(Page::of),
                span: span(label.range),
                message: &label.message,
            })
            .collect();
        let fix = fix.as_ref().map(|fix| match fix.applicability {
            Applicability::Safe => format!("{} (--fix)", fix.title),
            Applicability::Unsafe => format!("{} (--fix-unsafe)", fix.title),
        });
        let frame = Frame {
            labels: &labels,
            reason: reason.as_deref(),
            help: help.as_deref(),
            fix: fix.as_deref(),
            ..Frame::new(*severity, rule, message, &own, page, span(*range))
        };
        frame.drawn(style, width) + "\n"
    }
}

impl Formatter for Text<'_> {
    fn file(&mut self, report: &Report, text: &str, home: &Home<'_>, out: &mut Sink<'_>) {
        if report.diagnostics.is_empty() {
            return;
        }
        let page = Page::of(text);
        for diagnostic in &report.diagnostics {
            if diagnostic.path == report.path {
                out.write(&self.drawn(diagnostic, &page, home));
            } else {
                // The diagnostic is in an included file, not in the checked file.
                let text = home.texts.text(&diagnostic.path).unwrap_or_default();
                out.write(&self.drawn(diagnostic, &Page::of(&text), home));
            }
        }
    }

    fn end(&mut self, tally: &Tally, out: &mut Sink<'_>) {
        out.write(&(self.summary(tally).join("\n") + "\n"));
    }
}

impl Text<'_> {
    fn summary(&self, tally: &Tally) -> Vec<String> {
        let style = self.0.style;
        let found = [
            (tally.errors, Ink::Red, "error"),
            (tally.warnings, Ink::Yellow, "warning"),
            (tally.infos, Ink::Blue, "info"),
        ];
        let found = found.into_iter().filter(|(count, ..)| *count > 0);
        let found: Vec<String> =
            found.map(|(count, ink, name)| style.paint(ink, &counted(count, name))).collect();
        let result = match (found.is_empty(), tally.silenced) {
            // An unreadable file may be of any kind.
            (true, _) if tally.files == 0 => String::new(),
            (true, 0) => format!(": {}", style.paint(Ink::Green, "no problems")),
            (true, _) => format!(": {}", style.paint(Ink::Green, "no new problems")),
            (false, _) => format!(": {}", found.join(", ")),
        };
        let fixable = match (tally.safely_fixable, tally.unsafely_fixable) {
            (0, 0) => String::new(),
            (safe, 0) => format!("; {safe} fixable with --fix"),
            (0, unsure) => format!("; {unsure} fixable with --fix-unsafe"),
            (safe, unsure) => {
                format!("; {safe} fixable with --fix, {unsure} more with --fix-unsafe")
            }
        };
        let hidden = match tally.silenced {
            0 => String::new(),
            count => format!("; {count} hidden by the baseline"),
        };
        let checked = counted(tally.files.saturating_sub(tally.refused), "file");
        let mut lines = vec![match tally.files == 0 && tally.problems.is_empty() {
            true => tally.narrowed.clone().unwrap_or_else(|| String::from(NONE)),
            false => format!("{checked} checked{result}{fixable}{hidden}"),
        }];
        if tally.fixed > 0 {
            let would = if self.0.is_dry { "would be applied" } else { "applied" };
            lines.push(format!("{} {would}", counted(tally.fixed, "fix")));
        }
        for partly in &tally.partly {
            lines.push(style.dim(&format!(
                "not fully checked: {}. {}",
                partly.files(),
                partly.why
            )));
        }
        if let Some(line) = skipped(tally) {
            lines.push(style.dim(&line));
        }
        if let (0, [first, ..]) = (tally.files, &tally.seen.near[..]) {
            let near = tally.seen.near.join(", ");
            lines.push(format!(
                "nearest: {near}; to check such files, name them, or add \"{first}\" or a glob to `include` in \
                 rolewright.json"
            ));
        }
        if let Some(rule) = &tally.example {
            let which = if tally.several_rules { "a" } else { "this" };
            let more = format!("Run `rolewright rules {rule}` for details on {which} rule.");
            lines.push(style.dim(&more));
        }
        lines
    }
}

/// The files and links that were found but not checked, with the reasons.
fn skipped(tally: &Tally) -> Option<String> {
    let seen = &tally.seen;
    let links = format!("{} that cannot be followed", counted(seen.links, "link"));
    let others = seen.others.iter().map(|(why, count)| (*count, format!("{count} {why}")));
    let unreadable = tally.unread + tally.refused;
    let passed = [
        (seen.ignored, format!("{} ignored", seen.ignored)),
        (seen.links, links),
        (unreadable, format!("{unreadable} unreadable")),
    ];
    let passed = others.chain(passed).filter(|(count, _)| *count > 0);
    let passed: Vec<String> = passed.map(|(_, text)| text).collect();
    let found = counted(seen.files, "file");
    (!passed.is_empty()).then(|| format!("{found} found; skipped: {}", passed.join(", ")))
}

/// The message if a search found nothing.
pub(crate) const NONE: &str =
    "no roles found; name a file or folder, or add a glob to `include` in rolewright.json";

fn span(range: Range) -> Span {
    let offset = |offset| usize::try_from(offset).unwrap_or(usize::MAX);
    Span::new(offset(range.start.offset), offset(range.end.offset))
}
