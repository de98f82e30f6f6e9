//! Reports files next to roles, and role files in which the host finds no roles.

use super::bare::beginning;
use crate::diagnostic::Severity;
use crate::host::{self, Effect, Kind, Presence};
use crate::rules::{Context, Finding};
use crate::syntax::{self, RoleSource};
use alloc::format;

/// A page of documentation next to roles, which the host reads as a role.
pub(super) fn beside_roles(cx: &mut Context<'_>) {
    let (host, role) = (cx.host, cx.role);
    let file = role.path.rsplit('/').next().unwrap_or("");
    let stem = file.split('.').next().unwrap_or("");
    let is_page = ["readme", "contributing", "changelog", "license"]
        .iter()
        .any(|page| page.eq_ignore_ascii_case(stem));
    let missing = host.front_matter.missing;
    let is_read = host.front_matter.presence == Presence::Required
        || missing.effect == Effect::Accepted && missing.note.is_some();
    let reads = host.kind == Kind::Role
        && is_read
        && !host.front_matter.documents
        && host::by_path(role.path).is_some();
    if !is_page || !reads || role.front_matter.is_some() {
        return;
    }
    let start = role.text.len() - role.text.trim_start_matches(['\u{feff}', '\n', '\r', ' ']).len();
    let mut finding =
        Finding::new(beginning(role, start), format!("{} reads this file as a role", host.product))
            .severity(Severity::Warning)
            .help("Move it out of the roles folder.");
    if let Some(note) = host.front_matter.missing.note {
        finding = finding.reason(note);
    }
    cx.report(finding);
}

/// A file without the list of roles that the host looks for.
pub(super) fn without_roles(cx: &mut Context<'_>) {
    let (host, role) = (cx.host, cx.role);
    let Some(list) = list_of_roles(cx) else { return };
    let found = syntax::roles(role.text, role.syntax, &host.layout);
    let is_needed = |name: &str| host.required_fields().any(|field| field.name == name);
    let is_role = |role: &RoleSource<'_>| role.fields.iter().any(|field| is_needed(&field.name));
    let is_empty = role.text.trim().is_empty() || !found.errors.is_empty();
    let has_list = memchr::memmem::find(role.text.as_bytes(), list.as_bytes()).is_some();
    if is_empty || has_list || found.roles.iter().any(is_role) {
        return;
    }
    let start = role.text.len() - role.text.trim_start().len();
    let finding = Finding::new(beginning(role, start), format!("Missing field `{list}`"))
        .reason(format!("{} looks for roles only in this list, so it loads none.", host.product))
        .help(format!("Put the roles into a list under `{list}`."));
    cx.report(finding);
}

/// The list that contains the roles of this file, if the host recognizes the file by its path.
pub(super) fn list_of_roles(cx: &Context<'_>) -> Option<&'static str> {
    let list = cx.host.layout.paths.iter().find_map(|path| path.strip_suffix("[]"));
    list.filter(|_| host::by_path(cx.role.path) == Some(cx.host))
}

/// Names of pages next to roles. A page with front matter counts as a role anyway.
pub(super) fn is_documentation(path: &str) -> bool {
    let file = path.rsplit('/').next().unwrap_or(path);
    let stem = file.split('.').next().unwrap_or(file);
    const NAMES: [&str; 13] = [
        "readme",
        "index",
        "changelog",
        "contributing",
        "license",
        "licence",
        "notice",
        "agents",
        "claude",
        "gemini",
        "template",
        "todo",
        "contributors",
    ];
    // `SHARED_PROTOCOL.md`
    let is_shouted = stem.contains('_') && !stem.contains(|c: char| c.is_lowercase());
    NAMES.iter().any(|name| name.eq_ignore_ascii_case(stem))
        || stem.starts_with(['_', '.'])
        || is_shouted
}
