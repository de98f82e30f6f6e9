//! Walks through folders: first the files of a folder, then its subfolders, each in name order.

use super::{Found, Search, SkipReason};
use crate::classify::{self, RoleFile};
use crate::config::CONFIG;
use crate::failure::Failure;
use crate::ignored::Rules;
use crate::listing::{DEEPEST, MOST, NEVER};
use crate::paths::{self, join, relative};
use crate::workspace::{Home, Homes};
use crate::world::{Kind, World};
use std::collections::BTreeSet;
use std::sync::Arc;

/// Whether a file is wanted, by its path in its workspace and on the disk; nothing if it is not even
/// counted.
pub(super) type Wants<'a> =
    dyn FnMut(&Home<'_>, &str, &str) -> Option<Result<RoleFile, classify::SkippedFile>> + 'a;

/// A single walk.
pub(super) struct Walk<'a, 'w> {
    pub world: &'w dyn World,
    pub homes: &'a Homes<'w>,
    /// Links that lead out of this folder are not followed.
    pub root: String,
    pub explicit: bool,
    pub search: &'a mut Search<'w>,
    pub wants: &'a mut Wants<'a>,
    pub visited: BTreeSet<String>,
}

impl<'w> Walk<'_, 'w> {
    /// Adds the matching files in `folder`; `above` contains the rules of the folders above it.
    pub(super) fn folder(
        &mut self,
        folder: &str,
        home: &Arc<Home<'w>>,
        above: &Rules,
        depth: usize,
    ) -> Result<(), Failure> {
        let shown = |home: &Home<'_>| match paths::inside(&home.root, folder) {
            Some("") | None => String::from("."),
            Some(path) => path.to_string(),
        };
        let mut entries = match self.world.list(folder) {
            Ok(entries) => entries,
            Err(fault) => {
                self.search.complaints.push(format!("{}: cannot be listed: {fault}", shown(home)));
                return Ok(());
            }
        };
        entries.sort_unstable_by(|a, b| a.name.cmp(&b.name));
        let has = |name| entries.iter().any(|entry| entry.name == name);
        let home = &if has(CONFIG) { self.homes.nested(folder, home)? } else { Arc::clone(home) };
        let rules =
            if has(".gitignore") { above.within(self.world, folder) } else { above.clone() };
        let mut folders = Vec::new();
        for entry in &entries {
            let whole = join(folder, &entry.name);
            let is_link = entry.kind == Kind::Link;
            let Some(kind) = (if is_link { self.target(&whole) } else { Some(entry.kind) }) else {
                self.search.seen.links += 1;
                self.note(&whole, SkipReason::Unfollowed);
                continue;
            };
            let path = paths::inside(&home.root, &whole).unwrap_or(&entry.name);
            match kind {
                Kind::Folder if NEVER.contains(&entry.name.as_str()) => {}
                Kind::Folder => match left_out(&rules, home, &whole, path, true) {
                    Some(why) => {
                        self.search.seen.ignored += 1;
                        self.note(&whole, why);
                    }
                    None => folders.push((whole, is_link)),
                },
                Kind::File if entry.name == CONFIG => {}
                Kind::File if !self.file(&whole, path, home, &rules) => return Ok(()),
                _ => {}
            }
        }
        if depth >= DEEPEST && !folders.is_empty() {
            let why = "folders nested this deeply are not searched";
            self.search.complaints.push(format!("{}: {why}", shown(home)));
            return Ok(());
        }
        for (inner, is_link) in folders {
            // A link inside the workspace is followed only once, because it may lead back up.
            if is_link && !self.is_new(&inner, folder) {
                continue;
            }
            self.folder(&inner, home, &rules, depth + 1)?;
        }
        Ok(())
    }

    /// Examines one file; returns `false` if there are too many.
    fn file(&mut self, whole: &str, path: &str, home: &Arc<Home<'w>>, rules: &Rules) -> bool {
        let seen = &mut self.search.seen;
        seen.files += 1;
        if seen.files > MOST {
            if seen.files == MOST + 1 {
                let why = format!("more than {MOST} files found; name the folders to check");
                self.search.complaints.push(why);
            }
            return false;
        }
        if let Some(why) = left_out(rules, home, whole, path, false) {
            seen.ignored += 1;
            self.note(whole, why);
            return true;
        }
        match (self.wants)(home, path, whole) {
            None => {}
            Some(Err(passed)) => {
                seen.pass(path, &passed);
                self.note(whole, SkipReason::Other(passed.why));
            }
            Some(Ok(classified)) => {
                let (file, path) = (whole.to_string(), path.to_string());
                let (explicit, classified, home) =
                    (self.explicit, Some(classified), Arc::clone(home));
                self.search.add(Found { file, path, explicit, classified, home });
            }
        }
        true
    }

    fn note(&mut self, whole: &str, why: SkipReason) {
        if self.search.verbose {
            self.search.note(&relative(&self.world.folder(), whole), why);
        }
    }

    /// The target of a link, if it is inside the workspace.
    fn target(&self, link: &str) -> Option<Kind> {
        let real = self.world.real(link).ok()?;
        paths::inside(&self.root, &real)?;
        self.world.look(&real, true).ok().map(|found| found.kind)
    }

    fn is_new(&mut self, link: &str, folder: &str) -> bool {
        let Ok(real) = self.world.real(link) else { return false };
        paths::inside(&real, folder).is_none() && self.visited.insert(real)
    }
}

/// The reason a path is skipped, from its path on disk and in its workspace.
fn left_out(
    rules: &Rules,
    home: &Home<'_>,
    whole: &str,
    path: &str,
    is_folder: bool,
) -> Option<SkipReason> {
    match rules.exclude(whole, is_folder) {
        true => Some(SkipReason::GitIgnored),
        false => home.config.ignores(path).then_some(SkipReason::Configured),
    }
}
