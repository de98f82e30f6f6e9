//! Parses one `{{NAME}}` into its name and fallback. Does not know which names exist.

use crate::text::Span;

/// A variable as written.
#[derive(Clone, Copy, Debug)]
pub(in crate::template) struct Variable<'t> {
    pub name: &'t str,
    /// The offset after the closing braces.
    pub end: usize,
    /// The replacement for a missing value.
    pub fallback: Fallback<'t>,
    /// Whether the name is `UPPER_SNAKE`; other names are live only if they are known.
    pub upper: bool,
    /// Whether it is in code, where only known names are expanded.
    pub in_code: bool,
    /// The number of backslashes before it that its token covers: only in code, where they count
    /// only if the name is live.
    pub backslashes: usize,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::template) enum Fallback<'t> {
    None,
    /// `{{NAME?}}`: nothing.
    Empty,
    /// `{{NAME:-text}}`, also for an empty value.
    Default(&'t str),
    /// `{{NAME:?message}}`: an error.
    Message(&'t str),
}

/// Reads the variable that opens at `open`; `close` is the next `}}` on its line. The error
/// contains the end of text that looks like an unclosed variable.
pub(super) fn read(
    text: &str,
    open: usize,
    close: Option<usize>,
) -> Result<Variable<'_>, Option<usize>> {
    let blank = |b: &u8| matches!(b, b' ' | b'\t');
    let bytes = text.as_bytes();
    let count = |from: usize, f: &dyn Fn(&u8) -> bool| {
        bytes.get(from..).unwrap_or(&[]).iter().take_while(|b| f(b)).count()
    };
    let start = open + 2 + count(open + 2, &blank);
    let end = start + count(start, &|b| b.is_ascii_alphanumeric() || *b == b'_');
    let name = Span::new(start, end).of(text);
    if !name.starts_with(|c: char| c.is_ascii_alphabetic() || c == '_') {
        return Err(None);
    }
    let upper = is_upper(name);
    let after = end + count(end, &blank);
    let rest = text.get(after..).unwrap_or("");
    let variable =
        |end, fallback| Variable { name, end, fallback, upper, in_code: false, backslashes: 0 };
    if rest.starts_with("}}") {
        return Ok(variable(after + 2, Fallback::None));
    }
    if rest.starts_with('?') {
        let end = after + 1 + count(after + 1, &blank);
        if bytes.get(end..).is_some_and(|rest| rest.starts_with(b"}}")) {
            return Ok(variable(end + 2, Fallback::Empty));
        }
    }
    if rest.starts_with(":-") || rest.starts_with(":?") {
        let inner = close.and_then(|close| text.get(after + 2..close));
        return match inner {
            Some(inner) if rest.starts_with(":-") => {
                Ok(variable(after + 4 + inner.len(), Fallback::Default(inner)))
            }
            Some(inner) => Ok(variable(after + 4 + inner.len(), Fallback::Message(inner.trim()))),
            None => Err(upper.then_some(end)),
        };
    }
    // One missing brace, or the end of the line, is a slip if the name looks like a variable.
    let slipped = rest.is_empty() || rest.starts_with(['\n', '\r', '}']);
    Err((upper && name.len() > 1 && slipped).then_some(end))
}

fn is_upper(name: &str) -> bool {
    name.starts_with(|c: char| c.is_ascii_uppercase())
        && name.bytes().all(|b| b.is_ascii_uppercase() || b.is_ascii_digit() || b == b'_')
}
