//! Knows the agents that a role can name.

use crate::agents::{Agents, are_alike, stem};
use crate::host::{self, HOSTS, Kind};
use crate::role::Role;
use crate::rules::Context;
use crate::spelling::{self, Shape};
use crate::text::{folder, letters};
use crate::workspace::below;
use alloc::borrow::Cow;
use alloc::collections::BTreeSet;
use alloc::string::ToString;
use alloc::vec::Vec;
use core::cell::OnceCell;

/// The agents that can be named.
pub(in crate::rules) struct Known<'a> {
    agents: Agents,
    /// The files in the folders next to the role's folder: collections group their agents by subject.
    beside: Vec<Cow<'a, str>>,
    /// The agents in these files, by file name.
    beside_by_name: OnceCell<Agents>,
}

impl<'a> Known<'a> {
    pub(in crate::rules) fn of(cx: &Context<'a>) -> Self {
        let paths = cx.paths();
        let above = folder(folder(cx.role.path));
        let beside = below(&paths, above)
            .iter()
            .filter(|path| path.ends_with(".md") && is_of_collection(above, path))
            .filter(|path| host::by_path(path).is_none_or(|host| host.kind == Kind::Role));
        let beside = beside.cloned().collect();
        Self { agents: cx.files.agents(), beside, beside_by_name: OnceCell::new() }
    }

    /// Whether no agents are known at all.
    pub(super) fn is_empty(&self) -> bool {
        self.agents.is_empty() && self.beside.is_empty()
    }

    /// Whether there are at least two agents besides the role.
    pub(super) fn are_several(&self, role: &Role<'_>) -> bool {
        let name = role.field("name").and_then(|field| field.value.as_str());
        let own = letters(name.unwrap_or(stem(role.path)));
        self.spelled().filter(|(name, _)| *name != own).nth(1).is_some()
    }

    /// Whether the workspace has an agent of this name.
    pub(in crate::rules) fn is_there(&self, name: &str) -> bool {
        let mut beside = self.beside.iter();
        // A file in a place for agents has the name in its front matter, which `agents` knows.
        self.agents.has(name)
            || beside.any(|path| are_alike(stem(path), name) && !Agents::may_be(path))
    }

    fn beside_by_name(&self) -> &Agents {
        self.beside_by_name.get_or_init(|| {
            let beside = self.beside.iter().filter(|path| !Agents::may_be(path));
            Agents::named(beside.map(|path| stem(path).to_string()))
        })
    }

    /// The same, or whether a host has such an agent of its own.
    pub(super) fn has(&self, name: &str) -> bool {
        let built_in = || HOSTS.iter().flat_map(|host| host.agents);
        self.is_there(name) || built_in().any(|agent| are_alike(agent, name))
    }

    /// Whether the name of one differs from it in a single letter.
    pub(super) fn resembles(&self, name: &str) -> bool {
        spelling::is_one_edit_from(&letters(name), self.spelled())
    }

    fn spelled(&self) -> impl Iterator<Item = (&str, Shape)> {
        self.agents.spelled().chain(self.beside_by_name().spelled())
    }

    /// The agent that a name was probably meant for.
    pub(super) fn meant(&self, name: &str) -> Option<&str> {
        let wanted = letters(name);
        let near = spelling::nearest_of(&wanted, self.spelled()).unwrap_or(&wanted);
        let both = [&self.agents, self.beside_by_name()];
        let first = |find: &dyn Fn(&'_ Agents) -> Option<&'_ str>| both.into_iter().find_map(find);
        let is_meant = |other: &&str| are_alike(other, name) || spelling::is_slip(name, other);
        first(&|agents| agents.by_letters(near))
            .filter(is_meant)
            .or_else(|| first(&|agents| agents.longer(&wanted)))
            .or_else(|| first(&|agents| agents.turned(name)))
    }
}

/// Whether each name matches a file in a folder of agents.
pub(super) fn are_files<'n>(cx: &Context<'_>, names: impl Iterator<Item = &'n str>) -> bool {
    let mut missing: BTreeSet<&str> = names.collect();
    // Its length and first letter rule out most of the many files of a workspace.
    let kind = |name: &str| {
        let first = name.bytes().next().unwrap_or(0);
        1_u64 << ((name.len() ^ usize::from(first)) & 63)
    };
    // Most are next to the role, and the paths are sorted.
    let (paths, own) = (cx.paths(), folder(cx.role.path));
    let is_beside = |name: &&str| {
        let path = [own, "/", name, ".md"].concat();
        own.ends_with("agents") && paths.binary_search_by(|known| (**known).cmp(&path)).is_ok()
    };
    missing.retain(|name| !is_beside(name));
    if missing.is_empty() {
        return true;
    }
    let kinds = missing.iter().fold(0, |kinds, name| kinds | kind(name));
    let above = folder(folder(cx.role.path));
    for path in paths.iter() {
        let stem = stem(path);
        let known = kinds & kind(stem) != 0
            && missing.contains(stem)
            && (path.contains("agents/") || is_of_collection(above, path));
        if known && missing.remove(stem) && missing.is_empty() {
            return true;
        }
    }
    missing.is_empty()
}

/// Whether a file is in a folder next to the role's, which is in the folder `above`: collections divide
/// their agents by subject.
fn is_of_collection(above: &str, path: &str) -> bool {
    // Most files are elsewhere, as the beginning of their paths shows.
    !above.is_empty()
        && path.starts_with(above)
        && folder(folder(path)) == above
        && !path.ends_with("README.md")
}
