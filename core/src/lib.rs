#![doc = include_str!("../README.md")]
//!
//! The modules in the order in which a text passes through them:
#![no_std]

extern crate alloc;
#[cfg(test)]
extern crate std;

mod text;

pub mod diagnostic;
pub mod yaml;

pub mod front_matter;
pub mod markdown;

mod fences;
pub mod section;

pub mod role;
pub mod syntax;

pub mod host;
pub mod tools;

pub mod permissions;

pub mod detect;

pub mod options;

pub mod spelling;
mod suppress;
mod workspace;

mod input;

pub mod template;

mod search;

pub mod rules;

mod claim;
mod cross_file;

pub mod check;
pub mod fix;

pub mod compile;
pub mod tokens;

pub use check::{FileReport, Report, check, check_all, check_one, lay_out};
pub use claim::Claim;
pub use compile::{Compiled, Target, compile};
pub use cross_file::{compare, neighbors};
pub use diagnostic::{Applicability, Diagnostic, Edit, Fix, Label, Severity};
pub use fix::{Fixed, fix};
pub use input::Input;
pub use options::{Options, Profile, TemplateOptions};
pub use role::Role;
pub use search::{Found, search};
pub use text::{LineIndex, Position, Span};
pub use workspace::{Files, NoFiles, Values};
