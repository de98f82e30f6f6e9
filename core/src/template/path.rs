//! Resolves the path of an include to paths in the workspace, or rejects it with a reason. Purely
//! lexical: reads no file.

use super::settings::Settings;
use crate::options::Resolve;
use crate::text::normalized;
use alloc::string::{String, ToString};
use alloc::vec::Vec;

/// Why a path is rejected.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Refusal {
    /// It leads out of the workspace.
    Escape,
    /// The path begins with a scheme such as `file:` or `https:`.
    Scheme,
    /// It contains a backslash.
    Backslash,
    /// It contains a control character.
    Control,
    /// It begins with `~`.
    Home,
    /// It begins with a drive letter.
    Drive,
    /// It begins with `//`.
    Network,
    /// It ends with `/`.
    Folder,
    /// It contains an empty segment: `a//b`.
    EmptyName,
    /// Files with this name contain secrets or belong to the repository itself.
    Denied,
    /// It contains a directive.
    Dynamic,
    /// The file is not text.
    Binary,
}

/// A place where an included file may be.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Candidate {
    pub path: String,
    /// Whether the file is data by its mount.
    pub data: bool,
}

/// The candidate paths for `written` in a file at `from`; the first existing path counts.
///
/// # Errors Why the path is rejected, and its target, if known.
pub(super) fn candidates(
    written: &str,
    from: &str,
    settings: &Settings,
) -> Result<Vec<Candidate>, (Refusal, Option<String>)> {
    if let Some(refusal) = malformed(written) {
        return Err((refusal, None));
    }
    let folder = from.rsplit_once('/').map_or("", |(folder, _)| folder);
    let mut found: Vec<Candidate> = Vec::new();
    let mut escaped = None;
    let mut look = |base: &str, path: &str, data: bool| match normalized(base, path) {
        Ok(path) if found.iter().any(|candidate| candidate.path == path) => {}
        Ok(path) => found.push(Candidate { data: data || is_data(&path, settings), path }),
        Err(normal) => escaped = Some(normal),
    };
    if written.starts_with("./") || written.starts_with("../") {
        look(folder, written, false);
    } else if let Some(rooted) = written.strip_prefix('/') {
        match normalized("", rooted).ok().and_then(|normal| mounted(&normal, settings)) {
            Some((base, rest, data)) => look(base, &rest, data),
            None => look(&settings.root, rooted, false),
        }
    } else {
        if settings.resolve != Resolve::File {
            look(&settings.root, written, false);
        }
        if settings.resolve != Resolve::Root {
            look(folder, written, false);
        }
    }
    if let Some(normal) = escaped {
        return Err((Refusal::Escape, Some(normal)));
    }
    let denied = found.iter().find(|c| is_denied(&c.path) && !settings.allowed.contains(&c.path));
    match denied {
        Some(denied) => Err((Refusal::Denied, Some(denied.path.clone()))),
        None => Ok(found),
    }
}

fn malformed(written: &str) -> Option<Refusal> {
    let scheme = written.split_once(':').map(|(scheme, _)| scheme).filter(|scheme| {
        scheme.starts_with(|c: char| c.is_ascii_alphabetic())
            && scheme.bytes().all(|b| b.is_ascii_alphanumeric() || matches!(b, b'+' | b'.' | b'-'))
    });
    if written.contains("{{") {
        Some(Refusal::Dynamic)
    } else if written.contains(char::is_control) {
        Some(Refusal::Control)
    } else if scheme.is_some_and(|scheme| scheme.len() == 1) {
        Some(Refusal::Drive)
    } else if scheme.is_some() {
        Some(Refusal::Scheme)
    } else if written.contains('\\') {
        Some(Refusal::Backslash)
    } else if written.starts_with('~') {
        Some(Refusal::Home)
    } else if written.starts_with("//") {
        Some(Refusal::Network)
    } else if written.ends_with('/')
        || written.rsplit('/').next().is_some_and(|n| n == "." || n == "..")
    {
        Some(Refusal::Folder)
    } else if written.contains("//") {
        Some(Refusal::EmptyName)
    } else {
        None
    }
}

/// The mount of a path below the root: its folder, the rest of the path, and whether it is data.
fn mounted<'p>(rooted: &str, settings: &'p Settings) -> Option<(&'p str, String, bool)> {
    settings.mounts.iter().find_map(|(at, mount)| {
        let rest = rooted.strip_prefix(at.as_str())?.strip_prefix('/')?;
        Some((mount.path.as_str(), rest.to_string(), mount.data))
    })
}

/// Whether a file is in the folder of a mount for data: it is data however its path is written.
fn is_data(path: &str, settings: &Settings) -> bool {
    settings.mounts.iter().filter(|(_, mount)| mount.data).any(|(_, mount)| {
        let folder = normalized("", &mount.path).unwrap_or_default();
        path.strip_prefix(folder.as_str()).is_some_and(|rest| rest.starts_with('/'))
    })
}

/// Names of files that contain secrets, and folders that no prompt needs.
fn is_denied(path: &str) -> bool {
    path.split('/').any(|name| {
        let name = name.to_ascii_lowercase();
        let stem = name.split_once('.').map_or(name.as_str(), |(stem, _)| stem).to_string();
        name.starts_with(".env")
            || matches!(name.as_str(), ".git" | ".ssh" | ".npmrc")
            || name.ends_with(".pem")
            || name.ends_with(".key")
            || name.starts_with("id_rsa")
            || name.ends_with("credentials")
            || stem.ends_with("credentials") && !name.ends_with(".md")
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::options::{Mount, TemplateOptions};
    use crate::role::Role;

    fn paths(written: &str, options: TemplateOptions) -> String {
        let role = Role::parse("", "");
        let settings = Settings::new(&options, &role, crate::markdown::outline);
        match candidates(written, "roles/a/b.md", &settings) {
            Ok(found) => {
                let found: Vec<_> = found.iter().map(|candidate| candidate.path.as_str()).collect();
                found.join(" then ")
            }
            Err((refusal, _)) => alloc::format!("{refusal:?}"),
        }
    }

    #[track_caller]
    fn check(written: &str, expected: &str) {
        assert_eq!(paths(written, TemplateOptions::default()), expected, "{written}");
    }

    #[test]
    fn dots_start_from_the_including_file_and_slashes_from_the_root() {
        check("./x.md", "roles/a/x.md");
        check("../x.md", "roles/x.md");
        check("/x/y.md", "x/y.md");
        check("x.md", "x.md then roles/a/x.md");
        check("x/./y/../z.md", "x/z.md then roles/a/x/z.md");
        check("%2e%2e/x.md", "%2e%2e/x.md then roles/a/%2e%2e/x.md");
    }

    #[test]
    fn a_path_that_leaves_the_workspace_is_refused() {
        check("../../../etc/passwd", "Escape");
        check("/../x", "Escape");
        check("../../x.md", "x.md");
    }

    #[test]
    fn paths_that_leave_the_workspace_are_refused() {
        check("file:///etc/passwd", "Scheme");
        check("https://example.org/x.md", "Scheme");
        check("C:/x.md", "Drive");
        check("a\\b.md", "Backslash");
        check("~/x.md", "Home");
        check("//server/x", "Network");
        check("a//b.md", "EmptyName");
        check("a/", "Folder");
        check("a/..", "Folder");
        check("a\u{0}b", "Control");
        check("ctx/{{ENV}}.md", "Dynamic");
    }

    #[test]
    fn files_that_hold_secrets_are_refused_but_other_dot_folders_are_not() {
        for path in
            [".env", "a/.env.local", ".git/config", "x/server.key", "id_rsa", "aws_credentials"]
        {
            check(path, "Denied");
        }
        check("/.claude/x.md", ".claude/x.md");
        check("/.github/x.md", ".github/x.md");
        let allowed = alloc::vec![String::from(".env.example")];
        let options =
            TemplateOptions { allowed, resolve: Some(Resolve::Root), ..TemplateOptions::default() };
        assert_eq!(paths(".env.example", options), ".env.example");
    }

    #[test]
    fn a_mount_and_a_root_move_where_paths_start() {
        let mount = Mount { path: String::from("work/branch/"), data: true };
        let mounts = [(String::from("/branch/"), mount)].into_iter().collect();
        let options = TemplateOptions { mounts, ..TemplateOptions::default() };
        assert_eq!(paths("/branch/x.md", options.clone()), "work/branch/x.md");
        assert_eq!(paths("/branch/../x.md", options.clone()), "x.md");
        assert_eq!(paths("/./branch/x.md", options.clone()), "work/branch/x.md");
        assert_eq!(paths("/branches/x.md", options), "branches/x.md");
        let options =
            TemplateOptions { root: Some(String::from("prompts/")), ..TemplateOptions::default() };
        assert_eq!(paths("x.md", options), "prompts/x.md then roles/a/x.md");
        for (resolve, expected) in [(Resolve::Root, "x.md"), (Resolve::File, "roles/a/x.md")] {
            let options = TemplateOptions { resolve: Some(resolve), ..TemplateOptions::default() };
            assert_eq!(paths("x.md", options), expected);
        }
    }
}
