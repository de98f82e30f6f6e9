//! A sentence or heading that introduces an include that does not exist.

use super::{Check, Context, Example, Finding, Profile, Rule};
use crate::diagnostic::Severity;
use crate::template::ProblemKind;
use alloc::format;
use alloc::string::String;

/// The rule.
pub(super) static RULE: Rule = Rule {
    name: "orphaned-lead-in",
    severity: Severity::Warning,
    profile: Profile::Core,
    summary: "An introductory sentence or a heading is left with nothing after it.",
    why: "An optional include that does not exist takes its line with it, but not the sentence that introduces it. The model then reads \"review these:\" with nothing after it, and looks for something to review.",
    example: Example {
        path: "roles/deployer.md",
        bad: "# Deployer\n\n## Inputs\n\nReview what was decided:\n- {{include:decisions.md}} (if exists)\n\n## Output\n\nA plan.\n",
        at: "Review what was decided:",
        good: "# Deployer\n\n## Inputs\n\nReview what was decided:\n- {{include:decisions.md}} (if exists)\n- The open tickets.\n\n## Output\n\nA plan.\n",
        files: &[],
    },
    check: Check::Role(check),
};

fn check(cx: &mut Context<'_>) {
    cx.report_problems(|cx, expanded, problem| {
        let ProblemKind::OrphanedLeadIn { heading } = problem.kind else { return None };
        let text = cx.text_of(expanded, problem.at.file).unwrap_or_default();
        let lead = problem.at.span.of(&text);
        let shown: String = lead.chars().take(50).collect();
        let more = if shown.len() < lead.len() { "…" } else { "" };
        let message = match heading {
            true => format!("Nothing is left under `{shown}{more}`"),
            false => format!("Nothing follows `{shown}{more}`"),
        };
        let finding = Finding::new(problem.at.span, message)
            .reason("The optional includes after it do not exist.")
            .help("Say what to do if they are missing, or move the text into the included file.");
        // A condition says itself that there may be nothing.
        let is_condition = ["If ", "When ", "Once "].iter().any(|word| lead.starts_with(word));
        Some(if is_condition { finding.severity(Severity::Info) } else { finding })
    });
}

#[cfg(test)]
mod tests {
    use super::super::tests::findings;

    fn found(text: &str) -> std::vec::Vec<std::string::String> {
        findings("orphaned-lead-in", "roles/x.md", text)
    }

    #[test]
    fn a_text_that_goes_on_without_the_files_is_quiet() {
        let text = |next: &str| {
            let lead =
                "Review these:\n- {{include:a.md}} (if exists)\n- {{include:b.md}} (if exists)";
            std::format!("{lead}\n\n{next}\n\nDesign it.\n")
        };
        assert!(found(&text("**If these files are missing**: Ask the user.")).is_empty());
        assert!(found(&text("If they do not exist, ask the user.")).is_empty());
        assert_eq!(
            found(&text("**If these files exist**: Update them.")),
            ["1:1-1:14 warning Nothing follows `Review these:`"]
        );
    }

    #[test]
    fn what_still_leads_somewhere_is_quiet() {
        assert!(found("Load:\n- {{include:a.md}} (if exists)\n- b\n").is_empty());
        assert!(found("Load:\n{{include:a.md|optional}}\n```\nb\n```\n").is_empty());
        assert_eq!(
            found("## A\n\n{{include:a.md|optional}}\n\n## B\n\nb\n"),
            ["1:1-1:5 warning Nothing is left under `## A`"]
        );
    }
}
