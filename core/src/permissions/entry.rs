//! Determines what an entry in a tool list names on the host that reads the list.

use super::{CapabilitySet, Name};
use crate::host::{Capability, Field, FieldRole, Host, Tool, ToolStatus};
use crate::role::Role;
use crate::tools::compatible_hosts;
use alloc::vec::Vec;

/// The meaning of an entry.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Named {
    /// Every tool there is.
    All,
    /// The capabilities of a tool or a set of tools.
    Capabilities(CapabilitySet),
    /// A tool of a server, or a special-purpose tool.
    Tool(Name),
    /// Nothing: the host ignores the name.
    Nothing,
}

impl Named {
    /// How `host` reads a name.
    pub(crate) fn of(host: &'static Host, name: &str) -> Self {
        if host.tools.all == Some(name) {
            return Self::All;
        }
        if let Some(tool) = present(host, name) {
            return Self::of_name(host, name, tool);
        }
        if host.tools.all_built_in == Some(name) {
            return Self::Capabilities(built_in(host));
        }
        // The name belongs to a tool of this host, so it cannot be a server tool.
        if host.tool(name).is_some() {
            return Self::Nothing;
        }
        match server_tool(host, name) {
            // A set of the host's own tools is not a server, even if this particular member is
            // unknown.
            Some((set, "*")) if name.contains('/') && present(host, set).is_some() => {
                Self::of(host, set)
            }
            Some((set, _)) if name.contains('/') && present(host, set).is_some() => {
                Self::Tool(Name::new("", name))
            }
            Some((server, tool)) => Self::Tool(Name::new(server, tool)),
            // A tool of an extension.
            None if !host.tools.list.is_empty()
                && (host.tools.open || host.is_tool_pattern(name)) =>
            {
                Self::Tool(Name::new("", name))
            }
            None => Self::Nothing,
        }
    }

    /// Like `of`, but for a denied name: a name in the wrong case still denies the tool.
    pub(crate) fn denied(host: &'static Host, name: &str) -> Self {
        let exact = present(host, name).is_none().then(|| host.tool_ignoring_case(name)).flatten();
        match exact.and_then(|tool| present(host, tool.name)) {
            Some(tool) => Self::of_tool(tool),
            None => Self::of(host, name),
        }
    }

    /// What a name of a tool stands for: an alias may be the name of a part of the tool.
    fn of_name(host: &'static Host, name: &str, tool: &Tool) -> Self {
        let own = compatible_hosts(host).find_map(|host| host.tool(name));
        match (Self::of_tool(tool), own.map(Self::of_tool)) {
            (Self::Capabilities(_), Some(part)) => part,
            (whole, _) => whole,
        }
    }

    /// What a tool of a host stands for.
    pub(crate) fn of_tool(tool: &Tool) -> Self {
        let capabilities = CapabilitySet::of_tool(tool);
        match tool.capabilities.first() {
            Some(Capability::Mcp) => Self::Tool(Name::new("*", "")),
            // A special-purpose tool is identified by its name, not by the capabilities that it
            // happens to need.
            Some(Capability::Other) => Self::Tool(Name::new("", tool.name)),
            _ if capabilities.is_empty() => Self::Tool(Name::new("", tool.name)),
            _ => Self::Capabilities(capabilities),
        }
    }
}

/// The capabilities of a host's tools, without server tools and special-purpose tools.
fn built_in(host: &'static Host) -> CapabilitySet {
    let current = host.tools.list.iter().filter(|tool| tool.status == ToolStatus::Current);
    current.fold(CapabilitySet::default(), |all, tool| match Named::of_tool(tool) {
        Named::Capabilities(capabilities) => all.or(capabilities),
        _ => all,
    })
}

/// Whether denying one name revokes everything that another name grants.
pub(crate) fn covers(host: &'static Host, denied: &str, granted: &str) -> bool {
    if let (Some(one), Some(other)) = (present(host, denied), present(host, granted)) {
        let is_whole = match (Named::of(host, denied), Named::of(host, granted)) {
            (Named::Capabilities(denied), Named::Capabilities(granted)) => denied.contains(granted),
            (Named::Tool(_), Named::Capabilities(_)) => false,
            _ => true,
        };
        return one.name == other.name && is_whole;
    }
    match (Named::of(host, denied), Named::of(host, granted)) {
        (Named::All, other) => other != Named::Nothing,
        (Named::Tool(own), Named::Tool(other)) => own.covers(&other),
        _ => false,
    }
}

/// The tool that a name refers to, under its current name if it was renamed; also looks at hosts
/// that read the same files.
pub(crate) fn present(host: &'static Host, name: &str) -> Option<&'static Tool> {
    let (owner, tool) = compatible_hosts(host).find_map(|host| Some((host, host.tool(name)?)))?;
    match tool.status {
        ToolStatus::Current => Some(tool),
        ToolStatus::Alias(name) | ToolStatus::Legacy(name) => owner.tool(name),
        ToolStatus::Removed(_) => None,
    }
}

/// Whether a denied name may stand for a tool that is not known, so that it is not known what it
/// takes away.
pub(crate) fn is_unknown(host: &'static Host, name: &Name) -> bool {
    name.server.is_empty()
        && !host.tools.closed_denials
        && compatible_hosts(host).all(|host| host.tool_ignoring_case(&name.tool).is_none())
}

/// Whether the host never gives a tool to a role of this kind. A role with a first message is meant
/// to run as the main session.
pub(crate) fn is_withheld(role: &Role<'_>, host: &'static Host, name: &str) -> bool {
    let tool = present(host, name).map_or(name, |tool| tool.name);
    let has = |field: &Field| role.field(field.name).is_some();
    host.unavailable(tool).is_some_and(|unavailable| {
        let is_given = unavailable.unless.is_some_and(|(field, value)| {
            role.field(field).and_then(|field| field.value.as_str()) == Some(value)
        });
        !is_given && !host.field_for(FieldRole::InitialPrompt).is_some_and(has)
    })
}

/// What else a denied name may stand for: an underscore next to those between server and tool may belong
/// to either.
pub(super) fn other_readings(host: &'static Host, name: &str) -> Vec<Named> {
    let (server, tool) = server_tool(host, name).unwrap_or_default();
    let marks = tool.bytes().take_while(|byte| *byte == b'_').count();
    let readings = (1..=marks).filter_map(|count| {
        let (moved, tool) = tool.split_at_checked(count)?;
        (!tool.is_empty()).then(|| Named::Tool(Name::new(&[server, moved].concat(), tool)))
    });
    readings.collect()
}

/// A server and its tool, if a name has the host's format for server tools.
fn server_tool<'n>(host: &'static Host, name: &'n str) -> Option<(&'n str, &'n str)> {
    if host.tools.server_form == Some("SERVER_TOOL") {
        return name.split_once('_').filter(|(server, _)| !server.is_empty());
    }
    host.split_server_tool(name).map(|found| (found.server, found.tool))
}
