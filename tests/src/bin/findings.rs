//! Prints what the rules find in the corpus, for a person to judge: `findings [RULE...] [--sample N]
//! [--context N] [--host ID] [--seed N] [--around]`. Without a rule, `--sample` shows hits of every
//! rule and, without that, how often each one fires. `--around` shows each file among the others of its
//! repository. `--renew` writes the hits into docs/precision.md.

#[path = "findings/precision.rs"]
mod precision;

use rolewright_core::{
    Diagnostic, Input, LineIndex, Options, Profile, Severity, check, host::Host,
};
use rolewright_tests::data::{self, CorpusFile};
use std::collections::{BTreeMap, BTreeSet};

/// Arguments that are followed by a value.
const WITH_VALUE: [&str; 4] = ["--sample", "--context", "--host", "--seed"];

/// Texts by their path, of one repository.
type Files = BTreeMap<String, String>;

/// One diagnostic, and where it is.
struct Hit {
    rule: &'static str,
    severity: Severity,
    repository: String,
    file: String,
    shown: String,
}

fn main() {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let flag = |name: &str| arguments.iter().any(|argument| argument == name);
    let value = |name: &str| {
        let at = arguments.iter().position(|argument| argument == name)?;
        arguments.get(at + 1)
    };
    let number = |name: &str| value(name).and_then(|n| n.parse().ok());
    if flag("--renew") {
        return precision::renew(&hits(Profile::Style, None, true, 0), |recommended| {
            hits(recommended, None, true, 0)
        });
    }
    let rules = rules(&arguments);
    let host = value("--host").and_then(|id| Host::by_id(id));
    let context = number("--context").unwrap_or(0);
    let hits = hits(Profile::Style, host, flag("--around"), context);
    match number("--sample") {
        None if rules.is_empty() => print_counts(&hits),
        sample => {
            let seed = number("--seed").unwrap_or(1);
            print_samples(&hits, &rules, sample.unwrap_or(50), seed as u64);
        }
    }
}

/// The arguments that are neither a flag nor the value of one.
fn rules(arguments: &[String]) -> Vec<&str> {
    let is_value = |at: usize| at > 0 && WITH_VALUE.contains(&arguments[at - 1].as_str());
    let words = arguments.iter().enumerate();
    let rules = words.filter(|(at, word)| !word.starts_with("--") && !is_value(*at));
    rules.map(|(_, word)| word.as_str()).collect()
}

/// What all rules of `profile` find in the corpus.
fn hits(profile: Profile, host: Option<&'static Host>, around: bool, context: usize) -> Vec<Hit> {
    let mut options = Options::new().with_profile(profile);
    options.host = host;
    let corpus = data::corpus();
    let mut repositories: BTreeMap<&str, Files> = BTreeMap::new();
    for file in &corpus {
        let files = repositories.entry(repository(file)).or_default();
        files.insert(file.path.clone(), file.text.clone());
    }
    let mut hits = Vec::new();
    for file in &corpus {
        let files = &repositories[repository(file)];
        let input = Input::new(&file.text).at(&file.path);
        let report = check(&if around { input.with_files(files) } else { input }, &options);
        for found in &report.diagnostics {
            hits.push(Hit {
                rule: found.rule,
                severity: found.severity,
                repository: repository(file).to_string(),
                file: file.file.clone(),
                shown: shown(file, files, found, report.host.id, context),
            });
        }
    }
    hits
}

/// The folder of the corpus that a file is in.
fn repository(file: &CorpusFile) -> &str {
    file.file.split('/').next().unwrap_or("")
}

/// A diagnostic with the lines around it.
fn shown(
    file: &CorpusFile,
    files: &Files,
    found: &Diagnostic,
    host: &str,
    context: usize,
) -> String {
    let elsewhere = files.get(&found.path).filter(|_| found.path != file.path);
    let text = elsewhere.unwrap_or(&file.text);
    let index = LineIndex::new(text);
    let at = index.position(found.span.start);
    let place = match elsewhere {
        Some(_) => format!("{} in {}", found.path, file.file),
        None => file.file.clone(),
    };
    let severity = found.severity.name();
    let mut out =
        format!("{place}:{}:{} [{host}] {severity}: {}\n", at.line, at.column_utf16, found.message);
    let range = found.span.of(text).chars().take(80).collect::<String>();
    out += &format!("    = {range:?}");
    let parts = [
        ("reason", found.reason.as_ref().map(ToString::to_string)),
        ("help", found.help.as_ref().map(ToString::to_string)),
        ("fix", found.fix.as_ref().map(|fix| format!("{} ({:?})", fix.title, fix.applicability))),
        ("labels", (!found.labels.is_empty()).then(|| found.labels.len().to_string())),
    ];
    for (name, part) in parts {
        out += &part.map_or_else(String::new, |part| format!("; {name}: {part}"));
    }
    let lines = text.lines().enumerate().skip(at.line.saturating_sub(context + 1));
    for (number, line) in lines.take(2 * context + 1) {
        let line: String = line.chars().take(200).collect();
        out += &format!("\n    {:4} | {line}", number + 1);
    }
    out
}

fn print_counts(hits: &[Hit]) {
    for (rule, hits) in by_rule(hits) {
        let files: BTreeSet<&str> = hits.iter().map(|hit| hit.file.as_str()).collect();
        println!("{rule:28} {:6} findings in {:5} files", hits.len(), files.len());
    }
}

fn print_samples(hits: &[Hit], rules: &[&str], sample: usize, seed: u64) {
    for (rule, mut hits) in by_rule(hits) {
        if !rules.is_empty() && !rules.contains(&rule) {
            continue;
        }
        let total = hits.len();
        shuffle(&mut hits, seed);
        hits.truncate(sample);
        println!("## {rule}: {total} findings, {} shown", hits.len());
        for hit in hits {
            println!("{}", hit.shown);
        }
    }
}

fn by_rule(hits: &[Hit]) -> BTreeMap<&'static str, Vec<&Hit>> {
    let mut rules: BTreeMap<&str, Vec<&Hit>> = BTreeMap::new();
    for hit in hits {
        rules.entry(hit.rule).or_default().push(hit);
    }
    rules
}

/// A fixed shuffle: the same seed shows the same findings.
fn shuffle<T>(items: &mut [T], seed: u64) {
    let mut state = seed.wrapping_mul(0x9E37_79B9_7F4A_7C15) | 1;
    for at in (1..items.len()).rev() {
        state ^= state << 13;
        state ^= state >> 7;
        state ^= state << 17;
        items.swap(at, (state % (at as u64 + 1)) as usize);
    }
}
