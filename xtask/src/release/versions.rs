//! Finds every place in the repository with its version number. Each place must occur exactly as
//! often as expected, so that none is forgotten when a file changes.

use super::changelog;
use anyhow::{Context, Result, ensure};
use std::fmt;
use std::path::Path;

/// A version `X.Y.Z`, optionally with a pre-release suffix such as `-rc.1`.
#[derive(Clone, Debug, PartialEq)]
pub struct Version {
    numbers: [u32; 3],
    pre: String,
}

impl Version {
    /// Reads a version.
    pub fn parse(text: &str) -> Result<Version> {
        let (numbers, pre) = text.split_once('-').unwrap_or((text, ""));
        let read: Option<Vec<u32>> = numbers.split('.').map(|part| part.parse().ok()).collect();
        let numbers = read.and_then(|read| <[u32; 3]>::try_from(read).ok());
        let is_plain = pre.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'.');
        let numbers = numbers.filter(|_| is_plain && !text.ends_with('-'));
        let numbers =
            numbers.with_context(|| format!("`{text}` is not a version such as 0.2.0"))?;
        let version = Version { numbers, pre: pre.to_owned() };
        ensure!(version.to_string() == text, "write the version as {version}");
        Ok(version)
    }

    /// The next minor version.
    pub fn next(&self) -> Version {
        let [major, minor, _] = self.numbers;
        Version { numbers: [major, minor + 1, 0], pre: String::new() }
    }

    /// Whether this version comes after `other`: a pre-release comes before its release.
    fn is_after(&self, other: &Version) -> bool {
        let key =
            |version: &Version| (version.numbers, version.pre.is_empty(), version.pre.clone());
        key(self) > key(other)
    }
}

impl fmt::Display for Version {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let [major, minor, patch] = self.numbers;
        write!(f, "{major}.{minor}.{patch}")?;
        if self.pre.is_empty() { Ok(()) } else { write!(f, "-{}", self.pre) }
    }
}

/// A text that contains the version, represented by `@`.
struct Place {
    path: &'static str,
    pattern: &'static str,
    times: usize,
}

const fn place(path: &'static str, pattern: &'static str, times: usize) -> Place {
    Place { path, pattern, times }
}

const PLACES: [Place; 5] = [
    place("Cargo.toml", "[workspace.package]\nversion = \"@\"\n", 1),
    place("npm/package.json", "  \"version\": \"@\",\n", 1),
    place("action.yml", "    description: Version of the npm package.\n    default: \"@\"\n", 1),
    place(".pre-commit-hooks.yaml", "npx --yes rolewright@@ ", 2),
    place("editors/vscode/package.json", "  \"version\": \"@\",\n", 1),
];

/// The repository's current version.
pub fn current(root: &Path) -> Result<Version> {
    let manifest = read(root, "Cargo.toml")?;
    let (_, rest) = manifest
        .split_once("[workspace.package]\nversion = \"")
        .context("Cargo.toml does not set the version of the workspace")?;
    Version::parse(rest.split('"').next().unwrap_or_default())
}

/// Writes `version` into every file that contains the version, and returns their paths.
pub fn set(root: &Path, version: &Version, date: &str) -> Result<Vec<String>> {
    let texts = edited(root, version, date)?;
    let write = |(path, text): (String, String)| {
        std::fs::write(root.join(&path), text).with_context(|| format!("writing {path}"))?;
        Ok(path)
    };
    texts.into_iter().map(write).collect()
}

/// Every file that contains the version, with its text for `version`.
pub fn edited(root: &Path, version: &Version, date: &str) -> Result<Vec<(String, String)>> {
    let now = current(root)?;
    ensure!(version.is_after(&now), "{version} is not later than {now}");
    let mut texts = Vec::new();
    for Place { path, pattern, times } in PLACES {
        let text = read(root, path)?;
        texts.push((path.to_owned(), replaced(&text, path, pattern, times, &now, version)?));
    }
    let lock = read(root, "editors/vscode/package-lock.json")?;
    let pattern = "\"name\": \"rolewright-vscode\",\n";
    texts.push((
        "editors/vscode/package-lock.json".into(),
        after_name(&lock, pattern, 2, &now, version)?,
    ));
    for path in ["Cargo.lock", "tests/fuzz/Cargo.lock"] {
        texts.push((path.to_owned(), locked(&read(root, path)?, &now, version)));
    }
    let log = changelog::released(&read(root, "CHANGELOG.md")?, version, date)?;
    texts.push(("CHANGELOG.md".into(), log));
    Ok(texts)
}

fn read(root: &Path, path: &str) -> Result<String> {
    std::fs::read_to_string(root.join(path)).with_context(|| format!("reading {path}"))
}

fn replaced(
    text: &str,
    path: &str,
    pattern: &str,
    times: usize,
    now: &Version,
    next: &Version,
) -> Result<String> {
    // The text before may end in `@`, so the last `@` represents the version.
    let (before, after) = pattern.rsplit_once('@').context("a pattern without a place")?;
    let [from, to] = [now, next].map(|version| format!("{before}{version}{after}"));
    let found = text.matches(&from).count();
    ensure!(
        found == times,
        "{path}: expected `{}` {times} times, found it {found} times",
        from.trim()
    );
    Ok(text.replace(&from, &to))
}

/// An npm lock file names the package in two places, with the version on the next line.
fn after_name(
    lock: &str,
    name: &str,
    times: usize,
    now: &Version,
    next: &Version,
) -> Result<String> {
    let mut found = 0;
    let mut out = String::new();
    for (at, piece) in lock.split(name).enumerate() {
        if at == 0 {
            out.push_str(piece);
            continue;
        }
        let (line, rest) = piece.split_once('\n').unwrap_or((piece, ""));
        found += usize::from(line.contains(&format!("\"{now}\"")));
        out.push_str(&format!(
            "{name}{}\n{rest}",
            line.replace(&now.to_string(), &next.to_string())
        ));
    }
    ensure!(
        found == times,
        "the lock names the package's version {found} times, not {times} times"
    );
    Ok(out)
}

/// Cargo's lock file, with the version of the workspace's own crates, which have no source.
fn locked(lock: &str, now: &Version, next: &Version) -> String {
    let own = |block: &str| {
        block.starts_with("\nname = \"rolewright-") || block.starts_with("\nname = \"xtask\"")
    };
    let [from, to] = [now, next].map(|version| format!("\nversion = \"{version}\"\n"));
    let block = |block: &str| {
        if own(block) && !block.contains("\nsource = ") {
            block.replacen(&from, &to, 1)
        } else {
            block.to_owned()
        }
    };
    lock.split("[[package]]").map(block).collect::<Vec<_>>().join("[[package]]")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn version(text: &str) -> Version {
        Version::parse(text).unwrap()
    }

    #[test]
    fn versions_are_read_and_ordered() {
        for text in ["0.2", "1.2.3.4", "v1.2.3", "1.2.x", "1.2.3-", "01.2.3", "1.2.3-a b"] {
            assert!(Version::parse(text).is_err(), "{text}");
        }
        assert!(version("0.10.0").is_after(&version("0.9.9")));
        assert!(version("0.2.0").is_after(&version("0.2.0-rc.1")));
        assert!(!version("0.2.0").is_after(&version("0.2.0")));
        assert_eq!(version("0.2.1-rc.1").next(), version("0.3.0"));
    }

    #[test]
    fn a_place_that_is_missing_or_found_too_often_is_an_error() {
        let set = |text: &str| replaced(text, "f", "v@@;", 1, &version("0.1.0"), &version("0.2.0"));
        assert_eq!(set("v@0.1.0;").unwrap(), "v@0.2.0;");
        assert!(set("v@0.1.1;").is_err());
        assert!(set("v@0.1.0; v@0.1.0;").is_err());
    }

    #[test]
    fn only_our_own_crates_change_in_the_lock() {
        let lock = |ours: &str| {
            format!(
                "version = 4\n\n[[package]]\nname = \"rolewright-core\"\nversion = \"{ours}\"\n\n\
                 [[package]]\nname = \"other\"\nversion = \"0.1.0\"\nsource = \"registry\"\n"
            )
        };
        assert_eq!(locked(&lock("0.1.0"), &version("0.1.0"), &version("0.2.0")), lock("0.2.0"));
    }

    #[test]
    fn the_lock_of_npm_names_the_version_after_the_name() {
        let lock = |ours: &str| {
            format!(
                "{{ \"name\": \"x\",\n  \"version\": \"{ours}\",\n  \"a\": {{ \"version\": \"0.1.0\" }} }}\n"
            )
        };
        let name = "\"name\": \"x\",\n";
        let set = after_name(&lock("0.1.0"), name, 1, &version("0.1.0"), &version("0.2.0"));
        assert_eq!(set.unwrap(), lock("0.2.0"));
    }

    #[test]
    fn every_place_of_this_repository_is_found() {
        let root = crate::project::root();
        let next = current(&root).unwrap().next();
        let texts = edited(&root, &next, "2026-12-01").unwrap();
        assert_eq!(texts.len(), PLACES.len() + 4);
        for (path, text) in texts {
            assert!(text.contains(&next.to_string()), "{path}");
        }
    }
}
