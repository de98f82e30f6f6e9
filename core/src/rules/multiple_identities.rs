//! Roles that say twice who the agent is, each time somebody else.

use super::wording::is_quoted;
use super::{Check, Context, Example, Finding, Profile, Rule};
use crate::diagnostic::Severity;
use crate::role::{Role, TellingKind};
use crate::text::Span;
use alloc::format;

/// The rule.
pub(super) static RULE: Rule = Rule {
    name: "multiple-identities",
    severity: Severity::Info,
    profile: Profile::Style,
    summary: "The role says twice who the agent is, with different jobs.",
    why: "A model that is a reviewer at the top and a writer further down has two goals, and follows the nearer one. Often the second sentence came with a text that was pasted in.",
    example: Example {
        path: "roles/reviewer.md",
        bad: "# Reviewer\n\nYou are a careful reviewer. Read the whole change.\n\n## Reports\n\nYou are a technical writer. Write one page.\n",
        at: "You are a technical writer",
        good: "# Reviewer\n\nYou are a careful reviewer. Read the whole change.\n\n## Reports\n\nWrite one page.\n",
        files: &[],
    },
    check: Check::Role(check),
};

fn check(cx: &mut Context<'_>) {
    let role = cx.role;
    let mut first: Option<(Span, &str)> = None;
    for word in role.telling_prose(TellingKind::Address) {
        let Some((span, noun)) = identity(role, word) else { continue };
        match first {
            None => first = Some((span, noun)),
            Some((_, known)) if known.eq_ignore_ascii_case(noun) => {}
            Some((place, known)) => {
                let message = format!("Second identity `{noun}`; above, the agent is `{known}`");
                cx.report(
                    Finding::new(span, message)
                        .label(place, "somebody else here")
                        .reason(
                            "Two identities are two goals, and the model follows the nearer one.",
                        )
                        .help("Keep one identity, and describe the other as a task."),
                );
                return;
            }
        }
    }
}

/// The start of a sentence such as "You are a careful reviewer", and its noun.
fn identity<'t>(role: &'t Role<'_>, word: Span) -> Option<(Span, &'t str)> {
    if word.of(role.text) != "You" || is_quoted(role.text, role.line_at(word.start), word.start) {
        return None;
    }
    let rest = role.text.get(word.end..)?;
    let article =
        [" are a ", " are an ", " are the "].into_iter().find(|a| rest.starts_with(*a))?;
    let phrase = rest.get(article.len()..)?;
    let end = phrase.find(['.', ',', ';', ':', '\n', '(', '—', '–', '"', '!', '*', '`'])?;
    let phrase = phrase.get(..end)?;
    let stop = STOPS.iter().filter_map(|word| phrase.find(word)).min().unwrap_or(phrase.len());
    let phrase = phrase.get(..stop)?.trim_end();
    let noun = phrase.rsplit([' ', '-', '/']).next().filter(|noun| noun.len() > 3)?;
    // "You are the last": no job.
    let is_job = noun.bytes().all(|b| b.is_ascii_alphabetic()) && phrase.len() < 60;
    let length = article.len() + phrase.len();
    is_job.then_some((Span::new(word.start, word.end + length), noun))
}

/// Where the noun has been said.
const STOPS: [&str; 14] = [
    " who ",
    " that ",
    " with ",
    " of ",
    " for ",
    " in ",
    " at ",
    " on ",
    " and ",
    " to ",
    " by ",
    " within ",
    " working ",
    " responsible ",
];

#[cfg(test)]
mod tests {
    use crate::rules::tests::findings;

    #[test]
    fn the_same_job_and_quoted_examples_are_left_alone() {
        let check = |text: &str| findings("multiple-identities", "roles/a.md", text);
        assert_eq!(
            check("You are a senior reviewer of code.\n\nYou are an editor with taste.\n"),
            ["3:1-3:18 info Second identity `editor`; above, the agent is `reviewer`"]
        );
        for text in [
            "You are a reviewer.\n\nYou are the reviewer of last resort.\n",
            "You are a reviewer.\n\nSay: \"You are a writer.\"\n",
            "You are a reviewer.\n\n```\nYou are a writer.\n```\n",
            "You are a reviewer. You are ready.\n",
        ] {
            assert_eq!(check(text), [""; 0], "{text}");
        }
    }
}
