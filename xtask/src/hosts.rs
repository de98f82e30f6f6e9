//! Turns the facts in `core/data/hosts/*.toml` into what is made of them: the engine's tables and the
//! documentation's page. Knows what a host is from `facts`; does not judge whether a fact is true.

mod facts;
mod table;

use anyhow::Result;
use std::path::Path;

/// The text of `core/src/host/table.rs`.
pub fn generate(data: &Path) -> Result<String> {
    Ok(table::write(&facts::read(data)?))
}

#[cfg(test)]
mod tests {
    use crate::project;

    #[test]
    fn the_committed_tables_are_those_of_the_facts() {
        let root = project::root();
        let made = super::generate(&root.join("core/data/hosts")).unwrap();
        let committed = std::fs::read_to_string(root.join("core/src/host/table.rs")).unwrap();
        assert!(made == committed, "core/src/host/table.rs is stale: run `cargo xtask docs`");
    }
}
