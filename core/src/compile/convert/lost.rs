//! Reports the fields that another host cannot express.

use super::{Convert, is_always_read};
use crate::compile::value::Item;
use crate::diagnostic::Severity;
use crate::front_matter::Field;
use crate::host::{self, FieldRole};
use crate::permissions;
use alloc::borrow::ToOwned;
use alloc::format;

/// Fields whose loss changes the role's behavior.
const WEIGHTY: [FieldRole; 9] = [
    FieldRole::Hooks,
    FieldRole::Memory,
    FieldRole::Skills,
    FieldRole::Isolation,
    FieldRole::McpServers,
    FieldRole::Globs,
    FieldRole::AlwaysApply,
    FieldRole::MaxTurns,
    FieldRole::Timeout,
];

/// Whether the value of a field is multiline text, as instructions are.
fn is_passage(field: &Field<'_>) -> bool {
    field.value.as_str().is_some_and(|text| text.trim().lines().count() > 2)
}

impl Convert<'_> {
    /// Reports the effect on a field that its own host does not read.
    pub(super) fn unread(&mut self, field: &Field<'_>, meant_as_limit: bool, ignored: bool) {
        let (name, from) = (&field.name, self.from);
        let limits = permissions::limits(self.role, from);
        if limits.iter().any(|limit| core::ptr::eq(*limit, field)) || field.name == "<<" {
            // It is reported with the tools.
            return;
        }
        // If the other host has a field of that name, the role's own host lacks it.
        let shares = self.to.field(name).is_some();
        let (severity, message) = match (meant_as_limit, ignored) {
            (true, true) => (
                Severity::Warning,
                format!("{} ignores `{name}`, so it limits nothing; it was omitted.", from.product),
            ),
            (true, false) => (
                Severity::Warning,
                format!(
                    "{} does not read `{name}`, so it limits nothing; it was omitted.",
                    from.product
                ),
            ),
            (false, true) => {
                (Severity::Info, format!("{} ignores `{name}`; it was omitted.", from.product))
            }
            (false, false) if shares => (
                Severity::Info,
                format!("{} does not read `{name}`; it was omitted.", from.product),
            ),
            (false, false) => (
                if is_passage(field) { Severity::Warning } else { Severity::Info },
                format!("{} has no field `{name}`; it was omitted.", self.to.product),
            ),
        };
        self.lose(severity, field.name_span, message);
    }

    pub(super) fn lost(&mut self, field: &Field<'_>, fact: &host::Field) {
        let role = fact.role;
        let value = field.value.as_str().unwrap_or("");
        // A default need not be reported, and limits are reported with the tools.
        let said = permissions::word(field).unwrap_or(value);
        let is_limit = permissions::only_reads(fact, field)
            || fact.own_servers.is_some_and(|value| value == said)
            || permissions::other_agent(self.role, self.from, field).is_some();
        if fact.default == Some(said) || is_limit {
            return;
        }
        if role == FieldRole::Disabled {
            return self.switched_on(field);
        }
        let limits = role == FieldRole::PermissionMode && !fact.unlimited.contains(&value);
        let severity = match limits || WEIGHTY.contains(&role) {
            true => Severity::Warning,
            false => Severity::Info,
        };
        let became = match self.to.layout.prompts {
            _ if role != FieldRole::Description => "it was omitted",
            [_, goal, _] => &*format!("it became `{goal}`"),
            _ if is_always_read(self.to) => "it was added to the start of the prompt",
            _ => "it was omitted",
        };
        // It may be the identifying name as well.
        let is_kept = self.items.iter().any(|(_, item)| *item == Item::Text(value.to_owned()));
        if role == FieldRole::DisplayName && (value.trim().is_empty() || is_kept) {
            return;
        }
        let message = match role {
            // The role's identifying name is separate from its display name, and may have been
            // kept.
            FieldRole::DisplayName => {
                format!("{} has no display name; `{value}` was omitted.", self.to.product)
            }
            _ => format!("{} cannot express `{}`; {became}.", self.subject(), field.name),
        };
        self.lose(severity, field.name_span, message);
    }

    /// Reports that a role that is turned off would be active.
    fn switched_on(&mut self, field: &Field<'_>) {
        self.wakes = true;
        let severity = match self.allow_widening || !self.to.tools.carries {
            true => Severity::Warning,
            false => Severity::Error,
        };
        let message = format!(
            "{} cannot express `{}`: the role, which is turned off, would be in use.",
            self.subject(),
            field.name
        );
        self.lose(severity, field.name_span, message);
    }
}
