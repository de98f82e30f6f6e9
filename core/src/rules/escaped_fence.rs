//! Escaped backticks inside a code block, where backslashes are literal.

use super::{Check, Context, Example, Finding, Profile, Rule};
use crate::diagnostic::Severity;
use crate::markdown::Fence;
use crate::text::Span;
use alloc::format;
use alloc::string::String;
use alloc::vec::Vec;

/// The rule.
pub(super) static RULE: Rule = Rule {
    name: "escaped-fence",
    severity: Severity::Warning,
    profile: Profile::Core,
    summary: "A code block contains escaped backticks.",
    why: "Backslashes are literal in a code block: the model sees `\\`\\`\\`bash` and copies it into its answers, where it does not start a code block. With a longer outer fence, the inner ones need no escapes.",
    example: Example {
        path: "roles/writer.md",
        bad: "# Writer\n\n```markdown\nRun this:\n\\`\\`\\`bash\nmake\n\\`\\`\\`\n```\n",
        at: "\\`\\`\\`",
        good: "# Writer\n\n````markdown\nRun this:\n```bash\nmake\n```\n````\n",
        files: &[],
    },
    check: Check::Role(check),
};

const ESCAPED: &str = "\\`\\`\\`";

fn check(cx: &mut Context<'_>) {
    let role = cx.role;
    for fence in role.outline.fences.iter().filter(|fence| !has_escapes(fence.info.of(role.text))) {
        let places = places(role.text, fence);
        if let Some(finding) = finding(role.text, fence, &places) {
            cx.report(finding);
        }
    }
}

/// Whether a backslash before a back-tick means something in the code of a fence: in template strings
/// and in shells.
fn has_escapes(info: &str) -> bool {
    let language = info.split([' ', '{', ',', ':']).next().unwrap_or("");
    ["js", "jsx", "ts", "tsx", "mjs", "javascript", "typescript", "sh", "bash", "zsh", "shell"]
        .iter()
        .any(|name| language.eq_ignore_ascii_case(name))
}

/// The escaped runs of three or more marks that open a line of a fence.
fn places(text: &str, fence: &Fence) -> Vec<Span> {
    let content = fence.content.of(text);
    let mut places: Vec<Span> = Vec::new();
    for at in memchr::memmem::find_iter(content.as_bytes(), ESCAPED) {
        let start = fence.content.start + at;
        if places.last().is_some_and(|last| start < last.end) {
            continue;
        }
        if !opens_a_line(text, start) {
            continue;
        }
        let run = content.get(at..).unwrap_or("");
        let pairs = run.as_bytes().chunks_exact(2).take_while(|pair| pair == b"\\`").count();
        places.push(Span::new(start, start + 2 * pairs));
    }
    places
}

fn finding(text: &str, fence: &Fence, places: &[Span]) -> Option<Finding> {
    let (&first, rest) = places.split_first()?;
    let message = match rest.len() {
        0 => String::from("Escaped backticks inside a code block"),
        more => format!("Escaped backticks inside a code block ({} places)", more + 1),
    };
    let finding = Finding::new(first, message)
        .reason("Backslashes are literal in a code block, so the model sees and copies them.")
        .help("Use a longer fence for the outer block and remove the backslashes from the inner ones.")
        .labels(rest.iter().copied(), "also here");
    if fence.mark != b'`' {
        return Some(finding);
    }
    let longest = places.iter().map(|place| place.len() / 2).max().unwrap_or(3);
    let mut edits = fence.lengthened(text, longest + 1);
    edits.extend(
        places
            .iter()
            .map(|&place| (place, core::iter::repeat_n('`', place.len() / 2).collect::<String>())),
    );
    Some(finding.safe_fix("Lengthen the outer fence and unescape the inner ones", edits))
}

/// Whether only blanks stand before `start` on its line: elsewhere the text is about escapes.
fn opens_a_line(text: &str, start: usize) -> bool {
    let before = text.get(..start).unwrap_or("").trim_end_matches([' ', '\t', '>']);
    before.is_empty() || before.ends_with('\n')
}

#[cfg(test)]
mod tests {
    use crate::rules::tests::{findings, fixed};
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
    fn escapes_outside_of_fences_are_text() {
        assert_eq!(check("Write \\`\\`\\` to open a fence.\n\n\\`\\`\\`bash\nls\n"), [""; 0]);
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
