//! What parsing and each rule add to a check.

use crate::{Clock, File, fastest, ratio};
use rolewright_core::role::{Role, Syntax};
use rolewright_core::rules::{Context, RULES};
use rolewright_core::{NoFiles, Options, Values, detect};
use std::fmt::Write;
use std::hint::black_box;

/// The dearest first. What several rules share, such as the sections, counts for the first to ask.
pub fn each(files: &[File], now: Clock) -> String {
    let mut options = Options::default();
    let values = Values::new();
    let (mut parsing, mut bare) = (0.0, 0.0);
    let mut costs: Vec<(&str, f64)> = RULES.iter().map(|rule| (rule.name, 0.0)).collect();
    for file in files.iter().filter(|file| Syntax::of_path(&file.path) == Syntax::Markdown) {
        let parse = || Role::parse(&file.text, &file.path);
        bare += ratio::time_bare(&file.text, now);
        parsing += fastest(now, 3, || drop(black_box(parse())));
        let mut best = vec![f64::INFINITY; RULES.len()];
        let host = detect::host(&parse(), None).host;
        options.host = Some(host);
        for _ in 0..3 {
            let role = parse();
            let mut context = Context::new(&role, host, &NoFiles, &values, &options);
            for (rule, best) in RULES.iter().zip(&mut best) {
                let started = now();
                context.run(rule);
                *best = best.min(now() - started);
            }
            black_box(context.into_diagnostics());
        }
        costs.iter_mut().zip(best).for_each(|((_, cost), best)| *cost += best);
    }
    costs.push(("(parsing)", parsing));
    costs.sort_by(|a, b| b.1.total_cmp(&a.1));
    let mut out = String::new();
    for (name, cost) in costs {
        let _ = writeln!(out, "  {name:28} {:.3}", cost / bare);
    }
    out
}
