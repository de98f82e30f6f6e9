//! Templates whose code block ended before its last section.

use crate::role::Role;
use crate::rules::Finding;
use crate::rules::wording::line_number;
use crate::text::Span;
use alloc::format;
use alloc::string::String;

/// A template that seems to reach to a later fence.
pub(super) struct Template {
    /// Its opening line.
    opener: Span,
    /// The number of that line, where the file has it.
    line: Option<usize>,
}

impl Template {
    /// Adds the place of the template, and both things that may be done.
    pub(super) fn help(&self, finding: Finding, other: &str) -> Finding {
        let which = match self.line {
            Some(line) => format!("the template that opens on line {line}"),
            None => String::from("the template before it"),
        };
        finding.label(self.opener, "template opens here").help(format!(
            "{other}, or, if {which} is meant to end here, use a longer fence at both places."
        ))
    }
}

/// The last template before the fence at `at`, if it has headings, and other headings follow its end
/// and precede that fence.
pub(super) fn ends_early(role: &Role<'_>, at: usize) -> Option<Template> {
    let before = role.outline.fences.iter().rev().filter(|fence| fence.span.end <= at);
    let is_template = |info: &str| matches!(info, "md" | "markdown");
    let fence = before.take(8).find(|fence| is_template(fence.info.of(role.text)))?;
    let between = Span::new(fence.span.end, at).of(role.text);
    let has_heading =
        |text: &str| text.starts_with("## ") || text.contains("\n## ") || text.contains("\n### ");
    (fence.closed && has_heading(fence.content.of(role.text)) && has_heading(between)).then(|| {
        let opener = Span::new(fence.span.start, role.line_at(fence.span.start).end);
        Template { opener, line: line_number(role, fence.span.start) }
    })
}
