//! Reports plain lines used as headings: `Key Responsibilities` between blank lines.

use super::finding::MAX_LABELS;
use super::{Check, Context, Example, Finding, Profile, Rule};
use crate::diagnostic::Severity;
use crate::markdown::Paragraph;
use crate::role::Role;
use crate::section::{self, Origin, Section};
use crate::text::Span;
use alloc::format;
use alloc::string::String;
use alloc::vec::Vec;

/// The rule.
pub(super) static RULE: Rule = Rule {
    name: "plain-heading",
    severity: Severity::Warning,
    profile: Profile::Core,
    summary: "Three or more plain lines are used as headings without being marked as headings.",
    why: "A line such as `Key Responsibilities` between blank lines is a heading to its author but a short paragraph in Markdown: the role has no outline, its sections cannot be referenced or included, and a model sees no boundary between its parts.",
    example: Example {
        path: "roles/reviewer.md",
        bad: "# Reviewer\n\nPurpose\n\nFind faults before they ship.\n\nKey Responsibilities\n\n- Read every change.\n\nOutput Format\n\nOne line for each fault.\n",
        at: "Purpose",
        good: "# Reviewer\n\n## Purpose\n\nFind faults before they ship.\n\n## Key Responsibilities\n\n- Read every change.\n\n## Output Format\n\nOne line for each fault.\n",
        files: &[],
    },
    check: Check::Role(check),
};

/// A smaller number of plain lines may have another purpose.
const MIN_TITLES: usize = 3;

fn check(cx: &mut Context<'_>) {
    let role = cx.role;
    // Most texts have no such lines at all, so they need not be divided into sections.
    let bare = role.outline.paragraphs.iter().filter(|paragraph| !paragraph.nested);
    let bare = bare.map(|paragraph| paragraph.span.of(role.text));
    let bare = bare.filter(|line| line.len() <= 80 && section::is_plain_title(line));
    if bare.take(MIN_TITLES).count() < MIN_TITLES {
        return;
    }
    let titles = titles(role);
    let Some((first, rest)) = titles.split_first().filter(|_| titles.len() >= MIN_TITLES) else {
        return;
    };
    let mut finding =
        Finding::new(first.span, format!("{} plain lines are used as headings", titles.len()))
            .reason(match role.outline.headings.is_empty() {
                true => "Markdown reads them as paragraphs, so the role has no outline.",
                false => {
                    "Markdown reads them as paragraphs, so their text belongs to the section above."
                }
            });
    let is_certain = is_certain(role, first.span);
    finding = match is_certain {
        true => {
            finding.help(format!("Start each of these lines with `{}`.", first.marks.trim_end()))
        }
        false => finding.help("Start each of these lines with as many `#` as its level needs."),
    };
    for title in rest.iter().take(MAX_LABELS) {
        finding = match is_certain {
            true => finding.label(
                title.span,
                format!("becomes `{}{}`", title.marks, title.span.of(role.text)),
            ),
            false => finding.label(title.span, "also here"),
        };
    }
    let edits = titles.iter().map(|title| (Span::at(title.span.start), String::from(title.marks)));
    // In a document without real headings, as in a third of Cursor's rules, plain lines are a
    // matter of style, and info is enough; next to real headings, they are an oversight.
    if role.outline.headings.is_empty() {
        finding = finding.severity(Severity::Info);
    }
    let (title, edits) = ("Turn the lines into headings", edits.collect());
    cx.report(match is_certain {
        true => finding.safe_fix(title, edits),
        false => finding.unsafe_fix(title, edits),
    });
}

/// Whether the level of the new headings is certain: at most a title is marked, above all of them.
/// Among marked sections a line may be one at their level or below them.
fn is_certain(role: &Role<'_>, first: Span) -> bool {
    let mut headings = role.outline.headings.iter().filter(|heading| !heading.nested);
    headings.next().is_none_or(|title| title.level == 1 && title.span.end <= first.start)
        && headings.next().is_none()
}

#[derive(Clone, Copy)]
struct Title {
    span: Span,
    /// `## `, or the level below the heading above.
    marks: &'static str,
}

fn titles(role: &Role<'_>) -> Vec<Title> {
    let mut marks = marks(1);
    let mut found = Vec::new();
    for section in role.sections() {
        match section.origin {
            Origin::Heading => marks = self::marks(section.level),
            Origin::Plain if is_heading(role, section) => {
                found.push(Title { span: section.title, marks })
            }
            _ => {}
        }
    }
    if found.len() >= MIN_TITLES {
        let (text, plain) = (role.text, found.clone());
        let further = role.outline.paragraphs.iter().filter_map(|it| further_title(text, it));
        found.extend(further.map(|span| Title { span, marks: marks_at(role, &plain, span.start) }));
        found.sort_by_key(|title| title.span.start);
    }
    found
}

/// A line that counts as a title if other titles are known: a line with a number, or a line with
/// text right below it.
fn further_title(text: &str, paragraph: &Paragraph) -> Option<Span> {
    let lines = paragraph.span.of(text);
    let first = lines.lines().next().filter(|line| line.len() <= 80)?;
    let next = lines.lines().nth(1);
    let is_title = match next {
        None => is_numbered(first),
        Some(next) => {
            let is_text = next.starts_with(char::is_uppercase) && next.ends_with(['.', ':']);
            first.contains(' ') && section::is_plain_title(first) && is_text || is_numbered(first)
        }
    };
    let span = Span::new(paragraph.span.start, paragraph.span.start + first.len());
    (is_title && !paragraph.nested).then_some(span)
}

/// `Phase 2: Write the notes`
fn is_numbered(line: &str) -> bool {
    let rest = ["Phase ", "Step ", "Stage ", "Part "].iter().find_map(|it| line.strip_prefix(it));
    let Some(rest) = rest else { return false };
    let title = rest.trim_start_matches(|c: char| c.is_ascii_digit() || c == '.');
    let title = title.strip_prefix(": ").filter(|title| title.len() + 2 < rest.len());
    title.is_some_and(|it| it.starts_with(char::is_uppercase) && !it.ends_with(['.', ':', ',']))
}

/// The level of the title above, so that all plain titles share one level.
fn marks_at(role: &Role<'_>, plain: &[Title], start: usize) -> &'static str {
    let at = role.outline.headings.partition_point(|heading| heading.span.start < start);
    let heading = role.outline.headings.get(..at).and_then(<[_]>::last);
    let before = plain.get(..plain.partition_point(|title| title.span.start < start));
    match (heading, before.and_then(<[_]>::last)) {
        (Some(heading), Some(title)) if title.span.start > heading.span.start => title.marks,
        (Some(heading), _) => marks(heading.level),
        (None, Some(title)) => title.marks,
        (None, None) => marks(1),
    }
}

/// The `#` characters of a heading one level below `above`.
fn marks(above: u8) -> &'static str {
    let level = usize::from(above).clamp(1, 5) + 1;
    "###### ".get(6 - level..).unwrap_or("## ")
}

fn is_heading(role: &Role<'_>, section: &Section) -> bool {
    role.outline.code_at(section.title.start).is_none()
        && !role.outline.is_html(section.title.start)
}

#[cfg(test)]
mod tests {
    use crate::rules::tests::{findings, fixed, fixed_unsafely};
    use alloc::string::String;
    use alloc::vec::Vec;

    fn check(text: &str) -> Vec<String> {
        findings("plain-heading", "roles/a.md", text)
    }

    #[test]
    fn the_level_fits_under_the_heading_above() {
        let text = "# R\r\n\r\nPurpose\r\n\r\nx.\r\n\r\n## S\r\n\r\nInput\r\n\r\n- y\r\n\r\nOutput\r\n\r\n1. z\r\n";
        assert_eq!(check(text), ["3:1-3:8 warning 3 plain lines are used as headings"]);
        assert_eq!(fixed("roles/a.md", text), text);
        assert_eq!(
            fixed_unsafely("roles/a.md", text),
            "# R\r\n\r\n## Purpose\r\n\r\nx.\r\n\r\n## S\r\n\r\n### Input\r\n\r\n- y\r\n\r\n### Output\r\n\r\n1. z\r\n"
        );
    }

    #[test]
    fn a_level_is_named_only_where_it_is_certain() {
        let found = |text: &str| {
            let report =
                crate::check(&crate::Input::new(text).at("roles/a.md"), &Default::default());
            let is_it = |d: &crate::Diagnostic| d.rule == "plain-heading";
            let found = report.diagnostics.into_iter().find(is_it).unwrap();
            let label = String::from(&*found.labels[0].message);
            (String::from(found.reason.unwrap()), String::from(found.help.unwrap()), label)
        };
        let plain = "Purpose\n\nx.\n\nInput\n\ny.\n\nOutput\n\nz.\n";
        let (reason, help, label) = found(plain);
        assert_eq!(reason, "Markdown reads them as paragraphs, so the role has no outline.");
        assert_eq!(help, "Start each of these lines with `##`.");
        assert_eq!(label, "becomes `## Input`");
        let (reason, help, label) = found(&["# R\n\n## Summary\n\nx.\n\n", plain].concat());
        assert!(reason.ends_with("so their text belongs to the section above."));
        assert_eq!(help, "Start each of these lines with as many `#` as its level needs.");
        assert_eq!(label, "also here");
        assert_eq!(found(&["# R\n\n", plain].concat()).2, "becomes `## Input`");
    }

    #[test]
    fn numbered_lines_and_lines_above_text_follow_three_others() {
        let more = "Phase 1.5: Read\n\nx.\n\nKey Points\nBe short.\n\n";
        let text = ["# R\n\nPurpose\n\nx.\n\n", more, "Input\n\ny.\n\nOutput\n\nz.\n"].concat();
        assert_eq!(check(&text), ["3:1-3:8 warning 5 plain lines are used as headings"]);
        let headings = "## Phase 1.5: Read\n\nx.\n\n## Key Points\nBe short.\n\n";
        assert!(fixed("roles/a.md", &text).contains(headings));
        assert_eq!(check(&["# R\n\nPurpose\n\nx.\n\n", more].concat()), [""; 0]);
    }

    #[test]
    fn bare_lines_are_info_where_nothing_is_marked() {
        let text = "Purpose\n\nx.\n\nInput\n\ny.\n\nOutput\n\nz.\n";
        assert_eq!(check(text), ["1:1-1:8 info 3 plain lines are used as headings"]);
        assert!(fixed("roles/a.md", text).starts_with("## Purpose\n\nx.\n\n## Input\n"));
    }

    #[test]
    fn two_bare_lines_sentences_and_names_in_a_row_are_left_alone() {
        for text in [
            "Purpose\n\nx.\n\nOutput\n\ny.\n",
            "Be kind.\n\nx\n\nBe quick.\n\ny\n\nBe done.\n\nz\n",
            "Google\n\nAmazon\n\nMicrosoft\n\nApple\n\nNetflix\n",
            "- a\n\n  Purpose\n\n  x\n\n  Output\n\n  y\n\n  Input\n\n  z\n",
            "目的\n\n文。\n\n职责\n\n文。\n\n输出\n\n文。\n",
        ] {
            assert_eq!(check(text), [""; 0], "{text}");
        }
    }
}
