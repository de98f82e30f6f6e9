//! Paths that are written with backslashes: in links, and in text if they lead to a file.

use super::{Check, Context, Example, Finding, Profile, Rule};
use crate::diagnostic::Severity;
use crate::role::Mark;
use crate::text::{Span, folder, resolved};
use alloc::format;
use alloc::string::String;
use alloc::vec::Vec;

/// The rule.
pub(super) static RULE: Rule = Rule {
    name: "backslash-path",
    severity: Severity::Warning,
    profile: Profile::Core,
    summary: "A path is written with backslashes.",
    why: "A backslash separates folders on Windows only, and in Markdown it also escapes the next character. On every other system, the agent looks for a single file with backslashes in its name and does not find it. Forward slashes work everywhere. Outside links, only paths of existing files are reported, as info.",
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
    findings.extend(in_text(cx));
    findings.into_iter().for_each(|finding: Finding| cx.report(finding));
}

/// Paths in text and commands that lead to a file of the workspace once their backslashes are
/// slashes.
fn in_text(cx: &Context<'_>) -> Option<Finding> {
    let role = cx.role;
    let body = role.body.of(role.text);
    if !cx.files.is_known() {
        return None;
    }
    let mut end = 0;
    let mut places: Vec<(Span, String)> = Vec::new();
    let backslashes = role.body_marks(Mark::Backslash).iter().take(MAX_BACKSLASHES);
    for at in backslashes.map(|at| at - role.body.start) {
        if at < end {
            continue;
        }
        let is_part = |c: char| c.is_ascii_alphanumeric() || matches!(c, '_' | '-' | '.' | '/');
        let before = body.get(..at)?;
        let start = before.trim_end_matches(is_part).len();
        let rest = body.get(at..)?;
        end = at + rest.find(|c| !is_part(c) && c != '\\').unwrap_or(rest.len());
        let written = body.get(start..end)?.trim_end_matches(['.', '\\']);
        let span = Span::new(role.body.start + start, role.body.start + start + written.len());
        let slashes = written.replace('\\', "/");
        let places_of = [resolved(folder(role.path), &slashes), resolved("", &slashes)];
        let is_file = |place: &String| cx.files.exists(place);
        let is_link = role.outline.links.iter().any(|link| link.span.contains(span.start));
        let is_found = is_path(written) && places_of.iter().flatten().any(is_file);
        if is_found && !is_link && !is_for_windows(written) {
            places.push((span, slashes));
        }
    }
    let ((first, slashes), more) = places.split_first()?;
    let title = match more.len() {
        0 => format!("Replace with `{slashes}`"),
        _ => String::from("Replace the backslashes in all of them"),
    };
    let finding = Finding::new(*first, "Backslashes in a path")
        .and_more(more.len())
        .labels(more.iter().map(|(span, _)| *span), "also here")
        .severity(Severity::Info)
        .reason("Only Windows treats them as folder separators.");
    Some(finding.unsafe_fix(title, places))
}

/// A text full of backslashes contains formulas or code, not paths.
const MAX_BACKSLASHES: usize = 500;

/// Whether a script runs only on Windows.
fn is_for_windows(path: &str) -> bool {
    let extension = path.rsplit('.').next().unwrap_or("");
    ["bat", "cmd", "exe", "ps1"].iter().any(|windows| extension.eq_ignore_ascii_case(windows))
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
    use crate::rules::tests::{findings, findings_in, fixed};
    use alloc::format;

    #[test]
    fn only_relative_paths_are_corrected() {
        let text = "See [a](docs\\a.md#tone) and ![b](img\\b.png).\n";
        assert_eq!(findings("backslash-path", "roles/a.md", text).len(), 2);
        assert_eq!(fixed("roles/a.md", text), "See [a](docs/a.md#tone) and ![b](img/b.png).\n");
        for text in ["[a](C:\\docs\\a.md)\n", "[a](docs/a.md)\n", "[a](a\\b)\n", "`docs\\a.md`\n"] {
            assert_eq!(findings("backslash-path", "roles/a.md", text), [""; 0], "{text}");
        }
    }

    #[test]
    fn a_path_in_text_is_reported_if_it_leads_to_a_file() {
        let check = |text: &str| {
            let skill = "skills/x/SKILL.md";
            let files =
                [(skill, text), ("skills/x/scripts/run.py", ""), ("skills/x/scripts/run.ps1", "")];
            findings_in("backslash-path", skill, &files)
        };
        let found = "info Backslashes in a path";
        assert_eq!(check("Run scripts\\run.py first.\n"), [format!("1:5-1:19 {found}")]);
        assert_eq!(
            check("Run `python scripts\\run.py`, then `scripts\\run.py`.\n"),
            [format!("1:13-1:27 {found} (2 places)")]
        );
        for text in ["scripts\\none.py\n", "scripts\\run.ps1\n", "a \\ b\n", "scripts/run.py\n"] {
            assert_eq!(check(text), [""; 0], "{text}");
        }
    }
}
