//! `cargo xtask bench`: the same figures natively and in Node, one after the other, so that they
//! do not disturb each other.

use crate::command::run;
use crate::setup::setup;
use crate::site;
use anyhow::{Context, Result};

/// Measures; `arguments` are handed to both benchmarks.
pub fn bench(arguments: &[String]) -> Result<()> {
    let shell = setup()?;
    let native = ["run", "--release", "-p", "rolewright-tests", "--bin", "bench", "--"];
    run(shell.command("cargo", native).args(arguments)).context("the native benchmark")?;
    site::build()?;
    run(shell.command("node", ["tests/node/bench.mjs"]).args(arguments))
        .context("the benchmark in Node")
}
