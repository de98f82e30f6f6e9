//! Decides whether a file is a role and which host it is for: by the caller's choice, then the
//! path, then the front matter.

mod around;
mod classify;
mod data;
mod languages;
mod place;
mod signs;
mod summarize;
mod titles;
mod verdict;

pub use around::names_roles;
pub(crate) use classify::classify_parsed;
pub use classify::{classify, classify_among};
pub(crate) use data::roles;
pub(crate) use languages::opens_in_another_language;
pub use place::{Place, place};
pub use verdict::{FoundBy, RoleFile, Sign, SkipReason, SkippedFile};

use crate::agents;
use crate::front_matter::Field;
use crate::host::{
    self, FieldRole, FieldStatus, FieldType, HOSTS, Host, Identity, Kind, Pattern, Syntax, Tier,
};
use crate::role::Role;
use crate::tools;
use crate::workspace::Files;
use crate::yaml::Value;
use alloc::format;
use alloc::string::String;

/// The host of a role and how it was found.
#[derive(Clone, Copy, Debug)]
#[non_exhaustive]
pub struct Detected {
    /// The host.
    pub host: &'static Host,
    /// How it was found.
    pub by: By,
}

/// How a host was found.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum By {
    /// The caller named it.
    Choice,
    /// The file is where that host looks.
    Path,
    /// The file is in that host's folder, but its name or depth excludes it.
    Folder,
    /// The `target` field names it.
    Target,
    /// The file is in a place where the host looks, and its fields match this version.
    Version,
    /// The fields of its front matter are that host's.
    Fields,
    /// The roles in a data file have that host's fields.
    Roles,
    /// It has no front matter: a role as bare Markdown.
    NoFrontMatter,
    /// It has no front matter, but the other roles in its folder are that host's.
    Siblings,
    /// It has front matter that fits no host.
    NoHost,
}

impl Detected {
    /// The way the host was found, as a sentence.
    ///
    /// ```
    /// use rolewright_core::{Role, detect};
    ///
    /// let role = Role::parse("Plan.\n", ".github/agents/plan.agent.md");
    /// assert!(detect::host(&role, None).reason().ends_with(", from the file's location."));
    /// ```
    pub fn reason(&self) -> String {
        let title = self.host.title;
        match self.by {
            By::Choice => format!("{title}, as selected."),
            By::Path | By::Folder => format!("{title}, from the file's location."),
            By::Target => format!("{title}, from the `target` field."),
            By::Version => format!("{title}, from the file's location and its fields."),
            By::Fields => format!("{title}, the best match for the front matter fields."),
            By::Roles => format!("{title}, the best match for the roles in the file."),
            By::NoFrontMatter => format!("{title}, because the file has no front matter."),
            By::Siblings => format!("{title}, like the other roles in its folder."),
            By::NoHost => format!("{title}, because no host has the fields of the front matter."),
        }
    }
}

/// Determines the host of `role`: the chosen host, or else by its path, its `target` field or its
/// other fields.
///
/// ```
/// use rolewright_core::{Role, detect};
///
/// let role = Role::parse("---\ndescription: Plans.\n---\nPlan.\n", ".github/agents/plan.agent.md");
/// assert_eq!(detect::host(&role, None).host.id, "copilot");
/// ```
pub fn host(role: &Role<'_>, chosen: Option<&'static Host>) -> Detected {
    match chosen {
        Some(host) => Detected { host, by: By::Choice },
        None => placed_at(role, host::by_path(role.path)),
    }
}

/// The host of a role, of which `place` is the host by its path.
fn placed_at(role: &Role<'_>, place: Option<&'static Host>) -> Detected {
    let found = match place {
        Some(found) => by_target(role, found),
        None => match host::overlooking(role.path) {
            Some((host, _)) if host.syntax == Syntax::Markdown => Detected { host, by: By::Folder },
            _ => by_fields(role),
        },
    };
    versioned(role, found)
}

/// Like `host`, but also considers other files: a plugin's manifest, or the other roles in the
/// folder, may determine the host.
///
/// ```
/// use rolewright_core::{Role, detect};
/// use std::collections::BTreeMap;
///
/// let files = BTreeMap::from([(String::from(".claude-plugin/plugin.json"), String::from("{}"))]);
/// let role = Role::parse("Plan.\n", "agents/plan.md");
/// assert_eq!(detect::host_among(&role, None, &files).host.id, "claude-code-plugin");
/// ```
pub fn host_among(role: &Role<'_>, chosen: Option<&'static Host>, files: &dyn Files) -> Detected {
    if chosen.is_some() {
        return host(role, chosen);
    }
    let place = host::by_path(role.path);
    match place.is_none().then(|| around::by_manifest(role.path, files)).flatten() {
        Some(found) => versioned(role, by_target(role, found)),
        None => among_siblings(role, placed_at(role, place), files),
    }
}

/// A role without front matter, among roles of a host, is meant for that host, which never loads
/// it.
fn among_siblings(role: &Role<'_>, found: Detected, files: &dyn Files) -> Detected {
    let is_bare = found.by == By::NoFrontMatter && role.front_matter.is_none();
    if !is_bare || place(role.path) != Place::Customary || place::is_fragment(role.path) {
        return found;
    }
    let signs = signs::read(role.text, role.body, agents::stem(role.path));
    if signs.manual || signs.weight(true) < 2 || !signs.addresses && !signs.titled {
        return found;
    }
    let siblings = around::by_siblings(role.path, files);
    siblings.map_or(found, |host| Detected { host, by: By::Siblings })
}

fn versioned(role: &Role<'_>, found: Detected) -> Detected {
    by_version(found, role.fields(), |host| host.syntax == Syntax::Markdown)
}

/// The only version of a host that knows all the fields, if the host itself does not.
fn by_version(found: Detected, fields: &[Field<'_>], reads: impl Fn(&Host) -> bool) -> Detected {
    let knows = |host: &Host, name: &str| {
        let known = host.field(name).is_some_and(|field| is_own(field) && !is_ignored(field));
        known || Host::keeps_field(name)
    };
    let knows_all = |host: &Host| fields.iter().all(|field| knows(host, &field.name));
    let is_version = |host: &&Host| host.variant_of == Some(found.host.id) && reads(host);
    let mut versions = HOSTS.iter().filter(is_version).peekable();
    if versions.peek().is_none() || knows_all(found.host) {
        return found;
    }
    let by = if found.by == By::Path { By::Version } else { found.by };
    versions.find(|host| knows_all(host)).map_or(found, |host| Detected { host, by })
}

/// Whether every product that reads such files knows the field.
fn is_own(field: &host::Field) -> bool {
    !matches!(field.status, FieldStatus::Extension(_))
}

fn is_ignored(field: &host::Field) -> bool {
    matches!(field.status, FieldStatus::Ignored(_))
}

/// Two hosts share a folder; the `target` field distinguishes them.
fn by_target(role: &Role<'_>, found: &'static Host) -> Detected {
    let target = found
        .field_for(FieldRole::Target)
        .and_then(|field| role.field(field.name))
        .and_then(|field| field.value.as_str());
    let chosen = HOSTS.iter().find(|host| host.target.is_some() && host.target == target);
    match chosen {
        Some(host) => Detected { host, by: By::Target },
        None => Detected { host: found, by: By::Path },
    }
}

fn by_fields(role: &Role<'_>) -> Detected {
    let plain = Detected { host: fallback(), by: By::NoFrontMatter };
    // The folder is a stronger sign than fields that commands share with agents.
    let invoked = match place::invoked(role.path) {
        place::Invoked::Elsewhere => return Detected { by: By::Path, ..plain },
        place::Invoked::Of(host) => return Detected { host, by: By::Folder },
        place::Invoked::Yes => true,
        place::Invoked::No => false,
    };
    if role.fields().is_empty() && !(invoked && signs::is_of_command(role)) {
        return plain;
    }
    if is_of_another_program(role) {
        return Detected { by: By::NoHost, ..plain };
    }
    // A file that takes arguments is invoked by people, even if it shares fields with agents.
    let hint = role.fields().iter().any(|field| field.name == "argument-hint");
    let is_called = hint || place::is_of_prompts(role.path);
    let candidates = HOSTS.iter().filter(|host| {
        if invoked && !is_general_prompt(host) {
            return false;
        }
        // A role with a fixed file name is recognized only by its path.
        let anywhere = host.identity != Identity::FieldAndFolder && host.variant_of.is_none();
        let is_known = host.kind != Kind::Context && host.tier != Tier::Recognized;
        host.syntax == Syntax::Markdown && !host.fields.is_empty() && anywhere && is_known
    });
    // The first of equals wins: the table lists the most widely used host first.
    let mut best: Option<(i32, &'static Host)> = None;
    for host in candidates {
        let likely = i32::from(is_called && is_general_prompt(host));
        let score = score(role, host) + likely;
        // Reading the tools is the most expensive step, and is skipped where it cannot matter.
        if best.is_some_and(|(most, _)| score + MOST_FOR_TOOLS <= most) {
            continue;
        }
        let score = score + tools_score(role, host);
        if best.is_none_or(|(most, _)| score > most) {
            best = Some((score, host));
        }
    }
    match best {
        Some((score, host)) if score > 0 || invoked => {
            Detected { host: with_family(role, host).unwrap_or(host), by: By::Fields }
        }
        _ => Detected { by: By::NoHost, ..plain },
    }
}

/// Whether a host's files are prompts with any name that ends in `.md`.
fn is_general_prompt(host: &Host) -> bool {
    host.kind == Kind::Prompt && host.locations.iter().any(|place| place.ends_with("/*.md"))
}

/// Whether the fields belong to a program that is not in the table. Authors add their own fields as
/// plain words (`category`, `version`); names in camel case are read by some program.
fn is_of_another_program(role: &Role<'_>) -> bool {
    let is_coded = |name: &str| {
        name.starts_with(|c: char| c.is_ascii_lowercase())
            && name.bytes().any(|byte| byte.is_ascii_uppercase())
    };
    let is_unknown = |field: &&Field<'_>| {
        is_coded(&field.name) && HOSTS.iter().all(|host| host.field(&field.name).is_none())
    };
    role.fields().iter().filter(is_unknown).count() > 1
}

fn score(role: &Role<'_>, host: &'static Host) -> i32 {
    // That people give commands a name, which has no effect, makes no command of what has a name.
    let is_read = |fact: &host::Field| host.kind != Kind::Prompt || !is_ignored(fact);
    let is_known = |field: &&Field<'_>| {
        let fact = host.field(&field.name).filter(|fact| is_own(fact) && is_read(fact));
        fact.is_some_and(|fact| may_hold(fact, field))
    };
    let known = role.fields().iter().filter(is_known).count();
    let unknown = role.fields().len() - known;
    // Hosts that require no description do not match better because it is missing.
    let is_missing = |field: &&host::Field| {
        field.role != FieldRole::Description && role.field(field.name).is_none()
    };
    let missing = host.required_fields().filter(is_missing).count();
    let count = |n: usize| i32::try_from(n).unwrap_or(i32::MAX / 8);
    // A model ID is a stronger sign than tool names, which are copied from product to product.
    let own_model = if runs_model(role, host) { 8 } else { 0 };
    let own_name = if has_own_name(role, host) { 2 } else { 0 };
    let fields = count(known) * 2 - count(unknown) - count(missing) * 3;
    fields + own_model + own_name + written_as(role, host) + in_own_folder(role, host)
}

/// The score for a folder of the host's own, such as `.claude`, although it does not look there.
fn in_own_folder(role: &Role<'_>, host: &Host) -> i32 {
    let mut tops = host.locations.iter().filter_map(|place| Some(place.split_once('/')?.0));
    let is_above = |top: &str| top.starts_with('.') && role.path.split('/').any(|it| it == top);
    if tops.any(is_above) { 4 } else { 0 }
}

/// Whether the value is possible for the host's field: a map is never written as text, nor text as
/// a map.
fn may_hold(fact: &host::Field, field: &Field<'_>) -> bool {
    let is_map =
        |ty: &FieldType| matches!(ty, FieldType::Map | FieldType::TextMap | FieldType::BoolMap);
    match field.value.value {
        Value::Scalar(..) => field.value.is_null() || !fact.types.iter().all(is_map),
        Value::Sequence(_) => !fact.types.iter().all(is_map),
        Value::Mapping(_) => fact.types.iter().any(|ty| is_map(ty) || *ty == FieldType::Any),
    }
}

/// The highest score that tool names can give a host.
const MOST_FOR_TOOLS: i32 = 2;

/// The score for the notation of tools: a single string counts against a host that prefers a list
/// more than the tool names count in its favor.
fn written_as(role: &Role<'_>, host: &Host) -> i32 {
    let Some(fact) = host.field_for(FieldRole::Tools) else { return 0 };
    let is_text = role.field(fact.name).is_some_and(|field| field.value.as_str().is_some());
    if is_text && fact.types.first() != Some(&FieldType::Text) { -4 } else { 0 }
}

/// The tool names distinguish hosts with the same fields.
fn tools_score(role: &Role<'_>, host: &'static Host) -> i32 {
    let lists = tools::read(role, host);
    let entries = || lists.iter().flat_map(|list| &list.entries);
    let own = entries().filter(|entry| host.tool(entry.name()).is_some()).count();
    let foreign = entries().filter(|entry| host.foreign_tool(entry.name()).is_some()).count();
    match (own, foreign) {
        (0, 0) => 0,
        (own, foreign) if own > foreign => MOST_FOR_TOOLS,
        (own, foreign) if own < foreign => -2,
        _ => 0,
    }
}

/// Whether the role has a name, if the host identifies roles by a name field.
fn has_own_name(role: &Role<'_>, host: &Host) -> bool {
    let name = host.field_for(FieldRole::Name).and_then(|field| role.field(field.name));
    let name = name.and_then(|field| field.value.as_str());
    name.is_some_and(|name| Pattern::LowerSlug.matches(name))
}

/// Whether the role requests a model by an ID with one of this host's prefixes.
fn runs_model(role: &Role<'_>, host: &Host) -> bool {
    let field = host.field_for(FieldRole::Model).and_then(|field| role.field(field.name));
    let model = field.and_then(|field| field.value.as_str());
    model.is_some_and(|id| host.models.prefixes.iter().any(|prefix| id.starts_with(prefix)))
}

/// Another host that has the same fields and knows the model, if the role names its model by a family
/// alone and names on this host start with a provider.
fn with_family(role: &Role<'_>, host: &Host) -> Option<&'static Host> {
    host.models.qualified.filter(|form| form.contains('/'))?;
    let field = role.field(host.field_for(FieldRole::Model)?.name)?;
    let model = field.value.as_str()?;
    let has = |host: &Host, field: &Field<'_>| host.field(&field.name).is_some();
    HOSTS.iter().find(|other| {
        other.models.families.contains(&model)
            && other.kind == host.kind
            && role.fields().iter().all(|field| has(other, field) || !has(host, field))
    })
}

/// The host of a role without front matter.
fn fallback() -> &'static Host {
    // Generating the table fails if no host is the fallback.
    HOSTS.iter().find(|host| host.fallback).unwrap_or(&HOSTS[0])
}

#[cfg(test)]
mod tests {
    use super::*;

    fn detected(text: &str, path: &str) -> (&'static str, By) {
        let found = host(&Role::parse(text, path), None);
        (found.host.id, found.by)
    }

    #[test]
    fn the_folder_of_a_product_outweighs_a_field_of_another_one() {
        let text = "---\nname: clerk\ndescription: Files letters. Use it.\nmodel: sonnet\nargument-hint: x\n---\nYou file letters.\n";
        assert_eq!(detected(text, "kit/agents/clerk.md").0, "vscode-agent");
        assert_eq!(detected(text, ".claude/kit/agents/team/clerk.md").0, "claude-code");
    }

    #[test]
    fn the_vendor_of_the_model_tells_hosts_with_the_same_fields_apart() {
        let role = |model| alloc::format!("---\nname: a\ndescription: b\nmodel: {model}\n---\nx\n");
        assert_eq!(detected(&role("gemini-3-flash"), "agents/a.md"), ("gemini", By::Fields));
        assert_eq!(detected(&role("claude-opus-5"), "agents/a.md"), ("claude-code", By::Fields));
        assert_eq!(detected(&role("inherit"), "agents/a.md"), ("claude-code", By::Fields));
    }

    #[test]
    fn a_missing_description_does_not_make_the_host_one_that_requires_none() {
        for fields in [
            "model: opus",
            "model: sonnet\ntools: Read, Edit",
            "tools: Read",
            "team: a\nrank: 2\nmodel: opus\nlead: b",
        ] {
            let text = alloc::format!("---\nname: rev\n{fields}\n---\nYou review.\n");
            assert_eq!(detected(&text, "agents/rev.md"), ("claude-code", By::Fields), "{fields}");
        }
        let text = "---\ndescription: b\nmodel: sonnet\ncolor: red\n---\nYou review.\n";
        assert_eq!(detected(text, "agents/rev.md").0, "claude-code");
        let text = "---\nmode: primary\nmodel: anthropic/claude-opus-5\ntemperature: 0.1\n---\nYou review.\n";
        assert_eq!(detected(text, "agents/rev.md").0, "opencode");
        let text = "---\ndescription: b\nmode: subagent\nmodel: sonnet\n---\nYou review.\n";
        assert_eq!(detected(text, "agents/rev.md").0, "opencode");
    }

    #[test]
    fn the_path_decides_before_the_fields() {
        assert_eq!(detected("# x\n", ".claude/agents/a.md"), ("claude-code", By::Path));
        assert_eq!(detected("---\nname: a\n---\n", "skills/a/SKILL.md"), ("agent-skill", By::Path));
    }

    #[test]
    fn a_target_tells_the_two_readers_of_one_folder_apart() {
        let path = ".github/agents/a.agent.md";
        assert_eq!(detected("---\ndescription: x\n---\n", path), ("copilot", By::Path));
        assert_eq!(
            detected("---\ndescription: x\ntarget: vscode\n---\n", path),
            ("vscode-agent", By::Target)
        );
    }

    #[test]
    fn fields_decide_where_the_path_is_silent() {
        assert_eq!(
            detected("---\nname: a\ndescription: b\ntools: Read\n---\n", "a.md"),
            ("claude-code", By::Fields)
        );
        assert_eq!(
            detected(
                "---\ndescription: b\ntools: [read]\nhandoffs: []\nargument-hint: x\n---\n",
                "a.md"
            )
            .0,
            "vscode-agent"
        );
    }

    #[test]
    fn fields_that_only_code_would_name_so_belong_to_another_program() {
        let text = "---\nname: a\ndescription: b\ntools: read, find\ninheritProjectContext: true\nsystemPromptMode: append\n---\nx\n";
        assert_eq!(detected(text, "agents/a.md"), ("plain", By::NoHost));
        let text =
            "---\nname: a\ndescription: b\ntools: Read\ncategory: c\nlastUpdated: d\n---\nx\n";
        assert_eq!(detected(text, "agents/a.md").0, "claude-code");
    }

    #[test]
    fn names_of_tools_in_one_string_make_no_host_of_one_that_wants_a_map() {
        let text = "---\nname: a\ndescription: b\ntools: read, grep, bash\n---\n";
        assert_eq!(detected(text, "kit/a.md").0, "claude-code");
        let text = "---\ndescription: b\nmode: subagent\ntools:\n  bash: false\n---\n";
        assert_eq!(detected(text, "kit/a.md").0, "opencode");
    }

    #[test]
    fn fields_that_one_version_alone_knows_make_it_that_version() {
        let path = ".opencode/agents/a.md";
        let new = "---\ndescription: b\npermissions: []\n---\n";
        assert_eq!(detected(new, path), ("opencode-2", By::Version));
        let mixed = "---\ndescription: b\npermissions: []\ntemperature: 0.1\n---\n";
        assert_eq!(detected(mixed, path), ("opencode", By::Path));
        assert_eq!(detected("---\ndescription: b\n---\n", path), ("opencode", By::Path));
        let of = |text: &str| data::roles(text, ".kiro/agents/a.json", None).0.host.id;
        assert_eq!(of("{\"name\": \"a\", \"prompt\": \"b\", \"toolsSettings\": {}}"), "kiro-2");
        assert_eq!(of("{\"name\": \"a\", \"prompt\": \"b\"}"), "kiro");
        let markdown = "---\nname: a\nallowedTools: [read]\n---\nb\n";
        assert_eq!(detected(markdown, ".kiro/agents/a.md"), ("kiro", By::Path));
    }

    #[test]
    fn a_field_of_skills_in_an_agent_makes_no_skill() {
        let text = "---\nname: a\ndescription: b\nallowed-tools: Read\n---\n";
        assert_eq!(detected(text, "kit/agents/a.md").0, "claude-code");
    }

    #[test]
    fn front_matter_that_fits_no_host_is_said_to_fit_none() {
        let text = "---\nname: a\nkind_of: b\nthinking: c\nreads: d\nspeaks: e\n---\nx\n";
        assert_eq!(detected(text, "agents/a.md"), ("plain", By::NoHost));
    }

    #[test]
    fn without_front_matter_it_is_plain() {
        assert_eq!(detected("# Role\n", "roles/a.md"), ("plain", By::NoFrontMatter));
    }
}
