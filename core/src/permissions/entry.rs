//! Determines what an entry in a tool list names on the host that reads the list.

use super::{CapabilitySet, Name};
use crate::host::{Capability, Host, Tool, ToolStatus};
use crate::tools::compatible_hosts;

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
            return Self::of_tool(tool);
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
            None if host.tools.open && !host.tools.list.is_empty() => {
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

    pub(super) fn of_tool(tool: &Tool) -> Self {
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
        return one.name == other.name;
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

/// A server and its tool, if a name has the host's format for server tools.
fn server_tool<'n>(host: &'static Host, name: &'n str) -> Option<(&'n str, &'n str)> {
    if host.tools.server_form == Some("SERVER_TOOL") {
        return name.split_once('_').filter(|(server, _)| !server.is_empty());
    }
    host.split_server_tool(name).map(|found| (found.server, found.tool))
}
