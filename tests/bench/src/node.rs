//! The benchmark in Node: JavaScript adds the files and prints the report.

use crate::{File, report};
use wasm_bindgen::prelude::wasm_bindgen;

#[wasm_bindgen]
extern "C" {
    #[wasm_bindgen(js_namespace = performance, js_name = now)]
    fn milliseconds() -> f64;
}

/// The files to measure.
#[wasm_bindgen]
#[derive(Default)]
pub struct Bench(Vec<File>);

#[wasm_bindgen]
impl Bench {
    /// None yet.
    #[wasm_bindgen(constructor)]
    pub fn new() -> Self {
        Self::default()
    }

    /// Adds a file.
    pub fn add(&mut self, repo: String, path: String, text: String) {
        self.0.push(File { repo, path, text });
    }

    /// Measures all of them.
    pub fn report(&self) -> String {
        report(&self.0, || milliseconds() * 1e3)
    }
}
