//! Skills that a role loads and that the workspace does not have.

use super::wording::shortened;
use super::{Check, Context, Example, Finding, Profile, Rule};
use crate::diagnostic::Severity;
use crate::host::{FieldRole, FieldStatus};
use crate::role::Role;
use crate::spelling;
use crate::text::Span;
use alloc::borrow::Cow;
use alloc::collections::BTreeSet;
use alloc::format;
use alloc::string::{String, ToString};
use alloc::vec::Vec;

mod commands;
mod unloadable;

/// The rule.
pub(super) static RULE: Rule = Rule {
    name: "unknown-skill",
    severity: Severity::Warning,
    profile: Profile::Core,
    summary: "The role loads a skill or names a command that is not in the workspace, or a skill that the host does not load for it.",
    why: "Claude Code silently skips a skill that it cannot find, so the role starts without that knowledge. Often, the value is the path of a folder instead of the name of a skill. The rule cannot see skills that are installed elsewhere, so a name that resembles none in the workspace is reported as info, and if the workspace has no skills at all, nothing is reported. In the text, \"the `filing` skill\" is reported only if the workspace has most of the skills that the text mentions in this way, and `/mail:close` only if the workspace has other commands in a folder `mail`.",
    example: Example {
        path: ".claude/agents/clerk.md",
        bad: "---\nname: clerk\ndescription: Files letters. Use when a letter arrives.\ntools: Read\nskills: [office/filing]\n---\n\nYou file letters.\n",
        at: "office/filing",
        good: "---\nname: clerk\ndescription: Files letters. Use when a letter arrives.\ntools: Read\nskills: [filing]\n---\n\nYou file letters.\n",
        files: &[(".claude/skills/filing/SKILL.md", "")],
    },
    check: Check::Role(check),
};

fn check(cx: &mut Context<'_>) {
    if !cx.files.is_known() {
        return;
    }
    if let Some(finding) = commands::check(cx) {
        cx.report(finding);
    }
    let mut names = in_field(cx);
    names.extend(in_text(cx.role));
    let mentioned = mentioned(cx.role);
    if names.is_empty() && mentioned.is_empty() {
        return;
    }
    let paths = cx.paths();
    let there: Vec<Skill<'_>> = skills_of(&paths).collect();
    let skills: Vec<&str> = there.iter().map(|skill| skill.name).collect();
    names.extend(outliers(mentioned, &skills));
    if skills.is_empty() {
        return;
    }
    for finding in unloadable::check(cx, &names, &there) {
        cx.report(finding);
    }
    let mut seen: Vec<&str> = Vec::new();
    // Names in one list that resemble no known skill have one cause: the skills are not installed
    // here.
    let (mut paths_listed, mut others_listed) = (Vec::new(), Vec::new());
    let mut found = Vec::new();
    for it in &names {
        if is_known(&it.name, &skills) || seen.contains(&it.name.as_str()) {
            continue;
        }
        seen.push(&it.name);
        match meant(&it.name, &skills) {
            Some(near) => {
                let title = format!("Replace `{}` with `{near}`", it.name);
                let edits = Vec::from([(it.span, near)]);
                found.extend(about(&[it]).map(|finding| finding.unsafe_fix(title, edits)));
            }
            None if it.in_text => found.extend(unresolved(&[it])),
            None if it.name.contains('/') => paths_listed.push(it),
            None => others_listed.push(it),
        }
    }
    // A path is never a name; another name may belong to a skill that is installed elsewhere.
    let paths_listed = unresolved(&paths_listed).map(|it| it.severity(Severity::Warning));
    found.extend([paths_listed, unresolved(&others_listed)].into_iter().flatten());
    for finding in found {
        cx.report(finding);
    }
}

/// A name of a skill, and its place.
pub(super) struct Name {
    pub(super) name: String,
    pub(super) span: Span,
    in_text: bool,
}

/// The finding about names in one place.
fn about(names: &[&Name]) -> Option<Finding> {
    let (first, more) = names.split_first()?;
    let shown: Vec<String> = names.iter().map(|it| format!("`{}`", it.name)).collect();
    let skills = if more.is_empty() { "skill" } else { "skills" };
    let message = format!("The workspace has no {skills} {}", shortened(&shown));
    let finding = Finding::new(first.span, message)
        .labels(more.iter().map(|it| it.span), "not in the workspace either")
        .reason(match first.in_text {
            true => "The text refers the model to a skill that it cannot find.",
            false => "A skill that is not found is silently skipped.",
        });
    Some(finding)
}

/// Reports names that resemble no skill of the workspace.
fn unresolved(names: &[&Name]) -> Option<Finding> {
    let help = match names.len() {
        1 => "Correct the name, or remove it if the skill is not installed elsewhere.",
        _ => "Correct the names, or remove those whose skill is not installed elsewhere.",
    };
    Some(about(names)?.severity(Severity::Info).help(help))
}

/// The names in the field of skills.
fn in_field(cx: &Context<'_>) -> Vec<Name> {
    let known = cx.host.fields.iter().find(|field| {
        field.role == FieldRole::Skills && !matches!(field.status, FieldStatus::Ignored(_))
    });
    let field = known.and_then(|known| cx.role.field(known.name));
    let Some(field) = field.filter(|field| field.error.is_none()) else { return Vec::new() };
    let mut names = Vec::new();
    for value in field.value.items().unwrap_or(core::slice::from_ref(&field.value)) {
        let Some(written) = value.as_str().filter(|_| !value.is_null()) else { continue };
        for name in written.split(',').map(str::trim).filter(|piece| !piece.is_empty()) {
            // In a quoted value, the place of a single name cannot be determined.
            let at = value.span.of(cx.role.text).find(name).unwrap_or(0) + value.span.start;
            let span = match cx.role.text.get(at..at + name.len()) {
                Some(there) if there == name => Span::new(at, at + name.len()),
                _ => value.span,
            };
            names.push(Name { name: name.to_string(), span, in_text: false });
        }
    }
    names
}

/// Words before the name of a skill in the text.
const CUES: [&str; 2] = ["`skill: ", "skill: `"];

/// The names in the text, written as "`skill: NAME`" or "skill: `NAME`".
pub(super) fn in_text(role: &Role<'_>) -> Vec<Name> {
    let body = role.body;
    let name = |start: usize| {
        let name = role.text.get(start..)?.split(['`', '\n']).next()?;
        let is_name = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-';
        let span = Span::new(start, start + name.len());
        (!name.is_empty() && name.chars().all(is_name) && role.outline.fence_at(start).is_none())
            .then(|| Name { name: name.to_string(), span, in_text: true })
    };
    let mut names: Vec<Name> = Vec::new();
    for cue in CUES {
        let places = memchr::memmem::find_iter(body.of(role.text).as_bytes(), cue);
        names.extend(places.filter_map(|at| name(body.start + at + cue.len())));
    }
    names.sort_by_key(|name| name.span);
    names
}

/// The names in the text, written as "`NAME` skill".
pub(super) fn mentioned(role: &Role<'_>) -> Vec<Name> {
    let name = |code: &Span| {
        let behind = role.text.get(code.end..)?.strip_prefix(" skill")?;
        let name = code.of(role.text).trim_matches('`');
        let is_name = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-';
        let is_meant = name.contains('-') && name.chars().all(is_name);
        let start = code.start + (code.len() - name.len()) / 2;
        (is_meant && !behind.starts_with(|c: char| c.is_ascii_alphanumeric())).then(|| Name {
            name: name.to_string(),
            span: Span::new(start, start + name.len()),
            in_text: true,
        })
    };
    role.outline.code.iter().filter_map(name).collect()
}

/// The mentioned names that the workspace lacks, if it has at least twice as many of the others.
/// Otherwise, they may be examples, or belong to skills that are installed elsewhere.
fn outliers(mentioned: Vec<Name>, skills: &[&str]) -> Vec<Name> {
    let names: BTreeSet<&str> = mentioned.iter().map(|it| it.name.as_str()).collect();
    let missing = names.iter().filter(|name| !is_known(name, skills)).count();
    match (names.len() - missing) / 2 >= missing {
        true => mentioned.into_iter().filter(|it| !is_known(&it.name, skills)).collect(),
        false => Vec::new(),
    }
}

/// The names of the skills among the paths of a workspace.
pub(super) fn of_workspace<'p>(paths: &'p [Cow<'_, str>]) -> Vec<&'p str> {
    skills_of(paths).map(|skill| skill.name).collect()
}

/// A skill of the workspace.
struct Skill<'p> {
    /// Its folder.
    name: &'p str,
    /// Its file.
    path: &'p str,
}

/// The skills among the paths of a workspace.
fn skills_of<'p>(paths: &'p [Cow<'_, str>]) -> impl Iterator<Item = Skill<'p>> {
    paths.iter().filter_map(|path| {
        let folder = path.strip_suffix("/SKILL.md").or(path.strip_suffix("/skill.md"))?;
        let start = memchr::memrchr(b'/', folder.as_bytes()).map_or(0, |at| at + 1);
        Some(Skill { name: folder.get(start..)?, path })
    })
}

pub(super) fn is_known(name: &str, skills: &[&str]) -> bool {
    // A plugin's name before the colon shows where the skill is installed.
    name.contains(['{', '$', ':']) || skills.contains(&name)
}

fn meant(name: &str, skills: &[&str]) -> Option<String> {
    let last = name.rsplit('/').next().unwrap_or(name);
    let near = skills.iter().copied().find(|skill| *skill == last);
    near.or_else(|| spelling::nearest_in_words(name, skills.iter().copied()))
        .map(Cow::from)
        .map(Cow::into_owned)
}

#[cfg(test)]
mod tests {
    use crate::input::Input;
    use crate::options::Options;
    use alloc::collections::BTreeMap;
    use alloc::format;
    use alloc::string::{String, ToString};
    use alloc::vec::Vec;

    fn check(skills: &str, files: &[&str]) -> Vec<String> {
        let files: BTreeMap<String, String> =
            files.iter().map(|path| (path.to_string(), String::new())).collect();
        let text =
            format!("---\nname: x\ndescription: Use it\nskills: {skills}\n---\n\nYou help.\n");
        let input = Input::new(&text).at(".claude/agents/x.md").with_files(&files);
        let found = crate::check(&input, &Options::default()).diagnostics;
        let found = found.into_iter().filter(|d| d.rule == "unknown-skill");
        found.map(|d| format!("{} {}", d.span.of(&text), d.message)).collect()
    }

    const FILES: &[&str] = &[".claude/skills/filing/SKILL.md", "plugin/skills/letters/SKILL.md"];

    #[test]
    fn names_in_the_text_are_read_with_either_quotes() {
        let text =
            "---\nname: x\ndescription: Use it\n---\n\nSee skill: `filling`, or `skill: filing`.\n";
        let files: BTreeMap<String, String> =
            FILES.iter().map(|path| (path.to_string(), String::new())).collect();
        let input = Input::new(text).at(".claude/agents/x.md").with_files(&files);
        let found = crate::check(&input, &Options::default()).diagnostics;
        let found: Vec<_> = found.iter().filter(|d| d.rule == "unknown-skill").collect();
        assert_eq!(found.len(), 1);
        assert_eq!(found[0].message, "The workspace has no skill `filling`");
    }

    #[test]
    fn each_name_is_judged_at_its_place() {
        assert_eq!(
            check("filing, ofice, letters", FILES),
            ["ofice The workspace has no skill `ofice`"]
        );
        assert_eq!(check("\n  - filing\n  - tax", FILES), ["tax The workspace has no skill `tax`"]);
    }

    #[test]
    fn names_of_one_list_that_resemble_nothing_are_one_finding() {
        assert_eq!(
            check("tax, fillings, letters, a/law, wages, travel", FILES),
            [
                "tax The workspace has no skills `tax`, `wages` and `travel`",
                "fillings The workspace has no skill `fillings`",
                "a/law The workspace has no skill `a/law`"
            ]
        );
    }

    #[test]
    fn the_text_may_send_to_a_skill() {
        let text = "---\nname: x\ndescription: Use it\n---\n\nSee `skill: filing` and `skill: fillings`, `skill: NAME`.\n";
        let files: BTreeMap<String, String> =
            FILES.iter().map(|path| (path.to_string(), String::new())).collect();
        let input = Input::new(text).at(".gemini/agents/x.md").with_files(&files);
        let found = crate::check(&input, &Options::default()).diagnostics;
        let found: Vec<String> = found
            .iter()
            .filter(|d| d.rule == "unknown-skill")
            .map(|d| format!("{} {}", d.severity.name(), d.message))
            .collect();
        assert_eq!(found, ["warning The workspace has no skill `fillings`"]);
    }

    #[test]
    fn one_of_several_mentioned_skills_may_be_missing() {
        let all = "---\nname: x\ndescription: Use it\n---\n\nRun the `file-letters` skill, then the `open-mail` skill, as the `file-all-letters` skill does.\n";
        let files = |names: &[&str]| -> BTreeMap<String, String> {
            names.iter().map(|name| (format!("skills/{name}/SKILL.md"), String::new())).collect()
        };
        let check = |text: &str, files: &BTreeMap<String, String>| -> Vec<String> {
            let input = Input::new(text).at(".claude/agents/x.md").with_files(files);
            let found = crate::check(&input, &Options::default()).diagnostics;
            let found = found.into_iter().filter(|d| d.rule == "unknown-skill");
            found.map(|d| format!("{} {}", d.severity.name(), d.message)).collect()
        };
        assert_eq!(
            check(all, &files(&["file-letters", "open-mail"])),
            ["info The workspace has no skill `file-all-letters`"]
        );
        // With one known skill, the others may be examples.
        assert_eq!(check(all, &files(&["file-letters"])), [""; 0]);
        assert_eq!(check(all, &files(&["file-letters", "open-mail", "file-all-letters"])), [""; 0]);
    }

    #[test]
    fn names_of_plugins_and_workspaces_without_skills_are_quiet() {
        assert_eq!(check("office:tax", FILES), [""; 0]);
        assert_eq!(check("tax", &[]), [""; 0]);
        assert_eq!(check("tax", &["README.md"]), [""; 0]);
    }
}
