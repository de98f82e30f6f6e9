//! The files around a role and the values of its variables: what includes and cross-file rules see.

use crate::map::Map;
use alloc::borrow::ToOwned;
use alloc::collections::BTreeMap;
use alloc::string::String;
use alloc::vec::Vec;

/// Files of a workspace by path: `/` between folders, relative to the workspace root, no `.` or `..`.
pub trait Files {
    /// The text of a file, or `None` where there is none.
    fn text(&self, path: &str) -> Option<&str>;

    /// Every path there is, sorted; for "did you mean" and for rules across files.
    fn paths(&self) -> Vec<&str>;

    /// Whether other files can be seen at all. Where they cannot, a rule must not claim that
    /// something is missing from the workspace.
    fn is_known(&self) -> bool {
        true
    }
}

/// No other files are to be seen: includes are reported as missing, rules across files stay quiet.
#[derive(Clone, Copy, Debug, Default)]
pub struct NoFiles;

impl Files for NoFiles {
    fn text(&self, _path: &str) -> Option<&str> {
        None
    }

    fn paths(&self) -> Vec<&str> {
        Vec::new()
    }

    fn is_known(&self) -> bool {
        false
    }
}

impl Files for BTreeMap<String, String> {
    fn text(&self, path: &str) -> Option<&str> {
        self.get(path).map(String::as_str)
    }

    fn paths(&self) -> Vec<&str> {
        self.keys().map(String::as_str).collect()
    }
}

/// Values of template variables by name. An empty string is a value.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Values(Map<String>);

impl Values {
    /// No values.
    pub fn new() -> Self {
        Self::default()
    }

    /// The value of `name`, where one was given.
    pub fn get(&self, name: &str) -> Option<&str> {
        self.0.get(name).map(String::as_str)
    }

    /// Gives `name` a value; a second one replaces the first.
    pub fn set(&mut self, name: &str, value: &str) {
        self.0.insert(name.to_owned(), value.to_owned());
    }

    /// Every name and value, sorted by name.
    pub fn iter(&self) -> impl Iterator<Item = (&str, &str)> {
        self.0.iter().map(|(name, value)| (name, value.as_str()))
    }
}

impl FromIterator<(String, String)> for Values {
    fn from_iter<I: IntoIterator<Item = (String, String)>>(pairs: I) -> Self {
        Self(pairs.into_iter().collect())
    }
}
