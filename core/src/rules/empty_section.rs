//! Headings with nothing under them.

use super::{Check, Context, Example, Finding, Profile, Rule};
use crate::diagnostic::Severity;
use crate::markdown::Heading;
use crate::role::Role;
use crate::text::Span;
use alloc::string::String;
use alloc::vec::Vec;

/// The rule.
pub(super) static RULE: Rule = Rule {
    name: "empty-section",
    severity: Severity::Info,
    profile: Profile::Recommended,
    summary: "A heading has nothing under it.",
    why: "A heading without text promises something that the role does not say. Usually, its text was deleted, never written or lost in a conversion. A heading that only leads to subsections is not reported. Outside the `style` profile, only six kinds are reported: three or more subheadings in a row; a title right above another one, where two files were merged; headings right above the tag that closes the part around them; headings without letters, such as `# ----`, which are comments from another language; headings that announce the next one; and, as a warning, those that only repeat another heading.",
    example: Example {
        path: "roles/writer.md",
        bad: "# Writer\n\nWrite the release notes.\n\n## Form\n\n## Length\n\nAt most one screen.\n",
        at: "## Form",
        good: "# Writer\n\nWrite the release notes.\n\n## Length\n\nAt most one screen.\n",
        files: &[],
    },
    check: Check::Role(check),
};

/// Fewer headings in a row may each have a reason.
const MIN_EMPTY: usize = 3;

/// Longer headings are whole paragraphs.
const MAX_TITLE: usize = 100;

fn check(cx: &mut Context<'_>) {
    let role = cx.role;
    if !role.second_lines().is_empty() {
        return;
    }
    let headings: Vec<&Heading> = role.outline.headings.iter().filter(|h| !h.nested).collect();
    let is_empty = |at: usize, heading: &Heading| {
        let next = headings.get(at + 1);
        let end = next.map_or(role.body.end, |next| next.span.start);
        let text = Span::new(heading.span.end, end.max(heading.span.end)).of(role.text);
        // A document may consist of a title alone, as part of a larger document.
        let is_alone = headings.len() == 1;
        text.trim().is_empty() && !is_alone && next.is_none_or(|next| next.level <= heading.level)
    };
    let rulers: Vec<Span> =
        headings.iter().map(|h| h.text).filter(|text| is_ruler(text.of(role.text))).collect();
    if let Some((first, more)) = rulers.split_first() {
        let finding = Finding::new(*first, "Heading without letters")
            .and_more(more.len())
            .labels(more.iter().copied(), "also here")
            .reason("Such a line is a comment elsewhere; in Markdown it is a heading.")
            .help("Write `---` for a horizontal rule, or delete it.");
        cx.report(finding);
    }
    if let Some(finding) = before_closing_tag(role, &headings) {
        cx.report(finding);
    }
    let repeated: Vec<Finding> = repeated(cx.role, &headings).collect();
    let is_repeated = !repeated.is_empty();
    repeated.into_iter().for_each(|finding| cx.report(finding));
    if is_repeated {
        return;
    }
    let empty = headings.iter().enumerate().filter(|(at, heading)| {
        let title = heading.text.of(role.text);
        // In a folded value, the lines below a heading are part of it.
        let is_title = title.len() <= MAX_TITLE;
        is_empty(*at, heading) && is_title && !is_ruler(title) && !is_step(title)
    });
    let empty: Vec<(usize, &&Heading)> = empty.collect();
    let runs =
        empty.chunk_by(|(at, one), (next, other)| at + 1 == *next && one.level == other.level);
    let is_all = cx.options.profile == Profile::Style;
    // Lines with a single `#` in a row are more often comments from another language.
    let is_run = |run: &&[(usize, &&Heading)]| {
        run.len() >= MIN_EMPTY && run.first().is_some_and(|(_, first)| first.level > 1)
    };
    let is_merged = |run: &&[(usize, &&Heading)]| {
        run.first().is_some_and(|(at, _)| is_second_title(role, &headings, *at))
    };
    let runs = runs.filter(|run| is_all || is_run(run) || is_merged(run));
    let empty: Vec<Span> = runs.flatten().map(|(_, heading)| heading.span).collect();
    let Some((first, more)) = empty.split_first() else { return };
    let finding = Finding::new(*first, "Heading without text under it")
        .and_more(more.len())
        .labels(more.iter().copied(), "also here")
        .help("Write the section, or delete the heading.");
    cx.report(finding);
}

/// Whether a heading is one of the only two titles, and the other one with its sections is right below:
/// two files were merged, and the title of one of them remained.
fn is_second_title(role: &Role<'_>, headings: &[&Heading], at: usize) -> bool {
    let mut titles = headings.iter().enumerate().filter(|(_, heading)| heading.level == 1);
    let (Some((first, _)), Some((second, title)), None) =
        (titles.next(), titles.next(), titles.next())
    else {
        return false;
    };
    let has_sections = headings.get(second + 1).is_some_and(|next| next.level == 2);
    first == at && second == at + 1 && has_sections && !is_ruler(title.text.of(role.text))
}

/// The first heading that only a closing tag follows: the part of the text that the tag closes ends
/// with it, so it leads to nothing.
fn before_closing_tag(role: &Role<'_>, headings: &[&Heading]) -> Option<Finding> {
    let heading = headings.iter().find(|heading| {
        let below = role.text.get(heading.span.end..).unwrap_or("").trim_start();
        let line = below.lines().next().unwrap_or("");
        let tag = line.strip_prefix("</").and_then(|rest| rest.strip_suffix('>'));
        let is_part = |byte: u8| byte.is_ascii_alphanumeric() || b"-_".contains(&byte);
        tag.is_some_and(|name| name.bytes().all(is_part))
    })?;
    let finding = Finding::new(heading.span, "Heading without text under it")
        .reason("The part of the text around it ends here.");
    Some(finding.help("Write the section, or delete the heading."))
}

/// Empty headings that are a prefix of the next heading, or that repeat an earlier heading at the
/// end of the file.
fn repeated<'a>(
    role: &'a Role<'_>,
    headings: &'a [&Heading],
) -> impl Iterator<Item = Finding> + 'a {
    let words = |heading: &Heading| heading.text.of(role.text);
    headings.iter().enumerate().filter_map(move |(at, heading)| {
        let next = headings.get(at + 1);
        let end = next.map_or(role.body.end, |next| next.span.start);
        let below = role.text.get(heading.span.end..end)?;
        if !below.trim().is_empty() || words(heading).len() < 3 {
            return None;
        }
        let announces = next.is_some_and(|next| leads_to(words(heading), words(next)));
        let (other, edit) = match next {
            Some(next) => {
                let rest = words(next).strip_prefix(words(heading));
                let begins = rest.is_some_and(|rest| rest.is_empty() || rest.starts_with(':'));
                ((begins || announces) && next.level <= heading.level)
                    .then_some((*next, Span::new(heading.span.start, next.span.start)))?
            }
            None => {
                let earlier = headings.get(..at)?;
                let same = earlier.iter().find(|other| words(other) == words(heading))?;
                let before = role.text.get(..heading.span.start)?.trim_end().len();
                (*same, Span::new(before, heading.span.end))
            }
        };
        let is_same_line =
            next.is_some_and(|next| words(next) == words(heading) && next.level == heading.level);
        let mut finding = Finding::new(heading.span, "Empty heading that only repeats another one")
            .severity(Severity::Warning)
            .label(other.span, "the same title")
            .reason(match is_same_line {
                true => "The same line is there twice.",
                false => "It promises a section that is not there.",
            });
        if is_same_line && is_command(words(heading)) {
            finding = finding
                .help("If the lines with `#` are comments in a script, put them in a code block.");
        }
        let edits = Vec::from([(edit, String::new())]);
        Some(match announces {
            // Its number may be one of several steps.
            true => finding.severity(Severity::Info).unsafe_fix("Delete the empty heading", edits),
            false => finding.safe_fix("Delete the empty heading", edits),
        })
    })
}

/// Whether a heading announces the next one: "Step 2: Core Task (as above)" before "Core Task".
fn leads_to(title: &str, next: &str) -> bool {
    let announced = title.split_once(": ").and_then(|(_, rest)| rest.strip_prefix(next));
    announced.is_some_and(|rest| rest.is_empty() || rest.starts_with(" ("))
}

/// Whether a title names a script or a path, as comments from a shell do.
fn is_command(title: &str) -> bool {
    let is_path = |word: &str| word.starts_with(['/', '.']) && word.contains('/');
    title.split(' ').any(|word| is_path(word) || word.ends_with(".sh"))
}

/// Whether a title is a step that needs no explanation: "4. Run the test".
fn is_step(title: &str) -> bool {
    let rest = title.trim_start_matches(|c: char| c.is_ascii_digit());
    rest.len() < title.len() && rest.strip_prefix(". ").is_some_and(|rest| rest.contains(' '))
}

fn is_ruler(title: &str) -> bool {
    title.len() > 3 && title.bytes().all(|byte| matches!(byte, b'-' | b'=' | b'*' | b'_'))
}

#[cfg(test)]
mod tests {
    use crate::rules::tests::{findings, fixed};
    use alloc::string::String;
    use alloc::vec::Vec;

    fn check(text: &str) -> Vec<String> {
        findings("empty-section", "roles/a.md", text)
    }

    #[test]
    fn all_empty_sections_are_one_finding() {
        assert_eq!(
            check("# A\r\n\r\n## B\r\n\r\n## C\r\n\r\nText.\r\n\r\n## D\r\n"),
            ["3:1-3:5 info Heading without text under it (2 places)"]
        );
    }

    #[test]
    fn a_title_right_above_another_one_is_left_from_a_merge() {
        let found = |text: &str| {
            let input = crate::Input::new(text).at("roles/a.md");
            let options =
                crate::Options::default().with_profile(crate::options::Profile::Recommended);
            let found = crate::check(&input, &options).diagnostics;
            found.iter().filter(|it| it.rule == "empty-section").count()
        };
        let below = "# Cook\n\n## Soup\n\nBoil it.\n";
        assert_eq!(found(&alloc::format!("## Rules\n\nBe clean.\n\n# Baker\n\n{below}")), 1);
        for text in [
            alloc::format!("# Baker\n\nBake.\n\n{below}"),
            alloc::format!("# Baker\n\n{below}\n# Waiter\n\nServe.\n"),
            "# Kitchen\n\n# Soup\n\nBoil it.\n".into(),
        ] {
            assert_eq!(found(&text), 0, "{text}");
        }
    }

    #[test]
    fn several_in_a_row_were_never_written() {
        let found = |text: &str| {
            let input = crate::Input::new(text).at("roles/a.md");
            let found = crate::check(&input, &Default::default()).diagnostics;
            found.into_iter().filter(|d| d.rule == "empty-section").count()
        };
        assert_eq!(found("# A\n\nx\n\n## B\n\n## C\n\n## D\n\n## E\n\nx\n"), 1);
        assert_eq!(found("# A\n\nx\n\n## B\n\n## C\n\n## E\n\nx\n"), 0);
        assert_eq!(found("x\n\n# B\n# C\n# D\n\n# E\n\nx\n"), 0);
        assert_eq!(found("## 1. Do a\n\n## 2. Do b\n\n## 3. Do c\n\n## 4. Do d\n"), 0);
    }

    #[test]
    fn a_heading_above_a_closing_tag_leads_to_nothing() {
        assert_eq!(
            check("<flow>\n\n## Step 1\n\nRead.\n\n## Step 2\n\n</flow>\n"),
            ["7:1-7:10 info Heading without text under it"]
        );
        assert_eq!(check("<flow>\n\n## Step 1\n\n</b> is a tag.\n\n</flow>\n"), [""; 0]);
    }

    #[test]
    fn a_numbered_step_needs_no_text() {
        assert_eq!(
            check("## 1. Write a test\n\nx\n\n## 2. Run the test\n\n## 3. Fix it\n\ny\n"),
            [""; 0]
        );
    }

    #[test]
    fn an_empty_heading_may_only_announce_the_next_one() {
        assert_eq!(
            check("### Step 1: Core (as above)\n\n## Core\n\ntext\n"),
            ["1:1-1:28 info Empty heading that only repeats another one"]
        );
        assert_eq!(check("## Step 1: Core\n\n### Core\n\ntext\n"), [""; 0]);
    }

    #[test]
    fn an_empty_heading_that_repeats_is_deleted() {
        for (text, expected) in [
            ("# A b c\n\n## Core\n\n# Core\n\ntext\n", "# A b c\n\n# Core\n\ntext\n"),
            ("## Core\n\n## Core: Java\n\ntext\n", "## Core: Java\n\ntext\n"),
            ("# Flow\n\ntext\n\n# Flow\n", "# Flow\n\ntext\n"),
        ] {
            let found = check(text);
            assert_eq!(found.len(), 1, "{text}");
            assert!(found[0].ends_with("warning Empty heading that only repeats another one"));
            assert_eq!(fixed("roles/a.md", text), expected);
        }
        for text in [
            "## Signals\n\n### Signals: patterns\n\ntext\n",
            "# Flow\n",
            "## Core\n\ntext\n\n## Core\n\nmore\n",
        ] {
            assert_eq!(check(text), [""; 0], "{text}");
        }
    }

    #[test]
    fn a_line_that_is_there_twice_promises_nothing() {
        let found = |text: &str| {
            let report =
                crate::check(&crate::Input::new(text).at("roles/a.md"), &Default::default());
            let is_it = |d: &crate::Diagnostic| d.rule == "empty-section";
            let found = report.diagnostics.into_iter().find(is_it).unwrap();
            (String::from(found.reason.unwrap()), found.help.map(String::from))
        };
        let (reason, help) =
            found("# Ask:\n#   ./bin/ask.sh \"x\"\n#   ./bin/ask.sh \"x\"\n# Go.\n\ny\n");
        assert_eq!(reason, "The same line is there twice.");
        assert_eq!(
            help.unwrap(),
            "If the lines with `#` are comments in a script, put them in a code block."
        );
        let (reason, help) = found("# Input/Output\n\n# Input/Output\n\ny\n");
        assert_eq!((&*reason, help), ("The same line is there twice.", None));
        let (reason, _) = found("## Core\n\n## Core: Java\n\ny\n");
        assert_eq!(reason, "It promises a section that is not there.");
    }

    #[test]
    fn lines_of_dashes_are_one_finding() {
        assert_eq!(
            check("# ------\n\n# Clerk\n\nFile it.\n\n# ------\n\nMore.\n"),
            ["1:3-1:9 info Heading without letters (2 places)"]
        );
    }

    #[test]
    fn headings_that_lead_to_something_are_left_alone() {
        for text in [
            "# A\n\n## B\n\nText.\n",
            "# A\n",
            "# A\n\n{{include:b.md}}\n\n# C\n\n- x\n",
            "# A\n\n<!-- filled in later -->\n\n# B\n\n---\n",
            "```\n# A\n# B\n```\n",
        ] {
            assert_eq!(check(text), [""; 0], "{text}");
        }
    }
}
