//! Reports examples in a description that call another agent.

use super::{Check, Context, Example, Finding, Profile, Rule};
use crate::diagnostic::Severity;
use crate::host::FieldRole;
use crate::text::Span;
use crate::tools;
use alloc::format;

/// The rule.
pub(super) static RULE: Rule = Rule {
    name: "mismatched-example-agent",
    severity: Severity::Warning,
    profile: Profile::Core,
    summary: "Every example in the description calls a different agent.",
    why: "The examples in a description show when to start the agent. If all of them start a different one, they were copied along with its file, and the router learns to start that one instead.",
    example: Example {
        path: ".claude/agents/infra.md",
        bad: "---\nname: infra\ndescription: \"Use it for servers. <example>user: It is down. assistant: I will use the db-expert agent to look. </example>\"\ntools: Read\n---\n\nYou keep servers running.\n",
        at: "db-expert",
        good: "---\nname: infra\ndescription: \"Use it for servers. <example>user: It is down. assistant: I will use the infra agent to look. </example>\"\ntools: Read\n---\n\nYou keep servers running.\n",
        files: &[],
    },
    check: Check::Role(check),
};

fn check(cx: &mut Context<'_>) {
    let of = |role| cx.host.field_for(role).and_then(|fact| cx.role.field(fact.name));
    let (Some(name), Some(field)) = (of(FieldRole::Name), of(FieldRole::Description)) else {
        return;
    };
    let raw = field.value.span.of(cx.role.text);
    let Some(name) = name.value.as_str().filter(|_| raw.contains("<example>")) else { return };
    let mut called = None;
    for (at, _) in raw.match_indices(" agent") {
        let Some(other) = called_before(raw, at) else { continue };
        let other =
            Span::new(field.value.span.start + other.start, field.value.span.start + other.end);
        let text = other.of(cx.role.text);
        let is_first = called.is_none_or(|known: Span| known.of(cx.role.text) == text);
        if text.eq_ignore_ascii_case(name) || !is_first {
            return;
        }
        called = called.or(Some(other));
    }
    let Some(span) = called else { return };
    let message =
        format!("The examples call `{}`, not `{}`", span.of(cx.role.text), tools::shown(name));
    cx.report(
        Finding::new(span, message).reason("They teach the router to start the other agent.").help(
            format!("Replace it with `{}`, or write examples for this agent.", tools::shown(name)),
        ),
    );
}

/// The name in "use the NAME agent": in quotes or with a hyphen.
fn called_before(text: &str, end: usize) -> Option<Span> {
    let before = text.get(..end)?;
    let bare = before.trim_end_matches(['"', '\'', '`', '*', '\\']);
    let start = bare
        .rfind(|c: char| !c.is_ascii_alphanumeric() && c != '-' && c != '_')
        .map_or(0, |at| at + 1);
    let name = bare.get(start..)?;
    let lead = bare.get(..start)?.trim_end_matches(['"', '\'', '`', '*', '\\']);
    let is_name = name.contains('-') || (bare.len() < before.len() && lead.len() < start);
    let lower = |word: &str| {
        let tail = lead.len().checked_sub(word.len()).and_then(|at| lead.get(at..));
        tail.is_some_and(|tail| tail.eq_ignore_ascii_case(word))
    };
    let is_called = ["use the ", "launch the ", "using the ", "invoke the ", "call the "]
        .into_iter()
        .any(lower);
    (is_name && is_called && !name.is_empty()).then(|| Span::new(start, start + name.len()))
}

#[cfg(test)]
mod tests {
    use crate::rules::tests::findings;
    use alloc::format;

    #[test]
    fn one_call_of_its_own_is_enough() {
        let check = |examples: &str| {
            let text = format!("---\nname: infra\ndescription: '<example> {examples}'\n---\nx\n");
            findings("mismatched-example-agent", ".claude/agents/a.md", &text)
        };
        assert_eq!(
            check("I will use the `db-expert` agent."),
            ["3:41-3:50 warning The examples call `db-expert`, not `infra`"]
        );
        for examples in [
            "Use the db-expert agent. Use the \"infra\" agent.",
            "Use the db-expert agent. Use the go-expert agent.",
            "Use the right agent. Ask the db-expert agent.",
        ] {
            assert_eq!(check(examples), [""; 0], "{examples}");
        }
    }
}
