//! Tags in angle brackets in fields that must not contain them.

use super::{Check, Context, Example, Finding, Profile, Rule};
use crate::diagnostic::Severity;
use crate::text::Span;
use alloc::format;

/// The rule.
pub(super) static RULE: Rule = Rule {
    name: "markup-in-field",
    severity: Severity::Info,
    profile: Profile::Recommended,
    summary: "The name or the description of a skill contains a tag in angle brackets.",
    why: "The name and description of a skill are put into the system prompt, where a tag could be mistaken for a part of it. Claude's API rejects an upload of such a skill, and so does the validator that comes with Codex; a skill that is merely read from a folder still works.",
    example: Example {
        path: "skills/format/SKILL.md",
        bad: "---\nname: format\ndescription: Formats <output> blocks. Use it before a reply.\n---\n\nFormat the reply.\n",
        at: "<output>",
        good: "---\nname: format\ndescription: Formats output blocks. Use it before a reply.\n---\n\nFormat the reply.\n",
        files: &[],
    },
    check: Check::Role(check),
};

fn check(cx: &mut Context<'_>) {
    for (known, field) in cx.known_fields() {
        let Some(note) = known.markup else { continue };
        let raw = field.value.span.of(cx.role.text);
        let Some(tag) = first_tag(raw).filter(|_| field.value.as_str().is_some()) else { continue };
        let place = Span::new(field.value.span.start + tag.start, field.value.span.start + tag.end);
        let message = format!("Angle brackets in `{}`: `{}`", field.name, tag.of(raw));
        cx.report(
            Finding::new(place, message)
                .reason(note)
                .help("Reword it without angle brackets, or move it to the body."),
        );
    }
}

/// The first `<name …>` or `</name>`.
fn first_tag(text: &str) -> Option<Span> {
    memchr::memchr_iter(b'<', text.as_bytes()).find_map(|start| {
        let rest = text.get(start + 1..)?;
        let name = rest.strip_prefix('/').unwrap_or(rest);
        let length =
            rest.find(['<', '>', '\n']).filter(|end| rest.as_bytes().get(*end) == Some(&b'>'))?;
        let is_tag = name.starts_with(|c: char| c.is_ascii_alphabetic()) && length <= 80;
        is_tag.then(|| Span::new(start, start + 1 + length + 1))
    })
}

#[cfg(test)]
mod tests {
    use crate::rules::tests::findings;
    use alloc::format;

    #[test]
    fn only_tags_count() {
        let check = |path, description: &str| {
            let text = format!("---\nname: x\ndescription: {description}\n---\nHelp.\n");
            findings("markup-in-field", path, &text)
        };
        let skill = "skills/x/SKILL.md";
        assert_eq!(
            check(skill, "\"Use it for </b> and <i>.\""),
            ["3:26-3:30 info Angle brackets in `description`: `</b>`"]
        );
        for description in ["Use it if a < b or c > d", "Use it -> now", "Use it for <3"] {
            assert_eq!(check(skill, description), [""; 0], "{description}");
        }
        assert_eq!(check(".claude/agents/x.md", "Use it. <example>"), [""; 0]);
    }
}
