//! Tools that exist but that a role of this kind never gets.

use super::{Check, Context, Example, Finding, Profile, Rule};
use crate::diagnostic::Severity;
use crate::host::{self, FieldRole};
use crate::tools::{Grant, ToolEntry, ToolList};
use alloc::format;
use alloc::vec::Vec;

/// The rule.
pub(super) static RULE: Rule = Rule {
    name: "unavailable-tool",
    severity: Severity::Info,
    profile: Profile::Recommended,
    summary: "A tool is listed that the host never gives to a role of this kind.",
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
    let lists = cx.tools().iter().filter(|list| list.grant == Grant::Allowed);
    let found: Vec<Finding> = lists
        .flat_map(|list| list.entries.iter().map(move |entry| (list, entry)))
        .filter(|(_, entry)| never_comes(cx, entry))
        .map(|(list, entry)| about(cx, list, entry))
        .collect();
    for finding in found {
        cx.report(finding);
    }
}

/// Whether a role of this kind never gets the tool. A role with a first message is meant to run as
/// the main session.
pub(super) fn never_comes(cx: &Context<'_>, entry: &ToolEntry<'_>) -> bool {
    let has = |field: &host::Field| cx.role.field(field.name).is_some();
    cx.host.unavailable(entry.name()).is_some_and(|unavailable| {
        !cx.host.field_for(FieldRole::InitialPrompt).is_some_and(has)
            && !unavailable.unless.is_some_and(|(field, value)| {
                cx.role.field(field).and_then(|field| field.value.as_str()) == Some(value)
            })
    })
}

fn about(cx: &Context<'_>, list: &ToolList<'_>, entry: &ToolEntry<'_>) -> Finding {
    let name = entry.shown();
    let message = format!("{} never gives `{name}` to this kind of role", cx.host.product);
    let finding = Finding::new(entry.span, message)
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
}
