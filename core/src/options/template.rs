//! How includes and variables are read and expanded, and the limits of an expansion.

use alloc::collections::BTreeMap;
use alloc::string::String;
use alloc::vec::Vec;

/// How templates are read and expanded. A field that is `None` is taken from the keys `templates` and
/// `mounts` in the front matter of the entry, then from the default given for the field.
#[derive(Clone, Debug, Default)]
pub struct TemplateOptions {
    /// The folders searched for a bare path; by default the root, then the including file's folder.
    pub resolve: Option<Resolve>,
    /// The folder that bare and `/` paths start from, relative to the workspace; by default `.`.
    pub root: Option<String>,
    /// Whether headings in included text are shifted below the heading above; by default they are.
    pub shift: Option<Shift>,
    /// The treatment of blank lines around included text; [`Spacing::Paragraphs`] by default.
    pub spacing: Option<Spacing>,
    /// Whether unknown variables in code are expanded; by default they are not.
    pub code: Option<Code>,
    /// The treatment of a variable without a value; by default an error in a compilation, kept and
    /// marked in a check.
    pub missing: Option<Missing>,
    /// Variable declarations that extend those in the entry's front matter, which win: the YAML or
    /// JSON map that the front matter would have under `variables`. For hosts that reject unknown
    /// fields.
    pub variables: Option<String>,
    /// Folders that paths starting with `/` are mapped to: prefix and target.
    pub mounts: BTreeMap<String, Mount>,
    /// Paths that may be included although their names are rejected as secrets (`.env.example`).
    pub allowed: Vec<String>,
    /// The limits of an expansion.
    pub limits: Limits,
}

/// The folders searched for a bare path.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Resolve {
    /// The root, then the including file's folder.
    #[default]
    RootThenFile,
    /// The root only.
    Root,
    /// The including file's folder only.
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

/// The treatment of blank lines around included text.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Spacing {
    /// Blank lines at its ends are dropped, and a blank line separates it from the text around it.
    #[default]
    Paragraphs,
    /// Nothing is added and nothing is stripped.
    Exact,
}

/// Whether variables in code are expanded.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Code {
    /// Only declared or supplied variables.
    #[default]
    Literal,
    /// All of them; includes never are.
    Live,
}

/// How a variable without a value is treated.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Missing {
    /// It is kept unchanged, which is an error.
    Error,
    /// It is kept unchanged, which is a warning.
    #[default]
    Keep,
    /// It is replaced by nothing.
    Empty,
}

/// The target of a `/` path.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Mount {
    /// The folder, relative to the workspace.
    pub path: String,
    /// Whether its files are data: inserted unchanged, without being parsed, and delimited.
    pub data: bool,
}

/// The limits of an expansion. Sizes are in bytes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Limits {
    /// Nested includes; at most 64 levels.
    pub depth: usize,
    /// Includes in total.
    pub expansions: usize,
    /// Different files.
    pub files: usize,
    /// The size of one file.
    pub file: usize,
    /// The expanded text.
    pub output: usize,
    /// The length of one directive.
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
