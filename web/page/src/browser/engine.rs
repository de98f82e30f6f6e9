//! Runs the engine's worker: sends requests and reports responses and crashes as actions. gloo-worker would
//! hide a crash of the worker, and expects the same program on both sides.

use crate::state::Action;
use crate::state::action::EngineAction;
use crate::state::queue::QueuedRequest;
use gloo_events::EventListener;
use js_sys::{Function, Uint8Array};
use rolewright_messages::{Response, decode, encode};
use wasm_bindgen::{JsCast, JsValue};
use web_sys::{ErrorEvent, MessageEvent, Worker, WorkerOptions, WorkerType};
use yew::Callback;

/// The worker, while there is one.
pub struct Engine {
    report: Callback<Action>,
    running: Option<Running>,
}

struct Running {
    worker: Worker,
    _listeners: [EventListener; 3],
}

impl Drop for Running {
    fn drop(&mut self) {
        self.worker.terminate();
    }
}

impl Engine {
    /// An engine that is not started yet.
    pub fn new(report: Callback<Action>) -> Engine {
        Engine { report, running: None }
    }

    /// Starts a worker and ends the previous one. A failure is reported as a crash.
    pub fn start(&mut self) {
        self.running = None;
        match started().or_else(|| worker(&address()?).ok()) {
            Some(worker) => self.running = Some(self.watch(worker)),
            None => self.report.emit(Action::Engine(EngineAction::Died(String::new()))),
        }
    }

    /// Ends the worker, whatever it is doing.
    pub fn stop(&mut self) {
        self.running = None;
    }

    /// Sends a request.
    pub fn ask(&self, request: &QueuedRequest) {
        let bytes = Uint8Array::from(encode(&request.message()).as_slice());
        let sent = self.running.as_ref().map(|running| running.worker.post_message(&bytes));
        if !matches!(sent, Some(Ok(()))) {
            self.report
                .emit(Action::Engine(EngineAction::Died("The request could not be sent.".into())));
        }
    }

    fn watch(&self, worker: Worker) -> Running {
        let report = self.report.clone();
        let mut has_answered = false;
        let message = EventListener::new(&worker, "message", move |event| {
            let data = event.dyn_ref::<MessageEvent>().map(MessageEvent::data);
            let bytes = data.and_then(|data| data.dyn_into::<Uint8Array>().ok());
            let response = bytes.and_then(|bytes| decode::<Response>(&bytes.to_vec()));
            if matches!(response, Some(Response::Answer { .. })) && !has_answered {
                has_answered = true;
                super::offline::engine_ready();
            }
            report.emit(match response {
                Some(response) => Action::Engine(EngineAction::Said(Box::new(response))),
                None => Action::Engine(EngineAction::Mismatch),
            });
        });
        let died = |name: &'static str| {
            let report = self.report.clone();
            EventListener::new(&worker, name, move |event| {
                let why = event.dyn_ref::<ErrorEvent>().map(ErrorEvent::message);
                report.emit(Action::Engine(EngineAction::Died(why.unwrap_or_default())));
            })
        };
        let _listeners = [message, died("error"), died("messageerror")];
        Running { worker, _listeners }
    }
}

/// The worker that the start script has started while the page was loading, the first time.
fn started() -> Option<Worker> {
    let hand_over = js_sys::Reflect::get(&js_sys::global(), &"rolewrightEngine".into()).ok()?;
    let worker = hand_over.dyn_ref::<Function>()?.call0(&JsValue::UNDEFINED).ok()?;
    worker.dyn_into().ok()
}

fn worker(address: &str) -> Result<Worker, JsValue> {
    let options = WorkerOptions::new();
    options.set_type(WorkerType::Module);
    options.set_name("rolewright");
    Worker::new_with_options(address, &options)
}

/// The build of the engine in short, from the name of its folder; empty while developing.
pub fn build() -> String {
    let address = address().unwrap_or_default();
    let hash = address.split_once("engine-").and_then(|(_, rest)| rest.split_once('/'));
    hash.map_or(String::new(), |(hash, _)| format!(" · {}", hash.get(..7).unwrap_or(hash)))
}

/// The location of the engine, from the start tag of the page.
fn address() -> Option<String> {
    super::document()?.get_element_by_id("boot")?.get_attribute("data-engine")
}
