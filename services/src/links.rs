//! Finds the paths of includes, links and images in a text, and their targets.

use crate::document::Document;
use rolewright_core::template::{self, DirectiveKind};
use rolewright_core::{Role, Span, resolved};
use rolewright_wire::Link;

/// The links of a text, in order. Skips paths that do not lead to a file of the workspace.
pub fn links(document: &Document<'_>) -> Vec<Link> {
    let places = document.places();
    let range = |span: Span| places.range(document.path, span);
    let mut found: Vec<(Span, Option<String>, Option<String>)> = Vec::new();
    document.with_parts(|parts| {
        for part in parts {
            found.extend(
                of_part(document, &part.role)
                    .into_iter()
                    .map(|(span, path, url)| (part.place(span), path, url)),
            );
        }
    });
    found.sort_by_cached_key(|(span, ..)| *span);
    found.into_iter().map(|(span, path, url)| Link { range: range(span), path, url }).collect()
}

/// The position of each link of a role, and its file or address.
fn of_part(
    document: &Document<'_>,
    role: &Role<'_>,
) -> Vec<(Span, Option<String>, Option<String>)> {
    let mut found = Vec::new();
    for directive in template::directives(role, document.options) {
        if let DirectiveKind::Include { path, path_span, .. } = directive.kind
            && let Some(target) = included(document, role, path)
        {
            found.push((path_span, Some(target), None));
        }
    }
    for link in &role.outline.links {
        if link.target.starts_with("https://") || link.target.starts_with("http://") {
            found.push((link.span, None, Some(link.target.clone())));
        } else if let Some((target, _)) = linked(document, &link.target) {
            found.push((link.span, Some(target), None));
        }
    }
    found
}

/// The target of an include of `role`.
pub(crate) fn included(document: &Document<'_>, role: &Role<'_>, path: &str) -> Option<String> {
    template::resolve(role, path, document.files, document.options).ok().flatten()
}

/// The target of a relative link in the workspace, and its fragment. `None` for URLs, anchors in
/// the same file, and missing files.
pub(crate) fn linked<'l>(
    document: &Document<'_>,
    target: &'l str,
) -> Option<(String, Option<&'l str>)> {
    let (path, fragment) = match target.split_once('#') {
        Some((path, fragment)) => (path, Some(fragment)),
        None => (target, None),
    };
    let path = path.split('?').next().unwrap_or(path);
    if path.is_empty() || path.contains(':') || path.starts_with("//") {
        return None;
    }
    let folder = document.path.rsplit_once('/').map_or("", |(folder, _)| folder);
    let path = match path.strip_prefix('/') {
        Some(rooted) => resolved("", rooted)?,
        None => resolved(folder, path)?,
    };
    document.files.exists(&path).then_some((path, fragment))
}
