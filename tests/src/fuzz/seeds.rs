//! The texts that fuzzing starts from: the examples of the rules, the cases of the template suite, and
//! the corpus where there is one.

use crate::data;
use rolewright_core::rules::RULES;
use std::collections::BTreeMap;
use std::path::Path;

/// Larger files are slow to mutate and teach the fuzzer little.
const LARGEST: usize = 8 << 10;

/// Every seed by a name.
pub fn seeds() -> BTreeMap<String, Vec<u8>> {
    let mut seeds = BTreeMap::new();
    let mut add = |name: String, texts: &[&str]| {
        let text = texts.join("\u{1e}");
        if text.len() <= LARGEST {
            seeds.insert(name, text.into_bytes());
        }
    };
    for rule in RULES {
        for (kind, text) in [("bad", rule.example.bad), ("good", rule.example.good)] {
            let others = rule.example.files.iter().map(|(_, text)| *text);
            let texts: Vec<&str> = std::iter::once(text).chain(others).collect();
            add(format!("rule-{}-{kind}", rule.name), &texts);
        }
    }
    for (name, text) in suite() {
        add(format!("suite-{name}"), &[&text]);
    }
    for (at, file) in data::corpus().iter().enumerate() {
        add(format!("corpus-{at:04}"), &[&file.text]);
    }
    seeds
}

/// The pages of the template suite: templates, fragments and odd places in one text each.
fn suite() -> Vec<(String, String)> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("suite/templates");
    let entries = std::fs::read_dir(folder).into_iter().flatten().flatten();
    let read = |path: std::path::PathBuf| {
        let name = path.file_stem()?.to_string_lossy().into_owned();
        Some((name, std::fs::read_to_string(&path).ok()?))
    };
    entries.filter_map(|entry| read(entry.path())).collect()
}
