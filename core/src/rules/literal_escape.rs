//! A literal `\n` where a line break was intended, and a `\r` that a prompt keeps.

use super::{Check, Context, Example, Finding, Profile, Rule};
use crate::diagnostic::Severity;
use crate::front_matter::{self, Field, Language};
use crate::host::FieldRole;
use crate::role::Mark;
use crate::text::Span;
use crate::yaml::{self, Style};
use alloc::format;
use alloc::string::String;
use alloc::vec::Vec;

/// The rule.
pub(super) static RULE: Rule = Rule {
    name: "literal-escape",
    severity: Severity::Warning,
    profile: Profile::Core,
    summary: "A value contains a literal `\\n` where a line break was intended, or a prompt the escape `\\r`.",
    why: "YAML turns `\\n` into a line break only in double quotes, and only with a single backslash. In an unquoted value, or written as `\\\\n`, the model reads a backslash and an `n`, often dozens of times in a description that is always in context. In descriptions, Claude Code (2.1.332) turns these two characters into a line break, so nothing is reported there. A prompt in a data file whose lines end with the escape `\\r` was converted from a file of Windows: the model sees a carriage return in each line, which is reported as info.",
    example: Example {
        path: ".gemini/agents/reviewer.md",
        bad: "---\nname: reviewer\ndescription: Use it after every change.\\n\\nIt reads the diff and reports.\ntools: [read_file]\nmodel: inherit\n---\n\nYou review changes.\n",
        at: "\\n",
        good: "---\nname: reviewer\ndescription: |-\n  Use it after every change.\n\n  It reads the diff and reports.\ntools: [read_file]\nmodel: inherit\n---\n\nYou review changes.\n",
        files: &[],
    },
    check: Check::Role(check),
};

fn check(cx: &mut Context<'_>) {
    for finding in in_prompt(cx).into_iter().chain(returns(cx)) {
        cx.report(finding);
    }
    let Some(front_matter) = &cx.role.front_matter else { return };
    if front_matter.language != Language::Yaml {
        return;
    }
    for field in &front_matter.fields {
        // If the value makes the front matter invalid YAML, the fix for that error includes this
        // fix.
        if field.error.is_some() || !is_prose(cx, field) {
            continue;
        }
        let Some(value) = field.value.as_str() else { continue };
        let count = yaml::line_breaks(value).len();
        if count > 0 {
            let finding = finding(cx, field, value, count);
            cx.report(finding);
        }
    }
}

/// Escapes in a prompt that a data file holds on a single line. A prompt with real line breaks
/// mentions the two characters.
fn in_prompt(cx: &Context<'_>) -> Option<Finding> {
    let role = cx.role;
    role.within?;
    let body = role.body.of(role.text);
    if body.trim().contains('\n') || !body.contains("\\n") {
        return None;
    }
    let start = role.body.start;
    let mut breaks = yaml::line_breaks(body);
    if breaks.is_empty() && !body.contains('`') {
        breaks.extend(
            body.match_indices("\\n").map(|(at, _)| at).filter(|at| starts_line(body, *at)),
        );
    }
    let place = |at: usize| Span::new(start + at, start + at + "\\n".len());
    let places: Vec<Span> = breaks.into_iter().map(place).collect();
    let (first, more) = places.split_first()?;
    let edits = places.iter().map(|place| (*place, String::from("\n"))).collect();
    let finding = Finding::new(*first, "Literal `\\n` in the prompt")
        .and_more(more.len())
        .labels(more.iter().copied(), "also here")
        .reason("The model reads a backslash and an `n` instead of a line break.");
    Some(finding.unsafe_fix("Replace with line breaks", edits))
}

/// Carriage returns at the ends of the lines of a prompt in a data file. Line endings of the file
/// itself are read as line feeds, so these were written as escapes.
fn returns(cx: &Context<'_>) -> Option<Finding> {
    let role = cx.role;
    role.within?;
    let ends_line = |at: &&usize| {
        let next = role.text.as_bytes().get(**at + 1);
        next.is_none_or(|byte| *byte == b'\n')
    };
    let places = role.body_marks(Mark::CarriageReturn).iter().filter(ends_line);
    let places: Vec<Span> = places.map(|at| Span::new(*at, at + 1)).collect();
    let (first, more) = places.split_first()?;
    let edits = places.iter().map(|place| (*place, String::new())).collect();
    let finding = Finding::new(*first, "Escaped carriage return `\\r` in the prompt")
        .and_more(more.len())
        .labels(more.iter().copied(), "also here")
        .severity(Severity::Info)
        .reason("Each of them is a token for the model and says nothing.");
    Some(finding.safe_fix("Remove `\\r` from the ends of the lines", edits))
}

/// Whether an escape after a word is followed by a capital letter, which no path or pattern is.
fn starts_line(body: &str, at: usize) -> bool {
    let before = body.get(..at).and_then(|before| before.chars().next_back());
    let behind = body.get(at + 2..).and_then(|behind| behind.chars().next());
    before.is_some_and(|c| c.is_alphanumeric() || matches!(c, '.' | ':' | '!' | '?'))
        && behind.is_some_and(char::is_uppercase)
}

fn is_prose(cx: &Context<'_>, field: &Field<'_>) -> bool {
    match cx.host.field(&field.name) {
        Some(known)
            if known.role == FieldRole::Description && cx.host.front_matter.reads_escapes =>
        {
            false
        }
        Some(known) => !matches!(
            known.role,
            FieldRole::Globs | FieldRole::Hooks | FieldRole::Metadata | FieldRole::Other
        ),
        None => field.name == "description",
    }
}

fn finding(cx: &Context<'_>, field: &Field<'_>, value: &str, count: usize) -> Finding {
    let text = cx.role.text;
    let mut places = places(text, field);
    let span = places.next().unwrap_or(field.value.span);
    let times = if count == 1 { String::new() } else { format!(" ({count} places)") };
    let message = format!("Literal `\\n` in `{}`{times}", field.name);
    let mut finding = Finding::new(span, message)
        .reason("The model reads a backslash and an `n` instead of a line break.")
        .help("Write the value as a block: `|-` after the colon, then each line indented by two spaces.");
    finding = finding.labels(places.take(count.saturating_sub(1)), "also here");
    let meant = yaml::unescaped(value);
    let block = front_matter::block(meant.lines(), cx.role.line_end());
    let proof = format!("x: {block}\n");
    let read = yaml::parse(&proof, Span::new(0, proof.len())).ok().flatten();
    let same = read.and_then(|node| {
        node.get("x").and_then(|v| v.as_str().map(|v| v.trim_end() == trim_lines(&meant)))
    });
    let line_ends = cx.role.line_at(field.value.span.end).end;
    let comment = !Span::new(field.value.span.end, line_ends).of(text).trim().is_empty();
    // A block scalar cannot appear inside braces.
    let is_flow = cx.role.front_matter.as_ref().is_some_and(|front_matter| front_matter.is_flow);
    if same == Some(true) && !comment && !is_flow {
        let start = front_matter::value_span(text, field).start;
        let edit = (Span::new(start, field.value.span.end.max(start)), block);
        finding = finding.safe_fix("Rewrite as a block with real line breaks", alloc::vec![edit]);
    }
    finding
}

/// The block form drops trailing spaces, which mean nothing.
fn trim_lines(value: &str) -> String {
    let lines: alloc::vec::Vec<&str> = value.lines().map(str::trim_end).collect();
    String::from(lines.join("\n").trim_end())
}

/// The positions of the escapes in the text; in double quotes, two backslashes count as one.
fn places<'t>(text: &'t str, field: &Field<'_>) -> impl Iterator<Item = Span> + use<'t> {
    let span = front_matter::value_span(text, field);
    let double = field.value.style() == Some(Style::DoubleQuoted);
    let form = if double { "\\\\n" } else { "\\n" };
    span.of(text)
        .match_indices(form)
        .map(move |(at, form)| Span::new(span.start + at, span.start + at + form.len()))
}

#[cfg(test)]
mod tests {
    use crate::rules::tests::{findings, fixed};

    const AGENT: &str = ".gemini/agents/x.md";

    fn found(value: &str) -> alloc::vec::Vec<alloc::string::String> {
        let text = alloc::format!("---\nname: x\ndescription: {value}\n---\n\nYou help.\n");
        findings("literal-escape", AGENT, &text)
    }

    #[test]
    fn escapes_are_found_whatever_the_quotes() {
        let times = |n| alloc::format!("warning Literal `\\n` in `description`{n}");
        assert_eq!(found(r"Use it.\nOften."), [alloc::format!("3:21-3:23 {}", times(""))]);
        assert_eq!(
            found(r"'Use: it.\n\nOften.'"),
            [alloc::format!("3:23-3:25 {}", times(" (2 places)"))]
        );
        assert_eq!(found(r#""Use: it.\\nOften.""#), [alloc::format!("3:23-3:26 {}", times(""))]);
        assert_eq!(found("|\n  Use it.\\nOften."), [alloc::format!("4:10-4:12 {}", times(""))]);
    }

    #[test]
    fn real_breaks_paths_and_patterns_are_quiet() {
        for value in [
            r#""Use it.\nOften.""#,
            r"Reads C:\new files",
            r"Splits at `\n` only",
            r"Matches [^\n]+",
        ] {
            assert!(found(value).is_empty(), "{value}");
        }
    }

    #[test]
    fn a_prompt_in_a_data_file_has_real_line_breaks() {
        let check = |prompt: &str| {
            let text = alloc::format!("{{\"name\": \"x\", \"prompt\": \"{prompt}\"}}\n");
            findings("literal-escape", ".kiro/agents/x.json", &text)
        };
        assert_eq!(
            check(r"Planner\\nYou plan changes.\\n\\nBe short."),
            ["1:33-1:36 warning Literal `\\n` in the prompt (3 places)"]
        );
        assert_eq!(
            check(r"SPARC: planner\\nYou plan changes."),
            ["1:40-1:43 warning Literal `\\n` in the prompt"]
        );
        for prompt in [r"You plan changes.\nSplit at \\n.", r"Split at `\\n` only.", "Plan."] {
            assert_eq!(check(prompt), [""; 0], "{prompt}");
        }
    }

    #[test]
    fn carriage_returns_are_not_kept_in_a_prompt() {
        let path = ".codex/agents/x.toml";
        let text = |prompt: &str| {
            alloc::format!(
                "name = \"x\"\ndescription = \"Use it.\"\ndeveloper_instructions = {prompt}\n"
            )
        };
        let kept = text("\"\"\"\n# Clerk\\r\n\\r\nFile letters.\\r\n\"\"\"");
        assert_eq!(
            findings("literal-escape", path, &kept),
            ["4:8-4:10 info Escaped carriage return `\\r` in the prompt (3 places)"]
        );
        assert_eq!(fixed(path, &kept), kept.replace("\\r", ""));
        let windows = text("\"\"\"\n# Clerk\n\nFile letters.\n\"\"\"").replace('\n', "\r\n");
        assert_eq!(findings("literal-escape", path, &windows), [""; 0]);
        let literal = text("'''\nSplit at `\\r`.\n'''");
        assert_eq!(findings("literal-escape", path, &literal), [""; 0]);
        let json = "{\"name\": \"x\", \"prompt\": \"File letters.\\r\\nBe kind.\"}\n";
        assert_eq!(findings("literal-escape", ".kiro/agents/x.json", json).len(), 1);
        assert_eq!(fixed(".kiro/agents/x.json", json), json.replace("\\r", ""));
    }

    #[test]
    fn a_host_that_reads_escapes_loses_nothing() {
        let text = "---\nname: x\ndescription: Use it.\\nOften.\n---\n\nYou help.\n";
        assert!(findings("literal-escape", ".claude/agents/x.md", text).is_empty());
    }

    #[test]
    fn a_comment_after_the_value_is_not_part_of_it() {
        let text = "---\nname: x\ndescription: Use it.\\nOften. # note\n---\n\nYou help.\n";
        assert_eq!(fixed(AGENT, text), text);
    }

    #[test]
    fn the_fix_is_a_block_with_the_same_words() {
        let text = "---\r\nname: x\r\ndescription: \"Use: it.\\\\n\\\\n  user: \\\"hi\\\"\"\r\nmodel: opus\r\n---\r\n\r\nYou help.\r\n";
        assert_eq!(
            fixed(AGENT, text),
            "---\r\nname: x\r\ndescription: |-\r\n  Use: it.\r\n\r\n    user: \"hi\"\r\nmodel: opus\r\n---\r\n\r\nYou help.\r\n"
        );
    }
}
