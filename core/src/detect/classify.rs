//! Decides whether a file is a role: by its location, its contents, and how it was found.

use super::place::{
    Invoked, Place, invoked, is_fragment, is_in_docs, is_of_prompts, is_step, place,
};
use super::{By, Detected, among_siblings, around, by_target, data, host, signs};
use crate::front_matter::{Field, Language};
use crate::host::{FieldRole, HOSTS, Host, Kind};
use crate::role::{Role, Syntax};
use crate::tools::{self, ToolEntry, ToolList};
use crate::workspace::{Files, NoFiles};
use alloc::format;
use alloc::string::String;

/// How a file was found.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FoundBy {
    /// A search through a project came across it.
    Search,
    /// The folder that it is in was named: it gets the benefit of the doubt.
    Folder,
    /// It was named itself.
    File,
}

/// A file that is a role.
#[derive(Clone, Copy, Debug)]
#[non_exhaustive]
pub struct RoleFile {
    /// The host it is for, and how that was found.
    pub detected: Detected,
    /// What makes it a role.
    pub sign: Sign,
}

/// What makes a file a role.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Sign {
    /// It was named.
    Named,
    /// A host looks there.
    Place,
    /// Its front matter is that of a role.
    Fields,
    /// The roles in a data file.
    Roles,
    /// Its text, in a folder where people keep roles.
    Folder,
    /// Its text alone.
    Text,
}

/// A file that is not a role.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct SkippedFile {
    /// Why not.
    pub why: SkipReason,
    /// Whether it resembles a role: its author may have meant it as one.
    pub near: bool,
}

/// Why a file is not a role.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
#[non_exhaustive]
pub enum SkipReason {
    /// It is neither Markdown nor YAML, TOML or JSON.
    Syntax,
    /// It is documentation of a project.
    Documentation,
    /// Another program keeps its settings in it.
    Settings,
    /// Nothing in it says that it is a role.
    Text,
    /// Another role includes it, and it is checked as a part of that role.
    Part,
    /// It is in the folder of a skill, which reads it when it needs it.
    Skill,
}

impl SkipReason {
    /// What such files are, for counts: "12 documentation".
    ///
    /// ```
    /// use rolewright_core::detect::{FoundBy, classify};
    ///
    /// let skipped = classify("office/README.md", "# Office\n", FoundBy::Search).err().unwrap();
    /// assert_eq!(skipped.why.name(), "documentation");
    /// ```
    pub const fn name(self) -> &'static str {
        match self {
            SkipReason::Syntax => "of other types",
            SkipReason::Documentation => "documentation",
            SkipReason::Settings => "settings of other programs",
            SkipReason::Text => "without signs of a role",
            SkipReason::Part => "included in other roles",
            SkipReason::Skill => "resources of skills",
        }
    }
}

impl RoleFile {
    /// What makes it a role, and how its host was found, as sentences.
    ///
    /// ```
    /// use rolewright_core::detect::{FoundBy, classify};
    ///
    /// let text = "---\nname: clerk\ndescription: Answers. Use it daily.\ntools: Read\n---\nAnswer.\n";
    /// let classified = classify("office/clerk.md", text, FoundBy::Search).ok().unwrap();
    /// assert!(classified.reason().contains("Claude Code"));
    /// ```
    pub fn reason(&self) -> String {
        let host = self.detected.reason();
        match self.sign {
            Sign::Named | Sign::Place => host,
            Sign::Fields => format!("It has the front matter of a role. {host}"),
            Sign::Roles => format!("It contains roles. {host}"),
            Sign::Folder => {
                format!(
                    "Its text reads like a role, and its folder is for roles or was named. {host}"
                )
            }
            Sign::Text => format!("Its text reads like a role. {host}"),
        }
    }

    /// Whether its text alone makes it a role, so that it is a part of a role that includes it.
    ///
    /// ```
    /// use rolewright_core::detect::{FoundBy, classify};
    ///
    /// let text = "---\nname: clerk\ndescription: Answers. Use it daily.\ntools: Read\n---\nAnswer.\n";
    /// let classified = classify("office/clerk.md", text, FoundBy::Search).ok().unwrap();
    /// // Its front matter makes it a role of its own.
    /// assert!(!classified.may_be_part());
    /// ```
    pub fn may_be_part(&self) -> bool {
        matches!(self.sign, Sign::Folder | Sign::Text)
    }

    /// The host.
    ///
    /// ```
    /// use rolewright_core::detect::{FoundBy, classify};
    ///
    /// let text = "---\nname: clerk\ndescription: Answers. Use it daily.\ntools: Read\n---\nAnswer.\n";
    /// let classified = classify("office/clerk.md", text, FoundBy::Search).ok().unwrap();
    /// assert_eq!(classified.host().id, "claude-code");
    /// ```
    pub fn host(&self) -> &'static Host {
        self.detected.host
    }
}

/// Whether the file at `path` (`/` between folders) is a role, and whose.
///
/// [`place`] says beforehand whether its text has to be read at all. Where the settings name a
/// host, the file is checked for that host, whatever is found here.
///
/// ```
/// use rolewright_core::detect::{FoundBy, classify};
///
/// let text = "# Billing Clerk\n\nYou are the clerk of a small firm.\n\n## Boundaries\n\nPay nothing.\n";
/// assert!(classify("office/roles/clerk.md", text, FoundBy::Search).is_ok());
/// assert!(classify("office/README.md", text, FoundBy::Search).is_err());
/// assert!(classify("office/README.md", text, FoundBy::File).is_ok());
/// ```
///
/// # Errors Why it is not one.
pub fn classify(path: &str, text: &str, found_by: FoundBy) -> Result<RoleFile, SkippedFile> {
    classify_among(path, text, found_by, &NoFiles)
}

/// The same among other files, which say whether it belongs to a plugin or to a skill. Asks only whether
/// there are manifests and skills in the folders above, and reads the manifests.
///
/// ```
/// use rolewright_core::detect::{FoundBy, classify_among};
/// use std::collections::BTreeMap;
///
/// let manifest = (String::from(".claude-plugin/plugin.json"), String::from("{}"));
/// let files = BTreeMap::from([manifest]);
/// let classified = classify_among("agents/clerk.md", "Answer.\n", FoundBy::Search, &files);
/// assert_eq!(classified.ok().unwrap().host().id, "claude-code-plugin");
/// ```
///
/// # Errors
/// It is no role, with the reason.
pub fn classify_among(
    path: &str,
    text: &str,
    found_by: FoundBy,
    files: &dyn Files,
) -> Result<RoleFile, SkippedFile> {
    let place = place(path);
    let markdown = Syntax::of_path(path) == Syntax::Markdown;
    let sign = match (found_by, place) {
        (FoundBy::File, _) => Some(Sign::Named),
        (_, Place::Host(_)) => Some(Sign::Place),
        (_, Place::Never(why)) => return Err(SkippedFile { why, near: false }),
        _ => None,
    };
    let customary = place == Place::Customary || found_by == FoundBy::Folder;
    if !markdown {
        return of_data(path, text, sign, customary);
    }
    let role = Role::without_outline(text, path);
    let classified = match found_by {
        FoundBy::File => of_parsed(&role, sign, customary, place),
        FoundBy::Search | FoundBy::Folder => of_found(&role, sign, customary, place, files),
    };
    classified.map(|classified| {
        let detected = among_siblings(&role, classified.detected, files);
        RoleFile { detected, ..classified }
    })
}

/// Whether a file that was not named itself is a role, among other files.
fn of_found(
    role: &Role<'_>,
    sign: Option<Sign>,
    customary: bool,
    place: Place,
    files: &dyn Files,
) -> Result<RoleFile, SkippedFile> {
    let of_skill = Err(SkippedFile { why: SkipReason::Skill, near: false });
    if let Place::Host(found) = place {
        let is_part = found.kind == Kind::Context && around::is_beside_skill(role.path, files);
        return if is_part { of_skill } else { of_parsed(role, sign, customary, place) };
    }
    // Most documents have no front matter, and no plugin keeps its roles among them.
    let may_belong = role.front_matter.is_some() || customary || is_in_commands(role.path);
    if let Some(found) = may_belong.then(|| around::by_manifest(role.path, files)).flatten() {
        return Ok(RoleFile { detected: by_target(role, found), sign: Sign::Place });
    }
    let classified = of_parsed(role, sign, customary, place);
    if classified.is_ok() && around::is_of_skill(role.path, files) { of_skill } else { classified }
}

/// The same of a Markdown file that a search came across, and whose front matter is read; `place` is
/// what its path says.
pub(crate) fn classify_parsed(
    role: &Role<'_>,
    place: Place,
    files: &dyn Files,
) -> Result<RoleFile, SkippedFile> {
    let sign = match place {
        Place::Host(_) => Some(Sign::Place),
        Place::Never(why) => return Err(SkippedFile { why, near: false }),
        Place::Customary | Place::Any => None,
    };
    of_found(role, sign, place == Place::Customary, place, files)
}

fn of_parsed(
    role: &Role<'_>,
    sign: Option<Sign>,
    customary: bool,
    place: Place,
) -> Result<RoleFile, SkippedFile> {
    let detected = match place {
        Place::Host(found) => by_target(role, found),
        _ => host(role, None),
    };
    match sign {
        Some(sign) => Ok(RoleFile { detected, sign }),
        None => of_text(role, detected, customary),
    }
}

fn of_data(
    path: &str,
    text: &str,
    sign: Option<Sign>,
    customary: bool,
) -> Result<RoleFile, SkippedFile> {
    let (detected, found) = data::roles(text, path, None);
    // A host that has Markdown files reads its settings where it may find roles too.
    let is_settings =
        detected.host.syntax == host::Syntax::Markdown && !detected.host.layout.paths.contains(&"");
    if sign == Some(Sign::Place) && is_settings && found.roles.is_empty() {
        return Err(SkippedFile { why: SkipReason::Settings, near: false });
    }
    // In a folder for commands, a file with a prompt is one.
    let is_invoked = is_in_commands(path) && detected.host.kind == Kind::Prompt;
    let certain = detected.by == By::Roles
        && (data::are_certain(&found, detected.host)
            || (customary || is_invoked)
                && !found.roles.is_empty()
                && detected.host.required_fields().next().is_some());
    match sign.or(certain.then_some(Sign::Roles)) {
        Some(sign) => Ok(RoleFile { detected, sign }),
        None => {
            Err(SkippedFile { why: SkipReason::Text, near: customary && detected.by == By::Roles })
        }
    }
}

fn of_text(role: &Role<'_>, detected: Detected, customary: bool) -> Result<RoleFile, SkippedFile> {
    let signs = signs::read(role.text, role.body);
    let front_matter = front_matter(role, detected);
    let weight = signs.weight();
    let sign = match front_matter {
        FrontMatterKind::Role => Some(Sign::Fields),
        FrontMatterKind::Named if is_step(role.path) => None,
        FrontMatterKind::Named if customary || signs.addresses || weight > 1 => Some(Sign::Fields),
        FrontMatterKind::Named | FrontMatterKind::None if is_invoked(role, detected) => {
            Some(Sign::Fields)
        }
        FrontMatterKind::None if signs.manual => None,
        FrontMatterKind::None if is_fragment(role.path) && !signs.addresses => None,
        FrontMatterKind::None if customary && weight > 1 => Some(Sign::Folder),
        FrontMatterKind::None if signs.slots && is_of_prompts(role.path) => Some(Sign::Folder),
        FrontMatterKind::None if signs.addresses && weight > 2 && !is_in_docs(role.path) => {
            Some(Sign::Text)
        }
        FrontMatterKind::Document if customary && signs.addresses => Some(Sign::Folder),
        _ => None,
    };
    let near = customary || weight > 0 && front_matter != FrontMatterKind::Document;
    sign.map(|sign| RoleFile { detected, sign }).ok_or(SkippedFile { why: SkipReason::Text, near })
}

/// What front matter makes of a file.
#[derive(Clone, Copy, PartialEq, Eq)]
enum FrontMatterKind {
    /// A role: it has what a host needs, and fields that only roles have.
    Role,
    /// Perhaps one: it has a name and a description.
    Named,
    /// A page of documentation.
    Document,
    /// There is none, or it says nothing.
    None,
}

fn front_matter(role: &Role<'_>, detected: Detected) -> FrontMatterKind {
    let Some(front_matter) = &role.front_matter else { return FrontMatterKind::None };
    if front_matter.language == Language::Toml {
        return FrontMatterKind::None;
    }
    let has = |name: &str| role.field(name).is_some();
    if PAGES.iter().any(|name| has(name)) {
        return FrontMatterKind::Document;
    }
    let lists = tools::read(role, detected.host);
    let distinctive = |field: &&Field<'_>| {
        let fact = detected.host.field(&field.name);
        fact.is_some_and(|fact| tells(fact.role) && is_understood(field, fact.role, &lists))
    };
    let distinctive = role.fields().iter().filter(distinctive).count();
    let complete = detected.host.required_fields().all(|need| has(need.name));
    match (complete, distinctive, has("name") && has("description")) {
        (true, 1.., true) | (true, 2.., _) => FrontMatterKind::Role,
        (_, _, true) => FrontMatterKind::Named,
        (true, 1.., _) => FrontMatterKind::Named,
        _ => FrontMatterKind::None,
    }
}

/// Fields that pages of documentation have and roles have not.
const PAGES: [&str; 14] = [
    "layout",
    "date",
    "permalink",
    "slug",
    "sidebar_position",
    "sidebar_label",
    "sidebar",
    "nav_order",
    "weight",
    "pagination_next",
    "hide_title",
    "about",
    "labels",
    "parent",
];

/// Whether hardly anything but a role has a field of this meaning.
fn tells(role: FieldRole) -> bool {
    use FieldRole as F;
    !matches!(
        role,
        F::Name
            | F::DisplayName
            | F::Description
            | F::License
            | F::Compatibility
            | F::Metadata
            | F::Other
            | F::Color
            | F::Hidden
            | F::Disabled
            | F::Target
    )
}

/// Whether a value can be what such a field means to a host: people have tools and models, too, and they
/// write about hammers and cars.
fn is_understood(field: &Field<'_>, role: FieldRole, lists: &[ToolList<'_>]) -> bool {
    match role {
        FieldRole::Tools | FieldRole::DeniedTools | FieldRole::ApprovedTools => {
            let own = lists.iter().filter(|list| core::ptr::eq(list.field, field));
            let mut entries = own.flat_map(|list| &list.entries).peekable();
            let knows = |host: &'static Host, name: &str| {
                host.tool_ignoring_case(name).is_some()
                    || host.tools.all == Some(name)
                    || host.split_server_tool(name).is_some()
            };
            let is_known =
                |entry: &ToolEntry<'_>| HOSTS.iter().any(|host| knows(host, entry.name()));
            entries.peek().is_none() || entries.any(is_known)
        }
        FieldRole::Model => {
            let text = field.value.as_str().unwrap_or("");
            HOSTS.iter().any(|host| {
                let models = &host.models;
                models.aliases.contains(&text)
                    || models.prefixes.iter().any(|prefix| text.starts_with(prefix))
            })
        }
        _ => true,
    }
}

/// Whether a file is a command: it is in a folder for commands or prompts, and takes arguments or is
/// described.
fn is_invoked(role: &Role<'_>, detected: Detected) -> bool {
    let is_there = is_in_commands(role.path) || is_of_prompts(role.path);
    if !is_there || detected.host.kind != Kind::Prompt {
        return false;
    }
    let has = |wanted: FieldRole| {
        let fact = |field: &Field<'_>| detected.host.field(&field.name);
        role.fields().iter().any(|field| fact(field).is_some_and(|fact| fact.role == wanted))
    };
    let hinted = has(FieldRole::ArgumentHint) || has(FieldRole::ApprovedTools);
    // A page of documentation has a title.
    let is_page = || role.field("title").is_some() || is_in_docs(role.path);
    hinted || has(FieldRole::Description) && !is_page() || signs::is_of_command(role)
}

fn is_in_commands(path: &str) -> bool {
    matches!(invoked(path), Invoked::Yes | Invoked::Of(_))
}

#[cfg(test)]
mod tests {
    use super::*;
    use alloc::collections::BTreeMap;
    use alloc::vec::Vec;

    #[track_caller]
    fn check(
        path: &str,
        text: &str,
        found_by: FoundBy,
        expected: Result<(&str, Sign), SkipReason>,
    ) {
        let found = classify(path, text, found_by);
        let found = found.map(|found| (found.host().id, found.sign)).map_err(|skipped| skipped.why);
        assert_eq!(found, expected, "{path}");
    }

    const AGENT: &str = "---\nname: a\ndescription: Use it.\ntools: Read, Bash\n---\nReview.\n";
    const ROLE: &str = "# Clerk\n\nYou are a clerk.\n";
    const PAGE: &str = "# Guide\n\n## Usage\n\nRun it.\n\n## Examples\n\nSee below.\n";

    #[test]
    fn the_settings_of_opencode_are_looked_at_where_they_hold_agents() {
        let agents = "{\"agent\": {\"build\": {\"model\": \"a/b\"}}}";
        check("opencode.json", agents, FoundBy::Search, Ok(("opencode", Sign::Place)));
        let new = "{\"agents\": {\"build\": {\"system\": \"Build.\", \"mode\": \"primary\"}}}";
        check("opencode.json", new, FoundBy::Search, Ok(("opencode-2", Sign::Place)));
        let others = "{\"agents\": {\"build\": {\"tools\": {}}}, \"mcp\": {}}";
        check("opencode.json", others, FoundBy::Search, Err(SkipReason::Settings));
    }

    #[test]
    fn a_collection_of_agents_is_found_in_any_folder() {
        check("engineering/backend.md", AGENT, FoundBy::Search, Ok(("claude-code", Sign::Fields)));
        check("agents/backend.md", AGENT, FoundBy::Search, Ok(("claude-code", Sign::Fields)));
    }

    #[test]
    fn a_plain_role_is_found_where_people_keep_roles() {
        check("roles/clerk.md", ROLE, FoundBy::Search, Ok(("plain", Sign::Folder)));
        check("notes/clerk.md", ROLE, FoundBy::Search, Err(SkipReason::Text));
        check("notes/clerk.md", ROLE, FoundBy::Folder, Ok(("plain", Sign::Folder)));
        check("notes/clerk.md", ROLE, FoundBy::File, Ok(("plain", Sign::Named)));
    }

    #[test]
    fn documentation_is_not_a_role_wherever_it_is() {
        check("roles/guide.md", PAGE, FoundBy::Search, Err(SkipReason::Text));
        check("guide.md", PAGE, FoundBy::Folder, Err(SkipReason::Text));
        check("roles/README.md", ROLE, FoundBy::Search, Err(SkipReason::Documentation));
        let page = "---\nname: x\ndescription: y\nlayout: page\n---\nText.\n";
        check("site/x.md", page, FoundBy::Search, Err(SkipReason::Text));
    }

    #[test]
    fn a_name_and_a_description_are_enough_where_people_keep_roles() {
        let text = "---\nname: a\ndescription: Use it.\n---\nReview.\n";
        check("agents/a.md", text, FoundBy::Search, Ok(("claude-code", Sign::Fields)));
        check("pages/a.md", text, FoundBy::Search, Err(SkipReason::Text));
    }

    #[test]
    fn a_thing_that_has_tools_or_a_model_is_not_a_role() {
        for field in ["tools: [hammer, saw]", "model: X 100"] {
            let text = format!("---\nname: a\ndescription: A product.\n{field}\n---\nText.\n");
            check("products/a.md", &text, FoundBy::Search, Err(SkipReason::Text));
        }
        for field in ["tools: [read]", "tools: []", "model: sonnet", "tools: mcp__gh__x"] {
            let text = format!("---\nname: a\ndescription: Reviews.\n{field}\n---\nText.\n");
            assert!(classify("team/a.md", &text, FoundBy::Search).is_ok(), "{field}");
        }
    }

    #[test]
    fn a_command_is_found_in_a_folder_for_commands() {
        let text = "---\ndescription: Reviews.\nallowed-tools: Read\n---\nReview it.\n";
        check("kit/commands/a.md", text, FoundBy::Search, Ok(("claude-command", Sign::Fields)));
        check("kit/notes/a.md", text, FoundBy::Search, Err(SkipReason::Text));
        let page = "---\ntitle: List\ndescription: Lists files.\n---\n# List\n";
        check("docs/commands/list.md", page, FoundBy::Search, Err(SkipReason::Text));
    }

    #[test]
    fn data_files_are_roles_where_they_have_all_that_a_host_needs() {
        let codex = "name = \"a\"\ndescription = \"b\"\ndeveloper_instructions = \"Review.\"\n";
        check("kit/a.toml", codex, FoundBy::Search, Ok(("codex-agent", Sign::Roles)));
        check("kit/a.toml", "name = \"a\"\n", FoundBy::Search, Err(SkipReason::Text));
        let modes = "customModes:\n  - slug: a\n    name: A\n    roleDefinition: Review.\n    groups: [read]\n";
        check("kit/a.yaml", modes, FoundBy::Search, Ok(("roo", Sign::Roles)));
    }

    #[test]
    fn a_file_with_a_prompt_is_a_command_in_a_folder_for_commands() {
        let text = "description = \"Reviews.\"\nprompt = \"Review {{args}}.\"\n";
        check(
            "kit/commands/git/a.toml",
            text,
            FoundBy::Search,
            Ok(("gemini-command", Sign::Roles)),
        );
        check("kit/notes/a.toml", text, FoundBy::Search, Err(SkipReason::Text));
    }

    #[test]
    fn a_prompt_with_slots_is_found_where_people_keep_prompts() {
        let text = "Write a changelog of these commits:\n\n{{commits}}\n";
        check("prompts/changelog-daily.md", text, FoundBy::Search, Ok(("plain", Sign::Folder)));
        check("notes/changes.md", text, FoundBy::Search, Err(SkipReason::Text));
        let described = "---\ndescription: Reviews in parallel\n---\nReview it.\n";
        check("prompts/a.md", described, FoundBy::Search, Ok(("claude-command", Sign::Fields)));
        check("notes/a.md", described, FoundBy::Search, Err(SkipReason::Text));
    }

    #[test]
    fn what_takes_arguments_is_a_prompt() {
        let text = "---\ndescription: Answers.\nargument-hint: <question>\nvariables:\n  A: b\n---\nYou are an expert.\n";
        check("experts/ui/a.md", text, FoundBy::Search, Ok(("claude-command", Sign::Fields)));
    }

    #[test]
    fn documentation_that_speaks_to_its_reader_is_no_role() {
        let text = "---\ntitle: Tests\ndescription: Run them.\n---\n# Tests\n\n## When to Use\n\nYou're about to write one.\n\n## Responsibilities\n\n## Boundaries\n";
        check("docs/how-to/tests.md", text, FoundBy::Search, Err(SkipReason::Text));
    }

    #[test]
    fn a_folder_in_which_something_is_done_with_roles_is_not_for_roles() {
        check("implement-with-subagents/summary.md", ROLE, FoundBy::Search, Err(SkipReason::Text));
        check("my-subagents/clerk.md", ROLE, FoundBy::Search, Ok(("plain", Sign::Folder)));
    }

    #[test]
    fn a_step_of_a_longer_text_is_no_role() {
        let text = "---\nname: step-01\ndescription: Starts.\n---\nYou are a clerk.\n";
        check("flow/steps/step-01-init.md", text, FoundBy::Search, Err(SkipReason::Text));
        check("agents/steps/start.md", text, FoundBy::Search, Err(SkipReason::Text));
    }

    #[test]
    fn a_file_about_roles_is_none() {
        let text = "# Best Practices\n\n## Responsibilities\n\n## Boundaries\n";
        check("agents/BEST_PRACTICES.md", text, FoundBy::Search, Err(SkipReason::Text));
        check("agents/best-practices.md", text, FoundBy::Search, Ok(("plain", Sign::Folder)));
    }

    #[track_caller]
    fn among(files: &[(&str, &str)], path: &str, text: &str, expected: Result<&str, SkipReason>) {
        let files: BTreeMap<String, String> =
            files.iter().map(|(path, text)| ((*path).into(), (*text).into())).collect();
        let found = classify_among(path, text, FoundBy::Search, &files);
        let found = found.map(|found| found.host().id).map_err(|skipped| skipped.why);
        assert_eq!(found, expected, "{path}");
    }

    #[test]
    fn a_plugin_may_be_the_workspace_or_any_folder() {
        let bare = "# Reviewer\n\nReview the change.\n";
        for root in ["", "kit/", "a/b/"] {
            let manifest = format!("{root}.claude-plugin/plugin.json");
            let files = [(&*manifest, "{\"name\": \"kit\"}")];
            let at = |path: &str| format!("{root}{path}");
            among(&files, &at("agents/deep/a.md"), AGENT, Ok("claude-code-plugin"));
            among(&files, &at("agents/a.md"), bare, Ok("claude-code-plugin"));
            among(&files, &at("commands/a.md"), bare, Ok("claude-command"));
            among(&files, &at("notes/a.md"), bare, Err(SkipReason::Text));
            among(&files, &at(".claude/agents/a.md"), AGENT, Ok("claude-code"));
        }
        among(&[], "agents/a.md", AGENT, Ok("claude-code"));
    }

    #[test]
    fn a_plugin_names_its_files_and_folders() {
        let manifest = "{\"agents\": [\"./team/\", \"./one.md\"], \"commands\": \"./run\"}";
        let files = [("kit/.claude-plugin/plugin.json", manifest)];
        let named = "---\nname: a\ndescription: Use it.\n---\nReview.\n";
        among(&files, "kit/team/a.md", named, Ok("claude-code-plugin"));
        among(&files, "kit/one.md", named, Ok("claude-code-plugin"));
        among(&files, "kit/run/a.md", named, Ok("claude-command"));
        among(&files, "kit/two.md", named, Err(SkipReason::Text));
        among(&files, "team/a.md", named, Err(SkipReason::Text));
    }

    #[test]
    fn a_marketplace_names_plugins() {
        let list = "{\"plugins\": [{\"source\": \"./kits/one\", \"agents\": \"./team\"}, {\"source\": {\"source\": \"github\"}}]}";
        let files = [(".claude-plugin/marketplace.json", list)];
        among(&files, "kits/one/agents/a.md", AGENT, Ok("claude-code-plugin"));
        among(&files, "kits/one/team/a.md", AGENT, Ok("claude-code-plugin"));
        among(&files, "kits/one/commands/a.md", PAGE, Ok("claude-command"));
        among(&files, "kits/two/agents/a.md", AGENT, Ok("claude-code"));
    }

    #[test]
    fn what_lies_in_the_folder_of_a_skill_belongs_to_it() {
        let files = [("skills/forms/SKILL.md", AGENT), ("SKILL.md", AGENT)];
        among(&files, "skills/forms/references/deep/a.md", AGENT, Err(SkipReason::Skill));
        among(&files, "skills/forms/reference.md", AGENT, Err(SkipReason::Skill));
        among(&files, "skills/forms/AGENTS.md", ROLE, Err(SkipReason::Skill));
        among(&files, "skills/forms/agents/grader.md", AGENT, Ok("claude-code"));
        among(&files, "skills/forms/SKILL.md", AGENT, Ok("agent-skill"));
        among(&files, "team/a.md", AGENT, Ok("claude-code"));
        let files = [("skills/use-subagents/SKILL.md", AGENT)];
        among(&files, "skills/use-subagents/references/a.md", ROLE, Err(SkipReason::Skill));
    }

    #[test]
    fn a_role_without_front_matter_is_for_the_host_of_its_siblings() {
        let bare = "# Screen Analyst\n\nYou are the analyst of screens.\n";
        let named = |name| AGENT.replace("name: a", &format!("name: {name}"));
        let (a, b, c) = (named("aa"), named("bb"), named("cc"));
        let kit = [("kit/agents/aa.md", &*a), ("kit/agents/bb.md", &*b), ("kit/agents/cc.md", &*c)];
        among(&kit, "kit/agents/mock.md", bare, Ok("claude-code"));
        among(&kit[1..], "kit/agents/mock.md", bare, Ok("plain"));
        among(&kit, "kit/agents/deep/mock.md", bare, Ok("plain"));
        let guide = "# Guide\n\n## Responsibilities\n\n## Boundaries\n";
        among(&kit, "kit/agents/guide.md", guide, Ok("plain"));
        let bare_ones = ["d", "e", "f", "g"].map(|name| format!("kit/agents/{name}.md"));
        let mixed: Vec<_> = bare_ones.iter().map(|path| (&**path, bare)).chain(kit).collect();
        among(&mixed, "kit/agents/mock.md", bare, Ok("plain"));
    }

    #[test]
    fn the_folder_of_a_command_says_more_than_its_fields() {
        let of = |fields: &str, body: &str| {
            let text = match fields {
                "" => String::from(body),
                _ => format!("---\n{fields}\n---\n{body}\n"),
            };
            let found = classify("kit/commands/deep/a.md", &text, FoundBy::Search);
            found.ok().map(|found| found.host().id)
        };
        let command = Some("claude-command");
        assert_eq!(of("description: Reviews.", "# Review\n\nReview it."), command);
        assert_eq!(of("description: b\nargument-hint: \"[a]\"", "Do $ARGUMENTS."), command);
        assert_eq!(of("name: kit:a\ndescription: b\nallowed-tools: []", "Do it."), command);
        let agent = "name: a\ndescription: b\nargument-hint: \"[a]\"\nmodel: sonnet";
        assert_eq!(of(agent, "Do it."), command);
        assert_eq!(of("", "Review the changes of $ARGUMENTS."), command);
        assert_eq!(of("", "# /session:commit\n\nCommit the work."), command);
        assert_eq!(of("", "# List\n\nLists files."), None);
        assert_eq!(
            of("description: b\nscripts:\n  sh: a.sh", "Given the details, do it."),
            command
        );
        assert_eq!(of("title: List\ndescription: b\nweb: c", "# List"), None);
        let page = "---\ndescription: Lists files.\n---\n# List\n";
        check("docs/commands/list.md", page, FoundBy::Search, Err(SkipReason::Text));
        let flat =
            "---\nname: note\ndescription: Save a note\nuser-invocable: true\n---\nSave it.\n";
        let other = "---\nname: a\ndescription: Reviews.\nagent: build\nmodel: x/y\n---\nYou are a clerk.\n";
        check(".other/command/a.md", other, FoundBy::Search, Ok(("plain", Sign::Fields)));
        let own = "---\ndescription: Reviews.\ntags: [a]\n---\nReview it.\n";
        check(
            ".claude/old/commands/a.md",
            own,
            FoundBy::Search,
            Ok(("claude-command", Sign::Fields)),
        );
        let usage = "# Fix Command\n\n## Usage\n```\n/bug-fix [name]\n```\n\nFix it.\n";
        check(
            "kit/commands/bug-fix.md",
            usage,
            FoundBy::Search,
            Ok(("claude-command", Sign::Fields)),
        );
        check("kit/commands/other.md", usage, FoundBy::Search, Err(SkipReason::Text));
        check("kit/skills/note.md", flat, FoundBy::Search, Ok(("claude-command", Sign::Fields)));
    }

    #[test]
    fn a_manual_for_many_agents_is_no_role() {
        let text = "# Runbook: Startup\n\n## Scenario\n\nYou're building a product.\n\n## Agent Roster\n\n## Success Criteria\n\n## Responsibilities\n\n## Boundaries\n";
        check("strategy/a.md", text, FoundBy::Search, Err(SkipReason::Text));
        check("strategy/a.md", text, FoundBy::Folder, Err(SkipReason::Text));
        check("roles/a.md", &text.replace("Runbook: ", ""), FoundBy::Search, Err(SkipReason::Text));
    }

    #[test]
    fn a_part_that_roles_share_is_none() {
        let text = "# Limits\n\n## Boundaries\n\nPay nothing.\n\n## Principles\n\nBe kind.\n";
        check("agents/limits.md", text, FoundBy::Search, Ok(("plain", Sign::Folder)));
        check("agents/shared/limits.md", text, FoundBy::Search, Err(SkipReason::Text));
        check("agents/_limits.md", text, FoundBy::Search, Err(SkipReason::Text));
    }
}
