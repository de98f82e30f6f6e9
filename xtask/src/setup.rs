//! Installs everything that building and testing need and this machine lacks, and reports it.
//! Writes only to the rustup and Cargo folders, the user's cache and `node_modules`.

mod tools;

use crate::command::{Shell, output, run};
use crate::project;
use anyhow::{Context, Result, bail};
use sha2::{Digest, Sha256};
use std::path::Path;

const NODE: u32 = 20;
const TARGETS: [&str; 3] = ["wasm32-unknown-unknown", "wasm32v1-none", "thumbv7em-none-eabi"];

/// Everything that building and testing need, except for a browser.
pub fn setup() -> Result<Shell> {
    let root = project::root();
    let bare = Shell::new(&root, &[])?;
    check_node(&bare)?;
    add_targets(&bare)?;
    let bindgen = project::locked_version(&root, "wasm-bindgen")?;
    let mut folders = tools::ensure(&bare, &bindgen)?;
    folders.push(root.join("node_modules/.bin"));
    ensure_packages(&bare)?;
    fetch_crates(&bare)?;
    Shell::new(&root, &folders)
}

fn check_node(shell: &Shell) -> Result<()> {
    let advice = format!(
        "Node {NODE} or newer with npm is needed. Get it from nodejs.org, with a version manager \
         such as nvm or fnm, or from your system's packages, and run this command again."
    );
    let Some(version) = output(&mut shell.command("node", ["--version"])) else {
        bail!("Node was not found. {advice}");
    };
    if major(&version).is_none_or(|major| major < NODE) {
        bail!("This is Node {version}. {advice}");
    }
    if !shell.has("npm") {
        bail!("Node {version} was found, but npm was not. {advice}");
    }
    Ok(())
}

fn major(version: &str) -> Option<u32> {
    version.trim_start_matches('v').split('.').next()?.parse().ok()
}

fn add_targets(shell: &Shell) -> Result<()> {
    let sysroot = output(&mut shell.command("rustc", ["--print", "sysroot"]))
        .context("`rustc` was not found: install Rust with rustup (rustup.rs)")?;
    let libraries = Path::new(&sysroot).join("lib/rustlib");
    let missing: Vec<_> =
        TARGETS.into_iter().filter(|target| !libraries.join(target).join("lib").is_dir()).collect();
    if missing.is_empty() {
        return Ok(());
    }
    eprintln!("\n==> Adding the Rust targets {}", missing.join(", "));
    run(shell.command("rustup", ["target", "add"]).args(&missing)).context(
        "the Rust targets could not be added. They come through rustup: install Rust from \
         rustup.rs instead of the system's package, or check the network, and run this again",
    )
}

/// Trunk builds offline, so every crate must be downloaded before it starts.
fn fetch_crates(shell: &Shell) -> Result<()> {
    run(&mut shell.command("cargo", ["fetch", "--quiet"]))
        .context("the crates could not be fetched: check the network and run this again")
}

fn ensure_packages(shell: &Shell) -> Result<()> {
    let lock = std::fs::read(shell.root.join("package-lock.json")).context(
        "package-lock.json is missing: restore it with `git checkout package-lock.json`",
    )?;
    let wanted = format!("{:x}", Sha256::digest(lock));
    let stamp = shell.root.join("node_modules/.rolewright");
    if std::fs::read_to_string(&stamp).is_ok_and(|found| found == wanted) {
        return Ok(());
    }
    eprintln!("\n==> Installing the npm packages into node_modules");
    run(&mut shell.command("npm", ["ci", "--ignore-scripts"])).context(
        "the npm packages could not be installed: check the network, or whether package.json was \
         changed without its lock (`npm install` renews it), and run this again",
    )?;
    std::fs::write(stamp, wanted).context("writing node_modules/.rolewright")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_major_version_of_node_is_read() {
        assert_eq!(major("v20.20.2"), Some(20));
        assert_eq!(major("18.0.0"), Some(18));
        assert_eq!(major("unknown"), None);
    }
}
