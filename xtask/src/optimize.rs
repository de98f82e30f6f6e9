//! Shrinks a WebAssembly file for delivery.

use crate::command::{Shell, run};
use anyhow::{Context, Result};
use std::path::Path;

/// Settings of wasm-opt beyond a single `-Oz`, each because it makes the compressed file smaller:
/// no function is inlined into its only caller, whose locals would multiply; control flow is laid
/// out again; the most far-reaching pass runs before the size pass; the functions of a module are
/// adjacent, so that similar code is nearby. Two promises are made: nothing is addressed below
/// 1,024 (the stack ends there, and a stack that deep has overflowed), and memory is zero when an
/// instance starts (the instance owns its memory).
const OPTIONS: [&str; 10] = [
    "--one-caller-inline-max-function-size=0",
    "--low-memory-unused",
    "--zero-filled-memory",
    "--flatten",
    "--rereloop",
    "-O4",
    "-Oz",
    "--reorder-functions-by-name",
    "--strip-debug",
    "--strip-producers",
];

/// Optimizes `wasm` in place. It must still contain its names.
pub fn optimize(shell: &Shell, wasm: &Path) -> Result<()> {
    let mut command = shell.command("wasm-opt", OPTIONS);
    run(command.arg(wasm).arg("-o").arg(wasm)).with_context(|| format!("optimising {wasm:?}"))
}
