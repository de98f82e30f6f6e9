//! `cargo xtask recall`: reports which of the faults that people found in real files the rules
//! report.

use crate::command::{Shell, run};
use crate::project;
use anyhow::Result;

/// Prints the figures, which are computed by a program that links the engine.
pub fn recall(arguments: &[String]) -> Result<()> {
    let shell = Shell::new(&project::root(), &[])?;
    let program = ["run", "--quiet", "-p", "rolewright-tests", "--bin", "recall", "--"];
    let arguments = program.into_iter().chain(arguments.iter().map(String::as_str));
    run(&mut shell.command("cargo", arguments))
}
