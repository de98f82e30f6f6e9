//! Names that differ from the folder that a role lies in, where the host wants them to be the same.

use super::{Check, Context, Example, Finding, Profile, Rule};
use crate::diagnostic::Severity;
use crate::host::{FieldRole, Identity};
use alloc::format;
use alloc::string::String;
use alloc::vec::Vec;

/// The rule.
pub(super) static RULE: Rule = Rule {
    name: "name-mismatch",
    severity: Severity::Warning,
    profile: Profile::Core,
    summary: "The name differs from the folder's.",
    why: "The specification of Agent Skills requires the name of a skill to be that of its folder, and its validator refuses another. Clients disagree on which of the two counts, so the skill has two names.",
    example: Example {
        path: "skills/read-pdf/SKILL.md",
        bad: "---\nname: pdf-reader\ndescription: Reads a PDF. Use when a PDF is given.\n---\n\nRead the file.\n",
        at: "pdf-reader",
        good: "---\nname: read-pdf\ndescription: Reads a PDF. Use when a PDF is given.\n---\n\nRead the file.\n",
        files: &[],
    },
    check: Check::Role(check),
};

fn check(cx: &mut Context<'_>) {
    if cx.host.identity != Identity::FieldAndFolder {
        return;
    }
    let Some(known) = cx.host.field_for(FieldRole::Name) else { return };
    let Some(field) = cx.role.field(known.name).filter(|field| field.error.is_none()) else {
        return;
    };
    let folder = cx.role.path.rsplit('/').nth(1).unwrap_or("");
    let name = field.value.as_str().unwrap_or("").trim();
    // A name that is refused anyway has its own finding, and a folder that could not be a name is one
    // of the repository.
    let fits = |name: &str| known.pattern.is_none_or(|pattern| pattern.matches(name));
    if name.is_empty() || name == folder || !fits(name) || !fits(folder) {
        return;
    }
    let message = format!("The name is `{name}`, but the folder is `{folder}`");
    let mut finding = Finding::new(field.value.span, message);
    if let Some(note) = known.missing_note {
        finding = finding.reason(note);
    }
    let edits = Vec::from([(field.value.span, String::from(folder))]);
    cx.report(
        finding
            .help("Rename one of the two.")
            .unsafe_fix(format!("Replace `{name}` with `{folder}`"), edits),
    );
}

#[cfg(test)]
mod tests {
    use crate::rules::tests::findings;

    const TEXT: &str = "---\nname: pdf\ndescription: Use it\n---\nRead.\n";

    #[test]
    fn the_folder_is_the_one_the_file_lies_in() {
        assert_eq!(
            findings("name-mismatch", "skills/docs/SKILL.md", TEXT),
            ["2:7-2:10 warning The name is `pdf`, but the folder is `docs`"]
        );
        assert_eq!(findings("name-mismatch", "docs/pdf/SKILL.md", TEXT), [""; 0]);
    }

    #[test]
    fn without_a_folder_or_with_a_repository_nothing_is_said() {
        for path in ["SKILL.md", "My_Repo/SKILL.md", ".claude/agents/x.md"] {
            assert_eq!(findings("name-mismatch", path, TEXT), [""; 0], "{path}");
        }
    }
}
