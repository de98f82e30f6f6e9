#![doc = include_str!("../README.md")]
//!
//! ## A tour
//!
//! | to | use |
//! |---|---|
//! | check one text | [`check()`], or [`check_one`] and [`compare`] to go through many files with little memory |
//! | check a workspace | [`check_all`]; [`search()`] finds the roles alone |
//! | apply fixes | [`fix()`], with [`Applicability::Safe`] or `Unsafe` |
//! | get the prompt, and the file of another host | [`compile()`] with a [`Target`]; [`compile::matrix`] for all hosts at once |
//! | hand in other files and values | [`Files`], which a map of paths implements, and [`Values`] |
//! | choose rules, profile, host, template settings | [`Options`] |
//! | look up what is known about a host | [`host::HOSTS`] and [`host::Host::by_id`] |
//! | look up a rule | [`rules::RULES`] |
//! | know what a role may do | [`permissions`] |
//! | read a role without checking it | [`role`], [`front_matter`] and [`section`] |
//! | translate offsets | [`LineIndex`] |
//! | estimate tokens | [`tokens::estimate`] |
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

mod agents;
mod summary;
mod workspace;

mod input;

pub mod template;

mod search;

pub mod rules;

mod cross_file;

pub mod check;
pub mod fix;

pub mod compile;
pub mod tokens;

pub use agents::Agents;
pub use check::{FileReport, Report, check, check_all, check_one, lay_out};
pub use compile::{Compiled, Target, compile};
pub use cross_file::{compare, neighbors};
pub use diagnostic::{Applicability, Diagnostic, Edit, Fix, Label, Severity};
pub use fix::{Fixed, fix, fix_checked};
pub use input::Input;
pub use options::{Options, Profile, TemplateOptions};
pub use role::Role;
pub use search::{Found, search};
pub use summary::{Digests, RoleSummary};
pub use text::{LineIndex, Position, Span, resolved};
pub use workspace::{Files, NoFiles, Values};
