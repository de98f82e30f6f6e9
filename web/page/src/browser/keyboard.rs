//! Keyboard shortcuts for the whole page; keys that the editor has handled are ignored.

use crate::state::Action;
use crate::state::action::LookAction;
use gloo_events::{EventListener, EventListenerOptions};
use wasm_bindgen::JsCast;
use web_sys::KeyboardEvent;
use yew::Callback;

/// Listens while the listener is kept.
pub fn listen(report: Callback<Action>) -> Option<EventListener> {
    let window = super::window()?;
    let options = EventListenerOptions::enable_prevent_default();
    Some(EventListener::new_with_options(&window, "keydown", options, move |event| {
        let Some(key) = event.dyn_ref::<KeyboardEvent>() else { return };
        if key.default_prevented() {
            return;
        }
        if let Some(action) = action(key) {
            key.prevent_default();
            report.emit(action);
        }
    }))
}

fn action(event: &KeyboardEvent) -> Option<Action> {
    let control = event.ctrl_key() || event.meta_key();
    let plain = !control && !event.alt_key();
    let command = |name: &str| Some(Action::Command(name.into()));
    match event.key().as_str() {
        "F8" if plain && event.shift_key() => command("previous-problem"),
        "F8" if plain => command("next-problem"),
        "F1" if plain => command("palette"),
        "s" if control && !event.shift_key() && !event.alt_key() => command("save"),
        "Enter" if control => command("prompt"),
        "z" | "Z" if event.alt_key() && !control => Some(Action::Look(LookAction::Wrap)),
        // With Option held, macOS types a different character with that key.
        key if event.code() == "KeyZ" && event.alt_key() && !control && !key.is_ascii() => {
            Some(Action::Look(LookAction::Wrap))
        }
        _ => None,
    }
}
