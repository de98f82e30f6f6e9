//! Provides the names of hosts and rules, their documentation, and "did you mean".

use rolewright_core::host::{HOSTS, Host};
use rolewright_core::rules;
use rolewright_core::spelling;
use serde::Deserialize;
use std::collections::BTreeMap;

/// The documentation of the rules, as published in the npm package.
pub(crate) const RULES: &str = include_str!("../../docs/rules.json");
/// The facts about each host, as published in the npm package.
pub(crate) const FACTS: &str = include_str!("../../docs/hosts.json");

/// The ids of all hosts.
pub(crate) fn hosts() -> impl Iterator<Item = &'static str> + Clone {
    HOSTS.iter().map(|host| host.id)
}

/// The host of an id.
pub(crate) fn host(id: &str) -> Option<&'static Host> {
    Host::by_id(id)
}

/// The names of all rules.
pub(crate) fn rules() -> impl Iterator<Item = &'static str> + Clone {
    rules::RULES.iter().map(|rule| rule.name)
}

/// `; did you mean "x"?`, or nothing: the nearest name, or the first name with this prefix.
pub(crate) fn hint<'n>(name: &str, names: impl IntoIterator<Item = &'n str> + Clone) -> String {
    let longer =
        || names.clone().into_iter().find(|known| name.len() > 2 && known.starts_with(name));
    spelling::nearest(name, names.clone())
        .or_else(longer)
        .map_or_else(String::new, |near| format!("; did you mean \"{near}\"?"))
}

/// The message about an unknown host.
pub(crate) fn unknown_host(id: &str) -> String {
    unknown("host", id, hosts(), "hosts")
}

/// The message about an unknown rule.
pub(crate) fn unknown_rule(name: &str) -> String {
    unknown("rule", name, rules(), "rules")
}

fn unknown<'n>(
    what: &str,
    name: &str,
    known: impl IntoIterator<Item = &'n str> + Clone,
    command: &str,
) -> String {
    let hint = match hint(name, known) {
        none if none.is_empty() => format!("; `rolewright {command}` lists them"),
        hint => hint,
    };
    format!("unknown {what} \"{name}\"{hint}")
}

/// What an empty file of an example shows.
pub(crate) const EMPTY_FILE: &str = "(empty file)";

/// A rule with its documentation.
#[derive(Deserialize)]
pub(crate) struct RuleDoc {
    pub name: String,
    pub severity: String,
    pub profile: String,
    pub fix: Option<String>,
    pub summary: String,
    pub why: String,
    pub path: String,
    pub bad: String,
    pub good: String,
    /// The other files of the example, by path.
    pub files: BTreeMap<String, String>,
}

/// The facts about a host.
#[derive(Deserialize)]
pub(crate) struct HostDoc {
    pub id: String,
    pub title: String,
    pub locations: Vec<String>,
    pub fields: Vec<FieldDoc>,
    pub tools: Vec<ToolDoc>,
    pub models: Vec<String>,
    pub limit: Option<LimitDoc>,
    pub tier: String,
    pub version: Option<String>,
    pub source: String,
    pub checked: String,
}

/// A field of a host.
#[derive(Deserialize)]
pub(crate) struct FieldDoc {
    pub name: String,
    pub status: String,
    pub instead: Option<String>,
    pub required: bool,
    pub types: Vec<String>,
    pub values: Vec<String>,
    pub note: Option<String>,
}

/// A tool of a host.
#[derive(Deserialize)]
pub(crate) struct ToolDoc {
    pub name: String,
    pub status: String,
}

/// The longest prompt that a host reads.
#[derive(Deserialize)]
pub(crate) struct LimitDoc {
    pub max: usize,
    pub unit: String,
    pub hard: bool,
}

/// The documentation of all rules, ordered by name.
pub(crate) fn rule_docs() -> Vec<RuleDoc> {
    serde_json::from_str(RULES).unwrap_or_default()
}

/// The facts about all hosts.
pub(crate) fn host_docs() -> Vec<HostDoc> {
    serde_json::from_str(FACTS).unwrap_or_default()
}
