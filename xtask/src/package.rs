//! Builds `npm/pkg`, the npm package: the optimized engine and the optimized command line with
//! their glue, and the files that `npm/build.mjs` adds.

use crate::command::{Shell, run};
use crate::licenses;
use crate::optimize::optimize;
use crate::site::for_release;
use anyhow::{Context, Result};
use std::path::Path;

const WASM: &str = "wasm32-unknown-unknown";

/// Builds the package.
pub fn build(shell: &Shell) -> Result<()> {
    let work = shell.root.join("target/npm");
    std::fs::create_dir_all(&work).context("making target/npm")?;
    // The package's own scripts start a new instance of the engine after a trap.
    wasm(shell, &work, "rolewright-wasm", "engine", &["--experimental-reset-state-function"])?;
    wasm(shell, &work, "rolewright-cli-wasm", "cli", &[])?;
    let notices = licenses::notices(shell, &licenses::PACKAGE)?;
    std::fs::write(work.join("THIRD-PARTY.txt"), notices).context("writing the licenses")?;
    run(shell.command("node", ["npm/build.mjs"]).arg(&work))
}

/// Builds a crate as `NAME.js` and `NAME_bg.wasm` in `work`.
fn wasm(shell: &Shell, work: &Path, package: &str, name: &str, more: &[&str]) -> Result<()> {
    let arguments = ["build", "--release", "-p", package, "--target", WASM];
    run(for_release(&mut shell.command("cargo", arguments), shell))?;
    let file = format!("{}.wasm", package.replace('-', "_"));
    let built = shell.root.join("target").join(WASM).join("release").join(file);
    let mut bindgen = shell.command("wasm-bindgen", ["--target", "web", "--out-name", name]);
    // The package's own scripts determine the location of the file.
    bindgen.args(["--omit-default-module-path", "--no-typescript", "--remove-producers-section"]);
    run(bindgen.args(more).arg("--out-dir").arg(work).arg(built))?;
    optimize(shell, &work.join(format!("{name}_bg.wasm")))
}
