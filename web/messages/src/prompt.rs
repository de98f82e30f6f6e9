//! The compiled prompt, its sizes and its way back.

use serde::{Deserialize, Serialize};

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
