//! The command line for Node: the same code as the native program, with a world that JavaScript supplies.

mod node;
mod panic;

use node::Node;
use rolewright_cli::World;
use wasm_bindgen::prelude::*;

/// Runs the command that `words` name, and returns its exit code.
#[wasm_bindgen]
#[expect(clippy::needless_pass_by_value, reason = "arrays of strings come by value")]
pub fn run(words: Vec<String>) -> u8 {
    let code = rolewright_cli::run(&Node, &words);
    Node.flush();
    code
}
