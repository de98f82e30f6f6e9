//! Defines the results of checking a file or a workspace.

use crate::{Fix, Range};
use borsh::{BorshDeserialize, BorshSerialize};
use serde::Serialize;

/// How much a diagnostic matters.
#[derive(
    Clone,
    Copy,
    Debug,
    Default,
    PartialEq,
    Eq,
    PartialOrd,
    Ord,
    Hash,
    Serialize,
    BorshSerialize,
    BorshDeserialize,
)]
#[serde(rename_all = "lowercase")]
pub enum Severity {
    /// Advice.
    #[default]
    Info,
    /// The host reads the file differently from its wording, or the file is very likely wrong.
    Warning,
    /// The host rejects or ignores the file, or there is a security problem.
    Error,
}

/// Something wrong with a text.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, BorshSerialize, BorshDeserialize)]
pub struct Diagnostic {
    /// The rule that raised it.
    pub rule: String,
    /// How much it matters on this host.
    pub severity: Severity,
    /// The file it is in.
    pub path: String,
    /// The place in that file.
    pub range: Range,
    /// The problem: one clause, with names in backticks.
    pub message: String,
    /// Why it matters on this host.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub reason: Option<String>,
    /// The action to take.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub help: Option<String>,
    /// Related places.
    pub labels: Vec<Label>,
    /// A mechanical fix, if there is one.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub fix: Option<Fix>,
    /// The rule's section in the documentation.
    pub url: String,
}

/// A place related to a diagnostic.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, BorshSerialize, BorshDeserialize)]
pub struct Label {
    /// The file it is in.
    pub path: String,
    /// The place in that file.
    pub range: Range,
    /// The message for this place.
    pub message: String,
}

/// The diagnostics of one file, and the checks that were skipped.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, BorshSerialize, BorshDeserialize)]
#[serde(rename_all = "camelCase")]
pub struct Report {
    /// The file.
    pub path: String,
    /// ID of the host that the text was checked for.
    pub host: String,
    /// Whether the host was detected rather than chosen.
    pub detected: bool,
    /// How the host was found, in one sentence.
    pub host_reason: String,
    /// The file's format, for people: "Markdown with YAML front matter".
    pub kind: String,
    /// Diagnostics in the order of their places; diagnostics of other files follow.
    pub diagnostics: Vec<Diagnostic>,
    /// The skipped checks and the reason for each, one sentence each.
    pub skipped: Vec<String>,
    /// Counts.
    pub stats: FileStats,
}

/// Counts of one check.
#[derive(
    Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, BorshSerialize, BorshDeserialize,
)]
#[serde(rename_all = "camelCase")]
pub struct FileStats {
    /// How many rules ran.
    pub rules_run: u32,
    /// How many rules the settings turn off.
    pub rules_off: u32,
    /// Size of the text in bytes of UTF-8.
    pub bytes: u32,
    /// Lines of the text.
    pub lines: u32,
}

/// The diagnostics of a workspace.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, BorshSerialize, BorshDeserialize)]
pub struct WorkspaceReport {
    /// One report for each role, in path order.
    pub files: Vec<Report>,
    /// Paths of the files that were not recognized as roles.
    pub skipped: Vec<String>,
}

/// A text after its fixes.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, BorshSerialize, BorshDeserialize)]
pub struct Fixed {
    /// The text.
    pub text: String,
    /// The applied fixes, in order.
    pub applied: Vec<AppliedFix>,
    /// The remaining problems.
    pub report: Report,
}

/// A fix that was applied.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, BorshSerialize, BorshDeserialize)]
pub struct AppliedFix {
    /// The rule it belongs to.
    pub rule: String,
    /// A description of the fix.
    pub title: String,
}
