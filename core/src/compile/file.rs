//! Writes the file that a host reads: its path, front matter and prompt.

use super::convert::{Convert, is_always_read};
use super::value::{self, Blocks, Item};
use super::{Loss, Source, identity, merge, own_front_matter, places};
use crate::diagnostic::Severity;
use crate::host::{FieldRole, Host, Presence, Syntax, Yaml};
use crate::markdown::Heading;
use crate::permissions::Outcome;
use crate::role::{self, Role};
use crate::syntax;
use crate::text::{Span, folder, resolved};
use alloc::borrow::ToOwned;
use alloc::format;
use alloc::string::{String, ToString};
use alloc::vec;
use alloc::vec::Vec;

/// The file that a host reads.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct HostFile {
    /// The path where it belongs, relative to the workspace root.
    pub path: String,
    /// Its text.
    pub text: String,
}

/// Writes the file of a role for its own host: its own front matter and the prompt.
pub(super) fn own(role: &Role<'_>, from: &Host, prompt: &str, losses: &mut Vec<Loss>) -> HostFile {
    let mut text = own_front_matter::write(role, losses);
    if text.is_empty() && from.front_matter.presence != Presence::None {
        text.push_str(empty_front_matter(prompt));
    }
    text.push_str(prompt);
    // A file that needs no change is kept byte for byte.
    if own_front_matter::is_untouched(role) && is_same(role.body.of(role.text), prompt) {
        role.text.clone_into(&mut text);
    }
    HostFile { path: role.path.to_owned(), text }
}

/// Whether two texts differ only in their line endings and the blank lines around them.
fn is_same(body: &str, prompt: &str) -> bool {
    fn letters(text: &str) -> impl Iterator<Item = char> + '_ {
        text.trim_matches(['\r', '\n']).chars().filter(|c| *c != '\r')
    }
    letters(body).eq(letters(prompt))
}

/// Content written for another host.
pub(super) struct Written {
    pub file: HostFile,
    pub permissions: Outcome,
    /// The name of the role.
    pub name: String,
    /// The name and the fields of a role in a file that may contain other roles.
    entry: (String, Vec<(String, Item)>),
}

/// Writes the file of a role for another host.
pub(super) fn other(
    source: &Source<'_>,
    to: &'static Host,
    prompt: &str,
    allow_widening: bool,
    losses: &mut Vec<Loss>,
) -> Written {
    let (role, from) = (source.role, source.from);
    let widens = places::placeholders(source, to, allow_widening, losses);
    let id = identity::of(source, to, losses);
    let path = identity::path(to, &id);
    places::links(source, &path, losses);
    let (fields, permissions) = Convert::new(role, from, to, allow_widening, losses).fields(&id);
    let permissions = if widens { Outcome::Widened } else { permissions };
    let mut entry = (key(&id), Vec::new());
    let text = match to.syntax {
        Syntax::Markdown => format!("{}{}", routing(role, from, to), markdown(to, &fields, prompt)),
        Syntax::Toml => {
            let fields = match prompt_elsewhere(source, to, &id, losses) {
                Some(named) => fields.into_iter().chain([named]).collect(),
                None => with_prompt(to, fields, prompt),
            };
            value::toml(&fields)
        }
        Syntax::Yaml => {
            entry.1 = in_parts(source, to, fields, prompt, &id, losses);
            in_list(to, &entry)
        }
        Syntax::Json if to.field_for(FieldRole::Prompt).is_none() => messages(prompt),
        Syntax::Json => {
            let address = address(role, from, to, &path);
            json(to, &id, with_prompt(to, fields, address.as_deref().unwrap_or(prompt)))
        }
    };
    for loss in losses {
        loss.span = source.place(loss.span);
    }
    Written { file: HostFile { path, text }, permissions, name: id, entry }
}

impl Written {
    /// The file with the role added to the roles that it already contains.
    pub(super) fn merged(
        self,
        source: &Source<'_>,
        to: &'static Host,
        losses: &mut Vec<Loss>,
    ) -> Option<HostFile> {
        let Self { file, entry, .. } = self;
        let old = Some(source.input.files).filter(|_| !entry.1.is_empty());
        let Some(old) = old.and_then(|files| files.text(&file.path)) else { return Some(file) };
        if syntax::roles(&old, role::Syntax::Yaml, &to.layout).is_empty() {
            return Some(file);
        }
        if let Some(text) = merge::into(&old, to, &entry) {
            return Some(HostFile { text, ..file });
        }
        let message =
            format!("The role cannot be added to `{}`; the roles in it would be lost.", file.path);
        let path = source.input.path.to_owned();
        let span = source.place(Span::at(source.role.body.start));
        losses.push(Loss { severity: Severity::Error, path, span, message: message.into() });
        None
    }
}

/// The circumstances in which the role applies, for a host that always reads the file.
fn routing(role: &Role<'_>, from: &Host, to: &Host) -> String {
    let field = from.field_for(FieldRole::Description).and_then(|field| role.field(field.name));
    let text = field.and_then(|field| field.value.as_str()).unwrap_or("").trim();
    match is_always_read(to) && !text.is_empty() {
        true => format!("When this applies: {text}\n\n"),
        false => String::new(),
    }
}

fn markdown(to: &Host, fields: &[(String, Item)], prompt: &str) -> String {
    match to.front_matter.presence {
        Presence::None => return prompt.to_owned(),
        Presence::Optional if fields.is_empty() => {
            return format!("{}{prompt}", empty_front_matter(prompt));
        }
        _ => {}
    }
    let fields = match to.front_matter.yaml {
        Yaml::Lines => value::lines(fields),
        _ if to.front_matter.blocks => value::yaml(fields, 0, Blocks::InHead),
        _ => value::yaml(fields, 0, Blocks::Never),
    };
    format!("---\n{fields}---\n\n{prompt}")
}

/// Front matter without fields, for a prompt that would otherwise be read as front matter. Some hosts
/// skip blank lines before it, and some require a line between its delimiters.
fn empty_front_matter(prompt: &str) -> &'static str {
    let start = prompt.trim_start_matches(|c: char| c.is_whitespace() || c == '\u{feff}');
    if start.starts_with("---") { "---\n\n---\n\n" } else { "" }
}

fn with_prompt(to: &Host, mut fields: Vec<(String, Item)>, prompt: &str) -> Vec<(String, Item)> {
    if let Some(field) = to.field_for(FieldRole::Prompt) {
        fields.push((field.name.to_string(), Item::Text(prompt.to_owned())));
    }
    fields
}

/// The field that names the file of the prompt, on a host that reads no prompt from the role's own
/// file.
fn prompt_elsewhere(
    source: &Source<'_>,
    to: &Host,
    id: &str,
    losses: &mut Vec<Loss>,
) -> Option<(String, Item)> {
    let field = to.fields.iter().find(|field| field.names_prompt.is_some())?;
    let host = field.names_prompt.and_then(Host::by_id)?;
    let place = identity::path(host, id);
    let message = format!(
        "{} reads the prompt from `{place}`, which is not part of this file; convert the role for `{}` as well.",
        to.product, host.id
    );
    let (path, span) = (source.role.path.to_owned(), Span::at(source.role.body.start));
    losses.push(Loss { severity: Severity::Warning, path, span, message: message.into() });
    let name = place.rsplit('/').next().and_then(|name| name.split('.').next()).unwrap_or(id);
    Some((field.name.to_string(), Item::Text(name.to_owned())))
}

/// The address of the file with the prompt, as it is written in a file at `path`; `None` if the
/// prompt is in the role's own file, or if the other host reads no addresses.
pub(super) fn address(role: &Role<'_>, from: &Host, to: &Host, path: &str) -> Option<String> {
    let reads = |host: &Host| host.field_for(FieldRole::Prompt).is_some_and(|own| own.addresses);
    let field = role.field(from.field_for(FieldRole::Prompt)?.name)?;
    let address = field.value.as_str()?;
    let target = address.strip_prefix("file://")?;
    if !reads(from) || !reads(to) || to.syntax != Syntax::Json {
        return None;
    }
    let (before, after) = (folder(role.path), folder(path));
    let is_fixed = before == after || role.path.is_empty() || target.starts_with(['/', '~']);
    let place = resolved(before, target).filter(|_| !is_fixed);
    Some(match place {
        Some(place) => {
            let up = "../".repeat(after.split('/').filter(|name| !name.is_empty()).count());
            format!("file://{up}{place}")
        }
        None => address.to_owned(),
    })
}

/// The fields, with the prompt split into as many parts as the host has fields for it: the text
/// before the first section, and the sections.
fn in_parts(
    source: &Source<'_>,
    to: &Host,
    fields: Vec<(String, Item)>,
    prompt: &str,
    id: &str,
    losses: &mut Vec<Loss>,
) -> Vec<(String, Item)> {
    if let [who, goal, rest] = to.layout.prompts {
        let texts =
            [(*who, shown(source, id)), (*goal, described(source)), (*rest, prompt.to_owned())];
        let parts = texts.map(|(name, text)| (name.to_string(), Item::Text(text)));
        return fields.into_iter().chain(parts).collect();
    }
    let outline = (source.options.markdown)(prompt, Span::new(0, prompt.len()));
    let starts = |heading: &&Heading| {
        let before = prompt.get(..heading.span.start).unwrap_or("");
        heading.level > 1
            && !heading.nested
            && !before.trim().is_empty()
            && before.len() == before.trim_end().len() + 2
    };
    let heading = outline.headings.iter().find(starts);
    let (Some(heading), [first, second, ..]) = (heading, to.layout.prompts) else {
        return with_prompt(to, fields, prompt);
    };
    let (opening, sections) = prompt.split_at(heading.span.start);
    let mut fields = with_prompt(to, fields, opening.trim_end());
    fields.push(((*second).to_string(), Item::Text(sections.to_owned())));
    let message = format!(
        "The prompt was divided: `{first}` ends before `{}`, and `{second}` begins with it.",
        heading.span.of(prompt)
    );
    let (path, span) = (source.role.path.to_owned(), Span::at(source.role.body.start));
    losses.push(Loss { severity: Severity::Info, path, span, message: message.into() });
    fields
}

/// The text of the field with this role, if the role has one.
fn text_of(source: &Source<'_>, meaning: FieldRole) -> Option<String> {
    let field = source.role.field(source.from.field_for(meaning)?.name)?;
    field.value.as_str().map(|text| text.trim().to_owned()).filter(|text| !text.is_empty())
}

/// Who the role is, in a few words.
fn shown(source: &Source<'_>, id: &str) -> String {
    let shown = text_of(source, FieldRole::DisplayName);
    shown.or_else(|| text_of(source, FieldRole::Name)).unwrap_or_else(|| id.to_owned())
}

/// The description of the role.
fn described(source: &Source<'_>) -> String {
    text_of(source, FieldRole::Description).unwrap_or_default()
}

/// A name as a map key that is also used as an identifier in programs.
fn key(id: &str) -> String {
    id.chars().map(|c| if c.is_alphanumeric() { c } else { '_' }).collect()
}

/// A file that contains several roles, in a list or by name, including this one.
fn in_list(to: &Host, (key, fields): &(String, Vec<(String, Item)>)) -> String {
    let path = to.layout.paths.first().copied().unwrap_or("*");
    let Some(list) = path.strip_suffix("[]") else {
        return match path.strip_suffix(".*") {
            Some(folders) => {
                let role = (key.clone(), Item::Map(fields.clone()));
                let within = |role, name: &str| (name.to_owned(), Item::Map(vec![role]));
                value::yaml(&[folders.rsplit('.').fold(role, within)], 0, Blocks::Always)
            }
            None if path.is_empty() => value::yaml(fields, 0, Blocks::Always),
            None => merge::named(key, fields),
        };
    };
    let inner = value::yaml(fields, 2, Blocks::Always);
    let inner = inner.strip_prefix("    ").unwrap_or(&inner);
    format!("{list}:\n  - {inner}")
}

/// A role as JSON, by its name where the host keeps several in a file.
fn json(to: &Host, id: &str, fields: Vec<(String, Item)>) -> String {
    let mut root = Item::Map(fields);
    if to.layout.paths.contains(&"*") {
        root = Item::Map(vec![(id.to_owned(), root)]);
    }
    format!("{}\n", value::json(&root))
}

/// A conversation that begins with the prompt.
fn messages(prompt: &str) -> String {
    let text = |text: &str| Item::Text(text.to_owned());
    let message = vec![("role".to_string(), text("system")), ("content".to_string(), text(prompt))];
    let all = vec![("messages".to_string(), Item::List(vec![Item::Map(message)]))];
    format!("{}\n", value::json(&Item::Map(all)))
}
