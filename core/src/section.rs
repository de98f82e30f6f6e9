//! Finds the sections of a body. Most do not start with a heading: four in ten real roles use label
//! lines before a list, a quarter use bold lines, some use plain title lines.

use crate::markdown::Outline;
use crate::text::Span;
use alloc::vec::Vec;

mod kind;

pub use kind::{Confidence, SectionKind};

/// A part of the body under a title.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Section {
    /// The title alone, without `#` or emphasis.
    pub title: Span,
    /// The evidence that the line is a title.
    pub origin: Origin,
    /// 1 to 6 for headings; 7 for every other kind of title, which subdivides the content of a
    /// heading.
    pub level: u8,
    /// From the title's line to the next section of the same or a higher level.
    pub span: Span,
}

impl Section {
    /// The topic of the section, by its title; `text` is the parsed text.
    ///
    /// ```
    /// use rolewright_core::{Role, section::{Confidence, SectionKind}};
    ///
    /// let role = Role::parse("## Output format\n\nA table.\n", "a.md");
    /// let kind = role.sections()[0].kind(role.text);
    /// assert_eq!(kind, (SectionKind::Output, Confidence::Synonym));
    /// ```
    pub fn kind(&self, text: &str) -> (SectionKind, Confidence) {
        SectionKind::of_title(self.title.of(text))
    }
}

/// The evidence that a line is a title.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Origin {
    /// `## Title`
    Heading,
    /// `**Title**` on a line by itself.
    Bold,
    /// `When invoked:` before a list.
    Label,
    /// `Title` alone between blank lines.
    Plain,
}

/// Reads the sections of `text[body]`.
pub(crate) fn read(text: &str, body: Span, outline: &Outline) -> Vec<Section> {
    let mut titles: Vec<(Span, Origin, u8, usize)> = outline
        .headings
        .iter()
        .filter(|heading| !heading.nested)
        .map(|heading| (heading.text, Origin::Heading, heading.level, heading.span.start))
        .collect();
    for paragraph in outline.paragraphs.iter().filter(|paragraph| !paragraph.nested) {
        if let Some((title, origin)) = pseudo_heading(text, paragraph.span, outline) {
            titles.push((title, origin, 7, paragraph.span.start));
        }
    }
    titles.sort_by_cached_key(|(_, _, _, start)| Span::at(*start));
    drop_titles_without_content(text, &mut titles);
    let ends: Vec<usize> = (0..titles.len()).map(|at| end_of(&titles, at, body.end)).collect();
    titles
        .into_iter()
        .zip(ends)
        .map(|((title, origin, level, start), end)| Section {
            title,
            origin,
            level,
            span: Span::new(start, end),
        })
        .collect()
}

/// A bare line is a title only if text follows below it. In a run of bare lines, counted from the
/// last, every second line is the content of the line above it: `Role Title`, then the title of the
/// role, then `Purpose`, then its text.
fn drop_titles_without_content(text: &str, titles: &mut Vec<(Span, Origin, u8, usize)>) {
    let mut next_is_title = true;
    let mut next_start = text.len();
    let mut keep: Vec<bool> = titles
        .iter()
        .rev()
        .map(|&(title, origin, _, start)| {
            let adjacent = text.get(title.end..next_start).is_none_or(|t| t.trim().is_empty());
            next_is_title = origin != Origin::Plain || !(adjacent && next_is_title);
            next_start = start;
            next_is_title
        })
        .collect();
    keep.reverse();
    let mut kept = keep.into_iter();
    titles.retain(|_| kept.next().unwrap_or(true));
}

fn end_of(titles: &[(Span, Origin, u8, usize)], at: usize, end: usize) -> usize {
    let level = titles.get(at).map_or(7, |title| title.2);
    titles.get(at + 1..).unwrap_or(&[]).iter().find(|t| t.2 <= level).map_or(end, |t| t.3)
}

fn pseudo_heading(text: &str, span: Span, outline: &Outline) -> Option<(Span, Origin)> {
    let line = span.of(text);
    if line.len() > 120 || line.contains('\n') {
        return None;
    }
    if let Some(inner) =
        line.trim_end_matches(':').strip_prefix("**").and_then(|l| l.strip_suffix("**"))
    {
        let start = span.start + 2;
        let title = inner.trim_end_matches(':');
        return (!title.contains("**"))
            .then(|| (Span::new(start, start + title.len()), Origin::Bold));
    }
    if let Some(label) = line.strip_suffix(':') {
        return before_list(span, outline)
            .then(|| (Span::new(span.start, span.start + label.len()), Origin::Label));
    }
    is_plain_title(line).then_some((span, Origin::Plain))
}

fn before_list(span: Span, outline: &Outline) -> bool {
    let at = outline.items.partition_point(|item| item.span.start < span.end);
    let next_paragraph = outline.paragraphs.partition_point(|p| p.span.start < span.end);
    outline.items.get(at).is_some_and(|item| {
        outline.paragraphs.get(next_paragraph).is_none_or(|p| item.span.start <= p.span.start)
    })
}

/// Words that stay small in a title.
const SMALL_WORDS: [&str; 14] =
    ["a", "an", "and", "as", "at", "by", "for", "in", "of", "on", "or", "the", "to", "with"];

/// At most five words in title case, without punctuation that ends or separates sentences.
pub(crate) fn is_plain_title(line: &str) -> bool {
    let mut words = 0;
    for word in line.split_whitespace() {
        let initial = word.chars().next();
        let titled = initial.is_some_and(char::is_uppercase)
            || word == "&"
            || words > 0 && SMALL_WORDS.contains(&word);
        if !titled
            || !word
                .chars()
                .all(|c| c.is_alphanumeric() || matches!(c, '&' | '-' | '/' | '\'' | '’'))
        {
            return false;
        }
        words += 1;
    }
    (1..=5).contains(&words)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn sections(text: &str) -> Vec<(&str, Origin, &str)> {
        let outline = crate::markdown::outline(text, Span::new(0, text.len()));
        read(text, Span::new(0, text.len()), &outline)
            .iter()
            .map(|s| (s.title.of(text), s.origin, s.span.of(text).trim_end()))
            .collect()
    }

    #[test]
    fn all_four_kinds_of_titles_are_sections() {
        let text = "# A\n\nKey Duties\n\ntext.\n\n**Bold one:**\n- x\n\nWhen invoked:\n- y\n\n## B\n\nend.\n";
        assert_eq!(
            sections(text),
            [
                ("A", Origin::Heading, text.trim_end()),
                ("Key Duties", Origin::Plain, "Key Duties\n\ntext."),
                ("Bold one", Origin::Bold, "**Bold one:**\n- x"),
                ("When invoked", Origin::Label, "When invoked:\n- y"),
                ("B", Origin::Heading, "## B\n\nend."),
            ]
        );
    }

    #[test]
    fn a_bare_line_with_nothing_below_it_is_not_a_title() {
        let text =
            "# R\n\nBest Role\n\nRole Title\n\nBuild Engineer\n\nPurpose\n\nTo build.\n\nThe End\n";
        let found: Vec<&str> = sections(text).iter().map(|s| s.0).collect();
        assert_eq!(found, ["R", "Role Title", "Purpose"]);
    }

    #[test]
    fn a_label_without_a_list_is_text() {
        assert_eq!(sections("Remember this:\n\nplain text follows here.\n\n- a\n"), []);
    }

    #[test]
    fn sentences_are_not_titles() {
        for line in
            ["Be kind.", "Do it now, please", "use Title", "One Two Three Four Five Six", "**x** y"]
        {
            assert!(!is_plain_title(line), "{line}");
        }
        for line in ["Role Title", "Testing & Validation", "Definition of Done"] {
            assert!(is_plain_title(line), "{line}");
        }
    }
}
