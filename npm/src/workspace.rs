//! Many files at once: the check of a whole workspace, and the two halves of it for a caller that
//! has the files pass through one by one.

use crate::input::{Input, entries, field, text};
use crate::places::{Places, narrow};
use crate::report::{self, Diagnostic, Report};
use js_sys::Array;
use rolewright_core::Span;
use rolewright_core::census::{Claim, check_alone, collisions};
use rolewright_core::host::Host;
use serde::Serialize;
use std::collections::BTreeMap;
use wasm_bindgen::{JsCast, JsValue};

/// What `checkAll` returns.
#[derive(Serialize)]
pub struct WorkspaceReport {
    files: Vec<Report>,
    skipped: Vec<String>,
}

/// Checks every role among `files`, a plain object of texts by path.
pub fn check_all(files: &JsValue, options: &JsValue) -> WorkspaceReport {
    let input = Input::read(options);
    let files = read(files);
    let reports = rolewright_core::check_all(&files, &input.values, &input.options);
    let mut skipped: Vec<String> = Vec::new();
    let mut reports = reports.into_iter().peekable();
    let mut checked = Vec::new();
    for (path, text) in &files {
        match reports.next_if(|file| file.path == *path) {
            Some(file) => {
                let mut places = Places::new(text, path, &files, input.encoding);
                checked.push(report::report(file.report, path, text, &mut places));
            }
            None => skipped.push(path.clone()),
        }
    }
    WorkspaceReport { files: checked, skipped }
}

fn read(files: &JsValue) -> BTreeMap<String, String> {
    entries(files).filter_map(|(path, text)| Some((path, text.as_string()?))).collect()
}

/// A file that passes by: its report, and the name it claims.
#[derive(Serialize)]
pub struct Passed {
    report: Report,
    #[serde(skip_serializing_if = "Option::is_none")]
    claim: Option<Claimed>,
}

#[derive(Serialize)]
struct Claimed {
    path: String,
    host: &'static str,
    name: String,
    start: u32,
    end: u32,
    quiet: bool,
}

/// Checks one file of many, without a look at the others of its kind.
pub fn check_one(text: &str, options: &JsValue) -> Passed {
    let Input { path, mut options, values, files, encoding, .. } = Input::read(options);
    options.across = false;
    let (found, claim) = check_alone(text, &path, &files, &values, &options);
    Passed {
        report: report::report(found, &path, text, &mut Places::new(text, &path, &files, encoding)),
        claim: claim.map(claimed),
    }
}

fn claimed(claim: Claim) -> Claimed {
    let Claim { path, host, name, span, quiet } = claim;
    Claimed { path, host, name, start: narrow(span.start), end: narrow(span.end), quiet }
}

/// What is wrong between the claims of files that passed by: an array of the claims that
/// [`check_one`] returned. Their texts are read again where something is.
pub fn census(claims: &JsValue, options: &JsValue) -> Vec<Diagnostic> {
    let Input { options, files, encoding, .. } = Input::read(options);
    let claims: Vec<Claim> = match claims.dyn_ref::<Array>() {
        Some(claims) => claims.iter().filter_map(|claim| read_claim(&claim)).collect(),
        None => Vec::new(),
    };
    let found = collisions(&claims, &options);
    report::diagnostics(found, &mut Places::new("", "", &files, encoding))
}

#[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "written by `claimed`")]
fn read_claim(claim: &JsValue) -> Option<Claim> {
    let offset = |name| field(claim, name).as_f64().map(|number| number as usize);
    Some(Claim {
        path: text(claim, "path")?,
        host: Host::by_id(&text(claim, "host")?)?.id,
        name: text(claim, "name")?,
        span: Span::new(offset("start")?, offset("end")?),
        quiet: field(claim, "quiet").is_truthy(),
    })
}
