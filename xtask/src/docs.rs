//! `cargo xtask docs`: writes the generated files, or lists the stale ones.

use crate::command::{Shell, capture};
use crate::{hosts, project};
use anyhow::{Context, Result, bail, ensure};
use clap::ArgMatches;
use std::path::Path;

/// A file of the repository, and the function that generates its text.
type Generated = (&'static str, fn(&Path) -> Result<String>);

/// The order matters: the files after the table are printed by the engine, which needs the table to
/// compile.
const FILES: [Generated; 7] = [
    ("core/src/host/table.rs", |root| hosts::generate(&root.join(FACTS))),
    ("docs/hosts.md", |root| hosts::document(&root.join(FACTS))),
    ("docs/hosts.json", |root| printed(root, "hosts_data", &[])),
    ("docs/rules.md", |root| printed(root, "rules_page", &[])),
    ("docs/messages.md", |root| printed(root, "messages_page", &[])),
    ("docs/rules.json", |root| printed(root, "rules_page", &["--", "--json"])),
    ("docs/public-api.txt", |root| printed(root, "public_api", &[])),
];

const FACTS: &str = "core/data/hosts";

/// Writes every generated file; with `--check`, only compares.
pub fn docs(given: &ArgMatches) -> Result<()> {
    if given.get_flag("check") { check() } else { write() }
}

/// Fails with the names of the files that differ from the generated text.
pub fn check() -> Result<()> {
    let root = project::root();
    let mut stale = Vec::new();
    for (path, make) in FILES {
        let text = make(&root)?;
        if !std::fs::read_to_string(root.join(path)).is_ok_and(|now| now == text) {
            stale.push(path);
        }
    }
    if stale.is_empty() {
        return Ok(());
    }
    bail!("stale: {}; run `cargo xtask docs` to regenerate them", stale.join(", "))
}

fn write() -> Result<()> {
    let root = project::root();
    for (name, make) in FILES {
        let path = root.join(name);
        let text = make(&root)?;
        if let Some(folder) = path.parent() {
            std::fs::create_dir_all(folder)?;
        }
        std::fs::write(&path, text).with_context(|| format!("writing {name}"))?;
        println!("wrote {name}");
    }
    Ok(())
}

/// The output of a program that links the engine. This crate does not link the engine, so that it
/// also runs when the engine does not compile.
fn printed(root: &Path, program: &str, arguments: &[&str]) -> Result<String> {
    let shell = Shell::new(root, &[])?;
    let run = ["run", "--quiet", "-p", "rolewright-tests", "--bin", program];
    let (page, success) = capture(&mut shell.command("cargo", [&run, arguments].concat()))?;
    ensure!(success, "{program} failed; see the output above");
    Ok(page)
}
