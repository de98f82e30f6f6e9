//! Locates the repository, the cache folder for tools, and the version of a package in Cargo.lock.
//! Reads files, changes nothing.

use anyhow::{Context, Result, bail};
use std::path::{Path, PathBuf};

/// Root of the repository.
pub fn root() -> PathBuf {
    // Cargo sets the variable for each run; the compiled-in value would be outdated after the
    // repository is moved.
    let xtask = std::env::var_os("CARGO_MANIFEST_DIR")
        .map_or_else(|| PathBuf::from(env!("CARGO_MANIFEST_DIR")), PathBuf::from);
    xtask.parent().map_or_else(|| xtask.clone(), Path::to_path_buf)
}

/// The project's folder in the user's cache, where tools and browsers are kept between clones.
pub fn cache() -> Result<PathBuf> {
    let base = folder_in("XDG_CACHE_HOME")
        .or_else(|| folder_in("LOCALAPPDATA").filter(|_| cfg!(windows)))
        .or_else(|| folder_in("HOME").map(|home| home.join(".cache")))
        .context("neither XDG_CACHE_HOME nor HOME is set, so the tools cannot be stored")?;
    Ok(base.join("rolewright"))
}

/// The folder of Cargo's crates and installed programs.
pub fn cargo_home() -> Option<PathBuf> {
    let home = || folder_in(if cfg!(windows) { "USERPROFILE" } else { "HOME" });
    folder_in("CARGO_HOME").or_else(|| Some(home()?.join(".cargo")))
}

fn folder_in(variable: &str) -> Option<PathBuf> {
    std::env::var_os(variable).filter(|value| !value.is_empty()).map(PathBuf::from)
}

/// The version of `package` in the repository's Cargo.lock.
pub fn locked_version(root: &Path, package: &str) -> Result<String> {
    let path = root.join("Cargo.lock");
    let lock = std::fs::read_to_string(&path).with_context(|| format!("reading {path:?}"))?;
    match version_in_lock(&lock, package) {
        Some(version) => Ok(version.to_owned()),
        None => bail!("Cargo.lock does not list `{package}`"),
    }
}

fn version_in_lock<'a>(lock: &'a str, package: &str) -> Option<&'a str> {
    let mut lines = lock.lines();
    let name = format!("name = \"{package}\"");
    lines.find(|line| *line == name)?;
    lines.next()?.strip_prefix("version = \"")?.strip_suffix('"')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_locked_version_is_that_of_the_exact_package() {
        let lock = "[[package]]\nname = \"wasm-bindgen-macro\"\nversion = \"0.2.1\"\n\n\
                    [[package]]\nname = \"wasm-bindgen\"\nversion = \"0.2.130\"\n";
        assert_eq!(version_in_lock(lock, "wasm-bindgen"), Some("0.2.130"));
        assert_eq!(version_in_lock(lock, "yew"), None);
    }
}
