//! Facts about the products that read role definitions, as plain tables generated from
//! `data/hosts/*.toml`. A rule asks a host for a fact; no rule names a host, no host names a rule.
//!
//! Every `note` is a whole sentence with its full stop, ready to be the reason of a diagnostic.

mod path;
mod pattern;
#[rustfmt::skip] // generated: `cargo xtask docs`
mod table;

pub use path::by_path;
pub use pattern::Pattern;
pub use table::HOSTS;

/// A product that reads role definitions, in one of its formats.
#[derive(Debug, PartialEq)]
pub struct Host {
    /// The id that settings and calls use: `claude-code`.
    pub id: &'static str,
    /// What a person picks it by: "Claude Code subagent".
    pub title: &'static str,
    /// The product's name, for sentences: "Claude Code".
    pub product: &'static str,
    /// How its files are written.
    pub syntax: Syntax,
    /// Where its files lie, as globs relative to a workspace root or to any folder below it.
    pub locations: &'static [&'static str],
    /// Whether a model or router chooses the role by its description, which is then always in context.
    pub routed: bool,
    /// What the role is known by.
    pub identity: Identity,
    /// How the front matter is read.
    pub head: Head,
    /// The fields it knows, in the order in which a file names them.
    pub fields: &'static [Field],
    /// What it does with a field it does not know.
    pub unknown_field: Consequence,
    /// The tools it offers and how they are named.
    pub tools: Tools,
    /// The models it takes.
    pub models: Models,
    /// The longest body or prompt it reads, where there is such a limit.
    pub body: Option<BodyLimit>,
    /// Places in the body that it fills in by itself.
    pub placeholders: &'static [Placeholder],
    /// What it does with a `${word}` that is none of its placeholders, where that does harm.
    pub unknown_placeholder: Option<&'static str>,
    /// What the facts were taken from.
    pub source: &'static str,
    /// The day on which that was read, as `YYYY-MM-DD`.
    pub checked: &'static str,
}

/// How a host's files are written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Syntax {
    /// Markdown, with YAML front matter where the host has any.
    Markdown,
    /// TOML with the prompt in a string.
    Toml,
    /// YAML with the prompt in strings.
    Yaml,
    /// JSON with the prompt in a string.
    Json,
}

/// What a role is known by.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Identity {
    /// Its name field alone; the file may be called anything.
    Field,
    /// Its name field, and the folder it lies in must be called the same.
    FieldAndFolder,
    /// Its name field, or the file's name without extension where there is none.
    FieldOrFile,
    /// The file's name without extension; a name field is only shown.
    File,
    /// Nothing: the file is text.
    None,
}

/// How a host reads the front matter of a file.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Head {
    /// Whether there has to be one.
    pub presence: Presence,
    /// How exactly it has to be YAML.
    pub yaml: Yaml,
    /// Whether a scalar of another type is refused (`name: 3000` for a string) and not read as text.
    pub strict_types: bool,
    /// What happens to a file whose head does not parse.
    pub invalid: Consequence,
    /// What happens to a file without a head.
    pub missing: Consequence,
    /// What a byte-order mark before the head does.
    pub byte_order_mark: Option<&'static str>,
    /// What CRLF line ends in the head do.
    pub crlf: Option<&'static str>,
}

/// Whether a file has front matter.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Presence {
    /// A file without front matter is no role of this host.
    Required,
    /// Both are fine.
    Optional,
    /// The host knows no front matter: it would be part of the text.
    None,
}

/// How exactly front matter has to be YAML.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Yaml {
    /// What YAML refuses, the host refuses.
    Strict,
    /// A value of one line with an unquoted `: ` is still read, in files with LF line ends only.
    RescuesColon,
    /// A value of one line with an unquoted `: ` is still read, whatever the line ends.
    RescuesColonAlways,
    /// Not YAML: `key: rest of the line`.
    Lines,
}

/// What a host does about something wrong, and the sentence that says so.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Consequence {
    /// What it does.
    pub effect: Effect,
    /// One sentence for people; `None` where the effect says it all.
    pub note: Option<&'static str>,
}

/// What a host does about something wrong.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Effect {
    /// Nothing comes of it: the field, value or entry is as good as absent.
    Ignored,
    /// The whole file is refused or skipped.
    Rejected,
    /// The role loads without anything its head says.
    LosesHead,
    /// What is too long is cut off.
    Truncated,
    /// It is handed on to the model's provider as it stands.
    Forwarded,
    /// The host reports it and goes on.
    Warned,
    /// It is taken as it is.
    Accepted,
    /// Not documented.
    Unknown,
}

/// A field of the front matter, or a key of a TOML, YAML or JSON file.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Field {
    /// Its name, exactly.
    pub name: &'static str,
    /// What it means, the same for every host.
    pub role: FieldRole,
    /// Whether the file needs it.
    pub required: bool,
    /// The kinds of value it takes; the one to be preferred first. Never empty.
    pub types: &'static [FieldType],
    /// How a plain string is read where the field holds several names.
    pub split: Split,
    /// The values it knows, written as strings.
    pub values: &'static [&'static str],
    /// Whether `values` are all there are.
    pub closed: bool,
    /// The shape that the host enforces.
    pub pattern: Option<Pattern>,
    /// The shape that its documentation asks for but nothing enforces.
    pub style: Option<Pattern>,
    /// The fewest characters it may hold; 0 for no such limit.
    pub min_chars: u16,
    /// The most characters it may hold; 0 for no such limit.
    pub max_chars: u16,
    /// What a wrong type or value leads to.
    pub invalid: Effect,
    /// The sentence on that.
    pub invalid_note: Option<&'static str>,
    /// What leaving it out leads to.
    pub missing: Effect,
    /// The sentence on that, where it is worth saying.
    pub missing_note: Option<&'static str>,
    /// Whether it is current.
    pub status: FieldStatus,
    /// What it is for.
    pub note: Option<&'static str>,
}

impl Field {
    /// Whether a value is one of those the field knows; true where the list is open or empty.
    pub fn knows_value(&self, value: &str) -> bool {
        !self.closed || self.values.contains(&value)
    }

    /// Whether the field takes values of a kind.
    pub fn takes(&self, ty: FieldType) -> bool {
        self.types.contains(&FieldType::Any) || self.types.contains(&ty)
    }
}

/// A kind of value.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FieldType {
    /// Text.
    Text,
    /// `true` or `false`.
    Bool,
    /// A whole number.
    Integer,
    /// Any number.
    Number,
    /// A list of strings.
    Texts,
    /// A list of anything.
    List,
    /// A map of anything.
    Map,
    /// A map whose values are strings.
    TextMap,
    /// A map whose values are `true` or `false`.
    BoolMap,
    /// Whatever there is.
    Any,
}

impl FieldType {
    /// What a message calls it: "a list of strings".
    pub const fn name(self) -> &'static str {
        match self {
            FieldType::Text => "text",
            FieldType::Bool => "`true` or `false`",
            FieldType::Integer => "a whole number",
            FieldType::Number => "a number",
            FieldType::Texts => "a list of strings",
            FieldType::List => "a list",
            FieldType::Map => "a map",
            FieldType::TextMap => "a map of strings",
            FieldType::BoolMap => "a map of `true` and `false`",
            FieldType::Any => "anything",
        }
    }
}

/// How a plain string is read where a field holds several names.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Split {
    /// As one value.
    Whole,
    /// At commas, outside parentheses.
    Commas,
    /// At spaces, outside parentheses.
    Spaces,
    /// At commas and spaces, outside parentheses.
    CommasOrSpaces,
}

/// Whether a field is current.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FieldStatus {
    /// It is.
    Current,
    /// One host of several that share the format reads it; the sentence says which.
    Extension(&'static str),
    /// It still works, and the name is what replaces it, where there is something.
    Deprecated(Option<&'static str>),
    /// The host documents that it ignores it here, in this sentence.
    Ignored(&'static str),
}

/// What a field means, the same for every host; fields of one role are each other's translation.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[expect(missing_docs, reason = "the names say it")]
pub enum FieldRole {
    Name,
    DisplayName,
    Description,
    WhenToUse,
    Prompt,
    Tools,
    DeniedTools,
    ApprovedTools,
    Permissions,
    PermissionMode,
    ReadOnly,
    Sandbox,
    Model,
    Effort,
    Temperature,
    TopP,
    MaxTurns,
    Timeout,
    McpServers,
    Hooks,
    Skills,
    Memory,
    Background,
    Isolation,
    Color,
    InitialPrompt,
    ArgumentHint,
    UserInvocable,
    ModelInvocation,
    Agents,
    Handoffs,
    Target,
    Mode,
    Hidden,
    Globs,
    AlwaysApply,
    License,
    Compatibility,
    Metadata,
    Other,
}

/// The tools of a host and how a role names them.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Tools {
    /// Every name the host knows or knew; the preferred tool of a capability comes first.
    pub list: &'static [Tool],
    /// The entry that stands for every tool there is.
    pub all: Option<&'static str>,
    /// Forms of names that stand for tools of servers and extensions, with `*` for any text.
    pub patterns: &'static [&'static str],
    /// Whether there may be tools that are neither listed nor of a known form: then an unknown
    /// name says nothing.
    pub open: bool,
    /// Whether upper and lower case matter.
    pub case_sensitive: bool,
    /// Whether the list in a role limits it; where it does not, naming a tool only approves it.
    pub restricts: bool,
    /// What an unknown name leads to.
    pub unknown: Consequence,
    /// What a list in which no name is known leads to.
    pub none_left: Option<Consequence>,
    /// What leaving the field out grants.
    pub omitted: Option<&'static str>,
    /// Tools that exist but that a role of this kind never gets.
    pub unavailable: &'static [Unavailable],
    /// How this host writes a tool of a server: `mcp__SERVER__TOOL`.
    pub server_form: Option<&'static str>,
    /// Ids of hosts that read the same files: their names are not foreign here.
    pub shared_with: &'static [&'static str],
}

/// Something a model can call.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Tool {
    /// Its name, exactly.
    pub name: &'static str,
    /// What it can do; the main thing first. Never empty.
    pub capabilities: &'static [Capability],
    /// Whether the host still offers it under this name.
    pub status: ToolStatus,
    /// Whether it takes a specifier in parentheses: `Bash(git *)`.
    pub specifier: bool,
}

impl Tool {
    /// Whether the tool can do something.
    pub fn can(&self, capability: Capability) -> bool {
        self.capabilities.contains(&capability)
    }

    /// Whether the tool can change files by itself; a shell is not counted.
    pub fn changes_files(&self) -> bool {
        self.can(Capability::Edit) || self.can(Capability::Write)
    }
}

/// Whether a host still offers a tool under a name.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ToolStatus {
    /// It does.
    Current,
    /// Another name that works for the tool called so.
    Alias(&'static str),
    /// An old name that still works for the tool called so.
    Legacy(&'static str),
    /// Gone; the name is what does its work now, where there is something.
    Removed(Option<&'static str>),
}

/// A tool that exists but that a role of this kind never gets.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Unavailable {
    /// Its name.
    pub tool: &'static str,
    /// A field and the value of it that makes the tool available after all.
    pub unless: Option<(&'static str, &'static str)>,
}

/// What a tool can do, the same for every host.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[expect(missing_docs, reason = "the names say it")]
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

/// The models a host takes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Models {
    /// Names that the host itself gives a meaning: `inherit`, `sonnet`.
    pub aliases: &'static [&'static str],
    /// How an id starts that this host can run; empty where that is not known.
    pub prefixes: &'static [&'static str],
    /// Ids that no longer answer, and what to write in their place.
    pub retired: &'static [(&'static str, &'static str)],
    /// How a full name is written, where a bare one is not enough: `NAME (VENDOR)`.
    pub qualified: Option<&'static str>,
    /// What a model it cannot run leads to.
    pub unknown: Consequence,
}

/// The longest body or prompt that a host reads.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct BodyLimit {
    /// The most there may be.
    pub max: u32,
    /// Of what.
    pub unit: Unit,
    /// Whether the host enforces it; else it is advice.
    pub hard: bool,
    /// What exceeding it leads to.
    pub note: &'static str,
}

/// What a length is counted in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Unit {
    /// Unicode scalar values.
    Characters,
    /// Bytes of UTF-8.
    Bytes,
    /// Lines.
    Lines,
}

impl Unit {
    /// The plural that messages use.
    pub const fn name(self) -> &'static str {
        match self {
            Unit::Characters => "characters",
            Unit::Bytes => "bytes",
            Unit::Lines => "lines",
        }
    }
}

/// A place in the body that a host fills in by itself.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Placeholder {
    /// How it is written, with `*` for any text: `${user_config.*}`.
    pub form: &'static str,
    /// What comes in its place.
    pub note: &'static str,
}

impl Host {
    /// The host of an id.
    pub fn by_id(id: &str) -> Option<&'static Host> {
        HOSTS.iter().find(|host| host.id == id)
    }

    /// The field of a name, exactly.
    pub fn field(&self, name: &str) -> Option<&'static Field> {
        self.fields.iter().find(|field| field.name == name)
    }

    /// The first field that means something.
    pub fn field_for(&self, role: FieldRole) -> Option<&'static Field> {
        self.fields.iter().find(|field| field.role == role)
    }

    /// The field whose name differs from `name` in case, `-` and `_` only.
    pub fn field_like(&self, name: &str) -> Option<&'static Field> {
        self.fields.iter().find(|field| field.name != name && same_letters(field.name, name))
    }

    /// Another host with a field of this name, and this host's own field of the same meaning.
    pub fn neighbour_field(&self, name: &str) -> Option<(&'static Host, &'static Field)> {
        let others = HOSTS.iter().filter(|other| other.id != self.id);
        others
            .filter_map(|other| Some((other, other.field(name)?)))
            .filter(|(_, field)| field.role != FieldRole::Other)
            .find_map(|(other, field)| Some((other, self.counterpart_field(field.role)?)))
    }

    fn counterpart_field(&self, role: FieldRole) -> Option<&'static Field> {
        // Lists that approve and lists that limit are taken for each other all the time.
        let other = match role {
            FieldRole::ApprovedTools => Some(FieldRole::Tools),
            FieldRole::Tools => Some(FieldRole::ApprovedTools),
            _ => None,
        };
        self.field_for(role).or_else(|| self.field_for(other?))
    }

    /// Whether a field is never an unknown one: fields of this project and those meant for others.
    pub fn keeps_field(name: &str) -> bool {
        name.starts_with("x-") || matches!(name, "variables" | "templates" | "mounts")
    }

    /// The fields a file needs.
    pub fn required_fields(&self) -> impl Iterator<Item = &'static Field> {
        self.fields.iter().filter(|field| field.required)
    }

    /// The tool of a name; upper and lower case matter where they do for the host.
    pub fn tool(&self, name: &str) -> Option<&'static Tool> {
        if self.tools.case_sensitive {
            self.tools.list.iter().find(|tool| tool.name == name)
        } else {
            self.tool_ignoring_case(name)
        }
    }

    /// The tool of a name in any case.
    pub fn tool_ignoring_case(&self, name: &str) -> Option<&'static Tool> {
        self.tools.list.iter().find(|tool| tool.name.eq_ignore_ascii_case(name))
    }

    /// Whether a name stands for every tool, or has the form of a tool of a server or extension.
    pub fn is_tool_pattern(&self, name: &str) -> bool {
        let matches = |pattern: &&str| path::segment_matches(pattern, name);
        self.tools.all == Some(name) || self.tools.patterns.iter().any(matches)
    }

    /// The tool to use for a capability.
    pub fn tool_for(&self, capability: Capability) -> Option<&'static Tool> {
        let usable = |tool: &&Tool| {
            tool.status == ToolStatus::Current && self.unavailable(tool.name).is_none()
        };
        let able = || self.tools.list.iter().filter(usable).filter(|tool| tool.can(capability));
        able().find(|tool| tool.capabilities.first() == Some(&capability)).or_else(|| able().next())
    }

    /// The tool of this host that does what another host's tool does.
    pub fn counterpart(&self, tool: &Tool) -> Option<&'static Tool> {
        // Servers differ from host to host: their tools have no counterpart by what they can do.
        let shared =
            |capability: &Capability| !matches!(capability, Capability::Mcp | Capability::Other);
        let capabilities = tool.capabilities.iter().copied().filter(shared);
        capabilities.into_iter().find_map(|capability| self.tool_for(capability))
    }

    /// Why a role of this kind never gets a tool, where it does not.
    pub fn unavailable(&self, tool: &str) -> Option<&'static Unavailable> {
        self.tools.unavailable.iter().find(|unavailable| unavailable.tool == tool)
    }

    /// Another host that calls a tool so, exactly, where this host knows no such name and does not
    /// share its files with that other host.
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

/// A tool entry taken apart: the name, and what stands in the parentheses behind it.
pub fn split_specifier(entry: &str) -> (&str, Option<&str>) {
    match entry.split_once('(') {
        Some((name, rest)) => (name.trim_end(), Some(rest.strip_suffix(')').unwrap_or(rest))),
        None => (entry, None),
    }
}

fn same_letters(a: &str, b: &str) -> bool {
    fn letters(name: &str) -> impl Iterator<Item = u8> + '_ {
        name.bytes()
            .filter(|byte| !matches!(byte, b'-' | b'_'))
            .map(|byte| byte.to_ascii_lowercase())
    }
    letters(a).eq(letters(b))
}

#[cfg(test)]
mod tests {
    use super::*;
    use alloc::vec::Vec;

    fn host(id: &str) -> &'static Host {
        Host::by_id(id).unwrap()
    }

    #[test]
    fn every_id_finds_its_own_host() {
        for host in &HOSTS {
            assert!(core::ptr::eq(Host::by_id(host.id).unwrap(), host), "{}", host.id);
        }
        assert_eq!(Host::by_id("claude"), None);
    }

    #[test]
    fn notes_are_whole_sentences() {
        let ends_well =
            |note: &str| assert!(note.ends_with('.') && !note.ends_with(".."), "{note}");
        for host in &HOSTS {
            let field = |field: &Field| [field.invalid_note, field.missing_note, field.note];
            let notes = host.fields.iter().flat_map(field);
            let head = [host.head.invalid.note, host.head.missing.note, host.unknown_field.note];
            let tools = [host.tools.unknown.note, host.tools.omitted, host.models.unknown.note];
            notes.chain(head).chain(tools).flatten().for_each(ends_well);
        }
    }

    #[test]
    fn the_required_fields_are_those_the_hosts_need() {
        let required = |id| host(id).required_fields().map(|field| field.name).collect::<Vec<_>>();
        assert_eq!(required("claude-code"), ["name", "description"]);
        assert_eq!(required("agent-skill"), ["name", "description"]);
        assert_eq!(required("copilot"), ["description"]);
        assert_eq!(required("gemini"), ["name", "description"]);
        assert_eq!(required("roo"), ["slug", "name", "roleDefinition", "groups"]);
        assert_eq!(required("codex-agent"), ["name", "description", "developer_instructions"]);
        assert!(required("opencode").is_empty());
        assert!(required("vscode-agent").is_empty());
        assert!(required("plain").is_empty());
    }

    #[test]
    fn a_plugin_agent_has_the_fields_of_its_sibling_but_ignores_three() {
        let plugin = host("claude-code-plugin");
        let names = |host: &Host| host.fields.iter().map(|field| field.name).collect::<Vec<_>>();
        assert_eq!(names(plugin), names(host("claude-code")));
        let ignored = |field: &&Field| matches!(field.status, FieldStatus::Ignored(_));
        let ignored: Vec<_> =
            plugin.fields.iter().filter(ignored).map(|field| field.name).collect();
        assert_eq!(ignored, ["permissionMode", "mcpServers", "hooks"]);
    }

    #[test]
    fn a_field_is_found_by_its_letters() {
        let like = |id, name| host(id).field_like(name).map(|field| field.name);
        assert_eq!(like("copilot", "argumentHint"), Some("argument-hint"));
        assert_eq!(like("claude-code", "Max_Turns"), Some("maxTurns"));
        assert_eq!(like("gemini", "mcpServers"), Some("mcp_servers"));
        assert_eq!(like("claude-code", "maxTurns"), None);
        assert_eq!(like("claude-code", "turns"), None);
    }

    #[test]
    fn a_neighbours_field_leads_to_the_own_one() {
        let own =
            |id, name| host(id).neighbour_field(name).map(|(other, own)| (other.id, own.name));
        assert_eq!(own("claude-code", "mcp-servers"), Some(("copilot", "mcpServers")));
        assert_eq!(
            own("agent-skill", "disallowedTools"),
            Some(("claude-code", "disallowed-tools"))
        );
        assert_eq!(own("gemini", "timeout"), None);
        assert_eq!(own("opencode", "maxTurns"), Some(("claude-code", "steps")));
        assert_eq!(own("claude-code", "allowed-tools"), Some(("agent-skill", "tools")));
        assert_eq!(own("claude-code", "category"), None);
        assert_eq!(own("plain", "tools"), None);
    }

    #[test]
    fn own_fields_are_never_unknown() {
        assert!(Host::keeps_field("x-team"));
        assert!(Host::keeps_field("variables"));
        assert!(!Host::keeps_field("category"));
    }

    #[test]
    fn tools_are_told_apart_by_case_where_the_host_does() {
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
    fn what_a_tool_changes_is_known() {
        let changes = |name| host("claude-code").tool(name).unwrap().changes_files();
        assert!(changes("Edit") && changes("Write") && changes("NotebookEdit"));
        assert!(!changes("Bash") && !changes("Read"));
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

    #[test]
    fn a_closed_list_of_values_is_all_there_is() {
        let claude = host("claude-code");
        assert!(!claude.field("permissionMode").unwrap().knows_value("yolo"));
        assert!(claude.field("model").unwrap().knows_value("claude-opus-5"));
    }
}
