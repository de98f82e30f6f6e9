//! Finds skills that the text orders to run although the role may not load any.

use super::{asks, is_missing};
use crate::diagnostic::Severity;
use crate::host::{Capability, FieldRole};
use crate::role::Role;
use crate::rules::{Context, Finding, unknown_skill};
use crate::text::Span;
use crate::tools::ToolList;
use alloc::format;
use alloc::string::String;

/// Skills that the text refers to, if the role cannot load any.
pub(super) fn missing(cx: &Context<'_>, list: &ToolList<'_>) -> Option<Finding> {
    let (role, host) = (cx.role, cx.host);
    let mut names = unknown_skill::in_text(role);
    names.extend(unknown_skill::mentioned(role).into_iter().filter(|it| is_order(role, it.span)));
    if names.is_empty() {
        return None;
    }
    let tool = host.tool_for(Capability::Skill)?;
    let preloads = host.field_for(FieldRole::Skills);
    let has_some = preloads.is_some_and(|field| role.field(field.name).is_some());
    if has_some || !is_missing(list, host, tool) {
        return None;
    }
    names.sort_by_key(|it| it.span);
    // A missing skill is another rule's concern.
    let paths = cx.paths();
    let skills = unknown_skill::of_workspace(&paths);
    names.retain(|it| skills.is_empty() || unknown_skill::is_known(&it.name, &skills));
    let (first, more) = names.split_first()?;
    let (name, field) = (tool.name, &list.field.name);
    let preload = preloads
        .map_or(String::new(), |known| format!(", or list the skill under `{}`", known.name));
    let message = format!("The skill `{}` cannot be loaded without `{name}`", first.name);
    let finding = Finding::new(first.span, message)
        .and_more(more.len())
        .labels(more.iter().map(|it| it.span), "cannot be loaded either")
        .severity(Severity::Info)
        .reason("The text refers to the skill, but the role may use only the tools that it lists.");
    Some(finding.help(format!("Add `{name}` to `{field}`{preload}.")))
}

/// Whether the name of a skill follows a verb that orders to use it: "Run the `filing` skill".
fn is_order(role: &Role<'_>, name: Span) -> bool {
    const VERBS: [&str; 5] = ["run", "invoke", "use", "apply", "load"];
    let line = role.line_at(name.start);
    let lead = Span::new(line.start, name.start).of(role.text).trim_end_matches('`').trim_end();
    let lead = lead.strip_suffix(" the").unwrap_or(lead);
    let verb = lead.rsplit([' ', '*', '(']).next().unwrap_or("");
    VERBS.iter().any(|word| word.eq_ignore_ascii_case(verb)) && asks(role, name)
}
