//! Builds `npm/pkg`, the npm package: the optimized engine with its glue, and what `npm/build.mjs` adds.

use crate::command::{Shell, run};
use crate::licenses;
use crate::optimize::optimize;
use crate::site::for_release;
use anyhow::{Context, Result};

const WASM: &str = "wasm32-unknown-unknown";

/// Builds the package.
pub fn build(shell: &Shell) -> Result<()> {
    let work = shell.root.join("target/npm");
    std::fs::create_dir_all(&work).context("making target/npm")?;
    let arguments = ["build", "--release", "-p", "rolewright-wasm", "--target", WASM];
    run(for_release(&mut shell.command("cargo", arguments), shell))?;
    let built = shell.root.join("target").join(WASM).join("release/rolewright_wasm.wasm");
    let mut bindgen = shell.command("wasm-bindgen", ["--target", "web", "--out-name", "engine"]);
    // The package's own scripts say where the file is, and start a new instance after a trap.
    bindgen.args(["--omit-default-module-path", "--experimental-reset-state-function"]);
    bindgen.args(["--no-typescript", "--remove-producers-section"]);
    run(bindgen.arg("--out-dir").arg(&work).arg(built))?;
    optimize(shell, &work.join("engine_bg.wasm"))?;
    let notices = licenses::notices(shell, &licenses::PACKAGE)?;
    std::fs::write(work.join("THIRD-PARTY.txt"), notices).context("writing the licenses")?;
    run(shell.command("node", ["npm/build.mjs"]).arg(&work))
}
