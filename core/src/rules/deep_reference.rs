//! Reports files of a skill that are referenced only from other files of the skill.

use super::{Check, Context, Example, Finding, Profile, Rule};
use crate::diagnostic::Severity;
use crate::role::Role;
use crate::text::{Span, folder, resolved};
use alloc::format;
use alloc::string::{String, ToString};
use alloc::vec::Vec;

mod imports;

/// The rule.
pub(super) static RULE: Rule = Rule {
    name: "deep-reference",
    severity: Severity::Info,
    profile: Profile::Recommended,
    summary: "A file of a skill is reached only through another file, or an import leads in too many steps.",
    why: "The specification of Agent Skills advises keeping references one level deep. A model that follows a link in `SKILL.md` to a file, and from there to the next, often reads only the first lines of the second one, and works with what it has seen (Anthropic's guide to writing skills). If `SKILL.md` names every file itself, each is read in full when it is needed. Claude Code follows the imports of a `CLAUDE.md` for a few steps and does not read the files after them.",
    example: Example {
        path: "skills/filing/SKILL.md",
        bad: "---\nname: filing\ndescription: Files letters. Use when a letter arrives.\n---\n\nFollow [the order](references/order.md).\n",
        at: "[the order](references/order.md)",
        good: "---\nname: filing\ndescription: Files letters. Use when a letter arrives.\n---\n\nFollow [the order](references/order.md), for foreign letters [this one](references/abroad.md).\n",
        files: &[
            ("skills/filing/references/order.md", "Foreign letters: [order](abroad.md).\n"),
            ("skills/filing/references/abroad.md", "By country.\n"),
        ],
    },
    check: Check::Role(check),
};

/// The most files that are read.
const MAX_FILES: usize = 20;

/// Longer files are not read, in bytes.
const MAX_TEXT: usize = 200_000;

fn check(cx: &mut Context<'_>) {
    if let Some(finding) = imports::finding(cx) {
        cx.report(finding);
    }
    let role = cx.role;
    let Some(own) = role.path.strip_suffix("SKILL.md").filter(|own| own.ends_with('/')) else {
        return;
    };
    if !cx.files.is_known() {
        return;
    }
    let links = inside(cx, role, own).into_iter().take(MAX_FILES);
    let deep: Vec<(Span, String, String)> = links
        .filter_map(|(span, file)| further(cx, own, &file).map(|further| (span, file, further)))
        .collect();
    let Some(((span, file, further), more)) = deep.split_first() else { return };
    let name = |path: &str| path.strip_prefix(own).unwrap_or(path).to_string();
    let message = format!("`{}` leads to `{}`, which is not named here", name(file), name(further));
    cx.report(
        Finding::new(*span, message)
            .and_more(more.len())
            .labels(more.iter().map(|(span, ..)| *span), "also leads to a file not named here")
            .reason(
                "A model often reads only the first lines of a file that it reaches through another file.",
            )
            .help("Name it here too, or move what it says into the first file."),
    );
}

/// A file that is referenced by one of the skill's files but not by the skill itself.
fn further(cx: &Context<'_>, own: &str, file: &str) -> Option<String> {
    let text = cx.files.text(file).filter(|text| text.len() <= MAX_TEXT)?;
    let role = Role::parse_with(&text, file, cx.options.markdown);
    let is_named = |path: &str| {
        let name = path.rsplit('/').next().unwrap_or(path);
        path.ends_with("/SKILL.md") || path == file || cx.role.text.contains(name)
    };
    let links = inside(cx, &role, own).into_iter();
    links.map(|(_, path)| path).find(|path| !is_named(path))
}

/// The links of a file to other Markdown files in the folder of the skill.
fn inside(cx: &Context<'_>, role: &Role<'_>, own: &str) -> Vec<(Span, String)> {
    let links = role.outline.links.iter().filter_map(|link| {
        let path = link.target.split('#').next()?;
        let is_file = path.ends_with(".md") && !path.contains(':');
        let place = resolved(folder(role.path), path).filter(|_| is_file)?;
        let is_inside = place.starts_with(own) && cx.files.exists(&place);
        (is_inside && role.outline.code_at(link.span.start).is_none()).then_some((link.span, place))
    });
    links.take(MAX_FILES).collect()
}
