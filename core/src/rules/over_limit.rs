//! A prompt that is longer than the host allows.

use super::wording::grouped;
use super::wording::joined;
use super::{Check, Context, Example, Finding, Profile, Rule};
use crate::diagnostic::Severity;
use crate::host::{BodyLimit, Unit};
use crate::text::Span;
use alloc::format;
use alloc::string::String;
use alloc::vec::Vec;

/// The rule.
pub(super) static RULE: Rule = Rule {
    name: "over-limit",
    severity: Severity::Warning,
    profile: Profile::Core,
    summary: "The compiled prompt is longer than the host allows.",
    why: "A host that limits the length of a role cuts off the rest or rejects the file. What counts is the fully expanded text, which is not visible while writing; the diagnostic is placed where the limit is exceeded.",
    example: Example {
        path: ".cursor/rules/review.mdc",
        bad: "---\ndescription: How to review\nalwaysApply: false\n---\n\n{{include:shared/most.md}}\n{{include:shared/rest.md}}\n",
        at: "{{include:shared/rest.md}}",
        good: "---\ndescription: How to review\nalwaysApply: false\n---\n\n{{include:shared/most.md}}\n",
        files: &[
            ("shared/line.md", "Be exact.\n"),
            (
                "shared/ten.md",
                "{{include:shared/line.md}}\n{{include:shared/line.md}}\n{{include:shared/line.md}}\n{{include:shared/line.md}}\n{{include:shared/line.md}}\n{{include:shared/line.md}}\n{{include:shared/line.md}}\n{{include:shared/line.md}}\n{{include:shared/line.md}}\n{{include:shared/line.md}}\n",
            ),
            (
                "shared/most.md",
                "{{include:shared/ten.md}}\n{{include:shared/ten.md}}\n{{include:shared/ten.md}}\n{{include:shared/ten.md}}\n{{include:shared/ten.md}}\n{{include:shared/ten.md}}\n{{include:shared/ten.md}}\n{{include:shared/ten.md}}\n{{include:shared/ten.md}}\n{{include:shared/ten.md}}\n{{include:shared/ten.md}}\n{{include:shared/ten.md}}\n{{include:shared/ten.md}}\n{{include:shared/ten.md}}\n{{include:shared/ten.md}}\n{{include:shared/ten.md}}\n{{include:shared/ten.md}}\n{{include:shared/ten.md}}\n{{include:shared/ten.md}}\n{{include:shared/ten.md}}\n",
            ),
            (
                "shared/rest.md",
                "{{include:shared/ten.md}}\n{{include:shared/ten.md}}\n{{include:shared/ten.md}}\n{{include:shared/ten.md}}\n{{include:shared/ten.md}}\n{{include:shared/ten.md}}\n{{include:shared/ten.md}}\n{{include:shared/ten.md}}\n",
            ),
        ],
    },
    check: Check::Prompt(check),
};

const SHORTEN: &str = "Shorten it, or move what is not always needed into separate files.";

fn check(cx: &mut Context<'_>) {
    let Some(limit) = cx.host.body else { return };
    if let Some(finding) = chained(cx, &limit) {
        return cx.report(finding);
    }
    // The bytes and lines of the whole file are an upper bound for every count.
    let most = if limit.unit == Unit::Lines { cx.role.lines().len() } else { cx.role.body.len() };
    if most <= limit.max as usize && !cx.role.has_directives {
        return;
    }
    let found = match cx.template() {
        Some(expanded) => {
            let text = expanded.text.trim_end();
            passed(text, &limit).map(|(used, at)| {
                let origin = expanded.origin(at);
                let hops =
                    origin.map_or_else(Vec::new, |(segment, _)| expanded.hops(segment.chain));
                let found = match (hops.first(), origin) {
                    (Some(include), _) => finding(cx, &limit, used, include.span),
                    (None, Some((_, place))) => {
                        placed(cx, &limit, used, line_from(cx.role.text, place))
                    }
                    (None, None) => finding(cx, &limit, used, Span::at(cx.role.body.end)),
                };
                // Without includes, only the text itself can be shortened.
                found.help(match expanded.files.len() {
                    0 | 1 => String::from(SHORTEN),
                    _ => format!("Shorten it, or include less{}.", largest(expanded)),
                })
            })
        }
        None => {
            let body = cx.role.body;
            let text = body.of(cx.role.text);
            let lead = text.len() - text.trim_start().len();
            passed(text.trim(), &limit).map(|(used, at)| {
                let span = line_from(cx.role.text, body.start + lead + at);
                placed(cx, &limit, used, span).help(SHORTEN)
            })
        }
    };
    if let Some(finding) = found {
        cx.report(finding);
    }
}

/// Reports a file that exceeds the limit only together with files of the same name in the folders
/// above it.
fn chained(cx: &Context<'_>, limit: &BodyLimit) -> Option<Finding> {
    let (role, max) = (cx.role, limit.max as usize);
    let (mut folder, name) = role.path.rsplit_once('/').filter(|_| limit.chained)?;
    let mut above = 0;
    loop {
        let (upper, path) = match folder.rsplit_once('/') {
            Some((upper, _)) => (upper, format!("{upper}/{name}")),
            None => ("", String::from(name)),
        };
        if cx.files.exists(&path) {
            above += cx.files.text(&path).map_or(0, |text| text.len());
        }
        if upper.is_empty() {
            break;
        }
        folder = upper;
    }
    let own = role.body.len();
    if above > max || own > max || above + own <= max {
        return None;
    }
    let cut = role.lines().partition_point(|line| line + above <= max);
    let message = format!(
        "With the files above it, this file makes {} bytes; the limit is {}",
        grouped(above + own),
        grouped(max)
    );
    let cut = role.line_at(role.lines().get(cut.saturating_sub(1)).copied().unwrap_or(0));
    Some(
        Finding::new(line_from(role.text, role.body.start), message)
            .severity(Severity::Warning)
            .label(cut, "cut off here")
            .reason(limit.note)
            .help("Shorten it, or move what is not always needed into separate files."),
    )
}

/// The counted amount, and the place where the limit is exceeded.
fn passed(text: &str, limit: &BodyLimit) -> Option<(usize, usize)> {
    let max = limit.max as usize;
    let (used, at) = match limit.unit {
        Unit::Characters => (text.chars().count(), text.char_indices().nth(max).map(|(at, _)| at)),
        Unit::Bytes => {
            let at = (max.saturating_sub(3)..=max).rev().find(|&at| text.is_char_boundary(at));
            (text.len(), at.filter(|_| text.len() > max))
        }
        Unit::Lines => {
            let ends = || memchr::memchr_iter(b'\n', text.as_bytes());
            let last = usize::from(!text.is_empty() && !text.ends_with('\n'));
            let used = ends().count() + last;
            (used, ends().nth(max.saturating_sub(1)).map(|at| at + 1))
        }
    };
    (used > max).then_some((used, at?))
}

/// The rest of the line at `start`, or the next one that is not blank.
fn line_from(text: &str, start: usize) -> Span {
    let blank = text.get(start..).map_or(0, |rest| rest.len() - rest.trim_start().len());
    let start = start + blank;
    let rest = text.get(start..).unwrap_or("");
    let end = rest.find('\n').unwrap_or(rest.len());
    Span::new(start, start + rest.get(..end).unwrap_or("").trim_end().len())
}

fn finding(cx: &Context<'_>, limit: &BodyLimit, used: usize, span: Span) -> Finding {
    let (max, unit) = (limit.max as usize, limit.unit.name());
    let (severity, does) = match limit.hard {
        true => (Severity::Error, "allows"),
        false => (Severity::Info, "recommends"),
    };
    let message = format!(
        "The prompt is {} {unit} long; {} {does} at most {}",
        grouped(used),
        cx.host.product,
        grouped(max)
    );
    Finding::new(span, message).severity(severity).reason(limit.note)
}

/// A finding in the file itself. An advisory limit cuts nothing off, so the finding shows the
/// section that exceeds it; the exact line may be inside a code block.
fn placed(cx: &Context<'_>, limit: &BodyLimit, used: usize, passed: Span) -> Finding {
    if limit.hard {
        return finding(cx, limit, used, passed);
    }
    let role = cx.role;
    let headings = role.outline.headings.iter().take_while(|it| it.span.start <= passed.start);
    let heading = headings.filter(|heading| !heading.nested).last().map(|heading| heading.span);
    let shown = heading.unwrap_or_else(|| line_from(role.text, role.body.start));
    let found = finding(cx, limit, used, shown);
    if shown == passed { found } else { found.label(passed, "the limit is exceeded here") }
}

/// The files that make up most of an expansion.
fn largest(expanded: &crate::template::Expanded) -> String {
    let mut sizes = alloc::vec![0; expanded.files.len()];
    for segment in &expanded.segments {
        if let Some(size) = sizes.get_mut(segment.file as usize) {
            *size += segment.out.len();
        }
    }
    let mut files: Vec<(usize, &String)> = sizes.into_iter().zip(&expanded.files).collect();
    files.sort_by_key(|(size, _)| core::cmp::Reverse(*size));
    if files.len() < 2 {
        return String::new();
    }
    let named: Vec<String> = files
        .iter()
        .take(5)
        .map(|(size, path)| {
            format!("`{path}` ({} {})", grouped(*size), if *size == 1 { "byte" } else { "bytes" })
        })
        .collect();
    format!("; the largest parts are {}", joined(&named, "and"))
}

#[cfg(test)]
mod tests {
    use super::super::tests::findings;
    use std::format;
    use std::string::String;
    use std::vec::Vec;

    fn found(path: &str, text: &str) -> Vec<String> {
        findings("over-limit", path, text)
    }

    #[test]
    fn files_above_count_where_the_limit_is_for_all() {
        let half = "Use it.\n".repeat(2_100);
        let files =
            ["AGENTS.md", "a/AGENTS.md", "a/b/AGENTS.md"].map(|path| (path.into(), half.clone()));
        let files = alloc::collections::BTreeMap::<alloc::string::String, _>::from(files);
        let found = |path: &str| {
            let input = crate::Input::new(&half).at(path).with_files(&files);
            let report = crate::check(&input, &crate::Options::default());
            let found = report.diagnostics.into_iter().filter(|d| d.rule == "over-limit");
            found.map(|d| (d.message.into_owned(), d.labels[0].span.start)).collect::<Vec<_>>()
        };
        let message = "With the files above it, this file makes 33,600 bytes; the limit is 32,768";
        assert_eq!(found("AGENTS.md"), []);
        assert_eq!(found("a/AGENTS.md"), [(message.into(), 15_968)]);
        assert_eq!(found("a/b/AGENTS.md"), [], "nothing of it is read, which the file above says");
    }

    #[test]
    fn characters_are_counted_and_not_bytes() {
        let path = ".github/agents/a.agent.md";
        let text = |n: usize| format!("{}x\n", "é".repeat(n));
        assert!(found(path, &text(29_999)).is_empty());
        assert_eq!(
            found(path, &text(30_000)),
            [
                "1:30001-1:30002 error The prompt is 30,001 characters long; GitHub Copilot allows at most 30,000"
            ]
        );
    }

    #[test]
    fn bytes_are_counted_where_the_host_does() {
        let text = format!("{}\n{}\n", "a".repeat(32_767), "é".repeat(3));
        assert_eq!(found("AGENTS.md", &text).len(), 1);
        assert!(found("AGENTS.md", &"a".repeat(32_768)).is_empty());
    }

    #[test]
    fn advice_is_given_at_the_section_that_passes_the_limit() {
        let lines = |n: usize| "Use it.\n".repeat(n);
        let head = "---\nname: x\ndescription: Use when it rains.\n---\n";
        let message = "info The prompt is 510 lines long; Agent Skills recommends at most 500";
        let text = format!("{head}# A\n\n## B\n\n```\n{}```\n", lines(504));
        assert_eq!(found("skills/x/SKILL.md", &text), [format!("7:1-7:5 {message}")]);
        let text = format!("{head}{}", lines(510));
        assert_eq!(found("skills/x/SKILL.md", &text), [format!("5:1-5:8 {message}")]);
    }

    #[test]
    fn what_counts_is_the_filled_in_text() {
        let text = format!("{}{{{{A:-{}}}}}\n", "a".repeat(29_990), "b".repeat(20));
        assert_eq!(found(".github/agents/a.agent.md", &text).len(), 1);
        let text = format!("{}{{{{!-- {} --}}}}\n", "a".repeat(29_990), "b".repeat(200));
        assert!(found(".github/agents/a.agent.md", &text).is_empty());
    }
}
