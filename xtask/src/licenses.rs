//! Checks the licenses of the delivered crates and npm packages, and writes the file of notices
//! that accompanies them.

mod linked;
mod part;
mod texts;

use crate::command::{Shell, output};
use anyhow::{Context, Result, ensure};
pub use linked::Listed;
use part::{Part, permits};
use std::collections::BTreeMap;
use std::fmt::Write;
use std::path::Path;

/// Licenses that require only a notice.
const ALLOWED: [&str; 10] = [
    "0BSD",
    "Apache-2.0",
    "BSD-2-Clause",
    "BSD-3-Clause",
    "BSL-1.0",
    "CC0-1.0",
    "ISC",
    "MIT",
    "Unicode-3.0",
    "Zlib",
];

/// The parts that are delivered together.
pub struct Product {
    /// The workspace's crates that become its programs.
    crates: &'static [&'static str],
    /// The platform that it runs on; `None` for several.
    platform: Option<&'static str>,
    /// Whether it contains the bundle of npm packages that `www/build.mjs` makes.
    has_bundle: bool,
}

/// The playground.
pub const SITE: Product =
    Product { crates: &["rolewright-page", "rolewright-engine"], platform: WASM, has_bundle: true };
/// The npm package.
pub const PACKAGE: Product = Product {
    crates: &["rolewright-wasm", "rolewright-cli-wasm"],
    platform: WASM,
    has_bundle: false,
};
/// The native programs.
pub const NATIVE: Product =
    Product { crates: &["rolewright-cli"], platform: None, has_bundle: false };

const WASM: Option<&str> = Some("wasm32-unknown-unknown");

/// Every published crate from which the workspace is built.
pub fn all(shell: &Shell) -> Result<Vec<Listed>> {
    let products = [SITE.crates, PACKAGE.crates, NATIVE.crates].concat();
    linked::all(shell, &products)
}

/// Fails and names the part if the license of any product's part is not allowed.
pub fn check(shell: &Shell) -> Result<()> {
    for product in [SITE, PACKAGE, NATIVE] {
        let refused: Vec<_> = parts(shell, &product)?
            .into_iter()
            .filter(|part| !permits(&part.license, &ALLOWED))
            .map(|part| format!("{} {} ({})", part.name, part.version, part.license))
            .collect();
        ensure!(refused.is_empty(), "the license is not allowed: {}", refused.join(", "));
    }
    Ok(())
}

/// The notices that must accompany a product.
pub fn notices(shell: &Shell, product: &Product) -> Result<String> {
    let read = |name: &str| {
        std::fs::read_to_string(shell.root.join(name)).with_context(|| format!("reading {name}"))
    };
    let mit = read("LICENSE-MIT")?.replace("The Rolewright contributors", "the authors");
    write(&parts(shell, product)?, &read("LICENSE-APACHE")?, &mit)
}

fn parts(shell: &Shell, product: &Product) -> Result<Vec<Part>> {
    let mut parts = linked::crates(shell, product.crates, product.platform)?;
    if product.has_bundle {
        parts.extend(bundled(&shell.root)?);
    }
    let version = output(&mut shell.command("rustc", ["--version"])).unwrap_or_default();
    parts.push(Part {
        name: "Rust standard library".into(),
        version: version.split(' ').nth(1).unwrap_or_default().to_owned(),
        license: "MIT OR Apache-2.0".into(),
        texts: Vec::new(),
    });
    Ok(parts)
}

/// The npm packages that esbuild bundled.
fn bundled(root: &Path) -> Result<Vec<Part>> {
    #[derive(serde::Deserialize)]
    struct Manifest {
        name: String,
        version: String,
        #[serde(default)]
        license: String,
    }
    let list = root.join("www/generated/bundled.json");
    let list = std::fs::read(&list).with_context(|| format!("reading {list:?}"))?;
    let folders: Vec<String> = serde_json::from_slice(&list).context("reading bundled.json")?;
    let read = |folder: &String| {
        let folder = root.join(folder);
        let manifest = std::fs::read(folder.join("package.json"))
            .with_context(|| format!("reading the package.json in {folder:?}"))?;
        let Manifest { name, version, license } = serde_json::from_slice(&manifest)?;
        let texts = texts::of(&folder, &license)?;
        Ok(Part { name, version, license, texts })
    };
    folders.iter().map(read).collect()
}

/// The file of notices: every distinct text once, with the parts it belongs to. A part without a
/// text is used under Apache 2.0 or MIT, whose texts are `apache` and `mit`.
fn write(parts: &[Part], apache: &str, mit: &str) -> Result<String> {
    let mut texts: BTreeMap<&str, Vec<&Part>> = BTreeMap::new();
    for part in parts {
        let (name, version) = (&part.name, &part.version);
        if part.texts.is_empty() {
            let known = [("Apache-2.0", apache), ("MIT", mit)];
            let text = known.into_iter().find(|(license, _)| permits(&part.license, &[*license]));
            let (_, text) =
                text.with_context(|| format!("{name} {version} has no license text"))?;
            texts.entry(text.trim()).or_default().push(part);
        }
        for text in &part.texts {
            texts.entry(text.trim()).or_default().push(part);
        }
    }
    let mut groups: Vec<_> = texts.into_iter().collect();
    groups.sort_by_key(|(_, parts)| parts.iter().map(|part| &part.name).min());
    let mut file = String::from("Rolewright contains the following third-party software.\n");
    for (text, parts) in groups {
        let _ = write!(file, "\n{}\n\n", "=".repeat(80));
        for Part { name, version, license, .. } in parts {
            let _ = writeln!(file, "{name} {version} ({license})");
        }
        let _ = write!(file, "\n{text}\n");
    }
    Ok(file)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn part(name: &str, license: &str, texts: &[&str]) -> Part {
        let texts = texts.iter().map(|text| (*text).to_owned()).collect();
        Part { name: name.into(), version: "1.0.0".into(), license: license.into(), texts }
    }

    #[test]
    fn a_license_is_allowed_when_one_choice_is() {
        for license in ["MIT", "MIT/Apache-2.0", "GPL-3.0-only OR MIT", "MIT AND (ISC OR GPL-2.0)"]
        {
            assert!(permits(license, &ALLOWED), "{license}");
        }
    }

    #[test]
    fn a_license_with_a_further_demand_or_none_at_all_is_refused() {
        for license in ["GPL-3.0-only", "MIT AND MPL-2.0", "Proprietary", ""] {
            assert!(!permits(license, &ALLOWED), "{license}");
        }
    }

    #[test]
    fn equal_texts_are_given_once_with_everything_they_belong_to() {
        let parts = [part("b", "MIT", &["Copyright B\n"]), part("a", "MIT", &["Copyright B"])];
        let line = "=".repeat(80);
        assert_eq!(
            write(&parts, "Apache", "MIT").unwrap(),
            format!(
                "Rolewright contains the following third-party software.\n\n{line}\n\n\
                 b 1.0.0 (MIT)\na 1.0.0 (MIT)\n\nCopyright B\n"
            )
        );
    }

    #[test]
    fn a_part_without_a_text_is_used_under_apache_or_mit_or_refused() {
        let write = |license| write(&[part("a", license, &[])], "Apache", "Permission");
        let file = write("MIT OR Apache-2.0").unwrap();
        assert!(file.ends_with("a 1.0.0 (MIT OR Apache-2.0)\n\nApache\n"));
        assert!(write("MIT").unwrap().ends_with("a 1.0.0 (MIT)\n\nPermission\n"));
        let error = write("ISC").unwrap_err().to_string();
        assert_eq!(error, "a 1.0.0 has no license text");
    }
}
