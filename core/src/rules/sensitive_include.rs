//! An included file that contains a secret.

use super::{Check, Context, Example, Finding, Profile, Rule};
use crate::diagnostic::Severity;
use crate::template::ProblemKind;
use alloc::format;

/// The rule.
pub(super) static RULE: Rule = Rule {
    name: "sensitive-include",
    severity: Severity::Error,
    profile: Profile::Core,
    summary: "An included file contains what looks like a secret.",
    why: "A prompt is sent to the model's provider and often stored in logs. A key or token in an included file is sent and stored with it.",
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
        let finding =
            Finding::new(problem.at.span, format!("`{path}` appears to contain a secret: `{key}`"))
                .reason("It becomes part of the prompt and is sent to the model's provider.")
                .help("Include a file without the secret.");
        Some(finding)
    });
}

#[cfg(test)]
mod tests {
    use alloc::collections::BTreeMap;
    use alloc::string::{String, ToString};
    use alloc::vec::Vec;

    fn found(main: &str, path: &str, text: &str) -> Vec<String> {
        let files = BTreeMap::from([(path.to_string(), text.to_string())]);
        let report = crate::check(
            &crate::Input::new(main).at("roles/x.md").with_files(&files),
            &crate::Options::default(),
        );
        let of_rule = report.diagnostics.iter().filter(|d| d.rule == "sensitive-include");
        of_rule.map(|d| d.message.to_string()).collect()
    }

    #[test]
    fn markdown_is_searched_too() {
        let text = "# Setup\n\n```sh\nexport API_KEY=sk-live-93kd82jd\n```\n\n# Use\n\nRun it.\n";
        assert_eq!(
            found("{{include:setup.md}}\n", "setup.md", text),
            ["`setup.md` appears to contain a secret: `API_KEY`"]
        );
    }

    #[test]
    fn what_is_not_included_is_not_searched() {
        let text = "# Setup\n\nAPI_KEY=sk-live-93kd82jd\n\n# Use\n\nRun it.\n";
        assert!(found("{{include:setup.md#use}}\n", "setup.md", text).is_empty());
        assert_eq!(found("{{include:setup.md#setup}}\n", "setup.md", text).len(), 1);
    }
}
