//! The promises that each target holds the engine to.

use super::project::Project;
use rolewright_core::{Applicability, Diagnostic, Target};
use rolewright_services::{Document, Settings, Workspace};
use rolewright_wire::{Edit, Encoding, Range};
use std::collections::BTreeMap;

/// A check: every place is in its file, the same text gives the same report, and every fix can be applied.
pub fn check(data: &[u8]) {
    let project = Project::of(data);
    let report = rolewright_core::check(&project.input(), &project.options);
    within(&report.diagnostics, &project.files);
    let again = rolewright_core::check(&project.input(), &project.options);
    assert_eq!(report.diagnostics, again.diagnostics);
    for fix in report.diagnostics.iter().filter_map(|diagnostic| diagnostic.fix.as_ref()) {
        let own: Vec<_> = fix.edits.iter().filter(|edit| edit.path == project.path).collect();
        rolewright_core::fix::apply(project.text(), &own);
    }
}

/// Fixes: safe ones leave nothing that is worse than before, and a second run changes nothing.
pub fn fix(data: &[u8]) {
    let mut project = Project::of(data);
    let most = [Applicability::Safe, Applicability::Unsafe][project.choose(2)];
    let before = rolewright_core::check(&project.input(), &project.options);
    let fixed = rolewright_core::fix(&project.input(), &project.options, most);
    let errors = |found: &[Diagnostic]| {
        found.iter().filter(|d| d.severity == rolewright_core::Severity::Error).count()
    };
    assert!(
        errors(&fixed.report.diagnostics) <= errors(&before.diagnostics),
        "a fix added an error"
    );
    project.files.insert(project.path.to_string(), fixed.text.clone());
    within(&fixed.report.diagnostics, &project.files);
    if most == Applicability::Safe {
        let again = rolewright_core::fix(&project.input(), &project.options, most);
        assert_eq!(again.text, fixed.text, "a second run changed the text");
    }
}

/// A compilation for any host: the prompt is covered exactly once, by places that exist.
pub fn compile(data: &[u8]) {
    let mut project = Project::of(data);
    let to = project.host();
    let target = Target::of(to).widening(project.choose(2) == 0);
    let done = rolewright_core::compile(&project.input(), &project.options, &target);
    let mut at = 0;
    for segment in &done.segments {
        assert_eq!(segment.out.start, at);
        assert!(done.prompt.get(segment.out.range()).is_some());
        let source = &project.files[&done.files[segment.file as usize]];
        assert!(source.get(segment.source.range()).is_some());
        at = segment.out.end;
    }
    assert_eq!(at, done.prompt.len());
    within(&done.report.diagnostics, &project.files);
    for loss in &done.losses {
        assert!(project.text().get(loss.span.range()).is_some());
    }
}

fn within(found: &[Diagnostic], files: &BTreeMap<String, String>) {
    for Diagnostic { path, span, message, .. } in found {
        assert!(!message.is_empty());
        assert!(files[path].get(span.range()).is_some(), "{message}: {span:?} is not in {path}");
    }
}

/// Every service with the caret anywhere: places are in their files, edits can be applied.
pub fn services(data: &[u8]) {
    use rolewright_services as services;
    let mut project = Project::of(data);
    let encoding = [Encoding::Utf16, Encoding::Utf8][project.choose(2)];
    let length = project.text().len();
    // Beyond the end and between characters, too: an editor may be ahead of the server.
    let mut caret = || u32::try_from(project.choose(length + 3)).unwrap_or(0);
    let (start, end) = (caret(), caret());
    let document = Document {
        text: project.text(),
        path: project.path,
        files: &project.files,
        values: &project.values,
        options: &project.options,
        encoding,
    };
    let room = |path: &str| project.files.get(path).map(|text| units(text, encoding));
    let inside = |path: &str, range: Range| {
        let most = room(path).unwrap_or(0);
        let (from, to) = (range.start.offset as usize, range.end.offset as usize);
        assert!(from <= to && to <= most, "{from}..{to} is not in {path}, which has {most}");
    };
    let edits = |edits: &[Edit]| edits.iter().for_each(|edit| inside(&edit.path, edit.range));
    for found in services::complete(&document, start) {
        inside(project.path, found.edit.range);
    }
    if let Some(found) = services::hover(&document, start) {
        inside(project.path, found.range);
    }
    let places = [services::definition(&document, start), services::references(&document, start)];
    for place in places.iter().flatten().filter(|place| room(&place.path).is_some()) {
        inside(&place.path, place.range);
    }
    if let Ok(renamed) = services::rename(&document, start, "other-name") {
        edits(&renamed.edits);
    }
    if let Ok(renamed) = services::rename_file(&document, "parts/b.md", "parts/d.md") {
        edits(&renamed.edits);
    }
    for action in services::code_actions(&document, start.min(end), start.max(end)) {
        edits(&action.edits);
    }
    services::document_symbols(&document);
    services::folding_ranges(&document);
    services::links(&document);
    services::outline(&document);
}

fn units(text: &str, encoding: Encoding) -> usize {
    match encoding {
        Encoding::Utf8 => text.len(),
        Encoding::Utf16 => text.encode_utf16().count(),
    }
}

/// Edits of a workspace: what it remembers equals what a fresh one finds.
pub fn workspace(data: &[u8]) {
    let mut project = Project::of(data);
    let settings = Settings {
        options: project.options.clone(),
        values: project.values.clone(),
        ..Settings::default()
    };
    let mut workspace = Workspace::new(settings.clone());
    for (path, text) in &project.files {
        assert!(workspace.set(path, text.clone()).is_ok());
    }
    let paths: Vec<String> = project.files.keys().cloned().collect();
    for _ in 0..4 {
        let path = &paths[project.choose(paths.len())];
        workspace.check(path);
        match project.choose(4) {
            0 => {
                workspace.remove(path);
            }
            1 => {
                let other = &paths[project.choose(paths.len())];
                let other = project.files[other].clone();
                assert!(workspace.set(path, other).is_ok());
            }
            _ => {
                let text = workspace.text(path).unwrap_or("").to_string();
                let at = (0..=project.choose(text.len() + 1))
                    .rev()
                    .find(|at| text.is_char_boundary(*at));
                let (before, after) = text.split_at(at.unwrap_or(0));
                let typed =
                    ["{{include:a.md}}", "\n", "---\n", "tools: [Read]\n"][project.choose(4)];
                assert!(workspace.set(path, format!("{before}{typed}{after}")).is_ok());
            }
        }
        let mut fresh = Workspace::new(settings.clone());
        for path in workspace.paths() {
            assert!(fresh.set(path, workspace.text(path).unwrap_or("").to_string()).is_ok());
        }
        assert_eq!(workspace.check_all(), fresh.check_all());
    }
}
