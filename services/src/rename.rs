//! Renames a variable everywhere it is shared, a section with the fragments that name it, or a file
//! with the includes and links that refer to it.

use crate::complete::relative;
use crate::document::Document;
use crate::links::{included, linked};
use crate::navigate::{Scope, Target, file_places, target, texts, variable_places};
use crate::parts::Part;
use rolewright_core::template::{self, DirectiveKind, FragmentKind};
use rolewright_core::{Role, Span, resolved};
use rolewright_wire::{Edit, Rename};

/// The edits that rename the symbol at `offset` to `name`.
///
/// On a variable, `name` is the new variable; on a heading or a fragment, the new heading, id or section
/// name; on the path of an include, the new path of the file from the workspace root.
///
/// # Errors
/// Why that cannot be done, in a sentence.
pub fn rename(document: &Document<'_>, offset: u32, name: &str) -> Result<Rename, String> {
    let places = document.places();
    let at = places.byte(document.path, offset);
    let target =
        target(document, at).ok_or_else(|| String::from("Nothing here can be renamed."))?;
    match target {
        Target::Variable(old) => rename_variable(document, &old, name),
        Target::Fragment(path, fragment) => rename_fragment(document, &path, &fragment, name),
        Target::File(path) => rename_file(document, &path, name),
    }
}

fn rename_variable(document: &Document<'_>, old: &str, new: &str) -> Result<Rename, String> {
    let letters = new.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'_');
    if !letters || !new.starts_with(|c: char| c.is_ascii_alphabetic() || c == '_') {
        return Err(format!("Invalid variable name `{new}`: use only letters, digits and `_`."));
    }
    let scope = Scope::of(document);
    if new != old && !variable_places(&scope, new, document).is_empty() {
        return Err(format!("A variable `{new}` already exists."));
    }
    let found = variable_places(&scope, old, document);
    // A key in quotes keeps them.
    let edits = found.into_iter().map(|(path, span)| {
        let written = scope.texts.get(&path).map_or("", |text| span.of(text));
        let quote = usize::from(written.starts_with(['"', '\'']));
        (path, Span::new(span.start + quote, span.end - quote), new.to_string())
    });
    Ok(Rename { edits: converted(document, edits.collect()), files: Vec::new() })
}

fn rename_fragment(
    document: &Document<'_>,
    path: &str,
    fragment: &str,
    new: &str,
) -> Result<Rename, String> {
    let new = new.trim();
    if new.is_empty() || new.contains(['\n', '\r', '|', '}', '{']) {
        return Err(format!(
            "Invalid name `{new}`: must not be empty or contain a line break, `|`, `{{` or `}}`."
        ));
    }
    let all = texts(document);
    let text = all.iter().find(|(known, _)| known == path).map(|(_, text)| text.as_str());
    let text = text.ok_or_else(|| format!("File `{path}` does not exist."))?;
    let named = document.beside(path, text).with_parts(|parts| {
        let found = parts.iter().find_map(|part| renamed(part, document, fragment, new));
        found.unwrap_or_else(|| Err(format!("Fragment `#{fragment}` not found in `{path}`.")))
    });
    let (place, written, name) = named?;
    let mut edits = vec![(path.to_string(), place, written)];
    let target = Target::Fragment(path.to_string(), fragment.to_string());
    for (path, span) in file_places(document, &target) {
        let own = all.iter().find(|(known, _)| *known == path).map_or("", |(_, text)| text);
        // A link is found as a whole, so its fragment is the text after the last `#`.
        let inner = span.of(own);
        let span = match inner.rfind(&format!("#{fragment}")) {
            Some(at) if inner != fragment => {
                Span::new(span.start + at + 1, span.start + at + 1 + fragment.len())
            }
            _ => span,
        };
        edits.push((path, span, name.clone()));
    }
    Ok(Rename { edits: converted(document, edits), files: Vec::new() })
}

/// The edit that renames a part of a role, and the new fragment of that part. `None` if the role
/// has no such part.
fn renamed(
    part: &Part<'_>,
    document: &Document<'_>,
    fragment: &str,
    new: &str,
) -> Option<Result<(Span, String, String), String>> {
    let role = &part.role;
    let parts = template::fragments(role, document.options);
    let found = parts.iter().find(|part| part.name == fragment)?;
    let within = |start: usize, length: usize| Span::new(start, start + length);
    let (place, written, name) = match found.kind {
        FragmentKind::Heading => {
            let heading = role.outline.headings.iter().find(|h| h.span.start == found.span.start);
            (heading?.text, new, template::slug(new))
        }
        FragmentKind::Block => {
            let id = new.trim_start_matches('^');
            let mark = role.text.get(found.span.end..)?.find(fragment)?;
            let place = within(found.span.end + mark + 1, fragment.len() - 1);
            (place, id, format!("^{id}"))
        }
        FragmentKind::Marked => {
            let start = role.text.get(..found.span.start)?.rfind(fragment)?;
            (within(start, fragment.len()), new, new.to_string())
        }
    };
    if name != fragment && parts.iter().any(|part| part.name == name) {
        return Some(Err(format!("`{}` already has a fragment `#{name}`.", role.path)));
    }
    let edit = part.edit(place, written);
    Some(match edit {
        Some((place, written)) => Ok((place, written, name)),
        None => Err(format!("`{new}` cannot be written here in `{}`.", role.path)),
    })
}

/// The edits that are required to move the file at `from` to `to`: includes and links that refer to
/// it, and its own relative paths. The edits apply to the texts before the move.
///
/// # Errors
/// Why that cannot be done, in a sentence.
pub fn rename_file(document: &Document<'_>, from: &str, to: &str) -> Result<Rename, String> {
    let to = resolved("", to.trim())
        .filter(|path| !path.is_empty() && !to.contains(['\\', '{', '}', '|', '#', '\n']))
        .ok_or_else(|| format!("`{to}` is not a path inside the workspace."))?;
    let all = texts(document);
    let exists = document.files.exists(&to) || document.path == to;
    if exists && to != from {
        return Err(format!("`{to}` already exists."));
    }
    let mut edits = Vec::new();
    for (path, text) in &all {
        let beside = document.beside(path, text);
        let after = if path == from { to.as_str() } else { path.as_str() };
        beside.with_parts(|parts| {
            for part in parts {
                for (place, written, target) in paths_of(&beside, &part.role) {
                    let moved = if target == from { to.as_str() } else { target.as_str() };
                    // A path that still refers to the same file stays as written.
                    let moves = target == from || path == from && depends_on_folder(&written);
                    if !moves {
                        continue;
                    }
                    let new = rewritten(&written, after, moved, place.include, &beside, &part.role);
                    if new != written {
                        let edit = part.edit(place.span, &new);
                        edits.extend(edit.map(|(span, text)| (path.clone(), span, text)));
                    }
                }
            }
        });
    }
    Ok(Rename { edits: converted(document, edits), files: vec![(from.to_string(), to)] })
}

/// A path, and its place in the text.
struct WrittenPath {
    span: Span,
    /// Whether it belongs to an include rather than a link.
    include: bool,
}

/// The paths in a file: their places, their written form, and their targets.
fn paths_of(document: &Document<'_>, role: &Role<'_>) -> Vec<(WrittenPath, String, String)> {
    let mut found = Vec::new();
    for directive in template::directives(role, document.options) {
        if let DirectiveKind::Include { path, path_span, .. } = directive.kind
            && let Some(target) = included(document, role, path)
        {
            found.push((WrittenPath { span: path_span, include: true }, path.to_string(), target));
        }
    }
    for link in &role.outline.links {
        let Some((target, _)) = linked(document, &link.target) else { continue };
        let path = link.target.split(['#', '?']).next().unwrap_or("");
        let whole = link.span.of(role.text);
        if let Some(at) = whole.rfind(path) {
            let start = link.span.start + at;
            let span = Span::new(start, start + path.len());
            found.push((WrittenPath { span, include: false }, path.to_string(), target));
        }
    }
    found
}

fn depends_on_folder(written: &str) -> bool {
    !written.starts_with('/')
}

/// A path to `target` in the style of `written`, from a file at `from`.
fn rewritten(
    written: &str,
    from: &str,
    target: &str,
    include: bool,
    document: &Document<'_>,
    role: &Role<'_>,
) -> String {
    let folder = from.rsplit_once('/').map_or("", |(folder, _)| folder);
    let style = template::paths(role, document.options);
    let below = |folder: &str| match folder {
        "" | "." => Some(target.to_string()),
        folder => Some(target.strip_prefix(folder)?.strip_prefix('/')?.to_string()),
    };
    let rooted = if include { below(&style.root) } else { Some(target.to_string()) };
    if written.starts_with("./") || written.starts_with("../") {
        return relative(folder, target);
    }
    if written.starts_with('/') {
        let mount = style.mounts.iter().find_map(|(at, to)| Some(format!("/{at}/{}", below(to)?)));
        let mount = mount.filter(|_| include);
        return mount
            .or_else(|| rooted.map(|path| format!("/{path}")))
            .unwrap_or_else(|| relative(folder, target));
    }
    if !include {
        return below(folder).unwrap_or_else(|| relative(folder, target));
    }
    // A bare path is looked for in the root first.
    let bare = rooted.filter(|_| style.from_root);
    bare.or_else(|| below(folder).filter(|_| style.from_file))
        .unwrap_or_else(|| relative(folder, target))
}

/// Edits in the caller's encoding, ordered by file and place, without duplicates.
fn converted(document: &Document<'_>, mut edits: Vec<(String, Span, String)>) -> Vec<Edit> {
    edits.sort_unstable();
    edits.dedup();
    let places = document.places();
    edits
        .into_iter()
        .map(|(path, span, text)| Edit { range: places.range(&path, span), path, text })
        .collect()
}
