//! Links that hold a project: what one brings comes out as an action, and one is made of a project.
//! The packing is the script's, one global object beside the editor.

use super::record;
use crate::state::Action;
use crate::state::workspace::Workspace;
use js_sys::Promise;
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::{JsFuture, spawn_local};
use yew::Callback;

#[wasm_bindgen]
extern "C" {
    /// A promise of the address of this page with a text in it.
    #[wasm_bindgen(catch, js_namespace = RolewrightLink)]
    fn make(text: &str) -> Result<Promise, JsValue>;

    /// Calls with what a link holds, and whether that is all of it, for every link there is.
    #[wasm_bindgen(catch, js_namespace = RolewrightLink)]
    fn listen(take: &JsValue) -> Result<(), JsValue>;
}

/// Reports every project that a link brings, as long as the page lives.
pub fn receive(report: Callback<Action>) {
    let take = Closure::<dyn FnMut(JsValue, bool)>::new(move |value, whole| {
        let workspace = record::shared(&value).map(Box::new);
        report.emit(Action::Received { workspace, whole });
    });
    // Without the script there are no links, and no editor either, which is said elsewhere.
    let _ = listen(&take.into_js_value());
}

/// Puts a project into a link and reports the link.
pub fn pack(workspace: &Workspace, report: Callback<Action>) {
    let text = record::to_json(&record::of_shared(workspace));
    let link = text.and_then(|text| make(&text).ok());
    spawn_local(async move {
        let link = match link {
            Some(promise) => JsFuture::from(promise).await.ok().and_then(|link| link.as_string()),
            None => None,
        };
        report.emit(Action::Linked(link));
    });
}
