//! Fetches the documentation of the rules. gloo-net would add the crates `http` and `serde_json` for a
//! single GET request.

use crate::state::Action;
use crate::state::action::RuleAction;
use crate::state::docs::RuleDocs;
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::{JsFuture, spawn_local};
use web_sys::Response;
use yew::Callback;

/// Fetches the documentation and reports the result.
pub fn fetch(report: Callback<Action>) {
    spawn_local(async move {
        report.emit(Action::Rule(RuleAction::Documented(documentation().await.ok())))
    });
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
