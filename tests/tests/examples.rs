//! Every public function of the core shows in its documentation how it is called; `cargo test` runs that.

use std::fs;
use std::path::Path;

/// The name of the public function that a line declares. What no other crate can reach is
/// `pub(crate)`: the lint `unreachable_pub` sees to that.
fn public_function(line: &str) -> Option<&str> {
    let rest = line.strip_prefix("pub ")?;
    let rest = rest.strip_prefix("const ").unwrap_or(rest);
    rest.strip_prefix("fn ")?.split(['(', '<']).next()
}

/// The public functions of a source text, and whether their documentation has an example.
fn functions(source: &str) -> Vec<(&str, bool)> {
    let mut found = Vec::new();
    let mut has_example = false;
    for line in source.lines().map(str::trim_start) {
        if let Some(documentation) = line.strip_prefix("///") {
            has_example |= documentation.trim_start().starts_with("```");
        } else if !line.starts_with("#[") {
            found.extend(public_function(line).map(|name| (name, has_example)));
            has_example = false;
        }
    }
    found
}

/// Adds to `found` the functions below a folder, each as `FILE: NAME`.
fn collect(folder: &Path, found: &mut Vec<(String, bool)>) {
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            collect(&path, found);
        } else if path.extension().is_some_and(|extension| extension == "rs") {
            let text = fs::read_to_string(&path).unwrap();
            let name = |(name, shown)| (format!("{}: {name}", path.display()), shown);
            found.extend(functions(&text).into_iter().map(name));
        }
    }
}

#[test]
fn every_public_function_of_the_core_has_an_example() {
    let mut found = Vec::new();
    collect(&Path::new(env!("CARGO_MANIFEST_DIR")).join("../core/src"), &mut found);
    assert!(found.len() > 50, "only {} functions found", found.len());
    found.retain(|(_, has_example)| !has_example);
    assert_eq!(found, []);
}

#[test]
fn an_example_belongs_to_the_function_below_it() {
    let source = "/// One.\n///\n/// ```\n/// one();\n/// ```\n#[must_use]\npub fn one() {}\n\n/// Two.\npub const fn two<'a>() {}\npub(crate) fn three() {}\n";
    assert_eq!(functions(source), [("one", true), ("two", false)]);
}
