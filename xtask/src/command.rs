//! Runs other programs: puts the tools' folders first on PATH, shows or keeps their output, and reports
//! failures in a sentence that names the command.

use anyhow::{Context, Result, bail};
use std::ffi::{OsStr, OsString};
use std::io::{BufRead, BufReader, Write};
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

/// The folder where commands run, and the folders of their tools.
pub struct Shell {
    /// Root of the repository, the working folder of every command.
    pub root: PathBuf,
    path: OsString,
}

impl Shell {
    /// A shell whose PATH starts with `first`, in order.
    pub fn new(root: &Path, first: &[PathBuf]) -> Result<Shell> {
        let inherited = std::env::var_os("PATH").unwrap_or_default();
        let folders = first.iter().cloned().chain(std::env::split_paths(&inherited));
        let path = std::env::join_paths(folders).context("a folder on PATH cannot be used")?;
        Ok(Shell { root: root.to_owned(), path })
    }

    /// The same tools for a copy of the repository.
    pub fn at(&self, root: &Path) -> Shell {
        Shell { root: root.to_owned(), path: self.path.clone() }
    }

    /// A command that runs in the repository with this PATH.
    pub fn command<I, A>(&self, program: &str, arguments: I) -> Command
    where
        I: IntoIterator<Item = A>,
        A: AsRef<OsStr>,
    {
        let mut command = Command::new(self.find(program));
        command.args(arguments).current_dir(&self.root).env("PATH", &self.path);
        command
    }

    // The system's own search would use our PATH, not the child's.
    /// The path that `program` has on this PATH, or its bare name if there is none.
    pub fn find(&self, program: &str) -> PathBuf {
        let names = if cfg!(windows) {
            vec![format!("{program}.exe"), format!("{program}.cmd")]
        } else {
            vec![program.to_owned()]
        };
        std::env::split_paths(&self.path)
            .flat_map(|folder| names.iter().map(move |name| folder.join(name)))
            .find(|candidate| candidate.is_file())
            .unwrap_or_else(|| PathBuf::from(program))
    }

    /// Whether `program` is on this PATH.
    pub fn has(&self, program: &str) -> bool {
        self.find(program).is_absolute()
    }
}

/// Runs `command` with visible output; an error names the command and its exit status.
pub fn run(command: &mut Command) -> Result<()> {
    let status = command.status().with_context(|| format!("`{}` did not start", name(command)))?;
    if !status.success() {
        bail!("`{}` failed ({status})", name(command));
    }
    Ok(())
}

/// The standard output of `command`, trimmed, or `None` if it fails or is not installed.
pub fn output(command: &mut Command) -> Option<String> {
    let output = command.stderr(Stdio::null()).output().ok()?;
    let text = String::from_utf8_lossy(&output.stdout).trim().to_owned();
    output.status.success().then_some(text)
}

/// Runs `command`, shows its standard output line by line, and returns the output and whether the
/// command succeeded.
pub fn tee(command: &mut Command) -> Result<(String, bool)> {
    collect(command, |line| std::io::stdout().write_all(line))
}

/// Like [`tee`], but standard output is only returned; errors are still shown.
pub fn capture(command: &mut Command) -> Result<(String, bool)> {
    collect(command, |_| Ok(()))
}

fn collect(
    command: &mut Command,
    mut show: impl FnMut(&[u8]) -> std::io::Result<()>,
) -> Result<(String, bool)> {
    let mut child = command
        .stdout(Stdio::piped())
        .spawn()
        .with_context(|| format!("`{}` did not start", name(command)))?;
    let mut kept = String::new();
    if let Some(stdout) = child.stdout.take() {
        let mut reader = BufReader::new(stdout);
        let mut line = Vec::new();
        while reader.read_until(b'\n', &mut line)? > 0 {
            show(&line)?;
            kept.push_str(&String::from_utf8_lossy(&line));
            line.clear();
        }
    }
    Ok((kept, child.wait()?.success()))
}

/// The command as a person would type it, without its folder.
pub fn name(command: &Command) -> String {
    let program = Path::new(command.get_program()).file_stem().unwrap_or_default();
    let words = std::iter::once(program).chain(command.get_args());
    words.map(|word| word.to_string_lossy()).collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_command_is_named_without_its_folder() {
        let mut command = Command::new("/opt/tools/bin/trunk");
        command.args(["build", "--release"]);
        assert_eq!(name(&command), "trunk build --release");
    }

    #[cfg(unix)]
    #[test]
    fn a_failing_command_is_an_error_that_names_it() {
        let mut command = Command::new("sh");
        command.args(["-c", "exit 3"]);
        let error = run(&mut command).unwrap_err().to_string();
        assert_eq!(error, "`sh -c exit 3` failed (exit status: 3)");
    }

    #[cfg(unix)]
    #[test]
    fn what_a_command_prints_is_kept_with_how_it_ended() {
        let mut command = Command::new("sh");
        command.args(["-c", "echo one; echo two; exit 1"]);
        assert_eq!(tee(&mut command).unwrap(), ("one\ntwo\n".to_owned(), false));
    }
}
