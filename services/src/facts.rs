//! Describes a host's fields, tools and models, and Rolewright's own fields.

use rolewright_core::host::{Field, FieldStatus, Host, Tool, ToolStatus};

/// A field that belongs to Rolewright and never reaches a compiled file.
pub(crate) struct OwnField {
    pub name: &'static str,
    pub note: &'static str,
    /// The keys of its maps.
    pub inside: &'static [(&'static str, &'static str, &'static [&'static str])],
    /// The number of nested maps: `templates.root` is in the first, `variables.NAME.default` in the
    /// second.
    pub depth: usize,
}

/// The fields in Markdown front matter that only Rolewright reads.
pub(crate) const OWN_FIELDS: [OwnField; 3] = [
    OwnField {
        name: "variables",
        note: "The variables of this template. Only Rolewright reads this field.",
        inside: &[
            ("description", "What the variable is for.", &[]),
            ("required", "`true` if the variable must have a value.", &["true", "false"]),
            ("default", "The value to use if none is supplied.", &[]),
            ("stage", "`runtime` leaves the variable for the host to fill in.", &["runtime"]),
            ("example", "An example value.", &[]),
        ],
        depth: 2,
    },
    OwnField {
        name: "templates",
        note: "How includes are resolved. Only Rolewright reads this field.",
        inside: &[
            ("resolve", "Where to look for a bare path.", &["root-then-file", "root", "file"]),
            ("root", "The folder that bare and `/` paths start from.", &[]),
            (
                "shift",
                "Whether headings in included text are shifted below the heading above the include.",
                &["auto", "none"],
            ),
            (
                "spacing",
                "How blank lines around included text are handled.",
                &["paragraphs", "exact"],
            ),
            (
                "code",
                "Whether variables without a value are recognized in code.",
                &["literal", "live"],
            ),
        ],
        depth: 1,
    },
    OwnField {
        name: "mounts",
        note: "Folders that `/` paths are mapped to. Only Rolewright reads this field.",
        inside: &[
            ("path", "The folder in the workspace.", &[]),
            (
                "trust",
                "`data` inserts text as is, without expanding directives.",
                &["template", "data"],
            ),
        ],
        depth: 2,
    },
];

/// Rolewright's own field of that name.
pub(crate) fn own_field(name: &str) -> Option<&'static OwnField> {
    OWN_FIELDS.iter().find(|field| field.name == name)
}

/// A field of a host, in Markdown.
pub(crate) fn about_field(host: &Host, name: &str) -> String {
    let Some(field) = host.field(name) else {
        return match own_field(name) {
            Some(own) => format!("**{name}**\n\n{}", own.note),
            None => format!("{} has no field `{name}`.", host.product),
        };
    };
    let types: Vec<_> = field.types.iter().map(|ty| ty.name()).collect();
    let required = if field.required { ", required" } else { "" };
    let mut text = format!("**{name}**: {}{required}.", types.join(" or "));
    match field.status {
        FieldStatus::Current => {}
        FieldStatus::Deprecated(Some(instead)) => {
            text.push_str(&format!("\n\nDeprecated: use `{instead}`."));
        }
        FieldStatus::Deprecated(None) => text.push_str("\n\nDeprecated."),
        FieldStatus::Extension(note) | FieldStatus::Ignored(note) => {
            text.push_str(&format!("\n\n{note}"));
        }
    }
    if let Some(note) = field.note {
        text.push_str(&format!("\n\n{note}"));
    }
    if !field.values.is_empty() {
        let values: Vec<_> = field.values.iter().map(|value| format!("`{value}`")).collect();
        text.push_str(&format!("\n\nValues: {}.", values.join(", ")));
    }
    text
}

/// A tool of a host, in a sentence.
pub(crate) fn about_tool(host: &Host, name: &str) -> String {
    let product = host.product;
    let Some(tool) = host.tool(name) else {
        return match host.is_tool_pattern(name) {
            true => {
                format!("`{name}` looks like a tool of a server or extension in {product}.")
            }
            false => format!("{product} has no tool `{name}`."),
        };
    };
    match tool.status {
        ToolStatus::Alias(of) => format!("`{name}` is another name for `{of}` in {product}."),
        ToolStatus::Legacy(now) => format!("`{name}` is an old name for `{now}` in {product}."),
        ToolStatus::Removed(Some(now)) => {
            format!("{product} no longer has `{name}`; use `{now}` instead.")
        }
        ToolStatus::Removed(None) => format!("{product} no longer has `{name}`."),
        _ => format!("`{name}` is a tool in {product}."),
    }
}

/// Whether a tool is worth suggesting.
pub(crate) fn is_current(tool: &Tool) -> bool {
    tool.status == ToolStatus::Current
}

/// Whether a field is worth suggesting.
pub(crate) fn is_usable(field: &Field) -> bool {
    matches!(field.status, FieldStatus::Current | FieldStatus::Extension(_))
}
