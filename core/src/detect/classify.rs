//! Decides whether a file is a role: by its location, its contents, and how it was found.

use super::place::{
    Invoked, Place, invoked, is_fragment, is_in_docs, is_of_agents, is_of_prompts, is_step,
    is_system_prompt, place,
};
use super::signs::Signs;
use super::verdict::{FoundBy, RoleFile, Sign, SkipReason, SkippedFile};
use super::{By, Detected, among_siblings, around, by_target, data, host, signs};
use crate::agents::stem;
use crate::front_matter::{Field, Language};
use crate::host::{FieldRole, HOSTS, Host, Kind};
use crate::role::{Role, Syntax};
use crate::tools::{self, ToolEntry, ToolList};
use crate::workspace::{Files, NoFiles};

/// Determines whether the file at `path` (`/` between folders) is a role, and for which host.
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
/// # Errors
/// Says why it is not one.
pub fn classify(path: &str, text: &str, found_by: FoundBy) -> Result<RoleFile, SkippedFile> {
    classify_among(path, text, found_by, &NoFiles)
}

/// Like [`classify`], but also considers other files, which show whether the file belongs to a
/// plugin or a skill. Checks for manifests and skills in the folders above, and reads only the
/// manifests.
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
/// Says why it is not one.
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

/// Classifies a file that was not named explicitly, with the files around it.
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
    // Most documents have no front matter, and plugins keep no roles among such documents.
    let may_belong = role.front_matter.is_some() || customary || is_in_commands(role.path);
    if let Some(found) = may_belong.then(|| around::by_manifest(role.path, files)).flatten() {
        return Ok(RoleFile { detected: by_target(role, found), sign: Sign::Place });
    }
    let classified = of_parsed(role, sign, customary, place);
    if classified.is_ok() && around::is_of_skill(role.path, files) { of_skill } else { classified }
}

/// Like [`classify_among`], but for a Markdown file found by a search, with its front matter
/// already parsed; `place` is the classification of its path.
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
        None => {
            let found = of_text(role, detected, customary)?;
            let was_named = customary && place != Place::Customary && found.sign == Sign::Folder;
            Ok(if was_named { RoleFile { sign: Sign::NamedFolder, ..found } } else { found })
        }
    }
}

fn of_data(
    path: &str,
    text: &str,
    sign: Option<Sign>,
    customary: bool,
) -> Result<RoleFile, SkippedFile> {
    let (detected, found) = data::roles(text, path, None);
    // A host with Markdown files also keeps its settings where it may look for roles.
    let is_settings =
        detected.host.syntax == host::Syntax::Markdown && !detected.host.layout.paths.contains(&"");
    if sign == Some(Sign::Place) && is_settings && found.roles.is_empty() {
        return Err(SkippedFile { why: SkipReason::Settings, near: false });
    }
    // In a folder for commands, a file with a prompt is a role.
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
    let signs = signs::read(role.text, role.body, stem(role.path));
    let front_matter = front_matter(role, detected);
    let weight = signs.weight(customary);
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
        FrontMatterKind::None if customary && is_plainly_one(role.path, signs) => {
            Some(Sign::Folder)
        }
        FrontMatterKind::None if signs.addresses && weight > 2 && !is_in_docs(role.path) => {
            Some(Sign::Text)
        }
        FrontMatterKind::Document if customary && signs.addresses => Some(Sign::Folder),
        _ => None,
    };
    let near = customary || weight > 0 && front_matter != FrontMatterKind::Document;
    sign.map(|sign| RoleFile { detected, sign }).ok_or(SkippedFile { why: SkipReason::Text, near })
}

/// Whether a text is a role where people keep roles although it says little: by its name or its first
/// words.
fn is_plainly_one(path: &str, signs: Signs) -> bool {
    let is_one = is_system_prompt(path) && signs.prose
        || (signs.acts || signs.named && signs.prose) && is_of_agents(path);
    is_one && !is_in_docs(path)
}

/// The kind of file that its front matter indicates.
#[derive(Clone, Copy, PartialEq, Eq)]
enum FrontMatterKind {
    /// A role: it has the fields that a host requires, and fields that only roles have.
    Role,
    /// Perhaps one: it has a name, and a description or a field that only roles have.
    Named,
    /// A page of documentation.
    Document,
    /// Without front matter, or with front matter that indicates nothing.
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
    let is_named = has("name") && (has("description") || distinctive > 0);
    match (complete, distinctive, has("name") && has("description")) {
        (true, 1.., true) | (true, 2.., _) => FrontMatterKind::Role,
        _ if is_named => FrontMatterKind::Named,
        (true, 1.., _) => FrontMatterKind::Named,
        _ => FrontMatterKind::None,
    }
}

/// Fields that occur in pages of documentation but not in roles.
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

/// Whether a field with this role is rare outside roles.
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

/// Whether a value is valid for such a field on a host: documents about people or tools also have
/// fields called `tools` and `model`.
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
mod tests;
