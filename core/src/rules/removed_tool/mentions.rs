//! Tools that a well-known server has renamed, called in the text.

use crate::host::SERVERS;
use crate::role::Role;
use crate::rules::{Context, Finding};
use crate::text::Span;
use alloc::format;
use alloc::vec::Vec;
use memchr::memmem;

/// One finding for each old name, except those in a tool list, which are reported there.
pub(super) fn check(cx: &Context<'_>) -> Vec<Finding> {
    let role = cx.role;
    let listed = |old: &str| {
        let mut entries = cx.tools().iter().flat_map(|list| &list.entries);
        entries.any(|entry| entry.name().ends_with(old))
    };
    let body = role.body.of(role.text);
    let mut found: Vec<Finding> = Vec::new();
    for server in SERVERS {
        let mut calls: Vec<(&str, &str, Vec<Span>)> = Vec::new();
        for at in memmem::find_iter(body.as_bytes(), server.name) {
            let start = role.body.start + at + server.name.len();
            let Some(called) = called(role, start) else { continue };
            let name = called.of(role.text);
            let Some((old, new)) = server.renamed.iter().find(|(old, _)| *old == name) else {
                continue;
            };
            match calls.iter_mut().find(|(known, ..)| known == old) {
                Some((.., places)) => places.push(called),
                None => calls.push((old, new, Vec::from([called]))),
            }
        }
        for (old, new, places) in calls {
            let message = format!("Tool `{old}` no longer exists in the {} server", server.title);
            let Some((first, more)) = places.split_first() else { continue };
            if listed(old) {
                continue;
            }
            found.push(
                Finding::new(*first, message)
                    .labels(more.iter().copied(), "also here")
                    .reason("The text tells the model to call a tool that it does not have.")
                    .help(format!("Use `{new}`.")),
            );
        }
    }
    found
}

/// The name of the tool behind that of its server: `context7.query-docs`, `mcp__context7__query-docs`.
fn called(role: &Role<'_>, start: usize) -> Option<Span> {
    let rest = role.text.get(start..role.body.end)?;
    let name = rest.strip_prefix('.').or_else(|| rest.strip_prefix("__"))?;
    let is_part = |c: char| c.is_ascii_alphanumeric() || matches!(c, '_' | '-');
    let length = name.find(|c| !is_part(c)).unwrap_or(name.len());
    // `github.get_issue(…)` calls a library.
    let is_function = rest.starts_with('.') && name.get(length..)?.starts_with('(');
    let start = start + rest.len() - name.len();
    (!is_function).then(|| Span::new(start, start + length))
}

#[cfg(test)]
mod tests {
    use crate::rules::tests::findings;

    #[test]
    fn a_renamed_tool_of_a_server_is_found_in_the_text() {
        let text = "Ask Context7 (`context7.resolve-library-id`, `context7.get-library-docs`).\n\nThen `mcp__context7__get-library-docs`.\n";
        assert_eq!(
            findings("removed-tool", "roles/a.md", text),
            ["1:56-1:72 warning Tool `get-library-docs` no longer exists in the Context7 server"]
        );
        let agent = "---\nname: a\ndescription: b\ntools: mcp__context7__get-library-docs\n---\nCall mcp__context7__get-library-docs.\n";
        assert_eq!(findings("removed-tool", ".claude/agents/a.md", agent).len(), 1);
        for text in
            ["Open github.com.\n", "Use context7.query-docs.\n", "Use other.get-library-docs.\n"]
        {
            assert_eq!(findings("removed-tool", "roles/a.md", text), [""; 0], "{text}");
        }
    }
}
