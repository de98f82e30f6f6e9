//! Reports fields that still work but that the host is about to drop.

use super::{Check, Context, Example, Finding, Profile, Rule, near_miss_field};
use crate::diagnostic::Severity;
use crate::host::{Client, FieldStatus};
use alloc::format;

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
            Some(name) => finding.help(format!("Use `{name}` instead.")),
            None => finding,
        };
        cx.report(finding);
    }
}

#[cfg(test)]
mod tests {
    use crate::rules::tests::findings;

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
