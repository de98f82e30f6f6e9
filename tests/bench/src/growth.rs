//! Measures how a check grows with the size of the text, for clean text and for text made to be
//! slow.

use crate::{Clock, fastest, ratio, texts};
use rolewright_core::Input;
use rolewright_core::{Options, Values, check, host};
use std::fmt::Write;
use std::hint::black_box;

/// Time, ratio and growth of a clean role from 2 kB to 1 MB.
pub(crate) fn of_clean_text(now: Clock) -> String {
    let mut out = String::new();
    let mut times = Vec::new();
    for size in [2 << 10, 10 << 10, 16 << 10, 100 << 10, 1_000 << 10] {
        let text = texts::clean(size);
        let cost = ratio::of_text(&text, "roles/reviewer.md", now);
        let _ = writeln!(
            out,
            "  {:7} bytes   check {:9.1} µs   bare pass {:9.1} µs   ratio {:.2}",
            text.len(),
            cost.check,
            cost.bare,
            cost.ratio()
        );
        times.push(cost);
    }
    if let [.., small, large] = times.as_slice() {
        let (check, bare) = (large.check / small.check, large.bare / small.bare);
        let _ = writeln!(out, "  t(1 MB) / t(100 kB) = {check:.1}, of the bare pass {bare:.1}");
    }
    out
}

/// The growth of each shape of hostile text, the worst first; linear is 10.
pub(crate) fn of_hostile_text(now: Clock) -> String {
    let mut options = Options::new();
    options.host = host::Host::by_id("claude-code");
    let values = Values::new();
    let time = |text: &str| {
        let run =
            || drop(black_box(check(&Input::new(text).at("x.md").with_values(&values), &options)));
        fastest(now, 2, run)
    };
    let mut rows: Vec<(f64, String)> = texts::hostile()
        .into_iter()
        .map(|(name, text)| {
            let (small, large) = (time(&text(100 << 10)), time(&text(1_000 << 10)));
            let row = format!("  {name:24} {:5.1}   1 MB in {:7.1} ms", large / small, large / 1e3);
            (large / small, row)
        })
        .collect();
    rows.sort_by(|a, b| b.0.total_cmp(&a.0));
    rows.into_iter().fold(String::new(), |out, (_, row)| out + &row + "\n")
}
