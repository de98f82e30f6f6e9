//! Files of a workspace that JavaScript holds. A text crosses the border when the engine first asks
//! for it, the list of paths likewise: a role without includes costs nothing however many files
//! there are.

use js_sys::{Array, Function, Reflect};
use rolewright_core::Files;
use std::cell::OnceCell;
use wasm_bindgen::{JsCast, JsValue};

/// Two functions of JavaScript: `text(path)` and `paths()`; without them no files are to be seen.
pub struct JsFiles {
    text: Option<Function>,
    paths: Option<Function>,
    known: OnceCell<Vec<String>>,
    asked: OnceCell<Box<Asked>>,
}

/// A list that only grows, so that texts can be lent out while it does.
struct Asked {
    path: String,
    text: Option<String>,
    next: OnceCell<Box<Asked>>,
}

impl JsFiles {
    /// The files of an object with the two functions.
    pub fn new(object: &JsValue) -> Self {
        let function = |name: &str| {
            Reflect::get(object, &JsValue::from_str(name)).ok()?.dyn_into::<Function>().ok()
        };
        Self {
            text: function("text"),
            paths: function("paths"),
            known: OnceCell::new(),
            asked: OnceCell::new(),
        }
    }

    fn ask(&self, path: &str) -> Option<String> {
        let path = JsValue::from_str(path);
        self.text.as_ref()?.call1(&JsValue::UNDEFINED, &path).ok()?.as_string()
    }
}

impl Files for JsFiles {
    fn text(&self, path: &str) -> Option<&str> {
        let mut place = &self.asked;
        loop {
            let asked = place.get_or_init(|| {
                let (path, text) = (path.to_string(), self.ask(path));
                Box::new(Asked { path, text, next: OnceCell::new() })
            });
            if asked.path == path {
                return asked.text.as_deref();
            }
            place = &asked.next;
        }
    }

    fn paths(&self) -> Vec<&str> {
        let known = self.known.get_or_init(|| {
            let answer = self.paths.as_ref().and_then(|f| f.call0(&JsValue::UNDEFINED).ok());
            let paths = answer.and_then(|answer| answer.dyn_into::<Array>().ok());
            paths
                .map(|paths| paths.iter().filter_map(|path| path.as_string()).collect())
                .unwrap_or_default()
        });
        known.iter().map(String::as_str).collect()
    }

    fn is_known(&self) -> bool {
        self.text.is_some()
    }
}
