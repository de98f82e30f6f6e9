//! Reads comments that suppress rules for a block, a field or a file, and records the diagnostics
//! that each comment suppressed.
//!
//! `<!-- rolewright-ignore RULE: reason -->` before a block, `<!-- rolewright-ignore-file RULE -->`
//! anywhere in the body, `# rolewright-ignore RULE` in the front matter. Several names are separated
//! by commas.

use crate::diagnostic::Diagnostic;
use crate::role::Role;
use crate::text::Span;
use alloc::collections::BTreeMap;
use alloc::vec::Vec;

/// The word at the start of every suppression comment.
const WORD: &str = "rolewright-ignore";

/// A rule that a comment suppresses.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Suppression<'t> {
    /// The rule's name as written, which may not exist.
    pub rule: &'t str,
    /// Place of the name.
    pub span: Span,
    /// The place of the whole comment, which never reaches a prompt.
    pub comment: Span,
    /// The range in which the rule is off.
    pub scope: Span,
}

/// The suppressions of a role, in order. They are in its front matter and in its HTML.
pub(crate) fn read<'t>(role: &Role<'t>) -> Vec<Suppression<'t>> {
    let mut found = Vec::new();
    let mut block = Block::default();
    // The end of the last comment: text inside a comment cannot be another comment.
    let mut behind = 0;
    let front_matter = role.front_matter.as_ref().map(|front_matter| front_matter.content);
    let places = front_matter.iter().chain(&role.outline.html).flat_map(|place| {
        memchr::memmem::find_iter(place.of(role.text).as_bytes(), WORD).map(|at| place.start + at)
    });
    for at in places {
        if at < behind {
            continue;
        }
        let in_front_matter = front_matter.is_some_and(|front_matter| front_matter.contains(at));
        let comment =
            if in_front_matter { front_matter_comment(role, at) } else { body_comment(role, at) };
        let Some(comment) = comment else { continue };
        behind = comment.end;
        if !in_front_matter && !comment.of(role.text).ends_with("-->") {
            continue;
        }
        let whole_file =
            role.text.get(at + WORD.len()..).is_some_and(|rest| rest.starts_with("-file"));
        let scope = match (whole_file, in_front_matter) {
            (true, _) => Span::new(0, role.text.len() + 1),
            (false, true) => field_scope(role, comment),
            (false, false) => block.scope(role, comment.end),
        };
        names(role.text, at, comment, scope, &mut found);
    }
    found
}

/// Removes suppressed diagnostics from `diagnostics`, which are in order, and returns the
/// suppressions that had no effect.
pub(crate) fn apply<'s, 't>(
    suppressions: &'s [Suppression<'t>],
    path: &str,
    diagnostics: &mut Vec<Diagnostic>,
) -> Vec<&'s Suppression<'t>> {
    // By rule: its suppressed ranges and its diagnostics there. There may be thousands of both.
    let mut off: BTreeMap<&str, Vec<Span>> = BTreeMap::new();
    let mut found: BTreeMap<&str, Vec<usize>> = BTreeMap::new();
    for suppression in suppressions {
        add(off.entry(suppression.rule).or_default(), suppression.scope);
    }
    diagnostics.retain(|d| {
        let at = d.span.start;
        let spans = off.get(d.rule).filter(|_| d.path == path);
        let is_off = spans.is_some_and(|spans| {
            let next = spans.partition_point(|span| span.end <= at);
            spans.get(next).is_some_and(|span| span.start <= at)
        });
        if is_off {
            found.entry(d.rule).or_default().push(at);
        }
        !is_off
    });
    let did_nothing = |s: &&Suppression<'_>| {
        let starts = found.get(s.rule).map_or(&[][..], Vec::as_slice);
        let first = starts.partition_point(|&start| start < s.scope.start);
        starts.get(first).is_none_or(|&start| start >= s.scope.end)
    };
    suppressions.iter().filter(did_nothing).collect()
}

/// Adds a span to disjoint, ascending spans; only the span of a whole file may begin before the
/// last span.
fn add(spans: &mut Vec<Span>, span: Span) {
    match spans.last_mut() {
        Some(last) if span.start < last.start => *spans = alloc::vec![span],
        Some(last) if span.start <= last.end => last.end = last.end.max(span.end),
        _ => spans.push(span),
    }
}

/// A comment runs from `#` to the end of its line.
fn front_matter_comment(role: &Role<'_>, at: usize) -> Option<Span> {
    let before = role.text.get(..at)?.trim_end_matches([' ', '\t']);
    let hash = before.strip_suffix('#')?.len();
    Some(Span::new(hash, role.line_at(at).end))
}

/// An unclosed comment runs to the end of its HTML block.
fn body_comment(role: &Role<'_>, at: usize) -> Option<Span> {
    let regions = &role.outline.html;
    let region = regions.get(regions.partition_point(|html| html.end <= at))?;
    let before = Span::new(region.start, at).of(role.text).trim_end();
    let start = region.start + before.strip_suffix("<!--")?.len();
    let length = role.text.get(at..region.end)?.find("-->");
    Some(Span::new(start, length.map_or(region.end, |length| at + length + 3)))
}

fn field_scope(role: &Role<'_>, comment: Span) -> Span {
    let before = role.text.get(..comment.start).unwrap_or("").trim_end_matches([' ', '\t']);
    let alone = before.is_empty() || before.ends_with(['\n', '\r']);
    let fields = role.fields();
    let next = fields.partition_point(|field| field.name_span.start < comment.start);
    let field =
        if alone { fields.get(next) } else { next.checked_sub(1).and_then(|at| fields.get(at)) };
    field.map_or(Span::at(comment.end), |field| {
        Span::new(field.name_span.start, field.lines.end.max(field.value.span.end))
    })
}

/// The most recently examined lines: a megabyte of comments may be one block.
#[derive(Default)]
struct Block {
    lines: Span,
    /// List items that begin in those lines and extend past all later ones, the last first.
    items: Vec<Span>,
}

impl Block {
    /// The block after a comment: to the next blank line, and to the end of a fence or list item that
    /// it opens.
    fn scope(&mut self, role: &Role<'_>, end: usize) -> Span {
        let rest = role.text.get(end..).unwrap_or("");
        let start = end + (rest.len() - rest.trim_start().len());
        if !self.lines.contains(start) {
            self.read(role, start);
        }
        let stop = self.lines.end.max(start);
        let fences = &role.outline.fences;
        let fence = fences.get(..fences.partition_point(|f| f.span.start < stop));
        let fence = fence.and_then(<[_]>::last).map(|fence| fence.span);
        let item = self.items.partition_point(|item| item.start >= start).checked_sub(1);
        let item = item.and_then(|at| self.items.get(at)).copied();
        let ends = [fence, item].into_iter().flatten().filter(|span| span.start >= start);
        Span::new(start, ends.map(|span| span.end).fold(stop, usize::max))
    }

    fn read(&mut self, role: &Role<'_>, start: usize) {
        let rest = role.text.get(start..).unwrap_or("").split_inclusive('\n');
        let length: usize = rest.take_while(|line| !line.trim().is_empty()).map(str::len).sum();
        self.lines = Span::new(start, start + length);
        self.items.clear();
        let items = &role.outline.items;
        let behind = items.partition_point(|item| item.span.start < self.lines.end);
        for item in items.get(..behind).unwrap_or(&[]).iter().rev() {
            if item.span.start < start {
                break;
            }
            if self.items.last().is_none_or(|last| last.end < item.span.end) {
                self.items.push(item.span);
            }
        }
    }
}

fn names<'t>(
    text: &'t str,
    at: usize,
    comment: Span,
    scope: Span,
    found: &mut Vec<Suppression<'t>>,
) {
    let mut start = at + WORD.len();
    if text.get(start..).is_some_and(|rest| rest.starts_with("-file")) {
        start += "-file".len();
    }
    let list = text.get(start..comment.end).unwrap_or("");
    let list = list.strip_suffix("-->").unwrap_or(list);
    let list = list.split(':').next().unwrap_or("");
    for name in list.split(',') {
        let lead = name.len() - name.trim_start().len();
        let rule = name.trim();
        let span = Span::new(start + lead, start + lead + rule.len());
        found.push(Suppression { rule, span, comment, scope });
        start += name.len() + 1;
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{Input, Options, check};
    use alloc::vec;

    fn scopes(text: &str) -> Vec<(&str, &str)> {
        let role = Role::parse(text, "roles/a.md");
        read(&role)
            .iter()
            .map(|s| (s.rule, text.get(s.scope.range()).unwrap_or("(file)").trim_end()))
            .collect()
    }

    #[test]
    fn a_comment_before_a_block_covers_the_block() {
        let text = "<!-- rolewright-ignore plain-heading: house style -->\nOne\ntwo\n\nthree\n";
        assert_eq!(scopes(text), vec![("plain-heading", "One\ntwo")]);
    }

    #[test]
    fn a_fence_with_blank_lines_is_one_block() {
        let text = "<!-- rolewright-ignore a, b -->\n\n```\nx\n\ny\n```\n\nz\n";
        assert_eq!(scopes(text), vec![("a", "```\nx\n\ny\n```"), ("b", "```\nx\n\ny\n```")]);
    }

    #[test]
    fn a_file_comment_covers_everything() {
        assert_eq!(scopes("a\n\n<!-- rolewright-ignore-file x -->\n"), vec![("x", "(file)")]);
    }

    #[test]
    fn a_comment_in_the_front_matter_covers_its_field() {
        let text = "---\nname: a\n# rolewright-ignore x\ntools: b\nmodel: c # rolewright-ignore y: why\n---\n";
        assert_eq!(
            scopes(text),
            vec![("x", "tools: b"), ("y", "model: c # rolewright-ignore y: why")]
        );
    }

    #[test]
    fn a_comment_in_a_list_covers_the_items_after_it() {
        let text = "- a <!-- rolewright-ignore x -->\n- b\n  - c <!-- rolewright-ignore y -->\n  - d\n\n    e\n\nf\n";
        assert_eq!(
            scopes(text),
            vec![("x", text[33..text.len() - 3].trim_end()), ("y", "- d\n\n    e"),]
        );
    }

    #[test]
    fn a_comment_that_never_ends_suppresses_nothing() {
        assert_eq!(scopes("<!-- rolewright-ignore x\n\n<!-- rolewright-ignore y\n"), vec![]);
        assert_eq!(scopes("a rolewright-ignore <!-- rolewright-ignore x\n"), vec![]);
    }

    #[test]
    fn twice_the_comments_find_no_more_than_twice_as_much() {
        let options = Options::default();
        for part in [
            "<!-- rolewright-ignore x -->\n",
            "- a <!-- rolewright-ignore machine-path -->\n",
            "<!-- rolewright-ignore x",
            "<b> rolewright-ignore",
            "<!-- rolewright-ignore unknown-rule, x -->\n\n",
        ] {
            let found = |count: usize| {
                let text = part.repeat(count);
                let input = Input::new(&text).at("roles/a.md");
                (read(&Role::parse(&text, "roles/a.md")).len(), check(&input, &options))
            };
            let ((few, once), (many, twice)) = (found(1_000), found(2_000));
            assert!(many <= 2 * few, "{part}: {few} and {many}");
            let (once, twice) = (once.diagnostics.len(), twice.diagnostics.len());
            assert!(twice <= 2 * once + 2, "{part}: {once} and {twice}");
        }
    }

    #[test]
    fn the_words_in_prose_or_code_suppress_nothing() {
        assert_eq!(
            scopes("Write rolewright-ignore x.\n\n`<!-- rolewright-ignore x -->`\n"),
            vec![]
        );
    }
}
