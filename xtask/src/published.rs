//! Runs the steps of the gate that need packages used nowhere else: the hosts' own loaders and
//! published parsers, which read the files written for the hosts, and packages unrelated to agents.
//! Installs them into the user's cache; if that fails, the step is skipped with the reason.

use crate::command::{self, Shell, output, run};
use crate::project;
use crate::tally::{self, Tally};
use anyhow::{Context, Result, ensure};
use std::fs::File;
use std::path::{Path, PathBuf};
use std::process::Stdio;

/// Hosts' loaders, and the YAML parsers that most programs use.
const NPM: [&str; 5] = [
    "@google/gemini-cli-core@0.61.0",
    "@qwen-code/qwen-code@0.24.4",
    "@roo-code/types@1.115.0",
    "js-yaml@5.5.0",
    "yaml@2.9.1",
];
/// Hosts that are programs, each with one package per platform.
const PROGRAMS: [&str; 2] = ["opencode-ai@1.18.33", "@anthropic-ai/claude-code@2.1.332"];
const PYTHON: [&str; 2] = ["skills-ref==0.1.1", "PyYAML==6.0.4"];

/// Hosts whose own code reads the written files: they get every role.
const READ_BY_OWN_CODE: [&str; 7] =
    ["gemini", "qwen", "roo", "opencode", "claude-code-plugin", "claude-skill", "agent-skill"];
/// The environment variable that limits the other pairs of a role and a host to one in that many; 1
/// selects all, which takes a gigabyte.
const PART: &str = "ROLEWRIGHT_PART";
/// By default, every role is written for some of the other hosts, and each host gets roles of every kind.
const USUAL_PART: &str = "12";

/// Names the folder of the packages to the test.
const UNRELATED: &str = "ROLEWRIGHT_UNRELATED";

/// Writes the corpus for every host, and lets published parsers and loaders read it.
pub fn loaders(shell: &Shell) -> Result<Tally> {
    let folder = project::cache()?.join("hosts");
    if let Err(error) = install(shell, &folder, &NPM.map(str::to_owned)) {
        return Ok(Tally::skip(format!("the hosts' loaders: {error:#}")));
    }
    let written = shell.root.join("target/conversions.jsonl");
    let part = std::env::var(PART).unwrap_or_else(|_| USUAL_PART.into());
    eprintln!("Every role for {}; {}", READ_BY_OWN_CODE.join(", "), of_others(&part));
    let program = ["run", "--release", "--quiet", "-p", "rolewright-tests", "--bin", "conversions"];
    run(shell
        .command("cargo", program)
        .args(["--", part.as_str()])
        .args(READ_BY_OWN_CODE)
        .stdout(File::create(&written)?))?;
    if std::fs::metadata(&written)?.len() == 0 {
        return Ok(Tally::skip("the hosts' loaders: the corpus was not found (ROLEWRIGHT_DATA)"));
    }
    let node = shell.root.join("tests/hosts/read.mjs");
    let programs = project::cache()?.join("programs");
    let missing = install(shell, &programs, &PROGRAMS.map(str::to_owned)).err();
    let mut command = shell.command("node", [node.as_path(), folder.as_path(), &programs]);
    let (printed, success) = command::tee(command.stdin(File::open(&written)?))?;
    let mut tally = skipped(&printed);
    if let Some(error) = missing {
        eprintln!("The hosts that are programs could not be installed: {error:#}");
    }
    tally.add(if success { Tally::pass() } else { Tally::fail("the readers and loaders in Node") });
    tally.add(python(shell, &folder, &written)?);
    std::fs::remove_file(written)?;
    Ok(tally)
}

/// States which of the other conversions are tested.
fn of_others(part: &str) -> String {
    match part {
        "1" => "and for every other host".into(),
        _ => format!("of all other conversions, one in {part} ({PART}=1 for all)"),
    }
}

fn python(shell: &Shell, folder: &Path, written: &Path) -> Result<Tally> {
    let python = match environment(shell, folder) {
        Ok(python) => python,
        Err(error) => return Ok(Tally::skip(format!("the readers in Python: {error:#}"))),
    };
    let program = shell.root.join("tests/hosts/read.py");
    let mut command = shell.command(&python.to_string_lossy(), [program]);
    let (_, success) = command::tee(command.stdin(File::open(written)?))?;
    Ok(if success { Tally::pass() } else { Tally::fail("the readers in Python") })
}

/// The output lines about programs that could not be started.
fn skipped(printed: &str) -> Tally {
    let reasons = printed.lines().filter_map(|line| line.strip_prefix("skipped: "));
    reasons.fold(Tally::default(), |mut tally, reason| {
        tally.add(Tally::skip(reason));
        tally
    })
}

/// A Python with the packages.
fn environment(shell: &Shell, folder: &Path) -> Result<PathBuf> {
    let scripts = if cfg!(windows) { "Scripts/python.exe" } else { "bin/python" };
    let (own, stamp) = (folder.join("python"), folder.join("python.txt"));
    let python = own.join(scripts);
    let wanted = PYTHON.join("\n");
    if std::fs::read_to_string(&stamp).is_ok_and(|found| found == wanted) && python.is_file() {
        return Ok(python);
    }
    let venv = output(shell.command("python3", ["-m", "venv"]).arg(&own));
    venv.context("`python3 -m venv` failed")?;
    let pip = output(
        shell.command(&python.to_string_lossy(), ["-m", "pip", "install", "-q"]).args(PYTHON),
    );
    pip.context("the packages could not be installed")?;
    std::fs::write(stamp, wanted)?;
    Ok(python)
}

/// Searches packages unrelated to agents for roles.
pub fn unrelated(shell: &Shell) -> Result<Tally> {
    let list = std::fs::read_to_string(shell.root.join("tests/unrelated-packages.txt"))?;
    let packages: Vec<String> =
        list.lines().filter(|line| !line.starts_with('#')).map(str::to_owned).collect();
    let folder = project::cache()?.join("unrelated");
    if let Err(error) = install(shell, &folder, &packages) {
        return Ok(Tally::skip(format!("unrelated packages: {error:#}")));
    }
    let test = ["test", "-p", "rolewright-tests", "--test", "discovery", "--", "--nocapture"];
    let mut command = shell.command("cargo", test);
    let (printed, success) = command::tee(command.env(UNRELATED, folder.join("node_modules")))?;
    Ok(tally::of_cargo(&printed).with_exit(success, "the unrelated packages"))
}

/// The workbench of VS Code for the Web, and a file system for it.
const WORKBENCH: [&str; 2] = ["code-server@4.96.4", "@vscode/test-web@0.0.81"];

/// Installs both, and returns their folder.
pub fn workbench(shell: &Shell) -> Result<PathBuf> {
    let folder = project::cache()?.join("workbench");
    install(shell, &folder, &WORKBENCH.map(str::to_owned))?;
    Ok(folder.join("node_modules"))
}

/// Installs npm packages into a folder without running their scripts.
fn install(shell: &Shell, folder: &Path, packages: &[String]) -> Result<()> {
    let stamp = folder.join("packages.txt");
    let wanted = packages.join("\n");
    if std::fs::read_to_string(&stamp).is_ok_and(|found| found == wanted) {
        return Ok(());
    }
    ensure!(shell.has("npm"), "npm is missing");
    std::fs::create_dir_all(folder)?;
    std::fs::write(folder.join("package.json"), "{ \"private\": true }\n")?;
    eprintln!("\n==> Installing {} npm packages into {}", packages.len(), folder.display());
    let options = ["install", "--ignore-scripts", "--no-audit", "--no-fund", "--legacy-peer-deps"];
    let mut command = shell.command("npm", options);
    run(command.args(packages).current_dir(folder).stdout(Stdio::null()))
        .context("the packages could not be installed")?;
    std::fs::write(stamp, wanted).context("writing packages.txt")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_did_not_start_is_skipped_with_its_reason() {
        let tally = skipped("skipped: no loader\n3 differences\n");
        assert_eq!(tally.skipped, [(1, "no loader".to_owned())]);
    }
}
