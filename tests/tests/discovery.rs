//! Which files of real projects are roles and whose: over the corpus as trees, and over files that have
//! nothing to do with agents.

use rolewright_core::detect::{FoundBy, Sign, SkipReason};
use rolewright_core::{Found, Options, search};
use rolewright_tests::data;
use std::collections::BTreeMap;

type Tree = BTreeMap<String, String>;

/// The corpus by repository: the files by their paths there, and what the collection calls them.
fn trees() -> BTreeMap<String, (Tree, BTreeMap<String, String>)> {
    let mut trees: BTreeMap<String, (Tree, BTreeMap<String, String>)> = BTreeMap::new();
    for file in data::corpus() {
        let (folder, path) = file.file.split_once('/').expect("a folder for each repository");
        let (files, formats) = trees.entry(folder.to_string()).or_default();
        files.insert(path.to_string(), file.text);
        formats.insert(path.to_string(), file.format);
    }
    trees
}

/// The hosts that a format of the collection means.
fn hosts(format: &str, path: &str) -> &'static [&'static str] {
    match format {
        "claude-agent" => &["claude-code", "claude-code-plugin"],
        "skill" => &["agent-skill", "claude-skill"],
        "copilot-agent" | "copilot-chatmode" => &["copilot", "vscode-agent"],
        "cursor-mdc" | "cursorrules" => &["cursor-rule"],
        "codex-agent" => &["codex-agent"],
        "gemini-agent" => &["gemini"],
        "opencode-agent" => &["opencode"],
        "roo-modes" | "roo-mode-md" => &["roo"],
        "roo-rules" => &["roo-rule"],
        // JSON with fields that version 2 alone reads is its.
        "kiro-agent" => &["kiro", "kiro-2"],
        "crewai-yaml" => &["crewai"],
        // Ten personas of the collection are written as commands, with the fields of commands.
        "plain-role" if path.contains("/commands/") => &["plain", "claude-command"],
        _ => &["plain"],
    }
}

/// What is wrong with how a file was classified.
fn wrong(found: &Found, format: &str) -> Option<String> {
    match &found.classified {
        Err(passed) if passed.why == SkipReason::Part => None,
        Err(passed) => Some(format!("passed over: {:?}", passed.why)),
        Ok(classified) => {
            let expected = hosts(format, &found.path);
            let id = classified.host().id;
            (!expected.contains(&id)).then(|| format!("classified for {id}: {:?}", classified.sign))
        }
    }
}

#[test]
fn nearly_every_file_of_the_corpus_is_found_and_judged_for_its_host() {
    let trees = trees();
    if trees.is_empty() {
        return data::skipped(1, "the corpus is not there (ROLEWRIGHT_DATA)");
    }
    let mut all = 0;
    let mut rest = Vec::new();
    for (folder, (files, formats)) in &trees {
        for found in search(files, FoundBy::Search, &Options::new()) {
            all += 1;
            let format = &formats[&found.path];
            if let Some(what) = wrong(&found, format) {
                rest.push(format!("{format}: {folder}/{}: {what}", found.path));
            }
        }
    }
    rest.sort();
    println!("{} of {all} are not as the collection says:\n{}", rest.len(), rest.join("\n"));
    assert!(rest.len() * 100 <= all, "{} of {all}:\n{}", rest.len(), rest.join("\n"));
}

#[test]
fn the_seeds_are_found_in_a_folder_for_roles() {
    for number in ["000", "004"] {
        let Some(text) = data::seed(number) else {
            return data::skipped(1, "the seeds are not there (ROLEWRIGHT_DATA)");
        };
        let files: Tree = [("roles/seed.md".to_string(), text)].into();
        let found = search(&files, FoundBy::Search, &Options::new());
        let classified = found[0].classified.as_ref().expect(number);
        assert_eq!((classified.host().id, classified.sign), ("plain", Sign::Folder));
    }
}

/// Files of packages that have nothing to do with agents: those of Cargo's and of npm's folders here, and
/// those that `cargo xtask test --hosts` installs.
fn unrelated() -> Tree {
    let mut files = Tree::new();
    let home = std::env::var_os("CARGO_HOME").map_or_else(
        || std::path::PathBuf::from(std::env::var_os("HOME").unwrap_or_default()).join(".cargo"),
        std::path::PathBuf::from,
    );
    let here = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("..");
    let installed = std::env::var_os("ROLEWRIGHT_UNRELATED").map(std::path::PathBuf::from);
    let roots = [home.join("registry/src"), here.join("node_modules")];
    for (n, root) in roots.into_iter().chain(installed).enumerate() {
        walk(&root, &n.to_string(), &mut files);
    }
    files
}

fn walk(folder: &std::path::Path, path: &str, files: &mut Tree) {
    let Ok(entries) = std::fs::read_dir(folder) else { return };
    for entry in entries.filter_map(Result::ok) {
        let name = entry.file_name().to_string_lossy().into_owned();
        let own = if path.is_empty() { name.clone() } else { format!("{path}/{name}") };
        let Ok(kind) = entry.file_type() else { continue };
        if kind.is_dir() {
            // The name would hide what is in it.
            walk(&entry.path(), &own.replace("node_modules", "packages"), files);
        } else if [".md", ".yaml", ".yml", ".toml", ".json"].iter().any(|end| name.ends_with(end)) {
            let Ok(text) = std::fs::read_to_string(entry.path()) else { continue };
            files.insert(own, text);
        }
    }
}

#[test]
fn hardly_any_file_of_unrelated_packages_is_taken_for_a_role() {
    let files = unrelated();
    if files.len() < 1000 {
        return data::skipped(1, "there are too few packages on this machine");
    }
    let found = search(&files, FoundBy::Search, &Options::new());
    let roles = found.iter().filter_map(|file| Some((&file.path, file.classified.as_ref().ok()?)));
    let taken: Vec<String> = roles
        .map(|(path, classified)| format!("{path}: {:?} {}", classified.sign, classified.host().id))
        .collect();
    println!("{} of {} taken for roles:\n{}", taken.len(), files.len(), taken.join("\n"));
    assert!(
        taken.len() * 500 <= files.len(),
        "{} of {}:\n{}",
        taken.len(),
        files.len(),
        taken.join("\n")
    );
}
