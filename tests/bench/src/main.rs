//! Prints the cost of a check, measured natively.

#[cfg(not(target_arch = "wasm32"))]
fn main() {
    use rolewright_bench::{File, report};
    use std::sync::LazyLock;
    use std::time::Instant;

    static START: LazyLock<Instant> = LazyLock::new(Instant::now);
    let files: Vec<File> = rolewright_tests::data::corpus()
        .into_iter()
        .map(|file| File { repo: file.repo, path: file.path, text: file.text })
        .collect();
    print!("{}", report(&files, || START.elapsed().as_nanos() as f64 / 1e3));
}

#[cfg(target_arch = "wasm32")]
fn main() {}
