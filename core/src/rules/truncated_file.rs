//! Files that end in the middle of something.

use super::{Check, Context, Example, Finding, Profile, Rule};
use crate::diagnostic::Severity;
use crate::fences::Fault;
use crate::markdown::Fence;
use crate::role::{Role, Syntax};
use crate::text::Span;
use alloc::format;
use alloc::string::String;
use alloc::vec::Vec;
use memchr::memmem;

mod import;

/// The rule.
pub(super) static RULE: Rule = Rule {
    name: "truncated-file",
    severity: Severity::Warning,
    profile: Profile::Core,
    summary: "The file ends in the middle of a sentence, or with a lead-in that nothing follows.",
    why: "A file that ends with a colon, a comma or an opening bracket, or in a code block with a string, a tag or a bracket still open, usually lost its end when it was copied or generated. The model does not know what followed: it makes it up, or leaves the step out. A file may also say itself that it is only the beginning of another one.",
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
    if let Some(finding) = cut_description(role) {
        cx.report(finding);
    }
    if !is_whole(role) {
        return;
    }
    if let Some(finding) = import::finding(role) {
        return cx.report(finding);
    }
    if let Some((fence, inside)) = cut_code(role) {
        let opener = Span::new(fence.span.start, role.line_at(fence.span.start).end);
        let end = role.text.trim_end().len();
        let last = role.line_at(end.saturating_sub(1));
        let start = end.min(last.start + last.len() - last.of(role.text).trim_start().len());
        let finding = Finding::new(Span::new(start, end), format!("The file ends inside {inside}"))
            .reason("What should follow is missing, so the model has to guess.")
            .help("Add what is missing, and close the code block.");
        return cx.report(finding.label(opener, "this code block is still open"));
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

/// A description that was cut off by a length limit: the text contains the same sentence with its
/// continuation.
fn cut_description(role: &Role<'_>) -> Option<Finding> {
    let field = role.field("description")?;
    let text = field.value.as_str()?.trim_end();
    let kept = text.strip_suffix("...").or_else(|| text.strip_suffix('…'))?.trim_end();
    let last = kept.rsplit(' ').next()?;
    let in_word = kept.ends_with(char::is_alphanumeric) && last.len() < kept.len();
    let start = kept.get(..kept.floor_char_boundary(MIN_SHARED))?;
    let body = role.body.of(role.text);
    let repeated =
        kept.len() > MIN_SHARED && memmem::find(body.as_bytes(), start.as_bytes()).is_some();
    let stops = kept.len() > MIN_CUT && goes_on(last);
    (in_word && (repeated || stops)).then(|| {
        Finding::new(field.value.span, "The description is cut off in the middle of a sentence")
            .reason("Hosts and people choose a role by its description.")
            .help("Write a whole sentence that says what the role does and when to use it.")
    })
}

/// Texts with this many common bytes share a sentence.
const MIN_SHARED: usize = 30;

/// Shorter descriptions may end in an ellipsis on purpose.
const MIN_CUT: usize = 80;

/// The prompt of a data file may continue in the next field.
fn is_whole(role: &Role<'_>) -> bool {
    role.syntax == Syntax::Markdown && Syntax::of_path(role.path) == Syntax::Markdown
}

/// The code block in which the file was cut off, and the innermost construct at the end: more is
/// missing than the closing fence.
pub(super) fn cut_code<'r>(role: &'r Role<'_>) -> Option<(&'r Fence, String)> {
    let fence = role.outline.fences.last().filter(|fence| !fence.closed && is_whole(role))?;
    let [Fault::Unclosed { stray: false, .. }] = role.fence_faults() else { return None };
    let content = fence.content.of(role.text);
    let is_heading = |line: &str| {
        let rest = line.trim_start_matches('#');
        (2..=6).contains(&(line.len() - rest.len())) && rest.starts_with(' ')
    };
    if content.trim().is_empty() || content.lines().any(is_heading) {
        return None;
    }
    let before = role.text.get(..fence.span.start).unwrap_or("");
    let inside = match open_tag(content, before) {
        Some(name) => format!("`<{name}>`"),
        None if memmem::find_iter(content.as_bytes(), "\"\"\"").count() % 2 == 1 => {
            String::from("a string")
        }
        None => format!("`{}`", open_bracket(content)?),
    };
    Some((fence, inside))
}

/// The most tags to examine, and the most bytes in one tag.
const MAX_TAGS: usize = 200;

/// The last tag that code leaves open and that is closed elsewhere.
fn open_tag<'t>(code: &'t str, elsewhere: &str) -> Option<&'t str> {
    let mut open: Vec<&str> = Vec::new();
    for at in memchr::memchr_iter(b'<', code.as_bytes()).take(MAX_TAGS) {
        let end = code.floor_char_boundary(code.len().min(at + MAX_TAGS));
        let rest = code.get(at + 1..end).unwrap_or("");
        let Some((tag, _)) = rest.split_once('>').filter(|(tag, _)| !tag.contains('\n')) else {
            continue;
        };
        let name = tag.strip_prefix('/').unwrap_or(tag).split([' ', '/']).next().unwrap_or("");
        let is_name = |c: char| c.is_ascii_alphanumeric() || matches!(c, '-' | '_');
        match tag.starts_with('/') {
            _ if name.is_empty() || !name.chars().all(is_name) => {}
            true => open.retain(|other| *other != name),
            false if !tag.ends_with('/') && !open.contains(&name) => open.push(name),
            false => {}
        }
    }
    open.into_iter().rev().find(|name| elsewhere.contains(&format!("</{name}>")))
}

/// The kind of bracket with more opening than closing occurrences.
fn open_bracket(code: &str) -> Option<char> {
    let count = |byte: u8| memchr::memchr_iter(byte, code.as_bytes()).count();
    [('{', b'}'), ('[', b']')]
        .into_iter()
        .find(|(opens, closes)| {
            let (opened, closed) = (count(*opens as u8), count(*closes));
            opened > closed
        })
        .map(|(opens, _)| opens)
}

fn is_title(role: &Role<'_>, span: Span) -> bool {
    role.outline.headings.last().is_some_and(|heading| heading.span.end >= span.end)
}

/// Whether a word never ends a sentence.
fn goes_on(word: &str) -> bool {
    ["a", "an", "the", "and", "or", "of", "with", "for", "your"].contains(&word)
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
    (word != line && goes_on(word) || line.ends_with([',', '(', '['])).then_some(CUT)
}

#[cfg(test)]
mod tests {
    use crate::rules::tests::findings;
    use alloc::format;
    use alloc::string::String;
    use alloc::vec::Vec;

    fn check(text: &str) -> Vec<String> {
        findings("truncated-file", "roles/a.md", text)
    }

    #[test]
    fn a_description_that_a_limit_cut_is_found() {
        let check = |description: &str, body: &str| {
            let text = format!("---\ndescription: {description}\n---\n\n{body}\n");
            findings("truncated-file", ".claude/commands/a.md", &text)
        };
        let body = "You are the tester who is responsible for all checks of the build.";
        let found = "warning The description is cut off in the middle of a sentence";
        assert_eq!(
            check("You are the tester who is responsible for...", body),
            [format!("2:14-2:58 {found}")]
        );
        assert_eq!(check("You are the tester who is responsible for al…", body).len(), 1);
        let long =
            "Checks the build of every part of the product after each change, and says what the...";
        assert_eq!(check(long, "Check it.").len(), 1);
        for description in [
            "Checks the build and...",
            "Use it when the user says \"help me with my notes and my letters and all the...\"",
            "You are the tester who is responsible for all checks of the build.",
        ] {
            assert_eq!(check(description, body), [""; 0], "{description}");
        }
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
    fn an_end_inside_of_code_is_more_than_a_missing_fence() {
        for (code, inside) in [
            ("```json\n{\n  \"a\": [1,\n", "5:3-5:11 warning The file ends inside `{`"),
            ("```py\ndef f():\n    \"\"\"Adds", "5:5-5:12 warning The file ends inside a string"),
            ("```xml\n<order>\n  x\n", "5:3-5:4 warning The file ends inside `<order>`"),
        ] {
            let text = alloc::format!("<order>y</order>\n\n{code}");
            assert_eq!(check(&text), [inside], "{code}");
            assert_eq!(findings("unclosed-fence", "roles/a.md", &text), [""; 0], "{code}");
        }
    }

    #[test]
    fn code_that_only_lacks_its_last_line_is_whole() {
        for code in [
            "```json\n{ \"a\": [1] }\n",
            "```xml\n<order>\n</order>\n",
            "```xml\n<letter>\n",
            "```js\nf({\n\n## Rules\n\nBe brief.\n",
            "```\n",
        ] {
            let text = alloc::format!("<order>y</order>\n\n{code}");
            assert_eq!(check(&text), [""; 0], "{code}");
            assert_eq!(findings("unclosed-fence", "roles/a.md", &text).len(), 1, "{code}");
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
