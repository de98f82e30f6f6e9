//! Defines a compiled role: the prompt, a mapping back to its sources, and the losses on the host.

use crate::{Diagnostic, Location, Range, Severity};
use borsh::{BorshDeserialize, BorshSerialize};
use serde::Serialize;

/// A role as its host and its model receive it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, BorshSerialize, BorshDeserialize)]
pub struct Compiled {
    /// Id of the host that the file is written for.
    pub host: String,
    /// The text the model sees.
    pub prompt: String,
    /// The file that the host reads; absent if it would widen permissions, or if the text is not
    /// compiled.
    pub file: Option<HostFile>,
    /// How the role's permissions change.
    pub permissions: Outcome,
    /// Cover the prompt exactly once, in order.
    pub segments: Vec<Segment>,
    /// The losses on the host.
    pub losses: Vec<Loss>,
    /// Sizes of the prompt.
    pub stats: Stats,
    /// The template's variables.
    pub variables: Vec<Variable>,
    /// The include tree in depth-first order; the role itself is the first node.
    pub includes: Vec<Include>,
    /// The diagnostics of the role and of the files that it includes.
    pub diagnostics: Vec<Diagnostic>,
    /// A source map of the prompt (version 3) as JSON, if requested.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub map: Option<String>,
}

/// How the permissions of a role change.
#[derive(
    Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, BorshSerialize, BorshDeserialize,
)]
#[serde(rename_all = "kebab-case")]
pub enum Outcome {
    /// They are the same.
    #[default]
    Exact,
    /// Files of this kind carry no permissions.
    NotApplicable,
    /// The role can do less.
    Narrowed,
    /// The role could do more.
    Widened,
}

/// The compilation of a role for one host.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, BorshSerialize, BorshDeserialize)]
pub struct MatrixRow {
    /// Id of the host.
    pub host: String,
    /// Whether the host accepts the file.
    pub loads: bool,
    /// How the role's permissions change.
    pub permissions: Outcome,
    /// The losses on the host.
    pub losses: Vec<Loss>,
    /// The file that the host would read; absent if it would widen permissions.
    pub file: Option<HostFile>,
    /// The errors of this compilation.
    pub diagnostics: Vec<Diagnostic>,
}

/// The file that a host reads.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, BorshSerialize, BorshDeserialize)]
pub struct HostFile {
    /// The path where it belongs, relative to the workspace root.
    pub path: String,
    /// Its text.
    pub text: String,
}

/// A piece of the prompt and its source. Offsets are in the chosen encoding.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, BorshSerialize, BorshDeserialize)]
pub struct Segment {
    /// Start and end in the prompt.
    pub prompt: (u32, u32),
    /// The file it came from.
    pub path: String,
    /// Start and end in that file.
    pub source: (u32, u32),
    /// The kind of piece.
    pub kind: SegmentKind,
}

/// The kind of a piece of the prompt.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, BorshSerialize, BorshDeserialize)]
#[serde(rename_all = "lowercase")]
pub enum SegmentKind {
    /// Text copied from a file.
    Literal,
    /// The value of a variable.
    Variable,
    /// A directive that could not be filled in, kept unchanged.
    Unfilled,
    /// The `#` characters that shift a heading.
    Shift,
    /// Spaces that indent an included block.
    Indent,
    /// Inserted blank lines and line endings.
    Blank,
    /// The code block around an included file.
    Fence,
    /// The wrapping around included data.
    Wrap,
}

/// Something that a host cannot express.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, BorshSerialize, BorshDeserialize)]
pub struct Loss {
    /// The severity; a loss is an error if permissions would become wider.
    pub severity: Severity,
    /// The file it is in.
    pub path: String,
    /// The place in that file.
    pub range: Range,
    /// The loss and the replacement.
    pub message: String,
}

/// Sizes of a prompt.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, BorshSerialize, BorshDeserialize)]
pub struct Stats {
    /// Bytes of UTF-8.
    pub bytes: u32,
    /// Unicode scalar values.
    pub characters: u32,
    /// Words, separated by whitespace.
    pub words: u32,
    /// Lines.
    pub lines: u32,
    /// Estimated tokens.
    pub tokens: Tokens,
    /// The host's limit, if it has one.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub limit: Option<Limit>,
    /// How much of the prompt each file makes up.
    pub sources: Vec<Share>,
    /// The share of each section in the prompt, from its heading to the next.
    pub sections: Vec<SectionShare>,
}

/// An estimate of tokens with its band.
#[derive(
    Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, BorshSerialize, BorshDeserialize,
)]
pub struct Tokens {
    /// The estimate.
    pub estimate: u32,
    /// Low end of the band.
    pub low: u32,
    /// High end of the band.
    pub high: u32,
}

/// A host's limit on the prompt.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, BorshSerialize, BorshDeserialize)]
pub struct Limit {
    /// The maximum.
    pub max: u32,
    /// The unit of the limit.
    pub unit: Unit,
    /// How much the prompt uses.
    pub used: u32,
    /// Whether the host enforces it.
    pub hard: bool,
}

impl Limit {
    /// How much of the limit the prompt uses, for people: `68%`, or `under 1%` of a limit that no usual prompt
    /// comes near.
    ///
    /// ```
    /// use rolewright_wire::{Limit, Unit};
    ///
    /// let limit = Limit { max: 30_000, unit: Unit::Characters, used: 20_400, hard: true };
    /// assert_eq!(limit.share(), "68%");
    /// assert_eq!(Limit { used: 20, ..limit }.share(), "under 1%");
    /// assert_eq!(Limit { used: 0, ..limit }.share(), "0%");
    /// ```
    pub fn share(&self) -> String {
        match u64::from(self.used) * 100 / u64::from(self.max.max(1)) {
            0 if self.used > 0 => String::from("under 1%"),
            share => format!("{share}%"),
        }
    }
}

/// The unit of a length.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, BorshSerialize, BorshDeserialize)]
#[serde(rename_all = "lowercase")]
pub enum Unit {
    /// Unicode scalar values.
    Characters,
    /// Bytes of UTF-8.
    Bytes,
    /// Lines.
    Lines,
}

/// How much of a prompt one file makes up.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, BorshSerialize, BorshDeserialize)]
pub struct Share {
    /// The file.
    pub path: String,
    /// Bytes of the prompt that came from it.
    pub bytes: u32,
    /// Estimated tokens of them.
    pub tokens: u32,
}

/// How much of a prompt one section makes up.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, BorshSerialize, BorshDeserialize)]
pub struct SectionShare {
    /// The heading's text; empty for the part before the first heading.
    pub title: String,
    /// The heading's level; 0 for the part before the first heading.
    pub level: u8,
    /// Start and end in the prompt.
    pub prompt: (u32, u32),
    /// Bytes of the section.
    pub bytes: u32,
    /// The section's estimated tokens.
    pub tokens: u32,
}

/// A variable of a template.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, BorshSerialize, BorshDeserialize)]
pub struct Variable {
    /// Its name.
    pub name: String,
    /// The places of its uses.
    pub uses: Vec<Location>,
    /// The place of its declaration.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub declared: Option<Location>,
    /// Its default value.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub default: Option<String>,
    /// The description in the declaration.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub description: Option<String>,
    /// Whether a value was given.
    pub given: bool,
    /// Whether it is left for the host to fill in.
    pub runtime: bool,
}

/// One include in the tree.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, BorshSerialize, BorshDeserialize)]
pub struct Include {
    /// The file, or the path as written if it has no target.
    pub path: String,
    /// Depth in the tree; 0 is the role itself.
    pub depth: u32,
    /// The directive; absent for the role itself.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub from: Option<Location>,
    /// The outcome.
    pub state: IncludeState,
    /// The number of bytes that it contributed to the prompt, with everything it includes.
    pub bytes: u32,
    /// Estimated tokens of them.
    pub tokens: u32,
}

/// The outcome of an include.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, BorshSerialize, BorshDeserialize)]
#[serde(rename_all = "lowercase")]
pub enum IncludeState {
    /// Its text is in the prompt.
    Included,
    /// Optional and absent, or limited to one inclusion and already included.
    Absent,
    /// Required, but the file or the requested part of it is missing.
    Missing,
    /// It includes itself.
    Cycle,
    /// Its path or its size is rejected.
    Refused,
}
