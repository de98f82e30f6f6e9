//! Finds the license texts in the folder of a package.

use super::part::permits;
use anyhow::{Context, Result};
use std::path::Path;

/// The texts in `folder` that belong to the SPDX expression `license`.
pub fn of(folder: &Path, license: &str) -> Result<Vec<String>> {
    let entries = std::fs::read_dir(folder).with_context(|| format!("listing {folder:?}"))?;
    let names = entries.flatten().filter(|entry| entry.path().is_file());
    let mut names: Vec<_> = names.map(|e| e.file_name().to_string_lossy().into_owned()).collect();
    names.sort();
    let read = |name: &&str| {
        let path = folder.join(name);
        std::fs::read_to_string(&path).with_context(|| format!("reading {path:?}"))
    };
    chosen(&names, license).iter().map(read).collect()
}

/// The relevant files: if MIT is an option, only its text, which is the shortest.
fn chosen<'a>(names: &'a [String], license: &str) -> Vec<&'a str> {
    let names = names.iter().map(String::as_str);
    let legal = names.filter(|name| {
        let name = name.to_ascii_uppercase();
        ["LICENSE", "LICENCE", "COPYING", "NOTICE", "UNLICENSE"].iter().any(|s| name.starts_with(s))
    });
    let legal: Vec<_> = legal.collect();
    let mit = legal.iter().copied().find(|name| name.starts_with("LICENSE-MIT"));
    mit.filter(|_| permits(license, &["MIT"])).map_or(legal, |mit| vec![mit])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(names: &[&str], license: &str, expected: &[&str]) {
        let names: Vec<String> = names.iter().map(|name| (*name).to_owned()).collect();
        assert_eq!(chosen(&names, license), expected);
    }

    #[test]
    fn mit_is_chosen_where_it_may_be() {
        let names = ["Cargo.toml", "LICENSE-APACHE", "LICENSE-MIT", "src.rs"];
        check(&names, "MIT OR Apache-2.0", &["LICENSE-MIT"]);
        check(&names, "MIT AND Apache-2.0", &["LICENSE-APACHE", "LICENSE-MIT"]);
    }

    #[test]
    fn any_common_name_of_a_license_is_found() {
        check(&["COPYING", "README.md", "license.txt"], "ISC", &["COPYING", "license.txt"]);
    }
}
