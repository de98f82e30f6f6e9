//! Fields that the host knows and ignores in this kind of file.

use super::{Check, Context, Example, Finding, Profile, Rule, near_miss_field, unknown_field};
use crate::diagnostic::Severity;
use crate::host::{FieldRole, FieldStatus, Syntax};
use alloc::format;
use alloc::string::{String, ToString};

/// The rule.
pub(super) static RULE: Rule = Rule {
    name: "ignored-field",
    severity: Severity::Warning,
    profile: Profile::Core,
    summary: "The host ignores a field in this kind of file.",
    why: "A field that works elsewhere promises something that is not true here. A Codex agent with `sandbox_mode = \"read-only\"` runs in the sandbox of its parent and may write; an agent of a Claude Code plugin does not get its `permissionMode`, `hooks` or `mcpServers`.",
    example: Example {
        path: "plugins/quality/agents/reviewer.md",
        bad: "---\nname: reviewer\ndescription: Use it after every change\ntools: Read\npermissionMode: plan\n---\n\nYou review changes.\n",
        at: "permissionMode",
        good: "---\nname: reviewer\ndescription: Use it after every change\ntools: Read\n---\n\nYou review changes.\n",
        files: &[],
    },
    check: Check::Role(check),
};

fn check(cx: &mut Context<'_>) {
    // A file that is rejected as a whole has a more serious problem.
    if cx.is_lookalike() || super::missing_field::is_refused(cx) {
        return;
    }
    if let Some(finding) = prompt(cx) {
        cx.report(finding);
    }
    for field in near_miss_field::fields(cx.role) {
        let Some(known) = cx.host.field(&field.name) else { continue };
        let FieldStatus::Ignored(note) = known.status else { continue };
        // A rejected value is worse than a value without an effect.
        let fits = super::invalid_field_type::fits(cx.host, known, &field.value)
            && super::invalid_field_value::without_transport(known, field).is_none();
        if !fits || field.error.is_some() {
            continue;
        }
        let (message, reason) = parts(note);
        let mut finding = Finding::new(field.name_span, message.to_string())
            .help(known.ignored_help.unwrap_or("Remove it."));
        if let Some(reason) = reason {
            finding = finding.reason(reason);
        }
        // What only describes the file promises nothing.
        if unknown_field::is_about_the_file(known.name) {
            finding = finding.severity(Severity::Info);
        }
        cx.report(cx.removing(finding, &field.name));
    }
}

/// A prompt among the fields of a Markdown file, whose prompt is its body.
fn prompt(cx: &Context<'_>) -> Option<Finding> {
    let role = cx.role;
    let is_markdown = role.within.is_none() && cx.host.syntax == Syntax::Markdown;
    let field = role.fields().iter().find(|field| {
        let known = cx.host.field(&field.name);
        known.is_some_and(|known| {
            known.role == FieldRole::Prompt && cx.host.layout.prompts.contains(&known.name)
        })
    })?;
    let has_body = !role.body.of(role.text).trim().is_empty();
    (is_markdown && has_body && !field.value.is_null()).then(|| {
        let product = cx.host.product;
        let message = format!("{product} ignores `{}` in a Markdown file", field.name);
        Finding::new(field.name_span, message)
            .reason("The text below the front matter is the prompt.")
            .help("Move what is still needed below the front matter, and remove the field.")
    })
}

/// The problem and its consequence: a note combines both in one sentence.
fn parts(note: &str) -> (&str, Option<String>) {
    let note_only = note.trim_end_matches('.');
    let Some((what, rest)) = note.split_once("; ").or_else(|| note.split_once(": ")) else {
        return (note_only, None);
    };
    let mut reason = rest.to_string();
    if let Some(first) = reason.get_mut(..1) {
        first.make_ascii_uppercase();
    }
    (what, Some(reason))
}

#[cfg(test)]
mod tests {
    use crate::rules::tests::findings;
    use alloc::format;
    use alloc::string::ToString;

    #[test]
    fn a_field_that_the_own_host_reads_is_kept() {
        let text = "---\nname: a\ndescription: Use it.\ntools: Read\n---\nx\n";
        let cursor = crate::host::Host::by_id("cursor-agent").unwrap();
        let options = crate::Options::default().with_host(cursor);
        let found = |path: &str| {
            let report = crate::check(&crate::Input::new(text).at(path), &options);
            let found = report.diagnostics.into_iter().find(|d| d.rule == "ignored-field").unwrap();
            (found.help.unwrap().to_string(), found.fix.is_some())
        };
        let further = "set `readonly: true` if the agent must not change anything.";
        assert_eq!(
            found(".claude/agents/a.md"),
            (format!("Keep it for Claude Code, and {further}"), false)
        );
        assert_eq!(found(".cursor/agents/a.md"), (format!("Remove it, and {further}"), true));
    }

    #[test]
    fn a_field_without_effect_is_a_warning() {
        let text = "name = \"x\"\ndescription = \"Use it.\"\nsandbox_mode = \"read-only\"\ndeveloper_instructions = \"Help.\"\n";
        assert_eq!(
            findings("ignored-field", ".codex/agents/x.toml", text),
            ["3:1-3:13 warning Codex ignores `sandbox_mode` in an agent file"]
        );
        let report = crate::check(
            &crate::Input::new(text).at(".codex/agents/x.toml"),
            &crate::Options::default(),
        );
        let found = report.diagnostics.iter().find(|d| d.rule == super::RULE.name).unwrap();
        assert_eq!(found.reason.as_deref(), Some("The agent runs in the sandbox of its session."));
        assert_eq!(
            found.help.as_deref(),
            Some("Remove it; in `config.toml`, it applies to the whole session.")
        );
    }

    #[test]
    fn a_setting_that_the_agent_inherits_is_a_warning() {
        let text = "name = \"x\"\ndescription = \"Use it.\"\nmodel_context_window = 400\ntool_output_token_limit = 90\ndeveloper_instructions = \"Help.\"\n";
        assert_eq!(
            findings("ignored-field", ".codex/agents/x.toml", text),
            [
                "3:1-3:21 warning Codex ignores `model_context_window` in an agent file",
                "4:1-4:24 warning Codex ignores `tool_output_token_limit` in an agent file",
            ]
        );
    }

    #[test]
    fn a_command_has_the_name_of_its_file() {
        let text = "---\nname: make-part\ndescription: Makes a part\n---\n\nMake $ARGUMENTS.\n";
        let path = ".claude/commands/part.md";
        assert_eq!(
            findings("ignored-field", path, text),
            ["2:1-2:5 info Claude Code ignores `name` in a command"]
        );
        assert_eq!(findings("unknown-field", path, text), [""; 0]);
        let fixed = crate::rules::tests::fixed_unsafely(path, text);
        assert_eq!(fixed, text.replace("name: make-part\n", ""));
    }

    #[test]
    fn a_prompt_beside_the_body_is_ignored() {
        let text = "---\ndescription: Use it\nprompt: Help.\n---\nHelp.\n";
        assert_eq!(
            findings("ignored-field", ".opencode/agents/x.md", text),
            ["3:1-3:7 warning OpenCode ignores `prompt` in a Markdown file"]
        );
        let alone = text.replace("---\nHelp.\n", "---\n");
        assert_eq!(findings("ignored-field", ".opencode/agents/x.md", &alone), [""; 0]);
    }

    #[test]
    fn where_the_host_reads_it_nothing_is_said() {
        let text = "---\nname: x\ndescription: Use it\npermissionMode: plan\n---\nHelp.\n";
        assert_eq!(findings("ignored-field", ".claude/agents/x.md", text), [""; 0]);
    }
}
