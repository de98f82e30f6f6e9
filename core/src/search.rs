//! Searches a project: determines which of its files are roles, which are included by roles, and
//! which are neither.

use crate::detect::{FoundBy, Place, RoleFile, SkipReason, SkippedFile, classify_among, place};
use crate::input::Input;
use crate::options::Options;
use crate::template;
use crate::workspace::{Files, Values};
use alloc::collections::BTreeSet;
use alloc::string::String;
use alloc::vec::Vec;

/// A file that a search found.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct Found {
    /// Its path.
    pub path: String,
    /// Whether it is a role and whose, or why not.
    pub classified: Result<RoleFile, SkippedFile>,
}

/// Classifies every file of a project, in path order. A file that a role includes is a part of that
/// role, unless it is clearly a separate role. Reads the texts that may be roles and, if they
/// contain includes, the included texts.
///
/// ```
/// use rolewright_core::{Options, detect::FoundBy, search};
/// use std::collections::BTreeMap;
///
/// let files: BTreeMap<String, String> = [
///     ("README.md", "# Kit\n"),
///     ("roles/clerk.md", "# Clerk\n\nYou are a clerk.\n\n{{include:roles/limits.md}}\n"),
///     ("roles/limits.md", "# Limits\n\n## Boundaries\n\nPay nothing.\n\n## Principles\n\nBe kind.\n"),
/// ]
/// .map(|(path, text)| (path.to_string(), text.to_string()))
/// .into();
/// let found = search(&files, FoundBy::Search, &Options::new());
/// let roles: Vec<_> = found.iter().filter(|file| file.classified.is_ok()).collect();
/// assert_eq!(roles[0].path, "roles/clerk.md");
/// assert_eq!(roles.len(), 1);
/// ```
pub fn search(files: &dyn Files, found_by: FoundBy, options: &Options) -> Vec<Found> {
    let mut including = Vec::new();
    let mut found = Vec::new();
    for path in files.paths() {
        let classified = match place(&path) {
            Place::Never(why) if found_by != FoundBy::File => Err(SkippedFile { why, near: false }),
            _ => {
                let Some(text) = files.text(&path) else { continue };
                let classified = classify_among(&path, &text, found_by, files);
                if classified.is_ok() && memchr::memmem::find(text.as_bytes(), b"{{").is_some() {
                    including.push(found.len());
                }
                classified
            }
        };
        found.push(Found { path: path.into_owned(), classified });
    }
    let mut parts = BTreeSet::new();
    for role in including.into_iter().filter_map(|at| found.get(at)) {
        // If two files include each other, the first is the role.
        if !parts.contains(&role.path) {
            parts.extend(included(files, &role.path, options));
        }
    }
    for file in found.iter_mut().filter(|file| parts.contains(&file.path)) {
        if is_part(&file.classified) {
            file.classified = Err(SkippedFile { why: SkipReason::Part, near: false });
        }
    }
    found
}

/// Whether a file that another role includes is only a part of that role.
fn is_part(classified: &Result<RoleFile, SkippedFile>) -> bool {
    match classified {
        Ok(classified) => classified.may_be_part(),
        Err(skipped) => skipped.why == SkipReason::Text,
    }
}

/// The files that the role at `path` includes, directly or indirectly.
fn included(files: &dyn Files, path: &str, options: &Options) -> Vec<String> {
    let Some(text) = files.text(path) else { return Vec::new() };
    let values = Values::new();
    let input = Input::new(&text).at(path).with_files(files).with_values(&values);
    let mut read = template::expand(&input, options).files;
    read.retain(|file| file != path);
    read
}
