//! Code fences that share their line with other text.

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
    summary: "A code fence shares its line with other text, so it does not open or close a code block.",
    why: "An opening fence must start its line, and a closing fence must be alone on its line. With a heading or list item on the line of the closing fence, the code block runs on over the text that follows, and a fence after a label opens nothing; either way, text and code are swapped.",
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
                Finding::new(*marks, "Opening code fence must be at the start of a line")
                    .reason("It is read as text, and the closing fence below opens a code block instead.")
                    .help("Move it to its own line."),
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
    Finding::new(Span::new(marks.start, line.end), "Closing code fence must be on its own line")
        .label(opener, "this code block is not closed")
        .reason("The code block runs on: the text after it is read as code, and the next code block as text.")
        .unsafe_fix("Insert a line break after the closing fence", vec![(Span::at(stuck.start), separator)])
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
        assert_eq!(check(text), ["4:3-4:23 warning Closing code fence must be on its own line"]);
    }

    #[test]
    fn marks_behind_a_label_are_found() {
        let text = "**Query:**```sql\nselect 1\n```\n\nText.\n";
        assert_eq!(
            check(text),
            ["1:11-1:17 warning Opening code fence must be at the start of a line"]
        );
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
