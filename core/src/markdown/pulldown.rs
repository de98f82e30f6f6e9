//! Fills an [`Outline`] from the offsets of pulldown-cmark's events.

use super::{Emphasis, Fence, Heading, Item, Link, Outline, Paragraph};
use crate::text::{self, Span};
use alloc::string::ToString;
use alloc::vec::Vec;
use core::ops::Range;
use pulldown_cmark::{CodeBlockKind, Event, Options, Parser, Tag, TagEnd};

/// The Markdown dialect: CommonMark with tables, as in the hosts' own renderers.
const OPTIONS: Options = Options::ENABLE_TABLES;

/// Reads the outline of `text[body]`; spans are relative to `text`.
///
/// ```
/// use rolewright_core::{Span, markdown};
///
/// let text = "# Clerk\n\n## Tone\n";
/// let outline = markdown::outline(text, Span::new(0, text.len()));
/// assert_eq!(outline.headings[1].text.of(text).trim(), "Tone");
/// ```
pub fn outline(text: &str, body: Span) -> Outline {
    // The parser ends lines only at `\n`; offsets are unaffected.
    let text = &*text::with_line_feeds(text);
    let mut reader = Collector {
        text,
        base: body.start,
        containers: 0,
        lists: 0,
        ordered: 0,
        outline: with_room(body.len()),
    };
    for (event, range) in Parser::new_ext(body.of(text), OPTIONS).into_offset_iter() {
        reader.event(&event, range);
    }
    reader.outline
}

/// An empty outline with room for what a text of this length usually contains: growing these lists
/// step by step takes a noticeable part of a short parse.
fn with_room(length: usize) -> Outline {
    Outline {
        code: Vec::with_capacity(length / 256),
        items: Vec::with_capacity(length / 128),
        paragraphs: Vec::with_capacity(length / 256),
        emphasis: Vec::with_capacity(length / 256),
        ..Outline::default()
    }
}

struct Collector<'t> {
    text: &'t str,
    base: usize,
    /// Lists and quotations around the current place.
    containers: usize,
    lists: usize,
    /// Whether each open list is numbered, one bit per list, the innermost in the lowest bit.
    ordered: u64,
    outline: Outline,
}

impl Collector<'_> {
    fn event(&mut self, event: &Event<'_>, range: Range<usize>) {
        match event {
            Event::Start(tag) => self.start(tag, range),
            Event::End(TagEnd::List(_)) => {
                self.containers = self.containers.saturating_sub(1);
                self.lists = self.lists.saturating_sub(1);
                self.ordered >>= 1;
            }
            Event::End(TagEnd::BlockQuote(_)) => {
                self.containers = self.containers.saturating_sub(1)
            }
            Event::Code(_) => {
                let span = self.span(range);
                self.outline.code.push(span);
            }
            Event::InlineHtml(_) => {
                let span = self.span(range);
                self.outline.html.push(span);
            }
            Event::Rule => {
                let span = self.trimmed(range);
                self.outline.breaks.push(span);
            }
            _ => {}
        }
    }

    fn start(&mut self, tag: &Tag<'_>, range: Range<usize>) {
        let nested = self.containers > 0;
        match tag {
            Tag::Paragraph => {
                let span = self.trimmed(range);
                self.outline.paragraphs.push(Paragraph { span, nested });
            }
            Tag::Heading { level, .. } => {
                let span = self.trimmed(range);
                let (text, setext) = heading_text(self.text, span);
                let level = *level as u8;
                self.outline.headings.push(Heading { span, text, level, setext, nested });
            }
            Tag::CodeBlock(CodeBlockKind::Fenced(_)) => {
                let span = self.trimmed(range);
                if let Some(fence) = fence(self.text, span, nested) {
                    self.outline.fences.push(fence);
                }
                self.outline.code.push(span);
            }
            Tag::CodeBlock(CodeBlockKind::Indented) => {
                let span = self.trimmed(range);
                self.outline.code.push(span);
            }
            Tag::HtmlBlock => {
                let span = self.trimmed(range);
                self.outline.html.push(span);
            }
            Tag::Table(_) => {
                let span = self.trimmed(range);
                self.outline.tables.push(span);
            }
            Tag::Emphasis | Tag::Strong => {
                let (span, strong) = (self.span(range), matches!(tag, Tag::Strong));
                self.outline.emphasis.push(Emphasis { span, strong });
            }
            Tag::Link { dest_url, .. } => self.link(dest_url, range, false),
            Tag::Image { dest_url, .. } => self.link(dest_url, range, true),
            Tag::List(first) => {
                self.containers += 1;
                self.lists += 1;
                self.ordered = (self.ordered << 1) | u64::from(first.is_some());
            }
            Tag::BlockQuote(_) => self.containers += 1,
            Tag::Item => {
                let span = self.trimmed(range);
                let depth = u8::try_from(self.lists.saturating_sub(1)).unwrap_or(u8::MAX);
                self.outline.items.push(Item { span, depth, ordered: self.ordered & 1 == 1 });
            }
            _ => {}
        }
    }

    fn link(&mut self, target: &str, range: Range<usize>, image: bool) {
        let span = self.span(range);
        self.outline.links.push(Link { span, target: target.to_string(), image });
    }

    fn span(&self, range: Range<usize>) -> Span {
        Span::from(range).shifted(self.base)
    }

    fn trimmed(&self, range: Range<usize>) -> Span {
        let mut span = self.span(range);
        let bytes = self.text.as_bytes();
        while !span.is_empty() && matches!(bytes.get(span.end - 1), Some(b'\n' | b'\r')) {
            span.end -= 1;
        }
        span
    }
}

fn heading_text(text: &str, span: Span) -> (Span, bool) {
    let raw = span.of(text);
    let hashes = raw.len() - raw.trim_start_matches('#').len();
    if (1..=6).contains(&hashes) {
        let inner = raw.get(hashes..).unwrap_or("").trim_end();
        let open = inner.trim_end_matches('#');
        let content = if open.is_empty() || open.ends_with([' ', '\t']) { open } else { inner };
        let start = span.start + hashes + (content.len() - content.trim_start().len());
        return (Span::new(start, start + content.trim().len()), false);
    }
    let content = raw.rsplit_once('\n').map_or(raw, |(above, _)| above).trim_end();
    (Span::new(span.start, span.start + content.len()), true)
}

/// Parses a fence. `None` if the range does not start with a fence, which would be a parser bug that
/// must not propagate.
fn fence(text: &str, span: Span, nested: bool) -> Option<Fence> {
    let raw = span.of(text);
    let mark = *raw.as_bytes().first().filter(|b| matches!(b, b'`' | b'~'))?;
    let length = raw.bytes().take_while(|&b| b == mark).count();
    let line_end = raw.find('\n').unwrap_or(raw.len());
    let info = raw.get(length..line_end)?;
    let info_start = span.start + length + (info.len() - info.trim_start().len());
    let info = Span::new(info_start, info_start + info.trim().len());
    let last = raw.rfind('\n').map_or(raw.len(), |at| at + 1);
    let closed = raw.get(last..).is_some_and(|line| closes(line, mark, length));
    let content_start = span.start + (line_end + 1).min(raw.len());
    let content_end = if closed { span.start + last } else { span.end };
    let line_start = text.get(..span.start)?.rfind('\n').map_or(0, |at| at + 1);
    Some(Fence {
        span,
        info,
        content: Span::new(content_start.min(content_end), content_end),
        mark,
        length,
        column: span.start - line_start,
        closed,
        nested,
    })
}

fn closes(line: &str, mark: u8, length: usize) -> bool {
    let marks = line.trim_start_matches([' ', '\t', '>']).trim_end();
    marks.len() >= length && marks.bytes().all(|b| b == mark)
}

#[cfg(test)]
mod tests {
    use super::*;
    use alloc::vec::Vec;

    fn read(text: &str) -> Outline {
        outline(text, Span::new(0, text.len()))
    }

    #[test]
    fn headings_give_their_text_without_the_marks() {
        let text = "# One #\n\nTwo\n===\n\n### C#\n";
        let found: Vec<(&str, u8, bool)> =
            read(text).headings.iter().map(|h| (h.text.of(text), h.level, h.setext)).collect();
        assert_eq!(found, [("One", 1, false), ("Two", 1, true), ("C#", 3, false)]);
    }

    #[test]
    fn fence_is_taken_apart() {
        let text = "a\n\n````md title\nx\n````\n\nb\n";
        let outline = read(text);
        let fence = &outline.fences[0];
        assert_eq!(fence.span.of(text), "````md title\nx\n````");
        assert_eq!(fence.info.of(text), "md title");
        assert_eq!(fence.content.of(text), "x\n");
        assert_eq!((fence.mark, fence.length, fence.closed, fence.column), (b'`', 4, true, 0));
    }

    #[test]
    fn unclosed_fence_reaches_to_the_end() {
        let text = "```js\nlet a;\n\n## Not a heading\n";
        let outline = read(text);
        assert!(!outline.fences[0].closed);
        assert_eq!(outline.fences[0].content.of(text), "let a;\n\n## Not a heading");
        assert!(outline.headings.is_empty());
    }

    #[test]
    fn fence_in_a_list_knows_its_column() {
        let text = "- a\n\n  ```sh\n  ls\n  ```\n";
        let outline = read(text);
        assert_eq!(
            (outline.fences[0].column, outline.fences[0].closed, outline.fences[0].nested),
            (2, true, true)
        );
        assert_eq!(outline.fences[0].span.of(text), "```sh\n  ls\n  ```");
    }

    #[test]
    fn an_empty_unclosed_fence_has_no_content() {
        for text in ["```", "```\n", "~~~x", "```\n```"] {
            let outline = read(text);
            assert_eq!(outline.fences[0].content.of(text), "", "{text:?}");
            assert_eq!(outline.fences[0].closed, text == "```\n```", "{text:?}");
        }
    }

    #[test]
    fn code_regions_are_blocks_and_spans() {
        let text = "a `b` c\n\n    d\n\n```\ne\n```\n";
        let outline = read(text);
        let code: Vec<&str> = outline.code.iter().map(|s| s.of(text)).collect();
        assert_eq!(code, ["`b`", "d", "```\ne\n```"]);
        assert_eq!(outline.code_at(text.find('b').unwrap()).unwrap().of(text), "`b`");
        assert_eq!(outline.code_at(0), None);
    }

    #[test]
    fn items_links_and_comments_are_listed() {
        let text = "- a [x](y.md)\n  1. b\n\n<!-- c -->\n\nd <br> e\n";
        let outline = read(text);
        let items: Vec<(u8, bool)> = outline.items.iter().map(|i| (i.depth, i.ordered)).collect();
        assert_eq!(items, [(0, false), (1, true)]);
        assert_eq!(outline.links[0].target, "y.md");
        let html: Vec<&str> = outline.html.iter().map(|s| s.of(text)).collect();
        assert_eq!(html, ["<!-- c -->", "<br>"]);
        assert_eq!(outline.paragraphs.last().unwrap().span.of(text), "d <br> e");
    }

    #[test]
    fn spans_are_those_of_the_whole_text() {
        let text = "---\nname: é\n---\n# T\n";
        let body = Span::new(text.find('#').unwrap(), text.len());
        assert_eq!(outline(text, body).headings[0].span.of(text), "# T");
    }
}
