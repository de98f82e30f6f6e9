//! Reports links to a heading that does not exist, in the same file or another file of the
//! workspace.

use super::{MAX_LINKS, resolved};
use crate::role::Role;
use crate::rules::{Context, Finding};
use crate::spelling;
use crate::template::slug;
use crate::text::{Span, folder, letters};
use alloc::collections::BTreeMap;
use alloc::format;
use alloc::string::String;
use alloc::vec::Vec;

/// The most files that are read for their headings.
const MAX_FILES: usize = 20;

/// A link to a heading: its place, and the anchor.
type Anchored<'l> = (Span, &'l str);

/// The links whose anchor no heading and no tag has: one finding for each file.
pub(super) fn check(cx: &Context<'_>) -> Vec<Finding> {
    let role = cx.role;
    let mut by_path: BTreeMap<&str, Vec<Anchored<'_>>> = BTreeMap::new();
    for link in role.outline.links.iter().take(MAX_LINKS) {
        let Some((path, anchor)) = link.target.split_once('#') else { continue };
        if is_plain(anchor) && role.outline.code_at(link.span.start).is_none() {
            by_path.entry(path).or_default().push((link.span, anchor));
        }
    }
    let own = by_path.remove("").and_then(|links| broken(role, &links, None));
    let others = by_path.into_iter().filter(|(path, _)| path.ends_with(".md")).take(MAX_FILES);
    let others = others.filter_map(|(path, links)| {
        let places = [resolved(folder(role.path), path), resolved("", path)];
        let place = places.into_iter().flatten().find(|place| cx.files.exists(place))?;
        let text = cx.files.text(&place)?;
        let target = Role::parse_with(&text, &place, cx.options.markdown);
        broken(&target, &links, Some(&place))
    });
    own.into_iter().chain(others).collect()
}

/// The finding about broken links into a file. If it is another file, `path` is its path.
fn broken(target: &Role<'_>, links: &[Anchored<'_>], path: Option<&str>) -> Option<Finding> {
    // Included text may bring the heading along.
    if target.has_directives {
        return None;
    }
    let slugs: Vec<String> =
        target.outline.headings.iter().map(|heading| slug(heading.text.of(target.text))).collect();
    // Hosts form anchors from punctuation in different ways.
    let known: Vec<String> = slugs.iter().map(|slug| letters(slug)).collect();
    let exists = |anchor: &str| {
        let anchor = letters(anchor);
        let bare = anchor.trim_end_matches(|c: char| c.is_ascii_digit());
        known.iter().any(|known| *known == anchor || *known == bare)
    };
    let lost = |(_, anchor): &&Anchored<'_>| !exists(anchor) && !is_tagged(target, anchor);
    let lost: Vec<&Anchored<'_>> = links.iter().filter(lost).collect();
    let ((first, anchor), more) = lost.split_first()?;
    let message = match path {
        None => format!("No heading has the anchor `#{anchor}`"),
        Some(path) => format!("No heading in `{path}` has the anchor `#{anchor}`"),
    };
    let finding = Finding::new(*first, message)
        .and_more(more.len())
        .labels(more.iter().map(|(span, _)| *span), "also missing")
        .reason(
            "The section that it points to does not exist; it may have been renamed or removed.",
        );
    Some(match spelling::nearest(anchor, slugs.iter().map(String::as_str)) {
        Some(near) => finding.help(format!("Did you mean `#{near}`?")),
        None => finding.help("Point to an existing heading, or remove the link."),
    })
}

/// Whether an anchor has the format of heading anchors.
fn is_plain(anchor: &str) -> bool {
    !anchor.is_empty()
        && anchor.chars().all(|c| c.is_alphanumeric() || matches!(c, '-' | '_'))
        && anchor.chars().any(char::is_alphabetic)
}

/// Whether a tag carries the anchor: `<a id="anchor">`.
fn is_tagged(role: &Role<'_>, anchor: &str) -> bool {
    role.outline.html.iter().any(|tag| tag.of(role.text).contains(anchor))
}
