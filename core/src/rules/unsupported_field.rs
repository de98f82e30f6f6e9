//! Reports fields that are not supported by the only product that reads this folder.

use super::wording::joined;
use super::{Check, Context, Example, Finding, Profile, Rule, near_miss_field, unknown_field};
use crate::diagnostic::Severity;
use alloc::format;
use alloc::string::{String, ToString};
use alloc::vec::Vec;

/// The rule.
pub(super) static RULE: Rule = Rule {
    name: "unsupported-field",
    severity: Severity::Info,
    profile: Profile::Recommended,
    summary: "The product that this folder belongs to does not read a field of the shared format.",
    why: "Many products read the format of skills, but only some of them read fields other than the name and the description. In `.github/skills` or `.cursor/skills`, where only one product looks, a field that this product does not read has no effect: a skill with `context: fork` then runs in the conversation itself.",
    example: Example {
        path: ".cursor/skills/review/SKILL.md",
        bad: "---\nname: review\ndescription: Reviews changes. Use it before a merge.\nmodel: opus\n---\n\nRead the diff.\n",
        at: "model",
        good: "---\nname: review\ndescription: Reviews changes. Use it before a merge.\n---\n\nRead the diff.\n",
        files: &[],
    },
    check: Check::Role(check),
};

fn check(cx: &mut Context<'_>) {
    let Some(client) = cx.client() else { return };
    for field in near_miss_field::fields(cx.role) {
        let Some(known) = cx.host.field(&field.name) else { continue };
        // Without a reader, what describes the file is only lost to people.
        let is_unread = !known.readers.is_empty() && !known.readers.contains(&client.name);
        if !is_unread || unknown_field::is_about_the_file(known.name) {
            continue;
        }
        let readers: Vec<String> = known.readers.iter().map(ToString::to_string).collect();
        let are_known = if readers.len() == 1 { "is known" } else { "are known" };
        let finding = Finding::new(
            field.name_span,
            format!("{} does not read `{}` in a skill", client.name, field.name),
        )
        .reason(format!(
            "Of the products that read skills, only {} {are_known} to read this field.",
            joined(&readers, "and")
        ))
        .help("Remove it, or say in the text what it was meant to do.");
        cx.report(cx.removing(finding, &field.name));
    }
}

#[cfg(test)]
mod tests {
    use crate::rules::tests::findings;

    const TEXT: &str =
        "---\nname: x\ndescription: Use it\nagent: Explore\ncontext: fork\n---\nHelp.\n";

    #[test]
    fn the_folder_decides_who_reads_the_skill() {
        let check = |path| findings("unsupported-field", path, TEXT);
        assert_eq!(
            check(".github/skills/x/SKILL.md"),
            ["4:1-4:6 info GitHub Copilot does not read `agent` in a skill"]
        );
        assert_eq!(check("app/.kiro/skills/x/SKILL.md").len(), 2);
        // The author, the tags and the version are for people.
        let about = TEXT.replace("agent: Explore\ncontext: fork", "author: me\nversion: 1.0.0");
        assert_eq!(findings("unsupported-field", ".github/skills/x/SKILL.md", &about), [""; 0]);
        for path in [".claude/skills/x/SKILL.md", "skills/x/SKILL.md", ".agents/skills/x/SKILL.md"]
        {
            assert_eq!(check(path), [""; 0], "{path}");
        }
    }
}
