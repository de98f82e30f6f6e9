//! Reports words with letters that only look Latin.

use super::{Check, Context, Example, Finding, Profile, Rule};
use crate::diagnostic::Severity;
use crate::text::Span;
use alloc::format;
use alloc::string::String;
use alloc::vec::Vec;

/// The rule.
pub(super) static RULE: Rule = Rule {
    name: "mixed-script",
    severity: Severity::Warning,
    profile: Profile::Core,
    summary: "A word mixes Latin letters with Cyrillic ones that look the same.",
    why: "A word like `аdmin` with a Cyrillic `а` looks like `admin` to a person, but is a different word to a program and different tokens to a model. Such a word hides a name from a search, or the target of a link from a reviewer. Words in which the other letters cannot be mistaken for Latin ones are not reported.",
    example: Example {
        path: "roles/reviewer.md",
        bad: "# Reviewer\n\nCall the p\u{430}yments tool.\n",
        at: "p\u{430}yments",
        good: "# Reviewer\n\nCall the payments tool.\n",
        files: &[],
    },
    check: Check::Role(check),
};

fn check(cx: &mut Context<'_>) {
    let text = cx.role.text;
    let bytes = text.as_bytes();
    let mut found: Vec<Span> = Vec::new();
    for at in memchr::memchr2_iter(0xD0, 0xD1, bytes) {
        if found.last().is_some_and(|last| at < last.end) {
            continue;
        }
        // A Cyrillic text is skipped at its first word that does not resemble a Latin word, which
        // comes soon.
        let Some(word) = word_at(text, at) else { continue };
        if is_mixed(word.of(text)) {
            found.push(word);
        }
    }
    for word in found {
        let latin: String = word.of(text).chars().map(|c| lookalike(c).unwrap_or(c)).collect();
        let message = format!("`{latin}` is written with Cyrillic letters");
        cx.report(
            Finding::new(word, message)
                .reason("It looks like the Latin word, but searches, programs and models see a different word.")
                .unsafe_fix("Rewrite it in Latin letters", Vec::from([(word, latin)])),
        );
    }
}

fn word_at(text: &str, at: usize) -> Option<Span> {
    // Far longer than any word; bounds the search in texts without spaces.
    const MOST: usize = 64;
    let is_part = |c: &char| c.is_alphabetic();
    let before = text.get(..at)?.chars().rev().take(MOST).take_while(is_part);
    let after = text.get(at..)?.chars().take(MOST).take_while(is_part);
    let start = at - before.map(char::len_utf8).sum::<usize>();
    Some(Span::new(start, at + after.map(char::len_utf8).sum::<usize>()))
}

/// Mostly Latin letters, and other letters that all look Latin.
fn is_mixed(word: &str) -> bool {
    let latin = word.chars().filter(char::is_ascii_alphabetic).count();
    let others = word.chars().filter(|c| !c.is_ascii_alphabetic()).count();
    others > 0
        && latin > others
        && word.chars().all(|c| c.is_ascii_alphabetic() || lookalike(c).is_some())
}

const fn lookalike(c: char) -> Option<char> {
    Some(match c {
        'а' => 'a',
        'с' => 'c',
        'е' => 'e',
        'һ' => 'h',
        'і' => 'i',
        'ј' => 'j',
        'о' => 'o',
        'р' => 'p',
        'ѕ' => 's',
        'х' => 'x',
        'у' => 'y',
        'А' => 'A',
        'В' => 'B',
        'С' => 'C',
        'Е' => 'E',
        'Н' => 'H',
        'К' => 'K',
        'М' => 'M',
        'О' => 'O',
        'Р' => 'P',
        'Т' => 'T',
        'Х' => 'X',
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use crate::rules::tests::{findings, fixed_unsafely};

    #[test]
    fn words_of_either_script_are_left_alone() {
        let check = |text: &str| findings("mixed-script", "roles/a.md", text);
        assert_eq!(
            check("The \u{430}dmin.\n"),
            ["1:5-1:10 warning `admin` is written with Cyrillic letters"]
        );
        assert_eq!(fixed_unsafely("roles/a.md", "The \u{430}dmin.\n"), "The admin.\n");
        for text in ["Проверь файл.\n", "JSON-файл и APIшный\n", "Δc and naïve\n", "к API\n"]
        {
            assert_eq!(check(text), [""; 0], "{text}");
        }
    }
}
