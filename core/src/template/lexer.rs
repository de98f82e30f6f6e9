//! Finds the directives of one file: takes text and its outline, and returns tokens with their
//! places. Code regions come from the Markdown parser. Knows neither other files nor values.

use crate::role::Role;
use crate::suppress;
use crate::text::Span;
use alloc::boxed::Box;
use alloc::string::String;
use alloc::vec::Vec;
use memchr::memmem;

mod include;
mod variable;

pub(super) use include::{Include, Raise, Selection, Wrap, with_bars};
pub(super) use variable::{Fallback, Variable};

/// The tokens and faults in a file.
#[derive(Clone, Debug, Default)]
pub(super) struct Lexed<'t> {
    /// In order, without overlap.
    pub tokens: Vec<Token<'t>>,
    /// Text that looks like a directive but is not a valid one.
    pub faults: Vec<(Span, Fault)>,
}

/// A part of a file that is not copied unchanged.
#[derive(Clone, Debug)]
pub(super) struct Token<'t> {
    /// The whole directive, including a suffix such as `(if exists)`.
    pub span: Span,
    pub kind: Kind<'t>,
}

#[derive(Clone, Debug)]
pub(super) enum Kind<'t> {
    /// A comment, a delimiter of a raw block, or an escaping backslash: never reaches the prompt.
    /// With `line`, it is removed together with its line if it is alone there.
    Drop {
        line: bool,
    },
    Include(Box<Include<'t>>),
    /// May turn out to be text: whether it is a variable depends on the known names.
    Variable(Variable<'t>),
}

/// The mistake in text that looks like a directive.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Fault {
    /// Another spelling of an include; the value is the probable intention.
    Unknown(Option<String>),
    /// An option that does not exist.
    UnknownOption(String),
    /// It never ends.
    Unclosed,
    /// An include inside code.
    InCode,
    /// Its length in bytes.
    TooLong(usize),
}

/// Reads the body of a role; `limit` is the most bytes that a directive may have.
pub(super) fn lex<'t>(role: &Role<'t>, limit: usize) -> Lexed<'t> {
    let mut lexed = lex_part(role, role.body, limit);
    add_suppressions(role, &mut lexed.tokens);
    lexed
}

/// Reads a part of a role, in which comments that turn off rules are text.
pub(super) fn lex_part<'t>(role: &Role<'t>, part: Span, limit: usize) -> Lexed<'t> {
    let mut scanner = Scanner {
        role,
        start: part.start,
        text: part.end.min(role.text.len()),
        limit,
        closing: [
            Next::new(|rest| memmem::find(rest.as_bytes(), b"}}")),
            Next::new(|rest| memmem::find(rest.as_bytes(), b"--}}")),
            Next::new(|rest| memmem::find(rest.as_bytes(), b"{{/raw}}")),
            Next::new(|rest| memchr::memchr2(b'\n', b'\r', rest.as_bytes())),
        ],
        found: Lexed::default(),
    };
    let mut at = part.start;
    while let Some(found) =
        role.text.get(at..scanner.text).and_then(|rest| memmem::find(rest.as_bytes(), b"{{"))
    {
        at = scanner.directive(at + found).max(at + found + 2);
    }
    scanner.found
}

struct Scanner<'r, 't> {
    role: &'r Role<'t>,
    /// The start of the text to read.
    start: usize,
    /// The end of the text to read.
    text: usize,
    limit: usize,
    closing: [Next; 4],
    found: Lexed<'t>,
}

const CLOSE: usize = 0;
const CLOSE_COMMENT: usize = 1;
const CLOSE_RAW: usize = 2;
const LINE_END: usize = 3;

/// Finds the next position of a delimiter. Ascending queries take one pass in total.
struct Next {
    find: fn(&str) -> Option<usize>,
    known: Option<usize>,
    asked: bool,
}

impl Next {
    fn new(find: fn(&str) -> Option<usize>) -> Self {
        Self { find, known: None, asked: false }
    }

    fn at(&mut self, from: usize, text: &str, end: usize) -> Option<usize> {
        let stale = !self.asked || self.known.is_some_and(|at| at < from);
        if stale {
            self.asked = true;
            let rest = text.get(from..end)?;
            self.known = (self.find)(rest).map(|at| from + at);
        }
        self.known
    }
}

impl<'t> Scanner<'_, 't> {
    /// Reads the directive that opens at `open`, and returns the position where reading continues.
    fn directive(&mut self, open: usize) -> usize {
        let text = self.role.text;
        let before = text.as_bytes().get(open.wrapping_sub(1)).copied();
        if before == Some(b'$') && open > self.start {
            return open + 2;
        }
        let braces = text.as_bytes().get(open..self.text).unwrap_or(&[]);
        let braces = braces.iter().take_while(|&&b| b == b'{').count();
        let in_code = self.role.outline.code_at(open).is_some();
        if braces > 2 {
            if !in_code {
                self.resemblance(open, open + braces);
            }
            return open + braces;
        }
        if in_code {
            return self.in_code(open);
        }
        let slashes = self.backslashes(open);
        if slashes % 2 == 1 {
            self.drop(Span::new(open - slashes, open - slashes / 2), false);
            return open + 2;
        }
        let known = self.found.tokens.len();
        let next = self.prose(open);
        if slashes > 0 && self.found.tokens.len() > known {
            let span = Span::new(open - slashes, open - slashes / 2);
            self.found.tokens.insert(known, Token { span, kind: Kind::Drop { line: false } });
        }
        next
    }

    fn prose(&mut self, open: usize) -> usize {
        let rest = self.rest(open + 2);
        if rest.starts_with('!') {
            return self.comment(open, rest.starts_with("!--"));
        }
        if rest.starts_with("raw}}") {
            return self.raw(open);
        }
        if rest.starts_with("include:") {
            return self.include(open, false);
        }
        match self.variable(open) {
            Some(variable) => {
                let end = variable.end;
                self.token(Span::new(open, end), Kind::Variable(variable));
                end
            }
            None => {
                self.resemblance(open, open + 2);
                open + 2
            }
        }
    }

    fn in_code(&mut self, open: usize) -> usize {
        if self.rest(open + 2).starts_with("include:") {
            return self.include(open, true);
        }
        match self.variable(open) {
            Some(variable) => {
                let end = variable.end;
                let backslashes = self.backslashes(open);
                let variable = Variable { in_code: true, backslashes, ..variable };
                self.token(Span::new(open - backslashes, end), Kind::Variable(variable));
                end
            }
            None => open + 2,
        }
    }

    fn comment(&mut self, open: usize, dashed: bool) -> usize {
        let (mark, length) = if dashed { (CLOSE_COMMENT, 4) } else { (CLOSE, 2) };
        let from = open + if dashed { 5 } else { 3 };
        match self.next(mark, from) {
            Some(close) => {
                self.drop(Span::new(open, close + length), true);
                close + length
            }
            None => self.unclosed(open, open + 3),
        }
    }

    fn raw(&mut self, open: usize) -> usize {
        let inner = open + "{{raw}}".len();
        let Some(close) = self.next(CLOSE_RAW, inner) else { return self.unclosed(open, inner) };
        self.drop(Span::new(open, inner), true);
        let end = close + "{{/raw}}".len();
        self.drop(Span::new(close, end), true);
        end
    }

    fn include(&mut self, open: usize, in_code: bool) -> usize {
        let inner = open + "{{include:".len();
        let line_end = self.next(LINE_END, inner).unwrap_or(self.text);
        let close = self.next(CLOSE, inner).filter(|&close| close < line_end);
        let Some(close) = close.and_then(|close| self.balanced(inner, close, line_end)) else {
            return if in_code { inner } else { self.unclosed(open, inner) };
        };
        let end = close + 2;
        if in_code {
            self.found.faults.push((Span::new(open, end), Fault::InCode));
            return end;
        }
        if end - open > self.limit {
            self.found.faults.push((Span::new(open, end), Fault::TooLong(end - open)));
            return end;
        }
        match include::read(self.role.text, Span::new(open, end), line_end) {
            Ok(include) => {
                let span = Span::new(open, include.end);
                self.token(span, Kind::Include(Box::new(include)));
                span.end
            }
            Err(fault) => {
                self.found.faults.push((Span::new(open, end), fault));
                end
            }
        }
    }

    /// The `}}` that closes an include with nested directives; it is on the same line.
    fn balanced(&self, inner: usize, close: usize, line_end: usize) -> Option<usize> {
        let window = line_end.min(inner + self.limit.max(2));
        let mut close = close;
        let mut from = inner;
        loop {
            let nested = self.role.text.get(from..close)?.find("{{");
            let Some(nested) = nested else { return Some(close) };
            from += nested + 2;
            close += 2 + self.role.text.get(close + 2..window)?.find("}}")?;
        }
    }

    fn variable(&mut self, open: usize) -> Option<Variable<'t>> {
        let line_end = self.next(LINE_END, open + 2).unwrap_or(self.text);
        let close = self.next(CLOSE, open + 2).filter(|&close| close < line_end);
        match variable::read(self.role.text, open, close) {
            Ok(variable) if variable.end - open > self.limit => {
                let fault = Fault::TooLong(variable.end - open);
                self.found.faults.push((Span::new(open, variable.end), fault));
                None
            }
            Ok(variable) => Some(variable),
            Err(unclosed) => {
                if let Some(end) = unclosed
                    && self.role.outline.code_at(open).is_none()
                {
                    self.found.faults.push((Span::new(open, end), Fault::Unclosed));
                }
                None
            }
        }
    }

    /// Records an include in another spelling; `inner` is the start of its content.
    fn resemblance(&mut self, open: usize, inner: usize) {
        let Some(close) = self.next(CLOSE, inner).filter(|close| close - inner < 200) else {
            return;
        };
        let Some(content) = self.role.text.get(inner..close) else { return };
        if let Some(meant) = include::resembles(content, inner - open > 2) {
            let end = close + 2 + (inner - open - 2);
            let end =
                if self.role.text.get(close..end).is_some_and(|t| t.bytes().all(|b| b == b'}')) {
                    end
                } else {
                    close + 2
                };
            self.found.faults.push((Span::new(open, end), Fault::Unknown(meant)));
        }
    }

    fn unclosed(&mut self, open: usize, end: usize) -> usize {
        self.found.faults.push((Span::new(open, end), Fault::Unclosed));
        end
    }

    /// Backslashes right before `open` that no token has consumed.
    fn backslashes(&self, open: usize) -> usize {
        let floor = self.found.tokens.last().map_or(self.start, |token| token.span.end);
        let before = self.role.text.as_bytes().get(floor..open).unwrap_or(&[]);
        before.iter().rev().take_while(|&&b| b == b'\\').count()
    }

    fn drop(&mut self, span: Span, line: bool) {
        self.token(span, Kind::Drop { line });
    }

    fn token(&mut self, span: Span, kind: Kind<'t>) {
        self.found.tokens.push(Token { span, kind });
    }

    fn next(&mut self, mark: usize, from: usize) -> Option<usize> {
        let (text, end) = (self.role.text, self.text);
        self.closing.get_mut(mark).and_then(|next| next.at(from, text, end))
    }

    fn rest(&self, from: usize) -> &'t str {
        self.role.text.get(from..self.text).unwrap_or("")
    }
}

/// Comments that turn off rules never reach a prompt.
fn add_suppressions<'t>(role: &Role<'t>, tokens: &mut Vec<Token<'t>>) {
    let mut comments: Vec<Span> = suppress::read(role)
        .iter()
        .map(|suppression| suppression.comment)
        .filter(|comment| comment.start >= role.body.start)
        .collect();
    comments.dedup();
    if comments.is_empty() {
        return;
    }
    let inside = |span: Span| {
        let at = comments.partition_point(|comment| comment.end <= span.start);
        comments.get(at).is_some_and(|comment| comment.overlaps(span))
    };
    tokens.retain(|token| !inside(token.span));
    let drop = |span| Token { span, kind: Kind::Drop { line: true } };
    tokens.extend(comments.iter().copied().map(drop));
    tokens.sort_by_cached_key(|token| token.span);
}
