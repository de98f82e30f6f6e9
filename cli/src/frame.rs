//! Draws a diagnostic with its source line, underlined range, labels, reason and help. Control
//! characters of a document never reach the terminal.

mod page;
mod snippet;

pub(crate) use page::{Page, visible};

use crate::style::{Ink, Style};
use crate::width::wrapped;
use rolewright_core::Span;
use rolewright_wire::Severity;
use snippet::{DrawStyle, Mark};

/// Further labels are listed only by line number.
const MOST_LABELS: usize = 6;

/// The problem to draw.
pub(crate) struct Frame<'a> {
    pub severity: Severity,
    pub title: &'a str,
    pub message: &'a str,
    pub path: &'a str,
    pub page: &'a Page<'a>,
    pub span: Span,
    pub labels: &'a [FrameLabel<'a>],
    pub reason: Option<&'a str>,
    pub help: Option<&'a str>,
    pub fix: Option<&'a str>,
}

/// A place related to the problem.
pub(crate) struct FrameLabel<'a> {
    pub path: String,
    /// The text of another file, if it can be read; not used for labels in the file itself.
    pub page: Option<Page<'a>>,
    pub span: Span,
    pub message: &'a str,
}

impl<'a> Frame<'a> {
    /// A frame without notes.
    pub(crate) fn new(
        severity: Severity,
        title: &'a str,
        message: &'a str,
        path: &'a str,
        page: &'a Page<'a>,
        span: Span,
    ) -> Self {
        Self {
            severity,
            title,
            message,
            path,
            page,
            span,
            labels: &[],
            reason: None,
            help: None,
            fix: None,
        }
    }

    /// The diagnostic as text that ends with a line break.
    pub(crate) fn drawn(&self, style: Style, width: usize) -> String {
        let color = ink(self.severity);
        let labels = self.distinct_labels();
        let (shown, more) = labels.split_at(labels.len().min(MOST_LABELS));
        let (own, far): (Vec<PagedLabel<'_>>, Vec<PagedLabel<'_>>) =
            shown.iter().partition(|(label, _)| label.path == self.path);
        let mut marks = vec![Mark { span: self.span, message: "", ink: color, sign: '^' }];
        marks.extend(own.iter().map(|(label, _)| label.mark()));
        let gutter = self.gutter(&marks, &far);
        let pen = DrawStyle { style, gutter, width };
        let page = self.page;
        let severity = format!("{}[{}]", name(self.severity), self.title);
        let message = format!(": {}", visible(self.message));
        let mut out =
            vec![format!("{}{}", style.paint(color, &style.bold(&severity)), style.bold(&message))];
        out.push(pen.place("-->", self.path, page, self.span.start));
        out.push(pen.bar(""));
        out.extend(pen.snippet(page, &marks));
        for group in far.chunk_by(is_same_file) {
            let Some((first, page)) = group.first() else { continue };
            let marks: Vec<Mark<'_>> = group.iter().map(|(label, _)| label.mark()).collect();
            out.push(pen.place(":::", &first.path, page, first.span.start));
            out.push(pen.bar(""));
            out.extend(pen.snippet(page, &marks));
        }
        self.notes(&pen, more, &mut out);
        out.join("\n") + "\n"
    }

    /// The labels that can be shown, each once: those in the file itself, then file by file.
    fn distinct_labels(&self) -> Vec<PagedLabel<'_>> {
        let paged = |label: &'a FrameLabel<'a>| match label.path == self.path {
            true => Some((label, self.page)),
            false => Some((label, label.page.as_ref()?)),
        };
        let mut labels: Vec<PagedLabel<'_>> = self.labels.iter().filter_map(paged).collect();
        let place = |(label, _): &PagedLabel<'_>| {
            (label.path != self.path, label.path.clone(), label.span.start, label.span.end)
        };
        labels.sort_by_cached_key(place);
        labels.dedup_by_key(|label| (place(label), label.0.message));
        labels
    }

    /// Cells of the largest line number.
    fn gutter(&self, marks: &[Mark<'_>], far: &[PagedLabel<'_>]) -> usize {
        let own = marks.iter().map(|mark| self.page.line_at(mark.span.end));
        let far = far.iter().map(|(label, page)| page.line_at(label.span.end));
        (own.chain(far).max().unwrap_or(0) + 1).to_string().len()
    }

    fn notes(&self, pen: &DrawStyle, more: &[PagedLabel<'_>], out: &mut Vec<String>) {
        let also: Vec<String> =
            more.chunk_by(is_same_file).map(|group| self.lines(group)).collect();
        let also = also.join("; ");
        let notes = [
            ("also", Some(also.as_str()).filter(|also| !also.is_empty())),
            ("why", self.reason),
            ("help", self.help),
            ("fix", self.fix),
        ];
        let mut first = true;
        for (name, text) in notes.into_iter().filter_map(|(name, text)| Some((name, text?))) {
            if std::mem::take(&mut first) {
                out.push(pen.bar(""));
            }
            pen.note(name, text, out);
        }
    }

    /// `lines 3, 4`, and the file if it is another one.
    fn lines(&self, group: &[PagedLabel<'_>]) -> String {
        let mut lines: Vec<usize> =
            group.iter().map(|(label, page)| page.line_at(label.span.start) + 1).collect();
        lines.dedup();
        let noun = if lines.len() == 1 { "line" } else { "lines" };
        let lines: Vec<String> = lines.iter().map(ToString::to_string).collect();
        let other = group.first().map(|(label, _)| &label.path).filter(|path| *path != self.path);
        let file = other.map_or_else(String::new, |path| format!(" of {path}"));
        format!("{noun} {}{file}", lines.join(", "))
    }
}

/// A label with the page that it is on.
type PagedLabel<'a> = (&'a FrameLabel<'a>, &'a Page<'a>);

fn is_same_file((one, _): &PagedLabel<'_>, (other, _): &PagedLabel<'_>) -> bool {
    one.path == other.path
}

impl<'a> FrameLabel<'a> {
    fn mark(&self) -> Mark<'a> {
        Mark { span: self.span, message: self.message, ink: Ink::Blue, sign: '-' }
    }
}

impl DrawStyle {
    /// `--> path:line:column`.
    fn place(&self, arrow: &str, path: &str, page: &Page<'_>, at: usize) -> String {
        let (line, column) = page.position(at);
        let blank = " ".repeat(self.gutter);
        format!("{blank}{} {}:{line}:{column}", self.style.paint(Ink::Blue, arrow), visible(path))
    }

    fn note(&self, name: &str, text: &str, out: &mut Vec<String>) {
        let indent = self.gutter + 5 + name.len();
        let text = visible(text);
        let room = self.width.saturating_sub(indent).max(20);
        let mut lines = wrapped(&text, room).into_iter();
        let sign = self.style.paint(Ink::Blue, "=");
        let first = lines.next().unwrap_or_default();
        out.push(format!("{} {sign} {}: {first}", " ".repeat(self.gutter), self.style.bold(name)));
        out.extend(lines.map(|line| " ".repeat(indent) + &line));
    }
}

/// The color of a severity.
pub(crate) fn ink(severity: Severity) -> Ink {
    match severity {
        Severity::Error => Ink::Red,
        Severity::Warning => Ink::Yellow,
        Severity::Info => Ink::Blue,
    }
}

/// The name of a severity.
pub(crate) fn name(severity: Severity) -> &'static str {
    match severity {
        Severity::Error => "error",
        Severity::Warning => "warning",
        Severity::Info => "info",
    }
}

#[cfg(test)]
mod tests;
