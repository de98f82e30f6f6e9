//! Links and paths to files that the workspace does not have.

use super::{Check, Context, Example, Finding, Profile, Rule};
use crate::diagnostic::Severity;
use crate::front_matter::Language;
use crate::role::Role;
use crate::syntax;
use crate::text::{Span, folder};
use crate::yaml::Node;
use alloc::borrow::Cow;
use alloc::format;
use alloc::string::{String, ToString};
use alloc::vec::Vec;

mod anchors;
mod included;
mod moved;
mod other_case;
mod parts;
mod places;
mod steps;

use places::{Places, is_near};

/// The rule.
pub(super) static RULE: Rule = Rule {
    name: "broken-reference",
    severity: Severity::Warning,
    profile: Profile::Core,
    summary: "A link, path or reference leads to something that is not there.",
    why: "The model follows the link, finds nothing, and searches or guesses. Links break when a folder is renamed or a file moves one level up. If the workspace has a file of that name in the same part of it or in a folder of the same name, it is a warning; otherwise, it is reported as info. Links in code are taken as examples, and paths in code are reported only if their folder was moved into another one. Also reported are a step referred to by a title that no step has, and a link to a heading that is missing from the same file.",
    example: Example {
        path: "skills/filing/SKILL.md",
        bad: "---\nname: filing\ndescription: Files letters. Use when a letter arrives.\n---\n\nFollow [the order](../order.md).\n",
        at: "[the order](../order.md)",
        good: "---\nname: filing\ndescription: Files letters. Use when a letter arrives.\n---\n\nFollow [the order](references/order.md).\n",
        files: &[("skills/filing/references/order.md", "")],
    },
    check: Check::Role(check),
};

/// Links beyond this many are not looked at: each asks for a path.
const MAX_LINKS: usize = 500;

/// A path after an `@` is not longer, in bytes.
const MAX_PATH: usize = 300;

fn check(cx: &mut Context<'_>) {
    for finding in steps::check(cx.role).into_iter().chain(anchors::check(cx.role)) {
        cx.report(finding);
    }
    if !cx.files.is_known() || cx.role.path.is_empty() || cx.role.within.is_some() {
        return;
    }
    let role = cx.role;
    let found = moved::check(cx).into_iter().chain(in_toml(cx)).chain(parts::check(cx));
    for finding in found.chain(included::check(cx)).collect::<Vec<_>>() {
        cx.report(finding);
    }
    let links = role.outline.links.iter().take(MAX_LINKS);
    let links = links.filter_map(|link| Some((link.span, path(&link.target)?)));
    let links: Vec<(Span, &str)> = links
        .chain(imports(cx))
        .filter(|(span, _)| role.outline.code_at(span.start).is_none())
        .collect();
    if links.is_empty() {
        return;
    }
    let known = Places::of(cx.files);
    for (span, written) in links {
        let places = [resolved(folder(role.path), written), resolved("", written)];
        let exists = |place: &String| known.has(place) || cx.files.exists(place);
        let [Some(place), _] = &places else { continue };
        // Only a path with folders may begin at the root.
        let count = if written.contains('/') { 2 } else { 1 };
        let other_case = |place: &String| known.in_other_case(place);
        if let Some(found) = places.iter().take(count).flatten().find_map(other_case) {
            cx.report(other_case::finding(role, span, written, found));
            continue;
        }
        if places.iter().flatten().any(exists) {
            continue;
        }
        let is_near =
            |other: &&str| places.iter().flatten().any(|place| is_near(role.path, place, other));
        let (near, far): (Vec<&str>, Vec<&str>) = known.ending(tail(place)).partition(is_near);
        let (moved, further) = (near.first().copied(), near.get(1));
        let beside = known.has_beside(place, role.path)
            || is_among_skills(place, &known)
            || climbs_too_little(role.path, written, place, &known);
        if moved.is_none() && far.is_empty() && !beside {
            continue;
        }
        // A workspace that is only partly open lacks files as well, but has none of the same name near.
        let severity = if moved.is_some() { Severity::Warning } else { Severity::Info };
        let is_import = span.of(role.text).starts_with('@');
        let place = if is_import { written } else { place };
        let finding = Finding::new(span, format!("The file `{place}` does not exist"))
            .severity(severity)
            .reason(match is_import {
                true => "Its text is to be put in here, and nothing is.",
                false => "The model follows the link and finds nothing.",
            });
        cx.report(match (moved, further) {
            (Some(moved), None) if is_import => repaired(finding, role.text, span, written, moved),
            (Some(moved), None) => {
                repaired(finding, role.text, span, written, &relative(role.path, moved))
            }
            _ => finding.help("Correct the path, or remove the link."),
        });
    }
}

/// Files after an `@`, where the host puts their text in.
fn imports<'a>(cx: &Context<'a>) -> Vec<(Span, &'a str)> {
    let Role { text, body, .. } = *cx.role;
    if !cx.host.placeholders.iter().any(|placeholder| placeholder.form == "@*") {
        return Vec::new();
    }
    let import = |at: usize| {
        let start = body.start + at;
        let before = text.get(..start)?.chars().next_back();
        let end = text.floor_char_boundary(body.end.min(start + MAX_PATH));
        let word = text.get(start + 1..end)?.split(char::is_whitespace).next()?;
        let word = word.trim_end_matches(['.', ',', ';', ':', '!', '?', ')']);
        let stands_alone = before.is_none_or(|c| c.is_whitespace() || c == '(');
        let is_path = stands_alone && word.contains('/') && path(word) == Some(word);
        is_path.then(|| (Span::new(start, start + 1 + word.len()), word))
    };
    memchr::memchr_iter(b'@', body.of(text).as_bytes()).filter_map(import).take(MAX_LINKS).collect()
}

/// Whether a skill is missing where there are others.
fn is_among_skills(place: &str, known: &Places<'_>) -> bool {
    let above = place.ends_with("/SKILL.md").then(|| folder(folder(place)));
    let is_one =
        |above: &str, path: &str| path.ends_with("/SKILL.md") && folder(folder(path)) == above;
    above.is_some_and(|above| known.below(above).iter().any(|path| is_one(above, path)))
}

/// Whether a link that should leave a folder of settings ends in a folder that is not there.
fn climbs_too_little(from: &str, written: &str, place: &str, known: &Places<'_>) -> bool {
    let (Some((hidden, _)), Some((top, rest))) = (from.split_once('/'), place.split_once('/'))
    else {
        return false;
    };
    let Some((next, _)) = rest.split_once('/') else { return false };
    let inner = format!("{top}/{next}");
    hidden == top
        && hidden.starts_with('.')
        && written.starts_with("../")
        && !known.has_below(&inner)
}

/// Paths in front matter in TOML, whose fields are otherwise not read: those whose folder is missing
/// in a folder that is there.
fn in_toml(cx: &Context<'_>) -> Vec<Finding> {
    let front_matter = cx.role.front_matter.as_ref();
    let Some(toml) = front_matter.filter(|it| it.language == Language::Toml) else {
        return Vec::new();
    };
    let Some(root) = syntax::toml_part(cx.role.text, toml.content).root else { return Vec::new() };
    let tables = root.entries().unwrap_or(&[]).iter().map(|entry| &entry.value);
    let known = Places::of(cx.files);
    let missing = |node: &&Node<'_>| {
        let parts = node.as_str().and_then(|path| path.split_once('/'));
        let inner = parts.and_then(|(top, rest)| Some((top, rest.split('/').next()?)));
        inner.is_some_and(|(top, next)| {
            let next = format!("{top}/{next}");
            known.has_below(top) && !known.has(&next)
        })
    };
    let mut found = Vec::new();
    for table in [&root].into_iter().chain(tables) {
        for name in ["context_files", "custom_instructions_path"] {
            let Some(value) = table.get(name) else { continue };
            let nodes = value.items().unwrap_or(core::slice::from_ref(value));
            let nodes: Vec<&Node<'_>> = nodes.iter().filter(missing).collect();
            let Some((first, more)) = nodes.split_first() else { continue };
            let message = format!("`{}` does not exist", first.as_str().unwrap_or(""));
            let finding = Finding::new(first.span, message)
                .and_more(more.len())
                .labels(more.iter().map(|node| node.span), "also here")
                .severity(Severity::Info)
                .reason("The folder that should contain it is missing too.");
            found.push(finding.help("Correct the path, or remove it."));
        }
    }
    found
}

/// Characters of what is no path: a pattern, a place to fill in, a URL.
fn is_odd(c: char) -> bool {
    matches!(c, ':' | '<' | '>' | '{' | '}' | '$' | '*' | '|' | '[' | ']' | '@' | '\\' | '…')
        || c.is_whitespace()
}

/// The path of a link that leads to a file, without what follows it.
fn path(target: &str) -> Option<&str> {
    let path = target.split(['#', '?']).next().unwrap_or("");
    let last = path.rsplit('/').next().unwrap_or("");
    let is_file = last.rsplit_once('.').is_some_and(|(stem, extension)| {
        !stem.is_empty()
            && (1..=5).contains(&extension.len())
            && extension.bytes().all(|b| b.is_ascii_alphanumeric())
    });
    (is_file && !path.contains(is_odd) && !path.contains("...") && !path.starts_with('/'))
        .then_some(path)
}

/// What a file is known by wherever it lies: its name, with its folder's where many files share it.
fn tail(path: &str) -> &str {
    let shared = ["SKILL.md", "README.md", "index.md", "AGENTS.md", "CLAUDE.md"];
    let name = path.rfind('/').map_or(0, |at| at + 1);
    let is_shared = path.get(name..).is_some_and(|name| shared.contains(&name));
    let above = path.get(..name.saturating_sub(1)).unwrap_or("");
    let start = if is_shared { above.rfind('/').map_or(0, |at| at + 1) } else { name };
    path.get(start..).unwrap_or(path)
}

/// Where a path leads from a folder; `None` where it leaves the workspace.
fn resolved(from: &str, path: &str) -> Option<String> {
    let mut parts: Vec<&str> = from.split('/').filter(|part| !part.is_empty()).collect();
    for part in path.split('/') {
        match part {
            "" | "." => {}
            ".." => _ = parts.pop()?,
            part => parts.push(part),
        }
    }
    Some(parts.join("/"))
}

/// The way from a file to another.
fn relative(from: &str, to: &str) -> String {
    let from: Vec<&str> = folder(from).split('/').filter(|part| !part.is_empty()).collect();
    let to: Vec<&str> = to.split('/').collect();
    let shared = from.iter().zip(&to).take_while(|(a, b)| a == b).count();
    let up = core::iter::repeat_n("..", from.len() - shared);
    up.chain(to.iter().skip(shared).copied()).collect::<Vec<_>>().join("/")
}

fn repaired(finding: Finding, text: &str, link: Span, written: &str, meant: &str) -> Finding {
    let whole = link.of(text);
    let title: Cow<'static, str> = format!("Replace `{written}` with `{meant}`").into();
    // The target follows the link text, which may be the same.
    match whole.rfind(written) {
        Some(at) if whole.starts_with(['[', '!', '@']) => {
            let start = link.start + at;
            let edits = Vec::from([(Span::new(start, start + written.len()), meant.to_string())]);
            finding.unsafe_fix(title, edits)
        }
        _ => finding.help(format!("Did you mean `{meant}`?")),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::input::Input;
    use crate::options::Options;
    use alloc::collections::BTreeMap;

    fn check(path: &str, text: &str, files: &[&str]) -> Vec<String> {
        let files: BTreeMap<String, String> =
            files.iter().map(|path| (path.to_string(), String::new())).collect();
        let input = Input::new(text).at(path).with_files(&files);
        let found = crate::check(&input, &Options::default()).diagnostics;
        let found = found.into_iter().filter(|d| d.rule == "broken-reference");
        found.map(|d| format!("{} {}", d.severity.name(), d.message)).collect()
    }

    #[test]
    fn a_file_that_lies_elsewhere_is_named() {
        assert_eq!(
            check("a/b.md", "See [x](../../docs/x.md) and [y](../docs/y.md#top).\n", &["a/y.md"]),
            ["warning The file `docs/y.md` does not exist"]
        );
        assert_eq!(relative("a/b/c.md", "a/d/e.md"), "../d/e.md");
    }

    #[test]
    fn a_file_of_that_name_must_be_near_to_be_meant() {
        for (file, severity) in [
            ("a/c/y.md", "warning"),
            ("docs/old/y.md", "warning"),
            ("lib/docs/y.md", "warning"),
            ("y.md", "warning"),
            ("lib/y.md", "info"),
        ] {
            let found = check("a/b.md", "See [y](../docs/y.md).\n", &[file]);
            assert_eq!(
                found,
                [format!("{severity} The file `docs/y.md` does not exist")],
                "{file}"
            );
        }
    }

    #[test]
    fn a_folder_without_the_file_is_enough() {
        let text = "See [x](docs/x.md).\n";
        assert_eq!(
            check("a/b.md", text, &["a/docs/z.md"]),
            ["info The file `a/docs/x.md` does not exist"]
        );
        assert_eq!(check("a/b.md", text, &["a/other/z.md"]), [""; 0]);
    }

    #[test]
    fn a_folder_that_moved_is_one_finding() {
        let text = "- `desk/letters`\n- `desk/files.md`\n- `desk/gone`\n- `and/or`\n- `desk/old`\n";
        let files = ["desk/parts/letters/a.md", "desk/parts/files.md", "desk/old/a.md"];
        assert_eq!(
            check("x/b.md", text, &files),
            ["warning `desk/letters` does not exist (3 places)"]
        );
        let twice = ["desk/parts/letters/a.md", "desk/other/letters/a.md"];
        assert_eq!(check("x/b.md", text, &twice), [""; 0]);
    }

    #[test]
    fn a_file_is_missed_beside_one_of_its_kind() {
        let text = "Map `a.py` to `py-clerk.md` and `b.go` to `go-clerk.md`, see `go-notes.md`.\n";
        let found = check("x/lead.md", text, &["x/go-clerk.md"]);
        assert_eq!(found, ["info The file `py-clerk.md` does not exist"]);
        assert_eq!(check("x/lead.md", text, &["y/go-clerk.md"]), [""; 0]);
    }

    #[test]
    fn a_skill_is_missed_among_others_and_a_link_that_climbs_too_little() {
        let text = "[x](../../skills/letters/SKILL.md) [y](../../docs/y.md)\n";
        assert_eq!(
            check(".agents/skills/mail/SKILL.md", text, &[".agents/skills/post/SKILL.md"]),
            [
                "info The file `.agents/skills/letters/SKILL.md` does not exist",
                "info The file `.agents/docs/y.md` does not exist"
            ]
        );
        assert_eq!(check("desk/skills/mail/SKILL.md", text, &["desk/skills/mail/a.md"]), [""; 0]);
    }

    #[test]
    fn paths_in_toml_are_looked_up_where_their_folder_is_known() {
        let text = "+++\n[metadata]\ncontext_files = [\".desk/notes/a.md\", \".desk/notes/b.md\", \".other/c.md\"]\n+++\n\nHelp.\n";
        assert_eq!(
            check(".desk/modes/x.mode.md", text, &[".desk/modes/y.mode.md"]),
            ["info `.desk/notes/a.md` does not exist (2 places)"]
        );
        assert_eq!(check(".desk/modes/x.mode.md", text, &[".desk/notes/c.md"]), [""; 0]);
    }

    #[test]
    fn a_step_has_the_title_of_its_heading() {
        let text = "Skip Step 1 (Read It All) and Step 2 (Write It Down) (Step 3 (optional)).\n\n## Step 1: Read it all\n\n## Step 2: Send It\n";
        assert_eq!(check("b.md", text, &[]), ["warning No step is called `Write It Down`"]);
        assert_eq!(check("b.md", &text.replace("Read It All", "Not This"), &[]), [""; 0]);
    }

    #[test]
    fn a_file_after_an_at_sign_is_looked_up_where_the_host_puts_it_in() {
        let text = "Read @docs/order.md, @lib/x.md and me@docs/order.md (`@docs/order.md`, @types/node).\n";
        let files = ["docs/old/order.md", "lib/x.md"];
        assert_eq!(
            check(".claude/commands/go.md", text, &files),
            ["warning The file `docs/order.md` does not exist"]
        );
        assert_eq!(check(".claude/agents/go.md", text, &files), [""; 0]);
    }

    #[test]
    fn a_skill_has_the_files_that_its_commands_name() {
        let skill = "skills/mail/SKILL.md";
        let text = "Run `python scripts/sent.py`, see `references/how.md`, `assets/a.png`.\n\n```sh\nsh scripts/sent.py scripts/all.sh\n```\n";
        assert_eq!(
            check(skill, text, &["skills/mail/scripts/send.py", "skills/mail/scripts/deep/all.sh"]),
            [
                "warning The skill has no file `scripts/sent.py` (2 places)",
                "warning The skill has no file `scripts/all.sh`",
            ]
        );
        let files = ["skills/mail/scripts/sent.py", "scripts/all.sh"];
        assert_eq!(check(skill, text, &files), [""; 0]);
        assert_eq!(check("roles/a.md", text, &["roles/scripts/send.py"]), [""; 0]);
    }

    #[test]
    fn a_link_of_an_included_file_must_be_right_where_it_ends_up() {
        let files: BTreeMap<String, String> = [
            ("parts/deep/rules.md", "See [order](order.md), [root](lib/x.md), `[o](order.md)`.\n"),
            ("parts/deep/order.md", ""),
            ("lib/x.md", ""),
        ]
        .map(|(path, text)| (path.to_string(), text.to_string()))
        .into();
        let input = Input::new("# A\n\n{{include:/parts/deep/rules.md}}\n").at("roles/a.md");
        let input = input.with_files(&files);
        let found = crate::check(&input, &Options::default()).diagnostics;
        let found: Vec<String> =
            found.iter().map(|d| format!("{} {} {}", d.path, d.span, d.message)).collect();
        assert_eq!(found, ["parts/deep/rules.md 4..21 `order.md` leads nowhere from `roles/a.md`"]);
    }

    #[test]
    fn an_anchor_needs_a_heading_or_a_tag() {
        let text = "# A & B: c\n\n## Review it\n\n<a id=\"tagged\"></a>\n\n[1](#a--b-c) [2](#tagged) [3](#reviewit) [4](#review-it-1) [5](#review-its) [6](#gone)\n";
        assert_eq!(
            check("b.md", text, &[]),
            ["warning No heading has the anchor `#review-its` (2 places)"]
        );
        assert_eq!(check("b.md", "[x](#) [y](#{id}) `[z](#gone)`\n", &[]), [""; 0]);
        assert_eq!(check("b.md", "[x](#gone)\n\n{{include:a.md}}\n", &["a.md"]), [""; 0]);
    }

    #[test]
    fn what_exists_here_or_at_the_root_is_fine() {
        let text =
            "See [x](docs/x.md), [d](docs.d), ![i](https://x.org/a.png), [m](mailto:a@b.org).\n";
        assert_eq!(check("a/b.md", text, &["docs/x.md", "a/docs.d/z.md"]), [""; 0]);
    }

    #[test]
    fn examples_and_places_to_fill_in_are_left_alone() {
        let text = "`[x](docs/x.md)` [x](URL) [x](docs/<name>.md) [x](docs/*.md)\n\n```md\n[x](docs/x.md)\n```\n";
        assert_eq!(check("b.md", text, &["docs/z.md", "lib/x.md"]), [""; 0]);
    }
}
