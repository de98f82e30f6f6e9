//! Fields of a hook that the host does not read, and matchers that match no tool.

use super::{Context, Finding, Hooks, joined};
use crate::diagnostic::Severity;
use crate::spelling;
use crate::text::Span;
use crate::yaml::{Entry, Node};
use alloc::format;
use alloc::string::{String, ToString};
use alloc::vec::Vec;

/// Keys that only describe a hook.
const REMARKS: [&str; 4] = ["name", "description", "comment", "$comment"];

/// The first field of a hook that the host does not read. Another check looks at time limits.
pub(super) fn unread(hooks: &Hooks, hook: &Node<'_>) -> Option<Finding> {
    let is_known = |key: &str| {
        hooks.fields.contains(&key)
            || REMARKS.contains(&key)
            || key == "type"
            || key.to_ascii_lowercase().starts_with("timeout")
    };
    let entries = hook.entries().filter(|_| !hooks.fields.is_empty())?;
    let (span, key) = entries.iter().find_map(|entry| {
        let key = entry.key.as_str()?;
        (!is_known(key)).then_some((entry.key.span, key))
    })?;
    let finding = Finding::new(span, format!("Unknown hook field `{key}`"))
        .reason("The hook runs as if the field were not there.");
    Some(match spelling::nearest(key, hooks.fields.iter().copied()) {
        Some(near) => finding.help(format!("Did you mean `{near}`?")),
        None => {
            let fields: Vec<String> = hooks.fields.iter().map(|it| format!("`{it}`")).collect();
            finding.help(format!("Remove it; a hook may have {}.", joined(&fields, "and")))
        }
    })
}

/// The matchers of an event of tools that match no tool.
pub(super) fn unmatched(cx: &Context<'_>, hooks: &Hooks, event: &Entry<'_>) -> Vec<Finding> {
    let name = event.key.as_str().unwrap_or("").to_ascii_lowercase();
    let groups = event.value.items().filter(|_| name.contains("tooluse")).unwrap_or(&[]);
    groups.iter().filter_map(|group| about(cx, hooks, group.get("matcher")?)).collect()
}

fn about(cx: &Context<'_>, hooks: &Hooks, matcher: &Node<'_>) -> Option<Finding> {
    let (host, source) = (cx.host, cx.role.text);
    let text = matcher.as_str()?;
    // Anything else is a pattern.
    let is_name = |name: &str| {
        !name.is_empty() && name.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'_')
    };
    if !text.split('|').all(is_name) {
        return None;
    }
    text.split('|').find_map(|name| {
        if let Some((_, known)) = hooks.renamed.iter().find(|(renamed, _)| *renamed == name) {
            let message = format!("Not every version has the tool `{name}`");
            let finding = Finding::new(matcher.span, message).severity(Severity::Info);
            return Some(finding.reason(hooks.renamed_note).help(format!("Write `{known}`.")));
        }
        let tool = host.tool_ignoring_case(name).filter(|_| host.tool(name).is_none());
        let tool = tool.filter(|_| host.tools.case_sensitive)?.name;
        let finding = Finding::new(matcher.span, format!("No tool is called `{name}`"))
            .reason("A matcher is case-sensitive, so the hook does not run for this tool.")
            .help(format!("Did you mean `{tool}`?"));
        let Some(place) = place(source, matcher.span, name) else { return Some(finding) };
        let edits = Vec::from([(place, tool.to_string())]);
        Some(finding.unsafe_fix(format!("Replace `{name}` with `{tool}`"), edits))
    })
}

/// The place of one of the names in a matcher as written.
fn place(source: &str, matcher: Span, name: &str) -> Option<Span> {
    let raw = matcher.of(source);
    let is_whole = |at: usize| {
        let is_edge = |byte: Option<&u8>| byte.is_none_or(|byte| b"|\"'".contains(byte));
        let bytes = raw.as_bytes();
        is_edge(at.checked_sub(1).and_then(|before| bytes.get(before)))
            && is_edge(bytes.get(at + name.len()))
    };
    let at = raw.match_indices(name).map(|(at, _)| at).find(|at| is_whole(*at))?;
    Some(Span::new(matcher.start + at, matcher.start + at + name.len()))
}

#[cfg(test)]
mod tests {
    use crate::rules::tests::{findings, fixed_unsafely};
    use alloc::format;
    use alloc::string::String;
    use alloc::vec::Vec;

    fn kiro(hook: &str) -> Vec<String> {
        let text = format!(
            "{{\"name\": \"x\", \"prompt\": \"Help.\", \"hooks\": {{\"preToolUse\": [{hook}]}}}}\n"
        );
        findings("invalid-hook", ".kiro/agents/x.json", &text)
    }

    #[test]
    fn a_field_that_is_not_read_is_reported() {
        assert_eq!(
            kiro("{\"command\": \"./a\", \"toolTypes\": [\"read\"]}"),
            ["1:78-1:89 warning Unknown hook field `toolTypes`"]
        );
        assert_eq!(
            kiro("{\"command\": \"./a\", \"description\": \"x\", \"timeout_ms\": 5000}"),
            [""; 0]
        );
    }

    #[test]
    fn a_matcher_names_tools_as_the_host_does() {
        assert_eq!(
            kiro("{\"command\": \"./a\", \"matcher\": \"read_file\"}"),
            ["1:89-1:100 info Not every version has the tool `read_file`"]
        );
        assert_eq!(kiro("{\"command\": \"./a\", \"matcher\": \"read\"}"), [""; 0]);
        let text = |matcher: &str| {
            format!(
                "---\nname: x\ndescription: Use it\nhooks:\n  PreToolUse:\n    - matcher: {matcher}\n      hooks:\n        - {{type: command, command: ./a}}\n---\n\nYou help.\n"
            )
        };
        let agent = ".claude/agents/x.md";
        assert_eq!(
            findings("invalid-hook", agent, &text("Edit|bash")),
            ["6:16-6:25 warning No tool is called `bash`"]
        );
        assert_eq!(fixed_unsafely(agent, &text("Edit|bash")), text("Edit|Bash"));
        for matcher in ["Edit|Write", "mcp__git__.*", "'*'", "Notebook.*", "bash.*"] {
            assert_eq!(findings("invalid-hook", agent, &text(matcher)), [""; 0], "{matcher}");
        }
    }
}
