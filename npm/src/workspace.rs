//! A workspace in two halves, so that its files can pass through one by one: the check of each, and
//! what is wrong between them.

use crate::input::{Input, field, text};
use crate::places::{Places, narrow};
use crate::report::{self, Diagnostic, Report};
use js_sys::Array;
use rolewright_core::Span;
use rolewright_core::census::{Claim, check_alone, collisions};
use rolewright_core::host::Host;
use serde::Serialize;
use wasm_bindgen::{JsCast, JsValue};

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
