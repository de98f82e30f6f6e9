//! An included configuration that holds a secret.

use super::{Check, Context, Example, Finding, Profile, Rule};
use crate::diagnostic::Severity;
use crate::template::ProblemKind;
use alloc::format;

/// The rule.
pub static RULE: Rule = Rule {
    name: "sensitive-include",
    severity: Severity::Error,
    profile: Profile::Core,
    summary: "An included file holds what looks like a secret.",
    why: "What stands in a prompt is sent to the model's provider, and often kept in logs. A key or a token in an included configuration goes with it.",
    example: Example {
        path: "roles/deployer.md",
        bad: "# Deployer\n\n{{include:config/service.json}}\n",
        at: "config/service.json",
        good: "# Deployer\n\n{{include:config/ports.json}}\n",
        files: &[
            ("config/service.json", "{\n  \"api_key\": \"k3y9f8a7d6s5\"\n}\n"),
            ("config/ports.json", "{\n  \"port\": 8080\n}\n"),
        ],
    },
    check: Check::Role(check),
};

fn check(cx: &mut Context<'_>) {
    cx.report_problems(|_, _, problem| {
        let ProblemKind::Sensitive { path, key } = &problem.kind else { return None };
        let finding = Finding::new(problem.at.span, format!("`{path}` holds a secret: `{key}`"))
            .reason("It becomes part of the prompt and is sent to the model's provider.")
            .help("Include a file without it.");
        Some(finding)
    });
}
