//! Models that the text names for the role itself, against the one in its front matter.

use super::{Check, Context, Example, Finding, Profile, Rule};
use crate::diagnostic::Severity;
use crate::host::FieldRole;
use crate::role::Role;
use crate::text::Span;
use alloc::format;
use alloc::string::String;

/// The rule.
pub(super) static RULE: Rule = Rule {
    name: "mismatched-model",
    severity: Severity::Info,
    profile: Profile::Recommended,
    summary: "The text names a different model than the front matter.",
    why: "Only the front matter decides which model runs. A text that names another one was left behind when the field changed, or the field was changed by mistake; anyone who reads the file expects the wrong costs and abilities. Only sentences about the role itself are read (\"You run on Opus\").",
    example: Example {
        path: ".claude/agents/reviewer.md",
        bad: "---\nname: reviewer\ndescription: Use it after every change\ntools: Read\nmodel: sonnet\n---\n\nYou run on Opus and review changes.\n",
        at: "Opus",
        good: "---\nname: reviewer\ndescription: Use it after every change\ntools: Read\nmodel: opus\n---\n\nYou run on Opus and review changes.\n",
        files: &[],
    },
    check: Check::Role(check),
};

/// Phrases about the role itself, in lower case.
const LEADS: [&str; 14] = [
    "you run on ",
    "you run as ",
    "you are running on ",
    "you are running as ",
    "you are powered by ",
    "you are backed by ",
    "this agent runs on ",
    "this agent runs as ",
    "this agent runs with ",
    "this agent uses ",
    "this agent is powered by ",
    "this agent is pinned to ",
    "runs on the model ",
    "**model**: ",
];

fn check(cx: &mut Context<'_>) {
    let models = &cx.host.models;
    let Some(field) = cx.host.field_for(FieldRole::Model).and_then(|it| cx.role.field(it.name))
    else {
        return;
    };
    let Some(set) = field.value.as_str().map(str::to_ascii_lowercase) else { return };
    let is_inherited = models.inherit == Some(&*set);
    let family = models.families.iter().find(|family| set.contains(**family)).copied();
    let Some(own) = models.inherit.filter(|_| is_inherited).or(family) else { return };
    let body = cx.role.body.of(cx.role.text);
    // The first letter may be a capital.
    let is_named = |name: &&str| name.get(1..).is_some_and(|rest| body.contains(rest));
    if !models.families.iter().chain(&models.inherit).any(|name| *name != own && is_named(name)) {
        return;
    }
    let mut first = None;
    for line in cx.role.body_lines() {
        let named = named_in(cx.role, line).filter(|name| {
            let name = name.of(cx.role.text).to_ascii_lowercase();
            models.families.contains(&&*name) || models.inherit == Some(&*name)
        });
        let Some(name) = named else { continue };
        // A text that names both says when which of them runs.
        if name.of(cx.role.text).eq_ignore_ascii_case(own) {
            return;
        }
        first = first.or(Some(name));
    }
    let Some(span) = first else { return };
    let message = format!(
        "The text names the model `{}`, but `{}` is `{}`",
        span.of(cx.role.text),
        field.name,
        field.value.as_str().unwrap_or("")
    );
    cx.report(
        Finding::new(span, message)
            .reason("Only the front matter decides which model runs.")
            .help("Correct the text or the field, or do not name the model in the text.")
            .label(field.value.span, "runs on this one"),
    );
}

/// The one word on a line that names the role's model.
fn named_in(role: &Role<'_>, line: Span) -> Option<Span> {
    let text = line.of(role.text);
    if role.outline.fence_at(line.start).is_some() {
        return None;
    }
    let lower: String = text.to_ascii_lowercase();
    let start = LEADS.iter().find_map(|lead| lower.find(lead).map(|at| at + lead.len()))?;
    let rest = lower.get(start..)?;
    let rest_of_lead = rest.trim_start_matches(['*', '`', '"']);
    let bare = ["the ", "claude "]
        .iter()
        .fold(rest_of_lead, |rest, word| rest.strip_prefix(word).unwrap_or(rest));
    let bare = bare.trim_start_matches(['*', '`', '"']);
    let start = start + rest.len() - bare.len();
    let length = bare.find(|c: char| !c.is_ascii_alphanumeric()).unwrap_or(bare.len());
    Some(Span::new(line.start + start, line.start + start + length))
}

#[cfg(test)]
mod tests {
    use crate::rules::tests::findings;
    use alloc::format;
    use alloc::string::String;
    use alloc::vec::Vec;

    fn check(model: &str, body: &str) -> Vec<String> {
        let text = format!("---\nname: x\ndescription: Use it\nmodel: {model}\n---\n\n{body}\n");
        findings("mismatched-model", ".claude/agents/x.md", &text)
    }

    #[test]
    fn sentences_about_the_role_are_read() {
        assert_eq!(
            check("opus", "You run on Sonnet."),
            ["7:12-7:18 info The text names the model `Sonnet`, but `model` is `opus`"]
        );
        assert_eq!(check("claude-haiku-4-5", "This agent runs on **Claude Opus**.").len(), 1);
        assert_eq!(check("inherit", "You are powered by Opus.").len(), 1);
    }

    #[test]
    fn other_models_of_the_same_text_are_left_alone() {
        for body in [
            // Another file sets the model when the agent is started.
            "> `effort: medium`, `model: sonnet` — dispatch fields live in the manifest",
            "Declare `model: sonnet` unless the user asks for another.",
            "> The field is `model: opus`, not `model: sonnet`.",
            "You run on Opus.\n\nThis agent runs on Sonnet at night.",
            "```\nYou run on Sonnet.\n```",
            "You run on Linux.",
        ] {
            assert_eq!(check("opus", body), [""; 0], "{body}");
        }
    }
}
