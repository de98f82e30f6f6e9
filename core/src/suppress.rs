//! Comments that switch rules off for a block, a field or a file, and what becomes of them.
//!
//! `<!-- rolewright-ignore RULE: reason -->` before a block, `<!-- rolewright-ignore-file RULE -->`
//! anywhere in the body, `# rolewright-ignore RULE` in the front matter. Several names are divided by
//! commas.

use crate::diagnostic::Diagnostic;
use crate::role::Role;
use crate::text::Span;
use alloc::vec::Vec;

/// The word every such comment begins with.
const WORD: &str = "rolewright-ignore";

/// A rule switched off by a comment.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Suppression<'t> {
    /// The rule's name as written, which may be none.
    pub rule: &'t str,
    /// Place of the name.
    pub span: Span,
    /// Place of the whole comment, which never reaches a prompt.
    pub comment: Span,
    /// Where the rule is off.
    pub scope: Span,
}

/// The suppressions of a role, in order. Costs one search where there are none.
pub fn read<'t>(role: &Role<'t>) -> Vec<Suppression<'t>> {
    let mut found = Vec::new();
    // The run of lines that was looked at last: a megabyte of comments may be one.
    let mut lines = Span::default();
    for at in memchr::memmem::find_iter(role.text.as_bytes(), WORD) {
        let in_head = role.front_matter.as_ref().is_some_and(|head| head.content.contains(at));
        let comment = if in_head { head_comment(role, at) } else { body_comment(role, at) };
        let Some(comment) = comment else { continue };
        let whole_file =
            role.text.get(at + WORD.len()..).is_some_and(|rest| rest.starts_with("-file"));
        let scope = match (whole_file, in_head) {
            (true, _) => Span::new(0, role.text.len() + 1),
            (false, true) => field_scope(role, comment),
            (false, false) => block_scope(role, comment.end, &mut lines),
        };
        names(role.text, at, comment, scope, &mut found);
    }
    found
}

/// Takes out of `diagnostics` what is suppressed, and gives back the suppressions that did nothing.
pub fn apply<'s, 't>(
    suppressions: &'s [Suppression<'t>],
    path: &str,
    diagnostics: &mut Vec<Diagnostic>,
) -> Vec<&'s Suppression<'t>> {
    let mut used = alloc::vec![false; suppressions.len()];
    diagnostics.retain(|d| {
        let mut kept = true;
        for (suppression, used) in suppressions.iter().zip(&mut used) {
            let inside =
                suppression.scope.start <= d.span.start && d.span.start < suppression.scope.end;
            if d.path == path && d.rule == suppression.rule && inside {
                *used = true;
                kept = false;
            }
        }
        kept
    });
    suppressions.iter().zip(used).filter(|(_, used)| !used).map(|(s, _)| s).collect()
}

fn head_comment(role: &Role<'_>, at: usize) -> Option<Span> {
    let line = role.line_at(at);
    let hash = Span::new(line.start, at).of(role.text).rfind('#')? + line.start;
    let only_blanks = Span::new(hash + 1, at).of(role.text).trim().is_empty();
    only_blanks.then(|| Span::new(hash, line.end))
}

fn body_comment(role: &Role<'_>, at: usize) -> Option<Span> {
    let regions = &role.outline.html;
    let region = regions.get(regions.partition_point(|html| html.end <= at))?;
    if !region.contains(at) {
        return None;
    }
    let before = Span::new(region.start, at).of(role.text);
    let start = region.start + before.rfind("<!--")?;
    let end = at + role.text.get(at..region.end)?.find("-->")? + 3;
    let only_blanks = Span::new(start + 4, at).of(role.text).trim().is_empty();
    only_blanks.then(|| Span::new(start, end))
}

fn field_scope(role: &Role<'_>, comment: Span) -> Span {
    let own_line = role.line_at(comment.start).start;
    let alone = Span::new(own_line, comment.start).of(role.text).trim().is_empty();
    let field = if alone {
        role.fields().iter().find(|field| field.name_span.start >= comment.end)
    } else {
        role.fields().iter().rev().find(|field| field.name_span.start < comment.start)
    };
    field.map_or(Span::at(comment.end), |field| {
        Span::new(field.name_span.start, field.lines.end.max(field.value.span.end))
    })
}

/// The block behind the comment: to the next blank line, and to the end of a fence or list item that
/// it opens.
fn block_scope(role: &Role<'_>, end: usize, lines: &mut Span) -> Span {
    let rest = role.text.get(end..).unwrap_or("");
    let start = end + (rest.len() - rest.trim_start().len());
    if !lines.contains(start) {
        let rest = role.text.get(start..).unwrap_or("").split_inclusive('\n');
        let length: usize = rest.take_while(|line| !line.trim().is_empty()).map(str::len).sum();
        *lines = Span::new(start, start + length);
    }
    let stop = lines.end.max(start);
    let opened = |span: &Span| span.start < stop;
    let (fences, items) = (&role.outline.fences, &role.outline.items);
    let fences = fences.get(fences.partition_point(|f| f.span.start < start)..).unwrap_or(&[]);
    let items = items.get(items.partition_point(|i| i.span.start < start)..).unwrap_or(&[]);
    let fences = fences.iter().map(|fence| fence.span).take_while(opened);
    let items = items.iter().map(|item| item.span).take_while(opened);
    Span::new(start, fences.chain(items).map(|span| span.end).fold(stop, usize::max))
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
    use crate::markdown::outline;
    use alloc::vec;

    fn scopes(text: &str) -> Vec<(&str, &str)> {
        let role = Role::parse(text, "roles/a.md", outline);
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
    fn a_comment_in_the_head_covers_its_field() {
        let text = "---\nname: a\n# rolewright-ignore x\ntools: b\nmodel: c # rolewright-ignore y: why\n---\n";
        assert_eq!(
            scopes(text),
            vec![("x", "tools: b"), ("y", "model: c # rolewright-ignore y: why")]
        );
    }

    #[test]
    fn the_words_in_prose_or_code_suppress_nothing() {
        assert_eq!(
            scopes("Write rolewright-ignore x.\n\n`<!-- rolewright-ignore x -->`\n"),
            vec![]
        );
    }
}
