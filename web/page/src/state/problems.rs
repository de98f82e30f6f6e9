//! Prepares the problems for display: decides which problems to hold back while typing, counts
//! them, and composes announcements for screen readers.

use super::figures::number;
use rolewright_wire::{Diagnostic, Severity};

/// How long a new problem on the line being typed is held back, in milliseconds.
pub const HOLD_MS: f64 = 500.0;

/// The position where the reader is typing.
#[derive(Clone, Debug, PartialEq)]
pub struct Typing {
    /// The file.
    pub path: String,
    /// The line, from 1.
    pub line: u32,
    /// Milliseconds since the last keystroke.
    pub idle_ms: f64,
}

/// The problems to show, and whether some are held back for now: a new problem on the line being
/// typed would flicker, but a resolved problem may disappear at once.
pub fn to_show(
    found: &[Diagnostic],
    shown: &[Diagnostic],
    typing: &Typing,
) -> (Vec<Diagnostic>, bool) {
    if typing.idle_ms >= HOLD_MS {
        return (found.to_vec(), false);
    }
    let held = |p: &&Diagnostic| {
        p.path == typing.path
            && p.range.start.line == typing.line
            && !shown.iter().any(|s| same(s, p))
    };
    let show: Vec<Diagnostic> = found.iter().filter(|p| !held(p)).cloned().collect();
    let any = show.len() < found.len();
    (show, any)
}

/// Whether two findings are the same one, wherever it has moved to.
pub fn same(a: &Diagnostic, b: &Diagnostic) -> bool {
    a.rule == b.rule && a.path == b.path && a.message == b.message
}

/// Whether two findings are of one kind.
pub fn alike(a: &Diagnostic, b: &Diagnostic) -> bool {
    a.rule == b.rule && a.severity == b.severity
}

/// The problem at the caret, in offsets of the checked text: one that covers it, or the first of its line.
/// The one that is current already is preferred.
pub fn at_caret(
    problems: &[Diagnostic],
    current: usize,
    path: &str,
    (caret, line): (u32, u32),
) -> Option<usize> {
    let covers = |p: &Diagnostic| {
        let range = p.range;
        p.path == path && range.start.offset <= caret && caret <= range.end.offset
    };
    if problems.get(current).is_some_and(covers) {
        return Some(current);
    }
    let on_line = |p: &Diagnostic| p.path == path && p.range.start.line == line;
    problems.iter().position(covers).or_else(|| problems.iter().position(on_line))
}

/// How many errors, warnings and infos there are.
pub fn counts(problems: &[Diagnostic]) -> [usize; 3] {
    let of = |severity| problems.iter().filter(|p| p.severity == severity).count();
    [of(Severity::Error), of(Severity::Warning), of(Severity::Info)]
}

/// "2 errors, 1 warning", or "No problems".
pub fn tally(problems: &[Diagnostic]) -> String {
    let [errors, warnings, infos] = counts(problems);
    let parts: Vec<String> = [(errors, "error"), (warnings, "warning"), (infos, "info")]
        .into_iter()
        .filter(|(n, _)| *n > 0)
        .map(|(n, word)| count(n, word))
        .collect();
    if parts.is_empty() { "No problems".into() } else { parts.join(", ") }
}

/// "1 file", "2 files".
pub fn count(n: usize, word: &str) -> String {
    if n == 1 { format!("1 {word}") } else { format!("{} {word}s", number(n as u32)) }
}

/// The announcement after typing pauses; `None` if only positions changed since `before`.
pub fn announcement(before: &[Diagnostic], now: &[Diagnostic]) -> Option<String> {
    let new: Vec<&Diagnostic> = now.iter().filter(|p| !before.iter().any(|b| same(b, p))).collect();
    let gone = before.iter().any(|b| !now.iter().any(|p| same(b, p)));
    let tally = tally(now);
    match new.first() {
        Some(first) => Some(format!(
            "{tally}. New: line {}, {}",
            first.range.start.line,
            plain(&first.message)
        )),
        None if gone => Some(format!("{tally}.")),
        None => None,
    }
}

/// The announcement when the reader reaches a problem.
pub fn arrival(problems: &[Diagnostic], at: usize) -> Option<String> {
    let problem = problems.get(at)?;
    let fix = problem.fix.as_ref().map_or("", |_| " 1 fix available; press Control period.");
    Some(format!(
        "{} {} of {}, line {}, rule {}: {}{fix}",
        word(problem.severity),
        at + 1,
        problems.len(),
        problem.range.start.line,
        problem.rule,
        plain(&problem.message),
    ))
}

/// The severity as a word.
pub fn word(severity: Severity) -> &'static str {
    match severity {
        Severity::Error => "Error",
        Severity::Warning => "Warning",
        Severity::Info => "Info",
    }
}

fn plain(message: &str) -> String {
    message.replace('`', "")
}

/// The problem after (or before) the caret, wrapping around at the end.
pub fn next(problems: &[Diagnostic], path: &str, caret: u32, forward: bool) -> Option<usize> {
    let here = |p: &Diagnostic| p.path == path;
    let after = |p: &Diagnostic| {
        let start = p.range.start.offset;
        if forward { start > caret } else { start < caret }
    };
    let mut found = problems.iter().enumerate().filter(|(_, p)| here(p) && after(p));
    let nearest = if forward { found.next() } else { found.next_back() };
    let all = problems.iter().enumerate();
    let mut own = all.filter(|(_, p)| here(p));
    let round = if forward { own.next() } else { own.next_back() };
    nearest.or(round).map(|(i, _)| i).or((!problems.is_empty()).then_some(0))
}

#[cfg(test)]
pub mod tests {
    use super::*;
    use rolewright_wire::{Position, Range};

    pub fn problem(rule: &str, line: u32, message: &str) -> Diagnostic {
        Diagnostic {
            rule: rule.into(),
            severity: Severity::Error,
            path: "a.md".into(),
            range: range(line * 10, line * 10 + 3, line),
            message: message.into(),
            reason: None,
            help: None,
            labels: Vec::new(),
            fix: None,
            url: String::new(),
        }
    }

    /// A range on one line.
    pub fn range(start: u32, end: u32, line: u32) -> Range {
        let at = |offset, column| Position { offset, line, column };
        Range { start: at(start, 1), end: at(end, 1 + end - start) }
    }

    fn typing(line: u32, idle_ms: f64) -> Typing {
        Typing { path: "a.md".into(), line, idle_ms }
    }

    #[test]
    fn a_new_problem_on_the_line_being_typed_waits() {
        let found = [problem("x", 3, "m"), problem("y", 4, "n")];
        let (show, held) = to_show(&found, &[], &typing(3, 80.0));
        assert_eq!(show, [problem("y", 4, "n")]);
        assert!(held);
        assert_eq!(to_show(&found, &[], &typing(3, 500.0)), (found.to_vec(), false));
    }

    #[test]
    fn a_problem_already_shown_stays_and_a_gone_one_goes_at_once() {
        let shown = [problem("x", 3, "m"), problem("y", 3, "n")];
        let found = [problem("x", 3, "m")];
        assert_eq!(to_show(&found, &shown, &typing(3, 0.0)), (found.to_vec(), false));
    }

    #[test]
    fn moving_alone_is_not_announced() {
        assert_eq!(announcement(&[problem("x", 3, "m")], &[problem("x", 9, "m")]), None);
    }

    #[test]
    fn a_new_problem_is_announced_with_its_line() {
        let said = announcement(&[], &[problem("x", 3, "unknown `TONE`")]);
        assert_eq!(said.as_deref(), Some("1 error. New: line 3, unknown TONE"));
        let said = announcement(&[problem("x", 3, "m")], &[]);
        assert_eq!(said.as_deref(), Some("No problems."));
    }

    #[test]
    fn the_problem_at_the_caret_covers_it_or_is_on_its_line() {
        let problems = [problem("x", 1, "m"), problem("y", 1, "n"), problem("z", 5, "o")];
        assert_eq!(at_caret(&problems, 0, "a.md", (51, 5)), Some(2));
        assert_eq!(at_caret(&problems, 1, "a.md", (11, 1)), Some(1));
        assert_eq!(at_caret(&problems, 0, "a.md", (58, 5)), Some(2));
        assert_eq!(at_caret(&problems, 0, "a.md", (30, 3)), None);
        assert_eq!(at_caret(&problems, 0, "b.md", (51, 5)), None);
    }

    #[test]
    fn the_next_problem_goes_round_at_the_end() {
        let problems = [problem("x", 1, "m"), problem("y", 5, "n")];
        assert_eq!(next(&problems, "a.md", 10, true), Some(1));
        assert_eq!(next(&problems, "a.md", 50, true), Some(0));
        assert_eq!(next(&problems, "a.md", 50, false), Some(0));
        assert_eq!(next(&problems, "a.md", 10, false), Some(1));
        assert_eq!(next(&problems, "other.md", 0, true), Some(0));
        assert_eq!(next(&[], "a.md", 0, true), None);
    }
}
