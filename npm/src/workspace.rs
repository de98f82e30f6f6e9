//! A workspace in two halves, so that its files can pass through one by one: the check of each, and
//! what is wrong between them.

use crate::input::{Input, field, text};
use crate::places::Places;
use crate::report;
use crate::value::Value;
use js_sys::Array;
use rolewright_core::host::Host;
use rolewright_core::{Claim, Span};
use wasm_bindgen::{JsCast, JsValue};

/// Checks one file of many, without a look at the others of its kind: its report, and the name it
/// claims.
pub fn check_one(text: &str, options: &JsValue) -> Value {
    let call = Input::read(options);
    let (found, claim) = rolewright_core::check_one(&call.source(text), &call.options);
    let mut places = Places::new(text, &call.path, &call.files, call.encoding);
    Value::object([
        ("report", report::report(found, &call.path, text, &mut places)),
        ("claim", claim.map(claimed).into()),
    ])
}

fn claimed(claim: Claim) -> Value {
    Value::object([
        ("path", claim.path.into()),
        ("host", claim.host.into()),
        ("name", claim.name.into()),
        ("start", claim.span.start.into()),
        ("end", claim.span.end.into()),
        ("suppressed", claim.suppressed.into_iter().map(Value::from).collect()),
    ])
}

/// What is wrong between the claims of files that passed by: an array of the claims that
/// [`check_one`] returned. Their texts are read again where something is.
pub fn compare(claims: &JsValue, options: &JsValue) -> Value {
    let Input { options, files, encoding, .. } = Input::read(options);
    let claims: Vec<Claim> = match claims.dyn_ref::<Array>() {
        Some(claims) => claims.iter().filter_map(|claim| read_claim(&claim)).collect(),
        None => Vec::new(),
    };
    let found = rolewright_core::compare(&claims, &options);
    report::diagnostics(found, &mut Places::new("", "", &files, encoding))
}

#[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "written by `claimed`")]
fn read_claim(claim: &JsValue) -> Option<Claim> {
    let offset = |name| field(claim, name).as_f64().map(|number| number as usize);
    let host = Host::by_id(&text(claim, "host")?)?;
    let span = Span::new(offset("start")?, offset("end")?);
    let mut read = Claim::new(text(claim, "path")?, host, text(claim, "name")?, span);
    let suppressed = field(claim, "suppressed").dyn_into::<Array>().unwrap_or_default();
    read.suppressed = suppressed.iter().filter_map(|name| name.as_string()).collect();
    Some(read)
}
