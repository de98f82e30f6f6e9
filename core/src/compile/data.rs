//! Compiles a role inside a YAML, TOML or JSON file for the file's own host: its prompt filled in,
//! with a mapping back to every byte of the file.

use super::{HostFile, Loss};
use crate::diagnostic::Severity;
use crate::input::Input;
use crate::role::{Role, Syntax};
use crate::syntax::LaidOut;
use crate::template::{Expanded, Place, Segment, SegmentKind};
use crate::text::Span;
use alloc::string::{String, ToString};
use alloc::vec::Vec;

/// The file of a role for its own host.
pub(super) fn own(
    input: &Input<'_>,
    laid_out: &LaidOut<'_>,
    role: &Role<'_>,
    expanded: &Expanded,
    losses: &mut Vec<Loss>,
) -> HostFile {
    let text = match has_directives(expanded) {
        true => written(input, laid_out, role.body, &expanded.text, losses),
        false => input.text.to_string(),
    };
    HostFile { path: input.path.to_string(), text }
}

/// Whether anything was filled in, so that the prompt differs from the file.
fn has_directives(expanded: &Expanded) -> bool {
    let is_own = |segment: &Segment| {
        segment.file == 0 && matches!(segment.kind, SegmentKind::Literal | SegmentKind::Blank)
    };
    expanded.includes.len() > 1 || !expanded.segments.iter().all(is_own)
}

/// The file, with its prompt replaced by the filled-in prompt.
fn written(
    input: &Input<'_>,
    laid_out: &LaidOut<'_>,
    body: Span,
    prompt: &str,
    losses: &mut Vec<Loss>,
) -> String {
    let syntax = Syntax::of_path(input.path);
    let edit =
        laid_out.edit(input.text, syntax, body, prompt).filter(|_| laid_out.has_one_prompt());
    let Some((span, text)) = edit else {
        losses.push(Loss {
            severity: Severity::Error,
            path: input.path.to_string(),
            span: laid_out.to_file(body),
            message: "Includes and variables in the file are not filled in: the prompt consists of several fields, or the filled-in text cannot be written there.".into(),
        });
        return input.text.to_string();
    };
    let mut file = String::with_capacity(input.text.len() + text.len());
    file.push_str(input.text.get(..span.start).unwrap_or(""));
    file.push_str(&text);
    file.push_str(input.text.get(span.end..).unwrap_or(""));
    file
}

/// Converts places in the laid-out text to places in the file.
pub(super) fn lead_back(expanded: &mut Expanded, laid_out: &LaidOut<'_>) {
    let segments = core::mem::take(&mut expanded.segments);
    for segment in segments {
        match segment.file {
            0 if segment.kind == SegmentKind::Literal => {
                split(&segment, &expanded.text, laid_out, &mut expanded.segments);
            }
            0 => expanded
                .segments
                .push(Segment { source: laid_out.to_file(segment.source), ..segment }),
            _ => expanded.segments.push(segment),
        }
    }
    let back = |place: &mut Place| {
        if place.file == 0 {
            place.span = laid_out.to_file(place.span);
        }
    };
    expanded.chains.iter_mut().skip(1).for_each(|chain| back(&mut chain.at));
    expanded.includes.iter_mut().filter_map(|include| include.from.as_mut()).for_each(back);
    for variable in &mut expanded.variables {
        variable.uses.iter_mut().chain(&mut variable.unset).for_each(back);
        variable.declared.iter_mut().for_each(back);
    }
}

/// Splits a literal piece as the file writes it: each part is the same bytes, or one character in a
/// different notation.
fn split(segment: &Segment, prompt: &str, laid_out: &LaidOut<'_>, out: &mut Vec<Segment>) {
    let mut open: Option<Segment> = None;
    for (at, c) in segment.out.of(prompt).char_indices() {
        let decoded =
            Span::new(segment.source.start + at, segment.source.start + at + c.len_utf8());
        let source = laid_out.to_file(decoded);
        let place = Span::new(segment.out.start + at, segment.out.start + at + c.len_utf8());
        let same = source.len() == place.len();
        let goes_on = open.as_mut().filter(|open| {
            same && open.source.end == source.start && open.source.len() == open.out.len()
        });
        match goes_on {
            Some(open) => {
                open.source.end = source.end;
                open.out.end = place.end;
            }
            None => out.extend(open.replace(Segment { out: place, source, ..*segment })),
        }
    }
    out.extend(open);
}

#[cfg(test)]
mod tests;
