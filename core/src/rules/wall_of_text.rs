//! Long texts without any structure.

use super::{Check, Context, Example, Finding, Profile, Rule};
use crate::diagnostic::Severity;
use crate::host::Kind;
use crate::text::Span;
use alloc::format;

/// The rule.
pub(super) static RULE: Rule = Rule {
    name: "wall-of-text",
    severity: Severity::Info,
    profile: Profile::Recommended,
    summary: "The role has more than 150 words and no heading, list or label.",
    why: "Like a person, a model finds its way by structure: headings and lists say what belongs together and what comes first. In one block of text, conditions and exceptions are easily mixed up.",
    example: Example {
        path: "roles/clerk.md",
        bad: "You are the clerk of the office and file what comes in.\nOpen every letter in the order in which it came and read it to its end before you decide where it belongs. A bill goes to the folder of bills, with its amount and the day on which it is due written on the cover. A complaint goes to the folder of complaints, and the person that it is about gets a note on the same day. A letter that asks for something is answered if the answer is known, and handed on if it is not. What is not for this office goes back to the sender with a line that says so. Letters without a sender are kept for a month and then shredded, unless they hold something of value. At the end of the day, count the letters, compare the count with that of the morning, and report every difference. Ask before you throw anything away, and never open what is marked as private.\n",
        at: "You are the clerk of the office and file what comes in.",
        good: "# Clerk\n\nYou are the clerk of the office and file what comes in.\n\n- Open every letter in the order in which it came.\n",
        files: &[],
    },
    check: Check::Role(check),
};

/// Shorter texts can be taken in at a glance.
const MAX_WORDS: usize = 150;

fn check(cx: &mut Context<'_>) {
    let (role, outline) = (cx.role, &cx.role.outline);
    let is_role = cx.host.kind == Kind::Role && role.syntax == crate::role::Syntax::Markdown;
    let divided = !outline.items.is_empty()
        || !outline.headings.is_empty()
        || !outline.tables.is_empty()
        || !outline.html.is_empty()
        || outline.emphasis.iter().any(|emphasis| emphasis.strong)
        || !outline.fences.is_empty();
    let body = role.body.of(role.text);
    // A word has a character and a space.
    if divided || !is_role || role.has_directives || body.len() < MAX_WORDS * 2 {
        return;
    }
    let words = body.split_ascii_whitespace().count();
    if words <= MAX_WORDS || !role.sections().is_empty() {
        return;
    }
    let lead = body.len() - body.trim_start().len();
    let line = role.line_at(role.body.start + lead);
    let line = Span::new(role.body.start + lead, line.end);
    let end = line.of(role.text).char_indices().nth(80).map_or(line.end, |(at, _)| line.start + at);
    cx.report(
        Finding::new(
            Span::new(line.start, end),
            format!("{words} words without a heading or list"),
        )
        .reason("Nothing shows which instructions belong together and which come first.")
        .help("Divide the text with headings, and put steps and rules into lists."),
    );
}

#[cfg(test)]
mod tests {
    use crate::rules::tests::findings;
    use alloc::format;

    #[test]
    fn any_structure_is_enough() {
        let check = |text: &str| findings("wall-of-text", "roles/a.md", text);
        let text = "You file every letter that comes in. ".repeat(25);
        assert_eq!(check(&text).len(), 1);
        for more in ["# Clerk\n", "- Ask.\n", "**Tone:**\nbrief\n", "<rules>\n"] {
            assert_eq!(check(&format!("{more}\n{text}")), [""; 0], "{more}");
        }
        assert_eq!(check(&"You file every letter. ".repeat(20)), [""; 0]);
    }
}
