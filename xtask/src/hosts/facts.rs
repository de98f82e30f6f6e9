//! Parses the fact files, which are TOML, into plain data, with an error message for each mistake.

mod relations;
mod tools;

pub use relations::{
    Applied, Applies, Client, Hooks, Manifest, Needs, Place, Requires, Roles, Servers, Shared,
};
pub use tools::{Body, Descriptions, Elsewhere, Models, Placeholders, Tool, Tools, Unavailable};

use anyhow::{Context, Result, bail, ensure};
use serde::Deserialize;
use std::path::Path;

/// A single file.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Facts {
    /// Its place among the hosts, from 1.
    pub order: u32,
    pub id: String,
    pub title: String,
    pub product: String,
    /// The value of a role's `target` field that selects this host, where two hosts read the same
    /// place.
    pub target: Option<String>,
    /// Whether a role without front matter is taken to be this host's.
    #[serde(default)]
    pub fallback: bool,
    /// The host that this one is another version of, by its files.
    pub variant_of: Option<String>,
    /// The host whose format it took over, with other names for some tools.
    pub successor_of: Option<String>,
    /// The kind of its files.
    #[serde(default = "role")]
    pub kind: String,
    /// How reliable its facts are.
    #[serde(default = "documented")]
    pub tier: String,
    /// One sentence about a product that has a designated replacement.
    pub legacy: Option<String>,
    /// One sentence about a discontinued product.
    pub ended: Option<String>,
    /// The version that the facts apply to.
    #[serde(default)]
    pub version: String,
    pub syntax: String,
    pub locations: Vec<String>,
    /// Files in its locations that it leaves out, as globs like these.
    #[serde(default)]
    pub except: Vec<String>,
    /// Places of other hosts that it reads as well.
    #[serde(default)]
    pub also_reads: Vec<String>,
    /// Whether it reads those files in the other host's format, including that host's names of
    /// tools and models.
    #[serde(default)]
    pub translates: bool,
    /// Files that name the roles of a plugin.
    #[serde(default)]
    pub manifest: Vec<Manifest>,
    /// Agents that come with it.
    #[serde(default)]
    pub agents: Vec<String>,
    /// Locations that it reads only for old workspaces.
    #[serde(default)]
    pub deprecated: Vec<Place>,
    /// Files in its own folders that it does not load.
    #[serde(default)]
    pub overlooked: Vec<Place>,
    pub routed: bool,
    /// Its treatment of `@path`, if it does not insert the file.
    pub import: Option<String>,
    pub identity: String,
    pub source: String,
    pub checked: String,
    pub front_matter: FrontMatterFacts,
    pub fields: Fields,
    #[serde(default, rename = "field")]
    pub field: Vec<Field>,
    /// Fields that have an effect only together with other fields.
    #[serde(default)]
    pub needs: Vec<Needs>,
    /// Fields that require others.
    #[serde(default)]
    pub requires: Vec<Requires>,
    /// The products that share the format.
    #[serde(default)]
    pub client: Vec<Client>,
    /// Products that read several folders with this format.
    #[serde(default)]
    pub shared: Vec<Shared>,
    pub applied: Option<Applied>,
    /// How a rule says when it applies.
    #[serde(default)]
    pub applies: Vec<Applies>,
    pub hooks: Option<Hooks>,
    pub servers: Option<Servers>,
    pub tools: Tools,
    #[serde(default)]
    pub models: Models,
    pub body: Option<Body>,
    /// The limit on the descriptions of all roles together.
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
pub struct FrontMatterFacts {
    pub presence: String,
    pub yaml: String,
    #[serde(default)]
    pub strict_types: bool,
    /// Whether a list in it defines several roles that run elsewhere.
    #[serde(default)]
    pub lists: bool,
    /// Whether comments and trailing commas make a JSON file invalid.
    #[serde(default)]
    pub plain_json: bool,
    /// Whether it reads YAML's block scalars, as almost every host does.
    pub blocks: Option<bool>,
    pub invalid: String,
    pub invalid_note: Option<String>,
    pub missing: String,
    pub missing_note: Option<String>,
    /// Whether a README next to the roles is documentation to the host.
    #[serde(default)]
    pub documents: bool,
    pub byte_order_mark: Option<String>,
    pub crlf: Option<String>,
    /// The effect of `---` inside the front matter, if it ends the front matter there.
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
    /// Names that begin a line of broken front matter only as fields, never as prose.
    #[serde(default)]
    pub unambiguous: Vec<String>,
    /// Names that are not its fields but that it accepts anyway.
    #[serde(default)]
    pub also: Vec<String>,
    /// Another host whose fields it also has, except those listed here.
    pub like: Option<String>,
    /// Another version's treatment of a role with fields of both versions.
    pub mixed_note: Option<String>,
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
    /// Additional spellings of its values, which the host reads but suggestions omit.
    #[serde(default)]
    pub synonyms: Vec<String>,
    /// Whether its values may be written in any case.
    #[serde(default)]
    pub any_case: bool,
    /// Whether a number or Boolean may also be written as text.
    #[serde(default)]
    pub quoted: bool,
    /// Whether text that YAML reads as a number or Boolean has the wrong type.
    #[serde(default)]
    pub strict: bool,
    /// The values that impose no limit, for a field that limits permissions.
    #[serde(default)]
    pub unlimited: Vec<String>,
    /// The values that make a role read-only.
    #[serde(default)]
    pub read_only: Vec<String>,
    /// The value with the same effect as leaving the field out.
    pub default: Option<String>,
    /// The value with which only a person can start the role, and no model.
    pub by_people: Option<String>,
    /// The value with which the role gets no servers but those that its file defines.
    pub own_servers: Option<String>,
    /// Whether text that begins with `file://` is the address of a file with the text.
    #[serde(default)]
    pub addresses: bool,
    /// The host whose file this field names: it contains the prompt.
    pub names_prompt: Option<String>,
    pub pattern: Option<String>,
    pub style: Option<String>,
    #[serde(default)]
    pub min_chars: u16,
    #[serde(default)]
    pub max_chars: u16,
    /// The length above which the host warns.
    #[serde(default)]
    pub warn_chars: u16,
    /// The lowest number it accepts.
    pub at_least: Option<u32>,
    /// The highest number that models accept.
    pub at_most: Option<u32>,
    /// The values that the host reserves.
    #[serde(default)]
    pub reserved: Vec<String>,
    /// The consequence of using a reserved value.
    pub reserved_note: Option<String>,
    /// Whether text is a single pattern, even with commas in it.
    #[serde(default)]
    pub one_pattern: bool,
    /// Whether its patterns are compared with paths from the root of the workspace.
    #[serde(default)]
    pub from_root: bool,
    /// Names that the documentation advises against because they say nothing.
    #[serde(default)]
    pub vague: Vec<String>,
    /// Parts of a name that the documentation forbids.
    #[serde(default)]
    pub forbidden: Vec<String>,
    /// The consequence of such a part.
    pub forbidden_note: Option<String>,
    /// Whether its entries must differ.
    #[serde(default)]
    pub unique: bool,
    /// The keys of the maps that it lists.
    #[serde(default)]
    pub keys: Vec<String>,
    /// The fields that the host reads if this one is missing.
    #[serde(default)]
    pub fallbacks: Vec<String>,
    /// The field that, if true, keeps the host from loading the things named by this field.
    pub skips: Option<String>,
    /// Tools that this field adds to a role, regardless of its tool list.
    #[serde(default)]
    pub grants: Vec<String>,
    /// How each of its entries must start.
    #[serde(default)]
    pub starts: Vec<String>,
    /// The products that read it, among those that share the format.
    #[serde(default)]
    pub readers: Vec<String>,
    /// The effect of tags in angle brackets.
    pub markup: Option<String>,
    pub invalid: String,
    pub invalid_note: Option<String>,
    /// The effect of omitting the field: by default, `rejected` if it is required and `accepted`
    /// otherwise.
    pub missing: Option<String>,
    pub missing_note: Option<String>,
    pub extension: Option<String>,
    /// The replacement; empty if there is none.
    pub deprecated: Option<String>,
    /// The fact; after a semicolon or a colon, its consequence.
    pub ignored: Option<String>,
    /// The action to take, if removing it is not enough.
    pub ignored_help: Option<String>,
    pub note: Option<String>,
    pub source: Option<String>,
    pub checked: Option<String>,
}

impl Field {
    /// The sentence about the products that read it, if only some do.
    pub fn read_by(&self) -> Option<String> {
        let (last, before) = self.readers.split_last()?;
        Some(match before {
            [] => format!("Read by {last} only."),
            _ => format!("Read by {} and {last}.", before.join(", ")),
        })
    }
}

/// Every fact file of a folder, in the order that the files specify, if `check` accepts each.
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
            "{}: `variant_of` names an unknown host",
            host.id
        );
    }
    complete(&mut hosts)?;
    Ok(hosts)
}

/// Adds the fields of the similar host that a host does not list itself.
fn complete(hosts: &mut [Facts]) -> Result<()> {
    for at in 0..hosts.len() {
        for other in [&hosts[at].tools.like, &hosts[at].models.like].into_iter().flatten() {
            ensure!(
                hosts.iter().any(|host| host.id == *other),
                "{}: unknown host `{other}`",
                hosts[at].id
            );
        }
        let Some(like) = hosts[at].fields.like.clone() else { continue };
        let Some(other) = hosts.iter().find(|host| host.id == like) else {
            bail!("{}: unknown host `{like}`", hosts[at].id);
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
