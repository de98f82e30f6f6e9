//! Secrets written out in the settings of a server.

use super::{Check, Context, Example, Finding, Profile, Rule};
use crate::diagnostic::Severity;
use crate::host::{Field, FieldRole};
use crate::text::Span;
use crate::yaml::{Node, Value};
use alloc::format;
use alloc::string::{String, ToString};
use alloc::vec::Vec;

/// The rule.
pub(super) static RULE: Rule = Rule {
    name: "literal-server-secret",
    severity: Severity::Error,
    profile: Profile::Core,
    summary: "The settings of a server contain a secret in plain text.",
    why: "Anyone who can read the file can use the key, and a file in a repository is read by many people and kept forever. Hosts fill in environment variables instead. Only values under names such as `API_KEY` or `Authorization` are checked, and placeholders are not reported.",
    example: Example {
        path: ".claude/agents/planner.md",
        bad: "---\nname: planner\ndescription: Plans a change. Use before work starts.\ntools: Read\nmcpServers:\n  - tracker:\n      command: tracker\n      env:\n        TRACKER_TOKEN: q7Rk2vXw9LmT4bZc8NdY\n---\n\nYou plan changes.\n",
        at: "q7Rk2vXw9LmT4bZc8NdY",
        good: "---\nname: planner\ndescription: Plans a change. Use before work starts.\ntools: Read\nmcpServers:\n  - tracker:\n      command: tracker\n      env:\n        TRACKER_TOKEN: ${TRACKER_TOKEN}\n---\n\nYou plan changes.\n",
        files: &[],
    },
    check: Check::Role(check),
};

/// Settings are seldom deeper: field, server, `env`, variable.
const MAX_DEPTH: usize = 6;

fn check(cx: &mut Context<'_>) {
    let mut found = Vec::new();
    let signs_in = |field: &&Field| field.role == FieldRole::McpServers || field.name == "auth";
    for known in cx.host.fields.iter().filter(signs_in) {
        if let Some(field) = cx.role.field(known.name) {
            search(&field.value, MAX_DEPTH, &mut found);
        }
    }
    for (name, span) in found {
        cx.report(
            Finding::new(span, format!("`{name}` contains a secret in plain text"))
                .reason("Anyone who can read this file can use it.")
                .help("Revoke it, and use an environment variable: `${NAME}`."),
        );
    }
}

fn search(node: &Node<'_>, depth: usize, found: &mut Vec<(String, Span)>) {
    let Some(depth) = depth.checked_sub(1) else { return };
    match &node.value {
        Value::Sequence(items) => items.iter().for_each(|item| search(item, depth, found)),
        Value::Mapping(entries) => {
            for entry in entries {
                match (entry.key.as_str(), entry.value.as_str()) {
                    (Some(name), Some(value)) if is_secret(name) && is_literal(value) => {
                        found.push((name.to_string(), entry.value.span));
                    }
                    _ => search(&entry.value, depth, found),
                }
            }
        }
        Value::Scalar(..) => {}
    }
}

/// Whether a name refers to a secret, judging by its last word.
fn is_secret(name: &str) -> bool {
    let name = name.to_ascii_lowercase();
    let last = name.rsplit(['_', '-', '.']).next().unwrap_or("");
    ["token", "key", "secret", "password", "authorization", "apikey", "pat"].contains(&last)
}

/// Whether a value is the key itself: long, with mixed characters, and not a placeholder.
fn is_literal(value: &str) -> bool {
    let value = value.strip_prefix("Bearer ").or(value.strip_prefix("Basic ")).unwrap_or(value);
    let lower = value.to_ascii_lowercase();
    let stands_in =
        ["your", "example", "xxx", "token", "secret", "replace", "dummy", "...", "changeme"];
    let mixed = value.bytes().any(|b| b.is_ascii_digit())
        && value.bytes().any(|b| b.is_ascii_alphabetic())
        && value.bytes().all(|b| b.is_ascii_alphanumeric() || b"-_.+/=".contains(&b));
    value.len() >= 16 && mixed && !stands_in.iter().any(|word| lower.contains(word))
}

#[cfg(test)]
mod tests {
    use crate::rules::tests::findings;
    use alloc::format;
    use alloc::string::String;
    use alloc::vec::Vec;

    fn check(env: &str) -> Vec<String> {
        let text = format!(
            "---\nname: a\ndescription: Use it\nmcpServers:\n  - x: {{command: x, {env}}}\n---\nx\n"
        );
        findings("literal-server-secret", ".claude/agents/a.md", &text)
    }

    #[test]
    fn keys_are_found_wherever_they_are() {
        assert_eq!(
            check("env: {X_API_KEY: 8fK2mQ9zT4wV7bN1}"),
            ["5:38-5:54 error `X_API_KEY` contains a secret in plain text"]
        );
        assert_eq!(check("headers: {Authorization: Bearer 8fK2mQ9zT4wV7bN1}").len(), 1);
    }

    #[test]
    fn the_key_of_a_remote_agent_is_a_secret_too() {
        let check = |key: &str| {
            let text = format!(
                "---\nkind: remote\nname: a\nagent_card_url: https://a.example/card\nauth:\n  type: apiKey\n  key: {key}\n---\n"
            );
            findings("literal-server-secret", ".gemini/agents/a.md", &text)
        };
        let found = ["7:8-7:24 error `key` contains a secret in plain text"];
        assert_eq!(check("8fK2mQ9zT4wV7bN1"), found);
        assert_eq!(check("$CARD_KEY"), [""; 0]);
    }

    #[test]
    fn variables_places_and_other_values_are_left_alone() {
        for env in [
            "env: {X_API_KEY: '${X_API_KEY}'}",
            "env: {X_API_KEY: your-api-key-1234567}",
            "env: {X_TOKEN: none}",
            "env: {REGION: eu-central-1-and-more-2}",
            "env: {KEY_FILE: /home/a1/keys/one.pem}",
        ] {
            assert_eq!(check(env), [""; 0], "{env}");
        }
    }
}
