//! Finds literal `\n` sequences in a value that were meant as line breaks, and resolves them. Sees
//! only the value, never its quoting.

use alloc::string::String;
use alloc::vec::Vec;

/// Byte offsets in `value` of every `\n` that represents a line break. Sequences in paths,
/// patterns, formulas and code are skipped.
pub(crate) fn line_breaks(value: &str) -> Vec<usize> {
    let mut certain = false;
    let mut possible = Vec::new();
    let mut code = CodeSpans::default();
    for (at, _) in value.match_indices("\\n") {
        if code.holds(value, at) {
            continue;
        }
        match judge(value, at) {
            Meaning::Break => {
                certain = true;
                possible.push(at);
            }
            Meaning::Perhaps => possible.push(at),
            Meaning::Other => {}
        }
    }
    if certain { possible } else { Vec::new() }
}

/// The value with its escapes resolved.
pub(crate) fn unescaped(value: &str) -> String {
    let breaks = line_breaks(value);
    let mut out = String::with_capacity(value.len());
    let mut from = 0;
    for at in breaks {
        out.push_str(value.get(from..at).unwrap_or(""));
        out.push('\n');
        from = at + 2;
    }
    out.push_str(value.get(from..).unwrap_or(""));
    if from > 0 { out.replace("\\\"", "\"") } else { out }
}

enum Meaning {
    Break,
    Perhaps,
    Other,
}

fn judge(value: &str, at: usize) -> Meaning {
    let before = value.get(..at).unwrap_or("");
    let after = value.get(at + 2..).unwrap_or("");
    let previous = before.chars().next_back();
    let next = after.chars().next();
    let quoted = matches!(previous, Some('\'' | '"' | '`' | '“' | '‘')) && closes(previous, next);
    let pattern = matches!(previous, Some('[' | '(' | '^' | '|' | '\\'))
        || matches!(next, Some(']' | '|' | '+' | '*' | '?' | '$'));
    if quoted || pattern || in_path(before) {
        return Meaning::Other;
    }
    match next {
        // `\nabla`, `\new`: a line break only if there are unmistakable breaks around it.
        Some(c) if c.is_ascii_lowercase() || c == '_' => match previous {
            Some('.' | '!' | '?' | '>' | '"' | ')') => Meaning::Break,
            _ if before.ends_with("\\n") => Meaning::Break,
            _ => Meaning::Perhaps,
        },
        _ => Meaning::Break,
    }
}

fn closes(opened: Option<char>, next: Option<char>) -> bool {
    matches!(
        (opened, next),
        (Some('\''), Some('\''))
            | (Some('"'), Some('"'))
            | (Some('`'), Some('`'))
            | (Some('“'), Some('”'))
            | (Some('‘'), Some('’'))
    )
}

/// Whether the word that ends here is a drive or already contains a backslash.
fn in_path(before: &str) -> bool {
    // A longer run without spaces is not a path, and searching it would take more than linear time.
    let near = before.len().saturating_sub(64);
    let near = (near..before.len()).find(|at| before.is_char_boundary(*at)).unwrap_or(before.len());
    let word = before.get(near..).unwrap_or("").rsplit(char::is_whitespace).next().unwrap_or("");
    let drive = word.len() == 2 && word.ends_with(':') && word.starts_with(char::is_alphabetic);
    let folder = word
        .rsplit_once('\\')
        .is_some_and(|(_, name)| !name.is_empty() && !name.starts_with(['n', '"', 't']));
    drive || folder
}

/// Counts backticks from the last query position onward, so that a whole value takes one pass.
#[derive(Default)]
struct CodeSpans {
    upto: usize,
    open: bool,
}

impl CodeSpans {
    fn holds(&mut self, value: &str, at: usize) -> bool {
        let ticks =
            value.get(self.upto..at).unwrap_or("").bytes().filter(|byte| *byte == b'`').count();
        self.open ^= ticks % 2 == 1;
        self.upto = at;
        // An unclosed odd backtick does not open a code span.
        let rest = value.get(at..).unwrap_or("");
        let near =
            rest.char_indices().nth(120).map_or(rest, |(end, _)| rest.get(..end).unwrap_or(rest));
        self.open && near.contains('`')
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_break_between_sentences_is_one() {
        assert_eq!(line_breaks(r"One.\n\nTwo.\n- Three"), [4, 6, 12]);
        assert_eq!(unescaped(r#"One.\n\nuser: \"hi\""#), "One.\n\nuser: \"hi\"");
    }

    #[test]
    fn a_speaker_after_a_certain_break_starts_a_line() {
        assert_eq!(line_breaks(r"Context: x\n user\nassistant: y").len(), 2);
    }

    #[test]
    fn paths_patterns_formulas_and_code_contain_no_break() {
        for value in [
            r"Reads C:\new and src\name",
            r"Writes to C:\work\node",
            r"Splits at [^\n]+ or (\n|$)",
            r"Takes the gradient \nabla f",
            r"Replaces `\n` by a space",
            r#"Joins lines with "\n""#,
            r"Runs `printf 'a\nB'` first",
            "A real\nbreak",
        ] {
            assert!(line_breaks(value).is_empty(), "{value}");
        }
    }
}
