//! Paths to scripts and references that a skill does not have.

use super::places::Places;
use super::{MAX_LINKS, is_odd, path, resolved};
use crate::diagnostic::Severity;
use crate::role::Role;
use crate::rules::{Context, Finding};
use crate::spelling;
use crate::text::{Span, folder};
use alloc::collections::BTreeMap;
use alloc::format;
use alloc::string::String;
use alloc::vec::Vec;

/// The folders in which a skill keeps its files.
const FOLDERS: [&str; 3] = ["assets/", "references/", "scripts/"];

/// Paths in code that start with one of these folders, if the skill has the folder but not the
/// file.
pub(super) fn check(cx: &Context<'_>) -> Vec<Finding> {
    let role = cx.role;
    if !role.path.ends_with("/SKILL.md") {
        return Vec::new();
    }
    let mut written: BTreeMap<&str, Vec<Span>> = BTreeMap::new();
    for span in words_in_code(cx).take(MAX_LINKS) {
        written.entry(span.of(role.text)).or_default().push(span);
    }
    if written.is_empty() {
        return Vec::new();
    }
    let own = folder(role.path);
    let known = Places::of(cx);
    let missing = written.into_iter().filter(|(name, _)| {
        let top = name.split('/').next().unwrap_or("");
        // The path may refer to the project that the skill works on.
        known.has_below(&format!("{own}/{top}"))
            && !known.has(&format!("{own}/{name}"))
            && !resolved("", name).is_some_and(|path| cx.files.exists(&path))
    });
    let inside = known.below(own).iter().filter_map(|path| path.get(own.len() + 1..));
    let inside: Vec<&str> = inside.collect();
    missing.filter_map(|(name, places)| finding(role, name, places, &inside)).collect()
}

fn finding(role: &Role<'_>, name: &str, mut places: Vec<Span>, inside: &[&str]) -> Option<Finding> {
    let file = |path: &str| path.rsplit('/').next().map(String::from);
    let same_file = inside.iter().find(|path| file(path) == file(name));
    let meant = same_file.copied().or_else(|| spelling::nearest(name, inside.iter().copied()));
    if meant.is_none() {
        places.retain(|place| !is_example(role, *place));
    }
    let (first, more) = places.split_first()?;
    let finding = Finding::new(*first, format!("The skill has no file `{name}`"))
        .and_more(more.len())
        .labels(more.iter().copied(), "also here")
        .severity(if meant.is_some() { Severity::Warning } else { Severity::Info })
        .reason("The model looks for the file in the skill's folder and finds nothing.");
    Some(match meant {
        Some(meant) => {
            let edits = places.iter().map(|place| (*place, String::from(meant)));
            finding.unsafe_fix(format!("Replace `{name}` with `{meant}`"), edits.collect())
        }
        None => finding.help("Correct the path, or add the file."),
    })
}

/// Whether the line calls the path an example, or something that is only imagined.
fn is_example(role: &Role<'_>, place: Span) -> bool {
    const LEADS: [&str; 7] =
        ["example:", "examples:", "example**:", "examples**:", "for example", "such as ", "e.g."];
    let line = role.line_at(place.start);
    let before = Span::new(line.start, place.start).of(role.text).to_ascii_lowercase();
    // "A `references/schema.md` file would be helpful."
    let is_wish = Span::new(place.end, line.end).of(role.text).contains(" would be ");
    is_wish || LEADS.iter().any(|lead| before.contains(lead))
}

/// The words in code that are paths into one of the folders.
fn words_in_code<'a>(cx: &'a Context<'_>) -> impl Iterator<Item = Span> + 'a {
    let text = cx.role.text;
    let marks =
        |c: char| c.is_whitespace() || matches!(c, '`' | '"' | '\'' | '(' | ')' | ',' | ';');
    cx.role.outline.code.iter().flat_map(move |code| {
        let mut start = code.start;
        code.of(text).split(marks).filter_map(move |word| {
            let span = Span::new(start, start + word.len());
            // Every such character is one byte, except unusual spaces, after which no path is
            // found.
            start = span.end + 1;
            let is_part = FOLDERS.iter().any(|folder| word.starts_with(folder));
            let is_path = is_part && !word.contains(is_odd) && path(word) == Some(word);
            (is_path && text.get(span.range()) == Some(word)).then_some(span)
        })
    })
}
