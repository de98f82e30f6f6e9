//! Diagnostics in the shape that JavaScript is given.

use crate::places::{Places, Range, narrow};
use rolewright_core::{Applicability, detect, diagnostic, fix};
use serde::Serialize;
use std::borrow::Cow;

/// What `check` returns.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Report {
    path: String,
    host: &'static str,
    detected: bool,
    host_reason: String,
    kind: &'static str,
    diagnostics: Vec<Diagnostic>,
    skipped: Vec<String>,
    stats: Stats,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Stats {
    rules_run: u32,
    rules_off: u32,
    bytes: u32,
    lines: u32,
}

/// One statement about a text.
#[derive(Serialize)]
pub struct Diagnostic {
    rule: &'static str,
    severity: &'static str,
    path: String,
    range: Range,
    message: Text,
    #[serde(skip_serializing_if = "Option::is_none")]
    reason: Option<Text>,
    #[serde(skip_serializing_if = "Option::is_none")]
    help: Option<Text>,
    labels: Vec<Label>,
    #[serde(skip_serializing_if = "Option::is_none")]
    fix: Option<Fix>,
    url: String,
}

type Text = Cow<'static, str>;

#[derive(Serialize)]
struct Label {
    path: String,
    range: Range,
    message: Text,
}

#[derive(Serialize)]
struct Fix {
    title: Text,
    applicability: &'static str,
    edits: Vec<Edit>,
}

#[derive(Serialize)]
struct Edit {
    path: String,
    range: Range,
    text: String,
}

/// What `fix` returns.
#[derive(Serialize)]
pub struct Fixed<'t> {
    text: &'t str,
    applied: Vec<Applied>,
    report: Report,
}

#[derive(Serialize)]
struct Applied {
    rule: &'static str,
    title: String,
}

/// The report on `text`, which stands at `path`.
pub fn report(
    report: rolewright_core::Report,
    path: &str,
    text: &str,
    places: &mut Places<'_>,
) -> Report {
    Report {
        path: path.to_string(),
        host: report.host.id,
        detected: report.detected.by != detect::By::Choice,
        host_reason: report.detected.reason(),
        kind: report.kind,
        diagnostics: diagnostics(report.diagnostics, places),
        skipped: report.skipped,
        stats: Stats {
            rules_run: narrow(report.rules_run),
            rules_off: narrow(report.rules_off),
            bytes: narrow(text.len()),
            lines: narrow(text.lines().count()),
        },
    }
}

/// What came of fixing.
pub fn fixed(text: &str, applied: Vec<fix::Applied>, report: Report) -> Fixed<'_> {
    let applied = applied.into_iter().map(|fix::Applied { rule, title }| Applied { rule, title });
    Fixed { text, applied: applied.collect(), report }
}

/// Diagnostics, in their order.
pub fn diagnostics(found: Vec<diagnostic::Diagnostic>, places: &mut Places<'_>) -> Vec<Diagnostic> {
    found.into_iter().map(|d| diagnostic(d, places)).collect()
}

fn diagnostic(d: diagnostic::Diagnostic, places: &mut Places<'_>) -> Diagnostic {
    let label = |label: diagnostic::Label, places: &mut Places<'_>| Label {
        range: places.range(&label.path, label.span),
        path: label.path,
        message: label.message,
    };
    Diagnostic {
        rule: d.rule,
        severity: d.severity.name(),
        range: places.range(&d.path, d.span),
        path: d.path,
        message: d.message,
        reason: d.reason,
        help: d.help,
        labels: d.labels.into_iter().map(|l| label(l, places)).collect(),
        fix: d.fix.map(|f| fix_of(f, places)),
        url: ["docs/rules.md#", d.rule].concat(),
    }
}

fn fix_of(fix: diagnostic::Fix, places: &mut Places<'_>) -> Fix {
    let edit = |edit: diagnostic::Edit, places: &mut Places<'_>| Edit {
        range: places.range(&edit.path, edit.span),
        path: edit.path,
        text: edit.text,
    };
    Fix {
        title: fix.title,
        applicability: match fix.applicability {
            Applicability::Safe => "safe",
            Applicability::Unsafe => "unsafe",
        },
        edits: fix.edits.into_iter().map(|e| edit(e, places)).collect(),
    }
}
