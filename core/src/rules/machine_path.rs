//! Paths into one person's home folder or to one machine's drive.

use super::{Check, Context, Example, Finding, Profile, Rule};
use crate::diagnostic::Severity;
use crate::role::{Mark, Role};
use crate::text::Span;
use alloc::collections::BTreeMap;
use alloc::format;
use alloc::vec::Vec;

mod commands;

/// The rule.
pub(super) static RULE: Rule = Rule {
    name: "machine-path",
    severity: Severity::Warning,
    profile: Profile::Core,
    summary: "A path points into one person's home folder.",
    why: "Paths such as `/home/NAME/`, `/Users/NAME/` and `C:\\Users\\NAME\\` exist on one machine only. For everyone else, the agent looks for a file that does not exist, and a shared role reveals a user name. The same holds for a command that runs in a folder of a drive: `cd C:/Shop/web`. Placeholders such as `/home/user/`, the home folders of container images and paths in drawings are not reported.",
    example: Example {
        path: "roles/reviewer.md",
        bad: "# Reviewer\n\nRead `/home/maria/shop/docs/style.md` first.\n",
        at: "/home/maria/shop/docs/style.md",
        good: "# Reviewer\n\nRead `docs/style.md` first.\n",
        files: &[],
    },
    check: Check::Role(check),
};

fn check(cx: &mut Context<'_>) {
    let role = cx.role;
    let text = role.text;
    let mut roots: BTreeMap<&str, Vec<Span>> = BTreeMap::new();
    for (root, path) in paths(role).chain(commands::paths(role)) {
        if is_example(text, path.start) || is_drawn(role, path.start) {
            continue;
        }
        roots.entry(root.of(text)).or_default().push(path);
    }
    for (root, places) in roots.iter() {
        let Some((&first, rest)) = places.split_first() else { continue };
        let message = match rest.len() {
            0 => format!("Path `{root}` exists on one machine only"),
            more => format!("{} paths in `{root}` exist on one machine only", more + 1),
        };
        cx.report(
            Finding::new(first, message)
                .reason("On any other machine, these files are missing.")
                .help("Use paths relative to the workspace, or a variable for the folder.")
                .labels(rest.iter().copied(), "also here"),
        );
    }
}

/// Words that introduce a path as an example.
const SHOWING: [&str; 5] = ["e.g.", "for example", "for instance", "such as", "example:"];

/// How many bytes before the path are searched for such words. The nearest words win: a line may
/// show a path and then recommend another one.
const NEAR: usize = 40;

/// Whether the line of a path presents it as an example right before it.
fn is_example(text: &str, at: usize) -> bool {
    let near = text.floor_char_boundary(at.saturating_sub(NEAR));
    let near = text.get(near..at).unwrap_or("");
    let line = near.rsplit('\n').next().unwrap_or("").to_ascii_lowercase();
    SHOWING.iter().any(|words| line.contains(words))
}

/// Whether a path is in a line of a drawing: a mock-up of a screen shows what may be written there.
fn is_drawn(role: &Role<'_>, at: usize) -> bool {
    let is_plain = role.outline.fence_at(at).is_some_and(|fence| fence.info.is_empty());
    is_plain && role.line_at(at).of(role.text).contains(|c| matches!(c, '\u{2500}'..='\u{257F}'))
}

/// Root and whole path of every machine path, in order of their kinds.
fn paths(role: &Role<'_>) -> impl Iterator<Item = (Span, Span)> {
    let text = role.text;
    let find = |folder: &'static str| memchr::memmem::find_iter(text.as_bytes(), folder);
    let of_linux = find("/home/").filter_map(|at| home(text, at, at + "/home/".len()));
    let of_others = find("Users").filter_map(|at| users(text, at));
    let on_drives = role.marks(Mark::Backslash).iter().filter_map(|at| {
        let colon = at.checked_sub(1).filter(|colon| text.get(*colon..*at) == Some(":"));
        drive(text, colon?)
    });
    of_linux.chain(of_others).chain(on_drives)
}

/// `/home/NAME/` and `/Users/NAME/`: `slash` is the start of the path, `name` the start of the
/// name.
fn home(text: &str, slash: usize, name: usize) -> Option<(Span, Span)> {
    let start = path_start(text, slash)?;
    let owner = owner(text, name)?;
    // Without another component, it may be a route of a web application, such as `/home/settings`.
    let inside = text.get(owner.end..)?.strip_prefix('/')?;
    let deeper = inside.starts_with(|c: char| c.is_alphanumeric() || matches!(c, '.' | '_'));
    (deeper && is_person(owner.of(text)))
        .then(|| (Span::new(slash, owner.end + 1), path_from(text, start, owner.end)))
}

/// `/Users/NAME/` and `C:\Users\NAME`, with single or doubled separators; `at` is the `U`.
fn users(text: &str, at: usize) -> Option<(Span, Span)> {
    let before = text.get(..at)?;
    let after = text.get(at + "Users".len()..)?;
    if before.ends_with('/') && after.starts_with('/') && !before.ends_with(":/") {
        return home(text, at - 1, at + "Users/".len());
    }
    let separator = ["\\\\", "\\", "/"].into_iter().find(|s| after.starts_with(s))?;
    let drive = before.strip_suffix(separator)?.strip_suffix(':')?;
    let start = drive.len().checked_sub(1)?;
    let alone = drive.ends_with(|c: char| c.is_ascii_alphabetic())
        && !drive.get(..start)?.ends_with(char::is_alphanumeric);
    let owner = owner(text, at + "Users".len() + separator.len())?;
    let rest = text.get(owner.end..)?;
    let root_end = owner.end + if rest.starts_with(separator) { separator.len() } else { 0 };
    (alone && is_person(owner.of(text)))
        .then(|| (Span::new(start, root_end), path_from(text, start, owner.end)))
}

/// `E:\Project\src`: a drive other than the system's, with two named folders. `at` is the colon.
fn drive(text: &str, at: usize) -> Option<(Span, Span)> {
    let start = at.checked_sub(1)?;
    let letter = *text.as_bytes().get(start)?;
    let alone = !text.get(..start)?.ends_with(|c: char| c.is_alphanumeric() || c == '\\');
    if !(b'D'..=b'Z').contains(&letter) || !alone {
        return None;
    }
    let below = text.get(at + 1..)?.trim_start_matches('\\');
    let folder = owner(text, text.len() - below.len())?;
    let name = folder.of(text);
    // `\n`, `\t` and their like are escapes in JSON and in patterns, not folders.
    let escape = name.starts_with(['n', 't', 'r', 's', 'd', 'w', 'b', 'u', 'x']);
    let next = text.get(folder.end..)?.trim_start_matches('\\');
    let deeper = text.get(folder.end..)?.starts_with('\\')
        && next.starts_with(|c: char| c.is_alphanumeric() || matches!(c, '.' | '_'));
    (deeper && !escape && name.len() > 2 && !is_stand_in(name))
        .then(|| (Span::new(start, folder.end + 1), path_from(text, start, folder.end)))
}

/// The start of the path that contains the slash at `slash`: that slash, the drive of Windows or a
/// `file://` before it. `None` if the slash is inside a longer relative path or a URL.
fn path_start(text: &str, slash: usize) -> Option<usize> {
    let start = drive_before(text, slash).unwrap_or(slash);
    let before = text.get(..start)?;
    if let Some(scheme) = before.strip_suffix("://") {
        let scheme_start =
            scheme.trim_end_matches(|c: char| c.is_ascii_alphabetic() || c == '-').len();
        return scheme.ends_with("file").then_some(scheme_start);
    }
    let inside = |c: char| {
        c.is_alphanumeric()
            || matches!(
                c,
                '.' | '/' | '-' | '_' | '~' | '}' | '>' | ']' | '%' | '*' | '$' | '@' | '\\'
            )
    };
    (!before.ends_with(inside)).then_some(start)
}

/// The start of the drive of Windows before a slash, as WSL, Cygwin and Git Bash write it:
/// `/mnt/c`, `/cygdrive/c` and `/c`.
fn drive_before(text: &str, slash: usize) -> Option<usize> {
    let root = text.get(..slash)?.strip_suffix(|c: char| c.is_ascii_lowercase())?;
    if let Some(folder) = ["/mnt/", "/cygdrive/"].iter().find(|folder| root.ends_with(**folder)) {
        return Some(root.len() - folder.len());
    }
    let is_windows = text.get(slash..)?.starts_with("/Users/") && root.ends_with('/');
    is_windows.then(|| root.len() - 1)
}

/// The name that begins at `start`: letters, digits, `.`, `_` and `-`.
fn owner(text: &str, start: usize) -> Option<Span> {
    let rest = text.get(start..)?;
    let end = rest.find(|c: char| !(c.is_alphanumeric() || matches!(c, '.' | '_' | '-')));
    let length = end.unwrap_or(rest.len());
    (length > 0).then(|| Span::new(start, start + length))
}

/// The whole path, up to a space, a quote, a bracket or another character that ends a path in
/// prose.
fn path_from(text: &str, start: usize, at_least: usize) -> Span {
    let rest = text.get(at_least..).unwrap_or("");
    let ends = |c: char| {
        c.is_whitespace() || c.is_control() || "`\"'()[]<>{}|,;:*?".contains(c) || c > '\u{2FFF}'
    };
    let end = at_least + rest.find(ends).unwrap_or(rest.len());
    let path = text.get(start..end).unwrap_or("").trim_end_matches(['.', '!', '\\']);
    Span::new(start, (start + path.len()).max(at_least))
}

/// Whether a home folder with this name belongs to a person, not to a placeholder, an image or a
/// route.
fn is_person(name: &str) -> bool {
    // `/Users/2819c223-…` is the address of a web service.
    let is_id = name.len() >= 8
        && name.contains(|c: char| c.is_ascii_digit())
        && name.chars().all(|c| c.is_ascii_hexdigit() || c == '-');
    !is_stand_in(name) && !is_id && name.starts_with(char::is_alphabetic)
}

/// Placeholder names, and names of services and container images, without the punctuation between
/// their words. Sorted.
const STAND_INS: [&str; 84] = [
    "actions",
    "admin",
    "agent",
    "airflow",
    "alice",
    "all",
    "anyone",
    "app",
    "appuser",
    "azureuser",
    "bar",
    "bitnami",
    "bob",
    "builder",
    "centos",
    "ci",
    "circleci",
    "claude",
    "coder",
    "codespace",
    "container",
    "core",
    "debian",
    "default",
    "deploy",
    "dev",
    "developer",
    "docker",
    "ec2user",
    "elastic",
    "example",
    "fedora",
    "foo",
    "git",
    "gitpod",
    "guest",
    "hadoop",
    "home",
    "jane",
    "janedoe",
    "jdoe",
    "jenkins",
    "johndoe",
    "jovyan",
    "kali",
    "linuxbrew",
    "me",
    "modelserver",
    "myname",
    "myuser",
    "name",
    "nginx",
    "node",
    "nonroot",
    "opc",
    "oracle",
    "path",
    "person",
    "pi",
    "postgres",
    "project",
    "public",
    "pwuser",
    "redis",
    "rocky",
    "root",
    "runner",
    "runneradmin",
    "sandbox",
    "shared",
    "site",
    "solr",
    "somebody",
    "someone",
    "steam",
    "test",
    "tester",
    "ubuntu",
    "vagrant",
    "vscode",
    "web",
    "work",
    "workspace",
    "www",
];

fn is_stand_in(name: &str) -> bool {
    let name = name.to_ascii_lowercase();
    ["user", "your", "my-", "my_", "example", "xxx"].iter().any(|start| name.starts_with(start))
        || name == "you"
        || name.chars().all(|c| c == '.')
        || STAND_INS.binary_search(&name.replace(['.', '-', '_'], "").as_str()).is_ok()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rules::tests::findings;
    use alloc::string::String;

    fn check(text: &str) -> Vec<String> {
        findings("machine-path", "roles/a.md", text)
    }

    fn found(text: &str) -> Vec<(&str, &str)> {
        let role = Role::parse(text, "a.md");
        paths(&role).map(|(root, path)| (root.of(text), path.of(text))).collect()
    }

    #[test]
    fn one_root_is_one_finding_with_all_its_places() {
        let text = "Read `/home/john/a.md`.\r\n\r\n```\r\nls /home/john/b /home/mia/c\r\n```\r\n";
        assert_eq!(
            check(text),
            [
                "1:7-1:22 warning 2 paths in `/home/john/` exist on one machine only",
                "4:17-4:28 warning Path `/home/mia/` exists on one machine only",
            ]
        );
    }

    #[test]
    fn a_path_that_shows_what_paths_look_like_is_left_alone() {
        for text in [
            "# e.g. /home/maria/shop/x.py\n",
            "An absolute path, for example `/Users/maria/shop`.\n",
            "Paths such as C:\\Users\\Maria\\x.\n",
        ] {
            assert_eq!(check(text), [""; 0], "{text}");
        }
        assert_eq!(check("Example 1\n\nRead /home/maria/shop/x.py\n").len(), 1);
        for letters in ["e", "é", "ée"].map(|letters| letters.repeat(40)) {
            let text = format!("For example, {letters} reads /home/maria/shop/x.py\n");
            assert_eq!(check(&text).len(), 1, "{text}");
        }
    }

    #[test]
    fn a_path_in_a_drawing_is_part_of_the_drawing() {
        let drawing =
            "┌──────────────────────┐\n│ sh • /Users/lea/shop │\n└──────────────────────┘\n";
        assert_eq!(check(&format!("```\n{drawing}```\n")), [""; 0]);
        assert_eq!(check(&format!("```sh\n{drawing}```\n")).len(), 1);
        assert_eq!(check("```\nls /Users/lea/shop\n```\n").len(), 1);
    }

    #[test]
    fn every_spelling_of_a_home_is_known() {
        for (text, root, path) in [
            ("see /Users/cam/VAULT01/x.py.", "/Users/cam/", "/Users/cam/VAULT01/x.py"),
            ("(file:///Users/abe/dev/r.md)", "/Users/abe/", "file:///Users/abe/dev/r.md"),
            (r"at C:\Users\Kim\x\y.md, then", r"C:\Users\Kim\", r"C:\Users\Kim\x\y.md"),
            (r#""C:\\Users\\kim\\x""#, r"C:\\Users\\kim\\", r"C:\\Users\\kim\\x"),
            ("C:/Users/kim/x", "C:/Users/kim/", "C:/Users/kim/x"),
            ("/mnt/c/Users/kim/x", "/Users/kim/", "/mnt/c/Users/kim/x"),
            ("cd /c/Users/kim/x", "/Users/kim/", "/c/Users/kim/x"),
            ("/cygdrive/c/Users/kim/x", "/Users/kim/", "/cygdrive/c/Users/kim/x"),
            ("cd /home/jörg/src:2", "/home/jörg/", "/home/jörg/src"),
            (
                r"now: E:\Shop-One\src\Home.svelte or",
                r"E:\Shop-One\",
                r"E:\Shop-One\src\Home.svelte",
            ),
        ] {
            assert_eq!(found(text), [(root, path)], "{text}");
        }
    }

    #[test]
    fn the_homes_of_services_are_no_ones() {
        assert_eq!(check("Read /home/ci/project/x and /home/model-server/x.\n"), [""; 0]);
    }

    #[test]
    fn placeholders_routes_and_images_are_left_alone() {
        for text in [
            "/home/user/x /home/username/x /Users/you/x /Users/yourname/x /home/USER/x",
            "/home/node/app /home/vscode/.cache /home/runner/work /home/linuxbrew/.linuxbrew",
            "/home/bitnami/apps /home/site/wwwroot/x /home/ec2-user/x /home/john-doe/x /Users/jane.doe/x",
            "/home/<name>/x /home/$USER/x /home/{name}/x /Users/[A-Za-z]+/x /home/.../x /Users/*/x",
            "search for /Users/ or /home/",
            "GET /Users/123/roles and /Users/a819c223-7f76-453a-919d/x",
            "src/home/john/page.tsx and https://example.com/home/john/x and ~/home/john/x",
            "open `/home/dashboard` or /home/settings",
            "GET https://shop.example/c/Users/john/x and /a/b/c/Users/john/x and /c/home/john/x",
            r"C:\\Users\\[A-Za-z] and C:\Users\YourName\x and C:\Users\Public\x",
            r"C:\Program Files\Tool\bin and C:\path\to\x and D:\path\to\x and D:\n\nNext and X:\s+\d",
        ] {
            assert_eq!(found(text), [], "{text}");
        }
    }

    #[test]
    fn front_matter_and_other_files_are_searched_too() {
        let text = "---\nname: a\ndescription: b\ninclude: /home/lea/x\n---\nc\n";
        assert_eq!(check(text).len(), 1);
        assert_eq!(findings("machine-path", "a.yaml", "x: /home/lea/y\n").len(), 1);
    }

    #[test]
    fn a_hundred_thousand_places_are_one_short_finding() {
        let text = "/home/lea/x ".repeat(80_000);
        assert_eq!(check(&text).len(), 1);
    }

    #[test]
    fn placeholder_names_are_sorted_for_the_search() {
        assert!(STAND_INS.is_sorted());
    }
}
