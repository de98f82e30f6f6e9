//! Reports headings with a word before the `#`, such as the label of a copy button.

use super::{Check, Context, Example, Finding, Profile, Rule};
use crate::diagnostic::Severity;
use crate::role::Role;
use crate::text::Span;
use alloc::format;
use alloc::string::String;
use alloc::vec::Vec;
use memchr::memmem;

/// The rule.
pub(super) static RULE: Rule = Rule {
    name: "glued-heading",
    severity: Severity::Warning,
    profile: Profile::Core,
    summary: "A word is joined to the `#` of a heading, so the line is not a heading.",
    why: "Text copied from a web page may begin with the label of the copy button, as in `Copy## Rules`. Markdown reads such a line as text: the section has no heading, and its rules belong to the section above.",
    example: Example {
        path: "roles/writer.md",
        bad: "# Writer\n\nWrite the notes.\n\nCopy## Rules\n\nBe brief.\n",
        at: "Copy## Rules",
        good: "# Writer\n\nWrite the notes.\n\n## Rules\n\nBe brief.\n",
        files: &[],
    },
    check: Check::Role(check),
};

fn check(cx: &mut Context<'_>) {
    let role = cx.role;
    let body = role.body.of(role.text).as_bytes();
    let marks = memmem::find_iter(body, "## ").map(|at| role.body.start + at);
    let words: Vec<Span> = marks.filter_map(|at| glued_word(role, at)).collect();
    let Some((first, rest)) = words.split_first() else { return };
    let lines = rest.iter().map(|word| role.line_at(word.start));
    let word = first.of(role.text);
    let finding =
        Finding::new(role.line_at(first.start), format!("`{word}` is joined to a heading"))
            .and_more(rest.len())
            .labels(lines, "also here")
            .reason("Markdown reads the line as text, so the section has no heading.");
    let edits = words.iter().map(|word| (*word, String::new())).collect();
    let title = match rest.iter().all(|other| other.of(role.text) == word) {
        true => format!("Remove `{word}`"),
        false => String::from("Remove the words"),
    };
    cx.report(finding.unsafe_fix(title, edits));
}

/// The word at the start of a line, directly before the hashes that end in `## ` at `at`.
fn glued_word(role: &Role<'_>, at: usize) -> Option<Span> {
    // Most matches are headings, or the second `#` of a deeper heading.
    if at == role.body.start || role.text.as_bytes().get(at - 1) == Some(&b'\n') {
        return None;
    }
    let before = role.text.get(role.body.start..at)?;
    let marks = before.bytes().rev().take_while(|byte| *byte == b'#').take(5).count();
    let before = before.get(..before.len() - marks)?;
    let letters = before.bytes().rev().take_while(u8::is_ascii_alphabetic).count();
    let start = at - marks - letters;
    let opens = start == role.body.start || role.text.as_bytes().get(start - 1) == Some(&b'\n');
    let title = role.text.get(at + 3..)?;
    let is_heading = opens && marks <= 4 && letters >= 2;
    let is_text = || role.outline.code_at(start).is_none() && !role.outline.is_html(start);
    (is_heading && title.starts_with(char::is_uppercase) && is_text())
        .then(|| Span::new(start, start + letters))
}

#[cfg(test)]
mod tests {
    use crate::rules::tests::{findings, fixed, fixed_unsafely};
    use alloc::string::String;
    use alloc::vec::Vec;

    fn check(text: &str) -> Vec<String> {
        findings("glued-heading", "roles/a.md", text)
    }

    #[test]
    fn labels_before_headings_are_removed_on_demand() {
        let text = "markdown## Rules\r\n\r\nBe brief.\r\n\r\nCopy#### Form\r\n\r\nOne line.\r\n";
        assert_eq!(check(text), ["1:1-1:17 warning `markdown` is joined to a heading (2 places)"]);
        assert_eq!(fixed("roles/a.md", text), text);
        assert_eq!(
            fixed_unsafely("roles/a.md", text),
            "## Rules\r\n\r\nBe brief.\r\n\r\n#### Form\r\n\r\nOne line.\r\n"
        );
    }

    #[test]
    fn other_marks_and_code_are_left_alone() {
        for text in [
            "## Rules\n",
            "### Rules\n",
            "Use C# Code.\n",
            "Write Copy## Rules.\n",
            "Copy## rules\n",
            "Copy####### Rules\n",
            "```\nCopy## Rules\n```\n",
            "- Copy## Rules\n",
        ] {
            assert_eq!(check(text), [""; 0], "{text}");
        }
    }
}
