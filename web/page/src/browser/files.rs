//! Reads files that the user picks, drops or pastes, and writes downloads and the clipboard.

use crate::state::Action;
use gloo_events::{EventListener, EventListenerOptions};
use gloo_file::futures::read_as_bytes;
use gloo_file::{Blob, File, FileList, ObjectUrl};
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::{JsFuture, spawn_local};
use web_sys::{ClipboardEvent, DragEvent, HtmlAnchorElement, HtmlInputElement};
use yew::Callback;

/// Larger files are rejected, because the checker does not accept them.
const MOST_BYTES: u64 = 1024 * 1024;

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
        let files = dropped(event).and_then(|data| data.files());
        if let Some(files) = files.filter(|files| files.length() > 0) {
            event.prevent_default();
            read(files, to.clone());
        }
    });
    let to = report.clone();
    let paste = EventListener::new_with_options(&window, "paste", options(), move |event| {
        let data = event.dyn_ref::<ClipboardEvent>().and_then(ClipboardEvent::clipboard_data);
        if let Some(files) = data.and_then(|d| d.files()).filter(|files| files.length() > 0) {
            event.prevent_default();
            read(files, to.clone());
        }
    });
    vec![over, drop, paste]
}

fn dropped(event: &web_sys::Event) -> Option<web_sys::DataTransfer> {
    let data = event.dyn_ref::<DragEvent>()?.data_transfer()?;
    data.types().includes(&JsValue::from_str("Files"), 0).then_some(data)
}

/// Opens the file picker.
pub fn pick(report: Callback<Action>) {
    let input = super::document().and_then(|d| d.create_element("input").ok());
    let Some(input) = input.and_then(|i| i.dyn_into::<HtmlInputElement>().ok()) else { return };
    input.set_type("file");
    input.set_multiple(true);
    input.set_accept(".md,.mdc,.markdown,.txt,.toml,.json,.yaml,.yml,.prompt,text/*");
    let chosen = input.clone();
    EventListener::once(&input, "change", move |_| {
        if let Some(files) = chosen.files() {
            read(files, report);
        }
    })
    .forget();
    input.click();
}

fn read(files: web_sys::FileList, report: Callback<Action>) {
    let files = FileList::from(files);
    spawn_local(async move {
        let (mut texts, mut refused) = (Vec::new(), Vec::new());
        for file in files.iter() {
            match text_of(file).await {
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
        return Err("is larger than 1 MiB, the size limit");
    }
    let bytes = read_as_bytes(file).await.map_err(|_| "could not be read")?;
    if bytes.contains(&0) {
        return Err("is not a text file: it contains NUL bytes");
    }
    String::from_utf8(bytes).map_err(|_| "is not UTF-8 text")
}

/// Downloads a text as a file.
pub fn download(name: &str, text: &str) -> Result<(), JsValue> {
    let document = super::document().ok_or(JsValue::UNDEFINED)?;
    let address =
        ObjectUrl::from(Blob::new_with_options(text, Some("text/markdown;charset=utf-8")));
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
        report.emit(Action::Tell(if done { said } else { refused() }));
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
        report.emit(Action::Pasted(text));
    });
}
