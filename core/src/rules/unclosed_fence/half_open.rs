//! Long fences that open a code block where they were meant to close one.

use super::{heading, is_introduced, opens_empty};
use crate::markdown::Fence;
use crate::role::Role;
use crate::rules::Finding;
use crate::text::Span;
use alloc::vec::Vec;

/// Long fences around a three-backtick code block that never closes: the long fence was meant as
/// its end, or opens a block by mistake.
pub(super) fn find(role: &Role<'_>) -> Vec<Finding> {
    let is_long = |fence: &&Fence| fence.mark == b'`' && fence.length >= 4 && fence.closed;
    let mut long = role.outline.fences.iter().filter(is_long).peekable();
    if long.peek().is_none() || !role.fence_faults().is_empty() {
        return Vec::new();
    }
    long.filter_map(|fence| of_fence(role, fence)).collect()
}

fn of_fence(role: &Role<'_>, fence: &Fence) -> Option<Finding> {
    let by_mistake = |swallowed, reason: &'static str| {
        let opener = Span::new(fence.span.start, fence.span.start + fence.length);
        Finding::new(opener, "This fence opens a code block instead of closing one")
            .label(swallowed, "read as code")
            .reason(reason)
            .help("Delete the fence, and end the code block after it with three backticks.")
    };
    let including = "The text after it is read as code, including its headings.";
    let Some(inner) = open_inside(role.text, fence) else {
        return swallowed(role, fence).map(|(line, is_heading)| {
            let reason = if is_heading { including } else { "The text after it is read as code." };
            by_mistake(line, reason)
        });
    };
    let lead = Span::new(fence.content.start, inner.start).of(role.text);
    let titles = heading(role.text, fence).filter(|title| title.start < inner.start);
    let may_be = fence.info.is_empty() && lead.contains("\n## ");
    Some(match titles.filter(|_| may_be) {
        Some(title) => by_mistake(title, including),
        None => match swallowed(role, fence) {
            Some((line, _)) => by_mistake(line, "The text after it is read as code."),
            None => Finding::new(inner, "Inner code block is never closed")
                .label(fence.closing_marks(role.text), "the outer code block ends here")
                .reason("It is unclear where the inner code ends, and the model copies the form.")
                .help("Add a closing fence where the inner code ends."),
        },
    })
}

/// The first heading or bold line between a bare fence that an empty line follows and the first
/// of the code blocks after it, none of which is closed with three backticks; and whether it is a
/// heading.
fn swallowed(role: &Role<'_>, fence: &Fence) -> Option<(Span, bool)> {
    if !fence.info.is_empty() || !opens_empty(role.text, fence) || is_introduced(role, fence) {
        return None;
    }
    let (mut found, mut start, mut opened) = (None, fence.content.start, false);
    for line in fence.content.of(role.text).split_inclusive('\n') {
        let shown = line.trim();
        let span = Span::new(start, start + line.trim_end().len());
        start += line.len();
        if let Some(info) = shown.strip_prefix("```") {
            opened = true;
            if info.is_empty() {
                return None;
            }
        }
        let is_heading = line.starts_with("## ") || line.starts_with("### ");
        if !opened && found.is_none() && (is_heading || line.starts_with("**")) {
            found = Some((span, is_heading));
        }
    }
    found.filter(|_| opened)
}

/// The unclosed three-backtick fence with a language inside a longer fence.
fn open_inside(text: &str, fence: &Fence) -> Option<Span> {
    let mut open = None;
    let mut start = fence.content.start;
    for line in fence.content.of(text).split_inclusive('\n') {
        let marks = line.trim();
        let at = start + line.len() - line.trim_start().len();
        start += line.len();
        let Some(info) = marks.strip_prefix("```").filter(|info| !info.contains('`')) else {
            continue;
        };
        match (open, info.is_empty()) {
            (None, false) => open = Some(Some(Span::new(at, at + marks.len()))),
            (None, true) => open = Some(None),
            (Some(_), true) => open = None,
            // Of two consecutive opening fences, the first may be text.
            (Some(_), false) => return None,
        }
    }
    open.flatten()
}
