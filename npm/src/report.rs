//! Diagnostics in the shape that JavaScript is given.

use crate::places::Places;
use crate::value::Value;
use rolewright_core::diagnostic::{Diagnostic, Edit, Fix, Label};
use rolewright_core::{Applicability, Report, detect, fix};

/// The report on `text`, which stands at `path`.
pub fn report(report: Report, path: &str, text: &str, places: &mut Places<'_>) -> Value {
    Value::object([
        ("path", path.to_string().into()),
        ("host", report.host.id.into()),
        ("detected", (report.detected.by != detect::By::Choice).into()),
        ("hostReason", report.detected.reason().into()),
        ("kind", report.kind.into()),
        ("diagnostics", diagnostics(report.diagnostics, places)),
        ("skipped", report.skipped.into_iter().map(Value::from).collect()),
        (
            "stats",
            Value::object([
                ("rulesRun", report.rules_run.into()),
                ("rulesOff", report.rules_off.into()),
                ("bytes", text.len().into()),
                ("lines", text.lines().count().into()),
            ]),
        ),
    ])
}

/// What came of fixing.
pub fn fixed(text: String, applied: Vec<fix::Applied>, report: Value) -> Value {
    let applied = applied.into_iter().map(|fix::Applied { rule, title }| {
        Value::object([("rule", rule.into()), ("title", title.into())])
    });
    Value::object([("text", text.into()), ("applied", applied.collect()), ("report", report)])
}

/// Diagnostics, in their order.
pub fn diagnostics(found: Vec<Diagnostic>, places: &mut Places<'_>) -> Value {
    found.into_iter().map(|d| diagnostic(d, places)).collect()
}

fn diagnostic(d: Diagnostic, places: &mut Places<'_>) -> Value {
    Value::object([
        ("rule", d.rule.into()),
        ("severity", d.severity.name().into()),
        ("range", places.range(&d.path, d.span).into()),
        ("path", d.path.into()),
        ("message", d.message.into()),
        ("reason", d.reason.into()),
        ("help", d.help.into()),
        ("labels", d.labels.into_iter().map(|l| label(l, places)).collect()),
        ("fix", d.fix.map(|f| fix_of(f, places)).into()),
        ("url", ["docs/rules.md#", d.rule].concat().into()),
    ])
}

fn label(label: Label, places: &mut Places<'_>) -> Value {
    Value::object([
        ("range", places.range(&label.path, label.span).into()),
        ("path", label.path.into()),
        ("message", label.message.into()),
    ])
}

fn fix_of(fix: Fix, places: &mut Places<'_>) -> Value {
    let applicability = match fix.applicability {
        Applicability::Safe => "safe",
        Applicability::Unsafe => "unsafe",
    };
    Value::object([
        ("title", fix.title.into()),
        ("applicability", applicability.into()),
        ("edits", fix.edits.into_iter().map(|e| edit(e, places)).collect()),
    ])
}

fn edit(edit: Edit, places: &mut Places<'_>) -> Value {
    Value::object([
        ("range", places.range(&edit.path, edit.span).into()),
        ("path", edit.path.into()),
        ("text", edit.text.into()),
    ])
}
