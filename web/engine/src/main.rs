//! The worker that runs the engine: messages in, messages out. What it says is worked out in
//! `analysis`; a trap here ends the worker, and the page starts another.

mod analysis;
mod ask;
mod places;

use rolewright_messages::{Ask, PROTOCOL, Say};
use wasm_bindgen::prelude::*;
use web_sys::{DedicatedWorkerGlobalScope, MessageEvent};

fn main() {
    let scope: DedicatedWorkerGlobalScope = js_sys::global().unchecked_into();
    let answering = scope.clone();
    let on_message = Closure::<dyn FnMut(MessageEvent)>::new(move |event: MessageEvent| {
        // A message of another protocol cannot be read; the page learns of the mismatch from `Ready`.
        if let Some(ask) = ask::read(&event.data()) {
            say(&answering, &answer(ask, &answering));
        }
    });
    scope.set_onmessage(Some(on_message.as_ref().unchecked_ref()));
    on_message.forget();
    say(
        &scope,
        &Say::Ready {
            protocol: PROTOCOL,
            version: env!("CARGO_PKG_VERSION").to_string(),
            hosts: analysis::hosts(),
            rules: analysis::rules(),
        },
    );
}

fn answer(ask: Ask, scope: &DedicatedWorkerGlobalScope) -> Say {
    let clock = || scope.performance().map_or(0.0, |performance| performance.now());
    match ask {
        Ask::Analyse { rev, project } => {
            Say::Analysed { rev, analysis: Box::new(analysis::analyse(&project, &clock)) }
        }
        Ask::FixAll { rev, project, path } => {
            let (edits, fixed, left) = analysis::fix_all(&project, &path);
            Say::Fixed { rev, path, edits, fixed, left }
        }
    }
}

fn say(scope: &DedicatedWorkerGlobalScope, message: &Say) {
    let options = serde_wasm_bindgen::Serializer::json_compatible();
    if let Ok(value) = serde::Serialize::serialize(message, &options) {
        // Posting a plain object cannot fail; were it to, the page's watchdog would notice.
        let _ = scope.post_message(&value);
    }
}
