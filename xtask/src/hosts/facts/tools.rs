//! Defines the tools and models of a host, and its treatment of a role's text.

use serde::Deserialize;
use std::collections::BTreeMap;

#[derive(Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Tools {
    /// The host whose tools these are; entries here replace that host's entries.
    pub like: Option<String>,
    pub case_sensitive: Option<bool>,
    pub restricts: Option<bool>,
    pub open: Option<bool>,
    /// Whether lists of denied tools contain only its own names, although it is `open`.
    #[serde(default)]
    pub closed_denials: bool,
    pub all: Option<String>,
    /// The entry that represents all tools except those of servers and extensions.
    pub all_built_in: Option<String>,
    pub patterns: Option<Vec<String>>,
    pub server_form: Option<String>,
    /// The entry that represents the tools of every server.
    pub all_servers: Option<String>,
    /// Whether the tools of a server must be listed one by one.
    pub exact_lists: Option<bool>,
    /// The tools granted by an empty list: `all` or `none`, if that is known.
    pub empty_list: Option<String>,
    /// The tools granted without a list: `all` or `none`.
    pub without_list: Option<String>,
    /// Whether its rules limit commands by patterns, of which the last match wins.
    pub command_rules: Option<bool>,
    /// Names in its rules that define the reach of tools, not the available tools.
    pub reach: Option<Vec<String>>,
    /// `none` if this kind of file never carries permissions.
    pub permissions: Option<String>,
    pub shared_with: Option<Vec<String>>,
    pub unknown: Option<String>,
    pub unknown_note: Option<String>,
    pub none_left: Option<String>,
    pub none_left_note: Option<String>,
    pub omitted: Option<String>,
    /// The effect of a specifier, if it does not limit the tool.
    pub scope_granted: Option<String>,
    pub scope_denied: Option<String>,
    /// The effect of a removed tool, if it differs from the effect of an unknown tool.
    pub removed_note: Option<String>,
    /// The effect of a comma after the last tool of a list.
    pub trailing_comma_note: Option<String>,
    /// The effect of listing a tool twice, if the host rejects the file for it.
    pub duplicate_note: Option<String>,
    /// The regular expression in the options of an entry `[NAME, { … }]`, if entries may be such
    /// pairs.
    pub pair_pattern: Option<String>,
    /// Names by which the model calls tools, each with its tool; in a list, they grant nothing.
    #[serde(default)]
    pub functions: BTreeMap<String, String>,
    /// Functions that the model could formerly call, on a host whose lists name sets of functions.
    pub gone_calls: Option<Vec<String>>,
    /// Whether the model can call nothing by the name of another host's tool.
    #[serde(default)]
    pub closed_calls: bool,
    /// Functions whose names no unrelated product uses.
    pub own_calls: Option<Vec<String>>,
    /// Tools that every role has, regardless of its list.
    pub always: Option<Vec<String>>,
    /// What every role can do without any tool in its list.
    pub built_in: Option<Vec<String>>,
    pub source: Option<String>,
    pub checked: Option<String>,
    pub list: Option<Vec<Tool>>,
    pub unavailable: Option<Vec<Unavailable>>,
    /// The field, and its value, with which a role gets only what a role of the host in `like` gets.
    pub forks: Option<[String; 2]>,
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
    /// Names that each refer to a model family, in any version.
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
    /// The retired models that it replaces itself.
    #[serde(default)]
    pub replaced: Vec<String>,
    pub replaced_note: Option<String>,
    /// The name that other products give the provider of these models.
    pub provider: Option<String>,
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
    /// Whether the limit applies to all files of that name together, from the root down to a
    /// folder.
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
    /// For how many steps imports are followed; 0 if there are none.
    #[serde(default)]
    pub import_depth: u8,
    pub unknown_note: Option<String>,
    /// The treatment of a `$` followed by a digit, if it is filled in.
    pub numbered_note: Option<String>,
    /// The treatment of a command in the text, if it is run.
    pub command_note: Option<String>,
    /// The effect of an argument in a command that is run, if nothing checks it.
    pub argument_note: Option<String>,
    /// The treatment of a command in the text, if it is not run.
    pub unexecuted_note: Option<String>,
    /// The products that fill them in, among those that share the format; empty if all do.
    #[serde(default)]
    pub readers: Vec<String>,
    /// Placeholders that only other files of the product may contain.
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
    /// A file at the root of a workspace that makes the host fill in the placeholder everywhere.
    pub unless: String,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Placeholder {
    pub form: String,
    pub note: String,
}
