//! The options of a call.

use rolewright_wire::Encoding;
use serde::Deserialize;
use std::collections::BTreeMap;

/// The arguments of a call other than its text and the files around it.
#[derive(Clone, Debug, Default, PartialEq, Deserialize)]
#[serde(rename_all = "camelCase", default)]
pub(crate) struct Settings {
    /// Where the text is or would be, relative to the workspace root.
    pub path: Option<String>,
    /// Id of the host that the text is for; by default it is detected.
    pub host: Option<String>,
    /// Which rules run.
    pub profile: Option<Profile>,
    /// Rules by name.
    pub rules: Option<BTreeMap<String, RuleSetting>>,
    /// Values of template variables.
    pub values: Option<BTreeMap<String, String>>,
    /// Declarations of template variables, as JSON.
    pub variables: Option<String>,
    /// How a variable without a value is treated.
    pub missing: Option<Missing>,
    /// How templates are read.
    pub templates: Option<Templates>,
    /// Folders by the prefix that they are included by.
    pub mounts: Option<BTreeMap<String, Mount>>,
    /// The limits of an expansion.
    pub limits: Option<Limits>,
    /// What offsets and columns count in the result.
    pub encoding: Option<Encoding>,
    /// `fix`: whether unsafe fixes are applied too.
    pub r#unsafe: Option<bool>,
    /// `compile`: id of the host that is written for.
    pub to: Option<String>,
    /// `compile`: which role of a file with several is compiled.
    pub role: Option<RoleOption>,
    /// `compile`: whether permissions may become wider.
    pub allow_widening: Option<bool>,
    /// `compile`: whether a source map is made.
    pub map: Option<bool>,
}

/// One role of several in a file.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(untagged)]
pub(crate) enum RoleOption {
    /// By its position, from 0.
    At(usize),
    /// By its name.
    Named(String),
}

/// Which rules run.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub(crate) enum Profile {
    /// Errors and warnings.
    Core,
    /// Advice too.
    Recommended,
    /// Matters of taste too.
    Style,
}

/// What an option says about one rule.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub(crate) enum RuleSetting {
    /// It does not run.
    Off,
    /// It runs and reports errors.
    Error,
    /// It runs and reports warnings.
    Warning,
    /// It runs and reports infos.
    Info,
}

/// How a variable without a value is treated.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub(crate) enum Missing {
    /// It is kept, and that is an error.
    Error,
    /// It is kept.
    Keep,
    /// It is replaced by nothing.
    Empty,
}

/// How templates are read; what is left out is taken from the front matter.
#[derive(Clone, Debug, Default, PartialEq, Deserialize)]
#[serde(default)]
pub(crate) struct Templates {
    /// Where to look for a bare path.
    pub resolve: Option<Resolve>,
    /// The folder that bare and `/` paths start from.
    pub root: Option<String>,
    /// Whether included headings move below the one that includes them.
    pub shift: Option<Shift>,
    /// What happens to blank lines around included text.
    pub spacing: Option<Spacing>,
    /// Whether variables without a value are recognized in code.
    pub code: Option<Code>,
}

/// Where to look for a bare path.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub(crate) enum Resolve {
    /// In the root, then in the including file's folder.
    RootThenFile,
    /// In the root only.
    Root,
    /// In the including file's folder only.
    File,
}

/// Whether included headings move.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub(crate) enum Shift {
    /// Below the nearest heading before the directive.
    Auto,
    /// Not at all.
    None,
}

/// What happens to blank lines around included text.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub(crate) enum Spacing {
    /// A blank line separates it from its neighbors.
    Paragraphs,
    /// Nothing is added and nothing is removed.
    Exact,
}

/// Whether variables without a value are recognized in code.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub(crate) enum Code {
    /// Only those that are declared or given a value.
    Literal,
    /// All of them.
    Live,
}

/// The folder that a prefix is mapped to.
#[derive(Clone, Debug, Default, PartialEq, Deserialize)]
#[serde(default)]
pub(crate) struct Mount {
    /// The folder, relative to the workspace.
    pub path: Option<String>,
    /// How far its files are trusted.
    pub trust: Option<Trust>,
}

/// How far included files are trusted.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub(crate) enum Trust {
    /// Their directives are followed.
    Template,
    /// They are inserted unread.
    Data,
}

/// The limits of an expansion; sizes are in bytes.
#[derive(Clone, Debug, Default, PartialEq, Deserialize)]
#[serde(rename_all = "camelCase", default)]
pub(crate) struct Limits {
    /// Nesting depth of includes.
    pub depth: Option<u64>,
    /// Includes in total.
    pub expansions: Option<u64>,
    /// Different files.
    pub files: Option<u64>,
    /// One file.
    pub file: Option<u64>,
    /// The expanded text.
    pub output: Option<u64>,
    /// One directive.
    pub directive: Option<u64>,
    /// The front matter of one file.
    pub front_matter: Option<u64>,
}
