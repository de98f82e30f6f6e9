//! Every seed goes through every fuzz target, so that targets keep working even if nobody runs the
//! fuzzer.

use rolewright_tests::fuzz::{TARGETS, mutated, seeds};
use std::panic::catch_unwind;

/// The seeds, and the beginning and the middle of each: cut text is what an editor sees.
fn pieces() -> Vec<(String, Vec<u8>)> {
    let mut pieces = Vec::new();
    // The corpus is for fuzzing itself: other tests check all of it.
    for (name, bytes) in seeds().into_iter().filter(|(name, _)| !name.starts_with("corpus-")) {
        let (third, half) = (bytes.len() / 3, bytes.len() / 2);
        pieces.push((format!("{name}, its beginning"), bytes[..half].to_vec()));
        pieces.push((format!("{name}, its middle"), bytes[third..third + half].to_vec()));
        pieces.push((name, bytes));
    }
    pieces
}

#[test]
fn every_target_holds_for_every_seed() {
    let pieces = pieces();
    assert!(pieces.len() > 200, "only {} pieces", pieces.len());
    let mut broken = Vec::new();
    for (target, run) in TARGETS {
        for (name, bytes) in &pieces {
            if catch_unwind(|| run(bytes)).is_err() {
                broken.push(format!("{target}: {name}"));
            }
        }
    }
    assert!(broken.is_empty(), "{} broken promises:\n{}", broken.len(), broken.join("\n"));
}

/// How many texts there are, if `PROPTEST_CASES` does not ask for more: one for every twenty of it.
const CASES: u64 = 300;

#[test]
#[ignore = "many texts; `cargo xtask test --full` runs it"]
fn every_target_holds_for_changed_seeds() {
    let wanted = std::env::var("PROPTEST_CASES").ok().and_then(|cases| cases.parse::<u64>().ok());
    let seeds: Vec<Vec<u8>> = seeds().into_values().collect();
    let mut broken = Vec::new();
    for number in 0..(wanted.unwrap_or(0) / 20).max(CASES) {
        let bytes = mutated(&seeds, number);
        for (target, run) in TARGETS {
            if catch_unwind(|| run(&bytes)).is_err() {
                let start: String = String::from_utf8_lossy(&bytes).chars().take(300).collect();
                broken.push(format!("{target}, text {number}: {start:?}"));
            }
        }
    }
    assert!(broken.is_empty(), "{} broken promises:\n{}", broken.len(), broken.join("\n"));
}

#[test]
fn every_target_has_a_program_of_its_own() {
    let manifest = include_str!("../fuzz/Cargo.toml");
    for (target, _) in TARGETS {
        assert!(manifest.contains(&format!("path = \"fuzz_targets/{target}.rs\"")), "{target}");
    }
}

/// The names below `[dependencies]`.
fn dependencies(manifest: &str) -> Vec<&str> {
    let (_, rest) = manifest.split_once("\n[dependencies]\n").unwrap();
    let section = rest.split("\n[").next().unwrap();
    let is_name = |line: &&str| line.starts_with(|c: char| c.is_ascii_lowercase());
    section.lines().filter(is_name).filter_map(|line| line.split(' ').next()).collect()
}

#[test]
fn the_lock_of_the_targets_has_what_the_crates_need() {
    let lock = include_str!("../fuzz/Cargo.lock");
    for (name, manifest) in [
        ("core", include_str!("../../core/Cargo.toml")),
        ("wire", include_str!("../../wire/Cargo.toml")),
        ("services", include_str!("../../services/Cargo.toml")),
        ("tests", include_str!("../Cargo.toml")),
    ] {
        let (_, rest) = lock.split_once(&format!("name = \"rolewright-{name}\"\n")).unwrap();
        let package = rest.split("[[package]]").next().unwrap();
        let version = format!("version = \"{}\"", env!("CARGO_PKG_VERSION"));
        assert!(package.starts_with(&version), "rolewright-{name} is not at {version}");
        for needed in dependencies(manifest) {
            let (alone, with_version) = (format!("\"{needed}\""), format!("\"{needed} "));
            let found = package.contains(&alone) || package.contains(&with_version);
            assert!(found, "rolewright-{name} needs {needed}: run `cargo fuzz build`");
        }
    }
}
