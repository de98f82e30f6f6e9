//! How templates are read and expanded: what the caller asks for, what the head of the entry adds, and
//! the limits. Knows no directive.

use crate::map::Map;
use crate::role::Role;
use crate::yaml::Node;
use alloc::borrow::ToOwned;
use alloc::string::String;
use alloc::vec::Vec;

/// How templates are read and expanded. What is `None` is taken from the keys `templates` and
/// `mounts` in the head of the entry, then from the default named at the field.
#[derive(Clone, Debug, Default)]
pub struct Options {
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
    /// Declarations of variables beside those in the head of the entry, which win: the map that a head
    /// holds under `variables`, as YAML or JSON. For hosts that complain of fields they do not know.
    pub variables: Option<String>,
    /// Folders that stand for a path that begins with `/`: prefix and target.
    pub mounts: Map<Mount>,
    /// Paths that may be included although their names are refused as secrets (`.env.example`).
    pub allowed: Vec<String>,
    /// The most that may come together.
    pub limits: Limits,
}

/// Where a bare path is looked for.
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
    /// Blank lines at its ends go, and a blank line parts it from its neighbours.
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
    /// It stays as it stands, and that is an error.
    Error,
    /// It stays as it stands, and that is a warning.
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
    /// The head of one file.
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

/// Includes inside includes, whatever the settings say.
pub(super) const MAX_DEPTH: usize = 64;

/// The options of one expansion, with nothing left open.
pub(super) struct Settings {
    pub resolve: Resolve,
    pub root: String,
    pub shift: Shift,
    pub spacing: Spacing,
    pub code: Code,
    pub missing: Missing,
    /// Without the slashes at both ends; longest first.
    pub mounts: Vec<(String, Mount)>,
    pub allowed: Vec<String>,
    pub limits: Limits,
}

impl Settings {
    /// What the caller asks for, then what the head of the entry says, then the defaults.
    pub fn new(options: &Options, role: &Role<'_>) -> Self {
        let head = role.field("templates").map(|field| &field.value);
        let said = |name: &str| head.and_then(|node| node.get(name)).and_then(Node::as_str);
        let mut mounts = declared_mounts(role);
        for (at, mount) in options.mounts.iter() {
            mounts.insert(at.to_owned(), mount.clone());
        }
        let mut mounts: Vec<(String, Mount)> = mounts
            .iter()
            .map(|(at, mount)| (at.trim_matches('/').to_owned(), mount.clone()))
            .collect();
        crate::order::sort_by_key(&mut mounts, |(at, _)| core::cmp::Reverse(at.len()));
        let mut limits = options.limits;
        limits.depth = limits.depth.min(MAX_DEPTH);
        Self {
            resolve: options.resolve.unwrap_or(match said("resolve") {
                Some("root") => Resolve::Root,
                Some("file") => Resolve::File,
                _ => Resolve::RootThenFile,
            }),
            root: options
                .root
                .as_deref()
                .or_else(|| said("root"))
                .unwrap_or("")
                .trim_matches('/')
                .to_owned(),
            shift: options.shift.unwrap_or(match said("shift") {
                Some("none") => Shift::None,
                _ => Shift::Auto,
            }),
            spacing: options.spacing.unwrap_or(match said("spacing") {
                Some("exact") => Spacing::Exact,
                _ => Spacing::Paragraphs,
            }),
            code: options.code.unwrap_or(match said("code") {
                Some("live") => Code::Live,
                _ => Code::Literal,
            }),
            missing: options.missing.unwrap_or_default(),
            mounts,
            allowed: options.allowed.clone(),
            limits,
        }
    }
}

/// `mounts: { "/branch/": { path: "branch/", trust: data } }`; a bare string is the path.
fn declared_mounts(role: &Role<'_>) -> Map<Mount> {
    let mut mounts = Map::default();
    let entries = role.field("mounts").and_then(|field| field.value.entries()).unwrap_or(&[]);
    for entry in entries {
        let Some(at) = entry.key.as_str() else { continue };
        let path = entry.value.as_str().or_else(|| entry.value.get("path").and_then(Node::as_str));
        let Some(path) = path else { continue };
        // A misspelt word must not make instructions of data.
        let data = entry.value.get("trust").is_some_and(|trust| trust.as_str() != Some("template"));
        mounts.insert(at.to_owned(), Mount { path: path.to_owned(), data });
    }
    mounts
}
