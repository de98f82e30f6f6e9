//! Tests that hold for every real file: no panic, exact places, proven fixes.

use rolewright_core::Input;
use rolewright_core::{Applicability, Diagnostic, Options, Profile, Severity, check, fix::apply};
use rolewright_tests::data;

fn findings(text: &str, path: &str) -> Vec<Diagnostic> {
    let options = Options::new().with_profile(Profile::Style);
    check(&Input::new(text).at(path), &options).diagnostics
}

#[test]
fn every_place_lies_in_the_text_on_character_boundaries() {
    let corpus = data::corpus();
    if corpus.is_empty() {
        return data::skipped(1, "the corpus is not there (ROLEWRIGHT_DATA)");
    }
    for file in &corpus {
        for d in findings(&file.text, &file.path) {
            let spans = [d.span]
                .into_iter()
                .chain(d.labels.iter().map(|l| l.span))
                .chain(d.fix.iter().flat_map(|f| f.edits.iter().map(|e| e.span)));
            for span in spans {
                assert!(file.text.get(span.range()).is_some(), "{} {} {span:?}", file.file, d.rule);
            }
            let edits = d.fix.as_ref().map_or(&[][..], |fix| &fix.edits);
            for pair in edits.windows(2) {
                assert!(
                    pair[0].span.end <= pair[1].span.start,
                    "{} {}: edits overlap",
                    file.file,
                    d.rule
                );
            }
        }
    }
}

#[test]
fn every_safe_fix_leads_to_fewer_findings_and_no_new_error() {
    let corpus = data::corpus();
    if corpus.is_empty() {
        return data::skipped(1, "the corpus is not there (ROLEWRIGHT_DATA)");
    }
    let errors =
        |found: &[Diagnostic]| found.iter().filter(|d| d.severity == Severity::Error).count();
    let faults =
        |found: &[Diagnostic]| found.iter().filter(|d| d.severity > Severity::Info).count();
    let mut wrong = Vec::new();
    let mut proved = 0;
    for file in &corpus {
        let before = findings(&file.text, &file.path);
        for d in &before {
            let Some(fix) = d.fix.as_ref().filter(|f| f.applicability == Applicability::Safe)
            else {
                continue;
            };
            let edits: Vec<_> = fix.edits.iter().collect();
            let after = findings(&apply(&file.text, &edits), &file.path);
            // A fix may reveal infos that unparsable front matter had hidden.
            let rank = |found: &[Diagnostic]| (faults(found), found.len());
            if rank(&after) >= rank(&before) || errors(&after) > errors(&before) {
                let new: Vec<_> = after.iter().map(|d| (d.rule, d.message.to_string())).collect();
                wrong.push(format!("{} {} ({}): {new:?}", file.file, d.rule, d.message));
            }
            proved += 1;
        }
    }
    assert!(proved > 0, "no safe fix was offered on the whole corpus");
    assert!(wrong.is_empty(), "{} of {proved} fixes:\n{}", wrong.len(), wrong.join("\n"));
}
