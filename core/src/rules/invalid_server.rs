//! Servers of a role that the host cannot start or does not connect.

use super::{Check, Context, Example, Finding, Profile, Rule};
use crate::diagnostic::Severity;
use crate::host::{FieldRole, FieldStatus, Host};
use crate::spelling;
use crate::text::Span;
use crate::tools::shown;
use crate::yaml::{Entry, Node};
use alloc::format;
use alloc::string::ToString;
use alloc::vec::Vec;

/// The rule.
pub(super) static RULE: Rule = Rule {
    name: "invalid-server",
    severity: Severity::Warning,
    profile: Profile::Core,
    summary: "The entry of a server does not have the form that the host requires.",
    why: "If a server does not start, the role runs without its tools. GitHub Copilot gives an agent only the tools that the server's entry lists, and passes it only secrets whose names start with `COPILOT_MCP_`.",
    example: Example {
        path: ".github/agents/triage.agent.md",
        bad: "---\nname: triage\ndescription: Sorts new issues. Use it every morning.\ntools: [read]\nmcp-servers:\n  tracker:\n    command: tracker-mcp\n---\n\nSort the issues.\n",
        at: "tracker",
        good: "---\nname: triage\ndescription: Sorts new issues. Use it every morning.\ntools: [read]\nmcp-servers:\n  tracker:\n    command: tracker-mcp\n    tools: [list_issues]\n---\n\nSort the issues.\n",
        files: &[],
    },
    check: Check::Role(check),
};

fn check(cx: &mut Context<'_>) {
    let Some(known) = cx.host.field_for(FieldRole::McpServers) else { return };
    let field = cx.role.field(known.name);
    let is_broken = field.is_some_and(|field| field.error.is_some());
    if matches!(known.status, FieldStatus::Ignored(_)) || is_broken || cx.is_lookalike() {
        return;
    }
    let servers = field.and_then(|field| field.value.entries()).unwrap_or(&[]);
    let mut findings = Vec::new();
    for server in servers {
        of_server(cx.host, cx.role.text, server, &mut findings);
    }
    findings.extend(undeclared(cx, servers));
    findings.into_iter().for_each(|finding| cx.report(finding));
}

/// Fields that add servers from other files to the role's own servers.
const OTHER_SERVERS: [&str; 3] = ["includeMcpJson", "useLegacyMcpJson", "includePowers"];

/// Reports tools of servers that the role does not declare, if it declares its servers or refuses
/// those of other files.
fn undeclared(cx: &Context<'_>, servers: &[Entry<'_>]) -> Option<Finding> {
    let mut others = OTHER_SERVERS.iter().filter(|name| cx.host.field(name).is_some()).peekable();
    others.peek()?;
    let mut choices =
        others.filter_map(|name| cx.role.field(name)).map(|field| field.value.as_bool());
    let first = choices.next();
    let refuses = first == Some(Some(false)) && choices.all(|choice| choice == Some(false));
    let decides = refuses || first.is_none() && !servers.is_empty();
    if !decides {
        return None;
    }
    let names = || servers.iter().filter_map(|server| server.key.as_str());
    let server = |name: &str| {
        let is_other = cx.host.tools.all_built_in == Some(name);
        let server = cx.host.split_server_tool(name).filter(|_| !is_other)?.server.to_string();
        (!server.contains('*') && names().all(|known| known != server)).then_some(server)
    };
    let entries = cx.tools().iter().flat_map(|list| &list.entries);
    let mut lost = entries.filter_map(|entry| Some((entry.span, server(entry.name())?)));
    let (span, name) = lost.next()?;
    let finding = Finding::new(span, format!("The role has no server `{}`", shown(&name)))
        .labels(lost.filter(|(_, other)| *other == name).map(|(span, _)| span), "also here")
        .reason("Its tools are not available unless the server is declared here or added from other files.");
    Some(match spelling::nearest(&name, names()) {
        Some(near) => finding.help(format!("Did you mean `{near}`?")),
        None => finding
            .severity(Severity::Info)
            .help("Declare the server, set `includeMcpJson` if it comes from elsewhere, or remove the tool."),
    })
}

fn of_server(host: &Host, text: &str, server: &Entry<'_>, findings: &mut Vec<Finding>) {
    let (Some(name), Some(entries)) = (server.key.as_str(), server.value.entries()) else { return };
    let product = host.product;
    if let Some(arguments) = server.value.get("args")
        && arguments.items().is_none()
        && !arguments.is_null()
    {
        let message = format!("`args` of the server `{name}` must be a list");
        findings.push(
            Finding::new(arguments.span, message)
                .reason(format!("{product} cannot start the server."))
                .help("Write each argument as a list item."),
        );
    }
    let starts = entries.iter().any(|entry| {
        let key = entry.key.as_str().unwrap_or("").to_ascii_lowercase();
        key == "command" || key.contains("url") || key == "type"
    });
    if let Some(note) = host.servers.tools.filter(|_| starts)
        && server.value.get("tools").is_none()
    {
        let message = format!("The server `{name}` has no `tools`");
        findings.push(
            Finding::new(server.key.span, message)
                .reason(note)
                .help("Add `tools` with the tools that are needed, or `[\"*\"]` for all."),
        );
    }
    for group in ["env", "headers"] {
        let values = server.value.get(group).and_then(Node::entries).unwrap_or(&[]);
        findings.extend(values.iter().filter_map(|entry| secret(host, text, &entry.value)));
    }
}

/// A secret whose name the host does not pass on.
fn secret(host: &Host, text: &str, value: &Node<'_>) -> Option<Finding> {
    let (prefix, note) = host.servers.secrets?;
    let raw = value.span.of(text);
    let start = raw.find("secrets.")? + "secrets.".len();
    let rest = raw.get(start..)?;
    let length = rest.find(|c: char| !c.is_ascii_alphanumeric() && c != '_').unwrap_or(rest.len());
    let name = rest.get(..length).filter(|name| !name.is_empty() && !name.starts_with(prefix))?;
    let span = Span::new(value.span.start + start, value.span.start + start + length);
    Some(
        Finding::new(span, format!("The secret `{name}` does not reach the server"))
            .reason(note)
            .help(format!("Create it as `{prefix}{name}`, and use that name here.")),
    )
}

#[cfg(test)]
mod tests {
    use crate::rules::tests::findings;
    use alloc::format;

    fn check(path: &str, server: &str) -> alloc::vec::Vec<alloc::string::String> {
        let text = format!(
            "---\nname: x\ndescription: Use it\nmcp-servers:\n  db:\n{server}---\n\nHelp.\n"
        );
        findings("invalid-server", path, &text)
    }

    #[test]
    fn a_tool_needs_its_server() {
        let check = |tool: &str, more: &str| {
            let text = format!(
                "{{\"name\": \"x\", \"prompt\": \"Help.\", \"tools\": [\"read\", \"@builtin\", \"{tool}\"], \"mcpServers\": {{\"github\": {{\"command\": \"gh\"}}}}{more}}}\n"
            );
            findings("invalid-server", ".kiro/agents/x.json", &text)
        };
        assert_eq!(check("@gihub/list", "").len(), 1);
        assert_eq!(check("@tracker", "").len(), 1);
        for (tool, more) in
            [("@github/list", ""), ("@tracker", ", \"includeMcpJson\": true"), ("read", "")]
        {
            assert_eq!(check(tool, more), [""; 0], "{tool}");
        }
    }

    #[test]
    fn a_role_that_refuses_the_servers_of_other_files_declares_its_own() {
        let check = |refusal: &str| {
            let text = format!(
                "{{\"name\": \"x\", \"prompt\": \"Help.\", \"tools\": [\"read\", \"@git\"]{refusal}}}\n"
            );
            findings("invalid-server", ".kiro/agents/x.json", &text)
        };
        let no = ", \"includeMcpJson\": false";
        assert_eq!(check(no), ["1:53-1:57 info The role has no server `git`"]);
        for refusal in ["", ", \"includeMcpJson\": true", &format!("{no}, \"includePowers\": true")]
        {
            assert_eq!(check(refusal), [""; 0], "{refusal}");
        }
    }

    #[test]
    fn what_keeps_a_server_from_working_is_found() {
        let agent = ".github/agents/x.agent.md";
        assert_eq!(
            check(agent, "    command: db\n    args: --fast\n    tools: ['*']\n"),
            ["7:11-7:17 warning `args` of the server `db` must be a list"]
        );
        assert_eq!(
            check(agent, "    url: https://db.example\n"),
            ["5:3-5:5 warning The server `db` has no `tools`"]
        );
        let secret =
            "    command: db\n    tools: ['*']\n    env:\n      KEY: ${{ secrets.DB_KEY }}\n";
        assert_eq!(
            check(agent, secret),
            ["9:24-9:30 warning The secret `DB_KEY` does not reach the server"]
        );
        assert_eq!(check(agent, &secret.replace("DB_KEY", "COPILOT_MCP_KEY")), [""; 0]);
    }
}
