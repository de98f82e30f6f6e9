//! Reports roles without front matter, and metadata that is written into the body instead.

use super::draft::stub;
use super::names;
use crate::diagnostic::Severity;
use crate::host::{Field, Identity, Presence};
use crate::role::{CueKind, Role};
use crate::rules::{Context, Finding};
use crate::text::Span;
use alloc::format;
use alloc::string::String;
use alloc::vec::Vec;

/// A file without the front matter that the host requires, with these fields.
pub(super) fn without_front_matter(cx: &Context<'_>, missing: &[&'static Field]) -> Finding {
    let role = cx.role;
    let start =
        role.text.len() - role.text.trim_start_matches(['\u{feff}', '\n', '\r', ' ', '\t']).len();
    let wanted: Vec<&str> = missing.iter().map(|field| field.name).collect();
    let list = metadata(role, &wanted, 40);
    let span = list.map_or_else(|| beginning(role, start), |(span, _)| span);
    let message = match missing {
        [] => String::from("Missing front matter"),
        _ => format!("Missing front matter with {}", names(missing)),
    };
    let mut finding = Finding::new(span, message);
    if let Some(note) = cx.host.front_matter.missing.note {
        finding = finding.reason(note);
    }
    let finding = match list {
        Some((_, form)) => finding.help(format!(
            "Move them from {form} to `name: value` lines between two `---` lines at the start of the file."
        )),
        None if missing.is_empty() => finding.help("Start the file with fields between two `---` lines."),
        None => finding.help(format!(
            "Start the file with a `---` line, then {}{}, then another `---` line.",
            names(missing),
            if missing.len() > 1 { ", each on its own line" } else { "" }
        )),
    };
    // Draft values would duplicate the values in the list.
    match stub(cx, missing).filter(|_| list.is_none() && !missing.is_empty()) {
        Some(stub) => {
            let end = role.line_end();
            let place = Span::at(if role.text.starts_with('\u{feff}') { 3 } else { 0 });
            let front_matter = format!("---{end}{stub}---{end}{end}");
            finding.unsafe_fix(
                "Add front matter with draft values",
                Vec::from([(place, front_matter)]),
            )
        }
        None => finding,
    }
}

/// A role that no host claims, with its name and description written as a list or code block.
pub(super) fn nameless(cx: &mut Context<'_>) {
    let role = cx.role;
    if role.front_matter.is_some()
        || cx.host.identity != Identity::None
        || cx.host.front_matter.presence == Presence::None
    {
        return;
    }
    let Some((span, form)) = metadata(role, &["name"], 15) else { return };
    if metadata(role, &["description"], 15).is_none() {
        return;
    }
    let finding = Finding::new(span, "The name and description are in the body instead of the front matter")
        .severity(Severity::Warning)
        .reason("Hosts read a role's name and description only from the front matter.")
        .help(format!("Move them from {form} to `name: value` lines between two `---` lines at the start of the file."));
    cx.report(finding);
}

/// An agent without front matter in the folder of a plugin, next to its manifest or its skills. Prompts that
/// a skill reads by path are below its `SKILL.md`.
pub(super) fn of_plugin(cx: &Context<'_>) -> Option<Finding> {
    let role = cx.role;
    if role.within.is_some() || role.front_matter.is_some() || !cx.host.fallback {
        return None;
    }
    let (folder, _) = role.path.rsplit_once('/')?;
    let plugin = folder.strip_suffix("agents")?;
    if !(plugin.is_empty() || plugin.ends_with('/')) || !cx.files.is_known() {
        return None;
    }
    let body = role.body.of(role.text).trim_start();
    let body =
        body.strip_prefix("<!--").and_then(|rest| rest.split_once("-->")).map_or(body, |it| it.1);
    let is_agent = body.trim_start().starts_with("# ")
        && role.prose_cues(CueKind::Address).next().is_some()
        && !body.contains("ACTIVATION-NOTICE");
    let is_part = |path: &str| {
        let inner = path.strip_prefix(plugin).unwrap_or("");
        inner.starts_with("skills/") && inner.ends_with("/SKILL.md")
    };
    let has = |path: String| cx.files.text(&path).is_some();
    if !is_agent || !cx.paths().iter().any(|path| is_part(path)) || has(format!("{plugin}SKILL.md"))
    {
        return None;
    }
    let start = role.text.len() - role.text.trim_start_matches(['\u{feff}', '\n', '\r', ' ']).len();
    let finding = Finding::new(beginning(role, start), "This agent has no front matter")
        .severity(Severity::Warning)
        .reason("As part of a plugin, it is loaded under its file name with a placeholder for the description, so nothing is delegated to it.")
        .help("Add front matter with `name` and `description`.");
    Some(finding)
}

/// The part of the line at `start` that is examined.
pub(super) fn beginning(role: &Role<'_>, start: usize) -> Span {
    let line = role.line_at(start);
    let end = line.of(role.text).char_indices().nth(80).map_or(line.end, |(at, _)| line.start + at);
    Span::new(line.start, end)
}

/// Metadata in the first lines, up to a maximum, and the form it is written in.
fn metadata(role: &Role<'_>, wanted: &[&str], first: usize) -> Option<(Span, &'static str)> {
    let mut at = 0;
    let mut fenced = false;
    for line in role.text.split_inclusive('\n').take(first) {
        let content = line.trim();
        if content.starts_with("```") {
            fenced = !fenced;
        }
        let marked = content.starts_with(['-', '*', '+', '|']);
        let bare = content.trim_start_matches(['-', '*', '+', '|', ' ']);
        let key = bare.split([':', '*', ' ', '|']).next().unwrap_or("");
        let rest = bare.get(key.len()..).unwrap_or("").trim_start_matches(['*', ' ']);
        let named = wanted.contains(&key);
        // `name: [agent-name]` is a form to fill in.
        let is_form = rest.trim_start_matches([':', '|', ' ']).starts_with(['[', '<', '{']);
        if named && rest.starts_with([':', '|']) && (marked || fenced) && !is_form {
            let start = at + line.len() - line.trim_start().len();
            let form = if fenced { "the code block" } else { "the list" };
            return Some((Span::new(start, start + content.len()), form));
        }
        at += line.len();
    }
    None
}
