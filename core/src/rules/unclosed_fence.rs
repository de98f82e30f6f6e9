//! Code blocks that are never closed.

use super::wording::line_number;
use super::{Check, Context, Example, Finding, Profile, Rule, truncated_file};
use crate::diagnostic::Severity;
use crate::fences::Fault;
use crate::markdown::Fence;
use crate::role::Role;
use crate::template::ProblemKind;
use crate::text::Span;
use crate::tools;
use alloc::format;
use alloc::string::String;
use alloc::vec;

mod half_open;
mod templates;

/// The rule.
pub(super) static RULE: Rule = Rule {
    name: "unclosed-fence",
    severity: Severity::Warning,
    profile: Profile::Core,
    summary: "A code block is never closed, or a closing fence closes nothing.",
    why: "An unclosed code block turns the rest of the file into code. If sections follow, their instructions are read as part of an example; if nothing follows, the file merely lacks its last line, or was cut off. A closing fence without an opening one does the same, as it opens a code block instead.",
    example: Example {
        path: "roles/writer.md",
        bad: "# Writer\n\nAnswer in this form:\n\n```text\nDone: NAME\n\n## Boundaries\n\nNever change a file.\n",
        at: "```text",
        good: "# Writer\n\nAnswer in this form:\n\n```text\nDone: NAME\n```\n\n## Boundaries\n\nNever change a file.\n",
        files: &[],
    },
    check: Check::Role(check),
};

fn check(cx: &mut Context<'_>) {
    cx.report_problems(|_, _, problem| {
        let ProblemKind::OpenCodeBlock { closed } = problem.kind else { return None };
        Some(of_included(problem.at.span, closed))
    });
    own(cx);
    let half_open = half_open::find(cx.role);
    let swallowing = if half_open.is_empty() { swallowing(cx.role) } else { None };
    half_open.into_iter().chain(swallowing).for_each(|finding| cx.report(finding));
}

/// A fence without a language, followed by an empty line and a section: it was meant to close code,
/// or is superfluous.
fn swallowing(role: &Role<'_>) -> Option<Finding> {
    let is_bare = |fence: &&Fence| fence.info.is_empty() && fence.closed && !fence.nested;
    let fences = role.outline.fences.iter().filter(is_bare);
    let fences =
        fences.filter(|fence| opens_empty(role.text, fence) && !is_introduced(role, fence));
    let (fence, heading) = fences.filter_map(|it| Some((it, heading(role.text, it)?))).next()?;
    if !role.fence_faults().is_empty() || is_shifted(role, fence.span.start) {
        return None;
    }
    let opener = Span::new(fence.span.start, fence.span.start + fence.length);
    let title = heading.of(role.text).trim_start_matches(['#', ' ']);
    let message = format!("This code block swallows the heading `{}`", tools::shown(title));
    let finding = Finding::new(opener, message)
        .label(heading, "read as code")
        .reason("The text after the fence is read as code, including its headings.");
    Some(match templates::ends_early(role, fence.span.start) {
        Some(template) => template.help(finding, "Delete the fence"),
        None => finding.help("Delete the fence, or close the code before the heading."),
    })
}

/// Whether the first line in a code block is empty.
fn opens_empty(text: &str, fence: &Fence) -> bool {
    fence.content.of(text).split('\n').next().is_some_and(|line| line.trim().is_empty())
}

/// Whether the text before a code block introduces it: "Write this:".
fn is_introduced(role: &Role<'_>, fence: &Fence) -> bool {
    let before = Span::new(role.body.start, fence.span.start).of(role.text);
    before.trim_end().ends_with(':')
}

/// Whether a fence before `end` is right below a tag on its own line, such as `<step>`: Markdown reads that
/// fence as HTML, and the closing fence as an opening one.
fn is_shifted(role: &Role<'_>, end: usize) -> bool {
    let lines = role.lines().iter().map(|start| role.line_at(*start).of(role.text).trim());
    let mut lines = role.lines().iter().zip(lines).take_while(|(start, _)| **start < end);
    let mut is_below_tag = false;
    lines.any(|(_, line)| {
        let is_it = is_below_tag && line.starts_with("```") && line.len() > 3;
        is_below_tag = line.starts_with('<') && line.ends_with('>') && !line.starts_with("<!--");
        is_it
    })
}

/// A code block that is still open at the end of an include.
fn of_included(opener: Span, closed: bool) -> Finding {
    Finding::new(opener, "Code block in an included file is never closed")
        .reason(match closed {
            true => "It is closed where the included text ends; in the file itself, everything after this line is code.",
            false => "Everything after the include becomes part of the code block.",
        })
        .help("Close it where the code ends.")
}

fn own(cx: &mut Context<'_>) {
    let role = cx.role;
    let faults = role.fence_faults();
    for fault in faults {
        match fault {
            Fault::Outdented { fence, closer } => {
                if let Some(fence) = role.outline.fences.get(*fence) {
                    cx.report(outdented(role, fence, *closer));
                }
            }
            // Consequences of an earlier fault are not reported again. A file that was cut off
            // lacks more than a fence.
            Fault::Unclosed { fence, stray }
                if faults.len() == 1 && truncated_file::cut_code(role).is_none() =>
            {
                if let Some(fence) = role.outline.fences.get(*fence) {
                    cx.report(unclosed(role, fence, *stray));
                }
            }
            Fault::Nested(nested) if nested.stray => {
                let finding = stray(role, nested.outer).reason(swapped(role, nested.ends));
                cx.report(finding.label(nested.inner, "read as part of that code block"));
            }
            _ => {}
        }
    }
}

/// The effect of a closing fence that opens a code block, which the fence at `ends` closes.
fn swapped(role: &Role<'_>, ends: Option<Span>) -> String {
    match ends {
        Some(ends) => {
            let up_to = match line_number(role, ends.start) {
                Some(line) => format!("line {line}"),
                None => String::from("the next fence"),
            };
            format!("It opens a code block instead: everything up to {up_to} is read as code.")
        }
        None => "It opens a code block instead, so the rest of the file is read as code.".into(),
    }
}

/// A closing fence without an open code block.
fn stray(role: &Role<'_>, fence: Span) -> Finding {
    let finding = Finding::new(fence, "Closing fence without a code block to close");
    match templates::ends_early(role, fence.start) {
        Some(template) => template.help(finding, "Delete this fence"),
        None => finding.help("Delete this fence, or add the opening fence it belongs to."),
    }
}

fn unclosed(role: &Role<'_>, fence: &Fence, is_stray: bool) -> Finding {
    let opener = role.line_at(fence.span.start);
    let shown = Span::new(fence.span.start, opener.end);
    let heading = heading(role.text, fence);
    if is_stray {
        let finding = stray(role, shown);
        return match heading {
            Some(heading) => finding
                .label(heading, "read as code")
                .reason("It opens a code block instead, so the rest of the file is read as code."),
            None => {
                let finding = finding.severity(Severity::Info);
                let finding = finding.reason("It opens a code block instead.");
                if !fence.content.of(role.text).trim().is_empty() {
                    return finding;
                }
                let line = Span::new(opener.start, role.text.len());
                finding.unsafe_fix("Delete the fence", vec![(line, String::new())])
            }
        };
    }
    let finding = Finding::new(shown, "Code block is never closed");
    if let Some(heading) = heading {
        return finding
            .label(heading, "read as code")
            .reason("The rest of the file is read as code, including its headings.")
            .help("Add a closing fence where the code ends.");
    }
    let finding = finding
        .severity(Severity::Info)
        .reason("The end of the file closes it; the last line may be missing.")
        .help("Close it, and check whether the file was cut off.");
    let indent = role.text.get(opener.start..fence.span.start).unwrap_or("");
    // The first line of a list item begins with its marker, which must not be repeated.
    if !indent.chars().all(|c| matches!(c, ' ' | '\t' | '>')) {
        return finding;
    }
    let marks: String = core::iter::repeat_n(char::from(fence.mark), fence.length).collect();
    let line_end = if role.text.ends_with('\n') { "" } else { role.line_end() };
    let closing = format!("{line_end}{indent}{marks}{}", role.line_end());
    let edits = vec![(Span::at(role.text.len()), closing)];
    // A closing fence at the end would permanently enclose truncated text, or text that follows
    // without a heading.
    finding.unsafe_fix("Add a closing fence at the end of the file", edits)
}

fn outdented(role: &Role<'_>, fence: &Fence, closer: Span) -> Finding {
    let opener = role.line_at(fence.span.start);
    let finding = Finding::new(closer, "Closing fence is outside the list item of its code block")
        .label(Span::new(fence.span.start, opener.end), "this code block ends with its list item")
        .help("Indent the code and the closing fence like the opening fence.");
    let nothing_follows = role.text.get(closer.end..).is_none_or(|rest| rest.trim().is_empty());
    let finding = if nothing_follows {
        finding.severity(Severity::Info).reason("It opens a new, empty code block instead.")
    } else {
        finding.reason("It opens a new code block instead, so the text after it is read as code.")
    };
    let between = role.text.get(fence.span.end..closer.start).unwrap_or("");
    if !between.trim().is_empty() {
        return finding;
    }
    let before = role.text.get(role.line_at(closer.start).start..closer.start).unwrap_or("");
    let missing: String =
        core::iter::repeat_n(' ', fence.column.saturating_sub(before.len())).collect();
    let edits = vec![(Span::at(closer.start), missing)];
    // If more fences follow, indenting this fence would change the pairing of all of them.
    let rest = role.text.get(closer.end..).unwrap_or("");
    match !rest.contains("```") && !rest.contains("~~~") {
        true => finding.safe_fix("Indent the closing fence", edits),
        false => finding.unsafe_fix("Indent the closing fence", edits),
    }
}

/// The first heading inside the unclosed block. In code, a single hash begins a comment.
fn heading(text: &str, fence: &Fence) -> Option<Span> {
    let mut start = fence.content.start;
    for line in fence.content.of(text).split_inclusive('\n') {
        let inner = line.trim();
        let hashes = inner.len() - inner.trim_start_matches('#').len();
        if (2..=6).contains(&hashes) && inner.get(hashes..).is_some_and(|t| t.starts_with(' ')) {
            let at = start + (line.len() - line.trim_start().len());
            return Some(Span::new(at, at + inner.len()));
        }
        start += line.len();
    }
    None
}

#[cfg(test)]
mod tests {
    use crate::rules::tests::{findings, fixed, fixed_unsafely};
    use alloc::format;
    use alloc::string::String;
    use alloc::vec::Vec;

    fn check(text: &str) -> Vec<String> {
        findings("unclosed-fence", "roles/a.md", text)
    }

    #[test]
    fn a_code_block_inside_of_a_long_fence_is_closed_too() {
        assert_eq!(
            check("````\n\n## Usage\n\n```yaml\na: 1\n````\n"),
            ["1:1-1:5 warning This fence opens a code block instead of closing one"]
        );
        assert_eq!(
            check("````markdown\n# T\n```ts\nx\n````\n\nText.\n"),
            ["3:1-3:6 warning Inner code block is never closed"]
        );
        for text in [
            "````markdown\n```js\nx\n```\n````\n",
            "````\nplain text\n## Title\n````\n",
            "````md\n```\nx\n````\n",
            "~~~~md\n```js\nx\n~~~~\n",
        ] {
            assert_eq!(check(text), [""; 0], "{text}");
        }
    }

    #[test]
    fn a_long_fence_that_opens_by_mistake_swallows_bold_lines_too() {
        let wrong = "````\n\n**Next**:\n```js\nlet a;\n\n```ts\nlet b;\n````\n\nText.\n";
        assert_eq!(
            check(wrong),
            ["1:1-1:5 warning This fence opens a code block instead of closing one"]
        );
        for text in [
            "````\n\n**Next**:\n```js\nlet a;\n```\n````\n",
            "Write:\n\n````\n\n**Next**:\n```js\nlet a;\n\n```ts\nlet b;\n````\n",
            "````\n\nplain text\n````\n",
        ] {
            assert_eq!(check(text), [""; 0], "{text}");
        }
    }

    #[test]
    fn the_template_that_ended_early_is_named() {
        let help = |text: &str| {
            let report = crate::check(&crate::Input::new(text), &crate::Options::default());
            let found = report.diagnostics.into_iter().find(|d| d.rule == "unclosed-fence")?;
            Some((found.help?.into_owned(), found.labels.len()))
        };
        let template = "# A\n\n```md\n## Found\n\n- x\n```\n\n";
        let stray = help(&format!("{template}## Advice\n\nyes or no\n```\n\n## Rules\n\nNever.\n"));
        assert_eq!(
            stray,
            Some((
                "Delete this fence, or, if the template that opens on line 3 is meant to end here, use a longer fence at both places.".into(),
                2
            ))
        );
        let swallowing = help(&format!(
            "{template}## Advice\n\nyes or no\n\n```\n\n## Rules\n\nNever.\n\n```\n"
        ));
        assert!(swallowing.is_some_and(|(help, labels)| help.contains("line 3") && labels == 2));
        let other = help(&format!("{template}yes or no\n```\n\n## Rules\n\nNever.\n"));
        assert!(other.is_some_and(|(help, _)| help.contains("add the opening fence")));
    }

    #[test]
    fn a_bare_fence_before_a_section_opens_by_mistake() {
        assert_eq!(
            check("[note]\n\n```\n\n### Next\n\nDo it.\n```\n"),
            ["3:1-3:4 warning This code block swallows the heading `Next`"]
        );
        for text in [
            "```\n## Summary\n\ntext\n```\n",
            "Write this:\n\n```\n\n## Summary\n\n- a\n```\n",
            "<step>\n```bash\nls\n```\n\nThen:\n\n### Next\n\nDo it.\n\n```\nls\n```\n",
            "```markdown\n\n## T\n```\n",
            "```\n\n# install\n$ run\n```\n",
            "```\n\n$ run\n```\n",
        ] {
            assert_eq!(check(text), [""; 0], "{text}");
        }
    }

    #[test]
    fn swallowed_headings_make_it_a_warning_without_a_fix() {
        let text = "# A\r\n\r\n```js\r\nlet a;\r\n\r\n## Rules\r\n\r\nNever.\r\n";
        assert_eq!(check(text), ["3:1-3:6 warning Code block is never closed"]);
        assert_eq!(fixed("roles/a.md", text), text);
    }

    #[test]
    fn a_fence_that_only_lacks_its_last_line_is_closed() {
        assert_eq!(check("a\n\n```sh\n# list\nls"), ["3:1-3:6 info Code block is never closed"]);
        for (text, expected) in [
            ("a\n\n```sh\n# list\nls", "a\n\n```sh\n# list\nls\n```\n"),
            ("a:\r\n\r\n~~~~\r\n", "a:\r\n\r\n~~~~\r\n~~~~\r\n"),
            ("> ```\n> x\n", "> ```\n> x\n> ```\n"),
            ("1. a\n\n   ```\n   x\n", "1. a\n\n   ```\n   x\n   ```\n"),
        ] {
            assert_eq!(fixed("roles/a.md", text), text);
            assert_eq!(fixed_unsafely("roles/a.md", text), expected);
        }
    }

    #[test]
    fn a_closing_fence_without_a_code_block_is_called_that() {
        for (text, expected) in [
            ("# A\n\n- x\n```\n\n## B\n\nText.\n", "4:1-4:4 warning"),
            ("# A\n\n- x\n```\n\n## B\n\n```sh\nls\n```\n", "4:1-4:4 warning"),
            ("# A\n\nText.\n```\n", "4:1-4:4 info"),
        ] {
            let message = "Closing fence without a code block to close";
            assert_eq!(check(text), [alloc::format!("{expected} {message}")]);
            assert_eq!(findings("nested-fence", "roles/a.md", text), [""; 0]);
        }
    }

    #[test]
    fn a_lone_fence_at_the_end_closes_nothing() {
        let message = "info Closing fence without a code block to close";
        for (text, place) in [
            ("# A\n\n```sh\nls\n```\n\nText.\n\n```\n", "9:1-9:4"),
            ("# A\n\n- x\n\n~~~~\n\n", "5:1-5:5"),
        ] {
            assert_eq!(check(text), [alloc::format!("{place} {message}")]);
        }
        let text = "# A\n\nText.\n\n```\n";
        assert_eq!(fixed_unsafely("roles/a.md", text), "# A\n\nText.\n\n");
        for text in ["# A\n\n**Form:**\n\n```\n", "# A\n\n## Form\n\n```\n", "Do:\n\n```\n"] {
            assert!(check(text)[0].ends_with("Code block is never closed"), "{text}");
        }
    }

    #[test]
    fn the_line_where_swapped_code_ends_is_named() {
        let reason = |text: &str| {
            let report = crate::check(&crate::Input::new(text), &crate::Options::default());
            report.diagnostics.into_iter().find(|d| d.rule == "unclosed-fence")?.reason
        };
        assert_eq!(
            reason("# A\n\n- x\n```\n\n## B\n\n```sh\nls\n```\n\nText.\n").as_deref(),
            Some("It opens a code block instead: everything up to line 10 is read as code.")
        );
        assert_eq!(
            reason("# A\n\n- x\n```\n\n## B\n\n```sh\nls\n").as_deref(),
            Some("It opens a code block instead, so the rest of the file is read as code.")
        );
    }

    #[test]
    fn closing_marks_outside_of_the_list_item_are_indented() {
        let text = "1. a\n   ```sh\n   ls\n```\n2. b\n";
        assert_eq!(
            check(text),
            ["4:1-4:4 warning Closing fence is outside the list item of its code block"]
        );
        assert_eq!(fixed("roles/a.md", text), "1. a\n   ```sh\n   ls\n   ```\n2. b\n");
        assert!(check("- a\n  ```\n  x\n```\n")[0].contains("info"));
        let outside = "- a\n  ```sh\n  ls\n\ncd\n  ```\n\nb\n";
        assert_eq!(check(outside).len(), 1);
        assert_eq!(fixed("roles/a.md", outside), outside);
    }

    #[test]
    fn what_follows_from_a_nested_fence_is_not_said_again() {
        assert_eq!(check("```md\n```sh\nls\n```\n\n## A\n```\n\n## B\n"), [""; 0]);
        assert_eq!(check("```sh\nls\n```\n"), [""; 0]);
    }
}
