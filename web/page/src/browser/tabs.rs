//! Coordinates tabs that share a project: the tab that holds the lock saves. Without the Web Locks API, a
//! tab stops saving when it sees another tab save the project.

use crate::state::action::TabAction;
use crate::state::{Action, Saved};
use gloo_events::EventListener;
use js_sys::{Function, Object, Promise, Reflect};
use std::cell::RefCell;
use std::rc::Rc;
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::{JsFuture, spawn_local};
use web_sys::{BroadcastChannel, MessageEvent, StorageEvent};
use yew::Callback;

/// How long a tab that takes over waits for the other tab to save, in milliseconds.
const GRACE_MS: u32 = 300;

/// This tab's hold on its project.
pub struct Tabs {
    report: Callback<Action>,
    channel: Option<BroadcastChannel>,
    key: Rc<RefCell<String>>,
    release: Rc<RefCell<Option<Function>>>,
    _listeners: Vec<EventListener>,
}

impl Tabs {
    /// Reports which tab holds the project.
    pub fn new(report: Callback<Action>) -> Tabs {
        let key = Rc::new(RefCell::new(String::new()));
        let channel = BroadcastChannel::new("rolewright").ok();
        let mut _listeners = Vec::new();
        if let Some(channel) = &channel {
            let (report, key) = (report.clone(), key.clone());
            _listeners.push(EventListener::new(channel, "message", move |event| {
                let wanted = event.dyn_ref::<MessageEvent>().and_then(|e| e.data().as_string());
                if wanted.as_deref() == Some(key.borrow().as_str()) {
                    report.emit(Action::Leaving);
                }
            }));
        }
        if let (Some(window), None) = (super::window(), locks()) {
            let (report, key) = (report.clone(), key.clone());
            _listeners.push(EventListener::new(&window, "storage", move |event| {
                let changed = event.dyn_ref::<StorageEvent>().and_then(|e| e.key());
                if changed.as_deref() == Some(key.borrow().as_str()) {
                    report.emit(Action::Saved(Saved::Elsewhere));
                }
            }));
        }
        Tabs { report, channel, key, release: Rc::default(), _listeners }
    }

    /// Acquires the project with this key, unless another tab holds it, and releases the previous one.
    pub fn hold(&self, key: &str) {
        self.key.replace(key.into());
        if let Some(release) = self.release.take() {
            let _ = release.call0(&JsValue::UNDEFINED);
        }
        self.request("ifAvailable", Action::Tab(TabAction::Held));
    }

    /// Takes over the project after the tab that holds it has saved.
    pub fn take_over(&self) {
        if let Some(channel) = &self.channel {
            let _ = channel.post_message(&JsValue::from_str(&self.key.borrow()));
        }
        let (report, key) = (self.report.clone(), self.key.clone());
        let release = self.release.clone();
        gloo_timers::callback::Timeout::new(GRACE_MS, move || {
            request(&key.borrow(), "steal", Action::Tab(TabAction::TookOver), report, release);
        })
        .forget();
    }

    fn request(&self, how: &str, granted: Action) {
        request(&self.key.borrow(), how, granted, self.report.clone(), self.release.clone());
    }
}

fn locks() -> Option<JsValue> {
    super::property(&super::window()?.navigator(), "locks")
}

/// Requests a lock and keeps it until `release` is called or another tab takes over.
fn request(
    key: &str,
    how: &str,
    granted: Action,
    report: Callback<Action>,
    release: Rc<RefCell<Option<Function>>>,
) {
    let asked = locks().and_then(|locks| {
        let request = super::property(&locks, "request")?.dyn_into::<Function>().ok()?;
        let options = Object::new();
        Reflect::set(&options, &JsValue::from_str(how), &JsValue::TRUE).ok()?;
        let (to, granted) = (report.clone(), granted.clone());
        let hold = Closure::once_into_js(move |lock: JsValue| -> JsValue {
            if lock.is_null() {
                to.emit(Action::Saved(Saved::Elsewhere));
                return JsValue::UNDEFINED;
            }
            to.emit(granted);
            Promise::new(&mut |resolve, _| {
                release.replace(Some(resolve));
            })
            .into()
        });
        let name = JsValue::from_str(key);
        request.call3(&locks, &name, &options, &hold).ok()?.dyn_into::<Promise>().ok()
    });
    match asked {
        // The promise rejects when another tab takes the lock.
        Some(promise) => spawn_local(async move {
            if JsFuture::from(promise).await.is_err() {
                report.emit(Action::Saved(Saved::Elsewhere));
            }
        }),
        None => report.emit(granted),
    }
}
