//! Fields and values that require another field, which is missing.

use super::wording::joined;
use super::{Check, Context, Example, Finding, Profile, Rule, near_miss_field};
use crate::diagnostic::Severity;
use crate::front_matter::Field;
use crate::host::{Effect, Requires};
use crate::text::Span;
use alloc::format;
use alloc::string::String;
use alloc::vec::Vec;

/// The rule.
pub(super) static RULE: Rule = Rule {
    name: "missing-companion-field",
    severity: Severity::Warning,
    profile: Profile::Core,
    summary: "A value requires another field, which is missing.",
    why: "Gemini CLI rejects a remote agent without the address of its agent card; a Windsurf rule with `trigger: glob` and no `globs` is attached to no file. Both look complete, because each field is valid by itself.",
    example: Example {
        path: ".windsurf/rules/tests.md",
        bad: "---\ntrigger: glob\n---\n\nName each test after what it proves.\n",
        at: "glob",
        good: "---\ntrigger: glob\nglobs: \"**/*.test.ts\"\n---\n\nName each test after what it proves.\n",
        files: &[],
    },
    check: Check::Role(check),
};

fn check(cx: &mut Context<'_>) {
    if cx.is_lookalike() || cx.role.front_matter_is_broken() {
        return;
    }
    let mut reported: Vec<&[&str]> = Vec::new();
    for requires in cx.host.requires {
        let Some(field) = asking(cx, requires) else {
            if let Some(finding) = by_default(cx, requires) {
                cx.report(finding);
            }
            continue;
        };
        // Several fields may require the same one.
        if reported.contains(&requires.one_of) {
            continue;
        }
        if has_one(cx, requires) {
            if let Some(finding) = too_many(cx, requires) {
                cx.report(finding);
            }
            continue;
        }
        reported.push(requires.one_of);
        cx.report(finding(field, requires));
    }
}

/// The field that requires others, if it is there with its value.
pub(super) fn asking<'r>(cx: &Context<'r>, requires: &Requires) -> Option<&'r Field<'r>> {
    cx.role.field(requires.field).filter(|field| match requires.value {
        Some(value) => field.value.as_str() == Some(value),
        None => !field.value.is_null(),
    })
}

/// The same for a file of its own without the field, where its absence has the effect of the value.
fn by_default(cx: &Context<'_>, requires: &Requires) -> Option<Finding> {
    let (role, value) = (cx.role, requires.value?);
    let mut folders = role.path.split('/');
    let stem = role.path.rsplit('/').next()?.split('.').next()?;
    let is_there = folders.any(|folder| requires.absent_in.contains(&folder));
    // A file with the name of one of the host's own agents only changes it.
    let is_own = cx.host.agents.contains(&stem);
    if !is_there || is_own || role.within.is_some() || cx.place() != Some(cx.host) {
        return None;
    }
    let text = role.text.trim_start_matches('\u{feff}').trim_start();
    if role.field(requires.field).is_some() || text.is_empty() || has_one(cx, requires) {
        return None;
    }
    let line = role.line_at(role.text.len() - text.len());
    let most = line.of(role.text).char_indices().nth(80);
    let first = Span::new(line.start, most.map_or(line.end, |(at, _)| line.start + at));
    let span = role.fields().last().map_or(first, |field| field.name_span);
    let names: Vec<String> = requires.one_of.iter().map(|name| format!("`{name}`")).collect();
    let names = joined(&names, "or");
    let (message, add) = match role.front_matter {
        Some(_) => (format!("Missing field {names}"), format!("Add {names}")),
        None => (
            format!("The file has no front matter and so no {names}"),
            format!("Begin the file with front matter that contains {names}"),
        ),
    };
    let field = requires.field;
    let help = format!("{add}; without `{field}`, the role can also run as a {value}.");
    Some(Finding::new(span, message).severity(severity(requires)).reason(requires.note).help(help))
}

/// Whether a field shows that the role needs no prompt because it runs elsewhere.
pub(super) fn needs_no_prompt(cx: &Context<'_>) -> bool {
    let spares = |requires: &Requires| requires.spares_prompt && asking(cx, requires).is_some();
    cx.host.requires.iter().any(spares)
}

fn has_one(cx: &Context<'_>, requires: &Requires) -> bool {
    let role = cx.role;
    let is_there = |name: &&str| role.field(name).is_some_and(|field| !field.value.is_null());
    requires.one_of.iter().any(is_there)
        || near_miss_field::fields(role).any(|other| {
            near_miss_field::meant(cx.host, role, &other.name)
                .is_some_and(|meant| requires.one_of.contains(&meant.field.name))
        })
}

/// Alternatives that are given at the same time, although each excludes the others.
fn too_many(cx: &Context<'_>, requires: &Requires) -> Option<Finding> {
    let given = |name: &&str| cx.role.field(name).filter(|field| !field.value.is_null());
    let mut fields = requires.one_of.iter().filter_map(given);
    let (first, second) = fields.next().zip(fields.next()).filter(|_| requires.exclusive)?;
    let message = format!("`{}` and `{}` exclude each other", first.name, second.name);
    Some(
        Finding::new(second.name_span, message)
            .severity(severity(requires))
            .label(first.name_span, "also given")
            .reason(requires.note)
            .help("Keep one of them."),
    )
}

fn severity(requires: &Requires) -> Severity {
    match requires.effect {
        Effect::Rejected | Effect::LosesFrontMatter => Severity::Error,
        Effect::Unknown | Effect::Accepted => Severity::Info,
        _ => Severity::Warning,
    }
}

fn finding(field: &Field<'_>, requires: &Requires) -> Finding {
    let companions: Vec<String> = requires.one_of.iter().map(|name| format!("`{name}`")).collect();
    let companions = joined(&companions, "or");
    let (span, subject) = match requires.value {
        Some(value) => (field.value.span, format!("{}: {value}", field.name)),
        None => (field.name_span, String::from(&*field.name)),
    };
    Finding::new(span, format!("`{subject}` needs {companions}"))
        .severity(severity(requires))
        .reason(requires.note)
        .help(format!("Add {companions}."))
}

#[cfg(test)]
mod tests {
    use crate::rules::tests::findings;

    fn check(path: &str, text: &str) -> alloc::vec::Vec<alloc::string::String> {
        findings("missing-companion-field", path, text)
    }

    #[test]
    fn what_is_missing_depends_on_the_value() {
        let agent = ".gemini/agents/x.md";
        assert_eq!(
            check(agent, "---\nname: x\nkind: remote\n---\n"),
            ["3:7-3:13 error `kind: remote` needs `agent_card_url` or `agent_card_json`"]
        );
        assert_eq!(check(agent, "---\nname: x\nkind: local\n---\n"), [""; 0]);
        let remote = "---\nname: x\nkind: remote\nagent_card_url: https://a.example/card\n---\n";
        assert_eq!(check(agent, remote), [""; 0]);
        // The role has its description and its prompt in another file.
        for rule in ["missing-field", "empty-body"] {
            assert_eq!(findings(rule, agent, remote), [""; 0]);
            assert_eq!(findings(rule, agent, "---\nname: x\n---\n").len(), 1);
        }
    }

    #[test]
    fn the_absence_of_a_field_may_have_the_effect_of_a_value() {
        let agent = ".opencode/agents/x.md";
        assert_eq!(
            check(agent, "---\nmodel: a/b\n---\nYou help.\n"),
            ["2:1-2:6 info Missing field `description`"]
        );
        assert_eq!(
            check(agent, "\n# Helper\n\nYou help.\n"),
            ["2:1-2:9 info The file has no front matter and so no `description`"]
        );
        for (path, text) in [
            (agent, "---\nmode: primary\n---\nYou help.\n"),
            (agent, "---\ndescription: Helps.\n---\nYou help.\n"),
            (agent, ""),
            (".opencode/mode/x.md", "You help.\n"),
            (".opencode/agents/build.md", "You help.\n"),
            ("opencode.json", "{\"agent\": {\"x\": {\"prompt\": \"You help.\"}}}\n"),
        ] {
            assert_eq!(check(path, text), [""; 0], "{path} {text}");
        }
    }

    #[test]
    fn alternatives_exclude_each_other() {
        let both = "---\nname: x\nkind: remote\nagent_card_url: https://a.example/card\nagent_card_json: '{}'\n---\n";
        assert_eq!(
            check(".gemini/agents/x.md", both),
            ["5:1-5:16 error `agent_card_url` and `agent_card_json` exclude each other"]
        );
    }

    #[test]
    fn two_fields_that_ask_for_the_same_one_are_one_finding() {
        let text = "{\"name\": \"x\", \"allowedTools\": [\"read\"], \"toolsSettings\": {}}\n";
        assert_eq!(
            check(".kiro/agents/x.json", text),
            ["1:15-1:29 info `allowedTools` needs `permissions`"]
        );
    }
}
