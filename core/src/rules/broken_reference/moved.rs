//! Finds paths in code spans whose folder was moved into another folder, and missing files next to
//! others of the same kind.

use super::places::Places;
use super::{MAX_LINKS, is_odd};
use crate::diagnostic::Severity;
use crate::role::Role;
use crate::rules::{Context, Finding};
use crate::text::{Span, folder};
use alloc::collections::BTreeMap;
use alloc::format;
use alloc::string::{String, ToString};
use alloc::vec::Vec;

/// Reports incorrect paths in code spans, with one finding for each moved folder.
pub(super) fn check(cx: &Context<'_>) -> Vec<Finding> {
    let spans = code_spans(cx.role);
    let written: Vec<(Span, &str)> = paths_of(&spans, cx.role);
    let siblings = sibling_names(&spans, cx.role);
    let climbing = climbing(&spans, cx.role);
    if written.is_empty() && siblings.is_empty() && climbing.is_empty() {
        return Vec::new();
    }
    let places = Places::of(cx);
    let mut found = moved(cx.role, &written, &places);
    found.extend(moved_beside(cx.role, &climbing, &places));
    found.extend(missing_siblings(cx.role, &siblings, &places));
    found
}

/// The text of each inline code span, without its backticks.
fn code_spans(role: &Role<'_>) -> Vec<Span> {
    let inline = |code: &&Span| role.outline.fence_at(code.start).is_none();
    let inner = |code: &Span| {
        let text = code.of(role.text);
        let marks = text.len() - text.trim_start_matches('`').len();
        (marks > 0 && text.len() > 2 * marks)
            .then(|| Span::new(code.start + marks, code.end - marks))
    };
    role.outline.code.iter().filter(inline).filter_map(inner).take(MAX_LINKS).collect()
}

/// The code spans that are paths with at least two components.
fn paths_of<'t>(spans: &[Span], role: &'t Role<'_>) -> Vec<(Span, &'t str)> {
    let path = |span: &Span| {
        let path = span.of(role.text).trim_end_matches('/');
        // A hidden folder may be meant, but not the current folder or one above it.
        let is_relative = path.starts_with("./") || path.starts_with("..");
        let is_path = path.contains('/')
            && !is_relative
            && !path.starts_with(['/', '~'])
            && !path.contains(is_odd)
            && path.split('/').all(|name| !name.is_empty());
        is_path.then(|| (Span::new(span.start, span.start + path.len()), path))
    };
    spans.iter().filter_map(path).collect()
}

/// The code spans that begin with `../`, each with the folder that the `../` leads to and the rest
/// of the path.
fn climbing<'t>(spans: &[Span], role: &'t Role<'_>) -> Vec<(Span, &'t str, &'t str)> {
    let path = |span: &Span| {
        let path = span.of(role.text).trim_end_matches('/');
        let mut base = folder(role.path);
        let mut rest = path;
        while let Some(inner) = rest.strip_prefix("../").filter(|_| !base.is_empty()) {
            base = folder(base);
            rest = inner;
        }
        let is_path = rest.len() < path.len()
            && !rest.starts_with('.')
            && !rest.contains(is_odd)
            && rest.split('/').all(|name| !name.is_empty())
            && !speaks_of_a_change(role.line_at(span.start).of(role.text));
        is_path.then(|| (Span::new(span.start, span.start + path.len()), base, rest))
    };
    spans.iter().filter_map(path).collect()
}

/// Whether a line says that a path is created or no longer exists.
fn speaks_of_a_change(line: &str) -> bool {
    const WORDS: [&str; 7] = ["create", "mkdir", "before ", "old ", "removed", "moved", "were in"];
    let line = line.to_ascii_lowercase();
    WORDS.iter().any(|word| line.contains(word))
}

/// Paths with `..` that exist once a folder is inserted after the first name that follows, by that
/// folder.
fn moved_beside(
    role: &Role<'_>,
    written: &[(Span, &str, &str)],
    places: &Places<'_>,
) -> Vec<Finding> {
    let mut by_folder: BTreeMap<String, Vec<(Span, String)>> = BTreeMap::new();
    for (span, base, rest) in written {
        let at = |path: &str| format!("{base}/{path}").trim_start_matches('/').to_string();
        let Some((first, tail)) = rest.split_once('/').filter(|_| !places.has(&at(rest))) else {
            continue;
        };
        let first = at(first);
        let children = places.children(&first).into_iter();
        let mut meant = children.filter(|child| places.has(&format!("{child}/{tail}")));
        if let (Some(child), None) = (meant.next(), meant.next()) {
            let climb = span.of(role.text).strip_suffix(rest).unwrap_or("");
            let below = child.strip_prefix(base).unwrap_or(child).trim_start_matches('/');
            let edit = (*span, format!("{climb}{below}/{tail}"));
            by_folder.entry(child.to_string()).or_default().push(edit);
        }
    }
    let found = by_folder.into_iter().filter_map(|(new, edits)| {
        let spans: Vec<Span> = edits.iter().map(|(span, _)| *span).collect();
        moved_to(role, &new, &spans, edits)
    });
    found.collect()
}

/// Paths that exist once a folder is inserted after their first name, by that folder.
fn moved(role: &Role<'_>, written: &[(Span, &str)], places: &Places<'_>) -> Vec<Finding> {
    let mut by_folder: BTreeMap<String, Vec<(Span, String)>> = BTreeMap::new();
    for (span, path) in written {
        let beside = format!("{}/{path}", folder(role.path));
        let exists = places.has(path) || places.has(beside.trim_start_matches('/'));
        let Some((first, rest)) = path.split_once('/').filter(|_| !exists) else { continue };
        let children = places.children(first).into_iter().chain(own_folder(role, first, rest));
        let mut meant = children.filter(|child| places.has(&format!("{child}/{rest}")));
        if let (Some(child), None) = (meant.next(), meant.next()) {
            by_folder
                .entry(child.to_string())
                .or_default()
                .push((*span, format!("{child}/{rest}")));
        }
    }
    let found = by_folder.into_iter().filter_map(|(new, edits)| {
        let mut spans: Vec<Span> = edits.iter().map(|(span, _)| *span).collect();
        // If several files moved together, other missing files of that folder moved too.
        if spans.len() > 1 {
            spans.extend(lost_with_them(role, written, folder(&new), places));
        }
        spans.sort_unstable();
        spans.dedup();
        moved_to(role, &new, &spans, edits)
    });
    found.collect()
}

/// The role's own hidden folder, in place of one that another product reads: a copied role still names
/// the files of `.cursor`. Folders such as `.claude/skills` may be there later.
fn own_folder<'r>(role: &Role<'r>, first: &str, rest: &str) -> Option<&'r str> {
    let (own, _) = role.path.split_once('/')?;
    let is_file = rest.rsplit('/').next().is_some_and(|name| name.contains('.'));
    (own.starts_with('.') && first.starts_with('.') && own != first && is_file).then_some(own)
}

fn lost_with_them(
    role: &Role<'_>,
    written: &[(Span, &str)],
    first: &str,
    places: &Places<'_>,
) -> Vec<Span> {
    let lost = written.iter().filter(|(_, path)| {
        let beside = format!("{}/{path}", folder(role.path));
        path.strip_prefix(first).is_some_and(|rest| rest.starts_with('/'))
            && !places.has(path)
            && !places.has(beside.trim_start_matches('/'))
    });
    lost.map(|(span, _)| *span).collect()
}

fn moved_to(
    role: &Role<'_>,
    new: &str,
    places: &[Span],
    edits: Vec<(Span, String)>,
) -> Option<Finding> {
    let (first, more) = places.split_first()?;
    let message = format!("`{}` does not exist", first.of(role.text));
    let finding = Finding::new(*first, message)
        .and_more(more.len())
        .labels(more.iter().copied(), "also here")
        .reason("The model looks for the path and finds nothing.")
        .help(format!("The same path exists in `{new}`."));
    Some(finding.unsafe_fix(format!("Replace the folder with `{new}`"), edits))
}

/// Bare names of Markdown files, such as `go-reviewer.md`.
fn sibling_names<'t>(spans: &[Span], role: &'t Role<'_>) -> Vec<(Span, &'t str)> {
    let name = |span: &Span| {
        let name = span.of(role.text);
        let stem = name.strip_suffix(".md")?;
        let is_name = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-';
        (stem.contains('-') && stem.chars().all(is_name)).then_some((*span, name))
    };
    spans.iter().filter_map(name).collect()
}

/// Names of files that do not exist, on a line with the name of one that is next to the role and has the
/// same ending.
fn missing_siblings(role: &Role<'_>, names: &[(Span, &str)], places: &Places<'_>) -> Vec<Finding> {
    let ending = |name: &str| name.rfind('-').map_or(0, |at| name.len() - at);
    let exists = |name: &str| {
        let beside = format!("{}/{name}", folder(role.path));
        places.has(beside.trim_start_matches('/'))
    };
    let beside_one = |span: Span, name: &str| {
        let line = role.line_at(span.start);
        names.iter().any(|(other, known)| {
            line.contains(other.start)
                && known.get(known.len() - ending(known)..) == name.get(name.len() - ending(name)..)
                && exists(known)
        })
    };
    let missing = names
        .iter()
        .filter(|(span, name)| beside_one(*span, name) && places.ending(name).next().is_none());
    let finding = |(span, name): &(Span, &str)| {
        Finding::new(*span, format!("The file `{name}` does not exist"))
            .severity(Severity::Info)
            .reason("The model looks for it next to the others and finds nothing.")
            .help("Correct the name, or remove it.")
    };
    missing.map(finding).collect()
}
