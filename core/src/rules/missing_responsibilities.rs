//! Reports roles that do not say what the agent has to do.

use super::absence::{self, has_section};
use super::{Check, Context, Example, Finding, Profile, Rule};
use crate::diagnostic::Severity;
use crate::role::Role;
use crate::section::SectionKind;

/// The rule.
pub(super) static RULE: Rule = Rule {
    name: "missing-responsibilities",
    severity: Severity::Info,
    profile: Profile::Style,
    summary: "The role has neither duties nor steps.",
    why: "Anthropic's guide to agents asks for responsibilities and a process: without either, the model decides on its own what the job includes and in what order to do it. A section under a title such as \"Responsibilities\", \"Process\" or \"When invoked\", or a numbered list, is enough.",
    example: Example {
        path: "roles/images.md",
        bad: "# Images\n\nYou are the keeper of the images of the team. Small images start fast, and small images have fewer flaws. The base image of the team is small. Each image holds one service, and each service has an image. Layers that rarely differ come first, those that often differ come last. Secrets are not in any image; the environment has them. Old images are of no use to anybody. Report what you find as a table, and never push an image yourself.\n",
        at: "Images",
        good: "# Images\n\nYou are the keeper of the images of the team. Small images start fast, and small images have fewer flaws. The base image of the team is small. Each image holds one service, and each service has an image. Layers that rarely differ come first, those that often differ come last. Secrets are not in any image; the environment has them. Old images are of no use to anybody. Report what you find as a table, and never push an image yourself.\n\n1. Build each image.\n2. Compare its size with the last one.\n",
        files: &[],
    },
    check: Check::Role(check),
};

fn check(cx: &mut Context<'_>) {
    absence::report(cx, says_what_to_do, |title| {
        Finding::new(title, "The role has neither duties nor steps")
            .reason("The model decides on its own what the job includes.")
            .help("List its duties, or number the steps that it follows.")
    });
}

fn says_what_to_do(role: &Role<'_>) -> bool {
    // Some roles have all their content in a code block.
    let code = role.outline.code.iter().map(|code| code.len()).sum::<usize>();
    let is_on_call = || {
        let mut titles = role.sections().iter().map(|section| section.title.of(role.text));
        titles.any(|title| title.eq_ignore_ascii_case("when invoked"))
    };
    code * 3 > role.body.len()
        || role.outline.items.iter().any(|item| item.ordered)
        || has_section(role, SectionKind::Responsibilities)
        || has_section(role, SectionKind::Process)
        || is_on_call()
}

#[cfg(test)]
mod tests {
    use crate::rules::tests::findings;
    use alloc::format;

    #[test]
    fn a_section_or_a_numbered_list_is_enough() {
        let check = |text: &str| findings("missing-responsibilities", "roles/a.md", text);
        let text = "You keep the images of the team small. ".repeat(15);
        assert_eq!(check(&text).len(), 1);
        for more in
            ["1. Build.\n2. Push.", "## Responsibilities\n\nAll images.", "When invoked:\n- build"]
        {
            assert_eq!(check(&format!("{text}\n\n{more}\n")), [""; 0], "{more}");
        }
    }
}
