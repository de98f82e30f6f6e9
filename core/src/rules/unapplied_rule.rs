//! Rules and instructions that nothing applies automatically.

use super::wording::joined;
use super::{Check, Context, Example, Finding, Profile, Rule, near_miss_field};
use crate::diagnostic::Severity;
use crate::text::Span;
use alloc::format;
use alloc::string::String;
use alloc::vec::Vec;

/// The rule.
pub(super) static RULE: Rule = Rule {
    name: "unapplied-rule",
    severity: Severity::Info,
    profile: Profile::Recommended,
    summary: "Nothing says when a rule or an instructions file applies.",
    why: "Cursor attaches a rule to requests by its description, its globs or `alwaysApply`, and Copilot applies a file of instructions to the files that `applyTo` matches. Without any of these, the text reaches the model only if someone attaches it by hand.",
    example: Example {
        path: ".cursor/rules/tests.mdc",
        bad: "---\nalwaysApply: false\n---\n\nName each test after what it proves.\n",
        at: "alwaysApply",
        good: "---\ndescription: How to write tests\nalwaysApply: false\n---\n\nName each test after what it proves.\n",
        files: &[],
    },
    check: Check::Role(check),
};

fn check(cx: &mut Context<'_>) {
    let role = cx.role;
    let Some(applied) = cx.host.applied(role.path).filter(|_| !cx.host_is_guessed()) else {
        return;
    };
    let is_set = |name: &&str| {
        role.field(name).is_some_and(|field| {
            let value = field.value.as_str().map(str::trim);
            field.error.is_some() || value.is_none_or(|v| !matches!(v, "" | "false" | "null"))
        })
    };
    let is_meant = |name: &str| {
        near_miss_field::meant(cx.host, role, name)
            .is_some_and(|meant| applied.by.contains(&meant.field.name))
    };
    if role.text.trim().is_empty()
        || role.front_matter_is_broken()
        || applied.by.iter().any(is_set)
        || near_miss_field::fields(role).any(|field| is_meant(&field.name))
    {
        return;
    }
    let fields: Vec<String> = applied.by.iter().map(|name| format!("`{name}`")).collect();
    let span = match role.fields().first() {
        Some(first) => first.name_span,
        None => beginning(role.text),
    };
    cx.report(
        Finding::new(span, "Nothing says when this file applies")
            .reason(applied.note)
            .help(format!("Set {} in the front matter.", joined(&fields, "or"))),
    );
}

/// The first line that is not blank.
fn beginning(text: &str) -> Span {
    let start = text.len() - text.trim_start_matches('\u{feff}').trim_start().len();
    let line = text.get(start..).and_then(|rest| rest.lines().next()).unwrap_or("");
    Span::new(start, start + line.trim_end().len())
}

#[cfg(test)]
mod tests {
    use crate::rules::tests::findings;

    #[test]
    fn one_field_is_enough() {
        let check = |path, text| findings("unapplied-rule", path, text);
        assert_eq!(
            check(".github/instructions/ts.instructions.md", "# TypeScript\n\nUse strict mode.\n"),
            ["1:1-1:13 info Nothing says when this file applies"]
        );
        for text in [
            "---\nglobs: a/*\n---\nShort.\n",
            "---\nalwaysApply: true\n---\nShort.\n",
            "---\nDescription: x\n---\nShort.\n",
        ] {
            assert_eq!(check(".cursor/rules/x.mdc", text), [""; 0], "{text}");
        }
        assert_eq!(check(".github/copilot-instructions.md", "Use strict mode.\n"), [""; 0]);
        assert_eq!(check(".cursorrules", "Use strict mode.\n"), [""; 0]);
    }
}
