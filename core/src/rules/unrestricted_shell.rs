//! Shells that a file approves for every command.

use super::{Check, Context, Example, Finding, Profile, Rule};
use crate::diagnostic::Severity;
use crate::host::{Capability, Host};
use crate::tools::{Grant, ToolEntry};
use alloc::format;
use alloc::vec::Vec;

/// The rule.
pub(super) static RULE: Rule = Rule {
    name: "unrestricted-shell",
    severity: Severity::Info,
    profile: Profile::Recommended,
    summary: "Every shell command is approved in advance.",
    why: "The tools in `allowed-tools` run without asking while the skill or command is in use. With a bare `Bash`, that is any command the model writes, including one that a web page or an issue told it to run. If only the few commands that are needed are approved, the host still asks about all others.",
    example: Example {
        path: "skills/status/SKILL.md",
        bad: "---\nname: status\ndescription: Sums up the changes. Use it before a commit.\nallowed-tools: Bash Read\n---\n\nSum up the changes.\n",
        at: "Bash",
        good: "---\nname: status\ndescription: Sums up the changes. Use it before a commit.\nallowed-tools: Bash(git status *) Read\n---\n\nSum up the changes.\n",
        files: &[],
    },
    check: Check::Role(check),
};

fn check(cx: &mut Context<'_>) {
    if cx.is_lookalike() || cx.role.front_matter_is_broken() {
        return;
    }
    let host = cx.host;
    let client = cx.client();
    let approved = cx.tools().iter().filter(|list| list.grant == Grant::Approved);
    let is_own = |entry: &ToolEntry<'_>| {
        client.is_some_and(|it| it.shells.contains(&entry.name()) && entry.specifier().is_none())
    };
    let entries = approved.flat_map(|list| &list.entries);
    let shells = entries.filter(|entry| is_open(host, entry) || is_own(entry));
    let findings: Vec<Finding> = shells
        .map(|entry| {
            let name = entry.name();
            let finding =
                Finding::new(entry.whole, format!("`{name}` is approved for every command"))
                    .reason("Any command that the model writes runs without asking.");
            finding.help(match is_own(entry) {
                true => "Remove it unless every script of the skill can be trusted.".into(),
                false => format!(
                    "List the commands that are needed, for example `{name}(git status *)`."
                ),
            })
        })
        .collect();
    findings.into_iter().for_each(|finding| cx.report(finding));
}

/// Whether an entry approves a shell without naming commands, on a host that reads commands.
fn is_open(host: &'static Host, entry: &ToolEntry<'_>) -> bool {
    let is_shell = host.tool(entry.name()).is_some_and(|tool| {
        tool.specifier && tool.capabilities.first() == Some(&Capability::Execute)
    });
    is_shell && entry.specifier().is_none_or(|commands| matches!(commands.trim(), "*" | ":*"))
}

#[cfg(test)]
mod tests {
    use crate::rules::tests::findings;
    use alloc::format;

    #[test]
    fn only_a_shell_without_commands_is_reported() {
        let check = |path, tools: &str| {
            let text = format!("---\nname: x\ndescription: Use it\n{tools}\n---\nHelp.\n");
            findings("unrestricted-shell", path, &text)
        };
        let skill = "skills/x/SKILL.md";
        assert_eq!(
            check(skill, "allowed-tools: Read, Bash(*)"),
            ["4:22-4:29 info `Bash` is approved for every command"]
        );
        assert_eq!(check(skill, "allowed-tools: Bash(git *)"), [""; 0]);
        assert_eq!(check(skill, "disallowed-tools: Bash"), [""; 0]);
        assert_eq!(check(".claude/agents/x.md", "tools: Bash"), [""; 0]);
        // The names of one product.
        assert_eq!(
            check(".github/skills/x/SKILL.md", "allowed-tools: shell"),
            ["4:16-4:21 info `shell` is approved for every command"]
        );
        assert_eq!(check(skill, "allowed-tools: shell"), [""; 0]);
    }
}
