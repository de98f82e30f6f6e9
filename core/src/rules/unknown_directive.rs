//! Directives in a syntax that Rolewright does not support.

use super::{Check, Context, Example, Finding, Profile, Rule};
use crate::diagnostic::Severity;
use crate::role::Mark;
use crate::template::ProblemKind;
use crate::text::{Span, folder};
use alloc::format;
use alloc::vec;

/// The rule.
pub(super) static RULE: Rule = Rule {
    name: "unknown-directive",
    severity: Severity::Warning,
    profile: Profile::Core,
    summary: "A directive uses unsupported syntax.",
    why: "Template languages look alike. A directive from another language, or an include with a misspelled option, reaches the model unexpanded, and the text to include is missing.",
    example: Example {
        path: "roles/reviewer.md",
        bad: "# Reviewer\n\n{{> shared/quality.md}}\n",
        at: "{{> shared/quality.md}}",
        good: "# Reviewer\n\n{{include:shared/quality.md}}\n",
        files: &[("shared/quality.md", "Be exact.\n")],
    },
    check: Check::Role(check),
};

fn check(cx: &mut Context<'_>) {
    for finding in imports(cx) {
        cx.report(finding);
    }
    cx.report_problems(|_, _, problem| {
        let span = problem.at.span;
        let finding = match &problem.kind {
            ProblemKind::UnknownDirective(Some(meant)) => {
                Finding::new(span, format!("Unsupported include syntax; did you mean `{meant}`?"))
                    .help(format!("Write `{meant}`, or put a backslash before the braces to keep it as text."))
                    .unsafe_fix(format!("Replace with `{meant}`"), vec![(span, meant.clone())])
            }
            ProblemKind::UnknownDirective(None) => {
                Finding::new(span, "Include without a path")
                    .help("Add a path, or put a backslash before the braces to keep it as text.")
            }
            ProblemKind::UnknownOption(near) if near.is_empty() => {
                Finding::new(span, "Unknown include option")
                    .help("Valid options are `optional`, `raw`, `inline`, `once`, `shift=`, `level=`, `fence`, `wrap=` and `title=`.")
            }
            ProblemKind::UnknownOption(near) => {
                Finding::new(span, "Unknown include option")
                    .help(format!("Did you mean `{near}`?"))
            }
            _ => return None,
        };
        Some(finding.reason("It reaches the model unexpanded."))
    });
}

/// Lines that consist only of `@path` to an existing file, on a host that does not import it.
fn imports(cx: &Context<'_>) -> vec::Vec<Finding> {
    let Some(note) = cx.host.import else { return vec::Vec::new() };
    let role = cx.role;
    let line = |at: &usize| {
        let line = role.line_at(*at);
        let path = line.of(role.text).strip_prefix('@')?;
        let is_whole = line.start == *at && !path.contains([' ', '`']);
        (is_whole && role.outline.code_at(line.start).is_none()).then_some((line, path))
    };
    let lines = role.body_marks(Mark::At).iter().filter_map(line);
    let exists = |path: &str| {
        let beside = format!("{}/{path}", folder(role.path));
        cx.files.exists(path) || cx.files.exists(beside.trim_start_matches('/'))
    };
    let found = lines.filter(|(_, path)| cx.files.is_known() && exists(path)).take(20);
    let finding = |(span, path): (Span, &str)| {
        Finding::new(span, format!("`@{path}` is not imported"))
            .reason(note)
            .help("Put the text here, or compile this file from one with includes.")
    };
    found.map(finding).collect()
}

#[cfg(test)]
mod tests {
    use super::super::tests::findings;
    use alloc::collections::BTreeMap;
    use alloc::string::ToString;

    fn found(text: &str) -> std::vec::Vec<std::string::String> {
        findings("unknown-directive", "roles/x.md", text)
    }

    #[test]
    fn an_import_that_the_host_does_not_know_is_named() {
        let text = "# Rules\n\n@docs/house.md\n@docs/none.md\n\nWrite to @docs/house.md.\n";
        let found = |path: &str| {
            let files = [("docs/house.md".to_string(), "Be brief.\n".to_string())];
            let files = BTreeMap::from(files);
            let input = crate::Input::new(text).at(path).with_files(&files);
            let found = crate::check(&input, &crate::Options::default()).diagnostics;
            let found = found.iter().filter(|d| d.rule == "unknown-directive");
            found.map(|d| d.message.to_string()).collect::<std::vec::Vec<_>>()
        };
        assert_eq!(found("AGENTS.md"), ["`@docs/house.md` is not imported"]);
        assert_eq!(found("CLAUDE.md"), [""; 0]);
    }

    #[test]
    fn other_languages_are_left_alone() {
        assert!(found("{{#if x}} {{ include \"a.b\" . }} `{{> a.md}}` {{name}}\n").is_empty());
        assert_eq!(
            found("{{include:a.md|opional}}\n"),
            ["1:1-1:25 warning Unknown include option"]
        );
    }
}
