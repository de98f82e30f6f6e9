//! Finds the places where a text tells the model to call a tool whose name is no ordinary word.

use crate::role::{CueKind, Role};
use crate::text::{Span, after_beginning};
use alloc::vec::Vec;

/// These names, spelled as the tools are.
const NAMES: [&str; 8] = [
    "AskUserQuestion",
    "EnterPlanMode",
    "ExitPlanMode",
    "MultiEdit",
    "NotebookEdit",
    "TodoWrite",
    "WebFetch",
    "WebSearch",
];

/// The names in the body that the model is told to call, in order.
pub(super) fn all(role: &Role<'_>) -> Vec<Span> {
    let named = role.cues().iter().filter(|cue| cue.kind == CueKind::Call).map(|cue| cue.span);
    let is_order = |span: &Span| span.start >= role.body.start && is_order(role, *span);
    named.filter(|span| NAMES.contains(&span.of(role.text))).filter(is_order).collect()
}

/// The places of one of the names that [`all`] found, as `(first, others)`.
pub(super) fn by_name<'t>(text: &'t str, places: &[Span]) -> Vec<(&'t str, Vec<Span>)> {
    let mut found: Vec<(&str, Vec<Span>)> = Vec::new();
    for place in places {
        let name = place.of(text);
        match found.iter_mut().find(|(known, _)| *known == name) {
            Some((_, places)) => places.push(*place),
            None => found.push((name, Vec::from([*place]))),
        }
    }
    found
}

fn is_order(role: &Role<'_>, span: Span) -> bool {
    let line = role.line_at(span.start);
    let text = line.of(role.text);
    let Some(before) = role.text.get(line.start..span.start) else { return false };
    let after = role.text.get(span.end..line.end).unwrap_or("");
    // "- `WebSearch`: Finds sources."
    let is_item = before.ends_with('`')
        && before.trim_start().trim_end_matches(['`', '*']).trim_end().trim_end_matches('.').len()
            < 3
        && is_item(text);
    let lead = before.trim_end_matches(['`', '*']);
    let after = after.trim_start_matches(['`', '*']);
    let ends = |words: &[&str]| {
        words.iter().any(|word| {
            let start = lead.len().checked_sub(word.len()).and_then(|at| lead.get(at..));
            start.is_some_and(|end| end.eq_ignore_ascii_case(word))
        })
    };
    let is_called = ends(&LEADS) || ends(&["the "]) && after.starts_with(" tool");
    let is_aside = is_aside(span.of(role.text), lead, after);
    (is_called || is_item || is_aside)
        && role.outline.fence_at(span.start).is_none()
        && !text.trim_start().starts_with(['|', '#'])
        && !is_excused(sentence(role, span), is_aside)
}

/// Whether a name in parentheses says how to do what its clause orders: "ask for it
/// (AskUserQuestion)".
fn is_aside(name: &str, lead: &str, after: &str) -> bool {
    let lead = lead.get(lead.ceil_char_boundary(lead.len().saturating_sub(MOST_BYTES))..);
    let lead = lead.and_then(|lead| lead.strip_suffix('(')).filter(|_| after.starts_with(')'));
    let Some(lead) = lead else { return false };
    let clause = lead.rsplit(['→', '>', ',', ':', ';', '.']).next().unwrap_or("");
    let clause = clause.trim_start_matches(|c: char| !c.is_alphabetic());
    let clause = after_beginning(clause, "then ").unwrap_or(clause);
    name == "AskUserQuestion" && after_beginning(clause, "ask ").is_some()
}

fn is_item(line: &str) -> bool {
    let line = line.trim_start();
    let number = line.trim_start_matches(|c: char| c.is_ascii_digit());
    line.starts_with(['-', '*', '+']) || number.len() < line.len() && number.starts_with('.')
}

/// The most lines of a sentence that are read before and after a name.
const MOST_LINES: usize = 4;

/// The most bytes that are read before and after it.
const MOST_BYTES: usize = 500;

/// The sentence around a name, which may begin or end on another line.
fn sentence<'t>(role: &Role<'t>, span: Span) -> &'t str {
    let text = role.text;
    let line = role.line_at(span.start);
    let (mut first, mut last) = (line, line);
    for _ in 0..MOST_LINES {
        if is_item(first.of(text)) || first.start <= role.body.start {
            break;
        }
        let before = role.line_at(first.start - 1);
        if before.of(text).trim().is_empty() {
            break;
        }
        first = before;
    }
    for _ in 0..MOST_LINES {
        let next = role.line_at((last.end + 1).min(text.len()));
        let words = next.of(text);
        if next.start <= last.start || words.trim().is_empty() || is_item(words) {
            break;
        }
        last = next;
    }
    let ends = |text: &str| text.ends_with(['.', '!', '?']);
    // A line may be as long as the file.
    let from = text.ceil_char_boundary(span.start.saturating_sub(MOST_BYTES)).max(first.start);
    let to = text.floor_char_boundary(span.end + MOST_BYTES).min(last.end);
    let before = text.get(from..span.start).unwrap_or("");
    let after = text.get(span.end..to).unwrap_or("");
    let start = before
        .char_indices()
        .rfind(|(at, c)| c.is_whitespace() && ends(before.get(..*at).unwrap_or("")))
        .map_or(0, |(at, _)| at);
    let end = after
        .char_indices()
        .find(|(at, c)| c.is_whitespace() && ends(after.get(..*at).unwrap_or("")))
        .map_or(after.len(), |(at, _)| at);
    text.get(from + start..span.end + end).unwrap_or("")
}

/// What a name follows in an order.
const LEADS: [&str; 8] =
    ["use ", "using ", "call ", "calling ", "with ", "via ", "invoke ", "use the "];

/// Whether a sentence says that the tool is not there, belongs to someone else, or has a substitute.
/// Before an order, "no" and an arrow belong to its condition.
fn is_excused(sentence: &str, has_order: bool) -> bool {
    const WORDS: [&str; 21] = [
        " not ",
        "n't",
        "never",
        "cannot",
        "without",
        "unavailable",
        "available",
        "instead of",
        "rather than",
        "parent",
        "orchestrator",
        "main ",
        "caller",
        "lead",
        "removed",
        "deprecated",
        "replace",
        "forbid",
        "denied",
        "if you have",
        "when supported",
    ];
    const BEFORE_NAMES: [&str; 3] = [" no ", "→", "->"];
    let line = sentence.to_ascii_lowercase().replace(['\r', '\n'], " ");
    let has = |words: &[&str]| words.iter().any(|word| line.contains(word));
    has(&WORDS) || !has_order && has(&BEFORE_NAMES)
}
