//! Reads files, folders and archives that the user picks, drops or pastes, and writes downloads and the
//! clipboard.

use crate::state::Action;
use crate::state::action::FileAction;
use gloo_events::{EventListener, EventListenerOptions};
use gloo_file::{Blob, ObjectUrl};
use std::collections::BTreeMap;
use wasm_bindgen::JsCast;
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::{JsFuture, spawn_local};
use web_sys::{ClipboardEvent, DragEvent, HtmlAnchorElement, HtmlInputElement};
use yew::Callback;

/// Imports files dropped on or pasted into the page while the listeners are kept.
pub fn listen(report: &Callback<Action>) -> Vec<EventListener> {
    let Some(window) = super::window() else { return Vec::new() };
    let options = EventListenerOptions::enable_prevent_default;
    let over = EventListener::new_with_options(&window, "dragover", options(), |event| {
        if dropped(event).is_some() {
            event.prevent_default();
        }
    });
    let to = report.clone();
    let drop = EventListener::new_with_options(&window, "drop", options(), move |event| {
        if let Some(data) = dropped(event) {
            event.prevent_default();
            import(&data, to.clone());
        }
    });
    let to = report.clone();
    let paste = EventListener::new_with_options(&window, "paste", options(), move |event| {
        let data = event.dyn_ref::<ClipboardEvent>().and_then(ClipboardEvent::clipboard_data);
        if let Some(files) = data.and_then(|d| d.files()).filter(|files| files.length() > 0) {
            event.prevent_default();
            import(&files, to.clone());
        }
    });
    vec![over, drop, paste]
}

fn dropped(event: &web_sys::Event) -> Option<web_sys::DataTransfer> {
    let data = event.dyn_ref::<DragEvent>()?.data_transfer()?;
    data.types().includes(&JsValue::from_str("Files"), 0).then_some(data)
}

/// Opens the picker for files, or for a folder.
pub fn pick(folder: bool, report: Callback<Action>) {
    let input = super::document().and_then(|d| d.create_element("input").ok());
    let Some(input) = input.and_then(|i| i.dyn_into::<HtmlInputElement>().ok()) else { return };
    input.set_type("file");
    input.set_multiple(true);
    if folder {
        // A browser without folders lets the user pick files.
        let _ = input.set_attribute("webkitdirectory", "");
    } else {
        input.set_accept(".md,.mdc,.markdown,.txt,.toml,.json,.yaml,.yml,.prompt,.zip,text/*");
    }
    let chosen = input.clone();
    EventListener::once(&input, "change", move |_| {
        if let Some(files) = chosen.files() {
            import(&files, report);
        }
    })
    .forget();
    input.click();
}

#[wasm_bindgen]
extern "C" {
    /// A promise of a list of `{ path, size, bytes }` of a `DataTransfer` or a `FileList`.
    #[wasm_bindgen(catch, js_namespace = RolewrightFolders)]
    fn read(source: &JsValue) -> Result<js_sys::Promise, JsValue>;

    /// A ZIP archive of texts by path.
    #[wasm_bindgen(catch, js_namespace = RolewrightFolders)]
    fn zip(files: &JsValue) -> Result<js_sys::Uint8Array, JsValue>;
}

/// Imports the data of a drop, a paste or a picker.
fn import(source: &JsValue, report: Callback<Action>) {
    let found = read(source);
    spawn_local(async move {
        let found = match found {
            Ok(promise) => JsFuture::from(promise).await,
            Err(why) => Err(why),
        };
        let Ok(found) = found else {
            return report.emit(Action::Notify("The files could not be read.".into()));
        };
        let (mut texts, mut refused) = (Vec::new(), Vec::new());
        for file in js_sys::Array::from(&found).iter() {
            let path = super::object::text_of(&file, "path").unwrap_or_default();
            match text_of(&file) {
                Ok(text) => texts.push((path, text)),
                Err(why) => refused.push(format!("`{path}` {why}.")),
            }
        }
        let left = super::property(&found, "left").and_then(|left| left.as_f64());
        if let Some(left) = left.filter(|left| *left > 0.0) {
            refused.push(format!("At most 500 files can be opened; left out: {}.", left as u32));
        }
        if texts.is_empty() && refused.is_empty() {
            refused.push("It contains no text files.".into());
        }
        if !texts.is_empty() {
            report.emit(Action::File(FileAction::Add(texts)));
        }
        if !refused.is_empty() {
            report.emit(Action::Notify(refused.join(" ")));
        }
    });
}

fn text_of(file: &JsValue) -> Result<String, &'static str> {
    let bytes = super::property(file, "bytes").ok_or("is larger than 1 MiB, the size limit")?;
    let bytes = bytes.dyn_into::<js_sys::Uint8Array>().map_err(|_| "could not be read")?.to_vec();
    if bytes.contains(&0) {
        return Err("is not a text file: it contains NUL bytes");
    }
    String::from_utf8(bytes).map_err(|_| "is not UTF-8 text")
}

/// Downloads a text as a file.
pub fn download(name: &str, text: &str) -> Result<(), JsValue> {
    save(name, Blob::new_with_options(text, Some("text/markdown;charset=utf-8")))
}

/// Downloads files as a ZIP archive.
pub fn download_zip(name: &str, files: &BTreeMap<String, String>) -> Result<(), JsValue> {
    let bytes = zip(&super::object::map(files))?;
    save(name, Blob::new_with_options(bytes.buffer(), Some("application/zip")))
}

fn save(name: &str, blob: Blob) -> Result<(), JsValue> {
    let document = super::document().ok_or(JsValue::UNDEFINED)?;
    let address = ObjectUrl::from(blob);
    let link = document.create_element("a")?.dyn_into::<HtmlAnchorElement>()?;
    link.set_href(&address);
    link.set_download(name);
    link.click();
    // The browser may still be reading it.
    gloo_timers::callback::Timeout::new(10_000, move || drop(address)).forget();
    Ok(())
}

/// Copies a text to the clipboard and reports the result.
pub fn copy(text: &str, said: String, report: Callback<Action>) {
    let Some(window) = super::window() else { return };
    // The clipboard API exists only in secure contexts.
    let clipboard = super::property(&window.navigator(), "clipboard");
    let promise = clipboard.map(|_| window.navigator().clipboard().write_text(text));
    spawn_local(async move {
        let done = match promise {
            Some(promise) => JsFuture::from(promise).await.is_ok(),
            None => false,
        };
        let refused = || "The browser blocked copying.".into();
        report.emit(Action::Notify(if done { said } else { refused() }));
    });
}

/// Reads the clipboard and reports its text.
pub fn paste(report: Callback<Action>) {
    let Some(window) = super::window() else { return };
    let clipboard = super::property(&window.navigator(), "clipboard");
    let read = clipboard.as_ref().and_then(|clipboard| super::property(clipboard, "readText"));
    let promise = read.map(|_| window.navigator().clipboard().read_text());
    spawn_local(async move {
        let text = match promise {
            Some(promise) => JsFuture::from(promise).await.ok().and_then(|text| text.as_string()),
            None => None,
        };
        report.emit(Action::File(FileAction::Pasted(text)));
    });
}
