//! Writes the tools of a host.

use super::{consequence, constant, option, successor, variants};
use crate::hosts::facts::{Facts, Tool, Tools, Unavailable};
use std::fmt::Write;

pub(super) fn tool(tool: &Tool) -> String {
    let mut out = format!(
        "    Tool {{ name: {:?}, capabilities: {}",
        tool.name,
        variants("Capability", &tool.does)
    );
    let alias = tool.alias.as_ref().map(|name| format!("Alias({name:?})"));
    let legacy = tool.legacy.as_ref().map(|name| format!("Legacy({name:?})"));
    let removed = tool.removed.as_ref().map(|name| format!("Removed({})", successor(name)));
    if let Some(status) = alias.or(legacy).or(removed) {
        let _ = write!(out, ", status: ToolStatus::{status}");
    }
    if tool.specifier {
        out += ", specifier: true";
    }
    out + ", ..TOOL },\n"
}

pub(super) fn tools(host: &Facts, hosts: &[Facts]) -> String {
    let empty = Tools::default();
    let own = &host.tools;
    let base = own.like.as_ref().and_then(|like| hosts.iter().find(|other| other.id == *like));
    let other = base.map_or(&empty, |other| &other.tools);
    let owner = if own.list.is_some() {
        Some(host)
    } else {
        base.filter(|other| other.tools.list.is_some())
    };
    let list = owner.map_or("&[]".into(), |owner| format!("&{}_TOOLS", constant(&owner.id)));
    let unknown = match &own.unknown {
        Some(effect) => consequence(effect, &own.unknown_note),
        None => consequence(other.unknown.as_deref().unwrap_or("unknown"), &other.unknown_note),
    };
    // If unknown names may be valid, no list can be known to lack usable names.
    let is_open = own.open.or(other.open).unwrap_or(false);
    let none_left = [own, other].into_iter().find(|tools| tools.none_left.is_some() && !is_open);
    let none_left = none_left
        .and_then(|tools| Some(consequence(tools.none_left.as_ref()?, &tools.none_left_note)));
    let unavailable = unavailable(own.unavailable.as_ref().or(other.unavailable.as_ref()));
    let forked = own.forks.as_ref().zip(base).map(|([field, value], base)| {
        format!(
            "Forked {{ field: {field:?}, value: {value:?}, product: {:?}, unavailable: &[{}] }}",
            base.product,
            self::unavailable(other.unavailable.as_ref()),
        )
    });
    format!(
        "Tools {{ list: {list}, all: {:?}, all_built_in: {:?}, patterns: &{:?}, open: {is_open}, closed_denials: {}, case_sensitive: {}, restricts: {},
            unknown: {unknown},
            none_left: {},
            omitted: {:?},
            scope_granted: {:?}, scope_denied: {:?}, removed: {:?}, gone_calls: &{:?}, closed_calls: {}, own_calls: &{:?}, always: &{:?}, built_in: {},
            trailing_comma: {:?}, duplicate: {:?}, pair_pattern: {:?}, functions: &[{}],
            unavailable: &[{unavailable}], forked: {},
            server_form: {:?}, all_servers: {:?}, exact_lists: {}, empty_list: {}, without_list: {}, carries: {},
            command_rules: {}, reach: &{:?},
            shared_with: &{:?} }}",
        own.all.as_ref().or(other.all.as_ref()),
        own.all_built_in.as_ref().or(other.all_built_in.as_ref()),
        own.patterns.as_ref().or(other.patterns.as_ref()).unwrap_or(&Vec::new()),
        own.closed_denials,
        own.case_sensitive.or(other.case_sensitive).unwrap_or(true),
        own.restricts.or(other.restricts).unwrap_or(true),
        option(none_left),
        own.omitted.as_ref().or(other.omitted.as_ref()),
        own.scope_granted.as_ref().or(other.scope_granted.as_ref()),
        own.scope_denied.as_ref().or(other.scope_denied.as_ref()),
        own.removed_note.as_ref().or(other.removed_note.as_ref()),
        own.gone_calls.as_ref().or(other.gone_calls.as_ref()).unwrap_or(&Vec::new()),
        own.closed_calls,
        own.own_calls.as_ref().or(other.own_calls.as_ref()).unwrap_or(&Vec::new()),
        own.always.as_ref().or(other.always.as_ref()).unwrap_or(&Vec::new()),
        variants("Capability", own.built_in.as_ref().or(other.built_in.as_ref()).unwrap_or(&Vec::new())),
        own.trailing_comma_note.as_ref().or(other.trailing_comma_note.as_ref()),
        own.duplicate_note.as_ref().or(other.duplicate_note.as_ref()),
        own.pair_pattern.as_ref().or(other.pair_pattern.as_ref()),
        own.functions.iter().map(|pair| format!("{pair:?}")).collect::<Vec<_>>().join(", "),
        option(forked),
        own.server_form.as_ref().or(other.server_form.as_ref()),
        own.all_servers.as_ref().or(other.all_servers.as_ref()),
        own.exact_lists.or(other.exact_lists).unwrap_or(false),
        amount(own.empty_list.as_ref().or(other.empty_list.as_ref()), "Unknown"),
        amount(own.without_list.as_ref().or(other.without_list.as_ref()), "Everything"),
        own.permissions.is_none(),
        own.command_rules.or(other.command_rules).unwrap_or(false),
        own.reach.as_ref().or(other.reach.as_ref()).unwrap_or(&Vec::new()),
        own.shared_with.as_ref().or(other.shared_with.as_ref()).unwrap_or(&Vec::new()),
    )
}

fn unavailable(list: Option<&Vec<Unavailable>>) -> String {
    let entry = |entry: &Unavailable| {
        let unless = entry.unless.as_ref().map(|[field, value]| format!("({field:?}, {value:?})"));
        format!("Unavailable {{ tool: {:?}, unless: {} }}", entry.tool, option(unless))
    };
    list.into_iter().flatten().map(entry).collect::<Vec<_>>().join(", ")
}

fn amount(words: Option<&String>, otherwise: &str) -> String {
    let amount = match words.map(String::as_str) {
        Some("none") => "Nothing",
        Some("unknown") => "Unknown",
        Some(_) => "Everything",
        None => otherwise,
    };
    format!("Amount::{amount}")
}
