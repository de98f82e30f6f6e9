//! The servers of tools that a text names, and whether the role may use them.

use super::asks;
use crate::host::{Capability, Host};
use crate::role::{CueKind, Role};
use crate::section::Section;
use crate::text::{Span, letters};
use crate::tools::{ToolEntry, ToolList};
use alloc::string::{String, ToString};
use alloc::vec::Vec;

/// The servers that the text offers: in bold at the start of list items under a title about MCP, or
/// in code after "MCP tools like".
pub(super) fn servers(role: &Role<'_>) -> Vec<(String, Span)> {
    let mut found = Vec::new();
    for section in role.sections().iter().filter(|section| is_about_servers(role, section)) {
        let first = role.outline.items.partition_point(|item| item.span.start < section.span.start);
        let items = role.outline.items.get(first..).unwrap_or(&[]).iter();
        for item in items.take_while(|item| item.span.start < section.span.end) {
            let text = item.span.of(role.text);
            let name = text.get(1..).unwrap_or("").trim_start().strip_prefix("**");
            let Some(name) = name.and_then(|rest| rest.split("**").next()) else { continue };
            let name = name.trim_end_matches(':');
            let at = item.span.start + text.find("**").unwrap_or(0) + 2;
            found.push((name, Span::new(at, at + name.len())));
        }
    }
    for noun in role.cues().iter().filter(|cue| cue.kind == CueKind::Tool) {
        let (before, rest) = role.text.split_at_checked(noun.span.start).unwrap_or_default();
        let Some(rest) = rest.strip_prefix("tools ").filter(|_| before.ends_with("MCP ")) else {
            continue;
        };
        let name = rest.strip_prefix("like `").or_else(|| rest.strip_prefix("such as `"));
        let Some(name) = name else { continue };
        let at = role.text.len() - name.len();
        let name = name.split('`').next().unwrap_or("");
        found.push((name, Span::new(at, at + name.len())));
    }
    // A server's name is a single word; "Epic Caboodle" is a source of data.
    let is_name = |c: char| c.is_ascii_alphanumeric() || matches!(c, '-' | '_');
    let named = found.into_iter().filter(|(name, _)| !name.is_empty() && name.chars().all(is_name));
    named.map(|(name, span)| (name.to_string(), span)).collect()
}

/// The servers that the text says to use but that nothing grants: "Prefer Chrome DevTools MCP". A
/// tool or a server counts as granted if its name starts the same way.
pub(super) fn ordered_servers(
    role: &Role<'_>,
    host: &Host,
    list: &ToolList<'_>,
) -> Vec<(String, Span)> {
    let body = role.body.of(role.text);
    let grants_all = |entry: &ToolEntry<'_>| {
        let name = entry.name();
        let tool = host.tool(name);
        host.tools.all_servers == Some(name) || tool.is_some_and(|it| it.can(Capability::Mcp))
    };
    if list.entries.iter().any(grants_all) {
        return Vec::new();
    }
    let order = |at: usize| {
        let end = role.body.start + at;
        let line = role.line_at(end);
        let span = ordered_server(role.text, line, end)?;
        let name = letters(Span::new(span.start, end).of(role.text));
        let start = name.get(..name.floor_char_boundary(SAME_START)).unwrap_or(&name);
        let granted = list.entries.iter().any(|entry| letters(entry.name()).contains(start));
        let declared = role.fields().iter().any(|field| {
            letters(&field.name).contains("mcp")
                && letters(field.value.span.of(role.text)).contains(start)
        });
        let text = line.of(role.text).to_ascii_lowercase();
        let depends = WORDS_DEPENDING.iter().any(|word| text.contains(word));
        let is_title =
            role.outline.headings.iter().any(|heading| heading.span.contains(span.start));
        let is_order = !granted && !declared && !depends && !is_title && asks(role, span);
        (is_order && role.outline.code_at(end).is_none()).then_some((name, span))
    };
    memchr::memmem::find_iter(body.as_bytes(), " MCP").filter_map(order).collect()
}

/// Names that share this many letters belong to the same server.
const SAME_START: usize = 6;

/// Words in a sentence about a server that may be absent.
const WORDS_DEPENDING: [&str; 6] =
    ["if ", "installed", "configured", "enabled", "optional", "connected"];

/// Words after "MCP" in a request to use a server.
const FOLLOWING: [&str; 14] = [
    "", "and", "as", "before", "first", "for", "if", "instead", "or", "server", "to", "tool",
    "tools", "when",
];

/// The name and the word "MCP" at `end`, after a verb that asks to use it.
fn ordered_server(text: &str, line: Span, end: usize) -> Option<Span> {
    const VERBS: [&str; 8] = ["use", "prefer", "using", "via", "with", "call", "consult", "query"];
    let rest = text.get(end + " MCP".len()..line.end)?;
    // In "The Python MCP SDK" and "GitHub MCP output", a role works on the named thing.
    let next = rest.strip_prefix(' ').map(|rest| rest.split([' ', '.', ',', ';', ':', ')']));
    if next.and_then(|mut words| words.next()).is_some_and(|word| !FOLLOWING.contains(&word)) {
        return None;
    }
    let before = text.get(line.start..end)?;
    let mut start = end;
    let mut words = before.rsplit(' ');
    if before.ends_with('`') {
        let name = before.strip_suffix('`')?.rsplit('`').next()?;
        start = end - name.len() - 2;
        words = text.get(line.start..start)?.trim_end().rsplit(' ');
    }
    let mut names = 0;
    let verb = words.find(|word| {
        let is_name = word.starts_with(|c: char| c.is_ascii_uppercase())
            && word.chars().all(|c| c.is_ascii_alphanumeric() || matches!(c, '-' | '.'))
            && !VERBS.contains(&&*word.to_ascii_lowercase());
        if is_name {
            start = start - word.len() - usize::from(names > 0);
            names += 1;
        }
        !is_name && *word != "the"
    })?;
    let verb = verb.trim_start_matches(['(', '*', '"']).to_ascii_lowercase();
    let is_short = if before.ends_with('`') { names == 0 } else { (1..=3).contains(&names) };
    (is_short && VERBS.contains(&&*verb) && !rest.starts_with(char::is_alphanumeric))
        .then(|| Span::new(start, end + " MCP".len()))
}

fn is_about_servers(role: &Role<'_>, section: &Section) -> bool {
    matches!(
        section.title.of(role.text).trim_end_matches(':'),
        "MCP Integration" | "MCP Servers" | "MCP servers" | "MCP Tools" | "MCP tools"
    )
}

/// Whether an entry of the list is a tool of this server, in any notation.
pub(super) fn grants_server(list: &ToolList<'_>, server: &str) -> bool {
    let wanted = letters(server);
    list.entries.iter().any(|entry| letters(entry.name()).contains(&wanted))
}

/// The full names of tools of servers, in code as well.
pub(super) fn server_tools<'r>(
    role: &'r Role<'_>,
    host: &'static Host,
) -> impl Iterator<Item = Span> + 'r {
    let prefix = host.tools.server_form.and_then(|form| form.split("SERVER").next()).unwrap_or("");
    let prefix = if prefix.is_empty() { "\0" } else { prefix };
    let body = role.body;
    memchr::memmem::find_iter(body.of(role.text).as_bytes(), prefix).filter_map(move |at| {
        let start = body.start + at;
        let is_part = |c: char| c.is_ascii_alphanumeric() || matches!(c, '_' | '-');
        let before = role.text.get(..start)?.chars().next_back();
        let rest = role.text.get(start..)?;
        let length = rest.find(|c| !is_part(c)).unwrap_or(rest.len());
        // `mcp__x__*` stands for whatever there is.
        let is_whole = !rest.get(length..)?.starts_with(['*', '<', '{', '[']);
        (is_whole && !before.is_some_and(is_part)).then(|| Span::new(start, start + length))
    })
}

/// Whether the list grants a tool of a server: by its name, or by a pattern that covers it.
pub(super) fn grants(list: &ToolList<'_>, name: &str) -> bool {
    // An identifier in code has no dashes.
    let identifier = |name: &str| name.replace('-', "_");
    let name = identifier(name);
    list.entries.iter().any(|entry| {
        let listed = identifier(entry.name());
        let rest = name.strip_prefix(listed.trim_end_matches('*').trim_end_matches('_'));
        listed == name || rest.is_some_and(|rest| rest.starts_with("__") || listed.ends_with('*'))
    })
}

/// Whether the role brings a server with it.
pub(super) fn declares(role: &Role<'_>, server: &str) -> bool {
    role.fields().iter().any(|field| {
        field.name.to_ascii_lowercase().contains("mcp")
            && field.value.span.of(role.text).contains(server)
    })
}
