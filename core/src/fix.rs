//! `fix`: applies fixes until nothing changes, and verifies each round by checking again.

use crate::check::{Report, check};
use crate::diagnostic::{Applicability, Diagnostic, Edit, Severity};
use crate::input::Input;
use crate::options::Options;
use crate::text::Span;
use alloc::string::{String, ToString};
use alloc::vec::Vec;

/// A text with its fixes applied.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct Fixed {
    /// The text.
    pub text: String,
    /// The applied fixes, in order.
    pub applied: Vec<Applied>,
    /// The fixes that were tried and left out.
    pub refused: Vec<Refused>,
    /// The remaining problems.
    pub report: Report,
}

/// A fix that was applied.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Applied {
    /// The rule it belongs to.
    pub rule: &'static str,
    /// A description of the fix.
    pub title: String,
}

/// A fix that was tried and left out, because the text would not have been better with it.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Refused {
    /// The rule it belongs to.
    pub rule: &'static str,
    /// A description of the fix.
    pub title: String,
    /// Where the problem is, in bytes of the fixed text.
    pub span: Span,
    /// The rules that would have reported more; empty if the problem would have remained.
    pub causes: Vec<&'static str>,
}

/// The maximum number of rounds: a fix may expose another finding, but a chain of ten is a bug.
const MAX_ROUNDS: usize = 10;

/// The maximum number of checks in one round: thousands of conflicting fixes are left to a person.
const MAX_TRIES: usize = 32;

/// Applies the fixes of a text that are at least as safe as `most`. Skips a fix that would add a
/// finding of a higher severity, or would not remove its own.
///
/// ```
/// use rolewright_core::{Applicability, Input, Options, fix};
///
/// let input = Input::new("---\nname: a\nname: a\ndescription: Use it.\n---\nAct.\n").at("agents/a.md");
/// let fixed = fix(&input, &Options::new(), Applicability::Safe);
/// assert_eq!(fixed.text, "---\nname: a\ndescription: Use it.\n---\nAct.\n");
/// ```
pub fn fix(input: &Input<'_>, options: &Options, most: Applicability) -> Fixed {
    fix_checked(input, options, most, check(input, options))
}

/// Like [`fix`], but for a text that has just been checked; `report` is the report that [`check`]
/// returned for it under the same options.
///
/// ```
/// use rolewright_core::{Applicability, Input, Options, check, fix, fix_checked};
///
/// let (input, options) = (Input::new("# A\n\n```js\nlet a;\n").at("a.md"), Options::new());
/// let report = check(&input, &options);
/// let fixed = fix_checked(&input, &options, Applicability::Safe, report);
/// assert_eq!(fixed.text, fix(&input, &options, Applicability::Safe).text);
/// ```
pub fn fix_checked(
    input: &Input<'_>,
    options: &Options,
    most: Applicability,
    report: Report,
) -> Fixed {
    let text = input.text.to_string();
    let mut fixed = Fixed { text, applied: Vec::new(), refused: Vec::new(), report };
    for _ in 0..MAX_ROUNDS {
        let found = core::mem::take(&mut fixed.report.diagnostics);
        let chosen = choose(&found, input.path, most);
        let mut kept: Vec<&Diagnostic> = Vec::new();
        let mut tally = Tally::of(&found);
        fixed.refused.clear();
        let mut better = None;
        // Try all fixes together, then halves if that fails, so that one bad fix affects few
        // others.
        let mut groups = alloc::vec![chosen.as_slice()];
        for _ in 0..MAX_TRIES {
            let Some(group) = groups.pop().filter(|group| !group.is_empty()) else { break };
            let together: Vec<&Edit> = kept.iter().chain(group).flat_map(|d| edits(d)).collect();
            let text = apply(&fixed.text, &together);
            let report = check(&Input { text: &text, ..*input }, options);
            let after = Tally::of(&report.diagnostics);
            if after.improves(tally) {
                kept.extend(group);
                (tally, better) = (after, Some((text, report)));
            } else if group.len() > 1 {
                let (first, rest) = group.split_at(group.len() / 2);
                groups.extend([rest, first]);
            } else {
                let refused = |one: &&Diagnostic| refused(one, &found, &report.diagnostics);
                fixed.refused.extend(group.first().and_then(refused));
            }
        }
        let Some((text, report)) = better else {
            fixed.report.diagnostics = found;
            break;
        };
        fixed.applied.extend(kept.into_iter().filter_map(applied));
        (fixed.text, fixed.report) = (text, report);
    }
    fixed
}

/// Applies edits of one text. They must not overlap; their order does not matter.
///
/// ```
/// use rolewright_core::{Edit, Span, fix::apply};
///
/// let edit = Edit { path: "a.md".into(), span: Span::new(0, 5), text: "Hello".into() };
/// assert_eq!(apply("hello there", &[&edit]), "Hello there");
/// ```
pub fn apply(text: &str, edits: &[&Edit]) -> String {
    let mut sorted: Vec<&&Edit> = edits.iter().collect();
    sorted.sort_by_cached_key(|edit| edit.span);
    let mut out = String::with_capacity(text.len() + 64);
    let mut at = 0;
    for edit in sorted {
        if edit.span.start < at {
            continue;
        }
        out.push_str(text.get(at..edit.span.start).unwrap_or(""));
        out.push_str(&edit.text);
        at = edit.span.end;
    }
    out.push_str(text.get(at..).unwrap_or(""));
    out
}

/// Fixes that can be applied together: fixes in this file whose edits do not overlap.
fn choose<'d>(found: &'d [Diagnostic], path: &str, most: Applicability) -> Vec<&'d Diagnostic> {
    // Start and end of every edited range so far; the ranges do not overlap, so one lookup is
    // enough.
    let mut taken: Vec<(usize, usize)> = Vec::new();
    let mut chosen = Vec::new();
    for diagnostic in found {
        let Some(fix) = &diagnostic.fix else { continue };
        let allowed = fix.applicability <= most;
        let here = !fix.edits.is_empty() && fix.edits.iter().all(|edit| edit.path == path);
        let free = |edit: &Edit| {
            let before = taken.partition_point(|(start, _)| *start <= edit.span.end);
            taken.get(..before).and_then(<[_]>::last).is_none_or(|(_, end)| *end < edit.span.start)
        };
        if allowed && here && fix.edits.iter().all(free) {
            for edit in &fix.edits {
                // Diagnostics are sorted by place, so the new place is usually at the end.
                let at = taken.partition_point(|(start, _)| *start <= edit.span.start);
                taken.insert(at, (edit.span.start, edit.span.end));
            }
            chosen.push(diagnostic);
        }
    }
    chosen
}

fn edits(diagnostic: &Diagnostic) -> impl Iterator<Item = &Edit> {
    diagnostic.fix.iter().flat_map(|fix| &fix.edits)
}

fn applied(diagnostic: &Diagnostic) -> Option<Applied> {
    let fix = diagnostic.fix.as_ref()?;
    Some(Applied { rule: diagnostic.rule, title: fix.title.to_string() })
}

/// A fix after which the text has the problems `after` instead of `before`.
fn refused(one: &Diagnostic, before: &[Diagnostic], after: &[Diagnostic]) -> Option<Refused> {
    let count = |all: &[Diagnostic], rule: &str| all.iter().filter(|d| d.rule == rule).count();
    let mut causes: Vec<&'static str> = after.iter().map(|found| found.rule).collect();
    causes.sort_unstable();
    causes.dedup();
    causes.retain(|rule| count(after, rule) > count(before, rule));
    let title = one.fix.as_ref()?.title.to_string();
    Some(Refused { rule: one.rule, title, span: one.span, causes })
}

/// How many findings there are of each severity.
#[derive(Clone, Copy, PartialEq, Eq)]
struct Tally {
    errors: usize,
    warnings: usize,
    all: usize,
}

impl Tally {
    fn of(found: &[Diagnostic]) -> Self {
        let count = |severity| found.iter().filter(|d| d.severity == severity).count();
        Self {
            errors: count(Severity::Error),
            warnings: count(Severity::Warning),
            all: found.len(),
        }
    }

    /// Fewer findings, and none of a higher severity in place of a lower one. Infos do not count
    /// against a fixed error: unparsable front matter may have hidden them.
    fn improves(self, before: Self) -> bool {
        let faults = |tally: Self| tally.errors + tally.warnings;
        let fewer = faults(self) < faults(before)
            || faults(self) == faults(before) && self.all < before.all;
        fewer && self.errors <= before.errors
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::markdown::{self, Outline};
    use alloc::collections::BTreeMap;
    use alloc::format;
    use core::cell::Cell;

    #[test]
    fn a_fix_that_would_cause_another_problem_is_left_out_and_named() {
        let rule = "---\ndescription: \nglobs: *.ts\nalwaysApply: yes\n---\n\nUse it.\n";
        let input = Input::new(rule).at(".cursor/rules/a.mdc");
        let done = fix(&input, &Options::new(), Applicability::Safe);
        assert_eq!((&*done.text, done.applied.len()), (rule, 0));
        let refused = done.refused.first().unwrap();
        assert_eq!((refused.rule, &*refused.title), ("invalid-field-type", "Replace with `true`"));
        assert_eq!(refused.span.of(rule), "yes");
        assert_eq!(refused.causes, ["useless-glob"]);
    }

    #[test]
    fn a_fix_that_makes_it_worse_is_skipped_without_affecting_others() {
        let mut files: BTreeMap<String, String> = BTreeMap::new();
        let mut text = String::from("# A\n\n");
        for n in 0..40 {
            files.insert(format!("part{n}.md"), format!("Part {n}.\n"));
            text.push_str(&format!("{{{{> part{n}.md}}}}\n\n"));
            if n == 23 {
                // The intended include adds more names without a value than there are findings.
                text.push_str("{{> worse.md}}\n\n");
            }
        }
        let worse: String = (0..60).map(|n| format!("{{{{NAME_{n}:?say it}}}} ")).collect();
        files.insert("worse.md".into(), worse);
        let fixed = fix(
            &Input::new(&text).at("roles/a.md").with_files(&files),
            &Options::new(),
            Applicability::Unsafe,
        );
        assert_eq!(fixed.applied.len(), 40);
        let left = fixed.report.diagnostics.iter().filter(|d| d.rule == "unknown-directive");
        assert_eq!(left.map(|d| d.span.of(&fixed.text)).collect::<Vec<_>>(), ["{{> worse.md}}"]);
        assert!(fixed.text.contains("{{include:part39.md}}\n"));
    }

    std::thread_local! {
        static CHECKS: Cell<usize> = const { Cell::new(0) };
    }

    /// Reads Markdown and counts the checks: each of them reads the role, which has front matter, once. The
    /// prompt that a check expands has none.
    fn counting(text: &str, body: Span) -> Outline {
        CHECKS.set(CHECKS.get() + usize::from(text.starts_with("---\n")));
        markdown::outline(text, body)
    }

    #[test]
    fn many_fixes_that_make_it_worse_cost_a_bounded_number_of_checks() {
        let mut files: BTreeMap<String, String> = BTreeMap::new();
        let mut text = String::from("---\nname: a\n---\n# A\n\n");
        for n in 0..400 {
            text.push_str(&format!("{{{{> w{n}.md}}}}\n\n"));
        }
        for n in 0..200 {
            files.insert(format!("w{n}.md"), format!("{{{{ONE{n}}}}} {{{{TWO{n}}}}}\n"));
        }
        let fixed = fix(
            &Input::new(&text).at("roles/a.md").with_files(&files),
            &Options::with_reader(counting),
            Applicability::Unsafe,
        );
        // Without a limit, this would take two checks for each of the two hundred fixes.
        assert!((1..=2 * MAX_TRIES).contains(&CHECKS.get()), "{}", CHECKS.get());
        assert!(fixed.applied.len() < 400);
    }
}
