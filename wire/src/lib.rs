//! Defines the plain data passed from the engine to front ends: the npm package, the playground,
//! the command line and the language server all use these types. Does not link the engine.

mod compiled;
mod edit;
mod place;
mod report;
mod service;

pub use compiled::{
    Compiled, HostFile, Include, IncludeState, Limit, Loss, MatrixRow, Outcome, SectionShare,
    Segment, SegmentKind, Share, Stats, Tokens, Unit, Variable,
};
pub use edit::{Applicability, Edit, Fix};
pub use place::{Encoding, Location, Position, Range};
pub use report::{
    AppliedFix, Diagnostic, FileStats, Fixed, Label, Report, Severity, WorkspaceReport,
};
pub use service::{
    CodeAction, CodeActionKind, Completion, CompletionKind, Directive, DirectiveKind, Field,
    FoldingKind, FoldingRange, Hover, Link, Outline, Reference, Rename, Section, Symbol,
    SymbolKind, TextEdit, WorkspaceSymbol,
};
