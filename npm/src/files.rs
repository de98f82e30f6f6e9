//! Files of a workspace that JavaScript holds. A text crosses the border when the engine asks for it,
//! the list of paths likewise: a role without includes costs nothing however many files there are.

use js_sys::{Array, Function, Reflect};
use rolewright_core::Files;
use std::borrow::Cow;
use wasm_bindgen::{JsCast, JsValue};

/// Two functions of JavaScript: `text(path)` and `paths()`; without them no files are to be seen.
pub struct JsFiles {
    text: Option<Function>,
    paths: Option<Function>,
}

impl JsFiles {
    /// The files of an object with the two functions.
    pub fn new(object: &JsValue) -> Self {
        let function = |name: &str| {
            Reflect::get(object, &JsValue::from_str(name)).ok()?.dyn_into::<Function>().ok()
        };
        Self { text: function("text"), paths: function("paths") }
    }
}

impl Files for JsFiles {
    fn text(&self, path: &str) -> Option<Cow<'_, str>> {
        let path = JsValue::from_str(path);
        self.text.as_ref()?.call1(&JsValue::UNDEFINED, &path).ok()?.as_string().map(Cow::Owned)
    }

    fn paths(&self) -> Vec<Cow<'_, str>> {
        let answer = self.paths.as_ref().and_then(|f| f.call0(&JsValue::UNDEFINED).ok());
        let paths = answer.and_then(|answer| answer.dyn_into::<Array>().ok()).unwrap_or_default();
        paths.iter().filter_map(|path| path.as_string()).map(Cow::Owned).collect()
    }

    fn is_known(&self) -> bool {
        self.text.is_some()
    }
}
