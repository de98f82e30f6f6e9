//! Prints what one rule finds in the corpus, for a person to judge: `findings RULE [--all |
//! --sample N] [--host ID] [--seed N] [--around]`. `--around` shows each file among the others of its
//! repository. Without a rule it prints how often each one fires.

use rolewright_core::Input;
use rolewright_core::{LineIndex, Options, Profile, check, host::Host};
use rolewright_tests::data;
use std::collections::BTreeMap;

fn main() {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let value =
        |name: &str| arguments.iter().position(|a| a == name).and_then(|at| arguments.get(at + 1));
    let rule = arguments.first().filter(|a| !a.starts_with("--"));
    let host = value("--host").and_then(|id| Host::by_id(id));
    let sample = value("--sample").and_then(|n| n.parse().ok()).unwrap_or(50usize);
    let around = arguments.iter().any(|a| a == "--around");
    let all = arguments.iter().any(|a| a == "--all");
    let seed = value("--seed").and_then(|n| n.parse().ok()).unwrap_or(1u64);
    let mut options = Options::new().with_profile(Profile::Style);
    options.host = host;

    let mut shown = Vec::new();
    let mut counts: BTreeMap<&str, (usize, usize)> = BTreeMap::new();
    let corpus = data::corpus();
    let mut repositories: BTreeMap<&str, BTreeMap<String, String>> = BTreeMap::new();
    for file in &corpus {
        let folder = file.file.split('/').next().unwrap_or("");
        repositories.entry(folder).or_default().insert(file.path.clone(), file.text.clone());
    }
    for file in &corpus {
        // Only what needs other files is asked with them: a rule about includes has its own corpus run.
        let files = &repositories[file.file.split('/').next().unwrap_or("")];
        let input = Input::new(&file.text).at(&file.path);
        let input = if around { input.with_files(files) } else { input };
        let report = check(&input, &options);
        let index = LineIndex::new(&file.text);
        let mut seen = Vec::new();
        for d in &report.diagnostics {
            let entry = counts.entry(d.rule).or_default();
            entry.0 += 1;
            if !seen.contains(&d.rule) {
                seen.push(d.rule);
                entry.1 += 1;
            }
            if rule.is_some_and(|r| r == d.rule) {
                let at = index.position(d.span.start);
                let line = index.line_span(at.line).of(&file.text);
                let excerpt: String = line.chars().take(200).collect();
                shown.push(format!(
                    "{}:{}:{} [{}] {}: {}\n    | {excerpt}\n    = at {:?}; reason: {}; help: {}; fix: {}; labels: {}",
                    file.file,
                    at.line,
                    at.column_utf16,
                    report.host.id,
                    d.severity.name(),
                    d.message,
                    d.span.of(&file.text).chars().take(80).collect::<String>(),
                    d.reason.as_deref().unwrap_or("-"),
                    d.help.as_deref().unwrap_or("-"),
                    d.fix.as_ref().map_or("-", |f| &f.title),
                    d.labels.len(),
                ));
            }
        }
    }
    if rule.is_none() {
        for (rule, (findings, files)) in counts {
            println!("{rule:28} {findings:6} findings in {files:5} files");
        }
        return;
    }
    let total = shown.len();
    if !all {
        shuffle(&mut shown, seed);
        shown.truncate(sample);
    }
    for line in &shown {
        println!("{line}");
    }
    println!("{total} findings, {} shown", shown.len());
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
