//! Reports roles that do not say who the agent is.

use super::absence;
use super::{Check, Context, Example, Finding, Profile, Rule};
use crate::diagnostic::Severity;
use crate::role::{CueKind, Role};

/// The rule.
pub(super) static RULE: Rule = Rule {
    name: "missing-identity",
    severity: Severity::Info,
    profile: Profile::Style,
    summary: "The opening of the role neither addresses the agent nor names its job.",
    why: "The body of a subagent is the whole system prompt: the model knows nothing about itself that is not in it. An opening that only describes a subject does not tell the model whether the text is a job, a reference or an example.",
    example: Example {
        path: "roles/images.md",
        bad: "# Images\n\nSmall images start fast. Each of them holds one service and the files it needs. The size of an image is measured before and after a change, and both numbers go into the description of the change. Versions are pinned. A base image is chosen by its size and by the time it takes to get a fix. The pipeline starts each image once, and the logs of the first hour are kept. The list of the images is in order by name.\n",
        at: "Images",
        good: "# Images\n\nYou build small images that start fast. Pin each version.\n",
        files: &[],
    },
    check: Check::Role(check),
};

/// The opening, in bytes.
const OPENING: usize = 1_500;

/// How many words at the start may name the job.
const FIRST_WORDS: usize = 60;

fn check(cx: &mut Context<'_>) {
    absence::report(cx, says_who, |title| {
        Finding::new(title, "The opening does not say who the agent is")
            .reason("All the model knows about itself is what the text says.")
            .help("Begin with its job: \"You review database migrations.\"")
    });
}

fn says_who(role: &Role<'_>) -> bool {
    let address = role.prose_cues(CueKind::Address).next();
    address.is_some_and(|word| word.start < role.body.start + OPENING)
        || names_a_job(role.body.of(role.text))
}

/// Whether one of the first words is a job or its description: `reviewer`, `specialist`, `role`.
fn names_a_job(body: &str) -> bool {
    let words = body.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty());
    words.take(FIRST_WORDS).any(|word| {
        let word = word.to_ascii_lowercase();
        let word = word.strip_suffix('s').unwrap_or(&word);
        JOBS.contains(&word) || word.len() > 6 && ENDINGS.iter().any(|end| word.ends_with(end))
    })
}

const JOBS: [&str; 22] = [
    "agent",
    "assistant",
    "role",
    "persona",
    "expert",
    "architect",
    "analyst",
    "lead",
    "mode",
    "guide",
    "identity",
    "mission",
    "act",
    "chef",
    "pm",
    "ceo",
    "cto",
    "coach",
    "mentor",
    "task",
    "goal",
    "purpose",
];

/// `engineer`, `specialist`, `administrator`.
const ENDINGS: [&str; 5] = ["eer", "ist", "tor", "wer", "per"];

#[cfg(test)]
mod tests {
    use super::names_a_job;
    use crate::rules::tests::findings;
    use alloc::format;

    #[test]
    fn an_address_or_a_job_is_enough() {
        let text = "Small images start fast, and each holds one service. ".repeat(12);
        let check = |text: &str| findings("missing-identity", "roles/a.md", text);
        assert_eq!(check(&text).len(), 1);
        assert_eq!(check(&format!("Your images are small. {text}")), [""; 0]);
        assert_eq!(check(&format!("# Build engineer\n\n{text}")), [""; 0]);
    }

    #[test]
    fn jobs_are_known_by_their_endings() {
        for job in
            ["code reviewer", "Database Administrators", "a developer", "Security specialist"]
        {
            assert!(names_a_job(job), "{job}");
        }
        assert!(!names_a_job("Images and their layers"));
    }
}
