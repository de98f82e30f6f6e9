//! Passes the message and location of a panic to JavaScript before the trap that follows it, which
//! has neither. `EngineCrashed` carries them.

use std::panic::PanicHookInfo;
use wasm_bindgen::prelude::*;

#[wasm_bindgen(raw_module = "./crash.js")]
extern "C" {
    /// Keeps the message of a panic until the trap is caught.
    fn panicked(message: &str, location: &str);
}

/// Runs once in each instance, before its first call.
#[wasm_bindgen(start)]
fn start() {
    std::panic::set_hook(Box::new(|info| panicked(message(info), &location(info))));
}

fn message<'i>(info: &'i PanicHookInfo<'_>) -> &'i str {
    info.payload_as_str().unwrap_or("a panic whose message is not text")
}

fn location(info: &PanicHookInfo<'_>) -> String {
    info.location().map(ToString::to_string).unwrap_or_default()
}
