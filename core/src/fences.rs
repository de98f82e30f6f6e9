//! Finds fences that Markdown reads differently from the author's intention: nested fences, fences
//! joined to text, and unclosed fences. Reads lines and reports nothing.

use crate::markdown::{Fence, Outline};
use crate::text::Span;
use alloc::vec::Vec;

mod lines;

use lines::{Kind, Line};

/// A fence that Markdown does not read as its author intended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Fault {
    /// A fence opens inside a fence that is not longer: the closing line of the inner fence ends both.
    Nested(Nested),
    /// Text follows a closing fence on its line, so it closes nothing.
    GluedCloser {
        /// The fence.
        marks: Span,
        /// The opening fence that it was meant for, with the rest of that line.
        opener: Span,
    },
    /// A fence in the middle of a line, which opens nothing; the span covers it and the language.
    GluedOpener(Span),
    /// A fence runs to the end of the text.
    Unclosed {
        /// Its place in the outline's list.
        fence: usize,
        /// Whether its opening line looks like the closing line of a missing fence.
        stray: bool,
    },
    /// A code block in a list item whose closing fence is outside the item, which has already ended
    /// the block.
    Outdented {
        /// The fence's place in the outline's list.
        fence: usize,
        /// The fence that was meant to close it.
        closer: Span,
    },
}

/// A fence inside a fence.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Nested {
    /// The outer opening line: its fence and the text after it.
    pub outer: Span,
    /// The fence of the outer opening line.
    pub outer_marks: Span,
    /// The inner opening line: its fence and the text after it.
    pub inner: Span,
    /// The fence that closes the outer code block as Markdown reads it.
    pub ends: Option<Span>,
    /// The fence that was meant to close the outer code block, if it is certain.
    pub meant: Option<Span>,
    /// The length of the longest fence inside.
    pub longest: usize,
    /// Whether the outer opening line looks like the end of a fence that nothing opens.
    pub stray: bool,
}

/// Reads the fences of `text[body]`. After a fault that makes the rest ambiguous, nothing more is
/// reported, because further faults would only be consequences.
pub(crate) fn read(text: &str, body: Span, outline: &Outline) -> Vec<Fault> {
    let lines = lines::find(text, body);
    let mut reader = Reader { text, outline, lines: &lines, faults: Vec::new(), in_step: true };
    let mut at = 0;
    while let Some(next) = reader.step(at) {
        // A caller's own reader may describe fences that end before they begin.
        at = next.max(at + 1);
    }
    reader.faults
}

struct Reader<'a> {
    text: &'a str,
    outline: &'a Outline,
    lines: &'a [Line],
    faults: Vec<Fault>,
    /// Whether the outline's fences still match the intended fences.
    in_step: bool,
}

/// A fence that is open at a place.
#[derive(Clone, Copy)]
struct Open {
    mark: u8,
    length: usize,
    /// A fence with deeper indentation neither opens nor closes anything inside.
    deepest: usize,
}

impl Open {
    fn concerns(&self, line: &Line) -> bool {
        line.mark == self.mark && line.length >= self.length && line.indent <= self.deepest
    }
}

impl Reader<'_> {
    /// Reads the code block that begins at the line `at`, and returns the line where reading
    /// continues.
    fn step(&mut self, at: usize) -> Option<usize> {
        let line = self.lines.get(at)?;
        if line.kind == Kind::MidLine {
            return self.mid_line(at, line);
        }
        if !self.in_step {
            let deepest = line.indent + 3;
            let open = Open { mark: line.mark, length: line.length, deepest };
            return if line.kind == Kind::Inline {
                Some(at + 1)
            } else {
                self.region(at, open, None)
            };
        }
        let index = self.outline.fences.partition_point(|f| f.span.start < line.marks.start);
        let fence = self.outline.fences.get(index).filter(|f| f.span.start == line.marks.start);
        let Some(fence) = fence else {
            // A tag above the fence makes it part of an HTML block, which no author intends; from
            // here on, only the lines themselves show where fences are.
            self.in_step = !(line.kind == Kind::Opener && self.outline.is_html(line.marks.start));
            return if self.in_step { Some(at + 1) } else { self.step(at) };
        };
        let deepest = if fence.nested { fence.column + 3 } else { 3 };
        let open = Open { mark: fence.mark, length: fence.length, deepest };
        let inside = self.first_conflict(at, open, fence);
        match inside {
            None if fence.closed => Some(self.after(at, fence.span.end)),
            None => self.unclosed(at, open, index, fence),
            Some(Kind::Glued) => self.glued(at, open),
            Some(_) => self.region(at, open, Some(fence)),
        }
    }

    /// The first line at or after `at` that begins at or after `offset`.
    fn after(&self, at: usize, offset: usize) -> usize {
        let rest = self.lines.get(at..).unwrap_or(&[]);
        at + rest.partition_point(|line| line.marks.start < offset)
    }

    /// The kind of the first line that conflicts with the outline about the end of `fence`.
    fn first_conflict(&self, at: usize, open: Open, fence: &Fence) -> Option<Kind> {
        let inside = self.lines.get(at + 1..self.after(at, fence.span.end)).unwrap_or(&[]);
        let found = inside
            .iter()
            .find(|l| matches!(l.kind, Kind::Opener | Kind::Glued) && open.concerns(l))
            .map(|line| line.kind);
        // A template may contain only bare fences: the line that ends it then looks like an opening
        // line, and the apparent opening line of the next block looks like a closing line.
        found.or_else(|| {
            let end = self.after(at, fence.content.end);
            let bare = |at: usize| self.lines.get(at).filter(|l| l.kind == Kind::Bare);
            (fence.closed
                && holds_documents(fence.info.of(self.text))
                && bare(end).is_some_and(|l| l.looks_opening)
                && bare(end + 1).is_some_and(|l| l.looks_closing))
            .then_some(Kind::Bare)
        })
    }

    fn unclosed(&mut self, at: usize, open: Open, index: usize, fence: &Fence) -> Option<usize> {
        let next = self.after(at, fence.span.end);
        let closer = self.lines.get(next).filter(|line| {
            line.kind == Kind::Bare && line.mark == open.mark && line.length >= open.length
        });
        if let Some(closer) = closer {
            self.faults.push(Fault::Outdented { fence: index, closer: closer.marks });
            self.in_step = false;
            return Some(next + 1);
        }
        let is_last = self.text.get(fence.span.end..).is_none_or(|rest| rest.trim().is_empty());
        if is_last {
            let is_stray = |line: &Line| line.is_stray() || self.is_last_word(line);
            let stray = self.lines.get(at).is_some_and(is_stray);
            self.faults.push(Fault::Unclosed { fence: index, stray });
        }
        // The list item ends the block at the intended place, so nothing is lost.
        (!is_last).then_some(next)
    }

    /// Whether a bare fence is the last text, and nothing before it introduces code.
    fn is_last_word(&self, line: &Line) -> bool {
        let around = |range| self.text.get::<core::ops::Range<usize>>(range).unwrap_or("").trim();
        let before = around(0..line.marks.start - line.indent);
        let last =
            before.rsplit('\n').next().unwrap_or("").trim_matches([' ', '\t', '>', '*', '_']);
        let introduces = last.ends_with(':') || last.starts_with('#') || last == "---";
        line.kind == Kind::Bare
            && around(line.marks.end..self.text.len()).is_empty()
            && !last.is_empty()
            && !introduces
    }

    fn glued(&mut self, at: usize, open: Open) -> Option<usize> {
        let opener = self.lines.get(at)?;
        let inside = self.lines.get(at + 1..)?;
        let found = inside.iter().position(|l| l.kind == Kind::Glued && open.concerns(l))?;
        let marks = inside.get(found)?.marks;
        self.faults.push(Fault::GluedCloser { marks, opener: opener.shown() });
        // From here on, fences are paired as intended, so that no consequences are reported.
        self.in_step = false;
        Some(at + found + 2)
    }

    fn mid_line(&mut self, at: usize, line: &Line) -> Option<usize> {
        let is_code = self.in_step && self.outline.code_at(line.marks.start).is_some();
        if is_code || self.outline.is_html(line.marks.start) {
            return Some(at + 1);
        }
        // It was meant as a fence only if a closing fence follows.
        let next = self.lines.get(at + 1)?;
        if next.mark == line.mark && matches!(next.kind, Kind::Bare | Kind::Opener) {
            self.faults.push(Fault::GluedOpener(line.shown()));
            self.in_step = false;
            return (next.kind == Kind::Bare).then_some(at + 2);
        }
        Some(at + 1)
    }

    /// Reads on from the opening line `at` as people do: a line with a language opens a block, a
    /// bare line closes the innermost block, and in a template, a bare line that looks like an
    /// opening line opens a block.
    fn region(&mut self, at: usize, outer: Open, fence: Option<&Fence>) -> Option<usize> {
        let opener = self.lines.get(at)?;
        let (mut depth, mut first, mut longest, mut sure) = (1usize, None, outer.length, true);
        for (index, line) in self.lines.iter().enumerate().skip(at + 1) {
            if line.mark != outer.mark || !outer.concerns(line) && line.kind != Kind::Glued {
                continue;
            }
            longest = longest.max(line.length);
            match line.kind {
                Kind::Opener => depth += 1,
                Kind::Bare if depth == 1 && self.opens_inside(index, opener) => depth += 1,
                Kind::Bare => depth -= 1,
                Kind::Glued => {
                    sure = false;
                    depth -= 1;
                    self.faults
                        .push(Fault::GluedCloser { marks: line.marks, opener: opener.shown() });
                }
                Kind::MidLine | Kind::Inline => continue,
            }
            if depth > 1 && first.is_none() {
                first = Some(line);
            }
            if depth > 0 {
                continue;
            }
            let Some(inner) = first else { return Some(index + 1) };
            let sure = sure
                && line.looks_closing
                && holds_documents(opener.info.of(self.text))
                && self.is_clean_after(index);
            self.nested(opener, inner, fence, sure.then_some(line.marks), longest);
            self.in_step = false;
            return sure.then_some(index + 1);
        }
        if let Some(inner) = first {
            self.nested(opener, inner, fence, None, longest);
        }
        None
    }

    fn nested(
        &mut self,
        outer: &Line,
        inner: &Line,
        fence: Option<&Fence>,
        meant: Option<Span>,
        longest: usize,
    ) {
        let is_glued = |f: &Fault| matches!(f, Fault::GluedCloser { .. } | Fault::GluedOpener(_));
        if self.faults.iter().any(is_glued) {
            return;
        }
        let ends = fence.filter(|fence| fence.closed).map(|fence| fence.closing_marks(self.text));
        self.faults.push(Fault::Nested(Nested {
            outer: outer.shown(),
            outer_marks: outer.marks,
            inner: inner.shown(),
            ends,
            meant,
            longest,
            stray: meant.is_none() && outer.is_stray(),
        }));
    }

    /// Whether the bare line `at` opens a fence inside `outer`: it and the next line both look so.
    fn opens_inside(&self, at: usize, outer: &Line) -> bool {
        let next = self.lines.get(at + 1);
        holds_documents(outer.info.of(self.text))
            && self.lines.get(at).is_some_and(|line| line.looks_opening)
            && next.is_some_and(|next| next.kind == Kind::Bare && next.looks_closing)
    }

    /// Whether the next fence after the line `at` is an opening line, or no fence follows.
    fn is_clean_after(&self, at: usize) -> bool {
        let mut rest = self.lines.get(at + 1..).unwrap_or(&[]).iter();
        let next = rest.find(|l| matches!(l.kind, Kind::Opener | Kind::Bare));
        next.is_none_or(|line| line.kind == Kind::Opener || line.looks_opening)
    }
}

/// Whether a fence with this info string is likely to contain a document, which may contain fences.
fn holds_documents(info: &str) -> bool {
    let language = info.split([' ', '{', ',', ':']).next().unwrap_or("");
    let documents = [
        "", "md", "markdown", "mdx", "mdc", "prompt", "text", "txt", "xml", "html", "template",
        "diff",
    ];
    documents.iter().any(|name| language.eq_ignore_ascii_case(name))
}

#[cfg(test)]
mod tests {
    use super::*;
    use alloc::format;
    use alloc::string::String;

    fn faults(text: &str) -> Vec<String> {
        let body = Span::new(0, text.len());
        let outline = crate::markdown::outline(text, body);
        let line = |span: Span| text[..span.start].matches('\n').count() + 1;
        read(text, body, &outline)
            .into_iter()
            .map(|fault| match fault {
                Fault::Nested(n) => format!(
                    "{} in {}, ends {:?}, meant {:?}",
                    line(n.inner),
                    line(n.outer),
                    n.ends.map(line),
                    n.meant.map(line)
                ),
                Fault::GluedCloser { marks, opener } => {
                    format!("{} glued, for {}", line(marks), line(opener))
                }
                Fault::GluedOpener(span) => format!("{} in mid-line", line(span)),
                Fault::Unclosed { fence, .. } => {
                    format!("{} unclosed", line(outline.fences[fence].span))
                }
                Fault::Outdented { fence, closer } => {
                    format!(
                        "{} outside of the item of {}",
                        line(closer),
                        line(outline.fences[fence].span)
                    )
                }
            })
            .collect()
    }

    #[test]
    fn sound_fences_have_no_faults() {
        for text in [
            "```sh\nls\n```\n\n````md\n```sh\nls\n```\n````\n\n~~~\n```\n~~~\n",
            "- a\n\n  ```sh\n  ls\n  ```\n\n> ```\n> x\n> ```\n",
            "```md\ntext\n\n    ```code\n    x\n    ```\n```\n",
            "Use ```code``` here.\n\n```\na\n```\nText at once.\n\n```\nb\n```\nMore.\n",
        ] {
            assert_eq!(faults(text), [""; 0], "{text}");
        }
    }

    #[test]
    fn a_fence_in_a_template_is_found_with_the_end_that_was_meant() {
        let text = "```markdown\n# A\n```bash\nls\n```\n\n## B\n```\n\nText.\n\n```md\n```js\n1\n```\n```\n";
        assert_eq!(
            faults(text),
            ["3 in 1, ends Some(5), meant Some(8)", "13 in 12, ends None, meant Some(16)"]
        );
    }

    #[test]
    fn bare_fences_in_a_template_are_told_apart_by_the_next_line() {
        let text = "```markdown\n# A\n\n```\ncode\n```\n\n## B\n```\n\nText.\n";
        assert_eq!(faults(text), ["4 in 1, ends Some(4), meant Some(9)"]);
    }

    #[test]
    fn a_missing_end_is_one_fault_and_leaves_open_what_was_meant() {
        let text = "```bash\nls\n\nText.\n\n```python\nx\n```\n\nMore.\n";
        assert_eq!(faults(text), ["6 in 1, ends Some(8), meant None"]);
        assert_eq!(faults("# A\n\n```js\nlet a;\n"), ["3 unclosed"]);
    }

    #[test]
    fn a_fence_followed_by_text_closes_nothing() {
        let text = "```js\na\n```### Next\n\nText.\n\n```js\nb\n```\n";
        assert_eq!(faults(text), ["3 glued, for 1"]);
    }

    #[test]
    fn marks_in_mid_line_open_nothing() {
        let text = "**Query:**```sql\nselect 1\n\n```\n\nText.\n";
        assert_eq!(faults(text), ["1 in mid-line"]);
    }

    #[test]
    fn every_fence_that_shares_its_line_is_found_and_nothing_that_follows_from_it() {
        let query = "**Query:**```sql\nselect 1\n```\n\n";
        let text = [query, query, "```sh\nls\n```## Next\n\n```md\n```js\n1\n```\n```\n"].concat();
        assert_eq!(faults(&text), ["1 in mid-line", "5 in mid-line", "11 glued, for 9"]);
    }

    #[test]
    fn crlf_and_list_items_are_read_alike() {
        let text = "- a\r\n\r\n  ```md\r\n  ```sh\r\n  ls\r\n  ```\r\n  ```\r\n\r\ntext\r\n";
        assert_eq!(faults(text), ["4 in 3, ends Some(6), meant Some(7)"]);
    }

    #[test]
    fn a_tag_above_a_fence_does_not_confuse_the_reading() {
        let text = "<Good>\n```ts\na\n\nb\n```\nYes.\n</Good>\n\n<Bad>\n```ts\na\n```\n</Bad>\n";
        assert_eq!(faults(text), [""; 0]);
    }

    #[test]
    fn closing_marks_outside_of_the_list_item_are_found() {
        let text = "1. a\n   ```sh\n   ls\n```\n2. b\n\n```sh\nls\n```\n";
        assert_eq!(faults(text), ["4 outside of the item of 2"]);
    }

    #[test]
    fn reading_is_linear_in_the_number_of_fences() {
        let text = "```a\n```b\n```\n".repeat(50_000);
        assert_eq!(faults(&text).len(), 1);
    }
}
