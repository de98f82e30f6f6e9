//! Bindings of the engine for the npm package `rolewright`: a call comes in as a text and an options
//! object that the JavaScript side has checked, and goes out as plain data.

mod files;
mod input;
mod panic;
mod settings;
mod stream;
mod workspace;

use input::Input;
use rolewright_core::{detect, spelling, template};
use rolewright_services as services;
use serde::Serialize;
use wasm_bindgen::prelude::*;

/// Checks `text`.
#[wasm_bindgen]
pub fn check(text: &str, options: &JsValue) -> JsValue {
    let call = Input::read(options);
    let found = rolewright_core::check(&call.source(text), &call.options);
    to_js(&services::report(found, &call.document(text)))
}

/// Applies the fixes of `text`.
#[wasm_bindgen]
pub fn fix(text: &str, options: &JsValue) -> JsValue {
    let call = Input::read(options);
    let fixed = rolewright_core::fix(&call.source(text), &call.options, call.fixes);
    to_js(&services::fixed(fixed, &call.document(text)))
}

/// Checks one file of many.
#[wasm_bindgen(js_name = checkOne)]
pub fn check_one(text: &str, options: &JsValue) -> JsValue {
    to_js(&stream::check_one(text, &Input::read(options)))
}

/// Compares files that were checked one by one; `claims` are those that `checkOne` returned.
#[wasm_bindgen]
pub fn compare(claims: JsValue, options: &JsValue) -> JsValue {
    let claims = serde_wasm_bindgen::from_value(claims);
    let claims = claims.unwrap_or_else(|error| panic!("claims of a call: {error}"));
    to_js(&stream::compare(claims, &Input::read(options)))
}

/// Compiles `text`.
#[wasm_bindgen]
pub fn compile(text: &str, options: &JsValue) -> JsValue {
    let call = Input::read(options);
    let document = call.document(text);
    let target = call.target(&document);
    let done = rolewright_core::compile(&call.source(text), &call.options, &target);
    to_js(&services::compiled(done, &document, call.map))
}

/// The compilation for each host of `text`.
#[wasm_bindgen]
pub fn matrix(text: &str, options: &JsValue) -> JsValue {
    let call = Input::read(options);
    let document = call.document(text);
    let target = call.target(&document);
    let rows = rolewright_core::compile::matrix(&call.source(text), &call.options, &target);
    to_js(&services::matrix(rows, &document))
}

/// The files that a compilation of `text` would be made of.
#[wasm_bindgen]
pub fn inputs(text: &str, options: &JsValue) -> JsValue {
    let call = Input::read(options);
    let expanded = template::expand(&call.source(text), &call.options);
    let state = template::IncludeState::Included;
    let absent = expanded.includes.into_iter().filter(|include| include.state != state);
    let absent = absent.map(|include| include.path).collect();
    to_js(&Inputs { read: expanded.files, absent })
}

/// The files that a compilation would be made of.
#[derive(Serialize)]
struct Inputs {
    /// Those it reads, including the text itself.
    read: Vec<String>,
    /// Those it would read if they existed, as written.
    absent: Vec<String>,
}

/// The outline of `text`.
#[wasm_bindgen]
pub fn outline(text: &str, options: &JsValue) -> JsValue {
    to_js(&services::outline(&Input::read(options).document(text)))
}

/// What may be written at an offset of `text`.
#[wasm_bindgen]
pub fn complete(text: &str, offset: u32, options: &JsValue) -> JsValue {
    to_js(&services::complete(&Input::read(options).document(text), offset))
}

/// What is at an offset of `text`, explained.
#[wasm_bindgen]
pub fn hover(text: &str, offset: u32, options: &JsValue) -> JsValue {
    match services::hover(&Input::read(options).document(text), offset) {
        Some(found) => to_js(&found),
        None => JsValue::NULL,
    }
}

/// Why the file at `path` cannot be a role; nothing if that depends on its text.
#[wasm_bindgen]
pub fn unread(path: &str) -> Option<String> {
    match detect::place(path) {
        detect::Place::Never(why) => Some(why.name().to_string()),
        _ => None,
    }
}

/// Whether the file at `path` is a role, among the files of the options: the manifest of a plugin, a skill or
/// the other roles in the folder can settle it.
#[wasm_bindgen]
pub fn judge(path: &str, text: &str, options: &JsValue) -> JsValue {
    to_js(&Classification::new(path, text, &files::JsFiles::of(options)))
}

/// The result of judging a file.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Classification {
    /// The id of its host, where it is a role.
    #[serde(skip_serializing_if = "Option::is_none")]
    host: Option<&'static str>,
    /// What it is to that host: `role`, `prompt`, `rule`, `context`.
    #[serde(skip_serializing_if = "Option::is_none")]
    kind: Option<&'static str>,
    /// Why it is a role, as sentences; why not, in a few words.
    reason: String,
    /// Whether its text alone makes it a role, so that it may be a part of another.
    may_be_part: bool,
    /// Whether it may include other files.
    includes: bool,
    /// Whether it resembles a role without being one.
    near: bool,
}

impl Classification {
    fn new(path: &str, text: &str, files: &files::JsFiles) -> Self {
        let includes = text.contains("{{");
        match detect::classify_among(path, text, detect::FoundBy::Search, files) {
            Ok(classified) => Self {
                host: Some(classified.host().id),
                kind: Some(classified.host().kind.name()),
                reason: classified.reason(),
                may_be_part: classified.may_be_part(),
                includes,
                near: false,
            },
            Err(passed) => Self {
                host: None,
                kind: None,
                reason: passed.why.name().to_string(),
                may_be_part: false,
                includes,
                near: passed.near,
            },
        }
    }
}

/// The one of `names` that `name` was probably meant to be.
#[wasm_bindgen]
#[expect(clippy::needless_pass_by_value, reason = "arrays of strings come by value")]
pub fn nearest(name: &str, names: Vec<String>) -> Option<String> {
    spelling::nearest(name, names.iter().map(String::as_str)).map(str::to_string)
}

/// A result as plain objects, arrays, strings, numbers and booleans.
fn to_js(result: &impl Serialize) -> JsValue {
    let serializer = serde_wasm_bindgen::Serializer::json_compatible();
    result.serialize(&serializer).unwrap_or_else(|error| panic!("result of a call: {error}"))
}
