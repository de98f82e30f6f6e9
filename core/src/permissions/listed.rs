//! Lists the tools of a host that grant nothing beyond a role's permissions.

use super::entry::Named;
use super::{CapabilitySet, Name, Permissions};
use crate::host::{Capability, Host, Tool, ToolStatus};
use alloc::string::{String, ToString};
use alloc::vec::Vec;

/// The tools for a list, and what they grant.
#[derive(Default)]
pub(super) struct Listed {
    pub(super) names: Vec<String>,
    pub(super) capabilities: CapabilitySet,
    pub(super) kept: Vec<Name>,
    /// Whether the tools of all servers are among them.
    pub(super) servers: bool,
}

/// The tools of a host under their current names.
pub(crate) fn current(host: &'static Host) -> impl Iterator<Item = &'static Tool> {
    let current = |tool: &&Tool| tool.status == ToolStatus::Current;
    host.tools.list.iter().filter(current)
}

/// The capabilities of a host's tools; all capabilities if the host may have tools that are not
/// known here.
///
/// ```
/// use rolewright_core::{host::Host, permissions};
///
/// let all = permissions::offered(Host::by_id("claude-code").unwrap());
/// assert_eq!(all.and(all), all);
/// ```
pub fn offered(host: &'static Host) -> CapabilitySet {
    if host.tools.open {
        return CapabilitySet::ALL;
    }
    current(host).fold(CapabilitySet::default(), |all, tool| all.or(CapabilitySet::of_tool(tool)))
}

/// The host's notation for a tool of a server, all tools of a server, or all tools of all servers.
pub(super) fn server_name(to: &'static Host, name: &Name) -> Option<String> {
    match name.server.as_str() {
        "" => None,
        "*" => to.tools.all_servers.map(ToString::to_string),
        // Only the first `_` separates server and tool, so a server with `_` in its name cannot be
        // named as a whole.
        server
            if name.tool.is_empty()
                && server.contains('_')
                && to.rules_field().is_none()
                && to.tools.server_form.is_some_and(|form| form.ends_with("R_TOOL")) =>
        {
            None
        }
        server => to.server_tool(server, &name.tool),
    }
}

/// The host's notation for denied server tools; `None` for a pattern on a host that reads no
/// patterns.
pub(super) fn denied_name(to: &'static Host, name: &Name) -> Option<String> {
    let understood = !name.is_pattern() || to.rules_field().is_some();
    server_name(to, name).filter(|_| understood)
}

/// The tools that ask the user first, if the host has such a setting.
pub(super) fn asked(p: &Permissions, to: &'static Host) -> impl Iterator<Item = String> {
    let can = to.rules_field().is_some_and(|field| field.values.contains(&"ask"));
    let all = can && p.asked == CapabilitySet::ALL && !p.asked_names.is_empty();
    let capabilities = p.asked.and(p.whole);
    let tools = current(to).filter(move |tool| {
        let own = CapabilitySet::of_tool(tool);
        can && !own.and(capabilities).is_empty() && p.bound().contains(own)
    });
    let names = p.asked_names.iter().filter(move |name| can && name.server != "*");
    let every = all.then(|| "*".to_string());
    let tools = tools.map(|tool| tool.name.to_string());
    every.into_iter().chain(tools).chain(names.filter_map(move |name| server_name(to, name)))
}

/// The tools that stay within the permissions; with `can_split`, a server may be listed even if
/// some of its tools are denied.
pub(super) fn list(
    p: &Permissions,
    to: &'static Host,
    knows: &dyn Fn(&str) -> Option<String>,
    can_split: bool,
) -> Listed {
    let mut listed = Listed::default();
    let bound = p.bound();
    let built_in = p.whole.and(CapabilitySet::of(to.tools.built_in));
    listed.capabilities = built_in;
    let usable = |tool: &&Tool| to.unavailable(tool.name).is_none();
    let changes_denied = !bound.contains(CapabilitySet::CHANGES);
    let words = p.whole.words();
    let is_coarse = |tool: &Tool| {
        let all = CapabilitySet::of_tool(tool).words();
        !all.iter().all(|word| words.contains(word))
    };
    let tools: Vec<(usize, &'static Tool)> = current(to).filter(usable).enumerate().collect();
    // A tool that does no more than the role may is better than one that does.
    let (coarse, fine): (Vec<_>, Vec<_>) = tools.into_iter().partition(|(_, tool)| is_coarse(tool));
    let mut chosen: Vec<(usize, &'static Tool)> = Vec::new();
    for (at, tool) in fine.into_iter().chain(coarse) {
        let capabilities = CapabilitySet::of_tool(tool);
        let named = Named::of_tool(tool);
        let fits = match &named {
            Named::Capabilities(capabilities) => {
                let new = capabilities.and(p.whole).without(listed.capabilities);
                bound.contains(*capabilities) && !new.is_empty()
            }
            // All servers at once.
            Named::Tool(name) if !name.server.is_empty() => {
                let split = p.refused.iter().any(|refused| !refused.server.is_empty());
                let all = p.open || p.names.iter().any(|own| own.covers(name));
                listed.servers |= all && !split;
                all && !split
            }
            // The other capabilities of a special-purpose tool are unknown.
            Named::Tool(name) => {
                p.open
                    && !changes_denied
                    && bound.contains(capabilities)
                    && p.refused.iter().all(|refused| !refused.covers(name))
            }
            _ => false,
        };
        if fits {
            chosen.push((at, tool));
            match named {
                Named::Tool(name) => listed.kept.push(name),
                _ => listed.capabilities = listed.capabilities.or(capabilities),
            }
        }
    }
    chosen.sort_unstable_by_key(|(at, _)| *at);
    listed.names.extend(chosen.into_iter().map(|(_, tool)| tool.name.to_string()));
    let mut names: Vec<&Name> = p.names.iter().collect();
    let every = Name::new("*", "");
    if p.open && !listed.servers {
        names.push(&every);
    }
    for name in names {
        let split = || p.refused.iter().filter(|refused| name.meets(refused));
        let can_split = can_split && split().all(|refused| denied_name(to, refused).is_some());
        let whole = !name.server.is_empty() && name.tool.is_empty();
        if split().next().is_some() && !can_split || whole && to.tools.exact_lists {
            continue;
        }
        let written = match name.server.as_str() {
            "" => knows(&name.tool),
            _ if name.is_pattern() => server_name(to, name).filter(|_| to.rules_field().is_some()),
            _ => server_name(to, name),
        };
        if let Some(written) = written
            && !listed.names.contains(&written)
        {
            listed.servers |= name.server == "*";
            listed.names.push(written);
            listed.kept.push(name.clone());
        }
    }
    listed
}

/// The names of a host's tools that stay within the permissions.
pub(crate) fn names(permissions: &Permissions, to: &'static Host) -> Vec<String> {
    list(permissions, to, &|_| None, false).names
}

/// A tool of the host that provides any of these capabilities, for use in a sentence.
pub(crate) fn nearest(to: &'static Host, capabilities: CapabilitySet) -> Option<&'static Tool> {
    let is_own = |tool: &&Tool| tool.capabilities.first() == Some(&Capability::Other);
    let able = || {
        current(to)
            .filter(|tool| !is_own(tool))
            .filter(|tool| !CapabilitySet::of_tool(tool).and(capabilities).is_empty())
    };
    able().find(|tool| to.unavailable(tool.name).is_none()).or_else(|| able().next())
}
