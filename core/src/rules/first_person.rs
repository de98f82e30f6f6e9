//! Prompts written in the first person.

use super::{Check, Context, Example, Finding, Profile, Rule};
use crate::diagnostic::Severity;
use crate::text::Span;

/// The rule.
pub(super) static RULE: Rule = Rule {
    name: "first-person",
    severity: Severity::Info,
    profile: Profile::Recommended,
    summary: "The prompt is written in the first person.",
    why: "The model reads the prompt as someone else's words: \"I am an expert\" tells it about its user, not about itself. A prompt is reported if it says who \"I\" am and addresses nobody as \"you\", or if it begins with \"I am\", \"I can\" or the like and no sentence begins with \"You are\".",
    example: Example {
        path: "roles/reviewer.md",
        bad: "# Reviewer\n\nI am an expert in reviews. I read the diff and report what is wrong.\n",
        at: "I am an expert",
        good: "# Reviewer\n\nYou are an expert in reviews. Read the diff and report what is wrong.\n",
        files: &[],
    },
    check: Check::Role(check),
};

/// How much of a prompt's beginning is searched for an address.
const OPENING: usize = 1_500;

fn check(cx: &mut Context<'_>) {
    let role = cx.role;
    let paragraphs = || role.outline.paragraphs.iter().filter(|paragraph| !paragraph.nested);
    let first = paragraphs().next().and_then(|first| introduction(role.text, first.span));
    let introduced = first.filter(|_| !tells_who(role.body.of(role.text)));
    let itself = || paragraphs().find_map(|paragraph| of_itself(role.text, paragraph.span));
    let Some(span) = introduced.or_else(itself) else { return };
    let opening = role.body.of(role.text).get(..OPENING).unwrap_or(role.body.of(role.text));
    let addresses = opening
        .split(|c: char| !c.is_alphanumeric())
        .any(|word| ["you", "your"].iter().any(|you| word.eq_ignore_ascii_case(you)));
    if introduced.is_some() || !addresses {
        cx.report(
            Finding::new(span, "The prompt is written in the first person")
                .reason("The model may mistake it for something the user says.")
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

/// "I can" at the start of the first paragraph, where "you" refers to the user.
fn introduction(text: &str, paragraph: Span) -> Option<Span> {
    const LEADS: [&str; 6] = ["I'm", "I’m", "I am", "I can", "I help", "I specialize"];
    let line = paragraph.of(text);
    let ends = |rest: &str| !rest.starts_with(char::is_alphanumeric);
    let lead = LEADS.iter().find(|lead| line.strip_prefix(**lead).is_some_and(ends))?;
    // Users themselves write "I'm using" and "I am sure".
    let mut words = line.get(lead.len()..)?.split(|c: char| !c.is_alphanumeric());
    let word = words.find(|word| !word.is_empty() && *word != "now")?;
    let of_a_role = [
        "a",
        "an",
        "the",
        "your",
        "here",
        "specialized",
        "designed",
        "trained",
        "acting",
        "operating",
    ];
    let is_named = word.starts_with(char::is_uppercase) || of_a_role.contains(&word);
    if lead.ends_with('m') && !is_named {
        return None;
    }
    let whole = Span::new(paragraph.start, paragraph.start + lead.len());
    Some(of_itself(text, paragraph).unwrap_or(whole))
}

/// Whether a sentence tells the model its identity or its task.
fn tells_who(body: &str) -> bool {
    const LEADS: [&str; 5] = ["You are", "You're", "You’re", "Your task", "Your role"];
    let begins = |at: usize| {
        let before = body.get(..at).unwrap_or("");
        let before = before.trim_end_matches([' ', '*', '_', '#', '>', '-']);
        before.is_empty() || before.ends_with(['.', '!', '?', ':', '\n', '\r'])
    };
    LEADS.iter().any(|lead| memchr::memmem::find_iter(body.as_bytes(), lead).any(begins))
}

#[cfg(test)]
mod tests {
    use crate::rules::tests::findings;

    #[test]
    fn the_user_of_an_introduction_is_not_the_model() {
        let text = "# A\n\nI can help you write tests. Tell me your language.\n";
        assert_eq!(
            findings("first-person", "roles/a.md", text),
            ["3:1-3:6 info The prompt is written in the first person"]
        );
        for more in ["\n**You are a tester.**\n", "\nWrite well. Your task is to test.\n"] {
            let text = [text, more].concat();
            assert!(findings("first-person", "roles/a.md", &text).is_empty(), "{text}");
        }
        let text = "# A\n\nI am now operating as the clerk, who sorts what you bring.\n";
        assert_eq!(findings("first-person", "roles/a.md", text).len(), 1);
        for text in [
            "I am now sure that you know.\n",
            "I cannot help you.\n",
            "I'm using Svelte, as you know.\n",
        ] {
            assert!(findings("first-person", "roles/a.md", text).is_empty(), "{text}");
        }
    }

    #[test]
    fn the_one_who_is_addressed_is_not_the_speaker() {
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
