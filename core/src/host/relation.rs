//! Describes how fields depend on each other, and the structure inside certain fields: hooks,
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
    /// The manifest's list of plugins, each with its folder in `source`; `None` if the manifest
    /// describes a single plugin.
    pub list: Option<&'static str>,
    /// The field with the paths of files and folders.
    pub field: &'static str,
    /// The folder that counts in any case.
    pub folder: &'static str,
}

/// A field that has an effect only together with another field.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Needs {
    /// The field.
    pub field: &'static str,
    /// The other one.
    pub other: &'static str,
    /// The required values of the other field; empty if any value will do.
    pub values: &'static [&'static str],
    /// The host's behavior without the other field, in one sentence.
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
    /// Folders in which the absence of the field has the same effect as the value.
    pub absent_in: &'static [&'static str],
    /// The alternative fields, one of which is required.
    pub one_of: &'static [&'static str],
    /// Whether more than one of them is an error too.
    pub exclusive: bool,
    /// Fields that become optional with it, although the host normally requires them.
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
    /// The folder that only this product searches, as a glob.
    pub location: &'static str,
    /// Its own names of the shell in lists of tools.
    pub shells: &'static [&'static str],
}

/// A product that reads several folders, and one of two roles with the same name in them.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Shared {
    /// Its name.
    pub name: &'static str,
    /// The folders, each relative to the root of a project.
    pub folders: &'static [&'static str],
}

/// When a host applies a rule automatically.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Applied {
    /// The alternative fields, one of which must be present.
    pub by: &'static [&'static str],
    /// Files that are always applied, as globs.
    pub always: &'static [&'static str],
    /// The consequence for a rule without any of the fields, in one sentence.
    pub note: &'static str,
}

/// A value of a field that says when a rule applies.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Applies {
    /// When the rule applies.
    pub when: When,
    /// The name of the field.
    pub field: &'static str,
    /// The value.
    pub value: &'static str,
}

/// When a rule applies.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum When {
    /// To every request.
    Always,
    /// To requests about files that match its patterns.
    Files,
    /// Where the model finds that its description fits.
    Described,
    /// When it is mentioned.
    Mentioned,
}

/// The format of a host's `hooks`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Hooks {
    /// The valid events.
    pub events: &'static [&'static str],
    /// Whether an event contains groups, each with a matcher and a `hooks` list.
    pub grouped: bool,
    /// The types of a hook, each with its required field; the first type is the default.
    pub types: &'static [(&'static str, &'static str)],
    /// All fields of a hook; empty if they are not checked.
    pub fields: &'static [&'static str],
    /// Tools that a matcher calls by another name in another version, each with the name that all
    /// versions know.
    pub renamed: &'static [(&'static str, &'static str)],
    /// The consequence of such a name, in one sentence.
    pub renamed_note: &'static str,
    /// The field that limits its time, and whether the unit is milliseconds.
    pub timeout: (&'static str, bool),
    /// Whether invalid hooks make the host reject the whole role.
    pub rejects: bool,
    /// The consequence of invalid hooks, in one sentence.
    pub note: &'static str,
}

/// A host's requirements for the servers that a role declares.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Servers {
    /// The consequence for a server without a list of its tools, if it needs one.
    pub tools: Option<&'static str>,
    /// The required prefix of a secret's name, and the consequence for other names.
    pub secrets: Option<(&'static str, &'static str)>,
}

impl super::Host {
    /// A sentence that says that a field has no effect. A format shared by several products has no
    /// behavior of its own, so it names the clients.
    pub(crate) fn ignores(&self) -> String {
        match self.clients {
            [] => format!("{} ignores the field.", self.product),
            _ => String::from("Clients ignore the field."),
        }
    }

    /// The only product that looks in the folder of a file.
    pub(crate) fn client(&self, path: &str) -> Option<&'static Client> {
        self.clients.iter().find(|client| path::matches(client.location, path))
    }

    /// The product that fills in the placeholders of a file, if any; `client` is the only product
    /// that reads the file.
    pub(crate) fn fills_in(&self, client: Option<&Client>, path: &str) -> Option<&'static str> {
        let mut readers = self.placeholder_readers.iter().copied();
        match client {
            _ if self.placeholder_readers.is_empty() => Some(self.product),
            Some(client) => readers.find(|reader| *reader == client.name),
            None => readers.find(|reader| looks_in(reader, path)),
        }
    }

    /// Whether a product that shares the format would look in a folder with the name of a folder
    /// above the file. If only the file's own folder is known, a folder above it may have that
    /// name.
    pub(crate) fn may_be_loaded(&self, path: &str) -> bool {
        let searched = |client: &Client| client.location.split("/**").next()?.rsplit('/').next();
        let mut searched = self.clients.iter().filter_map(searched);
        self.clients.is_empty()
            || path.split('/').count() < 3
            || searched.any(|folder| path.split('/').any(|part| part == folder))
    }

    /// The conditions under which it applies a rule automatically, if they depend on the fields of
    /// this file.
    pub(crate) fn applied(&self, path: &str) -> Option<&Applied> {
        self.applied.as_ref().filter(|_| !self.is_always_applied(path))
    }

    /// Whether a file at `path` is applied to every request, regardless of its front matter.
    pub(crate) fn is_always_applied(&self, path: &str) -> bool {
        let always = self.applied.iter().flat_map(|applied| applied.always);
        always.into_iter().any(|place| path::matches(place, path))
    }
}

/// Whether a product may look into the innermost hidden folder of a path: it looks only into its own.
fn looks_in(product: &str, path: &str) -> bool {
    let mut folders = path.rsplit('/').skip(1);
    let Some(hidden) = folders.find(|name| name.starts_with('.') && name.len() > 2) else {
        return true;
    };
    let own = super::HOSTS.iter().filter(|host| host.product == product);
    own.flat_map(|host| host.locations).any(|at| at.split('/').next() == Some(hidden))
}
