//! The command line for Node: the same code as the native program, with a world that JavaScript supplies.

mod node;
mod panic;

use node::Node;
use rolewright_cli::{LanguageServer, World};
use wasm_bindgen::prelude::*;

/// Runs the command that `words` name, and returns its exit code.
#[wasm_bindgen]
#[expect(clippy::needless_pass_by_value, reason = "arrays of strings come by value")]
pub fn run(words: Vec<String>) -> u8 {
    let code = rolewright_cli::run(&Node, &words);
    Node.flush();
    code
}

/// A language server without a stream of its own, for an editor that cannot start a program. It sees files
/// through the same world.
#[wasm_bindgen]
#[allow(missing_debug_implementations, reason = "JavaScript prints it")]
pub struct LanguageSession(LanguageServer<'static>);

#[wasm_bindgen]
#[expect(clippy::new_without_default, reason = "the constructor of a class in JavaScript")]
impl LanguageSession {
    /// A session that waits for its client.
    #[wasm_bindgen(constructor)]
    pub fn new() -> Self {
        Self(LanguageServer::new(&Node))
    }

    /// Takes bytes from the client, in pieces of any size.
    pub fn push(&mut self, bytes: &[u8]) {
        self.0.push(bytes);
    }

    /// Handles one message, and returns what is to be written for it; nothing where none waits.
    pub fn step(&mut self) -> Option<String> {
        self.0.step()
    }
}
