//! Reports roles that do not say what the agent must not do.

use super::absence::{self, has_cue, has_section};
use super::{Check, Context, Example, Finding, Profile, Rule};
use crate::diagnostic::Severity;
use crate::role::{CueKind, Role};
use crate::section::SectionKind;

/// The rule.
pub(super) static RULE: Rule = Rule {
    name: "missing-boundaries",
    severity: Severity::Info,
    profile: Profile::Style,
    summary: "The role does not say what the agent must not do.",
    why: "GitHub's study of 2,500 agent files found that the useful ones say what to always do, what to ask about first, and what to never do. A role in which no sentence limits anything leaves these decisions to the model. Only roles without a single limiting word are reported.",
    example: Example {
        path: "roles/builder.md",
        bad: "# Builder\n\nYou build the images of the team. Read the files of the service, write a small image for it, pin each version, and measure the size of the result. Add the image to the pipeline, start it, and watch its first hour. Explain each of your choices to the team in two sentences, with a link to the run in which you measured it, and with the size before and after. Keep the list of the images in order by name.\n",
        at: "Builder",
        good: "# Builder\n\nYou build the images of the team. Never push an image; ask for a review.\n",
        files: &[],
    },
    check: Check::Role(check),
};

fn check(cx: &mut Context<'_>) {
    absence::report(cx, sets_limits, |title| {
        Finding::new(title, "The role sets no boundaries")
            .reason("What the agent must not do is left to the model.")
            .help("Say what it always does, what it asks about first, and what it never does.")
    });
}

fn sets_limits(role: &Role<'_>) -> bool {
    has_cue(role, CueKind::Limit)
        || has_cue(role, CueKind::Stress)
        || has_section(role, SectionKind::Boundaries)
}

#[cfg(test)]
mod tests {
    use crate::rules::tests::findings;
    use alloc::format;

    #[test]
    fn one_limiting_word_is_enough() {
        let check = |path, text: &str| findings("missing-boundaries", path, text);
        let text = "You build the images of the team. ".repeat(20);
        assert_eq!(check("roles/a.md", &text).len(), 1);
        for more in ["Do not push.", "Only read.", "You must NOT push."] {
            assert_eq!(check("roles/a.md", &format!("{text}{more}")), [""; 0], "{more}");
        }
        assert_eq!(check("AGENTS.md", &text), [""; 0]);
        assert_eq!(check("roles/a.md", &"你负责构建镜像。".repeat(80)), [""; 0]);
    }
}
