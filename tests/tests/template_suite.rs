//! Runs the cases in `tests/suite/templates`: each is a Markdown file with the files, values and
//! settings of a role, and the expected prompt, segments and diagnostics.

use rolewright_core::host::Host;
use rolewright_core::options::{Mount, Shift, Spacing};
use rolewright_core::{Compiled, compile};
use rolewright_core::{Input, Target};
use rolewright_core::{Options, Values};
use std::collections::BTreeMap;
use std::path::Path;

/// A case: the text of each of its sections by title.
struct Case {
    files: Vec<(String, String)>,
    values: Values,
    options: Options,
    to: Option<&'static Host>,
    expected: BTreeMap<String, String>,
}

#[test]
fn every_case_gives_what_it_says() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("suite/templates");
    let mut paths: Vec<_> =
        std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    paths.sort();
    assert!(paths.len() >= 8);
    let mut wrong = Vec::new();
    for path in paths {
        let text = std::fs::read_to_string(&path).unwrap();
        let case = read(&text);
        let found = outcome(&case);
        for (title, expected) in &case.expected {
            let actual = found.get(title.as_str()).map_or("", String::as_str);
            if actual != expected {
                wrong.push(format!("{}: {title}\n````\n{actual}````", path.display()));
            }
        }
        assert!(case.expected.contains_key("prompt"), "{}", path.display());
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n\n"));
}

/// Sections are `## file PATH`, `## value NAME`, `## set NAME`, `## to`, `## prompt`, `## segments`,
/// `## findings`, `## host file`; the text of each is in a fence of four backticks.
fn read(text: &str) -> Case {
    let mut case = Case {
        files: Vec::new(),
        values: Values::new(),
        options: Options::default(),
        to: None,
        expected: BTreeMap::new(),
    };
    for (title, body) in sections(text) {
        let line = body.trim_end();
        match title.split_once(' ') {
            Some(("file", path)) => case.files.push((path.into(), body)),
            Some(("crlf", path)) => case.files.push((path.into(), body.replace('\n', "\r\n"))),
            Some(("value", name)) => case.values.set(name, line),
            Some(("set", name)) => set(&mut case.options, name, line),
            _ if title == "to" => case.to = Some(Host::by_id(line).unwrap()),
            _ => {
                case.expected.insert(title, body);
            }
        }
    }
    case
}

/// Titles and the text of the fence below each.
fn sections(text: &str) -> Vec<(String, String)> {
    let mut found: Vec<(String, String)> = Vec::new();
    let mut inside = false;
    for line in text.split_inclusive('\n') {
        if line.trim_end() == "````" {
            inside = !inside;
        } else if inside {
            found.last_mut().unwrap().1.push_str(line);
        } else if let Some(title) = line.strip_prefix("## ") {
            found.push((title.trim_end().into(), String::new()));
        }
    }
    found
}

fn set(options: &mut Options, name: &str, value: &str) {
    let template = &mut options.template;
    match (name, value) {
        ("root", root) => template.root = Some(root.into()),
        ("spacing", "exact") => template.spacing = Some(Spacing::Exact),
        ("shift", "none") => template.shift = Some(Shift::None),
        ("mount", mount) => {
            let (at, path) = mount.split_once(' ').unwrap();
            template.mounts.insert(at.into(), Mount { path: path.into(), data: true });
        }
        other => panic!("no such setting: {other:?}"),
    }
}

fn outcome(case: &Case) -> BTreeMap<&'static str, String> {
    let files: BTreeMap<String, String> = case.files.iter().cloned().collect();
    let (path, text) = case.files.first().unwrap();
    let compiled = compile(
        &Input::new(text).at(path).with_files(&files).with_values(&case.values),
        &case.options,
        &Target::of(case.to),
    );
    let findings = compiled
        .report
        .diagnostics
        .iter()
        .map(|d| {
            let line = files[&d.path][..d.span.start].matches('\n').count() + 1;
            format!("{} {}:{line} {}: {}\n", d.severity.name(), d.path, d.rule, d.message)
        })
        .collect();
    let segments = segments(&compiled, &files);
    let file = compiled.file.unwrap_or_default();
    let host_file = format!("{}\n{}", file.path, file.text);
    [
        ("prompt", compiled.prompt),
        ("segments", segments),
        ("findings", findings),
        ("host file", host_file),
    ]
    .into()
}

/// `kind PATH:LINE "text"`, a line each.
fn segments(compiled: &Compiled, files: &BTreeMap<String, String>) -> String {
    let shown = |s: &rolewright_core::template::Segment| {
        let path = &compiled.files[s.file as usize];
        let line = files[path][..s.source.start].matches('\n').count() + 1;
        format!("{} {path}:{line} {:?}\n", s.kind.name(), s.out.of(&compiled.prompt))
    };
    compiled.segments.iter().map(shown).collect()
}
