//! Options of a call, read off a JavaScript object by hand. The JavaScript side has checked them:
//! what is not understood here is left at its default.

use crate::files::JsFiles;
use crate::places::Encoding;
use js_sys::{Array, Object, Reflect};
use rolewright_core::host::Host;
use rolewright_core::{Options, Profile, Severity, Values};
use wasm_bindgen::{JsCast, JsValue};

/// Everything a call says beside its text.
pub struct Input {
    /// Path of the text.
    pub path: String,
    /// Settings.
    pub options: Options,
    /// Values of variables.
    pub values: Values,
    /// The files around.
    pub files: JsFiles,
    /// What offsets and columns count in the result.
    pub encoding: Encoding,
    /// `fix`: whether fixes that somebody should look at are applied too.
    pub unsafe_too: bool,
}

impl Input {
    /// Reads an options object; `undefined` has every default.
    pub fn read(object: &JsValue) -> Self {
        let mut options = Options {
            host: text(object, "host").and_then(|id| Host::by_id(&id)),
            ..Options::default()
        };
        if let Some(profile) = text(object, "profile").and_then(|name| Profile::from_name(&name)) {
            options.profile = profile;
        }
        for (rule, setting) in texts(object, "rules") {
            options.rules.insert(rule, Severity::from_name(&setting));
        }
        Self {
            path: text(object, "path").unwrap_or_default(),
            options,
            values: texts(object, "values").into_iter().collect(),
            files: JsFiles::new(&field(object, "files")),
            encoding: match text(object, "encoding").as_deref() {
                Some("utf-8") => Encoding::Utf8,
                _ => Encoding::Utf16,
            },
            unsafe_too: field(object, "unsafe").is_truthy(),
        }
    }
}

/// A property; `undefined` where there is none.
pub fn field(object: &JsValue, name: &str) -> JsValue {
    Reflect::get(object, &JsValue::from_str(name)).unwrap_or(JsValue::UNDEFINED)
}

/// A property that is a string.
pub fn text(object: &JsValue, name: &str) -> Option<String> {
    field(object, name).as_string()
}

/// The strings of a property that is a plain object, with their names.
fn texts(object: &JsValue, name: &str) -> Vec<(String, String)> {
    let Ok(record) = field(object, name).dyn_into::<Object>() else { return Vec::new() };
    let entries = Object::entries(&record);
    let pair = |entry: JsValue| {
        let entry: Array = entry.dyn_into().ok()?;
        Some((entry.get(0).as_string()?, entry.get(1).as_string()?))
    };
    entries.iter().filter_map(pair).collect()
}
