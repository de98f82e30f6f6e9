//! What the engine found out about one revision.

use crate::{Prompt, Severity};
use serde::{Deserialize, Serialize};

/// Everything the page shows about one revision.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Analysis {
    /// Id of the host the text was judged for.
    pub host: String,
    /// Whether the host was detected, and from what: one sentence.
    pub host_reason: String,
    /// Whether the host was detected rather than chosen.
    pub host_detected: bool,
    /// Kind of the entry file, for people: "Markdown with YAML front matter".
    pub kind: String,
    /// Findings, sorted by path (entry first) and place.
    pub problems: Vec<Problem>,
    /// What could not be checked and why, one sentence each.
    pub skipped: Vec<String>,
    /// How many rules ran.
    pub rules_run: u32,
    /// How many rules are switched off by profile or setting.
    pub rules_off: u32,
    /// Milliseconds that checking and compiling took.
    pub check_ms: f64,
    /// Milliseconds that turning the result into what the page shows took.
    pub convert_ms: f64,
    /// The compiled prompt.
    pub prompt: Prompt,
    /// What the host reads from disk.
    pub host_file: HostFile,
    /// What the host cannot express.
    pub losses: Vec<Loss>,
    /// Template variables found, in order of first use.
    pub variables: Vec<Variable>,
    /// Include tree, depth first; the entry itself is the first node.
    pub includes: Vec<IncludeNode>,
}

/// One finding.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Problem {
    /// Rule name.
    pub rule: String,
    /// How much it matters on this host.
    pub severity: Severity,
    /// The file it is in.
    pub path: String,
    /// Where, in UTF-16 offsets of that file.
    pub start: u32,
    /// End of the range.
    pub end: u32,
    /// Line from 1.
    pub line: u32,
    /// Column from 1, in UTF-16 units.
    pub column: u32,
    /// What is wrong: one sentence, names in backticks.
    pub message: String,
    /// Why it matters on this host.
    pub reason: Option<String>,
    /// What to do.
    pub help: Option<String>,
    /// Further places.
    pub labels: Vec<Label>,
    /// A remedy, where there is a mechanical one.
    pub fix: Option<Fix>,
}

/// A further place of a finding.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Label {
    /// The file it is in.
    pub path: String,
    /// Start, UTF-16.
    pub start: u32,
    /// End, UTF-16.
    pub end: u32,
    /// Line from 1.
    pub line: u32,
    /// What is there.
    pub message: String,
}

/// A remedy made of edits.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Fix {
    /// What the button says.
    pub title: String,
    /// Whether it keeps the meaning of the text.
    pub safe: bool,
    /// Disjoint edits in ascending order.
    pub edits: Vec<Edit>,
}

/// Replace a range of one file.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Edit {
    /// The file.
    pub path: String,
    /// Start, UTF-16.
    pub start: u32,
    /// End, UTF-16.
    pub end: u32,
    /// What stands there afterwards.
    pub text: String,
}

/// What the host reads from disk.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct HostFile {
    /// Where it belongs.
    pub path: String,
    /// Its text.
    pub text: String,
}

/// Something the host cannot express.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Loss {
    /// How much it matters.
    pub severity: Severity,
    /// The file the lost part is in.
    pub path: String,
    /// Start, UTF-16.
    pub start: u32,
    /// End, UTF-16.
    pub end: u32,
    /// What is lost and what was done instead.
    pub message: String,
}

/// A template variable of the entry role and what it includes.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Variable {
    /// Its name.
    pub name: String,
    /// Where it is used.
    pub uses: Vec<Place>,
    /// Its default value.
    pub default: Option<String>,
    /// What the declaration says of it.
    pub description: Option<String>,
    /// Whether a value was given.
    pub given: bool,
    /// Whether it is left for the host to fill in at run time.
    pub runtime: bool,
}

/// A range of a file.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Place {
    /// The file.
    pub path: String,
    /// Start, UTF-16.
    pub start: u32,
    /// End, UTF-16.
    pub end: u32,
    /// Line from 1.
    pub line: u32,
}

/// One include of the tree.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct IncludeNode {
    /// The file, or the path as written where it could not be resolved.
    pub path: String,
    /// Depth in the tree; the entry is 0.
    pub depth: u32,
    /// Where the directive stands; `None` for the entry.
    pub from: Option<Place>,
    /// What became of it.
    pub state: IncludeState,
    /// Bytes of the prompt that came from this include and all below it.
    pub bytes: u32,
    /// Estimated tokens of them.
    pub tokens: u32,
}

/// What became of an include.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum IncludeState {
    /// Its text is in the prompt.
    Included,
    /// Optional and absent.
    Absent,
    /// Required and missing.
    Missing,
    /// It includes itself.
    Cycle,
    /// Its path is refused.
    Refused,
}
