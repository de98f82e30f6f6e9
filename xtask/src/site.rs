//! `cargo xtask build`: runs Trunk's release build, finishes it, and moves it into `dist/` in one
//! step. If anything fails, the old `dist/` is unchanged.

use crate::command::{Shell, output, run};
use crate::finish::{Site, finish};
use crate::optimize::optimize;
use crate::setup::setup;
use crate::{licenses, project};
use anyhow::{Context, Result};
use std::path::Path;
use std::process::Command;

/// Builds the site.
pub fn build() -> Result<()> {
    let shell = setup()?;
    let staging = shell.root.join("target/site");
    trunk(&shell, &staging)?;
    for name in read(&staging)?.keys().filter(|name| name.ends_with(".wasm")) {
        optimize(&shell, &staging.join(name))?;
    }
    minify(&shell, &staging)?;
    let notices = licenses::notices(&shell, &licenses::SITE)?;
    std::fs::write(staging.join("lazy/licenses.txt"), notices).context("writing the licenses")?;
    let template = std::fs::read_to_string(shell.root.join("www/generated/sw.js"))
        .context("reading the service worker's template www/generated/sw.js")?;
    let site = finish(read(&staging)?, &template).context("finishing the release build")?;
    let finished = shell.root.join("target/site-finished");
    write(&finished, &site)?;
    // Runs after the service worker's list was made, because the manual is not part of the first
    // visit.
    run(shell.command("node", ["docs/manual/build.mjs"]).arg(finished.join("docs")))?;
    replace(&shell.root.join("dist"), &finished)?;
    println!("Built dist/: {} files, servable under any path", site.len());
    Ok(())
}

/// Builds only the manual. Links to the playground need the whole site.
pub fn manual() -> Result<()> {
    let shell = setup()?;
    run(&mut shell.command("node", ["docs/manual/build.mjs", "target/manual"]))
}

fn trunk(shell: &Shell, staging: &Path) -> Result<()> {
    std::fs::create_dir_all(shell.root.join("www/generated"))?;
    let mut command = shell.command("trunk", ["build", "--release", "--dist"]);
    command.arg(staging).env_remove("NO_COLOR");
    run(for_release(&mut command, shell))
}

/// Removes content for human readers from the scripts around the WebAssembly.
fn minify(shell: &Shell, staging: &Path) -> Result<()> {
    let mut command = shell.command("esbuild", ["--minify", "--format=esm", "--allow-overwrite"]);
    command.arg("--log-level=warning").arg(format!("--outdir={}", staging.display()));
    for entry in std::fs::read_dir(staging).with_context(|| format!("listing {staging:?}"))? {
        let path = entry?.path();
        let name = path.file_name().unwrap_or_default().to_string_lossy();
        if name.starts_with("rolewright-") && name.ends_with(".js") {
            command.arg(&path);
        }
    }
    run(&mut command).context("minifying the scripts around the WebAssembly")
}

/// Gives `command` the settings of all delivered WebAssembly: a panic keeps its message and
/// location without revealing the folder of the sources and crates, and the code is optimized for
/// size rather than speed, because it is downloaded. Its vector instructions are in every browser
/// since 2023 and in Node since version 16.
pub fn for_release<'a>(command: &'a mut Command, shell: &Shell) -> &'a mut Command {
    let mut flags = vec![
        String::from("-Ctarget-feature=+simd128"),
        format!("--remap-path-prefix={}=rolewright", shell.root.display()),
    ];
    let cargo_home = project::cargo_home().unwrap_or_default();
    // One folder for each registry, named after it.
    let registries = std::fs::read_dir(cargo_home.join("registry/src"));
    for registry in registries.into_iter().flatten().flatten() {
        flags.push(format!("--remap-path-prefix={}=crates", registry.path().display()));
    }
    // With the component rust-src, locations in the standard library name its folder.
    if let Some(sysroot) = output(&mut shell.command("rustc", ["--print", "sysroot"])) {
        flags.push(format!("--remap-path-prefix={sysroot}=rust"));
    }
    // The encoded form, because a folder name may contain a space.
    command.env("CARGO_ENCODED_RUSTFLAGS", flags.join("\u{1f}"));
    command.env("CARGO_PROFILE_RELEASE_OPT_LEVEL", "z")
}

/// Every file below `folder` by its path with `/`.
fn read(folder: &Path) -> Result<Site> {
    let mut site = Site::new();
    let mut folders = vec![folder.to_owned()];
    while let Some(current) = folders.pop() {
        for entry in std::fs::read_dir(&current).with_context(|| format!("listing {current:?}"))? {
            let path = entry?.path();
            if path.is_dir() {
                folders.push(path);
                continue;
            }
            let name = path.strip_prefix(folder).unwrap_or(&path).to_string_lossy();
            site.insert(name.replace('\\', "/"), std::fs::read(&path)?);
        }
    }
    Ok(site)
}

fn write(folder: &Path, site: &Site) -> Result<()> {
    remove(folder)?;
    for (name, bytes) in site {
        let path = folder.join(name);
        if let Some(parent) = path.parent() {
            std::fs::create_dir_all(parent)?;
        }
        std::fs::write(&path, bytes).with_context(|| format!("writing {path:?}"))?;
    }
    Ok(())
}

fn replace(dist: &Path, finished: &Path) -> Result<()> {
    let old = finished.with_file_name("site-old");
    remove(&old)?;
    if dist.exists() {
        std::fs::rename(dist, &old).context("moving the old dist/ away")?;
    }
    std::fs::rename(finished, dist).context("moving the new dist/ into place")?;
    remove(&old)
}

fn remove(folder: &Path) -> Result<()> {
    if folder.exists() {
        std::fs::remove_dir_all(folder).with_context(|| format!("removing {folder:?}"))?;
    }
    Ok(())
}
