//! Finds the part of a file that a fragment names: lines, a block with an ID, a heading's section,
//! or a section between comments.

use super::source::Source;
use super::view::{Fragment, FragmentKind};
use crate::text::{Span, lines as lines_of};
use alloc::collections::BTreeMap;
use alloc::format;
use alloc::string::{String, ToString};
use alloc::vec::Vec;

/// The parts of a file that have names.
#[derive(Clone, Debug, Default)]
pub(super) struct Parts {
    /// By slug: the sections of the headings.
    sections: BTreeMap<String, Span>,
    /// By ID: the blocks that end with ` ^id`, without the ID.
    blocks: BTreeMap<String, Span>,
    /// By name: the text between `<!-- section: name -->` and the next such comment or
    /// `<!-- /section -->`.
    marked: BTreeMap<String, Span>,
}

/// The part of `source` that `fragment` names.
pub(super) fn find(source: &Source<'_>, fragment: &str) -> Option<Span> {
    if let Some((first, last)) = lines(fragment) {
        return source.line_range(first, last);
    }
    let parts = source.parts();
    match fragment.strip_prefix('^') {
        Some(id) => parts.blocks.get(id).copied().filter(|block| !block.is_empty()),
        None => parts.sections.get(&bare(fragment)).or_else(|| parts.marked.get(fragment)).copied(),
    }
}

/// Every name of a part, for "did you mean".
pub(super) fn names<'s>(source: &'s Source<'_>) -> impl Iterator<Item = &'s str> {
    let parts = source.parts();
    parts.sections.iter().chain(parts.marked.iter()).map(|(name, _)| name.as_str())
}

/// Every named part, in no particular order.
pub(super) fn all(source: &Source<'_>) -> Vec<Fragment> {
    let parts = source.parts();
    let named =
        |(name, span): (&String, &Span), kind| Fragment { name: name.clone(), span: *span, kind };
    let headings = parts.sections.iter().map(|part| named(part, FragmentKind::Heading));
    let blocks = parts.blocks.iter().map(|(id, span)| Fragment {
        name: format!("^{id}"),
        span: *span,
        kind: FragmentKind::Block,
    });
    let marked = parts.marked.iter().map(|part| named(part, FragmentKind::Marked));
    headings.chain(blocks).chain(marked).collect()
}

/// `L3` and `L3-L7`.
fn lines(fragment: &str) -> Option<(usize, usize)> {
    let number = |text: &str| text.strip_prefix('L')?.parse::<usize>().ok().filter(|&n| n > 0);
    match fragment.split_once('-') {
        Some((first, last)) => Some((number(first)?, number(last)?)),
        None => number(fragment).map(|line| (line, line)),
    }
}

impl Parts {
    /// Reads the parts of a file, all at once, because thousands of them may be requested.
    pub(super) fn of(source: &Source<'_>) -> Self {
        Self { sections: sections(source), blocks: blocks(source), marked: marked(source) }
    }
}

fn sections(source: &Source<'_>) -> BTreeMap<String, Span> {
    let headings = source.outline().map_or(&[][..], |outline| &outline.headings);
    let mut ends = alloc::vec![source.body.end; headings.len()];
    // Headings with open sections, the innermost last.
    let mut open: Vec<(usize, u8)> = Vec::new();
    for (at, heading) in headings.iter().enumerate() {
        while open.last().is_some_and(|(_, level)| *level >= heading.level) {
            if let Some(end) = open.pop().and_then(|(closed, _)| ends.get_mut(closed)) {
                *end = heading.span.start;
            }
        }
        open.push((at, heading.level));
    }
    let mut seen: BTreeMap<String, usize> = BTreeMap::new();
    let mut found = BTreeMap::new();
    for (heading, end) in headings.iter().zip(ends) {
        let slug = slug(heading.text.of(source.text));
        let count = seen.entry(slug.clone()).or_insert(0);
        let mut unique = slug.clone();
        while found.contains_key(&unique) {
            *count += 1;
            unique = format!("{slug}-{count}");
        }
        found.insert(unique, Span::new(heading.span.start, end));
    }
    found
}

fn blocks(source: &Source<'_>) -> BTreeMap<String, Span> {
    let mut found = BTreeMap::new();
    let Some(outline) = source.outline() else { return found };
    let mut at = source.body.start;
    // The start of the paragraph around the current line.
    let mut paragraph = at;
    for line in lines_of(source.text, source.body) {
        let start = at;
        at = line.end;
        let content = line.of(source.text).trim_end();
        if content.is_empty() {
            paragraph = at;
            continue;
        }
        let mark = content.rsplit([' ', '\t']).next().filter(|word| word.len() > 1);
        let Some(id) = mark.and_then(|word| word.strip_prefix('^')) else { continue };
        let mark_at = start + content.len() - id.len() - 1;
        if outline.code_at(mark_at).is_some() {
            continue;
        }
        let first = outline.items.partition_point(|item| item.span.start <= mark_at);
        let items = outline.items.get(..first).unwrap_or(&[]).iter().rev();
        // An item with the ID begins on one of the paragraph's lines or right above them.
        let item = items.take(8).find(|item| item.span.contains(mark_at));
        let block = item.map_or(paragraph, |item| item.span.start);
        let end = block + Span::new(block, mark_at).of(source.text).trim_end().len();
        found.entry(id.to_string()).or_insert(Span::new(block, end));
    }
    found
}

/// A slug without its non-letters: GitHub keeps characters such as the emoji variation selector.
fn bare(slug: &str) -> String {
    slug.chars().filter(|&c| c.is_alphanumeric() || matches!(c, '-' | '_')).collect()
}

/// The slug of a heading in GitHub's format, except for such characters.
///
/// ```
/// assert_eq!(rolewright_core::template::slug("How to review"), "how-to-review");
/// ```
pub fn slug(heading: &str) -> String {
    let mut slug = String::new();
    let mut rest = heading;
    while let Some(c) = rest.chars().next() {
        // In a link, only the text counts.
        if let Some(link) = rest.strip_prefix("](")
            && let Some(end) = link.find(')')
        {
            rest = link.get(end + 1..).unwrap_or("");
            continue;
        }
        match c {
            ' ' => slug.push('-'),
            '-' | '_' => slug.push(c),
            c if c.is_alphanumeric() => slug.extend(c.to_lowercase()),
            _ => {}
        }
        rest = rest.get(c.len_utf8()..).unwrap_or("");
    }
    slug
}

fn marked(source: &Source<'_>) -> BTreeMap<String, Span> {
    let (text, body) = (source.text, source.body);
    let mut found: BTreeMap<String, Span> = BTreeMap::new();
    let mut open: Option<(&str, usize)> = None;
    let mut from = body.start;
    while let Some(at) = text.get(from..body.end).and_then(|rest| rest.find("<!--")) {
        let at = from + at;
        let Some(length) = text.get(at + 4..body.end).and_then(|inner| inner.find("-->")) else {
            break;
        };
        let words = text.get(at + 4..at + 4 + length).unwrap_or("").trim();
        from = at + 4 + length + 3;
        if source.outline().is_some_and(|outline| outline.code_at(at).is_some()) {
            continue;
        }
        let name = words.strip_prefix("section:").map(str::trim);
        if (name.is_some() || words == "/section")
            && let Some((name, start)) = open.take()
        {
            found.entry(name.to_string()).or_insert(Span::new(start, at));
        }
        open = name.map(|name| (name, from)).or(open);
    }
    if let Some((name, start)) = open {
        found.entry(name.to_string()).or_insert(Span::new(start, body.end));
    }
    found
}

/// The words of a heading's title in lowercase, for comparison.
pub(super) fn comparable(title: &str) -> String {
    title.split_whitespace().collect::<Vec<_>>().join(" ").to_lowercase()
}
