//! A session over standard input and output. Bytes are read on a thread, so that a request that was
//! cancelled while another was at work is not begun.

<<<<<<< HEAD
use super::{Framing, Server, answer, code, framed};
use crate::exit;
use crate::world::{Stream, World};
use serde_json::{Value, json};
use std::collections::VecDeque;
use std::io::Read;
use std::sync::mpsc::{Receiver, channel};
=======
use super::LanguageServer;
use crate::exit;
use crate::world::{Stream, World};
use std::io::Read;
use std::sync::mpsc::channel;
>>>>>>> cli-hosts

/// Serves until the client exits or goes away; the exit code.
pub(crate) fn serve(world: &dyn World) -> u8 {
    let (sender, bytes) = channel();
    std::thread::spawn(move || {
        let mut input = std::io::stdin().lock();
        let mut buffer = vec![0; 1 << 16];
        while let Ok(length @ 1..) = input.read(&mut buffer) {
            if sender.send(buffer[..length].to_vec()).is_err() {
                return;
            }
        }
    });
<<<<<<< HEAD
    let mut server = Server::new(world);
    let mut inbox = Inbox::new(bytes);
    while let Some(message) = inbox.next() {
        let answers = match message {
            Ok(message) if inbox.is_cancelled(&message) => {
                let why = String::from("cancelled by the client");
                vec![answer(&message["id"], Err((code::CANCELLED, why)))]
            }
            Ok(message) => server.receive(&message),
            Err(refusal) => vec![answer(&Value::Null, Err(refusal))],
        };
        for message in &answers {
            world.write(Stream::Output, &framed(message));
        }
        world.flush();
        if let Some(code) = server.exited() {
            return code;
        }
    }
    // The client went away without a word.
    exit::FOUND
}

/// The messages that have arrived.
struct Inbox {
    bytes: Receiver<Vec<u8>>,
    framing: Framing,
    waiting: VecDeque<Result<Value, super::Refusal>>,
}

impl Inbox {
    fn new(bytes: Receiver<Vec<u8>>) -> Self {
        Self { bytes, framing: Framing::default(), waiting: VecDeque::new() }
    }

    /// The next message; waits for it. Nothing at the end of the stream.
    fn next(&mut self) -> Option<Result<Value, super::Refusal>> {
        while self.waiting.is_empty() {
            let piece = self.bytes.recv().ok()?;
            self.take(&piece);
        }
        // Whatever has arrived in the meantime may cancel what waits.
        while let Ok(piece) = self.bytes.try_recv() {
            self.take(&piece);
        }
        self.waiting.pop_front()
    }

    fn take(&mut self, piece: &[u8]) {
        self.framing.push(piece);
        while let Some(message) = self.framing.next() {
            self.waiting.push_back(message);
        }
    }

    /// Whether a request is cancelled by a message that waits behind it.
    fn is_cancelled(&self, request: &Value) -> bool {
        let Some(id) = request.get("id").filter(|_| request.get("method").is_some()) else {
            return false;
        };
        let cancels = json!("$/cancelRequest");
        self.waiting
            .iter()
            .flatten()
            .any(|next| next["method"] == cancels && next["params"]["id"] == *id)
    }
=======
    let mut session = LanguageServer::new(world);
    loop {
        while let Ok(piece) = bytes.try_recv() {
            session.push(&piece);
        }
        if let Some(out) = session.step() {
            world.write(Stream::Output, &out);
            world.flush();
            if let Some(code) = session.exited() {
                return code;
            }
            continue;
        }
        match bytes.recv() {
            Ok(piece) => session.push(&piece),
            // The client went away without a word.
            Err(_) => return exit::FOUND,
        }
    }
>>>>>>> cli-hosts
}
