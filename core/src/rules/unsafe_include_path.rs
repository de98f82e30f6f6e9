//! An include of something that is no file of the workspace, or none that belongs into a prompt.

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
    summary: "The path of an include is refused.",
    why: "A role is read on other machines and by a service that builds prompts. A path that leaves the workspace, names a machine, or points at a file of secrets would put there whatever happens to lie at that place. Such a path is refused even where the file exists.",
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
            Some(normal) if normal != path => format!(" It leads to `{normal}`."),
            _ => String::new(),
        };
        let finding = Finding::new(problem.at.span, message)
            .reason(format!(
                "It is refused, and the directive reaches the model as it stands.{leads}"
            ))
            .help(help);
        Some(finding)
    });
}

fn words(refusal: Refusal) -> (&'static str, &'static str) {
    const RELATIVE: &str = "Write a path inside the workspace, with `/` between folders.";
    match refusal {
        Refusal::Escape => ("leads out of the workspace", RELATIVE),
        Refusal::Scheme => ("is an address and no path", RELATIVE),
        Refusal::Backslash => ("holds a backslash", RELATIVE),
        Refusal::Control => ("holds a control character", RELATIVE),
        Refusal::Home => ("begins with a home folder", RELATIVE),
        Refusal::Drive => ("begins with a drive", RELATIVE),
        Refusal::Network => ("begins with `//`", RELATIVE),
        Refusal::EmptyName => ("holds an empty name between two slashes", RELATIVE),
        Refusal::Folder => ("names a folder", "Name a file."),
        Refusal::Denied => (
            "names a file that holds secrets or belongs to the repository",
            "Keep it out of prompts; if it holds nothing secret, give it another name.",
        ),
        Refusal::Dynamic => (
            "holds a directive",
            "Write the path out: what is included must be known before values are.",
        ),
        Refusal::Binary => ("is not a text file", "Include text only."),
    }
}

#[cfg(test)]
mod tests {
    use super::super::tests::findings;

    #[test]
    fn every_refusal_says_why() {
        for (path, why) in [
            ("../../etc/passwd", "leads out of the workspace"),
            ("file:///etc/passwd", "is an address and no path"),
            ("a\\b.md", "holds a backslash"),
            ("~/a.md", "begins with a home folder"),
            ("C:/a.md", "begins with a drive"),
            (".env", "names a file that holds secrets or belongs to the repository"),
            ("ctx/{{ENV}}.md", "holds a directive"),
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
