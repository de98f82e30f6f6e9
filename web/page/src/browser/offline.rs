//! Reports the network state, the offline copy and available updates as actions.

use crate::state::Action;
use crate::state::action::VersionAction;
use gloo_events::{EventListener, EventListenerOptions};
use yew::Callback;

/// Reports the current state, and every change while the listeners are kept.
pub fn listen(report: &Callback<Action>) -> Vec<EventListener> {
    let (Some(window), Some(document)) = (super::window(), super::document()) else {
        return Vec::new();
    };
    let on = |target: &web_sys::EventTarget, name: &'static str, action: Action| {
        let report = report.clone();
        EventListener::new(target, name, move |_| report.emit(action.clone()))
    };
    let marked =
        |name: &str| document.document_element().is_some_and(|root| root.has_attribute(name));
    if marked("data-offline") {
        report.emit(Action::Version(VersionAction::OfflineReady));
    }
    if marked("data-update") {
        report.emit(Action::Version(VersionAction::UpdateReady));
    }
    if !window.navigator().on_line() {
        report.emit(Action::Version(VersionAction::Cut(true)));
    }
    vec![
        on(&document, "rolewright:offline-ready", Action::Version(VersionAction::OfflineReady)),
        on(&document, "rolewright:update-ready", Action::Version(VersionAction::UpdateReady)),
        on(&window, "offline", Action::Version(VersionAction::Cut(true))),
        on(&window, "online", Action::Version(VersionAction::Cut(false))),
        on(&window, "pagehide", Action::Leaving),
        before_unload(&window, report.clone()),
        on(&document, "visibilitychange", Action::Leaving),
    ]
}

/// Reports that the page may be left. Runs in the capture phase, because the store is asked for
/// unsaved data in the bubble phase.
fn before_unload(window: &web_sys::Window, report: Callback<Action>) -> EventListener {
    let options = EventListenerOptions::run_in_capture_phase();
    let leaving = move |_: &web_sys::Event| report.emit(Action::Leaving);
    EventListener::new_with_options(window, "beforeunload", options, leaving)
}

/// Switches to the new version.
pub fn update() {
    tell("rolewright:apply-update");
}

/// Announces that the engine has answered, so that the offline copy can be made.
pub fn engine_ready() {
    tell("rolewright:engine-ready");
}

fn tell(what: &str) {
    let event = web_sys::Event::new(what);
    if let (Some(document), Ok(event)) = (super::document(), event) {
        let _ = document.dispatch_event(&event);
    }
}

/// Reloads the page.
pub fn reload() {
    if let Some(window) = super::window() {
        // Fails only while the page is unloading.
        let _ = window.location().reload();
    }
}
