//! Reads from `cargo metadata` which published crates are linked into a program.

use super::part::Part;
use super::texts;
use crate::command::{Shell, output};
use anyhow::{Context, Result, ensure};
use serde::Deserialize;
use std::collections::{BTreeMap, BTreeSet};
use std::path::PathBuf;

#[derive(Deserialize)]
struct Metadata {
    packages: Vec<Crate>,
    resolve: Resolve,
}

#[derive(Deserialize)]
struct Crate {
    id: String,
    name: String,
    version: String,
    license: Option<String>,
    manifest_path: PathBuf,
    /// The address where it is published; `None` for our own crates.
    source: Option<String>,
    targets: Vec<Target>,
}

#[derive(Deserialize)]
struct Target {
    kind: Vec<String>,
}

#[derive(Deserialize)]
struct Resolve {
    nodes: Vec<Node>,
}

#[derive(Deserialize)]
struct Node {
    id: String,
    deps: Vec<Dependency>,
}

#[derive(Deserialize)]
struct Dependency {
    pkg: String,
    dep_kinds: Vec<DependencyKind>,
}

#[derive(Deserialize)]
struct DependencyKind {
    /// `None` for a normal dependency.
    kind: Option<String>,
}

/// The published crates that `roots`, crates of the workspace, link on one platform, or on any
/// platform.
pub fn crates(shell: &Shell, roots: &[&str], platform: Option<&str>) -> Result<Vec<Part>> {
    let filter: Vec<&str> = platform.into_iter().flat_map(|on| ["--filter-platform", on]).collect();
    let metadata = metadata(shell, &filter)?;
    let part = |found: &Crate| {
        let license = found.license.clone().unwrap_or_default();
        let folder = found.manifest_path.parent().context("a crate without a folder")?;
        let texts = texts::of(folder, &license)?;
        Ok(Part { name: found.name.clone(), version: found.version.clone(), license, texts })
    };
    linked(&metadata, roots)?.into_iter().map(part).collect()
}

/// A published crate from which the workspace is built, on any platform.
#[derive(Debug)]
pub struct Listed {
    pub name: String,
    pub version: String,
    /// An SPDX expression, possibly with `/` for `OR`; empty if none is declared.
    pub license: String,
    /// Whether it becomes part of the delivered files.
    pub is_linked: bool,
}

/// Every published crate, and whether one of `roots` links it.
pub fn all(shell: &Shell, roots: &[&str]) -> Result<Vec<Listed>> {
    let metadata = metadata(shell, &[])?;
    let linked: BTreeSet<_> = linked(&metadata, roots)?.iter().map(|found| &found.id).collect();
    let published = metadata.packages.iter().filter(|found| found.source.is_some());
    let mut listed: Vec<_> = published
        .map(|found| Listed {
            name: found.name.clone(),
            version: found.version.clone(),
            license: found.license.clone().unwrap_or_default(),
            is_linked: linked.contains(&found.id),
        })
        .collect();
    listed.sort_by(|a, b| (&a.name, &a.version).cmp(&(&b.name, &b.version)));
    Ok(listed)
}

fn metadata(shell: &Shell, arguments: &[&str]) -> Result<Metadata> {
    let mut command = shell.command("cargo", ["metadata", "--format-version", "1"]);
    let printed = output(command.args(arguments)).context("`cargo metadata` failed")?;
    serde_json::from_str(&printed).context("reading the output of `cargo metadata`")
}

/// Follows normal dependencies; procedural macros run while compiling and are not linked.
fn linked<'m>(metadata: &'m Metadata, roots: &[&str]) -> Result<Vec<&'m Crate>> {
    let nodes: BTreeMap<_, _> = metadata.resolve.nodes.iter().map(|n| (n.id.as_str(), n)).collect();
    let is_macro = |found: &&Crate| found.targets.iter().any(|t| t.kind == ["proc-macro"]);
    let macros: BTreeSet<_> =
        metadata.packages.iter().filter(is_macro).map(|found| found.id.as_str()).collect();
    let is_root = |found: &&Crate| found.source.is_none() && roots.contains(&found.name.as_str());
    let mut open: Vec<_> =
        metadata.packages.iter().filter(is_root).map(|found| found.id.as_str()).collect();
    ensure!(open.len() == roots.len(), "the workspace does not have all of {}", roots.join(", "));
    let mut seen = BTreeSet::new();
    while let Some(id) = open.pop() {
        if !seen.insert(id) {
            continue;
        }
        let dependencies = nodes.get(id).into_iter().flat_map(|node| &node.deps);
        let normal = dependencies.filter(|d| d.dep_kinds.iter().any(|kind| kind.kind.is_none()));
        open.extend(normal.map(|d| d.pkg.as_str()).filter(|id| !macros.contains(id)));
    }
    let is_linked = |found: &&Crate| found.source.is_some() && seen.contains(found.id.as_str());
    let mut crates: Vec<_> = metadata.packages.iter().filter(is_linked).collect();
    crates.sort_by(|a, b| (&a.name, &a.version).cmp(&(&b.name, &b.version)));
    Ok(crates)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn metadata() -> Metadata {
        let package = |name: &str, source: Option<&str>, kind: &str| {
            serde_json::json!({
                "id": name, "name": name, "version": "1.0.0", "license": "MIT", "source": source,
                "manifest_path": format!("/{name}/Cargo.toml"), "targets": [{ "kind": [kind] }]
            })
        };
        let on = |pkg: &str, kind: Option<&str>| serde_json::json!({ "pkg": pkg, "dep_kinds": [{ "kind": kind }] });
        let nodes = [
            ("page", vec![on("own", None), on("derive", None), on("test", Some("dev"))]),
            ("own", vec![on("inner", None)]),
            ("derive", vec![on("syn", None)]),
            ("inner", vec![on("built", Some("build"))]),
        ];
        let nodes = nodes.map(|(id, deps)| serde_json::json!({ "id": id, "deps": deps }));
        let published = Some("registry");
        let mut packages = vec![package("page", None, "bin"), package("own", None, "lib")];
        packages.push(package("derive", published, "proc-macro"));
        for name in ["test", "syn", "inner", "built"] {
            packages.push(package(name, published, "lib"));
        }
        let all = serde_json::json!({ "packages": packages, "resolve": { "nodes": nodes } });
        serde_json::from_value(all).unwrap()
    }

    #[test]
    fn only_published_crates_that_are_linked_count() {
        let metadata = metadata();
        let found = linked(&metadata, &["page"]).unwrap();
        assert_eq!(found.iter().map(|found| found.name.as_str()).collect::<Vec<_>>(), ["inner"]);
    }

    #[test]
    fn a_crate_that_is_not_in_the_workspace_is_an_error() {
        assert_eq!(
            linked(&metadata(), &["inner"]).err().map(|error| error.to_string()).as_deref(),
            Some("the workspace does not have all of inner")
        );
    }
}
