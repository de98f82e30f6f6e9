//! Reports bidirectional control characters, which make text look different from the text that a
//! model reads.

use super::{Check, Context, Example, Finding, Profile, Rule};
use crate::diagnostic::Severity;
use crate::role::{SpecialCharacter, SpecialKind};
use crate::text::Span;
use alloc::format;
use alloc::string::String;
use alloc::vec::Vec;

/// The rule.
pub(super) static RULE: Rule = Rule {
    name: "bidi-control",
    severity: Severity::Error,
    profile: Profile::Core,
    summary: "The text contains characters that change its display order.",
    why: "U+202A to U+202E and U+2066 to U+2069 reorder text on screen without changing what a model reads, so a reviewer may approve something other than what takes effect (CVE-2021-42574, \"Trojan Source\"). Isolates that close on the same line and contain right-to-left letters are what Unicode recommends for such text, so they are reported as info.",
    example: Example {
        path: "roles/reviewer.md",
        bad: "# Reviewer\n\nNever \u{202E}approve a change.\n",
        at: "\u{202E}",
        good: "# Reviewer\n\nNever approve a change.\n",
        files: &[],
    },
    check: Check::Role(check),
};

fn check(cx: &mut Context<'_>) {
    let controls: Vec<&SpecialCharacter> =
        cx.role.special_characters().iter().filter(|n| n.kind == SpecialKind::Bidi).collect();
    if controls.is_empty() {
        return;
    }
    let (proper, suspect) = sort(cx.role.text, &controls);
    if let Some(finding) = finding(cx.role.text, &suspect) {
        let edits = suspect.iter().map(|&span| (span, String::new())).collect();
        let title = match suspect.len() {
            1 => "Delete the bidirectional control character",
            _ => "Delete the bidirectional control characters",
        };
        cx.report(
            finding
                .reason("It makes the text look different from what the model reads.")
                .help("Delete it, then reread the line.")
                .safe_fix(title, edits),
        );
    }
    if let Some(finding) = finding(cx.role.text, &proper) {
        cx.report(
            finding
                .severity(Severity::Info)
                .reason("It isolates right-to-left text correctly, but reviewers cannot see it.")
                .help("Keep it only if the line displays incorrectly without it."),
        );
    }
}

fn finding(text: &str, places: &[Span]) -> Option<Finding> {
    let (&first, rest) = places.split_first()?;
    let name = name(first.of(text).chars().next()?);
    let message = match rest.len() {
        0 => format!("Invisible {name}"),
        1 => format!("Invisible {name} and 1 more control character"),
        more => format!("Invisible {name} and {more} more control characters"),
    };
    Some(Finding::new(first, message).labels(rest.iter().copied(), "another control character"))
}

const fn name(control: char) -> &'static str {
    match control {
        '\u{202A}' => "left-to-right embedding (U+202A)",
        '\u{202B}' => "right-to-left embedding (U+202B)",
        '\u{202C}' => "pop directional formatting (U+202C)",
        '\u{202D}' => "left-to-right override (U+202D)",
        '\u{202E}' => "right-to-left override (U+202E)",
        '\u{2066}' => "left-to-right isolate (U+2066)",
        '\u{2067}' => "right-to-left isolate (U+2067)",
        '\u{2068}' => "first-strong isolate (U+2068)",
        _ => "pop directional isolate (U+2069)",
    }
}

/// The controls that isolate right-to-left text properly, and all other controls.
fn sort(text: &str, controls: &[&SpecialCharacter]) -> (Vec<Span>, Vec<Span>) {
    let (mut proper, mut suspect) = (Vec::new(), Vec::new());
    let mut open: Option<Span> = None;
    for control in controls {
        let span = Span::new(control.offset, control.offset + control.character.len_utf8());
        match (control.character, open) {
            ('\u{2067}' | '\u{2068}', _) => {
                // An isolate inside an isolate is never needed here, so the outer one is suspect.
                suspect.extend(open.replace(span));
            }
            ('\u{2069}', Some(opener)) if isolates(text, opener.end, span.start) => {
                proper.extend([opener, span]);
                open = None;
            }
            _ => {
                suspect.extend(open.take());
                suspect.push(span);
            }
        }
    }
    suspect.extend(open);
    (proper, suspect)
}

/// Whether `text[start..end]` is on one line and contains a right-to-left letter.
fn isolates(text: &str, start: usize, end: usize) -> bool {
    let inner = text.get(start..end).unwrap_or("");
    let right_to_left = |c: char| matches!(c, '\u{0590}'..='\u{08FF}' | '\u{FB1D}'..='\u{FDFF}' | '\u{FE70}'..='\u{FEFC}');
    !inner.contains('\n') && inner.contains(right_to_left)
}

#[cfg(test)]
mod tests {
    use crate::rules::tests::{findings, fixed};
    use alloc::string::String;
    use alloc::vec::Vec;

    fn check(text: &str) -> Vec<String> {
        findings("bidi-control", "roles/a.md", text)
    }

    #[test]
    fn controls_around_left_to_right_text_are_one_error() {
        let text = "a \u{202E}b\u{202C}\r\n\r\n`\u{2067}c\u{2069}`\r\n";
        assert_eq!(
            check(text),
            [
                "1:3-1:4 error Invisible right-to-left override (U+202E) and 3 more control characters"
            ]
        );
        assert_eq!(fixed("roles/a.md", text), "a b\r\n\r\n`c`\r\n");
    }

    #[test]
    fn an_isolate_around_hebrew_is_only_pointed_out() {
        assert_eq!(
            check("The word \u{2067}שלום\u{2069} means peace.\n"),
            [
                "1:10-1:11 info Invisible right-to-left isolate (U+2067) and 1 more control character"
            ]
        );
    }

    #[test]
    fn an_isolate_that_is_not_closed_on_its_line_is_an_error() {
        assert_eq!(check("\u{2067}שלום\nabc\u{2069}\n").len(), 1);
        assert!(check("\u{2067}שלום\n")[0].contains("error"));
    }

    #[test]
    fn code_that_reads_otherwise_than_it_runs_is_an_error() {
        let text = "```js\nif (level != \"user\u{202E} \u{2066}// Check if admin\u{2069} \u{2066}\") {\n```\n";
        assert_eq!(
            check(text),
            [
                "2:19-2:20 error Invisible right-to-left override (U+202E) and 3 more control characters"
            ]
        );
        assert_eq!(
            fixed("roles/a.md", text),
            "```js\nif (level != \"user // Check if admin \") {\n```\n"
        );
    }

    #[test]
    fn a_list_of_terms_with_closed_isolates_is_only_pointed_out() {
        let text = "- \u{2068}مراجعة\u{2069}: review\r\n- \u{2068}اختبار\u{2069}: test\r\n";
        assert_eq!(
            check(text),
            ["1:3-1:4 info Invisible first-strong isolate (U+2068) and 3 more control characters"]
        );
        assert_eq!(fixed("roles/a.md", text), text);
    }

    #[test]
    fn marks_that_only_lend_a_direction_are_left_alone() {
        assert_eq!(check("C++\u{200E} بالعربية \u{200F}(2024)\u{200E} and \u{061C}50%\n"), [""; 0]);
    }

    #[test]
    fn plain_arabic_and_hebrew_need_no_controls_and_raise_nothing() {
        assert_eq!(check("مرحبا بالعالم and שלום.\n"), [""; 0]);
    }
}
