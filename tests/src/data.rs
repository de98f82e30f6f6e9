//! The corpus and the seeds, found through `ROLEWRIGHT_DATA`; by default `../shared` next to the
//! repository. Material to judge, never part of the project.

use serde::Deserialize;
use std::collections::BTreeMap;
use std::io::Write;
use std::path::{Path, PathBuf};

/// A file of the corpus.
#[derive(Clone, Debug, Deserialize)]
pub struct CorpusFile {
    /// The repository it was taken from.
    pub repo: String,
    /// Its path inside that repository.
    pub path: String,
    /// What the collection calls its format.
    pub format: String,
    /// Its path inside the corpus folder.
    pub file: String,
    /// Its text; lossy where it is not UTF-8.
    #[serde(skip)]
    pub text: String,
}

/// A verified fault or a trap for false positives.
#[derive(Clone, Debug, Deserialize)]
pub struct HardCase {
    /// Path inside the corpus folder.
    pub file: String,
    /// Path inside its repository.
    pub path: String,
    /// Line from 1.
    pub line: usize,
    /// `bug` or `fp-trap`.
    pub kind: String,
    /// What the collection calls its format.
    pub format: String,
    /// What is wrong, or what must not be called wrong.
    pub problem: String,
}

/// What a reader noted about a file: a fault, a place where a naive check would misfire, or that
/// nothing is wrong.
#[derive(Clone, Debug, Deserialize)]
pub struct Fault {
    /// Path inside the corpus folder.
    pub file: String,
    /// Line from 1; 0 for a file without faults.
    #[serde(default)]
    pub line: usize,
    /// The name that the reader proposes for the rule, of a fault.
    pub rule: Option<String>,
    /// `certain`, `likely` or `taste`, of a fault.
    pub certainty: Option<String>,
    /// The rule that must stay quiet, of a trap.
    pub trap: Option<String>,
    /// Whether the file has no faults.
    #[serde(default)]
    pub clean: bool,
    /// What is wrong, or why it is not.
    #[serde(default)]
    pub problem: String,
}

/// A small workspace based on a public report, and what it must raise.
#[derive(Clone, Debug)]
pub struct Case {
    /// The name of its folder.
    pub name: String,
    /// Its files.
    pub files: BTreeMap<String, String>,
    /// What must be reported.
    pub expected: Vec<Expected>,
}

/// A diagnostic that a case must raise.
#[derive(Clone, Debug, Deserialize)]
pub struct Expected {
    /// The least severity.
    pub severity: String,
    /// Path inside the case.
    pub path: String,
    /// Line from 1.
    pub line: usize,
    /// What the reporter would call the rule.
    pub rule: String,
}

#[derive(Deserialize)]
struct CaseEntry {
    nn: u32,
    slug: String,
    expected: Vec<Expected>,
}

/// The data folder, if there is one.
pub fn folder() -> Option<PathBuf> {
    let folder = std::env::var_os("ROLEWRIGHT_DATA")
        .map_or_else(|| Path::new(env!("CARGO_MANIFEST_DIR")).join("../../shared"), PathBuf::from);
    folder.join("corpus/manifest.jsonl").is_file().then_some(folder)
}

/// Every file of the corpus, in the order of its manifest; empty without the data.
pub fn corpus() -> Vec<CorpusFile> {
    let Some(folder) = folder() else { return Vec::new() };
    let mut files: Vec<CorpusFile> = json_lines(&folder.join("corpus/manifest.jsonl"));
    for file in &mut files {
        let bytes = std::fs::read(folder.join("corpus").join(&file.file)).expect(&file.file);
        file.text = String::from_utf8_lossy(&bytes).into_owned();
    }
    files
}

/// The verified faults and traps; empty without the data.
pub fn hard_cases() -> Vec<HardCase> {
    folder().map_or_else(Vec::new, |folder| json_lines(&folder.join("corpus/hard.jsonl")))
}

/// What readers noted about files of the corpus; empty without the data.
pub fn faults() -> Vec<Fault> {
    let path = folder().map(|folder| folder.join("corpus/faults.jsonl"));
    path.filter(|path| path.is_file()).map_or_else(Vec::new, |path| json_lines(&path))
}

/// The cases based on public reports; empty without the data.
pub fn cases() -> Vec<Case> {
    let Some(folder) = folder().map(|folder| folder.join("cases")) else { return Vec::new() };
    let Ok(text) = std::fs::read_to_string(folder.join("expected.json")) else { return Vec::new() };
    let entries: Vec<CaseEntry> = serde_json::from_str(&text).expect("the cases can be read");
    let case = |entry: CaseEntry| {
        let name = format!("{:02}-{}", entry.nn, entry.slug);
        let mut files = BTreeMap::new();
        collect(&folder.join(&name), "", &mut files);
        Case { name, files, expected: entry.expected }
    };
    entries.into_iter().map(case).collect()
}

fn collect(folder: &Path, prefix: &str, files: &mut BTreeMap<String, String>) {
    for entry in std::fs::read_dir(folder).expect("the case is there").flatten() {
        let path = format!("{prefix}{}", entry.file_name().to_string_lossy());
        if entry.path().is_dir() {
            collect(&entry.path(), &format!("{path}/"), files);
        } else if let Ok(text) = std::fs::read_to_string(entry.path()) {
            files.insert(path, text);
        }
    }
}

/// The text of a seed (`"000"` to `"004"`), where the data is there.
pub fn seed(number: &str) -> Option<String> {
    let entry = std::fs::read_dir(folder()?.join("seeds"))
        .ok()?
        .filter_map(Result::ok)
        .find(|entry| entry.file_name().to_string_lossy().starts_with(number))?;
    std::fs::read_to_string(entry.path()).ok()
}

/// Every text file of one repository of the corpus, by its path in that repository.
pub fn repository(name: &str) -> BTreeMap<String, String> {
    let prefix = format!("{name}/");
    corpus()
        .into_iter()
        .filter_map(|file| Some((file.file.strip_prefix(&prefix)?.to_string(), file.text)))
        .collect()
}

/// Says that `count` tests or cases were skipped and why: on standard output, and in the file that
/// `ROLEWRIGHT_SKIPPED` names, which the gate adds up.
pub fn skipped(count: usize, why: &str) {
    println!("skipped: {count} {why}");
    if let Some(path) = std::env::var_os("ROLEWRIGHT_SKIPPED") {
        let file = std::fs::OpenOptions::new().create(true).append(true).open(path);
        if let Ok(mut file) = file {
            let _ = writeln!(file, "{count}\t{why}");
        }
    }
}

fn json_lines<T: for<'de> Deserialize<'de>>(path: &Path) -> Vec<T> {
    std::fs::read_to_string(path)
        .expect("the manifest is there")
        .lines()
        .filter(|line| !line.trim().is_empty())
        .map(|line| serde_json::from_str(line).expect(line))
        .collect()
}
