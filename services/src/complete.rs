//! Computes completions at a caret: in a directive, in a suppression comment, for a key, or in a
//! value.

use crate::document::Document;
use rolewright_core::Span;
use rolewright_wire::{Completion, CompletionKind, TextEdit};

mod directives;
mod fields;

pub(crate) use directives::{about as directive_text, relative};
pub(crate) use fields::region;

/// A possible completion: its meaning, and the way it is inserted.
struct Item {
    label: String,
    kind: CompletionKind,
    detail: Option<String>,
    /// The text to insert, if it differs from the label.
    text: Option<String>,
}

impl Item {
    fn new(label: impl Into<String>, kind: CompletionKind) -> Self {
        Self { label: label.into(), kind, detail: None, text: None }
    }

    fn about(self, detail: impl Into<String>) -> Self {
        Self { detail: Some(detail.into()).filter(|text| !text.is_empty()), ..self }
    }

    fn written(self, text: impl Into<String>) -> Self {
        Self { text: Some(text.into()), ..self }
    }
}

/// Items, and the range that each of them replaces.
type Found = (Vec<Item>, Span);

/// The possible completions at `offset`, best first. An offset past the end counts as the end.
pub fn complete(document: &Document<'_>, offset: u32) -> Vec<Completion> {
    let places = document.places();
    let at = places.byte(document.path, offset);
    let in_part = document.at_part(at, |part, at| {
        let (items, replaced) =
            directives::at(document, part, at).or_else(|| suppressions(part.role.text, at))?;
        Some((items, part.place(replaced)))
    });
    let found =
        in_part.or_else(|| suppressions(document.text, at)).or_else(|| fields::at(document, at));
    let Some((items, replaced)) = found else { return Vec::new() };
    let range = places.range(document.path, replaced);
    let completion = |item: Item| Completion {
        edit: TextEdit { range, text: item.text.unwrap_or_else(|| item.label.clone()) },
        label: item.label,
        kind: item.kind,
        detail: item.detail,
    };
    items.into_iter().map(completion).collect()
}

/// `<!-- rolewright-ignore rule -->` in a body, `# rolewright-ignore rule` in front matter.
fn suppressions(text: &str, at: usize) -> Option<Found> {
    let name = suppressed_name(text, at)?;
    let typed = Span::new(name.start, at).of(text);
    let rules = rolewright_core::rules::RULES.iter();
    let items = rules
        .filter(|rule| starts(rule.name, typed))
        .map(|rule| Item::new(rule.name, CompletionKind::Rule).about(rule.summary))
        .collect();
    Some((items, name))
}

/// The name of a rule at an offset, if it is in a suppression comment.
pub(crate) fn suppressed_name(text: &str, at: usize) -> Option<Span> {
    let is_name = |c: char| c.is_ascii_alphanumeric() || c == '-';
    let before = text.get(..at)?;
    let start = before.trim_end_matches(is_name).len();
    let end = at + text.get(at..)?.find(|c| !is_name(c)).unwrap_or(text.len() - at);
    let line = before.get(before.rfind('\n').map_or(0, |at| at + 1)..start)?;
    let (_, listed) = line.rsplit_once("rolewright-ignore")?;
    let opened = line.contains("<!--") || line.trim_start().starts_with('#') || line.contains(" #");
    let listed = listed.strip_prefix("-file").unwrap_or(listed);
    // Names come after the word and after each other, up to the reason.
    let names = listed.starts_with([' ', '\t']) && !listed.contains([':', '>']);
    let between = listed.chars().all(|c| is_name(c) || matches!(c, ' ' | '\t' | ','));
    (opened && names && between && listed.trim_end_matches([' ', '\t']).ends_with(',')
        || opened && names && listed.trim().is_empty())
    .then_some(Span::new(start, end))
}

/// Whether a name begins with the typed text, ignoring case.
fn starts(name: &str, typed: &str) -> bool {
    let mut name = name.chars().flat_map(char::to_lowercase);
    typed.chars().flat_map(char::to_lowercase).all(|c| name.next() == Some(c))
}
