//! `rolewright lsp`: a language server that turns messages into messages; it has no threads, and
//! accesses streams and the disk only through the world, so that it runs in any shell.

mod answers;
mod changes;
mod documents;
mod findings;
mod framing;
mod places;
mod session;
mod setup;
mod stdio;

pub use session::LanguageServer;
pub(crate) use stdio::serve;

use crate::config::Layer;
use crate::world::World;
use documents::Documents;
use findings::Answered;
use framing::{Framing, framed};
use rolewright_wire::Encoding;
use serde_json::{Value, json};
use std::cell::RefCell;
use std::collections::BTreeMap;

/// The errors of the protocol that are answered.
pub(crate) mod code {
    pub(crate) const PARSE: i32 = -32700;
    pub(crate) const INVALID_REQUEST: i32 = -32600;
    pub(crate) const UNKNOWN_METHOD: i32 = -32601;
    pub(crate) const INVALID_PARAMS: i32 = -32602;
    pub(crate) const NOT_INITIALIZED: i32 = -32002;
    pub(crate) const FAILED: i32 = -32803;
    pub(crate) const CANCELLED: i32 = -32800;
}

/// Why a request is rejected.
pub(crate) type Refusal = (i32, String);

/// A session with one client.
pub(crate) struct Server<'w> {
    pub world: &'w dyn World,
    phase: Phase,
    pub encoding: Encoding,
    /// Whether the client requests diagnostics; otherwise, the server publishes them.
    pub pulls: bool,
    /// Whether the client can watch files on request.
    watches: bool,
    /// The client's settings.
    pub over: Layer,
    pub documents: Documents<'w>,
    /// The diagnostics that were sent, by the URI of the file.
    pub sent: BTreeMap<String, Vec<Value>>,
    /// The answers about files, by path: some clients request all of them every few seconds.
    pub answered: RefCell<BTreeMap<String, Answered>>,
    /// Messages sent without a request.
    pub outbox: Vec<Value>,
    next_request: u32,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Phase {
    New,
    Running,
    ShutDown,
    Exited(u8),
}

impl<'w> Server<'w> {
    /// A session that waits for `initialize`.
    pub(crate) fn new(world: &'w dyn World) -> Self {
        Self {
            world,
            phase: Phase::New,
            encoding: Encoding::Utf16,
            pulls: false,
            watches: false,
            over: Layer::default(),
            documents: Documents::new(world),
            sent: BTreeMap::new(),
            answered: RefCell::default(),
            outbox: Vec::new(),
            next_request: 0,
        }
    }

    /// The exit code, after the client requested the exit.
    pub(crate) fn exited(&self) -> Option<u8> {
        match self.phase {
            Phase::Exited(code) => Some(code),
            _ => None,
        }
    }

    /// The messages that answer one message.
    pub(crate) fn receive(&mut self, message: &Value) -> Vec<Value> {
        let method = message["method"].as_str();
        let id = message.get("id").filter(|id| id.is_string() || id.is_number());
        let params = message.get("params").unwrap_or(&Value::Null);
        let mut out = match (method, id) {
            (Some(method), Some(id)) => vec![answer(id, self.request(method, params))],
            (Some(method), None) => {
                self.notification(method, params);
                Vec::new()
            }
            // Responses from the client are not needed.
            (None, _) if message.get("result").is_some() || message.get("error").is_some() => {
                Vec::new()
            }
            (None, id) => {
                let why = String::from("neither a request nor a notification");
                vec![answer(id.unwrap_or(&Value::Null), Err((code::INVALID_REQUEST, why)))]
            }
        };
        out.append(&mut self.outbox);
        out
    }

    fn request(&mut self, method: &str, params: &Value) -> Result<Value, Refusal> {
        match (self.phase, method) {
            (Phase::New, "initialize") => {
                self.phase = Phase::Running;
                Ok(self.initialize(params))
            }
            (Phase::New, _) => {
                Err((code::NOT_INITIALIZED, String::from("expected `initialize` first")))
            }
            (Phase::Running, "shutdown") => {
                self.phase = Phase::ShutDown;
                Ok(Value::Null)
            }
            (Phase::Running, "initialize") => {
                Err((code::INVALID_REQUEST, String::from("`initialize` was already received")))
            }
            (Phase::Running, method) => self.ask(method, params),
            _ => Err((code::INVALID_REQUEST, String::from("the server was shut down"))),
        }
    }

    fn notification(&mut self, method: &str, params: &Value) {
        match (self.phase, method) {
            (Phase::ShutDown, "exit") => self.phase = Phase::Exited(0),
            (_, "exit") => self.phase = Phase::Exited(1),
            (Phase::Running, method) => self.notice(method, params),
            _ => {}
        }
    }

    /// Shows a message to the client's user.
    pub(crate) fn show_error(&mut self, message: &str) {
        let params = json!({ "type": 1, "message": message });
        self.tell("window/showMessage", &params);
    }

    /// Sends a notification.
    pub(crate) fn tell(&mut self, method: &str, params: &Value) {
        self.outbox.push(json!({ "jsonrpc": "2.0", "method": method, "params": params }));
    }

    /// Sends a request whose answer does not matter.
    pub(crate) fn demand(&mut self, method: &str, params: &Value) {
        self.next_request += 1;
        let id = format!("rolewright-{}", self.next_request);
        self.outbox.push(json!({ "jsonrpc": "2.0", "id": id, "method": method, "params": params }));
    }
}

/// The answer to a request.
pub(crate) fn answer(id: &Value, result: Result<Value, Refusal>) -> Value {
    let mut answer = json!({ "jsonrpc": "2.0", "id": id });
    match result {
        // The macro would copy it.
        Ok(result) => answer["result"] = result,
        Err((code, message)) => answer["error"] = json!({ "code": code, "message": message }),
    }
    answer
}

#[cfg(all(test, feature = "native"))]
mod tests;
