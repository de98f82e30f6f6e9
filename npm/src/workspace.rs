//! The package's workspace object: files that are kept between calls, with their diagnostics.

use crate::input::Input;
use crate::to_js;
use rolewright_core::Compiled;
use rolewright_services::{self as services, Document};
use wasm_bindgen::prelude::*;

/// A workspace that caches results. The JavaScript side checks arguments and starts it again after a
/// trap.
#[wasm_bindgen]
pub struct Workspace(services::Workspace);

#[wasm_bindgen]
impl Workspace {
    /// An empty workspace with the settings of an options object.
    #[wasm_bindgen(constructor)]
    pub fn new(options: &JsValue) -> Self {
        let Input { options, values, encoding, .. } = Input::read(options);
        Self(services::Workspace::new(services::Settings {
            options,
            values,
            encoding,
            ..services::Settings::default()
        }))
    }

    /// Adds a file or changes its text; what went wrong, if anything.
    pub fn set(&mut self, path: &str, text: String) -> Option<String> {
        self.0.set(path, text).err().map(|error| error.to_string())
    }

    /// Removes a file.
    pub fn remove(&mut self, path: &str) -> bool {
        self.0.remove(path)
    }

    /// The report on a file.
    pub fn check(&self, path: &str) -> JsValue {
        self.0.check(path).map_or(JsValue::UNDEFINED, |report| to_js(&report))
    }

    /// The reports on all roles.
    #[wasm_bindgen(js_name = checkAll)]
    pub fn check_all(&self) -> JsValue {
        to_js(&self.0.check_all())
    }

    /// A compiled file; `options` holds `to`, `role`, `allowWidening` and `map`.
    pub fn compile(&self, path: &str, options: &JsValue) -> JsValue {
        let call = Input::read(options);
        let Some(document) = self.0.document(path) else { return JsValue::UNDEFINED };
        let Some(done) = self.0.compile(path, &call.target(&document)) else {
            return JsValue::UNDEFINED;
        };
        to_js(&services::compiled(done, &document, call.map))
    }

    /// The outline of a file.
    pub fn outline(&self, path: &str) -> JsValue {
        self.ask(path, |document| to_js(&services::outline(document)))
    }

    /// What may be written at an offset.
    pub fn complete(&self, path: &str, offset: u32) -> JsValue {
        self.ask(path, |document| to_js(&services::complete(document, offset)))
    }

    /// What is at an offset, explained.
    pub fn hover(&self, path: &str, offset: u32) -> JsValue {
        self.ask(path, |document| match services::hover(document, offset) {
            Some(hover) => to_js(&hover),
            None => JsValue::NULL,
        })
    }

    /// The symbols of a file.
    pub fn symbols(&self, path: &str) -> JsValue {
        self.ask(path, |document| to_js(&services::document_symbols(document)))
    }

    /// The symbols of all roles whose names contain the letters of `query`.
    #[wasm_bindgen(js_name = workspaceSymbols)]
    pub fn workspace_symbols(&self, query: &str) -> JsValue {
        to_js(&services::workspace_symbols(self.0.roles(), query))
    }

    /// The definition of the name at an offset.
    pub fn definition(&self, path: &str, offset: u32) -> JsValue {
        self.ask(path, |document| to_js(&services::definition(document, offset)))
    }

    /// Every place where what is at an offset is named.
    pub fn references(&self, path: &str, offset: u32) -> JsValue {
        self.ask(path, |document| to_js(&services::references(document, offset)))
    }

    /// The edits that rename the symbol at an offset.
    ///
    /// # Errors
    /// Why that cannot be done.
    pub fn rename(&self, path: &str, offset: u32, name: &str) -> Result<JsValue, JsError> {
        self.try_ask(path, |document| services::rename(document, offset, name))
    }

    /// What moving a file changes.
    ///
    /// # Errors
    /// Why that cannot be done.
    #[wasm_bindgen(js_name = renameFile)]
    pub fn rename_file(&self, from: &str, to: &str) -> Result<JsValue, JsError> {
        self.try_ask(from, |document| services::rename_file(document, from, to))
    }

    /// The actions for a part of a file.
    #[wasm_bindgen(js_name = codeActions)]
    pub fn code_actions(&self, path: &str, start: u32, end: u32) -> JsValue {
        self.ask(path, |document| to_js(&services::code_actions(document, start, end)))
    }

    /// The folds of a file.
    #[wasm_bindgen(js_name = foldingRanges)]
    pub fn folding_ranges(&self, path: &str) -> JsValue {
        self.ask(path, |document| to_js(&services::folding_ranges(document)))
    }

    /// The links of a file.
    pub fn links(&self, path: &str) -> JsValue {
        self.ask(path, |document| to_js(&services::links(document)))
    }

    /// The source of a place in the compiled prompt, and the includes that led there.
    #[wasm_bindgen(js_name = sourceOf)]
    pub fn source_of(&self, path: &str, offset: u32) -> JsValue {
        self.compiled(path, |done, document| {
            to_js(&services::source_location(done, document, offset))
        })
    }

    /// Where a part of the file `source` ended up in the compiled prompt of the file at `path`.
    #[wasm_bindgen(js_name = promptOf)]
    pub fn prompt_of(&self, path: &str, source: &str, start: u32, end: u32) -> JsValue {
        self.compiled(path, |done, document| {
            to_js(&services::prompt_ranges(done, document, source, start, end))
        })
    }

    fn ask(&self, path: &str, answer: impl FnOnce(&Document<'_>) -> JsValue) -> JsValue {
        self.0.document(path).map_or(JsValue::UNDEFINED, |document| answer(&document))
    }

    fn try_ask<T: serde::Serialize>(
        &self,
        path: &str,
        answer: impl FnOnce(&Document<'_>) -> Result<T, String>,
    ) -> Result<JsValue, JsError> {
        let Some(document) = self.0.document(path) else { return Ok(JsValue::UNDEFINED) };
        answer(&document).map(|done| to_js(&done)).map_err(|error| JsError::new(&error))
    }

    fn compiled(
        &self,
        path: &str,
        answer: impl FnOnce(&Compiled, &Document<'_>) -> JsValue,
    ) -> JsValue {
        let done = self.0.compile(path, &rolewright_core::Target::of(None));
        match (done, self.0.document(path)) {
            (Some(done), Some(document)) => answer(&done, &document),
            _ => JsValue::UNDEFINED,
        }
    }
}
