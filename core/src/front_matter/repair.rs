//! Rewrites invalid front matter as valid YAML: the offending values in quotes, as blocks or
//! indented. A repair is returned only after the strict reader accepted it. Knows no host.

use super::{Field, FrontMatter};
use crate::host::HOSTS;
use crate::text::Span;
use crate::yaml::{self, Style, unescaped};
use alloc::format;
use alloc::string::{String, ToString};
use alloc::vec::Vec;

/// Spans of the text and their replacements.
type Edits = Vec<(Span, String)>;

/// Edits that turn the front matter of `text` into YAML without changing its meaning; `None` if no
/// such edits exist. A field that `must_be_text` does not become a list or a map.
pub(crate) fn repair(
    text: &str,
    front_matter: &FrontMatter<'_>,
    must_be_text: &dyn Fn(&str) -> bool,
) -> Option<Edits> {
    let line_end = if front_matter.content.of(text).contains("\r\n") { "\r\n" } else { "\n" };
    let mut edits = Vec::new();
    for field in front_matter.fields.iter().filter(|field| field.error.is_some()) {
        edits.extend(rewritten(text, field, line_end, must_be_text(&field.name))?);
    }
    (!edits.is_empty() && is_yaml(text, front_matter, &edits)).then_some(edits)
}

/// Whether every offending value is on the line of its name, not in quotes as a whole, and contains a
/// character that is special in YAML, or a colon with `colons_only`: then only quotes are missing.
pub(crate) fn quotes_are_missing(
    text: &str,
    front_matter: &FrontMatter<'_>,
    colons_only: bool,
) -> bool {
    front_matter.fields.iter().filter(|field| field.error.is_some()).all(|field| {
        let raw = value_span(text, field).of(text);
        let special = ['{', '}', '[', ']', '*', '&', '#', '!', '|', '>', '%', '@', '`'];
        let is_rescued = match colons_only {
            true => raw.contains(": ") && !raw.starts_with(['[', '{', '|', '>']),
            false => raw.contains(": ") || raw.contains(special),
        };
        let mark = raw.chars().next().filter(|mark| matches!(mark, '"' | '\''));
        let is_quoted = mark.is_some_and(|mark| colons_only || raw.ends_with(mark));
        is_rescued && !raw.contains('\n') && !is_quoted
    })
}

/// From after the colon and its spaces to the end of the field's last line with text.
pub(crate) fn value_span(text: &str, field: &Field<'_>) -> Span {
    let rest = Span::new(field.name_span.end, field.lines.end).of(text);
    let colon = rest.find(':').map_or(0, |at| at + 1);
    let behind = rest.get(colon..).unwrap_or("");
    let lead = behind.len() - behind.trim_start_matches([' ', '\t']).len();
    let start = field.name_span.end + colon + lead;
    let end = field.name_span.end + rest.trim_end().len();
    Span::new(start, end.max(start))
}

/// Lines as a block scalar that keeps its line breaks, two spaces deep.
pub(crate) fn block<'l>(lines: impl Iterator<Item = &'l str>, line_end: &str) -> String {
    let mut body = String::new();
    let mut indented_start = None;
    for line in lines.map(str::trim_end) {
        body.push_str(line_end);
        if !line.is_empty() {
            indented_start = indented_start.or(Some(line.starts_with([' ', '\t'])));
            body.push_str("  ");
            body.push_str(line);
        }
    }
    let header = if indented_start == Some(true) { "|2-" } else { "|-" };
    format!("{header}{body}")
}

/// A single-line value in the kind of quotes that require the fewest changes.
pub(crate) fn quoted(value: &str) -> String {
    if value.contains(['"', '\\']) {
        format!("'{}'", value.replace('\'', "''"))
    } else {
        format!("\"{value}\"")
    }
}

/// Whether a line announces a block scalar: `|`, `>-`, `|2+`.
pub(crate) fn is_block_header(line: &str) -> bool {
    let marks = line.trim().strip_prefix(['|', '>']);
    marks.is_some_and(|marks| marks.bytes().all(|b| matches!(b, b'-' | b'+' | b'1'..=b'9')))
}

/// The first notation of a field that the strict reader accepts.
fn rewritten(text: &str, field: &Field<'_>, line_end: &str, is_text: bool) -> Option<Edits> {
    let span = value_span(text, field);
    let raw = span.of(text);
    let first = raw.lines().next().unwrap_or("").trim_end();
    let nested = first.is_empty();
    let header = is_block_header(first);
    if let Some((_, edits)) = swallowed(text, field) {
        return Some(edits);
    }
    let mut ways: Vec<Edits> = Vec::new();
    if nested || header {
        ways.push(tabs(text, span));
    }
    if nested {
        ways.push(quoted_lines(text, span));
    } else if header {
        let lines = raw.lines().skip(1);
        let indented = block(lines, line_end);
        let body = indented.trim_start_matches(['|', '2', '-']);
        ways.push(Vec::from([(span, format!("{first}{body}"))]));
    } else {
        if first.starts_with(['[', '{']) && !is_text {
            ways.extend(brackets(raw).map(|value| Vec::from([(span, value)])));
        }
        ways.push(Vec::from([(span, scalar(raw, line_end))]));
    }
    ways.into_iter().find(|edits| !edits.is_empty() && reads_alone(text, field, edits))
}

/// Whether a line that begins with this word and a colon is a field. Any other may be the author's prose.
fn is_unambiguous(word: &str) -> bool {
    HOSTS.iter().any(|host| host.unambiguous.contains(&word))
}

/// The name of the first field that was parsed as part of the previous value, because each further
/// line of the value is a field that is indented or has no space after its colon; and the edits
/// that separate all of them.
pub(crate) fn swallowed(text: &str, field: &Field<'_>) -> Option<(Span, Edits)> {
    let span = value_span(text, field);
    let mut lines = span.of(text).split_inclusive('\n');
    let first = lines.next().filter(|first| !first.trim().is_empty())?;
    if first.starts_with(['|', '>', '"', '\'', '[', '{']) {
        return None;
    }
    let mut at = span.start + first.len();
    let (mut name, mut edits) = (None, Vec::new());
    for line in lines {
        let content = line.trim_start_matches([' ', '\t']);
        let key = content.split(':').next().unwrap_or("");
        let rest = content.get(key.len() + 1..)?;
        if !is_unambiguous(key) {
            return None;
        }
        let start = at + line.len() - content.len();
        if start > at {
            edits.push((Span::new(at, start), String::new()));
        }
        let colon = start + key.len() + 1;
        if !rest.starts_with(char::is_whitespace) && !rest.is_empty() {
            edits.push((Span::at(colon), String::from(" ")));
        }
        name = name.or(Some(Span::new(start, start + key.len())));
        at += line.len();
    }
    name.map(|name| (name, edits)).filter(|(_, edits)| !edits.is_empty())
}

/// The name of the first field that shares a line with another field, and the edits that move each
/// field to its own line.
pub(crate) fn run_together(text: &str, front_matter: &FrontMatter<'_>) -> Option<(Span, Edits)> {
    let crlf = front_matter.content.of(text).contains("\r\n");
    let line_end = if crlf { "\r\n" } else { "\n" };
    let (mut first, mut edits) = (None, Vec::new());
    for field in front_matter.fields.iter().filter(|field| field.error.is_some()) {
        let value = value_span(text, field);
        let line = value.of(text).lines().next().unwrap_or("");
        for (at, _) in line.match_indices(' ') {
            let rest = line.get(at + 1..).unwrap_or("");
            // A field name is a single word, and the rest of the line is checked again.
            let word = rest.split(' ').next().unwrap_or("");
            let Some(name) = word.strip_suffix(':').filter(|name| !name.contains(':')) else {
                continue;
            };
            let is_field = rest.len() > word.len();
            if is_field && is_unambiguous(name) && front_matter.field(name).is_none() {
                let start = value.start + at + 1;
                first = first.or(Some(Span::new(start, start + name.len())));
                edits.push((Span::new(start - 1, start), String::from(line_end)));
            }
        }
    }
    first.filter(|_| is_yaml(text, front_matter, &edits)).map(|first| (first, edits))
}

/// The name of the first field without a space after its colon, if that is the only cause, and the
/// edits that insert the spaces.
pub(crate) fn glued_colon(text: &str, front_matter: &FrontMatter<'_>) -> Option<(Span, Edits)> {
    let (mut first, mut edits) = (None, Vec::new());
    for line in crate::text::lines(text, front_matter.content) {
        let (name, rest) = line.of(text).split_once(':').unwrap_or(("", ""));
        if rest.starts_with(char::is_whitespace) || rest.is_empty() || !is_unambiguous(name) {
            continue;
        }
        let colon = line.start + name.len();
        first = first.or(Some(Span::new(line.start, colon)));
        edits.push((Span::at(colon + 1), String::from(" ")));
    }
    first.filter(|_| is_yaml(text, front_matter, &edits)).map(|first| (first, edits))
}

fn is_yaml(text: &str, front_matter: &FrontMatter<'_>, edits: &Edits) -> bool {
    has_same_fields(&applied(text, front_matter.content, edits), front_matter)
}

fn scalar(raw: &str, line_end: &str) -> String {
    let meant = unescaped(&outdented(&without_quotes(raw)));
    if meant.contains('\n') { block(meant.lines(), line_end) } else { quoted(&meant) }
}

/// The lines after the first, without their common indentation, which belongs to the front matter.
fn outdented(raw: &str) -> String {
    let indent = |line: &str| line.len() - line.trim_start_matches(' ').len();
    let filled = raw.lines().skip(1).filter(|line| !line.trim().is_empty());
    let shared = filled.map(indent).min().unwrap_or(0);
    if shared == 0 {
        return raw.to_string();
    }
    let lines: Vec<&str> = raw
        .lines()
        .enumerate()
        .map(|(at, line)| if at == 0 { line } else { line.get(shared..).unwrap_or("") })
        .collect();
    lines.join("\n")
}

/// The words of a value whose quotes are broken, without the outer pair or the single quote.
fn without_quotes(raw: &str) -> String {
    for quote in ['"', '\''] {
        let Some(rest) = raw.strip_prefix(quote) else { continue };
        if let Some(inner) = rest.strip_suffix(quote) {
            return inner.replace("\\\"", "\"");
        }
        if !rest.contains(quote) {
            return rest.to_string();
        }
    }
    raw.to_string()
}

/// A bracketed list or map with the missing brackets added, or with its items quoted.
fn brackets(raw: &str) -> Option<String> {
    // Prose in brackets is not a list.
    let is_prose = |item: &str| item.trim().contains(' ') && !item.contains(['(', ':']);
    if raw.contains('\n') || raw.split(',').any(is_prose) {
        return None;
    }
    let close = if raw.starts_with('[') { ']' } else { '}' };
    if !raw.ends_with(close) {
        return Some(format!("{raw}{close}"));
    }
    let items = raw.strip_prefix('[')?.strip_suffix(']')?;
    let items: Vec<String> = items
        .split(',')
        .map(str::trim)
        .map(|item| if item.starts_with(['"', '\'']) { item.to_string() } else { quoted(item) })
        .collect();
    Some(format!("[{}]", items.join(", ")))
}

/// Two spaces for every tab at the start of a line.
fn tabs(text: &str, span: Span) -> Edits {
    let mut edits = Vec::new();
    let mut at = span.start;
    for line in span.of(text).split_inclusive('\n') {
        let lead = line.len() - line.trim_start_matches([' ', '\t']).len();
        let indent = line.get(..lead).unwrap_or("");
        if indent.contains('\t') {
            edits.push((Span::new(at, at + lead), indent.replace('\t', "  ")));
        }
        at += line.len();
    }
    edits
}

/// Edits that quote each value of a nested list or map that is not valid YAML by itself.
fn quoted_lines(text: &str, span: Span) -> Edits {
    let mut edits = Vec::new();
    let mut at = span.start;
    for line in span.of(text).split_inclusive('\n') {
        let start = at;
        at += line.len();
        let content = line.trim_end();
        let item = content.trim_start().trim_start_matches("- ").trim_start();
        let value =
            yaml::tolerant_key(item).and_then(|(_, value)| item.get(value..)).unwrap_or(item);
        let place = Span::new(start + content.len() - value.len(), start + content.len());
        if !value.is_empty()
            && !value.starts_with(['"', '\'', '|', '>', '['])
            && !is_plain_scalar(value)
        {
            edits.push((place, quoted(value)));
        }
    }
    edits
}

fn is_plain_scalar(value: &str) -> bool {
    yaml::parse(value, Span::new(0, value.len()))
        .is_ok_and(|node| node.is_some_and(|node| node.style() == Some(Style::Plain)))
}

fn reads_alone(text: &str, field: &Field<'_>, edits: &Edits) -> bool {
    let repaired = applied(text, field.lines, edits);
    let node = yaml::parse(&repaired, Span::new(0, repaired.len())).ok().flatten();
    node.is_some_and(|node| node.entries().is_some_and(|entries| entries.len() == 1))
}

fn has_same_fields(content: &str, front_matter: &FrontMatter<'_>) -> bool {
    let Ok(Some(node)) = yaml::parse(content, Span::new(0, content.len())) else { return false };
    // Fields that a value had swallowed are added.
    let mut names = node.entries().unwrap_or(&[]).iter().map(|entry| entry.key.as_str());
    front_matter.fields.iter().all(|field| names.any(|name| name == Some(field.name.as_ref())))
}

/// `text[within]` after the edits, which are inside it and in order.
fn applied(text: &str, within: Span, edits: &Edits) -> String {
    let mut out = String::with_capacity(within.len() + 64);
    let mut at = within.start;
    for (span, replacement) in edits {
        out.push_str(Span::new(at, span.start).of(text));
        out.push_str(replacement);
        at = span.end;
    }
    out.push_str(Span::new(at, within.end).of(text));
    out
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::front_matter::read;

    /// The front matter's lines after the repair.
    fn repaired(lines: &str) -> Option<String> {
        let text = format!("---\n{lines}---\nbody\n");
        let front_matter = read(&text, false).unwrap();
        assert!(front_matter.error.is_some(), "is YAML already: {lines}");
        Some(applied(&text, front_matter.content, &repair(&text, &front_matter, &|_| false)?))
    }

    #[track_caller]
    fn check(lines: &str, expected: &str) {
        assert_eq!(repaired(lines).as_deref(), Some(expected));
    }

    #[test]
    fn a_value_with_a_colon_gets_quotes() {
        check("name: a\ndescription: use it: often\n", "name: a\ndescription: \"use it: often\"\n");
        check("description: say \"yes\": it's so\n", "description: 'say \"yes\": it''s so'\n");
    }

    #[test]
    fn escaped_line_breaks_become_lines() {
        check(
            "description: Use it. Examples:\\n\\nuser: \"hi\"\\nassistant: \"ho\"\nmodel: x\n",
            "description: |-\n  Use it. Examples:\n\n  user: \"hi\"\n  assistant: \"ho\"\nmodel: x\n",
        );
    }

    #[test]
    fn lines_that_belong_to_a_value_are_indented() {
        check(
            "description: Examples: one\nuser: \"hi\"\n\nassistant: \"ho\"\nmodel: opus\n",
            "description: |-\n  Examples: one\n  user: \"hi\"\n\n  assistant: \"ho\"\nmodel: opus\n",
        );
        check("description: a: b\n\n  c\n    d\n", "description: |-\n  a: b\n\n  c\n    d\n");
        check("description: |\none\n- two\n", "description: |\n  one\n  - two\n");
    }

    #[test]
    fn a_star_an_at_sign_and_a_backtick_get_quotes() {
        check("tools: *\n", "tools: \"*\"\n");
        check("description: @Observable を使う\n", "description: \"@Observable を使う\"\n");
        check("description: `x` is used\n", "description: \"`x` is used\"\n");
    }

    #[test]
    fn broken_quotes_and_brackets_are_closed() {
        check("description: \"one\nname: a\n", "description: \"one\"\nname: a\n");
        check("description: \"a\" and b\n", "description: '\"a\" and b'\n");
        check("description: \"say \"x\" now\"\n", "description: 'say \"x\" now'\n");
        check("tools: [Read, Grep\n", "tools: [Read, Grep]\n");
        check("description: [Use it as you like\n", "description: \"[Use it as you like\"\n");
        check("tools: [*, @a]\n", "tools: [\"*\", \"@a\"]\n");
    }

    #[test]
    fn swallowed_fields_are_set_free() {
        check("name: x\n description: a\n\ttools: b\n", "name: x\ndescription: a\ntools: b\n");
        check("name: x\ndescription:no space\n", "name: x\ndescription: no space\n");
        check("name: see: it\nhttp://x\n", "name: |-\n  see: it\n  http://x\n");
        check(
            "name: x\ndescription: Use it\n  when: asked\n",
            "name: x\ndescription: |-\n  Use it\n  when: asked\n",
        );
    }

    #[test]
    fn nested_values_and_tabs_are_fixed_in_place() {
        check("hooks:\n  - label: a: b\n    x: y\n", "hooks:\n  - label: \"a: b\"\n    x: y\n");
        check("tools:\n\t- Read\n\t- Grep\n", "tools:\n  - Read\n  - Grep\n");
        check("tools:\n  - *\n", "tools:\n  - \"*\"\n");
    }

    #[test]
    fn carriage_returns_are_kept() {
        let text = "---\r\ndescription: a: b\\n\\nc\r\n---\r\n";
        let front_matter = read(text, false).unwrap();
        let edits = repair(text, &front_matter, &|_| false).unwrap();
        assert_eq!(edits[0].1, "|-\r\n  a: b\r\n\r\n  c");
    }
}
