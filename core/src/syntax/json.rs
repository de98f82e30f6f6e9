//! Reads JSON, with comments and trailing commas, as a tree with spans. It continues after every
//! error, whereas published JSON parsers that work without the standard library stop at the first
//! one.

use super::{Document, MAX_DEPTH, SyntaxError, plain, quoted};
use crate::text::Span;
use crate::yaml::{Entry, Node, Style, Value};
use alloc::borrow::Cow;
use alloc::format;
use alloc::vec::Vec;

/// Reads a whole file.
pub(super) fn read(text: &str) -> Document<'_> {
    let start = if text.starts_with('\u{feff}') { 3 } else { 0 };
    let mut reader = Reader { text, at: start, error: None, depth: 0 };
    reader.blank();
    let root = reader.value();
    reader.blank();
    if root.is_some() && reader.at < text.len() {
        let line = reader.rest().lines().next().unwrap_or("").trim_end().len();
        reader.fail(Span::new(reader.at, reader.at + line), "only one value may be in the file");
    }
    Document { root, errors: reader.error.into_iter().collect() }
}

/// The first part that JSON itself does not allow, although many readers do: a comment, or a comma
/// after the last value.
pub(super) fn beyond(text: &str) -> Option<Beyond> {
    let bytes = text.as_bytes();
    let mut at = 0;
    while let Some(&byte) = bytes.get(at) {
        let rest = text.get(at + 1..).unwrap_or("");
        match byte {
            b'"' => at += closing_quote(rest)?,
            b'/' if rest.starts_with(['/', '*']) => {
                return Some(Beyond::Comment(Span::new(at, at + 2)));
            }
            b',' if rest.trim_start().starts_with(['}', ']']) => {
                return Some(Beyond::Comma(Span::new(at, at + 1)));
            }
            _ => {}
        }
        at += 1;
    }
    None
}

/// A part that JSON itself does not allow.
pub(crate) enum Beyond {
    /// The first characters of a comment.
    Comment(Span),
    /// A comma after the last value.
    Comma(Span),
}

/// The length of a string's content with its closing quotation mark.
fn closing_quote(content: &str) -> Option<usize> {
    let mut is_escaped = false;
    let end = content.bytes().position(|byte| {
        let is_end = byte == b'"' && !is_escaped;
        is_escaped = byte == b'\\' && !is_escaped;
        is_end
    });
    end.map(|end| end + 1)
}

struct Reader<'t> {
    text: &'t str,
    at: usize,
    error: Option<SyntaxError>,
    depth: usize,
}

impl<'t> Reader<'t> {
    fn rest(&self) -> &'t str {
        self.text.get(self.at..).unwrap_or("")
    }

    fn peek(&self) -> Option<u8> {
        self.text.as_bytes().get(self.at).copied()
    }

    fn fail(&mut self, span: Span, message: impl Into<Cow<'static, str>>) {
        self.error.get_or_insert_with(|| SyntaxError { span, message: message.into() });
    }

    /// Skips whitespace and comments.
    fn blank(&mut self) {
        loop {
            let rest = self.rest();
            let code = rest.trim_start();
            self.at += rest.len() - code.len();
            if code.starts_with("//") {
                self.at += code.find('\n').unwrap_or(code.len());
            } else if code.starts_with("/*") {
                match code.find("*/") {
                    Some(length) => self.at += length + 2,
                    None => {
                        self.fail(Span::new(self.at, self.at + 2), "the comment is not closed");
                        self.at = self.text.len();
                    }
                }
            } else {
                return;
            }
        }
    }

    fn value(&mut self) -> Option<Node<'t>> {
        match self.peek()? {
            b'{' => Some(self.nested(b'}')),
            b'[' => Some(self.nested(b']')),
            b'"' | b'\'' => Some(self.string()),
            b',' | b'}' | b']' | b':' => None,
            _ => Some(self.word()),
        }
    }

    /// A list or map from its bracket on.
    fn nested(&mut self, close: u8) -> Node<'t> {
        let start = self.at;
        self.at += 1;
        self.depth += 1;
        if self.depth > MAX_DEPTH {
            self.fail(Span::new(start, self.at), "the values are nested too deeply");
            self.at = self.text.len();
        }
        let value = if close == b']' {
            Value::Sequence(self.items())
        } else {
            Value::Mapping(self.entries())
        };
        self.depth -= 1;
        match self.peek() {
            Some(byte) if byte == close => self.at += 1,
            _ => {
                let sign = char::from(close);
                let open = Span::new(start, start + 1);
                self.fail(open, format!("`{}` is not closed by `{sign}`", open.of(self.text)));
            }
        }
        Node { span: Span::new(start, self.at), value }
    }

    fn items(&mut self) -> Vec<Node<'t>> {
        let mut items = Vec::new();
        loop {
            self.blank();
            match self.peek() {
                None | Some(b']' | b'}') => return items,
                _ => {}
            }
            if let Some(item) = self.value() {
                items.push(item);
            }
            self.separator();
        }
    }

    fn entries(&mut self) -> Vec<Entry<'t>> {
        let mut entries = Vec::new();
        loop {
            self.blank();
            let key = match self.peek() {
                None | Some(b']' | b'}') => return entries,
                Some(b',' | b':' | b'{' | b'[') => {
                    self.skip();
                    continue;
                }
                Some(b'"' | b'\'') => self.string(),
                Some(_) => self.name(),
            };
            self.blank();
            let end = key.span.end;
            if self.peek() == Some(b':') {
                self.at += 1;
            } else {
                self.fail(Span::at(end), "`:` is missing after the name");
            }
            self.blank();
            let value = self.value().unwrap_or_else(|| {
                self.fail(Span::at(end), "the value is missing");
                plain(self.text, Span::at(end))
            });
            entries.push(Entry { key, value });
            self.separator();
        }
    }

    /// The comma after a value.
    fn separator(&mut self) {
        let end = self.text.get(..self.at).map_or(self.at, |before| before.trim_end().len());
        self.blank();
        match self.peek() {
            Some(b',') => self.at += 1,
            None | Some(b'}' | b']') => {}
            Some(b':') => self.skip(),
            Some(_) => self.fail(Span::at(end), "`,` is missing between two values"),
        }
    }

    /// Skips a character that does not belong here.
    fn skip(&mut self) {
        let span = Span::new(self.at, self.at + 1);
        self.fail(span, format!("unexpected `{}`", span.of(self.text)));
        self.at += 1;
    }

    /// A name that should be in quotes.
    fn name(&mut self) -> Node<'t> {
        let start = self.at;
        let length = self.rest().find([':', ',', '{', '}', '[', ']', '"', '\n']);
        let raw = self.rest().get(..length.unwrap_or(self.rest().len())).unwrap_or("").trim_end();
        // Always consume something, or the reader would loop forever.
        let first = self.rest().chars().next().map_or(1, char::len_utf8);
        let span = Span::new(start, start + raw.len().max(first));
        self.at = span.end;
        self.fail(span, "names must be in double quotes");
        plain(self.text, span)
    }

    /// A number, `true`, `false` or `null`.
    fn word(&mut self) -> Node<'t> {
        let start = self.at;
        let ends = [',', ':', '{', '}', '[', ']', '"', ' ', '\t', '\r', '\n', '/'];
        let length = self.rest().find(ends).unwrap_or(self.rest().len());
        let first = self.rest().chars().next().map_or(1, char::len_utf8);
        let span = Span::new(start, start + length.max(first));
        self.at = span.end;
        let word = span.of(self.text);
        if !matches!(word, "true" | "false" | "null") && !is_number(word) {
            self.fail(span, "text must be in double quotes");
        }
        plain(self.text, span)
    }

    fn string(&mut self) -> Node<'t> {
        let start = self.at;
        let quote = self.peek().unwrap_or(b'"');
        if quote == b'\'' {
            self.fail(Span::new(start, start + 1), "text must be in double quotes");
        }
        self.at += 1;
        let bytes = self.text.as_bytes();
        while let Some(&byte) = bytes.get(self.at) {
            match byte {
                b'\\' => self.escape(),
                b'\n' if self.is_unclosed() => {
                    self.fail(Span::new(start, start + 1), "the string is not closed");
                    // A carriage return and a comma before the line ending are not part of the
                    // unclosed string.
                    let text = Span::new(start, self.at).of(self.text);
                    self.at = start + text.trim_end().trim_end_matches(',').len().max(1);
                    return text_node(self.text, Span::new(start, self.at));
                }
                b'\n' => {
                    self.fail(
                        Span::new(self.at, self.at + 1),
                        "a line break in a string must be written as `\\n`",
                    );
                    self.at += 1;
                }
                byte if byte == quote => {
                    self.at += 1;
                    return text_node(self.text, Span::new(start, self.at));
                }
                byte if byte < 0x20 && byte != b'\r' => {
                    let what = format!(
                        "a control character in a string must be written as `\\u{byte:04x}`"
                    );
                    self.fail(Span::new(self.at, self.at + 1), what);
                    self.at += 1;
                }
                _ => self.at += 1,
            }
        }
        self.fail(Span::new(start, start + 1), "the string is not closed");
        text_node(self.text, Span::new(start, self.at))
    }

    /// Skips a backslash and the character that it escapes.
    fn escape(&mut self) {
        let sign = self.rest().chars().nth(1);
        let known = match sign {
            Some('u') => quoted::hex(self.rest(), 4).is_some(),
            Some(sign) => matches!(sign, '"' | '\\' | '/' | 'b' | 'f' | 'n' | 'r' | 't'),
            None => false,
        };
        let length = 1 + sign.map_or(0, char::len_utf8);
        if !known && sign.is_some() {
            let span = Span::new(self.at, self.at + length);
            self.fail(span, "JSON has no such escape; write a backslash as `\\\\`");
        }
        self.at += if known { length } else { 1 };
    }

    /// Whether the line after this line ending begins another entry or ends the map.
    fn is_unclosed(&self) -> bool {
        let next = self.rest().trim_start();
        let line = next.lines().next().unwrap_or("");
        let named = line.strip_prefix('"').and_then(|rest| rest.split_once('"'));
        next.starts_with(['}', ']'])
            || named.is_some_and(|(_, rest)| rest.trim_start().starts_with(':'))
    }
}

/// A string with its quotes as a scalar.
fn text_node(text: &str, span: Span) -> Node<'_> {
    let raw = span.of(text);
    let inner = raw.get(1..).unwrap_or("");
    let inner = inner.strip_suffix(['"', '\'']).unwrap_or(inner);
    let value = if inner.contains(['\\', '\r']) {
        quoted::json(text, span).text
    } else {
        Cow::Borrowed(inner)
    };
    Node { span, value: Value::Scalar(value, Style::DoubleQuoted) }
}

fn is_number(word: &str) -> bool {
    let digits = word.strip_prefix('-').unwrap_or(word);
    let leads = digits.starts_with(|c: char| c.is_ascii_digit());
    let zero = digits.len() > 1
        && digits.starts_with('0')
        && !digits.starts_with("0.")
        && !digits.starts_with("0e")
        && !digits.starts_with("0E");
    leads && !zero && !digits.ends_with('.') && crate::yaml::is_number(word)
}
