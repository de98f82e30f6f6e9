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
    /// Whether a scalar of another type is rejected (`name: 3000` for a string) and not read as
    /// text.
    pub strict_types: bool,
    /// What happens to a file whose front matter does not parse.
    pub invalid: Consequence,
    /// What happens to a file without front matter.
    pub missing: Consequence,
    /// Whether a README next to the roles is documentation for the host and not a broken role.
    pub documents: bool,
    /// What a byte order mark before the front matter does.
    pub byte_order_mark: Option<&'static str>,
    /// What CRLF line endings in the front matter do.
    pub crlf: Option<&'static str>,
    /// What `---` inside the front matter does, where it ends it.
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
    /// The host has no front matter: it would be part of the text.
    None,
}

/// How strictly front matter is read as YAML.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Yaml {
    /// The host rejects what YAML rejects.
    Strict,
    /// A single-line value that only lacks quotes is still read, in files with LF line endings only.
    RescuesColon,
    /// A single-line value that only lacks quotes is still read, whatever the line endings.
    RescuesColonAlways,
    /// Not YAML: `key: rest of the line`.
    Lines,
}
