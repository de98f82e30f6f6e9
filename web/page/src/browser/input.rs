//! Reads values from form controls and consumes events.

use wasm_bindgen::JsCast;
use web_sys::{Event, HtmlInputElement, HtmlSelectElement, HtmlTextAreaElement};
use yew::NodeRef;

/// The value of the control that dispatched an event.
pub fn value(event: &Event) -> String {
    let Some(target) = event.target() else { return String::new() };
    if let Some(input) = target.dyn_ref::<HtmlInputElement>() {
        input.value()
    } else if let Some(select) = target.dyn_ref::<HtmlSelectElement>() {
        select.value()
    } else if let Some(area) = target.dyn_ref::<HtmlTextAreaElement>() {
        area.value()
    } else {
        String::new()
    }
}

/// Consumes an event, so that neither the browser nor another listener handles it.
pub fn take(event: &Event) {
    event.prevent_default();
    event.stop_propagation();
}

/// Selects the option with this value.
pub fn choose(node: &NodeRef, value: &str) {
    if let Some(select) = node.cast::<HtmlSelectElement>().filter(|s| s.value() != value) {
        select.set_value(value);
    }
}

/// The value of a field.
pub fn text(node: &NodeRef) -> String {
    node.cast::<HtmlInputElement>().map_or(String::new(), |field| field.value())
}
