//! `cargo xtask docs`: writes the generated files anew, or says which of them are stale.

use crate::{hosts, project};
use anyhow::{Context, Result, bail};
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
        std::fs::write(&file.path, &file.text)
            .with_context(|| format!("writing {}", file.path.display()))?;
        println!("wrote {}", file.path.display());
    }
    Ok(())
}

fn generate(root: &Path) -> Result<Vec<Generated>> {
    let facts = root.join("core/data/hosts");
    Ok(vec![Generated {
        path: root.join("core/src/host/table.rs"),
        text: hosts::generate(&facts)?,
    }])
}
