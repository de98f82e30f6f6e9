//! The responses that the engine sends.

use crate::Graph;
use borsh::{BorshDeserialize, BorshSerialize};
use rolewright_wire::{
    CodeAction, Compiled, Completion, Edit, Hover, Location, Outcome, Report, Severity,
};

/// The responses of the engine.
#[derive(Clone, Debug, PartialEq, BorshSerialize, BorshDeserialize)]
pub enum Response {
    /// The engine has started; no request is sent before.
    Ready {
        /// The value of [`PROTOCOL`](crate::PROTOCOL) with which the engine was built.
        protocol: u32,
        /// Version of the engine.
        version: String,
        /// Every known host.
        hosts: Vec<HostInfo>,
        /// Every known rule.
        rules: Vec<RuleInfo>,
    },
    /// A request is done.
    Answer {
        /// The number of the request.
        rev: u64,
        /// The result; `None` if the request was about a file that the project does not have.
        answer: Option<Answer>,
    },
}

/// The result of a [`Task`](crate::Task), in the variant of the same name.
#[derive(Clone, Debug, PartialEq, BorshSerialize, BorshDeserialize)]
pub enum Answer {
    /// The results of the check, and the prompt.
    Analysis(Box<Analysis>),
    /// All safe fixes of a file.
    Fixed {
        /// Disjoint edits in ascending order; empty when there is nothing to do.
        edits: Vec<Edit>,
        /// How many fixes the edits consist of.
        fixed: u32,
        /// How many diagnostics remain.
        left: u32,
    },
    /// The result of compiling the main file for each host, in the order of the hosts.
    Matrix(Vec<HostRow>),
    /// How the files of the project are connected.
    Graph(Graph),
    /// A source map (version 3) as JSON.
    SourceMap(String),
    /// The possible completions, best first.
    Completions(Vec<Completion>),
    /// An explanation, if there is one.
    Hover(Option<Hover>),
    /// The definition of a name; empty if there is none.
    Definition(Vec<Location>),
    /// The edits of a rename, or the reason it is impossible.
    Renamed(Result<Vec<Edit>, String>),
    /// The available actions.
    CodeActions(Vec<CodeAction>),
}

/// Everything the page shows about one revision.
#[derive(Clone, Debug, PartialEq, BorshSerialize, BorshDeserialize)]
pub struct Analysis {
    /// The report on the main file, followed by the diagnostics of the open file if it is a
    /// different one.
    pub report: Report,
    /// The main file compiled for its host and the model. Its diagnostics are those of the other
    /// host, which the report lacks.
    pub compiled: Compiled,
    /// Whether that host loads the file.
    pub loads: bool,
    /// The names of the roles in the main file, one of which is compiled; empty if there is only
    /// one.
    pub roles: Vec<String>,
    /// Include chains, each a list of `path:line`, outermost first.
    pub chains: Vec<Vec<String>>,
    /// For each segment of the prompt, the index of its include chain.
    pub chain_of: Vec<u32>,
    /// How the prompt looks as a document: disjoint ranges in ascending order.
    pub styles: Vec<Styled>,
    /// Milliseconds for checking and compiling.
    pub check_ms: f64,
    /// Milliseconds for converting the result to the data that the page shows.
    pub convert_ms: f64,
}

/// A part of the prompt that looks different from plain text.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, BorshSerialize, BorshDeserialize)]
pub struct Styled {
    /// Start in the prompt.
    pub start: u32,
    /// End in the prompt.
    pub end: u32,
    /// The level of its heading, or 0 outside headings.
    pub heading: u8,
    /// Whether it is Markdown markup rather than text.
    pub mark: bool,
    /// Whether it is a code block or a table, whose columns matter.
    pub block: bool,
    /// Whether it is code inside a line.
    pub code: bool,
    /// Whether it is strongly emphasized.
    pub strong: bool,
    /// Whether it is emphasized.
    pub emphasis: bool,
}

/// A host as the picker shows it.
#[derive(Clone, Debug, PartialEq, BorshSerialize, BorshDeserialize)]
pub struct HostInfo {
    /// The stable ID, such as `claude-code`.
    pub id: String,
    /// Name for people.
    pub title: String,
    /// The kind of its files: `role`, `prompt`, `rule` or `context`.
    pub kind: String,
    /// The location of its files, as a glob; empty for any location.
    pub location: String,
    /// A sentence about its end or its replacement, if either applies.
    pub legacy: Option<String>,
}

/// The result of compiling the main file for one host.
#[derive(Clone, Debug, Default, PartialEq, BorshSerialize, BorshDeserialize)]
pub struct HostRow {
    /// Id of the host.
    pub host: String,
    /// Whether the host loads the file.
    pub loads: bool,
    /// Why it does not, if it does not.
    pub why: Option<String>,
    /// How the permissions change.
    pub permissions: Outcome,
    /// How many things the host cannot express.
    pub losses: u32,
    /// Errors in the file that is written.
    pub errors: u32,
    /// Warnings in the file that is written.
    pub warnings: u32,
    /// The path of the written file; absent without a file, and if the role has errors.
    pub path: Option<String>,
}

/// A rule; the page fetches its documentation as a separate file on request.
#[derive(Clone, Debug, Default, PartialEq, BorshSerialize, BorshDeserialize)]
pub struct RuleInfo {
    /// Stable name in kebab case.
    pub name: String,
    /// The default severity, which a host may override.
    pub severity: Severity,
}
