//! Describes the fields that a host knows: their names, values and limits, and how to find the
//! intended field. Does not see the contents of a file.

use super::{Effect, Host, Pattern};

/// A front matter field, or a key of a TOML, YAML or JSON file.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Field {
    /// Its name, exactly.
    pub name: &'static str,
    /// Its meaning, independent of the host.
    pub role: FieldRole,
    /// Whether the file needs it.
    pub required: bool,
    /// The accepted types of its value, the preferred type first. Never empty.
    pub types: &'static [FieldType],
    /// How a plain string with several names is split.
    pub split: Split,
    /// The known values, written as strings.
    pub values: &'static [&'static str],
    /// Whether no values other than `values` are valid.
    pub closed: bool,
    /// Additional spellings of its values, which the host reads but suggestions omit.
    pub synonyms: &'static [&'static str],
    /// Whether its values may be written in any case.
    pub any_case: bool,
    /// Whether a number or Boolean may also be written as text.
    pub quoted: bool,
    /// Whether text that YAML reads as a number or Boolean has the wrong type.
    pub strict: bool,
    /// The values that impose no limit, for a field that limits permissions.
    pub unlimited: &'static [&'static str],
    /// The values that make a role read-only.
    pub read_only: &'static [&'static str],
    /// The value with the same effect as leaving the field out.
    pub default: Option<&'static str>,
    /// The value with which only a person can start the role, and no model.
    pub by_people: Option<&'static str>,
    /// The value with which the role gets no servers but those that its file defines.
    pub own_servers: Option<&'static str>,
    /// Whether text that begins with `file://` is the address of a file with the text, relative to
    /// this one.
    pub addresses: bool,
    /// The host whose file this field names: it contains the prompt.
    pub names_prompt: Option<&'static str>,
    /// The shape that the host enforces.
    pub pattern: Option<Pattern>,
    /// The format that the documentation recommends but nothing enforces.
    pub style: Option<Pattern>,
    /// The minimum number of characters; 0 for no limit.
    pub min_chars: u16,
    /// The maximum number of characters; 0 for no limit.
    pub max_chars: u16,
    /// The number of characters above which the host warns; 0 if unknown.
    pub warn_chars: u16,
    /// The lowest number it accepts.
    pub at_least: Option<u32>,
    /// The highest number that models accept.
    pub at_most: Option<u32>,
    /// The values that the host reserves.
    pub reserved: &'static [&'static str],
    /// The consequence of using a reserved value.
    pub reserved_note: Option<&'static str>,
    /// Whether text is a single pattern, even with commas in it.
    pub one_pattern: bool,
    /// Whether its patterns are compared with paths from the root of the workspace.
    pub from_root: bool,
    /// Names that the documentation advises against because they say nothing.
    pub vague: &'static [&'static str],
    /// Parts of a name that the documentation forbids.
    pub forbidden: &'static [&'static str],
    /// The consequence of such a part.
    pub forbidden_note: Option<&'static str>,
    /// Whether its entries must differ.
    pub unique: bool,
    /// The keys of the maps that it lists; empty if they are not checked.
    pub keys: &'static [&'static str],
    /// The fields that the host reads if this one is missing.
    pub fallbacks: &'static [&'static str],
    /// The field that, if true, keeps the host from loading the things named by this field.
    pub skips: Option<&'static str>,
    /// The tools that this field adds to a role, regardless of its tool list.
    pub grants: &'static [&'static str],
    /// How each of its entries must start; empty if that does not matter.
    pub starts: &'static [&'static str],
    /// The products that read it, among those that share the format; empty if all do.
    pub readers: &'static [&'static str],
    /// The effect of tags in angle brackets, if they are rejected.
    pub markup: Option<&'static str>,
    /// The effect of a wrong type or value.
    pub invalid: Effect,
    /// A sentence about that.
    pub invalid_note: Option<&'static str>,
    /// The effect of leaving it out.
    pub missing: Effect,
    /// A sentence about that, if it is worth mentioning.
    pub missing_note: Option<&'static str>,
    /// Whether it is current.
    pub status: FieldStatus,
    /// The action to take for an ignored field, if removing it is not enough.
    pub ignored_help: Option<&'static str>,
    /// Its purpose.
    pub note: Option<&'static str>,
}

impl Field {
    /// Whether the field accepts values of a type.
    pub(crate) fn takes(&self, ty: FieldType) -> bool {
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
    /// Anything.
    Any,
}

impl FieldType {
    /// The name of the type in messages: "a list of strings".
    ///
    /// ```
    /// use rolewright_core::host::FieldType;
    ///
    /// assert_eq!(FieldType::Texts.name(), "a list of strings");
    /// ```
    pub const fn name(self) -> &'static str {
        match self {
            FieldType::Text => "a string",
            FieldType::Bool => "`true` or `false`",
            FieldType::Integer => "an integer",
            FieldType::Number => "a number",
            FieldType::Texts => "a list of strings",
            FieldType::List => "a list",
            FieldType::Map => "a map",
            FieldType::TextMap => "a map of strings",
            FieldType::BoolMap => "a map of `true` and `false` values",
            FieldType::Any => "anything",
        }
    }
}

/// How a plain string with several names is split.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Split {
    /// As one value.
    Whole,
    /// At commas, outside parentheses.
    Commas,
    /// At spaces, outside parentheses.
    Spaces,
    /// At commas and spaces, outside parentheses; commas are customary.
    CommasOrSpaces,
    /// At spaces and commas, outside parentheses; spaces are customary.
    SpacesOrCommas,
}

/// Whether a field is current.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FieldStatus {
    /// It is.
    Current,
    /// Only one of several hosts that share the format reads it; the sentence names the host.
    Extension(&'static str),
    /// It still works; the name is its replacement, if there is one.
    Deprecated(Option<&'static str>),
    /// The host documents that it ignores the field here, in this sentence.
    Ignored(&'static str),
}

/// The meaning of a field, independent of the host; fields with the same role correspond to each
/// other.
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
    ToolSettings,
    ToolAliases,
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
    AllowedServers,
    Handoffs,
    Target,
    Mode,
    Hidden,
    Disabled,
    Globs,
    AlwaysApply,
    License,
    Compatibility,
    Metadata,
    Other,
}

impl Host {
    /// The field of a name, exactly.
    ///
    /// ```
    /// use rolewright_core::host::Host;
    ///
    /// let host = Host::by_id("claude-code").unwrap();
    /// assert!(host.field("maxTurns").is_some() && host.field("maxturns").is_none());
    /// ```
    pub fn field(&self, name: &str) -> Option<&'static Field> {
        // Most names differ in length, which can be checked without a call.
        self.fields.iter().find(|field| field.name.len() == name.len() && field.name == name)
    }

    /// The first field with this role.
    ///
    /// ```
    /// use rolewright_core::host::{FieldRole, Host};
    ///
    /// let name = |id| Host::by_id(id)?.field_for(FieldRole::Prompt).map(|field| field.name);
    /// assert_eq!(name("codex-agent"), Some("developer_instructions"));
    /// assert_eq!(name("claude-code"), None);
    /// ```
    pub fn field_for(&self, role: FieldRole) -> Option<&'static Field> {
        self.fields.iter().find(|field| field.role == role)
    }

    /// The field whose name differs from `name` only in case, `-` and `_`.
    pub(crate) fn field_like(&self, name: &str) -> Option<&'static Field> {
        self.fields.iter().find(|field| field.name != name && same_letters(field.name, name))
    }

    /// Whether a field is always known: Rolewright's own fields, and fields meant for other tools.
    pub(crate) fn keeps_field(name: &str) -> bool {
        name.starts_with("x-") || matches!(name, "variables" | "templates" | "mounts")
    }

    /// The fields a file needs.
    pub(crate) fn required_fields(&self) -> impl Iterator<Item = &'static Field> {
        self.fields.iter().filter(|field| field.required)
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
    fn a_plugin_agent_has_the_fields_of_its_sibling_but_ignores_some() {
        let plugin = host("claude-code-plugin");
        let names = |host: &Host| host.fields.iter().map(|field| field.name).collect::<Vec<_>>();
        let own: Vec<_> =
            names(plugin).into_iter().skip(host("claude-code").fields.len()).collect();
        assert!(names(plugin).starts_with(&names(host("claude-code"))));
        assert_eq!(own, ["when_to_use", "when-to-use"]);
        let ignored = |field: &&Field| matches!(field.status, FieldStatus::Ignored(_));
        let ignored: Vec<_> =
            plugin.fields.iter().filter(ignored).map(|field| field.name).collect();
        assert_eq!(ignored.first_chunk(), Some(&["permissionMode", "mcpServers", "hooks"]));
        assert!(ignored.contains(&"initialPrompt"));
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
    fn own_fields_are_never_unknown() {
        assert!(Host::keeps_field("x-team"));
        assert!(Host::keeps_field("variables"));
        assert!(!Host::keeps_field("category"));
    }
}
