//! Bindings of the engine for the npm package `rolewright`: a call comes in as a text and an options
//! object that the JavaScript side has checked, and goes out as plain data. Nothing is kept between
//! two calls.

mod compiled;
mod files;
mod input;
mod outlined;
mod places;
mod report;
mod workspace;

use input::Input;
use places::Places;
use serde::Serialize;
use wasm_bindgen::prelude::*;

/// Checks `text`.
#[wasm_bindgen]
pub fn check(text: &str, options: &JsValue) -> JsValue {
    let Input { path, options, values, files, encoding, .. } = Input::read(options);
    let found = rolewright_core::check(text, &path, &files, &values, &options);
    plain(&report::report(found, &path, text, &mut Places::new(text, &path, &files, encoding)))
}

/// Applies the fixes of `text`.
#[wasm_bindgen]
pub fn fix(text: &str, options: &JsValue) -> JsValue {
    let Input { path, options, values, files, encoding, unsafe_too, .. } = Input::read(options);
    let fixed = rolewright_core::fix(text, &path, &files, &values, &options, unsafe_too);
    let mut places = Places::new(&fixed.text, &path, &files, encoding);
    let report = report::report(fixed.report, &path, &fixed.text, &mut places);
    plain(&report::fixed(&fixed.text, fixed.applied, report))
}

/// Checks one file of many.
#[wasm_bindgen(js_name = checkOne)]
pub fn check_one(text: &str, options: &JsValue) -> JsValue {
    plain(&workspace::check_one(text, options))
}

/// What is wrong between files that were checked one by one.
#[wasm_bindgen]
pub fn census(claims: &JsValue, options: &JsValue) -> JsValue {
    plain(&workspace::census(claims, options))
}

/// Compiles `text`.
#[wasm_bindgen]
pub fn compile(text: &str, options: &JsValue) -> JsValue {
    let input = Input::read(options);
    let Input { path, values, files, encoding, to, allow_widening, .. } = &input;
    let done = rolewright_core::compile::compile(
        text,
        path,
        files,
        values,
        &input.options,
        *to,
        *allow_widening,
    );
    let map = input.map.then(|| compiled::map(&done, (text, path), files));
    plain(&compiled::compiled(done, (text, path), files, *encoding, map))
}

/// The outline of `text`.
#[wasm_bindgen]
pub fn outline(text: &str, options: &JsValue) -> JsValue {
    plain(&outlined::outline(text, &Input::read(options)))
}

/// The id of the host that looks at `path`, if any does.
#[wasm_bindgen(js_name = hostOf)]
pub fn host_of(path: &str) -> Option<String> {
    rolewright_core::host::by_path(path).map(|host| host.id.to_string())
}

/// A value as plain objects, arrays, strings, numbers and booleans.
fn plain(value: &impl Serialize) -> JsValue {
    // Serialising the shapes of this crate into JavaScript objects has no way to fail.
    value
        .serialize(&serde_wasm_bindgen::Serializer::json_compatible())
        .unwrap_or(JsValue::UNDEFINED)
}
