//! The playground: a page to write a role in, with its problems and its compiled prompt beside it.

mod state;

fn main() {}
