//! Locates the caret in JSON, with or without comments, by reading the text before it token by
//! token.

use super::Cursor;
use rolewright_core::Span;

/// An object or a list that is open.
enum Open {
    Object { keys: Vec<String>, value: bool },
    List,
}

pub(super) fn at(text: &str, region: Span, offset: usize) -> Option<Cursor> {
    let bytes = text.as_bytes();
    let mut open: Vec<Open> = Vec::new();
    // The start of the string at the caret, after its quote.
    let mut string = None;
    let mut last = Span::at(region.start);
    let mut at = region.start;
    while at < offset {
        let byte = *bytes.get(at)?;
        if let Some(start) = string {
            match byte {
                b'\\' => at += 1,
                b'"' => {
                    last = Span::new(start, at);
                    string = None;
                }
                _ => {}
            }
            at += 1;
            continue;
        }
        match byte {
            b'"' => string = Some(at + 1),
            b'/' if matches!(bytes.get(at + 1), Some(b'/' | b'*')) => {
                let end = comment_end(text, at);
                if end > offset {
                    return None;
                }
                at = end;
                continue;
            }
            b'{' => open.push(Open::Object { keys: Vec::new(), value: false }),
            b'[' => open.push(Open::List),
            b'}' | b']' => {
                open.pop();
            }
            b':' => {
                if let Some(Open::Object { keys, value }) = open.last_mut() {
                    keys.push(last.of(text).to_string());
                    *value = true;
                }
            }
            b',' => {
                if let Some(Open::Object { value, .. }) = open.last_mut() {
                    *value = false;
                }
            }
            _ => {}
        }
        at += 1;
    }
    let start = string.unwrap_or_else(|| word_start(text, offset).max(region.start));
    let typed = Span::new(start.min(offset), offset);
    let quoted = string.is_some();
    let mut names: Vec<String> = open.iter().filter_map(name).collect();
    match open.last()? {
        Open::Object { keys, value: false } => {
            let mut siblings = keys.clone();
            siblings.extend(following_keys(text, region, offset, quoted));
            Some(Cursor::Key { typed, quoted, parents: names, siblings })
        }
        _ => {
            let key = names.pop()?;
            Some(Cursor::Value { key, typed, quoted, parents: names })
        }
    }
}

/// The key whose value is open.
fn name(open: &Open) -> Option<String> {
    match open {
        Open::Object { keys, value: true } => keys.last().cloned(),
        _ => None,
    }
}

fn word_start(text: &str, offset: usize) -> usize {
    let before = text.get(..offset).unwrap_or("");
    before.trim_end_matches(|c: char| c.is_ascii_alphanumeric() || c == '-' || c == '_').len()
}

/// The end of the comment that opens at `at`, exclusive.
fn comment_end(text: &str, at: usize) -> usize {
    let rest = text.get(at..).unwrap_or("");
    let length = match rest.starts_with("//") {
        true => rest.find('\n').map(|end| end + 1),
        false => rest.get(2..).and_then(|inner| inner.find("*/")).map(|end| end + 4),
    };
    at + length.unwrap_or(rest.len() + 1)
}

/// The keys of the open object after the caret.
fn following_keys(text: &str, region: Span, offset: usize, quoted: bool) -> Vec<String> {
    let bytes = text.as_bytes();
    let mut found = Vec::new();
    let (mut depth, mut string, mut last) = (0usize, None, Span::at(offset));
    let mut at = offset;
    if quoted {
        // The rest of the key that is being written.
        at += text.get(offset..region.end).and_then(|rest| rest.find(['"', '\n'])).unwrap_or(0);
        at += usize::from(bytes.get(at) == Some(&b'"'));
    }
    let mut own = true;
    while at < region.end {
        let Some(&byte) = bytes.get(at) else { break };
        match (string, byte) {
            (Some(_), b'\\') => at += 1,
            (Some(start), b'"') => {
                last = Span::new(start, at);
                string = None;
            }
            (Some(_), _) => {}
            (None, b'"') => string = Some(at + 1),
            (None, b'{' | b'[') => depth += 1,
            (None, b'}' | b']') if depth == 0 => break,
            (None, b'}' | b']') => depth -= 1,
            (None, b',') if depth == 0 => own = false,
            (None, b':') if depth == 0 && !own => found.push(last.of(text).to_string()),
            _ => {}
        }
        at += 1;
    }
    found
}

#[cfg(test)]
mod tests {
    use super::super::tests::shown;
    use rolewright_core::host::Syntax;

    #[track_caller]
    fn check(text: &str, expected: &str) {
        assert_eq!(shown(text, Syntax::Json), expected, "{text}");
    }

    #[test]
    fn a_key_knows_the_keys_around_it() {
        check(
            r#"{"name": "a", "to‸": 1, "model": {"x": 2}}"#,
            r#"key "to in [] beside ["name", "model"]"#,
        );
        check(r#"{"mcpServers": {"git": {"co‸"#, r#"key "co in [mcpServers.git] beside []"#);
        check("{\n  ‸\n}\n", "key  in [] beside []");
    }

    #[test]
    fn a_value_knows_its_key() {
        check(r#"{"tools": ["read", "wr‸"]}"#, r#"value "wr of tools in []"#);
        check(r#"{"model": ‸}"#, "value  of model in []");
        check(r#"{"a": {"b": "‸"#, r#"value " of b in [a]"#);
        check(r#"{"a": "quoted \" : {", "b": tr‸"#, "value tr of b in []");
    }

    #[test]
    fn comments_complete_nothing() {
        check("{\n  // na‸\n}\n", "nothing");
        check("{ /* a: { */ \"na‸\n", r#"key "na in [] beside []"#);
        check("{ /* ‸", "nothing");
        check("‸", "nothing");
    }
}
