//! Bold lines used as headings.

use super::{Check, Context, Example, Finding, Profile, Rule};
use crate::diagnostic::Severity;
use crate::section::{Origin, Section};
use crate::text::Span;
use alloc::format;
use alloc::string::String;
use alloc::vec::Vec;

/// The rule.
pub(super) static RULE: Rule = Rule {
    name: "bold-heading",
    severity: Severity::Info,
    profile: Profile::Recommended,
    summary: "Bold lines are used as headings in a file that has at most one real heading.",
    why: "A bold line looks like a heading but is a paragraph: it starts no section, so nothing can link to it, include it by name, or fold it. In a file with real headings, bold lines are a finer division and are not reported.",
    example: Example {
        path: "roles/reviewer.md",
        bad: "# Reviewer\n\n**Purpose**\n\nYou review changes.\n\n**Process**\n\nRead the diff.\n\n**Output**\n\nA list.\n",
        at: "**Purpose**",
        good: "# Reviewer\n\n## Purpose\n\nYou review changes.\n\n## Process\n\nRead the diff.\n\n## Output\n\nA list.\n",
        files: &[],
    },
    check: Check::Role(check),
};

/// A smaller number of bold lines may have another purpose.
const MIN_TITLES: usize = 3;

fn check(cx: &mut Context<'_>) {
    let role = cx.role;
    if role.outline.headings.len() > 1 {
        return;
    }
    let bold = role.outline.paragraphs.iter().filter(|paragraph| !paragraph.nested);
    let bold = bold.filter(|paragraph| paragraph.span.of(role.text).starts_with("**"));
    if bold.take(MIN_TITLES).count() < MIN_TITLES {
        return;
    }
    // Tags divide the file instead.
    let is_end = |line: &Span| {
        let line = line.of(role.text).trim();
        line.starts_with("</") && line.ends_with('>')
    };
    if role.body_lines().filter(is_end).nth(2).is_some() {
        return;
    }
    let titles: Vec<(&Section, Span)> = role
        .sections()
        .iter()
        .filter(|section| section.origin == Origin::Bold)
        .map(|section| (section, role.line_at(section.title.start)))
        .collect();
    let Some(((_, first), more)) = titles.split_first().filter(|_| titles.len() >= MIN_TITLES)
    else {
        return;
    };
    let (marks, reason) = match role.outline.headings.is_empty() {
        true => ("#", "Markdown reads them as paragraphs, so the file has no sections."),
        false => ("##", "Markdown reads them as paragraphs, so they begin no sections."),
    };
    let edit = |(section, line): &(&Section, Span)| {
        let title = section.title.of(role.text).trim_end_matches(':');
        let start = line.len() - line.of(role.text).trim_start().len();
        (Span::new(line.start + start, line.end), format!("{marks} {title}"))
    };
    let edits: Vec<(Span, String)> = titles.iter().map(edit).collect();
    cx.report(
        Finding::new(*first, format!("{} bold lines are used as headings", titles.len()))
            .labels(more.iter().map(|(_, line)| *line), "also here")
            .reason(reason)
            .unsafe_fix("Turn the lines into headings", edits),
    );
}

#[cfg(test)]
mod tests {
    use crate::rules::tests::{findings, fixed_unsafely};

    #[test]
    fn a_file_with_a_title_has_a_section() {
        let reason = |title: &str| {
            let text = alloc::format!("{title}**A:**\n\nx.\n\n**B**\n\ny.\n\n**C**\n\nz.\n");
            let input = crate::Input::new(&text).at("roles/a.md");
            let options =
                crate::Options::default().with_profile(crate::options::Profile::Recommended);
            let found = crate::check(&input, &options).diagnostics;
            let found = found.into_iter().find(|it| it.rule == "bold-heading");
            alloc::string::String::from(found.unwrap().reason.unwrap())
        };
        assert!(reason("").ends_with("so the file has no sections."));
        assert!(reason("# Baker\n\n").ends_with("so they begin no sections."));
    }

    #[test]
    fn bold_lines_next_to_headings_are_left_alone() {
        let text = "**A:**\n\nx.\n\n**B**\n\ny.\n\n**C**\n\nz.\n";
        assert_eq!(
            findings("bold-heading", "roles/a.md", text),
            ["1:1-1:7 info 3 bold lines are used as headings"]
        );
        assert_eq!(fixed_unsafely("roles/a.md", text), "# A\n\nx.\n\n# B\n\ny.\n\n# C\n\nz.\n");
        for text in [
            "# A\n\n## B\n\n**C**\n\nx.\n\n**D**\n\ny.\n\n**E**\n\nz.\n",
            "**A**\n\nx.\n\n**B**\n\ny.\n",
            "**A** is one.\n\n**B** is two.\n\n**C** is three.\n",
        ] {
            assert_eq!(findings("bold-heading", "roles/a.md", text), [""; 0], "{text}");
        }
    }
}
