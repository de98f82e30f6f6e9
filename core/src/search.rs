//! Searches a project: which of its files are roles, which are included by roles, and which are
//! neither.

use crate::detect::{Asked, Judged, Passed, Place, Why, judge_among, place};
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
    pub judged: Result<Judged, Passed>,
}

/// Classifies every file of a project, in the order of their paths. A file that a role includes is a
/// part of that role, unless it is clearly a role of its own. Reads the texts that may be roles, and of
/// those with includes the texts that they include.
///
/// ```
/// use rolewright_core::{Options, detect::Asked, search};
/// use std::collections::BTreeMap;
///
/// let files: BTreeMap<String, String> = [
///     ("README.md", "# Kit\n"),
///     ("roles/clerk.md", "# Clerk\n\nYou are a clerk.\n\n{{include:roles/limits.md}}\n"),
///     ("roles/limits.md", "# Limits\n\n## Boundaries\n\nPay nothing.\n\n## Principles\n\nBe kind.\n"),
/// ]
/// .map(|(path, text)| (path.to_string(), text.to_string()))
/// .into();
/// let found = search(&files, Asked::Search, &Options::new());
/// let roles: Vec<_> = found.iter().filter(|file| file.judged.is_ok()).collect();
/// assert_eq!(roles[0].path, "roles/clerk.md");
/// assert_eq!(roles.len(), 1);
/// ```
pub fn search(files: &dyn Files, asked: Asked, options: &Options) -> Vec<Found> {
    let mut including = Vec::new();
    let mut found = Vec::new();
    for path in files.paths() {
        let judged = match place(&path) {
            Place::Never(why) if asked != Asked::File => Err(Passed { why, near: false }),
            _ => {
                let Some(text) = files.text(&path) else { continue };
                let judged = judge_among(&path, &text, asked, files);
                if judged.is_ok() && memchr::memmem::find(text.as_bytes(), b"{{").is_some() {
                    including.push(found.len());
                }
                judged
            }
        };
        found.push(Found { path: path.into_owned(), judged });
    }
    let mut parts = BTreeSet::new();
    for role in including.into_iter().filter_map(|at| found.get(at)) {
        // Of two files that include each other, the first is the role.
        if !parts.contains(&role.path) {
            parts.extend(included(files, &role.path, options));
        }
    }
    for file in found.iter_mut().filter(|file| parts.contains(&file.path)) {
        if is_part(&file.judged) {
            file.judged = Err(Passed { why: Why::Part, near: false });
        }
    }
    found
}

/// Whether a file that another role includes is only a part of that role.
fn is_part(judged: &Result<Judged, Passed>) -> bool {
    match judged {
        Ok(judged) => judged.may_be_part(),
        Err(passed) => passed.why == Why::Text,
    }
}

/// The files that the role at `path` includes, and those that they include.
fn included(files: &dyn Files, path: &str, options: &Options) -> Vec<String> {
    let Some(text) = files.text(path) else { return Vec::new() };
    let values = Values::new();
    let input = Input::new(&text).at(path).with_files(files).with_values(&values);
    let mut read = template::expand(&input, options).files;
    read.retain(|file| file != path);
    read
}
