//! Reports commands that cannot work as intended.

use super::{Check, Context, Example, Finding, Profile, Rule};
use crate::diagnostic::Severity;
use crate::role::{CueKind, Mark, Role};
use crate::text::Span;
use alloc::format;
use alloc::string::String;
use alloc::vec::Vec;

mod branches;
mod endless;

/// The rule.
pub(super) static RULE: Rule = Rule {
    name: "broken-command",
    severity: Severity::Warning,
    profile: Profile::Core,
    summary: "A shell command cannot do what it is meant to do.",
    why: "A model runs the commands in its instructions as written, and repairs them only after they fail, if it notices. Six mistakes are found: `git fetch origin/main`, where the remote and the branch are separate arguments; a substitution that replaces text with itself, often because a special character was lost on the way; a backslash before a single quote inside single quotes, where a shell has no escapes; a doubled backslash before the parentheses of `find`, left over from a string in a program; `grep` without a file, which waits for input that never comes; and a branch or a loop that contains only a comment, which is a syntax error.",
    example: Example {
        path: "roles/merger.md",
        bad: "# Merger\n\nGet the latest commits with `git fetch origin/main` first.\n",
        at: "origin/main",
        good: "# Merger\n\nGet the latest commits with `git fetch origin main` first.\n",
        files: &[],
    },
    check: Check::Role(check),
};

/// Code lines with more bytes than this are data.
const MAX_LINE: usize = 1_000;

fn check(cx: &mut Context<'_>) {
    let role = cx.role;
    let programs = role.cues().iter().filter(|cue| cue.kind == CueKind::Command);
    let programs = code_lines(role, programs.map(|cue| cue.span.start));
    let of_programs = programs.flat_map(|(_, line)| {
        joined_branch(role.text, line).into_iter().chain(empty_substitution(role.text, line))
    });
    let backslashes = |escaped: &'static str| {
        let begins = move |at: &usize| {
            role.text.get(*at + 1..).is_some_and(|rest| rest.starts_with(escaped))
        };
        role.marks(Mark::Backslash).iter().copied().filter(begins)
    };
    let escapes = backslashes("'");
    let escapes = code_lines(role, escapes).filter(|(code, _)| is_shell(role, *code));
    let of_quotes = escapes.filter_map(|(_, line)| escaped_quote(role.text, line));
    let groups = backslashes("\\(");
    let groups = code_lines(role, groups)
        .filter(|(code, _)| is_shell(role, *code) && role.outline.fence_at(code.start).is_some());
    let groups: Vec<Span> =
        groups.flat_map(|(_, line)| doubled_backslashes(role.text, line)).collect();
    let found = of_programs.chain(of_quotes).chain(grouped(&groups)).chain(endless::findings(role));
    let found = found.chain(branches::finding(role));
    found.for_each(|finding| cx.report(finding));
}

/// The code block or span around each place, and its line there, without repetitions.
fn code_lines(
    role: &Role<'_>,
    places: impl Iterator<Item = usize>,
) -> impl Iterator<Item = (Span, Span)> {
    let mut end = 0;
    places.filter_map(move |place| {
        let code = role.outline.code_at(place).filter(|_| place >= end)?;
        let line = role.line_at(place);
        let line = Span::new(line.start.max(code.start), line.end.min(code.end));
        end = line.end;
        (line.len() <= MAX_LINE).then_some((code, line))
    })
}

fn is_shell(role: &Role<'_>, code: Span) -> bool {
    match role.outline.fence_at(code.start) {
        Some(fence) => SHELLS.contains(&fence.info.of(role.text).trim()),
        None => is_command(code.of(role.text).trim_matches(['`', ' '])),
    }
}

/// Languages of code blocks that a POSIX shell runs.
const SHELLS: [&str; 6] = ["bash", "sh", "shell", "zsh", "console", "shell-session"];

/// Whether a code span is a command with options, and not code in another language.
fn is_command(code: &str) -> bool {
    let mut words = code.split(' ');
    let is_program = words.next().is_some_and(|word| {
        word.starts_with(|c: char| c.is_ascii_lowercase())
            && word.chars().all(|c| c.is_ascii_alphanumeric() || matches!(c, '-' | '_'))
    });
    is_program && words.any(|word| word.starts_with('-') && word.len() > 1)
}

/// Commands that take a remote and a branch.
const WITH_REMOTE: [&str; 3] = ["git fetch ", "git pull ", "git push "];

fn find(code: &str, part: &str) -> Option<usize> {
    memchr::memmem::find(code.as_bytes(), part.as_bytes())
}

/// `git fetch origin/main`: git looks for a remote of that name.
fn joined_branch(text: &str, line: Span) -> Option<Finding> {
    let code = line.of(text);
    let (at, command) = WITH_REMOTE
        .iter()
        .find_map(|command| Some((find(code, command)? + command.len(), command.trim_end())))?;
    let mut start = at;
    for word in code.get(at..)?.split(' ') {
        let span = Span::new(line.start + start, line.start + start + word.len());
        start += word.len() + 1;
        if word.is_empty() || word.starts_with('-') {
            continue;
        }
        let word = word.split(['`', ';', '&', '|', ')', '"', '\'']).next()?;
        let (remote, branch) = word.split_once('/')?;
        let is_joined = matches!(remote, "origin" | "upstream") && !branch.is_empty();
        let span = Span::new(span.start, span.start + word.len());
        let edits = Vec::from([(span, format!("{remote} {branch}"))]);
        return is_joined.then(|| {
            let message = format!("`{command}` takes the remote and the branch as two arguments");
            Finding::new(span, message)
                .reason(format!("Git looks for a remote called `{word}` and fails."))
                .unsafe_fix(format!("Replace `{word}` with `{remote} {branch}`"), edits)
        });
    }
    None
}

/// `s/-/-/g`: the replacement is the same as the text that it replaces.
fn empty_substitution(text: &str, line: Span) -> Option<Finding> {
    let code = line.of(text);
    if find(code, "sed ").is_none() && find(code, "perl ").is_none() {
        return None;
    }
    for (at, _) in code.match_indices("s/") {
        let before = code.get(..at)?;
        let mut parts = code.get(at + 2..)?.splitn(3, '/');
        let (Some(pattern), Some(replacement), Some(_)) =
            (parts.next(), parts.next(), parts.next())
        else {
            continue;
        };
        // An escape or a pattern may match something other than its own text.
        let is_plain =
            !pattern.is_empty() && !pattern.contains(['\\', '.', '*', '[', '$', '^', '&']);
        if is_plain && pattern == replacement && before.ends_with(['"', '\'', ' ', ';']) {
            let start = line.start + at;
            let span = Span::new(start, start + pattern.len() * 2 + "s///".len());
            let finding = Finding::new(span, format!("`{}` changes nothing", span.of(text)))
                .reason("It replaces the text with itself; a special character may have been lost.")
                .help("Write the character to replace.");
            return Some(finding);
        }
    }
    None
}

/// The first of the two backslashes before each parenthesis of `find`, outside of quotes.
fn doubled_backslashes(text: &str, line: Span) -> Vec<Span> {
    let code = line.of(text);
    let Some(command) = code.find("find ") else { return Vec::new() };
    let mut found = Vec::new();
    let mut quote = None;
    let bytes = code.as_bytes();
    for (at, byte) in bytes.iter().enumerate().skip(command) {
        match (quote, byte) {
            (None, b'"' | b'\'') => quote = Some(*byte),
            (Some(open), _) if open == *byte => quote = None,
            (None, b'\\') => {
                let next = bytes.get(at + 1..).unwrap_or(&[]);
                let spaced = bytes.get(at.wrapping_sub(1)).is_some_and(|byte| *byte == b' ');
                if spaced
                    && (next.starts_with(b"\\( ") || next == b"\\)" || next.starts_with(b"\\) "))
                {
                    found.push(Span::new(line.start + at, line.start + at + 1));
                }
            }
            _ => {}
        }
    }
    found
}

/// Reports `find` parentheses with an extra backslash, as one finding.
fn grouped(places: &[Span]) -> Option<Finding> {
    let (first, more) = places.split_first()?;
    let shown = |place: &Span| Span::new(place.start, place.start + 3);
    let finding =
        Finding::new(shown(first), "Two backslashes before a parenthesis are a syntax error")
            .and_more(more.len())
            .labels(more.iter().map(shown), "also here")
            .reason("The first escapes the second, so the shell reads the parenthesis as syntax.");
    let edits = places.iter().map(|place| (*place, String::new())).collect();
    Some(finding.safe_fix("Remove one backslash", edits))
}

/// A backslash before a single quote inside single quotes: the quote ends the string anyway.
fn escaped_quote(text: &str, line: Span) -> Option<Finding> {
    let code = line.of(text);
    let bytes = code.as_bytes();
    let byte = |at: usize| bytes.get(at).copied().unwrap_or(b' ');
    let (mut at, mut quote) = (0, None);
    while at < bytes.len() {
        match (quote, byte(at)) {
            (None | Some(b'"'), b'\\') => at += 1,
            (None, b'#') if at == 0 || byte(at - 1) == b' ' => return None,
            // `$'it\'s'` has escapes.
            (None, b'\'') if at > 0 && byte(at - 1) == b'$' => return None,
            (None, sign @ (b'"' | b'\'')) => quote = Some(sign),
            (Some(b'\''), b'\'') => {
                if byte(at - 1) == b'\\' && byte(at + 1).is_ascii_alphanumeric() {
                    let start = line.start + at - 1;
                    let finding = Finding::new(
                        Span::new(start, start + 2),
                        "A backslash escapes nothing inside single quotes",
                    );
                    return Some(
                        finding
                            .reason("The shell ends the string at this quote, so the command fails or runs with different arguments.")
                            .help("Write `'\\''` in its place, or put the whole string in double quotes."),
                    );
                }
                quote = None;
            }
            (Some(open), sign) if open == sign => quote = None,
            _ => {}
        }
        at += 1;
    }
    None
}

#[cfg(test)]
mod tests {
    use crate::rules::tests::{findings, fixed, fixed_unsafely};
    use alloc::string::String;
    use alloc::vec::Vec;

    fn check(text: &str) -> Vec<String> {
        findings("broken-command", "roles/a.md", text)
    }

    #[test]
    fn a_remote_and_a_branch_are_two_words() {
        let text = "```sh\ngit pull --rebase origin/main && make\n```\n";
        assert_eq!(
            check(text),
            ["2:19-2:30 warning `git pull` takes the remote and the branch as two arguments"]
        );
        assert_eq!(fixed_unsafely("roles/a.md", text), text.replace("origin/main", "origin main"));
        for text in [
            "`git fetch origin main`",
            "`git diff origin/main`",
            "`git fetch`",
            "git fetch origin/main",
            "`git push fork/main`",
        ] {
            assert_eq!(check(text), [""; 0], "{text}");
        }
    }

    #[test]
    fn a_substitution_changes_something() {
        assert_eq!(
            check("```bash\necho - | sed \"s/-/-/g\"\n```\n"),
            ["2:15-2:21 warning `s/-/-/` changes nothing"]
        );
        for text in ["`sed 's/–/-/g'`", "`sed 's/a.c/a.c/'`", "`tests/a/a/`", "`sed 's/x//'`"] {
            assert_eq!(check(text), [""; 0], "{text}");
        }
    }

    #[test]
    fn parentheses_of_find_have_one_backslash() {
        let text = "```bash\nfind . -type f \\\\( -name '*.ts' -o -name '*.js' \\\\) | head\n```\n";
        assert_eq!(
            check(text),
            [
                "2:16-2:19 warning Two backslashes before a parenthesis are a syntax error (2 places)"
            ]
        );
        assert_eq!(fixed("roles/a.md", text), text.replace("\\\\", "\\"));
        for text in [
            "```bash\nfind . \\( -name a \\)\n```\n",
            "```bash\nfind . -regex \"a \\\\( b \\\\) c\"\n```\n",
            "```bash\ngrep \\\\( find \n```\n",
            "```js\nrun(`find . \\\\( -name a \\\\)`)\n```\n",
        ] {
            assert_eq!(check(text), [""; 0], "{text}");
        }
    }

    #[test]
    fn single_quotes_know_no_escapes() {
        assert_eq!(
            check(
                "Use `gws list --params '{\"q\": \"name contains \\'Project\\'\"}'` to find it.\n"
            ),
            ["1:46-1:48 warning A backslash escapes nothing inside single quotes"]
        );
        for text in [
            "```sh\necho 'it'\\''s'\necho $'it\\'s'\nnode -e \"f('a\\'b')\"\n# don't 'a\\'b'\n```\n",
            "```js\nlet a = 'it\\'s';\n```\n",
            "`x = 'it\\'s'`",
        ] {
            assert_eq!(check(text), [""; 0], "{text}");
        }
    }
}
