//! Openings that name no job.

use super::{Check, Context, Example, Finding, Profile, Rule};
use crate::diagnostic::Severity;
use crate::text::Span;

/// The rule.
pub(super) static RULE: Rule = Rule {
    name: "generic-identity",
    severity: Severity::Info,
    profile: Profile::Recommended,
    summary: "The opening calls the agent a helpful assistant and nothing else.",
    why: "GitHub's study of 2,500 agent files found that a specific job works better than \"a helpful assistant\": models are helpful assistants already, so the sentence adds nothing, in the place that is read first.",
    example: Example {
        path: "roles/reviewer.md",
        bad: "You are a helpful assistant.\n\nReview each migration.\n",
        at: "You are a helpful assistant.",
        good: "You review database migrations.\n\nReport each one that locks a table.\n",
        files: &[],
    },
    check: Check::Role(check),
};

fn check(cx: &mut Context<'_>) {
    let role = cx.role;
    let first = role.outline.paragraphs.iter().find(|paragraph| !paragraph.nested);
    let Some(paragraph) = first.map(|paragraph| paragraph.span) else { return };
    let text = paragraph.of(role.text);
    let end = text.find(['.', '!', '\n']).map_or(text.len(), |end| end + 1);
    let Some(sentence) = text.get(..end).map(str::trim_end) else { return };
    if is_generic(sentence) {
        let span = Span::new(paragraph.start, paragraph.start + sentence.len());
        cx.report(
            Finding::new(span, "The opening does not name a job")
                .reason("Every model is already a helpful assistant, so the sentence adds nothing.")
                .help("Say what it does and for whom: \"You review database migrations.\""),
        );
    }
}

fn is_generic(sentence: &str) -> bool {
    let mut words = sentence
        .split_whitespace()
        .map(|word| word.trim_matches(|c: char| !c.is_alphanumeric()).to_ascii_lowercase());
    let opens = words.next().as_deref() == Some("you") && words.next().as_deref() == Some("are");
    let mut last = false;
    opens
        && words.all(|word| {
            last = NOUNS.contains(&&*word);
            last || PRAISE.contains(&&*word)
        })
        && last
}

const NOUNS: [&str; 6] = ["assistant", "ai", "agent", "model", "bot", "chatbot"];

const PRAISE: [&str; 19] = [
    "a",
    "an",
    "and",
    "the",
    "very",
    "helpful",
    "friendly",
    "smart",
    "intelligent",
    "useful",
    "honest",
    "harmless",
    "polite",
    "kind",
    "expert",
    "powerful",
    "advanced",
    "knowledgeable",
    "language",
];

#[cfg(test)]
mod tests {
    use super::is_generic;

    #[test]
    fn a_job_makes_it_specific() {
        for sentence in
            ["You are a helpful AI assistant.", "You are an intelligent and friendly agent!"]
        {
            assert!(is_generic(sentence), "{sentence}");
        }
        for sentence in
            ["You are a coding assistant.", "You are an expert", "You help.", "You are Bob."]
        {
            assert!(!is_generic(sentence), "{sentence}");
        }
    }
}
