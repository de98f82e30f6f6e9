//! How a host reads the front matter of a file.

use super::Consequence;

/// How a host reads the front matter of a file.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct FrontMatterFacts {
    /// Whether it is required.
    pub presence: Presence,
    /// How strictly it is read as YAML.
    pub yaml: Yaml,
    /// Whether it reads YAML block scalars.
    pub blocks: bool,
    /// Whether a scalar of another type is rejected (`name: 3000` for a string) instead of being
    /// read as text.
    pub strict_types: bool,
    /// Whether a list in it defines several roles that run elsewhere.
    pub lists: bool,
    /// Whether comments and trailing commas make a JSON file invalid.
    pub plain_json: bool,
    /// The consequence of front matter that does not parse.
    pub invalid: Consequence,
    /// The consequence of missing front matter.
    pub missing: Consequence,
    /// Whether the host treats a README next to the roles as documentation and not as a broken
    /// role.
    pub documents: bool,
    /// The effect of a byte order mark before the front matter.
    pub byte_order_mark: Option<&'static str>,
    /// The effect of CRLF line endings in the front matter.
    pub crlf: Option<&'static str>,
    /// The effect of `---` inside the front matter, if it ends the front matter there.
    pub early_end: Option<&'static str>,
    /// Whether the two characters `\n` in a description become a line break.
    pub reads_escapes: bool,
}

/// Whether a file has front matter.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Presence {
    /// A file without front matter is not a role of this host.
    Required,
    /// Both are fine.
    Optional,
    /// The host has no front matter: it would read it as part of the text.
    None,
}

/// How strictly front matter is read as YAML.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Yaml {
    /// The host rejects everything that YAML rejects.
    Strict,
    /// A single-line value that lacks only quotes is still read, but only in files with LF line
    /// endings.
    RescuesColon,
    /// A single-line value that lacks only quotes is still read, with any line endings.
    RescuesColonAlways,
    /// Not YAML: `key: rest of the line`.
    Lines,
}
