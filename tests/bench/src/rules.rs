//! Measures what parsing and each rule add to a check.

use crate::{Clock, File, fastest, ratio};
use rolewright_core::role::{Role, Syntax};
use rolewright_core::rules::RULES;
use rolewright_core::{Input, Options, check, detect};
use std::fmt::Write;
use std::hint::black_box;

/// The most expensive first. What several rules share, such as the sections, counts for each of them.
pub(crate) fn each(files: &[File], now: Clock) -> String {
    let none =
        RULES.iter().fold(Options::new(), |options, rule| options.with_rule(rule.name, None));
    let (mut parsing, mut bare) = (0.0, 0.0);
    let mut costs: Vec<(&str, f64)> = RULES.iter().map(|rule| (rule.name, 0.0)).collect();
    for file in files.iter().filter(|file| Syntax::of_path(&file.path) == Syntax::Markdown) {
        let input = Input::new(&file.text).at(&file.path);
        let time = |options: &Options| fastest(now, 3, || drop(black_box(check(&input, options))));
        bare += ratio::time_bare(&file.text, now);
        let alone =
            none.clone().with_host(detect::host(&Role::parse(&file.text, &file.path), None).host);
        let parse = time(&alone);
        parsing += parse;
        for (rule, (_, cost)) in RULES.iter().zip(&mut costs) {
            *cost += time(&alone.clone().with_rule(rule.name, Some(rule.severity))) - parse;
        }
    }
    costs.push(("(parsing)", parsing));
    costs.sort_by(|a, b| b.1.total_cmp(&a.1));
    let mut out = String::new();
    for (name, cost) in costs {
        let _ = writeln!(out, "  {name:28} {:.3}", cost / bare);
    }
    out
}
