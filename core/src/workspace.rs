//! The files around a role and the values of its variables, as includes and cross-file checks see
//! them.

use crate::agents::Agents;
use crate::host::Host;
use crate::summary::RoleSummary;
use alloc::borrow::{Cow, ToOwned};
use alloc::collections::BTreeMap;
use alloc::string::String;
use alloc::vec::Vec;

/// Files of a workspace by path: `/` between folders, relative to the workspace root, no `.` or `..`.
///
/// A program that reads files on demand returns owned texts; one that keeps them lends them.
///
/// ```
/// use rolewright_core::Files;
/// use std::borrow::Cow;
///
/// struct Folder(std::path::PathBuf);
///
/// impl Files for Folder {
///     fn text(&self, path: &str) -> Option<Cow<'_, str>> {
///         std::fs::read_to_string(self.0.join(path)).ok().map(Cow::Owned)
///     }
///     fn paths(&self) -> Vec<Cow<'_, str>> {
///         Vec::new() // A real one lists its folder.
///     }
///     fn exists(&self, path: &str) -> bool {
///         self.0.join(path).is_file()
///     }
/// }
///
/// assert!(!Folder("no such folder".into()).exists("a.md"));
/// ```
pub trait Files {
    /// The text of a file, or `None` if the file does not exist. Requested only when the text is
    /// needed, but possibly more than once.
    fn text(&self, path: &str) -> Option<Cow<'_, str>>;

    /// The sorted paths of all files, for "did you mean" and for cross-file checks.
    fn paths(&self) -> Vec<Cow<'_, str>>;

    /// Whether a file exists. The default implementation requests its text.
    fn exists(&self, path: &str) -> bool {
        self.text(path).is_some()
    }

    /// Whether other files can be seen at all. If not, a rule must not claim that something is
    /// missing from the workspace.
    fn is_known(&self) -> bool {
        true
    }

    /// The agents among the files. The default implementation reads every file in a place for
    /// agents, so a workspace that serves many checks should cache the result.
    fn agents(&self) -> Agents {
        Agents::of(&self.paths(), &|path| self.text(path))
    }

    /// The summary of the role in a file, for `host` or for the detected host, which is what `read`
    /// returns. The default implementation calls `read` for each comparison, so a workspace that
    /// serves many checks should cache the result by `path` and `host`.
    fn summary(
        &self,
        path: &str,
        host: Option<&'static Host>,
        read: &dyn Fn() -> Option<RoleSummary>,
    ) -> Option<RoleSummary> {
        let _ = (path, host);
        read()
    }
}

/// The paths in a folder and below it, among sorted ones; all of them for the workspace itself, which has no
/// name.
pub(crate) fn below<'a, 'p>(paths: &'a [Cow<'p, str>], folder: &str) -> &'a [Cow<'p, str>] {
    if folder.is_empty() {
        return paths;
    }
    let start = [folder, "/"].concat();
    let first = paths.partition_point(|path| **path < *start);
    let rest = paths.get(first..).unwrap_or(&[]);
    let count = rest.partition_point(|path| path.starts_with(&start));
    rest.get(..count).unwrap_or(&[])
}

/// A workspace without other files: includes are reported as missing, and cross-file checks report
/// nothing.
#[derive(Clone, Copy, Debug, Default)]
pub struct NoFiles;

impl Files for NoFiles {
    fn text(&self, _path: &str) -> Option<Cow<'_, str>> {
        None
    }

    fn paths(&self) -> Vec<Cow<'_, str>> {
        Vec::new()
    }

    fn is_known(&self) -> bool {
        false
    }
}

impl Files for BTreeMap<String, String> {
    fn text(&self, path: &str) -> Option<Cow<'_, str>> {
        self.get(path).map(Cow::from)
    }

    fn paths(&self) -> Vec<Cow<'_, str>> {
        self.keys().map(Cow::from).collect()
    }

    fn exists(&self, path: &str) -> bool {
        self.contains_key(path)
    }
}

/// Values of template variables by name. An empty string is a value.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Values(BTreeMap<String, String>);

impl Values {
    /// No values.
    ///
    /// ```
    /// use rolewright_core::Values;
    ///
    /// assert_eq!(Values::new().iter().count(), 0);
    /// ```
    pub const fn new() -> Self {
        Self(BTreeMap::new())
    }

    /// The value of `name`, where one was given.
    ///
    /// ```
    /// use rolewright_core::Values;
    ///
    /// let values = Values::from_iter([("NAME".to_string(), "Ann".to_string())]);
    /// assert_eq!((values.get("NAME"), values.get("name")), (Some("Ann"), None));
    /// ```
    pub fn get(&self, name: &str) -> Option<&str> {
        self.0.get(name).map(String::as_str)
    }

    /// Sets the value of `name`; a second value replaces the first.
    ///
    /// ```
    /// use rolewright_core::Values;
    ///
    /// let mut values = Values::new();
    /// values.set("NAME", "Ann");
    /// values.set("NAME", "Ben");
    /// assert_eq!(values.get("NAME"), Some("Ben"));
    /// ```
    pub fn set(&mut self, name: &str, value: &str) {
        self.0.insert(name.to_owned(), value.to_owned());
    }

    /// Every name and value, sorted by name.
    ///
    /// ```
    /// use rolewright_core::Values;
    ///
    /// let mut values = Values::new();
    /// values.set("NAME", "Ann");
    /// values.set("LANGUAGE", "English");
    /// let pairs: Vec<_> = values.iter().collect();
    /// assert_eq!(pairs, [("LANGUAGE", "English"), ("NAME", "Ann")]);
    /// ```
    pub fn iter(&self) -> impl Iterator<Item = (&str, &str)> {
        self.0.iter().map(|(name, value)| (name.as_str(), value.as_str()))
    }
}

impl FromIterator<(String, String)> for Values {
    fn from_iter<I: IntoIterator<Item = (String, String)>>(pairs: I) -> Self {
        Self(pairs.into_iter().collect())
    }
}
