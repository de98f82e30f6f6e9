//! Parses the names of server tools and converts them to another host's notation. Knows notations,
//! not servers.

use super::Host;
use alloc::string::String;

/// A server's tool, as named by one host.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct ServerTool<'n> {
    /// The host that writes it so.
    pub host: &'static Host,
    /// The server.
    pub server: &'n str,
    /// Its tool; `*` or empty for all of them.
    pub tool: &'n str,
}

impl Host {
    /// How this host writes a server's tool.
    pub(crate) fn server_tool(&self, server: &str, tool: &str) -> Option<String> {
        let form = self.tools.server_form?;
        Some(
            form.replace("SERVER", server)
                .replace("TOOL", if tool.is_empty() { "*" } else { tool }),
        )
    }

    /// Parses a name in this host's format for server tools.
    pub(crate) fn split_server_tool<'n>(&'static self, name: &'n str) -> Option<ServerTool<'n>> {
        let (before, rest) = self.tools.server_form?.split_once("SERVER")?;
        let between = rest.strip_suffix("TOOL")?;
        // Every name with an underscore would match `SERVER_TOOL`.
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
    use crate::host::HOSTS;

    /// A server tool's name, converted from one host's notation to another's.
    fn rewritten(name: &str, from: &str, to: &str) -> Option<String> {
        let [from, to] = [from, to].map(|id| Host::by_id(id).unwrap());
        let tool = from.split_server_tool(name)?;
        assert_eq!(tool.host, from);
        to.server_tool(tool.server, tool.tool)
    }

    #[test]
    fn a_tool_of_a_server_is_written_the_way_of_the_host() {
        for (name, from, to, expected) in [
            ("github/create_issue", "copilot", "claude-code", "mcp__github__create_issue"),
            ("playwright/*", "copilot", "claude-code", "mcp__playwright__*"),
            ("mcp_github_list", "gemini", "claude-code", "mcp__github__list"),
            ("@git/status", "kiro", "claude-code", "mcp__git__status"),
            ("mcp__github__list", "claude-code", "gemini", "mcp_github_list"),
            ("mcp__github", "claude-code", "gemini", "mcp_github_*"),
            ("mcp__github__list", "claude-code", "copilot", "github/list"),
        ] {
            assert_eq!(rewritten(name, from, to).as_deref(), Some(expected), "{name}");
        }
    }

    #[test]
    fn other_names_are_no_tools_of_servers() {
        for name in ["git_status", "Docker", "a b/c d", "/"] {
            assert!(HOSTS.iter().all(|host| host.split_server_tool(name).is_none()), "{name}");
        }
    }
}
