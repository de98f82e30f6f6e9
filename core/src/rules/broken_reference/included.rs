//! Links in included files that do not resolve from the folder of the including file.

use super::{MAX_LINKS, path, resolved};
use crate::diagnostic::Severity;
use crate::rules::{Context, Finding};
use crate::text::{Span, folder};
use alloc::collections::BTreeSet;
use alloc::format;
use alloc::vec::Vec;

/// Links to files that exist only next to the included file, each once.
pub(super) fn check(cx: &Context<'_>) -> Vec<Finding> {
    let Some(expanded) = cx.template() else { return Vec::new() };
    let own = folder(cx.role.path);
    let elsewhere = expanded.files.iter().skip(1).any(|file| folder(file) != own);
    if !elsewhere || !expanded.text.contains("](") {
        return Vec::new();
    }
    let outline = (cx.options.markdown)(&expanded.text, Span::new(0, expanded.text.len()));
    let mut seen = BTreeSet::new();
    let wrong = outline.links.iter().take(MAX_LINKS).filter_map(|link| {
        let written = path(&link.target)?;
        let (segment, start) = expanded.origin(link.span.start)?;
        let file = expanded.files.get(segment.file as usize)?;
        let is_code = outline.code_at(link.span.start).is_some();
        if segment.file == 0 || folder(file) == own || is_code {
            return None;
        }
        let exists = |from: &str| resolved(from, written).is_some_and(|to| cx.files.exists(&to));
        if !exists(folder(file)) || exists(own) || exists("") || !seen.insert((file, start)) {
            return None;
        }
        let span = Span::new(start, start + link.span.len());
        let finding = Finding::new(
            span,
            format!("`{written}` does not exist relative to `{}`", cx.role.path),
        )
        .in_file(file)
        .severity(Severity::Info)
        .reason("It is next to this file, but a file in another folder includes this text.")
        .help("Write the path relative to the workspace root.");
        Some(finding)
    });
    wrong.collect()
}
