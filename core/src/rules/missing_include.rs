//! An include of a file that does not exist.

use super::{Check, Context, Example, Finding, Profile, Rule};
use crate::diagnostic::Severity;
use crate::host::FieldRole;
use crate::spelling;
use crate::template::{Expanded, Problem, ProblemKind};
use crate::text::{folder, resolved};
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

/// How often "did you mean" is computed: it is expensive, and nobody reads a hundred suggestions.
const GUESSES: usize = 20;

fn check(cx: &mut Context<'_>) {
    if let Some(finding) = prompt_file(cx) {
        cx.report(finding);
    }
    let root = cx.template().and_then(|expanded| common_root(cx, expanded));
    if let Some(finding) = root.as_ref().and_then(|root| wrong_root(cx, root)) {
        cx.report(finding);
    }
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
        if root.is_some() {
            return None;
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

/// The finding if a single wrong root makes all includes fail.
fn wrong_root(cx: &Context<'_>, root: &str) -> Option<Finding> {
    let expanded = cx.template()?;
    let mut problems = expanded.problems.iter().filter(|problem| is_lost(problem));
    let first = problems.next()?;
    let more = problems.clone().count();
    let here = problems.filter(|problem| problem.at.file == first.at.file);
    let count = match more {
        1 => String::from("Both"),
        more => format!("All {}", more + 1),
    };
    let message = format!("{count} missing includes are in `{root}`");
    let finding = Finding::new(first.at.span, message)
        .labels(here.map(|problem| problem.at.span), "also in that folder")
        .reason("The paths are resolved from the workspace root, where none of the files exist; the directives reach the model unexpanded.")
        .help(format!(
            "Set `root` to `{root}`, under `templates` in the front matter or in the options."
        ));
    Some(finding.led_to(expanded, first))
}

/// Whether a required include is missing only because of its location.
fn is_lost(problem: &Problem) -> bool {
    matches!(problem.kind, ProblemKind::MissingInclude { optional: false, meant: None, .. })
}

/// The file that a field names as the prompt, from the folder of the role.
fn prompt_file(cx: &Context<'_>) -> Option<Finding> {
    let field = cx.role.field(cx.host.field_for(FieldRole::Prompt)?.name)?;
    let path = field.value.as_str()?.strip_prefix("file://")?;
    // Another rule reports home folders.
    if path.starts_with(['/', '~']) && !path.contains("/home/") && !path.contains("/Users/") {
        let reason = format!(
            "An absolute path exists on one machine only, and some versions of {} refuse it.",
            cx.host.product
        );
        let finding = Finding::new(field.value.span, "The prompt file must be in the workspace")
            .severity(Severity::Warning)
            .reason(reason);
        return Some(finding.help("Write the path relative to this file's folder."));
    }
    let outside = path.starts_with(['/', '~']) || path.contains(['$', '{', '\\']);
    if !cx.files.is_known() || cx.role.path.is_empty() || path.is_empty() || outside {
        return None;
    }
    let place = resolved(folder(cx.role.path), path)?;
    if cx.files.exists(&place) {
        return None;
    }
    let finding =
        Finding::new(field.value.span, format!("The prompt file `{place}` does not exist")).reason(
            "The path is relative to this file's folder; without the prompt file, the role has no prompt.",
        );
    let up = "../".repeat(folder(cx.role.path).split('/').count());
    let meant = path.trim_start_matches("./");
    Some(match cx.files.exists(meant) {
        true => {
            let meant = format!("file://{up}{meant}");
            let title = format!("Replace the path with `{meant}`");
            finding.unsafe_fix(title, vec![(field.value.span, meant)])
        }
        false => finding.help("Create the file, or correct the path."),
    })
}

/// The folder that contains all missing files, if there are several.
fn common_root(cx: &Context<'_>, expanded: &Expanded) -> Option<String> {
    let missing = expanded.problems.iter().filter_map(|problem| match &problem.kind {
        ProblemKind::MissingInclude { path, optional: false, meant: None, .. } => {
            Some(path.trim_start_matches('/'))
        }
        _ => None,
    });
    let missing: vec::Vec<&str> = missing.take(100).collect();
    let first = missing.first().filter(|first| missing.iter().any(|path| path != *first))?;
    let paths = cx.paths();
    let folders = paths.iter().filter_map(|path| path.strip_suffix(*first)?.strip_suffix('/'));
    let holds_all =
        |folder: &&str| missing.iter().all(|path| cx.files.exists(&format!("{folder}/{path}")));
    folders.take(20).find(holds_all).map(ToOwned::to_owned)
}

/// The intended file: a file of the same name in another folder, or else a file with a similar
/// path.
fn nearest(cx: &Context<'_>, path: &str) -> Option<String> {
    let paths = cx.paths();
    let wanted = path.rsplit('/').next().unwrap_or(path);
    let mut same = paths.iter().filter(|path| path.rsplit('/').next() == Some(wanted));
    let found = match (same.next(), same.next()) {
        (Some(only), None) => Some(&**only),
        // Comparing with thousands of paths takes too long for a suggestion.
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
    use alloc::collections::BTreeMap;
    use alloc::string::{String, ToString};

    #[test]
    fn a_prompt_file_is_looked_for_from_the_folder_of_the_role() {
        let fixed = |prompt: &str| {
            let text = alloc::format!("{{\"name\": \"x\", \"prompt\": \"{prompt}\"}}\n");
            let files = [("notes/x.md".to_string(), "Help.\n".to_string())];
            let files: BTreeMap<String, String> = files.into();
            let input = crate::Input::new(&text).at(".kiro/agents/x.json").with_files(&files);
            let unsafe_too = crate::diagnostic::Applicability::Unsafe;
            let fixed = crate::fix::fix(&input, &crate::Options::default(), unsafe_too);
            let found = crate::check(&input, &crate::Options::default()).diagnostics;
            let found = found.into_iter().find(|d| d.rule == "missing-include");
            (found.map(|d| d.message.to_string()), fixed.text.contains("file://../../notes/x.md"))
        };
        let message = "The prompt file `.kiro/agents/notes/x.md` does not exist";
        assert_eq!(fixed("file://notes/x.md"), (Some(message.to_string()), true));
        assert_eq!(fixed("file://../../notes/x.md"), (None, true));
        let outside = "The prompt file must be in the workspace".to_string();
        assert_eq!(fixed("file:///etc/x.md").0, Some(outside));
        assert_eq!(fixed("file:///home/ada/x.md").0, None);
    }

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
    fn a_root_that_holds_all_missing_files_is_proposed() {
        let files =
            ["pods/shared/a.md", "pods/b.md", "other/b.md"].map(|path| (path.into(), "x\n".into()));
        let files = alloc::collections::BTreeMap::<alloc::string::String, _>::from(files);
        let help = |text: &str| {
            let input = crate::Input::new(text).at("pods/roles/x.md").with_files(&files);
            let report = crate::check(&input, &crate::Options::default());
            let found = report.diagnostics.into_iter().find(|d| d.rule == "missing-include");
            found.and_then(|found| found.help).unwrap_or_default()
        };
        let all = "Set `root` to `pods`";
        let both = "{{include:shared/a.md}}\n\n{{include:/b.md}}\n";
        assert!(help(both).starts_with(all));
        let input = crate::Input::new(both).at("pods/roles/x.md").with_files(&files);
        let found = crate::check(&input, &crate::Options::default()).diagnostics;
        let found = found.iter().filter(|d| d.rule == "missing-include");
        let found: alloc::vec::Vec<_> = found.map(|d| &*d.message).collect();
        assert_eq!(found, ["Both missing includes are in `pods`"]);
        assert!(!help("{{include:shared/a.md}}\n\n{{include:c.md}}\n").starts_with(all));
        assert!(!help("{{include:shared/a.md}}\n").starts_with(all));
    }

    #[test]
    fn an_include_in_code_is_not_looked_for() {
        let text = "```\n{{include:a.md}}\n```\n\n`{{include:b.md}}`\n";
        assert!(findings("missing-include", "roles/x.md", text).is_empty());
    }
}
