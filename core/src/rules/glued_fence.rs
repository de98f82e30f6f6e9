//! Code fences that share their line with other text.

use super::{Check, Context, Example, Finding, Profile, Rule};
use crate::diagnostic::Severity;
use crate::fences::Fault;
use crate::role::Role;
use crate::text::Span;
use alloc::string::String;
use alloc::vec::Vec;

/// The rule.
pub(super) static RULE: Rule = Rule {
    name: "glued-fence",
    severity: Severity::Warning,
    profile: Profile::Core,
    summary: "A code fence shares its line with other text, so it does not open or close a code block.",
    why: "An opening fence must start its line, and a closing fence must be alone on its line. With a heading or list item on the line of the closing fence, the code block continues over the text that follows. A fence after a label on the same line opens nothing. Either way, text and code are swapped.",
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
    let places: Vec<Place> =
        role.fence_faults().iter().filter_map(|fault| Place::of(role, fault)).collect();
    let Some((first, more)) = places.split_first() else { return };
    let (which, reason) = match first.opener {
        Some(_) => (
            "Closing code fence must be on its own line",
            "The code block runs on: the text after it is read as code, and the next code block as text.",
        ),
        None => (
            "Opening code fence must be at the start of a line",
            "It is read as text, and the closing fence below opens a code block instead.",
        ),
    };
    let mut finding = Finding::new(first.shown, which).reason(reason);
    if let Some(opener) = first.opener {
        finding = finding.label(opener, "this code block is not closed");
    }
    let edits = places.iter().map(|place| (Span::at(place.at), place.line_break.clone())).collect();
    let title = match more.len() {
        0 => "Insert a line break",
        _ => "Insert a line break in each place",
    };
    finding = finding.labels(more.iter().map(|place| place.shown), "also here");
    cx.report(finding.and_more(more.len()).unsafe_fix(title, edits));
}

/// A fence that shares its line with text.
struct Place {
    shown: Span,
    /// The opening fence that this closing fence was meant for.
    opener: Option<Span>,
    /// The place of the missing line break.
    at: usize,
    line_break: String,
}

impl Place {
    fn of(role: &Role<'_>, fault: &Fault) -> Option<Place> {
        let (shown, opener, at, indent) = match *fault {
            Fault::GluedCloser { marks, opener } => {
                let line = role.line_at(marks.start);
                let stuck = Span::new(marks.end, line.end).of(role.text);
                let first_word = stuck.split(char::is_whitespace).next().unwrap_or("");
                // In a list, the text after the fence begins a separate item; with the indentation
                // of the code, it would become a nested item.
                let listed = first_word.chars().all(|c| matches!(c, '*' | '-'));
                let indent = Span::new(line.start, if listed { line.start } else { marks.start });
                (Span::new(marks.start, line.end), Some(opener), marks.end, indent)
            }
            Fault::GluedOpener(marks) => {
                let line = role.line_at(marks.start);
                let text = line.of(role.text);
                let blanks = text.len() - text.trim_start_matches([' ', '\t', '>']).len();
                (marks, None, marks.start, Span::new(line.start, line.start + blanks))
            }
            _ => return None,
        };
        let line_break = [role.line_end(), indent.of(role.text)].concat();
        Some(Place { shown, opener, at, line_break })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rules::tests::findings;

    fn check(text: &str) -> Vec<String> {
        findings("glued-fence", "roles/a.md", text)
    }

    #[test]
    fn a_list_item_after_a_closing_fence_is_found() {
        let text = "- a\r\n  ```kt\r\n  x\r\n  ```*   **B** is `c`.\r\n\r\n- d\r\n  ```kt\r\n  y\r\n  ```\r\n";
        assert_eq!(check(text), ["4:3-4:23 warning Closing code fence must be on its own line"]);
    }

    #[test]
    fn a_fence_after_a_label_is_found() {
        let text = "**Query:**```sql\nselect 1\n```\n\nText.\n";
        assert_eq!(
            check(text),
            ["1:11-1:17 warning Opening code fence must be at the start of a line"]
        );
    }

    #[test]
    fn all_places_are_one_finding() {
        let text =
            "**A:**```sql\n1\n```\n\n**B:**```sql\n2\n```\n\n```sh\n3\n```## C\n\n```md\n4\n```\n";
        assert_eq!(
            check(text),
            ["1:7-1:13 warning Opening code fence must be at the start of a line (3 places)"]
        );
        assert_eq!(findings("nested-fence", "roles/a.md", text), [""; 0]);
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
