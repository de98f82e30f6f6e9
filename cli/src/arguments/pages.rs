//! Generates completions and manual pages from the definition of the commands.

use super::command;
use crate::VERSION;
use clap_complete::Shell;

/// The script that completes arguments in a shell.
pub(super) fn completions(shell: &Option<String>) -> String {
    let shell = match shell.as_deref() {
        Some("elvish") => Shell::Elvish,
        Some("fish") => Shell::Fish,
        Some("powershell") => Shell::PowerShell,
        Some("zsh") => Shell::Zsh,
        _ => Shell::Bash,
    };
    let mut out = Vec::new();
    clap_complete::generate(shell, &mut command(), "rolewright", &mut out);
    String::from_utf8_lossy(&out).into_owned()
}

/// The manual page of the program or of one command.
pub(super) fn manual(name: Option<String>) -> Result<String, String> {
    let mut page = command();
    if let Some(name) = name {
        let found = command().find_subcommand(&name).cloned();
        page = found.ok_or_else(|| format!("unknown command \"{name}\""))?;
        let title = format!("rolewright-{name}");
        page = page.bin_name(format!("rolewright {name}")).display_name(title);
    }
    let mut out = Vec::new();
    let page = clap_mangen::Man::new(page).source(format!("rolewright {VERSION}"));
    page.render(&mut out).map_err(|error| error.to_string())?;
    Ok(String::from_utf8_lossy(&out).into_owned())
}
