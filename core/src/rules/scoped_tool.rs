//! Reports specifiers that limit a tool in places where the host does not read them.

use super::{Check, Context, Example, Finding, Profile, Rule};
use crate::diagnostic::Severity;
use crate::host::{Capability, FieldRole};
use crate::tools::{Grant, ToolList};
use alloc::format;

/// The rule.
pub(super) static RULE: Rule = Rule {
    name: "scoped-tool",
    severity: Severity::Warning,
    profile: Profile::Core,
    summary: "A specifier is meant to limit a tool, but the host grants or denies the whole tool.",
    why: "An entry such as `Bash(git diff:*)` looks like a limit. In the tool list of a Claude Code subagent it grants all of Bash (anthropics/claude-code issue 95002), and in `disallowedTools` it takes all of Bash away. In the `allowed-tools` of a skill, it does work as a limit. The agents in `Agent(name)` are a limit only in the main session; in a subagent, they are reported as info.",
    example: Example {
        path: ".claude/agents/diff-reader.md",
        bad: "---\nname: diff-reader\ndescription: Reads a diff. Use after a change.\ntools: Read, Bash(git diff:*)\n---\n\nYou read diffs.\n",
        at: "Bash",
        good: "---\nname: diff-reader\ndescription: Reads a diff. Use after a change.\ntools: Read, Bash\n---\n\nYou read diffs.\n",
        files: &[],
    },
    check: Check::Role(|cx| {
        cx.report_lists(about);
        cx.report_lists(about_agents);
    }),
};

fn about(cx: &Context<'_>, list: &ToolList<'_>) -> Option<Finding> {
    let (note, verb) = match list.grant {
        Grant::Allowed => (cx.host.tools.scope_granted?, "grants"),
        Grant::Denied => (cx.host.tools.scope_denied?, "denies"),
        Grant::Approved => return None,
    };
    // Limits on the agents to start are a different matter, as are tools that only the main session
    // has.
    let limits = |name: &str| {
        cx.host
            .tool_ignoring_case(name)
            .is_some_and(|tool| tool.specifier && !tool.can(Capability::Delegate))
            && cx.host.unavailable(name).is_none()
    };
    let mut scoped =
        list.entries.iter().filter(|entry| entry.specifier().is_some() && limits(entry.name()));
    let first = scoped.next()?;
    let (text, name) = (crate::tools::shown(&first.text), first.shown());
    let help = match list.grant {
        Grant::Allowed => "Limit the tool with rules in the settings or with a hook, or remove it.",
        _ => "Deny it in the settings, or leave the tool out of the list that grants it.",
    };
    Some(
        Finding::new(first.span, format!("`{text}` {verb} all of `{name}`"))
            .labels(scoped.map(|entry| entry.span), "also here")
            .reason(note)
            .help(help),
    )
}

/// Names of agents to start, which have an effect only if the role is the main session.
fn about_agents(cx: &Context<'_>, list: &ToolList<'_>) -> Option<Finding> {
    let is_main = cx.host.field_for(FieldRole::InitialPrompt);
    let is_main = is_main.is_some_and(|field| cx.role.field(field.name).is_some());
    if list.grant != Grant::Allowed || is_main {
        return None;
    }
    cx.host.tools.scope_granted?;
    let starts = |name: &str| {
        let tool = cx.host.tool_ignoring_case(name);
        tool.is_some_and(|tool| tool.specifier && tool.can(Capability::Delegate))
    };
    let mut entries = list.entries.iter();
    let entry = entries.find(|entry| entry.specifier().is_some() && starts(entry.name()))?;
    let text = crate::tools::shown(&entry.text);
    let finding = Finding::new(entry.span, format!("`{text}` limits nothing in a subagent"))
        .severity(Severity::Info)
        .reason("The list of agents applies only to an agent that runs as the main session; a subagent may start any agent.");
    Some(
        finding.help(format!(
            "Write `{}` unless the agent is to run as the main session.",
            entry.shown()
        )),
    )
}

#[cfg(test)]
mod tests {
    use crate::rules::tests::findings;

    #[test]
    fn one_finding_for_each_list() {
        let text = "---\nname: a\ndescription: b\ntools: Read, Bash(git diff:*), Bash(ls)\ndisallowedTools: Edit(/src/**)\n---\nx\n";
        assert_eq!(
            findings("scoped-tool", ".claude/agents/a.md", text),
            [
                "4:14-4:18 warning `Bash(git diff:*)` grants all of `Bash`",
                "5:18-5:22 warning `Edit(/src/**)` denies all of `Edit`"
            ]
        );
    }

    #[test]
    fn agents_to_start_are_a_limit_only_in_the_main_session() {
        let check = |fields: &str| {
            let text = alloc::format!("---\nname: a\ndescription: b\n{fields}---\nx\n");
            findings("scoped-tool", ".claude/agents/a.md", &text)
        };
        assert_eq!(
            check("tools: Read, Agent(x, y)\n"),
            ["4:14-4:19 info `Agent(x, y)` limits nothing in a subagent"]
        );
        assert_eq!(check("tools: Read, Agent\n"), [""; 0]);
        assert_eq!(check("tools: Agent(x)\ninitialPrompt: Begin.\n"), [""; 0]);
    }

    #[test]
    fn skills_are_left_alone() {
        let skill = "---\nname: a\ndescription: b\nallowed-tools: Bash(git *)\n---\nx\n";
        assert_eq!(findings("scoped-tool", "a/SKILL.md", skill), [""; 0]);
    }
}
