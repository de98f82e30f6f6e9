//! Bindings of the engine for the npm package `rolewright`: a call comes in as a text and an options
//! object that the JavaScript side has checked, and goes out as plain data. Nothing is kept between
//! two calls.

mod compiled;
mod files;
mod input;
mod outlined;
mod places;
mod report;
mod value;
mod workspace;

use input::Input;
use places::Places;
use wasm_bindgen::prelude::*;

/// Checks `text`.
#[wasm_bindgen]
pub fn check(text: &str, options: &JsValue) -> JsValue {
    let call = Input::read(options);
    let found = rolewright_core::check(&call.source(text), &call.options);
    let mut places = Places::new(text, &call.path, &call.files, call.encoding);
    report::report(found, &call.path, text, &mut places).to_js()
}

/// Applies the fixes of `text`.
#[wasm_bindgen]
pub fn fix(text: &str, options: &JsValue) -> JsValue {
    let call = Input::read(options);
    let fixed = rolewright_core::fix(&call.source(text), &call.options, call.fixes);
    let mut places = Places::new(&fixed.text, &call.path, &call.files, call.encoding);
    let report = report::report(fixed.report, &call.path, &fixed.text, &mut places);
    drop(places);
    report::fixed(fixed.text, fixed.applied, report).to_js()
}

/// Checks one file of many.
#[wasm_bindgen(js_name = checkOne)]
pub fn check_one(text: &str, options: &JsValue) -> JsValue {
    workspace::check_one(text, options).to_js()
}

/// What is wrong between files that were checked one by one.
#[wasm_bindgen]
pub fn compare(claims: &JsValue, options: &JsValue) -> JsValue {
    workspace::compare(claims, options).to_js()
}

/// Compiles `text`.
#[wasm_bindgen]
pub fn compile(text: &str, options: &JsValue) -> JsValue {
    let call = Input::read(options);
    let done = rolewright_core::compile(&call.source(text), &call.options, &call.target);
    compiled::compiled(done, (text, &call.path), &call.files, call.encoding).to_js()
}

/// The outline of `text`.
#[wasm_bindgen]
pub fn outline(text: &str, options: &JsValue) -> JsValue {
    outlined::outline(text, &Input::read(options)).to_js()
}

/// The id of the host that looks at `path`, if any does.
#[wasm_bindgen(js_name = hostOf)]
pub fn host_of(path: &str) -> Option<String> {
    rolewright_core::host::by_path(path).map(|host| host.id.to_string())
}
