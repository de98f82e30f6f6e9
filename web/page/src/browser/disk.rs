//! Saves a project to a folder on this computer, through a script, if the browser supports it.

use super::object::{list_of, map, text_of};
use super::property;
use crate::state::disk::{DiskResult, Event};
use crate::state::workspace::Workspace;
use js_sys::Promise;
use std::future::Future;
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::JsFuture;

#[wasm_bindgen]
extern "C" {
    /// A promise of `{ canSave, folder, isDirty }`.
    #[wasm_bindgen(catch, js_namespace = RolewrightDisk)]
    fn status(id: &str, files: &JsValue) -> Result<Promise, JsValue>;

    /// A promise of the result of choosing a folder and saving there.
    #[wasm_bindgen(catch, js_namespace = RolewrightDisk)]
    fn link(id: &str, files: &JsValue) -> Result<Promise, JsValue>;

    /// A promise of the result of saving.
    #[wasm_bindgen(catch, js_namespace = RolewrightDisk)]
    fn save(id: &str, files: &JsValue, forced: bool) -> Result<Promise, JsValue>;

    /// A promise of whether every file is in the same state as before the last save.
    #[wasm_bindgen(catch, js_namespace = RolewrightDisk)]
    fn undo(id: &str) -> Result<Promise, JsValue>;
}

async fn result(call: Result<Promise, JsValue>) -> JsValue {
    let Ok(promise) = call else { return JsValue::UNDEFINED };
    JsFuture::from(promise).await.unwrap_or(JsValue::UNDEFINED)
}

/// Whether the browser can save to disk, and the folder of this project.
pub fn find(id: &str, workspace: &Workspace) -> impl Future<Output = Event> + use<> {
    let call = status(id, &map(&workspace.files));
    async move {
        let found = result(call).await;
        let flag = |name| property(&found, name).is_some_and(|value| value.is_truthy());
        let (can, dirty) = (flag("canSave"), flag("isDirty"));
        Event::Found { can, folder: text_of(&found, "folder"), dirty }
    }
}

/// Lets the user choose a folder, and saves there.
pub fn choose(id: &str, workspace: &Workspace) -> impl Future<Output = Event> + use<> {
    let call = link(id, &map(&workspace.files));
    async move { Event::Saved(result_of(&result(call).await)) }
}

/// Saves to the project's folder; `forced` overwrites changes that others made there.
pub fn write(id: &str, workspace: &Workspace, forced: bool) -> impl Future<Output = Event> + use<> {
    let call = save(id, &map(&workspace.files), forced);
    async move { Event::Saved(result_of(&result(call).await)) }
}

/// Undoes the last save.
pub fn take_back(id: &str) -> impl Future<Output = Event> + use<> {
    let call = undo(id);
    async move { Event::Undone(result(call).await.is_truthy()) }
}

fn result_of(found: &JsValue) -> DiskResult {
    let paths = |name| list_of(found, name).iter().filter_map(JsValue::as_string).collect();
    DiskResult {
        state: text_of(found, "state").unwrap_or_else(|| "failed".into()),
        folder: text_of(found, "folder").unwrap_or_default(),
        paths: paths("paths"),
        left: paths("left"),
        why: text_of(found, "why").unwrap_or_default(),
    }
}
