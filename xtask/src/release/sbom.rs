//! Lists every crate and npm package that the project is built from as CycloneDX JSON, without a
//! date or a serial number, so that the same lock files produce the same bytes.

use super::versions::Version;
use crate::command::Shell;
use crate::licenses::{self, Listed};
use anyhow::{Context, Result, ensure};
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use serde::Deserialize;
use serde_json::{Value, json};
use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write;

/// The npm packages from which the page is bundled; the others are only used to build and test.
const BUNDLED: [&str; 2] = ["@codemirror/", "@lezer/"];

#[derive(Deserialize)]
struct CargoLock {
    package: Vec<LockedCrate>,
}

#[derive(Deserialize)]
struct LockedCrate {
    name: String,
    version: String,
    checksum: Option<String>,
}

#[derive(Deserialize)]
struct NpmLock {
    packages: BTreeMap<String, LockedPackage>,
}

#[derive(Default, Deserialize)]
#[serde(default, rename_all = "camelCase")]
struct LockedPackage {
    version: String,
    license: String,
    integrity: String,
    dependencies: BTreeMap<String, String>,
    dev_dependencies: BTreeMap<String, String>,
}

/// The bill of materials of `version`.
pub fn of(shell: &Shell, version: &Version) -> Result<String> {
    let read = |path: &str| {
        std::fs::read_to_string(shell.root.join(path)).with_context(|| format!("reading {path}"))
    };
    let lock: CargoLock = toml::from_str(&read("Cargo.lock")?).context("reading Cargo.lock")?;
    let npm: NpmLock =
        serde_json::from_str(&read("package-lock.json")?).context("reading package-lock.json")?;
    let mut components = crates(&licenses::all(shell)?, &lock);
    components.extend(packages(&npm)?);
    for component in &components {
        ensure!(component["licenses"] != json!([]), "{} declares no license", component["purl"]);
    }
    let bom = json!({
        "bomFormat": "CycloneDX",
        "specVersion": "1.5",
        "version": 1,
        "metadata": { "component": {
            "type": "application",
            "bom-ref": format!("pkg:generic/rolewright@{version}"),
            "name": "rolewright",
            "version": version.to_string(),
            "licenses": [{ "expression": "MIT OR Apache-2.0" }],
        } },
        "components": components,
    });
    Ok(format!("{}\n", serde_json::to_string_pretty(&bom)?))
}

fn crates(listed: &[Listed], lock: &CargoLock) -> Vec<Value> {
    let checksum = |found: &Listed| {
        let same =
            |locked: &&LockedCrate| locked.name == found.name && locked.version == found.version;
        lock.package.iter().find(same)?.checksum.clone()
    };
    let component = |found: &Listed| {
        let purl = format!("pkg:cargo/{}@{}", found.name, found.version);
        let license = found.license.replace('/', " OR ");
        component(
            &purl,
            &found.name,
            &found.version,
            &license,
            found.is_linked,
            checksum(found).map(|sum| ("SHA-256", sum)),
        )
    };
    listed.iter().map(component).collect()
}

fn packages(lock: &NpmLock) -> Result<Vec<Value>> {
    let delivered = bundled(lock);
    let mut components = Vec::new();
    for (path, package) in &lock.packages {
        let Some((_, name)) = path.rsplit_once("node_modules/") else { continue };
        let purl = format!("pkg:npm/{}@{}", name.replace('@', "%40"), package.version);
        let sum = package.integrity.strip_prefix("sha512-").map(hex).transpose()?;
        let is_delivered = delivered.contains(name);
        components.push(component(
            &purl,
            name,
            &package.version,
            &package.license,
            is_delivered,
            sum.map(|sum| ("SHA-512", sum)),
        ));
    }
    Ok(components)
}

/// The packages that the bundle reaches.
fn bundled(lock: &NpmLock) -> BTreeSet<&str> {
    let root = lock.packages.get("").into_iter().flat_map(|root| root.dev_dependencies.keys());
    let is_start = |name: &&str| BUNDLED.iter().any(|start| name.starts_with(start));
    let mut open: Vec<&str> = root.map(String::as_str).filter(is_start).collect();
    let mut seen = BTreeSet::new();
    while let Some(name) = open.pop() {
        if seen.insert(name) {
            let found = lock.packages.get(&format!("node_modules/{name}"));
            open.extend(
                found.into_iter().flat_map(|found| found.dependencies.keys()).map(String::as_str),
            );
        }
    }
    seen
}

fn component(
    purl: &str,
    name: &str,
    version: &str,
    license: &str,
    is_delivered: bool,
    sum: Option<(&str, String)>,
) -> Value {
    let licenses = if license.is_empty() { json!([]) } else { json!([{ "expression": license }]) };
    let hashes: Vec<Value> =
        sum.into_iter().map(|(alg, content)| json!({ "alg": alg, "content": content })).collect();
    json!({
        "type": "library",
        "bom-ref": purl,
        "name": name,
        "version": version,
        // Packages that build and test the project are listed, but not delivered.
        "scope": if is_delivered { "required" } else { "excluded" },
        "purl": purl,
        "licenses": licenses,
        "hashes": hashes,
    })
}

fn hex(base64: &str) -> Result<String> {
    let bytes = STANDARD.decode(base64).context("an integrity value is not base64")?;
    Ok(bytes.iter().fold(String::new(), |mut text, byte| {
        let _ = write!(text, "{byte:02x}");
        text
    }))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_crate_is_listed_with_its_checksum_and_an_spdx_expression() {
        let lock =
            toml::from_str("[[package]]\nname = \"a\"\nversion = \"1.0.0\"\nchecksum = \"ab\"\n")
                .unwrap();
        let listed = Listed {
            name: "a".into(),
            version: "1.0.0".into(),
            license: "MIT/Apache-2.0".into(),
            is_linked: true,
        };
        assert_eq!(
            crates(&[listed], &lock),
            [json!({
                "type": "library", "bom-ref": "pkg:cargo/a@1.0.0", "name": "a", "version": "1.0.0",
                "scope": "required", "purl": "pkg:cargo/a@1.0.0",
                "licenses": [{ "expression": "MIT OR Apache-2.0" }],
                "hashes": [{ "alg": "SHA-256", "content": "ab" }],
            })]
        );
    }

    #[test]
    fn only_what_the_bundle_reaches_is_delivered() {
        let lock: NpmLock = serde_json::from_value(json!({ "packages": {
            "": { "devDependencies": { "@codemirror/view": "1", "esbuild": "1" } },
            "node_modules/@codemirror/view": { "version": "1.0.0", "license": "MIT", "integrity": "sha512-AQI=", "dependencies": { "style-mod": "1" } },
            "node_modules/style-mod": { "version": "2.0.0", "license": "MIT" },
            "node_modules/esbuild": { "version": "3.0.0", "license": "MIT" },
        } }))
        .unwrap();
        let found: Vec<_> = packages(&lock).unwrap();
        let scopes: Vec<_> = found
            .iter()
            .map(|c| (c["purl"].as_str().unwrap(), c["scope"].as_str().unwrap()))
            .collect();
        assert_eq!(
            scopes,
            [
                ("pkg:npm/%40codemirror/view@1.0.0", "required"),
                ("pkg:npm/esbuild@3.0.0", "excluded"),
                ("pkg:npm/style-mod@2.0.0", "required"),
            ]
        );
        assert_eq!(found[0]["hashes"][0]["content"], "0102");
    }
}
