//! Sentences that appear more than once.

use super::{Check, Context, Example, Finding, Profile, Rule, repeated_section};
use crate::diagnostic::Severity;
use crate::role::Role;
use crate::text::{Span, letters};
use alloc::collections::BTreeMap;
use alloc::format;
use alloc::string::String;
use alloc::vec::Vec;

/// The rule.
pub(super) static RULE: Rule = Rule {
    name: "repeated-sentence",
    severity: Severity::Info,
    profile: Profile::Recommended,
    summary: "A sentence appears more than once, word for word.",
    why: "A repeated sentence costs its tokens twice, and the copies drift apart when one is edited. OpenAI's guide for GPT-5 recommends removing repeated statements. Sentences of fewer than ten words, tables and code are not compared.",
    example: Example {
        path: "roles/reviewer.md",
        bad: "# Reviewer\n\nRead the whole change before you write the first of your comments.\n\n## Style\n\n- READ the whole change before you write the first of your comments.\n",
        at: "READ the whole change before you write the first of your comments.",
        good: "# Reviewer\n\nRead the whole change before you write the first of your comments.\n\n## Style\n\n- Be brief.\n",
        files: &[],
    },
    check: Check::Role(check),
};

/// Shorter sentences may be the same by chance.
const MIN_WORDS: usize = 10;

/// The fewest bytes of a line that can contain enough words.
const MIN_BYTES: usize = 40;

/// This many repeated sentences have one cause: a part of the text was copied.
const MANY: usize = 3;

/// The number of letters of a sentence that are compared first, five bits each.
const ENDING: usize = 8;

fn check(cx: &mut Context<'_>) {
    let role = cx.role;
    let mut copies: BTreeMap<Span, Vec<Span>> = BTreeMap::new();
    for (span, first) in repeated(role) {
        copies.entry(first).or_default().push(span);
    }
    if copies.is_empty() || repeated_section::is_repeated(role) {
        return;
    }
    if copies.len() >= MANY {
        let finding = block(&copies);
        finding.into_iter().for_each(|finding| cx.report(finding));
        return;
    }
    for (first, copies) in copies {
        let Some((span, more)) = copies.split_first() else { continue };
        cx.report(
            Finding::new(*span, "Sentence repeated word for word")
                .and_more(more.len())
                .label(first, "first occurrence")
                .labels(more.iter().copied(), "also here")
                .reason(
                    "Its tokens count each time, and the copies drift apart when one is edited.",
                )
                .help("Say it once, and refer to it elsewhere."),
        );
    }
}

/// One finding for all copies in a text.
fn block(copies: &BTreeMap<Span, Vec<Span>>) -> Option<Finding> {
    let (first, places) = copies.first_key_value()?;
    let span = places.first()?;
    let more = copies.values().skip(1).filter_map(|places| places.first().copied());
    let message = format!("{} sentences are repeated word for word", copies.len());
    let finding = Finding::new(*span, message)
        .label(*first, "first occurrence")
        .labels(more, "also repeated")
        .reason("Their tokens count each time, and the copies drift apart when one is edited.");
    Some(finding.help("Say what the parts share once, and in each only what differs."))
}

/// Whether a line is a part of a drawing.
fn is_drawing(text: &str) -> bool {
    text.contains(|c| matches!(c, '\u{2500}'..='\u{259F}'))
}

/// Each repeated sentence, with its earlier occurrence. A whole sentence is read only if another
/// sentence ends the same way.
fn repeated(role: &Role<'_>) -> Vec<(Span, Span)> {
    let text = role.text;
    let sentences = text_lines(role).flat_map(|line| sentences(text, line));
    let sentences = sentences.filter(|sentence| sentence.len() >= MIN_BYTES);
    let mut sentences: Vec<(u64, Span)> =
        sentences.map(|sentence| (ending(sentence.of(text)), sentence)).collect();
    sentences.sort_unstable();
    let is_code = |place: usize| role.outline.code_at(place).is_some();
    let mut firsts: BTreeMap<String, Span> = BTreeMap::new();
    // Most copies are the same to the byte, and their letters need not be read again.
    let mut known: BTreeMap<&str, Option<Span>> = BTreeMap::new();
    let mut found = Vec::new();
    let alike = sentences.chunk_by(|(one, _), (other, _)| one == other);
    for (_, sentence) in alike.filter(|alike| alike.len() > 1).flatten() {
        if is_code(role.line_at(sentence.start).start) {
            continue;
        }
        let words = sentence.of(text);
        let first = *known.entry(words).or_insert_with(|| {
            let counts = has_enough_words(words) && !is_drawing(words);
            counts.then(|| *firsts.entry(letters(words)).or_insert(*sentence))
        });
        // A sentence that begins in code is quoted word for word.
        let copied = first.filter(|first| first != sentence && !is_code(sentence.start));
        found.extend(copied.map(|first| (*sentence, first)));
    }
    found
}

/// The longer body lines that are neither headings nor part of a table.
fn text_lines<'a>(role: &'a Role<'_>) -> impl Iterator<Item = Span> + 'a {
    let is_text = |head: u8| !matches!(head, b'|' | b'#' | b'<');
    role.body_lines_with(is_text).filter(|line| line.len() >= MIN_BYTES)
}

/// The sentences of a line, without the list marker.
fn sentences(text: &str, line: Span) -> impl Iterator<Item = Span> + '_ {
    let is_mark = |byte: &u8| {
        matches!(byte, b' ' | b'\t' | b'-' | b'*' | b'+' | b'>' | b'.' | b')' | b'0'..=b'9')
    };
    let lead = line.of(text).bytes().take_while(is_mark).count();
    let lead = lead + label(line.of(text).get(lead..).unwrap_or(""));
    let rest = line.of(text).get(lead..).unwrap_or("");
    let is_end = |at: &usize| rest.as_bytes().get(at + 1) == Some(&b' ');
    let ends = memchr::memchr3_iter(b'.', b'!', b'?', rest.as_bytes()).filter(is_end);
    let mut start = 0;
    ends.map(|at| at + 1).chain([rest.trim_end().len()]).map(move |end| {
        let sentence = Span::new(start, end).shifted(line.start + lead);
        let behind = rest.as_bytes().get(end..).unwrap_or(&[]);
        start = end + behind.iter().take_while(|byte| **byte == b' ').count();
        sentence
    })
}

/// The length of a label in capitals at the start of a sentence: "IMPORTANT: ".
fn label(sentence: &str) -> usize {
    let length = sentence.bytes().take_while(u8::is_ascii_uppercase).count();
    let behind = sentence.get(length..).unwrap_or("");
    let end = ["**: ", ":** ", ": "].iter().find(|end| behind.starts_with(**end));
    end.filter(|_| length > 3).map_or(0, |end| length + end.len())
}

fn has_enough_words(sentence: &str) -> bool {
    memchr::memchr_iter(b' ', sentence.as_bytes()).count() + 1 >= MIN_WORDS
}

/// The last letters of a sentence, which distinguish most sentences.
fn ending(sentence: &str) -> u64 {
    let letters = sentence.bytes().rev().filter(u8::is_ascii_alphanumeric).take(ENDING);
    letters.fold(0, |ending, letter| ending << 5 | u64::from(letter & 31))
}

#[cfg(test)]
mod tests {
    use crate::rules::tests::findings;
    use alloc::format;
    use alloc::string::String;

    const SENTENCE: &str = "Read the whole change before you write the first of your comments";

    #[test]
    fn each_sentence_is_a_finding_with_its_own_copies() {
        let other = "Ask the author for a reason where the change does more than it says";
        let text = format!("{SENTENCE}.\n\n{other}.\n\n- {SENTENCE}\n- {other}\n- {SENTENCE}\n");
        assert_eq!(
            findings("repeated-sentence", "roles/a.md", &text),
            [
                "5:3-5:68 info Sentence repeated word for word (2 places)",
                "6:3-6:70 info Sentence repeated word for word"
            ]
        );
    }

    #[test]
    fn many_copies_are_one_copied_part() {
        let part = ["the first", "the second", "the third"]
            .map(|which| format!("{SENTENCE} on {which} of these.\n"))
            .concat();
        assert_eq!(
            findings("repeated-sentence", "roles/a.md", &format!("{part}\nOr else:\n\n{part}")),
            ["7:1-7:89 info 3 sentences are repeated word for word"]
        );
    }

    #[test]
    fn case_marks_and_the_line_do_not_matter() {
        let check = |text: &str| findings("repeated-sentence", "roles/a.md", text);
        assert_eq!(
            check(&format!("{SENTENCE}.\n\n1. Be kind. {}!\n", SENTENCE.to_uppercase())),
            ["3:13-3:79 info Sentence repeated word for word"]
        );
        assert_eq!(
            check(&format!("{SENTENCE}.\n\n- **IMPORTANT:** {SENTENCE}.\n")),
            ["3:18-3:84 info Sentence repeated word for word"]
        );
        for text in [
            format!("{SENTENCE}.\n\n```\n{SENTENCE}.\n```\n"),
            format!("{SENTENCE}.\n\n{SENTENCE} on it.\n"),
            format!("Say `No. {SENTENCE}.` twice.\n\nThen say `No. {SENTENCE}.` again.\n"),
            String::from("Be kind to all.\n\nBe kind to all.\n"),
        ] {
            assert_eq!(check(&text), [""; 0], "{text}");
        }
    }
}
