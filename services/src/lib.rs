//! Provides the engine to front ends: a workspace that caches results, and editor services on top
//! of it. Text and offsets use the caller's units; results are plain data.

mod actions;
mod complete;
mod convert;
mod cursor;
mod document;
mod edits;
mod facts;
mod folding;
mod hover;
mod links;
mod navigate;
mod outline;
mod parts;
mod places;
mod provenance;
mod rename;
mod summaries;
mod symbols;
mod workspace;

pub use actions::code_actions;
pub use complete::complete;
pub use convert::{compiled, diagnostics, fixed, matrix, report};
pub use document::Document;
pub use edits::{apply, difference};
pub use folding::folding_ranges;
pub use hover::hover;
pub use links::links;
pub use navigate::{definition, references};
pub use outline::outline;
pub use places::Places;
pub use provenance::{prompt_ranges, source_location, source_map};
pub use rename::{rename, rename_file};
pub use summaries::RoleSummaries;
pub use symbols::{document_symbols, workspace_symbols};
pub use workspace::{Settings, Workspace};
