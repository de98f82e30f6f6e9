//! Reports fields that still work but that the host is about to drop.

use super::{Check, Context, Example, Finding, Profile, Rule, near_miss_field};
use crate::diagnostic::Severity;
use crate::front_matter::Field;
use crate::host::{Client, FieldRole, FieldStatus, Host, ToolStatus};
use crate::yaml::Entry;
use alloc::format;
use alloc::string::String;

/// The rule.
pub(super) static RULE: Rule = Rule {
    name: "deprecated-field",
    severity: Severity::Info,
    profile: Profile::Recommended,
    summary: "The host has replaced a field and reads it only for old files.",
    why: "A deprecated field works until the host drops it, after which it silently has no effect. OpenCode reads the `tools` map only to turn it into `permission`, and GitHub Copilot has replaced `infer`.",
    example: Example {
        path: ".opencode/agents/reviewer.md",
        bad: "---\ndescription: Use it after every change\nmaxSteps: 5\n---\n\nYou review changes.\n",
        at: "maxSteps",
        good: "---\ndescription: Use it after every change\nsteps: 5\n---\n\nYou review changes.\n",
        files: &[],
    },
    check: Check::Role(check),
};

fn check(cx: &mut Context<'_>) {
    if cx.is_lookalike() {
        return;
    }
    for field in near_miss_field::fields(cx.role) {
        let Some(known) = cx.host.field(&field.name) else { continue };
        let FieldStatus::Deprecated(successor) = known.status else { continue };
        // Where no product reads it at all, that is what counts.
        let is_read =
            |client: &Client| known.readers.is_empty() || known.readers.contains(&client.name);
        if !cx.client().is_none_or(is_read) {
            continue;
        }
        let message = format!("Field `{}` is deprecated", field.name);
        let finding = Finding::new(field.name_span, message);
        let finding = match successor {
            Some(name) => finding.help(match permission(cx.host, field, name) {
                Some(example) => format!("Use `{name}` instead, for example `{name}: {example}`."),
                None => format!("Use `{name}` instead."),
            }),
            None => finding,
        };
        cx.report(finding);
    }
}

/// The first tool that a map turns off, or otherwise on, as the field of permissions says it.
fn permission(host: &Host, field: &Field<'_>, successor: &str) -> Option<String> {
    let known = host.field(successor).filter(|known| known.role == FieldRole::Permissions)?;
    let entries = field.value.entries()?;
    let is_off = |entry: &&Entry<'_>| entry.value.as_bool() == Some(false);
    let entry = entries.iter().find(is_off).or(entries.first())?;
    let word = if entry.value.as_bool()? { "allow" } else { "deny" };
    let tool = host.tool(entry.key.as_str()?)?;
    let name = match tool.status {
        ToolStatus::Current => tool.name,
        ToolStatus::Alias(now) | ToolStatus::Legacy(now) => now,
        ToolStatus::Removed(now) => now?,
    };
    known.values.contains(&word).then(|| format!("{{ {name}: {word} }}"))
}

#[cfg(test)]
mod tests {
    use crate::rules::tests::findings;
    use alloc::format;

    #[test]
    fn the_successor_of_a_map_of_tools_is_shown() {
        let help = |tools: &str| {
            let text = format!("---\ndescription: Use it\nmode: all\ntools:\n{tools}---\nHelp.\n");
            let input = crate::Input::new(&text).at(".opencode/agents/x.md");
            let report = crate::check(&input, &crate::Options::default());
            let found = report.diagnostics.into_iter().find(|d| d.rule == "deprecated-field");
            found.and_then(|d| d.help).unwrap_or_default()
        };
        let shown = "Use `permission` instead, for example `permission: { edit: deny }`.";
        assert_eq!(help("  read: true\n  write: false\n"), shown);
        assert_eq!(help("  bash: true\n"), shown.replace("edit: deny", "bash: allow"));
        assert_eq!(help("  mine_*: true\n"), "Use `permission` instead.");
    }

    #[test]
    fn a_field_with_a_successor_is_pointed_out() {
        let text = "---\ndescription: Use it\ninfer: true\n---\nHelp.\n";
        assert_eq!(
            findings("deprecated-field", ".github/agents/x.agent.md", text),
            ["3:1-3:6 info Field `infer` is deprecated"]
        );
        let skill = "---\nname: x\ndescription: Use it\nglobs: '*.ts'\n---\nHelp.\n";
        let check = |path| findings("deprecated-field", path, skill);
        assert_eq!(
            check(".cursor/skills/x/SKILL.md"),
            ["4:1-4:6 info Field `globs` is deprecated"]
        );
        assert_eq!(check(".github/skills/x/SKILL.md"), [""; 0]);
    }
}
