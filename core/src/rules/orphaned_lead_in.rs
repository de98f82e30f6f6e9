//! A sentence or heading that introduces an include that does not exist.

use super::{Check, Context, Example, Finding, Profile, Rule};
use crate::diagnostic::Severity;
use crate::role::Role;
use crate::template::ProblemKind;
use crate::text::Span;
use alloc::format;
use alloc::string::String;
use alloc::vec::Vec;

/// The rule.
pub(super) static RULE: Rule = Rule {
    name: "orphaned-lead-in",
    severity: Severity::Warning,
    profile: Profile::Core,
    summary: "An introductory sentence or a heading is left with nothing after it.",
    why: "An optional include that does not exist takes its line with it, but not the sentence that introduces it. The model then reads \"review these:\" with nothing after it, and looks for something to review. A converter that drops lists leaves the same gap: two conditions in a row that both end with a colon, or \"For example:\" before the next heading.",
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
        // A conditional lead-in already allows for an empty list.
        let is_condition = ["If ", "When ", "Once "].iter().any(|word| lead.starts_with(word));
        Some(if is_condition { finding.severity(Severity::Info) } else { finding })
    });
    let lost = lost_lists(cx.role);
    if let Some((first, more)) = lost.split_first() {
        let message = format!("Nothing follows `{}`", first.of(cx.role.text));
        let finding = Finding::new(*first, message)
            .and_more(more.len())
            .labels(more.iter().copied(), "nothing follows this either")
            .reason("The list or example that it introduces is missing.")
            .help("Add what is missing, or delete the line.");
        cx.report(finding);
    }
}

/// Lead-ins in plain text without a list: a condition right before another condition, whose lists
/// were lost, and "For example:" right before the next section.
fn lost_lists(role: &Role<'_>) -> Vec<Span> {
    let text = role.text;
    let outline = &role.outline;
    let is_next = |end: usize, start: usize| {
        text.get(end..start).is_some_and(|between| between.trim().is_empty())
    };
    let is_condition = |span: Span| {
        let lead = span.of(text);
        let begins =
            ["When ", "If ", "Before ", "After "].iter().any(|word| lead.starts_with(word));
        begins && lead.ends_with(':') && !lead.contains(['\n', '"', '`'])
    };
    let mut found = Vec::new();
    for (at, paragraph) in outline.paragraphs.iter().enumerate() {
        let span = paragraph.span;
        if paragraph.nested || !span.of(text).ends_with(':') {
            continue;
        }
        let next = outline.paragraphs.get(at + 1).filter(|next| !next.nested);
        let before_condition = is_condition(span)
            && next
                .is_some_and(|next| is_next(span.end, next.span.start) && is_condition(next.span));
        let is_example =
            matches!(span.of(text), "For example:" | "Here's an example:" | "Here is an example:");
        if before_condition || is_example && ends_section(role, span, is_next) {
            found.push(span);
        }
    }
    found
}

/// Whether the next heading is of the same or a higher level than the section's heading.
fn ends_section(role: &Role<'_>, span: Span, is_next: impl Fn(usize, usize) -> bool) -> bool {
    let headings = &role.outline.headings;
    let next = headings.partition_point(|heading| heading.span.start < span.start);
    let own = next.checked_sub(1).and_then(|at| headings.get(at)).map_or(0, |own| own.level);
    headings
        .get(next)
        .is_some_and(|heading| heading.level <= own && is_next(span.end, heading.span.start))
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
    fn lists_that_a_converter_lost_are_missed() {
        assert_eq!(
            found("When making changes:\n\nWhen updating documentation:\n\nWhen done:\n\n- Test\n"),
            ["1:1-1:21 warning Nothing follows `When making changes:` (2 places)"]
        );
        assert_eq!(
            found("## A\n\nBe brief. Here's how.\n\nFor example:\n\n## B\n\nb\n"),
            ["5:1-5:13 warning Nothing follows `For example:`"]
        );
        for text in [
            "## A\n\nFor example:\n\n### B\n\nb\n",
            "When making changes:\n\n- Test\n\nWhen done:\n\n- Rest\n",
            "When making changes:\n\nTest them.\n\nWhen done:\n\n- Rest\n",
            "Answer with:\n\n## B\n\nb\n",
            "> When asked:\n\n> When told:\n",
        ] {
            assert!(found(text).is_empty(), "{text}");
        }
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
