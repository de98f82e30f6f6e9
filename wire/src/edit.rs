//! Defines changes to files: the edits of a fix, a rename or a code action.

use crate::Range;
use borsh::{BorshDeserialize, BorshSerialize};
use serde::Serialize;

/// Replaces a range of one file.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, BorshSerialize, BorshDeserialize)]
pub struct Edit {
    /// The file, relative to the workspace root.
    pub path: String,
    /// The range to replace; an empty range inserts text.
    pub range: Range,
    /// The replacement.
    pub text: String,
}

/// A fix: edits that are applied together.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, BorshSerialize, BorshDeserialize)]
pub struct Fix {
    /// The effect of the fix: "Quote the value".
    pub title: String,
    /// Whether it keeps the meaning of the text.
    pub applicability: Applicability,
    /// Edits of one file are disjoint and ascending.
    pub edits: Vec<Edit>,
}

/// Whether a fix may be applied without review.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, BorshSerialize, BorshDeserialize)]
#[serde(rename_all = "lowercase")]
pub enum Applicability {
    /// The fix keeps the meaning, or restores the obviously intended meaning.
    Safe,
    /// It should be reviewed first.
    Unsafe,
}
