//! Reads the renamed tools of servers, and writes them as a part of the engine's table.

use super::check::check_date;
use anyhow::{Context, Result};
use serde::Deserialize;
use std::collections::BTreeMap;
use std::path::Path;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Servers {
    server: Vec<Server>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Server {
    name: String,
    title: String,
    note: String,
    #[expect(dead_code, reason = "it is for those who read the file")]
    source: String,
    checked: String,
    renamed: BTreeMap<String, String>,
}

/// The static that contains them.
pub fn write(file: &Path) -> Result<String> {
    let text = std::fs::read_to_string(file)?;
    let facts: Servers = toml::from_str(&text).with_context(|| format!("in {}", file.display()))?;
    let mut out = String::from(
        "\n/// Servers that have renamed tools.\npub(crate) static SERVERS: &[server_tool::Server] = &[\n",
    );
    for server in &facts.server {
        check_date(&server.checked)?;
        let renamed: Vec<(&String, &String)> = server.renamed.iter().collect();
        out += &format!(
            "    server_tool::Server {{ name: {:?}, title: {:?}, note: {:?}, renamed: &{renamed:?} }},\n",
            server.name, server.title, server.note
        );
    }
    Ok(out + "];\n")
}
