//! The workspace files that JavaScript keeps. A text, or the list of paths, is copied only when the
//! engine asks for it, so a role without includes costs nothing, no matter how many files there
//! are.

use rolewright_core::Files;
use std::borrow::Cow;
use wasm_bindgen::prelude::*;

#[wasm_bindgen]
extern "C" {
    /// An options object.
    type Options;
    #[wasm_bindgen(method, getter)]
    fn files(this: &Options) -> Option<Source>;

    /// The form that the JavaScript side gives the option `files`.
    type Source;
    #[wasm_bindgen(method, catch)]
    fn text(this: &Source, path: &str) -> Result<JsValue, JsValue>;
    #[wasm_bindgen(method, catch)]
    fn paths(this: &Source) -> Result<Vec<JsValue>, JsValue>;
}

/// The files of a workspace; without a source there are none.
pub(crate) struct JsFiles(Option<Source>);

impl JsFiles {
    /// No files.
    pub(crate) fn none() -> Self {
        Self(None)
    }

    /// The files of an options object.
    pub(crate) fn of(options: &JsValue) -> Self {
        Self(options.unchecked_ref::<Options>().files())
    }
}

impl Files for JsFiles {
    fn text(&self, path: &str) -> Option<Cow<'_, str>> {
        self.0.as_ref()?.text(path).ok()?.as_string().map(Cow::Owned)
    }

    fn paths(&self) -> Vec<Cow<'_, str>> {
        let paths = self.0.as_ref().and_then(|source| source.paths().ok());
        let paths = paths.into_iter().flatten().filter_map(|path| path.as_string());
        let mut paths: Vec<Cow<'_, str>> = paths.map(Cow::Owned).collect();
        paths.sort_unstable();
        paths
    }

    fn is_known(&self) -> bool {
        self.0.is_some()
    }
}
