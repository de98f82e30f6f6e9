//! The tools and models of a host, and what it does with the text of a role.

use serde::Deserialize;
use std::collections::BTreeMap;

#[derive(Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Tools {
    /// The host whose tools these are; entries here replace those of that host.
    pub like: Option<String>,
    pub case_sensitive: Option<bool>,
    pub restricts: Option<bool>,
    pub open: Option<bool>,
    pub all: Option<String>,
    /// The entry that stands for every tool but those of servers and extensions.
    pub all_built_in: Option<String>,
    pub patterns: Option<Vec<String>>,
    pub server_form: Option<String>,
    /// The entry that stands for the tools of every server.
    pub all_servers: Option<String>,
    /// Whether a list takes a server's tools one by one only.
    pub exact_lists: Option<bool>,
    /// What an empty list grants: `all` or `none`; where that is not known, `all`.
    pub empty_list: Option<String>,
    /// What leaving the list out grants: `all` or `none`.
    pub without_list: Option<String>,
    /// Whether its rules limit commands by patterns, of which the last matching one counts.
    pub command_rules: Option<bool>,
    /// Names in its rules that say how far tools reach, and not which there are.
    pub reach: Option<Vec<String>>,
    /// `none` if this kind of file never carries permissions.
    pub permissions: Option<String>,
    pub shared_with: Option<Vec<String>>,
    pub unknown: Option<String>,
    pub unknown_note: Option<String>,
    pub none_left: Option<String>,
    pub none_left_note: Option<String>,
    pub omitted: Option<String>,
    /// What a specifier does, if it does not limit the tool.
    pub scope_granted: Option<String>,
    pub scope_denied: Option<String>,
    /// The effect of a removed tool, if it differs from that of an unknown one.
    pub removed_note: Option<String>,
    /// What happens if a tool is listed twice, if the host rejects the file for it.
    pub duplicate_note: Option<String>,
    /// The regular expression in the options of an entry `[NAME, { … }]`, where entries may be such pairs.
    pub pair_pattern: Option<String>,
    /// Names by which the model calls tools, and the tools; in a list they grant nothing.
    #[serde(default)]
    pub functions: BTreeMap<String, String>,
    /// Functions that the model could call once, where a list names sets of them.
    pub gone_calls: Option<Vec<String>>,
    /// Functions that the model calls by a name that no unrelated product has.
    pub own_calls: Option<Vec<String>>,
    /// Tools that every role has, whatever its list says.
    pub always: Option<Vec<String>>,
    pub source: Option<String>,
    pub checked: Option<String>,
    pub list: Option<Vec<Tool>>,
    pub unavailable: Option<Vec<Unavailable>>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Tool {
    pub name: String,
    pub does: Vec<String>,
    pub alias: Option<String>,
    pub legacy: Option<String>,
    /// Its replacement; empty if it has none.
    pub removed: Option<String>,
    #[serde(default)]
    pub specifier: bool,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Unavailable {
    pub tool: String,
    pub unless: Option<[String; 2]>,
}

#[derive(Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Models {
    pub like: Option<String>,
    #[serde(default)]
    pub aliases: Vec<String>,
    #[serde(default)]
    pub prefixes: Vec<String>,
    /// Names for one model family each, whatever its version.
    #[serde(default)]
    pub families: Vec<String>,
    /// Model names of other products that it does not accept.
    #[serde(default)]
    pub refused: Vec<String>,
    /// When, and the model to use instead.
    #[serde(default)]
    pub retired: BTreeMap<String, [String; 2]>,
    /// The host whose retired models these are too.
    pub retired_like: Option<String>,
    pub retired_note: Option<String>,
    pub qualified: Option<String>,
    /// The alias of the model that the session already runs.
    pub inherit: Option<String>,
    pub unknown: Option<String>,
    pub unknown_note: Option<String>,
    pub source: Option<String>,
    pub checked: Option<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Descriptions {
    pub tokens: u32,
    pub note: String,
    pub source: String,
    pub checked: String,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Body {
    pub max: u32,
    pub unit: String,
    pub hard: bool,
    /// Whether it holds for all files of that name together, from the root down to a folder.
    #[serde(default)]
    pub chained: bool,
    pub note: String,
    pub source: Option<String>,
    pub checked: Option<String>,
}

#[derive(Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Placeholders {
    #[serde(default)]
    pub list: Vec<Placeholder>,
    pub unknown_note: Option<String>,
    /// What a `$` and a digit become, where they are filled in.
    pub numbered_note: Option<String>,
    /// What is done with a command in the text, where it is run.
    pub command_note: Option<String>,
    /// What is done with such a command, where it is not run.
    pub unexecuted_note: Option<String>,
    /// The products that fill them in, of those that share the format; empty if all do.
    #[serde(default)]
    pub readers: Vec<String>,
    /// What only other files of the product may contain.
    #[serde(default)]
    pub elsewhere: Vec<Elsewhere>,
    pub source: Option<String>,
    pub checked: Option<String>,
}

/// A placeholder that is filled in elsewhere.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Elsewhere {
    pub form: String,
    pub note: String,
    /// A file at the root of a workspace in which it is filled in everywhere.
    pub unless: String,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Placeholder {
    pub form: String,
    pub note: String,
}
