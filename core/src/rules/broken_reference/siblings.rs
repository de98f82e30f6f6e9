//! Reports paths of other skills that are written as if they were inside this skill:
//! `filing/SKILL.md`.

use super::MAX_LINKS;
use crate::diagnostic::Severity;
use crate::rules::{Context, Finding};
use crate::text::{Span, folder};
use alloc::format;
use alloc::string::String;
use alloc::vec::Vec;

/// Reports code spans with the path of a neighboring skill, as one finding.
pub(super) fn check(cx: &Context<'_>) -> Option<Finding> {
    let role = cx.role;
    let own = role.path.strip_suffix("/SKILL.md")?;
    let above = folder(own);
    let mut edits: Vec<(Span, String)> = Vec::new();
    for code in role.outline.code.iter().take(MAX_LINKS) {
        let written = code.of(role.text).trim_matches('`');
        let Some(name) = written.strip_suffix("/SKILL.md") else { continue };
        let is_name = |c: char| c.is_alphanumeric() || matches!(c, '-' | '_' | '.');
        let exists = |path: &str| cx.files.exists(path.trim_start_matches('/'));
        if !name.is_empty()
            && name.chars().all(is_name)
            && !exists(&format!("{own}/{written}"))
            && !exists(written)
            && exists(&format!("{above}/{written}"))
            && !own.ends_with(&format!("/{name}"))
        {
            let marks = code.len().saturating_sub(written.len()) / 2;
            let start = code.start + marks;
            edits.push((Span::new(start, start + written.len()), format!("../{written}")));
        }
    }
    let (first, more) = edits.split_first()?;
    let (span, meant) = first;
    let finding = Finding::new(*span, format!("The skill has no file `{}`", span.of(role.text)))
        .and_more(more.len())
        .labels(more.iter().map(|(span, _)| *span), "also next to this skill")
        .severity(Severity::Info)
        .reason("Paths in a skill are relative to its own folder; this skill is in a folder next to it.");
    let title = match more.is_empty() {
        true => format!("Replace the path with `{meant}`"),
        false => String::from("Write `../` before the paths"),
    };
    Some(finding.unsafe_fix(title, edits))
}
