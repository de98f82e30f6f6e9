//! Defines relations between fields, the places of roles in a file, and the content of hooks and
//! servers.

use serde::Deserialize;

/// A place with a note about the host's behavior there, and the action to take.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Place {
    pub location: String,
    pub note: String,
    pub help: String,
    /// A field that a deprecated place sets in every file, and its value.
    pub sets: Option<[String; 2]>,
    pub source: String,
    pub checked: String,
}

/// A file that names the roles of a plugin.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Manifest {
    pub file: String,
    /// The list of several plugins in it.
    pub list: Option<String>,
    /// The field with the paths of files and folders.
    pub field: String,
    /// The folder that counts in any case.
    pub folder: String,
    pub source: String,
    pub checked: String,
}

/// A field that has an effect only together with another field.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Needs {
    pub field: String,
    pub other: String,
    /// The required values of the other field; empty if any value will do.
    #[serde(default)]
    pub values: Vec<String>,
    pub note: String,
    pub source: String,
    pub checked: String,
}

/// A field, or one of its values, that requires another field.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Requires {
    pub field: String,
    pub value: Option<String>,
    /// Folders in which the absence of the field has the same effect as the value.
    #[serde(default)]
    pub absent_in: Vec<String>,
    pub one_of: Vec<String>,
    /// Whether more than one of them is an error too.
    #[serde(default)]
    pub exclusive: bool,
    /// Fields that are not needed with it.
    #[serde(default)]
    pub spares: Vec<String>,
    /// Whether the prompt may be missing.
    #[serde(default)]
    pub spares_prompt: bool,
    pub effect: String,
    pub note: String,
    pub source: String,
    pub checked: String,
}

/// One of several products that read the same files.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Client {
    pub name: String,
    pub location: String,
    /// Its own names of the shell in lists of tools.
    #[serde(default)]
    pub shells: Vec<String>,
    pub source: String,
    pub checked: String,
}

/// A product that reads several folders, and one of two roles with the same name in them.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Shared {
    pub name: String,
    pub folders: Vec<String>,
    pub source: String,
    pub checked: String,
}

/// When a rule is applied automatically.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Applied {
    pub by: Vec<String>,
    #[serde(default)]
    pub always: Vec<String>,
    pub note: String,
    pub source: String,
    pub checked: String,
}

/// A value that says when a rule applies.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Applies {
    pub when: String,
    pub field: String,
    pub value: String,
    pub source: String,
    pub checked: String,
}

/// The format of hooks.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Hooks {
    /// The host with the same hooks; then the other keys are omitted.
    pub like: Option<String>,
    #[serde(default)]
    pub events: Vec<String>,
    /// Whether an event contains groups, each with a matcher and a `hooks` list.
    #[serde(default)]
    pub grouped: bool,
    /// The types of a hook, each with its required field.
    #[serde(default)]
    pub types: Vec<[String; 2]>,
    /// All fields of a hook; empty if they are not checked.
    #[serde(default)]
    pub fields: Vec<String>,
    /// Tools that a matcher of this version calls differently, each with the name it knows.
    #[serde(default)]
    pub renamed: Vec<[String; 2]>,
    pub renamed_note: Option<String>,
    #[serde(default)]
    pub timeout: String,
    #[serde(default)]
    pub milliseconds: bool,
    /// Whether the whole role is rejected if they are wrong.
    #[serde(default)]
    pub rejects: bool,
    #[serde(default)]
    pub note: String,
    pub source: Option<String>,
    pub checked: Option<String>,
}

/// The host's requirements for the servers of a role.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Servers {
    /// The consequence for a server without a list of its tools.
    pub tools_note: Option<String>,
    /// How the name of a secret must start.
    pub secrets: Option<String>,
    pub secrets_note: Option<String>,
    pub source: String,
    pub checked: String,
}

/// The places of roles in a YAML, TOML or JSON file.
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Roles {
    #[serde(default)]
    pub paths: Vec<String>,
    #[serde(default)]
    pub prompts: Vec<String>,
    /// A file in the folder above that may name the roles instead.
    pub named_by: Option<String>,
    pub source: Option<String>,
    pub checked: Option<String>,
}
