//! Writes the parts of a section on tools, models and the text of a role.

use super::super::facts::{Body, Facts, Models, Tool, Tools};
use super::{codes, consequence, line, source, title};
use std::fmt::Write;

pub(super) fn tools(out: &mut String, tools: &Tools, hosts: &[Facts]) {
    if let Some(like) = title(&tools.like, hosts) {
        let _ = write!(out, "\n### Tools\n\nSame as {like}.\n\n");
    } else if tools.list.is_some() {
        out.push_str("\n### Tools\n\n");
    } else {
        return;
    }
    let list = tools.list.as_deref().unwrap_or_default();
    let current: Vec<_> =
        list.iter().filter(|tool| is_current(tool)).map(|tool| tool.name.clone()).collect();
    if !current.is_empty() {
        let _ = writeln!(out, "{}\n", codes(&current));
    }
    let pairs = |of: fn(&Tool) -> &Option<String>| -> Vec<String> {
        list.iter().filter_map(|tool| Some(renamed(&tool.name, of(tool).as_ref()?))).collect()
    };
    line(out, "Other names", &pairs(|tool| &tool.alias).join(", "));
    line(out, "Old names", &pairs(|tool| &tool.legacy).join(", "));
    line(out, "Removed", &pairs(|tool| &tool.removed).join(", "));
    let never = tools.unavailable.iter().flatten().map(|one| match &one.unless {
        Some([field, value]) => format!("`{}` (unless `{field}` is `{value}`)", one.tool),
        None => format!("`{}`", one.tool),
    });
    line(out, "Never available", &never.collect::<Vec<_>>().join(", "));
    let patterns = tools.patterns.as_deref().unwrap_or_default();
    let (except, forms): (Vec<String>, Vec<String>) =
        patterns.iter().cloned().partition(|pattern| pattern.starts_with('!'));
    line(out, "Server and extension tools", &codes(&forms));
    line(out, "But not", &codes(&except).replace('!', ""));
    line(out, "All tools", &tools.all.iter().map(|all| format!("`{all}`")).collect::<String>());
    if let Some(effect) = &tools.unknown {
        consequence(out, "Unknown names", effect, &tools.unknown_note);
    }
    if let Some(effect) = &tools.none_left {
        consequence(out, "No known tools", effect, &tools.none_left_note);
    }
    line(out, "Without a list", tools.omitted.as_deref().unwrap_or_default());
    source(out, &tools.source, &tools.checked);
}

fn is_current(tool: &Tool) -> bool {
    tool.alias.is_none() && tool.legacy.is_none() && tool.removed.is_none()
}

fn renamed(old: &str, new: &str) -> String {
    if new.is_empty() { format!("`{old}`") } else { format!("`{old}` → `{new}`") }
}

pub(super) fn models(out: &mut String, models: &Models, hosts: &[Facts]) {
    if let Some(like) = title(&models.like, hosts) {
        let _ = write!(out, "\n### Models\n\nSame as {like}.\n");
        return;
    }
    let prefixes: Vec<String> = models.prefixes.iter().map(|prefix| format!("{prefix}…")).collect();
    let known = codes(&[models.aliases.clone(), prefixes].concat());
    if known.is_empty() && models.qualified.is_none() {
        return;
    }
    out.push_str("\n### Models\n\n");
    line(out, "Known", &known);
    line(
        out,
        "Written as",
        &models.qualified.iter().map(|form| format!("`{form}`")).collect::<String>(),
    );
    line(
        out,
        "Provider",
        &models.provider.iter().map(|name| format!("`{name}`")).collect::<String>(),
    );
    let retired = models.retired.iter();
    let retired: Vec<String> =
        retired.map(|(old, [date, new])| format!("{} ({date})", renamed(old, new))).collect();
    line(out, "Retired", &retired.join(", "));
    if let (Some(effect), Some(_)) = (&models.unknown, &models.unknown_note) {
        consequence(out, "Unknown models", effect, &models.unknown_note);
    }
    source(out, &models.source, &models.checked);
}

pub(super) fn body(out: &mut String, body: &Body) {
    let kind = if body.hard { "" } else { " (recommended)" };
    let most = super::grouped(body.max);
    let _ = write!(out, "\n### Length\n\nAt most {most} {}{kind}. {}\n", body.unit, body.note);
    source(out, &body.source, &body.checked);
}

pub(super) fn placeholders(out: &mut String, host: &Facts) {
    let placeholders = &host.placeholders;
    if placeholders.list.is_empty() {
        return;
    }
    out.push_str("\n### Placeholders\n\n");
    for placeholder in &placeholders.list {
        let _ = writeln!(out, "- `{}`: {}", placeholder.form, placeholder.note);
    }
    if placeholders.import_depth > 0 {
        let _ = write!(out, "\nImports are followed for {} steps.\n", placeholders.import_depth);
    }
    let notes = [
        &placeholders.unknown_note,
        &placeholders.numbered_note,
        &placeholders.command_note,
        &placeholders.argument_note,
        &placeholders.unexecuted_note,
    ];
    for note in notes.into_iter().flatten() {
        let _ = write!(out, "\n{note}\n");
    }
    source(out, &placeholders.source, &placeholders.checked);
}
