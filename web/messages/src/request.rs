//! The requests that the page sends to the engine.

use borsh::{BorshDeserialize, BorshSerialize};
use std::collections::BTreeMap;

/// A task on a project. Requests are answered one after the other.
#[derive(Clone, Debug, PartialEq, BorshSerialize, BorshDeserialize)]
pub struct Request {
    /// The number of the request, which the answer repeats.
    pub rev: u64,
    /// The project. The engine compares it with its current state and reads only the differences.
    pub project: Project,
    /// The task.
    pub task: Task,
}

/// The task for the engine.
#[derive(Clone, Debug, PartialEq, BorshSerialize, BorshDeserialize)]
pub enum Task {
    /// Check and compile the main file, and check the open file.
    Analyze,
    /// Compute the edits of all safe fixes of one file, proved by checking again.
    FixAll {
        /// The file.
        path: String,
    },
    /// Compile the main file for every host.
    Matrix,
    /// Compute how the files of the project are connected.
    Graph,
    /// Make a source map of the prompt.
    SourceMap,
    /// List the possible completions at a place.
    Complete {
        /// The file.
        path: String,
        /// The offset in the file, UTF-16.
        offset: u32,
    },
    /// Explain the element at a place.
    Hover {
        /// The file.
        path: String,
        /// The offset in the file, UTF-16.
        offset: u32,
    },
    /// Find the definition of the name at a place.
    Definition {
        /// The file.
        path: String,
        /// The offset in the file, UTF-16.
        offset: u32,
    },
    /// Compute the edits that rename the element at a place.
    Rename {
        /// The file.
        path: String,
        /// The offset in the file, UTF-16.
        offset: u32,
        /// The new name.
        name: String,
    },
    /// Compute the edits that are required to move a file.
    MoveFile {
        /// Its path.
        from: String,
        /// The path it gets.
        to: String,
    },
    /// List the actions for the diagnostics of a range.
    CodeActions {
        /// The file.
        path: String,
        /// Start of the range, UTF-16.
        start: u32,
        /// End of the range, UTF-16.
        end: u32,
    },
}

/// The whole state that the engine checks.
#[derive(Clone, Debug, Default, PartialEq, BorshSerialize, BorshDeserialize)]
pub struct Project {
    /// The path of the main file, whose role is compiled.
    pub entry: String,
    /// The path of the file in the editor; the same as `entry` unless another file is open.
    pub active: String,
    /// Every file of the workspace by its path, with `/`.
    pub files: BTreeMap<String, String>,
    /// Values of template variables; a missing variable is unset.
    pub values: BTreeMap<String, String>,
    /// The ID of the host of the main file, or `None` to detect it.
    pub host: Option<String>,
    /// The ID of the host to compile the main file for, or `None` for its own.
    pub target: Option<String>,
    /// The index of the role to compile, from 0, if the main file contains several.
    pub role: u32,
    /// `core`, `recommended` or `style`.
    pub profile: String,
    /// Severity overrides by rule name: `off`, `error`, `warning` or `info`.
    pub rules: BTreeMap<String, String>,
}
