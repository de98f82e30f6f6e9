//! Front matter that does not start at the first byte, or is never closed.

use super::{Check, Context, Example, Finding, Profile, Rule};
use crate::diagnostic::Severity;
use crate::front_matter::{Fault, FrontMatter};
use crate::host::{Effect, Presence};
use crate::template::ProblemKind;
use crate::text::Span;
use alloc::format;
use alloc::string::{String, ToString};
use alloc::vec::Vec;

/// The rule.
pub(super) static RULE: Rule = Rule {
    name: "misplaced-front-matter",
    severity: Severity::Error,
    profile: Profile::Core,
    summary: "The front matter does not start at the first byte of the file, or is never closed.",
    why: "Hosts look for `---` at the very start of the file and for a closing `---` line after the fields. If either is missing, the fields are read as text: the role has no name, no description and no limit on its tools. Before version 2.1.239, Claude Code did not recognize front matter after a byte order mark (anthropics/claude-code issue 73158).",
    example: Example {
        path: ".claude/agents/reviewer.md",
        bad: "\n---\nname: reviewer\ndescription: Use it after every change\ntools: Read\nmodel: sonnet\n---\n\nYou review changes.\n",
        at: "---",
        good: "---\nname: reviewer\ndescription: Use it after every change\ntools: Read\nmodel: sonnet\n---\n\nYou review changes.\n",
        files: &[],
    },
    check: Check::Role(check),
};

fn check(cx: &mut Context<'_>) {
    cx.report_problems(|_, _, problem| {
        let ProblemKind::KeptFrontMatter { unclosed } = problem.kind else { return None };
        Some(of_included(problem.at.span, unclosed))
    });
    own(cx);
}

/// Front matter of an included file that stays in the text because its end is unknown.
fn of_included(opener: Span, unclosed: bool) -> Finding {
    let (message, help) = match unclosed {
        true => ("Front matter is never closed", "Add a `---` line after the last field."),
        false => {
            ("Front matter is not at the start of the file", "Move it to the start of the file.")
        }
    };
    Finding::new(opener, message)
        .severity(Severity::Warning)
        .reason("It is included as text, so its fields become part of the prompt.")
        .help(help)
}

fn own(cx: &mut Context<'_>) {
    let Some(front_matter) = &cx.role.front_matter else { return };
    if cx.host.front_matter.presence == Presence::None {
        return;
    }
    let finding = match front_matter.fault {
        Some(Fault::NotAtStart(before)) => not_at_start(cx, front_matter, before),
        Some(Fault::ByteOrderMark) => byte_order_mark(cx),
        Some(Fault::Unclosed(at)) => unclosed(cx, front_matter, at),
        _ => return,
    };
    cx.report(finding);
}

fn not_at_start(cx: &Context<'_>, front_matter: &FrontMatter<'_>, before: Span) -> Finding {
    let text = cx.role.text;
    let opener = Span::new(front_matter.span.start, front_matter.span.start + 3);
    let prefix = before.of(text);
    if !prefix.trim().is_empty() {
        let start = before.start + prefix.len() - prefix.trim_start().len();
        let first = Span::new(start, cx.role.line_at(start).end.min(before.end));
        let end = cx.role.line_end();
        let moved = format!("{end}{}{end}", prefix.trim());
        let edits = Vec::from([(before, String::new()), (Span::at(front_matter.span.end), moved)]);
        return Finding::new(first, "Text before the front matter")
            .severity(severity(cx))
            .label(opener, "the front matter starts here")
            .reason(reason(cx))
            .unsafe_fix("Move the front matter to the start of the file", edits);
    }
    let line = text.get(..front_matter.span.start).unwrap_or("").matches('\n').count() + 1;
    let message = match line {
        1 => String::from("Whitespace before the front matter"),
        line => format!("Front matter starts on line {line} instead of line 1"),
    };
    let edits = Vec::from([(before, String::new())]);
    Finding::new(opener, message)
        .severity(severity(cx))
        .reason(reason(cx))
        .safe_fix("Delete the whitespace before the front matter", edits)
}

fn byte_order_mark(cx: &Context<'_>) -> Finding {
    let mark = Span::new(0, 3);
    let note = cx.host.front_matter.byte_order_mark;
    let reason = note.unwrap_or(
        "Hosts that expect `---` as the first bytes of the file do not recognize the front matter.",
    );
    Finding::new(mark, "Byte order mark before the front matter")
        .severity(Severity::Warning)
        .reason(reason)
        .help("Save the file as UTF-8 without a byte order mark.")
        .safe_fix("Delete the byte order mark", Vec::from([(mark, String::new())]))
}

fn unclosed(cx: &Context<'_>, front_matter: &FrontMatter<'_>, at: usize) -> Finding {
    let text = cx.role.text;
    let opener = Span::new(front_matter.span.start, front_matter.span.start + 3);
    let end = cx.role.line_end();
    let before = text.get(..at).unwrap_or("");
    let gap = if before.ends_with('\n') { "" } else { end };
    let insert = format!("{gap}---{end}").to_string();
    Finding::new(opener, "The front matter is never closed")
        .severity(severity(cx))
        .reason(reason(cx))
        .label(Span::at(at), "appears to end here")
        .safe_fix("Add a `---` line after the last field", Vec::from([(Span::at(at), insert)]))
}

/// An error if the host requires front matter; otherwise a warning, because it is read as text.
fn severity(cx: &Context<'_>) -> Severity {
    match (cx.host.front_matter.presence, cx.host.front_matter.missing.effect) {
        (_, Effect::Rejected | Effect::LosesFrontMatter) | (Presence::Required, _) => {
            Severity::Error
        }
        _ => Severity::Warning,
    }
}

fn reason(cx: &Context<'_>) -> &'static str {
    let general = "It is read as text, so its fields have no effect.";
    cx.host.front_matter.missing.note.unwrap_or(general)
}

#[cfg(test)]
mod tests {
    use crate::rules::tests::{findings, fixed};

    const AGENT: &str = ".claude/agents/x.md";
    const HEAD: &str = "---\nname: x\ndescription: Use it after every change\n---\n";

    #[track_caller]
    fn check(text: &str, expected: &str, after: &str) {
        assert_eq!(findings("misplaced-front-matter", AGENT, text), [expected]);
        assert_eq!(fixed(AGENT, text), after);
    }

    #[test]
    fn blank_lines_before_it_are_deleted() {
        let good = alloc::format!("{HEAD}\nYou help.\n");
        let bad = alloc::format!("\n \n{good}");
        check(&bad, "3:1-3:4 error Front matter starts on line 3 instead of line 1", &good);
        let crlf = |text: &str| text.replace('\n', "\r\n");
        check(
            &crlf(&bad),
            "3:1-3:4 error Front matter starts on line 3 instead of line 1",
            &crlf(&good),
        );
    }

    #[test]
    fn spaces_before_it_on_its_line_are_deleted() {
        let good = alloc::format!("{HEAD}\nYou help.\n");
        for blanks in [" ", "\t", "\n  "] {
            let bad = alloc::format!("{blanks}{good}");
            let found = findings("misplaced-front-matter", AGENT, &bad);
            assert_eq!(found.len(), 1, "{found:?}");
            assert_eq!(fixed(AGENT, &bad), good);
        }
        let bad = alloc::format!("  {good}");
        check(&bad, "1:3-1:6 error Whitespace before the front matter", &good);
    }

    #[test]
    fn a_comment_before_it_is_left_to_people() {
        let bad = alloc::format!("<!-- licence -->\n{HEAD}\nYou help.\n");
        check(&bad, "1:1-1:17 error Text before the front matter", &bad);
    }

    #[test]
    fn a_byte_order_mark_is_deleted() {
        let good = alloc::format!("{HEAD}\nYou help.\n");
        let bad = alloc::format!("\u{feff}{good}");
        check(&bad, "1:1-1:2 warning Byte order mark before the front matter", &good);
    }

    #[test]
    fn unclosed_front_matter_is_closed() {
        check(
            "---\nname: x\ndescription: Use it after every change\n\n# Title\n\nYou help.\n",
            "1:1-1:4 error The front matter is never closed",
            "---\nname: x\ndescription: Use it after every change\n---\n\n# Title\n\nYou help.\n",
        );
    }

    #[test]
    fn rules_between_paragraphs_and_files_without_front_matter_are_quiet() {
        for text in [
            "# Title\n\n---\n\nNote: text\n\n---\n\nMore.\n",
            "<!-- x -->\n\n# Title\n\ntext\n\n---\n\nname: of nothing\n",
            "---\n\nA text below a rule.\n",
        ] {
            assert!(findings("misplaced-front-matter", "roles/x.md", text).is_empty(), "{text}");
        }
    }
}
