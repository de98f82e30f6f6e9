//! Tool lists in which no tool is available to a role of this kind.

use super::{Check, Context, Example, Finding, Profile, Rule, unavailable_tool};
use crate::diagnostic::Severity;
use crate::host::Effect;
use crate::tools::{Grant, Resolution, ToolList};
use alloc::format;

/// The rule.
pub(super) static RULE: Rule = Rule {
    name: "no-usable-tools",
    severity: Severity::Error,
    profile: Profile::Core,
    summary: "No tool in the list is available to the role.",
    why: "Claude Code refuses to start an agent if none of its tools are available. Unknown names are reported by other rules; this one is about tools that exist, but not for a role of this kind.",
    example: Example {
        path: ".claude/agents/planner.md",
        bad: "---\nname: planner\ndescription: Plans a change. Use before work starts.\ntools: EnterPlanMode, AskUserQuestion\n---\n\nYou plan changes.\n",
        at: "tools",
        good: "---\nname: planner\ndescription: Plans a change. Use before work starts.\ntools: Read, Grep\n---\n\nYou plan changes.\n",
        files: &[],
    },
    check: Check::Role(|cx| cx.report_lists(about)),
};

fn about(cx: &Context<'_>, list: &ToolList<'_>) -> Option<Finding> {
    if list.grant != Grant::Allowed {
        return None;
    }
    let refused = cx.host.tools.none_left.filter(|left| left.effect == Effect::Rejected)?;
    let mut entries = list.entries.iter();
    let comes = entries.clone().any(|entry| {
        entry.resolution == Resolution::Known && !unavailable_tool::never_comes(cx, entry.name())
    });
    let unavailable = entries.any(|entry| unavailable_tool::never_comes(cx, entry.name()));
    if comes || !unavailable {
        return None;
    }
    let message = format!("Nothing in `{}` is available to this kind of role", list.field.name);
    let finding = Finding::new(list.field.name_span, message);
    let finding = finding.help("List at least one tool that is available, or remove the field.");
    Some(match refused.note {
        Some(note) => finding.reason(note),
        None => finding,
    })
}

#[cfg(test)]
mod tests {
    use crate::rules::tests::findings;
    use alloc::format;
    use alloc::string::String;
    use alloc::vec::Vec;

    fn check(tools: &str) -> Vec<String> {
        let text = format!("---\nname: a\ndescription: Use it\ntools: {tools}\n---\nx\n");
        findings("no-usable-tools", ".claude/agents/a.md", &text)
    }

    #[test]
    fn a_list_that_comes_to_nothing_is_an_error() {
        assert_eq!(
            check("AskUserQuestion, Docker"),
            ["4:1-4:6 error Nothing in `tools` is available to this kind of role"]
        );
        assert_eq!(check("AskUserQuestion, Read"), [""; 0]);
        assert_eq!(check("Docker"), [""; 0]);
    }
}
