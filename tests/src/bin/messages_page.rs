//! Prints `docs/messages.md`: every message of every rule, as the engine writes it for the texts of
//! `tests/src/messages.rs`. `cargo xtask docs` writes the file.

use rolewright_tests::messages;

fn main() {
    print!("{}", messages::page());
}
