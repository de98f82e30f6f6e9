//! Files of this computer: chosen, dropped or pasted ones come in as texts, texts go out as
//! downloads or to the clipboard. Nothing leaves the browser.

use crate::state::Action;
use gloo_events::{EventListener, EventListenerOptions};
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::{JsFuture, spawn_local};
use web_sys::{Blob, BlobPropertyBag, ClipboardEvent, DragEvent, File, FileList};
use web_sys::{HtmlAnchorElement, HtmlInputElement, Url};
use yew::Callback;

/// Files over this many bytes are not taken in: the page keeps every text in the browser's storage.
const MOST_BYTES: f64 = 2.0 * 1024.0 * 1024.0;

/// Takes in files dropped on or pasted into the page, as long as the listeners are kept.
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
        let files = dropped(event).and_then(|data| data.files());
        if let Some(files) = files.filter(|files| files.length() > 0) {
            event.prevent_default();
            read(&files, to.clone());
        }
    });
    let to = report.clone();
    let paste = EventListener::new_with_options(&window, "paste", options(), move |event| {
        let data = event.dyn_ref::<ClipboardEvent>().and_then(ClipboardEvent::clipboard_data);
        if let Some(files) = data.and_then(|d| d.files()).filter(|files| files.length() > 0) {
            event.prevent_default();
            read(&files, to.clone());
        }
    });
    vec![over, drop, paste]
}

fn dropped(event: &web_sys::Event) -> Option<web_sys::DataTransfer> {
    let data = event.dyn_ref::<DragEvent>()?.data_transfer()?;
    data.types().includes(&JsValue::from_str("Files"), 0).then_some(data)
}

/// Lets the reader choose files.
pub fn pick(report: Callback<Action>) {
    let input = super::document().and_then(|d| d.create_element("input").ok());
    let Some(input) = input.and_then(|i| i.dyn_into::<HtmlInputElement>().ok()) else { return };
    input.set_type("file");
    input.set_multiple(true);
    input.set_accept(".md,.mdc,.markdown,.txt,.toml,.json,.yaml,.yml,.prompt,text/*");
    let chosen = input.clone();
    EventListener::once(&input, "change", move |_| {
        if let Some(files) = chosen.files() {
            read(&files, report);
        }
    })
    .forget();
    input.click();
}

fn read(files: &FileList, report: Callback<Action>) {
    let files: Vec<File> = (0..files.length()).filter_map(|i| files.get(i)).collect();
    spawn_local(async move {
        let (mut texts, mut refused) = (Vec::new(), Vec::new());
        for file in files {
            match text_of(&file).await {
                Ok(text) => texts.push((file.name(), text)),
                Err(why) => refused.push(format!("`{}` {why}.", file.name())),
            }
        }
        if !texts.is_empty() {
            report.emit(Action::AddFiles(texts));
        }
        if !refused.is_empty() {
            report.emit(Action::Tell(refused.join(" ")));
        }
    });
}

async fn text_of(file: &File) -> Result<String, &'static str> {
    if file.size() > MOST_BYTES {
        return Err("is over 2 MiB");
    }
    let buffer = JsFuture::from(file.array_buffer()).await.map_err(|_| "cannot be read")?;
    let bytes = js_sys::Uint8Array::new(&buffer).to_vec();
    String::from_utf8(bytes).map_err(|_| "is not a text in UTF-8")
}

/// Saves a text to disk.
pub fn download(name: &str, text: &str) -> Result<(), JsValue> {
    let document = super::document().ok_or(JsValue::UNDEFINED)?;
    let options = BlobPropertyBag::new();
    options.set_type("text/markdown;charset=utf-8");
    let parts = js_sys::Array::of1(&JsValue::from_str(text));
    let blob = Blob::new_with_str_sequence_and_options(&parts, &options)?;
    let address = Url::create_object_url_with_blob(&blob)?;
    let link = document.create_element("a")?.dyn_into::<HtmlAnchorElement>()?;
    link.set_href(&address);
    link.set_download(name);
    link.click();
    // The browser may still be reading it.
    gloo_timers::callback::Timeout::new(10_000, move || {
        let _ = Url::revoke_object_url(&address);
    })
    .forget();
    Ok(())
}

/// Puts a text on the clipboard and reports what came of it.
pub fn copy(text: &str, said: String, report: Callback<Action>) {
    let Some(window) = super::window() else { return };
    // Pages that are not served securely have no clipboard at all.
    let clipboard = super::property(&window.navigator(), "clipboard");
    let promise = clipboard.map(|_| window.navigator().clipboard().write_text(text));
    spawn_local(async move {
        let done = match promise {
            Some(promise) => JsFuture::from(promise).await.is_ok(),
            None => false,
        };
        let refused = || "The browser did not allow copying.".into();
        report.emit(Action::Tell(if done { said } else { refused() }));
    });
}
