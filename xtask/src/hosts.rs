//! Generates the engine's tables and the documentation page from the facts in
//! `core/data/hosts/*.toml`. Does not judge whether a fact is true.

mod age;
mod check;
mod facts;
mod page;
mod servers;
mod table;

use anyhow::Result;
use std::path::Path;

/// The text of `core/src/host/table.rs`.
pub fn generate(data: &Path) -> Result<String> {
    let servers = servers::write(&data.with_file_name("servers.toml"))?;
    Ok(table::write(&facts::read(data, check::check)?) + &servers)
}

/// The text of `docs/hosts.md`.
pub fn document(data: &Path) -> Result<String> {
    Ok(page::write(&facts::read(data, check::check)?))
}

/// Prints the age of the facts, and which of them are out of date.
pub fn print_age(data: &Path) -> Result<()> {
    print!("{}", age::report(&facts::read(data, check::check)?, &age::today()));
    Ok(())
}

#[cfg(test)]
mod tests {
    use crate::project;

    #[track_caller]
    fn check(path: &str, made: &str) {
        let committed = std::fs::read_to_string(project::root().join(path)).unwrap();
        assert!(made == committed, "{path} is stale: run `cargo xtask docs`");
    }

    #[test]
    fn what_is_committed_is_made_of_the_facts() {
        let data = project::root().join("core/data/hosts");
        check("core/src/host/table.rs", &super::generate(&data).unwrap());
        check("docs/hosts.md", &super::document(&data).unwrap());
    }
}
