//! Sentences of which one asks for what the other forbids, in the same words.

use super::{Check, Context, Example, Finding, Profile, Rule};
use crate::diagnostic::Severity;
use crate::text::Span;
use alloc::collections::BTreeMap;
use alloc::format;
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
    let text = cx.role.text;
    let mut seen: BTreeMap<String, (bool, Span)> = BTreeMap::new();
    let mut found = Vec::new();
    for line in cx.role.body_lines() {
        for span in sentences(text, line) {
            let Some((asks, rest)) = demand(span.of(text)) else { continue };
            if cx.role.outline.code_at(span.start).is_some() {
                continue;
            }
            let words: Vec<String> = rest
                .split(|c: char| !c.is_alphanumeric())
                .filter(|word| !word.is_empty())
                .map(str::to_lowercase)
                .collect();
            if words.len() < MIN_WORDS {
                continue;
            }
            match seen.get(&words.join(" ")) {
                Some((other, first)) if *other != asks => found.push((span, *first)),
                Some(_) => {}
                None => _ = seen.insert(words.join(" "), (asks, span)),
            }
        }
    }
    for (span, first) in found {
        let message = format!("This contradicts the sentence \"{}\"", first.of(text));
        let finding = Finding::new(span, message)
            .label(first, "the other one")
            .reason("The model follows one of the two, and not always the same one.")
            .help("Delete one of them, or say when each of them holds.");
        cx.report(finding);
    }
}

/// Whether a sentence asks for something or forbids it, and what.
fn demand(sentence: &str) -> Option<(bool, &str)> {
    STARTS.iter().find_map(|(start, asks)| {
        let head = sentence.get(..start.len())?;
        head.eq_ignore_ascii_case(start).then(|| (*asks, sentence.get(start.len()..).unwrap_or("")))
    })
}

/// The sentences of a line, without what marks it as an item and without their ends.
fn sentences(text: &str, line: Span) -> impl Iterator<Item = Span> + '_ {
    let marks = |c: char| {
        c.is_whitespace()
            || matches!(c, '-' | '*' | '+' | '>' | '.' | ')' | '_')
            || c.is_ascii_digit()
    };
    let mut start = line.start;
    line.of(text).split_inclusive(['.', '!', '?', ';']).map(move |sentence| {
        let lead = sentence.len() - sentence.trim_start_matches(marks).len();
        let end = sentence.trim_end_matches(|c: char| !c.is_alphanumeric()).len().max(lead);
        let span = Span::new(start + lead, start + end);
        start += sentence.len();
        span
    })
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
