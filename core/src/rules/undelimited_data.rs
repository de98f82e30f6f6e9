//! Data that an include inserts without the delimiters that mark it as data.

use super::{Check, Context, Example, Finding, Profile, Rule};
use crate::diagnostic::Severity;
use crate::template::ProblemKind;
use alloc::format;

/// The rule.
pub(super) static RULE: Rule = Rule {
    name: "undelimited-data",
    severity: Severity::Warning,
    profile: Profile::Core,
    summary: "Data is included without delimiters.",
    why: "A folder with `trust: data` contains what others have written: issues, reports, web pages. Between delimiters, the model can tell it from the instructions of the role. With `wrap=none`, a sentence in the data that reads like an instruction is one (OWASP ASI06, context poisoning).",
    example: Example {
        path: "roles/triage.md",
        bad: "---\nmounts: { /inbox/: { path: inbox, trust: data } }\n---\n# Triage\n\nSort this issue:\n\n{{include:/inbox/issue.md|wrap=none}}\n",
        at: "/inbox/issue.md",
        good: "---\nmounts: { /inbox/: { path: inbox, trust: data } }\n---\n# Triage\n\nSort this issue:\n\n{{include:/inbox/issue.md}}\n",
        files: &[("inbox/issue.md", "The export fails.\n")],
    },
    check: Check::Role(check),
};

fn check(cx: &mut Context<'_>) {
    cx.report_problems(|_, _, problem| {
        let ProblemKind::Undelimited { path } = &problem.kind else { return None };
        let finding =
            Finding::new(problem.at.span, format!("`{path}` is data, but is not delimited"))
                .reason("The model may take text in it for instructions.")
                .help("Remove `wrap=none`, or write `wrap=comment`.");
        Some(finding)
    });
}

#[cfg(test)]
mod tests {
    use crate::rules::tests::findings_in;

    #[test]
    fn only_data_needs_delimiters() {
        let check = |trust: &str, options: &str| {
            let text = alloc::format!(
                "---\nmounts: {{ /b/: {{ path: b, trust: {trust} }} }}\n---\n# A\n\n{{{{include:/b/x.md{options}}}}}\n"
            );
            findings_in(
                "undelimited-data",
                "roles/a.md",
                &[("roles/a.md", &text), ("b/x.md", "x\n")],
            )
        };
        assert_eq!(
            check("data", "|wrap=none"),
            ["6:11-6:18 warning `b/x.md` is data, but is not delimited"]
        );
        for (trust, options) in [
            ("data", ""),
            ("data", "|wrap=comment"),
            ("data", "|wrap=none|fence"),
            ("template", "|wrap=none"),
        ] {
            assert_eq!(check(trust, options), [""; 0], "{trust} {options}");
        }
    }
}
