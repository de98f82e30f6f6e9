//! Represents the outline of a Markdown body: the places of headings, code, links, lists and
//! paragraphs.

use crate::text::Span;
use alloc::string::String;
use alloc::vec::Vec;

#[cfg(feature = "pulldown-cmark")]
mod pulldown;

#[cfg(feature = "pulldown-cmark")]
pub use pulldown::outline;

/// Reads the outline of `text[body]`. The body is a byte range on character boundaries, and so must
/// be every span of the outline. Spans are offsets in the whole text and lie inside the body.
///
/// With the feature `pulldown-cmark` there is [`outline`]; a program without it brings its own.
pub type Reader = fn(text: &str, body: Span) -> Outline;

/// The parts of a body that the rules read, each list in the order of the text. Spans are bytes of
/// the whole text.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Outline {
    /// Headings, ATX and Setext.
    pub headings: Vec<Heading>,
    /// Fenced code blocks.
    pub fences: Vec<Fence>,
    /// Every region in which text is code: fenced and indented blocks and code spans, each with its
    /// delimiters. Ascending and disjoint.
    pub code: Vec<Span>,
    /// HTML blocks and inline tags, comments included.
    pub html: Vec<Span>,
    /// Links and images.
    pub links: Vec<Link>,
    /// List items with all their content; a nested item comes after the item that contains it.
    pub items: Vec<Item>,
    /// Paragraphs, without the text of tight list items.
    pub paragraphs: Vec<Paragraph>,
    /// Thematic breaks.
    pub breaks: Vec<Span>,
    /// Tables.
    pub tables: Vec<Span>,
    /// Emphasized text with its markers; nested emphasis comes after the emphasis that contains it.
    pub emphasis: Vec<Emphasis>,
}

/// Emphasized text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Emphasis {
    /// The text, including its markers.
    pub span: Span,
    /// Whether the emphasis is strong: two markers on each side instead of one.
    pub strong: bool,
}

/// A heading.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Heading {
    /// The whole heading, with its `#` or underline and without the line ending.
    pub span: Span,
    /// Its text without markers.
    pub text: Span,
    /// 1 to 6.
    pub level: u8,
    /// Whether it is underlined with `=` or `-`.
    pub setext: bool,
    /// Whether it is inside a list or block quote.
    pub nested: bool,
}

/// A fenced code block.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Fence {
    /// From the opening fence to the end of the closing line, without its line ending.
    pub span: Span,
    /// The opening line's text after the fence, trimmed.
    pub info: Span,
    /// The lines in between, with their line endings.
    pub content: Span,
    /// `` ` `` or `~`.
    pub mark: u8,
    /// The length of the opening fence.
    pub length: usize,
    /// Whitespace and container markers before the opening fence, in bytes.
    pub column: usize,
    /// Whether a closing line was found.
    pub closed: bool,
    /// Whether it is inside a list or block quote.
    pub nested: bool,
}

impl Fence {
    /// The closing fence; an empty span at the end of the block if there is none.
    pub(crate) fn closing_marks(&self, text: &str) -> Span {
        let fence = if self.closed { self.span.of(text).trim_end() } else { self.span.of(text) };
        let marks = fence.bytes().rev().take_while(|&b| self.closed && b == self.mark).count();
        let end = self.span.start + fence.len();
        Span::new(end - marks, end)
    }

    /// Edits that make both fences at least `length` long.
    pub(crate) fn lengthened(&self, text: &str, length: usize) -> Vec<(Span, String)> {
        let missing = length.saturating_sub(self.length);
        let marks: String = core::iter::repeat_n(char::from(self.mark), missing).collect();
        if missing == 0 {
            return Vec::new();
        }
        let mut edits = alloc::vec![(Span::at(self.span.start), marks.clone())];
        if self.closed {
            edits.push((Span::at(self.closing_marks(text).start), marks));
        }
        edits
    }
}

/// A link or an image.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Link {
    /// The whole element.
    pub span: Span,
    /// Its target, unescaped.
    pub target: String,
    /// Whether it is an image.
    pub image: bool,
}

/// A list item.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Item {
    /// From its marker to the end of its content.
    pub span: Span,
    /// 0 for the outermost list.
    pub depth: u8,
    /// Whether the list is numbered.
    pub ordered: bool,
}

/// A paragraph.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Paragraph {
    /// Its lines without the last line ending.
    pub span: Span,
    /// Whether it is inside a list or block quote.
    pub nested: bool,
}

impl Outline {
    /// The code region that contains `offset`.
    pub(crate) fn code_at(&self, offset: usize) -> Option<Span> {
        let at = self.code.partition_point(|region| region.end <= offset);
        self.code.get(at).copied().filter(|region| region.contains(offset))
    }

    /// The fence that contains `offset`.
    ///
    /// ```
    /// use rolewright_core::{Span, markdown};
    ///
    /// let text = "Run:\n\n```sh\nls\n```\n";
    /// let outline = markdown::outline(text, Span::new(0, text.len()));
    /// let fence = outline.fence_at(text.find("ls").unwrap()).unwrap();
    /// assert_eq!(fence.info.of(text), "sh");
    /// assert_eq!(outline.fence_at(0), None);
    /// ```
    pub fn fence_at(&self, offset: usize) -> Option<&Fence> {
        let at = self.fences.partition_point(|fence| fence.span.end <= offset);
        self.fences.get(at).filter(|fence| fence.span.contains(offset))
    }

    /// The HTML block or tag that contains `offset`.
    pub(crate) fn html_at(&self, offset: usize) -> Option<Span> {
        let at = self.html.partition_point(|region| region.end <= offset);
        self.html.get(at).copied().filter(|region| region.contains(offset))
    }

    /// Whether `offset` is in an HTML block or tag.
    pub(crate) fn is_html(&self, offset: usize) -> bool {
        self.html_at(offset).is_some()
    }
}
