//! Describes as data which files are roles, and why.

use super::Detected;
use crate::host::Host;
use alloc::format;
use alloc::string::String;

/// How a file was found.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FoundBy {
    /// A search through a project came across it.
    Search,
    /// Its folder was named, so the file gets the benefit of the doubt.
    Folder,
    /// The file itself was named.
    File,
}

/// A file that is a role.
#[derive(Clone, Copy, Debug)]
#[non_exhaustive]
pub struct RoleFile {
    /// The host it is for, and how that was found.
    pub detected: Detected,
    /// The evidence that it is a role.
    pub sign: Sign,
}

/// The evidence that a file is a role.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Sign {
    /// It was named.
    Named,
    /// A host looks there.
    Place,
    /// Its front matter, which is typical of a role.
    Fields,
    /// The roles in a data file.
    Roles,
    /// Its text, in a folder where people keep roles.
    Folder,
    /// Its text, in a folder that was named.
    NamedFolder,
    /// Its text, regardless of the folder.
    Text,
}

/// A file that is not a role.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct SkippedFile {
    /// Why not.
    pub why: SkipReason,
    /// Whether it resembles a role, so that its author may have intended one.
    pub near: bool,
}

/// The reason a file is not a role.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
#[non_exhaustive]
pub enum SkipReason {
    /// It is neither Markdown nor YAML, TOML or JSON.
    Syntax,
    /// It is documentation of a project.
    Documentation,
    /// Another program keeps its settings in it.
    Settings,
    /// Nothing in its content indicates a role.
    Text,
    /// Another role includes it, and it is checked as a part of that role.
    Part,
    /// It is in the folder of a skill, which reads it when it needs it.
    Skill,
}

impl SkipReason {
    /// The kind of file, for counts: "12 documentation".
    ///
    /// ```
    /// use rolewright_core::detect::{FoundBy, classify};
    ///
    /// let skipped = classify("office/README.md", "# Office\n", FoundBy::Search).err().unwrap();
    /// assert_eq!(skipped.why.name(), "documentation");
    /// ```
    pub const fn name(self) -> &'static str {
        match self {
            SkipReason::Syntax => "of other types",
            SkipReason::Documentation => "documentation",
            SkipReason::Settings => "settings of other programs",
            SkipReason::Text => "without signs of a role",
            SkipReason::Part => "included in other roles",
            SkipReason::Skill => "resources of skills",
        }
    }
}

impl RoleFile {
    /// The evidence that the file is a role and the source of its host, as sentences.
    ///
    /// ```
    /// use rolewright_core::detect::{FoundBy, classify};
    ///
    /// let text = "---\nname: clerk\ndescription: Answers. Use it daily.\ntools: Read\n---\nAnswer.\n";
    /// let classified = classify("office/clerk.md", text, FoundBy::Search).ok().unwrap();
    /// assert!(classified.reason().contains("Claude Code"));
    /// ```
    pub fn reason(&self) -> String {
        let host = self.detected.reason();
        match self.sign {
            Sign::Named | Sign::Place => host,
            Sign::Fields => format!("It has the front matter of a role. {host}"),
            Sign::Roles => format!("It contains roles. {host}"),
            Sign::Folder => {
                format!("Its text reads like a role, and its folder is one for roles. {host}")
            }
            Sign::NamedFolder => {
                format!("Its text reads like a role, and its folder was named. {host}")
            }
            Sign::Text => format!("Its text reads like a role. {host}"),
        }
    }

    /// Whether only its text makes it a role, in which case it becomes part of a role that includes
    /// it.
    ///
    /// ```
    /// use rolewright_core::detect::{FoundBy, classify};
    ///
    /// let text = "---\nname: clerk\ndescription: Answers. Use it daily.\ntools: Read\n---\nAnswer.\n";
    /// let classified = classify("office/clerk.md", text, FoundBy::Search).ok().unwrap();
    /// // Its front matter makes it a role of its own.
    /// assert!(!classified.may_be_part());
    /// ```
    pub fn may_be_part(&self) -> bool {
        matches!(self.sign, Sign::Folder | Sign::NamedFolder | Sign::Text)
    }

    /// The host.
    ///
    /// ```
    /// use rolewright_core::detect::{FoundBy, classify};
    ///
    /// let text = "---\nname: clerk\ndescription: Answers. Use it daily.\ntools: Read\n---\nAnswer.\n";
    /// let classified = classify("office/clerk.md", text, FoundBy::Search).ok().unwrap();
    /// assert_eq!(classified.host().id, "claude-code");
    /// ```
    pub fn host(&self) -> &'static Host {
        self.detected.host
    }
}
