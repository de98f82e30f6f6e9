//! Roles that say nothing about what the agent must not do.

use super::{Check, Context, Example, Finding, Profile, Rule};
use crate::diagnostic::Severity;
use crate::host::Kind;
use crate::role::{CueKind, Role};
use crate::section::SectionKind;
use crate::text::Span;

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

/// Shorter roles say only what matters.
pub(super) const MIN_LENGTH: usize = 400;

fn check(cx: &mut Context<'_>) {
    let role = cx.role;
    let limits = [CueKind::Limit, CueKind::Stress];
    let has_limit = || limits.iter().any(|kind| role.prose_cues(*kind).next().is_some());
    let has_section =
        || role.sections().iter().any(|one| one.kind(role.text).0 == SectionKind::Boundaries);
    if !is_worth_judging(cx) || has_limit() || has_section() {
        return;
    }
    cx.report(
        Finding::new(title(role), "The role sets no boundaries")
            .reason("What the agent must not do is left to the model.")
            .help("Say what it always does, what it asks about first, and what it never does."),
    );
}

/// Whether a text is a role in English that is long enough to miss something in.
pub(super) fn is_worth_judging(cx: &Context<'_>) -> bool {
    let role = cx.role;
    let body = role.body.of(role.text);
    let is_english = || body.bytes().filter(u8::is_ascii_alphabetic).count() * 2 > body.len();
    let is_role = cx.host.kind == Kind::Role && role.syntax == crate::role::Syntax::Markdown;
    is_role && body.len() >= MIN_LENGTH && !role.has_directives && is_english()
}

/// The first heading, or the first line.
pub(super) fn title(role: &Role<'_>) -> Span {
    let body = role.body.of(role.text);
    let lead = body.len() - body.trim_start().len();
    let line = role.line_at(role.body.start + lead);
    role.outline
        .headings
        .first()
        .filter(|heading| !heading.text.is_empty())
        .map_or(line, |heading| heading.text)
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
