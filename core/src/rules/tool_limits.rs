//! Whether anything limits the tools of a role.

use super::{Context, missing_companion_field};
use crate::front_matter::Field;
use crate::host::{FieldRole, FieldStatus, Host};

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
        && !missing_companion_field::needs_no_prompt(cx)
}

/// Whether a field limits the tools, or is a misspelling of such a field: then the misspelling is
/// the defect, and another rule reports it.
fn limits(host: &Host, field: &Field<'_>) -> bool {
    match host.field(&field.name) {
        Some(fact) => {
            matches!(
                fact.role,
                FieldRole::Tools
                    | FieldRole::DeniedTools
                    | FieldRole::Permissions
                    | FieldRole::ReadOnly
                    | FieldRole::Sandbox
            ) && !matches!(fact.status, FieldStatus::Ignored(_))
        }
        None => field.name.to_ascii_lowercase().contains("tool"),
    }
}
