//! Cross-file checks within a folder: role names that several files claim.

use super::job::Passed;
use crate::config::Layer;
use rolewright_core::detect::{Place, place};
use rolewright_core::{Claim, Files, Input, check, check_one, compare as compared};
use rolewright_services::{Document, diagnostics, report};
use rolewright_wire::{Diagnostic, Encoding};
use std::collections::{BTreeMap, BTreeSet};

/// Up to this many named files are compared with their whole folder; beyond it, claims are collected first.
const FEW: usize = 8;

/// Adds the cross-file diagnostics of a folder to the reports of its files.
pub(super) fn compare(passed: &mut [Passed<'_>], over: &Layer, encoding: Encoding) {
    searched(passed, encoding);
    // A file named on the command line is also compared with neighbors that were not named.
    let named = passed.iter().filter(|file| file.explicit && file.claim.is_some()).count();
    let twice = if named > FEW { Some(twice(passed, over)) } else { None };
    for file in passed.iter_mut().filter(|file| file.explicit) {
        let Some(claim) = &file.claim else { continue };
        if twice.as_ref().is_none_or(|twice| twice.contains(&key(claim))) {
            let document = file.document(encoding);
            let found = check(&document.input(), document.options);
            file.report = report(found, &document);
        }
    }
}

/// Compares the files that a search found with each other.
fn searched(passed: &mut [Passed<'_>], encoding: Encoding) {
    let claims: Vec<Claim> =
        passed.iter().filter(|file| !file.explicit).filter_map(|file| file.claim.clone()).collect();
    if claims.len() < 2 {
        return;
    }
    let first = passed.iter().find(|file| !file.explicit && file.claim.is_some());
    let Some(first) = first else { return };
    // Every file is looked up: the comparison itself is about none.
    let document = Document { path: "", text: "", ..first.document(encoding) };
    let found = diagnostics(&compared(&claims, document.options), &document);
    for diagnostic in found {
        let file = passed.iter_mut().find(|file| file.report.path == diagnostic.path);
        if let Some(file) = file {
            insert(&mut file.report.diagnostics, diagnostic);
        }
    }
}

/// Inserts a diagnostic in the order of the engine.
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

type Key = (&'static str, String);

fn key(claim: &Claim) -> Key {
    (claim.host, claim.name.clone())
}

/// The names that another file in the folder of the named files also claims.
fn twice(passed: &[Passed<'_>], over: &Layer) -> BTreeSet<Key> {
    let mut counts: BTreeMap<Key, usize> = BTreeMap::new();
    let mut count = |claim: &Claim| *counts.entry(key(claim)).or_default() += 1;
    let named: Vec<&Passed<'_>> = passed.iter().filter(|file| file.explicit).collect();
    let claims = || named.iter().filter_map(|file| file.claim.as_ref());
    claims().for_each(&mut count);
    let known: BTreeSet<&str> = claims().map(|claim| claim.path.as_str()).collect();
    if let (Some(first), Some(claim)) = (named.first(), claims().next()) {
        let home = &first.home;
        let folder = claim.path.get(..claim.path.rfind('/').map_or(0, |at| at + 1)).unwrap_or("");
        for path in home.texts.paths() {
            let inner = path.strip_prefix(folder).filter(|inner| !inner.contains('/'));
            let is_never = matches!(place(&path), Place::Never(_));
            if inner.is_none() || known.contains(path.as_ref()) || is_never {
                continue;
            }
            let Some(text) = home.texts.text(&path) else { continue };
            let settings = home.settings(&path, over);
            let input = Input::new(&text).at(&path).with_files(&home.texts);
            let input = input.with_values(&settings.values);
            check_one(&input, &settings.options).1.iter().for_each(&mut count);
        }
    }
    counts.retain(|_, count| *count > 1);
    counts.into_keys().collect()
}
