//! Tools that exist but that a role of this kind never gets.

use super::{Check, Context, Example, Finding, Profile, Rule, tool_order};
use crate::diagnostic::Severity;
use crate::host::{self, FieldRole, Forked};
use crate::text::Span;
use crate::tools::{Grant, ToolEntry, ToolList};
use alloc::format;
use alloc::string::String;
use alloc::vec::Vec;

/// The rule.
pub(super) static RULE: Rule = Rule {
    name: "unavailable-tool",
    severity: Severity::Info,
    profile: Profile::Recommended,
    summary: "A tool is listed, or called in the text, that the host never gives to a role of this kind.",
    why: "Some tools belong to the main session. Claude Code leaves `AskUserQuestion` and others out of every subagent, whatever its list says, so instructions that rely on them cannot be followed. An agent that runs as the main session gets them there; one with an `initialPrompt` counts as such an agent.",
    example: Example {
        path: ".claude/agents/planner.md",
        bad: "---\nname: planner\ndescription: Plans a change. Use before work starts.\ntools: Read, AskUserQuestion\n---\n\nYou plan changes.\n",
        at: "AskUserQuestion",
        good: "---\nname: planner\ndescription: Plans a change. Use before work starts.\ntools: Read\n---\n\nYou plan changes.\n",
        files: &[],
    },
    check: Check::Role(check),
};

fn check(cx: &mut Context<'_>) {
    let forked = forked(cx);
    if cx.host.tools.unavailable.is_empty() && forked.is_none() {
        return;
    }
    let mut named = named(cx);
    // A skill that runs as a subagent also lacks the tools that it approves.
    let grants =
        |grant: Grant| grant == Grant::Allowed || grant == Grant::Approved && forked.is_some();
    let lists = cx.tools().iter().filter(|list| grants(list.grant));
    let mut found: Vec<Finding> = lists
        .flat_map(|list| list.entries.iter().map(move |entry| (list, entry)))
        .filter(|(_, entry)| never_comes(cx, entry.name()))
        .map(|(list, entry)| {
            let finding = about(cx, list, entry);
            let at = named.iter().position(|(name, _)| *name == entry.name());
            let places = at.map(|at| named.remove(at).1).unwrap_or_default();
            finding.labels(places, "the text asks for it")
        })
        .collect();
    found.extend(named.iter().filter_map(|(name, places)| in_text(cx, name, places)));
    for finding in found {
        cx.report(finding);
    }
}

/// Whether a role of this kind never gets the tool. A role with a first message is meant to run as
/// the main session.
pub(super) fn never_comes(cx: &Context<'_>, name: &str) -> bool {
    let has = |field: &host::Field| cx.role.field(field.name).is_some();
    let of_fork = || forked(cx)?.unavailable.iter().find(|it| it.tool == name);
    cx.host.unavailable(name).or_else(of_fork).is_some_and(|unavailable| {
        !cx.host.field_for(FieldRole::InitialPrompt).is_some_and(has)
            && !unavailable.unless.is_some_and(|(field, value)| {
                cx.role.field(field).and_then(|field| field.value.as_str()) == Some(value)
            })
    })
}

/// The facts about a role that runs as a subagent because of a field.
fn forked(cx: &Context<'_>) -> Option<&'static Forked> {
    let forked = cx.host.tools.forked.as_ref()?;
    let value = cx.role.field(forked.field)?.value.as_str()?;
    (value == forked.value).then_some(forked)
}

fn message(cx: &Context<'_>, name: &str) -> String {
    match forked(cx) {
        Some(Forked { product, field, value, .. }) => {
            format!("{product} never gives `{name}` to a role with `{field}: {value}`")
        }
        None => format!("{} never gives `{name}` to this kind of role", cx.host.product),
    }
}

/// The tools that the text asks for and that never come, each with its places.
fn named<'r>(cx: &Context<'r>) -> Vec<(&'r str, Vec<Span>)> {
    let mut named = tool_order::by_name(cx.role.text, &tool_order::all(cx.role));
    named.retain(|(name, _)| never_comes(cx, name));
    named
}

fn in_text(cx: &Context<'_>, name: &str, places: &[Span]) -> Option<Finding> {
    let (first, more) = places.split_first()?;
    let finding = Finding::new(*first, message(cx, name))
        .and_more(more.len())
        .labels(more.iter().copied(), "also here")
        .reason("It is available only in the main session.");
    Some(finding.help("Have the role return what it would have used the tool for."))
}

fn about(cx: &Context<'_>, list: &ToolList<'_>, entry: &ToolEntry<'_>) -> Finding {
    let name = entry.shown();
    let finding = Finding::new(entry.span, message(cx, &name))
        .reason("It is available only in the main session.")
        .help("Remove it, and have the role return what it would have used the tool for.");
    let gone = |at: usize| (list.entries.get(at)?.text == entry.text).then_some(None);
    match list.replace(cx.role.text, gone) {
        Some(edits) => finding.unsafe_fix(format!("Remove `{name}`"), edits),
        None => finding,
    }
}

#[cfg(test)]
mod tests {
    use crate::rules::tests::findings;
    use alloc::format;
    use alloc::string::String;

    fn role(fields: &str) -> String {
        format!("---\nname: a\ndescription: b\n{fields}---\nx\n")
    }

    const AGENT: &str = ".claude/agents/a.md";

    #[test]
    fn a_tool_of_the_main_session_is_pointed_out() {
        let text = role("tools: Read, EnterPlanMode, Grep\n");
        assert_eq!(
            findings("unavailable-tool", AGENT, &text),
            ["4:14-4:27 info Claude Code never gives `EnterPlanMode` to this kind of role"]
        );
    }

    #[test]
    fn an_order_in_the_text_is_pointed_out_too() {
        let check = |fields: &str, body: &str| {
            let text = format!("---\nname: a\ndescription: b\n{fields}---\n\n{body}\n");
            findings("unavailable-tool", AGENT, &text)
        };
        let body = "Ask with AskUserQuestion.\n\nThen use the `AskUserQuestion` tool again.";
        assert_eq!(
            check("", body),
            [
                "6:10-6:25 info Claude Code never gives `AskUserQuestion` to this kind of role (2 places)"
            ]
        );
        assert_eq!(check("", "Ask using AskUserQuestion. Do not ask\ntwice.").len(), 1);
        assert_eq!(check("", "1. `AskUserQuestion`: asks.").len(), 1);
        for body in [
            "Ask for the target (AskUserQuestion).",
            "2. If there is no such file → ask for one (`AskUserQuestion`)",
            "When in doubt, then ask the user (AskUserQuestion).",
        ] {
            assert_eq!(check("", body).len(), 1, "{body}");
        }
        // A list that names it is the place to begin.
        assert_eq!(check("tools: Read, AskUserQuestion\n", body).len(), 1);
        assert_eq!(check("permissionMode: plan\n", "Call ExitPlanMode."), [""; 0]);
        for body in [
            "You cannot use AskUserQuestion.",
            "You must not ask; the\nother agent then asks with `AskUserQuestion`\nin its next round.",
            "Its `AskUserQuestion` round comes later.",
            "The main agent asks with AskUserQuestion.",
            "Return questions; the orchestrator uses `AskUserQuestion`.",
            "```\nUse AskUserQuestion.\n```",
            "# Use AskUserQuestion",
            "Use WebSearch.",
            "The AskUserQuestion pattern.",
            "The rules on questions (AskUserQuestion) are elsewhere.",
            "Do not ask the user (AskUserQuestion).",
            "Task for others (AskUserQuestion).",
            "For the orchestrator: ask the user (AskUserQuestion).",
        ] {
            assert_eq!(check("", body), [""; 0], "{body}");
        }
    }

    #[test]
    fn a_field_may_make_it_available_and_denying_it_is_fine() {
        let plan = role("tools: Read, ExitPlanMode\npermissionMode: plan\n");
        assert_eq!(findings("unavailable-tool", AGENT, &plan), [""; 0]);
        let main = role("tools: Read, AskUserQuestion\ninitialPrompt: Ask what to do.\n");
        assert_eq!(findings("unavailable-tool", AGENT, &main), [""; 0]);
        assert_eq!(findings("unavailable-tool", "plugins/p/agents/a.md", &main), [""; 0]);
        let denied = role("disallowedTools: AskUserQuestion\n");
        assert_eq!(findings("unavailable-tool", AGENT, &denied), [""; 0]);
        let skill = role("allowed-tools: Read AskUserQuestion\n");
        assert_eq!(findings("unavailable-tool", "a/SKILL.md", &skill), [""; 0]);
    }

    #[test]
    fn another_name_of_the_tool_changes_nothing() {
        let text = "---\nname: ann\ndescription: b\ntools: [ReadFile, AskUserQuestion]\n---\nx\n";
        assert_eq!(
            findings("unavailable-tool", ".qwen/agents/a.md", text),
            ["4:19-4:34 info Qwen Code never gives `AskUserQuestion` to this kind of role"]
        );
    }

    #[test]
    fn a_skill_that_runs_as_a_subagent_gets_what_subagents_get() {
        let skill = |context: &str, path: &str| {
            let text = role(&format!("allowed-tools: Read, AskUserQuestion\n{context}"));
            findings("unavailable-tool", path, &text)
        };
        for path in ["a/SKILL.md", ".claude/skills/a/SKILL.md", ".claude/commands/a.md"] {
            assert_eq!(
                skill("context: fork\n", path),
                [
                    "4:22-4:37 info Claude Code never gives `AskUserQuestion` to a role with `context: fork`"
                ],
                "{path}"
            );
            assert_eq!(skill("context: inline\n", path), [""; 0], "{path}");
            assert_eq!(skill("", path), [""; 0], "{path}");
        }
        let text = role("context: fork\n").replace("\nx\n", "\nUse AskUserQuestion.\n");
        assert_eq!(findings("unavailable-tool", "a/SKILL.md", &text).len(), 1);
    }
}
