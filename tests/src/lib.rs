//! Whole-path cases, properties and corpus runs: what the test files share.

pub mod data;
pub mod messages;
