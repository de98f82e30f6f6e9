//! Roles that deploy or delete without being told to ask first.

use super::{Check, Context, Example, Finding, Profile, Rule};
use crate::diagnostic::Severity;
use crate::host::{Capability, FieldRole, Kind};
use crate::role::Role;
use crate::text::{Span, after_beginning};
use crate::tools::Grant;
use alloc::format;

/// The rule.
pub(super) static RULE: Rule = Rule {
    name: "unguarded-destructive-action",
    severity: Severity::Info,
    profile: Profile::Style,
    summary: "A role is told to deploy, delete or publish, or a skill does so whenever the model starts it, and nothing tells it to ask first.",
    why: "What cannot be undone needs a person's consent (OWASP LLM06, Excessive Agency). A role that lists such a step among its duties treats it as already approved. A single sentence that tells it to ask or to wait for approval is enough. For skills that deploy or send something, Claude Code's documentation advises `disable-model-invocation: true`, so that only a person starts them.",
    example: Example {
        path: ".claude/agents/releaser.md",
        bad: "---\nname: releaser\ndescription: Use it to release\ntools: Read, Bash\n---\n\nYou release versions.\n\n1. Run the tests.\n2. Publish the package.\n",
        at: "Publish",
        good: "---\nname: releaser\ndescription: Use it to release\ntools: Read, Bash\n---\n\nYou release versions.\n\n1. Run the tests.\n2. Ask, and publish the package after approval.\n",
        files: &[],
    },
    check: Check::Role(check),
};

fn check(cx: &mut Context<'_>) {
    if let Some(finding) = started_unasked(cx) {
        cx.report(finding);
    }
    let role = cx.role;
    let host = cx.host;
    let runs = |name: &str| {
        host.tool_ignoring_case(name).is_some_and(|tool| tool.can(Capability::Execute))
    };
    let lists = cx.tools().iter().filter(|list| list.grant == Grant::Allowed);
    let may_run = lists.flat_map(|list| &list.entries).any(|entry| runs(entry.name()));
    if !may_run || host.kind != Kind::Role {
        return;
    }
    let items = role.outline.items.iter().filter(|item| item.ordered);
    let Some(verb) = items.filter_map(|item| destroys(role, item.span)).next() else { return };
    if asks(role.body.of(role.text)) {
        return;
    }
    let message = format!("`{}` is a step, and nothing says to ask first", verb.of(role.text));
    cx.report(
        Finding::new(verb, message)
            .reason("The step cannot be undone, and the role may run commands.")
            .help("Say what it asks about before it acts, or whose approval it needs."),
    );
}

/// A skill with such an effect that the model may start by itself.
fn started_unasked(cx: &Context<'_>) -> Option<Finding> {
    let (role, host) = (cx.role, cx.host);
    let switch = host.field_for(FieldRole::ModelInvocation).filter(|it| it.readers.is_empty())?;
    let field = role.field(host.field_for(FieldRole::Name)?.name)?;
    let name = field.value.as_str()?;
    let effect = name.split('-').next()?;
    let is_named_so = host.routed && host.kind == Kind::Prompt && EFFECTS.contains(&effect);
    if !is_named_so || role.field(switch.name).is_some() || asks(role.body.of(role.text)) {
        return None;
    }
    let message = format!("The model may start `{name}` by itself");
    Some(Finding::new(field.value.span, message).reason("Nothing says to ask first.").help(format!(
        "Write `{}: true` if only a person should start it, or say what it asks before it acts.",
        switch.name
    )))
}

/// The first words of the names of skills that affect others.
const EFFECTS: [&str; 5] = ["deploy", "publish", "push", "release", "send"];

/// The first word of a step, if it names an irreversible action.
fn destroys(role: &Role<'_>, item: Span) -> Option<Span> {
    let text = item.of(role.text);
    let start = text.find(|c: char| c.is_ascii_alphabetic())?;
    let word = text.get(start..)?;
    let end = word.find(|c: char| !c.is_ascii_alphabetic())?;
    let span = Span::new(item.start + start, item.start + start + end);
    VERBS.contains(&span.of(role.text)).then_some(span)
}

const VERBS: [&str; 6] = ["Deploy", "Delete", "Drop", "Publish", "Push", "Migrate"];

/// Whether a word of the text is about consent.
fn asks(body: &str) -> bool {
    let mut words = body.split(|c: char| !c.is_ascii_alphabetic());
    words.any(|word| CONSENT.iter().any(|start| after_beginning(word, start).is_some()))
}

/// How words about consent begin.
const CONSENT: [&str; 8] =
    ["ask", "confirm", "approv", "permission", "consent", "dry", "rollback", "authoriz"];

#[cfg(test)]
mod tests {
    use crate::rules::tests::findings;
    use alloc::format;

    #[test]
    fn consent_a_missing_tool_or_another_place_make_it_quiet() {
        let check = |tools: &str, text: &str| {
            let text = format!("---\nname: a\ndescription: Use it\ntools: {tools}\n---\n{text}\n");
            findings("unguarded-destructive-action", ".claude/agents/a.md", &text)
        };
        assert_eq!(
            check("Bash", "1. **Deploy** it.\n"),
            ["6:6-6:12 info `Deploy` is a step, and nothing says to ask first"]
        );
        assert_eq!(check("Read", "1. Deploy it.\n"), [""; 0]);
        assert_eq!(check("Bash", "1. Deploy it.\n2. Wait for Approval.\n"), [""; 0]);
        assert_eq!(check("Bash", "Deploy previews are slow.\n"), [""; 0]);
    }

    #[test]
    fn a_skill_that_affects_others_is_started_by_a_person() {
        let check = |path: &str, field: &str, text: &str| {
            let text = format!("---\nname: deploy-app\ndescription: Use it\n{field}---\n{text}\n");
            findings("unguarded-destructive-action", path, &text)
        };
        let skill = ".claude/skills/deploy-app/SKILL.md";
        assert_eq!(
            check(skill, "", "Deploy it."),
            ["2:7-2:17 info The model may start `deploy-app` by itself"]
        );
        assert_eq!(check(skill, "disable-model-invocation: true\n", "Deploy it."), [""; 0]);
        assert_eq!(check(skill, "", "Ask before you deploy it."), [""; 0]);
        assert_eq!(check(".claude/agents/deploy-app.md", "", "Deploy it."), [""; 0]);
    }
}
