//! Includes that put the same text into the prompt again.

use super::finding::MAX_LABELS;
use super::wording::grouped;
use super::{Check, Context, Example, Finding, Profile, Rule};
use crate::diagnostic::Severity;
use crate::template::{IncludeNode, IncludeState, Place};
use alloc::collections::{BTreeMap, BTreeSet};
use alloc::format;
use alloc::vec::Vec;

/// The rule.
pub(super) static RULE: Rule = Rule {
    name: "include-bloat",
    severity: Severity::Info,
    profile: Profile::Recommended,
    summary: "A file is included several times, and the copies make up much of the prompt.",
    why: "Includes hide how long a prompt is: a file that is brought in by two others is in it twice. The tokens are paid for each time, and a model gains nothing from the second copy. This is reported if the copies beyond the first make up at least two fifths of the prompt.",
    example: Example {
        path: "roles/reviewer.md",
        bad: "# Reviewer\n\n{{include:shared/tone.md}}\n\n## Before the review\n\n{{include:shared/tone.md}}\n\n## After the review\n\n{{include:shared/tone.md|level=3}}\n",
        at: "{{include:shared/tone.md|level=3}}",
        good: "# Reviewer\n\n{{include:shared/tone.md}}\n\n## Before the review\n\nRead the change.\n",
        files: &[(
            "shared/tone.md",
            "Be kind to whoever wrote the change, say first what is good about it, and give a reason for everything that you ask for. Ask where you do not understand, instead of guessing what was meant, and never repeat what a tool has already said about the same line of the change. Leave out what is a matter of taste, unless the guide of the project asks for it in so many words, and say so then.\n",
        )],
    },
    check: Check::Role(check),
};

/// Copies of fewer bytes do no harm.
const MIN_BYTES: usize = 400;

fn check(cx: &mut Context<'_>) {
    let Some(expanded) = cx.template() else { return };
    let mut by_path: BTreeMap<&str, Vec<(Place, usize)>> = BTreeMap::new();
    for node in &expanded.includes {
        let IncludeNode { path, from: Some(from), state: IncludeState::Included, bytes, .. } = node
        else {
            continue;
        };
        by_path.entry(path).or_default().push((*from, *bytes));
    }
    let whole = expanded.text.len();
    let mut findings = Vec::new();
    for (path, places) in by_path {
        let copies = places.get(1..).unwrap_or(&[]);
        let bytes: usize = copies.iter().map(|(_, bytes)| bytes).sum();
        let (Some((last, _)), true) = (copies.last(), bytes >= MIN_BYTES && bytes * 5 >= whole * 2)
        else {
            continue;
        };
        let file = |place: &Place| expanded.files.get(place.file as usize).map_or("", |path| path);
        let message = format!("`{path}` is included {} times", grouped(places.len()));
        let mut finding = Finding::new(last.span, message)
            .reason(format!("The copies beyond the first are {}% of the prompt.", bytes * 100 / whole.max(1)))
            .help("Include it once, in the outermost file that needs it, or add `|once` after the path.");
        if last.file != 0 {
            finding = finding.in_file(file(last));
        }
        // A file that is in the prompt twice has each of its places twice.
        let others: BTreeSet<&Place> =
            places.iter().map(|(place, _)| place).filter(|place| *place != last).collect();
        for place in others.into_iter().take(MAX_LABELS) {
            finding = finding.label_in(file(place), place.span, "also included here");
        }
        findings.push(finding);
    }
    findings.into_iter().for_each(|finding| cx.report(finding));
}

#[cfg(test)]
mod tests {
    use crate::rules::tests::findings_in;
    use crate::{Diagnostic, Input, Label, Options, check};
    use alloc::collections::BTreeMap;
    use alloc::format;
    use alloc::string::{String, ToString};
    use alloc::vec::Vec;

    #[test]
    fn copies_count_wherever_they_are_included() {
        let tone = "Be kind to whoever wrote it.\n".repeat(30);
        let (path, own) = ("roles/a.md", "{{include:b.md}}\n\n{{include:tone.md}}\n");
        let files =
            [(path, own), ("roles/b.md", "{{include:tone.md}}\n"), ("roles/tone.md", &*tone)];
        assert_eq!(
            findings_in("include-bloat", path, &files),
            ["3:1-3:20 info `roles/tone.md` is included 2 times"]
        );
        let own = format!("{own}\n{}", "Read the change. ".repeat(90));
        let files = [(path, &*own), files[1], files[2]];
        assert!(findings_in("include-bloat", path, &files).is_empty());
    }

    #[test]
    fn a_place_that_is_expanded_several_times_is_labeled_once() {
        let files = BTreeMap::from([
            ("a.md".to_string(), "{{include:b.md}}\n\n{{include:b.md}}\n".to_string()),
            ("b.md".to_string(), "{{include:tone.md}}\n\n{{include:tone.md}}\n".to_string()),
            ("tone.md".to_string(), "Be kind to whoever wrote it.\n".repeat(30)),
        ]);
        let input = Input::new(&files["a.md"]).at("a.md").with_files(&files);
        let report = check(&input, &Options::new());
        let places = |rule: &Diagnostic| {
            let label = |label: &Label| format!("{}:{}", label.path, label.span.start);
            (rule.message.to_string(), rule.labels.iter().map(label).collect::<Vec<_>>())
        };
        let found: Vec<_> =
            report.diagnostics.iter().filter(|d| d.rule == "include-bloat").map(places).collect();
        assert_eq!(
            found,
            [
                (String::from("`b.md` is included 2 times"), Vec::from(["a.md:0".to_string()])),
                (String::from("`tone.md` is included 4 times"), Vec::from(["b.md:0".to_string()])),
            ]
        );
    }
}
