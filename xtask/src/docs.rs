//! `cargo xtask docs`: writes the generated files anew, or says which of them are stale.

use crate::command::{Shell, capture};
use crate::{hosts, project};
use anyhow::{Context, Result, bail, ensure};
use std::path::{Path, PathBuf};

/// A file of the repository and what must stand in it.
struct Generated {
    path: PathBuf,
    text: String,
}

/// Writes every generated file; with `--check` compares only.
pub fn docs(arguments: &[String]) -> Result<()> {
    match arguments {
        [] => write(),
        [flag] if flag == "--check" => check(),
        _ => bail!("`docs` knows --check and nothing else"),
    }
}

/// Fails, naming them, when files differ from what would be generated.
pub fn check() -> Result<()> {
    let stale: Vec<String> = generate(&project::root())?
        .iter()
        .filter(|file| !std::fs::read_to_string(&file.path).is_ok_and(|now| now == file.text))
        .map(|file| file.path.display().to_string())
        .collect();
    if stale.is_empty() {
        return Ok(());
    }
    bail!("stale: {}. `cargo xtask docs` writes them anew", stale.join(", "))
}

fn write() -> Result<()> {
    for file in generate(&project::root())? {
        if let Some(folder) = file.path.parent() {
            std::fs::create_dir_all(folder)?;
        }
        std::fs::write(&file.path, &file.text)
            .with_context(|| format!("writing {}", file.path.display()))?;
        println!("wrote {}", file.path.display());
    }
    Ok(())
}

fn generate(root: &Path) -> Result<Vec<Generated>> {
    let facts = root.join("core/data/hosts");
    Ok(vec![
        Generated { path: root.join("core/src/host/table.rs"), text: hosts::generate(&facts)? },
        Generated { path: root.join("docs/rules.md"), text: rules_page(root)? },
    ])
}

/// The engine prints it: this crate does not link the engine, so that it also runs when that does
/// not compile.
fn rules_page(root: &Path) -> Result<String> {
    let shell = Shell::new(root, &[])?;
    let arguments = ["run", "--quiet", "-p", "rolewright-tests", "--bin", "rules_page"];
    let (page, success) = capture(&mut shell.command("cargo", arguments))?;
    ensure!(success, "the rules could not be printed; the reason stands above");
    Ok(page)
}
