//! What is where in a role: fields, sections, tools, links, directives. An editor builds its outline,
//! completion and hover on it.

use crate::input::Input;
use crate::places::Places;
use crate::wire::{self, Named, Range};
use rolewright_core::template::{self, IncludeState};
use rolewright_core::{Role, Span, detect, tools};

/// The outline of `text`.
pub fn outline(text: &str, input: &Input) -> wire::Outline {
    let Input { path, options, files, encoding, .. } = input;
    let role = Role::parse(text, path);
    let host = detect::host(&role, options.host).host;
    let mut places = Places::new(text, path, files, *encoding);
    let mut range = |span| places.range(path, span);
    let fields = role.fields().iter().map(|field| Named {
        name: field.name.to_string(),
        range: range(field.name_span),
        value: Some(range(field.value.span)),
    });
    let fields = fields.collect();
    let sections = role.sections().iter().map(|section| wire::Section {
        title: section.title.of(text).trim().to_string(),
        level: section.level.into(),
        range: range(section.span),
    });
    let sections = sections.collect();
    let lists = tools::read(&role, host);
    let entries = lists.iter().flat_map(|list| &list.entries);
    let tools = entries.map(|entry| named(entry.name(), range(entry.span))).collect();
    let links = role.outline.links.iter();
    let references = links.map(|link| named(&link.target, range(link.span))).collect();
    wire::Outline {
        path: path.clone(),
        host: host.id.into(),
        head: role.front_matter.as_ref().map(|head| range(head.content)),
        fields,
        sections,
        tools,
        references,
        directives: directives(&role, input, &mut range),
    }
}

fn named(name: &str, range: Range) -> Named {
    Named { name: name.to_string(), range, value: None }
}

/// The includes and variables of the text itself, in their order.
fn directives(
    role: &Role<'_>,
    input: &Input,
    range: &mut dyn FnMut(Span) -> Range,
) -> Vec<wire::Directive> {
    if !role.has_directives {
        return Vec::new();
    }
    let expanded = template::expand(&input.source(role.text), &input.options);
    let mut found: Vec<(Span, &'static str, &str)> = Vec::new();
    for include in expanded.includes.iter().filter(|include| include.depth == 1) {
        let place = include.from.filter(|place| place.file == 0);
        found.extend(place.map(|place| (place.span, "include", include.path.as_str())));
    }
    for variable in &expanded.variables {
        let uses = variable.uses.iter().filter(|place| place.file == 0);
        found.extend(uses.map(|place| (place.span, "variable", variable.name.as_str())));
    }
    found.sort_by_key(|(span, ..)| *span);
    let directive = |(span, kind, name): (Span, &'static str, &str)| wire::Directive {
        kind: kind.into(),
        name: name.to_string(),
        range: range(span),
    };
    found.into_iter().map(directive).collect()
}

/// The files that a compilation of `text` would be made of.
pub fn inputs(text: &str, input: &Input) -> wire::Inputs {
    let expanded = template::expand(&input.source(text), &input.options);
    let absent = expanded.includes.into_iter().filter(|i| i.state != IncludeState::Included);
    wire::Inputs { read: expanded.files, absent: absent.map(|include| include.path).collect() }
}
