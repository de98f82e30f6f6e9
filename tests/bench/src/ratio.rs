//! Computes the ratio for the corpus and for one text.

use crate::since::since;
use crate::{Clock, File, fastest};
use rolewright_core::Input;
use rolewright_core::host::Host;
use rolewright_core::role::{Role, Syntax};
use rolewright_core::rules::RULES;
use rolewright_core::{Options, Values, check, detect, yaml};
use std::fmt::Write;
use std::hint::black_box;

const ROUNDS: usize = 5;

/// Sums, medians and 95th percentiles of the Markdown files, and the sum of the YAML files, whose
/// yardstick is the parser of YAML.
pub(crate) fn over_corpus(files: &[File], now: Clock) -> String {
    let is = |syntax| move |file: &&File| Syntax::of_path(&file.path) == syntax;
    let measured: Vec<(usize, Cost)> = files
        .iter()
        .filter(is(Syntax::Markdown))
        .map(|file| (file.text.len(), of_text(&file.text, &file.path, now)))
        .collect();
    let mut out = String::new();
    row(&mut out, "all files", measured.iter());
    let first =
        files.iter().filter(is(Syntax::Markdown)).zip(&measured).map(|(file, (size, cost))| {
            let options = first_rules().with_host(host(file));
            (
                *size,
                Cost { check: time_check(&file.text, &file.path, &options, now), bare: cost.bare },
            )
        });
    row(&mut out, "with first rules", first.collect::<Vec<_>>().iter());
    for (name, from, to) in [
        ("up to 3 kB", 0, 3 << 10),
        ("3 to 16 kB", 3 << 10, 16 << 10),
        ("16 kB and more", 16 << 10, usize::MAX),
    ] {
        row(&mut out, name, measured.iter().filter(|(size, _)| (from..to).contains(size)));
    }
    let yaml: Vec<(usize, Cost)> = files
        .iter()
        .filter(is(Syntax::Yaml))
        .map(|file| {
            let whole = rolewright_core::Span::new(0, file.text.len());
            let options = Options::new().with_host(host(file));
            let check = time_check(&file.text, &file.path, &options, now);
            let bare = fastest(now, ROUNDS, || drop(black_box(yaml::parse(&file.text, whole))));
            (file.text.len(), Cost { check, bare })
        })
        .collect();
    row(&mut out, "YAML files", yaml.iter());
    out
}

fn row<'a>(out: &mut String, name: &str, files: impl Iterator<Item = &'a (usize, Cost)>) {
    let costs: Vec<&Cost> = files.map(|(_, cost)| cost).collect();
    let sum = |part: fn(&Cost) -> f64| costs.iter().map(|cost| part(cost)).sum::<f64>();
    let mut ratios: Vec<f64> = costs.iter().map(|cost| cost.ratio()).collect();
    ratios.sort_by(f64::total_cmp);
    let Some(last) = ratios.len().checked_sub(1) else { return };
    let _ = writeln!(
        out,
        "  {name:16} {:5} files   sum / sum {:.2}   p50 {:.2}   p95 {:.2}",
        ratios.len(),
        sum(|cost| cost.check) / sum(|cost| cost.bare),
        ratios[last / 2],
        ratios[last * 95 / 100],
    );
}

/// What a check and a bare pass of one text take, in microseconds.
pub(crate) struct Cost {
    /// The check, parsing and diagnostics included.
    pub check: f64,
    /// Draining the parser's events.
    pub bare: f64,
}

impl Cost {
    /// The one as a multiple of the other.
    pub(crate) fn ratio(&self) -> f64 {
        self.check / self.bare.max(1e-3)
    }
}

/// Measures a Markdown text for the host that it is for, which is found before.
pub(crate) fn of_text(text: &str, path: &str, now: Clock) -> Cost {
    let role = Role::parse(text, path);
    let host = detect::host(&role, None).host;
    let options = Options::new().with_host(host);
    Cost { check: time_check(text, path, &options, now), bare: time_bare(text, now) }
}

fn host(file: &File) -> &'static Host {
    let role = Role::parse(&file.text, &file.path);
    detect::host(&role, None).host
}

fn time_check(text: &str, path: &str, options: &Options, now: Clock) -> f64 {
    let values = Values::new();
    fastest(now, ROUNDS, || {
        drop(black_box(check(&Input::new(text).at(path).with_values(&values), options)))
    })
}

/// Options with nothing but the rules of the first version, to compare with its measurements.
fn first_rules() -> Options {
    let later = RULES.iter().filter(|rule| since(rule.name) != "0.1.0");
    later.fold(Options::new(), |options, rule| options.with_rule(rule.name, None))
}

/// Draining the parser over the whole text, with the options that the engine uses.
pub(crate) fn time_bare(text: &str, now: Clock) -> f64 {
    fastest(now, ROUNDS, || {
        for event in pulldown_cmark::Parser::new_ext(text, pulldown_cmark::Options::ENABLE_TABLES)
            .into_offset_iter()
        {
            black_box(event);
        }
    })
}
