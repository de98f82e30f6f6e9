//! Code that the test files share.

pub mod data;
pub mod fuzz;
pub mod messages;
pub mod since;
