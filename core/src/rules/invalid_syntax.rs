//! Syntax errors in YAML, TOML and JSON files.

use super::{Check, Context, Example, Finding, Profile, Rule};
use crate::diagnostic::Severity;
use alloc::format;

/// The rule.
pub(super) static RULE: Rule = Rule {
    name: "invalid-syntax",
    severity: Severity::Error,
    profile: Profile::Core,
    summary: "A YAML, TOML or JSON file has a syntax error.",
    why: "Hosts read such a file with a strict parser, so a single missing quotation mark keeps all of its roles from loading. Roo Code ignores every mode in the file, and Codex ignores the agent with a warning.",
    example: Example {
        path: ".kiro/agents/reviewer.json",
        bad: "{\"name\": \"reviewer\", description: \"Use it after every change\", \"prompt\": \"You review changes.\"}\n",
        at: "description",
        good: "{\"name\": \"reviewer\", \"description\": \"Use it after every change\", \"prompt\": \"You review changes.\"}\n",
        files: &[],
    },
    check: Check::Role(check),
};

fn check(cx: &mut Context<'_>) {
    let (role, host) = (cx.role, cx.host);
    let name = role.syntax.name();
    for error in &role.errors {
        let finding = Finding::new(error.span, format!("Invalid {name}: {}", error.message))
            .reason(
                host.front_matter
                    .invalid
                    .note
                    .unwrap_or("No parser can read the file, so every role in it is lost."),
            )
            .help("Fix this first; it may hide or cause other errors.");
        cx.report(finding);
    }
}

#[cfg(test)]
mod tests {
    use crate::rules::tests::findings;

    #[test]
    fn every_broken_mode_is_named_once() {
        let text = "customModes:\n  - slug: a\n    name: A: B\n  - slug: b\n    name: *\n  - slug: c\n    name: C\n";
        assert_eq!(
            findings("invalid-syntax", ".roomodes", text),
            [
                "3:12-3:13 error Invalid YAML: a value with `: ` needs quotes",
                "5:11-5:12 error Invalid YAML: a value that begins with `*` or `&` needs quotes"
            ]
        );
    }

    #[test]
    fn a_string_in_toml_that_is_not_closed_is_named_where_it_ends() {
        let text = "name = \"x\ndescription = \"y\"\n";
        let found = findings("invalid-syntax", ".codex/agents/x.toml", text);
        assert!(
            found.len() == 1 && found[0].starts_with("1:10-1:10 error Invalid TOML: "),
            "{found:?}"
        );
    }
}
