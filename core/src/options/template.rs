//! How includes and variables are read and expanded, and how much may come together.

use alloc::collections::BTreeMap;
use alloc::string::String;
use alloc::vec::Vec;

/// How templates are read and expanded. What is `None` is taken from the keys `templates` and
/// `mounts` in the head of the entry, then from the default named at the field.
#[derive(Clone, Debug, Default)]
pub struct TemplateOptions {
    /// Where a bare path is looked for; by default the root and then the including file's folder.
    pub resolve: Option<Resolve>,
    /// The folder that bare and `/` paths start from, relative to the workspace; by default `.`.
    pub root: Option<String>,
    /// Whether headings of included text move below the heading they stand under; by default they do.
    pub shift: Option<Shift>,
    /// What happens to blank lines around included text; by default [`Spacing::Paragraphs`].
    pub spacing: Option<Spacing>,
    /// Whether unknown variables in code are live; by default they are not.
    pub code: Option<Code>,
    /// What becomes of a variable without a value; by default an error in a compilation, kept and
    /// marked in a check.
    pub missing: Option<Missing>,
    /// Declarations of variables beside those in the head of the entry, which win: the map that front
    /// matter holds under `variables`, as YAML or JSON. For hosts that complain of fields they do not
    /// know.
    pub variables: Option<String>,
    /// Folders that stand for a path that begins with `/`: prefix and target.
    pub mounts: BTreeMap<String, Mount>,
    /// Paths that may be included although their names are refused as secrets (`.env.example`).
    pub allowed: Vec<String>,
    /// The most that may come together.
    pub limits: Limits,
}

/// Where to look for a bare path.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Resolve {
    /// In the root, then in the including file's folder.
    #[default]
    RootThenFile,
    /// In the root only.
    Root,
    /// In the including file's folder only.
    File,
}

/// Whether headings of included text move.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Shift {
    /// Below the nearest heading before the directive.
    #[default]
    Auto,
    /// Not at all.
    None,
}

/// What happens to blank lines around included text.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Spacing {
    /// Blank lines at its ends go, and a blank line parts it from its neighbors.
    #[default]
    Paragraphs,
    /// Nothing is added and nothing is stripped.
    Exact,
}

/// Whether variables in code are live.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Code {
    /// Only those that are declared or supplied.
    #[default]
    Literal,
    /// All of them; includes never are.
    Live,
}

/// What becomes of a variable without a value.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Missing {
    /// It stays unchanged, and that is an error.
    Error,
    /// It stays unchanged, and that is a warning.
    #[default]
    Keep,
    /// Nothing takes its place.
    Empty,
}

/// What a `/` path leads to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Mount {
    /// The folder, relative to the workspace.
    pub path: String,
    /// Whether its files are data: inserted as they are, unread and delimited.
    pub data: bool,
}

/// The most that may come together. Sizes are bytes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Limits {
    /// Includes inside includes; at most 64.
    pub depth: usize,
    /// Included texts in all.
    pub expansions: usize,
    /// Different files.
    pub files: usize,
    /// One file.
    pub file: usize,
    /// The expanded text.
    pub output: usize,
    /// One directive.
    pub directive: usize,
    /// The front matter of one file.
    pub front_matter: usize,
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            depth: 8,
            expansions: 1_000,
            files: 256,
            file: 1 << 20,
            output: 1 << 20,
            directive: 1 << 10,
            front_matter: 64 << 10,
        }
    }
}
