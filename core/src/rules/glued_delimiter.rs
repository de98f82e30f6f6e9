//! A `---` of the front matter that shares its line with text, has too many dashes, is missing, or is
//! there twice.

use super::{Check, Context, Example, Finding, Profile, Rule};
use crate::diagnostic::Severity;
use crate::front_matter::Fault;
use crate::host::{Effect, Presence};
use crate::role::Role;
use crate::text::Span;
use alloc::format;
use alloc::string::String;
use alloc::vec::Vec;

/// The rule.
pub(super) static RULE: Rule = Rule {
    name: "glued-delimiter",
    severity: Severity::Error,
    profile: Profile::Core,
    summary: "A `---` around the front matter shares its line with text, has too many dashes, is missing at the top, or is there twice at the end.",
    why: "The line that opens or closes the front matter must be `---` and nothing else. With a heading on the same line, or with more dashes, it closes nothing: the rest of the file is read as front matter, or no front matter is found at all. A second `---` right after the front matter is a horizontal rule with which the prompt begins.",
    example: Example {
        path: ".claude/agents/reviewer.md",
        bad: "---\nname: reviewer\ndescription: Use it after every change\ntools: Read\nmodel: sonnet\n---## What I do\n\nYou review changes.\n",
        at: "## What I do",
        good: "---\nname: reviewer\ndescription: Use it after every change\ntools: Read\nmodel: sonnet\n---\n## What I do\n\nYou review changes.\n",
        files: &[],
    },
    check: Check::Role(check),
};

fn check(cx: &mut Context<'_>) {
    let Some(front_matter) = &cx.role.front_matter else { return };
    if cx.host.front_matter.presence == Presence::None {
        return;
    }
    let is_closed = front_matter.span.of(cx.role.text).trim_end().ends_with("---");
    if is_closed
        && front_matter.fault.is_none()
        && cx.role.within.is_none()
        && let Some(finding) = second(cx.role)
    {
        return cx.report(finding);
    }
    let end = cx.role.line_end();
    let finding = match front_matter.fault {
        Some(Fault::Glued(stuck)) => {
            let edits = Vec::from([(Span::at(stuck.start), String::from(end))]);
            Finding::new(stuck, "The closing `---` must be on its own line")
                .safe_fix("Insert a line break after `---`", edits)
        }
        Some(Fault::Grown(rule)) => {
            let what = if rule.start == front_matter.span.start { "opening" } else { "closing" };
            let message = format!("The {what} `---` of the front matter has {} dashes", rule.len());
            // The closing line often has extra dashes too.
            let last = Span::new(front_matter.content.end, front_matter.span.end);
            let last = Span::new(last.start, last.start + last.of(cx.role.text).trim_end().len());
            let both = Some(last).filter(|last| *last != rule && last.len() > 3);
            let edits = [Some(rule), both].into_iter().flatten().map(|r| (r, String::from("---")));
            Finding::new(rule, message).safe_fix("Shorten to `---`", edits.collect())
        }
        Some(Fault::NoOpener) => {
            let first =
                front_matter.fields.first().map_or(front_matter.content, |field| field.name_span);
            let mut edits =
                Vec::from([(Span::at(front_matter.content.start), format!("---{end}"))]);
            if front_matter.span.end == front_matter.content.end {
                edits.push((Span::at(front_matter.content.end), format!("---{end}")));
            }
            let title = match edits.len() {
                1 => "Add a `---` line before the first field",
                _ => "Add a `---` line before the first field and after the last",
            };
            Finding::new(first, "The front matter has no opening `---`").safe_fix(title, edits)
        }
        _ => return,
    };
    let required = cx.host.front_matter.presence == Presence::Required
        || matches!(
            cx.host.front_matter.missing.effect,
            Effect::Rejected | Effect::LosesFrontMatter
        );
    let severity = if required { Severity::Error } else { Severity::Warning };
    let general = "Hosts recognize only a line that is exactly `---`; the fields are read as text.";
    let reason = cx.host.front_matter.missing.note.unwrap_or(general);
    cx.report(finding.severity(severity).reason(reason));
}

/// A `---` line with which the prompt begins; fields after it are another rule's subject.
fn second(role: &Role<'_>) -> Option<Finding> {
    let body = role.body.of(role.text);
    let rule = body.trim_start_matches(['\r', '\n']);
    let start = role.body.start + body.len() - rule.len();
    let below = rule.strip_prefix("---")?.trim_start_matches([' ', '\r']).strip_prefix('\n')?;
    let next = below.trim_start().lines().next()?;
    let key = next.split_once(':').map_or("", |(key, _)| key);
    let is_field =
        !key.is_empty() && !key.contains([' ', '*', '#', '`']) && below.contains("\n---");
    let line = Span::new(role.body.start, role.body.end - below.len());
    (!is_field).then(|| {
        Finding::new(Span::new(start, start + "---".len()), "A second `---` after the front matter")
            .severity(Severity::Info)
            .reason("The prompt begins with a horizontal rule.")
            .safe_fix("Delete it", Vec::from([(line, String::new())]))
    })
}

#[cfg(test)]
mod tests {
    use crate::rules::tests::{findings, fixed};

    const AGENT: &str = ".claude/agents/x.md";
    const FIELDS: &str = "name: x\ndescription: Use it after every change\n";

    #[track_caller]
    fn check(text: &str, expected: &str, after: &str) {
        assert_eq!(findings("glued-delimiter", AGENT, text), [expected]);
        assert_eq!(fixed(AGENT, text), after);
    }

    #[test]
    fn stuck_text_gets_a_line_of_its_own() {
        check(
            &alloc::format!("---\n{FIELDS}---## 任务\n\nYou help.\n"),
            "4:4-4:9 error The closing `---` must be on its own line",
            &alloc::format!("---\n{FIELDS}---\n## 任务\n\nYou help.\n"),
        );
    }

    #[test]
    fn a_delimiter_that_grew_is_cut() {
        let rule = "-".repeat(56);
        check(
            &alloc::format!("---\n{FIELDS}{rule}\n\nYou help.\n"),
            "4:1-4:57 error The closing `---` of the front matter has 56 dashes",
            &alloc::format!("---\n{FIELDS}---\n\nYou help.\n"),
        );
        check(
            &alloc::format!("-----\r\n{FIELDS}-----\nYou help.\n"),
            "1:1-1:6 error The opening `---` of the front matter has 5 dashes",
            &alloc::format!("---\r\n{FIELDS}---\nYou help.\n"),
        );
    }

    #[test]
    fn a_missing_opener_is_put_in() {
        for closer in ["---\n", ""] {
            check(
                &alloc::format!("{FIELDS}{closer}\nYou help.\n"),
                "1:1-1:5 error The front matter has no opening `---`",
                &alloc::format!("---\n{FIELDS}---\n\nYou help.\n"),
            );
        }
    }

    #[test]
    fn a_second_closing_line_is_deleted() {
        for between in ["", "\n"] {
            let text = alloc::format!("---\n{FIELDS}---\n{between}---\n\nYou help.\n");
            let line = 5 + between.len();
            check(
                &text,
                &alloc::format!("{line}:1-{line}:4 info A second `---` after the front matter"),
                &alloc::format!("---\n{FIELDS}---\n\nYou help.\n"),
            );
        }
        for body in ["---\nname: y\n---\n", "You help.\n\n---\n", "----\n\nYou help.\n"] {
            let text = alloc::format!("---\n{FIELDS}---\n{body}");
            assert_eq!(findings("glued-delimiter", AGENT, &text), [""; 0], "{body}");
        }
    }

    #[test]
    fn valid_front_matter_is_quiet() {
        let text = alloc::format!("---\n{FIELDS}---\n\n## A\n\n-----\n");
        assert!(findings("glued-delimiter", AGENT, &text).is_empty());
    }
}
