//! Whether anything limits the tools of a role.

use super::{Context, missing_companion_field, near_miss_field};
use crate::front_matter::Field;
use crate::host::{self, FieldRole, FieldStatus, Host};
use crate::role::Role;

/// Whether the host grants every tool because nothing limits them.
pub(super) fn is_unlimited(cx: &Context<'_>) -> bool {
    let (host, fields) = (cx.host, cx.role.fields());
    host.tools.omitted.is_some()
        && host.routed
        && host.tools.restricts
        // Front matter that does not parse may contain the list.
        && !fields.is_empty()
        && !cx.role.front_matter_is_broken()
        && !fields.iter().any(|field| limits(host, field))
        && !fields.iter().any(|field| is_slip(host, cx.role, field))
        && !missing_companion_field::needs_no_prompt(cx)
}

/// Whether a field limits the tools, or is about tools and unknown to the host.
fn limits(host: &Host, field: &Field<'_>) -> bool {
    match host.field(&field.name) {
        Some(fact) => is_limit(fact),
        None => field.name.to_ascii_lowercase().contains("tool"),
    }
}

/// Whether a field is a misspelling of one that limits the tools: then the misspelling is the
/// defect, and another rule reports it.
fn is_slip(host: &'static Host, role: &Role<'_>, field: &Field<'_>) -> bool {
    near_miss_field::meant(host, role, &field.name)
        .is_some_and(|meant| meant.neighbor.is_none() && is_limit(meant.field))
}

/// Whether a host limits the tools by this field.
fn is_limit(fact: &host::Field) -> bool {
    matches!(
        fact.role,
        FieldRole::Tools
            | FieldRole::DeniedTools
            | FieldRole::Permissions
            | FieldRole::ReadOnly
            | FieldRole::Sandbox
    ) && !matches!(fact.status, FieldStatus::Ignored(_))
}
