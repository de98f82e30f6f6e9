//! Bullets of word processors, which Markdown does not recognize.

use crate::diagnostic::Severity;
use crate::role::Role;
use crate::rules::Finding;
use crate::text::Span;
use alloc::format;
use alloc::string::String;
use alloc::vec::Vec;

/// Consecutive lines that begin with a bullet of a word processor, which Markdown reads as text.
pub(super) fn check(role: &Role<'_>) -> Option<Finding> {
    let count = role.heads().iter().filter(|head| **head == FIRST_BYTE).count();
    // In a wrongly paired code block, text to be printed looks like prose.
    if count < MIN_BULLETS || !role.fence_faults().is_empty() {
        return None;
    }
    let mark = |start: usize| {
        let rest = role.text.get(start..)?.trim_start_matches([' ', '\t']);
        let bullet = BULLETS.iter().find(|bullet| rest.starts_with(**bullet))?;
        let line = role.line_at(start);
        let rest = Span::new(role.text.len() - rest.len() + bullet.len(), line.end).of(role.text);
        let text = rest.trim_start_matches([' ', '\t']);
        let is_item = text.len() < rest.len() && !text.trim().is_empty();
        (is_item && role.outline.fence_at(start).is_none() && !role.outline.is_html(start))
            .then(|| Span::new(line.start, line.end - text.len()))
    };
    let lines =
        role.lines().iter().filter(|start| (role.body.start..role.body.end).contains(*start));
    let marks: Vec<Option<Span>> = lines.map(|start| mark(*start)).collect();
    let runs = marks.split(Option::is_none).filter(|run| run.len() >= MIN_BULLETS);
    let marks: Vec<Span> = runs.flatten().flatten().copied().collect();
    let (first, more) = marks.split_first()?;
    let written = first.of(role.text);
    let shown = written.trim();
    let is_even = marks.iter().all(|mark| mark.of(role.text) == written);
    // After a blank line, a list that begins with a tab becomes code.
    let is_code = marks.iter().any(|mark| role.outline.code_at(mark.end).is_some());
    let bullet = |mark: &Span| {
        let start = mark.start + mark.of(role.text).find(shown).unwrap_or(0);
        Span::new(start, start + shown.len())
    };
    let finding =
        Finding::new(bullet(first), format!("`{shown}` does not begin a list item in Markdown"))
            .and_more(more.len())
            .labels(more.iter().map(bullet), "also here")
            .severity(if is_code { Severity::Warning } else { Severity::Info })
            .reason("Markdown reads the lines as one paragraph, or as code if they are indented.");
    // Tabs would turn the items into code; other indentation may belong to the data around them.
    let is_indented = role.within.is_none() && (written.starts_with('\t') || is_code);
    let edit = |mark: &Span| {
        let start = if is_indented { mark.start } else { bullet(mark).start };
        (Span::new(start, mark.end), String::from("- "))
    };
    let edits = marks.iter().map(edit).collect();
    Some(match is_even {
        true => finding.safe_fix("Begin the items with `-`", edits),
        false => finding.help("Begin the items with `-`."),
    })
}

/// Bullets of word processors.
const BULLETS: [&str; 5] = ["•", "●", "▪", "◦", "‣"];

/// The first byte of each of them.
const FIRST_BYTE: u8 = 0xE2;

/// Fewer lines may be text.
const MIN_BULLETS: usize = 3;

#[cfg(test)]
mod tests {
    use crate::rules::tests::{findings, fixed};

    #[test]
    fn bullets_of_a_text_processor_begin_no_list_items() {
        let check = |text: &str| findings("damaged-list", "roles/a.md", text);
        assert_eq!(
            check("• One\n• Two\n• Three\n"),
            ["1:1-1:2 info `•` does not begin a list item in Markdown (3 places)"]
        );
        assert_eq!(fixed("roles/a.md", "• One\n• Two\n• Three\n"), "- One\n- Two\n- Three\n");
        assert_eq!(
            check("Rules:\n\n\t•\tOne\n\t•\tTwo\n\t•\tThree\n"),
            ["3:2-3:3 warning `•` does not begin a list item in Markdown (3 places)"]
        );
        let modes = "customModes:\n  - slug: a\n    name: A\n    roleDefinition: |\n      Rules:\n      • One\n      • Two\n      • Three\n    groups: [read]\n";
        assert_eq!(fixed(".roomodes", modes), modes.replace('•', "-"));
        for text in [
            "```\n• One\n• Two\n• Three\n```\n",
            "• One\n• Two\n",
            "```markdown\n# T\n\n```bash\nls\n```\n\n• One\n• Two\n• Three\n```\n",
            "- One • a\n- Two • b\n- Three • c\n",
            "✅ One\n✅ Two\n✅ Three\n",
        ] {
            assert_eq!(check(text), [""; 0], "{text}");
        }
    }
}
