//! Offers code actions for diagnostics: fixes, suppressions, and creating missing files.

use crate::convert;
use crate::document::Document;
use crate::edits::{apply, difference};
use crate::parts::Part;
use rolewright_core::role::Syntax;
use rolewright_core::template::{self, DirectiveKind};
use rolewright_core::{Diagnostic, Options, Report, Role, Span, check, diagnostic, fix_checked};
use rolewright_wire::{Applicability, CodeAction, CodeActionKind, Edit};
use std::collections::BTreeSet;

/// The actions for the part of a text between two offsets: a fix for each diagnostic there, all
/// fixes of its rule, all safe fixes of the file, suppressions, and the creation of missing
/// included files.
pub fn code_actions(document: &Document<'_>, start: u32, end: u32) -> Vec<CodeAction> {
    let places = document.places();
    let asked = places.span(document.path, start, end);
    let touches = |span: Span| span.start <= asked.end && asked.start <= span.end;
    let report = check(&document.input(), document.options);
    let found = &report.diagnostics;
    let own = found.iter().filter(|d| d.path == document.path);
    let here: Vec<&Diagnostic> = own.clone().filter(|d| touches(d.span)).collect();
    let mut actions: Vec<CodeAction> = here.iter().filter_map(|d| fix_of(document, d)).collect();
    let rules: BTreeSet<&'static str> = here.iter().map(|d| d.rule).collect();
    for rule in &rules {
        let mut fixable = own.clone().filter(|d| d.rule == *rule && d.fix.is_some());
        if fixable.clone().count() > 1 && fixable.any(is_safe) {
            actions.extend(fix_rule(document, rule));
        }
    }
    actions.extend(fix_all(document, &report));
    document.with_parts(|parts| {
        for part in parts {
            actions.extend(missing_includes(document, part, asked));
        }
        // Several actions with the same title would be indistinguishable.
        let mut seen = BTreeSet::new();
        for diagnostic in here.iter().filter(|d| seen.insert(d.rule)) {
            let part = parts.iter().find_map(|p| Some((p, p.at(diagnostic.span.start)?)));
            actions.extend(
                part.and_then(|(part, at)| suppress_here(document, part, diagnostic.rule, at)),
            );
        }
        if let [part] = parts
            && !part.is_data()
        {
            actions.extend(rules.iter().map(|rule| suppress_in_file(document, &part.role, rule)));
        }
    });
    actions
}

fn is_safe(diagnostic: &Diagnostic) -> bool {
    let fix = diagnostic.fix.as_ref();
    fix.is_some_and(|fix| fix.applicability == diagnostic::Applicability::Safe)
}

fn fix_of(document: &Document<'_>, diagnostic: &Diagnostic) -> Option<CodeAction> {
    let fix = convert::fix(diagnostic.fix.as_ref()?, &document.places());
    Some(CodeAction {
        title: fix.title,
        kind: CodeActionKind::Fix,
        rule: Some(diagnostic.rule.to_string()),
        applicability: fix.applicability,
        edits: fix.edits,
        creates: Vec::new(),
    })
}

/// Applies every safe fix of one rule, proved by checking again.
fn fix_rule(document: &Document<'_>, rule: &str) -> Option<CodeAction> {
    let only = only(document.options, rule);
    let edits = fixed(document, &only, check(&document.input(), &only))?;
    Some(CodeAction {
        title: format!("Fix all `{rule}` problems in this file"),
        kind: CodeActionKind::FixRule,
        rule: Some(rule.to_string()),
        applicability: Applicability::Safe,
        edits,
        creates: Vec::new(),
    })
}

/// The options with all other rules off.
fn only(options: &Options, rule: &str) -> Options {
    let mut only = options.clone();
    for other in rolewright_core::rules::RULES.iter().filter(|other| other.name != rule) {
        only.rules.insert(other.name.to_string(), None);
    }
    only
}

fn fix_all(document: &Document<'_>, report: &Report) -> Option<CodeAction> {
    if !report.diagnostics.iter().any(is_safe) {
        return None;
    }
    Some(CodeAction {
        title: String::from("Apply all safe fixes in this file"),
        kind: CodeActionKind::FixAll,
        rule: None,
        applicability: Applicability::Safe,
        edits: fixed(document, document.options, report.clone())?,
        creates: Vec::new(),
    })
}

/// The edits of all safe fixes under `options`, which produced this report; `None` if nothing
/// changes.
fn fixed(document: &Document<'_>, options: &Options, report: Report) -> Option<Vec<Edit>> {
    let safe = diagnostic::Applicability::Safe;
    let fixed = fix_checked(&document.input(), options, safe, report);
    let edits = edits(document, difference(document.text, &fixed.text));
    (!edits.is_empty()).then_some(edits)
}

fn edits(document: &Document<'_>, changes: Vec<(Span, String)>) -> Vec<Edit> {
    let places = document.places();
    let path = document.path;
    changes
        .into_iter()
        .map(|(span, text)| Edit { path: path.to_string(), range: places.range(path, span), text })
        .collect()
}

fn missing_includes(document: &Document<'_>, part: &Part<'_>, asked: Span) -> Vec<CodeAction> {
    let role = &part.role;
    let options = document.options;
    if !document.files.is_known() {
        return Vec::new();
    }
    let touched = template::directives(role, options).into_iter().filter_map(|d| match d.kind {
        DirectiveKind::Include { path, .. }
            if part.place(d.span).start <= asked.end && asked.start <= part.place(d.span).end =>
        {
            Some(path)
        }
        _ => None,
    });
    let missing = touched.filter_map(|path| {
        let candidates = template::candidates(role, path, options).ok()?;
        let exists = candidates.iter().any(|path| document.files.exists(path));
        let target = candidates.into_iter().next().filter(|_| !exists)?;
        Some(CodeAction {
            title: format!("Create `{target}`"),
            kind: CodeActionKind::CreateInclude,
            rule: Some(String::from("missing-include")),
            applicability: Applicability::Unsafe,
            edits: Vec::new(),
            creates: vec![(target, String::new())],
        })
    });
    missing.collect()
}

/// A comment before the block of a diagnostic, or above its field. `None` if the file cannot
/// contain comments.
fn suppress_here(
    document: &Document<'_>,
    part: &Part<'_>,
    rule: &str,
    at: usize,
) -> Option<CodeAction> {
    let role = &part.role;
    let line = role.line_at(at);
    let in_front_matter =
        role.front_matter.as_ref().is_some_and(|f| f.content.contains(line.start));
    let written = line.of(role.text);
    let indent = written.get(..written.len() - written.trim_start().len()).unwrap_or("");
    let end = role.line_end();
    let edit = if in_front_matter && part.is_data() {
        let place = part.place(Span::at(at)).start;
        comment_in_file(document, rule, place)?
    } else if in_front_matter {
        (Span::at(line.start), format!("{indent}# rolewright-ignore {rule}{end}"))
    } else {
        // A comment inside a code block would be code, so it goes before the block.
        let block = role.outline.fence_at(at);
        let start = block.map_or(line.start, |fence| role.line_at(fence.span.start).start);
        part.edit(Span::at(start), &format!("{indent}<!-- rolewright-ignore {rule} -->{end}"))?
    };
    Some(CodeAction {
        title: format!("Turn off `{rule}` here"),
        kind: CodeActionKind::SuppressHere,
        rule: Some(rule.to_string()),
        applicability: Applicability::Safe,
        edits: edits(document, vec![edit]),
        creates: Vec::new(),
    })
}

/// A comment line above a field of a YAML or TOML file; offered only if it works.
fn comment_in_file(document: &Document<'_>, rule: &str, place: usize) -> Option<(Span, String)> {
    if Syntax::of_path(document.path) == Syntax::Json {
        return None;
    }
    let before = document.text.get(..place)?;
    let start = before.rfind('\n').map_or(0, |at| at + 1);
    let line = document.text.get(start..)?;
    let indent = line.len() - line.trim_start_matches([' ', '-']).len();
    let indent = line.get(..indent)?.replace('-', " ");
    let edit = (Span::at(start), format!("{indent}# rolewright-ignore {rule}\n"));
    let after = apply(document.text, std::slice::from_ref(&edit));
    let falls = |options: &Options| {
        let count = |text: &str| {
            let report = check(&Document { text, ..*document }.input(), options);
            report.diagnostics.iter().filter(|found| found.rule == rule).count()
        };
        let before = count(document.text);
        (before > 0).then(|| count(&after) < before)
    };
    // Running a single rule is faster, but a rule about other rules finds nothing then.
    let works = falls(&only(document.options, rule)).or_else(|| falls(document.options));
    works.unwrap_or(false).then_some(edit)
}

fn suppress_in_file(document: &Document<'_>, role: &Role<'_>, rule: &str) -> CodeAction {
    let end = role.line_end();
    let comment = format!("<!-- rolewright-ignore-file {rule} -->{end}");
    CodeAction {
        title: format!("Turn off `{rule}` in this file"),
        kind: CodeActionKind::SuppressInFile,
        rule: Some(rule.to_string()),
        applicability: Applicability::Safe,
        edits: edits(document, vec![(Span::at(role.body.start), comment)]),
        creates: Vec::new(),
    }
}
