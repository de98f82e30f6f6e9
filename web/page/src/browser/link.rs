//! Reads projects from share links and creates share links, through a script that packs the text.

use super::record;
use crate::state::Action;
use crate::state::workspace::Workspace;
use js_sys::Promise;
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::{JsFuture, spawn_local};
use yew::Callback;

#[wasm_bindgen]
extern "C" {
    /// A promise of the URL of this page with a text in its fragment.
    #[wasm_bindgen(catch, js_namespace = RolewrightLink)]
    fn make(text: &str) -> Result<Promise, JsValue>;

    /// Calls `take` with the contents of every link, and whether they are complete.
    #[wasm_bindgen(catch, js_namespace = RolewrightLink)]
    fn listen(take: &JsValue) -> Result<(), JsValue>;
}

/// Reports every project that a link contains, for the lifetime of the page.
pub fn receive(report: Callback<Action>) {
    let take = Closure::<dyn FnMut(JsValue, bool)>::new(move |value, whole| {
        let workspace = record::shared(&value).map(Box::new);
        report.emit(Action::Received { workspace, whole });
    });
    // If the script is missing, so is the editor, whose absence is reported elsewhere.
    let _ = listen(&take.into_js_value());
}

/// Creates a link that contains a project and reports it.
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
