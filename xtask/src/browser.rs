//! Finds a Chromium for the browser tests: one named by the user, one installed on the system,
//! Debian's package if run as root, or else Playwright's own in the user's cache.

use crate::command::{Shell, output, run};
use crate::project;
use anyhow::{Context, Result, bail};
use std::path::PathBuf;
use std::process::Command;

/// The environment variable that passes the browser to the tests; users may set it to choose one.
pub const VARIABLE: &str = "ROLEWRIGHT_CHROMIUM";

const NAMES: [&str; 5] =
    ["chromium", "chromium-browser", "google-chrome-stable", "google-chrome", "microsoft-edge"];
const PLACES: [&str; 2] = [
    "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
    "/Applications/Chromium.app/Contents/MacOS/Chromium",
];

/// The path of a working browser, installed if necessary.
pub fn ensure(shell: &Shell) -> Result<PathBuf> {
    if let Some(named) = std::env::var_os(VARIABLE).map(PathBuf::from) {
        if starts(&named) {
            return Ok(named);
        }
        bail!("{VARIABLE} names {named:?}, which does not start");
    }
    if let Some(found) = on_this_system() {
        return Ok(found);
    }
    if is_root() && shell.has("apt-get") {
        eprintln!("\n==> Installing Debian's chromium for the browser tests");
        if install_package(shell).is_ok()
            && let Some(found) = on_this_system()
        {
            return Ok(found);
        }
        eprintln!("The package contains no browser that starts; trying Playwright's own.");
    }
    playwrights_own(shell)
}

fn on_this_system() -> Option<PathBuf> {
    let path = std::env::var_os("PATH").unwrap_or_default();
    let on_path = std::env::split_paths(&path)
        .flat_map(|folder| NAMES.map(|name| folder.join(name)))
        .filter(|candidate| candidate.is_file());
    on_path.chain(PLACES.map(PathBuf::from)).find(starts)
}

// Ubuntu's chromium-browser is a stub that only refers to snap, so its existence proves nothing.
fn starts(browser: &PathBuf) -> bool {
    output(Command::new(browser).arg("--version")).is_some_and(|text| !text.is_empty())
}

fn is_root() -> bool {
    output(Command::new("id").arg("-u")).is_some_and(|id| id == "0")
}

fn install_package(shell: &Shell) -> Result<()> {
    run(&mut shell.command("apt-get", ["update", "-qq"]))?;
    let arguments = ["install", "-y", "-qq", "--no-install-recommends", "chromium"];
    run(shell.command("apt-get", arguments).env("DEBIAN_FRONTEND", "noninteractive"))
}

fn playwrights_own(shell: &Shell) -> Result<PathBuf> {
    let home = project::cache()?.join("browsers");
    let find = || {
        let script = "console.log(require('playwright-core').chromium.executablePath())";
        output(shell.command("node", ["-e", script]).env("PLAYWRIGHT_BROWSERS_PATH", &home))
            .map(PathBuf::from)
    };
    if let Some(found) = find().filter(starts) {
        return Ok(found);
    }
    eprintln!("\n==> Installing Playwright's Chromium into {}", home.display());
    let advice = format!(
        "no browser could be installed for the browser tests. Install Chromium or Chrome, or name \
         one in {VARIABLE}, and run this again"
    );
    let mut install = shell.command("playwright-core", ["install", "chromium"]);
    run(install.env("PLAYWRIGHT_BROWSERS_PATH", &home)).context(advice)?;
    find().filter(starts).context(
        "Playwright's Chromium is here but does not start; its libraries are likely missing: \
         `sudo npx playwright-core install-deps chromium` adds them",
    )
}
