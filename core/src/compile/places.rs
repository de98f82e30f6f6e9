//! Places in the text of a role that mean something else on another host, or from another folder.

use super::{Loss, Source};
use crate::diagnostic::Severity;
use crate::host::{Host, Placeholder};
use crate::text::Span;
use alloc::borrow::ToOwned;
use alloc::format;
use alloc::string::String;
use alloc::vec::Vec;

/// Places that only one of the two hosts fills in.
pub(super) fn placeholders(source: &Source<'_>, to: &Host, losses: &mut Vec<Loss>) {
    let from = source.from;
    for fixed in missing(from.placeholders, to.placeholders) {
        let message =
            format!("{} does not fill in `{fixed}`; the model sees it literally.", to.product);
        found(source, fixed, Severity::Warning, message, losses);
    }
    for fixed in missing(to.placeholders, from.placeholders) {
        let message =
            format!("{} fills in `{fixed}`, which {} leaves as it is.", to.product, from.product);
        found(source, fixed, Severity::Info, message, losses);
    }
}

/// The fixed beginnings of the placeholders that the other side does not have.
fn missing<'p>(
    own: &'p [Placeholder],
    other: &'p [Placeholder],
) -> impl Iterator<Item = &'static str> + 'p {
    let new = move |one: &&Placeholder| other.iter().all(|known| known.form != one.form);
    let fixed = |one: &Placeholder| one.form.split('*').next().unwrap_or("");
    own.iter().filter(new).map(fixed).filter(|fixed| fixed.len() > 1)
}

fn found(
    source: &Source<'_>,
    fixed: &str,
    severity: Severity,
    message: String,
    losses: &mut Vec<Loss>,
) {
    let body = source.role.body;
    if let Some(at) = body.of(source.role.text).find(fixed) {
        let span = Span::new(at, at + fixed.len()).shifted(body.start);
        let path = source.role.path.to_owned();
        losses.push(Loss { severity, path, span, message: message.into() });
    }
}

/// Relative links that lead to a file from the folder of the role, and do not from that of the new file.
pub(super) fn links(source: &Source<'_>, path: &str, losses: &mut Vec<Loss>) {
    let role = source.role;
    let (before, after) = (folder(role.path), folder(path));
    if before == after || !source.input.files.is_known() {
        return;
    }
    for link in &role.outline.links {
        let target = link.target.split(['#', '?']).next().unwrap_or("");
        if target.is_empty() || target.starts_with('/') || target.contains([':', '{']) {
            continue;
        }
        let exists = |folder| join(folder, target).filter(|path| source.input.files.exists(path));
        let Some(meant) = exists(before).filter(|_| exists(after).is_none()) else { continue };
        let message = format!("`{target}` means `{meant}`, where it does not lead from `{path}`.");
        let (severity, path) = (Severity::Warning, role.path.to_owned());
        losses.push(Loss { severity, path, span: link.span, message: message.into() });
    }
}

fn folder(path: &str) -> &str {
    path.rsplit_once('/').map_or("", |(folder, _)| folder)
}

/// A path seen from a folder; `None` outside the workspace.
fn join(folder: &str, path: &str) -> Option<String> {
    let mut names: Vec<&str> = folder.split('/').filter(|name| !name.is_empty()).collect();
    for name in path.split('/') {
        match name {
            "" | "." => {}
            ".." => {
                names.pop()?;
            }
            name => names.push(name),
        }
    }
    Some(names.join("/"))
}
