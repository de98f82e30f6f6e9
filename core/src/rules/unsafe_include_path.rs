//! Includes of files outside the workspace, or of files that do not belong in a prompt.

use super::{Check, Context, Example, Finding, Profile, Rule};
use crate::diagnostic::Severity;
use crate::template::{ProblemKind, Refusal};
use alloc::format;
use alloc::string::String;

/// The rule.
pub(super) static RULE: Rule = Rule {
    name: "unsafe-include-path",
    severity: Severity::Error,
    profile: Profile::Core,
    summary: "The path of an include is not allowed.",
    why: "A role is read on other machines and by services that build prompts. A path that leaves the workspace, refers to one machine or points to a file of secrets would put whatever is there into the prompt. Such a path is rejected even if the file exists.",
    example: Example {
        path: "roles/reviewer.md",
        bad: "# Reviewer\n\n{{include:../../private/notes.md}}\n",
        at: "../../private/notes.md",
        good: "# Reviewer\n\n{{include:../shared/notes.md}}\n",
        files: &[("shared/notes.md", "Be exact.\n")],
    },
    check: Check::Role(check),
};

fn check(cx: &mut Context<'_>) {
    cx.report_problems(|_, _, problem| {
        let ProblemKind::UnsafePath { refusal, path, normal } = &problem.kind else { return None };
        let (what, help) = words(*refusal);
        let message = format!("`{path}` {what}");
        let leads = match normal {
            Some(normal) if normal != path => format!(" The path resolves to `{normal}`."),
            _ => String::new(),
        };
        let finding = Finding::new(problem.at.span, message)
            .reason(format!(
                "The include is rejected, and the directive reaches the model unexpanded.{leads}"
            ))
            .help(help);
        Some(finding)
    });
}

fn words(refusal: Refusal) -> (&'static str, &'static str) {
    const RELATIVE: &str = "Use a path inside the workspace, with `/` between folders.";
    match refusal {
        Refusal::Escape => ("points outside the workspace", RELATIVE),
        Refusal::Scheme => ("is a URL, not a path", RELATIVE),
        Refusal::Backslash => ("contains a backslash", RELATIVE),
        Refusal::Control => ("contains a control character", RELATIVE),
        Refusal::Home => ("points to a home folder", RELATIVE),
        Refusal::Drive => ("starts with a drive letter", RELATIVE),
        Refusal::Network => ("starts with `//`", RELATIVE),
        Refusal::EmptyName => ("contains an empty path segment", RELATIVE),
        Refusal::Folder => ("is a folder", "Include a file, not a folder."),
        Refusal::Denied => (
            "may contain secrets or repository data",
            "Keep it out of prompts; if it contains no secrets, rename it.",
        ),
        Refusal::Dynamic => (
            "contains a directive",
            "Write out the path; includes are resolved before variables have values.",
        ),
        Refusal::Binary => ("is not a text file", "Include text files only."),
    }
}

#[cfg(test)]
mod tests {
    use super::super::tests::findings;

    #[test]
    fn every_refusal_says_why() {
        for (path, why) in [
            ("../../etc/passwd", "points outside the workspace"),
            ("file:///etc/passwd", "is a URL, not a path"),
            ("a\\b.md", "contains a backslash"),
            ("~/a.md", "points to a home folder"),
            ("C:/a.md", "starts with a drive letter"),
            (".env", "may contain secrets or repository data"),
            ("ctx/{{ENV}}.md", "contains a directive"),
        ] {
            let text = std::format!("{{{{include:{path}}}}}\n");
            let end = 11 + path.len();
            assert_eq!(
                findings("unsafe-include-path", "roles/x.md", &text),
                [std::format!("1:11-1:{end} error `{path}` {why}")]
            );
        }
    }
}
