//! Defines the problems that an expansion can find in a template.

use super::super::path::Refusal;
use super::Place;
use alloc::string::String;
use alloc::vec::Vec;

/// Something wrong with a template.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Problem {
    /// The place of the problem.
    pub at: Place,
    /// The directives that led there from the entry, outermost first.
    pub chain: Vec<Place>,
    /// The kind of problem.
    pub kind: ProblemKind,
}

/// The kinds of problems in a template.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum ProblemKind {
    /// An included file does not exist; an optional one may.
    MissingInclude {
        /// As written.
        path: String,
        /// Whether it may be missing.
        optional: bool,
        /// Every place that was looked at.
        tried: Vec<String>,
        /// The path with any options that follow it without `|`.
        meant: Option<String>,
    },
    /// The file exists, but the requested part does not.
    MissingFragment {
        /// The file.
        path: String,
        /// As written.
        fragment: String,
        /// Whether it may be missing.
        optional: bool,
        /// The nearest fragment there is.
        nearest: Option<String>,
    },
    /// A file that includes itself, directly or through others; the chain contains every hop, and
    /// the last hop closes the cycle.
    Cycle {
        /// The file that is reached for the second time.
        path: String,
    },
    /// An included file's front matter that is not recognized and so becomes part of the prompt.
    KeptFrontMatter {
        /// Whether its closing delimiter is missing; otherwise text precedes the front matter.
        unclosed: bool,
    },
    /// A path that is rejected.
    UnsafePath {
        /// Why.
        refusal: Refusal,
        /// As written.
        path: String,
        /// Its target, if known.
        normal: Option<String>,
    },
    /// A limit is exceeded; the chain is the heaviest one.
    Limit {
        /// The exceeded limit.
        limit: LimitKind,
        /// How much it is.
        value: u64,
        /// How much is allowed.
        max: u64,
    },
    /// A code block that is still open at the end of the included text.
    OpenCodeBlock {
        /// Whether the expansion closes it there.
        closed: bool,
    },
    /// Text that looks like a directive but is not one, with the probable intention.
    UnknownDirective(Option<String>),
    /// An include with an unknown option, and the nearest known option, which may be empty.
    UnknownOption(String),
    /// A directive that never ends.
    Unclosed,
    /// An include in code, where none is live.
    InCode,
    /// A directive in the front matter, where no directives are live, that would be live in the
    /// body.
    InFrontMatter,
    /// A sentence that announces content that an absent include omits.
    OrphanedLeadIn {
        /// Whether it is the heading of a section without text.
        heading: bool,
    },
    /// An included configuration that contains a secret.
    Sensitive {
        /// The file.
        path: String,
        /// The name under which the secret appears.
        key: String,
    },
    /// Data that an include inserts without delimiters.
    Undelimited {
        /// The file.
        path: String,
    },
    /// Headings that should have gone below level six.
    ClampedHeading {
        /// How many.
        count: usize,
    },
    /// An included file that the agent is supposed to fill in.
    OutputTemplate {
        /// The file.
        path: String,
        /// How many names in it have no value.
        names: usize,
    },
    /// Two different files that one path may mean.
    Ambiguous {
        /// The one that was taken.
        taken: String,
        /// The other one.
        other: String,
    },
    /// A file whose name differs only in case.
    CaseMismatch {
        /// The path that was looked for.
        looked: String,
        /// The file there is.
        found: String,
    },
    /// Multiline text in the middle of a line.
    MultilineInline {
        /// How many.
        lines: usize,
    },
    /// An included file that begins with the title it is included under.
    DuplicateTitle {
        /// The heading in the including file.
        above: Place,
        /// The heading in the included file.
        below: Place,
    },
}

/// The quantity that a limit applies to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[expect(missing_docs, reason = "the names are those of the limits")]
#[non_exhaustive]
pub enum LimitKind {
    Depth,
    Expansions,
    Files,
    File,
    Output,
    Directive,
    FrontMatter,
}
