//! The worker that runs the engine: receives requests, and sends the responses that `answer`
//! computes. A trap ends the worker, and the page starts a new one.

mod analysis;
mod answer;
mod graph;
mod matrix;
mod styles;
mod synced;

use js_sys::Uint8Array;
use rolewright_messages::{PROTOCOL, Request, Response, decode, encode};
use std::cell::RefCell;
use synced::SyncedWorkspace;
use wasm_bindgen::prelude::*;
use web_sys::{DedicatedWorkerGlobalScope, MessageEvent};

fn main() {
    name_panics();
    // In a browser without workers, the engine runs in the page, and the start script provides a
    // port that listens and posts like a worker's scope.
    let global: DedicatedWorkerGlobalScope = js_sys::global().unchecked_into();
    let port = js_sys::Reflect::get(&global, &JsValue::from_str("rolewrightPort"));
    let scope = match port {
        Ok(port) if port.is_object() => port.unchecked_into(),
        _ => global.clone(),
    };
    let answering = scope.clone();
    let synced = RefCell::new(SyncedWorkspace::default());
    let clock = move || global.performance().map_or(0.0, |performance| performance.now());
    let on_message = Closure::<dyn FnMut(MessageEvent)>::new(move |event: MessageEvent| {
        // A message of a different protocol cannot be read; the page learns of the mismatch from
        // `Ready`.
        let bytes = event.data().dyn_into::<Uint8Array>();
        let request = bytes.ok().and_then(|bytes| decode::<Request>(&bytes.to_vec()));
        if let Some(request) = request {
            say(&answering, &answer::respond(&mut synced.borrow_mut(), request, &clock));
        }
    });
    scope.set_onmessage(Some(on_message.as_ref().unchecked_ref()));
    on_message.forget();
    say(
        &scope,
        &Response::Ready {
            protocol: PROTOCOL,
            version: env!("CARGO_PKG_VERSION").to_string(),
            hosts: answer::hosts(),
            rules: answer::rules(),
        },
    );
    answer::warm_up();
}

/// Reports a panic as an error with its message and location; the trap that would follow tells the
/// page only "unreachable".
fn name_panics() {
    std::panic::set_hook(Box::new(|panic| {
        let error = js_sys::Error::new(&panic.to_string());
        error.set_name("EnginePanic");
        wasm_bindgen::throw_val(error.into());
    }));
}

fn say(scope: &DedicatedWorkerGlobalScope, message: &Response) {
    let bytes = Uint8Array::from(encode(message).as_slice());
    // Posting bytes cannot fail; if it did, the page's watchdog would notice.
    let _ = scope.post_message(&bytes);
}
