//! Determines the name of a role on another host, and the name of its file.

use super::{Loss, Source};
use crate::detect;
use crate::diagnostic::Severity;
use crate::host::{self, Effect, FieldRole, Host, Identity, Pattern};
use crate::role::{Role, Syntax};
use crate::text::{Span, folder};
use alloc::borrow::ToOwned;
use alloc::format;
use alloc::string::{String, ToString};
use alloc::vec::Vec;

/// The name of a role on `to`: its own name if the host accepts it, or else a derived name.
pub(super) fn of(source: &Source<'_>, to: &Host, losses: &mut Vec<Loss>) -> String {
    let (role, from) = (source.role, source.from);
    let key = source.laid_out.and_then(|laid_out| laid_out.key());
    let Named { own, name, span } = named(role, from, to, key);
    let field = to.field_for(FieldRole::Name);
    // The check of the file reports a name with which the host rejects it.
    if let Some(field) = field.filter(|field| field.invalid != Effect::Rejected)
        && field.reserved.contains(&&*name)
    {
        let message = match field.reserved_note {
            Some(note) => format!("The name `{name}` is reserved. {note}"),
            None => format!("{} reserves the name `{name}`.", to.product),
        };
        let path = role.path.to_owned();
        losses.push(Loss { severity: Severity::Warning, path, span, message: message.into() });
    }
    if name == own {
        return name;
    }
    let mut message =
        format!("{} does not accept the name `{own}`; it was changed to `{name}`.", to.product);
    if let Some(other) = namesake(source, to, &name) {
        message.push_str(&format!(" `{other}` gets the same name there."));
    }
    let path = role.path.to_owned();
    losses.push(Loss { severity: Severity::Warning, path, span, message: message.into() });
    name
}

/// The name of a role on its own host.
pub(super) fn own(source: &Source<'_>) -> String {
    let key = source.laid_out.and_then(|laid_out| laid_out.key());
    named(source.role, source.from, source.from, key).own
}

/// The name of a role on its own host and on another host.
struct Named {
    own: String,
    name: String,
    span: Span,
}

fn named(role: &Role<'_>, from: &Host, to: &Host, key: Option<&str>) -> Named {
    let text_of = |wanted: FieldRole| {
        let field = role.field(from.field_for(wanted)?.name)?;
        let text = field.value.as_str()?.trim();
        (!text.is_empty()).then_some((text, field.value.span))
    };
    // If the file name identifies the role, a name field is only displayed.
    let named = text_of(FieldRole::Name).filter(|_| from.identity != Identity::File);
    let shown = text_of(FieldRole::DisplayName);
    let stem = stem(role.path);
    let own = named.map(|(name, _)| name).or(key).or(Some(stem).filter(|stem| !stem.is_empty()));
    let own = own.or(shown.map(|(name, _)| name)).unwrap_or("role");
    let target = to.field_for(FieldRole::Name);
    let max = target.map_or(0, |field| usize::from(field.max_chars));
    let pattern = target.and_then(|field| field.pattern).unwrap_or(Pattern::NotBlank);
    let fits = max == 0 || own.chars().count() <= max;
    let sound = fits && pattern.matches(own) && !own.contains(['/', '\\']) && !own.starts_with('.');
    let slug = || [own, shown.map_or("", |(name, _)| name), stem].iter().find_map(|n| slug(n, max));
    let name = if sound { own.to_owned() } else { slug().unwrap_or_else(|| spelled(own, max)) };
    Named { own: own.to_owned(), name, span: named.map_or(Span::at(0), |(_, span)| span) }
}

/// Another role in the folder that gets the same name.
fn namesake(source: &Source<'_>, to: &Host, name: &str) -> Option<String> {
    let (role, files) = (source.role, source.input.files);
    if !files.is_known() || source.laid_out.is_some() {
        return None;
    }
    let place = path(to, name);
    let near = files.paths().into_iter().filter(|other| {
        **other != *role.path
            && folder(other) == folder(role.path)
            && Syntax::of_path(other) == Syntax::Markdown
    });
    let mut same = near.filter(|other| {
        let Some(text) = files.text(other) else { return false };
        let neighbor = Role::without_outline(&text, other);
        let from = detect::host_among(&neighbor, source.options.host, files).host;
        let is_role = neighbor.front_matter.is_some() && from.id == source.from.id;
        is_role && path(to, &named(&neighbor, from, to, None).name) == place
    });
    same.next().map(|path| path.to_string())
}

/// The name of a file without its extensions; for files with a fixed name, the folder's name.
fn stem(path: &str) -> &str {
    let (folder, name) = path.rsplit_once('/').unwrap_or(("", path));
    let folder = folder.rsplit('/').next().unwrap_or("");
    match name {
        "SKILL.md" | "skill.md" | "AGENTS.md" | "AGENT.md" | "CLAUDE.md" | ".cursorrules"
        | ".windsurfrules"
            if !folder.is_empty() =>
        {
            folder
        }
        _ => name.trim_start_matches('.').split('.').next().unwrap_or(""),
    }
}

/// Letters with diacritics, and the letters that replace them.
const PLAIN: [(&str, &str); 12] = [
    ("àáâãäåāăą", "a"),
    ("çćč", "c"),
    ("ďđð", "d"),
    ("èéêëēęě", "e"),
    ("ìíîïīı", "i"),
    ("ñńňł", "n"),
    ("òóôõöøōő", "o"),
    ("šśřß", "s"),
    ("ùúûüūůű", "u"),
    ("ýÿ", "y"),
    ("žźż", "z"),
    ("æœ", "ae"),
];

/// The name in lowercase letters, digits and hyphens, shortened to the limit if there is one;
/// `None` if a letter has no ASCII replacement.
fn slug(name: &str, max: usize) -> Option<String> {
    let mut slug = String::new();
    for c in name.chars().flat_map(char::to_lowercase) {
        match c {
            c if c.is_ascii_alphanumeric() => slug.push(c),
            c if c.is_alphanumeric() => {
                slug.push_str(PLAIN.iter().find(|(marked, _)| marked.contains(c))?.1);
            }
            _ if slug.is_empty() || slug.ends_with('-') => {}
            _ => slug.push('-'),
        }
    }
    if max > 0 {
        slug.truncate(max);
    }
    let slug = slug.trim_end_matches('-');
    (!slug.is_empty()).then(|| slug.to_owned())
}

/// The name with code points in place of all other characters, so that different names stay
/// different.
fn spelled(name: &str, max: usize) -> String {
    let mut out = String::new();
    for c in name.chars().filter(|c| c.is_alphanumeric()) {
        match slug(c.encode_utf8(&mut [0; 4]), 0) {
            Some(letter) => out.push_str(&letter),
            None => out.push_str(&format!("u{:x}", u32::from(c))),
        }
    }
    if max > 0 {
        out.truncate(max);
    }
    if out.is_empty() { "role".to_owned() } else { out }
}

/// The path where the host looks for a role of that name: its first location, with the most
/// specific extension.
pub(super) fn path(to: &Host, id: &str) -> String {
    let is_plain = |c: char| c.is_alphanumeric() || "-_.".contains(c);
    let id = &match id.chars().all(is_plain) {
        true => id.to_owned(),
        false => slug(id, 0).unwrap_or_else(|| spelled(id, 0)),
    };
    let Some(first) = to.locations.first() else {
        let ending = if to.syntax == host::Syntax::Json { "json" } else { "md" };
        return format!("{id}.{ending}");
    };
    if !first.contains('*') {
        let folder = to.identity == Identity::FieldAndFolder;
        return if folder { format!("{id}/{first}") } else { (*first).to_owned() };
    }
    let (folder, name) = first.rsplit_once('/').unwrap_or(("", first));
    if !name.contains('*') {
        // The folder is called as the role is.
        return format!("{}/{name}", folder.replace("**", "*").replace('*', id));
    }
    let ending = name.trim_start_matches('*');
    let longer =
        to.locations.iter().find(|place| place.starts_with("*.") && place.ends_with(ending));
    let name = longer.unwrap_or(&name).replace('*', id);
    match folder.trim_end_matches("**").trim_end_matches('/') {
        "" => name.to_string(),
        folder => format!("{}/{name}", folder.replace('*', id)),
    }
}
