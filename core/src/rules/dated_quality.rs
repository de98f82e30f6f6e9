//! Reports years used as a mark of quality.

use super::wording::{words_after, words_before};
use super::{Check, Context, Example, Finding, Profile, Rule};
use crate::diagnostic::Severity;
use crate::role::{CueKind, Role};
use crate::text::Span;
use alloc::vec::Vec;

/// The rule.
pub(super) static RULE: Rule = Rule {
    name: "dated-quality",
    severity: Severity::Info,
    profile: Profile::Recommended,
    summary: "The prompt uses a year as a mark of quality.",
    why: "A phrase such as \"modern 2025 patterns\" is out of date a year later, and says nothing that a model could check. Editions of a standard, such as the 2021 edition of a language, are not reported.",
    example: Example {
        path: "roles/builder.md",
        bad: "# Builder\n\nFollow 2025 best practices.\n",
        at: "2025",
        good: "# Builder\n\nBuild small images, and pin every version.\n",
        files: &[],
    },
    check: Check::Role(check),
};

fn check(cx: &mut Context<'_>) {
    let role = cx.role;
    let years = role.prose_cues(CueKind::Year);
    let found: Vec<Span> = years.filter(|year| praises(role, *year)).collect();
    let Some((first, more)) = found.split_first() else { return };
    cx.report(
        Finding::new(*first, "Year used as a mark of quality")
            .and_more(more.len())
            .labels(more.iter().copied(), "also here")
            .reason("It goes out of date and gives the model no practice to follow.")
            .help("Delete the year, or name the practice."),
    );
}

fn praises(role: &Role<'_>, year: Span) -> bool {
    let text = role.text;
    let line = role.line_at(year.start);
    let is =
        |span: Span, words: &[&str]| words.iter().any(|w| span.of(text).eq_ignore_ascii_case(w));
    let part_of_name = |c: char| matches!(c, '-' | '/' | '.' | ':' | '_' | '@');
    let before = text.get(line.start..year.start).unwrap_or("");
    let after = text.get(year.end..line.end).unwrap_or("");
    if before.ends_with(part_of_name) || after.starts_with(['-', '/', '_']) {
        return false;
    }
    if is_in_brackets(before, after) {
        return true;
    }
    let next: Vec<Span> = words_after(text, year.end).take(2).collect();
    let edition = ["edition", "top", "standard", "release", "version", "report"];
    if next.iter().any(|span| is(*span, &edition)) {
        return false;
    }
    let practice = ["best", "practices", "patterns", "practice"];
    next.first().is_some_and(|span| is(*span, &["best", "practices", "patterns", "best-practice"]))
        || words_before(text, line, year.start).next().is_some_and(|span| {
            is(span, &["modern", "latest"]) && next.first().is_some_and(|n| is(*n, &practice))
        })
}

/// "The latest (Nov 2025) standards": "latest" remains true, but the date does not.
fn is_in_brackets(before: &str, after: &str) -> bool {
    const MONTHS: [&str; 12] =
        ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"];
    let Some((lead, month)) = before.rsplit_once('(') else { return false };
    let month = month.trim_end_matches([' ', '.']).to_ascii_lowercase();
    let is_month = month.is_empty()
        || month.bytes().all(|b| b.is_ascii_lowercase())
            && MONTHS.iter().any(|name| month.starts_with(name));
    let lead = lead.trim_end().to_ascii_lowercase();
    is_month && after.starts_with(')') && (lead.ends_with("latest") || lead.ends_with("current"))
}

#[cfg(test)]
mod tests {
    use crate::rules::tests::findings;

    #[test]
    fn a_date_in_brackets_after_latest_is_found() {
        let check = |text: &str| findings("dated-quality", "roles/a.md", text);
        assert_eq!(
            check("Look up the latest (Nov 2025) standards.\n"),
            ["1:25-1:29 info Year used as a mark of quality"]
        );
        for text in ["See the report (Nov 2025).\n", "The latest (as of version 2025) is out.\n"] {
            assert_eq!(check(text).len(), 0, "{text}");
        }
    }

    #[test]
    fn editions_and_dates_are_left_alone() {
        let check = |text: &str| findings("dated-quality", "roles/a.md", text);
        assert_eq!(
            check("Use 2025 best practices and modern 2025 patterns.\n"),
            ["1:5-1:9 info Year used as a mark of quality (2 places)"]
        );
        for text in [
            "Use the 2021 edition.\n",
            "OWASP Top 10 2021 best practices\n".trim_end_matches("best practices\n"),
            "Since 2025-01-01 best practices hold.\n",
            "CVE-2021 patterns\n",
            "Written in 2025.\n",
        ] {
            assert_eq!(check(text), [""; 0], "{text}");
        }
    }
}
