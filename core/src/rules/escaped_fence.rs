//! Escaped fences: inside a code block, where backslashes are literal, or in place of a code block.

use super::{Check, Context, Example, Finding, Profile, Rule};
use crate::diagnostic::Severity;
use crate::markdown::Fence;
use crate::role::{Mark, Role};
use crate::text::Span;
use alloc::string::String;
use alloc::vec::Vec;

/// The rule.
pub(super) static RULE: Rule = Rule {
    name: "escaped-fence",
    severity: Severity::Warning,
    profile: Profile::Core,
    summary: "A code block contains escaped backticks, or its own fences are escaped.",
    why: "Backslashes are literal in a code block: the model sees `\\`\\`\\`bash` and copies it into its answers, where it does not start a code block. With a longer outer fence, the inner ones need no escapes. Outside code, escaped backticks do not open a code block. They are often left over from a string in a program; the code is then read as text, and a comment in a script becomes a heading.",
    example: Example {
        path: "roles/writer.md",
        bad: "# Writer\n\n```markdown\nRun this:\n\\`\\`\\`bash\nmake\n\\`\\`\\`\n```\n",
        at: "\\`\\`\\`",
        good: "# Writer\n\n````markdown\nRun this:\n```bash\nmake\n```\n````\n",
        files: &[],
    },
    check: Check::Role(check),
};

fn check(cx: &mut Context<'_>) {
    let role = cx.role;
    // Most texts have nothing that is escaped.
    if role.body_marks(Mark::Backslash).is_empty() {
        return;
    }
    if let Some(finding) = outside(role) {
        cx.report(finding);
    }
    for fence in &role.outline.fences {
        let language = fence.info.of(role.text).split([' ', '{', ',', ':']).next().unwrap_or("");
        let is = |names: &[&str]| names.iter().any(|name| language.eq_ignore_ascii_case(name));
        if is(&ESCAPING) {
            continue;
        }
        let places = places(role.text, fence);
        // In a shell heredoc, the backslashes may be needed to preserve the backticks.
        let is_text = is(&TEXT) && !fence.content.of(role.text).contains("<<");
        if let Some(finding) = finding(role.text, fence, &places, is_text) {
            cx.report(finding);
        }
    }
}

/// The opening and closing lines of code blocks with escaped fences: at the start of a line,
/// outside of code, in pairs whose first fence names a language.
pub(super) fn escaped_blocks(role: &Role<'_>) -> Vec<(Span, Span)> {
    let body = role.body.of(role.text).as_bytes();
    let mut lines = memchr::memmem::find_iter(body, "\\`\\`\\`").filter_map(|at| {
        let line = role.line_at(role.body.start + at);
        let marks = line.of(role.text).trim_start();
        let start = line.end - marks.len();
        let is_fence = marks.starts_with("\\`\\`\\`") && role.outline.code_at(start).is_none();
        let rest = marks.get("\\`\\`\\`".len()..).unwrap_or("").trim_end();
        let is_info = rest.chars().all(|c| c.is_ascii_alphanumeric() || matches!(c, '-' | '+'));
        (is_fence && is_info).then(|| (Span::new(start, start + 6), !rest.is_empty()))
    });
    let mut blocks = Vec::new();
    let mut names = false;
    while let Some((opener, has_info)) = lines.next() {
        let Some((closer, false)) = lines.next() else { return Vec::new() };
        names |= has_info;
        blocks.push((opener, closer));
    }
    if names { blocks } else { Vec::new() }
}

/// Reports code blocks of the text itself with escaped fences, as one finding.
fn outside(role: &Role<'_>) -> Option<Finding> {
    let places: Vec<Span> =
        escaped_blocks(role).into_iter().flat_map(|(opener, closer)| [opener, closer]).collect();
    let (first, rest) = places.split_first()?;
    let finding = Finding::new(*first, "Escaped backticks do not open a code block")
        .and_more(rest.len())
        .labels(rest.iter().copied(), "also here")
        .reason("Markdown reads the code as text: a line that begins with `#` is a heading.");
    let edits = places.iter().map(|place| (*place, String::from("```"))).collect();
    Some(finding.unsafe_fix("Remove the backslashes", edits))
}

/// Languages in which a backslash before a backtick means something: template strings and shells.
const ESCAPING: [&str; 11] =
    ["js", "jsx", "ts", "tsx", "mjs", "javascript", "typescript", "sh", "bash", "zsh", "shell"];

/// Languages in which it means nothing.
const TEXT: [&str; 5] = ["", "md", "markdown", "text", "txt"];

/// The start of fence lines that begin with three or more backticks, some or all of them escaped.
fn places(text: &str, fence: &Fence) -> Vec<Span> {
    let content = fence.content.of(text);
    let mut places: Vec<Span> = Vec::new();
    for at in memchr::memmem::find_iter(content.as_bytes(), "\\`") {
        let start = content.get(..at).map_or(at, |t| t.trim_end_matches('`').len());
        let start = fence.content.start + start;
        if places.last().is_some_and(|last| start < last.end) || !opens_a_line(text, start) {
            continue;
        }
        let rest = text.get(start..fence.content.end).unwrap_or("");
        let end = rest.len() - rest.trim_start_matches(['\\', '`']).len();
        let run = rest.get(..end).unwrap_or("").trim_end_matches('\\');
        if run.matches('`').count() >= 3 && !run.contains("\\\\") {
            places.push(Span::new(start, start + run.len()));
        }
    }
    places
}

fn finding(text: &str, fence: &Fence, places: &[Span], is_text: bool) -> Option<Finding> {
    let (&first, rest) = places.split_first()?;
    let finding = Finding::new(first, "Escaped backticks inside a code block")
        .and_more(rest.len())
        .reason("Backslashes are literal in a code block, so the model sees and copies them.")
        .help("Use a longer fence for the outer block and remove the backslashes from the inner ones.")
        .labels(rest.iter().copied(), "also here");
    if fence.mark != b'`' {
        return Some(finding);
    }
    let marks = |place: &Span| place.of(text).matches('`').count();
    let longest = places.iter().map(marks).max().unwrap_or(3);
    let mut edits = fence.lengthened(text, longest + 1);
    let unescaped = |place: &Span| core::iter::repeat_n('`', marks(place)).collect::<String>();
    edits.extend(places.iter().map(|place| (*place, unescaped(place))));
    let title = "Lengthen the outer fence and unescape the inner ones";
    Some(match is_text {
        true => finding.safe_fix(title, edits),
        false => finding.unsafe_fix(title, edits),
    })
}

/// Whether `start` is preceded only by whitespace on its line; otherwise the text is about escapes.
fn opens_a_line(text: &str, start: usize) -> bool {
    let before = text.get(..start).unwrap_or("").trim_end_matches([' ', '\t', '>']);
    before.is_empty() || before.ends_with('\n')
}

#[cfg(test)]
mod tests {
    use crate::rules::tests::{findings, fixed, fixed_unsafely};
    use alloc::string::String;
    use alloc::vec::Vec;

    fn check(text: &str) -> Vec<String> {
        findings("escaped-fence", "roles/a.md", text)
    }

    #[test]
    fn one_fence_is_one_finding_and_becomes_longer() {
        let text = "```md\r\n\\`\\`\\`sh\r\nls\r\n\\`\\`\\`\r\n```\r\n\r\n- a\r\n\r\n  ```\r\n  \\`\\`\\`\\`\r\n  ```\r\n";
        assert_eq!(
            check(text),
            [
                "2:1-2:7 warning Escaped backticks inside a code block (2 places)",
                "10:3-10:11 warning Escaped backticks inside a code block",
            ]
        );
        assert_eq!(
            fixed("roles/a.md", text),
            "````md\r\n```sh\r\nls\r\n```\r\n````\r\n\r\n- a\r\n\r\n  `````\r\n  ````\r\n  `````\r\n"
        );
    }

    #[test]
    fn a_fence_that_is_long_enough_only_loses_the_backslashes() {
        assert_eq!(
            fixed("roles/a.md", "````\n\\`\\`\\`\nx\n\\`\\`\\`\n````\n"),
            "````\n```\nx\n```\n````\n"
        );
    }

    #[test]
    fn escaped_fences_of_the_text_itself_are_found() {
        let text = "Run:\r\n\r\n\\`\\`\\`bash\r\n# all\r\nmake\r\n\\`\\`\\`\r\n\r\n\\`\\`\\`\r\nx\r\n\\`\\`\\`\r\n";
        assert_eq!(
            check(text),
            ["3:1-3:7 warning Escaped backticks do not open a code block (4 places)"]
        );
        assert_eq!(fixed("roles/a.md", text), text);
        assert_eq!(fixed_unsafely("roles/a.md", text), text.replace('\\', ""));
    }

    #[test]
    fn escapes_outside_of_fences_are_text() {
        for text in [
            "\\`\\`\\`bash\nls\n\\`\\`\\` ends it.\n",
            "\\`\\`\\`\nopens, and so does\n\\`\\`\\`\n",
            "\\`\\`\\`sh\nls\n\\`\\`\\`\n\n\\`\\`\\`sh\nls\n",
        ] {
            assert_eq!(check(text), [""; 0], "{text}");
        }
        assert_eq!(check("Write \\`\\`\\` to open a fence.\n\n\\`\\`\\`bash\nls\n"), [""; 0]);
    }

    #[test]
    fn fences_that_are_escaped_in_part_are_found() {
        let text =
            "```md\n\\```sh\nls\n\\```\n```\n\n```\n`\\``\n\\`\\``\nA \\` mark and \\`x\\`.\n```\n";
        assert_eq!(
            check(text),
            [
                "2:1-2:5 warning Escaped backticks inside a code block (2 places)",
                "8:1-8:5 warning Escaped backticks inside a code block (2 places)",
            ]
        );
        assert_eq!(
            fixed("roles/a.md", text),
            "````md\n```sh\nls\n```\n````\n\n````\n```\n```\nA \\` mark and \\`x\\`.\n````\n"
        );
    }

    #[test]
    fn what_may_be_a_script_is_only_reported() {
        for text in [
            "```\ncat > a.md <<EOF\n\\`\\`\\`\nls\n\\`\\`\\`\nEOF\n```\n",
            "```python\n\\`\\`\\`\nx\n```\n",
        ] {
            assert_eq!(check(text).len(), 1);
            assert_eq!(fixed("roles/a.md", text), text);
        }
    }

    #[test]
    fn escapes_that_are_code_are_left_alone() {
        for text in [
            "```js\nconst a = `\n\\`\\`\\`json\n\\`\\`\\`\n`;\n```\n",
            "```md\nWrite \\`\\`\\` to open a fence.\n```\n",
        ] {
            assert_eq!(check(text), [""; 0], "{text}");
        }
    }
}
