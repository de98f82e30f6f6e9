//! Leaves out files that are parts of others.

use super::{Found, SearchCounts};
use crate::classify::SkippedFile;
use crate::config::Layer;
use crate::paths::join;
use rolewright_core::{Files, Input, detect, template};
use std::collections::BTreeSet;

/// The most files listed as similar to a role.
const NEAREST: usize = 3;

impl SearchCounts {
    /// Counts a file that is not checked.
    pub(crate) fn pass(&mut self, path: &str, passed: &SkippedFile) {
        match self.others.iter_mut().find(|(why, _)| *why == passed.why) {
            Some((_, count)) => *count += 1,
            None => self.others.push((passed.why, 1)),
        }
        if passed.near && self.near.len() < NEAREST {
            self.near.push(path.to_string());
        }
    }
}

/// `found` without files that are parts of other files, because they are checked through those.
pub(crate) fn without_parts<'w>(
    found: Vec<Found<'w>>,
    over: &Layer,
    seen: &mut SearchCounts,
) -> Vec<Found<'w>> {
    let mut parts: BTreeSet<String> = BTreeSet::new();
    for Found { path, file, classified, home, .. } in &found {
        let includes = classified.as_ref().is_some_and(|classified| classified.includes);
        // If two files include each other, the first is the role.
        if !includes || parts.contains(file) {
            continue;
        }
        let Some(text) = home.texts.text(path) else { continue };
        let settings = home.settings(path, over);
        let input = Input::new(&text).at(path).with_files(&home.texts);
        let input = input.with_values(&settings.values);
        let read = template::expand(&input, &settings.options).files;
        let others = read.iter().filter(|other| *other != path);
        parts.extend(others.map(|other| join(&home.root, other)));
    }
    let is_own = |found: &Found<'_>| {
        let may_be_part =
            found.classified.as_ref().is_some_and(|classified| classified.may_be_part);
        let is_part = may_be_part && parts.contains(&join(&found.home.root, &found.path));
        if is_part {
            let why = detect::SkipReason::Part.name();
            seen.pass(&found.path, &SkippedFile { why, near: false });
        }
        !is_part
    };
    found.into_iter().filter(is_own).collect()
}
