//! Searches without a file, which wait for input.

use super::{MAX_LINE, is_shell};
use crate::role::Role;
use crate::rules::Finding;
use crate::text::Span;
use alloc::vec::Vec;

/// `grep` at the start of a line in a shell's code block, with a pattern and nothing to search.
pub(super) fn findings(role: &Role<'_>) -> Vec<Finding> {
    let body = role.body.of(role.text);
    let mut last = (Span::at(0), false);
    let places = memchr::memmem::find_iter(body.as_bytes(), "grep ").filter_map(|at| {
        let at = role.body.start + at;
        let line = role.line_at(at);
        let code = Span::new(at, line.end).of(role.text);
        let is_first = Span::new(line.start, at).of(role.text).trim().is_empty();
        let fence = role.outline.fence_at(at).filter(|_| is_first && line.len() <= MAX_LINE)?;
        let before = Span::new(fence.content.start, line.start).of(role.text).trim_end();
        let is_fed = before.ends_with(['|', '\\', '{', '(']);
        let command = Span::new(at, at + command(code)?);
        if last.0 != fence.span {
            // A loop or a heredoc feeds all of its commands.
            let content = fence.content.of(role.text);
            last = (fence.span, content.contains("done <") || content.contains("<<"));
        }
        let (_, is_inside) = last;
        (is_shell(role, fence.span) && !is_fed && !is_inside && lacks_file(command.of(role.text)))
            .then_some(command)
    });
    let finding = |place| {
        Finding::new(place, "`grep` is given a pattern, but no file to search")
            .reason("It waits for standard input, so the command does not end.")
            .help("Add a file, or `-r` and a folder.")
    };
    places.map(finding).collect()
}

/// The length of the command up to a pipe, another command, a redirection or a comment; `None` if it
/// goes on in the next line, or reads from a file.
fn command(code: &str) -> Option<usize> {
    let mut quotes = Quotes::default();
    let mut last = ' ';
    for (at, c) in code.char_indices() {
        if quotes.is_plain(c) {
            match c {
                '<' => return None,
                '|' | ';' | '&' | '>' | ')' => {
                    let before = code.get(..at)?;
                    let before = if c == '>' { before.trim_end_matches('2') } else { before };
                    return Some(before.trim_end().len());
                }
                '#' if last == ' ' => return Some(code.get(..at)?.trim_end().len()),
                _ => {}
            }
        }
        last = c;
    }
    let code = code.trim_end();
    (quotes.open.is_none() && !code.ends_with('\\')).then_some(code.len())
}

/// The quotation marks of a command, read from its start.
#[derive(Default)]
struct Quotes {
    /// The mark that is open.
    open: Option<char>,
    /// Whether a backslash precedes.
    is_escaped: bool,
}

impl Quotes {
    /// Whether the next character is outside of quotation marks, and no such mark or escape.
    fn is_plain(&mut self, c: char) -> bool {
        let is_escaped = core::mem::take(&mut self.is_escaped);
        match self.open {
            Some(open) if open == c && !is_escaped => self.open = None,
            // Only in single quotes, a backslash is literal.
            Some(open) => self.is_escaped = c == '\\' && open == '"' && !is_escaped,
            None if is_escaped => {}
            None if matches!(c, '"' | '\'') => self.open = Some(c),
            None if c == '\\' => self.is_escaped = true,
            None => return true,
        }
        false
    }
}

/// Options that take the next word as their value.
const WITH_VALUE: [&str; 4] = ["-A", "-B", "-C", "-m"];

/// Whether a command has exactly one word that is not an option, and no option that changes what is
/// searched.
fn lacks_file(command: &str) -> bool {
    let mut words = words(command).into_iter().skip(1);
    let mut operands = 0;
    while let Some(word) = words.next() {
        if WITH_VALUE.contains(&word) {
            words.next();
        } else if let Some(option) = word.strip_prefix('-') {
            // Long options may name files or patterns.
            if option.contains(['-', 'r', 'R', 'f', 'e', 'V', 'd']) {
                return false;
            }
        } else {
            operands += 1;
        }
    }
    operands == 1
}

/// The words of a command; a space in quotation marks does not end one.
fn words(command: &str) -> Vec<&str> {
    let mut quotes = Quotes::default();
    let parts = command.split(move |c: char| quotes.is_plain(c) && c == ' ');
    parts.filter(|word| !word.is_empty()).collect()
}

#[cfg(test)]
mod tests {
    use crate::rules::tests::findings;
    use alloc::format;

    #[test]
    fn a_search_without_a_file_waits_for_input() {
        let check = |code: &str| {
            let text = format!("```bash\n{code}\n```\n");
            findings("broken-command", "roles/a.md", &text)
        };
        let message = "warning `grep` is given a pattern, but no file to search";
        for (code, place) in [
            ("grep -E \"(apple|pear)\" ", "2:1-2:23"),
            ("ls\ngrep -n -A 2 apple | head", "3:1-3:19"),
            ("grep 'a b' # in all files", "2:1-2:11"),
        ] {
            assert_eq!(check(code), [format!("{place} {message}")], "{code}");
        }
        for code in [
            "grep apple fruit.txt",
            "grep -rn apple",
            "grep -e apple",
            "grep --include='*.md' apple",
            "grep apple < fruit.txt",
            "cat fruit.txt |\n  grep apple",
            "cat fruit.txt \\\n  grep apple",
            "grep apple \\\n  fruit.txt",
            "while read -r line; do\n  grep apple\ndone < fruit.txt",
            "ls | grep apple",
            "grep $(x 'a) b c",
            r#"grep -E "(['\"].*$a|pear)" "$file""#,
            r"grep apple\ pear fruit.txt",
        ] {
            assert_eq!(check(code), [""; 0], "{code}");
        }
        assert_eq!(findings("broken-command", "roles/a.md", "```js\ngrep apple\n```\n"), [""; 0]);
    }
}
