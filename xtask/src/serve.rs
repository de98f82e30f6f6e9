//! `cargo xtask serve`: serves the playground on this machine and rebuilds it whenever a file
//! changes. Prints the address once the page answers, and opens a browser if there is a screen.

use crate::command::run;
use crate::setup::setup;
use anyhow::{Context, Result, bail};
use clap::ArgMatches;
use std::net::{Ipv4Addr, TcpListener, TcpStream};
use std::time::Duration;

const PORTS: std::ops::Range<u16> = 8080..8100;

/// Serves until interrupted. `--port N` sets the port, `--no-open` prevents opening a browser.
pub fn serve(given: &ArgMatches) -> Result<()> {
    let shell = setup()?;
    let port = free_port(given.get_one("port").copied())?;
    // The watcher cannot ignore a folder that does not exist yet.
    std::fs::create_dir_all(shell.root.join("www/generated"))?;
    eprintln!("\n==> Building the playground (the first time takes a few minutes)");
    announce(port);
    let open = !given.get_flag("no-open") && has_screen();
    let mut trunk = shell.command("trunk", ["serve", "--address", "127.0.0.1"]);
    trunk.args(["--port", &port.to_string(), "--open", &open.to_string()]);
    trunk.args(["--disable-address-lookup", "true"]);
    // Trunk accepts only true or false for this variable and stops at the usual value 1.
    run(trunk.env_remove("NO_COLOR")).context(
        "the playground could not be served. What failed stands above; after a change of the \
         sources `cargo check --workspace` shows it faster",
    )
}

fn free_port(wanted: Option<u16>) -> Result<u16> {
    let is_free = |port: &u16| TcpListener::bind((Ipv4Addr::LOCALHOST, *port)).is_ok();
    match wanted {
        Some(port) if is_free(&port) => Ok(port),
        Some(port) => {
            bail!("port {port} is in use: choose another, or leave out --port to find a free one")
        }
        None => PORTS.clone().find(is_free).with_context(|| {
            format!("ports {PORTS:?} are all in use: choose a free one with `--port N`")
        }),
    }
}

/// Prints the address once the server answers; Trunk builds before it listens.
fn announce(port: u16) {
    std::thread::spawn(move || {
        while TcpStream::connect((Ipv4Addr::LOCALHOST, port)).is_err() {
            std::thread::sleep(Duration::from_millis(200));
        }
        println!("\n    The playground is at http://127.0.0.1:{port}/   (Ctrl-C stops it)\n");
    });
}

fn has_screen() -> bool {
    let set = |name| std::env::var_os(name).is_some_and(|value| !value.is_empty());
    cfg!(any(windows, target_os = "macos")) || set("DISPLAY") || set("WAYLAND_DISPLAY")
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::BTreeSet;
    use std::path::Path;

    /// The folders of the workspace that the crate in `folder` is built from.
    fn sources(root: &Path, folder: &str, found: &mut BTreeSet<String>) {
        if !found.insert(folder.to_owned()) {
            return;
        }
        let manifest = std::fs::read_to_string(root.join(folder).join("Cargo.toml")).unwrap();
        let manifest: toml::Table = toml::from_str(&manifest).unwrap();
        for dependency in manifest["dependencies"].as_table().unwrap().values() {
            let Some(path) = dependency.get("path").and_then(toml::Value::as_str) else { continue };
            let path = root.join(folder).join(path).canonicalize().unwrap();
            let path = path.strip_prefix(root.canonicalize().unwrap()).unwrap().to_owned();
            sources(root, path.to_str().unwrap(), found);
        }
    }

    #[test]
    fn every_folder_that_the_playground_is_built_from_is_watched() {
        let root = crate::project::root();
        let trunk = std::fs::read_to_string(root.join("Trunk.toml")).unwrap();
        let trunk: toml::Table = toml::from_str(&trunk).unwrap();
        let watched = trunk["watch"]["watch"].as_array().unwrap();
        let mut folders = BTreeSet::new();
        ["web/page", "web/engine"].iter().for_each(|start| sources(&root, start, &mut folders));
        assert!(folders.contains("core"));
        for folder in folders {
            let is_in =
                |place: &toml::Value| Path::new(&folder).starts_with(place.as_str().unwrap());
            assert!(watched.iter().any(is_in), "{folder}");
        }
    }

    #[test]
    fn a_taken_port_is_refused_and_a_free_one_found() {
        let taken = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).unwrap();
        let port = taken.local_addr().unwrap().port();
        assert_eq!(
            free_port(Some(port)).unwrap_err().to_string(),
            format!(
                "port {port} is in use: choose another, or leave out --port to find a free one"
            )
        );
        assert!(free_port(None).is_ok_and(|port| PORTS.contains(&port)));
    }
}
