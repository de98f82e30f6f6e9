//! Copies the front matter of a role for its own host, without Rolewright's own fields, and repairs
//! it where possible.

use super::Loss;
use crate::diagnostic::Severity;
use crate::front_matter::{Field, FrontMatter, Language, repair, without};
use crate::role::Role;
use crate::suppress;
use crate::text::Span;
use alloc::borrow::ToOwned;
use alloc::string::String;
use alloc::vec::Vec;

/// Fields that Rolewright reads and no host knows.
pub(super) const OWN_FIELDS: [&str; 3] = ["variables", "templates", "mounts"];

/// The front matter with its delimiters and the blank line after it; empty without front matter.
pub(super) fn write(role: &Role<'_>, losses: &mut Vec<Loss>) -> String {
    let Some(front_matter) = &role.front_matter else { return String::new() };
    let mark = if front_matter.language == Language::Toml { "+++" } else { "---" };
    let content = content(role, front_matter, losses);
    let mut text = String::new();
    let own_only = content.is_empty() && !front_matter.content.of(role.text).trim().is_empty();
    if own_only {
        return text;
    }
    text.push_str(mark);
    text.push('\n');
    text.push_str(&content);
    if !content.is_empty() && !content.ends_with('\n') {
        text.push('\n');
    }
    text.push_str(mark);
    text.push('\n');
    if role.body.of(role.text).trim_start_matches(' ').starts_with(['\n', '\r']) {
        text.push('\n');
    }
    text
}

/// Whether the front matter is copied unchanged.
pub(super) fn is_untouched(role: &Role<'_>) -> bool {
    role.front_matter.as_ref().is_none_or(|front_matter| {
        let copy = content(role, front_matter, &mut Vec::new());
        copy.lines().eq(front_matter.content.of(role.text).lines())
    })
}

fn content(role: &Role<'_>, front_matter: &FrontMatter<'_>, losses: &mut Vec<Loss>) -> String {
    let mut edits: Vec<(Span, String)> = Vec::new();
    if front_matter.error.is_some() && front_matter.language == Language::Yaml {
        // Every host requires text here.
        let must_be_text = |name: &str| matches!(name, "name" | "description");
        let repaired = repair(role.text, front_matter, &must_be_text);
        let (severity, message) = match repaired {
            Some(_) => (Severity::Info, "The front matter is not valid YAML; it was repaired."),
            None => {
                (Severity::Warning, "The front matter is not valid YAML; it was copied unchanged.")
            }
        };
        let path = role.path.to_owned();
        losses.push(Loss { severity, path, span: front_matter.content, message: message.into() });
        edits.extend(repaired.unwrap_or_default());
    }
    let is_own = |field: &Field<'_>| OWN_FIELDS.contains(&&*field.name);
    let mut gone = without(role.text, front_matter, is_own);
    gone.extend(comments(role, front_matter));
    edits.retain(|(span, _)| {
        !gone.iter().any(|gone| gone.start <= span.start && span.end <= gone.end)
    });
    edits.extend(gone.into_iter().map(|span| (span, String::new())));
    edits.sort_by_cached_key(|(span, _)| *span);
    let mut text = String::new();
    let mut at = front_matter.content.start;
    for (span, with) in &edits {
        if span.start < at {
            continue;
        }
        text.push_str(Span::new(at, span.start).of(role.text));
        text.push_str(with);
        at = span.end;
    }
    text.push_str(Span::new(at, front_matter.content.end).of(role.text));
    text.replace("\r\n", "\n").replace('\r', "\n")
}

/// Comments that turn off rules; a comment that is alone on its line is removed with the line.
fn comments(role: &Role<'_>, front_matter: &FrontMatter<'_>) -> Vec<Span> {
    let mut found: Vec<Span> = suppress::read(role)
        .iter()
        .map(|suppression| suppression.comment)
        .filter(|comment| front_matter.content.contains(comment.start))
        .map(|comment| {
            let line = role.line_at(comment.start);
            let before = Span::new(line.start, comment.start).of(role.text);
            if before.trim().is_empty() {
                let rest = role.text.get(comment.end..).unwrap_or("");
                let end = rest.find('\n').map_or(rest.len(), |at| at + 1);
                return Span::new(line.start, comment.end + end);
            }
            Span::new(line.start + before.trim_end().len(), comment.end)
        })
        .collect();
    found.dedup();
    found
}
