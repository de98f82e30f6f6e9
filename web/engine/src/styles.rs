//! Determines the document styles of the prompt: its headings, code, tables, marks and emphasis.

use rolewright_core::markdown::{Item, outline};
use rolewright_core::{LineIndex, Span};
use rolewright_messages::Styled;

/// The kind of a part of the prompt; parts may be nested.
#[derive(Clone, Copy)]
enum Kind {
    Heading(u8),
    Mark,
    Block,
    Code,
    Strong,
    Emphasis,
}

/// The number of open parts of each kind at a place; a heading is open with its level.
#[derive(Clone, Copy, Default)]
struct Open {
    heading: i32,
    mark: i32,
    block: i32,
    code: i32,
    strong: i32,
    emphasis: i32,
}

impl Open {
    /// Opens a part of that kind, or closes it if `by` is -1.
    fn add(&mut self, kind: Kind, by: i32) {
        match kind {
            Kind::Heading(level) => self.heading += i32::from(level) * by,
            Kind::Mark => self.mark += by,
            Kind::Block => self.block += by,
            Kind::Code => self.code += by,
            Kind::Strong => self.strong += by,
            Kind::Emphasis => self.emphasis += by,
        }
    }

    fn styled(&self, start: u32, end: u32) -> Styled {
        Styled {
            start,
            end,
            heading: u8::try_from(self.heading).unwrap_or(0),
            mark: self.mark > 0,
            block: self.block > 0,
            code: self.code > 0,
            strong: self.strong > 0,
            emphasis: self.emphasis > 0,
        }
    }
}

/// The parts of `prompt` that look different from plain text, disjoint and ascending, in UTF-16.
pub(crate) fn styles(prompt: &str) -> Vec<Styled> {
    let parts = parts(prompt);
    let opening = parts.iter().map(|(span, kind)| (span.start, *kind, 1));
    let closing = parts.iter().map(|(span, kind)| (span.end, *kind, -1));
    let mut edges: Vec<(usize, Kind, i32)> = opening.chain(closing).collect();
    edges.sort_by_cached_key(|(at, ..)| Span::at(*at));
    let index = LineIndex::new(prompt);
    let offset = |at: usize| u32::try_from(index.utf16(at)).unwrap_or(u32::MAX);
    let (mut open, mut start, mut styles) = (Open::default(), 0, Vec::new());
    for (at, kind, by) in edges {
        let end = offset(at);
        let style = open.styled(start, end);
        if start < end && style != Open::default().styled(start, end) {
            styles.push(style);
        }
        open.add(kind, by);
        start = end;
    }
    styles
}

fn parts(prompt: &str) -> Vec<(Span, Kind)> {
    let outline = outline(prompt, Span::new(0, prompt.len()));
    let mut parts: Vec<(Span, Kind)> = Vec::new();
    for heading in &outline.headings {
        parts.push((heading.span, Kind::Heading(heading.level)));
        parts.push((Span::new(heading.span.start, heading.text.start), Kind::Mark));
        parts.push((Span::new(heading.text.end, heading.span.end), Kind::Mark));
    }
    for code in &outline.code {
        let inline = outline.fence_at(code.start).is_none() && code.of(prompt).starts_with('`');
        parts.push((*code, if inline { Kind::Code } else { Kind::Block }));
    }
    for fence in &outline.fences {
        let opening = Span::new(fence.span.start, fence.content.start.min(fence.span.end));
        parts.push((opening, Kind::Mark));
        if fence.closed {
            parts.push((Span::new(fence.content.end, fence.span.end), Kind::Mark));
        }
    }
    parts.extend(outline.tables.iter().map(|span| (*span, Kind::Block)));
    for emphasis in &outline.emphasis {
        let Span { start, end } = emphasis.span;
        let (kind, marks) = if emphasis.strong { (Kind::Strong, 2) } else { (Kind::Emphasis, 1) };
        parts.push((emphasis.span, kind));
        parts.push((Span::new(start, start + marks), Kind::Mark));
        parts.push((Span::new(end - marks, end), Kind::Mark));
    }
    parts.extend(outline.items.iter().map(|item| (item_mark(prompt, item), Kind::Mark)));
    parts.extend(outline.breaks.iter().map(|span| (*span, Kind::Mark)));
    parts.retain(|(span, _)| span.start < span.end);
    parts
}

/// The bullet or the number of an item.
fn item_mark(prompt: &str, item: &Item) -> Span {
    let text = item.span.of(prompt);
    let length = text.find(char::is_whitespace).unwrap_or(text.len());
    Span::new(item.span.start, item.span.start + length)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Each styled part with the styles it has.
    fn shown(prompt: &str) -> Vec<(String, String)> {
        let units: Vec<u16> = prompt.encode_utf16().collect();
        let text = |s: &Styled| String::from_utf16_lossy(&units[s.start as usize..s.end as usize]);
        let names = |s: &Styled| {
            let flags = [("mark", s.mark), ("block", s.block), ("code", s.code)];
            let more = [("strong", s.strong), ("emphasis", s.emphasis)];
            let named = flags.into_iter().chain(more).filter(|(_, on)| *on).map(|(name, _)| name);
            let heading = (s.heading > 0).then(|| format!("h{}", s.heading));
            heading.into_iter().chain(named.map(String::from)).collect::<Vec<_>>().join(" ")
        };
        styles(prompt).iter().map(|s| (text(s), names(s))).collect()
    }

    fn expect(prompt: &str, expected: &[(&str, &str)]) {
        let expected: Vec<_> =
            expected.iter().map(|(text, style)| (text.to_string(), style.to_string())).collect();
        assert_eq!(shown(prompt), expected, "{prompt:?}");
    }

    #[test]
    fn a_heading_has_a_level_and_its_marks_are_told_apart() {
        expect(
            "## 😀 Tone ##\n\nText.\n",
            &[("## ", "h2 mark"), ("😀 Tone", "h2"), (" ##", "h2 mark")],
        );
        expect("Tone\n====\n", &[("Tone", "h1"), ("\n====", "h1 mark")]);
    }

    #[test]
    fn emphasis_and_code_lie_in_each_other() {
        expect(
            "A **b `c`** *d*\n",
            &[
                ("**", "mark strong"),
                ("b ", "strong"),
                ("`c`", "code strong"),
                ("**", "mark strong"),
                ("*", "mark emphasis"),
                ("d", "emphasis"),
                ("*", "mark emphasis"),
            ],
        );
    }

    #[test]
    fn code_blocks_and_tables_are_blocks() {
        expect(
            "```sh\nls\n```\n",
            &[("```sh\n", "mark block"), ("ls\n", "block"), ("```", "mark block")],
        );
        expect("| a |\n|---|\n| b |\n", &[("| a |\n|---|\n| b |", "block")]);
    }

    #[test]
    fn bullets_numbers_and_breaks_are_marks() {
        expect(
            "- a\n- b\n\n3. c\n\n---\n",
            &[("-", "mark"), ("-", "mark"), ("3.", "mark"), ("---", "mark")],
        );
    }
}
