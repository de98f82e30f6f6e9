//! Installs what is missing: wasm targets, wasm-bindgen, Trunk, crates, npm packages. Writes to the
//! rustup and cargo folders, to the user's cache and to `node_modules`, nowhere else, and says what
//! it does while it does it.

use crate::command::{Shell, output, run};
use crate::project;
use anyhow::{Context, Result, bail};
use sha2::{Digest, Sha256};
use std::path::{Path, PathBuf};
use std::process::Command;

const TRUNK: &str = "0.21.14";
const NODE: u32 = 20;
const TARGETS: [&str; 3] = ["wasm32-unknown-unknown", "wasm32v1-none", "thumbv7em-none-eabi"];

/// Everything that building and testing needs, apart from a browser.
pub fn setup() -> Result<Shell> {
    let root = project::root();
    let bare = Shell::new(&root, &[])?;
    check_node(&bare)?;
    add_targets(&bare)?;
    let bindgen_version = project::locked_version(&root, "wasm-bindgen")?;
    let bindgen = Tool {
        package: "wasm-bindgen-cli",
        program: "wasm-bindgen",
        version: &bindgen_version,
        // Without --locked: the lock it is published with names a crate that may be gone.
        arguments: &[],
        minutes: 7,
    };
    let trunk = Tool {
        package: "trunk",
        program: "trunk",
        version: TRUNK,
        arguments: &["--locked", "--no-default-features", "--features", "rustls"],
        minutes: 6,
    };
    let mut folders = Vec::new();
    for tool in [&bindgen, &trunk] {
        folders.push(ensure_tool(&bare, tool)?);
    }
    folders.push(root.join("node_modules/.bin"));
    ensure_packages(&bare)?;
    fetch_crates(&bare)?;
    Shell::new(&root, &folders)
}

fn headline(text: &str) {
    eprintln!("\n==> {text}");
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
        bail!("Node {version} is here, but npm is not. {advice}");
    }
    Ok(())
}

fn major(version: &str) -> Option<u32> {
    version.trim_start_matches('v').split('.').next()?.parse().ok()
}

/// What is built for delivery is built with the standard library's sources.
fn add_sources(shell: &Shell, libraries: &Path) -> Result<()> {
    if libraries.join("src/rust/library/Cargo.lock").is_file() {
        return Ok(());
    }
    headline("Adding the sources of Rust's standard library");
    run(&mut shell.command("rustup", ["component", "add", "rust-src"])).context(
        "the component rust-src could not be added. It comes through rustup: install Rust from \
         rustup.rs instead of the system's package, or check the network, and run this again",
    )
}

fn add_targets(shell: &Shell) -> Result<()> {
    let sysroot = output(&mut shell.command("rustc", ["--print", "sysroot"]))
        .context("`rustc` was not found: install Rust with rustup (rustup.rs)")?;
    let libraries = Path::new(&sysroot).join("lib/rustlib");
    add_sources(shell, &libraries)?;
    let missing: Vec<_> =
        TARGETS.into_iter().filter(|target| !libraries.join(target).join("lib").is_dir()).collect();
    if missing.is_empty() {
        return Ok(());
    }
    headline(&format!("Adding the Rust targets {}", missing.join(", ")));
    run(shell.command("rustup", ["target", "add"]).args(&missing)).context(
        "the Rust targets could not be added. They come through rustup: install Rust from \
         rustup.rs instead of the system's package, or check the network, and run this again",
    )
}

struct Tool<'a> {
    package: &'a str,
    program: &'a str,
    version: &'a str,
    arguments: &'a [&'a str],
    minutes: u32,
}

/// The folder that holds `tool` at exactly its version; installed there when it is missing.
fn ensure_tool(shell: &Shell, tool: &Tool) -> Result<PathBuf> {
    let home = project::cache()?.join("tools").join(format!("{}-{}", tool.program, tool.version));
    let bin = home.join("bin");
    if has_version(&bin, tool) {
        return Ok(bin);
    }
    headline(&format!(
        "Installing {} {} into {} (once, about {} minutes on two cores)",
        tool.package,
        tool.version,
        home.display(),
        tool.minutes
    ));
    run(&mut install(shell, tool, &home)).with_context(|| {
        format!(
            "{} {} could not be installed. It is built from source: that needs the network and a \
             C linker (Debian: `apt-get install build-essential`). Running this command again \
             continues where it stopped",
            tool.package, tool.version
        )
    })?;
    if !has_version(&bin, tool) {
        bail!("{} was installed into {bin:?}, but does not run as {}", tool.program, tool.version);
    }
    Ok(bin)
}

fn has_version(bin: &Path, tool: &Tool) -> bool {
    output(Command::new(bin.join(tool.program)).arg("--version"))
        .is_some_and(|text| text.split_whitespace().any(|word| word == tool.version))
}

fn install(shell: &Shell, tool: &Tool, home: &Path) -> Command {
    let mut command = shell.command("cargo", ["install", tool.package, "--version", tool.version]);
    command.args(tool.arguments).arg("--root").arg(home);
    // The published profiles take half an hour; the tools are not what has to be fast here.
    command
        .env("CARGO_PROFILE_RELEASE_LTO", "off")
        .env("CARGO_PROFILE_RELEASE_CODEGEN_UNITS", "16")
        .env("CARGO_PROFILE_RELEASE_OPT_LEVEL", "1");
    command
}

/// Trunk builds offline, so every crate must be here before it starts: those of the workspace and
/// those of the standard library, which is built for delivery.
fn fetch_crates(shell: &Shell) -> Result<()> {
    let advice = "the crates could not be fetched: check the network and run this again";
    run(&mut shell.command("cargo", ["fetch", "--quiet"])).context(advice)?;
    let arguments = ["fetch", "--quiet", "--target", TARGETS[0]];
    run(with_std(&mut shell.command("cargo", arguments))).context(advice)
}

/// Has Cargo build the standard library too. The setting is unstable, so the stable compiler must be
/// told that it is meant.
pub fn with_std(command: &mut Command) -> &mut Command {
    command.env("RUSTC_BOOTSTRAP", "1").env("CARGO_UNSTABLE_BUILD_STD", "std,panic_abort")
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
    headline("Installing the npm packages into node_modules");
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
