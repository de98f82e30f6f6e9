//! What is where in a text: fields, sections, tools, links and directives.

use crate::document::Document;
use crate::places::Places;
use rolewright_core::host::Host;
use rolewright_core::section::Origin;
use rolewright_core::template::{self, DirectiveKind};
use rolewright_core::{Role, Span, tools};
use rolewright_wire as wire;

/// The outline of a text.
pub fn outline(document: &Document<'_>) -> wire::Outline {
    let role = document.role();
    let host = document.host(&role);
    let places = document.places();
    let range = |span: Span| places.range(document.path, span);
    let fields = role.fields().iter().map(|field| wire::Field {
        name: field.name.to_string(),
        range: range(field.name_span),
        value: range(field.value.span),
    });
    let sections = role.sections().iter().filter(|section| section.origin == Origin::Heading);
    let lists = tools::read(&role, host);
    let named = lists.iter().flat_map(|list| &list.entries);
    let named = named
        .map(|entry| wire::Reference { name: entry.name().to_string(), range: range(entry.span) });
    let links = role
        .outline
        .links
        .iter()
        .map(|link| wire::Reference { name: link.target.clone(), range: range(link.span) });
    wire::Outline {
        path: document.path.to_string(),
        host: host.id.to_string(),
        head: role.front_matter.as_ref().map(|front_matter| range(front_matter.content)),
        fields: fields.collect(),
        sections: sections
            .map(|section| wire::Section {
                title: section.title.of(role.text).to_string(),
                level: section.level,
                range: range(section.span),
            })
            .collect(),
        tools: named.collect(),
        references: links.collect(),
        directives: directives(document, &role, &places),
    }
}

/// The includes and live variables of the text itself, in order.
fn directives(
    document: &Document<'_>,
    role: &Role<'_>,
    places: &Places<'_>,
) -> Vec<wire::Directive> {
    let options = document.options;
    let found = template::directives(role, options);
    if found.is_empty() {
        return Vec::new();
    }
    let expanded = document.expanded();
    let live = |name: &str, span: Span| {
        let known = expanded.variables.iter().find(|variable| variable.name == name);
        known.is_some_and(|v| v.uses.iter().any(|use_| use_.file == 0 && use_.span.overlaps(span)))
    };
    let shown = found.into_iter().filter_map(|directive| {
        let (kind, name) = match directive.kind {
            DirectiveKind::Include { path, .. } => (wire::DirectiveKind::Include, path),
            DirectiveKind::Variable { name, .. } if live(name, directive.span) => {
                (wire::DirectiveKind::Variable, name)
            }
            DirectiveKind::Variable { .. } => return None,
        };
        let range = places.range(document.path, directive.span);
        Some(wire::Directive { kind, name: name.to_string(), range })
    });
    shown.collect()
}

/// Whether the fields of a role are directly inside the maps called `parents`.
pub(crate) fn holds_role_fields(host: &Host, markdown: bool, parents: &[String]) -> bool {
    let _ = host;
    match markdown {
        true => parents.is_empty(),
        false => parents.is_empty() || parents.iter().eq(["customModes"]),
    }
}
