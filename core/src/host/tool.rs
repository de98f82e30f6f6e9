//! Describes the tools that a host offers: their names and capabilities, and how to find the
//! intended tool. Does not see the contents of a file.

use super::{Consequence, HOSTS, Host, path};

/// The tools of a host and how a role names them.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Tools {
    /// Every current or former name; the preferred tool of a capability comes first.
    pub list: &'static [Tool],
    /// The entry that stands for every tool.
    pub all: Option<&'static str>,
    /// The entry that represents all tools except those of servers and extensions.
    pub all_built_in: Option<&'static str>,
    /// Name patterns for tools of servers and extensions, with `*` for any text; a pattern that
    /// begins with `!` excludes names from the patterns after it.
    pub patterns: &'static [&'static str],
    /// Whether other tools may exist that are neither listed nor match a pattern, so that an
    /// unknown name proves nothing.
    pub open: bool,
    /// Whether lists of denied tools contain only its own names, although it is `open`.
    pub closed_denials: bool,
    /// Whether names are case-sensitive.
    pub case_sensitive: bool,
    /// Whether a role's list limits its tools; otherwise, naming a tool only approves it.
    pub restricts: bool,
    /// The effect of an unknown name.
    pub unknown: Consequence,
    /// The effect of a list without known names.
    pub none_left: Option<Consequence>,
    /// The effect of a specifier in a list that limits the role, if it does not limit the tool.
    pub scope_granted: Option<&'static str>,
    /// The same in a list that takes tools away.
    pub scope_denied: Option<&'static str>,
    /// The effect of a removed tool, if it differs from the effect of an unknown tool.
    pub removed: Option<&'static str>,
    /// The effect of a comma after the last tool of a list, if it is harmful.
    pub trailing_comma: Option<&'static str>,
    /// The effect of listing a tool twice, if the host rejects the file for it.
    pub duplicate: Option<&'static str>,
    /// The regular expression in the options of an entry `[NAME, { … }]`, if entries may be such
    /// pairs.
    pub pair_pattern: Option<&'static str>,
    /// Names by which the model calls tools, each with its tool; in a list, they grant nothing.
    pub functions: &'static [(&'static str, &'static str)],
    /// Functions that the model could formerly call, on a host whose lists name sets of functions.
    pub gone_calls: &'static [&'static str],
    /// Whether the model can call nothing by the name of another host's tool, although the host is
    /// `open` or reads no list.
    pub closed_calls: bool,
    /// Functions whose names no unrelated product uses.
    pub own_calls: &'static [&'static str],
    /// Tools that every role has, regardless of its list.
    pub always: &'static [&'static str],
    /// What every role can do without any tool in its list.
    pub built_in: &'static [Capability],
    /// The effect of omitting the field.
    pub omitted: Option<&'static str>,
    /// Tools that exist but that a role of this kind never gets.
    pub unavailable: &'static [Unavailable],
    /// What makes a role of this kind run where further tools are unavailable.
    pub forked: Option<Forked>,
    /// The host's notation for a server tool: `mcp__SERVER__TOOL`.
    pub server_form: Option<&'static str>,
    /// The entry that represents the tools of every server.
    pub all_servers: Option<&'static str>,
    /// Whether the tools of a server must be listed one by one.
    pub exact_lists: bool,
    /// The tools granted by an empty list.
    pub empty_list: Amount,
    /// The tools granted without a list.
    pub without_list: Amount,
    /// Whether a file of this kind can limit permissions, or is plain text.
    pub carries: bool,
    /// Whether its rules limit commands by patterns, of which the last match wins.
    pub command_rules: bool,
    /// Names in its rules that define the reach of tools, not the available tools.
    pub reach: &'static [&'static str],
    /// IDs of hosts that read the same files: their names are not foreign here.
    pub shared_with: &'static [&'static str],
}

/// A value of a field with which a role runs as a subagent.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Forked {
    /// The field.
    pub field: &'static str,
    /// Its value.
    pub value: &'static str,
    /// The product that runs it so.
    pub product: &'static str,
    /// Tools that it then never gets.
    pub unavailable: &'static [Unavailable],
}

/// How much a list without entries grants.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Amount {
    /// Every tool there is.
    Everything,
    /// No tools.
    Nothing,
    /// Not documented.
    Unknown,
}

/// Something a model can call.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Tool {
    /// Its name, exactly.
    pub name: &'static str,
    /// Its capabilities, most important first. Never empty.
    pub capabilities: &'static [Capability],
    /// Whether the host still offers it under this name.
    pub status: ToolStatus,
    /// Whether it takes a specifier in parentheses: `Bash(git *)`.
    pub specifier: bool,
}

impl Tool {
    /// Whether the tool can do something.
    pub(crate) fn can(&self, capability: Capability) -> bool {
        self.capabilities.contains(&capability)
    }
}

/// Whether a host still offers a tool under a name.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ToolStatus {
    /// It does.
    Current,
    /// Another name for this tool, which works.
    Alias(&'static str),
    /// An old name for this tool; whether it still works depends on the version.
    Legacy(&'static str),
    /// Removed; the name is its replacement, if there is one.
    Removed(Option<&'static str>),
}

/// A tool that exists but that a role of this kind never gets.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Unavailable {
    /// Its name.
    pub tool: &'static str,
    /// A field, and the value that makes the tool available after all.
    pub unless: Option<(&'static str, &'static str)>,
}

/// A capability of a tool, independent of the host.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[expect(missing_docs, reason = "the names say it")]
#[non_exhaustive]
pub enum Capability {
    Read,
    Search,
    List,
    Edit,
    Write,
    Execute,
    WebFetch,
    WebSearch,
    Delegate,
    Todo,
    AskUser,
    Notebook,
    Skill,
    Mcp,
    Other,
}

impl Host {
    /// The tool with a name, compared case-sensitively if the host does so.
    ///
    /// ```
    /// use rolewright_core::host::Host;
    ///
    /// let host = Host::by_id("claude-code").unwrap();
    /// assert!(host.tool("Bash").is_some() && host.tool("bash").is_none());
    /// ```
    pub fn tool(&self, name: &str) -> Option<&'static Tool> {
        if self.tools.case_sensitive {
            self.tools.list.iter().find(|tool| tool.name == name)
        } else {
            self.tool_ignoring_case(name)
        }
    }

    /// The tool of a name in any case.
    pub(crate) fn tool_ignoring_case(&self, name: &str) -> Option<&'static Tool> {
        self.tools.list.iter().find(|tool| tool.name.eq_ignore_ascii_case(name))
    }

    /// The tool that the model calls by a name that lists must not use.
    pub(crate) fn tool_of_function(&self, name: &str) -> Option<&'static str> {
        let function = self.tools.functions.iter().find(|(function, _)| *function == name);
        function.map(|(_, tool)| *tool)
    }

    /// Whether a name stands for every tool, or has the form of a tool of a server or extension.
    ///
    /// ```
    /// use rolewright_core::host::Host;
    ///
    /// let host = Host::by_id("claude-code").unwrap();
    /// assert!(host.is_tool_pattern("mcp__github__list_issues") && !host.is_tool_pattern("Read"));
    /// ```
    pub fn is_tool_pattern(&self, name: &str) -> bool {
        let matches =
            |form: &&&str| path::name_matches(form.strip_prefix('!').unwrap_or(form), name);
        let matching = self.tools.patterns.iter().find(matches);
        [self.tools.all, self.tools.all_servers].contains(&Some(name))
            || matching.is_some_and(|pattern| !pattern.starts_with('!'))
    }

    /// The tool to use for a capability.
    pub(crate) fn tool_for(&self, capability: Capability) -> Option<&'static Tool> {
        let usable = |tool: &&Tool| {
            tool.status == ToolStatus::Current && self.unavailable(tool.name).is_none()
        };
        let able = || self.tools.list.iter().filter(usable).filter(|tool| tool.can(capability));
        able().find(|tool| tool.capabilities.first() == Some(&capability)).or_else(|| able().next())
    }

    /// The tool of this host that corresponds to another host's tool.
    pub(crate) fn counterpart(&self, tool: &Tool) -> Option<&'static Tool> {
        // Servers differ from host to host, so their tools cannot be matched by capability.
        let shared =
            |capability: &Capability| !matches!(capability, Capability::Mcp | Capability::Other);
        // A special-purpose tool is not replaced on account of the capabilities that it happens to
        // need.
        tool.capabilities.first().filter(|first| **first != Capability::Other)?;
        let capabilities = tool.capabilities.iter().copied().filter(shared);
        capabilities.into_iter().find_map(|capability| self.tool_for(capability))
    }

    /// The reason a role of this kind never gets a tool, if it does not.
    pub(crate) fn unavailable(&self, tool: &str) -> Option<&'static Unavailable> {
        let list = self.tools.unavailable;
        let known = list.iter().find(|unavailable| unavailable.tool == tool);
        known.or_else(|| match self.tool(tool).filter(|_| !list.is_empty())?.status {
            ToolStatus::Alias(own) => list.iter().find(|unavailable| unavailable.tool == own),
            _ => None,
        })
    }

    /// Another host with a tool of exactly this name, if this host does not know the name and
    /// shares no files with the other host.
    ///
    /// ```
    /// use rolewright_core::host::Host;
    ///
    /// let host = Host::by_id("claude-code").unwrap();
    /// let (other, tool) = host.foreign_tool("editFiles").unwrap();
    /// assert_eq!((other.id, tool.name), ("vscode-agent", "editFiles"));
    /// ```
    pub fn foreign_tool(&self, name: &str) -> Option<(&'static Host, &'static Tool)> {
        if self.tool(name).is_some() || self.is_tool_pattern(name) {
            return None;
        }
        let others = HOSTS.iter().filter(|other| other.id != self.id);
        others.filter(|other| !self.tools.shared_with.contains(&other.id)).find_map(|other| {
            Some((other, other.tools.list.iter().find(|tool| tool.name == name)?))
        })
    }
}

/// A parsed tool entry: the name, and the text in the parentheses after it.
///
/// ```
/// use rolewright_core::host::split_specifier;
///
/// assert_eq!(split_specifier("Bash(git:*)"), ("Bash", Some("git:*")));
/// ```
pub fn split_specifier(entry: &str) -> (&str, Option<&str>) {
    match entry.split_once('(') {
        Some((name, rest)) => (name.trim_end(), Some(rest.strip_suffix(')').unwrap_or(rest))),
        None => (entry, None),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn host(id: &str) -> &'static Host {
        Host::by_id(id).unwrap()
    }

    #[test]
    fn tools_are_distinguished_by_case_if_the_host_does_so() {
        let claude = host("claude-code");
        assert!(claude.tool("bash").is_none());
        assert_eq!(claude.tool_ignoring_case("bash").unwrap().name, "Bash");
        assert_eq!(host("copilot").tool("bash").unwrap().status, ToolStatus::Alias("execute"));
    }

    #[test]
    fn a_removed_tool_names_its_successor() {
        let status = |name| host("claude-code").tool(name).unwrap().status;
        assert_eq!(status("MultiEdit"), ToolStatus::Removed(Some("Edit")));
        assert_eq!(status("BashOutput"), ToolStatus::Removed(None));
        assert_eq!(status("Task"), ToolStatus::Alias("Agent"));
        assert_eq!(status("Read"), ToolStatus::Current);
    }

    #[test]
    fn tools_of_servers_are_known_by_their_form() {
        assert!(host("claude-code").is_tool_pattern("mcp__github__list_issues"));
        assert!(!host("claude-code").is_tool_pattern("github/list_issues"));
        assert!(host("copilot").is_tool_pattern("github/*"));
        assert!(host("gemini").is_tool_pattern("mcp_github_list"));
        assert!(host("gemini").is_tool_pattern("mcp_*"));
        assert!(!host("gemini").is_tool_pattern("mcp_github"));
        assert!(!host("gemini").is_tool_pattern("mcp__github__list"));
        assert!(!host("claude-code").is_tool_pattern("Docker"));
        assert!(host("claude-code").is_tool_pattern("*"));
    }

    #[test]
    fn a_foreign_tool_names_its_host_and_has_a_counterpart() {
        let claude = host("claude-code");
        let (other, tool) = claude.foreign_tool("editFiles").unwrap();
        assert_eq!((other.id, claude.counterpart(tool).unwrap().name), ("vscode-agent", "Edit"));
        let (other, tool) = host("gemini").foreign_tool("Bash").unwrap();
        let own = host("gemini").counterpart(tool).unwrap();
        assert_eq!((other.id, own.name), ("claude-code", "run_shell_command"));
        let (other, tool) = claude.foreign_tool("write_file").unwrap();
        assert_eq!((other.id, claude.counterpart(tool).unwrap().name), ("gemini", "Write"));
        let (_, tool) = claude.foreign_tool("mcp").unwrap();
        assert_eq!(claude.counterpart(tool), None);
        assert!(claude.foreign_tool("Docker").is_none());
        assert!(claude.foreign_tool("Git").is_none());
        assert!(claude.foreign_tool("MultiEdit").is_none(), "its own, though gone");
        assert!(host("copilot").foreign_tool("codebase").is_none(), "both read the same files");
    }

    #[test]
    fn the_first_tool_made_for_a_capability_is_the_one_to_use() {
        let tool = |id, capability| host(id).tool_for(capability).map(|tool| tool.name);
        assert_eq!(tool("claude-code", Capability::Execute), Some("Bash"));
        assert_eq!(tool("claude-code", Capability::Edit), Some("Edit"));
        assert_eq!(tool("claude-code", Capability::Delegate), Some("Agent"));
        assert_eq!(tool("claude-code", Capability::AskUser), None, "a subagent never gets it");
        assert_eq!(tool("agent-skill", Capability::AskUser), Some("AskUserQuestion"));
        assert_eq!(tool("copilot", Capability::WebSearch), Some("web"));
    }

    #[test]
    fn an_unavailable_tool_may_have_an_exception() {
        let claude = host("claude-code");
        assert_eq!(
            claude.unavailable("ExitPlanMode").unwrap().unless,
            Some(("permissionMode", "plan"))
        );
        assert_eq!(claude.unavailable("AskUserQuestion").unwrap().unless, None);
        assert!(claude.unavailable("Read").is_none());
    }

    #[test]
    fn an_entry_is_taken_apart_at_its_parentheses() {
        assert_eq!(split_specifier("Read"), ("Read", None));
        assert_eq!(split_specifier("Bash(git *)"), ("Bash", Some("git *")));
        assert_eq!(split_specifier("Agent (a, b)"), ("Agent", Some("a, b")));
        assert_eq!(split_specifier("Agent(a"), ("Agent", Some("a")));
        assert_eq!(split_specifier("(a)"), ("", Some("a")));
    }
}
