//! What stands where in a role: fields, sections, tools, links, directives. What an editor builds its
//! outline, completion and hover on.

use crate::input::Input;
use crate::places::{Places, Range};
use rolewright_core::{Role, detect, template, tools};
use serde::Serialize;

/// What `outline` returns.
#[derive(Serialize)]
pub struct Outline {
    path: String,
    host: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    head: Option<Range>,
    fields: Vec<Named>,
    sections: Vec<Section>,
    tools: Vec<Named>,
    references: Vec<Named>,
    directives: Vec<Directive>,
}

/// Something with a name: `range` is where the name stands, `value` where its value does.
#[derive(Serialize)]
struct Named {
    name: String,
    range: Range,
    #[serde(skip_serializing_if = "Option::is_none")]
    value: Option<Range>,
}

#[derive(Serialize)]
struct Section {
    title: String,
    level: u32,
    range: Range,
}

#[derive(Serialize)]
struct Directive {
    kind: &'static str,
    name: String,
    range: Range,
}

/// The outline of `text`.
pub fn outline(text: &str, input: &Input) -> Outline {
    let Input { path, options, values, files, encoding, .. } = input;
    let role = Role::parse(text, path, options.markdown);
    let host = detect::host(&role, options.host).host;
    let mut places = Places::new(text, path, files, *encoding);
    let mut range = |span| places.range(path, span);
    let fields = role.fields().iter().map(|field| Named {
        name: field.name.to_string(),
        range: range(field.name_span),
        value: Some(range(field.value.span)),
    });
    let fields = fields.collect();
    let sections = role.sections().iter().map(|section| Section {
        title: section.title.of(text).trim().to_string(),
        level: u32::from(section.level),
        range: range(section.span),
    });
    let sections = sections.collect();
    let lists = tools::read(&role, host);
    let entries = lists.iter().flat_map(|list| &list.entries).map(|entry| Named {
        name: entry.name().to_string(),
        range: range(entry.span),
        value: None,
    });
    let tools = entries.collect();
    let references = role.outline.links.iter().map(|link| Named {
        name: link.target.clone(),
        range: range(link.span),
        value: None,
    });
    let references = references.collect();
    let mut directives = Vec::new();
    if role.has_directives {
        let expanded = template::expand(&role, files, values, options);
        let mut add = |kind, name: &str, place: template::Place| {
            if place.file == 0 {
                directives.push(Directive {
                    kind,
                    name: name.to_string(),
                    range: range(place.span),
                });
            }
        };
        for include in &expanded.includes {
            if let Some(place) = include.from.filter(|_| include.depth == 1) {
                add("include", &include.path, place);
            }
        }
        for variable in &expanded.variables {
            for place in &variable.uses {
                add("variable", &variable.name, *place);
            }
        }
        rolewright_core::order::sort_by_key(&mut directives, |d: &Directive| d.range.start.offset);
    }
    let head = role.front_matter.as_ref().map(|head| range(head.content));
    Outline {
        path: path.clone(),
        host: host.id,
        head,
        fields,
        sections,
        tools,
        references,
        directives,
    }
}
