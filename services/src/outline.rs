//! Outlines a text: its fields, sections, tools, links and directives.

use crate::document::Document;
use crate::parts::Part;
use rolewright_core::host::Host;
use rolewright_core::section::Origin;
use rolewright_core::template::{self, DirectiveKind};
use rolewright_core::{Span, detect, role, tools};
use rolewright_wire as wire;

/// The outline of a text, which is the concatenated outlines of its roles.
pub fn outline(document: &Document<'_>) -> wire::Outline {
    let places = document.places();
    let mut outline = wire::Outline { path: document.path.to_string(), ..Default::default() };
    document.with_parts(|parts| {
        outline.host = match parts.first() {
            Some(part) => part.host.id.to_string(),
            None => host_of(document).id.to_string(),
        };
        for part in parts {
            add(&mut outline, document, part, &|span| {
                places.range(document.path, part.place(span))
            });
        }
    });
    outline
}

/// The host of a document that contains no role.
pub(crate) fn host_of(document: &Document<'_>) -> &'static Host {
    let role = rolewright_core::Role::without_outline(document.text, document.path);
    detect::host_among(&role, document.options.host, document.files).host
}

fn add(
    outline: &mut wire::Outline,
    document: &Document<'_>,
    part: &Part<'_>,
    range: &dyn Fn(Span) -> wire::Range,
) {
    let role = &part.role;
    outline.fields.extend(role.fields().iter().map(|field| wire::Field {
        name: field.name.to_string(),
        range: range(field.name_span),
        value: range(field.value.span),
    }));
    let sections = role.sections().iter().filter(|section| section.origin == Origin::Heading);
    outline.sections.extend(sections.map(|section| wire::Section {
        title: section.title.of(role.text).to_string(),
        level: section.level,
        range: range(section.span),
    }));
    let lists = tools::read(role, part.host);
    let named = lists.iter().flat_map(|list| &list.entries);
    outline.tools.extend(
        named.map(|entry| wire::Reference {
            name: entry.name().to_string(),
            range: range(entry.span),
        }),
    );
    outline.references.extend(
        role.outline
            .links
            .iter()
            .map(|link| wire::Reference { name: link.target.clone(), range: range(link.span) }),
    );
    if !part.is_data() {
        outline.front_matter =
            role.front_matter.as_ref().map(|front_matter| range(front_matter.content));
    }
    outline.directives.extend(directives(document, part, range));
}

/// The includes and live variables of a role, in order.
fn directives(
    document: &Document<'_>,
    part: &Part<'_>,
    range: &dyn Fn(Span) -> wire::Range,
) -> Vec<wire::Directive> {
    let found = template::directives(&part.role, document.options);
    if found.is_empty() {
        return Vec::new();
    }
    let expanded = part.expanded();
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
        Some(wire::Directive { kind, name: name.to_string(), range: range(directive.span) })
    });
    shown.collect()
}

/// Whether the fields of a role are directly inside the maps called `parents`, where the host keeps
/// the roles of such a file.
pub(crate) fn holds_role_fields(host: &Host, syntax: role::Syntax, parents: &[String]) -> bool {
    if syntax == role::Syntax::Markdown || host.layout.paths.is_empty() {
        return parents.is_empty();
    }
    host.layout.paths.iter().any(|path| {
        let mut steps = path.split('.').map(|step| step.trim_end_matches("[]"));
        let mut parents = parents.iter();
        let steps_fit = steps
            .by_ref()
            .filter(|step| !step.is_empty())
            .all(|step| parents.next().is_some_and(|parent| step == "*" || step == parent));
        steps_fit && parents.next().is_none()
    })
}
