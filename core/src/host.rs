//! Facts about the products that read role definitions, as plain tables generated from
//! `data/hosts/*.toml`. A rule asks a host for a fact; no rule names a host, no host names a rule.
//!
//! Every `note` is a complete sentence with its final period, ready to be the reason of a
//! diagnostic.

mod field;
mod front_matter;
mod layout;
mod model;
mod path;
mod pattern;
mod relation;
mod server;
mod server_tool;
#[rustfmt::skip] // generated: `cargo xtask docs`
mod table;
mod tool;

pub use field::{Field, FieldRole, FieldStatus, FieldType, Split};
pub use front_matter::{FrontMatterFacts, Presence, Yaml};
pub use model::{Models, Retired};
pub use path::{also_read_by, by_path};
pub(crate) use path::{matches as path_matches, name_matches, overlooking};
pub use pattern::Pattern;
pub use relation::{
    Applied, Applies, Client, Hooks, Manifest, Needs, Requires, Servers, Shared, When,
};
pub(crate) use server_tool::Server;
pub use table::HOSTS;
pub(crate) use table::SERVERS;
pub use tool::{Amount, Capability, Forked, Tool, ToolStatus, Tools, Unavailable, split_specifier};

pub use layout::Layout;

/// A product that reads role definitions, in one of its formats.
#[derive(Debug)]
#[non_exhaustive]
pub struct Host {
    /// The id that settings and calls use: `claude-code`.
    pub id: &'static str,
    /// Its name in menus: "Claude Code subagent".
    pub title: &'static str,
    /// The product's name, for sentences: "Claude Code".
    pub product: &'static str,
    /// The value of a role's `target` field that selects this host, where two hosts read the same
    /// place.
    pub target: Option<&'static str>,
    /// Whether a role without front matter is treated as this host's; true for exactly one host.
    pub fallback: bool,
    /// The host that this one is another version of, distinguished by the fields of its files.
    pub variant_of: Option<&'static str>,
    /// The host whose format it took over, with other names for some tools.
    pub successor_of: Option<&'static str>,
    /// The kind of its files.
    pub kind: Kind,
    /// How reliable its facts are.
    pub tier: Tier,
    /// Whether the product is still maintained.
    pub status: Status,
    /// The product version that the facts apply to; empty if unknown.
    pub version: &'static str,
    /// Names that begin a line of broken front matter only as fields, never as prose.
    pub unambiguous: &'static [&'static str],
    /// How its files are written.
    pub syntax: Syntax,
    /// The locations of its files, as globs relative to a workspace root or any folder below it.
    pub locations: &'static [&'static str],
    /// Files in these locations that it leaves out, as globs like these.
    pub except: &'static [&'static str],
    /// Places of other hosts that it reads as well.
    pub also_reads: &'static [&'static str],
    /// Whether it reads files in `also_reads` in the other host's format, including that host's
    /// names of tools and models.
    pub translates: bool,
    /// Files that name the roles of a plugin.
    pub manifests: &'static [Manifest],
    /// Whether a model or router chooses the role by its description, which is then always in
    /// context.
    pub routed: bool,
    /// How a role is identified.
    pub identity: Identity,
    /// How the front matter is read.
    pub front_matter: FrontMatterFacts,
    /// The fields it supports, in the order in which a file lists them.
    pub fields: &'static [Field],
    /// Fields that have an effect only together with other fields.
    pub needs: &'static [Needs],
    /// Fields that require others.
    pub requires: &'static [Requires],
    /// The products that share the format, each with its own folder.
    pub clients: &'static [Client],
    /// Products that read several folders with this format.
    pub shared: &'static [Shared],
    /// When it applies a rule automatically.
    pub applied: Option<Applied>,
    /// The fields with which a rule says when it applies.
    pub applies: &'static [Applies],
    /// The hooks format that it reads.
    pub hooks: Option<Hooks>,
    /// Its requirements for the servers of a role.
    pub servers: Servers,
    /// The consequence of an unknown field.
    pub unknown_field: Consequence,
    /// Its treatment of a role that also has fields that only the other version supports.
    pub mixed_versions: Option<&'static str>,
    /// Names that are not fields but that it accepts anyway, such as configuration keys.
    pub also: &'static [&'static str],
    /// Agents that come with it.
    pub agents: &'static [&'static str],
    /// Places that it reads only for old workspaces.
    pub deprecated: &'static [Deprecated],
    /// Files in its own folders that it does not load.
    pub overlooked: &'static [Overlooked],
    /// The tools it offers and how they are named.
    pub tools: Tools,
    /// The models it accepts.
    pub models: Models,
    /// The places of roles in its YAML, TOML and JSON files; without paths it has no such files.
    pub layout: Layout,
    /// The limit on the length of a body or prompt, if it has one.
    pub body: Option<BodyLimit>,
    /// The limit on all descriptions together, if it has one.
    pub descriptions: Option<DescriptionBudget>,
    /// Placeholders in the body that it fills in.
    pub placeholders: &'static [Placeholder],
    /// For how many steps its imports, `@path`, are followed; 0 if it has none.
    pub import_depth: u8,
    /// Its treatment of a `${word}` that is not one of its placeholders, if harmful.
    pub unknown_placeholder: Option<&'static str>,
    /// Its treatment of a `$` followed by a digit, if it fills in such placeholders.
    pub numbered_placeholder: Option<&'static str>,
    /// Its treatment of `@path` on a separate line, if it does not insert the file.
    pub import: Option<&'static str>,
    /// Its treatment of a command in the text, if it runs such commands.
    pub load_time_command: Option<&'static str>,
    /// The effect of an argument in such a command, if nothing checks it.
    pub argument_in_command: Option<&'static str>,
    /// Its treatment of a command in the text, if it runs commands only in other files.
    pub unexecuted_command: Option<&'static str>,
    /// The products that fill in placeholders, among those that share the format; empty if all do.
    pub placeholder_readers: &'static [&'static str],
    /// Placeholders that it fills in only in other files.
    pub elsewhere: &'static [Elsewhere],
    /// The source of the facts; empty without the feature `docs`.
    pub source: &'static str,
    /// The date when the source was read, as `YYYY-MM-DD`, or `YYYY-MM` or `YYYY` if known less
    /// precisely.
    pub checked: &'static str,
}

/// The kind of a host's files.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// Roles: each is a separate agent.
    Role,
    /// Prompts that a person invokes: commands, prompt files, skills.
    Prompt,
    /// Rules and instructions that extend an agent's knowledge.
    Rule,
    /// The context of a project.
    Context,
}

impl Kind {
    /// Its name for people.
    ///
    /// ```
    /// use rolewright_core::host::Host;
    ///
    /// assert_eq!(Host::by_id("claude-code").unwrap().kind.name(), "role");
    /// ```
    pub const fn name(self) -> &'static str {
        match self {
            Kind::Role => "role",
            Kind::Prompt => "prompt",
            Kind::Rule => "rule",
            Kind::Context => "context",
        }
    }
}

/// How reliable the facts about a host are.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Tier {
    /// The facts were read in the host's own code, or tested.
    Verified,
    /// They were read in its documentation.
    Documented,
    /// Few facts are known, so nothing in the host's files is reported as an error.
    Recognized,
}

impl Tier {
    /// Its name for people.
    ///
    /// ```
    /// use rolewright_core::host::Tier;
    ///
    /// assert_eq!(Tier::Recognized.name(), "recognized");
    /// ```
    pub const fn name(self) -> &'static str {
        match self {
            Tier::Verified => "verified",
            Tier::Documented => "documented",
            Tier::Recognized => "recognized",
        }
    }
}

/// Whether a product is still maintained.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Status {
    /// It does.
    Current,
    /// It still works, but has a designated replacement, as the sentence says.
    Legacy(&'static str),
    /// It was discontinued, as the sentence says.
    Ended(&'static str),
}

/// How a host's files are written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Syntax {
    /// Markdown, with YAML front matter if the host uses any.
    Markdown,
    /// TOML with the prompt in a string.
    Toml,
    /// YAML with the prompt in strings.
    Yaml,
    /// JSON with the prompt in a string.
    Json,
}

/// How a role is identified.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Identity {
    /// Only its name field; the file can have any name.
    Field,
    /// Its name field, and its folder must have the same name.
    FieldAndFolder,
    /// Its name field, or the file's name without extension if there is none.
    FieldOrFile,
    /// The file name without extension; a name field is only displayed.
    File,
    /// Nothing: the file is plain text.
    None,
}

/// The consequence of a mistake on a host, with a sentence that describes it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Consequence {
    /// The effect.
    pub effect: Effect,
    /// One sentence for people; `None` if the effect is self-explanatory.
    pub note: Option<&'static str>,
}

/// The effect of a mistake on a host.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Effect {
    /// Ignored: the field, value or entry has no effect.
    Ignored,
    /// The whole file is rejected or skipped.
    Rejected,
    /// The role loads without its front matter.
    LosesFrontMatter,
    /// The host truncates text that is too long.
    Truncated,
    /// It is passed on to the model's provider unchanged.
    Forwarded,
    /// The host reports it and continues.
    Warned,
    /// It is accepted unchanged.
    Accepted,
    /// Not documented.
    Unknown,
}

/// A location or file name that a host reads only for old workspaces.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Deprecated {
    /// A glob as in [`Host::locations`].
    pub location: &'static str,
    /// The host's treatment of the file.
    pub note: &'static str,
    /// The action to take.
    pub help: &'static str,
    /// A field that the place sets in every file, and its value.
    pub sets: Option<(&'static str, &'static str)>,
}

/// Files in a host's own folder that it does not load because of their name or their depth.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Overlooked {
    /// A glob as in [`Host::locations`].
    pub location: &'static str,
    /// The place where the host looks instead.
    pub note: &'static str,
    /// The action to take, with `*` for the file name up to its first period.
    pub help: &'static str,
}

/// A host's limit on the length of a body or prompt.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct BodyLimit {
    /// The maximum.
    pub max: u32,
    /// The unit it is counted in.
    pub unit: Unit,
    /// Whether the host enforces it; else it is advice.
    pub hard: bool,
    /// Whether the limit applies to all files of that name together, from the root down to a
    /// folder.
    pub chained: bool,
    /// The effect of exceeding it.
    pub note: &'static str,
}

/// A host's limit on the descriptions of all its roles together.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct DescriptionBudget {
    /// The most tokens there may be.
    pub tokens: u32,
    /// The effect of exceeding it.
    pub note: &'static str,
}

/// The unit of a length.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Unit {
    /// Unicode scalar values.
    Characters,
    /// Bytes of UTF-8.
    Bytes,
    /// Lines.
    Lines,
}

impl Unit {
    /// The plural that messages use.
    ///
    /// ```
    /// use rolewright_core::host::Unit;
    ///
    /// assert_eq!(Unit::Bytes.name(), "bytes");
    /// ```
    pub const fn name(self) -> &'static str {
        match self {
            Unit::Characters => "characters",
            Unit::Bytes => "bytes",
            Unit::Lines => "lines",
        }
    }
}

/// A placeholder in the body that a host fills in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Placeholder {
    /// How it is written, with `*` for any text: `${user_config.*}`.
    pub form: &'static str,
    /// The replacement; empty without the feature `docs`.
    pub note: &'static str,
}

/// A placeholder that a host fills in only in other files.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Elsewhere {
    /// How it is written.
    pub form: &'static str,
    /// Where it is filled in, and its effect here.
    pub note: &'static str,
    /// A file at the root of a workspace that makes the host fill in the placeholder everywhere.
    pub unless: &'static str,
}

/// Each host has only one table, so comparing all of it would only take longer.
impl PartialEq for Host {
    fn eq(&self, other: &Self) -> bool {
        self.id == other.id
    }
}

impl Eq for Host {}

impl Host {
    /// The host of an id.
    ///
    /// ```
    /// use rolewright_core::host::Host;
    ///
    /// assert_eq!(Host::by_id("claude-code").unwrap().product, "Claude Code");
    /// assert_eq!(Host::by_id("Claude Code"), None);
    /// ```
    pub fn by_id(id: &str) -> Option<&'static Host> {
        HOSTS.iter().find(|host| host.id == id)
    }

    /// The note and the help for a place that the host reads only for old workspaces.
    pub(crate) fn deprecated_location(&self, path: &str) -> Option<(&'static str, &'static str)> {
        let place = self.deprecated.iter().find(|place| path::matches(place.location, path))?;
        Some((place.note, place.help))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_id_finds_its_own_host() {
        for host in &HOSTS {
            assert!(core::ptr::eq(Host::by_id(host.id).unwrap(), host), "{}", host.id);
        }
        assert_eq!(Host::by_id("claude"), None);
    }

    #[test]
    fn notes_are_whole_sentences() {
        let ends_well =
            |note: &str| assert!(note.ends_with('.') && !note.ends_with(".."), "{note}");
        for host in &HOSTS {
            let field = |field: &Field| [field.invalid_note, field.missing_note, field.note];
            let notes = host.fields.iter().flat_map(field);
            let front_matter = [
                host.front_matter.invalid.note,
                host.front_matter.missing.note,
                host.unknown_field.note,
            ];
            let tools = [host.tools.unknown.note, host.tools.omitted, host.models.unknown.note];
            notes.chain(front_matter).chain(tools).flatten().for_each(ends_well);
        }
    }
}
