//! The results of calls. Offsets and columns are in the encoding that the call chose; sizes are bytes
//! unless they say otherwise.

use serde::{Deserialize, Serialize};
use std::borrow::Cow;

/// Text that is mostly fixed and sometimes built.
pub type Text = Cow<'static, str>;

/// A place in a text.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
pub struct Position {
    /// From the start of the text.
    pub offset: u32,
    /// From 1.
    pub line: u32,
    /// From 1.
    pub column: u32,
}

/// A part of a text; `end` is after its last character.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
pub struct Range {
    /// Its first place.
    pub start: Position,
    /// The place after it.
    pub end: Position,
}

/// A part of a file.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Place {
    /// The file.
    pub path: String,
    /// The part.
    pub range: Range,
}

/// What a check found in one text.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Report {
    /// The text's path.
    pub path: String,
    /// Id of the host that the text was checked for.
    pub host: Text,
    /// Whether the host was detected rather than chosen.
    pub detected: bool,
    /// How the host was found: one sentence.
    pub host_reason: Text,
    /// What the file is, for people.
    pub kind: Text,
    /// What is wrong.
    pub diagnostics: Vec<Diagnostic>,
    /// What was not checked and why, one sentence each.
    pub skipped: Vec<String>,
    /// Counts.
    pub stats: ReportStats,
}

/// Counts of a check.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct ReportStats {
    /// How many rules ran.
    pub rules_run: u32,
    /// How many the settings switch off.
    pub rules_off: u32,
    /// Length of the text.
    pub bytes: u32,
    /// Lines of the text.
    pub lines: u32,
}

/// One thing that is wrong.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Diagnostic {
    /// The rule that found it.
    pub rule: Text,
    /// error, warning or info.
    pub severity: Text,
    /// Where it is.
    pub range: Range,
    /// The file it is in.
    pub path: String,
    /// What is wrong.
    pub message: Text,
    /// Why it matters.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub reason: Option<Text>,
    /// What to do.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub help: Option<Text>,
    /// Further places.
    pub labels: Vec<Label>,
    /// A mechanical remedy.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub fix: Option<Fix>,
    /// The rule's section in the documentation.
    pub url: String,
}

/// A further place of a diagnostic.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Label {
    /// Where it is.
    pub range: Range,
    /// The file it is in.
    pub path: String,
    /// What is there.
    pub message: Text,
}

/// A mechanical remedy.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Fix {
    /// What it does.
    pub title: Text,
    /// safe or unsafe.
    pub applicability: Text,
    /// What it changes.
    pub edits: Vec<Edit>,
}

/// A replacement of a part of one file.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Edit {
    /// What is replaced.
    pub range: Range,
    /// The file.
    pub path: String,
    /// What takes its place.
    pub text: String,
}

/// A text with its fixes applied.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Fixed {
    /// The text.
    pub text: String,
    /// What was applied, in order.
    pub applied: Vec<AppliedFix>,
    /// What is left.
    pub report: Report,
}

/// A fix that was applied.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct AppliedFix {
    /// The rule it belongs to.
    pub rule: Text,
    /// What it did.
    pub title: String,
}

/// One file of a workspace: what was found in it, and the name it claims.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct CheckedFile {
    /// What was found.
    pub report: Report,
    /// The name it claims, where its host knows roles by name.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub claim: Option<Claim>,
}

/// The name that a role claims, for the check across files.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Claim {
    /// The role's path.
    pub path: String,
    /// Id of its host.
    pub host: String,
    /// The name.
    pub name: String,
    /// Where the name starts, in bytes whatever the encoding.
    pub start: u32,
    /// Where it ends, in bytes.
    pub end: u32,
    /// Rules about claims that comments there suppress.
    pub suppressed: Vec<String>,
}

/// A role as a host and its model get it.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Compiled {
    /// Id of the host that the file is written for.
    pub host: Text,
    /// The text that the model sees.
    pub prompt: String,
    /// What the host reads from disk.
    pub file: HostFile,
    /// They cover the prompt exactly once, in order.
    pub segments: Vec<Segment>,
    /// What the host cannot express.
    pub losses: Vec<Loss>,
    /// How large the prompt is.
    pub stats: PromptStats,
    /// The variables of the template.
    pub variables: Vec<Variable>,
    /// The include tree, depth first; the text itself comes first.
    pub includes: Vec<Include>,
    /// What is wrong with the text.
    pub diagnostics: Vec<Diagnostic>,
}

/// What a host reads from disk.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct HostFile {
    /// Where it belongs.
    pub path: String,
    /// Its text.
    pub text: String,
}

/// A part of the prompt and where it came from.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Segment {
    /// Start and end in the prompt.
    pub prompt: [u32; 2],
    /// The file it came from.
    pub path: String,
    /// Start and end in that file.
    pub source: [u32; 2],
    /// How it came into the prompt.
    pub kind: Text,
}

/// Something that the host cannot express.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Loss {
    /// error, warning or info.
    pub severity: Text,
    /// The file it is in.
    pub path: String,
    /// Where it is.
    pub range: Range,
    /// What is lost and what was done instead.
    pub message: Text,
}

/// The size of a prompt.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct PromptStats {
    /// Bytes of UTF-8.
    pub bytes: u32,
    /// Unicode scalar values.
    pub characters: u32,
    /// Words.
    pub words: u32,
    /// Lines.
    pub lines: u32,
    /// Estimated tokens.
    pub tokens: Tokens,
    /// The host's limit, where it has one.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub limit: Option<Limit>,
    /// How much each file makes up.
    pub sources: Vec<SourceShare>,
}

/// An estimated number of tokens.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Tokens {
    /// The likeliest number.
    pub estimate: u32,
    /// The lower bound.
    pub low: u32,
    /// The upper bound.
    pub high: u32,
}

/// A host's limit on the prompt.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Limit {
    /// The most there may be.
    pub max: u32,
    /// Of what.
    pub unit: Text,
    /// How much there is.
    pub used: u32,
    /// Whether the host enforces it.
    pub hard: bool,
}

/// How much of a prompt one file makes up.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct SourceShare {
    /// The file.
    pub path: String,
    /// Bytes of the prompt.
    pub bytes: u32,
    /// Estimated tokens.
    pub tokens: u32,
}

/// A variable of a template.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Variable {
    /// Its name.
    pub name: String,
    /// Where it is used.
    pub uses: Vec<Place>,
    /// Where it is declared.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub declared: Option<Place>,
    /// Its default value.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub default: Option<String>,
    /// What it is for.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub description: Option<String>,
    /// Whether it was given a value.
    pub given: bool,
    /// Whether it is left for the host to fill in.
    pub runtime: bool,
}

/// One include of the tree.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Include {
    /// The file, or the path as written where it leads nowhere.
    pub path: String,
    /// 0 is the text itself.
    pub depth: u32,
    /// The directive.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub from: Option<Place>,
    /// included, absent, missing, cycle or refused.
    pub state: Text,
    /// How many bytes it put into the prompt.
    pub bytes: u32,
}

/// The files that a compilation would be made of.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Inputs {
    /// Those it reads, the text itself included.
    pub read: Vec<String>,
    /// Those it would read if they were there, as written.
    pub absent: Vec<String>,
}

/// What is where in a role.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Outline {
    /// The text's path.
    pub path: String,
    /// Id of the host.
    pub host: Text,
    /// The front matter between its delimiters.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub head: Option<Range>,
    /// Fields of the front matter.
    pub fields: Vec<Named>,
    /// Sections by their headings.
    pub sections: Vec<Section>,
    /// Tools that are named.
    pub tools: Vec<Named>,
    /// Targets of links and images.
    pub references: Vec<Named>,
    /// Includes and variables.
    pub directives: Vec<Directive>,
}

/// Something with a name: `range` is where the name is, `value` where its value is.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Named {
    /// The name.
    pub name: String,
    /// Where it is.
    pub range: Range,
    /// Where its value is.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub value: Option<Range>,
}

/// A section of a role.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Section {
    /// The text of its heading.
    pub title: String,
    /// The level of its heading.
    pub level: u32,
    /// From its heading to the next one of the same or a higher level.
    pub range: Range,
}

/// An include or a variable.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Directive {
    /// include or variable.
    pub kind: Text,
    /// The path or the name.
    pub name: String,
    /// Where it is.
    pub range: Range,
}
