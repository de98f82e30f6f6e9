//! Names that differ from the role's folder where the host requires them to be the same.

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
    summary: "The name differs from the folder name, or is one typo away from the file name.",
    why: "The Agent Skills specification requires a skill to have the name of its folder, and its validator rejects any other name. Clients disagree on which of the two counts, so the skill ends up with two names.",
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
    if cx.host.identity == Identity::Field {
        return misspelled_file(cx);
    }
    if cx.host.identity != Identity::FieldAndFolder || cx.overlooking().is_some() {
        return;
    }
    let Some(known) = cx.host.field_for(FieldRole::Name) else { return };
    let Some(field) = cx.role.field(known.name).filter(|field| field.error.is_none()) else {
        return;
    };
    let folder = cx.role.path.rsplit('/').nth(1).unwrap_or("");
    let name = field.value.as_str().unwrap_or("").trim();
    // Another rule reports an invalid name, and a folder that could not be a name belongs to the
    // repository. Above the workspace, no folder is known.
    let fits = |name: &str| known.pattern.is_none_or(|pattern| pattern.matches(name));
    if name.is_empty() || folder.is_empty() || name == folder || !fits(name) || !fits(folder) {
        return;
    }
    let message = format!("The name is `{name}`, but the folder is `{folder}`");
    let mut finding = Finding::new(field.value.span, message);
    if let Some(note) = known.missing_note {
        finding = finding.reason(note);
    }
    // Elsewhere, the file may be a part of something that loads it by its path.
    let is_place = |part: &str| part.starts_with('.') || part.ends_with("skills");
    if !cx.role.path.split('/').any(is_place) {
        finding = finding.severity(Severity::Info);
    }
    let edits = Vec::from([(field.value.span, String::from(folder))]);
    cx.report(
        finding
            .help("Rename one of the two.")
            .unsafe_fix(format!("Replace `{name}` with `{folder}`"), edits),
    );
}

/// A file whose name differs from the role's name by a typo: one of the two is misspelled.
fn misspelled_file(cx: &mut Context<'_>) {
    let Some(known) = cx.host.field_for(FieldRole::Name) else { return };
    let Some(field) = cx.role.field(known.name).filter(|field| field.error.is_none()) else {
        return;
    };
    if cx.role.within.is_some() {
        return;
    }
    let name = field.value.as_str().unwrap_or("").trim();
    let file = cx.role.path.rsplit('/').next().unwrap_or("");
    let stem = file.split('.').next().unwrap_or("");
    let letters = |text: &str| text.bytes().all(|b| b.is_ascii_lowercase() || b == b'-');
    // A different ending, such as a plural, makes a different word; swapped letters within a word
    // do not.
    if !letters(name) || !letters(stem) || !is_swapped(name, stem) {
        return;
    }
    cx.report(
        Finding::new(field.value.span, format!("The name is `{name}`, but the file is `{file}`"))
            .severity(Severity::Info)
            .reason(
                "One of the two is misspelled, and anyone who looks for the file by that name misses it.",
            )
            .help("Rename one of the two."),
    );
}

/// Whether two names have the same letters and differ only in the order of a few neighbors.
fn is_swapped(one: &str, other: &str) -> bool {
    let sorted = |name: &str| {
        let mut letters: Vec<u8> = name.bytes().collect();
        letters.sort_unstable();
        letters
    };
    let differ = one.bytes().zip(other.bytes()).filter(|(a, b)| a != b).count();
    one.len() == other.len() && (1..=3).contains(&differ) && sorted(one) == sorted(other)
}

#[cfg(test)]
mod tests {
    use crate::host::HOSTS;
    use crate::input::Input;
    use crate::options::Options;
    use crate::rules::tests::findings;

    const TEXT: &str = "---\nname: pdf\ndescription: Use it\n---\nRead.\n";

    #[test]
    fn the_folder_is_the_one_that_contains_the_file() {
        assert_eq!(
            findings("name-mismatch", "skills/docs/SKILL.md", TEXT),
            ["2:7-2:10 warning The name is `pdf`, but the folder is `docs`"]
        );
        assert_eq!(findings("name-mismatch", "docs/pdf/SKILL.md", TEXT), [""; 0]);
    }

    #[test]
    fn outside_a_folder_of_skills_it_is_advice() {
        assert_eq!(
            findings("name-mismatch", "lib/docs/SKILL.md", TEXT),
            ["2:7-2:10 info The name is `pdf`, but the folder is `docs`"]
        );
    }

    #[test]
    fn letters_that_changed_places_are_a_typo_in_one_of_the_two() {
        let text = "---\nname: report-writer\ndescription: Use it\n---\nWrite.\n";
        assert_eq!(
            findings("name-mismatch", ".claude/agents/reprot-writer.md", text),
            ["2:7-2:20 info The name is `report-writer`, but the file is `reprot-writer.md`"]
        );
        for path in [".claude/agents/report-writers.md", ".claude/agents/writer.md"] {
            assert_eq!(findings("name-mismatch", path, text), [""; 0], "{path}");
        }
    }

    #[test]
    fn without_a_folder_or_with_a_repository_nothing_is_said() {
        for path in ["SKILL.md", "My_Repo/SKILL.md", ".claude/agents/x.md"] {
            assert_eq!(findings("name-mismatch", path, TEXT), [""; 0], "{path}");
        }
        for host in HOSTS.iter() {
            let options = Options::new().with_host(host);
            let found = crate::check(&Input::new(TEXT).at("x.md"), &options).diagnostics;
            assert!(found.iter().all(|d| d.rule != "name-mismatch"), "{}", host.id);
        }
    }
}
