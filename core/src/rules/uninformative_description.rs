//! Descriptions that only repeat the name, or were never written.

use super::{Check, Context, Example, Finding, Profile, Rule};
use crate::diagnostic::Severity;
use crate::host::{FieldRole, Host, Kind};
use crate::text::after_beginning;
use alloc::format;
use alloc::string::String;

/// The rule.
pub(super) static RULE: Rule = Rule {
    name: "uninformative-description",
    severity: Severity::Warning,
    profile: Profile::Core,
    summary: "The description only repeats the name, or was never written, or `whenToUse` repeats the description.",
    why: "From the name and the description, a router decides whether the role fits the task. A description that consists of the words of the name adds nothing, so the role is chosen by chance or not at all.",
    example: Example {
        path: "skills/runbook-generator/SKILL.md",
        bad: "---\nname: runbook-generator\ndescription: Runbook Generator\n---\n\nWrite a runbook.\n",
        at: "Runbook Generator",
        good: "---\nname: runbook-generator\ndescription: Writes a runbook for a service. Use when a service goes into production.\n---\n\nWrite a runbook.\n",
        files: &[],
    },
    check: Check::Role(check),
};

fn check(cx: &mut Context<'_>) {
    if let Some(finding) = repeated_in_trigger(cx) {
        cx.report(finding);
    }
    if let Some(finding) = stand_in(cx) {
        return cx.report(finding);
    }
    if !repeats_the_name(cx) {
        return;
    }
    let field = cx.host.field_for(FieldRole::Description);
    let Some(field) = field.and_then(|field| cx.role.field(field.name)) else { return };
    cx.report(
        Finding::new(field.value.span, "The description only repeats the name")
            .reason(all_that_is_seen(cx.host))
            .help("Say what it does and when to use it, for example \"Use after …\" or \"Use when …\"."),
    );
}

/// A description that a template left to be written.
fn stand_in(cx: &Context<'_>) -> Option<Finding> {
    let field = cx.role.field(cx.host.field_for(FieldRole::Description)?.name)?;
    let mut words = field.value.as_str()?.trim().trim_end_matches('.');
    for lead in ["a ", "brief ", "short ", "your ", "the "] {
        words = after_beginning(words, lead).unwrap_or(words);
    }
    if !STAND_INS.iter().any(|known| words.eq_ignore_ascii_case(known)) {
        return None;
    }
    let reason = match cx.host.kind {
        Kind::Rule | Kind::Context => "It does not help the model decide whether the rule applies.",
        _ => all_that_is_seen(cx.host),
    };
    Some(
        Finding::new(field.value.span, "The description is still to be written")
            .reason(reason)
            .help("Say what it does and when to use it, for example \"Use after …\" or \"Use when …\"."),
    )
}

/// What templates have in place of a description.
const STAND_INS: [&str; 10] = [
    "description",
    "description here",
    "description goes here",
    "description of the project",
    "description of the rule",
    "description of this rule",
    "description of the agent",
    "description of the skill",
    "description of the command",
    "project description",
];

/// The purpose of the description. People may pick a role too, so the description does not decide
/// alone.
pub(super) fn all_that_is_seen(host: &Host) -> &'static str {
    match host.kind {
        Kind::Prompt => "Until a skill is chosen, the model sees only its name and description.",
        _ => "An agent that delegates sees only the description.",
    }
}

/// A field for when to use the role that only repeats what the role is.
fn repeated_in_trigger(cx: &Context<'_>) -> Option<Finding> {
    let field = |meaning| cx.role.field(cx.host.field_for(meaning)?.name);
    let (when, what) = (field(FieldRole::WhenToUse)?, field(FieldRole::Description)?);
    let (said, again) = (beginning(what.value.as_str()?), beginning(when.value.as_str()?));
    let message = format!("`{}` only repeats `{}`", when.name, what.name);
    (!said.is_empty() && said == again).then(|| {
        Finding::new(when.value.span, message)
            .severity(Severity::Info)
            .reason("It does not help the model decide when to switch to this role.")
            .help("Say when to use it, for example \"Use after …\" or \"Use when …\".")
    })
}

/// The start of such a field, in lowercase, without introductory words.
fn beginning(text: &str) -> String {
    const LEADS: [&str; 4] = [
        "activate this mode when you need ",
        "use this mode when you need ",
        "you are ",
        "you're ",
    ];
    let mut rest = text.trim();
    for lead in LEADS.into_iter().chain(["an ", "a "]) {
        if let Some((start, after)) = rest.split_at_checked(lead.len())
            && start.eq_ignore_ascii_case(lead)
        {
            rest = after.trim_start();
        }
    }
    let rest = rest.trim_end_matches('.');
    rest.chars().take(60).flat_map(char::to_lowercase).collect()
}

/// Words that carry no information either.
const FILLERS: [&str; 9] = ["a", "an", "the", "and", "of", "for", "agent", "skill", "specialist"];

/// Whether every word of the description is part of the name. Compares plain letters only.
pub(super) fn repeats_the_name(cx: &Context<'_>) -> bool {
    let value = |meaning| {
        let field = cx.host.field_for(meaning).and_then(|field| cx.role.field(field.name));
        field.and_then(|field| field.value.as_str()).unwrap_or("")
    };
    let (name, description) = (value(FieldRole::Name), value(FieldRole::Description));
    let words = |text| {
        str::split(text, |c: char| !c.is_ascii_alphanumeric()).filter(|word| !word.is_empty())
    };
    let is_known = |word: &str| {
        let is = |other: &str| other.eq_ignore_ascii_case(word);
        words(name).any(is) || FILLERS.iter().any(|filler| is(filler))
    };
    cx.host.routed
        && description.is_ascii()
        && words(description).next().is_some()
        && words(description).all(is_known)
}

#[cfg(test)]
mod tests {
    use crate::rules::tests::findings;
    use alloc::format;
    use alloc::string::String;
    use alloc::vec::Vec;

    fn check(description: &str) -> Vec<String> {
        let text = format!("---\nname: ci-cd-builder\ndescription: {description}\n---\n\nBuild.\n");
        findings("uninformative-description", "skills/ci-cd-builder/SKILL.md", &text)
    }

    #[test]
    fn a_description_of_a_template_is_still_to_be_written() {
        let check = |description: &str| {
            let text = format!("---\ndescription: {description}\nglobs:\n---\nPeel it.\n");
            findings("uninformative-description", ".cursor/rules/x.mdc", &text)
        };
        assert_eq!(
            check("description of the project"),
            ["2:14-2:40 warning The description is still to be written"]
        );
        assert_eq!(check("Your description here").len(), 1);
        assert_eq!(check("Description of the rule.").len(), 1);
        assert_eq!(check("Description of the rules for pears"), [""; 0]);
    }

    #[test]
    fn the_words_of_the_name_are_no_description() {
        assert_eq!(
            check("The CI/CD Builder skill"),
            ["3:14-3:37 warning The description only repeats the name"]
        );
    }

    #[test]
    fn a_mode_that_is_described_twice_says_nothing_about_when() {
        let mode = |when: &str| {
            let text = format!(
                "customModes:\n  - slug: a\n    name: A\n    description: Expert reviewer of migrations.\n    roleDefinition: You review.\n    whenToUse: {when}\n    groups: [read]\n"
            );
            findings("uninformative-description", ".roomodes", &text)
        };
        assert_eq!(
            mode("Activate this mode when you need an expert reviewer of migrations."),
            ["6:16-6:82 info `whenToUse` only repeats `description`"]
        );
        assert_eq!(mode("Use when a migration is to be merged."), [""; 0]);
    }

    #[test]
    fn one_more_word_is_one() {
        for description in ["CI/CD builder for Go", "\"\"", "CI/CD 工作流", "Use it"] {
            assert_eq!(check(description), [""; 0], "{description}");
        }
    }
}
