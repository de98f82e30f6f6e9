//! Represents a session as a stream of bytes that any shell can feed and write.

use super::{Framing, Refusal, Server, answer, code, framed};
use crate::world::World;
use serde_json::{Value, json};
use std::collections::VecDeque;

/// A language server without a stream: [`push`](Self::push) received bytes, and call
/// [`step`](Self::step) until nothing is left to do.
pub struct LanguageServer<'w> {
    server: Server<'w>,
    framing: Framing,
    waiting: VecDeque<Result<Value, Refusal>>,
}

impl<'w> LanguageServer<'w> {
    /// A session that waits for its client.
    pub fn new(world: &'w dyn World) -> Self {
        Self { server: Server::new(world), framing: Framing::default(), waiting: VecDeque::new() }
    }

    /// Takes bytes from the client, in pieces of any size.
    pub fn push(&mut self, bytes: &[u8]) {
        self.framing.push(bytes);
        while let Some(message) = self.framing.next() {
            self.waiting.push_back(message);
        }
    }

    /// Handles one message, and returns the response bytes to write; `None` if no message is
    /// waiting.
    pub fn step(&mut self) -> Option<String> {
        let answers = match self.waiting.pop_front()? {
            Ok(message) if self.is_cancelled(&message) => {
                let why = String::from("canceled by the client");
                vec![answer(&message["id"], Err((code::CANCELLED, why)))]
            }
            Ok(message) => self.server.receive(&message),
            Err(refusal) => vec![answer(&Value::Null, Err(refusal))],
        };
        Some(answers.iter().map(framed).collect())
    }

    /// The exit code, after the client requested the exit.
    pub fn exited(&self) -> Option<u8> {
        self.server.exited()
    }

    /// Whether a request is cancelled by a message that waits after it.
    fn is_cancelled(&self, request: &Value) -> bool {
        let Some(id) = request.get("id").filter(|_| request.get("method").is_some()) else {
            return false;
        };
        let cancels = json!("$/cancelRequest");
        let mut waiting = self.waiting.iter().flatten();
        waiting.any(|next| next["method"] == cancels && next["params"]["id"] == *id)
    }
}

#[cfg(all(test, feature = "native"))]
mod tests {
    use super::*;

    #[test]
    fn a_request_that_is_cancelled_before_its_turn_is_not_begun() {
        let world = crate::native::Native::new();
        let mut session = LanguageServer::new(&world);
        for message in [
            json!({ "jsonrpc": "2.0", "id": 1, "method": "initialize", "params": {} }),
            json!({ "jsonrpc": "2.0", "id": 2, "method": "workspace/symbol", "params": {} }),
            json!({ "jsonrpc": "2.0", "method": "$/cancelRequest", "params": { "id": 2 } }),
        ] {
            session.push(framed(&message).as_bytes());
        }
        assert!(session.step().is_some_and(|out| out.contains("capabilities")));
        assert!(session.step().is_some_and(|out| out.contains("-32800")));
        assert_eq!(session.step(), Some(String::new()));
        assert_eq!(session.step(), None);
    }
}
