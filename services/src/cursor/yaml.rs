//! Locates the caret in YAML, by the indentation of the lines around it.

use super::{Cursor, item};
use rolewright_core::Span;

/// One line: its indentation, the indentation of its key, and its key.
struct Line {
    span: Span,
    blank: bool,
    /// Spaces before anything else.
    indent: usize,
    /// Spaces and dashes before the key.
    key_indent: usize,
    dashed: bool,
    key: Option<Span>,
    /// The start of the value, after the colon.
    value: usize,
}

pub(super) fn at(text: &str, region: Span, offset: usize) -> Option<Cursor> {
    let lines = lines(text, region);
    let number = lines.iter().rposition(|line| line.span.start <= offset)?;
    let own = lines.get(number)?;
    let before = Span::new(own.span.start, offset);
    let here = line(text, before);
    if before.of(text).trim_start().starts_with('#') || is_text(text, &lines, number, here.indent) {
        return None;
    }
    if let Some(key) = here.key {
        let parents = parents(text, &lines, number, here.key_indent);
        return Some(value(text, key.of(text), Span::new(here.value, offset), parents));
    }
    let typed = Span::new(own.span.start + here.key_indent, offset);
    let parents = parents(text, &lines, number, here.key_indent);
    let is_key = typed.of(text).bytes().all(|b| b.is_ascii_alphanumeric() || b"-_".contains(&b));
    if let Some((key, start)) = open_flow(text, &lines, number) {
        let mut parents = parents;
        if parents.last().map(String::as_str) == Some(key) {
            parents.pop();
        }
        return Some(value(text, key, Span::new(start, offset), parents));
    }
    // An item of a list is a value of the list's key, unless the list contains maps.
    if (here.dashed && !holds_maps(&lines, number, &here)) || !is_key {
        let (key, parents) = parents.split_last()?;
        return Some(value(text, key, typed, parents.to_vec()));
    }
    let siblings = siblings(text, &lines, number, here.key_indent, here.dashed);
    Some(Cursor::Key { typed, quoted: false, parents, siblings })
}

/// Whether the list around an item's line contains maps: the line continues as a map, or another
/// item is a map.
fn holds_maps(lines: &[Line], number: usize, here: &Line) -> bool {
    let inside = |line: &&Line| line.blank || line.indent >= here.indent;
    let before = lines.get(..number).unwrap_or(&[]).iter().rev().take_while(inside);
    let after = lines.get(number + 1..).unwrap_or(&[]).iter().take_while(inside);
    let is_map = |line: &Line| line.dashed && line.indent == here.indent && line.key.is_some();
    let goes_on = |line: &Line| !line.dashed && line.key_indent == here.key_indent;
    let next = lines.get(number + 1..).unwrap_or(&[]).iter().find(|line| !line.blank);
    lines.get(number).is_some_and(|own| own.key.is_some())
        || next.is_some_and(|line| goes_on(line) && line.key.is_some())
        || before.chain(after).any(is_map)
}

fn value(text: &str, key: &str, value: Span, parents: Vec<String>) -> Cursor {
    let (typed, quoted) = item(text, value);
    Cursor::Value { key: key.to_string(), typed, quoted, parents }
}

fn lines(text: &str, region: Span) -> Vec<Line> {
    let mut at = region.start;
    let mut found: Vec<Line> = region
        .of(text)
        .split_inclusive('\n')
        .map(|content| {
            let start = at;
            at += content.len();
            line(text, Span::new(start, start + content.trim_end_matches(['\n', '\r']).len()))
        })
        .collect();
    if found.is_empty() || region.of(text).ends_with('\n') {
        found.push(line(text, Span::at(region.end)));
    }
    found
}

fn line(text: &str, span: Span) -> Line {
    let content = span.of(text);
    let rest = content.trim_start_matches(' ');
    let indent = content.len() - rest.len();
    let mut after = rest;
    while let Some(next) = after.strip_prefix("- ") {
        after = next.trim_start_matches(' ');
    }
    if after == "-" {
        after = "";
    }
    let key_indent = content.len() - after.len();
    let start = span.start + key_indent;
    let found = key(after);
    Line {
        span,
        blank: rest.trim().is_empty(),
        indent,
        key_indent,
        dashed: key_indent > indent,
        key: found.map(|(from, to, _)| Span::new(start + from, start + to)),
        value: found.map_or(span.end, |(_, _, value)| start + value),
    }
}

/// The start and end of a key's name in a line, and the start of its value.
fn key(line: &str) -> Option<(usize, usize, usize)> {
    let quote = line.starts_with(['"', '\'']);
    let from = usize::from(quote);
    let name = line.get(from..)?;
    let length = name
        .find(|c: char| !(c.is_ascii_alphanumeric() || c == '-' || c == '_'))
        .filter(|length| *length > 0)?;
    let to = from + length;
    let rest = line.get(to + from..)?.trim_start_matches(' ');
    let after = rest.strip_prefix(':')?;
    let value = line.len() - after.len();
    (after.is_empty() || after.starts_with([' ', '\t'])).then_some((from, to, value))
}

/// Whether a line is inside a block of text (`|`, `>`), where everything is text.
fn is_text(text: &str, lines: &[Line], number: usize, indent: usize) -> bool {
    let mut least = indent;
    for line in lines.get(..number).unwrap_or(&[]).iter().rev() {
        if least == 0 {
            return false;
        }
        if line.blank || line.indent >= least {
            continue;
        }
        least = line.indent;
        let value = Span::new(line.value, line.span.end).of(text).trim();
        let header = value.strip_prefix(['|', '>']);
        if header.is_some_and(|rest| rest.bytes().all(|b| b"+-0123456789".contains(&b))) {
            return true;
        }
    }
    false
}

/// Keys of the maps around a line whose key has a given indentation, outermost first.
fn parents(text: &str, lines: &[Line], number: usize, key_indent: usize) -> Vec<String> {
    let mut least = key_indent;
    if let Some(own) = lines.get(number).filter(|own| own.dashed && own.key_indent == key_indent) {
        least = own.indent + 1;
    }
    let mut found = Vec::new();
    for line in lines.get(..number).unwrap_or(&[]).iter().rev() {
        if least == 0 {
            break;
        }
        let Some(key) = line.key else { continue };
        if line.key_indent < least {
            found.push(key.of(text).to_string());
        } else if !line.dashed || line.key_indent != least || line.indent >= least {
            continue;
        }
        least = if line.dashed { line.indent + 1 } else { line.key_indent };
    }
    found.reverse();
    found
}

/// The other keys of a line's map: keys with the same indentation, between the start and the end of
/// the map.
fn siblings(text: &str, lines: &[Line], number: usize, indent: usize, dashed: bool) -> Vec<String> {
    let mut found = Vec::new();
    // Stops at the end of the map, and returns whether to continue.
    let mut take = |line: &Line, forward: bool| {
        if line.blank {
            return true;
        }
        let item = line.dashed && line.key_indent <= indent;
        if line.key_indent < indent || (item && forward) {
            return false;
        }
        if line.key_indent == indent {
            found.extend(line.key.map(|key| key.of(text).to_string()));
        }
        !item
    };
    if !dashed {
        for line in lines.get(..number).unwrap_or(&[]).iter().rev() {
            if !take(line, false) {
                break;
            }
        }
    }
    for line in lines.get(number + 1..).unwrap_or(&[]) {
        if !take(line, true) {
            break;
        }
    }
    found
}

/// A bracketed list that opens on a line above and is still unclosed: its key, and the position of
/// the bracket.
fn open_flow<'t>(text: &'t str, lines: &[Line], number: usize) -> Option<(&'t str, usize)> {
    for line in lines.get(..number)?.iter().rev().take(200) {
        let content = line.span.of(text);
        if let Some(key) = line.key {
            let value = Span::new(line.value, line.span.end).of(text);
            let open = value.trim_start().starts_with('[') && !value.contains(']');
            return open.then_some((key.of(text), line.value));
        }
        if content.contains(']') {
            return None;
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::super::tests::shown;
    use rolewright_core::host::Syntax;

    #[track_caller]
    fn check(text: &str, expected: &str) {
        assert_eq!(shown(text, Syntax::Yaml), expected, "{text}");
    }

    #[test]
    fn a_key_knows_the_keys_around_it() {
        check("name: a\nto‸\nmodel: b\n", r#"key to in [] beside ["name", "model"]"#);
        check("a: x\nvariables:\n  NAME:\n    de‸\n", r#"key de in [variables.NAME] beside []"#);
        check("‸", "key  in [] beside []");
        check("na‸me: a\n", "key na in [] beside []");
    }

    #[test]
    fn a_value_knows_its_key() {
        check("tools: Read, Gr‸\n", "value Gr of tools in []");
        check("tools: [Read, \"Gr‸\n", "value \"Gr of tools in []");
        check("tools: [Read,\n  Gr‸\n", "value Gr of tools in []");
        check("tools:\n  - Read\n  - Gr‸\n", "value Gr of tools in []");
        check("model: ‸\n", "value  of model in []");
    }

    #[test]
    fn text_and_comments_complete_nothing() {
        check("description: |\n  to‸\n", "nothing");
        check("description: >-\n  a\n\n    to‸\nname: x\n", "nothing");
        check("# to‸\n", "nothing");
    }

    #[test]
    fn the_entries_of_a_list_of_maps_have_keys() {
        let text = "customModes:\n  - slug: a\n    na‸\n    groups: []\n  - slug: b\n";
        check(text, r#"key na in [customModes] beside ["slug", "groups"]"#);
        check("customModes:\n  - sl‸\n", "value sl of customModes in []");
        check(
            "customModes:\n  - slug: a\n  - sl‸\n    name: b\n",
            r#"key sl in [customModes] beside ["name"]"#,
        );
    }
}
