//! Links and paths to files that the workspace does not have.

use super::wording::is_quoted;
use super::{Check, Context, Example, Finding, Profile, Rule};
use crate::diagnostic::Severity;
use crate::role::{Mark, Role};
use crate::text::{Span, folder, resolved};
use crate::yaml::Node;
use alloc::borrow::Cow;
use alloc::format;
use alloc::string::{String, ToString};
use alloc::vec::Vec;

mod anchors;
mod host_folder;
mod included;
mod miswritten;
mod moved;
mod other_case;
mod parts;
mod places;
mod siblings;
mod steps;
mod wrapped;

use places::{Places, is_near};

/// The rule.
pub(super) static RULE: Rule = Rule {
    name: "broken-reference",
    severity: Severity::Warning,
    profile: Profile::Core,
    summary: "A link, path or reference points to something that does not exist.",
    why: "The model follows the link, finds nothing, and searches or guesses. Links break when a folder is renamed or a file moves one level up. A broken link is a warning if the same part of the workspace, or a folder of the same name, has a file of that name; it is reported as info if the file is elsewhere, or if only the folder is there. If neither is there, the link is not reported, because the files may be installed separately. Links in code are treated as examples, and paths in code are reported only if their folder was moved into another one, or if they name the folder of a host in another case. References to a step by a title that no step has, and links to a heading that is missing from the same file or from another file of the workspace, are also reported, and addresses that a line break splits.",
    example: Example {
        path: "skills/filing/SKILL.md",
        bad: "---\nname: filing\ndescription: Files letters. Use when a letter arrives.\n---\n\nFollow [the order](../order.md).\n",
        at: "[the order](../order.md)",
        good: "---\nname: filing\ndescription: Files letters. Use when a letter arrives.\n---\n\nFollow [the order](references/order.md).\n",
        files: &[("skills/filing/references/order.md", "")],
    },
    check: Check::Role(check),
};

/// The most links to check, because each link looks up a path.
const MAX_LINKS: usize = 500;

/// The maximum length of a path after an `@`, in bytes.
const MAX_PATH: usize = 300;

fn check(cx: &mut Context<'_>) {
    for finding in
        steps::check(cx.role).into_iter().chain(steps::tier(cx.role)).chain(anchors::check(cx))
    {
        cx.report(finding);
    }
    let forms = miswritten::check(cx).into_iter().chain(wrapped::check(cx.role));
    let forms = forms.chain(host_folder::in_other_case(cx));
    forms.for_each(|finding| cx.report(finding));
    if !cx.files.is_known() || cx.role.path.is_empty() || cx.role.within.is_some() {
        return;
    }
    let role = cx.role;
    let found = moved::check(cx)
        .into_iter()
        .chain(in_toml(cx))
        .chain(parts::check(cx))
        .chain(siblings::check(cx))
        .chain(host_folder::missing(cx));
    for finding in found.chain(included::check(cx)).collect::<Vec<_>>() {
        cx.report(finding);
    }
    let links = role.outline.links.iter().take(MAX_LINKS);
    let links = links.filter_map(|link| Some((link.span, path(&link.target)?)));
    let links: Vec<(Span, &str)> = links
        .chain(imports(cx))
        .filter(|(span, _)| role.outline.code_at(span.start).is_none())
        // Home folders and paths in variables are outside the workspace.
        .filter(|(_, written)| !written.starts_with(['~', '$']))
        .filter(|(span, _)| !is_quoted(role.text, role.line_at(span.start), span.start))
        // "(if it exists)"
        .filter(|(span, _)| !role.text.get(span.end..).is_some_and(|it| it.starts_with(" (if ")))
        .collect();
    if links.is_empty() {
        return;
    }
    let known = Places::of(cx);
    let mut broken: Vec<Broken<'_>> = Vec::new();
    for (span, written) in links {
        let root = resolved("", written);
        let places = match span.of(role.text).starts_with('#') {
            true => [root.clone(), root],
            false => [resolved(folder(role.path), written), root],
        };
        let exists = |place: &String| known.has(place) || cx.files.exists(place);
        let [Some(place), _] = &places else { continue };
        // Only a path with folders may be relative to the root.
        let count = if written.contains('/') { 2 } else { 1 };
        let other_case = |place: &String| known.in_other_case(place);
        if let Some(found) = places.iter().take(count).flatten().find_map(other_case) {
            cx.report(other_case::finding(role, span, written, found));
            continue;
        }
        if places.iter().flatten().any(exists) {
            continue;
        }
        if let Some((top, path)) =
            places.iter().flatten().find_map(|it| installed(role, it, &known))
        {
            broken.push(Broken {
                span,
                written,
                place: place.clone(),
                moved: Some(path),
                is_only: true,
                installed_in: Some(top.to_string()),
            });
            continue;
        }
        let is_near =
            |other: &&str| places.iter().flatten().any(|place| is_near(role.path, place, other));
        let (near, far): (Vec<&str>, Vec<&str>) =
            known.ending(tail(place)).filter(|other| *other != role.path).partition(is_near);
        let (moved, further) = (near.first().copied(), near.get(1));
        let beside = known.has_beside(place, role.path)
            || is_among_skills(place, &known)
            || climbs_too_little(role.path, written, place, &known);
        if moved.is_none() && far.is_empty() && !beside {
            continue;
        }
        broken.push(Broken {
            span,
            written,
            place: place.clone(),
            moved,
            is_only: further.is_none(),
            installed_in: None,
        });
    }
    for (at, link) in broken.iter().enumerate() {
        let same: Vec<&Broken<'_>> = match link.folders() {
            None => Vec::new(),
            folders => broken.iter().filter(|other| other.folders() == folders).collect(),
        };
        let is_first = || {
            broken
                .get(..at)
                .is_some_and(|before| before.iter().all(|other| other.folders() != link.folders()))
        };
        // A few broken links may have separate causes.
        if same.len() < MANY {
            let finding = link.finding(role);
            cx.report(link.repaired(finding, role));
        } else if is_first() {
            let more = same.iter().skip(1).map(|other| other.span);
            let finding = link.finding(role).and_more(same.len() - 1).labels(more, "also here");
            let edits: Option<Vec<_>> = same.iter().map(|other| other.edit(role)).collect();
            cx.report(match edits.filter(|_| link.installed_in.is_none()) {
                Some(edits) => finding.unsafe_fix("Correct the folder in all of them", edits),
                None => link.repaired(finding, role),
            });
        }
    }
}

/// This many links with the same missing folder are a single mistake.
const MANY: usize = 3;

/// A link to a file that does not exist.
struct Broken<'a> {
    span: Span,
    /// The path as written.
    written: &'a str,
    /// The path from the root of the workspace.
    place: String,
    /// A file of that name nearby.
    moved: Option<&'a str>,
    /// Whether it is the only candidate.
    is_only: bool,
    /// The folder that the path begins with once the file is installed.
    installed_in: Option<String>,
}

impl Broken<'_> {
    /// The missing folder and the folder that contains the file, without their common ending.
    fn folders(&self) -> Option<(&str, &str)> {
        let moved = self.moved.filter(|_| self.is_only)?;
        let ends = self.place.rsplit('/').zip(moved.rsplit('/'));
        let shared: usize = ends.take_while(|(a, b)| a == b).map(|(part, _)| part.len() + 1).sum();
        let before = |path: &str| path.len().saturating_sub(shared);
        Some((self.place.get(..before(&self.place))?, moved.get(..before(moved))?))
    }

    fn is_import(&self, role: &Role<'_>) -> bool {
        self.span.of(role.text).starts_with(['@', '#'])
    }

    fn finding(&self, role: &Role<'_>) -> Finding {
        let is_import = self.is_import(role);
        // A partly opened workspace also lacks files, but then has no file of the same name nearby.
        let severity = match self.moved.filter(|_| self.installed_in.is_none()) {
            Some(_) => Severity::Warning,
            None => Severity::Info,
        };
        let place = if is_import { self.written } else { &self.place };
        Finding::new(self.span, format!("The file `{place}` does not exist"))
            .severity(severity)
            .reason(match is_import {
                true => "The file should be inserted here, but nothing is.",
                false => "The model follows the link and finds nothing.",
            })
    }

    /// The intended path, in the notation of this path.
    fn meant(&self, role: &Role<'_>) -> Option<String> {
        let moved = self.moved.filter(|_| self.is_only)?;
        Some(if self.is_import(role) { moved.to_string() } else { relative(role.path, moved) })
    }

    fn edit(&self, role: &Role<'_>) -> Option<(Span, String)> {
        edit(role.text, self.span, self.written, &self.meant(role)?)
    }

    fn repaired(&self, finding: Finding, role: &Role<'_>) -> Finding {
        if let (Some(top), Some(path)) = (&self.installed_in, self.moved) {
            return finding.help(format!(
                "The file is at `{path}` here; the path is correct if it is installed in `{top}`."
            ));
        }
        match self.meant(role) {
            Some(meant) => repaired(finding, role.text, self.span, self.written, &meant),
            None => finding.help("Correct the path, or remove the link."),
        }
    }
}

/// The folder at the start of a path that the workspace lacks because packages are installed there,
/// such as `.claude`, and the file that the rest of the path leads to.
fn installed<'k>(role: &Role<'_>, place: &str, known: &'k Places<'_>) -> Option<(String, &'k str)> {
    let (top, rest) = place.split_once('/')?;
    let is_target = top.starts_with(['.', '_']) && rest.contains('/') && !known.has_below(top);
    let mut found = known.ending(rest).filter(|path| is_target && *path != role.path);
    Some((top.to_string(), found.next()?))
}

/// Files whose text the host inserts, in its notation: `@path` or `#[[file:path]]`.
fn imports<'a>(cx: &Context<'a>) -> Vec<(Span, &'a str)> {
    let reads = |form| cx.host.placeholders.iter().any(|placeholder| placeholder.form == form);
    if reads("#[[file:*]]") {
        return in_brackets(cx.role);
    }
    if reads("@*") { imports_of(cx.role) } else { Vec::new() }
}

/// Files imported as `@path`.
pub(super) fn imports_of<'a>(role: &Role<'a>) -> Vec<(Span, &'a str)> {
    let Role { text, body, .. } = *role;
    let import = |&start: &usize| {
        let before = text.get(..start)?.chars().next_back();
        let end = text.floor_char_boundary(body.end.min(start + MAX_PATH));
        let word = text.get(start + 1..end)?.split(char::is_whitespace).next()?;
        let word = word.trim_end_matches(['.', ',', ';', ':', '!', '?', ')']);
        let stands_alone = before.is_none_or(|c| c.is_whitespace() || c == '(');
        let is_path = stands_alone && word.contains('/') && path(word) == Some(word);
        is_path.then(|| (Span::new(start, start + 1 + word.len()), word))
    };
    role.body_marks(Mark::At).iter().filter_map(import).take(MAX_LINKS).collect()
}

/// Files in `#[[file:path]]`.
fn in_brackets<'a>(role: &Role<'a>) -> Vec<(Span, &'a str)> {
    const OPEN: &str = "#[[file:";
    let found = memchr::memmem::find_iter(role.body.of(role.text).as_bytes(), OPEN);
    let import = |at: usize| {
        let start = role.body.start + at;
        let written = role.text.get(start + OPEN.len()..)?.lines().next()?.split_once("]]")?.0;
        let end = start + OPEN.len() + written.len() + 2;
        (path(written) == Some(written)).then(|| (Span::new(start, end), written))
    };
    found.filter_map(import).take(MAX_LINKS).collect()
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
        && written.trim_start_matches("./").starts_with("../")
        && !known.has_below(&inner)
}

/// Paths in TOML front matter, whose fields are otherwise not read: paths with a missing folder
/// inside an existing folder.
fn in_toml(cx: &Context<'_>) -> Vec<Finding> {
    let Some(root) = cx.toml() else { return Vec::new() };
    let tables = root.entries().unwrap_or(&[]).iter().map(|entry| &entry.value);
    let known = Places::of(cx);
    let missing = |node: &&Node<'_>| {
        let parts = node.as_str().and_then(|path| path.split_once('/'));
        let inner = parts.and_then(|(top, rest)| Some((top, rest.split('/').next()?)));
        inner.is_some_and(|(top, next)| {
            let next = format!("{top}/{next}");
            known.has_below(top) && !known.has(&next)
        })
    };
    let mut found = Vec::new();
    for table in [root].into_iter().chain(tables) {
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

/// Characters that appear in patterns, placeholders and URLs, but in no path.
fn is_odd(c: char) -> bool {
    matches!(c, ':' | '<' | '>' | '{' | '}' | '$' | '*' | '|' | '[' | ']' | '@' | '\\' | '…')
        || c.is_whitespace()
}

/// The file path of a link, without the text after it.
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

/// The identity of a file regardless of its location: its name, plus its folder's name if many
/// files share the file name.
fn tail(path: &str) -> &str {
    let shared = ["SKILL.md", "README.md", "index.md", "AGENTS.md", "CLAUDE.md"];
    let name = path.rfind('/').map_or(0, |at| at + 1);
    let is_shared = path.get(name..).is_some_and(|name| shared.contains(&name));
    let above = path.get(..name.saturating_sub(1)).unwrap_or("");
    let start = if is_shared { above.rfind('/').map_or(0, |at| at + 1) } else { name };
    path.get(start..).unwrap_or(path)
}

/// The relative path from one file to another.
fn relative(from: &str, to: &str) -> String {
    let from: Vec<&str> = folder(from).split('/').filter(|part| !part.is_empty()).collect();
    let to: Vec<&str> = to.split('/').collect();
    let shared = from.iter().zip(&to).take_while(|(a, b)| a == b).count();
    let up = core::iter::repeat_n("..", from.len() - shared);
    up.chain(to.iter().skip(shared).copied()).collect::<Vec<_>>().join("/")
}

fn repaired(finding: Finding, text: &str, link: Span, written: &str, meant: &str) -> Finding {
    let title: Cow<'static, str> = format!("Replace `{written}` with `{meant}`").into();
    match edit(text, link, written, meant) {
        Some(edit) => finding.unsafe_fix(title, Vec::from([edit])),
        None => finding.help(format!("Did you mean `{meant}`?")),
    }
}

/// The replacement of a path in a link. The target follows the link text, which may be the same.
fn edit(text: &str, link: Span, written: &str, meant: &str) -> Option<(Span, String)> {
    let whole = link.of(text);
    let at = whole.rfind(written).filter(|_| whole.starts_with(['[', '!', '@', '#']))?;
    let start = link.start + at;
    Some((Span::new(start, start + written.len()), meant.to_string()))
}

#[cfg(test)]
mod tests;
