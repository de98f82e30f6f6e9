//! Folders of hosts: in another case, or with a folder inside that does not exist.

use super::is_odd;
use super::places::Places;
use crate::diagnostic::Severity;
use crate::host::HOSTS;
use crate::role::Role;
use crate::rules::{Context, Finding};
use crate::text::Span;
use alloc::format;
use alloc::string::String;
use alloc::vec::Vec;

/// A host's folder in another case in code: `.Codex/`. All places of one folder are one defect.
pub(super) fn in_other_case(cx: &Context<'_>) -> Vec<Finding> {
    let role = cx.role;
    let mut found: Vec<(&str, Vec<Span>)> = Vec::new();
    for code in &role.outline.code {
        let text = code.of(role.text);
        for at in memchr::memchr_iter(b'.', text.as_bytes()) {
            let Some(name) = folder_in_other_case(text, at) else { continue };
            let place = Span::new(code.start + at, code.start + at + name.len());
            match found.iter_mut().find(|(other, _)| *other == name) {
                Some((_, places)) => places.push(place),
                None => found.push((name, Vec::from([place]))),
            }
        }
    }
    found.into_iter().filter_map(|(name, places)| misspelled(cx, name, &places)).collect()
}

/// The name of a host's folder with a capital letter after the dot, followed by a slash.
fn folder_in_other_case(text: &str, at: usize) -> Option<&str> {
    let (before, rest) = text.split_at_checked(at)?;
    let is_part = |c: char| c.is_alphanumeric() || matches!(c, '-' | '_');
    if !rest.as_bytes().get(1)?.is_ascii_uppercase() || before.ends_with(|c| is_part(c) || c == '.')
    {
        return None;
    }
    let length = 1 + rest.get(1..)?.find(|c| !is_part(c))?;
    let name = rest.get(..length).filter(|_| rest.as_bytes().get(length) == Some(&b'/'))?;
    let meant = name.to_ascii_lowercase();
    let mut locations = HOSTS.iter().flat_map(|host| host.locations);
    locations.any(|path| path.split('/').next() == Some(&*meant)).then_some(name)
}

fn misspelled(cx: &Context<'_>, name: &str, places: &[Span]) -> Option<Finding> {
    let meant = name.to_ascii_lowercase();
    let is_in = |path: &str| path.split('/').next() == Some(&*meant);
    let known = Places::of(cx);
    let (first, more) = places.split_first()?;
    // "Write `.codex/`, not `.Codex/`."
    let is_compared = cx.role.line_at(first.start).of(cx.role.text).contains(&meant);
    if known.has_below(name) || is_compared {
        return None;
    }
    let exists = is_in(cx.role.path) || known.has_below(&meant);
    let finding = Finding::new(*first, format!("`{name}` differs only in case from `{meant}`"))
        .and_more(more.len())
        .labels(more.iter().copied(), "also here")
        .reason("On case-sensitive file systems, it is another folder.");
    Some(if exists {
        let edits = places.iter().map(|place| (*place, meant.clone())).collect();
        finding.safe_fix(format!("Replace `{name}` with `{meant}`"), edits)
    } else {
        finding.severity(Severity::Info).help(format!("Write `{meant}`."))
    })
}

/// "See `.opencode/notes/` for …", if the role is in that folder of a host and it has no such
/// folder.
pub(super) fn missing(cx: &Context<'_>) -> Vec<Finding> {
    let role = cx.role;
    let Some((top, _)) = role.path.split_once('/').filter(|(top, _)| top.starts_with('.')) else {
        return Vec::new();
    };
    let sent_to = |code: &&Span| {
        let path = code.of(role.text).trim_matches('`');
        let inside = path.strip_prefix(top).and_then(|rest| rest.strip_prefix('/'));
        let inside = inside.and_then(|rest| rest.strip_suffix('/'));
        inside.is_some_and(|rest| !rest.is_empty() && !rest.contains(is_odd)) && sends(role, **code)
    };
    let mut sent = role.outline.code.iter().filter(sent_to).peekable();
    if sent.peek().is_none() {
        return Vec::new();
    }
    let known = Places::of(cx);
    let finding = |code: &Span| {
        let path = code.of(role.text).trim_matches('`');
        let place = path.trim_end_matches('/');
        (!known.has(place) && !cx.files.exists(place)).then(|| {
            Finding::new(*code, format!("The folder `{path}` does not exist"))
                .severity(Severity::Info)
                .reason("The model looks for it and finds nothing.")
                .help("Correct the path, add the folder, or remove the sentence.")
        })
    };
    sent.filter_map(finding).collect()
}

/// Whether a line begins by sending the model to the path, without a condition.
fn sends(role: &Role<'_>, code: Span) -> bool {
    const VERBS: [&str; 4] = ["see", "consult", "refer to", "read"];
    const CONDITIONS: [&str; 6] = [" if ", "when ", "optional", "create", "exist", "your "];
    let line = role.line_at(code.start);
    let before = Span::new(line.start, code.start).of(role.text);
    let before = before.trim_start_matches([' ', '\t', '-', '*', '>', ':']).trim_end();
    let has_condition = || {
        let line: String = line.of(role.text).to_ascii_lowercase();
        CONDITIONS.iter().any(|word| line.contains(word))
    };
    VERBS.iter().any(|verb| before.eq_ignore_ascii_case(verb)) && !has_condition()
}

#[cfg(test)]
mod tests {
    use crate::rules::tests::{findings, findings_in, fixed_in};
    use alloc::format;
    use alloc::string::String;
    use alloc::vec::Vec;

    const AGENT: &str = ".opencode/agents/x.md";

    #[test]
    fn a_hosts_folder_in_another_case_is_corrected_where_it_exists() {
        let text = "You help.\n\nRead `.Codex/rules.md` and the hooks in `.Codex/`.\n";
        let files = [("roles/x.md", text), (".codex/rules.md", "")];
        assert_eq!(
            findings_in("broken-reference", "roles/x.md", &files),
            ["3:7-3:13 warning `.Codex` differs only in case from `.codex` (2 places)"]
        );
        assert_eq!(fixed_in("roles/x.md", &files), text.replace(".Codex", ".codex"));
        let alone = [("roles/x.md", text)];
        assert_eq!(
            findings_in("broken-reference", "roles/x.md", &alone),
            ["3:7-3:13 info `.Codex` differs only in case from `.codex` (2 places)"]
        );
        let other = [("roles/x.md", text), (".Codex/rules.md", "")];
        assert_eq!(findings_in("broken-reference", "roles/x.md", &other), [""; 0]);
        let agent = "name = \"x\"\ndescription = \"Use it.\"\ndeveloper_instructions = \"Read the files in `.Codex/`.\"\n";
        assert_eq!(findings("broken-reference", ".codex/agents/x.toml", agent).len(), 1);
        for text in [
            "`.codex/a`, not `.Codex/a`",
            "`System.Codex/a`",
            "`.Codex`",
            "`.NET/a`",
            "See .Codex/a",
        ] {
            assert_eq!(findings("broken-reference", "roles/x.md", text), [""; 0], "{text}");
        }
    }

    #[test]
    fn a_folder_that_the_role_is_sent_to_exists_in_its_hosts_folder() {
        let check = |body: &str, other: &str| -> Vec<String> {
            let text = format!("---\ndescription: Use it\nmode: all\n---\n\n{body}\n");
            findings_in("broken-reference", AGENT, &[(AGENT, &text), (other, "")])
        };
        let body = "See `.opencode/notes/` for the way we work.";
        assert_eq!(
            check(body, ".opencode/agents/y.md"),
            ["6:5-6:23 info The folder `.opencode/notes/` does not exist"]
        );
        assert_eq!(check(body, ".opencode/notes/a.md"), [""; 0]);
        for body in [
            "See `.opencode/notes/` if it is there.",
            "Write to `.opencode/notes/`.",
            "See `.claude/notes/` for the way we work.",
            "See `.opencode/<topic>/` for the way we work.",
        ] {
            assert_eq!(check(body, ".opencode/agents/y.md"), [""; 0], "{body}");
        }
    }
}
