//! A front matter that is not at the first byte, or that never ends.

use super::{Check, Context, Example, Finding, Profile, Rule};
use crate::diagnostic::Severity;
use crate::front_matter::{Fault, FrontMatter};
use crate::host::{Effect, Presence};
use crate::template::ProblemKind;
use crate::text::Span;
use alloc::borrow::Cow;
use alloc::format;
use alloc::string::{String, ToString};
use alloc::vec::Vec;

/// The rule.
pub(super) static RULE: Rule = Rule {
    name: "misplaced-front-matter",
    severity: Severity::Error,
    profile: Profile::Core,
    summary: "The front matter does not begin at the first byte of the file, or it never ends.",
    why: "Hosts look for `---` at the very start and for a line `---` behind the fields. Where one of them is missing, the fields are taken for text: the role has no name, no description and no limit on its tools. Claude Code did not see front matter behind a byte-order mark before version 2.1.239 (anthropics/claude-code issue 73158).",
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

/// Front matter of an included file that stays in the text, as nobody can tell where it ends.
fn of_included(opener: Span, unclosed: bool) -> Finding {
    let (message, help) = match unclosed {
        true => ("Front matter is never closed", "Add a line `---` after the last field."),
        false => ("Front matter is not at the start of the file", "Move it to the start."),
    };
    Finding::new(opener, message)
        .severity(Severity::Warning)
        .reason("It is included as text, so its fields become part of the prompt.")
        .help(help)
}

fn own(cx: &mut Context<'_>) {
    let Some(head) = &cx.role.front_matter else { return };
    if cx.host.head.presence == Presence::None {
        return;
    }
    let finding = match head.fault {
        Some(Fault::NotAtStart(before)) => not_at_start(cx, head, before),
        Some(Fault::ByteOrderMark) => byte_order_mark(cx),
        Some(Fault::Unclosed(at)) => unclosed(cx, head, at),
        _ => return,
    };
    cx.report(finding);
}

fn not_at_start(cx: &Context<'_>, head: &FrontMatter<'_>, before: Span) -> Finding {
    let text = cx.role.text;
    let opener = Span::new(head.span.start, head.span.start + 3);
    let line = text.get(..head.span.start).unwrap_or("").matches('\n').count() + 1;
    let message = match line {
        1 => String::from("Blanks stand before the front matter"),
        line => format!("The front matter begins on line {line}"),
    };
    let finding = Finding::new(opener, message).severity(severity(cx)).reason(reason(cx));
    let prefix = before.of(text);
    if prefix.trim().is_empty() {
        let edits = Vec::from([(before, String::new())]);
        return finding
            .help("Delete what stands before it.")
            .safe_fix("Delete the blanks before the front matter", edits);
    }
    let end = cx.role.line_end();
    let moved = format!("{end}{}{end}", prefix.trim());
    let edits = Vec::from([(before, String::new()), (Span::at(head.span.end), moved)]);
    finding
        .help("Move it to the start of the file.")
        .unsafe_fix("Move the front matter to the start of the file", edits)
}

fn byte_order_mark(cx: &Context<'_>) -> Finding {
    let mark = Span::new(0, 3);
    let note = cx.host.head.byte_order_mark;
    let reason = note.unwrap_or("Readers that look for `---` at the first byte do not see it.");
    Finding::new(mark, "A byte-order mark stands before the front matter")
        .severity(Severity::Warning)
        .reason(reason)
        .help("Delete the mark: save the file as UTF-8 without it.")
        .safe_fix("Delete the byte-order mark", Vec::from([(mark, String::new())]))
}

fn unclosed(cx: &Context<'_>, head: &FrontMatter<'_>, at: usize) -> Finding {
    let text = cx.role.text;
    let opener = Span::new(head.span.start, head.span.start + 3);
    let end = cx.role.line_end();
    let before = text.get(..at).unwrap_or("");
    let gap = if before.ends_with('\n') { "" } else { end };
    let insert = format!("{gap}---{end}").to_string();
    Finding::new(opener, "The front matter never ends")
        .severity(severity(cx))
        .reason(reason(cx))
        .help("Put a line `---` behind its last field.")
        .label(Span::at(at), "it seems to end here")
        .safe_fix("Put `---` behind the last field", Vec::from([(Span::at(at), insert)]))
}

/// An error where the host needs the head, else a warning: it is then read as text.
fn severity(cx: &Context<'_>) -> Severity {
    match (cx.host.head.presence, cx.host.head.missing.effect) {
        (_, Effect::Rejected | Effect::LosesHead) | (Presence::Required, _) => Severity::Error,
        _ => Severity::Warning,
    }
}

fn reason(cx: &Context<'_>) -> Cow<'static, str> {
    let note = cx.host.head.missing.note;
    let general = "It is then no front matter but a part of the text, and its fields say nothing.";
    match note {
        Some(note) => Cow::Owned(format!("It is then taken for text. {note}")),
        None => Cow::Borrowed(general),
    }
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
        check(&bad, "3:1-3:4 error The front matter begins on line 3", &good);
        let crlf = |text: &str| text.replace('\n', "\r\n");
        check(&crlf(&bad), "3:1-3:4 error The front matter begins on line 3", &crlf(&good));
    }

    #[test]
    fn blanks_before_it_on_its_line_are_deleted() {
        let good = alloc::format!("{HEAD}\nYou help.\n");
        for blanks in [" ", "\t", "\n  "] {
            let bad = alloc::format!("{blanks}{good}");
            let found = findings("misplaced-front-matter", AGENT, &bad);
            assert_eq!(found.len(), 1, "{found:?}");
            assert_eq!(fixed(AGENT, &bad), good);
        }
        let bad = alloc::format!("  {good}");
        check(&bad, "1:3-1:6 error Blanks stand before the front matter", &good);
    }

    #[test]
    fn a_comment_before_it_is_left_to_people() {
        let bad = alloc::format!("<!-- licence -->\n{HEAD}\nYou help.\n");
        check(&bad, "2:1-2:4 error The front matter begins on line 2", &bad);
    }

    #[test]
    fn a_byte_order_mark_is_deleted() {
        let good = alloc::format!("{HEAD}\nYou help.\n");
        let bad = alloc::format!("\u{feff}{good}");
        check(&bad, "1:1-1:2 warning A byte-order mark stands before the front matter", &good);
    }

    #[test]
    fn a_head_that_never_ends_is_closed() {
        check(
            "---\nname: x\ndescription: Use it after every change\n\n# Title\n\nYou help.\n",
            "1:1-1:4 error The front matter never ends",
            "---\nname: x\ndescription: Use it after every change\n---\n\n# Title\n\nYou help.\n",
        );
    }

    #[test]
    fn rules_between_paragraphs_and_files_without_a_head_are_quiet() {
        for text in [
            "# Title\n\n---\n\nNote: text\n\n---\n\nMore.\n",
            "<!-- x -->\n\n# Title\n\ntext\n\n---\n\nname: of nothing\n",
            "---\n\nA text below a rule.\n",
        ] {
            assert!(findings("misplaced-front-matter", "roles/x.md", text).is_empty(), "{text}");
        }
    }
}
