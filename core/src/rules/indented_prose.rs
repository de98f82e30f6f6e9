//! Sentences that are indented so far that Markdown reads them as code.

use super::{Check, Context, Example, Finding, Profile, Rule};
use crate::diagnostic::Severity;
use crate::text::Span;
use alloc::string::String;
use alloc::vec::Vec;

/// The rule.
pub(super) static RULE: Rule = Rule {
    name: "indented-prose",
    severity: Severity::Info,
    profile: Profile::Recommended,
    summary: "A sentence is indented so far that it is code.",
    why: "After a blank line, four spaces make a line code. A sentence that an editor or a converter indented is then an example to the reader, not an instruction. Only single lines that are a whole sentence are reported; those with signs of a programming language are not.",
    example: Example {
        path: "roles/clerk.md",
        bad: "# Clerk\n\nFile every letter.\n\n      Always put the date of receipt on the first page.\n",
        at: "Always put the date of receipt on the first page.",
        good: "# Clerk\n\nFile every letter.\n\nAlways put the date of receipt on the first page.\n",
        files: &[],
    },
    check: Check::Role(check),
};

/// A shorter line may be sample output.
const MIN_WORDS: usize = 7;

fn check(cx: &mut Context<'_>) {
    let role = cx.role;
    let sentence = |code: &Span| {
        let text = code.of(role.text);
        let inner = text.trim_start_matches([' ', '\t']).trim_end();
        let start = code.start + text.len() - text.trim_start_matches([' ', '\t']).len();
        is_sentence(inner).then(|| Span::new(start, start + inner.len()))
    };
    let found: Vec<Span> = role.outline.code.iter().filter_map(sentence).collect();
    let Some((first, more)) = found.split_first() else { return };
    let indentation = |span: &Span| {
        let line = role.line_at(span.start);
        (Span::new(line.start, span.start), String::new())
    };
    cx.report(
        Finding::new(*first, "Sentence that is indented like code")
            .and_more(more.len())
            .labels(more.iter().copied(), "also here")
            .reason("After a blank line, four spaces make a line code.")
            .unsafe_fix("Remove the indentation", found.iter().map(indentation).collect()),
    );
}

/// Whether a line of code is a sentence of a language that people speak.
fn is_sentence(line: &str) -> bool {
    let word = line.split(' ').next().unwrap_or("");
    word.len() > 1
        && word.starts_with(|c: char| c.is_ascii_uppercase())
        && word.bytes().skip(1).all(|byte| byte.is_ascii_lowercase())
        && line.ends_with(['.', '!'])
        && line.split(' ').count() >= MIN_WORDS
        && !line.contains(['\n', '{', '}', ';', '=', '<', '>', '|', '$', '[', '"', '`'])
        && !line.contains("//")
}

#[cfg(test)]
mod tests {
    use crate::rules::tests::{findings, fixed_unsafely};

    #[test]
    fn a_sentence_in_indented_code_is_pointed_out() {
        let text =
            "- Test it.\n\nText.\n\n     Always prefer the smallest change that does it.\n\nEnd.\n";
        assert_eq!(
            findings("indented-prose", "roles/a.md", text),
            ["5:6-5:53 info Sentence that is indented like code"]
        );
        assert_eq!(
            fixed_unsafely("roles/a.md", text),
            "- Test it.\n\nText.\n\nAlways prefer the smallest change that does it.\n\nEnd.\n"
        );
        for text in [
            "Text.\n\n    Dear user.\n",
            "Text.\n\n    SELECT all of the rows in the table first.\n",
            "Text.\n\n    One sentence of the sample output is here.\n    Another one is here.\n",
            "```\nAlways prefer the smallest change that does it.\n```\n",
            "- Test it.\n\n    Always prefer the smallest change that does it.\n",
        ] {
            assert_eq!(findings("indented-prose", "roles/a.md", text), [""; 0], "{text}");
        }
    }
}
