//! A variable or an include in the front matter.

use super::{Check, Context, Example, Finding, Profile, Rule};
use crate::diagnostic::Severity;
use crate::template::ProblemKind;
use alloc::format;

/// The rule.
pub(super) static RULE: Rule = Rule {
    name: "directive-in-front-matter",
    severity: Severity::Warning,
    profile: Profile::Core,
    summary: "The front matter contains a variable or an include.",
    why: "Variables and includes work only in the body. In the front matter, the host sees the braces: a description that contains `{{PRODUCT}}` does not say when to use the role. Because hosts and authors also use braces for other purposes, only includes of existing files are reported, and names that are declared, given a value or used in the body.",
    example: Example {
        path: "roles/reviewer.md",
        bad: "---\ndescription: Reviews changes to {{PRODUCT}}\nvariables:\n  PRODUCT: the shop\n---\n\nYou review changes to {{PRODUCT}}.\n",
        at: "{{PRODUCT}}",
        good: "---\ndescription: Reviews changes to the shop\nvariables:\n  PRODUCT: the shop\n---\n\nYou review changes to {{PRODUCT}}.\n",
        files: &[],
    },
    check: Check::Role(check),
};

fn check(cx: &mut Context<'_>) {
    cx.report_problems(|cx, _, problem| {
        matches!(problem.kind, ProblemKind::InFrontMatter).then(|| {
            let span = problem.at.span;
            let written = span.of(cx.role.text);
            let (place, expanded) = match cx.role.within {
                None => ("the front matter", "the body"),
                Some(_) => ("a field", "the prompt"),
            };
            Finding::new(span, format!("`{written}` in {place} is not expanded"))
                .reason(format!(
                    "Directives are expanded only in {expanded}, so the host sees the braces."
                ))
                .help(format!("Write out the text, or move it to {expanded}."))
        })
    });
}

#[cfg(test)]
mod tests {
    use super::super::tests::findings;
    use alloc::string::String;
    use alloc::vec::Vec;

    fn found(text: &str) -> Vec<String> {
        findings("directive-in-front-matter", "roles/x.md", text)
    }

    #[test]
    fn a_name_that_the_body_uses_is_meant() {
        assert_eq!(
            found("---\nname: x\ndescription: '{{A}} and {{A}}'\n---\n\nUse {{A}}.\n"),
            ["3:15-3:20 warning `{{A}}` in the front matter is not expanded (2 places)"]
        );
        let text =
            "name = \"x\"\ndescription = \"{{A}}\"\ndeveloper_instructions = \"Use {{A}}.\"\n";
        assert_eq!(
            findings("directive-in-front-matter", ".codex/agents/x.toml", text),
            ["2:16-2:21 warning `{{A}}` in a field is not expanded"]
        );
        assert_eq!(found("---\ntags: [a, '{{A:-b}}']\n---\n\n{{A}}\n").len(), 1);
        assert_eq!(found("---\na: |\n  one\n  {{A}}\n---\n\n{{A}}\n").len(), 1);
    }

    #[test]
    fn other_braces_are_left_alone() {
        for front_matter in [
            "argument-hint: '{{ISSUE}}'",
            "description: '${{ secrets.A }} {{ user.name }} \\{{A}}'",
            "description: Explains `{{include:missing.md}}`",
            "description: x # {{A}}",
            "variables: { A: '{{A}}' }",
            "description: '{{DATE}}'\nvariables: { DATE: { stage: runtime } }",
        ] {
            let text = alloc::format!("---\n{front_matter}\n---\n\nUse {{{{A}}}}.\n");
            assert_eq!(found(&text), [""; 0], "{text}");
        }
    }

    #[test]
    fn a_value_or_a_file_makes_it_live() {
        let files = alloc::collections::BTreeMap::from([(String::from("a.md"), String::from("A"))]);
        let mut values = crate::Values::new();
        values.set("A", "1");
        let text = "---\ndescription: '{{A}} {{include:a.md}}'\n---\n\nText.\n";
        let report = crate::check(
            &crate::Input::new(text).at("roles/x.md").with_files(&files).with_values(&values),
            &crate::Options::default(),
        );
        let of_rule = report.diagnostics.iter().filter(|d| d.rule == "directive-in-front-matter");
        let spans: Vec<&str> = of_rule.map(|d| d.span.of(text)).collect();
        assert_eq!(spans, ["{{A}}", "{{include:a.md}}"]);
    }

    #[test]
    fn a_variable_that_only_the_front_matter_uses_is_one_finding() {
        let text = "---\ndescription: '{{A}}'\nvariables: { A: b }\n---\n\nText.\n";
        assert_eq!(found(text).len(), 1);
        assert_eq!(findings("unused-variable", "roles/x.md", text), [""; 0]);
    }
}
