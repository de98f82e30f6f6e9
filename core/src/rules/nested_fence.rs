//! A code block inside a code block whose fence is not longer.

use super::wording::line_number;
use super::{Check, Context, Example, Finding, Profile, Rule};
use crate::diagnostic::Severity;
use crate::fences::{Fault, Nested};
use crate::role::Role;
use crate::text::Span;
use alloc::format;
use alloc::string::String;
use alloc::vec;

/// The rule.
pub(super) static RULE: Rule = Rule {
    name: "nested-fence",
    severity: Severity::Warning,
    profile: Profile::Core,
    summary: "A code block opens inside a code block with the same number of backticks.",
    why: "In Markdown, fences of the same length do not nest: the first closing fence ends the outer code block. If a template contains a code block, the rest of the template becomes instructions, the text after it becomes code, and text and code stay swapped until the next mistake. An outer fence with one more backtick keeps everything together.",
    example: Example {
        path: "roles/writer.md",
        bad: "# Writer\n\nAnswer in this form:\n\n```markdown\nRun this:\n```bash\nmake\n```\nThen read the log.\n```\n\nBe short.\n",
        at: "```bash",
        good: "# Writer\n\nAnswer in this form:\n\n````markdown\nRun this:\n```bash\nmake\n```\nThen read the log.\n````\n\nBe short.\n",
        files: &[],
    },
    check: Check::Role(check),
};

fn check(cx: &mut Context<'_>) {
    let role = cx.role;
    for fault in role.fence_faults() {
        // Another rule reports a fence without an opening fence.
        if let Fault::Nested(nested) = fault
            && !nested.stray
        {
            cx.report(finding(role, nested));
        }
    }
}

fn finding(role: &Role<'_>, nested: &Nested) -> Finding {
    let text = role.text;
    let between = Span::new(nested.outer.end, nested.inner.start).of(text);
    let are_bare =
        nested.outer.of(text) == nested.inner.of(text) && nested.outer == nested.outer_marks;
    if are_bare && between.trim().is_empty() && nested.ends == Some(nested.inner) {
        return Finding::new(nested.inner, "This code block contains no lines")
            .label(nested.outer, "code block opens here")
            .reason("The second fence closes the code block, and the text after it is not code.")
            .help("Delete one of the two fences.");
    }
    let of_line = match line_number(role, nested.outer.start) {
        Some(line) => format!("the code block on line {line}"),
        None => String::from("a code block"),
    };
    let message = format!("This fence is nested in {of_line}, whose fence must be longer");
    let mut finding =
        Finding::new(nested.inner, message).label(nested.outer, "outer code block opens here");
    // If the inner fence itself ends the outer block, the finding already shows the place.
    if let Some(ends) = nested.ends.filter(|ends| *ends != nested.inner) {
        finding = finding.label(ends, "Markdown ends the outer code block here");
    }
    let Some(meant) = nested.meant else {
        return finding
            .reason("Text and code are swapped from here on.")
            .help("Close the outer code block before this line, or use a longer fence for it.");
    };
    let mark = nested.outer_marks.of(text).chars().next().unwrap_or('`');
    let more = nested.longest + 1 - nested.outer_marks.len().min(nested.longest);
    let marks: String = core::iter::repeat_n(mark, more).collect();
    let at = |marks: Span| Span::at(marks.start);
    finding
        .label(meant, "intended end of the outer code block")
        .reason("The inner closing fence ends both blocks: the rest of the template is read as instructions, and the text after it as code.")
        .safe_fix(
            "Lengthen the outer fence",
            vec![(at(nested.outer_marks), marks.clone()), (at(meant), marks)],
        )
}

#[cfg(test)]
mod tests {
    use crate::rules::tests::{findings, fixed};
    use alloc::string::String;
    use alloc::vec::Vec;

    fn check(text: &str) -> Vec<String> {
        findings("nested-fence", "roles/a.md", text)
    }

    #[test]
    fn one_outer_fence_gives_one_finding_however_many_it_holds() {
        let text = "```md\r\n```sh\r\nls\r\n```\r\n\r\n```js\r\n1\r\n```\r\n```\r\n\r\nText.\r\n";
        assert_eq!(
            check(text),
            [
                "2:1-2:6 warning This fence is nested in the code block on line 1, whose fence must be longer"
            ]
        );
        assert_eq!(
            fixed("roles/a.md", text),
            "````md\r\n```sh\r\nls\r\n```\r\n\r\n```js\r\n1\r\n```\r\n````\r\n\r\nText.\r\n"
        );
    }

    #[test]
    fn templates_with_bare_fences_and_several_templates_are_corrected() {
        let text = "```markdown\n## A\n```\ntree\n```\n\nEnd.\n```\n\nText.\n\n```md\n~~~\nx\n~~~\n```js\n1\n```\n```\n";
        assert_eq!(check(text).len(), 2);
        assert_eq!(
            fixed("roles/a.md", text),
            "````markdown\n## A\n```\ntree\n```\n\nEnd.\n````\n\nText.\n\n````md\n~~~\nx\n~~~\n```js\n1\n```\n````\n"
        );
    }

    #[test]
    fn an_outer_fence_of_code_is_left_to_the_author() {
        let text = "```bash\nls\n\nText.\n\n```python\nx\n```\n\nMore.\n\n```\nend\n```\n";
        assert_eq!(
            check(text),
            [
                "6:1-6:10 warning This fence is nested in the code block on line 1, whose fence must be longer"
            ]
        );
        assert_eq!(fixed("roles/a.md", text), text);
    }

    #[test]
    fn two_bare_fences_on_adjacent_lines_contain_nothing() {
        assert_eq!(
            check("Form:\n\n```\n```\nName: x\n```\n```\n\nBe kind.\n"),
            ["4:1-4:4 warning This code block contains no lines"]
        );
    }

    #[test]
    fn longer_outer_fences_and_other_marks_are_sound() {
        assert_eq!(check("````md\n```sh\nls\n```\n````\n\n~~~md\n```sh\nls\n```\n~~~\n"), [""; 0]);
    }
}
