//! Reports a version or date in the text that differs from the version or date in the front matter.

use super::{Check, Context, Example, Finding, Profile, Rule};
use crate::diagnostic::Severity;
use crate::role::Role;
use crate::text::Span;
use alloc::format;
use alloc::string::{String, ToString};
use alloc::vec::Vec;

/// The rule.
pub(super) static RULE: Rule = Rule {
    name: "version-mismatch",
    severity: Severity::Info,
    profile: Profile::Recommended,
    summary: "The text gives a different version or date than the front matter.",
    why: "A version that appears in two places is soon updated in only one of them. Nobody can then tell which version the text is, and a model that is asked for it has two answers.",
    example: Example {
        path: "skills/filing/SKILL.md",
        bad: "---\nname: filing\ndescription: Files letters. Use when the post arrives.\nversion: 1.2.0\n---\n\n# Filing\n\n**Version**: 1.1.0\n\nFile by year.\n",
        at: "1.1.0",
        good: "---\nname: filing\ndescription: Files letters. Use when the post arrives.\nversion: 1.2.0\n---\n\n# Filing\n\nFile by year.\n",
        files: &[],
    },
    check: Check::Role(check),
};

fn check(cx: &mut Context<'_>) {
    let role = cx.role;
    let kinds: [(&[&str], &[&str], &str); 2] = [
        (&["version"], &["Version"], "version"),
        (&["updated", "last_updated", "last-updated"], &["Last Updated", "Last updated"], "date"),
    ];
    for (fields, labels, what) in kinds {
        let Some((value, place)) = fields.iter().find_map(|name| field(role, name)) else {
            continue;
        };
        let places = labels.iter().flat_map(|label| places(role, label));
        let differs = |span: &Span| plain(span.of(role.text)) != plain(&value);
        let others: Vec<Span> = places.filter(differs).collect();
        let Some((first, more)) = others.split_first() else { continue };
        let message = format!("The {what} differs from `{value}` in the front matter");
        let finding = Finding::new(*first, message)
            .and_more(more.len())
            .labels(more.iter().copied(), "also here")
            .label(place, "given here")
            .reason("It is unclear which of the two is right.");
        cx.report(finding.help("Correct the wrong one, or give it in one place only."));
    }
}

/// A value of the front matter, or of its `metadata`.
fn field(role: &Role<'_>, name: &str) -> Option<(String, Span)> {
    let nested = role.field("metadata").and_then(|metadata| metadata.value.get(name));
    let node = role.field(name).map(|field| &field.value).or(nested)?;
    let value = node.as_str().filter(|value| is_number(value))?;
    Some((value.to_string(), node.span))
}

/// Whether it has digits in at least two parts: `1.2`, `2026-01-31`.
fn is_number(value: &str) -> bool {
    let digits = value.strip_prefix('v').unwrap_or(value);
    digits.starts_with(|c: char| c.is_ascii_digit())
        && digits.contains(['.', '-'])
        && digits.chars().all(|c| c.is_ascii_digit() || matches!(c, '.' | '-'))
}

/// The number without a leading `v` or trailing zeros, which do not distinguish it.
fn plain(value: &str) -> &str {
    let mut value = value.strip_prefix('v').unwrap_or(value);
    while let Some(shorter) = value.strip_suffix(".0") {
        value = shorter;
    }
    value
}

/// The numbers on lines that begin with a label, perhaps in bold: `**Version**: 1.0`.
fn places(role: &Role<'_>, label: &str) -> Vec<Span> {
    let body = role.body.of(role.text);
    let found = memchr::memmem::find_iter(body.as_bytes(), label).filter_map(|at| {
        let start = role.body.start + at;
        let line = role.line_at(start);
        let before = Span::new(line.start, start).of(role.text);
        let rest = role.text.get(start + label.len()..line.end)?;
        let number = rest.trim_start_matches(['*', '_']).strip_prefix(':')?;
        let number = number.trim_start_matches(['*', '_', ' ', '`']);
        let number = number.split([' ', '*', '`', '|', ',', ')']).next()?.trim_end_matches('.');
        let begins = before.chars().all(|c| matches!(c, '*' | '_' | '>' | ' '));
        let at = line.end - (rest.len() - rest.find(number)?);
        let is_text = role.outline.code_at(start).is_none() && !is_history(role, start);
        (begins && is_text && is_number(number)).then(|| Span::new(at, at + number.len()))
    });
    found.collect()
}

/// Whether the section lists versions.
fn is_history(role: &Role<'_>, at: usize) -> bool {
    let heading = role.outline.headings.iter().rev().find(|heading| heading.span.start < at);
    let title = heading.map_or("", |heading| heading.text.of(role.text)).to_lowercase();
    ["change", "history", "versions", "release"].iter().any(|word| title.contains(word))
}

#[cfg(test)]
mod tests {
    use crate::rules::tests::findings;
    use alloc::format;
    use alloc::string::String;
    use alloc::vec::Vec;

    fn check(fields: &str, body: &str) -> Vec<String> {
        let text = format!("---\nname: a\ndescription: Use it\n{fields}---\n\n{body}\n");
        findings("version-mismatch", "skills/a/SKILL.md", &text)
    }

    #[test]
    fn another_number_in_the_text_is_found() {
        assert_eq!(
            check("version: 2.1.0\n", "Version: 2.0.0\n\nRun it.\n\n**Version**: 2.0.0"),
            ["7:10-7:15 info The version differs from `2.1.0` in the front matter (2 places)"]
        );
        assert_eq!(
            check("metadata:\n  version: \"3.1\"\n", "> **Version:** 3.2 (stable)"),
            ["8:16-8:19 info The version differs from `3.1` in the front matter"]
        );
        assert_eq!(
            check("updated: 2026-01-31\n", "Last Updated: 2025-12-07"),
            ["7:15-7:25 info The date differs from `2026-01-31` in the front matter"]
        );
    }

    #[test]
    fn the_same_number_and_other_versions_are_left_alone() {
        for body in [
            "Version: 2.1",
            "Version: v2.1.0",
            "Node Version: 20.1",
            "```\nVersion: 1.0\n```",
            "## Changelog\n\nVersion: 1.0",
            "Version: 2.x",
            "Version: see above",
        ] {
            assert_eq!(check("version: 2.1.0\n", body), [""; 0], "{body}");
        }
        assert_eq!(check("", "Version: 1.0"), [""; 0]);
    }
}
