//! Reads a role's permissions from its fields, as its host interprets them.

use super::entry::{covers, is_withheld, other_readings, present};
use super::{CapabilitySet, Named, Permissions, rules};
use crate::front_matter::Field;
use crate::host::{
    self, Amount, Capability, FieldRole, FieldStatus, FieldType, HOSTS, Host, Needs, Tier,
};
use crate::role::Role;
use crate::tools::{self, Grant, ToolEntry, ToolList};
use crate::yaml::{Entry, Node, Value};
use alloc::string::String;
use alloc::vec::Vec;

/// The fields of a role that limit its permissions.
pub(crate) fn limits<'r>(role: &'r Role<'r>, host: &'static Host) -> Vec<&'r Field<'r>> {
    role.fields().iter().filter(|field| is_limit(role, host, field)).collect()
}

/// A value as the host interprets it: it accepts every spelling of a Boolean, including YAML 1.1
/// spellings.
pub(crate) fn word<'f>(field: &'f Field<'_>) -> Option<&'f str> {
    let text = field.value.as_str()?;
    let is = |words: &[&str]| words.iter().any(|word| word.eq_ignore_ascii_case(text));
    Some(match text {
        _ if is(&["true", "yes", "on", "y"]) => "true",
        _ if is(&["false", "no", "off", "n"]) => "false",
        _ => text,
    })
}

/// Whether it is unclear which of several values applies, or what a merged map adds.
pub(crate) fn is_ambiguous(role: &Role<'_>, host: &'static Host) -> bool {
    let is_first = |at: usize, field: &Field<'_>| {
        role.fields().iter().take(at).all(|other| other.name != field.name)
    };
    let mut fields = role.fields().iter().enumerate();
    fields.any(|(at, field)| {
        field.name == "<<" || is_limit(role, host, field) && !is_first(at, field)
    })
}

fn is_limit(role: &Role<'_>, host: &'static Host, field: &Field<'_>) -> bool {
    let fact = host.field(&field.name);
    if fact.is_none() {
        return may_limit(host, field);
    }
    let Some(fact) = fact.filter(|fact| !matches!(fact.status, FieldStatus::Ignored(_))) else {
        return false;
    };
    match fact.role {
        FieldRole::Tools => host.tools.restricts || !field.value.is_null() || !is_understood(host),
        FieldRole::DeniedTools | FieldRole::Permissions => true,
        FieldRole::Agents if !names_agent(fact) => true,
        FieldRole::AllowedServers => !field.value.is_null(),
        FieldRole::ToolSettings => limited_tools(field, fact).next().is_some(),
        _ => only_reads(fact, field) || other_agent(role, host, field).is_some(),
    }
}

/// Whether a value makes the role read-only. A switch with a value that its host does not
/// understand was probably meant to be on.
pub(crate) fn only_reads(fact: &host::Field, field: &Field<'_>) -> bool {
    let Some(word) = word(field) else {
        return fact.role == FieldRole::ReadOnly && !field.value.is_null();
    };
    let is = |known: &&str| known.eq_ignore_ascii_case(word);
    let is_no = || word.is_empty() || ["false", "0"].iter().any(is);
    fact.read_only.iter().any(is)
        || fact.role == FieldRole::ReadOnly && !field.value.is_null() && !is_no()
}

/// The agent that runs the file with its own limits, which are not known here.
pub(crate) fn unknown_agent<'r>(role: &'r Role<'r>, host: &'static Host) -> Option<&'r str> {
    role.fields().iter().find_map(|field| other_agent(role, host, field))
}

/// The agent that a field names, as for `unknown_agent`.
pub(crate) fn other_agent<'f>(
    role: &Role<'_>,
    host: &'static Host,
    field: &'f Field<'_>,
) -> Option<&'f str> {
    let fact = host.field(&field.name)?;
    let name = field.value.as_str().map(str::trim).filter(|name| !name.is_empty())?;
    let is_agent = match fact.status {
        FieldStatus::Deprecated(Some(now)) => names_agent(host.field(now)?),
        _ => names_agent(fact),
    };
    let is_known = fact.unlimited.contains(&name) || only_reads(fact, field);
    let is_met = |needs: &Needs| {
        let other = role.field(needs.other).and_then(|other| other.value.as_str());
        let fits = |value: &str| needs.values.contains(&value) || value.contains('{');
        other.is_some_and(|value| needs.values.is_empty() || fits(value))
    };
    let applies = || host.needs.iter().filter(|needs| needs.field == fact.name).all(is_met);
    // VS Code: the tools of a prompt file take precedence over those of the agent that runs it.
    (is_agent && !is_known && applies() && !has_list(role, host)).then_some(name)
}

/// Whether a field names the one agent that runs the file; a list limits the agents that the role
/// may start.
fn names_agent(fact: &host::Field) -> bool {
    fact.role == FieldRole::Agents && fact.types == [FieldType::Text]
}

/// Whether a role lists the tools that it is limited to.
fn has_list(role: &Role<'_>, host: &'static Host) -> bool {
    let is_list = |field: &Field<'_>| {
        let fact = host.field(&field.name);
        fact.is_some_and(|fact| fact.role == FieldRole::Tools) && !field.value.is_null()
    };
    host.tools.restricts && role.fields().iter().any(is_list)
}

/// Whether a field unknown to a host with an incomplete field list limits permissions: another host
/// has a limiting field of that name.
fn may_limit(host: &Host, field: &Field<'_>) -> bool {
    let limits = |fact: &host::Field| {
        matches!(
            fact.role,
            FieldRole::Tools
                | FieldRole::DeniedTools
                | FieldRole::Permissions
                | FieldRole::PermissionMode
                | FieldRole::ReadOnly
        )
    };
    host.tier == Tier::Recognized
        && !field.value.is_null()
        && HOSTS.iter().any(|other| other.field(&field.name).is_some_and(limits))
}

/// What makes it unclear what a role may do.
pub(crate) enum Obscure {
    /// A field that the role has twice.
    Twice(String),
    /// A merged map.
    Merged,
    /// A rule about something that is not a tool, or with an unknown effect.
    Rule(String),
}

/// What makes it unclear what a role may do, if it is a single place.
pub(crate) fn not_understood(role: &Role<'_>, host: &'static Host) -> Option<Obscure> {
    let limits = limits(role, host);
    let twice = limits
        .iter()
        .enumerate()
        .find(|(at, field)| limits.iter().take(*at).any(|other| other.name == field.name));
    if let Some((_, field)) = twice {
        return Some(Obscure::Twice(field.name.as_ref().into()));
    }
    if role.fields().iter().any(|field| field.name == "<<") {
        return Some(Obscure::Merged);
    }
    let is_rules = |field: &&&Field<'_>| {
        let fact = host.field(&field.name);
        is_understood(host) && fact.is_some_and(|fact| fact.role == FieldRole::Permissions)
    };
    let rules = limits.iter().filter(is_rules);
    rules.filter_map(|field| rules::not_understood(host, field)).next().map(Obscure::Rule)
}

/// Whether the tools of a host are known, so that its lists and rules can be interpreted.
fn is_understood(host: &Host) -> bool {
    !host.tools.list.is_empty()
}

fn is_map(field: &Field<'_>) -> bool {
    matches!(field.value.value, Value::Mapping(_))
}

/// The permissions of a role on `host`.
///
/// ```
/// use rolewright_core::{Role, host::Host, permissions};
///
/// let host = Host::by_id("claude-code").unwrap();
/// let granted = |tools: &str| {
///     let text = format!("---\nname: a\ndescription: Reads.\ntools: {tools}\n---\nRead.\n");
///     permissions::read(&Role::parse(&text, ".claude/agents/a.md"), host)
/// };
/// assert!(granted("Read, Bash").contains(&granted("Read")));
/// assert!(!granted("Read").contains(&granted("Bash")));
/// ```
pub fn read(role: &Role<'_>, host: &'static Host) -> Permissions {
    read_without(role, host, &[])
}

/// What a role may use if it lists nothing: where several versions of a host read the file, what all
/// of them are known to give it.
pub(crate) fn without_list(role: &Role<'_>, host: &'static Host) -> Amount {
    let gives_none = |other: &Host| {
        other.variant_of == Some(host.id)
            && other.tools.without_list != Amount::Everything
            && other.locations.iter().any(|place| host::path_matches(place, role.path))
    };
    match host.tools.without_list {
        Amount::Everything if HOSTS.iter().any(gives_none) => Amount::Unknown,
        amount => amount,
    }
}

/// The permissions of a role, apart from the limits that these fields set.
pub(crate) fn read_without(role: &Role<'_>, host: &'static Host, others: &[String]) -> Permissions {
    let lists = tools::read(role, host);
    let first = |list: &&ToolList<'_>| {
        // Switches are rules, read in their order.
        let counts = host.tools.restricts || !is_map(list.field);
        counts && role.field(&list.field.name).is_some_and(|own| core::ptr::eq(own, list.field))
    };
    let of = |grant| lists.iter().filter(first).filter(move |list| list.grant == grant);
    let entries = |grant| of(grant).flat_map(|list| &list.entries);
    let given = |list: &ToolList<'_>| match host.tools.empty_list {
        Amount::Nothing => true,
        Amount::Everything => !list.entries.is_empty(),
        Amount::Unknown => !list.field.value.is_null(),
    };
    let is_listed = host.tools.restricts && of(Grant::Allowed).any(given);
    let mut permissions = match without_list(role, host) {
        _ if is_listed => Permissions::none(),
        Amount::Everything => Permissions::all(),
        Amount::Nothing | Amount::Unknown => Permissions::none(),
    };
    let mut granted: Vec<&str> = Vec::new();
    if is_listed {
        let denied: Vec<&ToolEntry<'_>> = entries(Grant::Denied).collect();
        let is_given = |entry: &&ToolEntry<'_>| {
            !is_taken(host, entry, &denied) && !is_withheld(role, host, entry.name())
        };
        for entry in entries(Grant::Allowed).filter(is_given) {
            granted.extend(present(host, entry.name()).map(|tool| tool.name));
            let named = Named::of(host, entry.name());
            permissions.grant(&named, entry.specifier().is_some());
            if let (Named::Capabilities(capabilities), Some(specifier)) =
                (&named, entry.specifier())
            {
                permissions.grant_commands(*capabilities, specifier);
            }
        }
    }
    let is_closed = is_listed && !permissions.open;
    for entry in entries(Grant::Denied) {
        let in_part = entry.specifier().is_some();
        // Some hosts also split at spaces: deny every name that any of them would deny.
        for name in entry.name().split_whitespace() {
            let named = match Named::denied(host, name) {
                // In a closed list, denying one tool leaves another tool with the same capability
                // available, unless the capability changes things or the denied tool is a part of
                // a listed one.
                Named::Capabilities(capabilities)
                    if is_closed
                        && !in_part
                        && !present(host, name)
                            .is_some_and(|tool| granted.contains(&tool.name)) =>
                {
                    let stays = permissions.whole.without(CapabilitySet::CHANGES);
                    Named::Capabilities(capabilities.without(stays))
                }
                named => named,
            };
            permissions.deny(&named, in_part);
            other_readings(host, name).iter().for_each(|other| permissions.deny(other, in_part));
        }
    }
    let is_rules = |field: &&Field<'_>| {
        let role = host.field(&field.name).map(|fact| fact.role);
        let switches = role == Some(FieldRole::Tools) && is_map(field) && !host.tools.restricts;
        is_understood(host) && (switches || role == Some(FieldRole::Permissions))
    };
    let is_limit = |field: &&Field<'_>| is_limit(role, host, field);
    let fields = role.fields().iter().filter(is_limit).filter(is_rules);
    let is_foreign = |field: &&Field<'_>| {
        let status = host.field(&field.name).map(|fact| fact.status);
        matches!(status, Some(FieldStatus::Extension(_)))
    };
    let (foreign, own): (Vec<&Field<'_>>, Vec<&Field<'_>>) = fields.partition(is_foreign);
    rules::apply(host, &own, &mut permissions);
    if !foreign.is_empty() {
        // A field that only another version reads was meant to limit the role too, but allows
        // nothing that the fields of this version deny.
        let mut other = Permissions::all();
        rules::apply(host, &foreign, &mut other);
        permissions.narrow(other);
    }
    let is_other = |field: &&Field<'_>| others.iter().all(|name| *name != *field.name);
    for field in role.fields().iter().filter(is_limit).filter(is_other) {
        apply(host, field, &mut permissions);
    }
    permissions.unclear |= unknown_agent(role, host).is_some();
    permissions.unclear |= is_ambiguous(role, host);
    permissions.settle_commands();
    permissions.names.sort_unstable();
    permissions.refused.sort_unstable();
    permissions
}

/// Whether a denied entry takes all that an entry grants.
fn is_taken(host: &'static Host, entry: &ToolEntry<'_>, denied: &[&ToolEntry<'_>]) -> bool {
    denied.iter().any(|other| {
        let name = host.tool_ignoring_case(other.name()).map_or(other.name(), |tool| tool.name);
        let whole = other.specifier().is_none() || other.specifier() == entry.specifier();
        whole && covers(host, name, entry.name())
    })
}

/// The tools that the settings in a field restrict in part.
fn limited_tools<'f>(
    field: &'f Field<'_>,
    fact: &'static host::Field,
) -> impl Iterator<Item = &'f str> {
    let takes_away = |setting: &Entry<'_>| {
        let value = &setting.value;
        let is_void = value.is_null()
            || value.as_bool() == Some(false)
            || value.items().is_some_and(<[_]>::is_empty);
        setting.key.as_str().is_some_and(|key| fact.values.contains(&key)) && !is_void
    };
    let tools = field.value.entries().unwrap_or_default().iter();
    let limited = tools
        .filter(move |tool| tool.value.entries().is_some_and(|all| all.iter().any(takes_away)));
    limited.filter_map(|tool| tool.key.as_str())
}

fn is_list_or_rules(role: FieldRole) -> bool {
    matches!(role, FieldRole::Tools | FieldRole::DeniedTools | FieldRole::Permissions)
}

/// Applies a limiting field that is not a tool list.
fn apply(host: &'static Host, field: &Field<'_>, permissions: &mut Permissions) {
    let Some(fact) = host.field(&field.name) else {
        permissions.unclear = true;
        return;
    };
    if !is_understood(host) && is_list_or_rules(fact.role) {
        let is_free = word(field).is_some_and(|word| fact.unlimited.contains(&word));
        permissions.unclear |= !field.value.is_null() && !is_free;
        return;
    }
    match fact.role {
        // A host whose field is a map of switches reads nothing else from it.
        FieldRole::Tools if !host.tools.restricts && !is_map(field) => permissions.unclear = true,
        role if is_list_or_rules(role) => {}
        FieldRole::ToolSettings => {
            for tool in limited_tools(field, fact) {
                permissions.deny(&Named::denied(host, tool), true);
            }
        }
        FieldRole::Agents if !names_agent(fact) => {
            let delegate = Named::Capabilities(CapabilitySet::of(&[Capability::Delegate]));
            let one = core::slice::from_ref(&field.value);
            let agents = field.value.items().unwrap_or(one);
            if fact.takes(FieldType::Bool) {
                if word(field) == Some("false") {
                    permissions.deny(&delegate, false);
                }
            } else if !agents.iter().any(|agent| agent.as_str() == Some("*"))
                && !field.value.is_null()
            {
                permissions.deny(&delegate, !agents.is_empty());
            }
        }
        FieldRole::AllowedServers => {
            let one = core::slice::from_ref(&field.value);
            let servers = field.value.items().unwrap_or(one);
            permissions.limit_to_servers(servers.iter().filter_map(Node::as_str));
        }
        _ if only_reads(fact, field) => permissions.limit_to_reading(),
        _ => {}
    }
}
