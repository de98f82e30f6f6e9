//! `cargo xtask screenshot`: updates the picture in the README from the release build.

use crate::command::run;
use crate::setup::setup;
use crate::{browser, site};
use anyhow::{Context, Result};

/// Builds the site and takes the picture in a real browser.
pub fn screenshot() -> Result<()> {
    let shell = setup()?;
    site::build()?;
    let browser = browser::ensure(&shell)?;
    let mut command = shell.command("node", ["tests/e2e/screenshot.mjs"]);
    run(command.env(browser::VARIABLE, browser)).context("taking the picture")
}
