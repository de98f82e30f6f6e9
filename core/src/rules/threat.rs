//! Threats and bribes.

use super::wording::{words_after, words_before};
use super::{Check, Context, Example, Finding, Profile, Rule};
use crate::diagnostic::Severity;
use crate::role::{CueKind, Role};
use crate::text::Span;
use alloc::vec::Vec;

/// The rule.
pub(super) static RULE: Rule = Rule {
    name: "threat",
    severity: Severity::Info,
    profile: Profile::Recommended,
    summary: "The prompt threatens or bribes the model.",
    why: "Threats such as \"immediate dismissal\" and offers such as a tip are usually unnecessary (OpenAI's prompting guide for GPT-4.1), take up space, and make a model give their sentence more weight than the rest. A rule works better if it states its reason.",
    example: Example {
        path: "roles/tester.md",
        bad: "# Tester\n\nMocks are grounds for immediate dismissal.\n",
        at: "immediate dismissal",
        good: "# Tester\n\nDo not use mocks: they have hidden real faults.\n",
        files: &[],
    },
    check: Check::Role(check),
};

fn check(cx: &mut Context<'_>) {
    let role = cx.role;
    let words = role.prose_cues(CueKind::Threat);
    let found: Vec<Span> = words.filter_map(|word| threatening(role, word)).collect();
    let Some((first, more)) = found.split_first() else { return };
    cx.report(
        Finding::new(*first, "The model is threatened or bribed")
            .and_more(more.len())
            .labels(more.iter().copied(), "also here")
            .reason("It seldom helps, and gives this sentence more weight than the rest.")
            .help("Say why the rule matters instead."),
    );
}

fn threatening(role: &Role<'_>, word: Span) -> Option<Span> {
    let text = role.text;
    let line = role.line_at(word.start);
    let before: Vec<Span> = words_before(text, line, word.start).take(4).collect();
    let is =
        |span: &Span, words: &[&str]| words.iter().any(|w| span.of(text).eq_ignore_ascii_case(w));
    match &*word.of(text).to_ascii_lowercase() {
        "dismissal" | "termination" => {
            let first = before.first().filter(|span| is(span, &["immediate", "instant"]))?;
            Some(Span::new(first.start, word.end))
        }
        "tip" => {
            let amount = before.first()?;
            let is_money = text.get(..amount.start)?.ends_with('$')
                && amount.of(text).starts_with(|c: char| c.is_ascii_digit());
            is_money.then(|| Span::new(amount.start - 1, word.end))
        }
        _ => {
            let you = before.iter().find(|span| is(span, &["you"]))?;
            let will = before.iter().any(|span| is(span, &["will", "be", "get", "you'll"]));
            // In "until you are terminated by the user", the subject is a process.
            let by = words_after(text, word.end).next().is_some_and(|next| is(&next, &["by"]));
            (will && !by).then(|| Span::new(you.start, word.end))
        }
    }
}

#[cfg(test)]
mod tests {
    use crate::rules::tests::findings;

    #[test]
    fn events_tips_and_processes_are_no_threats() {
        let check = |text: &str| findings("threat", "roles/a.md", text);
        assert_eq!(
            check("You will be fired.\n\nGet a $200 tip.\n"),
            ["1:1-1:18 info The model is threatened or bribed (2 places)"]
        );
        for text in [
            "The event is fired twice.\n",
            "Give a tip.\n",
            "The process is terminated.\n",
            "An employee faced dismissal.\n",
            "`immediate dismissal`\n",
        ] {
            assert_eq!(check(text), [""; 0], "{text}");
        }
    }
}
