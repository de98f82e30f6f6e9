//! Reports doubled quotation marks: `""word"`.

use super::{Check, Context, Example, Finding, Profile, Rule};
use crate::diagnostic::Severity;
use crate::role::{Mark, Role};
use crate::text::Span;
use alloc::format;
use alloc::string::String;
use alloc::vec::Vec;

/// The rule.
pub(super) static RULE: Rule = Rule {
    name: "doubled-quote",
    severity: Severity::Info,
    profile: Profile::Recommended,
    summary: "A quotation mark is doubled by mistake, or does not match the other one.",
    why: "In `\"\"first\", \"second\"` the model cannot tell what is quoted: an empty string, a word or the whole list. Only marks at the edge of a word are reported, and only if the marks on the line are balanced without the extra ones. Deleting the extra mark is safe; adding a missing opening quotation mark is not, because it may belong elsewhere. A backtick that an apostrophe closes is also reported, and so are triple quotation marks that a converter made typographic.",
    example: Example {
        path: "roles/reviewer.md",
        bad: "# Reviewer\n\nAnswer with \"\"approve\" or \"reject\".\n",
        at: "\"\"",
        good: "# Reviewer\n\nAnswer with \"approve\" or \"reject\".\n",
        files: &[],
    },
    check: Check::Role(check),
};

fn check(cx: &mut Context<'_>) {
    if let Some(finding) = unopened(cx.role) {
        cx.report(finding);
    }
    curled(cx.role).into_iter().chain(unequal_code(cx.role)).for_each(|it| cx.report(it));
    let doubled = doubled(cx.role);
    let Some((&first, rest)) = doubled.split_first() else { return };
    let message = match rest.len() {
        0 => String::from("Doubled quotation mark"),
        more => format!("Doubled quotation marks ({} places)", more + 1),
    };
    let one = |pair: &Span| (Span::new(pair.start, pair.start + 1), String::new());
    let edits = doubled.iter().map(one).collect();
    cx.report(
        Finding::new(first, message)
            .reason("It is unclear what is quoted.")
            .labels(rest.iter().copied(), "also here")
            .safe_fix(
                match rest.len() {
                    0 => "Delete the extra quotation mark",
                    _ => "Delete the extra quotation marks",
                },
                edits,
            ),
    );
}

/// YAML items such as `- 'help" - Shows help'`: the first word lost its opening quotation mark.
fn unopened(role: &Role<'_>) -> Option<Finding> {
    let place = |at: &usize| {
        role.text.get(..*at).filter(|before| before.ends_with("- "))?;
        let line = role.line_at(*at);
        let text = line.of(role.text);
        let inner = text.trim_start().strip_prefix("- '")?.trim_end().strip_suffix('\'')?;
        let (word, rest) = inner.split_once('"')?;
        let is_word =
            word.chars().all(|c| c.is_alphanumeric() || matches!(c, '*' | '-' | '_' | '{' | '}'));
        // Five inches are written `5"`.
        let ends = word.ends_with(|c: char| c.is_alphabetic() || c == '}');
        let start = line.start + text.find("- '")? + 3;
        let alone = is_word && ends && rest.starts_with(' ') && !rest.contains(['"', '\'']);
        alone.then(|| Span::new(start, start + word.len() + 1))
    };
    let places: Vec<Span> = role.body_marks(Mark::Apostrophe).iter().filter_map(place).collect();
    let (first, more) = places.split_first()?;
    let edits = places.iter().map(|span| (Span::at(span.start), String::from('"'))).collect();
    Some(
        Finding::new(*first, "Closing quotation mark without an opening one")
            .and_more(more.len())
            .reason("It is unclear what is quoted.")
            .labels(more.iter().copied(), "also here")
            .unsafe_fix("Add the opening quotation mark", edits),
    )
}

/// Lines that consist of three quotation marks, made typographic by a converter: they enclosed a
/// multiline string.
fn curled(role: &Role<'_>) -> Option<Finding> {
    let body = role.body.of(role.text);
    let marks = memchr::memmem::find_iter(body.as_bytes(), "”\"").filter_map(|at| {
        let line = role.line_at(role.body.start + at);
        let marks = line.of(role.text).trim();
        let start = line.start + line.of(role.text).find(marks)?;
        matches!(marks, "“”\"" | "””\"" | "”\"").then(|| Span::new(start, start + marks.len()))
    });
    let places: Vec<Span> = marks.collect();
    let (first, more) = places.split_first()?;
    let edits = places.iter().map(|place| (*place, String::from("\"\"\""))).collect();
    Some(
        Finding::new(*first, "Triple quotation marks altered by a converter")
            .and_more(more.len())
            .labels(more.iter().copied(), "also here")
            .reason("It is unclear where the quoted text begins and ends.")
            .unsafe_fix("Replace with `\"\"\"`", edits),
    )
}

/// A name with a backtick at its start and an apostrophe at its end: `` `plan.md' ``.
fn unequal_code(role: &Role<'_>) -> Option<Finding> {
    let bytes = role.text.as_bytes();
    let is_part = |byte: &u8| byte.is_ascii_alphanumeric() || b"./*-_".contains(byte);
    let place = |&at: &usize| {
        let after = bytes.get(at + 1).copied().unwrap_or(b'\n');
        if !(after.is_ascii_whitespace() || b".,;:)".contains(&after)) {
            return None;
        }
        let before = bytes.get(role.body.start..at)?;
        let length = before.iter().rev().take_while(|byte| is_part(byte)).count();
        let start = at.checked_sub(length + 1)?;
        let is_open = length > 1 && bytes.get(start) == Some(&b'`');
        let line = role.line_at(at);
        let alone = is_open && line.of(role.text).matches('`').count() == 1;
        alone.then(|| Span::new(start, at + 1))
    };
    let places: Vec<Span> = role.body_marks(Mark::Apostrophe).iter().filter_map(place).collect();
    let (first, more) = places.split_first()?;
    let closers = places.iter().map(|place| Span::new(place.end - 1, place.end));
    let edits = closers.map(|closer| (closer, String::from("`"))).collect();
    Some(
        Finding::new(*first, "A backtick opens this code and an apostrophe closes it")
            .and_more(more.len())
            .labels(more.iter().copied(), "also here")
            .reason("It is unclear where the code ends.")
            .unsafe_fix("Replace the apostrophe with a backtick", edits),
    )
}

fn doubled(role: &Role<'_>) -> Vec<Span> {
    let body = role.body.of(role.text);
    let mut found = Vec::new();
    let mut line: Option<Line> = None;
    for at in memchr::memmem::find_iter(body.as_bytes(), "\"\"") {
        let pair = Span::new(role.body.start + at, role.body.start + at + 2);
        if !at_word(role.text, pair)
            || role.outline.code_at(pair.start).is_some()
            || role.outline.is_html(pair.start)
        {
            continue;
        }
        if line.as_ref().is_none_or(|line| !line.span.contains(pair.start)) {
            found.extend(line.take().into_iter().flat_map(Line::certain));
            let span = role.line_at(pair.start);
            let marks = marks(role, span);
            line = Some(Line { span, marks, read: span.start, before: 0, pairs: Vec::new() });
        }
        if let Some(line) = &mut line
            && line.begins_or_ends_there(role, pair)
        {
            line.pairs.push(pair);
        }
    }
    found.extend(line.into_iter().flat_map(Line::certain));
    found
}

/// A line with pairs at the edges of words.
struct Line {
    span: Span,
    /// Straight quotation marks outside code, in order.
    marks: usize,
    /// The end of the part in which marks are already counted, and the count.
    read: usize,
    before: usize,
    pairs: Vec<Span>,
}

impl Line {
    /// Whether a quotation begins at an opening pair or ends at a closing pair. Inside a quotation,
    /// a pair before a word represents a single mark, as in `"a ""b"" c"`.
    fn begins_or_ends_there(&mut self, role: &Role<'_>, pair: Span) -> bool {
        self.before += marks(role, Span::new(self.read, pair.start));
        self.read = pair.start;
        let opens = role.text.get(pair.end..).is_some_and(|t| t.starts_with(char::is_alphanumeric));
        self.before.saturating_sub(self.pairs.len()).is_multiple_of(2) == opens
    }

    /// The pairs, if the marks are balanced without the second mark of each pair. `"Say "hi""` is
    /// nested, not doubled: of its four marks, three would remain.
    fn certain(self) -> Vec<Span> {
        let left = self.marks.saturating_sub(self.pairs.len());
        if left.is_multiple_of(2) { self.pairs } else { Vec::new() }
    }
}

fn marks(role: &Role<'_>, line: Span) -> usize {
    let quotes = memchr::memchr_iter(b'"', line.of(role.text).as_bytes());
    quotes.filter(|at| role.outline.code_at(line.start + at).is_none()).count()
}

/// Whether exactly two marks come right before a word and after a break, or right
/// after a word and before a break.
fn at_word(text: &str, pair: Span) -> bool {
    let before = text.get(..pair.start).and_then(|t| t.chars().next_back()).unwrap_or(' ');
    let after = text.get(pair.end..).and_then(|t| t.chars().next()).unwrap_or(' ');
    let opens = |c: char| {
        c.is_whitespace() || matches!(c, '(' | '[' | '{' | '*' | '_' | '/' | '—' | '–' | ',')
    };
    let closes = |c: char| {
        c.is_whitespace()
            || matches!(c, ')' | ']' | '}' | '*' | '_' | '/' | '.' | ',' | ';' | ':' | '!' | '?')
    };
    let word = |c: char| c.is_alphanumeric();
    opens(before) && word(after) || word(before) && closes(after)
}

#[cfg(test)]
mod tests {
    use crate::rules::tests::{findings, fixed};
    use alloc::string::String;
    use alloc::vec::Vec;

    fn check(text: &str) -> Vec<String> {
        findings("doubled-quote", "roles/a.md", text)
    }

    #[test]
    fn every_place_of_a_file_is_one_finding() {
        let text = "- (e.g., \"\"review\", \"check\"\")\r\n- Say \"\"yes\".\r\n";
        assert_eq!(check(text), ["1:10-1:12 info Doubled quotation marks (3 places)"]);
        assert_eq!(
            fixed("roles/a.md", text),
            "- (e.g., \"review\", \"check\")\r\n- Say \"yes\".\r\n"
        );
    }

    #[test]
    fn marks_that_do_not_match_are_found() {
        let text = "- Run `apply-fixes.md' first.\n";
        let found = "info A backtick opens this code and an apostrophe closes it";
        assert_eq!(check(text), [alloc::format!("1:7-1:23 {found}")]);
        let fixed = crate::rules::tests::fixed_unsafely("roles/a.md", text);
        assert_eq!(fixed, "- Run `apply-fixes.md` first.\n");
        for text in [
            "Run `a.md' or `b.md'.",
            "```\necho `date +%s' x\n```",
            "It's the writers' `a`.",
            "`a's`",
        ] {
            assert_eq!(check(text), [""; 0], "{text}");
        }
        assert_eq!(
            check("“”\"\nSay it.\n“”\"\n"),
            ["1:1-1:4 info Triple quotation marks altered by a converter (2 places)"]
        );
    }

    #[test]
    fn an_opening_mark_that_is_missing_is_added() {
        let text = "```yaml\n- 'help\" - Shows help'\n- '*exit\" - Ends'\n- '5\" screen'\n- 'say \"yes\"'\n```\n";
        assert_eq!(
            check(text),
            ["2:4-2:9 info Closing quotation mark without an opening one (2 places)"]
        );
        assert_eq!(
            crate::rules::tests::fixed_unsafely("roles/a.md", text),
            text.replace("'help", "'\"help").replace("'*exit", "'\"*exit")
        );
    }

    #[test]
    fn nested_empty_and_triple_quotes_are_left_alone() {
        for text in [
            "He wrote \"say \"hi\"\" to me.",
            "Pass \"\" for none, or `\"\"x\"`.",
            "A field: \"a \"\"quoted\"\" word\"",
            "set name = \"\" (may be empty)",
            "\"\"\"Returns the sum.\"\"\"",
            "```\n\"\"a\" \"b\"\"\n```",
            "<p title=\"\"x\">",
            "---\nname: a\nhint: \"\"\n---\nb",
        ] {
            assert_eq!(check(text), [""; 0], "{text}");
        }
    }

    #[test]
    fn other_scripts_count_as_words() {
        assert_eq!(check("Ответь \"\"да\".").len(), 1);
    }
}
