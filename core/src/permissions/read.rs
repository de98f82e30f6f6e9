//! Reads a role's permissions from its fields, as its host interprets them.

use super::entry::covers;
use super::{CapabilitySet, Named, Permissions, rules};
use crate::front_matter::Field;
use crate::host::{self, Amount, Capability, FieldRole, FieldStatus, FieldType, HOSTS, Host, Tier};
use crate::role::Role;
use crate::tools::{self, Grant, ToolEntry, ToolList};
use crate::yaml::{Entry, Value};
use alloc::vec::Vec;

/// The fields of a role that limit its permissions.
pub(crate) fn limits<'r>(role: &'r Role<'r>, host: &'static Host) -> Vec<&'r Field<'r>> {
    role.fields().iter().filter(|field| is_limit(host, field)).collect()
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
fn is_ambiguous(role: &Role<'_>, host: &'static Host) -> bool {
    let is_first = |at: usize, field: &Field<'_>| {
        role.fields().iter().take(at).all(|other| other.name != field.name)
    };
    let mut fields = role.fields().iter().enumerate();
    fields.any(|(at, field)| field.name == "<<" || is_limit(host, field) && !is_first(at, field))
}

fn is_limit(host: &'static Host, field: &Field<'_>) -> bool {
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
        // A field with a single agent names the agent that runs the file; a list limits the agents
        // that the role may start.
        FieldRole::Agents if fact.types != [FieldType::Text] => true,
        FieldRole::ToolSettings => limited_tools(field, fact).next().is_some(),
        _ => only_reads(fact, field),
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
    let lists = tools::read(role, host);
    let first = |list: &&ToolList<'_>| {
        // Switches are rules, read in their order.
        let counts = host.tools.restricts || !is_map(list.field);
        counts && role.field(&list.field.name).is_some_and(|own| core::ptr::eq(own, list.field))
    };
    let of = |grant| lists.iter().filter(first).filter(move |list| list.grant == grant);
    let entries = |grant| of(grant).flat_map(|list| &list.entries);
    let given = |list: &ToolList<'_>| {
        !list.field.value.is_null() || host.tools.empty_list == Amount::Nothing
    };
    let is_listed = host.tools.restricts && of(Grant::Allowed).any(given);
    let mut permissions = match host.tools.without_list {
        _ if is_listed => Permissions::none(),
        Amount::Everything => Permissions::all(),
        Amount::Nothing => Permissions::none(),
    };
    if is_listed {
        let denied: Vec<&ToolEntry<'_>> = entries(Grant::Denied).collect();
        for entry in entries(Grant::Allowed).filter(|entry| !is_taken(host, entry, &denied)) {
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
                // available, unless the capability changes things.
                Named::Capabilities(capabilities) if is_closed && !in_part => {
                    let stays = permissions.whole.without(CapabilitySet::CHANGES);
                    Named::Capabilities(capabilities.without(stays))
                }
                named => named,
            };
            permissions.deny(&named, in_part);
        }
    }
    let is_rules = |field: &&Field<'_>| {
        let role = host.field(&field.name).map(|fact| fact.role);
        let switches = role == Some(FieldRole::Tools) && is_map(field) && !host.tools.restricts;
        is_limit(host, field)
            && is_understood(host)
            && (switches || role == Some(FieldRole::Permissions))
    };
    let fields: Vec<&Field<'_>> = role.fields().iter().filter(is_rules).collect();
    rules::apply(host, &fields, &mut permissions);
    for field in role.fields() {
        apply(host, field, &mut permissions);
    }
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

/// Applies a field that is not a tool list.
fn apply(host: &'static Host, field: &Field<'_>, permissions: &mut Permissions) {
    if !is_limit(host, field) {
        return;
    }
    let Some(fact) = host.field(&field.name) else {
        permissions.unclear = true;
        return;
    };
    if !is_understood(host) && is_list_or_rules(fact.role) {
        permissions.unclear |= !field.value.is_null();
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
        FieldRole::Agents if fact.types != [FieldType::Text] => {
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
        _ => permissions.limit_to_reading(),
    }
}
