//! Finds the roles in a file at the places that their host defines, with their fields, and
//! determines which fields are prompts.

use super::{Decoded, SyntaxError, quoted, yaml};
use crate::front_matter::Field;
use crate::host::Layout;
use crate::role::Syntax;
use crate::text::{self, Span};
use crate::yaml::{Entry, Node, Style, Value};
use alloc::borrow::Cow;
use alloc::vec::Vec;

/// The roles of a file, and the errors that keep other roles from being read.
#[derive(Clone, Debug, Default, PartialEq)]
#[non_exhaustive]
pub struct Roles<'t> {
    /// The roles in order.
    pub roles: Vec<RoleSource<'t>>,
    /// Syntax errors in order, [`super::MAX_ERRORS`] at most.
    pub errors: Vec<SyntaxError>,
}

impl Roles<'_> {
    /// Whether there is nothing in the file: no role, and no fault that might hide one.
    pub(crate) fn is_empty(&self) -> bool {
        self.roles.is_empty() && self.errors.is_empty()
    }
}

/// One role of a file.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub struct RoleSource<'t> {
    /// The value that contains it, in bytes.
    pub span: Span,
    /// The name that a map gives it, and its place.
    pub key: Option<(Cow<'t, str>, Span)>,
    /// Its fields in order; names may repeat.
    pub fields: Vec<Field<'t>>,
    /// Its prompts in order.
    pub prompts: Vec<Prompt<'t>>,
}

/// A prompt of a role.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub struct Prompt<'t> {
    /// Name of its field.
    pub field: &'static str,
    /// Its text, with a mapping back to the file.
    pub text: Decoded<'t>,
}

/// Finds the roles of `text`. A Markdown file contains none, since it is itself a role.
///
/// ```
/// use rolewright_core::{host::Host, role::Syntax, syntax};
///
/// let file = "name: Writer\nslug: writer\nroleDefinition: |\n  Write.\n";
/// let layout = &Host::by_id("roo").unwrap().layout;
/// let found = syntax::roles(file, Syntax::Yaml, layout);
/// assert_eq!(found.roles[0].prompts[0].text.text, "Write.\n");
/// ```
pub fn roles<'t>(text: &'t str, syntax: Syntax, layout: &Layout) -> Roles<'t> {
    if syntax == Syntax::Yaml && layout.prompts.is_empty() && !layout.paths.is_empty() {
        return front_matter_and_body(text, layout);
    }
    let document = match syntax {
        Syntax::Markdown => return Roles::default(),
        Syntax::Yaml => super::yaml(text),
        Syntax::Toml => super::toml(text),
        Syntax::Json => super::json(text),
    };
    let Some(root) = document.root else {
        return Roles { roles: Vec::new(), errors: document.errors };
    };
    let mut found = Vec::new();
    let path = layout.paths.iter().find(|path| leads_to_role(&root, path));
    if let Some(path) = path {
        walk(root, None, path, &mut found);
    }
    let role = |(key, node)| role_of(text, syntax, layout, key, node);
    Roles { roles: found.into_iter().filter_map(role).collect(), errors: document.errors }
}

/// The role in a file with a YAML extension that contains front matter and a body, like a Markdown
/// file.
fn front_matter_and_body<'t>(text: &'t str, layout: &Layout) -> Roles<'t> {
    let fence = |line: &Span| line.of(text).trim_end() == "---";
    let mut fences = text::lines(text, Span::new(0, text.len())).filter(fence);
    let (Some(open), Some(close)) = (fences.next(), fences.next()) else {
        return Roles::default();
    };
    // The text is a prefix of the file, so places in it are places in the file.
    let document = super::yaml(text.get(..close.start).unwrap_or(""));
    let start = text.get(close.end..).map_or(close.end, |rest| {
        close.end + rest.len() - rest.trim_start_matches(['\r', '\n']).len()
    });
    let body = Span::new(start, text.len());
    let role = |root| role_of(text, Syntax::Yaml, layout, None, root);
    let role = document.root.filter(|_| open.start == 0).and_then(role).map(|mut role| {
        role.prompts.push(Prompt { field: "", text: Decoded::verbatim(text, body) });
        role
    });
    Roles { roles: role.into_iter().collect(), errors: document.errors }
}

/// The first step of a path, and the remaining path.
fn step(path: &str) -> (&str, &str) {
    let end = path.find(['.', '[']).unwrap_or(path.len());
    match path.strip_prefix("[]") {
        Some(rest) => ("[]", rest.strip_prefix('.').unwrap_or(rest)),
        None => {
            let (first, rest) = path.split_at_checked(end).unwrap_or((path, ""));
            (first, rest.strip_prefix('.').unwrap_or(rest))
        }
    }
}

fn leads_to_role(node: &Node<'_>, path: &str) -> bool {
    let (first, rest) = step(path);
    match first {
        "" => node.entries().is_some(),
        "[]" => {
            node.items().is_some_and(|items| items.iter().any(|item| leads_to_role(item, rest)))
        }
        "*" => node.entries().is_some_and(|e| e.iter().any(|e| leads_to_role(&e.value, rest))),
        name => node.get(name).is_some_and(|value| leads_to_role(value, rest)),
    }
}

type Found<'t> = (Option<Node<'t>>, Node<'t>);

fn walk<'t>(node: Node<'t>, key: Option<Node<'t>>, path: &str, found: &mut Vec<Found<'t>>) {
    let (first, rest) = step(path);
    match (first, node.value) {
        ("", value) => found.push((key, Node { span: node.span, value })),
        ("[]", Value::Sequence(items)) => {
            items.into_iter().for_each(|item| walk(item, None, rest, found));
        }
        ("*", Value::Mapping(entries)) => {
            entries.into_iter().for_each(|e| walk(e.value, Some(e.key), rest, found));
        }
        (name, Value::Mapping(entries)) => {
            let named = entries.into_iter().filter(|entry| entry.key.as_str() == Some(name));
            named.for_each(|entry| walk(entry.value, None, rest, found));
        }
        _ => {}
    }
}

fn role_of<'t>(
    text: &'t str,
    syntax: Syntax,
    layout: &Layout,
    key: Option<Node<'t>>,
    node: Node<'t>,
) -> Option<RoleSource<'t>> {
    let span = node.span;
    let Value::Mapping(entries) = node.value else { return None };
    let mut prompts = Vec::new();
    for name in layout.prompts {
        let entry = entries.iter().find(|entry| entry.key.as_str() == Some(*name));
        let text = entry.and_then(|entry| prompt(text, syntax, entry));
        prompts.extend(text.map(|text| Prompt { field: name, text }));
    }
    let key = key.and_then(|key| match key.value {
        Value::Scalar(name, _) => Some((name, key.span)),
        _ => None,
    });
    let fields = entries.into_iter().map(|entry| field(text, entry)).collect();
    Some(RoleSource { span, key, fields, prompts })
}

/// The text of a prompt. A prompt that refers to a file has none.
fn prompt<'t>(source: &'t str, syntax: Syntax, entry: &Entry<'t>) -> Option<Decoded<'t>> {
    let node = &entry.value;
    let text = node.as_str().filter(|text| !text.starts_with("file://"))?;
    let is_text = node.style() != Some(Style::Plain);
    match syntax {
        Syntax::Json if is_text => Some(quoted::json(source, node.span)),
        Syntax::Toml if is_text => Some(quoted::toml(source, node.span)),
        Syntax::Yaml if !text.is_empty() || is_text => {
            yaml::scalar(source, node, entry.key.span.end)
        }
        _ => None,
    }
}

fn field<'t>(text: &'t str, entry: Entry<'t>) -> Field<'t> {
    let end = entry.value.span.end.max(entry.key.span.end);
    Field {
        name: match entry.key.value {
            Value::Scalar(name, _) => name,
            _ => Cow::Borrowed(entry.key.span.of(text)),
        },
        name_span: entry.key.span,
        lines: Span::new(entry.key.span.start, end),
        value: entry.value,
        error: None,
    }
}
