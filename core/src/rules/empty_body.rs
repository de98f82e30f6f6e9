//! A file without a prompt: empty, or with nothing after its front matter.

use super::{
    Check, Context, Example, Finding, Profile, Rule, invalid_yaml, missing_companion_field,
};
use crate::diagnostic::Severity;
use crate::front_matter::{self, Fault, Language};
use crate::host::{FieldRole, Identity, Kind, Presence, Syntax};
use crate::text::Span;
use alloc::format;

/// The rule.
pub(super) static RULE: Rule = Rule {
    name: "empty-body",
    severity: Severity::Error,
    profile: Profile::Core,
    summary: "The file is empty, or has no prompt after the front matter.",
    why: "The body is the prompt. Without it, the host starts a role without instructions or rejects the file. Usually, the text was lost by accident.",
    example: Example {
        path: ".claude/agents/reviewer.md",
        bad: "---\nname: reviewer\ndescription: Use it after every change\ntools: Read\n---\n\n",
        at: "---\n\n",
        good: "---\nname: reviewer\ndescription: Use it after every change\ntools: Read\n---\n\nYou review changes.\n",
        files: &[],
    },
    check: Check::Role(check),
};

fn check(cx: &mut Context<'_>) {
    let role = cx.role;
    if role.text.trim_start_matches('\u{feff}').trim().is_empty() {
        let finding = Finding::new(Span::new(0, role.text.len()), "The file is empty")
            .reason("There is nothing for a host to load.")
            .help("Describe what the role is and what it does, or delete the file.");
        return cx.report(finding);
    }
    let Some(front_matter) = &role.front_matter else { return };
    let known = role.within.is_none()
        && cx.host.identity != Identity::None
        && cx.host.syntax == Syntax::Markdown
        && (cx.host.front_matter.presence != Presence::None || cx.host.kind == Kind::Prompt);
    if !known || !role.body.of(role.text).trim().is_empty() || role.field("instructions").is_some()
    {
        return;
    }
    if missing_companion_field::needs_no_prompt(cx) || invalid_yaml::is_list_of_roles(cx) {
        return;
    }
    if let Some(field) = prompt_field(cx) {
        let finding = Finding::new(
            field.name_span,
            format!("The file has no prompt: `{}` applies to JSON files only", field.name),
        )
        .reason(format!("In a Markdown file, {} takes the prompt from the text after the front matter, which is empty.", cx.host.product))
        .help(format!("Move the text of `{}` below the front matter.", field.name));
        return cx.report(finding);
    }
    // Starts at the closing line, because the text is missing after it.
    let closing = match (front_matter.fault, front_matter.language) {
        (Some(Fault::Unclosed(at)), _) => Span::at(at),
        (Some(Fault::NoOpener), _) | (_, Language::Toml) => Span::at(front_matter.span.end),
        _ => Span::new(front_matter.content.end, role.text.len()),
    };
    let finding = Finding::new(closing, "The file has no prompt after the front matter").reason(
        "The text after the front matter is the prompt; without it, the role has no instructions.",
    );
    cx.report(match pasted_prompt(cx) {
        Some(field) => finding
            .help(format!("Move the prompt from `{}` below the front matter, and keep there when to use the role.", field.name))
            .label(field.value.span, "this reads like the prompt"),
        None => finding.help("Below the front matter, describe what the role is and what it does."),
    });
}

/// A description that is long and addresses the role itself.
fn pasted_prompt<'a>(cx: &Context<'a>) -> Option<&'a front_matter::Field<'a>> {
    const LONG: usize = 500;
    let known = cx.host.field_for(FieldRole::Description)?;
    let field = cx.role.field(known.name)?;
    let text = field.value.as_str()?;
    (text.len() >= LONG && text.contains("You are ")).then_some(field)
}

/// The field that should contain the prompt in a data file.
fn prompt_field<'a>(cx: &Context<'a>) -> Option<&'a front_matter::Field<'a>> {
    let mut prompts = cx.host.fields.iter().filter(|field| field.role == FieldRole::Prompt);
    prompts.find_map(|field| cx.role.field(field.name))
}

#[cfg(test)]
mod tests {
    use crate::rules::tests::findings;
    use alloc::format;

    #[test]
    fn an_empty_file_is_one_error() {
        for path in [".claude/agents/x.md", "roles/x.md", ".roomodes"] {
            assert_eq!(findings("empty-body", path, ""), ["1:1-1:1 error The file is empty"]);
        }
        assert_eq!(findings("empty-body", "x.md", " \n\n"), ["1:1-3:1 error The file is empty"]);
    }

    #[test]
    fn front_matter_without_a_body_is_an_error() {
        let text = "---\r\ndescription: x\r\nglobs: *.rs\r\n---\r\n";
        assert_eq!(
            findings("empty-body", ".cursor/rules/x.mdc", text),
            ["4:1-5:1 error The file has no prompt after the front matter"]
        );
        assert_eq!(
            findings("empty-body", ".claude/agents/x.md", "---\nname: x\ndescription: Use it\n---"),
            ["4:1-4:4 error The file has no prompt after the front matter"]
        );
    }

    #[test]
    fn a_prompt_in_the_description_is_moved() {
        let help = |description: &str| {
            let text = format!("---\nname: x\ndescription: {description}\n---\n");
            let input = crate::Input::new(&text).at(".claude/agents/x.md");
            let report = crate::check(&input, &crate::Options::default());
            let found = report.diagnostics.into_iter().find(|d| d.rule == "empty-body");
            found.and_then(|d| d.help).unwrap_or_default()
        };
        let prompt = format!("You are a clerk. {}", "File each letter. ".repeat(30));
        assert_eq!(
            help(&prompt),
            "Move the prompt from `description` below the front matter, and keep there when to use the role."
        );
        let usual = "Below the front matter, describe what the role is and what it does.";
        assert_eq!(help("You are a clerk."), usual);
        assert_eq!(help(&"File each letter. ".repeat(30)), usual);
    }

    #[test]
    fn a_prompt_of_front_matter_alone_is_empty_too() {
        let text = "---\ndescription: Ships it\n---\n";
        assert_eq!(
            findings("empty-body", ".clinerules/workflows/ship.md", text),
            ["3:1-4:1 warning The file has no prompt after the front matter"]
        );
    }

    #[test]
    fn a_prompt_in_the_front_matter_is_not_a_prompt() {
        let text =
            "---\ndescription: Answers questions.\nmode: subagent\nprompt: |\n  You answer.\n---\n";
        assert_eq!(
            findings("empty-body", ".opencode/agents/x.md", text),
            ["4:1-4:7 error The file has no prompt: `prompt` applies to JSON files only"]
        );
    }

    #[test]
    fn parts_of_templates_and_files_with_text_are_quiet() {
        assert!(findings("empty-body", "roles/x.md", "---\nvariables: {}\n---\n").is_empty());
        let text = "---\nname: x\ndescription: Use it\n---\nx";
        assert!(findings("empty-body", ".claude/agents/x.md", text).is_empty());
    }
}
