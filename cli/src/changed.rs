//! `--changed-since REF`: determines the files that git considers changed.

use crate::failure::Failure;
use crate::paths::join;
use crate::world::World;
use std::collections::BTreeSet;

/// The absolute paths of files that changed since the current branch diverged from `reference`, and
/// of untracked files.
pub(crate) fn since(world: &dyn World, reference: &str) -> Result<BTreeSet<String>, Failure> {
    let here = world.folder();
    let git = |words: &[&str], folder: &str| {
        let said = world.call("git", words, folder);
        let said = said.map_err(|fault| {
            let why = fault.to_string();
            let why = why.lines().next().unwrap_or("");
            Failure::problem(format!("--changed-since {reference}: git failed: {why}"))
        })?;
        Ok(String::from_utf8_lossy(&said).into_owned())
    };
    let root = git(&["rev-parse", "--show-toplevel"], &here)?;
    let root = root.trim_end();
    let real = world.real(root).unwrap_or_else(|_| root.to_string());
    // Ends the options, because a reference must not be read as an option.
    let words = [
        "diff",
        "--name-only",
        "-z",
        "--diff-filter=d",
        "--merge-base",
        "--end-of-options",
        reference,
    ];
    let changed = git(&words, root)?;
    let new = git(&["ls-files", "--others", "--exclude-standard", "-z"], root)?;
    let paths = changed.split('\0').chain(new.split('\0')).filter(|path| !path.is_empty());
    Ok(paths.map(|path| join(&real, path)).collect())
}
