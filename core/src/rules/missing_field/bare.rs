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
    let mut is_own = false;
    for line in role.text.split_inclusive('\n').take(first) {
        let content = line.trim();
        if content.starts_with("```") {
            fenced = !fenced;
            is_own = fenced && begins_with_fields(role.text, at, at + line.len());
        }
        let marked = content.starts_with(['-', '*', '+', '|']);
        let bare = content.trim_start_matches(['-', '*', '+', '|', ' ']);
        let key = bare.split([':', '*', ' ', '|']).next().unwrap_or("");
        let rest = bare.get(key.len()..).unwrap_or("").trim_start_matches(['*', ' ']);
        let named = wanted.contains(&key);
        let value = rest.trim_start_matches([':', '|', ' ']);
        // `name: [agent-name]` is a form to fill in.
        let is_form = value.starts_with(['[', '<', '{']);
        let is_fact = if fenced { is_own } else { marked };
        if named && rest.starts_with([':', '|']) && is_fact && !is_form {
            let start = at + line.len() - line.trim_start().len();
            let form = if fenced { "the code block" } else { "the list" };
            return Some((Span::new(start, start + content.len()), form));
        }
        at += line.len();
    }
    None
}

/// Titles above a code block that shows the form of some file.
const SHOWING: [&str; 7] =
    ["format", "template", "example", "schema", "manifest", "structure", "syntax"];

/// Whether a code block begins the text, after titles at most, and contains flat fields: one after
/// other text, or with nested fields, shows the form of another file. `fence` is its start.
fn begins_with_fields(text: &str, fence: usize, content: usize) -> bool {
    let mut above = text.get(..fence).unwrap_or("").lines().map(str::trim);
    let is_title = |line: &str| {
        let lower = line.to_ascii_lowercase();
        line.starts_with('#')
            && !line.contains(['`', '.'])
            && !SHOWING.iter().any(|word| lower.contains(word))
    };
    let is_first =
        above.all(|line| line.trim_start_matches('\u{feff}').is_empty() || is_title(line));
    let inside = text.get(content..).unwrap_or("").lines();
    let inside = inside.skip_while(|line| line.trim_end() == "---");
    let mut inside =
        inside.take_while(|line| !line.starts_with("```") && line.trim_end() != "---").take(MOST);
    let is_nested = |line: &str| {
        let field = line.trim_start_matches([' ', '\t', '-']).split_once(':');
        let is_key = |key: &str, rest: &str| {
            !key.contains(' ') && (rest.is_empty() || rest.starts_with(' '))
        };
        line.starts_with([' ', '\t']) && field.is_some_and(|(key, rest)| is_key(key, rest))
    };
    is_first && !inside.any(is_nested)
}

/// The most lines of a code block that are examined.
const MOST: usize = 40;

#[cfg(test)]
mod tests {
    use crate::rules::tests::findings;
    use alloc::format;

    #[test]
    fn a_code_block_with_the_form_of_another_file_is_not_metadata() {
        let check = |text: &str| findings("missing-field", "kit/prompts/x.md", text);
        let fields = "name: baker\ndescription: Bakes bread\n";
        let block = format!("```yaml\n{fields}```\n\nYou bake bread.\n");
        for text in [
            block.clone(),
            format!("# Baker\n\n{block}"),
            format!("# Baker\n\n## Facts\n\n{block}"),
        ] {
            assert_eq!(check(&text).len(), 1, "{text}");
        }
        for text in [
            format!("You bake bread.\n\n{block}"),
            format!("# Baker\n\n## Recipe Format\n\n{block}"),
            format!("# `oven.yaml`\n\n{block}"),
            format!("# Baker\n\n{}", block.replace("```\n\n", "steps:\n  - name: knead\n```\n\n")),
        ] {
            assert_eq!(check(&text), [""; 0], "{text}");
        }
    }
}
