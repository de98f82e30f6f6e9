//! Checks that no module imports one that imports it: in the crates, among the rules of `core`, and in the
//! package's JavaScript; and that the code of `core` names no host.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};

type Graph = BTreeMap<String, BTreeSet<String>>;

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("..")
}

fn files_below(folder: &Path, extension: &str) -> Vec<PathBuf> {
    let mut found = Vec::new();
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            found.extend(files_below(&path, extension));
        } else if path.extension().is_some_and(|e| e == extension) {
            found.push(path);
        }
    }
    found
}

/// A file without its tests and its comments.
fn code(file: &Path) -> String {
    let text = fs::read_to_string(file).unwrap();
    let text = text.split("#[cfg(test)]\nmod tests {").next().unwrap();
    let code = text.lines().filter(|line| !line.trim_start().starts_with("//"));
    code.collect::<Vec<_>>().join("\n")
}

/// The files of a folder, each with those beside it that it names after `super::`.
fn siblings(folder: &Path) -> Graph {
    let mut graph = Graph::new();
    for file in files_below(folder, "rs").iter().filter(|file| file.parent() == Some(folder)) {
        let code = code(file);
        let names = code.split("super::").skip(1).flat_map(|rest| match rest.strip_prefix('{') {
            Some(list) => list.split('}').next().unwrap().split(',').collect(),
            None => vec![rest],
        });
        let first = |name: &str| {
            let end = |c: char| !c.is_alphanumeric() && c != '_';
            name.trim().split(end).next().unwrap().to_string()
        };
        let name = file.file_stem().unwrap().to_str().unwrap();
        graph.insert(name.to_string(), names.map(first).filter(|other| other != name).collect());
    }
    let known: BTreeSet<String> = graph.keys().cloned().collect();
    graph.values_mut().for_each(|named| named.retain(|name| known.contains(name)));
    graph
}

/// The modules at the top of a crate, each with those that it names after `crate::`.
fn modules(source: &Path) -> Graph {
    let mut graph = Graph::new();
    for file in files_below(source, "rs") {
        let path = file.strip_prefix(source).unwrap();
        let module = path.iter().next().unwrap().to_str().unwrap().trim_end_matches(".rs");
        let is_test = path.iter().any(|part| part == "tests" || part == "tests.rs");
        if is_test || ["lib", "main"].contains(&module) {
            continue;
        }
        let code = code(&file);
        let named = graph.entry(module.to_string()).or_default();
        for rest in code.split("crate::").skip(1) {
            let name = rest.split(|c: char| !c.is_alphanumeric() && c != '_').next().unwrap();
            if name != module {
                named.insert(name.to_string());
            }
        }
    }
    let known: BTreeSet<String> = graph.keys().cloned().collect();
    graph.values_mut().for_each(|named| named.retain(|name| known.contains(name)));
    graph
}

/// The scripts of a folder, each with those that it imports by a relative path.
fn scripts(folder: &Path) -> Graph {
    let mut graph = Graph::new();
    for file in files_below(folder, "js") {
        let text = fs::read_to_string(&file).unwrap();
        let imports = text.split("from \"").skip(1).chain(text.split("import \"").skip(1));
        let named = imports
            .filter_map(|rest| rest.split('"').next().filter(|path| path.starts_with('.')))
            .filter_map(|path| file.parent().unwrap().join(path).canonicalize().ok());
        let name = |path: &Path| path.canonicalize().unwrap().display().to_string();
        graph.insert(name(&file), named.map(|path| name(&path)).collect());
    }
    graph
}

/// A cycle in the graph.
fn circle(graph: &Graph) -> Option<Vec<String>> {
    fn follow(graph: &Graph, at: &str, way: &mut Vec<String>, done: &mut BTreeSet<String>) -> bool {
        if let Some(start) = way.iter().position(|name| name == at) {
            way.drain(..start);
            return true;
        }
        if done.contains(at) {
            return false;
        }
        way.push(at.to_string());
        let found =
            graph.get(at).is_some_and(|next| next.iter().any(|n| follow(graph, n, way, done)));
        if !found {
            way.pop();
            done.insert(at.to_string());
        }
        found
    }
    let (mut way, mut done) = (Vec::new(), BTreeSet::new());
    graph.keys().any(|name| follow(graph, name, &mut way, &mut done)).then_some(way)
}

#[test]
fn no_modules_of_a_crate_import_each_other() {
    let crates = ["core", "services", "cli", "npm", "web/engine", "xtask"];
    for source in crates.map(|name| format!("{name}/src")) {
        let graph = modules(&root().join(&source));
        assert!(graph.len() > 2 && graph.values().any(|named| !named.is_empty()), "{source}");
        assert_eq!(circle(&graph), None, "{source}");
    }
}

#[test]
fn no_rules_use_each_other() {
    let graph = siblings(&root().join("core/src/rules"));
    assert!(graph.len() > 100 && graph["unknown_field"].contains("near_miss_field"));
    assert_eq!(circle(&graph), None);
}

#[test]
fn no_code_names_a_host() {
    let root = root().join("core/src");
    // What people read, in the documentation of a rule, may name one as an example.
    let is_shown = |line: &str| {
        let names = ["summary: ", "why: ", "path: ", "bad: ", "at: ", "good: ", "files: "];
        names.iter().any(|name| line.trim_start().starts_with(name))
    };
    for file in files_below(&root, "rs") {
        let path = file.strip_prefix(&root).unwrap();
        let is_test = path.iter().any(|part| part == "tests" || part == "tests.rs");
        if is_test || path == Path::new("host/table.rs") {
            continue;
        }
        // The name of a file, `GEMINI.md`.
        let is_file = |line: &str| line.trim() == "\"gemini\",";
        for line in code(&file).lines().filter(|line| !is_shown(line) && !is_file(line)) {
            for host in &rolewright_core::host::HOSTS {
                // The title of some hosts is the name of their file, which others read too.
                let titles = [host.title, host.product].into_iter().filter(|t| t.contains(' '));
                let id = format!("\"{}\"", host.id);
                let name = titles.chain([&*id]).find(|name| line.contains(name));
                assert_eq!(name, None, "{}: {line}", path.display());
            }
        }
    }
}

#[test]
fn no_scripts_of_the_package_import_each_other() {
    for folder in ["npm/js", "npm/cli"] {
        let folder = root().join(folder);
        if folder.is_dir() {
            assert_eq!(circle(&scripts(&folder)), None, "{}", folder.display());
        }
    }
}

#[test]
fn a_circle_is_found_and_named() {
    let graph = |edges: &[(&str, &str)]| {
        let mut graph = Graph::new();
        for (from, to) in edges {
            graph.entry(from.to_string()).or_default().insert(to.to_string());
        }
        graph
    };
    assert_eq!(circle(&graph(&[("a", "b"), ("a", "c"), ("b", "c")])), None);
    let found = circle(&graph(&[("a", "b"), ("b", "c"), ("c", "b")])).unwrap();
    assert_eq!(found, ["b", "c"]);
}
