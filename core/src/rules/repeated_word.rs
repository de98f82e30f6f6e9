//! Words that are written twice in a row.

use super::{Check, Context, Example, Finding, Profile, Rule};
use crate::diagnostic::Severity;
use crate::text::Span;
use alloc::format;
use alloc::string::String;
use alloc::vec::Vec;

/// The rule.
pub(super) static RULE: Rule = Rule {
    name: "repeated-word",
    severity: Severity::Info,
    profile: Profile::Recommended,
    summary: "A word is written twice in a row.",
    why: "A doubled word is a slip of the keyboard or of a careless edit. A model reads past it, but where something was moved or deleted, another word is often missing nearby. Only lowercase words outside code and quotation marks are compared, and words that may follow themselves, such as \"that that\", are skipped.",
    example: Example {
        path: "roles/editor.md",
        bad: "# Editor\n\nYou check the the text before it is printed.\n",
        at: "the the",
        good: "# Editor\n\nYou check the text before it is printed.\n",
        files: &[],
    },
    check: Check::Role(check),
};

/// Words that may follow themselves, in English or in another language.
const MAY_REPEAT: [&str; 24] = [
    "again", "blah", "bye", "das", "der", "die", "do", "had", "her", "in", "is", "it", "long",
    "more", "nous", "on", "really", "sie", "so", "that", "very", "vous", "who", "you",
];

fn check(cx: &mut Context<'_>) {
    let role = cx.role;
    let bytes = role.text.as_bytes();
    let mut places: Vec<Span> = Vec::new();
    let mut before = role.body.start;
    for space in memchr::memchr2_iter(b' ', b'\n', role.body.of(role.text).as_bytes()) {
        let next = role.body.start + space + 1;
        // The first letters of neighbors rule out most words.
        if bytes.get(before) == bytes.get(next) {
            let line = role.line_at(next - 1);
            let word = doubled(line.of(role.text), next - 1 - line.start);
            places.extend(word.map(|word| word.shifted(line.start)));
        }
        before = next;
    }
    places.retain(|place| role.outline.code_at(place.start).is_none());
    for place in places {
        let second = Span::new(place.start + place.len() / 2, place.end);
        let word = second.of(role.text).trim_start();
        cx.report(
            Finding::new(place, format!("`{word}` is written twice"))
                .unsafe_fix("Delete one of them", Vec::from([(second, String::new())])),
        );
    }
}

/// The two equal words around a space of a line, with that space.
fn doubled(line: &str, space: usize) -> Option<Span> {
    let bytes = line.as_bytes();
    let first = bytes.get(..space)?;
    let length = first.iter().rev().take_while(|byte| byte.is_ascii_lowercase()).count();
    let end = space + 1 + length;
    if length < 2 || !first.ends_with(bytes.get(space + 1..end)?) {
        return None;
    }
    let (before, behind) = (line.get(..space - length)?, line.get(end..)?);
    let is_free = before.is_empty() || before.ends_with(' ');
    let mut next = behind.chars();
    let ends = match next.next() {
        None | Some(' ' | ',' | ';' | ':' | '!' | '?' | ')') => true,
        Some('.') => next.next().is_none_or(char::is_whitespace),
        Some(_) => false,
    };
    let is_quoted = before.matches(['"', '“', '”']).count() % 2 == 1;
    let word = line.get(space + 1..end)?;
    let is_slip = is_free && ends && !is_quoted && !MAY_REPEAT.contains(&word);
    is_slip.then(|| Span::new(space - length, end))
}

#[cfg(test)]
mod tests {
    use crate::rules::tests::{findings, fixed_unsafely};

    #[test]
    fn both_are_shown_and_the_second_is_deleted() {
        let text = "Connect an input and and output port.\n\n- Show it to to.\n";
        assert_eq!(
            findings("repeated-word", "roles/a.md", text),
            ["1:18-1:25 info `and` is written twice", "3:11-3:16 info `to` is written twice"]
        );
        assert_eq!(
            fixed_unsafely("roles/a.md", text),
            "Connect an input and output port.\n\n- Show it to.\n"
        );
    }

    #[test]
    fn words_that_belong_together_are_left_alone() {
        for text in [
            "The fact that that tool fails.\n",
            "Template template parameters.\n",
            "Write `npm run run` or step-by step.\n",
            "```\nthe the\n```\n",
            "Delete \"the the\" where it stands.\n",
            "Use the the-field and to to_string.\n",
            "We bathe the cat.\n",
        ] {
            assert_eq!(findings("repeated-word", "roles/a.md", text), [""; 0], "{text}");
        }
    }
}
