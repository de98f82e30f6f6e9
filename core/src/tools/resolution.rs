//! Resolves each entry of a tool list for a host. A list written for another host is resolved as a
//! whole, so that its names are not treated as misspellings.

use super::{Grant, ToolEntry, ToolList};
use crate::host::{HOSTS, Host, ToolStatus};
use crate::spelling;

/// How a host resolves a name.
#[derive(Clone, Copy, Debug, PartialEq)]
#[non_exhaustive]
pub enum Resolution {
    /// A tool, an alias, a name in the host's format for server tools, or a name that proves
    /// nothing here.
    Known,
    /// A removed tool, and its replacement.
    Removed(Option<&'static str>),
    /// A tool whose name has the wrong case; the value is the correct spelling.
    OtherCase(&'static str),
    /// A tool of that other host.
    Foreign(&'static Host),
    /// Nothing.
    Unknown,
}

/// Sets the resolution of every entry.
pub(super) fn judge(list: &mut ToolList<'_>, host: &'static Host) {
    let is_open = host.tools.open && !(list.grant == Grant::Denied && host.tools.closed_denials);
    for entry in &mut list.entries {
        entry.resolution = own(host, entry.name(), is_open);
    }
    if is_open {
        return servers_of_others(list, host);
    }
    if !list.entries.iter().any(is_unknown) {
        return;
    }
    while let Some(other) = origin(list, host) {
        for entry in &mut list.entries {
            let is_theirs = match entry.resolution {
                Resolution::Unknown => {
                    compatible_hosts(other).any(|host| knows(host, entry.name()) > 0)
                }
                Resolution::OtherCase(_) => {
                    compatible_hosts(other).any(|host| host.tool(entry.name()).is_some())
                }
                _ => false,
            };
            if is_theirs {
                entry.resolution = Resolution::Foreign(other);
            }
        }
    }
    absorb(list, host);
}

/// Server tools in another host's notation, if no tool of this host or of an extension has that
/// name.
fn servers_of_others(list: &mut ToolList<'_>, host: &'static Host) {
    if host.tools.server_form.is_none() {
        return;
    }
    let is_marked = |other: &&'static Host| {
        other.tools.server_form.is_some_and(|form| {
            let mark = form.split("SERVER").next().unwrap_or("");
            mark.len() > 4 && host.tools.server_form != Some(form)
        })
    };
    // `*_*` also matches `mcp__SERVER__TOOL`, which is no name of a tool there.
    let is_own = |name: &str| {
        let is_general = host.tools.patterns.iter().all(|form| form.starts_with('*'));
        host.tool(name).is_some() || !is_general && host.is_tool_pattern(name)
    };
    for entry in list.entries.iter_mut().filter(|entry| !is_own(entry.name())) {
        let has_form = |other: &&'static Host| {
            let tool = other.split_server_tool(entry.name());
            tool.is_some_and(|tool| !tool.tool.is_empty())
        };
        if let Some(other) = HOSTS.iter().filter(is_marked).find(has_form) {
            entry.resolution = Resolution::Foreign(other);
        }
    }
}

fn own(host: &'static Host, name: &str, is_open: bool) -> Resolution {
    if let Some(tool) = host.tool(name).or_else(|| host.tool_ignoring_case(name)) {
        return match tool.status {
            ToolStatus::Removed(successor) => Resolution::Removed(successor),
            _ if tool.name == name || !host.tools.case_sensitive => Resolution::Known,
            _ => Resolution::OtherCase(tool.name),
        };
    }
    if host.tool_of_function(name).is_some() {
        return Resolution::Unknown;
    }
    // If a host may have unlisted tools, an unlisted name proves nothing.
    let says_nothing = is_open || host.tools.list.is_empty();
    if says_nothing || host.is_tool_pattern(name) || is_template(name) {
        return Resolution::Known;
    }
    Resolution::Unknown
}

/// A name that is filled in later.
fn is_template(name: &str) -> bool {
    name.contains("{{") || name.contains("${")
}

fn is_unknown(entry: &ToolEntry<'_>) -> bool {
    entry.resolution == Resolution::Unknown
}

/// The other host that matches most of the unknown names; among equals, the more widely used host.
fn origin(list: &ToolList<'_>, host: &'static Host) -> Option<&'static Host> {
    let others = HOSTS.iter().filter(|other| {
        other.id != host.id
            && !other.tools.list.is_empty()
            && !host.tools.shared_with.contains(&other.id)
    });
    let unknown = |entry: &&ToolEntry<'_>| is_unknown(entry);
    let known_to = |other: &'static Host| {
        list.entries.iter().filter(unknown).map(|entry| knows(other, entry.name())).sum::<usize>()
    };
    others
        .map(|other| (known_to(other), other))
        .filter(|(known, _)| *known > 0)
        .reduce(|best, next| if next.0 > best.0 { next } else { best })
        .map(|(_, other)| other)
}

/// The host and the hosts that read the same files.
pub(crate) fn compatible_hosts(host: &'static Host) -> impl Iterator<Item = &'static Host> {
    let shared = |other: &&Host| other.id == host.id || host.tools.shared_with.contains(&other.id);
    HOSTS.iter().filter(shared)
}

/// How strongly a name indicates that host: 2 for a listed tool or set of tools, 1 for a name in
/// the host's format for server tools, otherwise 0.
fn knows(other: &'static Host, name: &str) -> usize {
    let listed = |name: &str| other.tools.list.iter().any(|tool| tool.name == name);
    if listed(name) || name.split_once('/').is_some_and(|(set, _)| listed(set)) {
        return 2;
    }
    usize::from(other.split_server_tool(name).is_some())
}

/// A converted list also names tools of extensions, which are not in any table: if the list has no
/// native entry, or comes mostly from a host with such tools, the remaining names are treated as
/// tools of that host.
fn absorb(list: &mut ToolList<'_>, host: &'static Host) {
    let foreign = |entry: &ToolEntry<'_>| match entry.resolution {
        Resolution::Foreign(other) => Some(other),
        _ => None,
    };
    let Some(other) = list.entries.iter().find_map(foreign).filter(|other| other.tools.open) else {
        return;
    };
    let from_other = list.entries.iter().filter(|entry| foreign(entry) == Some(other)).count();
    let unknown = list.entries.iter().filter(|entry| is_unknown(entry)).count();
    let converted = from_other >= 2 && from_other + unknown == list.entries.len();
    if !converted && (from_other < 3 || from_other <= unknown) {
        return;
    }
    for entry in &mut list.entries {
        let misspelt =
            || spelling::nearest(entry.name(), host.tools.list.iter().map(|t| t.name)).is_some();
        if is_unknown(entry) && !misspelt() {
            entry.resolution = Resolution::Foreign(other);
        }
    }
}
