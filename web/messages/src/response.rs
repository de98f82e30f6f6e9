//! The responses that the engine sends.

use borsh::{BorshDeserialize, BorshSerialize};
use rolewright_wire::{CodeAction, Compiled, Completion, Edit, Hover, Location, Report, Severity};

/// What the engine says.
#[derive(Clone, Debug, PartialEq, BorshSerialize, BorshDeserialize)]
pub enum Response {
    /// The engine has started; nothing is sent to it before.
    Ready {
        /// [`PROTOCOL`](crate::PROTOCOL) as the engine was built with.
        protocol: u32,
        /// Version of the engine.
        version: String,
        /// Every host it knows.
        hosts: Vec<HostInfo>,
        /// Every rule it knows.
        rules: Vec<RuleInfo>,
    },
    /// A request is done.
    Answer {
        /// The number of the request.
        rev: u64,
        /// What came of it; `None` if it was about a file that the project does not have.
        answer: Option<Answer>,
    },
}

/// What came of a [`Task`](crate::Task), each in the variant of its name.
#[derive(Clone, Debug, PartialEq, BorshSerialize, BorshDeserialize)]
pub enum Answer {
    /// What was found, and the prompt.
    Analysis(Box<Analysis>),
    /// All safe fixes of a file.
    Fixed {
        /// Disjoint edits in ascending order; empty when there is nothing to do.
        edits: Vec<Edit>,
        /// How many diagnostics the edits remove.
        fixed: u32,
        /// How many diagnostics stay.
        left: u32,
    },
    /// A source map (version 3) as JSON.
    SourceMap(String),
    /// What may be written, best first.
    Completions(Vec<Completion>),
    /// An explanation, if there is one.
    Hover(Option<Hover>),
    /// The definition of a name; empty if there is none.
    Definition(Vec<Location>),
    /// What can be done.
    CodeActions(Vec<CodeAction>),
}

/// Everything the page shows about one revision.
#[derive(Clone, Debug, PartialEq, BorshSerialize, BorshDeserialize)]
pub struct Analysis {
    /// The report on the main file; diagnostics of the open file, where it is another one, follow its own.
    pub report: Report,
    /// The main file as its host and model get it. Its diagnostics are in the report only.
    pub compiled: Compiled,
    /// Include chains, each a list of `path:line`, outermost first.
    pub chains: Vec<Vec<String>>,
    /// For each segment of the prompt, the index of its include chain.
    pub chain_of: Vec<u32>,
    /// How the prompt looks as a document: disjoint ranges in ascending order.
    pub styles: Vec<Styled>,
    /// Milliseconds that checking and compiling took.
    pub check_ms: f64,
    /// Milliseconds that turning the result into what the page shows took.
    pub convert_ms: f64,
}

/// A part of the prompt that looks different from plain text.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, BorshSerialize, BorshDeserialize)]
pub struct Styled {
    /// Start in the prompt.
    pub start: u32,
    /// End in the prompt.
    pub end: u32,
    /// The level of the heading that it belongs to, or 0.
    pub heading: u8,
    /// Whether it is a mark of Markdown rather than text.
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
    /// Stable id, such as `claude-code`.
    pub id: String,
    /// Name for people.
    pub title: String,
}

/// A rule; its documentation is a file that the page fetches when it is asked for.
#[derive(Clone, Debug, Default, PartialEq, BorshSerialize, BorshDeserialize)]
pub struct RuleInfo {
    /// Stable name in kebab case.
    pub name: String,
    /// Severity where no host says otherwise.
    pub severity: Severity,
}
