//! Reads the fact files: TOML in, plain data out, with an error message for each mistake.

use anyhow::{Context, Result, bail, ensure};
use serde::Deserialize;
use std::collections::BTreeMap;
use std::path::Path;

/// One file.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Facts {
    /// Its place among the hosts, from 1.
    pub order: u32,
    pub id: String,
    pub title: String,
    pub product: String,
    /// What a role writes into its `target` field to be this host's, where two hosts read one place.
    pub target: Option<String>,
    /// Whether a role without front matter is taken to be this host's.
    #[serde(default)]
    pub fallback: bool,
    /// The host of the files of which this is another version.
    pub variant_of: Option<String>,
    /// What its files are.
    #[serde(default = "role")]
    pub kind: String,
    /// How well its facts are known.
    #[serde(default = "documented")]
    pub tier: String,
    /// One sentence on a product that something else is meant to replace.
    pub legacy: Option<String>,
    /// One sentence on a product that ended.
    pub ended: Option<String>,
    /// The version that the facts hold for.
    #[serde(default)]
    pub version: String,
    pub syntax: String,
    pub locations: Vec<String>,
    /// Agents that come with it.
    #[serde(default)]
    pub agents: Vec<String>,
    /// Places that it reads only for old workspaces.
    #[serde(default)]
    pub deprecated: Vec<Deprecated>,
    pub routed: bool,
    /// What it does with `@path`, where it does not put the file in its place.
    pub import: Option<String>,
    pub identity: String,
    pub source: String,
    pub checked: String,
    pub front_matter: FrontMatterFacts,
    pub fields: Fields,
    #[serde(default, rename = "field")]
    pub field: Vec<Field>,
    /// Fields that have an effect only beside others.
    #[serde(default)]
    pub needs: Vec<Needs>,
    /// Fields that ask for others.
    #[serde(default)]
    pub requires: Vec<Requires>,
    /// The products that share the format.
    #[serde(default)]
    pub client: Vec<Client>,
    pub applied: Option<Applied>,
    pub hooks: Option<Hooks>,
    pub servers: Option<Servers>,
    pub tools: Tools,
    #[serde(default)]
    pub models: Models,
    pub body: Option<Body>,
    /// What the descriptions of all roles may take up together.
    pub descriptions: Option<Descriptions>,
    #[serde(default)]
    pub roles: Roles,
    #[serde(default)]
    pub placeholders: Placeholders,
}

fn role() -> String {
    "role".into()
}

fn documented() -> String {
    "documented".into()
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Deprecated {
    pub location: String,
    pub note: String,
    pub help: String,
    pub source: String,
    pub checked: String,
}

/// A field that has an effect only beside another one.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Needs {
    pub field: String,
    pub other: String,
    /// The values of the other one; any if there are none.
    #[serde(default)]
    pub values: Vec<String>,
    pub note: String,
    pub source: String,
    pub checked: String,
}

/// A field, or one of its values, that requires another field.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Requires {
    pub field: String,
    pub value: Option<String>,
    pub one_of: Vec<String>,
    /// Fields that are not needed beside it.
    #[serde(default)]
    pub spares: Vec<String>,
    /// Whether there need be no prompt.
    #[serde(default)]
    pub spares_prompt: bool,
    pub effect: String,
    pub note: String,
    pub source: String,
    pub checked: String,
}

/// One of several products that read the same files.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Client {
    pub name: String,
    pub location: String,
    pub source: String,
    pub checked: String,
}

/// When a rule is applied by itself.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Applied {
    pub by: Vec<String>,
    #[serde(default)]
    pub always: Vec<String>,
    pub note: String,
    pub source: String,
    pub checked: String,
}

/// What is read in hooks.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Hooks {
    /// The host whose hooks these are too; nothing else is said then.
    pub like: Option<String>,
    #[serde(default)]
    pub events: Vec<String>,
    /// Whether an event holds groups with a matcher and `hooks` of their own.
    #[serde(default)]
    pub grouped: bool,
    /// The types of a hook, and the field that each needs.
    #[serde(default)]
    pub types: Vec<[String; 2]>,
    #[serde(default)]
    pub timeout: String,
    #[serde(default)]
    pub milliseconds: bool,
    #[serde(default)]
    pub note: String,
    pub source: Option<String>,
    pub checked: Option<String>,
}

/// What is asked of the servers of a role.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Servers {
    /// What becomes of a server without a list of its tools.
    pub tools_note: Option<String>,
    /// How the name of a secret must start.
    pub secrets: Option<String>,
    pub secrets_note: Option<String>,
    pub source: String,
    pub checked: String,
}

/// Where the roles of a YAML, TOML or JSON file are.
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Roles {
    #[serde(default)]
    pub paths: Vec<String>,
    #[serde(default)]
    pub prompts: Vec<String>,
    /// A file in the folder above that may name the roles instead.
    pub named_by: Option<String>,
    pub source: Option<String>,
    pub checked: Option<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct FrontMatterFacts {
    pub presence: String,
    pub yaml: String,
    #[serde(default)]
    pub strict_types: bool,
    /// Whether it reads YAML's blocks of text, as almost every host does.
    pub blocks: Option<bool>,
    pub invalid: String,
    pub invalid_note: Option<String>,
    pub missing: String,
    pub missing_note: Option<String>,
    /// Whether a README beside the roles is documentation to the host.
    #[serde(default)]
    pub documents: bool,
    pub byte_order_mark: Option<String>,
    pub crlf: Option<String>,
    /// What `---` inside the front matter does, where it ends it.
    pub early_end: Option<String>,
    /// Whether the two characters `\n` in a description become a line break.
    #[serde(default)]
    pub reads_escapes: bool,
    pub source: Option<String>,
    pub checked: Option<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Fields {
    pub unknown: String,
    pub unknown_note: Option<String>,
    /// Names that begin a line of broken front matter only as a field, never as prose.
    #[serde(default)]
    pub telling: Vec<String>,
    /// Names that are none of its fields and that it accepts anyway.
    #[serde(default)]
    pub also: Vec<String>,
    /// The host whose fields it also has, except those listed here.
    pub like: Option<String>,
    pub source: Option<String>,
    pub checked: Option<String>,
}

#[derive(Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Field {
    pub name: String,
    pub role: String,
    #[serde(default)]
    pub required: bool,
    pub types: Vec<String>,
    pub split: Option<String>,
    #[serde(default)]
    pub values: Vec<String>,
    #[serde(default)]
    pub closed: bool,
    /// The values that limit nothing, of a field that limits what the role may do.
    #[serde(default)]
    pub unlimited: Vec<String>,
    /// The values that leave a role only what changes nothing.
    #[serde(default)]
    pub read_only: Vec<String>,
    /// The value that says the same as leaving the field out.
    pub default: Option<String>,
    pub pattern: Option<String>,
    pub style: Option<String>,
    #[serde(default)]
    pub min_chars: u16,
    #[serde(default)]
    pub max_chars: u16,
    /// The least number it may hold.
    pub at_least: Option<u32>,
    /// The greatest number that models take.
    pub at_most: Option<u32>,
    /// The values that the host keeps for itself.
    #[serde(default)]
    pub reserved: Vec<String>,
    /// What becomes of a file that uses one of them.
    pub reserved_note: Option<String>,
    /// How each of its entries must start.
    #[serde(default)]
    pub starts: Vec<String>,
    /// The products that read it, of those that share the format.
    #[serde(default)]
    pub readers: Vec<String>,
    /// What tags in angle brackets lead to.
    pub markup: Option<String>,
    pub invalid: String,
    pub invalid_note: Option<String>,
    /// The effect of leaving it out: `rejected` for a required field, `accepted` for another.
    pub missing: Option<String>,
    pub missing_note: Option<String>,
    pub extension: Option<String>,
    /// What replaces it; empty if nothing does.
    pub deprecated: Option<String>,
    pub ignored: Option<String>,
    pub note: Option<String>,
    pub source: Option<String>,
    pub checked: Option<String>,
}

impl Field {
    /// The sentence on the products that read it, where not all do.
    pub fn read_by(&self) -> Option<String> {
        let (last, before) = self.readers.split_last()?;
        Some(match before {
            [] => format!("Read by {last} only."),
            _ => format!("Read by {} and {last}.", before.join(", ")),
        })
    }
}

#[derive(Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Tools {
    /// The host whose tools these are; entries here replace those of that host.
    pub like: Option<String>,
    pub case_sensitive: Option<bool>,
    pub restricts: Option<bool>,
    pub open: Option<bool>,
    pub all: Option<String>,
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
    /// Whether its rules limit commands by patterns, of which the last that fits counts.
    pub command_rules: Option<bool>,
    /// Names in its rules that say how far tools reach, and not which there are.
    pub reach: Option<Vec<String>>,
    /// `none` where a file of this kind carries no permissions by its nature.
    pub permissions: Option<String>,
    pub shared_with: Option<Vec<String>>,
    pub unknown: Option<String>,
    pub unknown_note: Option<String>,
    pub none_left: Option<String>,
    pub none_left_note: Option<String>,
    pub omitted: Option<String>,
    /// What a specifier comes to, where it does not limit the tool.
    pub scope_granted: Option<String>,
    pub scope_denied: Option<String>,
    /// What comes of a removed tool, where it is not what comes of an unknown one.
    pub removed_note: Option<String>,
    /// What naming a tool twice comes to, where the host refuses the file for it.
    pub duplicate_note: Option<String>,
    /// Names by which the model calls tools, and the tools; in a list they grant nothing.
    #[serde(default)]
    pub functions: BTreeMap<String, String>,
    /// Functions that the model could call once, where a list names sets of them.
    pub gone_calls: Option<Vec<String>>,
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
    /// What does its work now; empty if nothing does.
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
    /// Names of other products that it does not take.
    #[serde(default)]
    pub refused: Vec<String>,
    /// When, and what to write in its place.
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
    pub source: Option<String>,
    pub checked: Option<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Placeholder {
    pub form: String,
    pub note: String,
}

/// Every fact file of a folder, in the order the files give themselves, if `check` accepts each.
pub fn read(data: &Path, check: impl Fn(&Facts) -> Result<()>) -> Result<Vec<Facts>> {
    let mut hosts = Vec::new();
    for entry in std::fs::read_dir(data).with_context(|| format!("reading {}", data.display()))? {
        let path = entry?.path();
        if path.extension().is_some_and(|extension| extension == "toml") {
            let text = std::fs::read_to_string(&path)?;
            let read = toml::from_str(&text).map_err(anyhow::Error::from);
            let facts = read.and_then(|facts| check(&facts).map(|()| facts));
            hosts.push(facts.with_context(|| format!("in {}", path.display()))?);
        }
    }
    hosts.sort_by_key(|host| host.order);
    let fallbacks = hosts.iter().filter(|host| host.fallback).count();
    ensure!(fallbacks == 1, "{fallbacks} hosts are the fallback; exactly one must be");
    for host in &hosts {
        let known = |id: &String| hosts.iter().any(|other| other.id == *id);
        ensure!(
            host.variant_of.iter().all(known),
            "{}: it is a version of an unknown host",
            host.id
        );
    }
    complete(&mut hosts)?;
    Ok(hosts)
}

/// Gives a host whose fields are like another's the fields it does not name itself.
fn complete(hosts: &mut [Facts]) -> Result<()> {
    for at in 0..hosts.len() {
        for other in [&hosts[at].tools.like, &hosts[at].models.like].into_iter().flatten() {
            ensure!(
                hosts.iter().any(|host| host.id == *other),
                "{}: no host `{other}`",
                hosts[at].id
            );
        }
        let Some(like) = hosts[at].fields.like.clone() else { continue };
        let Some(other) = hosts.iter().find(|host| host.id == like) else {
            bail!("{}: no host `{like}`", hosts[at].id);
        };
        let inherited = other.field.clone();
        let own = std::mem::take(&mut hosts[at].field);
        let named = |name: &str| own.iter().find(|field| field.name == name);
        let mut fields: Vec<Field> =
            inherited.iter().map(|field| named(&field.name).unwrap_or(field).clone()).collect();
        fields.extend(
            own.iter()
                .filter(|field| !inherited.iter().any(|other| other.name == field.name))
                .cloned(),
        );
        hosts[at].field = fields;
    }
    Ok(())
}
