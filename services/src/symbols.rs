//! Lists the symbols of a file or a workspace: roles, their fields, sections and variables.

use crate::document::Document;
use crate::parts::Part;
use crate::places::Places;
use rolewright_core::host::FieldRole;
use rolewright_core::section::Origin;
use rolewright_core::{Role, Span};
use rolewright_wire::{Range, Symbol, SymbolKind, WorkspaceSymbol};

/// The symbols of a text: each role with its fields and sections inside it.
pub fn document_symbols(document: &Document<'_>) -> Vec<Symbol> {
    let places = document.places();
    document.with_parts(|parts| parts.iter().map(|part| symbol(document, part, &places)).collect())
}

fn symbol(document: &Document<'_>, part: &Part<'_>, places: &Places<'_>) -> Symbol {
    let role = &part.role;
    let range = |span: Span| places.range(document.path, part.place(span));
    let fields = role.fields().iter().map(|field| {
        let end = field.value.span.end.max(field.name_span.end);
        Symbol {
            name: field.name.to_string(),
            kind: SymbolKind::Field,
            detail: field.value.as_str().map(first_words).filter(|text| !text.is_empty()),
            range: range(Span::new(field.name_span.start, end)),
            selection: range(field.name_span),
            children: Vec::new(),
        }
    });
    let mut children: Vec<Symbol> = fields.collect();
    children.extend(sections(role, &range));
    let (name, selection) = role_name(part);
    Symbol {
        name,
        kind: SymbolKind::Role,
        detail: Some(part.host.title.to_string()),
        range: range(Span::new(0, role.text.len())),
        selection: range(selection),
        children,
    }
}

/// The name of a role, from its name field, its key in a map, its title or its file, and the place
/// of the name or else the start of the role.
pub(crate) fn role_name(part: &Part<'_>) -> (String, Span) {
    let Part { role, host, .. } = part;
    let field = host.field_for(FieldRole::Name).or_else(|| host.field_for(FieldRole::DisplayName));
    let field = field.and_then(|known| role.field(known.name)).or_else(|| role.field("name"));
    if let Some(field) = field
        && let Some(name) = field.value.as_str().filter(|name| !name.trim().is_empty())
    {
        return (name.trim().to_string(), field.value.span);
    }
    if let Some(key) = part.key() {
        return (key.to_string(), Span::at(0));
    }
    let title = role.outline.headings.iter().find(|heading| !heading.nested);
    if let Some(title) = title.filter(|heading| heading.level == 1) {
        return (title.text.of(role.text).to_string(), title.text);
    }
    let file = role.path.rsplit('/').next().unwrap_or(role.path);
    (file.to_string(), Span::at(role.body.start))
}

/// The first words of a value, on one line.
fn first_words(value: &str) -> String {
    let words = value.split_whitespace().take(12).collect::<Vec<_>>().join(" ");
    match words.len() < value.trim().len() {
        true => format!("{words}…"),
        false => words,
    }
}

/// The sections of a role, with nested sections inside their parents.
fn sections(role: &Role<'_>, range: &dyn Fn(Span) -> Range) -> Vec<Symbol> {
    let mut done: Vec<Symbol> = Vec::new();
    let mut open: Vec<(u8, Symbol)> = Vec::new();
    let headings = role.sections().iter().filter(|section| section.origin == Origin::Heading);
    for section in headings {
        while open.last().is_some_and(|(level, _)| *level >= section.level) {
            close(&mut open, &mut done);
        }
        let symbol = Symbol {
            name: section.title.of(role.text).to_string(),
            kind: SymbolKind::Section,
            detail: None,
            range: range(section.span),
            selection: range(section.title),
            children: Vec::new(),
        };
        open.push((section.level, symbol));
    }
    while !open.is_empty() {
        close(&mut open, &mut done);
    }
    done
}

fn close(open: &mut Vec<(u8, Symbol)>, done: &mut Vec<Symbol>) {
    let Some((_, symbol)) = open.pop() else { return };
    match open.last_mut() {
        Some((_, parent)) => parent.children.push(symbol),
        None => done.push(symbol),
    }
}

/// Roles, sections and declared variables of the documents whose names contain the letters of
/// `query` in order, ignoring case.
pub fn workspace_symbols<'a>(
    documents: impl Iterator<Item = Document<'a>>,
    query: &str,
) -> Vec<WorkspaceSymbol> {
    let mut found = Vec::new();
    for document in documents {
        let places = document.places();
        document.with_parts(|parts| {
            for part in parts {
                let role = &part.role;
                let (name, place) = role_name(part);
                let mut add = |symbol: &str, kind, container: Option<&str>, span| {
                    if matches(symbol, query) {
                        found.push(WorkspaceSymbol {
                            name: symbol.to_string(),
                            kind,
                            container: container.map(str::to_string),
                            location: places.location(document.path, part.place(span)),
                        });
                    }
                };
                add(&name, SymbolKind::Role, None, place);
                for section in role.sections().iter().filter(|s| s.origin == Origin::Heading) {
                    add(
                        section.title.of(role.text),
                        SymbolKind::Section,
                        Some(&name),
                        section.title,
                    );
                }
                let declared = role.field("variables").and_then(|field| field.value.entries());
                for entry in declared.unwrap_or(&[]) {
                    if let Some(variable) = entry.key.as_str() {
                        add(variable, SymbolKind::Variable, Some(&name), entry.key.span);
                    }
                }
            }
        });
    }
    found
}

/// Whether `name` contains the letters of `query` in order.
fn matches(name: &str, query: &str) -> bool {
    let mut letters = name.chars().flat_map(char::to_lowercase);
    let mut wanted = query.chars().filter(|c| !c.is_whitespace()).flat_map(char::to_lowercase);
    wanted.all(|wanted| letters.any(|letter| letter == wanted))
}
