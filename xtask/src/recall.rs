//! `cargo xtask recall`: reports which of the faults that people found in real files the rules
//! report.

use crate::command::{Shell, run};
use crate::project;
use anyhow::Result;
use clap::ArgMatches;

/// Prints the figures, which are computed by a program that links the engine.
pub fn recall(given: &ArgMatches) -> Result<()> {
    let shell = Shell::new(&project::root(), &[])?;
    let program = ["run", "--quiet", "-p", "rolewright-tests", "--bin", "recall", "--"];
    let mut command = shell.command("cargo", program);
    command.args(given.get_flag("all").then_some("--all"));
    run(command.args(given.get_one::<String>("rule")))
}
