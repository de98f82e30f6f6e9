//! An include of a file that does not exist.

use super::{Check, Context, Example, Finding, Profile, Rule};
use crate::diagnostic::Severity;
use crate::spelling;
use crate::template::ProblemKind;
use alloc::borrow::ToOwned;
use alloc::format;
use alloc::string::String;
use alloc::vec;
use core::cell::Cell;

/// The rule.
pub(super) static RULE: Rule = Rule {
    name: "missing-include",
    severity: Severity::Error,
    profile: Profile::Core,
    summary: "An included file does not exist.",
    why: "The text to include is missing from the prompt, and the directive itself reaches the model, which may guess at its meaning. Add `(if exists)` after an include that is optional; a missing file is then reported only as info.",
    example: Example {
        path: "roles/reviewer.md",
        bad: "# Reviewer\n\n{{include:shared/qualty.md}}\n",
        at: "shared/qualty.md",
        good: "# Reviewer\n\n{{include:shared/quality.md}}\n",
        files: &[("shared/quality.md", "Be exact.\n")],
    },
    check: Check::Role(check),
};

/// How many times "did you mean" is worked out: it is expensive, and no one reads the hundredth.
const GUESSES: usize = 20;

fn check(cx: &mut Context<'_>) {
    let guesses = Cell::new(0);
    cx.report_problems(|cx, _, problem| {
        let ProblemKind::MissingInclude { path, optional, tried, meant } = &problem.kind else {
            return None;
        };
        if *optional {
            let finding = Finding::new(problem.at.span, format!("Optional include `{path}` does not exist"))
                .severity(Severity::Info)
                .reason("Nothing is included in its place.")
                .help("No action is needed unless the file should exist.");
            return Some(finding);
        }
        let places: vec::Vec<String> = tried.iter().map(|path| format!("`{path}`")).collect();
        let finding = Finding::new(problem.at.span, format!("Included file `{path}` does not exist")).reason(
            format!("Looked for {}; the directive reaches the model unexpanded.", places.join(" and ")),
        );
        if let Some(meant) = meant {
            let edits = vec![(problem.at.span, meant.clone())];
            return Some(
                finding
                    .help(format!("Did you mean `{meant}`? Each option follows a `|`."))
                    .unsafe_fix(format!("Replace `{path}` with `{meant}`"), edits),
            );
        }
        guesses.set(guesses.get() + 1);
        let near = if guesses.get() > GUESSES { None } else { nearest(cx, path) };
        Some(match near {
            Some(found) => finding.help(format!("Did you mean `{found}`?")).unsafe_fix(
                format!("Replace the path with `{found}`"),
                vec![(problem.at.span, found)],
            ),
            None => finding.help(
                "Create the file, correct the path, or add `(if exists)` after the directive if the file is optional.",
            ),
        })
    });
}

/// The file that was meant: one of the same name in another folder, else one of nearly that path.
fn nearest(cx: &Context<'_>, path: &str) -> Option<String> {
    let paths = cx.files.paths();
    let name = |path: &str| path.rsplit('/').next().unwrap_or(path).to_owned();
    let wanted = name(path);
    let mut same = paths.iter().filter(|path| name(path) == wanted);
    let found = match (same.next(), same.next()) {
        (Some(only), None) => Some(&**only),
        // Comparing with thousands of paths takes longer than the check is worth.
        _ => spelling::nearest(
            path.trim_start_matches(['/', '.']),
            paths.iter().map(|path| &**path).take(2_000),
        ),
    };
    found.filter(|found| *found != cx.role.path).map(ToOwned::to_owned)
}

#[cfg(test)]
mod tests {
    use super::super::tests::findings;

    #[test]
    fn what_is_required_is_an_error_and_what_is_optional_is_info() {
        let text = "- {{include:a.md}}\n- {{include:b.md}} (if exists)\n\n{{include:a.md}}\n";
        assert_eq!(
            findings("missing-include", "roles/x.md", text),
            [
                "1:13-1:17 error Included file `a.md` does not exist (2 places)",
                "2:13-2:17 info Optional include `b.md` does not exist"
            ]
        );
    }

    #[test]
    fn options_without_a_bar_are_recognized() {
        for (written, meant) in [
            ("x.md optional", "x.md|optional"),
            ("x.md, optional shift=+1", "x.md|optional|shift=+1"),
            ("a b.md (if exists)", "a b.md|optional"),
        ] {
            let text = alloc::format!("{{{{include:{written}}}}}\n");
            let report = crate::check(
                &crate::Input::new(&text).at("roles/x.md"),
                &crate::Options::default(),
            );
            let found = report.diagnostics.iter().find(|d| d.rule == "missing-include").unwrap();
            assert_eq!(found.fix.as_ref().unwrap().edits[0].text, meant);
            assert!(found.help.as_ref().unwrap().contains(meant));
        }
        for path in ["x.md", "optional", "my optional notes.md", "notes (draft)"] {
            let text = alloc::format!("{{{{include:{path}}}}}\n");
            let found = findings("missing-include", "roles/x.md", &text);
            assert!(found[0].ends_with(&alloc::format!("`{path}` does not exist")), "{found:?}");
        }
    }

    #[test]
    fn an_include_in_code_is_not_looked_for() {
        let text = "```\n{{include:a.md}}\n```\n\n`{{include:b.md}}`\n";
        assert!(findings("missing-include", "roles/x.md", text).is_empty());
    }
}
