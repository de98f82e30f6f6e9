//! Globs that have no effect, or match nothing.

use super::{Check, Context, Example, Finding, Profile, Rule};
use crate::diagnostic::Severity;
use crate::front_matter::{self, Field};
use crate::host::{FieldRole, Yaml};
use crate::text::Span;
use crate::tools;
use alloc::format;
use alloc::string::String;
use alloc::vec::Vec;

/// The rule.
pub(super) static RULE: Rule = Rule {
    name: "useless-glob",
    severity: Severity::Warning,
    profile: Profile::Core,
    summary: "A glob has no effect, or cannot match any file.",
    why: "A rule that is always applied is added to every request, whatever its globs say. Cursor reads the front matter of a rule line by line: quotes become part of the pattern, and users measured that a list matches nothing (Cursor 3.17.8; cosai-oasis/project-codeguard issue 121).",
    example: Example {
        path: ".cursor/rules/api.mdc",
        bad: "---\ndescription: How handlers answer\nglobs: src/api/**/*.ts\nalwaysApply: true\n---\n\nEvery handler validates its input.\n",
        at: "src/api/**/*.ts",
        good: "---\ndescription: How handlers answer\nglobs: src/api/**/*.ts\nalwaysApply: false\n---\n\nEvery handler validates its input.\n",
        files: &[],
    },
    check: Check::Role(check),
};

fn check(cx: &mut Context<'_>) {
    let role = cx.role;
    let of = |meaning| cx.host.field_for(meaning).and_then(|field| role.field(field.name));
    let Some(globs) = of(FieldRole::Globs) else { return };
    let always = of(FieldRole::AlwaysApply).filter(|field| field.value.as_str() == Some("true"));
    let value = front_matter::value_span(role.text, globs);
    let lead = value.len() - value.of(role.text).trim_start().len();
    let value = Span::new(value.start + lead, value.end);
    let raw = value.of(role.text);
    if raw.is_empty() || raw.starts_with('#') {
        return;
    }
    if let Some(always) = always {
        let message = format!("`{}` has no effect beside `{}: true`", globs.name, always.name);
        let help =
            format!("Delete one of the two: `{}` applies the rule to every request.", always.name);
        let finding = Finding::new(value, message).label(always.value.span, "applied always");
        cx.report(
            finding
                .reason("The rule is added to every request, whatever files are open.")
                .help(help),
        );
    } else if cx.host.front_matter.yaml == Yaml::Lines {
        let finding = quoted(globs, value, raw).or_else(|| listed(globs, value, raw));
        finding.into_iter().for_each(|finding| cx.report(finding));
    }
}

fn quoted(globs: &Field<'_>, value: Span, raw: &str) -> Option<Finding> {
    let quote = raw.chars().next().filter(|c| matches!(c, '"' | '\''))?;
    let inner = raw.strip_prefix(quote)?.strip_suffix(quote).filter(|i| !i.contains(quote))?;
    let edits = Vec::from([(value, String::from(inner))]);
    Some(
        Finding::new(value, format!("Quoted pattern in `{}`", globs.name))
            .reason("The front matter is read line by line, so the quotes become part of the pattern and it matches no file.")
            .unsafe_fix("Remove the quotes", edits),
    )
}

fn listed(globs: &Field<'_>, value: Span, raw: &str) -> Option<Finding> {
    let is_flow = raw.starts_with('[') && raw.ends_with(']');
    let is_block = raw.starts_with("- ");
    if !is_flow && !is_block {
        return None;
    }
    let divided = if is_flow { ',' } else { '\n' };
    let inner = if is_flow { raw.trim_matches(['[', ']']) } else { raw };
    let items = inner
        .split(divided)
        .map(|item| item.trim().trim_start_matches("- ").trim_matches(['"', '\'', ' ']));
    let items: Vec<&str> = items.filter(|item| !item.is_empty()).collect();
    let line = items.join(", ");
    let shown = tools::shown(&line);
    // A reader of lines sees a list in brackets, and nothing of one below.
    let severity = if is_flow { Severity::Info } else { Severity::Warning };
    Some(
        Finding::new(value, format!("List in `{}`", globs.name))
            .severity(severity)
            .reason(
                "The front matter is read line by line; users measured that a list matches no file.",
            )
            .help(format!("Write the patterns on one line: `{}: {shown}`.", globs.name)),
    )
}

#[cfg(test)]
mod tests {
    use crate::rules::tests::{findings, fixed_unsafely};
    use alloc::format;
    use alloc::string::String;
    use alloc::vec::Vec;

    const RULE: &str = ".cursor/rules/x.mdc";

    fn check(fields: &str) -> Vec<String> {
        findings(
            "useless-glob",
            RULE,
            &format!("---\ndescription: x\n{fields}\n---\n\nBe short.\n"),
        )
    }

    #[test]
    fn quotes_become_part_of_the_pattern() {
        assert_eq!(
            check("globs: \"src/**/*.ts, a.ts\""),
            ["3:8-3:27 warning Quoted pattern in `globs`"]
        );
        let text = "---\r\ndescription: x\r\nglobs: 'a/**'\r\n---\r\n\r\nBe short.\r\n";
        assert_eq!(fixed_unsafely(RULE, text), text.replace('\'', ""));
    }

    #[test]
    fn a_list_may_match_nothing() {
        assert_eq!(check("globs: [\"a/*\", \"b/*\"]"), ["3:8-3:22 info List in `globs`"]);
        assert_eq!(check("globs:\n  - \"a/*\"\n  - b/*"), ["4:3-5:8 warning List in `globs`"]);
    }

    #[test]
    fn bare_patterns_and_empty_ones_are_left_alone() {
        for fields in [
            "globs: **/*.ts, src/*.{ts,tsx}\nalwaysApply: false",
            "globs:\nalwaysApply: true",
            "globs: [a-z]*.ts",
            "alwaysApply: true",
        ] {
            assert_eq!(check(fields), [""; 0], "{fields}");
        }
    }
}
