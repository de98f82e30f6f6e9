//! What stands where in a role: fields, sections, tools, links, directives. What an editor builds its
//! outline, completion and hover on.

use crate::input::Input;
use crate::places::{Places, Range};
use crate::value::Value;
use rolewright_core::{Role, Span, detect, template, tools};

/// The outline of `text`.
pub fn outline(text: &str, input: &Input) -> Value {
    let Input { path, options, files, encoding, .. } = input;
    let role = Role::parse(text, path);
    let host = detect::host(&role, options.host).host;
    let mut places = Places::new(text, path, files, *encoding);
    let mut range = |span| places.range(path, span);
    let fields = role.fields().iter().map(|field| {
        named(field.name.to_string(), range(field.name_span), Some(range(field.value.span)))
    });
    let fields = fields.collect();
    let sections = role.sections().iter().map(|section| {
        Value::object([
            ("title", section.title.of(text).trim().to_string().into()),
            ("level", usize::from(section.level).into()),
            ("range", range(section.span).into()),
        ])
    });
    let sections = sections.collect();
    let lists = tools::read(&role, host);
    let entries = lists.iter().flat_map(|list| &list.entries);
    let tools = entries.map(|entry| named(entry.name().to_string(), range(entry.span), None));
    let tools = tools.collect();
    let links = role.outline.links.iter();
    let references = links.map(|link| named(link.target.clone(), range(link.span), None));
    let references = references.collect();
    let directives = directives(&role, input, &mut range);
    let head = role.front_matter.as_ref().map(|head| range(head.content));
    Value::object([
        ("path", path.clone().into()),
        ("host", host.id.into()),
        ("head", head.into()),
        ("fields", fields),
        ("sections", sections),
        ("tools", tools),
        ("references", references),
        ("directives", directives),
    ])
}

/// Something with a name: `range` is where the name stands, `value` where its value does.
fn named(name: String, range: Range, value: Option<Range>) -> Value {
    Value::object([("name", name.into()), ("range", range.into()), ("value", value.into())])
}

/// The includes and variables of the text itself, in their order.
fn directives(role: &Role<'_>, input: &Input, range: &mut dyn FnMut(Span) -> Range) -> Value {
    if !role.has_directives {
        return Value::List(Vec::new());
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
    let directive = |(span, kind, name): (Span, &'static str, &str)| {
        Value::object([
            ("kind", kind.into()),
            ("name", name.to_string().into()),
            ("range", range(span).into()),
        ])
    };
    found.into_iter().map(directive).collect()
}
