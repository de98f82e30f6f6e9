//! Reports so much emphasis in capitals that no single emphasis stands out.

use super::{Check, Context, Example, Finding, Profile, Rule};
use crate::diagnostic::Severity;
use crate::role::{CueKind, Role};
use crate::text::Span;
use alloc::format;
use alloc::vec::Vec;

/// The rule.
pub(super) static RULE: Rule = Rule {
    name: "emphasis-inflation",
    severity: Severity::Info,
    profile: Profile::Recommended,
    summary: "Many lines are emphasized in capitals.",
    why: "Emphasis works by contrast: where every tenth line says MUST or CRITICAL, no line is emphasized, and models may follow all of them too rigidly (Anthropic's and OpenAI's prompting guides). In an earlier collection of 571 real prompts, one in a hundred had more than seventeen such lines.",
    example: Example {
        path: "roles/tester.md",
        bad: "# Tester\n\n- You MUST read the code.\n- You MUST run it.\n- NEVER guess.\n- NEVER mock.\n- ALWAYS test.\n- CRITICAL: report.\n- ALWAYS cite.\n- You MUST stop.\n- NEVER skip.\n- IMPORTANT: ask.\n",
        at: "MUST",
        good: "# Tester\n\n- Read the code.\n- Run it.\n- Do not guess.\n- NEVER mock.\n- Test.\n- Report.\n- Cite.\n- Stop.\n- Do not skip.\n- Ask.\n",
        files: &[],
    },
    check: Check::Role(check),
};

/// Fewer lines are not inflation in any text.
const MIN_LINES: usize = 10;

/// The threshold per hundred lines of prose.
const MIN_SHARE: usize = 5;

fn check(cx: &mut Context<'_>) {
    let role = cx.role;
    let mut lines: Vec<(Span, Span)> = Vec::new();
    let mut last = None;
    for word in role.prose_cues(CueKind::Stress) {
        let line = role.line_at(word.start);
        // A long line may contain thousands of these words.
        if last.replace(line) == Some(line) {
            continue;
        }
        // A scale of severities is not emphasis: `from CRITICAL to LOW`.
        let text = line.of(role.text);
        let is_scale =
            ["HIGH", "LOW", "MEDIUM", "MAJOR", "WARNING"].iter().any(|w| text.contains(w));
        let is_table = text.trim_start().starts_with('|');
        if !is_scale && !is_table && !is_requirement(text) {
            lines.push((line, word));
        }
    }
    if lines.len() < MIN_LINES {
        return;
    }
    let all = prose_lines(role);
    if lines.len() * 100 < all * MIN_SHARE {
        return;
    }
    let Some(((_, first), more)) = lines.split_first() else { return };
    let message = format!("{} of {all} lines are emphasized in capitals", lines.len());
    cx.report(
        Finding::new(*first, message)
            .labels(more.iter().map(|(_, word)| *word), "also here")
            .reason("When everything is emphasized, nothing is.")
            .help("Keep the one or two that matter most, and give reasons for the others."),
    );
}

/// Whether a line is a list item with one MUST in it, as in the lists of a standard: "Names MUST be
/// short".
fn is_requirement(line: &str) -> bool {
    const STRONGER: [&str; 6] =
        ["You MUST", "NEVER", "ALWAYS", "CRITICAL", "IMPORTANT", "MANDATORY"];
    let is_item = line.trim_start().starts_with(['-', '*', '+']);
    is_item && line.matches("MUST").count() == 1 && !STRONGER.iter().any(|word| line.contains(word))
}

/// The body lines that are neither blank, nor code, nor part of a table.
fn prose_lines(role: &Role<'_>) -> usize {
    let is_prose = |line: &Span| {
        let text = line.of(role.text).trim_start();
        !text.is_empty() && !text.starts_with('|') && role.outline.code_at(line.start).is_none()
    };
    role.body_lines().filter(is_prose).count()
}

#[cfg(test)]
mod tests {
    use crate::rules::tests::findings;
    use alloc::format;

    #[test]
    fn the_requirements_of_a_standard_are_no_emphasis() {
        let check = |text: &str| findings("emphasis-inflation", "roles/a.md", text);
        assert_eq!(check(&"- Names MUST be short.\n".repeat(12)), [""; 0]);
        assert_eq!(check(&"- You MUST be short.\n".repeat(12)).len(), 1);
        assert_eq!(check(&"- MUST and MUST NOT.\n".repeat(12)).len(), 1);
    }

    #[test]
    fn tables_code_and_a_few_lines_are_left_alone() {
        let check = |text: &str| findings("emphasis-inflation", "roles/a.md", text);
        let lines = "- NEVER guess.\n".repeat(10);
        assert_eq!(check(&lines), ["1:3-1:8 info 10 of 10 lines are emphasized in capitals"]);
        assert_eq!(check(&"- NEVER guess.\n".repeat(9)), [""; 0]);
        assert_eq!(check(&format!("{lines}{}", "- Read.\n".repeat(200))), [""; 0]);
        assert_eq!(check(&format!("```\n{lines}```\n")), [""; 0]);
        assert_eq!(check(&format!("| a |\n|---|\n{}", "| NEVER b |\n".repeat(12))), [""; 0]);
    }
}
