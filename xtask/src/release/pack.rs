//! Packs the published files in copies of the repository, compares the bytes, and checks the
//! content.

use super::versions::Version;
use crate::command::{Shell, capture, output, run};
use crate::{package, sizes};
use anyhow::{Context, Result, bail, ensure};
use serde::Deserialize;
use sha2::{Digest, Sha256};
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

/// The packed files: their bytes by name.
pub type Packed = BTreeMap<String, Vec<u8>>;

/// The required content of the npm package, besides the files listed in its manifest.
const NEEDED: [&str; 4] = ["LICENSE-APACHE", "LICENSE-MIT", "README.md", "THIRD-PARTY.txt"];
/// Names of files that belong only to the repository.
const FOREIGN: [&str; 5] = [".test.", "node_modules", ".rs", "Cargo.", ".npmrc"];

/// Copies the files of the repository, including uncommitted changes, without ignored files.
pub fn copy(shell: &Shell, to: &Path) -> Result<()> {
    if to.exists() {
        std::fs::remove_dir_all(to).with_context(|| format!("removing {to:?}"))?;
    }
    let arguments = ["ls-files", "-z", "--cached", "--others", "--exclude-standard"];
    let (listed, success) = capture(&mut shell.command("git", arguments))?;
    ensure!(success, "`git ls-files` failed");
    for path in listed.split('\0').filter(|path| !path.is_empty()) {
        let (from, to) = (shell.root.join(path), to.join(path));
        // A link belongs to a local setup, and a deleted file may still be listed.
        if !from.symlink_metadata().is_ok_and(|found| found.is_file()) {
            continue;
        }
        std::fs::create_dir_all(to.parent().context("a file without a folder")?)?;
        std::fs::copy(&from, &to).with_context(|| format!("copying {path}"))?;
    }
    Ok(())
}

/// Packs everything in each copy; fails if the bytes differ.
pub fn twice(shell: &Shell, copies: &[PathBuf; 2], version: &Version) -> Result<Packed> {
    let [one, two] = copies;
    let packed = pack(&shell.at(one), version)?;
    let again = pack(&shell.at(two), version)?;
    let differ: Vec<_> = packed
        .iter()
        .filter(|(name, bytes)| again.get(*name) != Some(bytes))
        .map(|(name, _)| name.as_str())
        .collect();
    ensure!(
        differ.is_empty() && packed.len() == again.len(),
        "two builds differ: {}",
        differ.join(", ")
    );
    Ok(packed)
}

fn pack(shell: &Shell, version: &Version) -> Result<Packed> {
    name_repository(&shell.root)?;
    package::build(shell)?;
    let mut packed = Packed::new();
    for file in [npm(shell)?, krate(shell, version)?, extension(shell, version)?] {
        let name = file.file_name().unwrap_or_default().to_string_lossy().into_owned();
        let bytes = std::fs::read(&file).with_context(|| format!("reading {file:?}"))?;
        packed.insert(name, bytes);
    }
    Ok(packed)
}

/// Provenance is accepted only if the package names its source repository, which the runner knows
/// but the sources do not.
fn name_repository(root: &Path) -> Result<()> {
    let variable = |name: &str| std::env::var(name).ok().filter(|value| !value.is_empty());
    let (Some(server), Some(name)) = (variable("GITHUB_SERVER_URL"), variable("GITHUB_REPOSITORY"))
    else {
        println!(
            "note: outside GitHub Actions the package names no repository, which provenance requires"
        );
        return Ok(());
    };
    let path = root.join("npm/package.json");
    let manifest = std::fs::read_to_string(&path).context("reading npm/package.json")?;
    std::fs::write(&path, with_repository(&manifest, &format!("git+{server}/{name}.git"))?)?;
    Ok(())
}

fn with_repository(manifest: &str, url: &str) -> Result<String> {
    let line = "  \"license\": \"MIT OR Apache-2.0\",\n";
    ensure!(
        manifest.matches(line).count() == 1,
        "npm/package.json declares its license differently"
    );
    let repository = format!("  \"repository\": {{ \"type\": \"git\", \"url\": \"{url}\" }},\n");
    Ok(manifest.replacen(line, &format!("{line}{repository}"), 1))
}

#[derive(Deserialize)]
struct Tarball {
    filename: String,
    size: usize,
    files: Vec<Entry>,
}

#[derive(Deserialize)]
struct Entry {
    path: String,
}

fn npm(shell: &Shell) -> Result<PathBuf> {
    let folder = shell.root.join("npm/pkg");
    let mut command =
        shell.command("npm", ["pack", "./npm/pkg", "--json", "--pack-destination", "target"]);
    let printed = output(&mut command).context("`npm pack` failed")?;
    let list: Vec<Tarball> = serde_json::from_str(&printed).context("reading npm's output")?;
    let tarball = list.first().context("npm packed nothing")?;
    let manifest = std::fs::read_to_string(folder.join("package.json"))?;
    let paths: Vec<&str> = tarball.files.iter().map(|entry| entry.path.as_str()).collect();
    contents(&paths, &manifest)?;
    sizes::check_tarball(tarball.size)?;
    run(&mut shell.command("npm", ["publish", "./npm/pkg", "--dry-run", "--access", "public"]))?;
    Ok(shell.root.join("target").join(&tarball.filename))
}

/// Fails if the package lacks a file that its manifest or a user needs, or contains a file that
/// does not belong in it.
fn contents(paths: &[&str], manifest: &str) -> Result<()> {
    let manifest: serde_json::Value =
        serde_json::from_str(manifest).context("reading package.json")?;
    let mut named = Vec::new();
    strings(&manifest["exports"], &mut named);
    strings(&manifest["bin"], &mut named);
    strings(&manifest["types"], &mut named);
    let named = named.iter().map(|path| path.trim_start_matches("./"));
    let missing: Vec<_> = named.chain(NEEDED).filter(|path| !paths.contains(path)).collect();
    ensure!(missing.is_empty(), "the npm package lacks {}", missing.join(", "));
    let is_foreign = |path: &&&str| FOREIGN.iter().any(|part| path.contains(part));
    match paths.iter().find(is_foreign) {
        Some(path) => bail!("the npm package contains {path}"),
        None => Ok(()),
    }
}

fn strings<'v>(value: &'v serde_json::Value, into: &mut Vec<&'v str>) {
    match value {
        serde_json::Value::String(text) => into.push(text),
        serde_json::Value::Object(map) => map.values().for_each(|value| strings(value, into)),
        _ => {}
    }
}

fn krate(shell: &Shell, version: &Version) -> Result<PathBuf> {
    let arguments = ["package", "-p", "rolewright-core", "--allow-dirty", "--offline", "--quiet"];
    run(&mut shell.command("cargo", arguments))?;
    let list = ["package", "-p", "rolewright-core", "--allow-dirty", "--offline", "--list"];
    let listed =
        output(&mut shell.command("cargo", list)).context("`cargo package --list` failed")?;
    let allowed = [
        "src/",
        "data/",
        "tests/",
        "examples/",
        "Cargo.",
        "README.md",
        "LICENSE-",
        ".cargo_vcs_info.json",
    ];
    let paths: Vec<String> = listed.lines().map(|line| line.replace('\\', "/")).collect();
    for path in &paths {
        ensure!(allowed.iter().any(|start| path.starts_with(start)), "the crate contains {path}");
    }
    for needed in ["LICENSE-APACHE", "LICENSE-MIT", "README.md"] {
        ensure!(paths.iter().any(|path| path == needed), "the crate lacks {needed}");
    }
    Ok(shell.root.join(format!("target/package/rolewright-core-{version}.crate")))
}

fn extension(shell: &Shell, version: &Version) -> Result<PathBuf> {
    let file = shell.root.join(format!("target/rolewright-vscode-{version}.vsix"));
    run(shell.command("node", ["editors/vscode/build.mjs"]).arg(&file))?;
    Ok(file)
}

/// SHA-256, in hexadecimal.
pub fn digest(bytes: &[u8]) -> String {
    format!("{:x}", Sha256::digest(bytes))
}

#[cfg(test)]
mod tests {
    use super::*;

    const MANIFEST: &str =
        r#"{ "bin": { "r": "cli/main.js" }, "exports": { ".": { "default": "./web.js" } } }"#;

    fn all<'a>(more: &[&'a str]) -> Vec<&'a str> {
        NEEDED
            .iter()
            .copied()
            .chain(["cli/main.js", "web.js"])
            .chain(more.iter().copied())
            .collect()
    }

    #[test]
    fn the_package_holds_what_its_manifest_names_and_nothing_of_the_repository() {
        assert!(contents(&all(&[]), MANIFEST).is_ok());
        let error = contents(&all(&[])[1..], MANIFEST).unwrap_err().to_string();
        assert_eq!(error, "the npm package lacks LICENSE-APACHE");
        let error = contents(&all(&["cli/a.test.mjs"]), MANIFEST).unwrap_err().to_string();
        assert_eq!(error, "the npm package contains cli/a.test.mjs");
    }

    #[test]
    fn the_crate_has_the_licenses_of_the_project() {
        let read = |path: &str| std::fs::read_to_string(crate::project::root().join(path)).unwrap();
        for name in ["LICENSE-APACHE", "LICENSE-MIT"] {
            assert_eq!(read(&format!("core/{name}")), read(name), "{name}");
        }
    }

    #[test]
    fn the_repository_is_named_after_the_license() {
        let manifest = "{\n  \"license\": \"MIT OR Apache-2.0\",\n  \"type\": \"module\"\n}\n";
        let named = with_repository(manifest, "git+https://example.org/a.git").unwrap();
        let value: serde_json::Value = serde_json::from_str(&named).unwrap();
        assert_eq!(value["repository"]["url"], "git+https://example.org/a.git");
        assert!(with_repository("{}", "x").is_err());
    }
}
