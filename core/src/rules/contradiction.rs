//! Reports pairs of sentences where one sentence demands what the other forbids, in the same words.

use super::{Check, Context, Example, Finding, Profile, Rule};
use crate::diagnostic::Severity;
use crate::role::Role;
use crate::text::{Span, after_beginning};
use alloc::collections::BTreeMap;
use alloc::collections::btree_map::Entry;
use alloc::string::String;
use alloc::vec::Vec;

/// The rule.
pub(super) static RULE: Rule = Rule {
    name: "contradiction",
    severity: Severity::Info,
    profile: Profile::Recommended,
    summary: "One sentence asks for what another forbids, word for word.",
    why: "A model that is told both picks one of the two, often the later one, and which one changes from call to call. OpenAI's guide for GPT-5 calls contradictions more harmful than gaps. Only sentences that are the same after \"always\" or \"must\" and after \"never\", \"do not\" or \"must not\" are compared: sentences with exceptions or different wording may both be intended.",
    example: Example {
        path: "roles/reviewer.md",
        bad: "# Reviewer\n\n- Always ask before you delete a file.\n- Read the whole change.\n- Never ask before you delete a file.\n",
        at: "Never ask before you delete a file",
        good: "# Reviewer\n\n- Always ask before you delete a file.\n- Read the whole change.\n",
        files: &[],
    },
    check: Check::Role(check),
};

/// Words that demand or forbid something, longest first.
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

/// The text before the demanding word of [`STARTS`].
const LEADS: [&str; 3] = ["do ", "must ", "you "];

/// Fewer words are the same by chance.
const MIN_WORDS: usize = 3;

fn check(cx: &mut Context<'_>) {
    let demands = demands(cx.role);
    // Most texts only demand, or only forbid.
    if demands.iter().all(|demand| demand.asks) || !demands.iter().any(|demand| demand.asks) {
        return;
    }
    let mut seen: BTreeMap<String, (bool, Span)> = BTreeMap::new();
    let mut found = Vec::new();
    for Demand { asks, sentence, what } in demands {
        let words = || what.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty());
        if words().count() < MIN_WORDS {
            continue;
        }
        let key = words().flat_map(|word| [word, " "]).collect::<String>().to_lowercase();
        match seen.entry(key) {
            Entry::Occupied(known) => {
                let (other, first) = *known.get();
                found.extend((other != asks).then_some((sentence, first)));
            }
            Entry::Vacant(place) => _ = place.insert((asks, sentence)),
        }
    }
    for (span, first) in found {
        let finding = Finding::new(span, "This contradicts another sentence")
            .label(first, "the other sentence")
            .reason("The model follows one of the two, and not always the same one.")
            .help("Delete one of them, or say when each one applies.");
        cx.report(finding);
    }
}

/// A sentence that demands or forbids something, and the thing itself.
struct Demand<'t> {
    asks: bool,
    sentence: Span,
    what: &'t str,
}

/// The sentences that begin with one of [`STARTS`].
fn demands<'t>(role: &Role<'t>) -> Vec<Demand<'t>> {
    let text = role.text;
    let mut demands: Vec<Demand<'t>> = Vec::new();
    for word in role.cues().iter().filter(|word| word.kind.is_demand()) {
        let Some(start) = sentence_start(text, word.span.start) else { continue };
        let is_known = demands.last().is_some_and(|last| last.sentence.start == start);
        if is_known || start < role.body.start || role.outline.code_at(start).is_some() {
            continue;
        }
        let rest = Span::new(start, role.line_at(start).end).of(text);
        let Some((opening, asks)) = STARTS.into_iter().find(|(opening, _)| begins(rest, opening))
        else {
            continue;
        };
        let sentence = rest.split(ENDS).next().unwrap_or(rest);
        let sentence = sentence.trim_end_matches(|c: char| !c.is_alphanumeric());
        let what = sentence.get(opening.len()..).unwrap_or("");
        let sentence = Span::new(start, start + sentence.len());
        demands.push(Demand { asks, sentence, what });
    }
    demands
}

/// Characters that end a sentence.
const ENDS: [char; 4] = ['.', '!', '?', ';'];

/// The start of the sentence that contains this word, if the word is preceded only by [`LEADS`].
fn sentence_start(text: &str, word: usize) -> Option<usize> {
    // The last letter of the preceding word rules out a lead in most cases.
    if let Some([.., last, b' ']) = text.as_bytes().get(..word)
        && last.is_ascii_alphabetic()
        && !matches!(last.to_ascii_lowercase(), b'o' | b't' | b'u')
    {
        return None;
    }
    let start = LEADS.iter().fold(word, |start, lead| {
        let led = start.checked_sub(lead.len()).and_then(|led| text.get(led..start));
        match led.is_some_and(|led| led.eq_ignore_ascii_case(lead)) {
            true => start - lead.len(),
            false => start,
        }
    });
    // A list item or bold text begins with a marker.
    let is_mark = |c: &char| {
        matches!(c, '-' | '*' | '+' | '>' | ')' | '_' | ' ' | '\t' | '\r') || c.is_ascii_digit()
    };
    let before = text.get(..start)?.chars().rev().find(|c| !is_mark(c));
    before.is_none_or(|before| before == '\n' || ENDS.contains(&before)).then_some(start)
}

fn begins(text: &str, opening: &str) -> bool {
    after_beginning(text, opening).is_some()
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
