//! The hosts in the shape that JavaScript is given.

use rolewright_core::host::{Field, FieldRole, HOSTS, Host, Syntax, Tool, ToolStatus};
use serde::Serialize;

/// What is known of a host.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
pub struct HostInfo {
    id: &'static str,
    title: &'static str,
    product: &'static str,
    syntax: &'static str,
    locations: &'static [&'static str],
    fields: Vec<FieldInfo>,
    tools: Vec<ToolInfo>,
    models: &'static [&'static str],
    #[serde(skip_serializing_if = "Option::is_none")]
    limit: Option<Limit>,
    source: &'static str,
    checked: &'static str,
}

#[derive(Serialize)]
struct FieldInfo {
    name: &'static str,
    required: bool,
    types: Vec<&'static str>,
    values: &'static [&'static str],
    closed: bool,
    /// What its values name, where it is one of the host's lists.
    #[serde(skip_serializing_if = "Option::is_none")]
    names: Option<&'static str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    note: Option<&'static str>,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct ToolInfo {
    name: &'static str,
    status: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    instead: Option<&'static str>,
}

#[derive(Serialize)]
struct Limit {
    max: u32,
    unit: &'static str,
    hard: bool,
}

/// Every host.
pub fn hosts() -> Vec<HostInfo> {
    HOSTS.iter().map(host).collect()
}

fn host(host: &'static Host) -> HostInfo {
    HostInfo {
        id: host.id,
        title: host.title,
        product: host.product,
        syntax: match host.syntax {
            Syntax::Markdown => "markdown",
            Syntax::Toml => "toml",
            Syntax::Yaml => "yaml",
            Syntax::Json => "json",
        },
        locations: host.locations,
        fields: host.fields.iter().map(field).collect(),
        tools: host.tools.list.iter().map(tool).collect(),
        models: host.models.aliases,
        limit: host.body.map(|body| Limit {
            max: body.max,
            unit: body.unit.name(),
            hard: body.hard,
        }),
        source: host.source,
        checked: host.checked,
    }
}

fn field(field: &Field) -> FieldInfo {
    FieldInfo {
        name: field.name,
        required: field.required,
        types: field.types.iter().map(|ty| ty.name()).collect(),
        values: field.values,
        closed: field.closed,
        names: match field.role {
            FieldRole::Tools | FieldRole::DeniedTools | FieldRole::ApprovedTools => Some("tools"),
            FieldRole::Model => Some("models"),
            _ => None,
        },
        note: field.note,
    }
}

fn tool(tool: &Tool) -> ToolInfo {
    let (status, instead) = match tool.status {
        ToolStatus::Current => ("current", None),
        ToolStatus::Alias(of) => ("alias", Some(of)),
        ToolStatus::Legacy(of) => ("legacy", Some(of)),
        ToolStatus::Removed(by) => ("removed", by),
    };
    ToolInfo { name: tool.name, status, instead }
}
