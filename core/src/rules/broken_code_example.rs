//! Examples of code whose brackets do not match.

use super::invalid_data_example::is_bad_on_purpose;
use super::{Check, Context, Example, Finding, Profile, Rule};
use crate::diagnostic::Severity;
use crate::markdown::Fence;
use crate::text::Span;
use alloc::format;
use alloc::vec::Vec;
use literal::{Kind, Language};

mod literal;

/// The rule.
pub(super) static RULE: Rule = Rule {
    name: "broken-code-example",
    severity: Severity::Warning,
    profile: Profile::Core,
    summary: "The brackets of a code example do not match.",
    why: "A model imitates the examples in its instructions. If a converter or an edit lost a bracket, or the markup between two brackets, the example does not run, and the code that the model writes may have the same gap. Excerpts that begin or end in the middle of a block are not reported, nor are examples of what to avoid.",
    example: Example {
        path: "roles/coder.md",
        bad: "# Coder\n\nWrite tests like this one:\n\n```ts\nexpect(find('button', { name: 'save' });\n```\n",
        at: "(",
        good: "# Coder\n\nWrite tests like this one:\n\n```ts\nexpect(find('button', { name: 'save' }));\n```\n",
        files: &[],
    },
    check: Check::Role(check),
};

/// Larger examples are pasted files.
const MAX_EXAMPLE: usize = 20_000;

fn check(cx: &mut Context<'_>) {
    let role = cx.role;
    let fences = role.outline.fences.iter().filter(|fence| fence.closed);
    let found = fences.filter_map(|fence| {
        let language = Language::of(fence.info.of(role.text))?;
        let is_read = fence.content.len() <= MAX_EXAMPLE;
        let found = is_read.then(|| of_example(role.text, fence, language)).flatten();
        found.filter(|_| !is_bad_on_purpose(role.text, fence))
    });
    for finding in found.collect::<Vec<_>>() {
        cx.report(finding.reason("The model follows the example and writes code that cannot run."));
    }
}

fn of_example(text: &str, fence: &Fence, language: Language) -> Option<Finding> {
    let code = fence.content.of(text);
    let at = |offset: usize| {
        let start = fence.content.start + offset;
        Span::new(start, start + 1)
    };
    let sign = |offset: usize| at(offset).of(text);
    // Parsing the code is expensive, and code with a missing bracket has an unequal number of
    // brackets.
    let outcome = if has_pairs(code) { Outcome::Even } else { read(code, language) };
    match outcome {
        Outcome::Mismatch { opener, closer } => {
            let message = format!("`{}` closes a `{}` in this example", sign(closer), sign(opener));
            let finding = Finding::new(at(closer), message).label(at(opener), "opened here");
            Some(finding.help("Add the missing bracket, or delete the extra one."))
        }
        Outcome::Open(opener) => {
            let message = format!("`{}` is never closed in this example", sign(opener));
            Some(Finding::new(at(opener), message).help("Add the missing bracket."))
        }
        Outcome::Even if language.kind == Kind::Script => {
            let (start, end) = empty_return(code)?;
            let span = Span::new(fence.content.start + start, fence.content.start + end);
            let finding = Finding::new(span, "Empty parentheses after `return` in this example");
            Some(finding.help("Restore the markup that was lost."))
        }
        Outcome::Even | Outcome::Unclear => None,
    }
}

/// Whether each kind of bracket is balanced.
fn has_pairs(code: &str) -> bool {
    let count = |byte: u8| memchr::memchr_iter(byte, code.as_bytes()).count();
    [b'(', b'[', b'{'].into_iter().all(|opener| count(opener) == count(closing(opener)))
}

/// `return (`, only blank lines, and `)`: a converter interpreted the markup as HTML.
fn empty_return(code: &str) -> Option<(usize, usize)> {
    const START: &str = "return (\n";
    let mut places = memchr::memmem::find_iter(code.as_bytes(), START);
    places.find_map(|at| {
        let rest = code.get(at + START.len()..)?;
        let inner = rest.trim_start();
        inner.starts_with(')').then(|| (at, at + START.len() - 1))
    })
}

/// The state of the brackets in an example.
#[derive(Debug, PartialEq)]
enum Outcome {
    /// Every bracket is closed by its counterpart.
    Even,
    /// The first closing bracket of the wrong kind.
    Mismatch { opener: usize, closer: usize },
    /// A bracket that is still open at the end, although the code continues outside it.
    Open(usize),
    /// An excerpt, or code that cannot be parsed.
    Unclear,
}

fn read(code: &str, language: Language) -> Outcome {
    // Only one of the two branches is compiled.
    if memchr::memmem::find(code.as_bytes(), b"\n#el").is_some() {
        return Outcome::Unclear;
    }
    let bytes = code.as_bytes();
    let mut open: Vec<usize> = Vec::new();
    // Lines that begin outside of strings and comments.
    let mut lines = Vec::from([0]);
    let (mut at, mut last) = (0, b' ');
    while let Some(&byte) = bytes.get(at) {
        match byte {
            b'(' | b'[' | b'{' => open.push(at),
            b')' | b']' | b'}' => {
                let Some(opener) = open.pop() else { return Outcome::Unclear };
                if bytes.get(opener).copied().map(closing) != Some(byte) {
                    return Outcome::Mismatch { opener, closer: at };
                }
            }
            b'\n' => lines.push(at + 1),
            // "didn't" in the text between tags.
            b'\'' if language.kind == Kind::Script && is_in_word(bytes, at) => {}
            b'"' | b'\'' | b'`' | b'/' | b'#' => {
                let Some(length) = literal::length(code, at, last, language) else {
                    return Outcome::Unclear;
                };
                if length > 0 {
                    let is_comment = matches!(bytes.get(at + 1), Some(b'/' | b'*')) && byte == b'/';
                    if !is_comment && byte != b'#' {
                        last = byte;
                    }
                    at += length;
                    continue;
                }
            }
            _ => {}
        }
        if !byte.is_ascii_whitespace() {
            last = byte;
        }
        at += 1;
    }
    match open.last() {
        None => Outcome::Even,
        // A statement ends outside of parentheses.
        Some(opener) if last == b';' && bytes.get(*opener) == Some(&b'(') => Outcome::Open(*opener),
        Some(_) => left_open(code, &open, &lines),
    }
}

/// Whether letters come right before and after.
fn is_in_word(bytes: &[u8], at: usize) -> bool {
    let is_letter =
        |at: Option<usize>| at.and_then(|at| bytes.get(at)).is_some_and(u8::is_ascii_alphabetic);
    is_letter(at.checked_sub(1)) && is_letter(Some(at + 1))
}

const fn closing(opener: u8) -> u8 {
    match opener {
        b'(' => b')',
        b'[' => b']',
        _ => b'}',
    }
}

/// The first bracket that the code leaves without closing it: a line that is not indented deeper
/// than the bracket's line begins with something else. Code from before and after a change is an
/// excerpt.
fn left_open(code: &str, open: &[usize], lines: &[usize]) -> Outcome {
    let line = |start: usize| code.get(start..).and_then(|rest| rest.split('\n').next());
    let texts = || lines.iter().filter_map(|start| Some((*start, line(*start)?)));
    let compares = texts().any(|(_, text)| {
        let lower = text.to_lowercase();
        let is_remark = lower.trim_start().starts_with(['/', '#', '*']);
        is_remark && COMPARING.iter().any(|word| lower.contains(word))
    });
    if compares {
        return Outcome::Unclear;
    }
    let indent = |text: &str| text.len() - text.trim_start().len();
    let goes_on = |opener: &&usize| {
        let own = texts().take_while(|(start, _)| start <= opener).last();
        let deepest = own.map_or(0, |(_, text)| indent(text));
        texts().skip_while(|(start, _)| start <= opener).any(|(_, text)| {
            let begins = text.trim_start().starts_with(|c: char| c.is_alphanumeric() || c == '@');
            begins && indent(text) <= deepest
        })
    };
    open.iter().find(goes_on).map_or(Outcome::Unclear, |opener| Outcome::Open(*opener))
}

/// Words of remarks in examples that show two versions, or parts of several files.
const COMPARING: [&str; 10] =
    ["before", "after", "good", "bad", "❌", "✅", "old", "new", "wrong", "or"];

#[cfg(test)]
mod tests {
    use crate::rules::tests::findings;
    use alloc::format;
    use alloc::string::String;
    use alloc::vec::Vec;

    fn check(language: &str, code: &str) -> Vec<String> {
        let text = format!("Write it so:\n\n```{language}\n{code}\n```\n");
        findings("broken-code-example", "roles/a.md", &text)
    }

    #[test]
    fn a_bracket_of_another_kind_is_found() {
        assert_eq!(
            check("ts", "run(find('button', { name: \"save\"\n);"),
            ["5:1-5:2 warning `)` closes a `{` in this example"]
        );
    }

    #[test]
    fn a_bracket_that_stays_open_is_found() {
        assert_eq!(
            check("tsx", "const A = () => {\n  return 1;\n\nexport default A;"),
            ["4:17-4:18 warning `{` is never closed in this example"]
        );
        assert_eq!(
            check("js", "if ((a === 'x') {\n  go();\n}\nstop();"),
            ["4:4-4:5 warning `(` is never closed in this example"]
        );
        assert_eq!(
            check("ts", "expect(find('button', { name: \"save\"\n});"),
            ["4:7-4:8 warning `(` is never closed in this example"]
        );
    }

    #[test]
    fn markup_that_was_lost_is_found() {
        assert_eq!(
            check("tsx", "export const Card = () => {\n  return (\n\n  );\n};"),
            ["5:3-5:11 warning Empty parentheses after `return` in this example"]
        );
    }

    #[test]
    fn excerpts_are_left_alone() {
        for (language, code) in [
            ("ts", "} else if (ready) {\n  go();\n}"),
            ("ts", "export function run(): void {\n  start();\n  // …"),
            ("ts", "// Before\nfunction a() {\n// After\nfunction b() {"),
            ("", "if (a"),
            ("sh", "case $a in\n  b) c;;\nesac"),
        ] {
            assert_eq!(check(language, code), [""; 0], "{code}");
        }
        let bad = "Wrong:\n\n```js\nrun(a];\n```\n";
        assert_eq!(findings("broken-code-example", "roles/a.md", bad), [""; 0]);
    }

    #[test]
    fn brackets_in_strings_and_comments_are_no_code() {
        for (language, code) in [
            ("rust", "fn first<'a>(x: &'a str) -> char { '(' }"),
            ("rust", "let a = r#\"(\"[\"#; // )"),
            ("js", "const a = `(${b(`[`)} (`;\nconst c = /[(]\\)/;\n/* ( */"),
            ("js", "const a = [\n  /a/, // [\n  /\\(['\"]/gi\n];"),
            ("tsx", "<p>It's (fine)</p>"),
            ("ts", "const read = () => /[{(]/;\nstop();"),
            ("tsx", "const A = () => (\n  <p>\n    It isn't (fine\n    at all)\n  </p>\n);"),
            ("c", "#ifdef A\nif (a) {\n#else\nif (b) {\n#endif\n  go();\n}\nend();"),
            ("python", "a = '''(''' # (\nb = \"\\\"(\""),
            ("go", "a := `(`\nb := '('"),
            ("csharp", "var a = @\"C:\\(\"; var b = 'c';"),
            ("php", "$a = 'it(\n('; # ("),
            ("css", "a { background: url(http://x) } /* { */"),
        ] {
            assert_eq!(check(language, code), [""; 0], "{code}");
        }
    }
}
