//! Prompts in which the agent speaks of itself.

use super::{Check, Context, Example, Finding, Profile, Rule};
use crate::diagnostic::Severity;
use crate::text::Span;

/// The rule.
pub(super) static RULE: Rule = Rule {
    name: "first-person",
    severity: Severity::Info,
    profile: Profile::Recommended,
    summary: "The prompt is written in the first person.",
    why: "The model reads the prompt as somebody else's words: \"I am an expert\" tells it about its user, not about itself. Only prompts that say who \"I\" am and address nobody as \"you\" are reported.",
    example: Example {
        path: "roles/reviewer.md",
        bad: "# Reviewer\n\nI am an expert in reviews. I read the diff and report what is wrong.\n",
        at: "I am an expert",
        good: "# Reviewer\n\nYou are an expert in reviews. Read the diff and report what is wrong.\n",
        files: &[],
    },
    check: Check::Role(check),
};

/// Of the beginning of a prompt, this much is searched for an address.
const OPENING: usize = 1_500;

fn check(cx: &mut Context<'_>) {
    let role = cx.role;
    let paragraphs = || role.outline.paragraphs.iter().filter(|paragraph| !paragraph.nested);
    let Some(span) = paragraphs().find_map(|paragraph| of_itself(role.text, paragraph.span)) else {
        return;
    };
    let opening = role.body.of(role.text).get(..OPENING).unwrap_or(role.body.of(role.text));
    let addresses = opening
        .split(|c: char| !c.is_alphanumeric())
        .any(|word| ["you", "your"].iter().any(|you| word.eq_ignore_ascii_case(you)));
    if !addresses {
        cx.report(
            Finding::new(span, "The prompt is written in the first person")
                .reason("The model reads it as its user's words.")
                .help("Address the model: \"You are …\"."),
        );
    }
}

/// "I am an expert" at the start of a paragraph: up to the third word after "I".
fn of_itself(text: &str, paragraph: Span) -> Option<Span> {
    let line = paragraph.of(text);
    let rest = ["I am a", "I'm a", "I’m a"].iter().find_map(|start| line.strip_prefix(start))?;
    let rest = rest.strip_prefix('n').unwrap_or(rest).strip_prefix(' ')?;
    let word = rest.split(|c: char| !c.is_alphanumeric()).next()?;
    let end = line.len() - rest.len() + word.len();
    Some(Span::new(paragraph.start, paragraph.start + end))
}

#[cfg(test)]
mod tests {
    use crate::rules::tests::findings;

    #[test]
    fn whoever_is_addressed_is_not_the_speaker() {
        assert_eq!(
            findings("first-person", "roles/a.md", "# A\n\nI’m a reviewer.\n"),
            ["3:1-3:15 info The prompt is written in the first person"]
        );
        for text in [
            "You review.\n\nI am a user.\n",
            "I am always right.\n",
            "> I am a parrot.\n",
            "```\nI am a parrot.\n```\n",
        ] {
            assert!(findings("first-person", "roles/a.md", text).is_empty(), "{text}");
        }
    }
}
