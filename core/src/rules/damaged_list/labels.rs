//! Labels that become part of the list above them because there is no blank line in between.

use super::item_text;
use crate::role::Role;
use crate::rules::Finding;
use crate::text::Span;
use alloc::string::String;
use alloc::vec::Vec;

/// Bold labels between two lists, as one finding. The label belongs to the last item of the list
/// above, and the list below it has none.
pub(super) fn check(role: &Role<'_>) -> Option<Finding> {
    let text = role.text;
    if role.outline.items.is_empty() {
        return None;
    }
    let line = |start: &usize| role.line_at(*start);
    let is_item = |line: Span| item_text(line.of(text)).is_some();
    let lines = role.lines().windows(3).zip(role.heads().iter().skip(1));
    let labels = lines.filter(|(_, head)| **head == b'*').filter_map(|(lines, _)| {
        let [above, start, below] = lines else { return None };
        let is_bold = text.get(*start..).is_some_and(|rest| rest.starts_with("**"));
        if !is_bold || *start < role.body.start {
            return None;
        }
        let label = line(start);
        let is_label = is_label(label.of(text)) && is_item(line(above)) && is_item(line(below));
        (is_label && is_inside(role, *start)).then_some(label)
    });
    let labels: Vec<Span> = labels.collect();
    let (first, more) = labels.split_first()?;
    let blank = |label: &Span| (Span::at(label.start), String::from(role.line_end()));
    let finding = Finding::new(*first, "Label becomes part of the list item above")
        .and_more(more.len())
        .labels(more.iter().copied(), "also here")
        .reason("Without a blank line before it, it does not belong to the list below it.");
    Some(finding.safe_fix("Insert a blank line", labels.iter().map(blank).collect()))
}

/// Whether a line is a label: `**Large** (3 days or more):`.
fn is_label(line: &str) -> bool {
    let line = line.trim_end();
    let rest = line.strip_prefix("**").and_then(|rest| rest.split_once("**"));
    rest.is_some_and(|(_, behind)| {
        let ends = line.ends_with(':') || line.ends_with(":**");
        ends && behind.len() < 40 && !behind.contains(". ")
    })
}

/// Whether a place is in a list item, and not in code.
fn is_inside(role: &Role<'_>, place: usize) -> bool {
    let items = &role.outline.items;
    let index = items.partition_point(|item| item.span.start < place);
    let above = index.checked_sub(1).and_then(|index| items.get(index));
    above.is_some_and(|item| item.span.end > place) && role.outline.code_at(place).is_none()
}

#[cfg(test)]
mod tests {
    use crate::rules::tests::{findings, fixed};

    #[test]
    fn a_label_between_two_lists_is_set_apart() {
        let text = "**Small** (a day):\n- A typo\n**Large** (3 days or more):\n- A module\n**Note:**\n- Ask\n";
        assert_eq!(
            findings("damaged-list", "roles/a.md", text),
            ["3:1-3:28 info Label becomes part of the list item above (2 places)"]
        );
        assert_eq!(
            fixed("roles/a.md", text),
            "**Small** (a day):\n- A typo\n\n**Large** (3 days or more):\n- A module\n\n**Note:**\n- Ask\n"
        );
        for text in [
            "- A typo\n\n**Large**:\n- A module\n",
            "- A typo\n  **Large**:\n  - A module\n",
            "- A typo\n**Large** it is\n- A module\n",
            "Sizes\n**Large**:\n- A module\n",
            "```\n- A typo\n**Large**:\n- A module\n```\n",
        ] {
            assert_eq!(findings("damaged-list", "roles/a.md", text), [""; 0], "{text}");
        }
    }
}
