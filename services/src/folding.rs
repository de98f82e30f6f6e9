//! Finds the lines that an editor can fold: front matter, multi-line values, sections, code,
//! comments.

use crate::document::Document;
use crate::parts::Part;
use crate::places::Places;
use rolewright_core::Span;
use rolewright_core::section::Origin;
use rolewright_wire::{FoldingKind, FoldingRange};

/// The folds of a text, in order, without single-line folds.
pub fn folding_ranges(document: &Document<'_>) -> Vec<FoldingRange> {
    let places = document.places();
    let mut found = document.with_parts(|parts| {
        let folds = parts.iter().flat_map(|part| folds(document, part, &places));
        folds.collect::<Vec<FoldingRange>>()
    });
    found.sort_by_key(|fold| (fold.start_line, std::cmp::Reverse(fold.end_line), fold.kind));
    found.dedup_by_key(|fold| (fold.start_line, fold.end_line));
    found
}

fn folds(document: &Document<'_>, part: &Part<'_>, places: &Places<'_>) -> Vec<FoldingRange> {
    let role = &part.role;
    let mut parts: Vec<(Span, FoldingKind)> = Vec::new();
    if let Some(front_matter) = role.front_matter.as_ref().filter(|_| !part.is_data()) {
        parts.push((front_matter.span, FoldingKind::FrontMatter));
    }
    parts.extend(role.fields().iter().map(|field| (field.lines, FoldingKind::Value)));
    let sections = role.sections().iter().filter(|section| section.origin == Origin::Heading);
    parts.extend(sections.map(|section| (section.span, FoldingKind::Section)));
    parts.extend(role.outline.fences.iter().map(|fence| (fence.span, FoldingKind::CodeBlock)));
    let comments = role.outline.html.iter().filter(|span| span.of(role.text).starts_with("<!--"));
    parts.extend(comments.map(|span| (*span, FoldingKind::Comment)));
    let fold = |(span, kind): (Span, FoldingKind)| {
        let place =
            part.place(Span::new(span.start, span.start + span.of(role.text).trim_end().len()));
        let start_line = places.line(document.path, place.start);
        let end_line = places.line(document.path, place.end);
        (start_line < end_line).then_some(FoldingRange { start_line, end_line, kind })
    };
    parts.into_iter().filter_map(fold).collect()
}
