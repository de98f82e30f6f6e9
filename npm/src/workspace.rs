//! A workspace in two halves, so that its files can pass through one by one: the check of each, and
//! what is wrong between them.

use crate::input::{Input, field, text};
use crate::places::Places;
use crate::report;
use crate::value::Value;
use js_sys::Array;
use rolewright_core::Span;
use rolewright_core::census::{Claim, check_alone, collisions};
use rolewright_core::host::Host;
use wasm_bindgen::{JsCast, JsValue};

/// Checks one file of many, without a look at the others of its kind: its report, and the name it
/// claims.
pub fn check_one(text: &str, options: &JsValue) -> Value {
    let Input { path, mut options, values, files, encoding, .. } = Input::read(options);
    options.across = false;
    let (found, claim) = check_alone(text, &path, &files, &values, &options);
    let mut places = Places::new(text, &path, &files, encoding);
    Value::object([
        ("report", report::report(found, &path, text, &mut places)),
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
        ("quiet", claim.quiet.into()),
    ])
}

/// What is wrong between the claims of files that passed by: an array of the claims that
/// [`check_one`] returned. Their texts are read again where something is.
pub fn census(claims: &JsValue, options: &JsValue) -> Value {
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
