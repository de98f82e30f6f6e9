//! Prints, in one run, what `check` costs as a multiple of one bare Markdown pass over the same
//! text: over the corpus, by size, and for each rule.

use rolewright_core::markdown::OPTIONS;
use rolewright_core::rules::{Context, RULES};
use rolewright_core::{NoFiles, Options, Role, Values, check, host};
use rolewright_tests::data;
use std::hint::black_box;
use std::time::{Duration, Instant};

fn main() {
    let corpus: Vec<_> = data::corpus()
        .into_iter()
        .filter(|f| f.file.ends_with(".md") || f.file.ends_with(".mdc"))
        .collect();
    if corpus.is_empty() {
        println!("The corpus is not there (ROLEWRIGHT_DATA): only the made-up texts are measured.");
    } else {
        over_corpus(&corpus);
        each_rule(&corpus);
    }
    by_size();
    expansion();
}

fn over_corpus(corpus: &[data::CorpusFile]) {
    let mut ratios: Vec<(usize, f64)> = Vec::new();
    let (mut ours, mut bare) = (Duration::ZERO, Duration::ZERO);
    for file in corpus {
        let (check, pass) = pair(&file.text, &file.path);
        ours += check;
        bare += pass;
        ratios.push((file.text.len(), check.as_secs_f64() / pass.as_secs_f64().max(1e-9)));
    }
    println!("check over the corpus: {} Markdown files", corpus.len());
    println!(
        "  sum of checks / sum of bare passes   {:.2}",
        ours.as_secs_f64() / bare.as_secs_f64()
    );
    let mut all: Vec<f64> = ratios.iter().map(|(_, ratio)| *ratio).collect();
    all.sort_by(f64::total_cmp);
    println!("  per file   p50 {:.2}   p95 {:.2}", all[all.len() / 2], all[all.len() * 95 / 100]);
    for (from, to, name) in [
        (0, 3 << 10, "up to 3 kB"),
        (3 << 10, 16 << 10, "3 to 16 kB"),
        (16 << 10, usize::MAX, "16 kB and more"),
    ] {
        let mut some: Vec<f64> = ratios
            .iter()
            .filter(|(size, _)| (from..to).contains(size))
            .map(|(_, ratio)| *ratio)
            .collect();
        some.sort_by(f64::total_cmp);
        if let Some(median) = some.get(some.len() / 2) {
            println!("  {name:16} {:5} files   p50 {median:.2}", some.len());
        }
    }
}

fn each_rule(corpus: &[data::CorpusFile]) {
    let options = Options::default();
    let values = Values::new();
    let mut costs: Vec<(&str, Duration)> =
        RULES.iter().map(|rule| (rule.name, Duration::ZERO)).collect();
    let (mut parsing, mut bare) = (Duration::ZERO, Duration::ZERO);
    for file in corpus {
        bare += fastest(|| drain(&file.text));
        parsing += fastest(|| {
            black_box(Role::parse(&file.text, &file.path, options.markdown));
        });
        let role = Role::parse(&file.text, &file.path, options.markdown);
        let host = rolewright_core::detect::host(&role, None).host;
        for (rule, cost) in RULES.iter().zip(&mut costs) {
            let mut best = Duration::MAX;
            for _ in 0..3 {
                let mut context = Context::new(&role, host, &NoFiles, &values, &options);
                let started = Instant::now();
                context.run(rule);
                best = best.min(started.elapsed());
                black_box(context.into_diagnostics());
            }
            cost.1 += best;
        }
    }
    println!("cost of each part, in bare passes");
    println!("  {:28} {:.3}", "parsing", parsing.as_secs_f64() / bare.as_secs_f64());
    costs.sort_by_key(|(_, cost)| std::cmp::Reverse(*cost));
    for (rule, cost) in costs {
        println!("  {rule:28} {:.3}", cost.as_secs_f64() / bare.as_secs_f64());
    }
}

fn by_size() {
    println!("growth on clean text (two kinds of paragraphs, lists, fences)");
    let mut known = Vec::new();
    for size in [2 << 10, 10 << 10, 100 << 10, 1 << 20] {
        let text = clean_text(size);
        let (check, pass) = pair(&text, "roles/bench.md");
        println!(
            "  {:7} bytes   check {:9.1} µs   bare pass {:9.1} µs   ratio {:.2}",
            text.len(),
            check.as_secs_f64() * 1e6,
            pass.as_secs_f64() * 1e6,
            check.as_secs_f64() / pass.as_secs_f64()
        );
        known.push((text.len(), check));
    }
    let of = |size: usize| {
        known.iter().find(|(len, _)| len.abs_diff(size) < 200).map(|(_, t)| t.as_secs_f64())
    };
    if let (Some(small), Some(large)) = (of(100 << 10), known.last().map(|(_, t)| t.as_secs_f64()))
    {
        println!("  t(1 MB) / t(100 kB) = {:.1}", large / small);
    }
}

/// A clean role of about `size` bytes, never more.
fn clean_text(size: usize) -> String {
    const PART: &str = "\n## Review of changes\n\nYou read each change twice, once for what it does and once for what it leaves out, and you report\nwhat you found with the file and the line.\n\n- Read the whole change before you write.\n- Name the file and the line of **every** remark.\n- Propose the smallest `edit` that mends it.\n\n```text\nfile.rs:12: the error is dropped\n```\n";
    let mut text = String::from("# Reviewer\n\nYou are a careful reviewer of code.\n");
    while text.len() + PART.len() <= size {
        text.push_str(PART);
    }
    text
}

fn pair(text: &str, path: &str) -> (Duration, Duration) {
    let options = Options { host: host::Host::by_id("plain"), ..Options::default() };
    let options =
        if path == "roles/bench.md" { options } else { Options { host: None, ..options } };
    let values = Values::new();
    let ours = fastest(|| {
        black_box(check(text, path, &NoFiles, &values, &options));
    });
    (ours, fastest(|| drain(text)))
}

fn drain(text: &str) {
    for event in pulldown_cmark::Parser::new_ext(text, OPTIONS).into_offset_iter() {
        black_box(event);
    }
}

/// The fastest of several runs: the others hold the machine's noise.
fn fastest(run: impl Fn()) -> Duration {
    let mut best = Duration::MAX;
    for _ in 0..5 {
        let started = Instant::now();
        run();
        best = best.min(started.elapsed());
    }
    best
}

/// Expanding as a multiple of copying the prompt that comes of it.
fn expansion() {
    println!("expansion / copying the same bytes");
    let pods = data::repository("kevinstorberg+pods");
    let options = Options::default();
    let largest = pods
        .iter()
        .filter(|(path, _)| path.starts_with("roles/"))
        .max_by_key(|(path, text)| expanded(text, path, &pods, &options).len());
    if let Some((path, text)) = largest {
        expand_ratio(&format!("{path} of a real tree"), text, path, &pods, &options);
    }
    let part = "## Part\n\nOne rule after the other, in words that say what is meant.\n".repeat(12);
    let files = [("part.md".to_string(), part)].into();
    let text = "{{include:part.md}}\n\n".repeat(1_000);
    expand_ratio("1,000 includes", &text, "main.md", &files, &options);
}

type Tree = std::collections::BTreeMap<String, String>;

fn expanded(text: &str, path: &str, files: &Tree, options: &Options) -> String {
    let role = Role::parse(text, path, options.markdown);
    rolewright_core::template::expand(&role, files, &Values::new(), options).text
}

fn expand_ratio(name: &str, text: &str, path: &str, files: &Tree, options: &Options) {
    let prompt = expanded(text, path, files, options);
    let best = |work: &dyn Fn()| {
        let timed = |_| {
            let started = Instant::now();
            work();
            started.elapsed()
        };
        (0..50).map(timed).min().unwrap_or_default().as_secs_f64()
    };
    let ours = best(&|| drop(black_box(expanded(text, path, files, options))));
    let copy = best(&|| {
        // Copied as often as a straight expansion must: piece by piece into one text.
        let mut out = String::new();
        for piece in black_box(&prompt).split_inclusive('\n') {
            out.push_str(piece);
        }
        black_box(out);
    });
    println!(
        "  {name}: {} kB in {:.2} ms, {:.1} times copying it line by line, {:.0} MB/s",
        prompt.len() / 1024,
        ours * 1e3,
        ours / copy.max(1e-9),
        prompt.len() as f64 / ours / 1e6
    );
}
