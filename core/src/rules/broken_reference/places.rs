//! Looks up files and folders of a workspace in the sorted list of paths.

use crate::rules::Context;
use crate::text::folder;
use crate::workspace::below;
use alloc::borrow::Cow;
use alloc::rc::Rc;
use alloc::vec::Vec;

/// The paths of a workspace, sorted.
pub(super) struct Places<'p>(Rc<Vec<Cow<'p, str>>>);

impl<'p> Places<'p> {
    pub(super) fn of(cx: &Context<'p>) -> Self {
        Self(cx.paths())
    }

    /// Whether there is a file or folder at this path.
    pub(super) fn has(&self, place: &str) -> bool {
        self.0.binary_search_by(|path| (**path).cmp(place)).is_ok() || self.has_below(place)
    }

    /// The file whose path differs from the given path only in case.
    pub(super) fn in_other_case(&self, place: &str) -> Option<&str> {
        if self.has(place) {
            return None;
        }
        let is_it = |path: &&str| path.len() == place.len() && path.eq_ignore_ascii_case(place);
        self.0.iter().map(|path| &**path).find(is_it)
    }

    /// Whether there is a file in a folder or below it.
    pub(super) fn has_below(&self, folder: &str) -> bool {
        !self.below(folder).is_empty()
    }

    /// The files in a folder and its subfolders; all files for the workspace itself, whose path is
    /// empty.
    pub(super) fn below(&self, folder: &str) -> &[Cow<'p, str>] {
        below(&self.0, folder)
    }

    /// The folders and files directly in a folder.
    pub(super) fn children(&self, folder: &str) -> Vec<&str> {
        let length = folder.len() + 1;
        let mut children: Vec<&str> = Vec::new();
        for path in self.below(folder) {
            let end = path.get(length..).and_then(|rest| rest.find('/'));
            let child = end.and_then(|end| path.get(..length + end)).unwrap_or(path);
            if children.last() != Some(&child) {
                children.push(child);
            }
        }
        children
    }

    /// Whether a file other than `own` is directly in a folder.
    pub(super) fn has_beside(&self, place: &str, own: &str) -> bool {
        let beside = folder(place);
        let mut paths = self.below(beside).iter();
        paths.any(|path| folder(path) == beside && **path != *own)
    }

    /// The files whose path equals this path or ends with it.
    pub(super) fn ending(&self, end: &str) -> impl Iterator<Item = &str> {
        let ends = move |path: &&str| match path.len().checked_sub(end.len()) {
            // Comparing one byte first rules out most of the many files of a workspace.
            Some(at @ 1..) => path.as_bytes().get(at - 1) == Some(&b'/') && path.ends_with(end),
            Some(0) => *path == end,
            None => false,
        };
        self.0.iter().map(|path| &**path).filter(ends)
    }
}

/// Whether another file of the same name may be the intended one: names often repeat in a large
/// workspace, so both must also be in the same part of the workspace or in folders of the same
/// name.
pub(super) fn is_near(from: &str, place: &str, other: &str) -> bool {
    let part = top(other);
    part.is_empty() || part == top(place) || part == top(from) || last(other) == last(place)
}

/// The outermost folder of a path.
fn top(path: &str) -> &str {
    path.split_once('/').map_or("", |(top, _)| top)
}

/// The innermost folder of a path.
fn last(path: &str) -> &str {
    folder(path).rsplit('/').next().unwrap_or("")
}
