//! Syntax errors in YAML, TOML and JSON files.

use super::{Check, Context, Example, Finding, Profile, Rule};
use crate::diagnostic::Severity;
use crate::host::HOSTS;
use crate::role::Syntax;
use crate::syntax::{self, Beyond};
use alloc::format;
use alloc::string::String;
use alloc::vec::Vec;

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
    if let Some(finding) = beyond_json(cx) {
        cx.report(finding);
    }
}

/// A comment or a trailing comma, where the host or another version of it reads only plain JSON.
fn beyond_json(cx: &Context<'_>) -> Option<Finding> {
    let (role, host) = (cx.role, cx.host);
    if role.syntax != Syntax::Json || role.within.is_some() || !role.errors.is_empty() {
        return None;
    }
    let is_version = || HOSTS.iter().filter(|other| other.variant_of == Some(host.id));
    let strict = core::iter::once(host).chain(is_version());
    let strict = strict.into_iter().find(|host| host.front_matter.plain_json)?;
    let severity = if strict == host { Severity::Error } else { Severity::Info };
    let finding = match syntax::beyond_json(role.text)? {
        Beyond::Comma(span) => Finding::new(span, "JSON allows no comma after the last value")
            .safe_fix("Remove the comma", Vec::from([(span, String::new())])),
        Beyond::Comment(span) => {
            Finding::new(span, "JSON allows no comments").help("Remove the comments.")
        }
    };
    let reason = strict.front_matter.invalid.note.unwrap_or("");
    Some(finding.severity(severity).reason(reason))
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
    fn plain_json_has_no_comments_and_no_trailing_commas() {
        let check = |path: &str, text: &str| findings("invalid-syntax", path, text);
        let (amazon, kiro) = (".amazonq/cli-agents/x.json", ".kiro/agents/x.json");
        let comma = "{\"name\": \"x\", \"prompt\": \"a, ] // \\\" ,}\", \"tools\": [\"read\",]}\n";
        assert_eq!(
            check(amazon, comma),
            ["1:58-1:59 error JSON allows no comma after the last value"]
        );
        assert_eq!(
            check(kiro, comma),
            ["1:58-1:59 info JSON allows no comma after the last value"]
        );
        assert_eq!(
            check(amazon, "// Mine\n{\"name\": \"x\", \"prompt\": \"Help.\"}\n"),
            ["1:1-1:3 error JSON allows no comments"]
        );
        let plain = comma.replace(",]", "]");
        assert_eq!(check(amazon, &plain), [""; 0]);
        let opencode = "{\"agent\": {\"x\": {\"prompt\": \"Help.\", /* 1 */}}}\n";
        assert_eq!(check("opencode.json", opencode), [""; 0]);
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
