//! `cargo xtask recall`: reports which of the faults that readers found in real files the rules
//! report.

use crate::command::{Shell, run};
use crate::project;
use anyhow::Result;

/// Prints the figures; a program that links the engine counts them.
pub fn recall(arguments: &[String]) -> Result<()> {
    let shell = Shell::new(&project::root(), &[])?;
    let program = ["run", "--quiet", "-p", "rolewright-tests", "--bin", "recall", "--"];
    let arguments = program.into_iter().chain(arguments.iter().map(String::as_str));
    run(&mut shell.command("cargo", arguments))
}
