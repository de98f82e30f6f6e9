//! Parses the names of server tools and writes them in another host's form. Knows forms, not
//! servers.

use super::{HOSTS, Host};
use alloc::string::String;

/// A tool of a server, as one host writes it.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct ServerTool<'n> {
    /// The host that writes it so.
    pub host: &'static Host,
    /// The server.
    pub server: &'n str,
    /// Its tool; `*` or empty for all of them.
    pub tool: &'n str,
}

impl Host {
    /// Takes a name apart that has another host's form of a server's tool, where this host neither
    /// knows the name nor the form.
    pub fn foreign_server_tool<'n>(&self, name: &'n str) -> Option<ServerTool<'n>> {
        if self.tool(name).is_some() || self.is_tool_pattern(name) {
            return None;
        }
        let others = HOSTS.iter().filter(|other| other.id != self.id);
        others
            .filter(|other| !self.tools.shared_with.contains(&other.id))
            .find_map(|host| host.split_server_tool(name))
    }

    /// How this host writes a server's tool.
    pub fn server_tool(&self, server: &str, tool: &str) -> Option<String> {
        let form = self.tools.server_form?;
        Some(
            form.replace("SERVER", server)
                .replace("TOOL", if tool.is_empty() { "*" } else { tool }),
        )
    }

    /// Parses a name in this host's form of a server's tool.
    pub fn split_server_tool<'n>(&'static self, name: &'n str) -> Option<ServerTool<'n>> {
        let (before, rest) = self.tools.server_form?.split_once("SERVER")?;
        let between = rest.strip_suffix("TOOL")?;
        // Any name with an underscore would have the form `SERVER_TOOL`.
        if before.is_empty() && between == "_" {
            return None;
        }
        let name = name.strip_prefix(before)?;
        let (server, tool) = match name.split_once(between) {
            Some(parts) => parts,
            None if before.is_empty() => return None,
            None => (name, ""),
        };
        let is_name = |part: &str| part.chars().all(|c| c.is_alphanumeric() || "-_.*".contains(c));
        let whole = !server.is_empty() && is_name(server) && is_name(tool);
        whole.then_some(ServerTool { host: self, server, tool })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(host: &str, name: &str, expected: Option<(&str, &str)>) {
        let host = Host::by_id(host).unwrap();
        let found = host.foreign_server_tool(name);
        let own = |tool: ServerTool<'_>| host.server_tool(tool.server, tool.tool);
        let found = found.map(|tool| (tool.host.id, own(tool).unwrap()));
        let found = found.as_ref().map(|(id, name)| (*id, name.as_str()));
        assert_eq!(found, expected, "{name}");
    }

    #[test]
    fn a_tool_of_a_server_is_written_the_way_of_the_host() {
        check("claude-code", "github/create_issue", Some(("copilot", "mcp__github__create_issue")));
        check("claude-code", "playwright/*", Some(("copilot", "mcp__playwright__*")));
        check("claude-code", "mcp_github_list", Some(("gemini", "mcp__github__list")));
        check("claude-code", "@git/status", Some(("kiro", "mcp__git__status")));
        check("gemini", "mcp__github__list", Some(("claude-code", "mcp_github_list")));
        check("gemini", "mcp__github", Some(("claude-code", "mcp_github_*")));
        check("copilot", "mcp__github__list", Some(("claude-code", "github/list")));
    }

    #[test]
    fn other_names_are_not_tools_of_servers() {
        check("claude-code", "mcp__github__list", None);
        check("claude-code", "git_status", None);
        check("claude-code", "Docker", None);
        check("claude-code", "a b/c d", None);
        check("claude-code", "/", None);
        check("copilot", "search/codebase", None);
    }
}
