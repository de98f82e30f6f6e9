//! `--format sarif`: SARIF 2.1.0 for code scanning, with columns in UTF-16 code units.

use super::json::printed;
use super::{Formatter, Surroundings, full_message};
use crate::VERSION;
use crate::frame::visible;
use crate::names::{self, EMPTY_FILE, RuleDoc};
use crate::sink::Sink;
use crate::tally::Tally;
use crate::workspace::Home;
use rolewright_wire::{Diagnostic, Edit, Range, Report, Severity};
use serde_json::{Map, Value, json};

pub(super) struct Sarif {
    docs: Vec<RuleDoc>,
    /// The root and name of each workspace, in the order of their first report.
    bases: Vec<(String, String)>,
    is_open: bool,
}

const START: &str = "{\"$schema\":\"https://json.schemastore.org/sarif-2.1.0.json\",\"version\":\"2.1.0\",\
                     \"runs\":[{\"columnKind\":\"utf16CodeUnits\",\"results\":[\n";

impl Sarif {
    pub(super) fn new(around: Surroundings<'_, '_>) -> Self {
        let bases = vec![(around.own.root.clone(), String::from("WORKSPACE"))];
        Self { docs: names::rule_docs(), bases, is_open: false }
    }

    fn base(&mut self, root: &str) -> String {
        if let Some((_, name)) = self.bases.iter().find(|(known, _)| known == root) {
            return name.clone();
        }
        let name = format!("WORKSPACE-{}", self.bases.len() + 1);
        self.bases.push((root.to_string(), name.clone()));
        name
    }

    fn result(&self, diagnostic: &Diagnostic, base: &str) -> Value {
        let index = self.docs.iter().position(|rule| rule.name == diagnostic.rule);
        let mut result = json!({
            "ruleId": diagnostic.rule,
            "ruleIndex": index,
            "level": level(diagnostic.severity),
            "message": { "text": full_message(diagnostic, " ") },
            "locations": [{ "physicalLocation": place(&diagnostic.path, diagnostic.range, base) }],
        });
        if !diagnostic.labels.is_empty() {
            let labels = diagnostic.labels.iter().enumerate().map(|(id, label)| {
                json!({
                    "id": id,
                    "physicalLocation": place(&label.path, label.range, base),
                    "message": { "text": label.message },
                })
            });
            result["relatedLocations"] = labels.collect();
        }
        if let Some(fix) = &diagnostic.fix {
            let changes = changes(&fix.edits, base);
            result["fixes"] =
                json!([{ "description": { "text": fix.title }, "artifactChanges": changes }]);
        }
        result
    }
}

impl Formatter for Sarif {
    fn file(&mut self, report: &Report, _: &str, home: &Home<'_>, out: &mut Sink<'_>) {
        let base = self.base(&home.root);
        for diagnostic in &report.diagnostics {
            out.write(if std::mem::replace(&mut self.is_open, true) { ",\n" } else { START });
            out.write(&self.result(diagnostic, &base).to_string());
        }
    }

    fn end(&mut self, tally: &Tally, out: &mut Sink<'_>) {
        if !self.is_open {
            out.write(START);
        }
        let rules: Vec<Value> = self.docs.iter().map(described).collect();
        let driver = json!({
            "name": "rolewright",
            "version": VERSION,
            "semanticVersion": VERSION,
            "rules": rules,
        });
        let root = |(root, base): &(String, String)| {
            let uri = format!("file://{}/", encoded(root, is_plain_in_url).trim_end_matches('/'));
            (base.clone(), json!({ "uri": uri }))
        };
        let roots: Map<String, Value> = self.bases.iter().map(root).collect();
        let rest = json!({
            "tool": { "driver": driver },
            "originalUriBaseIds": roots,
            "invocations": [invocation(tally)],
        });
        let rest = printed(&rest);
        let inner = rest.get(1..rest.len().saturating_sub(1)).unwrap_or("");
        out.write(&format!("\n],{inner}}}]}}\n"));
    }
}

/// Also reports files that could not be read, as a whole or in part.
fn invocation(tally: &Tally) -> Value {
    let told = |level, text: String| json!({ "level": level, "message": { "text": text } });
    let problems = tally.problems.iter().map(|text| told("error", text.clone()));
    let notes = tally.partly.iter().map(|p| told("note", format!("{}: {}", p.files(), p.why)));
    let all: Vec<Value> = problems.chain(notes).collect();
    let mut invocation =
        json!({ "executionSuccessful": tally.problems.is_empty() && !tally.stopped });
    if !all.is_empty() {
        invocation["toolExecutionNotifications"] = all.into();
    }
    invocation
}

fn described(rule: &RuleDoc) -> Value {
    let RuleDoc { name, summary, why, severity, path, bad, good, files, .. } = rule;
    let example = |text: &str| {
        let text = visible(text);
        match text.is_empty() {
            true => String::from(EMPTY_FILE),
            false => format!("````text\n{}\n````", text.strip_suffix('\n').unwrap_or(&text)),
        }
    };
    let (bad, good) = (example(bad), example(good));
    let mut markdown =
        format!("{summary}\n\n{why}\n\nIncorrect (`{path}`):\n\n{bad}\n\nCorrect:\n\n{good}\n");
    for (path, text) in files {
        markdown.push_str(&format!("\nWith `{path}`:\n\n{}\n", example(text)));
    }
    json!({
        "id": name,
        "shortDescription": { "text": summary },
        "fullDescription": { "text": why },
        "help": { "text": format!("{summary} {why}"), "markdown": markdown },
        "defaultConfiguration": { "level": if severity == "info" { "note" } else { severity } },
    })
}

fn level(severity: Severity) -> &'static str {
    match severity {
        Severity::Error => "error",
        Severity::Warning => "warning",
        Severity::Info => "note",
    }
}

fn changes(edits: &[Edit], base: &str) -> Vec<Value> {
    let mut files: Vec<(&str, Vec<Value>)> = Vec::new();
    for edit in edits {
        let replacement = json!({
            "deletedRegion": region(edit.range),
            "insertedContent": { "text": edit.text },
        });
        match files.iter_mut().find(|(path, _)| *path == edit.path) {
            Some((_, replacements)) => replacements.push(replacement),
            None => files.push((&edit.path, vec![replacement])),
        }
    }
    let change = |(path, replacements)| json!({ "artifactLocation": location(path, base), "replacements": replacements });
    files.into_iter().map(change).collect()
}

fn place(path: &str, range: Range, base: &str) -> Value {
    json!({ "artifactLocation": location(path, base), "region": region(range) })
}

fn location(path: &str, base: &str) -> Value {
    let plain = |byte: u8| byte.is_ascii_alphanumeric() || b"-_.!~*'()/".contains(&byte);
    json!({ "uri": encoded(path, plain), "uriBaseId": base })
}

fn region(range: Range) -> Value {
    json!({
        "startLine": range.start.line,
        "startColumn": range.start.column,
        "endLine": range.end.line,
        "endColumn": range.end.column,
    })
}

/// The characters that a `file:` URL path contains unescaped.
fn is_plain_in_url(byte: u8) -> bool {
    byte.is_ascii_graphic() && !b"\"#<>?^`{}%\\".contains(&byte)
}

/// `text` with every special byte percent-encoded.
fn encoded(text: &str, plain: fn(u8) -> bool) -> String {
    let mut out = String::with_capacity(text.len());
    for byte in text.bytes() {
        match plain(byte) {
            true => out.push(char::from(byte)),
            false => out.push_str(&format!("%{byte:02X}")),
        }
    }
    out
}
