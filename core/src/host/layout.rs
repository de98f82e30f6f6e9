//! Describes where a host keeps the roles in its YAML, TOML and JSON files.

/// The position of the roles in a host's files.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Layout {
    /// Paths to the roles, of which the first existing path counts: names separated by `.`, with
    /// `[]` for the items of a list and `*` for the values of a map; empty for the whole file.
    pub paths: &'static [&'static str],
    /// Fields that are prompts, in the order in which a model sees them.
    pub prompts: &'static [&'static str],
    /// A file in the folder above that may name the roles instead.
    pub named_by: Option<&'static str>,
}
