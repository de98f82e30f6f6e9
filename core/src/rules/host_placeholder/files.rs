//! Files in braces, which the host does not insert.

use super::{Context, Finding, one_of};
use crate::text::Span;
use alloc::format;
use alloc::vec::Vec;

/// Lines that consist of the path of a file in braces, such as `{{docs/style.md}}`, for a host
/// without such placeholders.
pub(super) fn finding(cx: &Context<'_>) -> Option<Finding> {
    let (role, host) = (cx.role, cx.host);
    let fills_in = host.placeholders.iter().any(|known| known.form.starts_with("{{"));
    if !role.has_directives || fills_in || cx.place() != Some(host) {
        return None;
    }
    let places =
        memchr::memmem::find_iter(role.body.of(role.text).as_bytes(), "{{").filter_map(|at| {
            let start = role.body.start + at;
            let line = role.line_at(start).of(role.text).trim();
            let path = line.strip_prefix("{{")?.strip_suffix("}}")?;
            let is_text = role.outline.code_at(start).is_none() && !role.outline.is_html(start);
            let is_first = role.text.get(start..)?.starts_with(line);
            (is_text && is_first && is_path(path)).then(|| Span::new(start, start + line.len()))
        });
    let places: Vec<Span> = places.collect();
    let path = places.first()?.of(role.text).trim_matches(['{', '}']);
    let help = format!("Tell the agent to read it, for example \"Read `{path}` first.\"");
    let finding = one_of(role, &places, "is not filled in by", cx.reader())?;
    Some(finding.reason("The model sees the name of the file, not its text.").help(help))
}

/// Whether a text is the path of a file: `docs/style.md`.
fn is_path(text: &str) -> bool {
    let is_part = |byte: u8| byte.is_ascii_alphanumeric() || b"._-/".contains(&byte);
    let extension = text.rsplit_once('.').map_or("", |(_, extension)| extension);
    text.contains('/')
        && text.bytes().all(is_part)
        && (2..=4).contains(&extension.len())
        && extension.bytes().all(|byte| byte.is_ascii_lowercase())
}
