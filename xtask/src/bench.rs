//! `cargo xtask bench`: runs the same measurements natively and in Node, one after the other, so
//! that they do not affect each other; then measures the package and both command lines next to
//! other checkers. The builds use the settings of the delivered files.

use crate::command::run;
use crate::optimize::optimize;
use crate::package;
use crate::setup::setup;
use crate::site::for_release;
use anyhow::{Context, Result};

const WASM: &str = "wasm32-unknown-unknown";

/// Measures and prints.
pub fn bench() -> Result<()> {
    let shell = setup()?;
    println!("\n=== Native");
    let native =
        ["run", "--profile", "bench", "-p", "rolewright-bench", "--bin", "rolewright-bench"];
    run(&mut shell.command("cargo", native)).context("the native benchmark")?;
    println!("\n=== WebAssembly in Node");
    let arguments = ["build", "--release", "-p", "rolewright-bench", "--lib", "--target", WASM];
    run(for_release(&mut shell.command("cargo", arguments), &shell))?;
    let out = shell.root.join("target/bench");
    let built = shell.root.join("target").join(WASM).join("release/rolewright_bench.wasm");
    let mut bindgen = shell.command("wasm-bindgen", ["--target", "experimental-nodejs-module"]);
    run(bindgen
        .args(["--out-name", "bench", "--no-typescript", "--out-dir"])
        .arg(&out)
        .arg(built))?;
    optimize(&shell, &out.join("bench_bg.wasm"))?;
    run(&mut shell.command("node", ["tests/node/bench.mjs"])).context("the benchmark in Node")?;
    println!("\n=== Compared with other checkers");
    package::build(&shell)?;
    run(&mut shell.command("cargo", ["build", "--release", "-p", "rolewright-cli"]))?;
    let name = format!("rolewright{}", std::env::consts::EXE_SUFFIX);
    let native = shell.root.join("target/release").join(name);
    run(shell.command("node", ["npm/bench.mjs"]).env("ROLEWRIGHT_CLI", native))
        .context("the comparison with other checkers")
}
