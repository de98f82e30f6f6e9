//! Measures the expansion of a template as a multiple of copying the resulting prompt.

use crate::{Clock, File, fastest};
use rolewright_core::{Input, Options, template};
use std::collections::BTreeMap;
use std::fmt::Write;
use std::hint::black_box;

/// The repository of the corpus whose roles are made of includes.
const TEMPLATES: &str = "kevinstorberg/pods";

type Tree = BTreeMap<String, String>;

/// The largest role of a real tree, and a thousand includes of one file.
pub(crate) fn over_copying(files: &[File], now: Clock) -> String {
    let mut out = String::new();
    let tree: Tree = files
        .iter()
        .filter(|file| file.repo == TEMPLATES)
        .map(|file| (file.path.clone(), file.text.clone()))
        .collect();
    let roles = tree.iter().filter(|(path, _)| path.starts_with("roles/"));
    let largest = roles.max_by_key(|(path, text)| expanded(text, path, &tree).len());
    if let Some((path, text)) = largest {
        row(&mut out, &format!("{path} of a real tree"), text, path, &tree, now);
    }
    let part = "## Part\n\nOne rule after the other, in words that say what is meant.\n".repeat(12);
    let tree = [("part.md".to_string(), part)].into();
    row(
        &mut out,
        "1,000 includes",
        &"{{include:part.md}}\n\n".repeat(1_000),
        "main.md",
        &tree,
        now,
    );
    out
}

fn expanded(text: &str, path: &str, files: &Tree) -> String {
    template::expand(&Input::new(text).at(path).with_files(files), &Options::new()).text
}

fn row(out: &mut String, name: &str, text: &str, path: &str, files: &Tree, now: Clock) {
    let prompt = expanded(text, path, files);
    let ours = fastest(now, 50, || drop(black_box(expanded(text, path, files))));
    let copy = fastest(now, 50, || {
        // Copied as often as a straight expansion must: piece by piece into one text.
        let mut out = String::new();
        for piece in black_box(&prompt).split_inclusive('\n') {
            out.push_str(piece);
        }
        black_box(out);
    });
    let _ = writeln!(
        out,
        "  {name}: {} kB in {:.2} ms, {:.1} times copying it line by line, {:.0} MB/s",
        prompt.len() / 1024,
        ours / 1e3,
        ours / copy.max(1e-3),
        prompt.len() as f64 / ours
    );
}
