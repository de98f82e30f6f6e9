//! Finds strings, comments and patterns of programming languages, to the extent needed to skip the
//! brackets in them.

/// The syntax of strings, comments and patterns in a language.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) struct Language {
    pub kind: Kind,
    /// Whether a `#` begins a comment.
    hash: bool,
    /// Whether single-quoted strings may continue on the next line.
    multiline: bool,
}

/// The meaning of quotation marks in a language.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    /// JavaScript and TypeScript: templates and patterns.
    Script,
    /// A single quote encloses one character, or begins the name of a lifetime.
    Typed,
    /// Single quotes enclose strings.
    Quoted,
}

impl Language {
    /// The language named by a fence, if its brackets are known.
    pub(super) fn of(info: &str) -> Option<Self> {
        let name = info.split([' ', '{', ',', ':']).next()?;
        let (kind, hash, multiline) = match name {
            "js" | "javascript" | "jsx" | "ts" | "typescript" | "tsx" => {
                (Kind::Script, false, false)
            }
            "rust" | "rs" => (Kind::Typed, false, true),
            "java" | "kotlin" | "swift" | "csharp" | "cs" | "go" | "c" | "cpp" | "dart" => {
                (Kind::Typed, false, false)
            }
            "php" => (Kind::Quoted, true, true),
            "python" | "py" => (Kind::Quoted, true, false),
            "css" | "scss" => (Kind::Quoted, false, false),
            _ => return None,
        };
        Some(Self { kind, hash, multiline })
    }
}

/// The length of the string, comment or pattern at `at`; 0 if there is none, and `None` if it is
/// unterminated. `last` is the last non-space byte before it.
pub(super) fn length(code: &str, at: usize, last: u8, language: Language) -> Option<usize> {
    let rest = code.get(at..)?;
    let before = code.as_bytes().get(..at)?;
    let line = || rest.find('\n').unwrap_or(rest.len());
    let until = |end: &str, from: usize| {
        rest.get(from..).and_then(|rest| rest.find(end)).map(|found| from + found + end.len())
    };
    let is_hash_comment = language.hash && language.kind == Kind::Quoted;
    match rest.as_bytes().first()? {
        b'/' if rest.starts_with("/*") && !is_python(language) => until("*/", 2),
        b'/' if rest.starts_with("//") && !is_python(language) && !before.ends_with(b":") => {
            Some(line())
        }
        b'/' if language.kind == Kind::Script => Some(pattern(rest, before, last)),
        b'#' if is_hash_comment && !rest.starts_with("#[") => {
            Some(if before.last().is_none_or(u8::is_ascii_whitespace) { line() } else { 0 })
        }
        b'"' | b'\'' if rest.starts_with("\"\"\"") || rest.starts_with("'''") => {
            until(rest.get(..3)?, 3)
        }
        b'`' if language.kind == Kind::Script => template(rest.as_bytes()),
        b'`' if language.kind == Kind::Typed => until("`", 1),
        b'\'' if language.kind == Kind::Typed => Some(character(rest)),
        b'"' if before.ends_with(b"@") || before.ends_with(b"@$") => until("\"", 1),
        b'"' if language.multiline && raw_marks(before).is_some() => {
            let marks = raw_marks(before)?;
            let end = alloc::format!("\"{}", "#".repeat(marks));
            until(&end, 1)
        }
        b'"' | b'\'' => string(rest.as_bytes(), language.multiline),
        _ => Some(0),
    }
}

fn is_python(language: Language) -> bool {
    language.hash && !language.multiline
}

/// The number of `#` in front of a raw string of Rust: `r#"`.
fn raw_marks(before: &[u8]) -> Option<usize> {
    let marks = before.iter().rev().take_while(|byte| **byte == b'#').count();
    let rest = before.get(..before.len() - marks)?.strip_suffix(b"r")?;
    rest.last().is_none_or(|byte| !byte.is_ascii_alphanumeric() && *byte != b'_').then_some(marks)
}

/// A string with one mark at each end. A mark without a partner on its line is plain text, as in
/// markup.
fn string(rest: &[u8], multiline: bool) -> Option<usize> {
    let mark = *rest.first()?;
    let mut at = 1;
    while let Some(&byte) = rest.get(at) {
        match byte {
            b'\\' => at += 1,
            b'\n' if !multiline => return Some(0),
            _ if byte == mark => return Some(at + 1),
            _ => {}
        }
        at += 1;
    }
    if multiline { None } else { Some(0) }
}

/// A single character in quotes.
fn character(rest: &str) -> usize {
    let inner = rest.get(1..).unwrap_or("");
    let length = match inner.strip_prefix('\\') {
        Some(escape) => escape.get(1..).and_then(|rest| rest.find('\'')).map_or(0, |end| end + 2),
        None => inner.chars().next().map_or(0, char::len_utf8),
    };
    let closes = length <= 12 && inner.get(length..).is_some_and(|rest| rest.starts_with('\''));
    if closes { length + 2 } else { 0 }
}

/// A template with the embedded code, which may contain more templates.
fn template(rest: &[u8]) -> Option<usize> {
    // The brace depth of each open `${`; `None` represents a template itself.
    let mut open: alloc::vec::Vec<Option<usize>> = alloc::vec![None];
    let mut at = 1;
    while let (Some(&byte), Some(inside)) = (rest.get(at), open.last_mut()) {
        match (byte, inside) {
            (b'\\', _) => at += 1,
            (b'`', None) => {
                open.pop();
                if open.is_empty() {
                    return Some(at + 1);
                }
            }
            (b'`', Some(_)) => open.push(None),
            (b'$', None) if rest.get(at + 1) == Some(&b'{') => {
                open.push(Some(0));
                at += 1;
            }
            (b'{', Some(depth)) => *depth += 1,
            (b'}', Some(0)) => {
                open.pop();
            }
            (b'}', Some(depth)) => *depth -= 1,
            _ => {}
        }
        at += 1;
    }
    None
}

/// A regular expression, if the context allows one; otherwise, the slash is a division or part of a
/// tag.
fn pattern(rest: &str, before: &[u8], last: u8) -> usize {
    let words: [&[u8]; 3] = [b"return ", b"case ", b"of "];
    let may_stand = b"(,=:[!&|?{};".contains(&last)
        || words.iter().any(|word| before.ends_with(word))
        || before.trim_ascii_end().ends_with(b"=>")
        || before.iter().all(u8::is_ascii_whitespace);
    if !may_stand || rest.get(1..).is_none_or(|rest| rest.starts_with([' ', '>'])) {
        return 0;
    }
    let (mut at, mut in_class) = (1, false);
    let bytes = rest.as_bytes();
    while let Some(&byte) = bytes.get(at) {
        match byte {
            b'\\' => at += 1,
            b'\n' => return 0,
            b'[' => in_class = true,
            b']' => in_class = false,
            b'/' if !in_class => return at + 1,
            _ => {}
        }
        at += 1;
    }
    0
}
