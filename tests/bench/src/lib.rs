//! Measures a check as a multiple of one bare Markdown pass over the same text, in the same build
//! and module. The program runs it natively, `node.rs` in Node.

mod expansion;
mod growth;
#[cfg(target_arch = "wasm32")]
mod node;
mod ratio;
mod rules;
mod services;
#[path = "../../src/since.rs"] // the crate it is in is not built for WebAssembly
pub mod since;
mod texts;

use std::fmt::Write;

/// A file of the corpus.
pub struct File {
    /// The repository that it is from.
    pub repo: String,
    /// Its path in its repository.
    pub path: String,
    /// Its contents.
    pub text: String,
}

/// The time in microseconds since an arbitrary point in time.
pub type Clock = fn() -> f64;

/// Measures everything and reports the results.
pub fn report(files: &[File], now: Clock) -> String {
    let mut out = String::new();
    let mut section = |title: &str, body: String| {
        let _ = writeln!(out, "{title}\n{body}");
    };
    if files.is_empty() {
        section("The corpus is not there (ROLEWRIGHT_DATA): made-up texts alone.", String::new());
    } else {
        section("check / bare Markdown pass, over the corpus", ratio::over_corpus(files, now));
        section("cost of each part over the corpus, in bare passes", rules::each(files, now));
    }
    section("clean text, by size", growth::of_clean_text(now));
    section("hostile text, t(1 MB) / t(100 kB)", growth::of_hostile_text(now));
    section("what an editor waits for", services::answers(now));
    section("expansion / copying the same bytes", expansion::over_copying(files, now));
    out
}

/// The shortest of `rounds` runs; the others contain the machine's noise.
fn fastest(now: Clock, rounds: usize, mut run: impl FnMut()) -> f64 {
    let timed = |_| {
        let started = now();
        run();
        now() - started
    };
    (0..rounds).map(timed).fold(f64::INFINITY, f64::min)
}
