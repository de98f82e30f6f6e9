//! Lists every path of a workspace.

use crate::config::{CONFIG, Config};
use crate::ignored::Rules;
use crate::paths::{self, join};
use crate::world::{Kind, World};
use std::collections::BTreeSet;

/// Folders that are never searched.
pub(crate) const NEVER: [&str; 4] = [".git", "node_modules", ".hg", ".svn"];
/// Folders inside folders, at most.
pub(crate) const DEEPEST: usize = 64;
/// More files than this indicate a home folder or a mistake.
pub(crate) const MOST: usize = 100_000;

/// Every path below `root` that is not ignored, sorted: for "did you mean" and for names in a
/// different case.
pub(crate) fn every_path(world: &dyn World, root: &str, config: &Config) -> Vec<String> {
    let mut all = Vec::new();
    let mut listed = Listing { world, root, config, visited: BTreeSet::new(), all: &mut all };
    listed.folder(root, &Rules::above(world, root), 0);
    all.sort_unstable();
    all
}

/// A walk that takes every file.
struct Listing<'a> {
    world: &'a dyn World,
    root: &'a str,
    config: &'a Config,
    visited: BTreeSet<String>,
    all: &'a mut Vec<String>,
}

impl Listing<'_> {
    fn folder(&mut self, folder: &str, above: &Rules, depth: usize) {
        let Ok(entries) = self.world.list(folder) else { return };
        let has_rules = entries.iter().any(|entry| entry.name == ".gitignore");
        let rules = if has_rules { above.within(self.world, folder) } else { above.clone() };
        for entry in entries {
            let whole = join(folder, &entry.name);
            let Some(path) = paths::inside(self.root, &whole) else { continue };
            let kind = match entry.kind {
                Kind::Link => self.target(&whole, folder),
                kind => Some(kind),
            };
            let is_never = NEVER.contains(&entry.name.as_str()) || entry.name == CONFIG;
            let is_folder = kind == Some(Kind::Folder);
            if is_never || rules.exclude(&whole, is_folder) || self.config.ignores(path) {
                continue;
            }
            match kind {
                Some(Kind::File) if self.all.len() < MOST => self.all.push(path.to_string()),
                Some(Kind::Folder) if depth < DEEPEST => self.folder(&whole, &rules, depth + 1),
                _ => {}
            }
        }
    }

    fn target(&mut self, link: &str, folder: &str) -> Option<Kind> {
        let real = self.world.real(link).ok()?;
        paths::inside(self.root, &real)?;
        let kind = self.world.look(&real, true).ok()?.kind;
        let is_new = paths::inside(&real, folder).is_none() && self.visited.insert(real);
        (kind != Kind::Folder || is_new).then_some(kind)
    }
}
