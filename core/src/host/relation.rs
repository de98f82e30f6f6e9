//! How fields depend on each other, and what is inside fields with a structure of their own: hooks,
//! servers, and the clients that share a format.

use super::Effect;
use super::path;
use alloc::format;
use alloc::string::String;

/// A file that names the roles of a plugin.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Manifest {
    /// Its path in the folder of the plugin, or of a collection of plugins.
    pub file: &'static str,
    /// The list of plugins in it, each with the folder in `source`; `None` where it describes one.
    pub list: Option<&'static str>,
    /// The field with the paths of files and folders.
    pub field: &'static str,
    /// The folder that counts in any case.
    pub folder: &'static str,
}

/// A field that has an effect only together with another one.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Needs {
    /// The field.
    pub field: &'static str,
    /// The other one.
    pub other: &'static str,
    /// The values that the other one must have; empty if any value will do.
    pub values: &'static [&'static str],
    /// What the host does without it, in one sentence.
    pub note: &'static str,
}

/// A field, or one of its values, that requires another field.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Requires {
    /// The field.
    pub field: &'static str,
    /// Its value; `None` if any value requires it.
    pub value: Option<&'static str>,
    /// The fields of which one is required.
    pub one_of: &'static [&'static str],
    /// Fields that are not needed with it, though the host requires them elsewhere.
    pub spares: &'static [&'static str],
    /// Whether the role needs no prompt then.
    pub spares_prompt: bool,
    /// The effect of its absence.
    pub effect: Effect,
    /// A sentence about that.
    pub note: &'static str,
}

/// One of several products that read the same files.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Client {
    /// Its name, as in [`super::Field::readers`].
    pub name: &'static str,
    /// The folder that only this product looks in, as a glob.
    pub location: &'static str,
}

/// When a host applies a rule automatically.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Applied {
    /// The fields of which one must be there.
    pub by: &'static [&'static str],
    /// Files that are always applied, as globs.
    pub always: &'static [&'static str],
    /// What happens to a rule without any of the fields, in one sentence.
    pub note: &'static str,
}

/// What a host reads in its `hooks`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Hooks {
    /// The valid events.
    pub events: &'static [&'static str],
    /// Whether an event holds groups with a matcher and `hooks` of their own.
    pub grouped: bool,
    /// The types of a hook, and the field that each needs; the first is the default.
    pub types: &'static [(&'static str, &'static str)],
    /// The field that limits its time, and whether it counts milliseconds.
    pub timeout: (&'static str, bool),
    /// Whether invalid hooks make the host reject the whole role.
    pub rejects: bool,
    /// What the host does about invalid hooks, in one sentence.
    pub note: &'static str,
}

/// What a host requires of the servers that a role declares.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Servers {
    /// What happens to a server without a list of its tools, if it needs one.
    pub tools: Option<&'static str>,
    /// How the name of a secret must start, and what happens to others.
    pub secrets: Option<(&'static str, &'static str)>,
}

impl super::Host {
    /// That a field has no effect, as a sentence: a format that several products share does nothing itself.
    pub(crate) fn ignores(&self) -> String {
        match self.clients {
            [] => format!("{} ignores the field.", self.product),
            _ => String::from("Clients ignore the field."),
        }
    }

    /// The product that alone looks in the folder of a file.
    pub(crate) fn client(&self, path: &str) -> Option<&'static Client> {
        self.clients.iter().find(|client| path::matches(client.location, path))
    }

    /// The product that fills in the placeholders of a file that this client alone reads, if one does.
    pub(crate) fn fills_in(&self, client: Option<&Client>) -> Option<&'static str> {
        let readers = self.placeholder_readers;
        match client {
            Some(client) if !readers.is_empty() => {
                readers.iter().copied().find(|reader| *reader == client.name)
            }
            _ => Some(readers.first().copied().unwrap_or(self.product)),
        }
    }

    /// Whether a product that shares the format would look in a folder with the name of one above the file.
    /// If only the file's own folder is known, the one above may have that name.
    pub(crate) fn may_be_loaded(&self, path: &str) -> bool {
        let searched = |client: &Client| client.location.split("/**").next()?.rsplit('/').next();
        let mut searched = self.clients.iter().filter_map(searched);
        self.clients.is_empty()
            || path.split('/').count() < 3
            || searched.any(|folder| path.split('/').any(|part| part == folder))
    }

    /// When it applies a rule automatically, where that depends on the fields of this file.
    pub(crate) fn applied(&self, path: &str) -> Option<&Applied> {
        self.applied.as_ref().filter(|_| !self.is_always_applied(path))
    }

    /// Whether a file at `path` is applied to every request, whatever its front matter says.
    pub(crate) fn is_always_applied(&self, path: &str) -> bool {
        let always = self.applied.iter().flat_map(|applied| applied.always);
        always.into_iter().any(|place| path::matches(place, path))
    }
}
