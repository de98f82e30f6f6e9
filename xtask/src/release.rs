//! `cargo xtask release X.Y.Z`: sets the version everywhere. With `--dry-run`, does so in two
//! copies of the repository, packs both, and reports the files to publish and their destinations.

mod changelog;
mod pack;
mod sbom;
mod versions;

use crate::command::{Shell, output};
use crate::setup::setup;
use crate::{licenses, project};
use anyhow::{Context, Result, bail, ensure};
use std::path::Path;
use versions::Version;

const USAGE: &str = "`release` takes a version such as 0.2.0, and --dry-run (with --released for a version that is set already)";
/// The files to publish, relative to the root of the repository.
const FILES: &str = "target/release-files";
/// The native programs that the workflow builds.
const WORKFLOW: &str = ".github/workflows/release.yml";

/// Prepares a release, or rehearses one.
pub fn release(arguments: &[String]) -> Result<()> {
    let has = |flag: &str| arguments.iter().any(|argument| argument == flag);
    let (dry, released) = (has("--dry-run"), has("--released"));
    let words: Vec<_> =
        arguments.iter().filter(|a| *a != "--dry-run" && *a != "--released").collect();
    let [version] = words.as_slice() else { bail!(USAGE) };
    ensure!(!version.starts_with('-') && (dry || !released), USAGE);
    let version = Version::parse(version)?;
    if dry { rehearse(&setup()?, &version, released) } else { set(&project::root(), &version) }
}

/// Sets the version in the repository itself.
fn set(root: &Path, version: &Version) -> Result<()> {
    let changed = versions::set(root, version, &changelog::today())?;
    changed.iter().for_each(|path| println!("set {version} in {path}"));
    println!("\nNext: review and commit this, tag the commit v{version}, and push the tag.");
    println!("The workflow {WORKFLOW} tests, packs and publishes it.");
    Ok(())
}

/// Fails if a release of the next version cannot be prepared. Builds nothing.
pub fn check(shell: &Shell) -> Result<()> {
    let root = &shell.root;
    let next = versions::current(root)?.next();
    let texts = versions::edited(root, &next, &changelog::today())?;
    let log = texts.iter().find(|(path, _)| path == "CHANGELOG.md").context("no changelog")?;
    ensure!(!changelog::notes(&log.1, &next)?.is_empty(), "the changelog says nothing new");
    sbom::of(shell, &next).map(|_| ())
}

fn rehearse(shell: &Shell, version: &Version, released: bool) -> Result<()> {
    licenses::check(shell)?;
    let out = shell.root.join(FILES);
    if out.exists() {
        std::fs::remove_dir_all(&out).context("removing the files of an earlier run")?;
    }
    std::fs::create_dir_all(&out)?;
    let copies = ["one", "two"].map(|name| shell.root.join("target/release-copies").join(name));
    let mut changed = Vec::new();
    for copy in &copies {
        pack::copy(shell, copy)?;
        if released {
            let now = versions::current(copy)?;
            ensure!(now == *version, "the repository is at {now}, not at {version}");
        } else {
            changed = versions::set(copy, version, &changelog::today())?;
        }
    }
    changed.iter().for_each(|path| println!("would set {version} in {path}"));
    let log =
        std::fs::read_to_string(copies[0].join("CHANGELOG.md")).context("reading the changelog")?;
    let notes = changelog::notes(&log, version)?;
    ensure!(!notes.is_empty(), "the changelog says nothing about {version}");
    let packed = pack::twice(shell, &copies, version)?;
    for (name, bytes) in &packed {
        std::fs::write(out.join(name), bytes).with_context(|| format!("writing {name}"))?;
    }
    std::fs::write(out.join("NOTES.md"), notes)?;
    // The workflow puts this file next to the native programs.
    std::fs::write(out.join("THIRD-PARTY.txt"), licenses::notices(shell, &licenses::NATIVE)?)?;
    let bom = sbom::of(shell, version)?;
    std::fs::write(out.join(format!("rolewright-{version}.cdx.json")), bom)?;
    report(shell, version, &packed)
}

fn report(shell: &Shell, version: &Version, packed: &pack::Packed) -> Result<()> {
    let commit = output(&mut shell.command("git", ["rev-parse", "--short", "HEAD"]));
    println!("\nRolewright {version}, from {}", commit.unwrap_or_else(|| "no commit".into()));
    println!("Packed twice, in two folders, with the same bytes:");
    for (name, bytes) in packed {
        println!(
            "  {name:<40} {:>8} KiB  sha256 {}",
            bytes.len().div_ceil(1024),
            pack::digest(bytes)
        );
    }
    let workflow =
        std::fs::read_to_string(shell.root.join(WORKFLOW)).context("reading the workflow")?;
    println!("\nWould publish:");
    println!("  npm     rolewright {version}, with provenance");
    println!("  crates  rolewright-core {version}");
    println!(
        "  tag     v{version} with the notes of the changelog, the files above, an SBOM (CycloneDX), and the native programs for"
    );
    for target in targets(&workflow) {
        println!("          {target}");
    }
    println!("\nThe files are in {FILES}.");
    Ok(())
}

/// The targets in the workflow's matrix.
fn targets(workflow: &str) -> Vec<&str> {
    workflow.lines().filter_map(|line| line.split_once("target: ")?.1.strip_suffix(" }")).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_native_targets_are_read_from_the_workflow() {
        let workflow = "          - { os: a, target: x86_64-apple-darwin }\n      TARGET: ${{ matrix.target }}\n";
        assert_eq!(targets(workflow), ["x86_64-apple-darwin"]);
    }

    #[test]
    fn a_version_is_required_and_nothing_unknown_is_accepted() {
        for words in
            [&[][..], &["--dry-run"], &["0.2.0", "0.3.0"], &["--force"], &["0.2.0", "--released"]]
        {
            let words: Vec<String> = words.iter().map(ToString::to_string).collect();
            assert_eq!(release(&words).unwrap_err().to_string(), USAGE);
        }
    }
}
