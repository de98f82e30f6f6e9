//! Reports where the program panicked, because the trap that follows does not.

use crate::node;
use std::panic::PanicHookInfo;
use wasm_bindgen::prelude::*;

/// Runs once, before the first call.
#[wasm_bindgen(start)]
fn start() {
    std::panic::set_hook(Box::new(|info| node::panicked(&message(info))));
}

fn message(info: &PanicHookInfo<'_>) -> String {
    let message = info.payload_as_str().unwrap_or("a panic whose message is not text");
    match info.location() {
        Some(location) => format!("{message} ({location})"),
        None => message.to_string(),
    }
}
