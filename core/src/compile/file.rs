//! Writes the file that a host reads: its path, front matter and prompt.

use super::convert::{Convert, is_always_read};
use super::value::{self, Item};
use super::{Loss, own_head};
use crate::diagnostic::Severity;
use crate::host::{FieldRole, Host, Identity, Pattern, Presence, Syntax, Yaml};
use crate::role::Role;
use crate::text::Span;
use alloc::borrow::ToOwned;
use alloc::format;
use alloc::string::{String, ToString};
use alloc::vec;
use alloc::vec::Vec;

/// What a host reads from disk.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct HostFile {
    /// Where it belongs, relative to the workspace root.
    pub path: String,
    /// Its text.
    pub text: String,
}

/// Writes the file of a role for its own host: its own front matter and the prompt.
pub(super) fn own(role: &Role<'_>, prompt: &str, losses: &mut Vec<Loss>) -> HostFile {
    let mut text = own_head::write(role, losses);
    text.push_str(prompt);
    HostFile { path: role.path.to_owned(), text }
}

/// Writes the file of a role for another host.
pub(super) fn other(
    role: &Role<'_>,
    (from, to): (&'static Host, &'static Host),
    prompt: &str,
    allow_widening: bool,
    losses: &mut Vec<Loss>,
) -> HostFile {
    placeholders(role, from, to, losses);
    let id = id(role, from, to, losses);
    let fields = Convert::new(role, from, to, allow_widening, losses).fields(&id);
    let text = match to.syntax {
        Syntax::Markdown => format!("{}{}", routing(role, from, to), markdown(to, &fields, prompt)),
        Syntax::Toml => value::toml(&with_prompt(to, fields, prompt)),
        Syntax::Yaml => modes(&with_prompt(to, fields, prompt)),
        Syntax::Json => messages(prompt),
    };
    HostFile { path: path(to, &id), text }
}

/// When the role applies, for a host that reads the file in any case.
fn routing(role: &Role<'_>, from: &Host, to: &Host) -> String {
    let field = from.field_for(FieldRole::Description).and_then(|field| role.field(field.name));
    let text = field.and_then(|field| field.value.as_str()).unwrap_or("").trim();
    match is_always_read(to) && !text.is_empty() {
        true => format!("When this applies: {text}\n\n"),
        false => String::new(),
    }
}

fn markdown(to: &Host, fields: &[(String, Item)], prompt: &str) -> String {
    let head = to.head.presence != Presence::None;
    if !head || fields.is_empty() && to.head.presence == Presence::Optional {
        return prompt.to_owned();
    }
    let fields = match to.head.yaml {
        Yaml::Lines => value::lines(fields),
        _ => value::yaml(fields, 0),
    };
    format!("---\n{fields}---\n\n{prompt}")
}

fn with_prompt(to: &Host, mut fields: Vec<(String, Item)>, prompt: &str) -> Vec<(String, Item)> {
    if let Some(field) = to.field_for(FieldRole::Prompt) {
        fields.push((field.name.to_string(), Item::Text(prompt.to_owned())));
    }
    fields
}

/// A file that contains a list of roles, with this one in it.
fn modes(fields: &[(String, Item)]) -> String {
    let inner = value::yaml(fields, 2);
    let inner = inner.strip_prefix("    ").unwrap_or(&inner);
    format!("customModes:\n  - {inner}")
}

/// A conversation that begins with the prompt.
fn messages(prompt: &str) -> String {
    let text = |text: &str| Item::Text(text.to_owned());
    let message = vec![("role".to_string(), text("system")), ("content".to_string(), text(prompt))];
    let all = vec![("messages".to_string(), Item::List(vec![Item::Map(message)]))];
    format!("{}\n", value::json(&Item::Map(all)))
}

/// What the role is called there.
fn id(role: &Role<'_>, from: &Host, to: &Host, losses: &mut Vec<Loss>) -> String {
    let named = from.field_for(FieldRole::Name).or_else(|| from.field_for(FieldRole::DisplayName));
    let field = named.and_then(|field| role.field(field.name));
    let name =
        field.and_then(|field| field.value.as_str()).map(str::trim).filter(|n| !n.is_empty());
    let stem = role.path.rsplit('/').next().unwrap_or("").split('.').next().unwrap_or("");
    let name = name.unwrap_or(if stem.is_empty() { "role" } else { stem });
    let target = to.field_for(FieldRole::Name);
    let max = target.map_or(0, |field| usize::from(field.max_chars));
    let pattern = target.and_then(|field| field.pattern).unwrap_or(Pattern::NotBlank);
    let fits = max == 0 || name.chars().count() <= max;
    if fits && pattern.matches(name) && !name.contains(['/', '\\']) {
        return name.to_owned();
    }
    let slug = slug(name, max);
    let message =
        format!("{} does not accept the name `{name}`; it was changed to `{slug}`.", to.product);
    let span = field.map_or(Span::at(0), |field| field.value.span);
    let path = role.path.to_owned();
    losses.push(Loss { severity: Severity::Warning, path, span, message: message.into() });
    slug
}

/// The name in lowercase letters, digits and hyphens, cut to the limit if there is one.
fn slug(name: &str, max: usize) -> String {
    let mut slug = String::new();
    for c in name.chars() {
        match c {
            c if c.is_ascii_alphanumeric() => slug.push(c.to_ascii_lowercase()),
            _ if slug.is_empty() || slug.ends_with('-') => {}
            _ => slug.push('-'),
        }
    }
    if max > 0 {
        slug.truncate(max);
    }
    let slug = slug.trim_end_matches('-');
    if slug.is_empty() { "role".to_owned() } else { slug.to_owned() }
}

/// Where the host looks for such a file: in its first place, with the ending that says most.
fn path(to: &Host, id: &str) -> String {
    let Some(first) = to.locations.first() else {
        let ending = if to.syntax == Syntax::Json { "json" } else { "md" };
        return format!("{id}.{ending}");
    };
    if !first.contains('*') {
        let folder = to.identity == Identity::FieldAndFolder;
        return if folder { format!("{id}/{first}") } else { (*first).to_owned() };
    }
    let (folder, name) = first.rsplit_once('/').unwrap_or(("", first));
    let ending = name.trim_start_matches('*');
    let longer =
        to.locations.iter().find(|place| place.starts_with("*.") && place.ends_with(ending));
    let name = longer.unwrap_or(&name).replace('*', id);
    match folder.trim_end_matches("**").trim_end_matches('/') {
        "" => name,
        folder => format!("{}/{name}", folder.replace('*', id)),
    }
}

/// Places in the text that only the own host fills in.
fn placeholders(role: &Role<'_>, from: &Host, to: &Host, losses: &mut Vec<Loss>) {
    for placeholder in from.placeholders {
        let fixed = placeholder.form.split('*').next().unwrap_or("");
        let known = to.placeholders.iter().any(|other| other.form == placeholder.form);
        let body = role.body.of(role.text);
        let found = body.find(fixed);
        if let Some(at) = found.filter(|_| !known && fixed.len() > 1) {
            let span = Span::new(at, at + fixed.len()).shifted(role.body.start);
            let message =
                format!("{} does not fill in `{fixed}`; the model sees it literally.", to.product);
            let path = role.path.to_owned();
            losses.push(Loss { severity: Severity::Warning, path, span, message: message.into() });
        }
    }
}
