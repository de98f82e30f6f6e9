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
/// How often the measurements of one file take turns.
const TURNS: usize = 3;

/// Sums, medians and 95th percentiles of the Markdown files, and the sum of the YAML files, whose
/// yardstick is the parser of YAML.
pub(crate) fn over_corpus(files: &[File], now: Clock) -> String {
    let is = |syntax| move |file: &&File| Syntax::of_path(&file.path) == syntax;
    let settings = [Options::new(), first_rules()];
    let measured: Vec<(usize, [Cost; 2])> = files
        .iter()
        .filter(is(Syntax::Markdown))
        .map(|file| (file.text.len(), of_file(file, &settings, now)))
        .collect();
    let of = |at: usize| measured.iter().map(move |(size, costs)| (*size, costs[at]));
    let mut out = String::new();
    row(&mut out, "all files", of(0));
    row(&mut out, "with first rules", of(1));
    for (name, from, to) in [
        ("up to 3 kB", 0, 3 << 10),
        ("3 to 16 kB", 3 << 10, 16 << 10),
        ("16 kB and more", 16 << 10, usize::MAX),
    ] {
        row(&mut out, name, of(0).filter(|(size, _)| (from..to).contains(size)));
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
    row(&mut out, "YAML files", yaml.into_iter());
    out
}

fn row(out: &mut String, name: &str, files: impl Iterator<Item = (usize, Cost)>) {
    let costs: Vec<Cost> = files.map(|(_, cost)| cost).collect();
    let sum = |part: fn(&Cost) -> f64| costs.iter().map(part).sum::<f64>();
    let mut ratios: Vec<f64> = costs.iter().map(Cost::ratio).collect();
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
#[derive(Clone, Copy)]
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

/// Measures a Markdown file with each of the settings, for the host that it is for. A machine may be
/// faster at one time than at another, so the measurements take turns.
fn of_file(file: &File, settings: &[Options; 2], now: Clock) -> [Cost; 2] {
    let host = host(file);
    let settings = settings.clone().map(|options| options.with_host(host));
    let mut costs = [Cost { check: f64::INFINITY, bare: f64::INFINITY }; 2];
    for _ in 0..TURNS {
        let bare = time_bare(&file.text, now);
        for (cost, options) in costs.iter_mut().zip(&settings) {
            cost.bare = cost.bare.min(bare);
            cost.check = cost.check.min(time_check(&file.text, &file.path, options, now));
        }
    }
    costs
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
