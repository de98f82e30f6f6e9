//! Locates the caret in TOML, by its lines and the tables they open.

use super::{Cursor, item};
use rolewright_core::Span;

pub(super) fn at(text: &str, region: Span, offset: usize) -> Option<Cursor> {
    let mut parents: Vec<String> = Vec::new();
    let mut siblings: Vec<String> = Vec::new();
    let mut state = State::Lines;
    let mut found = None;
    let mut start = region.start;
    for content in region.of(text).split_inclusive('\n') {
        let line = Span::new(start, start + content.trim_end_matches(['\n', '\r']).len());
        let here = start <= offset && offset < start + content.len();
        let last = here || (start + content.len() == region.end && offset == region.end);
        start += content.len();
        if last && found.is_none() && (here || !content.ends_with('\n')) {
            found = Some(caret(text, line, offset, &state)?);
        }
        state = state.after(text, line, &mut |key| match key {
            Event::Table(names) if found.is_none() => {
                parents = names;
                siblings.clear();
            }
            Event::Table(_) => {}
            Event::Key(name) => siblings.push(name),
        });
        if found.is_some() && line.of(text).trim_start().starts_with('[') && !here {
            break;
        }
    }
    let found = match found {
        Some(found) => found,
        None => caret(text, Span::at(region.end), offset, &state)?,
    };
    Some(match found {
        Caret::Key(typed) => {
            let own = typed.of(text).to_string();
            let rest = text.get(typed.end..).unwrap_or("");
            let tail: String = rest
                .chars()
                .take_while(|c| c.is_ascii_alphanumeric() || "-_".contains(*c))
                .collect();
            let whole = own + &tail;
            let mut seen = false;
            siblings.retain(|name| seen || *name != whole || std::mem::replace(&mut seen, true));
            Cursor::Key { typed, quoted: false, parents, siblings }
        }
        Caret::Value(key, value) => {
            let (typed, quoted) = item(text, value);
            Cursor::Value { key, typed, quoted, parents }
        }
    })
}

enum Caret {
    Key(Span),
    Value(String, Span),
}

enum Event {
    Table(Vec<String>),
    Key(String),
}

/// The construct that is still open after the lines so far.
enum State {
    Lines,
    /// A multiline string, with its closing quotes.
    Text(&'static str),
    /// A multiline list: its key, and the start of its value.
    List(String, usize),
}

impl State {
    fn after(self, text: &str, line: Span, event: &mut dyn FnMut(Event)) -> State {
        let content = line.of(text);
        match self {
            State::Text(quotes) => match content.contains(quotes) {
                true => State::Lines,
                false => State::Text(quotes),
            },
            State::List(key, start) => match content.contains(']') {
                true => State::Lines,
                false => State::List(key, start),
            },
            State::Lines => {
                if let Some(name) = content.trim().strip_prefix('[') {
                    let name = name.trim_start_matches('[').trim_end_matches(']');
                    let names = name.split('.').map(|part| part.trim().trim_matches('"'));
                    event(Event::Table(names.map(str::to_string).collect()));
                    return State::Lines;
                }
                let Some((name, value)) = key(text, line) else { return State::Lines };
                event(Event::Key(name.clone()));
                let written = Span::new(value, line.end).of(text).trim_start();
                for quotes in ["\"\"\"", "'''"] {
                    if let Some(rest) = written.strip_prefix(quotes) {
                        return if rest.contains(quotes) {
                            State::Lines
                        } else {
                            State::Text(quotes)
                        };
                    }
                }
                match written.starts_with('[') && !written.contains(']') {
                    true => State::List(name, value),
                    false => State::Lines,
                }
            }
        }
    }
}

/// The caret on a line; `None` in text, comments and table headers.
fn caret(text: &str, line: Span, offset: usize, state: &State) -> Option<Caret> {
    let before = Span::new(line.start, offset);
    let written = before.of(text);
    match state {
        State::Text(_) => return None,
        State::List(key, start) => {
            return Some(Caret::Value(key.clone(), Span::new(*start, offset)));
        }
        State::Lines => {}
    }
    if written.trim_start().starts_with(['#', '[']) {
        return None;
    }
    if let Some((name, value)) = key(text, before) {
        let so_far = Span::new(value, offset);
        let opens_text = so_far.of(text).trim_start();
        let is_text = opens_text.starts_with("\"\"\"") || opens_text.starts_with("'''");
        return (!is_text).then_some(Caret::Value(name, so_far));
    }
    let typed = Span::new(offset - written.trim_start().len(), offset);
    let is_key = typed.of(text).bytes().all(|b| b.is_ascii_alphanumeric() || b"-_".contains(&b));
    is_key.then_some(Caret::Key(typed))
}

/// The key of a line, and the start of its value.
fn key(text: &str, line: Span) -> Option<(String, usize)> {
    let content = line.of(text);
    let (name, value) = content.split_once('=')?;
    let name = name.trim().trim_matches(['"', '\'']);
    let known = !name.is_empty()
        && name.bytes().all(|b| b.is_ascii_alphanumeric() || matches!(b, b'-' | b'_' | b'.'));
    known.then(|| (name.to_string(), line.end - value.len()))
}

#[cfg(test)]
mod tests {
    use super::super::tests::shown;
    use rolewright_core::host::Syntax;

    #[track_caller]
    fn check(text: &str, expected: &str) {
        assert_eq!(shown(text, Syntax::Toml), expected, "{text}");
    }

    #[test]
    fn a_key_knows_the_keys_around_it() {
        check("name = \"a\"\nmo‸\n\n[x]\nother = 1\n", r#"key mo in [] beside ["name"]"#);
        check("a = 1\n\n[mcp_servers.git]\nco‸", "key co in [mcp_servers.git] beside []");
        check("na‸me = \"a\"\nmodel = \"b\"\n", r#"key na in [] beside ["model"]"#);
    }

    #[test]
    fn a_value_knows_its_key() {
        check("model = \"gp‸\"\n", "value \"gp of model in []");
        check("tools = [\"a\",\n  \"b‸\n", "value \"b of tools in []");
        check("enabled = tr‸\n", "value tr of enabled in []");
    }

    #[test]
    fn text_and_comments_complete_nothing() {
        check("developer_instructions = \"\"\"\nYou na‸\n\"\"\"\n", "nothing");
        check("# na‸\n", "nothing");
        check("[ta‸]\n", "nothing");
        check("x = '''\na\n'''\nna‸", r#"key na in [] beside ["x"]"#);
    }
}
