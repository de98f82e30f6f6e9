//! Files that end in the middle of something.

use super::{Check, Context, Example, Finding, Profile, Rule};
use crate::diagnostic::Severity;
use crate::role::{Role, Syntax};
use crate::text::Span;

/// The rule.
pub(super) static RULE: Rule = Rule {
    name: "truncated-file",
    severity: Severity::Warning,
    profile: Profile::Core,
    summary: "The file ends in the middle of a sentence, or with a lead-in to nothing.",
    why: "A file that ends with a colon, a comma or an opening bracket usually lost its end when it was copied or generated. The model does not know what followed: it makes it up, or leaves the step out.",
    example: Example {
        path: "roles/writer.md",
        bad: "# Writer\n\nWrite the release notes.\n\nAnswer in this form:\n",
        at: "Answer in this form:",
        good: "# Writer\n\nWrite the release notes.\n\nAnswer in this form:\n\n- one line for each change\n",
        files: &[],
    },
    check: Check::Role(check),
};

fn check(cx: &mut Context<'_>) {
    let role = cx.role;
    // The prompt of a data file may be continued by the next field.
    if role.syntax != Syntax::Markdown || Syntax::of_path(role.path) != Syntax::Markdown {
        return;
    }
    let body = role.body.of(role.text).trim_end();
    let end = role.body.start + body.len();
    let Some(last) = end.checked_sub(1).filter(|last| *last >= role.body.start) else { return };
    let line = role.line_at(last);
    let span = Span::new(end - line.of(role.text).trim().len(), end);
    let is_text = role.outline.code_at(last).is_none() && !role.outline.is_html(last);
    let Some(message) = message(span.of(role.text)).filter(|_| is_text && !is_title(role, span))
    else {
        return;
    };
    cx.report(
        Finding::new(span, message)
            .reason("What should follow is missing, so the model has to guess.")
            .help("Add what is missing, or delete the line."),
    );
}

fn is_title(role: &Role<'_>, span: Span) -> bool {
    role.outline.headings.last().is_some_and(|heading| heading.span.end >= span.end)
}

fn message(line: &str) -> Option<&'static str> {
    const CUT: &str = "The file ends in the middle of a sentence";
    if line.starts_with('|') {
        return None;
    }
    if line.ends_with([':', '：']) {
        return Some("The file ends after a lead-in");
    }
    if matches!(line, "-" | "*" | "+") {
        return Some("The file ends with an empty list item");
    }
    let word = line.rsplit(' ').next().unwrap_or("");
    let goes_on = ["a", "an", "the", "and", "or", "of", "with", "for", "your"].contains(&word);
    (word != line && goes_on || line.ends_with([',', '(', '['])).then_some(CUT)
}

#[cfg(test)]
mod tests {
    use crate::rules::tests::findings;
    use alloc::string::String;
    use alloc::vec::Vec;

    fn check(text: &str) -> Vec<String> {
        findings("truncated-file", "roles/a.md", text)
    }

    #[test]
    fn an_end_that_promises_more_is_found() {
        for (end, message) in [
            ("Follow these rules:", "1-3:20 warning The file ends after a lead-in"),
            ("- Read the log, ", "1-3:16 warning The file ends in the middle of a sentence"),
            ("Read the log of the", "1-3:20 warning The file ends in the middle of a sentence"),
            ("-\r\n\r\n", "1-3:2 warning The file ends with an empty list item"),
        ] {
            let text = alloc::format!("# A\n\n{end}");
            assert_eq!(check(&text), [alloc::format!("3:{message}")], "{end}");
        }
    }

    #[test]
    fn whole_sentences_code_and_titles_are_left_alone() {
        for end in [
            "Be short.",
            "Keep them as is",
            "## Notes:",
            "```\nif x:\n```",
            "Call `f(`",
            "| a | b, |\n| a, |",
            "{{include:a.md}}",
            "<!-- end: -->",
            "See https://example.com/",
        ] {
            assert_eq!(check(&alloc::format!("# A\n\n{end}\n")), [""; 0], "{end}");
        }
        assert_eq!(check(""), [""; 0]);
    }
}
