//! Reports roles that do not say what the agent returns.

use super::absence::{self, has_cue, has_section};
use super::{Check, Context, Example, Finding, Profile, Rule};
use crate::diagnostic::Severity;
use crate::role::{CueKind, Role};
use crate::section::SectionKind;

/// The rule.
pub(super) static RULE: Rule = Rule {
    name: "missing-output",
    severity: Severity::Info,
    profile: Profile::Style,
    summary: "The role does not say what the agent returns.",
    why: "A subagent returns one message to the agent that called it. If the role does not describe that message, it takes a different form every time, and often retells the work instead of reporting what was found. Only roles without a single word about a result are reported.",
    example: Example {
        path: "roles/images.md",
        bad: "# Images\n\nYou keep the images of the team small. Never push one. Each of them holds one service and the files it needs. Measure the size of an image before and after a change. Versions are pinned. Choose a base image by its size and by the time it takes to get a fix. Start each image once in the pipeline, and keep the logs of the first hour. Sort the list of the images by name, and remove those that no service has used for a month.\n",
        at: "Images",
        good: "# Images\n\nYou keep the images of the team small. Never push one. Report each size before and after.\n",
        files: &[],
    },
    check: Check::Role(check),
};

fn check(cx: &mut Context<'_>) {
    absence::report(cx, says_what_to_return, |title| {
        Finding::new(title, "The role does not say what to return")
            .reason("The result takes a different form every time.")
            .help("Describe the result: what it contains, in what order, and how long it is.")
    });
}

fn says_what_to_return(role: &Role<'_>) -> bool {
    has_cue(role, CueKind::Output) || has_section(role, SectionKind::Output)
}

#[cfg(test)]
mod tests {
    use crate::rules::tests::findings;
    use alloc::format;

    #[test]
    fn one_word_about_a_result_is_enough() {
        let check = |text: &str| findings("missing-output", "roles/a.md", text);
        let text = "You keep the images of the team small. ".repeat(15);
        assert_eq!(check(&text).len(), 1);
        for more in ["Return a list.", "## Deliverables", "Write a summary."] {
            assert_eq!(check(&format!("{text}\n\n{more}\n")), [""; 0], "{more}");
        }
    }
}
