//! What goes out to JavaScript: plain values. One shape of data serves every result, because each
//! struct that is serialised by itself would bring a copy of the code that does it.

use crate::places::narrow;
use serde::ser::{Serialize, SerializeMap, Serializer};
use std::borrow::Cow;
use wasm_bindgen::JsValue;

/// A plain JavaScript value.
pub enum Value {
    /// No value: a property that holds it is left out.
    Absent,
    /// `true` or `false`.
    Bool(bool),
    /// A whole number.
    Number(u32),
    /// A string.
    Text(Cow<'static, str>),
    /// An array.
    List(Vec<Value>),
    /// An object, its properties in this order.
    Object(Vec<(&'static str, Value)>),
}

impl Value {
    /// An object with these properties.
    pub fn object<const N: usize>(properties: [(&'static str, Value); N]) -> Self {
        Self::Object(Vec::from(properties))
    }

    /// The value as JavaScript has it.
    pub fn to_js(&self) -> JsValue {
        // Plain values have no way to fail.
        self.serialize(&serde_wasm_bindgen::Serializer::json_compatible())
            .unwrap_or(JsValue::UNDEFINED)
    }
}

impl Serialize for Value {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self {
            Value::Absent => serializer.serialize_unit(),
            Value::Bool(flag) => serializer.serialize_bool(*flag),
            Value::Number(number) => serializer.serialize_u32(*number),
            Value::Text(text) => serializer.serialize_str(text),
            Value::List(items) => serializer.collect_seq(items),
            Value::Object(properties) => {
                let mut map = serializer.serialize_map(None)?;
                for (name, value) in properties {
                    if !matches!(value, Value::Absent) {
                        map.serialize_entry(name, value)?;
                    }
                }
                map.end()
            }
        }
    }
}

impl From<bool> for Value {
    fn from(flag: bool) -> Self {
        Value::Bool(flag)
    }
}

impl From<usize> for Value {
    fn from(number: usize) -> Self {
        Value::Number(narrow(number))
    }
}

impl From<&'static str> for Value {
    fn from(text: &'static str) -> Self {
        Value::Text(Cow::Borrowed(text))
    }
}

impl From<String> for Value {
    fn from(text: String) -> Self {
        Value::Text(Cow::Owned(text))
    }
}

impl From<Cow<'static, str>> for Value {
    fn from(text: Cow<'static, str>) -> Self {
        Value::Text(text)
    }
}

impl<V: Into<Value>> From<Option<V>> for Value {
    fn from(value: Option<V>) -> Self {
        value.map_or(Value::Absent, Into::into)
    }
}

impl FromIterator<Value> for Value {
    fn from_iter<I: IntoIterator<Item = Value>>(items: I) -> Self {
        Value::List(items.into_iter().collect())
    }
}
