//! What the playground's page and its engine say to each other: plain data, nothing of the engine.
//!
//! Every offset is a UTF-16 offset into the text it belongs to, because that is what the browser's
//! editor counts in. The engine converts once, on its side.

use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// Raised whenever a message changes its shape: a page and an engine of different deployments must
/// notice each other.
pub const PROTOCOL: u32 = 1;

/// A message as the bytes that cross.
pub fn encode<T: Serialize>(message: &T) -> Vec<u8> {
    // Writing plain data into memory cannot fail; nothing at all would be a message nobody reads.
    postcard::to_allocvec(message).unwrap_or_default()
}

/// The message in bytes; `None` where they are none of this protocol.
pub fn decode<T: for<'de> Deserialize<'de>>(bytes: &[u8]) -> Option<T> {
    postcard::from_bytes(bytes).ok()
}

/// What the page asks of the engine. `rev` numbers the page's states; the answer repeats it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Ask {
    /// Check and compile the entry role.
    Analyse {
        /// The page's revision.
        rev: u64,
        /// What to analyse.
        project: Project,
    },
    /// Work out the edits of all safe fixes of one file, proved by checking again.
    FixAll {
        /// The page's revision.
        rev: u64,
        /// What to fix.
        project: Project,
        /// The file whose fixes are wanted.
        path: String,
    },
}

impl Ask {
    /// The revision this question is about.
    pub fn rev(&self) -> u64 {
        match self {
            Ask::Analyse { rev, .. } | Ask::FixAll { rev, .. } => *rev,
        }
    }
}

/// The whole state the engine judges: it keeps nothing between two questions.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Project {
    /// Path of the role that is compiled.
    pub entry: String,
    /// Path of the file in the editor; the same as `entry` unless an included file is open.
    pub active: String,
    /// Every file of the workspace by its path, with `/`.
    pub files: BTreeMap<String, String>,
    /// Values of template variables; a variable that is absent is unset.
    pub values: BTreeMap<String, String>,
    /// Host id, or `None` to detect it.
    pub host: Option<String>,
    /// `core`, `recommended` or `style`.
    pub profile: String,
    /// Severity overrides by rule name: `off`, `error`, `warning` or `info`.
    pub rules: BTreeMap<String, String>,
}

/// What the engine says.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Say {
    /// The engine has started; nothing is sent to it before.
    Ready {
        /// [`PROTOCOL`] as the engine was built with.
        protocol: u32,
        /// Version of the engine.
        version: String,
        /// Every host it knows.
        hosts: Vec<HostInfo>,
        /// Every rule it knows.
        rules: Vec<RuleInfo>,
    },
    /// The answer to [`Ask::Analyse`].
    Analysed {
        /// The revision the question had.
        rev: u64,
        /// What was found.
        analysis: Box<Analysis>,
    },
    /// The answer to [`Ask::FixAll`].
    Fixed {
        /// The revision the question had.
        rev: u64,
        /// The file the edits belong to.
        path: String,
        /// Disjoint edits in ascending order; empty when there is nothing to do.
        edits: Vec<Edit>,
        /// How many findings the edits remove.
        fixed: u32,
        /// How many findings stay.
        left: u32,
    },
}

/// A host as the picker shows it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct HostInfo {
    /// Stable id, such as `claude-code`.
    pub id: String,
    /// Name for people.
    pub title: String,
    /// Where the host looks for its files.
    pub locations: Vec<String>,
    /// Date the facts were checked, as `YYYY-MM-DD`.
    pub checked: String,
}

/// A rule and its documentation.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct RuleInfo {
    /// Stable name in kebab case.
    pub name: String,
    /// Severity where no host says otherwise.
    pub severity: Severity,
    /// One sentence: what it reports.
    pub summary: String,
    /// One paragraph: why that matters.
    pub why: String,
    /// A text that raises it.
    pub bad: String,
    /// The same text without the fault.
    pub good: String,
    /// Whether it can offer a fix.
    pub fixable: bool,
}

/// How much a finding matters.
#[derive(
    Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize,
)]
#[serde(rename_all = "lowercase")]
pub enum Severity {
    /// The host rejects or ignores the file, or it is a security fact.
    Error,
    /// The host reads it differently from what is written, or it is very likely wrong.
    Warning,
    /// Advice.
    #[default]
    Info,
}

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

/// The text the model sees, with its way back.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Prompt {
    /// The text.
    pub text: String,
    /// Cover `text` exactly, in order.
    pub segments: Vec<Segment>,
    /// Files that `segments` name by index; the entry first.
    pub files: Vec<String>,
    /// Include chains that `segments` name by index: each a list of `path:line`, outermost first.
    pub chains: Vec<Vec<String>>,
    /// Share of each file, in the order of `files`.
    pub shares: Vec<Share>,
    /// Size in bytes of UTF-8.
    pub bytes: u32,
    /// Size in characters.
    pub characters: u32,
    /// Words, separated by white space.
    pub words: u32,
    /// Lines.
    pub lines: u32,
    /// Estimated tokens.
    pub tokens: u32,
    /// Low end of the estimate's band.
    pub tokens_low: u32,
    /// High end of the estimate's band.
    pub tokens_high: u32,
    /// The host's limit, where it has one.
    pub limit: Option<Limit>,
}

/// A host's limit on the prompt.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Limit {
    /// The maximum.
    pub max: u32,
    /// What is counted: "characters", "bytes" or "lines".
    pub unit: String,
    /// How much the prompt uses.
    pub used: u32,
    /// Whether the host rejects more.
    pub hard: bool,
}

/// How much of the prompt one file makes up.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Share {
    /// Bytes of the prompt that came from it.
    pub bytes: u32,
    /// Estimated tokens of them.
    pub tokens: u32,
}

/// A piece of the prompt and where it came from.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct Segment {
    /// Start in the prompt, UTF-16.
    pub start: u32,
    /// End in the prompt, UTF-16.
    pub end: u32,
    /// Index into [`Prompt::files`].
    pub file: u32,
    /// Start in that file, UTF-16.
    pub source_start: u32,
    /// End in that file, UTF-16.
    pub source_end: u32,
    /// What it is.
    pub kind: SegmentKind,
    /// Index into [`Prompt::chains`].
    pub chain: u32,
}

/// What a segment of the prompt is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum SegmentKind {
    /// Text copied from a file.
    Literal,
    /// The value of a variable.
    Variable,
    /// A variable without a value, or a missing include, kept as it stands.
    Unfilled,
    /// Characters that raise a heading's level.
    Shift,
    /// Blanks that indent an included block.
    Indent,
    /// Blank lines or line feeds put in between.
    Blank,
    /// The fence around an included file.
    Fence,
    /// The wrapping around included data.
    Wrap,
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
    /// Where it is declared.
    pub declared: Option<Place>,
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_message_comes_out_as_it_went_in() {
        let project = Project {
            entry: "é.md".into(),
            files: [("é.md".to_string(), "😀\r\n".to_string())].into(),
            host: Some("plain".into()),
            ..Project::default()
        };
        let ask = Ask::Analyse { rev: u64::MAX, project };
        assert_eq!(decode(&encode(&ask)), Some(ask));
    }

    #[test]
    fn bytes_of_another_protocol_are_no_message() {
        assert_eq!(decode::<Ask>(b"\xff\x00garbage"), None);
        assert_eq!(decode::<Say>(&[]), None);
    }
}
