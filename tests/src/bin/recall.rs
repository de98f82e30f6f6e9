//! `cargo xtask recall`: how many of the faults that readers found are reported, by certainty and rule;
//! which traps raise an error or a warning; and what is missing in the cases. `--all` lists the missed
//! faults of every certainty, a rule's name those of one rule.

use rolewright_core::{
    Diagnostic, FileReport, Input, LineIndex, Options, Severity, check, check_all,
};
use rolewright_tests::data::{self, Fault};
use std::collections::BTreeMap;

/// What readers call a fault, and our rules that report it. A rule of the same name always fits.
const FITTING: &[(&str, &[&str])] = &[
    ("broken-data-example", &["invalid-data-example"]),
    ("broken-shell-quote", &["broken-command"]),
    ("broken-reference", &["missing-include", "unknown-agent"]),
    ("contradiction", &["unlisted-tool", "conflicting-tool"]),
    ("deprecated-field", &["deprecated-location"]),
    ("escaped-fence", &["nested-fence", "unclosed-fence"]),
    ("first-person", &["leftover-text"]),
    ("foreign-tool", &["unknown-tool", "unavailable-tool"]),
    ("forbidden-tool-granted", &["unlisted-tool", "read-only-with-edit-tools"]),
    ("ignored-field", &["missing-companion-field", "unknown-field", "useless-glob"]),
    ("ignored-front-matter", &["ignored-field", "misplaced-front-matter", "useless-glob"]),
    ("invalid-color", &["invalid-field-value"]),
    ("invalid-field-type", &["invalid-yaml"]),
    ("leftover-text", &["unfilled-placeholder"]),
    ("list-mismatch", &["broken-numbering", "mismatched-model"]),
    ("misplaced-field", &["unknown-field", "ignored-field"]),
    ("missing-field", &["invalid-field-type", "glued-delimiter", "misplaced-front-matter"]),
    ("missing-name-in-folder", &["name-mismatch"]),
    ("missing-section", &["broken-reference"]),
    ("no-op-command", &["broken-command"]),
    ("nested-fence", &["escaped-fence", "glued-fence", "unclosed-fence"]),
    ("removed-mcp-tool", &["removed-tool", "unknown-tool"]),
    ("repeated-sentence", &["repeated-section"]),
    ("unbalanced-quote", &["doubled-quote"]),
    ("unclosed-placeholder", &["unfilled-placeholder"]),
    ("unfilled-placeholder", &["host-placeholder", "leftover-text"]),
    ("unknown-agent", &["broken-reference", "dangling-handoff"]),
    ("unknown-field", &["near-miss-field", "ignored-field"]),
    ("unknown-skill", &["broken-reference"]),
    ("unknown-tool", &["foreign-tool", "removed-tool", "tool-case", "unavailable-tool"]),
    ("unlisted-skill", &["unlisted-tool"]),
];

fn main() {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let all = arguments.iter().any(|argument| argument == "--all");
    let rule = arguments.iter().find(|argument| !argument.starts_with("--"));
    let faults = data::faults();
    if faults.is_empty() {
        return data::skipped(1, "the faults that readers found are not there (ROLEWRIGHT_DATA)");
    }
    let is_of =
        |fault: &Fault, rule| [&fault.rule, &fault.trap].map(Option::as_ref).contains(&Some(rule));
    if let Some(rule) = rule.filter(|rule| !faults.iter().any(|fault| is_of(fault, rule))) {
        eprintln!("error: no known fault or trap has the name `{rule}`");
        std::process::exit(2);
    }
    let mut corpus = Corpus::read();
    let shown = |fault: &Fault| match rule {
        Some(rule) => is_of(fault, rule),
        None => all || fault.certainty.as_deref() != Some("taste"),
    };
    recall(&faults, &mut corpus, &shown);
    traps(&faults, &mut corpus);
    hard(&mut corpus);
    cases();
}

/// The corpus, and the diagnostics of the files that were requested.
struct Corpus {
    repositories: BTreeMap<String, BTreeMap<String, String>>,
    paths: BTreeMap<String, (String, String)>,
    found: BTreeMap<String, Vec<Found>>,
}

/// A diagnostic and the lines it points at.
struct Found {
    diagnostic: Diagnostic,
    lines: Vec<usize>,
}

impl Corpus {
    fn read() -> Self {
        let mut repositories: BTreeMap<String, BTreeMap<String, String>> = BTreeMap::new();
        let mut paths = BTreeMap::new();
        for file in data::corpus() {
            let folder = file.file.split('/').next().unwrap_or("").to_string();
            paths.insert(file.file, (folder.clone(), file.path.clone()));
            repositories.entry(folder).or_default().insert(file.path, file.text);
        }
        Self { repositories, paths, found: BTreeMap::new() }
    }

    /// The diagnostics of the default profile for a file among the others of its repository.
    fn found(&mut self, file: &str) -> &[Found] {
        let Self { repositories, paths, found } = self;
        found.entry(file.to_string()).or_insert_with(|| {
            let (folder, path) = &paths[file];
            let files = &repositories[folder];
            let input = Input::new(&files[path]).at(path).with_files(files);
            let report = check(&input, &Options::default());
            placed(&files[path], path, report.diagnostics)
        })
    }
}

fn placed(text: &str, path: &str, diagnostics: Vec<Diagnostic>) -> Vec<Found> {
    let index = LineIndex::new(text);
    let here = diagnostics.into_iter().filter(|diagnostic| diagnostic.path == path);
    let place = |diagnostic: Diagnostic| {
        let labels = diagnostic.labels.iter().filter(|label| label.path == path);
        let lines = labels.map(|label| index.line(label.span.start));
        let lines = [index.line(diagnostic.span.start)].into_iter().chain(lines).collect();
        Found { diagnostic, lines }
    };
    here.map(place).collect()
}

/// Readers count lines by hand.
fn near(found: &Found, line: usize) -> bool {
    found.lines.iter().any(|at| at.abs_diff(line) <= 1)
}

fn fits(proposed: &str, rule: &str) -> bool {
    let fitting = FITTING.iter().find(|(name, _)| *name == proposed);
    proposed == rule || fitting.is_some_and(|(_, rules)| rules.contains(&rule))
}

fn recall(faults: &[Fault], corpus: &mut Corpus, shown: &dyn Fn(&Fault) -> bool) {
    let mut counts: BTreeMap<(&str, &str), (usize, usize)> = BTreeMap::new();
    let mut missed = Vec::new();
    for fault in faults {
        let (Some(rule), Some(certainty)) = (&fault.rule, &fault.certainty) else { continue };
        let hit = corpus
            .found(&fault.file)
            .iter()
            .any(|found| fits(rule, found.diagnostic.rule) && near(found, fault.line));
        for key in [(certainty.as_str(), rule.as_str()), (certainty.as_str(), "")] {
            let count = counts.entry(key).or_default();
            count.0 += usize::from(hit);
            count.1 += 1;
        }
        if !hit && shown(fault) {
            let Fault { file, line, problem, .. } = fault;
            missed.push(format!("  {certainty} {rule} {file}:{line}: {problem}"));
        }
    }
    println!("Missed:");
    missed.sort();
    missed.iter().for_each(|line| println!("{line}"));
    for ((certainty, rule), (found, of)) in counts {
        match rule {
            "" => println!("\n{certainty}: {found} of {of} found, {} %", found * 100 / of),
            _ => println!("  {rule:24} {found:3} of {of:3}"),
        }
    }
}

fn traps(faults: &[Fault], corpus: &mut Corpus) {
    // A file that the corpus lacks is missing there, and nowhere else.
    let lacks = |fault: &&Fault| {
        ["outside", "corpus lacks", "not in the corpus"].iter().any(|w| fault.problem.contains(w))
    };
    let traps = faults.iter().filter(|fault| fault.trap.is_some());
    let (lacking, traps): (Vec<&Fault>, Vec<&Fault>) = traps.partition(lacks);
    let mut raised = 0;
    println!("\nTraps that raise an error or a warning of their rule:");
    for trap in &traps {
        let name = trap.trap.as_deref().unwrap_or_default();
        let loud = corpus.found(&trap.file).iter().find(|found| {
            fits(name, found.diagnostic.rule)
                && found.diagnostic.severity > Severity::Info
                && found.lines.first().is_some_and(|line| line.abs_diff(trap.line) <= 1)
        });
        let Some(found) = loud else { continue };
        raised += 1;
        let Fault { file, line, problem, .. } = trap;
        let Diagnostic { rule, message, .. } = &found.diagnostic;
        println!("  {file}:{line}: {rule}: {message}\n    {problem}");
    }
    println!("{raised} of {} traps", traps.len());
    data::skipped(lacking.len(), "traps are about files that the corpus lacks");
    clean_files(faults, corpus);
}

fn clean_files(faults: &[Fault], corpus: &mut Corpus) {
    println!("\nErrors and warnings in clean files:");
    for file in faults.iter().filter(|fault| fault.clean) {
        for Found { diagnostic, lines } in corpus.found(&file.file) {
            if diagnostic.severity > Severity::Info {
                println!(
                    "  {}:{}: {}: {}",
                    file.file, lines[0], diagnostic.rule, diagnostic.message
                );
            }
        }
    }
}

fn hard(corpus: &mut Corpus) {
    let cases = data::hard_cases();
    let faults: Vec<_> = cases.iter().filter(|case| case.kind != "fp-trap").collect();
    println!("\nVerified faults without any diagnostic at their line:");
    let mut missed = 0;
    for case in &faults {
        if !corpus.found(&case.file).iter().any(|found| near(found, case.line)) {
            missed += 1;
            println!("  {}:{}: {}", case.file, case.line, case.problem);
        }
    }
    println!("{} of {} found", faults.len() - missed, faults.len());
}

fn cases() {
    let (mut complete, cases) = (0, data::cases());
    println!("\nCases after public reports:");
    for case in &cases {
        let reports = check_all(&case.files, &Default::default(), &Options::default());
        let found: Vec<(String, Found)> = reports
            .into_iter()
            .flat_map(|FileReport { path, report, .. }| {
                let found = placed(&case.files[&path], &path, report.diagnostics);
                found.into_iter().map(move |found| (path.clone(), found)).collect::<Vec<_>>()
            })
            .collect();
        let wrong = judged(case, &found);
        complete += usize::from(wrong.is_empty());
        wrong.iter().for_each(|line| println!("  {} {line}", case.name));
    }
    println!("{complete} of {} complete", cases.len());
}

/// What a case lacks, and the errors and warnings it should not raise.
fn judged(case: &data::Case, found: &[(String, Found)]) -> Vec<String> {
    // A finding that names the other file of a pair counts for both.
    let names = |expected: &data::Expected, found: &Found| {
        found.diagnostic.labels.iter().any(|label| label.path == expected.path)
    };
    let meets = |expected: &data::Expected, (path, found): &(String, Found)| {
        expected.path == *path && near(found, expected.line)
            || names(expected, found) && expected.path != *path
    };
    let enough = |expected: &data::Expected, found: &(String, Found)| {
        let least = Severity::from_name(&expected.severity);
        meets(expected, found) && Some(found.1.diagnostic.severity) >= least
    };
    let missing = case.expected.iter().filter(|e| !found.iter().any(|f| enough(e, f)));
    let surplus = found.iter().filter(|f| {
        f.1.diagnostic.severity > Severity::Info && !case.expected.iter().any(|e| meets(e, f))
    });
    let missing = missing.map(|data::Expected { path, line, severity, rule }| {
        format!("{path}:{line}: missing {severity} {rule}")
    });
    let surplus = surplus.map(|(path, Found { diagnostic, lines })| {
        let Diagnostic { rule, message, .. } = diagnostic;
        format!("{path}:{}: not expected: {rule}: {message}", lines[0])
    });
    missing.chain(surplus).collect()
}
