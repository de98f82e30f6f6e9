//! Placeholder lines that were never filled in.

use super::{Check, Context, Example, Finding, Profile, Rule};
use crate::diagnostic::Severity;
use crate::markdown::Reader;
use crate::role::Role;
use crate::template::Expanded;
use crate::text::Span;
use alloc::format;
use alloc::string::String;
use alloc::vec::Vec;

/// The rule.
pub(super) static RULE: Rule = Rule {
    name: "unfilled-placeholder",
    severity: Severity::Warning,
    profile: Profile::Core,
    summary: "A line of the prompt is a placeholder that was never filled in.",
    why: "A role made from a template may keep lines such as a bare TODO or `[Insert the name of the product]`. The model reads them as text: it repeats them, or invents what is missing. Only lines with nothing else on them are reported, because roles often mention such markers.",
    example: Example {
        path: "roles/reviewer.md",
        bad: "# Reviewer\n\nReview the change.\n\n[Insert the rules of the team]\n",
        at: "[Insert the rules of the team]",
        good: "# Reviewer\n\nReview the change.\n\nNo function is longer than a screen.\n",
        files: &[],
    },
    check: Check::Role(check),
};

fn check(cx: &mut Context<'_>) {
    let findings: Vec<Finding> = match cx.template() {
        None => lines(cx.role.text, &mut starts(cx.role))
            .into_iter()
            .filter(|line| cx.role.outline.code_at(line.start).is_none())
            .map(|line| finding(line, line.of(cx.role.text)))
            .collect(),
        Some(expanded) => in_prompt(expanded, cx.options.markdown),
    };
    let unclosed = unclosed(cx.role);
    for finding in findings.into_iter().chain(unclosed) {
        cx.report(finding);
    }
}

/// Places to fill in at the end of a code span that are never closed, beside one that is:
/// `copy <from> <to`.
fn unclosed(role: &Role<'_>) -> Vec<Finding> {
    let code = role.outline.code.iter().filter(|code| role.outline.fence_at(code.start).is_none());
    let place = |code: &Span| {
        let text = code.of(role.text).trim_end_matches('`');
        let at = text.rfind(" <")? + 1;
        let (before, name) = (text.get(..at)?, text.get(at + 1..)?);
        let is_word = |c: char| c.is_ascii_alphanumeric() || matches!(c, '-' | '_');
        let closed = before.rfind('<').and_then(|open| before.get(open + 1..)?.split_once('>'));
        let is_closed =
            closed.is_some_and(|(name, _)| !name.is_empty() && name.chars().all(is_word));
        (is_closed && !name.is_empty() && name.chars().all(is_word))
            .then(|| Span::new(code.start + at, code.start + text.len()))
    };
    let finding = |span: Span| {
        let edits = Vec::from([(Span::at(span.end), String::from(">"))]);
        let message = format!("Placeholder `{}` is never closed", span.of(role.text));
        Finding::new(span, message)
            .severity(Severity::Info)
            .reason("It is unclear where the placeholder ends.")
            .unsafe_fix("Close it", edits)
    };
    code.filter_map(place).take(20).map(finding).collect()
}

/// The same for a template, where an include may be inside a code block.
fn in_prompt(expanded: &Expanded, markdown: Reader) -> Vec<Finding> {
    let whole = Span::new(0, expanded.text.len());
    let ends = memchr::memchr_iter(b'\n', expanded.text.as_bytes());
    let lines = lines(&expanded.text, &mut [0].into_iter().chain(ends.map(|end| end + 1)));
    if lines.is_empty() {
        return Vec::new();
    }
    let outline = markdown(&expanded.text, whole);
    let lines = lines.into_iter().filter(|line| outline.code_at(line.start).is_none());
    let finding = |line: Span| {
        let (segment, start) = expanded.origin(line.start)?;
        let span = Span::new(start, start + line.len());
        let path = expanded.files.get(segment.file as usize)?;
        let finding = finding(span, line.of(&expanded.text));
        Some(if segment.file == 0 { finding } else { finding.in_file(path) })
    };
    lines.filter_map(finding).collect()
}

fn finding(span: Span, text: &str) -> Finding {
    Finding::new(span, format!("Unfilled placeholder `{text}`"))
        .reason("The model reads it literally.")
        .help("Replace it with the actual text, or delete the line.")
}

/// Where the lines of a body begin.
fn starts(role: &Role<'_>) -> impl Iterator<Item = usize> {
    let first = role.lines().partition_point(|start| *start <= role.body.start);
    let rest = role.lines().get(first..).unwrap_or(&[]);
    [role.body.start].into_iter().chain(rest.iter().copied())
}

/// The lines of `text` at `starts` that are nothing but a placeholder.
fn lines(text: &str, starts: &mut dyn Iterator<Item = usize>) -> Vec<Span> {
    let mut found = Vec::new();
    for start in starts {
        let rest = text.as_bytes().get(start..).unwrap_or(&[]);
        if !matches!(rest.first(), Some(b' ' | b'\t' | b'T' | b'[')) {
            continue;
        }
        let blanks = rest.iter().take_while(|byte| matches!(byte, b' ' | b'\t')).count();
        if matches!(rest.get(blanks), Some(b'T' | b'[')) {
            let length = memchr::memchr(b'\n', rest).unwrap_or(rest.len());
            let line = Span::new(start + blanks, start + length);
            let line = Span::new(line.start, line.start + line.of(text).trim_end().len());
            if is_placeholder(line.of(text)) {
                found.push(line);
            }
        }
    }
    found
}

fn is_placeholder(line: &str) -> bool {
    if let Some(inner) = line.strip_prefix('[').and_then(|line| line.strip_suffix(']')) {
        let opens = ["Insert ", "insert ", "Your ", "your "].iter().any(|o| inner.starts_with(o));
        return opens && inner.len() <= 120 && !inner.contains(['[', ']']);
    }
    matches!(line, "TODO" | "TODO:" | "TBD" | "TBD:" | "TBD.")
}

#[cfg(test)]
mod tests {
    use super::super::tests::findings;
    use crate::input::Input;
    use alloc::collections::BTreeMap;
    use alloc::string::ToString;
    use alloc::vec::Vec;

    fn found(text: &str) -> std::vec::Vec<std::string::String> {
        findings("unfilled-placeholder", "roles/x.md", text)
    }

    #[test]
    fn only_whole_lines_count() {
        assert_eq!(
            found("TBD\r\n\r\n[Your product]\r\n"),
            [
                "1:1-1:4 warning Unfilled placeholder `TBD`",
                "3:1-3:15 warning Unfilled placeholder `[Your product]`"
            ]
        );
        assert!(
            found("Flag TODO comments.\n\n- [Your name](x)\n\nTODO: later\n\n```\nTBD\n```\n")
                .is_empty()
        );
    }

    #[test]
    fn a_place_at_the_end_of_code_is_closed_like_the_others() {
        assert_eq!(
            found("Run `copy <FROM> <TO`.\n"),
            ["1:18-1:21 info Placeholder `<TO` is never closed"]
        );
        assert!(found("Run `sort <in`, `a <b> < c`, `Vec<T>` and `if a <b`.\n").is_empty());
    }

    #[test]
    fn a_mark_in_an_included_fence_is_shown_and_not_meant() {
        let files = [("a.md", "Write:\n\n```\nTODO\n```\n\nTBD\n"), ("b.json", "TODO\n")]
            .map(|(path, text)| (path.to_string(), text.to_string()));
        let text = "{{include:a.md}}\n\n{{include:b.json}}\n";
        let report = crate::check(
            &Input::new(text).at("roles/x.md").with_files(&BTreeMap::from(files)),
            &crate::Options::default(),
        );
        let found: Vec<_> =
            report.diagnostics.iter().map(|d| (d.rule, d.path.as_str(), d.span.start)).collect();
        assert_eq!(found, [("unfilled-placeholder", "a.md", 22)]);
    }

    #[test]
    fn included_text_is_judged_in_its_place() {
        assert_eq!(found("{{A:-x}}\n\nTODO:\n"), ["3:1-3:6 warning Unfilled placeholder `TODO:`"]);
    }
}
