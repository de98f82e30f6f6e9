//! Links whose path is written with backslashes.

use super::{Check, Context, Example, Finding, Profile, Rule};
use crate::diagnostic::Severity;
use crate::text::Span;
use alloc::format;
use alloc::vec::Vec;

/// The rule.
pub(super) static RULE: Rule = Rule {
    name: "backslash-path",
    severity: Severity::Warning,
    profile: Profile::Core,
    summary: "A link path is written with backslashes.",
    why: "A backslash separates folders on Windows only, and in Markdown it also escapes the next character. On every other system, the agent looks for a single file with backslashes in its name and does not find it. Forward slashes work everywhere.",
    example: Example {
        path: "skills/report/SKILL.md",
        bad: "---\nname: report\ndescription: Writes reports. Use it every Friday.\n---\n\nRead [the guide](docs\\guide.md) first.\n",
        at: "docs\\guide.md",
        good: "---\nname: report\ndescription: Writes reports. Use it every Friday.\n---\n\nRead [the guide](docs/guide.md) first.\n",
        files: &[],
    },
    check: Check::Role(check),
};

fn check(cx: &mut Context<'_>) {
    let role = cx.role;
    let mut findings = Vec::new();
    for link in role.outline.links.iter().filter(|link| link.target.contains('\\')) {
        let raw = link.span.of(role.text);
        let path = link.target.split('#').next().unwrap_or("");
        let Some(at) = raw.rfind(path).filter(|_| is_path(path)) else { continue };
        let span = Span::new(link.span.start + at, link.span.start + at + path.len());
        let slashes = path.replace('\\', "/");
        findings.push(
            Finding::new(span, "Backslashes in a link path")
                .reason("Only Windows treats them as folder separators.")
                .safe_fix(format!("Replace with `{slashes}`"), Vec::from([(span, slashes)])),
        );
    }
    findings.into_iter().for_each(|finding: Finding| cx.report(finding));
}

/// Whether it is a relative path to a file: folders, and a name with an extension.
fn is_path(path: &str) -> bool {
    let names: Vec<&str> = path.split(['\\', '/']).collect();
    let is_name =
        |name: &&str| !name.is_empty() && !name.contains([':', '*', '?', '"', '<', '>', '|']);
    let has_extension =
        names.last().and_then(|name| name.rsplit_once('.')).is_some_and(|(_, extension)| {
            (1..=5).contains(&extension.len())
                && extension.bytes().all(|b| b.is_ascii_alphanumeric())
        });
    has_extension && names.iter().all(is_name)
}

#[cfg(test)]
mod tests {
    use crate::rules::tests::{findings, fixed};

    #[test]
    fn only_relative_paths_are_corrected() {
        let text = "See [a](docs\\a.md#tone) and ![b](img\\b.png).\n";
        assert_eq!(findings("backslash-path", "roles/a.md", text).len(), 2);
        assert_eq!(fixed("roles/a.md", text), "See [a](docs/a.md#tone) and ![b](img/b.png).\n");
        for text in ["[a](C:\\docs\\a.md)\n", "[a](docs/a.md)\n", "[a](a\\b)\n", "`docs\\a.md`\n"] {
            assert_eq!(findings("backslash-path", "roles/a.md", text), [""; 0], "{text}");
        }
    }
}
