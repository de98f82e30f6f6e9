//! Diagnostics with positions, reasons and fixes, as plain data.

use crate::text::Span;
use alloc::borrow::Cow;
use alloc::string::String;
use alloc::vec::Vec;
use core::fmt;

/// How much a diagnostic matters.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Severity {
    /// Advice.
    Info,
    /// The host reads the text differently from its wording, or the text is very likely wrong.
    Warning,
    /// The host rejects, skips or ignores the file, or there is a security problem.
    Error,
}

impl Severity {
    /// The name used in settings and reports.
    ///
    /// ```
    /// use rolewright_core::Severity;
    ///
    /// assert_eq!(Severity::Warning.name(), "warning");
    /// ```
    pub const fn name(self) -> &'static str {
        match self {
            Severity::Error => "error",
            Severity::Warning => "warning",
            Severity::Info => "info",
        }
    }

    /// The severity of a name, exactly as [`Severity::name`] writes it.
    ///
    /// ```
    /// use rolewright_core::Severity;
    ///
    /// assert_eq!(Severity::from_name("error"), Some(Severity::Error));
    /// assert_eq!(Severity::from_name("Error"), None);
    /// ```
    pub fn from_name(name: &str) -> Option<Self> {
        [Severity::Error, Severity::Warning, Severity::Info].into_iter().find(|s| s.name() == name)
    }
}

/// Its name.
impl fmt::Display for Severity {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.name())
    }
}

/// Text of a message: mostly fixed, sometimes built.
pub type Message = Cow<'static, str>;

/// One finding about a text.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Diagnostic {
    /// Name of the rule that raised it.
    pub rule: &'static str,
    /// The severity on the host that the text was checked for.
    pub severity: Severity,
    /// Path of the file it is about.
    pub path: String,
    /// Exact place, in bytes of that file's text.
    pub span: Span,
    /// The problem: one sentence, with names in backticks.
    pub message: Message,
    /// Why it matters on this host.
    pub reason: Option<Message>,
    /// The action to take.
    pub help: Option<Message>,
    /// Further places of the same finding.
    pub labels: Vec<Label>,
    /// A fix, if there is a mechanical one.
    pub fix: Option<Fix>,
}

/// `PATH:START..END: SEVERITY[RULE]: MESSAGE`, with the place in bytes. For line numbers, use a
/// [`LineIndex`](crate::LineIndex).
///
/// ```
/// use rolewright_core::{Input, Options, check};
///
/// let report = check(&Input::new("# A\n\n```\n").at("a.md"), &Options::new());
/// let shown = report.diagnostics[0].to_string();
/// assert!(shown.starts_with("a.md:5..8: info[unclosed-fence]: "), "{shown}");
/// ```
impl fmt::Display for Diagnostic {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { path, span, severity, rule, message, .. } = self;
        write!(f, "{path}:{span}: {severity}[{rule}]: {message}")
    }
}

/// A further place of a diagnostic.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Label {
    /// Path of the file it is in.
    pub path: String,
    /// Place in bytes of that file's text.
    pub span: Span,
    /// The message for this place.
    pub message: Message,
}

/// A remedy made of edits that are applied together.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fix {
    /// The effect of the fix, in the imperative: "Quote the value".
    pub title: Message,
    /// Whether it keeps the meaning of the text.
    pub applicability: Applicability,
    /// The edits; the edits of one file do not overlap and are in ascending order.
    pub edits: Vec<Edit>,
}

/// Whether a fix may be applied without looking.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Applicability {
    /// The fix keeps the meaning of the text, or restores the obviously intended meaning.
    Safe,
    /// The result should be reviewed.
    Unsafe,
}

/// Replace a range of one file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Edit {
    /// Path of the file.
    pub path: String,
    /// Place in bytes of that file's text; empty for an insertion.
    pub span: Span,
    /// The replacement.
    pub text: String,
}
