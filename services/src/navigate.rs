//! Finds the definition of a name and its uses: includes, fragments, variables, links and roles.

use crate::document::Document;
use crate::links::{included, linked};
use crate::parts::Part;
use crate::symbols::role_name;
use rolewright_core::detect::{Place, place};
use rolewright_core::host::FieldRole;
use rolewright_core::role::Syntax;
use rolewright_core::template::{self, DirectiveKind};
use rolewright_core::{Role, Span};
use rolewright_wire::Location;
use std::collections::{BTreeMap, BTreeSet};

/// How an include begins.
const INCLUDE: &str = "{{include:";
/// A text without any of these contains neither includes nor links.
const NAMING: [&str; 3] = [INCLUDE, "](", "]:"];

/// The thing at the caret.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Target {
    /// A file of the workspace.
    File(String),
    /// A part of a file: the file and the fragment that names it.
    Fragment(String, String),
    /// A variable.
    Variable(String),
}

/// The target at a byte of the file.
pub(crate) fn target(document: &Document<'_>, at: usize) -> Option<Target> {
    document.at_part(at, |part, at| target_in(document, &part.role, at))
}

fn target_in(document: &Document<'_>, role: &Role<'_>, at: usize) -> Option<Target> {
    let touches = |span: Span| span.start <= at && at <= span.end;
    for directive in template::directives(role, document.options) {
        match directive.kind {
            DirectiveKind::Include { path, path_span, fragment, .. } => {
                let Some(file) = included(document, role, path) else { continue };
                if let Some((name, _)) = fragment.filter(|(_, span)| touches(*span)) {
                    return Some(Target::Fragment(file, name.to_string()));
                }
                if touches(path_span) {
                    return Some(Target::File(file));
                }
            }
            DirectiveKind::Variable { name, name_span, .. } if touches(name_span) => {
                return Some(Target::Variable(name.to_string()));
            }
            DirectiveKind::Variable { .. } => {}
        }
    }
    let declared = role.field("variables").and_then(|field| field.value.entries()).unwrap_or(&[]);
    if let Some(entry) = declared.iter().find(|entry| touches(entry.key.span)) {
        return Some(Target::Variable(entry.key.as_str()?.to_string()));
    }
    if let Some(link) = role.outline.links.iter().find(|link| touches(link.span)) {
        let target = match (linked(document, &link.target), link.target.strip_prefix('#')) {
            (Some((file, Some(fragment))), _) => Target::Fragment(file, fragment.to_string()),
            (Some((file, None)), _) => Target::File(file),
            (None, Some(anchor)) => Target::Fragment(document.path.to_string(), anchor.to_string()),
            (None, None) => return None,
        };
        return Some(target);
    }
    let parts = template::fragments(role, document.options);
    let heading = role.outline.headings.iter().find(|heading| touches(heading.text))?;
    let part = parts.into_iter().find(|part| part.span.start == heading.span.start)?;
    Some(Target::Fragment(document.path.to_string(), part.name))
}

/// The definition of the name at `offset`. Empty if there is no name, or no definition.
pub fn definition(document: &Document<'_>, offset: u32) -> Vec<Location> {
    let places = document.places();
    let at = places.byte(document.path, offset);
    match target(document, at) {
        Some(Target::File(path)) => vec![places.location(&path, Span::at(0))],
        Some(Target::Fragment(path, fragment)) => {
            let span = span_of(document, &path, &fragment);
            span.map(|span| places.location(&path, span)).into_iter().collect()
        }
        Some(Target::Variable(name)) => {
            let found = declarations(&Scope::of(document), &name, document);
            found.into_iter().map(|(path, span)| places.location(&path, span)).collect()
        }
        None => {
            let found = document.at_part(at, |part, at| named_role(document, part, at));
            found.into_iter().collect()
        }
    }
}

/// The first line of a part of a file.
fn span_of(document: &Document<'_>, path: &str, fragment: &str) -> Option<Span> {
    let text = match path == document.path {
        true => document.text.into(),
        false => document.files.text(path)?,
    };
    document.beside(path, &text).with_parts(|parts| {
        parts.iter().find_map(|part| {
            let span = template::fragment_span(&part.role, fragment, document.options)?;
            let line = span.of(part.role.text).lines().next().unwrap_or("");
            Some(part.place(Span::new(span.start, span.start + line.len())))
        })
    })
}

/// The role that a value of a field names: a subagent, a handoff, a skill.
fn named_role(document: &Document<'_>, part: &Part<'_>, at: usize) -> Option<Location> {
    let role = &part.role;
    let field = role.fields().iter().find(|field| field.value.span.contains(at))?;
    let known = part.host.field(&field.name)?;
    if !matches!(known.role, FieldRole::Agents | FieldRole::Handoffs | FieldRole::Skills) {
        return None;
    }
    let is_name = |c: char| c.is_alphanumeric() || "-_.".contains(c);
    let start = role.text.get(..at)?.trim_end_matches(is_name).len();
    let end = at + role.text.get(at..)?.find(|c| !is_name(c))?;
    let name = Span::new(start, end).of(role.text);
    let paths = document.files.paths();
    paths.iter().map(AsRef::<str>::as_ref).find_map(|path: &str| {
        if !is_beside_roles(path) {
            return None;
        }
        let text = document.files.text(path)?;
        document.beside(path, &text).with_parts(|parts| {
            parts.iter().find_map(|other| {
                let (found, span) = role_name(other);
                (found == name).then(|| document.places().location(path, other.place(span)))
            })
        })
    })
}

/// Every reference to the thing at `offset`: includes and links of a file or a part of it, or the
/// declarations and uses of a variable in all files that share it.
pub fn references(document: &Document<'_>, offset: u32) -> Vec<Location> {
    let places = document.places();
    let at = places.byte(document.path, offset);
    let found = match target(document, at) {
        None => Vec::new(),
        Some(Target::Variable(name)) => variable_places(&Scope::of(document), &name, document),
        Some(target) => file_places(document, &target),
    };
    found.into_iter().map(|(path, span)| places.location(&path, span)).collect()
}

/// The places where a variable is declared.
fn declarations(scope: &Scope, name: &str, document: &Document<'_>) -> Vec<(String, Span)> {
    let mut found = Vec::new();
    for (path, text) in &scope.texts {
        document.beside(path, text).with_parts(|parts| {
            for part in parts {
                let declared = part.role.field("variables").and_then(|field| field.value.entries());
                let keys = declared.unwrap_or(&[]).iter().map(|entry| &entry.key);
                let named = keys.filter(|key| key.as_str() == Some(name));
                found.extend(named.map(|key| (path.clone(), part.place(key.span))));
            }
        });
    }
    found
}

/// The places where a variable is declared and used, by file.
pub(crate) fn variable_places(
    scope: &Scope,
    name: &str,
    document: &Document<'_>,
) -> Vec<(String, Span)> {
    let mut found = declarations(scope, name, document);
    for (path, text) in &scope.texts {
        document.beside(path, text).with_parts(|parts| {
            for part in parts {
                for directive in template::directives(&part.role, document.options) {
                    if let DirectiveKind::Variable { name: used, name_span, .. } = directive.kind
                        && used == name
                    {
                        found.push((path.clone(), part.place(name_span)));
                    }
                }
            }
        });
    }
    found.sort_unstable();
    found
}

/// The places where a file, or a part of it, is included or linked.
pub(crate) fn file_places(document: &Document<'_>, target: &Target) -> Vec<(String, Span)> {
    let mut found = Vec::new();
    let named = |(_, text): &(String, String)| NAMING.iter().any(|sign| text.contains(sign));
    for (path, text) in texts(document).into_iter().filter(named) {
        let beside = document.beside(&path, &text);
        beside.with_parts(|parts| {
            for part in parts {
                let spans = named_in(&beside, &part.role, target);
                found.extend(spans.into_iter().map(|span| (path.clone(), part.place(span))));
            }
        });
    }
    found
}

/// The places where a role refers to a file or a part of a file.
fn named_in(document: &Document<'_>, role: &Role<'_>, target: &Target) -> Vec<Span> {
    let mut found = Vec::new();
    for directive in template::directives(role, document.options) {
        let DirectiveKind::Include { path: written, path_span, fragment, .. } = directive.kind
        else {
            continue;
        };
        let Some(file) = included(document, role, written) else { continue };
        match target {
            Target::File(wanted) if *wanted == file => found.push(path_span),
            Target::Fragment(wanted, part) if *wanted == file => {
                found.extend(fragment.filter(|(name, _)| name == part).map(|(_, span)| span));
            }
            _ => {}
        }
    }
    for link in &role.outline.links {
        let leads = match (linked(document, &link.target), target) {
            (Some((file, _)), Target::File(wanted)) => file == *wanted,
            (Some((file, fragment)), Target::Fragment(wanted, part)) => {
                file == *wanted && fragment == Some(part)
            }
            (None, Target::Fragment(wanted, part)) => {
                wanted == document.path && link.target.strip_prefix('#') == Some(part)
            }
            _ => false,
        };
        if leads {
            found.push(link.span);
        }
    }
    found
}

/// Every file of the workspace that may refer to other files, with the document itself in its
/// current state: Markdown files, and data files that a host reads or that include other files.
pub(crate) fn texts(document: &Document<'_>) -> Vec<(String, String)> {
    let mut found = BTreeMap::new();
    for path in document.files.paths() {
        let path: &str = path.as_ref();
        if let Some(text) = document.files.text(path).filter(|text| may_name(path, text)) {
            found.insert(path.to_string(), text.to_string());
        }
    }
    found.insert(document.path.to_string(), document.text.to_string());
    found.into_iter().collect()
}

fn may_name(path: &str, text: &str) -> bool {
    let is_markdown = Syntax::of_path(path) == Syntax::Markdown;
    is_markdown || is_beside_roles(path) || text.contains(INCLUDE)
}

/// Whether a host looks at a path, or people keep roles there.
fn is_beside_roles(path: &str) -> bool {
    matches!(place(path), Place::Host(_) | Place::Customary)
}

/// The files that share their variables: files that include each other, directly or indirectly.
pub(crate) struct Scope {
    pub texts: BTreeMap<String, String>,
}

impl Scope {
    /// The files that share their variables with `document`.
    pub(crate) fn of(document: &Document<'_>) -> Self {
        let mut texts: BTreeMap<String, String> = texts(document).into_iter().collect();
        let mut edges: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
        for (path, text) in &texts {
            if !text.contains(INCLUDE) {
                continue;
            }
            let beside = document.beside(path, text);
            beside.with_parts(|parts| {
                for part in parts {
                    for directive in template::directives(&part.role, document.options) {
                        if let DirectiveKind::Include { path: written, .. } = directive.kind
                            && let Some(file) = included(&beside, &part.role, written)
                        {
                            edges.entry(path.clone()).or_default().insert(file.clone());
                            edges.entry(file).or_default().insert(path.clone());
                        }
                    }
                }
            });
        }
        let mut reached = BTreeSet::from([document.path.to_string()]);
        let mut open = vec![document.path.to_string()];
        while let Some(path) = open.pop() {
            for next in edges.get(&path).into_iter().flatten() {
                if reached.insert(next.clone()) {
                    open.push(next.clone());
                }
            }
        }
        texts.retain(|path, _| reached.contains(path));
        Self { texts }
    }
}
