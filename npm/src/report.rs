//! What a check found, in the shape that JavaScript is given.

use crate::places::{Places, narrow};
use crate::wire;
use rolewright_core::diagnostic::{Diagnostic, Edit, Fix, Label};
use rolewright_core::{Applicability, Report, detect, fix};

/// The report on `text`, whose path is `path`.
pub fn report(report: Report, path: &str, text: &str, places: &mut Places<'_>) -> wire::Report {
    wire::Report {
        path: path.to_string(),
        host: report.host.id.into(),
        detected: report.detected.by != detect::By::Choice,
        host_reason: report.detected.reason().into(),
        kind: report.kind.into(),
        diagnostics: diagnostics(report.diagnostics, places),
        skipped: report.skipped,
        stats: wire::ReportStats {
            rules_run: narrow(report.rules_run),
            rules_off: narrow(report.rules_off),
            bytes: narrow(text.len()),
            lines: narrow(text.lines().count()),
        },
    }
}

/// A text with its fixes applied.
pub fn fixed(text: String, applied: Vec<fix::Applied>, report: wire::Report) -> wire::Fixed {
    let applied = applied
        .into_iter()
        .map(|fix::Applied { rule, title, .. }| wire::AppliedFix { rule: rule.into(), title })
        .collect();
    wire::Fixed { text, applied, report }
}

/// Diagnostics, in their order.
pub fn diagnostics(found: Vec<Diagnostic>, places: &mut Places<'_>) -> Vec<wire::Diagnostic> {
    found.into_iter().map(|d| diagnostic(d, places)).collect()
}

fn diagnostic(d: Diagnostic, places: &mut Places<'_>) -> wire::Diagnostic {
    wire::Diagnostic {
        rule: d.rule.into(),
        severity: d.severity.name().into(),
        range: places.range(&d.path, d.span),
        path: d.path,
        message: d.message,
        reason: d.reason,
        help: d.help,
        labels: d.labels.into_iter().map(|l| label(l, places)).collect(),
        fix: d.fix.map(|f| fix_of(f, places)),
        url: format!("docs/rules.md#{}", d.rule),
    }
}

fn label(label: Label, places: &mut Places<'_>) -> wire::Label {
    wire::Label {
        range: places.range(&label.path, label.span),
        path: label.path,
        message: label.message,
    }
}

fn fix_of(fix: Fix, places: &mut Places<'_>) -> wire::Fix {
    let applicability = match fix.applicability {
        Applicability::Safe => "safe",
        Applicability::Unsafe => "unsafe",
    };
    wire::Fix {
        title: fix.title,
        applicability: applicability.into(),
        edits: fix.edits.into_iter().map(|e| edit(e, places)).collect(),
    }
}

fn edit(edit: Edit, places: &mut Places<'_>) -> wire::Edit {
    wire::Edit { range: places.range(&edit.path, edit.span), path: edit.path, text: edit.text }
}
