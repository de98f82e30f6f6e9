//! Finds facts about a file in the files around it: a plugin's manifest names its agents and
//! commands, and files in the folder of a skill belong to the skill.

use super::place::is_customary;
use crate::host::{HOSTS, Host, Kind, Manifest};
use crate::summary::RoleSummary;
use crate::syntax;
use crate::text::{folder, resolved};
use crate::workspace::{Files, below};
use crate::yaml::Node;
use alloc::format;
use alloc::string::String;
use alloc::vec::Vec;

/// The folders above a path, innermost first; the last is the workspace itself.
fn above(path: &str) -> impl Iterator<Item = &str> {
    core::iter::successors(Some(folder(path)), |inner| {
        let inner: &str = inner;
        (!inner.is_empty()).then(|| folder(inner))
    })
}

fn within(root: &str, path: &str) -> String {
    if root.is_empty() { path.into() } else { format!("{root}/{path}") }
}

/// The host of a file that belongs to a plugin, by the manifest of the plugin.
pub(super) fn by_manifest(path: &str, files: &dyn Files) -> Option<&'static Host> {
    if !files.is_known() {
        return None;
    }
    let all = || HOSTS.iter().flat_map(|host| host.manifests.iter().map(move |one| (host, one)));
    let mut names: Vec<&str> = all().map(|(_, manifest)| manifest.file).collect();
    names.sort_unstable();
    names.dedup();
    for root in above(path) {
        for name in &names {
            let file = within(root, name);
            let Some(text) = files.exists(&file).then(|| files.text(&file)).flatten() else {
                continue;
            };
            let document = syntax::json(&text);
            let Some(document) = &document.root else { continue };
            let mut hosts = all().filter(|(_, manifest)| manifest.file == *name);
            if let Some((host, _)) = hosts.find(|(_, one)| one.covers(document, root, path)) {
                return Some(host);
            }
        }
    }
    None
}

/// Whether a file at this path may name the roles of a plugin: a change to it can turn others into roles.
///
/// ```
/// use rolewright_core::detect::names_roles;
///
/// assert!(names_roles("kit/.claude-plugin/plugin.json"));
/// assert!(!names_roles("package.json"));
/// ```
pub fn names_roles(path: &str) -> bool {
    let is_at = |manifest: &Manifest| {
        let before = path.strip_suffix(manifest.file);
        before.is_some_and(|before| before.is_empty() || before.ends_with('/'))
    };
    HOSTS.iter().flat_map(|host| host.manifests).any(is_at)
}

impl Manifest {
    /// Whether a file belongs to the plugin, or to one of the plugins, that a manifest below `root`
    /// describes.
    fn covers(&self, document: &Node<'_>, root: &str, path: &str) -> bool {
        let Some(list) = self.list else { return self.covers_in(document, root, path) };
        document.get(list).and_then(Node::items).unwrap_or_default().iter().any(|plugin| {
            let source = plugin.get("source").map_or(Some("."), Node::as_str);
            let inner = source.and_then(|source| resolved(root, source));
            inner.is_some_and(|inner| self.covers_in(plugin, &inner, path))
        })
    }

    fn covers_in(&self, plugin: &Node<'_>, root: &str, path: &str) -> bool {
        let is_in = |place: &str| {
            let rest = path.strip_prefix(place);
            rest.is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
        };
        let named = plugin.get(self.field).into_iter().flat_map(|node| {
            let one = core::slice::from_ref(node);
            node.items().unwrap_or(one).iter().filter_map(Node::as_str)
        });
        let mut named = named.filter_map(|place| resolved(root, place));
        named.any(|place| place != root && is_in(&place)) || is_in(&within(root, self.folder))
    }
}

/// The file names that make a folder a skill.
const SKILL: [&str; 2] = ["SKILL.md", "skill.md"];

/// Whether a file is a resource of a skill: it is in the skill's folder, and in no folder for roles there.
/// A skill that is the whole workspace owns nothing.
pub(super) fn is_of_skill(path: &str, files: &dyn Files) -> bool {
    let is_role = |folder: &str| is_customary(folder.rsplit('/').next().unwrap_or(folder));
    let mut folders = above(path).take_while(|folder| !folder.is_empty());
    // The folder of a skill may have a name that is typical of role folders:
    // `skills/use-subagents`.
    let telling = files.is_known().then(|| {
        folders.find_map(|folder| match has_skill(folder, files) {
            true => Some(true),
            false => is_role(folder).then_some(false),
        })
    });
    telling.flatten() == Some(true)
}

/// Whether a file is next to the file of a skill.
pub(super) fn is_beside_skill(path: &str, files: &dyn Files) -> bool {
    let folder = folder(path);
    files.is_known() && !folder.is_empty() && has_skill(folder, files)
}

fn has_skill(folder: &str, files: &dyn Files) -> bool {
    SKILL.iter().any(|name| files.exists(&within(folder, name)))
}

/// The most neighbors of a file that are looked at.
const BESIDE: usize = 16;

/// The host of the roles next to a file: at least three roles, most of the files, and all for the
/// same host.
pub(super) fn by_siblings(path: &str, files: &dyn Files) -> Option<&'static Host> {
    if !files.is_known() {
        return None;
    }
    let own = folder(path);
    let all = files.paths();
    let beside = below(&all, own).iter().filter(|other| **other != path && folder(other) == own);
    let looked: Vec<_> = beside.filter(|other| RoleSummary::may_be(other)).take(BESIDE).collect();
    let summaries = looked.iter().filter_map(|other| RoleSummary::among(files, other, None));
    let summaries: Vec<_> = summaries.collect();
    let first = summaries.first()?.host;
    let agree = summaries.iter().all(|summary| summary.host == first);
    let enough = summaries.len() >= 3 && summaries.len() * 2 > looked.len();
    (agree && enough).then(|| Host::by_id(first)).flatten().filter(|host| host.kind == Kind::Role)
}
