//! Tools that are approved in advance but not granted.

use super::{Check, Context, Example, Finding, Profile, Rule};
use crate::diagnostic::Severity;
use crate::host::{self, Amount, FieldRole, Host, ToolStatus};
use crate::tools::{self, Grant, ToolList};
use alloc::format;
use alloc::vec::Vec;

/// The rule.
pub(super) static RULE: Rule = Rule {
    name: "unlisted-approval",
    severity: Severity::Warning,
    profile: Profile::Core,
    summary: "A tool is approved in advance or renamed, but the role may not use it.",
    why: "In a Kiro agent, `tools` says what is available and `allowedTools` what runs without asking. An approval for a tool that is not in `tools` grants nothing: either the tool is missing from the agent, or the approval was left over and will take effect as soon as someone adds it. The same applies to another name for such a tool in `toolAliases`.",
    example: Example {
        path: ".kiro/agents/reviewer.json",
        bad: "{\"name\": \"reviewer\", \"description\": \"Use it before every commit\", \"tools\": [\"read\"], \"allowedTools\": [\"read\", \"@git/status\"], \"permissions\": {}, \"prompt\": \"Review the change.\"}\n",
        at: "\"@git/status\"",
        good: "{\"name\": \"reviewer\", \"description\": \"Use it before every commit\", \"tools\": [\"read\", \"@git\"], \"allowedTools\": [\"read\", \"@git/status\"], \"permissions\": {}, \"prompt\": \"Review the change.\"}\n",
        files: &[],
    },
    check: Check::Role(check),
};

fn check(cx: &mut Context<'_>) {
    let host = cx.host;
    if !host.tools.restricts {
        return;
    }
    let granted = cx.tools().iter().find(|list| list.grant == Grant::Allowed);
    let renamed = granted.and_then(|granted| renamed(cx, granted));
    renamed.into_iter().for_each(|finding| cx.report(finding));
    let list = |grant| cx.tools().iter().find(|list| list.grant == grant);
    let Some(approved) = list(Grant::Approved) else { return };
    let Some(granted) = list(Grant::Allowed) else {
        if let Some(finding) = nothing_granted(host, approved) {
            cx.report(finding);
        }
        return;
    };
    let findings: Vec<Finding> = approved
        .entries
        .iter()
        .filter(|entry| !granted.entries.is_empty() && !covers(host, granted, entry.name()))
        .map(|entry| {
            let message = format!("`{}` is approved but not granted", entry.shown());
            Finding::new(entry.whole, message)
                .reason(format!(
                    "`{}` does not list the tool, so the role does not have it.",
                    granted.field.name
                ))
                .help(format!("Add it to `{}`, or remove the approval.", granted.field.name))
        })
        .collect();
    findings.into_iter().for_each(|finding| cx.report(finding));
}

/// The other names of tools that the role does not have.
fn renamed(cx: &Context<'_>, granted: &ToolList<'_>) -> Option<Finding> {
    let known = cx.host.field_for(FieldRole::ToolAliases)?;
    let field = cx.role.field(known.name).filter(|_| !granted.entries.is_empty())?;
    let names = field.value.entries()?.iter().map(|entry| &entry.key);
    let mut lost = names.filter_map(|key| {
        Some((key.span, key.as_str().filter(|name| !covers(cx.host, granted, name))?))
    });
    let (span, name) = lost.next()?;
    let list = &granted.field.name;
    Some(
        Finding::new(span, format!("`{}` is renamed but not granted", tools::shown(name)))
            .labels(lost.map(|(span, _)| span), "not granted either")
            .reason(format!("`{list}` does not list the tool, so the role does not have it."))
            .help(format!("Add it to `{list}`, or remove the other name.")),
    )
}

/// Approvals in a role without a tool list, on a host that grants no tools without a list.
fn nothing_granted(host: &Host, approved: &ToolList<'_>) -> Option<Finding> {
    let tools = host.field_for(FieldRole::Tools)?;
    let is_none = host.tools.without_list == Amount::Nothing && !approved.entries.is_empty();
    is_none.then(|| {
        let (name, tools) = (&approved.field.name, tools.name);
        let message = format!("`{name}` approves tools, but `{tools}` is missing");
        Finding::new(approved.field.name_span, message)
            .reason(format!("Without `{tools}`, {} grants no tools.", host.product))
            .help(format!("List the tools in `{tools}` as well."))
    })
}

fn covers(host: &'static Host, granted: &ToolList<'_>, name: &str) -> bool {
    let wanted = current(host, name);
    granted.entries.iter().any(|entry| {
        let entry = entry.name();
        let server = name.strip_prefix(entry).is_some_and(|rest| rest.starts_with('/'));
        // A whole group represents all of the host's own tools.
        let group = entry.starts_with('@') && !entry.contains('/') && !name.starts_with('@');
        host.tools.all == Some(entry)
            || current(host, entry) == wanted
            || server
            || group
            || host::name_matches(entry, name)
            || host::name_matches(name, entry)
            || entry.strip_prefix(name).is_some_and(|rest| rest.starts_with('/'))
    })
}

/// The current name of a tool.
fn current<'a>(host: &'static Host, name: &'a str) -> &'a str {
    match host.tool(name).map(|tool| tool.status) {
        Some(ToolStatus::Alias(now) | ToolStatus::Legacy(now)) => now,
        _ => name,
    }
}

#[cfg(test)]
mod tests {
    use crate::rules::tests::findings;
    use alloc::format;

    #[test]
    fn an_approval_without_any_list_of_tools_approves_nothing() {
        let text = "{\"name\": \"x\", \"prompt\": \"Help.\", \"allowedTools\": [\"fs_read\"]}\n";
        assert_eq!(
            findings("unlisted-approval", ".amazonq/cli-agents/x.json", text),
            ["1:34-1:48 warning `allowedTools` approves tools, but `tools` is missing"]
        );
        assert_eq!(findings("unlisted-approval", ".kiro/agents/x.json", text), [""; 0]);
    }

    #[test]
    fn a_tool_with_another_name_must_be_granted_too() {
        let check = |tools: &str| {
            let text = format!(
                "{{\"name\": \"x\", \"prompt\": \"Help.\", \"tools\": {tools}, \"toolAliases\": {{\"@git/status\": \"status\"}}}}\n"
            );
            findings("unlisted-approval", ".kiro/agents/x.json", &text)
        };
        assert_eq!(
            check("[\"read\"]"),
            ["1:69-1:82 warning `@git/status` is renamed but not granted"]
        );
        for tools in ["[\"@git\"]", "[\"@git/status\"]", "[\"*\"]", "[]"] {
            assert_eq!(check(tools), [""; 0], "{tools}");
        }
    }

    #[test]
    fn servers_groups_and_old_names_cover_their_tools() {
        let check = |tools: &str, approved: &str| {
            let text = format!(
                "{{\"name\": \"x\", \"prompt\": \"Help.\", \"tools\": {tools}, \"allowedTools\": {approved}}}\n"
            );
            findings("unlisted-approval", ".kiro/agents/x.json", &text)
        };
        assert_eq!(check("[\"read\"]", "[\"shell\"]").len(), 1);
        for (tools, approved) in [
            ("[\"@git\"]", "[\"@git/status\"]"),
            ("[\"*\"]", "[\"shell\"]"),
            ("[\"@builtin\"]", "[\"shell\"]"),
            ("[\"read\"]", "[\"fs_read\"]"),
            ("[]", "[\"read\"]"),
        ] {
            assert_eq!(check(tools, approved), [""; 0], "{tools} {approved}");
        }
    }
}
