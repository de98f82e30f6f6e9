//! Bindings of the engine for the npm package `rolewright`: a call comes in as a text and an options
//! object that the JavaScript side has checked, and goes out as plain data. Nothing is kept between
//! two calls.

mod compiled;
mod files;
mod input;
mod outlined;
mod panic;
mod places;
mod report;
mod wire;
mod workspace;

use input::Input;
use places::Places;
use serde::Serialize;
use wasm_bindgen::prelude::*;

/// Checks `text`.
#[wasm_bindgen]
pub fn check(text: &str, options: &JsValue) -> JsValue {
    let call = Input::read(options);
    let found = rolewright_core::check(&call.source(text), &call.options);
    let mut places = Places::new(text, &call.path, &call.files, call.encoding);
    to_js(&report::report(found, &call.path, text, &mut places))
}

/// Applies the fixes of `text`.
#[wasm_bindgen]
pub fn fix(text: &str, options: &JsValue) -> JsValue {
    let call = Input::read(options);
    let fixed = rolewright_core::fix(&call.source(text), &call.options, call.fixes);
    let mut places = Places::new(&fixed.text, &call.path, &call.files, call.encoding);
    let report = report::report(fixed.report, &call.path, &fixed.text, &mut places);
    drop(places);
    to_js(&report::fixed(fixed.text, fixed.applied, report))
}

/// Checks one file of many.
#[wasm_bindgen(js_name = checkOne)]
pub fn check_one(text: &str, options: &JsValue) -> JsValue {
    to_js(&workspace::check_one(text, &Input::read(options)))
}

/// What is wrong between files that were checked one by one; `claims` are those that `checkOne`
/// returned.
#[wasm_bindgen]
pub fn compare(claims: JsValue, options: &JsValue) -> JsValue {
    let claims = serde_wasm_bindgen::from_value(claims);
    let claims = claims.unwrap_or_else(|error| panic!("claims of a call: {error}"));
    to_js(&workspace::compare(claims, &Input::read(options)))
}

/// Compiles `text`.
#[wasm_bindgen]
pub fn compile(text: &str, options: &JsValue) -> JsValue {
    let call = Input::read(options);
    let done = rolewright_core::compile(&call.source(text), &call.options, &call.target);
    to_js(&compiled::compiled(done, (text, &call.path), &call.files, call.encoding))
}

/// The files that a compilation of `text` would be made of.
#[wasm_bindgen]
pub fn inputs(text: &str, options: &JsValue) -> JsValue {
    to_js(&outlined::inputs(text, &Input::read(options)))
}

/// The outline of `text`.
#[wasm_bindgen]
pub fn outline(text: &str, options: &JsValue) -> JsValue {
    to_js(&outlined::outline(text, &Input::read(options)))
}

/// The id of the host that looks at `path`, if any does.
#[wasm_bindgen(js_name = hostOf)]
pub fn host_of(path: &str) -> Option<String> {
    rolewright_core::host::by_path(path).map(|host| host.id.to_string())
}

/// A result as plain objects, arrays, strings, numbers and booleans.
fn to_js(result: &impl Serialize) -> JsValue {
    let serializer = serde_wasm_bindgen::Serializer::json_compatible();
    result.serialize(&serializer).unwrap_or_else(|error| panic!("result of a call: {error}"))
}
