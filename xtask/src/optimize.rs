//! Shrinks a WebAssembly file for delivery.

use crate::command::{Shell, run};
use anyhow::{Context, Result};
use std::path::Path;

/// What wasm-opt does beyond one `-Oz`, each because the compressed file is smaller for it: no function
/// is put into its one caller, whose locals would multiply; control flow is laid out again; the pass
/// that looks furthest comes before the one for size; functions of one module are adjacent, so that
/// what is alike is near. Two promises are made: nothing is addressed below 1,024 (there the stack
/// ends, and a stack that deep has overflowed), and memory is zero when an instance starts (it is its
/// own).
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

/// Optimizes `wasm` in place. It must still have its names.
pub fn optimize(shell: &Shell, wasm: &Path) -> Result<()> {
    let mut command = shell.command("wasm-opt", OPTIONS);
    run(command.arg(wasm).arg("-o").arg(wasm)).with_context(|| format!("optimising {wasm:?}"))
}
