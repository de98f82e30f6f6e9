//! Links to a heading of the same file that it does not have.

use crate::role::Role;
use crate::rules::Finding;
use crate::spelling;
use crate::template::slug;
use crate::text::Span;
use alloc::format;
use alloc::string::String;
use alloc::vec::Vec;

/// The links whose anchor no heading and no tag has, as one finding.
pub(super) fn check(role: &Role<'_>) -> Option<Finding> {
    let outline = &role.outline;
    let mut links = outline
        .links
        .iter()
        .filter_map(|link| Some((link.span, link.target.strip_prefix('#')?)))
        .filter(|(span, anchor)| is_plain(anchor) && outline.code_at(span.start).is_none())
        .peekable();
    // Included text may bring the heading along.
    if role.has_directives || links.peek().is_none() {
        return None;
    }
    let slugs: Vec<String> =
        outline.headings.iter().map(|heading| slug(heading.text.of(role.text))).collect();
    // How a host forms an anchor from punctuation differs.
    let known: Vec<String> = slugs.iter().map(|slug| letters(slug)).collect();
    let exists = |anchor: &str| {
        let anchor = letters(anchor);
        let bare = anchor.trim_end_matches(|c: char| c.is_ascii_digit());
        known.iter().any(|known| *known == anchor || *known == bare)
    };
    let broken: Vec<(Span, &str)> =
        links.filter(|(_, anchor)| !exists(anchor) && !is_tagged(role, anchor)).collect();
    let ((first, anchor), more) = broken.split_first()?;
    let finding = Finding::new(*first, format!("No heading has the anchor `#{anchor}`"))
        .and_more(more.len())
        .labels(more.iter().map(|(span, _)| *span), "also missing")
        .reason(
            "The section that it points to does not exist; it may have been renamed or removed.",
        );
    Some(match spelling::nearest(anchor, slugs.iter().map(String::as_str)) {
        Some(near) => finding.help(format!("Did you mean `#{near}`?")),
        None => finding.help("Point to a heading of the file, or remove the link."),
    })
}

/// Whether an anchor is written as headings get them.
fn is_plain(anchor: &str) -> bool {
    !anchor.is_empty()
        && anchor.chars().all(|c| c.is_alphanumeric() || matches!(c, '-' | '_'))
        && anchor.chars().any(char::is_alphabetic)
}

fn letters(text: &str) -> String {
    text.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect()
}

/// Whether a tag carries the anchor: `<a id="anchor">`.
fn is_tagged(role: &Role<'_>, anchor: &str) -> bool {
    role.outline.html.iter().any(|tag| tag.of(role.text).contains(anchor))
}
