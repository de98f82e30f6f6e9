//! Maps between a compiled prompt and its sources, in both directions.

use crate::document::Document;
use crate::places::narrow;
use rolewright_core::compile::Compiled;
use rolewright_core::{LineIndex, Span, template};
use rolewright_wire::{Encoding, Location};

/// The source of the character at `offset` of a compiled prompt, followed by the includes that lead
/// there, innermost first. Empty past the end of the prompt.
pub fn source_location(done: &Compiled, document: &Document<'_>, offset: u32) -> Vec<Location> {
    let prompt = LineIndex::new(done.prompt.as_str());
    let offset = match document.encoding {
        Encoding::Utf16 => prompt.byte(offset as usize),
        Encoding::Utf8 => offset as usize,
    };
    let expanded = done.expanded();
    let Some((segment, at)) = expanded.origin(offset) else { return Vec::new() };
    let places = document.places();
    let own = template::Place { file: segment.file, span: Span::at(at) };
    let hops = expanded.hops(segment.chain);
    std::iter::once(own)
        .chain(hops.into_iter().rev())
        .map(|place| places.location_in(&done.files, place))
        .collect()
}

/// The places of a part of the file at `path` in a compiled prompt: pairs of ascending offsets. A
/// part may be included more than once, or not at all.
pub fn prompt_ranges(
    done: &Compiled,
    document: &Document<'_>,
    path: &str,
    start: u32,
    end: u32,
) -> Vec<(u32, u32)> {
    let Some(file) = done.files.iter().position(|known| known == path) else { return Vec::new() };
    let span = document.places().span(path, start, end);
    let prompt = LineIndex::new(done.prompt.as_str());
    let offset = |at| match document.encoding {
        Encoding::Utf16 => narrow(prompt.utf16(at)),
        Encoding::Utf8 => narrow(at),
    };
    let expanded = done.expanded();
    let found = expanded.destinations().of(narrow(file), span);
    found.into_iter().map(|span| (offset(span.start), offset(span.end))).collect()
}

/// A source map (version 3) of a compiled prompt, as JSON.
pub fn source_map(done: &Compiled, document: &Document<'_>) -> String {
    let text = |path: &str| match path == document.path {
        true => Some(document.text.into()),
        false => document.files.text(path),
    };
    let path = done.file.as_ref().map_or(document.path, |file| &file.path);
    template::source_map(&done.expanded(), path, text)
}
