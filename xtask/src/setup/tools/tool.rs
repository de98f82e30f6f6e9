//! Defines a tool: the location of its installation, and the version of an executable.

use crate::command::output;
use std::path::{Path, PathBuf};
use std::process::Command;

/// A program that a published crate contains.
pub struct Tool {
    pub package: &'static str,
    pub program: &'static str,
    pub version: String,
    /// Arguments of `cargo install` other than the version.
    pub arguments: &'static [&'static str],
    /// The installation's folder, which no other version uses.
    pub home: PathBuf,
}

impl Tool {
    pub fn bin(&self) -> PathBuf {
        self.home.join("bin")
    }

    pub fn file_name(&self) -> String {
        format!("{}{}", self.program, std::env::consts::EXE_SUFFIX)
    }

    pub fn executable(&self) -> PathBuf {
        self.bin().join(self.file_name())
    }

    pub fn is_installed(&self) -> bool {
        version_of(&self.executable()).as_deref() == Some(&self.version)
    }
}

pub fn version_of(executable: &Path) -> Option<String> {
    version_in(&output(Command::new(executable).arg("--version"))?).map(str::to_owned)
}

/// The version in the output of `--version`, which is `NAME VERSION`, optionally with a commit.
fn version_in(printed: &str) -> Option<&str> {
    printed.split_whitespace().nth(1)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_version_is_read_without_the_name_and_the_commit() {
        assert_eq!(version_in("trunk 0.21.14"), Some("0.21.14"));
        assert_eq!(version_in("wasm-bindgen 0.2.130 (3bd0a9d2d)"), Some("0.2.130"));
        assert_eq!(version_in(""), None);
    }
}
