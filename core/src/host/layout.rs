//! Where a host keeps the roles of its YAML, TOML and JSON files.

/// Where a host keeps the roles of a file.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Layout {
    /// Paths to the roles, of which the first that exists counts: names with `.` between, `[]` for the
    /// items of a list, `*` for the values of a map; empty for the whole file.
    pub paths: &'static [&'static str],
    /// Fields that are prompts, in the order in which a model sees them.
    pub prompts: &'static [&'static str],
    /// A file in the folder above that may name the roles instead.
    pub named_by: Option<&'static str>,
}
