//! Reads what a role may do from its fields, as its host understands them.

use super::entry::covers;
use super::{Named, Permissions, Powers, rules};
use crate::front_matter::Field;
use crate::host::{Amount, Capability, FieldRole, FieldStatus, Host};
use crate::role::Role;
use crate::tools::{self, Grant, ToolEntry, ToolList};
use crate::yaml::Value;
use alloc::vec::Vec;

/// The fields of a role that limit what it may do.
pub(crate) fn limits<'r>(role: &'r Role<'r>, host: &'static Host) -> Vec<&'r Field<'r>> {
    role.fields().iter().filter(|field| is_limit(host, field)).collect()
}

fn is_limit(host: &'static Host, field: &Field<'_>) -> bool {
    let fact = host.field(&field.name);
    let Some(fact) = fact.filter(|fact| !matches!(fact.status, FieldStatus::Ignored(_))) else {
        return false;
    };
    match fact.role {
        FieldRole::Tools => host.tools.restricts || is_map(field) || !is_understood(host),
        FieldRole::DeniedTools | FieldRole::Permissions | FieldRole::Agents => true,
        _ => field.value.as_str().is_some_and(|value| fact.read_only.contains(&value)),
    }
}

/// Whether the tools of a host are known, so that what its lists and rules say is too.
fn is_understood(host: &Host) -> bool {
    !host.tools.list.is_empty()
}

fn is_map(field: &Field<'_>) -> bool {
    matches!(field.value.value, Value::Mapping(_))
}

/// What a role may do on `host`.
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
            if let (Named::Powers(powers), Some(specifier)) = (&named, entry.specifier()) {
                permissions.grant_commands(*powers, specifier);
            }
        }
    }
    let is_closed = is_listed && !permissions.open;
    for entry in entries(Grant::Denied) {
        let in_part = entry.specifier().is_some();
        // Some hosts divide at blanks too: what any of them would take away is taken away.
        for name in entry.name().split_whitespace() {
            let named = match Named::denied(host, name) {
                // Where tools are listed, another one that does the same work stays, unless it
                // changes things.
                Named::Powers(powers) if is_closed && !in_part => {
                    let stays = permissions.whole.without(Powers::CHANGES);
                    Named::Powers(powers.without(stays))
                }
                named => named,
            };
            permissions.deny(&named, in_part);
        }
    }
    for field in role.fields() {
        apply(host, field, &mut permissions);
    }
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

fn is_list_or_rules(role: FieldRole) -> bool {
    matches!(role, FieldRole::Tools | FieldRole::DeniedTools | FieldRole::Permissions)
}

/// What a field says that is no list of tools.
fn apply(host: &'static Host, field: &Field<'_>, permissions: &mut Permissions) {
    if !is_limit(host, field) {
        return;
    }
    let Some(fact) = host.field(&field.name) else { return };
    if !is_understood(host) && is_list_or_rules(fact.role) {
        permissions.unclear |= !field.value.is_null();
        return;
    }
    match fact.role {
        FieldRole::Permissions => rules::apply(host, &field.value, permissions),
        FieldRole::Tools if is_map(field) && !host.tools.restricts => {
            rules::apply(host, &field.value, permissions);
        }
        FieldRole::Tools | FieldRole::DeniedTools => {}
        FieldRole::Agents => {
            let delegate = Named::Powers(Powers::of(&[Capability::Delegate]));
            let one = core::slice::from_ref(&field.value);
            let agents = field.value.items().unwrap_or(one);
            if !agents.iter().any(|agent| agent.as_str() == Some("*")) && !field.value.is_null() {
                permissions.deny(&delegate, !agents.is_empty());
            }
        }
        _ => permissions.limit_to_reading(),
    }
}
