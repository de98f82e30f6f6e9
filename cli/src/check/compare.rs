//! Runs cross-file checks on the files that a host loads together, such as the check for duplicate
//! role names.

use super::item::CheckedFile;
use crate::config::Layer;
use rolewright_core::host::Host;
use rolewright_core::{Files, RoleSummary, check, compare as compared, neighbors};
use rolewright_services::{Document, diagnostics, report};
use rolewright_wire::{Diagnostic, Encoding};
use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet};

/// The most named files that are compared with their whole folder; for more, summaries are
/// collected first.
const FEW: usize = 8;

/// The summaries below each folder that a host loads with its subfolders, by the workspace's root,
/// the host and the folder, so that each file is read only once.
pub(super) type Below = BTreeMap<(String, &'static str, String), Vec<RoleSummary>>;

/// Adds the cross-file diagnostics of a folder to the reports of its files.
pub(super) fn compare(
    passed: &mut [CheckedFile<'_>],
    over: &Layer,
    encoding: Encoding,
    below: &mut Below,
) {
    searched(passed, encoding, below);
    // A file named on the command line is also compared with neighbors that were not named.
    let named = passed.iter().filter(|file| file.explicit && file.summary.is_some()).count();
    let touched = if named > FEW { Some(touched(passed, over)) } else { None };
    for file in passed.iter_mut().filter(|file| file.explicit) {
        let Some(summary) = &file.summary else { continue };
        if touched.as_ref().is_none_or(|touched| touched.contains(&summary.path)) {
            let document = file.document(encoding);
            let found = check(&document.input(), document.options);
            file.report = report(found, &document);
        }
    }
}

/// Compares the files found by a search with each other.
fn searched(passed: &mut [CheckedFile<'_>], encoding: Encoding, below: &mut Below) {
    let summaries: Vec<RoleSummary> = passed
        .iter()
        .filter(|file| !file.explicit)
        .filter_map(|file| file.summary.clone())
        .collect();
    if summaries.is_empty() {
        return;
    }
    let first = passed.iter().find(|file| !file.explicit && file.summary.is_some());
    let Some(first) = first else { return };
    let summaries = with_other_folders(summaries, first, below);
    // Every file is looked up by path, because the comparison itself has no file.
    let document = Document { path: "", text: "", ..first.document(encoding) };
    let found = diagnostics(&compared(&summaries, document.options), &document);
    for diagnostic in found {
        let file = passed.iter_mut().find(|file| file.report.path == diagnostic.path);
        if let Some(file) = file {
            insert(&mut file.report.diagnostics, diagnostic);
        }
    }
}

/// Adds the summaries of other folders that are loaded together with the first. Diagnostics in
/// those folders appear in their own reports.
fn with_other_folders(
    mut summaries: Vec<RoleSummary>,
    first: &CheckedFile<'_>,
    below: &mut Below,
) -> Vec<RoleSummary> {
    let Some(own) = &first.summary else { return summaries };
    let Some(top) = own.top_folder() else { return summaries };
    let known: BTreeSet<String> = summaries.iter().map(|summary| summary.path.clone()).collect();
    let key = (first.home.root.clone(), own.host, top.to_string());
    let all = below.entry(key).or_insert_with(|| {
        let others = Others { files: &first.home.texts, known: &known };
        let mut all = neighbors(own, &others, &first.settings.options);
        all.extend(summaries.iter().cloned());
        all
    });
    summaries.extend(all.iter().filter(|summary| !known.contains(&summary.path)).cloned());
    summaries
}

/// A workspace without the files whose summaries are known.
struct Others<'a> {
    files: &'a dyn Files,
    known: &'a BTreeSet<String>,
}

impl Files for Others<'_> {
    fn text(&self, path: &str) -> Option<Cow<'_, str>> {
        self.files.text(path)
    }

    fn paths(&self) -> Vec<Cow<'_, str>> {
        let mut paths = self.files.paths();
        paths.retain(|path| !self.known.contains(&**path));
        paths
    }

    fn summary(
        &self,
        path: &str,
        host: Option<&'static Host>,
        read: &dyn Fn() -> Option<RoleSummary>,
    ) -> Option<RoleSummary> {
        self.files.summary(path, host, read)
    }
}

/// Inserts a diagnostic in the engine's order.
fn insert(all: &mut Vec<Diagnostic>, added: Diagnostic) {
    let is_after = |other: &Diagnostic| {
        if other.path != added.path {
            return true;
        }
        let place = other.range.start.offset.cmp(&added.range.start.offset);
        let order =
            place.then(added.severity.cmp(&other.severity)).then(other.rule.cmp(&added.rule));
        order.is_gt()
    };
    let at = all.iter().position(is_after).unwrap_or(all.len());
    all.insert(at, added);
}

/// The paths of named files with problems that arise from neighbors.
fn touched(passed: &[CheckedFile<'_>], over: &Layer) -> BTreeSet<String> {
    let named: Vec<&CheckedFile<'_>> = passed.iter().filter(|file| file.explicit).collect();
    let mut summaries: Vec<RoleSummary> =
        named.iter().filter_map(|file| file.summary.clone()).collect();
    let (Some(first), Some(summary)) = (named.first(), summaries.first()) else {
        return BTreeSet::new();
    };
    let options = &first.home.settings(&summary.path, over).options;
    let near = neighbors(summary, &first.home.texts, options);
    let known: BTreeSet<String> = summaries.iter().map(|summary| summary.path.clone()).collect();
    summaries.extend(near.into_iter().filter(|near| !known.contains(&near.path)));
    let found = compared(&summaries, options).into_iter();
    found.flat_map(|d| d.labels.into_iter().map(|label| label.path).chain([d.path])).collect()
}
