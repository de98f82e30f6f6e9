//! Finds the files to check: walks folders, matches globs, respects .gitignore, does not follow
//! links out of the workspace, and counts the skipped files by reason.

mod parts;
mod walk;

pub(crate) use parts::without_parts;

use crate::classify::{RoleFile, classify};
use crate::failure::Failure;
use crate::globs::{self, Globs};
use crate::ignored::Rules;
use crate::listing::NEVER;
use crate::paths::{self, join, parent, resolve};
use crate::workspace::{Home, Homes};
use crate::world::{FaultKind, Kind, World};
use std::collections::BTreeSet;
use std::sync::Arc;
use walk::Walk;

/// A file to look at.
#[derive(Clone)]
pub(crate) struct Found<'w> {
    /// The path on disk.
    pub file: String,
    /// Its path in its workspace.
    pub path: String,
    /// Whether the user named it rather than a folder.
    pub explicit: bool,
    /// Why a search found it.
    pub classified: Option<RoleFile>,
    pub home: Arc<Home<'w>>,
}

/// Counts of checked and skipped files.
#[derive(Clone, Debug, Default)]
pub(crate) struct SearchCounts {
    pub files: usize,
    pub ignored: usize,
    pub links: usize,
    /// Other files by kind, in the order in which the kinds were found.
    pub others: Vec<(&'static str, usize)>,
    /// Files that resemble a role.
    pub near: Vec<String>,
    /// Whether folders or globs were searched, besides named files.
    pub searched: bool,
}

/// The options of a search.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct SearchOptions {
    /// Skip named files that a search of their folder would not find.
    pub only_roles: bool,
    /// Say why files were skipped.
    pub verbose: bool,
}

/// Everything that a search found.
#[derive(Default)]
pub(crate) struct Search<'w> {
    pub found: Vec<Found<'w>>,
    pub seen: SearchCounts,
    /// Errors about files and folders that could not be read.
    pub complaints: Vec<String>,
    /// Why files were skipped, if requested.
    pub notes: Vec<String>,
    verbose: bool,
    done: BTreeSet<String>,
}

/// The files that `words` refer to, folder by folder.
pub(crate) fn discover<'w>(
    world: &'w dyn World,
    homes: &Homes<'w>,
    words: &[String],
    wanted: SearchOptions,
) -> Result<Search<'w>, Failure> {
    let mut search = Search { verbose: wanted.verbose, ..Search::default() };
    for word in words {
        search.word(world, homes, word, wanted)?;
    }
    Ok(search)
}

impl<'w> Search<'w> {
    fn word(
        &mut self,
        world: &'w dyn World,
        homes: &Homes<'w>,
        word: &str,
        wanted: SearchOptions,
    ) -> Result<(), Failure> {
        let file = resolve(&world.folder(), word);
        match world.look(&file, true) {
            Ok(found) if found.kind == Kind::Folder => {
                self.seen.searched = true;
                // A folder named by the user gets the benefit of the doubt, but a workspace does
                // not.
                let real = real_folder(world, &file)?;
                let home = homes.of_folder(&real)?;
                let is_folder = home.root != real;
                let mut classify = |home: &Home<'_>, path: &str, file: &str| {
                    Some(classify(home, path, file, is_folder))
                };
                self.walk(world, homes, (&real, &home), false, &mut classify)
            }
            Ok(_) => self.named(world, homes, &file, word, wanted),
            Err(_) if globs::is_glob(word) => self.globbed(world, homes, word, wanted),
            Err(fault) => {
                self.complaints.push(format!("{word}: {}", fault.about(word)));
                Ok(())
            }
        }
    }

    fn walk(
        &mut self,
        world: &'w dyn World,
        homes: &Homes<'w>,
        (folder, home): (&str, &Arc<Home<'w>>),
        explicit: bool,
        wants: &mut walk::Wants<'_>,
    ) -> Result<(), Failure> {
        let root = match paths::inside(&home.root, folder) {
            Some(_) => home.root.clone(),
            None => folder.to_string(),
        };
        let rules = Rules::above(world, folder);
        Walk { world, homes, root, explicit, search: self, wants, visited: BTreeSet::new() }
            .folder(folder, home, &rules, 0)
    }

    fn globbed(
        &mut self,
        world: &'w dyn World,
        homes: &Homes<'w>,
        word: &str,
        wanted: SearchOptions,
    ) -> Result<(), Failure> {
        if let Some(fault) = globs::fault(word) {
            return Err(Failure::usage("check", fault));
        }
        let base = resolve(&world.folder(), globs::base(word));
        let rest = word.strip_prefix(globs::base(word)).unwrap_or(word).trim_start_matches('/');
        let real = real_folder(world, &base).ok();
        let matches = Globs::of([rest]);
        let mut any = false;
        let mut wants = |home: &Home<'_>, path: &str, file: &str| {
            let inner = real.as_ref().and_then(|real| paths::inside(real, file));
            let own = inner.is_some_and(|inner| matches.matches(inner));
            any |= own;
            match own {
                false => None,
                true if wanted.only_roles => Some(classify(home, path, file, true)),
                true => Some(Ok(RoleFile::chosen("It was named on the command line."))),
            }
        };
        if let Some(real) = &real {
            let home = homes.of_folder(real)?;
            self.walk(world, homes, (real, &home), true, &mut wants)?;
        }
        if !any {
            self.complaints.push(format!("{word}: no file matches"));
        }
        Ok(())
    }

    fn named(
        &mut self,
        world: &'w dyn World,
        homes: &Homes<'w>,
        file: &str,
        word: &str,
        wanted: SearchOptions,
    ) -> Result<(), Failure> {
        self.seen.files += 1;
        let Ok(folder) = world.real(parent(file)) else {
            self.complaints.push(format!("{word}: {}", crate::Fault::of(FaultKind::Missing)));
            return Ok(());
        };
        let home = homes.of_folder(&folder)?;
        let real = join(&folder, paths::name(file));
        let is_link = world.look(file, false).is_ok_and(|found| found.kind == Kind::Link);
        let leaves = |target: String| paths::inside(&home.root, &target).is_none();
        if is_link && world.real(file).is_ok_and(leaves) {
            self.seen.links += 1;
            let why = "symbolic links out of the workspace are not followed";
            self.complaints.push(format!("{word}: {why}"));
            return Ok(());
        }
        let inner = paths::inside(&home.root, &real);
        let path = inner.unwrap_or_else(|| real.trim_start_matches('/')).to_string();
        if wanted.only_roles
            && let Err(passed) = classify(&home, &path, &real, true)
        {
            self.seen.pass(&path, &passed);
            self.note(word, SkipReason::Other(passed.why));
        } else if wanted.only_roles && inner.is_some() && left_out(world, &home, &path) {
            self.note(word, SkipReason::Ignored);
            self.seen.ignored += 1;
        } else {
            self.add(Found { file: real, path, explicit: true, classified: None, home });
        }
        Ok(())
    }

    /// Records why a file was skipped.
    fn note(&mut self, path: &str, why: SkipReason) {
        if self.verbose {
            self.notes.push(format!("{path}: skipped: {}", why.reason()));
        }
    }

    fn add(&mut self, found: Found<'w>) {
        if self.done.insert(found.file.clone()) {
            self.found.push(found);
        }
    }
}

/// A folder without links.
fn real_folder(world: &dyn World, folder: &str) -> Result<String, Failure> {
    world.real(folder).map_err(|fault| Failure::problem(format!("{folder}: {fault}")))
}

/// Why a file or folder was skipped.
#[derive(Clone, Copy)]
enum SkipReason {
    Other(&'static str),
    Ignored,
    GitIgnored,
    Configured,
    Unfollowed,
}

impl SkipReason {
    fn reason(self) -> &'static str {
        match self {
            SkipReason::Other(why) => why,
            SkipReason::Ignored => "ignored by .gitignore or by `ignore` in rolewright.json",
            SkipReason::GitIgnored => "ignored by .gitignore",
            SkipReason::Configured => "ignored by `ignore` in rolewright.json",
            SkipReason::Unfollowed => "the link is broken or leaves the workspace",
        }
    }
}

/// Whether a walk from the root would not have reached a file.
fn left_out(world: &dyn World, home: &Home<'_>, path: &str) -> bool {
    let mut rules = Rules::above(world, &home.root);
    let mut folder = home.root.clone();
    let parts: Vec<&str> = path.split('/').collect();
    let mut own = String::new();
    for (at, name) in parts.iter().enumerate() {
        own = join(&own, name);
        rules = rules.within(world, &folder);
        folder = join(&folder, name);
        let is_folder = at + 1 < parts.len();
        let never = is_folder && NEVER.contains(name);
        if never || rules.exclude(&folder, is_folder) || home.config.ignores(&own) {
            return true;
        }
    }
    false
}
