//! Examples in JSON or YAML that are not valid.

use super::{Check, Context, Example, Finding, Profile, Rule};
use crate::diagnostic::Severity;
use crate::markdown::Fence;
use crate::syntax;
use crate::text::Span;
use crate::yaml;
use alloc::vec::Vec;

/// The rule.
pub(super) static RULE: Rule = Rule {
    name: "invalid-data-example",
    severity: Severity::Warning,
    profile: Profile::Core,
    summary: "An example in JSON or YAML is not valid.",
    why: "A model copies the form of an example, mistakes included. If the format that it must answer in lacks a comma or a bracket, so does every answer, and the program that reads the answers fails. Examples in JSON with placeholders, ellipses or comments are not checked. In YAML, four mistakes are found: a value that begins with `>` but is not a block, text after a closing quotation mark, `: ` in an unquoted value, and a field below list items of the same indentation.",
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
    let of_yaml = role.outline.fences.iter().filter_map(|fence| yaml_error(role.text, fence));
    let of_yaml: Vec<Mistake> = of_yaml.collect();
    for kind in KINDS {
        let mut places = of_yaml.iter().filter(|mistake| mistake.kind == kind).map(|it| it.place);
        let Some(first) = places.next() else { continue };
        cx.report(
            Finding::new(first, "The example is not valid YAML")
                .and_more(places.clone().count())
                .labels(places, "also here")
                .reason(kind.reason())
                .help(kind.help()),
        );
    }
}

/// A definite mistake in an example.
#[derive(Clone, Copy)]
struct Mistake {
    place: Span,
    kind: Kind,
}

#[derive(Clone, Copy, PartialEq)]
enum Kind {
    Comparison,
    AfterQuote,
    Colon,
    KeyAfterItems,
}

const KINDS: [Kind; 4] = [Kind::Comparison, Kind::AfterQuote, Kind::Colon, Kind::KeyAfterItems];

impl Kind {
    const fn reason(self) -> &'static str {
        match self {
            Self::Comparison => {
                "YAML reads `>` at the start of a value as the start of a text block."
            }
            Self::AfterQuote => "Nothing may follow the closing quotation mark of a value.",
            Self::Colon => "An unquoted value must not contain `: `.",
            Self::KeyAfterItems => "A field must not follow list items of the same indentation.",
        }
    }

    const fn help(self) -> &'static str {
        match self {
            Self::AfterQuote => "Write several values as a list in brackets.",
            Self::Comparison | Self::Colon => "Put the value in quotation marks.",
            Self::KeyAfterItems => "Put the list below a field of its own.",
        }
    }
}

/// The mistake with which a YAML example fails to parse.
fn yaml_error(text: &str, fence: &Fence) -> Option<Mistake> {
    if !matches!(fence.info.of(text), "yaml" | "yml") || !fence.closed || fence.nested {
        return None;
    }
    let content = fence.content.of(text);
    // Skip front matter, which hosts read leniently, and templates of other programs.
    let is_else = content.len() > MAX_EXAMPLE
        || content.trim_start().starts_with("---")
        || ["{{", "{%"].iter().any(|mark| content.contains(mark));
    let mut start = fence.content.start;
    let mut lines = content.split_inclusive('\n').map(|line| {
        start += line.len();
        Span::new(start - line.len(), start)
    });
    // Parsing is expensive, and most examples have no such line.
    if is_else || !lines.any(|line| mistake(text, line).is_some()) || is_bad_on_purpose(text, fence)
    {
        return None;
    }
    let error = yaml::parse(content, Span::new(0, content.len())).err()?;
    // The parser notices some mistakes only on the next line.
    let at = fence.content.start + error.offset;
    let before = text.get(..at)?.trim_end_matches(['\n', '\r', ' ']).len();
    let failing = [at, before.max(fence.content.start)].map(|at| line_at(text, at));
    failing.into_iter().find_map(|line| mistake(text, line))
}

/// The line that contains `at`.
fn line_at(text: &str, at: usize) -> Span {
    let start = text.get(..at).and_then(|text| text.rfind('\n')).map_or(0, |end| end + 1);
    let end = text.get(at..).and_then(|text| text.find('\n')).map_or(text.len(), |end| at + end);
    Span::new(start, end)
}

/// The definite mistake in a line of YAML that does not parse.
fn mistake(text: &str, line: Span) -> Option<Mistake> {
    let code = line.of(text).trim_end();
    if let Some(mistake) = key_after_items(text, line) {
        return Some(mistake);
    }
    let (key, value) = code.split_once(": ")?;
    let found = wrong_value(line.start + code.len() - value.len(), value)?;
    let is_form = code.contains(['{', '<', '[', '…', '#']) || code.contains(" | ");
    (!is_form && !code.contains("...") && !key.contains(['"', '\''])).then_some(found)
}

/// The definite mistake in the value that begins at `start`.
fn wrong_value(start: usize, value: &str) -> Option<Mistake> {
    let start = start + value.len() - value.trim_start().len();
    let value = value.trim_start();
    let place = Span::new(start, start + value.len());
    let found = |kind| Mistake { place, kind };
    if let Some(rest) = value.strip_prefix('>') {
        let compares = rest.trim_start_matches(['=', ' ']);
        return compares
            .starts_with(|c: char| c.is_ascii_digit())
            .then_some(found(Kind::Comparison));
    }
    if let Some(rest) = value.strip_prefix('"') {
        let (_, rest) = rest.split_once('"')?;
        return rest.starts_with([',', ' ']).then_some(found(Kind::AfterQuote));
    }
    let is_plain = value.starts_with(char::is_alphanumeric);
    (is_plain && value.contains(": ")).then_some(found(Kind::Colon))
}

/// The field in a line right below a list item of the same indentation.
fn key_after_items(text: &str, line: Span) -> Option<Mistake> {
    let inner = line.of(text).trim_start_matches(' ');
    let start = line.end - inner.len();
    let key =
        inner.split([':', ' ', '\n']).next().filter(|key| key.starts_with(char::is_alphabetic))?;
    let behind = inner.get(key.len()..)?.strip_prefix(':')?;
    let above = text.get(..line.start)?.trim_end_matches(['\n', '\r']);
    let above = above.get(above.rfind('\n').map_or(0, |end| end + 1)..)?;
    let item = above.trim_start_matches(' ');
    let is_below = item.starts_with("- ") && above.len() - item.len() == start - line.start;
    let place = Span::new(start, start + key.len());
    (is_below && behind.starts_with([' ', '\n', '\r']))
        .then_some(Mistake { place, kind: Kind::KeyAfterItems })
}

/// Whether the line above, or a comment in it, presents the example as one to avoid.
pub(super) fn is_bad_on_purpose(text: &str, fence: &Fence) -> bool {
    let before = text.get(..fence.span.start).unwrap_or("").trim_end();
    const WORDS: [&str; 7] = ["bad", "wrong", "broken", "invalid", "incorrect", "avoid", "❌"];
    let is_warning = |line: &str| {
        let line = line.to_lowercase();
        WORDS.iter().any(|word| line.contains(word))
    };
    let mut lines = fence.content.of(text).lines().map(str::trim_start);
    is_warning(before.rsplit('\n').next().unwrap_or(""))
        || lines.any(|line| line.starts_with(['#', '/']) && is_warning(line))
}

/// The place where parsing the example first fails.
fn error(text: &str, fence: &Fence) -> Option<Span> {
    let content = fence.content.of(text);
    let is_read = fence.closed && !fence.nested && content.len() <= MAX_EXAMPLE;
    if !is_read || HOLES.iter().any(|hole| content.contains(hole)) {
        return None;
    }
    let trimmed = content.trim();
    // A part of an object, or several objects, also count as an example.
    let is_whole = (trimmed.starts_with('{') && trimmed.ends_with('}'))
        || (trimmed.starts_with('[') && trimmed.ends_with(']'));
    if !is_whole {
        return None;
    }
    let document = syntax::json(content);
    // This parser accepts trailing commas, which configurations may contain; JSON does not allow
    // them.
    let first = match document.errors.first() {
        Some(error) => error.span.start,
        None => last_comma(content)?,
    };
    if is_slot(content, first) {
        return None;
    }
    let start = (fence.content.start + first).min(fence.content.end);
    let is_several = text.get(fence.content.start..start)?.trim_end().ends_with('}')
        && text.get(start..)?.starts_with('{');
    (!is_several && balanced(content)).then(|| token(text, start, fence.content.end))
}

/// Whether an error is in a bracketed word in place of a value: `{COUNT}`, `[COUNT]`.
fn is_slot(content: &str, at: usize) -> bool {
    let before = content.get(..at).unwrap_or("").trim_end();
    let inner = content.get(at..).unwrap_or("");
    let opens = |c: char| matches!(c, '{' | '[');
    let inner = match before.ends_with(opens) {
        true => inner,
        false => inner.trim_start_matches(opens),
    };
    let Some((word, _)) = inner.split_once(['}', ']']) else { return false };
    let word = word.trim();
    word.starts_with(|c: char| c.is_alphabetic())
        && word.chars().all(|c| c.is_alphanumeric() || matches!(c, '_' | '-' | ' '))
        && !matches!(word, "true" | "false" | "null")
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

/// Text that represents omitted content.
const HOLES: [&str; 11] = ["...", "…", "<", "{{", "${", "//", "/*", "|", "[X", "#", "{%"];

/// Whether opening and closing brackets are balanced: excerpts of a larger text are ignored.
fn balanced(content: &str) -> bool {
    let count = |c: char| content.matches(c).count();
    count('{') == count('}') && count('[') == count(']')
}

#[cfg(test)]
mod tests {
    use crate::rules::tests::findings;
    use alloc::format;

    #[test]
    fn mistakes_in_yaml_are_named() {
        let check = |yaml: &str| {
            findings("invalid-data-example", "roles/a.md", &format!("```yaml\n{yaml}\n```\n"))
        };
        let found = "warning The example is not valid YAML";
        for (yaml, at) in [
            ("slo:\n  uptime: >99.9%\n  errors: <1%", "3:11-3:17"),
            ("terms:\n  - words: \"core\", \"edge\"\n  - words: x", "3:12-3:26"),
            ("focus: any (web: React, Vue)\nlevel: 1", "2:8-2:29"),
        ] {
            assert_eq!(check(yaml), [format!("{at} {found}")], "{yaml}");
        }
        for yaml in [
            "uptime: \">99.9%\"",
            "status: open | closed",
            "text: >\n  folded: so\n  and so",
            "---\nname: a: b\n---",
            "a: {x}: y\nb: [z]: c",
            "image: {{ name }}: {{ tag }}",
            "  - a\n - b",
        ] {
            assert_eq!(check(yaml), [""; 0], "{yaml}");
        }
        assert_eq!(check("# Wrong\na: b: c\n\n# Right\na: \"b: c\""), [""; 0]);
        let bad = "This is wrong:\n\n```yaml\na: b: c\n```\n";
        assert_eq!(findings("invalid-data-example", "roles/a.md", bad), [""; 0]);
    }

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
            "{\"a\": \"{X}\", \"n\": {COUNT}}",
            "{\"n\": [COUNT OF WORDS]}",
        ] {
            assert_eq!(check(json), [""; 0], "{json}");
        }
    }
}
