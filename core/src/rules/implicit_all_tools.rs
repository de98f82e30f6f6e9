//! Roles that are granted every tool because they list none.

use super::tool_limits::is_unlimited;
use super::{Check, Context, Example, Finding, Profile, Rule, read_only_with_edit_tools};
use crate::diagnostic::Severity;
use crate::front_matter::Field;
use crate::host::{Capability, FieldRole, FieldType, Host};
use crate::text::Span;
use alloc::format;
use alloc::string::String;
use alloc::vec::Vec;

/// The rule.
pub(super) static RULE: Rule = Rule {
    name: "implicit-all-tools",
    severity: Severity::Info,
    profile: Profile::Recommended,
    summary: "The role lists no tools, so the host grants every tool.",
    why: "Without a list, hosts grant everything: files, the shell, the network and every connected server. A role that only reads and searches does not need to run commands, and it cannot be talked into using a tool that it does not have. Vendors recommend granting only what the role needs.",
    example: Example {
        path: ".claude/agents/reviewer.md",
        bad: "---\nname: reviewer\ndescription: Reviews changes. Use after each commit.\n---\n\nYou review changes.\n",
        at: "reviewer",
        good: "---\nname: reviewer\ndescription: Reviews changes. Use after each commit.\ntools: Read, Grep, Glob\n---\n\nYou review changes.\n",
        files: &[],
    },
    check: Check::Role(check),
};

fn check(cx: &mut Context<'_>) {
    let (host, fields) = (cx.host, cx.role.fields());
    let Some(omitted) = host.tools.omitted.filter(|_| is_unlimited(cx)) else { return };
    if cx.host_is_guessed() && is_part_of_a_skill(cx.role.path) {
        return;
    }
    // Another rule reports a role that promises to change nothing, with a more specific message.
    if read_only_with_edit_tools::promised(cx.role).is_some() {
        return;
    }
    let Some(span) = place(host, fields) else { return };
    let Some(fact) = host.field_for(FieldRole::Tools) else { return };
    let finding = Finding::new(span, format!("Missing field `{}`", fact.name)).reason(omitted);
    let listed = fact.types.first() == Some(&FieldType::Texts);
    let finding = match example(host, listed) {
        Some(example) => finding.help(format!(
            "List the tools that the role needs, for example `{}: {example}`.",
            fact.name
        )),
        None => finding.help(format!("List the tools that the role needs in `{}`.", fact.name)),
    };
    cx.report(finding);
}

/// Whether a file that has a name and a description like an agent is part of a skill or a workflow.
fn is_part_of_a_skill(path: &str) -> bool {
    let mut folders = path.rsplit('/').skip(1);
    // A skill may bring agents with it.
    let nearest = folders.find(|folder| matches!(*folder, "skills" | "agents"));
    nearest == Some("skills") || path.rsplit('/').next() == Some("workflow.md")
}

/// The name of the role, or its first field if it has no name.
fn place(host: &Host, fields: &[Field<'_>]) -> Option<Span> {
    let name = host.field_for(FieldRole::Name).or_else(|| host.field_for(FieldRole::DisplayName));
    let named = name.and_then(|fact| fields.iter().find(|field| field.name == fact.name));
    let valued = named.filter(|field| !field.value.span.is_empty());
    valued.map(|field| field.value.span).or_else(|| Some(fields.first()?.name_span))
}

/// The tools of a read-only role.
fn example(host: &Host, listed: bool) -> Option<String> {
    let mut names: Vec<&str> = Vec::new();
    for capability in [Capability::Read, Capability::Search, Capability::List] {
        let Some(tool) = host.tool_for(capability) else { continue };
        if !names.contains(&tool.name) {
            names.push(tool.name);
        }
    }
    if names.is_empty() {
        return None;
    }
    let names = names.join(", ");
    Some(if listed { format!("[{names}]") } else { names })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::check::check;
    use crate::input::Input;
    use crate::options::Options;
    use crate::rules::tests::findings;

    const AGENT: &str = ".claude/agents/a.md";

    fn found(path: &str, front_matter: &str) -> Vec<String> {
        findings("implicit-all-tools", path, &format!("---\n{front_matter}\n---\nx\n"))
    }

    #[test]
    fn a_role_without_a_list_may_use_everything() {
        assert_eq!(found(AGENT, "name: a\ndescription: b"), ["2:7-2:8 info Missing field `tools`"]);
    }

    #[test]
    fn any_list_is_a_decision() {
        for front_matter in [
            "name: a\ntools: Read",
            "name: a\ntools: []",
            "name: a\ntools: '*'",
            "name: a\ndisallowedTools: Bash",
            // The misspelling is the defect, and it is reported.
            "name: a\ndescription: b\ntols: Read",
            "name: a\ndescription: b\ntoosl: Read",
        ] {
            assert_eq!(found(AGENT, front_matter), [""; 0], "{front_matter}");
        }
    }

    #[test]
    fn a_misspelled_field_is_left_to_its_rule() {
        assert_eq!(found(AGENT, "name: a\nallowed-tools: Read"), [""; 0]);
        assert_eq!(found(AGENT, "name: a\nTools: Read"), [""; 0]);
    }

    #[test]
    fn skills_chat_modes_and_plain_roles_are_quiet() {
        assert_eq!(found("a/SKILL.md", "name: a\ndescription: b"), [""; 0]);
        assert_eq!(found("a/b.chatmode.md", "description: b"), [""; 0]);
        assert_eq!(findings("implicit-all-tools", "roles/a.md", "# A role\n"), [""; 0]);
    }

    #[test]
    fn parts_of_skills_and_workflows_are_not_agents() {
        let fields = "name: a\ndescription: Use it after every change";
        assert_eq!(found("kit/a.md", fields).len(), 1);
        for path in
            [".claude/skills/mail/a.md", "kit/skills/mail/parts/a.md", "kit/mail/workflow.md"]
        {
            assert_eq!(found(path, fields), [""; 0], "{path}");
        }
        assert_eq!(found("kit/skills/mail/agents/a.md", fields).len(), 1);
        assert_eq!(found(".claude/agents/workflow.md", fields).len(), 1);
    }

    #[test]
    fn a_remote_agent_has_no_tools_of_the_host() {
        let remote = "kind: remote\nname: a\nagent_card_url: https://example.com/card";
        assert_eq!(found(".gemini/agents/a.md", remote), [""; 0]);
    }

    #[test]
    fn unparsable_front_matter_is_not_judged() {
        assert_eq!(found(AGENT, "name: a\ndescription: b: c"), [""; 0]);
    }

    #[test]
    fn the_help_uses_the_hosts_syntax() {
        let help = |path: &str| {
            let text = "---\r\nname: a\r\ndescription: b\r\n---\r\nx\r\n";
            let report = check(&Input::new(text).at(path), &Options::default());
            let found = report.diagnostics.into_iter().find(|d| d.rule == RULE.name).unwrap();
            String::from(found.help.unwrap())
        };
        assert_eq!(
            help(AGENT),
            "List the tools that the role needs, for example `tools: Read, Grep, Glob`."
        );
        assert_eq!(
            help(".github/agents/a.agent.md"),
            "List the tools that the role needs, for example `tools: [read, search]`."
        );
    }
}
