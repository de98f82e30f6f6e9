//! Sentences of which one asks for what the other forbids, in the same words.

use super::{Check, Context, Example, Finding, Profile, Rule};
use crate::diagnostic::Severity;
use crate::role::TellingKind;
use crate::text::Span;
use alloc::collections::BTreeMap;
use alloc::string::String;
use alloc::vec::Vec;

/// The rule.
pub(super) static RULE: Rule = Rule {
    name: "contradiction",
    severity: Severity::Info,
    profile: Profile::Recommended,
    summary: "One sentence asks for what another forbids, word for word.",
    why: "A model that is told both picks one of the two, often the later one, and which one changes from call to call. OpenAI's guide for GPT-5 calls contradictions more harmful than gaps. Only sentences that are the same after \"always\" or \"must\" and after \"never\", \"do not\" or \"must not\" are compared: with exceptions and in other words, both may well be meant.",
    example: Example {
        path: "roles/reviewer.md",
        bad: "# Reviewer\n\n- Always ask before you delete a file.\n- Read the whole change.\n- Never ask before you delete a file.\n",
        at: "Never ask before you delete a file",
        good: "# Reviewer\n\n- Always ask before you delete a file.\n- Read the whole change.\n",
        files: &[],
    },
    check: Check::Role(check),
};

/// What asks for something, and what forbids it. The longest come first.
const STARTS: [(&str, bool); 12] = [
    ("you must always ", true),
    ("you must never ", false),
    ("you must not ", false),
    ("you must ", true),
    ("must always ", true),
    ("must not ", false),
    ("always ", true),
    ("never ", false),
    ("do not ", false),
    ("don't ", false),
    ("don’t ", false),
    ("must ", true),
];

/// Fewer words are the same by chance.
const MIN_WORDS: usize = 3;

fn check(cx: &mut Context<'_>) {
    let role = cx.role;
    let forbids = [TellingKind::Limit, TellingKind::Stress];
    if forbids.iter().all(|kind| role.telling_prose(*kind).next().is_none()) {
        return;
    }
    let mut seen: BTreeMap<String, (bool, Span)> = BTreeMap::new();
    let mut found = Vec::new();
    for line in role.body_lines() {
        for start in starts(role.text, line) {
            let rest = role.text.get(start..line.end).unwrap_or("");
            let Some((asks, length)) = demand(rest) else { continue };
            let end = rest.find(['.', '!', '?', ';']).unwrap_or(rest.len());
            let sentence = rest.get(..end).unwrap_or(rest).trim_end_matches(is_mark);
            let words = words(sentence.get(length..).unwrap_or(""));
            if words.len() < MIN_WORDS || role.outline.code_at(start).is_some() {
                continue;
            }
            let span = Span::new(start, start + sentence.len());
            match seen.get(&words.join(" ")) {
                Some((other, first)) if *other != asks => found.push((span, *first)),
                Some(_) => {}
                None => _ = seen.insert(words.join(" "), (asks, span)),
            }
        }
    }
    for (span, first) in found {
        let finding = Finding::new(span, "This contradicts another sentence")
            .label(first, "the other sentence")
            .reason("The model follows one of the two, and not always the same one.")
            .help("Delete one of them, or say when each of them holds.");
        cx.report(finding);
    }
}

/// Whether a text begins by asking for something or forbidding it, and in how many bytes.
fn demand(text: &str) -> Option<(bool, usize)> {
    // Most sentences begin with another letter.
    matches!(text.as_bytes().first()? | 0x20, b'a' | b'd' | b'm' | b'n' | b'y').then_some(())?;
    STARTS.iter().find_map(|(start, asks)| {
        let begins = text.get(..start.len())?.eq_ignore_ascii_case(start);
        begins.then_some((*asks, start.len()))
    })
}

fn words(text: &str) -> Vec<String> {
    let words = text.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty());
    words.map(str::to_lowercase).collect()
}

/// What is before a sentence or after it, and not part of it.
fn is_mark(c: char) -> bool {
    c.is_whitespace() || matches!(c, '-' | '*' | '+' | '>' | '.' | ')' | '_')
}

/// Where the sentences of a line begin, after what marks it as an item.
fn starts(text: &str, line: Span) -> impl Iterator<Item = usize> + '_ {
    let inner = line.of(text);
    let is_lead = |c: char| is_mark(c) || c.is_ascii_digit();
    let first = inner.len() - inner.trim_start_matches(is_lead).len();
    let later = memchr::memchr3_iter(b'.', b'!', b'?', inner.as_bytes())
        .filter(move |at| *at > first && inner.as_bytes().get(at + 1) == Some(&b' '));
    let later = later.map(move |at| {
        let rest = inner.get(at + 2..).unwrap_or("");
        at + 2 + (rest.len() - rest.trim_start_matches([' ', '*', '_']).len())
    });
    core::iter::once(first).chain(later).map(move |at| line.start + at)
}

#[cfg(test)]
mod tests {
    use crate::rules::tests::findings;

    #[test]
    fn the_same_words_are_asked_for_and_forbidden() {
        for text in [
            "Always write tests for new code.\n\nNever write tests for new code!\n",
            "1. **Do not write tests for new code**\n2. You must write tests for new code.\n",
            "You must never write tests for new code. Always write tests for new code\n",
        ] {
            let found = findings("contradiction", "roles/a.md", text);
            assert_eq!(found.len(), 1, "{text}: {found:?}");
        }
    }

    #[test]
    fn other_words_exceptions_and_code_are_left_alone() {
        for text in [
            "Always write tests for new code.\n\nNever write tests for old code.\n",
            "Always write tests.\n\nNever write tests.\n",
            "Always ask the user first.\n\nNever ask the user first unless it is urgent.\n",
            "Always write tests for code.\n\n```\nNever write tests for code.\n```\n",
            "Never write tests for new code.\n\nNever write tests for new code.\n",
        ] {
            assert!(findings("contradiction", "roles/a.md", text).is_empty(), "{text}");
        }
    }
}
