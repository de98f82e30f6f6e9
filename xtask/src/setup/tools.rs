//! Provides wasm-bindgen and Trunk at exactly the versions this repository needs: copied from this
//! machine if possible, otherwise downloaded or compiled into the user's cache.

mod compile;
mod tool;

use crate::command::{Shell, run};
use crate::project;
use anyhow::{Context, Result, ensure};
use std::path::{Path, PathBuf};
use tool::{Tool, version_of};

const TRUNK: &str = "0.21.14";

/// The folders that contain the tools, with wasm-bindgen at version `bindgen`; missing tools are
/// installed first.
pub fn ensure(shell: &Shell, bindgen: &str) -> Result<Vec<PathBuf>> {
    let tools = [
        // Without --locked: the published lock file names a crate that may no longer exist.
        tool("wasm-bindgen-cli", "wasm-bindgen", bindgen, &["--bin", "wasm-bindgen"])?,
        tool("trunk", "trunk", TRUNK, &["--locked", "--no-default-features", "--features=rustls"])?,
    ];
    let mut uncompiled = Vec::new();
    for tool in tools.iter().filter(|tool| !tool.is_installed()) {
        let found = places(shell, tool);
        match source(&found, &tool.version, has_binstall(shell)) {
            Source::Copy(path) if copy(&path, tool).is_ok() => {}
            Source::Fetch if fetch(shell, tool).is_ok() => {}
            _ => uncompiled.push(tool),
        }
    }
    compile::side_by_side(shell, &uncompiled)?;
    for tool in &tools {
        let (home, version) = (tool.home.display(), &tool.version);
        ensure!(tool.is_installed(), "{home} does not contain {} {version}", tool.program);
    }
    Ok(tools.iter().map(Tool::bin).collect())
}

fn tool(
    package: &'static str,
    program: &'static str,
    version: &str,
    arguments: &'static [&'static str],
) -> Result<Tool> {
    let home = project::cache()?.join("tools").join(format!("{program}-{version}"));
    Ok(Tool { package, program, version: version.to_owned(), arguments, home })
}

/// How a tool gets into the cache.
#[derive(Debug, PartialEq)]
enum Source {
    Copy(PathBuf),
    Fetch,
    Compile,
}

/// Trunk would reject any version other than `wanted`, or its bindings would not load, so only that
/// exact version is used.
fn source(found: &[(PathBuf, Option<String>)], wanted: &str, has_binstall: bool) -> Source {
    match found.iter().find(|(_, version)| version.as_deref() == Some(wanted)) {
        Some((path, _)) => Source::Copy(path.clone()),
        None if has_binstall => Source::Fetch,
        None => Source::Compile,
    }
}

/// The executables of the tool on this machine, with their versions.
fn places(shell: &Shell, tool: &Tool) -> Vec<(PathBuf, Option<String>)> {
    let cargo = project::cargo_home().map(|home| home.join("bin").join(tool.file_name()));
    let paths = [Some(shell.find(tool.program)), cargo];
    let files = paths.into_iter().flatten().filter(|path| path.is_file());
    files.map(|path| (path.clone(), version_of(&path))).collect()
}

/// Cargo also searches its own folder for subcommands.
fn has_binstall(shell: &Shell) -> bool {
    let name = format!("cargo-binstall{}", std::env::consts::EXE_SUFFIX);
    let cargo = project::cargo_home().is_some_and(|home| home.join("bin").join(name).is_file());
    cargo || shell.has("cargo-binstall")
}

/// Copied instead of putting its folder on PATH, because the folder may contain other versions of
/// other programs.
fn copy(from: &Path, tool: &Tool) -> Result<()> {
    std::fs::create_dir_all(tool.bin())?;
    std::fs::copy(from, tool.executable()).with_context(|| format!("copying {from:?}"))?;
    ensure!(tool.is_installed(), "the copy of {from:?} does not run");
    eprintln!("\n==> Using {} {} of {}", tool.package, tool.version, from.display());
    Ok(())
}

fn fetch(shell: &Shell, tool: &Tool) -> Result<()> {
    eprintln!("\n==> Fetching {} {} with cargo-binstall", tool.package, tool.version);
    let package = format!("{}@{}", tool.package, tool.version);
    // This would compile with the published profile, which takes half an hour.
    let arguments = ["binstall", &package, "--no-confirm", "--disable-strategies", "compile"];
    run(shell.command("cargo", arguments).arg("--root").arg(&tool.home))
        .inspect_err(|error| eprintln!("{error:#}; compiling it instead"))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(versions: &[(&str, &str)]) -> Vec<(PathBuf, Option<String>)> {
        versions.iter().map(|(path, version)| (path.into(), Some((*version).into()))).collect()
    }

    #[test]
    fn a_tool_of_the_exact_version_on_this_machine_is_used() {
        let found =
            found(&[("/usr/bin/trunk", "0.21.13"), ("/home/a/.cargo/bin/trunk", "0.21.14")]);
        assert_eq!(
            source(&found, "0.21.14", true),
            Source::Copy("/home/a/.cargo/bin/trunk".into())
        );
    }

    #[test]
    fn another_version_or_one_that_does_not_start_is_not_used() {
        let mut found = found(&[("/usr/bin/trunk", "0.21.140")]);
        found.push(("/opt/trunk".into(), None));
        assert_eq!(source(&found, "0.21.14", false), Source::Compile);
    }

    #[test]
    fn a_missing_tool_is_fetched_where_cargo_binstall_is_installed_and_compiled_elsewhere() {
        assert_eq!(source(&[], "0.21.14", true), Source::Fetch);
        assert_eq!(source(&[], "0.21.14", false), Source::Compile);
    }
}
