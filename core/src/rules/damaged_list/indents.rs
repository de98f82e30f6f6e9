//! Items that lost a space of their indentation, and with it their list.

use crate::markdown::Item;
use crate::role::Role;
use crate::rules::Finding;
use crate::text::Span;
use alloc::vec::Vec;

/// Items indented by one space less than the items right above, so that they belong to the outer
/// list, whose other items are indented less.
pub(super) fn check(role: &Role<'_>) -> Option<Finding> {
    let items = &role.outline.items;
    let slips = items.windows(2).enumerate().filter_map(|(at, pair)| {
        let [above, item] = pair else { return None };
        if above.depth != item.depth + 1 {
            return None;
        }
        let (before, own) = (indentation(role, above)?, indentation(role, item)?);
        let is_slip = !own.is_empty() && own.len() + 1 == before.len();
        let between = role.text.get(above.span.end..own.start)?;
        let is_next = between.trim().is_empty() && between.matches('\n').count() < 2;
        let outer = items.get(..at)?.iter().rev().find(|outer| outer.depth == item.depth)?;
        let is_outer = indentation(role, outer)?.len() < own.len();
        (is_slip && is_next && is_outer).then_some((own, *item, before.of(role.text)))
    });
    let slips: Vec<(Span, Item, &str)> = slips.collect();
    let (first, more) = slips.split_first()?;
    let line = |(own, ..): &(Span, Item, &str)| role.line_at(own.start);
    let finding = Finding::new(line(first), "List item indented by one space too few")
        .and_more(more.len())
        .labels(more.iter().map(line), "also here")
        .reason("Markdown takes it for an item of the outer list.");
    let edits = slips.iter().map(|(own, _, wanted)| (*own, (*wanted).into())).collect();
    Some(finding.unsafe_fix("Indent it like the items above", edits))
}

/// The spaces before an item that begins its line.
fn indentation(role: &Role<'_>, item: &Item) -> Option<Span> {
    let line = role.line_at(item.span.start);
    let text = line.of(role.text);
    let spaces =
        Span::new(line.start, line.start + text.len() - text.trim_start_matches(' ').len());
    (item.span.start <= spaces.end).then_some(spaces)
}

#[cfg(test)]
mod tests {
    use crate::rules::tests::{findings, fixed_unsafely};

    #[test]
    fn an_item_with_one_space_too_few_leaves_its_list() {
        let text = "- Header:\n  - Author\n  - Date\n - Version\n\n- Footer\n";
        assert_eq!(
            findings("damaged-list", "roles/a.md", text),
            ["4:1-4:11 info List item indented by one space too few"]
        );
        assert_eq!(
            fixed_unsafely("roles/a.md", text),
            "- Header:\n  - Author\n  - Date\n  - Version\n\n- Footer\n"
        );
        for text in [
            "- Header:\n  - Author\n- Version\n",
            " - Header:\n   - Author\n - Version\n",
            "- Header:\n  - Author\n  - Version\n",
        ] {
            assert_eq!(findings("damaged-list", "roles/a.md", text), [""; 0], "{text}");
        }
    }
}
