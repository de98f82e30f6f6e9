//! Completions for the keys and values of a role's fields.

use super::{Found, Item, starts};
use crate::cursor::{self, Cursor};
use crate::document::Document;
use crate::facts::{OWN_FIELDS, is_current, is_usable, own_field};
use rolewright_core::host::{Field, FieldRole, FieldType, Host, Syntax};
use rolewright_core::{Role, Span, front_matter, role};
use rolewright_wire::CompletionKind;

pub(super) fn at(document: &Document<'_>, at: usize) -> Option<Found> {
    let (region, syntax, host) = region(document, at)?;
    let cursor = cursor::at(document.text, region, at, syntax)?;
    let context = Context { document, host, syntax, at };
    Some(match cursor {
        Cursor::Key { typed, quoted, parents, siblings } => {
            context.keys(typed, quoted, &parents, &siblings)
        }
        Cursor::Value { key, typed, quoted, mut parents } => {
            parents.push(key);
            // The first word of the first role in a list of roles is a key.
            if syntax == Syntax::Yaml && !context.is_markdown() && context.is_role(&parents) {
                return Some(context.keys(typed, quoted, &parents, &[]));
            }
            let key = parents.pop().unwrap_or_default();
            context.values(&key, typed, quoted, &parents)
        }
    })
}

/// The part of a file that contains fields, with its syntax and host: the whole file, or its front
/// matter, which may still be unclosed.
pub(crate) fn region(document: &Document<'_>, at: usize) -> Option<(Span, Syntax, &'static Host)> {
    let whole = Span::new(0, document.text.len());
    let syntax = match role::Syntax::of_path(document.path) {
        role::Syntax::Markdown => {
            return document.with_parts(|parts| {
                let part = parts.first()?;
                Some((front_matter_region(&part.role, at)?, Syntax::Yaml, part.host))
            });
        }
        role::Syntax::Toml => Syntax::Toml,
        role::Syntax::Json => Syntax::Json,
        role::Syntax::Yaml => Syntax::Yaml,
    };
    let (host, _) = rolewright_core::lay_out(&document.input(), document.options);
    Some((whole, syntax, host))
}

fn front_matter_region(role: &Role<'_>, at: usize) -> Option<Span> {
    if let Some(front_matter) = &role.front_matter {
        let mut content = front_matter.content;
        if matches!(front_matter.fault, Some(front_matter::Fault::Unclosed(_))) {
            // An unfinished word ends the fields, but belongs to them.
            let rest = role.text.get(content.end..).unwrap_or("");
            let words = rest.split_inclusive('\n').take_while(|line| !line.trim().is_empty());
            content.end += words.map(str::len).sum::<usize>();
        }
        return Some(content);
    }
    // Front matter without a single field yet.
    let start = if role.text.starts_with('\u{feff}') { 3 } else { 0 };
    let first = role.text.get(start..)?;
    let opening = first.split_inclusive('\n').next()?;
    let open = opening.trim_end() == "---" && opening.ends_with('\n');
    let content = start + opening.len();
    let end =
        first.get(opening.len()..)?.find("\n---").map_or(role.text.len(), |end| content + end);
    (open && (content..=end).contains(&at)).then_some(Span::new(content, end))
}

struct Context<'d> {
    document: &'d Document<'d>,
    host: &'static Host,
    syntax: Syntax,
    at: usize,
}

impl Context<'_> {
    fn is_markdown(&self) -> bool {
        role::Syntax::of_path(self.document.path) == role::Syntax::Markdown
    }

    /// Whether the fields of a role are inside these maps.
    fn is_role(&self, parents: &[String]) -> bool {
        let syntax = role::Syntax::of_path(self.document.path);
        crate::outline::holds_role_fields(self.host, syntax, parents)
    }

    fn keys(&self, typed: Span, quoted: bool, parents: &[String], siblings: &[String]) -> Found {
        let text = self.document.text;
        let written = typed.of(text);
        let is_new = |name: &str| !siblings.iter().any(|sibling| sibling == name);
        let fits = |name: &str| is_new(name) && starts(name, written);
        let mut names: Vec<(&str, String)> = Vec::new();
        if self.is_role(parents) {
            let usable = || self.host.fields.iter().filter(|field| is_usable(field));
            let (required, others) =
                (usable().filter(|f| f.required), usable().filter(|f| !f.required));
            let shown = |f: &Field| (f.name, f.note.unwrap_or_default().to_string());
            names.extend(required.chain(others).map(shown));
            if self.is_markdown() {
                let own = OWN_FIELDS.iter().filter(|own| self.host.field(own.name).is_none());
                names.extend(own.map(|own| (own.name, own.note.to_string())));
            }
        } else if let Some(own) = parents.first().and_then(|name| own_field(name))
            && self.is_markdown()
            && parents.len() == own.depth
        {
            names.extend(own.inside.iter().map(|(name, note, _)| (*name, (*note).to_string())));
        } else if let [.., parent] = parents
            && self.is_role(&parents[..parents.len() - 1])
            && self.host.field(parent).is_some_and(|field| names_tools(field.role))
        {
            let replaced = self.replaced(typed);
            let tools = self.host.tools.list.iter().filter(|tool| is_current(tool));
            let items = tools.filter(|tool| fits(tool.name)).map(|tool| {
                Item::new(tool.name, CompletionKind::Tool)
                    .written(self.key_text(tool.name, replaced, quoted))
            });
            return (items.collect(), replaced);
        }
        let replaced = self.replaced(typed);
        let items = names.into_iter().filter(|(name, _)| fits(name)).map(|(name, note)| {
            Item::new(name, CompletionKind::Field)
                .about(note)
                .written(self.key_text(name, replaced, quoted))
        });
        (items.collect(), replaced)
    }

    /// The part of a name before the caret, and the part after it.
    fn replaced(&self, typed: Span) -> Span {
        let rest = self.document.text.get(self.at..).unwrap_or("");
        let is_name = |c: char| c.is_ascii_alphanumeric() || "_./*-".contains(c);
        let tail = rest.find(|c| !is_name(c)).unwrap_or(rest.len());
        Span::new(typed.start, self.at + tail)
    }

    /// A key in the notation of its syntax, followed by the separator if it is missing.
    fn key_text(&self, name: &str, replaced: Span, quoted: bool) -> String {
        let after = self.document.text.get(replaced.end..).unwrap_or("");
        let line = after.lines().next().unwrap_or("");
        match self.syntax {
            Syntax::Json if quoted && line.starts_with('"') => name.to_string(),
            Syntax::Json if quoted => format!("{name}\": "),
            Syntax::Json => format!("\"{name}\": "),
            Syntax::Toml if line.trim_start().starts_with('=') => name.to_string(),
            Syntax::Toml => format!("{name} = "),
            _ if line.trim_start().starts_with(':') => name.to_string(),
            _ => format!("{name}: "),
        }
    }

    fn values(&self, key: &str, typed: Span, quoted: bool, parents: &[String]) -> Found {
        let written = typed.of(self.document.text);
        let own = parents.first().and_then(|name| own_field(name)).filter(|_| self.is_markdown());
        let items = match own {
            Some(own) => {
                let known = own.inside.iter().find(|(name, ..)| *name == key);
                known.map_or_else(Vec::new, |(_, _, values)| plain(values.iter().copied()))
            }
            None if self.is_role(parents) => self.of_field(key, written),
            None => Vec::new(),
        };
        let bare = |label: &str| quoted || matches!(label, "true" | "false");
        let in_quotes = matches!(self.syntax, Syntax::Json | Syntax::Toml);
        let items = items.into_iter().filter(|item| starts(&item.label, written)).map(|item| {
            let text = match in_quotes && !bare(&item.label) {
                true => format!("\"{}\"", item.label),
                false => item.label.clone(),
            };
            item.written(text)
        });
        (items.collect(), self.replaced(typed))
    }

    fn of_field(&self, key: &str, written: &str) -> Vec<Item> {
        let Some(field) = self.host.field(key) else { return Vec::new() };
        if names_tools(field.role) {
            let used = self.used_tools();
            let tools = self.host.tools.list.iter().filter(|tool| is_current(tool));
            return tools
                .filter(|tool| tool.name == written || !used.iter().any(|used| used == tool.name))
                .map(|tool| Item::new(tool.name, CompletionKind::Tool))
                .collect();
        }
        if field.role == FieldRole::Model {
            let mut models: Vec<&str> = field.values.to_vec();
            models.extend(
                self.host.models.aliases.iter().filter(|name| !field.values.contains(name)),
            );
            return models.into_iter().map(|name| Item::new(name, CompletionKind::Model)).collect();
        }
        if field.role == FieldRole::Name {
            return plain(name_of(self.document.path).iter().map(String::as_str));
        }
        match field.types.first() {
            Some(FieldType::Bool) => {
                plain(["true", "false"].into_iter().chain(field.values.iter().copied()))
            }
            _ => plain(field.values.iter().copied()),
        }
    }

    /// The tools that the role at the caret already names.
    fn used_tools(&self) -> Vec<String> {
        let used = self.document.at_part(self.at, |part, _| {
            let lists = rolewright_core::tools::read(&part.role, part.host);
            let entries = lists.iter().flat_map(|list| &list.entries);
            Some(entries.map(|entry| entry.name().to_string()).collect())
        });
        used.unwrap_or_default()
    }
}

/// Whether a field names tools.
fn names_tools(role: FieldRole) -> bool {
    matches!(role, FieldRole::Tools | FieldRole::ApprovedTools | FieldRole::DeniedTools)
}

fn plain<'n>(values: impl IntoIterator<Item = &'n str>) -> Vec<Item> {
    values.into_iter().map(|value| Item::new(value, CompletionKind::Value)).collect()
}

/// The name that a role's file implies, or its folder if every file has the same name.
fn name_of(path: &str) -> Option<String> {
    let (folder, file) = path.rsplit_once('/').unwrap_or(("", path));
    let name = match file.eq_ignore_ascii_case("SKILL.md") {
        true => folder.rsplit('/').next()?,
        false => {
            let stem = file.rsplit_once('.')?.0;
            stem.strip_suffix(".agent").or_else(|| stem.strip_suffix(".chatmode")).unwrap_or(stem)
        }
    };
    let fits = name.starts_with(|c: char| c.is_ascii_lowercase() || c.is_ascii_digit())
        && name.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'-');
    fits.then(|| name.to_string())
}
