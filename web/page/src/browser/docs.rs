//! Fetches the documentation of the rules, which lies beside the page. One GET of one file: gloo-net
//! would bring the crates `http` and `serde_json` for it.

use crate::state::Action;
use crate::state::docs::RuleDocs;
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::{JsFuture, spawn_local};
use web_sys::Response;
use yew::Callback;

/// Fetches it and reports what came of it.
pub fn fetch(report: Callback<Action>) {
    spawn_local(async move { report.emit(Action::Documented(documentation().await.ok())) });
}

async fn documentation() -> Result<Vec<RuleDocs>, JsValue> {
    let window = super::window().ok_or(JsValue::UNDEFINED)?;
    let answer = JsFuture::from(window.fetch_with_str("lazy/rules.json")).await?;
    let answer: Response = answer.dyn_into()?;
    if !answer.ok() {
        return Err(JsValue::UNDEFINED);
    }
    let rules: js_sys::Array = JsFuture::from(answer.json()?).await?.dyn_into()?;
    Ok(rules.iter().map(|rule| super::record::docs(&rule)).collect())
}
