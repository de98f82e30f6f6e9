//! `cargo xtask test`: sets up, runs every check in order, continues after a failure with the steps
//! that do not depend on it, and ends with one line of counts. `--full` adds the slow checks;
//! `--hosts` runs only the checks that need published packages.

use crate::command::{self, Shell, output, run};
use crate::setup::setup;
use crate::tally::{self, Tally};
use crate::{browser, docs, licenses, package, published, release, site, sizes};
use anyhow::{Context, Result, ensure};
use clap::ArgMatches;
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::time::Instant;

const WASM: &str = "wasm32-unknown-unknown";
const FUZZ_DIR: &str = "--fuzz-dir=tests/fuzz";

/// Runs the steps whose title contains one of the given words, or all steps; the slow steps only
/// with `--full`.
pub fn test(given: &ArgMatches) -> Result<ExitCode> {
    let words: Vec<&String> = given.get_many("words").unwrap_or_default().collect();
    let steps = chosen(given.get_flag("full"), given.get_flag("hosts"), &words)?;
    let shell = setup()?;
    let started = Instant::now();
    let mut tally = Tally::default();
    let mut built = true;
    for step in steps {
        println!("\n=== {}", step.title);
        if step.needs_build && !built {
            let why = format!("{}: there is no release build to look at", step.title);
            println!("not run: {why}");
            tally.add(Tally::skip(why));
            continue;
        }
        let counted = (step.run)(&shell).unwrap_or_else(|error| {
            println!("error: {error:#}");
            Tally::fail(step.title)
        });
        built &= !(step.is_build && counted.failed > 0);
        tally.add(counted);
    }
    println!("\n=== Finished in {} s", started.elapsed().as_secs());
    println!("{}", tally.closing());
    Ok(if tally.failed == 0 { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}

/// The steps to run. A word that no title contains is an error, because a typo would run nothing
/// and pass.
fn chosen(full: bool, hosts: bool, words: &[&String]) -> Result<Vec<Step>> {
    let mut steps = steps();
    steps.retain(|step| if hosts { step.is_published } else { full || !step.is_slow });
    for word in words {
        let titles = || steps.iter().map(|step| step.title).collect::<Vec<_>>().join("\n  ");
        let is_known = steps.iter().any(|step| step.title.contains(word.as_str()));
        ensure!(is_known, "no step has `{word}` in its title; there are\n  {}", titles());
    }
    let is_wanted = |step: &Step| words.iter().any(|word| step.title.contains(word.as_str()));
    steps.retain(|step| words.is_empty() || is_wanted(step));
    Ok(steps)
}

struct Step {
    title: &'static str,
    run: fn(&Shell) -> Result<Tally>,
    needs_build: bool,
    is_build: bool,
    is_slow: bool,
    /// Whether it needs packages that are published and used by nothing else.
    is_published: bool,
}

fn steps() -> Vec<Step> {
    let step = |title, run| Step {
        title,
        run,
        needs_build: false,
        is_build: false,
        is_slow: false,
        is_published: false,
    };
    let after = |title, run| Step { needs_build: true, ..step(title, run) };
    let slow = |title, run| Step { is_slow: true, ..step(title, run) };
    let published = |title, run| Step { is_published: true, ..slow(title, run) };
    vec![
        step("Formatting", |shell| cargo(shell, "fmt --all --check")),
        step("Clippy, native", |shell| {
            cargo(shell, "clippy --workspace --all-targets -- -D warnings")
        }),
        step("Clippy, wasm", |shell| {
            let packages =
                "-p rolewright-page -p rolewright-engine -p rolewright-wasm -p rolewright-bench";
            cargo(shell, &format!("clippy {packages} --target {WASM} -- -D warnings"))?;
            // In a separate step, so that the command line is built without the native parts.
            cargo(shell, &format!("clippy -p rolewright-cli-wasm --target {WASM} -- -D warnings"))
        }),
        step("Rust tests", rust_tests),
        step("Core without std, wasm32v1-none", |shell| without_std(shell, "wasm32v1-none")),
        step("Core without std, thumbv7em-none-eabi", |shell| {
            without_std(shell, "thumbv7em-none-eabi")
        }),
        step("Core with a Markdown reader of the caller's own", own_reader),
        step("Core can be published", |shell| {
            cargo(shell, "package -p rolewright-core --allow-dirty --offline --quiet")
        }),
        step("Core's documentation", documentation),
        step("A release can be prepared", |shell| release::check(shell).map(|()| Tally::pass())),
        step("The page does not link the engine", page_is_free_of_the_engine),
        step("Generated files are fresh", |_| docs::check().map(|()| Tally::pass())),
        Step { is_build: true, ..step("Release build", |_| site::build().map(|()| Tally::pass())) },
        after("Licenses of what is delivered", |shell| {
            licenses::check(shell).map(|()| Tally::pass())
        }),
        after("The npm package", |shell| package::build(shell).map(|()| Tally::pass())),
        after("Sizes within budget", |_| sizes::check().map(|()| Tally::pass())),
        after("Tests in Node", |shell| {
            let browser = browser::ensure(shell)?;
            let files = files_in(shell, &["npm", "tests/node", "editors"]);
            node_tests(shell, &files, &[(browser::VARIABLE, &browser)])
        }),
        after("Tests of the native command line", native_tests),
        after("Tests in a real browser", |shell| {
            let browser = browser::ensure(shell)?;
            node_tests(shell, &files_in(shell, &["tests/e2e"]), &[(browser::VARIABLE, &browser)])
        }),
        Step {
            is_slow: true,
            ..after("The essential path in other browsers", |shell| {
                node_tests(shell, &files_in(shell, &["tests/browsers"]), &[])
            })
        },
        slow("Properties over many texts", properties),
        slow("Fuzzing", fuzz),
        published("What is written, read by parsers and by the hosts' loaders", published::loaders),
        published("Packages that have nothing to do with agents", published::unrelated),
        Step { is_slow: true, ..after("The extension in VS Code for the Web", vscode) },
    ]
}

/// Packs the extension, and opens a role with it in the real workbench.
fn vscode(shell: &Shell) -> Result<Tally> {
    let file = shell.root.join("target/rolewright-vscode.vsix");
    run(shell.command("node", ["editors/vscode/build.mjs"]).arg(file))?;
    let workbench = match published::workbench(shell) {
        Ok(workbench) => workbench,
        Err(error) => return Ok(Tally::skip(format!("VS Code for the Web: {error:#}"))),
    };
    let browser = browser::ensure(shell)?;
    let variables = [(browser::VARIABLE, &*browser), ("ROLEWRIGHT_VSCODE", &*workbench)];
    node_tests(shell, &files_in(shell, &["tests/vscode"]), &variables)
}

fn cargo(shell: &Shell, arguments: &str) -> Result<Tally> {
    run(&mut shell.command("cargo", arguments.split(' ')))?;
    Ok(Tally::pass())
}

fn rust_tests(shell: &Shell) -> Result<Tally> {
    let notes = shell.root.join("target/skipped-tests.txt");
    std::fs::create_dir_all(shell.root.join("target"))?;
    std::fs::write(&notes, "")?;
    let mut command = shell.command("cargo", ["test", "--workspace", "--no-fail-fast"]);
    let (printed, success) = command::tee(command.env("ROLEWRIGHT_SKIPPED", &notes))?;
    let counted = tally::of_cargo(&printed).with_exit(success, "cargo test");
    Ok(tally::with_notes(counted, &std::fs::read_to_string(notes)?))
}

/// Many times the texts of the ordinary run.
fn properties(shell: &Shell) -> Result<Tally> {
    let mut arguments = vec!["test", "-p", "rolewright-tests"];
    arguments.extend([
        "--test",
        "template_properties",
        "--test",
        "fuzz_seeds",
        "--",
        "--include-ignored",
    ]);
    let mut command = shell.command("cargo", arguments);
    let (printed, success) = command::tee(command.env("PROPTEST_CASES", "100000"))?;
    Ok(tally::of_cargo(&printed).with_exit(success, "the properties"))
}

/// Runs every fuzz target for two minutes, with seeds from the project and the corpus.
fn fuzz(shell: &Shell) -> Result<Tally> {
    let Some(targets) = output(&mut shell.command("cargo", ["fuzz", "list", FUZZ_DIR])) else {
        return Ok(Tally::skip("fuzzing: `cargo fuzz` is missing (`cargo install cargo-fuzz`)"));
    };
    let seeds = "target/fuzz-seeds";
    let write = ["run", "--quiet", "-p", "rolewright-tests", "--bin", "fuzz_seeds", "--", seeds];
    run(&mut shell.command("cargo", write))?;
    let mut tally = Tally::default();
    for target in targets.lines() {
        let found = format!("tests/fuzz/corpus/{target}");
        std::fs::create_dir_all(shell.root.join(&found))?;
        // AddressSanitizer needs the nightly compiler, and the core has no unsafe code to check.
        let mut command = shell.command("cargo", ["fuzz", "run", FUZZ_DIR, "-s", "none", target]);
        command.args([found.as_str(), seeds, "--", "-max_total_time=120", "-max_len=16384"]);
        let result = run(&mut command);
        tally.add(
            result.map_or_else(|_| Tally::fail(format!("fuzzing {target}")), |()| Tally::pass()),
        );
    }
    Ok(tally)
}

fn without_std(shell: &Shell, target: &str) -> Result<Tally> {
    cargo(shell, &format!("build -p rolewright-core --no-default-features --target {target}"))
}

/// The workspace's tests link core with all its features, so this test also runs separately.
fn own_reader(shell: &Shell) -> Result<Tally> {
    let arguments = "test -p rolewright-core --no-default-features --test own_reader";
    let (printed, success) = command::tee(&mut shell.command("cargo", arguments.split(' ')))?;
    Ok(tally::of_cargo(&printed).with_exit(success, "cargo test"))
}

fn documentation(shell: &Shell) -> Result<Tally> {
    let arguments = ["doc", "-p", "rolewright-core", "--no-deps"];
    run(shell.command("cargo", arguments).env("RUSTDOCFLAGS", "-D warnings"))?;
    Ok(Tally::pass())
}

fn page_is_free_of_the_engine(shell: &Shell) -> Result<Tally> {
    let arguments = ["tree", "-p", "rolewright-page", "--target", WASM, "--prefix", "none"];
    let tree = output(&mut shell.command("cargo", arguments)).context("cargo tree failed")?;
    ensure!(links(&tree, "rolewright-messages"), "cargo tree does not list what the page links");
    for foreign in ["rolewright-core", "rolewright-services", "pulldown-cmark", "granit-parser"] {
        ensure!(!links(&tree, foreign), "the page links {foreign}: only the engine may");
    }
    Ok(Tally::pass())
}

/// Whether `tree`, with one `NAME VERSION …` per line, contains the crate.
fn links(tree: &str, name: &str) -> bool {
    tree.lines().any(|line| line.split(' ').next() == Some(name))
}

/// Runs the tests of the package's command line again, on the native executable.
fn native_tests(shell: &Shell) -> Result<Tally> {
    // Uses the build of the Rust tests: without optimization, 10,000 files take more than a minute.
    cargo(shell, "build -p rolewright-cli --profile test")?;
    let program = shell.root.join("target/debug").join(executable("rolewright"));
    let is_about_commands = |file: &PathBuf| {
        let text = std::fs::read_to_string(file).unwrap_or_default();
        text.contains("from \"./command.mjs\"")
    };
    let mut files = files_in(shell, &["npm/test"]);
    files.retain(is_about_commands);
    node_tests(shell, &files, &[("ROLEWRIGHT_CLI", &program)])
}

fn executable(name: &str) -> String {
    format!("{name}{}", std::env::consts::EXE_SUFFIX)
}

fn files_in(shell: &Shell, folders: &[&str]) -> Vec<PathBuf> {
    folders.iter().flat_map(|folder| test_files(&shell.root.join(folder))).collect()
}

fn node_tests(shell: &Shell, files: &[PathBuf], variables: &[(&str, &Path)]) -> Result<Tally> {
    ensure!(!files.is_empty(), "there is no *.test.mjs");
    let tap = shell.root.join("target/node-tests.tap");
    let mut command = shell.command("node", ["--test", "--test-concurrency=1"]);
    command
        .args(["--test-reporter=spec", "--test-reporter-destination=stdout"])
        .args(["--test-reporter=tap".into(), reporter_to(&tap)])
        .args(files)
        .envs(variables.iter().copied());
    let success = run(&mut command).is_ok();
    let printed = std::fs::read_to_string(&tap).unwrap_or_default();
    Ok(tally::of_node(&printed).with_exit(success, "node --test"))
}

fn reporter_to(file: &Path) -> String {
    format!("--test-reporter-destination={}", file.display())
}

/// Every `*.test.mjs` below `folder` that is not inside `node_modules` or a built package, sorted.
fn test_files(folder: &Path) -> Vec<PathBuf> {
    let Ok(entries) = std::fs::read_dir(folder) else { return Vec::new() };
    let mut paths: Vec<_> = entries.flatten().map(|entry| entry.path()).collect();
    paths.sort();
    let mut found = Vec::new();
    for path in paths {
        let name = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
        if path.is_dir() && !["node_modules", "pkg"].contains(&name.as_str()) {
            found.extend(test_files(&path));
        } else if name.ends_with(".test.mjs") {
            found.push(path);
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_choose_steps_and_one_that_no_title_contains_is_refused() {
        let titles = |full, hosts, word: &str| -> Result<Vec<&str>> {
            Ok(chosen(full, hosts, &[&word.into()])?.iter().map(|step| step.title).collect())
        };
        assert_eq!(titles(false, false, "Clippy").unwrap(), ["Clippy, native", "Clippy, wasm"]);
        assert_eq!(titles(true, false, "Fuzz").unwrap(), ["Fuzzing"]);
        let refused = titles(false, false, "Fuzz").unwrap_err().to_string();
        assert!(refused.starts_with("no step has `Fuzz` in its title; there are\n  Formatting\n"));
        assert!(titles(false, true, "Clippy").is_err());
    }

    #[test]
    fn a_crate_is_found_in_the_tree_by_its_whole_name() {
        let tree = "rolewright-page v0.1.0 (/src/web/page)\nrolewright-core v0.1.0 (/src/core)\n";
        assert!(links(tree, "rolewright-core"));
        assert!(!links(tree, "rolewright"));
    }

    #[test]
    fn test_files_are_found_below_a_folder_but_not_in_what_is_installed_or_built() {
        let folder = std::env::temp_dir().join(format!("rolewright-gate-{}", std::process::id()));
        for name in
            ["b.test.mjs", "help.mjs", "a/c.test.mjs", "node_modules/d.test.mjs", "pkg/e.test.mjs"]
        {
            let path = folder.join(name);
            std::fs::create_dir_all(path.parent().unwrap()).unwrap();
            std::fs::write(path, "").unwrap();
        }
        let found = test_files(&folder);
        std::fs::remove_dir_all(&folder).unwrap();
        assert_eq!(found, [folder.join("a/c.test.mjs"), folder.join("b.test.mjs")]);
    }
}
