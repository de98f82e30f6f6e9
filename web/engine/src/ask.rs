//! Reads a question off a message by hand: deriving it would bring the whole of serde's reading side,
//! with its formatting of numbers, into the WebAssembly, a tenth of its size.

use js_sys::{Array, Map, Object, Reflect};
use rolewright_messages::{Ask, Project};
use std::collections::BTreeMap;
use wasm_bindgen::{JsCast, JsValue};

/// The question in a message; `None` where it is none of this protocol.
pub fn read(message: &JsValue) -> Option<Ask> {
    if let Some(question) = field(message, "analyse") {
        return Some(Ask::Analyse {
            rev: rev(&question)?,
            project: project(&field(&question, "project")?)?,
        });
    }
    let question = field(message, "fix-all")?;
    Some(Ask::FixAll {
        rev: rev(&question)?,
        project: project(&field(&question, "project")?)?,
        path: text(&question, "path")?,
    })
}

fn project(value: &JsValue) -> Option<Project> {
    Some(Project {
        entry: text(value, "entry")?,
        active: text(value, "active")?,
        files: texts(&field(value, "files")?),
        values: texts(&field(value, "values")?),
        host: text(value, "host"),
        profile: text(value, "profile")?,
        rules: texts(&field(value, "rules")?),
    })
}

fn field(value: &JsValue, name: &str) -> Option<JsValue> {
    Reflect::get(value, &JsValue::from_str(name))
        .ok()
        .filter(|found| !found.is_undefined() && !found.is_null())
}

fn text(value: &JsValue, name: &str) -> Option<String> {
    field(value, name)?.as_string()
}

/// Revisions count keystrokes and stay far below 2^53, where a number stops being exact.
#[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "a counter, see above")]
fn rev(value: &JsValue) -> Option<u64> {
    field(value, "rev")?.as_f64().map(|number| number as u64)
}

/// A map of strings, which serde writes as a JavaScript `Map` or as a plain object.
fn texts(value: &JsValue) -> BTreeMap<String, String> {
    let mut texts = BTreeMap::new();
    let entries = match value.dyn_ref::<Map>() {
        Some(map) => Array::from(&map.entries()),
        None => value.dyn_ref::<Object>().map(Object::entries).unwrap_or_default(),
    };
    for entry in entries.iter() {
        let entry: Array = entry.unchecked_into();
        if let (Some(name), Some(text)) = (entry.get(0).as_string(), entry.get(1).as_string()) {
            texts.insert(name, text);
        }
    }
    texts
}
