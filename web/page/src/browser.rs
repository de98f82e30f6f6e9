//! The only code that calls browser APIs: carries out effects and reports events as actions.

pub mod clock;
pub mod dialog;
pub mod disk;
pub mod docs;
pub mod editor;
pub mod engine;
pub mod files;
pub mod input;
pub mod keyboard;
pub mod link;
pub mod object;
pub mod offline;
pub mod place;
pub mod query;
pub mod record;
pub mod spoken;
pub mod storage;
pub mod tabs;
pub mod theme;

use wasm_bindgen::JsValue;
use web_sys::{Document, Window};

/// The window; a page always has one. `gloo_utils::window` would panic without a window.
fn window() -> Option<Window> {
    web_sys::window()
}

/// The document; a page always has one.
fn document() -> Option<Document> {
    window()?.document()
}

/// Puts the project's name in the page title, and so in the tab and in bookmarks.
pub fn set_title(project: &str) {
    let title = format!("{project} · Rolewright");
    // Even an equal title replaces a node, and is sent to the browser's own process.
    if let Some(document) = document().filter(|document| document.title() != title) {
        document.set_title(&title);
    }
}

/// A property of a JavaScript object, unless it is missing.
fn property(object: &JsValue, name: &str) -> Option<JsValue> {
    let value = js_sys::Reflect::get(object, &JsValue::from_str(name)).ok()?;
    (!value.is_undefined() && !value.is_null()).then_some(value)
}
