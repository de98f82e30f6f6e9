//! What the playground's page and its engine say to each other: plain data, nothing of the engine.
//!
//! Every offset is a UTF-16 offset into the text it belongs to, because that is what the browser's
//! editor counts in. The engine converts once, on its side.

mod analysis;
mod prompt;

pub use analysis::{
    Analysis, Edit, Fix, HostFile, IncludeNode, IncludeState, Label, Loss, Place, Problem, Variable,
};
pub use prompt::{Limit, Prompt, Segment, SegmentKind, Share};

use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// Raised whenever a message changes its shape: a page and an engine of different deployments must
/// notice each other.
pub const PROTOCOL: u32 = 2;

/// A message as the bytes that cross.
pub fn encode<T: Serialize>(message: &T) -> Vec<u8> {
    // Writing plain data into memory cannot fail; nothing at all would be a message nobody reads.
    postcard::to_allocvec(message).unwrap_or_default()
}

/// The message in bytes; `None` where they are none of this protocol.
pub fn decode<T: for<'de> Deserialize<'de>>(bytes: &[u8]) -> Option<T> {
    postcard::from_bytes(bytes).ok()
}

/// What the page asks of the engine. `rev` numbers the page's states; the answer repeats it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Ask {
    /// Check and compile the entry role.
    Analyse {
        /// The page's revision.
        rev: u64,
        /// What to analyse.
        project: Project,
    },
    /// Work out the edits of all safe fixes of one file, proved by checking again.
    FixAll {
        /// The page's revision.
        rev: u64,
        /// What to fix.
        project: Project,
        /// The file whose fixes are wanted.
        path: String,
    },
}

impl Ask {
    /// The revision this question is about.
    pub fn rev(&self) -> u64 {
        match self {
            Ask::Analyse { rev, .. } | Ask::FixAll { rev, .. } => *rev,
        }
    }
}

/// The whole state the engine judges: it keeps nothing between two questions.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Project {
    /// Path of the role that is compiled.
    pub entry: String,
    /// Path of the file in the editor; the same as `entry` unless an included file is open.
    pub active: String,
    /// Every file of the workspace by its path, with `/`.
    pub files: BTreeMap<String, String>,
    /// Values of template variables; a variable that is absent is unset.
    pub values: BTreeMap<String, String>,
    /// Host id, or `None` to detect it.
    pub host: Option<String>,
    /// `core`, `recommended` or `style`.
    pub profile: String,
    /// Severity overrides by rule name: `off`, `error`, `warning` or `info`.
    pub rules: BTreeMap<String, String>,
}

/// What the engine says.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Say {
    /// The engine has started; nothing is sent to it before.
    Ready {
        /// [`PROTOCOL`] as the engine was built with.
        protocol: u32,
        /// Version of the engine.
        version: String,
        /// Every host it knows.
        hosts: Vec<HostInfo>,
        /// Every rule it knows.
        rules: Vec<RuleInfo>,
    },
    /// The answer to [`Ask::Analyse`].
    Analysed {
        /// The revision the question had.
        rev: u64,
        /// What was found.
        analysis: Box<Analysis>,
    },
    /// The answer to [`Ask::FixAll`].
    Fixed {
        /// The revision the question had.
        rev: u64,
        /// The file the edits belong to.
        path: String,
        /// Disjoint edits in ascending order; empty when there is nothing to do.
        edits: Vec<Edit>,
        /// How many findings the edits remove.
        fixed: u32,
        /// How many findings stay.
        left: u32,
    },
}

/// A host as the picker shows it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct HostInfo {
    /// Stable id, such as `claude-code`.
    pub id: String,
    /// Name for people.
    pub title: String,
}

/// A rule; its documentation is a file that the page fetches when it is asked for.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct RuleInfo {
    /// Stable name in kebab case.
    pub name: String,
    /// Severity where no host says otherwise.
    pub severity: Severity,
}

/// How much a finding matters.
#[derive(
    Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize,
)]
#[serde(rename_all = "lowercase")]
pub enum Severity {
    /// The host rejects or ignores the file, or it is a security fact.
    Error,
    /// The host reads it differently from what is written, or it is very likely wrong.
    Warning,
    /// Advice.
    #[default]
    Info,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_message_comes_out_as_it_went_in() {
        let project = Project {
            entry: "é.md".into(),
            files: [("é.md".to_string(), "😀\r\n".to_string())].into(),
            host: Some("plain".into()),
            ..Project::default()
        };
        let ask = Ask::Analyse { rev: u64::MAX, project };
        assert_eq!(decode(&encode(&ask)), Some(ask));
    }

    #[test]
    fn bytes_of_another_protocol_are_no_message() {
        assert_eq!(decode::<Ask>(b"\xff\x00garbage"), None);
        assert_eq!(decode::<Say>(&[]), None);
    }
}
