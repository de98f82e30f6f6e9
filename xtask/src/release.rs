//! `cargo xtask release X.Y.Z`: sets the version everywhere. With `--dry-run`, does so in two
//! copies of the repository, packs both, and reports the files to publish and their destinations.

mod changelog;
mod pack;
mod sbom;
mod versions;

use crate::command::{Shell, output, run};
use crate::setup::setup;
use crate::{licenses, project};
use anyhow::{Context, Result, ensure};
use clap::ArgMatches;
use std::path::Path;
use versions::Version;

/// The files to publish, relative to the root of the repository.
const FILES: &str = "target/release-files";
/// The native programs that the workflow builds.
const WORKFLOW: &str = ".github/workflows/release.yml";

/// Prepares a release, or rehearses one.
pub fn release(given: &ArgMatches) -> Result<()> {
    let version = given.get_one::<String>("version").context("no version")?;
    let version = Version::parse(version)?;
    if given.get_flag("dry-run") {
        rehearse(&setup()?, &version, given.get_flag("released"))
    } else {
        set(&project::root(), &version)
    }
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
    let now = versions::current(root)?;
    versions::edited(root, &now.next(), &changelog::today())?;
    let log = std::fs::read_to_string(root.join("CHANGELOG.md")).context("no changelog")?;
    ensure!(has_news(&log, &now)?, "the changelog says nothing new");
    sbom::of(shell, &now.next()).map(|_| ())
}

/// Whether the changelog says something about the next version, or about this one, which was just
/// released.
fn has_news(log: &str, now: &Version) -> Result<bool> {
    let next = now.next();
    let log = changelog::released(log, &next, "")?;
    let says = |version| changelog::notes(&log, version).is_ok_and(|notes| !notes.is_empty());
    Ok(says(&next) || says(now))
}

fn rehearse(shell: &Shell, version: &Version, released: bool) -> Result<()> {
    // Lists the npm packages in the page's scripts, whose licenses are checked too.
    run(&mut shell.command("node", ["www/build.mjs"]))?;
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
    fn right_after_a_release_nothing_new_is_required() {
        let log = |unreleased: &str, released: &str| {
            format!("## Unreleased\n\n{unreleased}## 0.2.0 – 2026-12-01\n\n{released}")
        };
        let now = Version::parse("0.2.0").unwrap();
        assert!(has_news(&log("", "- New.\n"), &now).unwrap());
        assert!(has_news(&log("- Newer.\n\n", "- New.\n"), &now).unwrap());
        assert!(!has_news(&log("", ""), &now).unwrap());
        assert!(!has_news("## Unreleased\n", &now).unwrap());
        assert!(has_news("## Unreleased\n\n- New.\n", &now).unwrap());
    }

    #[test]
    fn the_native_targets_are_read_from_the_workflow() {
        let workflow = "          - { os: a, target: x86_64-apple-darwin }\n      TARGET: ${{ matrix.target }}\n";
        assert_eq!(targets(workflow), ["x86_64-apple-darwin"]);
    }
}
