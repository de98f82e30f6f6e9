//! Sections that are in a file twice.

use super::{Check, Context, Example, Finding, Profile, Rule};
use crate::diagnostic::Severity;
use crate::markdown::Heading;
use crate::role::Role;
use crate::text::Span;
use crate::tools;
use alloc::collections::BTreeMap;
use alloc::format;
use alloc::string::String;
use alloc::vec::Vec;

/// The rule.
pub(super) static RULE: Rule = Rule {
    name: "repeated-section",
    severity: Severity::Warning,
    profile: Profile::Core,
    summary: "A section is in the file twice, word for word.",
    why: "A section that was pasted twice costs its tokens twice, and when one copy is edited later, the two contradict each other. A title at the end of the file that repeats the first one is left over from pasting. Two sections that share only their title are reported as info. If nearly every line of a file is there twice, that is one finding, and what follows from it is not reported.",
    example: Example {
        path: "roles/writer.md",
        bad: "# Writer\n\n## Form\n\nOne line for each change, the most important first, in the past tense and without names.\n\n## Length\n\nAt most one screen.\n\n### Form\n\nOne line for each change, the most important first, in the past tense and without names.\n",
        at: "### Form",
        good: "# Writer\n\n## Form\n\nOne line for each change, the most important first, in the past tense and without names.\n\n## Length\n\nAt most one screen.\n",
        files: &[],
    },
    check: Check::Role(check),
};

/// Shorter texts may well be the same.
const MIN_TEXT: usize = 80;

/// Whether a section of the role is repeated, or each line.
pub(super) fn is_repeated(role: &Role<'_>) -> bool {
    !role.second_lines().is_empty() || !repeated(role, &headings(role)).is_empty()
}

fn headings<'a>(role: &'a Role<'_>) -> Vec<&'a Heading> {
    role.outline.headings.iter().filter(|heading| !heading.nested).collect()
}

/// The headings of repeated sections, each with the heading of the first occurrence.
fn repeated(role: &Role<'_>, headings: &[&Heading]) -> Vec<(Span, Span)> {
    let mut known: BTreeMap<&str, Span> = BTreeMap::new();
    let mut found: Vec<(Span, Span)> = Vec::new();
    for (at, heading) in headings.iter().enumerate() {
        let start_of = |at: usize| headings.get(at).map_or(role.body.end, |next| next.span.start);
        // A title that contains only sections is represented by the first of them.
        let leads =
            role.text.get(heading.span.end..start_of(at + 1)).is_some_and(|t| t.trim().is_empty());
        let end = start_of(if leads { at + 2 } else { at + 1 });
        let section = Span::new(heading.text.start, end).of(role.text).trim_end();
        if section.len() < heading.text.len() + MIN_TEXT {
            continue;
        }
        match known.get(section) {
            Some(first) => found.push((heading.span, *first)),
            None => _ = known.insert(section, heading.span),
        }
    }
    found
}

fn check(cx: &mut Context<'_>) {
    let role = cx.role;
    if let Some(finding) = doubled(role) {
        return cx.report(finding);
    }
    let headings = headings(role);
    if let Some(((span, first), more)) = repeated(role, &headings).split_first() {
        let title = tools::shown(span.of(role.text).trim_start_matches(['#', ' ']));
        let finding = Finding::new(*span, format!("Section `{title}` is repeated word for word"))
            .and_more(more.len())
            .label(*first, "first occurrence")
            .labels(more.iter().map(|(span, _)| *span), "also repeated")
            .reason("Its tokens count twice, and the copies drift apart when one is edited.")
            .help("Delete one of them.");
        cx.report(finding);
    } else if let Some(finding) = title_at_the_end(role, &headings) {
        cx.report(finding);
    } else if let Some(finding) = same_title(role, &headings) {
        cx.report(finding);
    }
}

/// A text in which every line is there twice.
fn doubled(role: &Role<'_>) -> Option<Finding> {
    let seconds = role.second_lines();
    let second = role.line_at(seconds.first()?.start);
    let edits = seconds.iter().map(|line| (*line, String::new())).collect();
    Some(
        Finding::new(second, "Every line is there twice")
            .label(role.line_at(second.start.saturating_sub(1)), "the same line")
            .reason("A second `---` or fence ends what the first one opens, so fields are read as text and code as instructions.")
            .unsafe_fix("Delete the second of each two lines", edits),
    )
}

/// Two sections with the same title in one section, or in the file.
fn same_title(role: &Role<'_>, headings: &[&Heading]) -> Option<Finding> {
    let mut known: BTreeMap<&str, Span> = BTreeMap::new();
    // Only top-level divisions of the file: at deeper levels, sections have parts of the same kind.
    for heading in headings.iter().filter(|heading| heading.level <= 2) {
        let title = heading.text.of(role.text);
        if heading.level == 1 {
            known.clear();
        } else if let Some(first) = known.insert(title, heading.span) {
            let message = format!("Two sections are called `{}`", tools::shown(title));
            return Some(
                Finding::new(heading.span, message)
                    .severity(Severity::Info)
                    .label(first, "first occurrence")
                    .reason("The model may read only one of them, or find that they contradict each other.")
                    .help("Merge them, or rename one."),
            );
        }
    }
    None
}

/// The first title, repeated as the last line.
fn title_at_the_end(role: &Role<'_>, headings: &[&Heading]) -> Option<Finding> {
    let (first, last) = (headings.first()?, headings.last()?);
    let is_same = first.level == last.level && first.text.of(role.text) == last.text.of(role.text);
    let is_end = role.text.get(last.span.end..).is_none_or(|rest| rest.trim().is_empty());
    (is_same && is_end && first.span != last.span).then(|| {
        Finding::new(last.span, "The file ends with its own title")
            .label(first.span, "first occurrence")
            .reason("Nothing follows it; it is probably left over from pasting.")
            .help("Delete it, or add the text that should follow.")
    })
}

#[cfg(test)]
mod tests {
    use crate::rules::tests::findings;
    use alloc::string::String;
    use alloc::vec::Vec;

    fn check(text: &str) -> Vec<String> {
        findings("repeated-section", "roles/a.md", text)
    }

    const TEXT: &str =
        "Some eighty characters of text that nobody would write twice in the same way, or so.";

    #[test]
    fn all_repeated_sections_are_one_finding() {
        let part = alloc::format!("## B\r\n\r\n{TEXT}\r\n\r\n## C\r\n\r\n{TEXT}\r\n\r\n");
        assert_eq!(
            check(&alloc::format!("# A\r\n\r\n{part}{part}")),
            ["11:1-11:5 warning Section `B` is repeated word for word (2 places)"]
        );
    }

    #[test]
    fn a_file_whose_lines_are_all_there_twice_is_one_finding() {
        let text = "# A\n\n## B\n\n```\nx: 1\n```\n\nOne.\nTwo.\n\n## C\n\n- Three\n- Four\n";
        let doubled = text.lines().map(|line| alloc::format!("{line}\n{line}\n"));
        let doubled: String = doubled.collect();
        let all = |text: &str| {
            let input = crate::Input::new(text).at("roles/a.md");
            let found = crate::check(&input, &Default::default()).diagnostics;
            found.into_iter().map(|d| d.rule).collect::<Vec<_>>()
        };
        assert_eq!(check(&doubled), ["2:1-2:4 warning Every line is there twice"]);
        assert_eq!(all(&doubled), ["repeated-section"]);
        assert_eq!(crate::rules::tests::fixed_unsafely("roles/a.md", &doubled), text);
        assert_eq!(check("x\nx\n"), [""; 0]);
    }

    #[test]
    fn a_title_at_the_end_is_a_leftover() {
        assert_eq!(
            check("# A b\n\nText.\n\n# A b\n"),
            ["5:1-5:6 warning The file ends with its own title"]
        );
    }

    #[test]
    fn two_sections_with_one_title_are_info() {
        assert_eq!(
            check("# A\n\n## B\n\nOne.\n\n## B\n\nTwo.\n"),
            ["7:1-7:5 info Two sections are called `B`"]
        );
        assert_eq!(check("# A\n\n## B\n\nOne.\n\n# C\n\n## B\n\nTwo.\n"), [""; 0]);
    }

    #[test]
    fn short_and_different_sections_and_code_are_left_alone() {
        for text in [
            "# A\n\n## B\n\n### C\n\nNone.\n\n## D\n\n### C\n\nNone.\n",
            "# A\n\nText.\n\n## A\n",
            "# A\n",
        ] {
            assert_eq!(check(text), [""; 0], "{text}");
        }
        let code = alloc::format!("```\n## B\n\n{TEXT}\n```\n\n```\n## B\n\n{TEXT}\n```\n");
        assert_eq!(check(&code), [""; 0]);
        let other = alloc::format!("## B\n\n{TEXT}\n\n## C\n\n{TEXT}\n");
        assert_eq!(check(&other), [""; 0]);
    }
}
