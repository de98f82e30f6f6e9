//! Distinguishes a form to fill in from a role whose variables lack values.

use super::super::source::Source;
use crate::text::Span;
use alloc::vec::Vec;

/// The number of names without values from which an included file is a form, regardless of its
/// other text.
const MANY_NAMES: usize = 20;

/// The names without a value in a file.
pub(super) struct Unset<'l> {
    /// How many there are.
    pub names: usize,
    /// The starts of their lines.
    pub lines: &'l mut Vec<usize>,
}

/// Whether a range of a file is a form: at least five names without a value, whose lines make up half
/// of the range together with headings and rules, or mostly have no other content. The expanded file
/// itself needs more names, because five names in one of its sentences do not make a role a form.
pub(super) fn is_form(source: &Source<'_>, range: Span, unset: Unset<'_>, is_entry: bool) -> bool {
    let Unset { names, lines } = unset;
    lines.dedup();
    let fields = lines.iter().filter(|at| is_field(source.line(**at).of(source.text))).count();
    let only_fields = fields == lines.len();
    let mostly_fields = fields * 5 >= lines.len() * 4;
    let enough = if is_entry { names.min(lines.len()) >= 10 } else { names >= 5 };
    let (values, is_much) = (lines.len(), names >= MANY_NAMES);
    let headings = source.headings().filter(|heading| range.contains(heading.span.start));
    lines.extend(headings.map(|heading| source.line(heading.span.start).start));
    let breaks = source.outline().map_or(&[][..], |outline| &outline.breaks);
    lines.extend(breaks.iter().filter(|b| range.contains(b.start)).map(|b| b.start));
    lines.sort_unstable();
    lines.dedup();
    let text = range.of(source.text);
    let all = || text.split(['\n', '\r']).filter(|line| !line.trim().is_empty()).count();
    enough && (mostly_fields || !is_entry && is_much || lines.len() * 2 >= all())
        || values >= 3 && only_fields && lines.len() == all()
}

/// Whether a line contains only variables and their labels: "- **Date**: {{DATE}}".
fn is_field(line: &str) -> bool {
    let Some((before, mut rest)) = line.split_once("{{") else { return false };
    let marks = |c: char| c.is_whitespace() || matches!(c, '-' | '*' | '+' | '>' | '[' | ']' | '#');
    let label = before.trim_matches(marks);
    let is_label = label.is_empty() || label.ends_with(':') && label.split_whitespace().count() < 6;
    let has_words = |text: &str| {
        // Text in parentheses explains the expected content.
        let text = text.split_once('(').map_or(text, |(text, _)| text);
        text.chars().any(char::is_alphanumeric)
    };
    loop {
        let Some((_, after)) = rest.split_once("}}") else { return is_label };
        match after.split_once("{{") {
            Some((between, next)) if !has_words(between) => rest = next,
            Some(_) => return false,
            None => return is_label && !has_words(after),
        }
    }
}
