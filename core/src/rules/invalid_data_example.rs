//! JSON examples that are not valid JSON.

use super::{Check, Context, Example, Finding, Profile, Rule};
use crate::diagnostic::Severity;
use crate::markdown::Fence;
use crate::syntax;
use crate::text::Span;
use alloc::vec::Vec;

/// The rule.
pub(super) static RULE: Rule = Rule {
    name: "invalid-data-example",
    severity: Severity::Warning,
    profile: Profile::Core,
    summary: "A JSON example is not valid JSON.",
    why: "A model copies the form of an example, mistakes included. If the format that it must answer in lacks a comma or a bracket, so does every answer, and the program that reads the answers fails. Examples with placeholders, ellipses or comments are not checked.",
    example: Example {
        path: "roles/reviewer.md",
        bad: "# Reviewer\n\nAnswer with:\n\n```json\n{\n  \"severity\": \"high\"\n  \"line\": 12\n}\n```\n",
        at: "\"line\"",
        good: "# Reviewer\n\nAnswer with:\n\n```json\n{\n  \"severity\": \"high\",\n  \"line\": 12\n}\n```\n",
        files: &[],
    },
    check: Check::Role(check),
};

/// Larger examples are files that someone pasted.
const MAX_EXAMPLE: usize = 20_000;

fn check(cx: &mut Context<'_>) {
    let role = cx.role;
    let fences = role.outline.fences.iter().filter(|fence| fence.info.of(role.text) == "json");
    let places: Vec<Span> = fences.filter_map(|fence| error(role.text, fence)).collect();
    for place in places {
        cx.report(
            Finding::new(place, "The example is not valid JSON")
                .reason("The model copies the mistake into its output.")
                .help("Correct the example; everything before this point is valid."),
        );
    }
}

/// Where reading the example first fails.
fn error(text: &str, fence: &Fence) -> Option<Span> {
    let content = fence.content.of(text);
    let is_read = fence.closed && !fence.nested && content.len() <= MAX_EXAMPLE;
    if !is_read || HOLES.iter().any(|hole| content.contains(hole)) {
        return None;
    }
    let trimmed = content.trim();
    // A part of an object, or several of them, is an example too.
    let is_whole = (trimmed.starts_with('{') && trimmed.ends_with('}'))
        || (trimmed.starts_with('[') && trimmed.ends_with(']'));
    if !is_whole {
        return None;
    }
    let document = syntax::json(content);
    // That reader takes commas after the last value, which configurations may have; JSON has none.
    let first = match document.errors.first() {
        Some(error) => error.span.start,
        None => last_comma(content)?,
    };
    let start = (fence.content.start + first).min(fence.content.end);
    let is_several = text.get(fence.content.start..start)?.trim_end().ends_with('}')
        && text.get(start..)?.starts_with('{');
    (!is_several && balanced(content)).then(|| token(text, start, fence.content.end))
}

/// The first comma that no value follows.
fn last_comma(content: &str) -> Option<usize> {
    let (mut comma, mut in_string, mut escaped) = (None, false, false);
    for (at, byte) in content.bytes().enumerate() {
        match byte {
            _ if escaped => escaped = false,
            b'\\' => escaped = in_string,
            b'"' => (in_string, comma) = (!in_string, None),
            _ if in_string => {}
            b',' => comma = Some(at),
            b'}' | b']' if comma.is_some() => return comma,
            b' ' | b'\t' | b'\r' | b'\n' => {}
            _ => comma = None,
        }
    }
    None
}

/// The next token from `start` on.
fn token(text: &str, start: usize, end: usize) -> Span {
    let rest = text.get(start..end).unwrap_or("");
    let lead = rest.len() - rest.trim_start().len();
    let token = rest.trim_start();
    let length = token.find(|c: char| c.is_whitespace() || matches!(c, ':' | ','));
    let length = length.unwrap_or(token.len()).max(token.chars().next().map_or(0, char::len_utf8));
    Span::new(start + lead, start + lead + length)
}

/// What stands for something else.
const HOLES: [&str; 11] = ["...", "…", "<", "{{", "${", "//", "/*", "|", "[X", "#", "{%"];

/// Whether as many brackets open as close: parts of a larger text are left alone.
fn balanced(content: &str) -> bool {
    let count = |c: char| content.matches(c).count();
    count('{') == count('}') && count('[') == count(']')
}

#[cfg(test)]
mod tests {
    use crate::rules::tests::findings;
    use alloc::format;

    #[test]
    fn a_comma_after_the_last_value_is_no_json() {
        let check = |json: &str| {
            findings("invalid-data-example", "roles/a.md", &format!("```json\n{json}\n```\n"))
        };
        let found = "2:8-2:9 warning The example is not valid JSON";
        assert_eq!(check("{\"a\": 1,}"), [found]);
        assert_eq!(check("[\"a,]\", \"b\\\",}\"]"), [""; 0]);
        assert_eq!(check("{\"a\": [1,\n  2,\n]}").len(), 1);
    }

    #[test]
    fn placeholders_parts_and_several_objects_are_left_alone() {
        let check = |json: &str| {
            findings("invalid-data-example", "roles/a.md", &format!("```json\n{json}\n```\n"))
        };
        assert_eq!(check("{\"a\": 1 \"b\": 2}").len(), 1);
        for json in [
            "{\"a\": 1, \"b\": 2}",
            "{\"a\": \"<text>\" \"b\": 2}",
            "{\"a\": ...}",
            "\"a\": 1",
            "{\"a\": 1}\n{\"a\": 2}",
            "{\"a\": 1 // one\n \"b\"}",
        ] {
            assert_eq!(check(json), [""; 0], "{json}");
        }
    }
}
