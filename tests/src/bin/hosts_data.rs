//! Prints `docs/hosts.json`: what is known about each host, in the form that the npm package returns.
//! `cargo xtask docs` writes the file. The package ships it next to the WebAssembly, which stays
//! smaller.

use rolewright_core::host::{
    Field, FieldRole, FieldStatus, HOSTS, Host, Status, Syntax, Tool, ToolStatus,
};
use serde_json::{Value, json};

fn main() {
    let hosts: Vec<Value> = HOSTS.iter().map(host).collect();
    println!("{}", serde_json::to_string_pretty(&hosts).expect("plain data"));
}

fn host(host: &Host) -> Value {
    there(json!({
        "id": host.id,
        "title": host.title,
        "product": host.product,
        "kind": host.kind.name(),
        "tier": host.tier.name(),
        "status": status(host.status).0,
        "statusNote": status(host.status).1,
        "version": Some(host.version).filter(|version| !version.is_empty()),
        "syntax": syntax(host.syntax),
        "locations": host.locations,
        "fields": host.fields.iter().map(field).collect::<Vec<_>>(),
        "tools": host.tools.list.iter().map(tool).collect::<Vec<_>>(),
        "models": host.models.aliases,
        "limit": host.body.map(|body| json!({
            "max": body.max,
            "unit": body.unit.name(),
            "hard": body.hard,
        })),
        "source": host.source,
        "checked": host.checked,
    }))
}

fn status(status: Status) -> (&'static str, Option<&'static str>) {
    match status {
        Status::Current => ("current", None),
        Status::Legacy(note) => ("legacy", Some(note)),
        Status::Ended(note) => ("ended", Some(note)),
    }
}

fn syntax(syntax: Syntax) -> &'static str {
    match syntax {
        Syntax::Markdown => "markdown",
        Syntax::Toml => "toml",
        Syntax::Yaml => "yaml",
        Syntax::Json => "json",
    }
}

fn field(field: &Field) -> Value {
    let (status, instead, said) = match field.status {
        FieldStatus::Current => ("current", None, None),
        FieldStatus::Extension(note) => ("extension", None, Some(note)),
        FieldStatus::Deprecated(instead) => ("deprecated", instead, None),
        FieldStatus::Ignored(note) => ("ignored", None, Some(note)),
    };
    let notes: Vec<&str> = field.note.into_iter().chain(said).collect();
    there(json!({
        "name": field.name,
        "status": status,
        "instead": instead,
        "required": field.required,
        "types": field.types.iter().map(|ty| ty.name()).collect::<Vec<_>>(),
        "values": field.values,
        "closed": field.closed,
        "names": match field.role {
            FieldRole::Tools | FieldRole::DeniedTools | FieldRole::ApprovedTools => Some("tools"),
            FieldRole::Model => Some("models"),
            _ => None,
        },
        "note": (!notes.is_empty()).then(|| notes.join(" ")),
    }))
}

fn tool(tool: &Tool) -> Value {
    let (status, instead) = match tool.status {
        ToolStatus::Current => ("current", None),
        ToolStatus::Alias(of) => ("alias", Some(of)),
        ToolStatus::Legacy(of) => ("legacy", Some(of)),
        ToolStatus::Removed(by) => ("removed", by),
    };
    there(json!({ "name": tool.name, "status": status, "instead": instead }))
}

/// An object without the properties that are `null`.
fn there(mut value: Value) -> Value {
    if let Some(properties) = value.as_object_mut() {
        properties.retain(|_, property| !property.is_null());
    }
    value
}
