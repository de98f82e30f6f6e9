//! Fence marks that share their line with other text.

use super::{Check, Context, Example, Finding, Profile, Rule};
use crate::diagnostic::Severity;
use crate::fences::Fault;
use crate::role::Role;
use crate::text::Span;
use alloc::vec;

/// The rule.
pub(super) static RULE: Rule = Rule {
    name: "glued-fence",
    severity: Severity::Warning,
    profile: Profile::Core,
    summary: "Fence marks share their line with other text, so that they open or close nothing.",
    why: "A fence opens at the beginning of a line and closes with a line of marks alone. With a heading or a list item stuck to its closing marks a fence runs on over the text that follows, and marks behind a label open nothing; either way text and code change places.",
    example: Example {
        path: "roles/writer.md",
        bad: "# Writer\n\n```bash\nmake\n```## Then\n\nRead the log.\n\n```bash\nmake check\n```\n",
        at: "```## Then",
        good: "# Writer\n\n```bash\nmake\n```\n## Then\n\nRead the log.\n\n```bash\nmake check\n```\n",
        files: &[],
    },
    check: Check::Role(check),
};

fn check(cx: &mut Context<'_>) {
    let role = cx.role;
    for fault in role.fence_faults() {
        match fault {
            Fault::GluedCloser { marks, opener } => cx.report(closer(role, *marks, *opener)),
            Fault::GluedOpener(marks) => cx.report(
                Finding::new(*marks, "A fence cannot open in the middle of a line")
                    .reason("These marks are read as text, and the closing line below opens a fence instead.")
                    .help("Put the marks on a line of their own."),
            ),
            _ => {}
        }
    }
}

fn closer(role: &Role<'_>, marks: Span, opener: Span) -> Finding {
    let line = role.line_at(marks.start);
    let indent = role.text.get(line.start..marks.start).unwrap_or("");
    let stuck = Span::new(marks.end, line.end);
    let first_word = stuck.of(role.text).split(char::is_whitespace).next().unwrap_or("");
    // In a list the text behind the marks begins an item of its own, in front of which the indent of
    // the code would make it one of a list inside.
    let listed = first_word.chars().all(|c| matches!(c, '*' | '-'));
    let indent = if listed { "" } else { indent };
    let separator = [role.line_end(), indent].concat();
    Finding::new(Span::new(marks.start, line.end), "Text is stuck to the closing marks of a fence")
        .label(opener, "this fence is not closed")
        .reason("The fence runs on: what follows is read as code, and the next code block as text.")
        .help("Begin a new line behind the marks.")
        .unsafe_fix("Put the text on a line of its own", vec![(Span::at(stuck.start), separator)])
}

#[cfg(test)]
mod tests {
    use crate::rules::tests::findings;
    use alloc::string::String;
    use alloc::vec::Vec;

    fn check(text: &str) -> Vec<String> {
        findings("glued-fence", "roles/a.md", text)
    }

    #[test]
    fn a_list_item_behind_closing_marks_is_found() {
        let text = "- a\r\n  ```kt\r\n  x\r\n  ```*   **B** is `c`.\r\n\r\n- d\r\n  ```kt\r\n  y\r\n  ```\r\n";
        assert_eq!(check(text), ["4:3-4:23 warning Text is stuck to the closing marks of a fence"]);
    }

    #[test]
    fn marks_behind_a_label_are_found() {
        let text = "**Query:**```sql\nselect 1\n```\n\nText.\n";
        assert_eq!(check(text), ["1:11-1:17 warning A fence cannot open in the middle of a line"]);
    }

    #[test]
    fn code_spans_and_languages_are_left_alone() {
        for text in [
            "Open it with ```sql and close it.\n",
            "Use ```code``` and then\n\n```c++ title=\"x\"\n1\n```\n",
            "```\nlabel:```sql\n```\n",
            "``` {.js}\nx\n```\n",
        ] {
            assert_eq!(check(text), [""; 0], "{text}");
        }
    }
}
