//! Files in a host's own folder that the host does not load.

use super::{Check, Context, Example, Finding, Profile, Rule};
use crate::diagnostic::Severity;
use crate::text::{Span, folder};
use alloc::format;
use alloc::string::String;

/// The rule.
pub(super) static RULE: Rule = Rule {
    name: "unloaded-file",
    severity: Severity::Warning,
    profile: Profile::Core,
    summary: "The file is in a host's folder, but the host does not load it.",
    why: "A host loads only files of a certain name or at a certain depth, and silently ignores the others. Claude Code looks for `SKILL.md` in a folder for each skill and overlooks `.claude/skills/pdf.md`; VS Code applies only instructions that end in `.instructions.md`, and Cursor only rules that end in `.mdc`; Gemini CLI does not look into subfolders. The file may be complete, but nothing ever reads it. Pages without front matter are not reported, except in folders for rules, which may be text alone.",
    example: Example {
        path: ".claude/skills/pdf.md",
        bad: "---\nname: pdf\ndescription: Fills in forms. Use when a form is in PDF.\n---\n\nList the fields of the form first.\n",
        at: "---",
        good: "The skill is now in `.claude/skills/pdf/SKILL.md`.\n",
        files: &[],
    },
    check: Check::Role(check),
};

fn check(cx: &mut Context<'_>) {
    let Some((host, place)) = cx.overlooking() else { return };
    // Without fields, a file may be a page for people, unless rules need none.
    let is_plain = cx.role.fields().is_empty();
    if is_plain && !host.has_plain_rules() {
        return;
    }
    if is_part_of_skill(cx) {
        return;
    }
    let file = cx.role.path.rsplit('/').next().unwrap_or("");
    let stem = file.split('.').next().unwrap_or("");
    let first = Span::new(0, cx.role.line_at(0).end);
    let message = match host.clients {
        [] => format!("{} does not load this file", host.product),
        _ => String::from("Clients do not load this file"),
    };
    let severity = if is_plain { Severity::Info } else { Severity::Warning };
    let finding = Finding::new(first, message).severity(severity).reason(place.note);
    cx.report(finding.help(place.help.replace('*', stem)));
}

/// Whether a skill in a folder above uses the file, for example as a template.
fn is_part_of_skill(cx: &Context<'_>) -> bool {
    let own = cx.role.path.strip_suffix("/SKILL.md");
    let above = core::iter::successors(own, |path| Some(folder(path)).filter(|it| !it.is_empty()));
    above.skip(1).any(|folder| cx.files.exists(&format!("{folder}/SKILL.md")))
}

#[cfg(test)]
mod tests {
    use crate::rules::tests::{findings, findings_in};

    const ROLE: &str = "---\nname: x\ndescription: Use it\n---\nYou help.\n";

    #[test]
    fn a_file_that_the_host_overlooks_is_reported() {
        for (path, who) in [
            (".claude/skills/pdf.md", "Claude Code does"),
            ("tools/.claude/skills/pdf/skill.md", "Claude Code does"),
            (".claude/skills/office/pdf/SKILL.md", "Claude Code does"),
            (".github/skills/pdf.md", "Clients do"),
            (".github/instructions/tests.md", "GitHub Copilot does"),
            (".github/instructions/web/tests.md", "GitHub Copilot does"),
            (".github/prompts/plan.md", "VS Code does"),
            (".github/chatmodes/plan.md", "VS Code does"),
            (".gemini/agents/team/plan.md", "Gemini CLI does"),
            (".codex/agents/plan.md", "Codex does"),
            (".cursor/rules/web/plan.md", "Cursor does"),
            (".codex/prompts/plan.md", "Codex does"),
            (".opencode/mode/team/plan.md", "OpenCode does"),
        ] {
            let expected = alloc::format!("1:1-1:4 warning {who} not load this file");
            assert_eq!(findings("unloaded-file", path, ROLE), [expected], "{path}");
        }
    }

    #[test]
    fn a_rule_may_be_text_alone() {
        assert_eq!(
            findings("unloaded-file", ".cursor/rules/web/style.md", "# Style\n\nUse tabs.\n"),
            ["1:1-1:8 info Cursor does not load this file"]
        );
        assert_eq!(findings("unloaded-file", ".claude/skills/notes.md", "# Notes\n"), [""; 0]);
    }

    #[test]
    fn what_is_loaded_and_what_is_no_role_is_left_alone() {
        for path in [
            ".claude/skills/pdf/SKILL.md",
            ".claude/skills/pdf/forms.md",
            ".github/instructions/tests.instructions.md",
            ".github/prompts/plan.prompt.md",
            ".gemini/agents/plan.md",
            ".codex/agents/plan.toml",
            "skills/pdf.md",
        ] {
            assert_eq!(findings("unloaded-file", path, ROLE), [""; 0], "{path}");
        }
        assert_eq!(findings("unloaded-file", ".claude/skills/README.md", "# Skills\n"), [""; 0]);
    }

    #[test]
    fn a_skill_inside_of_a_skill_is_its_template() {
        let path = ".claude/skills/pdf/examples/form/SKILL.md";
        let files = [(path, ROLE), (".claude/skills/pdf/SKILL.md", ROLE)];
        assert_eq!(findings_in("unloaded-file", path, &files), [""; 0]);
    }

    #[test]
    fn the_folder_of_a_skill_is_not_compared_with_its_name_there() {
        assert_eq!(findings("name-mismatch", ".claude/skills/pdf.md", ROLE), [""; 0]);
    }
}
