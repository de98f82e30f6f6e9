//! Defines a rule's finding, before the rule's name and severity turn it into a diagnostic.

use super::wording::grouped;
use crate::diagnostic::{Applicability, Diagnostic, Edit, Fix, Label, Message, Severity};
use crate::template::{Expanded, Problem};
use crate::text::Span;
use alloc::boxed::Box;
use alloc::format;
use alloc::string::{String, ToString};
use alloc::vec::Vec;

/// Places and their replacement text.
type Edits = Vec<(Span, String)>;

/// The most labels of one finding: nobody reads more, and a text may contain a hundred thousand.
pub(super) const MAX_LABELS: usize = 50;

/// A finding of a rule. Places without a path are in the checked file.
///
/// Boxed: rules hand it from call to call, and moving all of it each time made up a tenth of the
/// WebAssembly.
#[derive(Clone, Debug)]
pub(crate) struct Finding(Box<Parts>);

#[derive(Clone, Debug)]
struct Parts {
    severity: Option<Severity>,
    path: Option<String>,
    span: Span,
    message: Message,
    reason: Option<Message>,
    help: Option<Message>,
    labels: Vec<(Option<String>, Span, Message)>,
    fix: Option<(Message, Applicability, Edits)>,
}

impl Finding {
    /// A finding at `span` (bytes of the checked file). The message is one sentence that states the
    /// problem, with names in backticks.
    pub(crate) fn new(span: Span, message: impl Into<Message>) -> Self {
        Self::build(span, message.into())
    }

    fn build(span: Span, message: Message) -> Self {
        Self(Box::new(Parts {
            severity: None,
            path: None,
            span,
            message,
            reason: None,
            help: None,
            labels: Vec::new(),
            fix: None,
        }))
    }

    /// Moves the finding to another file; its edits then apply to that file too.
    pub(crate) fn in_file(mut self, path: &str) -> Self {
        self.0.path = Some(path.to_string());
        self
    }

    /// Overrides the rule's severity.
    pub(crate) fn severity(mut self, severity: Severity) -> Self {
        self.0.severity = Some(severity);
        self
    }

    /// Why it matters on this host, in one sentence.
    pub(crate) fn reason(mut self, reason: impl Into<Message>) -> Self {
        self.0.reason = Some(reason.into());
        self
    }

    /// The action to take, in one sentence.
    pub(crate) fn help(mut self, help: impl Into<Message>) -> Self {
        self.0.help = Some(help.into());
        self
    }

    /// Advises to keep what should otherwise be removed, for another product that reads it. Other
    /// advice still holds.
    pub(crate) fn kept_for(self, product: &str) -> Self {
        let help = self.0.help.as_deref().and_then(|help| help.strip_prefix("Remove it, and "));
        let help = match help {
            Some(rest) => format!("Keep it for {product}, and {rest}"),
            None => format!("Keep it for {product}."),
        };
        self.help(help)
    }

    /// A further place in the file of the finding.
    pub(crate) fn label(mut self, span: Span, message: impl Into<Message>) -> Self {
        self.0.labels.push((None, span, message.into()));
        self
    }

    /// Further places of the same defect, with the same message: [`MAX_LABELS`] at most. If there
    /// can be more, the finding's message gives their number.
    pub(crate) fn labels(
        mut self,
        spans: impl IntoIterator<Item = Span>,
        message: &'static str,
    ) -> Self {
        let shown = spans.into_iter().take(MAX_LABELS);
        self.0.labels.extend(shown.map(|span| (None, span, Message::Borrowed(message))));
        self
    }

    /// A further place, in another file.
    pub(crate) fn label_in(mut self, path: &str, span: Span, message: impl Into<Message>) -> Self {
        self.0.labels.push((Some(path.to_string()), span, message.into()));
        self
    }

    /// The severity that was set, where one was.
    pub(crate) fn own_severity(&self) -> Option<Severity> {
        self.0.severity
    }

    /// The message.
    pub(crate) fn message(&self) -> &str {
        &self.0.message
    }

    /// Adds a further place of the same defect, up to the limit.
    pub(crate) fn add_place(&mut self, span: Span) {
        if self.0.labels.len() < MAX_LABELS {
            self.0.labels.push((None, span, Message::Borrowed("also here")));
        }
    }

    /// Notes in the message that there are further places.
    pub(crate) fn and_more(mut self, more: usize) -> Self {
        if more > 0 {
            self.0.message =
                alloc::format!("{} ({} places)", self.0.message, grouped(more + 1)).into();
        }
        self
    }

    /// Moves the finding into the file of a template's problem and adds the directives that led to it.
    pub(crate) fn led_to(mut self, expanded: &Expanded, problem: &Problem) -> Self {
        let path = |file: u32| expanded.files.get(file as usize).map_or("", String::as_str);
        if problem.at.file != 0 {
            self = self.in_file(path(problem.at.file));
        }
        for hop in problem.chain.iter().filter(|hop| **hop != problem.at).take(MAX_LABELS) {
            self = self.label_in(path(hop.file), hop.span, "included here");
        }
        self
    }

    /// A fix that keeps the meaning. The edits must not overlap; they are put into order.
    pub(crate) fn safe_fix(self, title: impl Into<Message>, edits: Vec<(Span, String)>) -> Self {
        self.fix(title.into(), Applicability::Safe, edits)
    }

    /// A fix that should be reviewed.
    pub(crate) fn unsafe_fix(self, title: impl Into<Message>, edits: Vec<(Span, String)>) -> Self {
        self.fix(title.into(), Applicability::Unsafe, edits)
    }

    fn fix(
        mut self,
        title: Message,
        applicability: Applicability,
        mut edits: Vec<(Span, String)>,
    ) -> Self {
        edits.sort_by_cached_key(|(span, _)| *span);
        self.0.fix = Some((title, applicability, edits));
        self
    }

    pub(crate) fn into_diagnostic(
        self,
        rule: &'static str,
        severity: Severity,
        role_path: &str,
    ) -> Diagnostic {
        let Self(parts) = self;
        let path = parts.path.unwrap_or_else(|| role_path.to_string());
        Diagnostic {
            rule,
            severity,
            span: parts.span,
            message: parts.message,
            reason: parts.reason,
            help: parts.help,
            labels: parts
                .labels
                .into_iter()
                .map(|(other, span, message)| Label {
                    path: other.unwrap_or_else(|| path.clone()),
                    span,
                    message,
                })
                .collect(),
            fix: parts.fix.map(|(title, applicability, edits)| Fix {
                title,
                applicability,
                edits: edits
                    .into_iter()
                    .map(|(span, text)| Edit { path: path.clone(), span, text })
                    .collect(),
            }),
            path,
        }
    }
}
