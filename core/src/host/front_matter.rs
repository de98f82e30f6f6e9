//! How a host reads the front matter of a file.

use super::Consequence;

/// How a host reads the front matter of a file.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct FrontMatterFacts {
    /// Whether there has to be one.
    pub presence: Presence,
    /// How exactly it has to be YAML.
    pub yaml: Yaml,
    /// Whether it reads YAML's blocks of text.
    pub blocks: bool,
    /// Whether a scalar of another type is refused (`name: 3000` for a string) and not read as text.
    pub strict_types: bool,
    /// What happens to a file whose front matter does not parse.
    pub invalid: Consequence,
    /// What happens to a file without front matter.
    pub missing: Consequence,
    /// Whether a README beside the roles is documentation to the host, and no broken role.
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
    /// The host knows no front matter: it would be part of the text.
    None,
}

/// How exactly front matter has to be YAML.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Yaml {
    /// What YAML refuses, the host refuses.
    Strict,
    /// A single-line value that only lacks quotes is still read, in files with LF line endings only.
    RescuesColon,
    /// A single-line value that only lacks quotes is still read, whatever the line endings.
    RescuesColonAlways,
    /// Not YAML: `key: rest of the line`.
    Lines,
}
