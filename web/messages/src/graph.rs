//! Defines the graph of a project: its files, and the includes, links and names that connect them.

use borsh::{BorshDeserialize, BorshSerialize};
use rolewright_wire::Range;

/// All files of a project, and their connections.
#[derive(Clone, Debug, Default, PartialEq, BorshSerialize, BorshDeserialize)]
pub struct Graph {
    /// The files by path, followed by missing files that other files refer to.
    pub nodes: Vec<GraphNode>,
    /// The connections, in the order of the files and of their texts; one for each kind and pair of
    /// files.
    pub edges: Vec<GraphEdge>,
}

/// A file of the graph.
#[derive(Clone, Debug, PartialEq, BorshSerialize, BorshDeserialize)]
pub struct GraphNode {
    /// Its path.
    pub path: String,
    /// The name of its role, or its file name.
    pub title: String,
    /// The kind of file.
    pub kind: NodeKind,
}

/// The kind of a file in the graph.
#[derive(Clone, Copy, Debug, PartialEq, Eq, BorshSerialize, BorshDeserialize)]
pub enum NodeKind {
    /// A role that a host loads.
    Role,
    /// Any other file.
    File,
    /// An optional include that does not exist.
    Absent,
    /// An included file that does not exist.
    Missing,
}

/// A connection of two files.
#[derive(Clone, Debug, PartialEq, BorshSerialize, BorshDeserialize)]
pub struct GraphEdge {
    /// The referring file, as an index into the nodes.
    pub from: u32,
    /// The referenced file, as an index into the nodes.
    pub to: u32,
    /// How it is named.
    pub kind: EdgeKind,
    /// The place of the reference.
    pub at: Range,
}

/// The kind of a reference between files.
#[derive(Clone, Copy, Debug, PartialEq, Eq, BorshSerialize, BorshDeserialize)]
pub enum EdgeKind {
    /// Its text becomes a part of the prompt.
    Includes,
    /// A Markdown link.
    Links,
    /// A field of the front matter names the role: a subagent, a handoff or a skill.
    HandsOver,
}
