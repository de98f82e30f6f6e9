//! Reads and writes plain JavaScript objects field by field; a general serializer would make up a fifth of
//! the page's WebAssembly.

use js_sys::{Array, Object, Reflect};
use std::collections::BTreeMap;
use wasm_bindgen::{JsCast, JsValue};

/// An object with these fields.
pub fn object(fields: &[(&str, JsValue)]) -> JsValue {
    let object = Object::new();
    for (name, value) in fields {
        // Fails only on frozen objects and on setters that throw.
        let _ = Reflect::set(&object, &JsValue::from_str(name), value);
    }
    object.into()
}

/// A list of values.
pub fn list(values: impl Iterator<Item = JsValue>) -> JsValue {
    values.collect::<Array>().into()
}

/// A list of texts.
pub fn texts<'a>(values: impl IntoIterator<Item = &'a String>) -> JsValue {
    list(values.into_iter().map(|text| JsValue::from_str(text)))
}

/// Texts by name.
pub fn map(values: &BTreeMap<String, String>) -> JsValue {
    let object = Object::new();
    for (name, value) in values {
        let _ = Reflect::set(&object, &JsValue::from_str(name), &JsValue::from_str(value));
    }
    object.into()
}

/// A field that contains text.
pub fn text_of(object: &JsValue, name: &str) -> Option<String> {
    super::property(object, name)?.as_string()
}

/// A field that contains a whole number.
pub fn number_of(object: &JsValue, name: &str) -> Option<u32> {
    super::property(object, name)?.as_f64().map(|n| n as u32)
}

/// A field that contains a Boolean.
pub fn flag_of(object: &JsValue, name: &str) -> Option<bool> {
    super::property(object, name)?.as_bool()
}

/// A field that contains a list; empty if it contains anything else.
pub fn list_of(object: &JsValue, name: &str) -> Vec<JsValue> {
    let list = super::property(object, name).and_then(|v| v.dyn_into::<Array>().ok());
    list.map(|list| list.iter().collect()).unwrap_or_default()
}

/// A field that contains texts by name; empty if it contains anything else.
pub fn map_of(object: &JsValue, name: &str) -> BTreeMap<String, String> {
    let mut map = BTreeMap::new();
    let object = super::property(object, name).and_then(|v| v.dyn_into::<Object>().ok());
    for entry in object.map(|o| Object::entries(&o)).unwrap_or_default().iter() {
        let entry: Array = entry.unchecked_into();
        if let (Some(name), Some(text)) = (entry.get(0).as_string(), entry.get(1).as_string()) {
            map.insert(name, text);
        }
    }
    map
}
