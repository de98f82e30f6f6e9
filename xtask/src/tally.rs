//! Counts passed, failed and skipped tests: parses the output of cargo's and Node's test runners,
//! adds up the counts, and prints the total in one line. Does not run the tests.

/// Counts of tests, with the reason for each skipped test.
#[derive(Debug, Default, PartialEq)]
pub struct Tally {
    /// Tests and checks that passed.
    pub passed: usize,
    /// Tests and checks that failed.
    pub failed: usize,
    /// How many were skipped, and why.
    pub skipped: Vec<(usize, String)>,
    /// Descriptions of failures, for the summary.
    pub failures: Vec<String>,
}

impl Tally {
    /// Records a passed check.
    pub fn pass() -> Tally {
        Tally { passed: 1, ..Tally::default() }
    }

    /// Records a failed check with the name `what`.
    pub fn fail(what: impl Into<String>) -> Tally {
        Tally { failed: 1, failures: vec![what.into()], ..Tally::default() }
    }

    /// Records a check that could not run, with the reason `why`.
    pub fn skip(why: impl Into<String>) -> Tally {
        Tally { skipped: vec![(1, why.into())], ..Tally::default() }
    }

    /// Adds the counts of another run.
    pub fn add(&mut self, other: Tally) {
        self.passed += other.passed;
        self.failed += other.failed;
        self.skipped.extend(other.skipped);
        self.failures.extend(other.failures);
    }

    /// A runner that failed without naming a failed test did not start any.
    pub fn with_exit(mut self, success: bool, what: &str) -> Tally {
        if !success && self.failed == 0 {
            self.add(Tally::fail(what));
        }
        self
    }

    /// The closing line, preceded by the failures and the skipped checks.
    pub fn closing(&self) -> String {
        let mut text = String::new();
        for failure in &self.failures {
            text.push_str(&format!("failed: {failure}\n"));
        }
        for (count, why) in &self.skipped {
            text.push_str(&format!("skipped: {count} {why}\n"));
        }
        let skipped: usize = self.skipped.iter().map(|(count, _)| count).sum();
        text + &format!("{} passed, {} failed, {skipped} skipped", self.passed, self.failed)
    }
}

/// Adds up the `test result:` lines of cargo test; failed and ignored tests are named.
pub fn of_cargo(output: &str) -> Tally {
    let mut tally = Tally::default();
    for line in output.lines() {
        if let Some(result) = line.strip_prefix("test result: ") {
            tally.passed += number_before(result, " passed");
            tally.failed += number_before(result, " failed");
        } else if let Some(test) = line.strip_prefix("test ") {
            if let Some((name, reason)) = test.split_once(" ... ignored") {
                let reason = reason.trim_start_matches(", ");
                let why = if reason.is_empty() { "marked #[ignore]" } else { reason };
                tally.skipped.push((1, format!("{name}: {why}")));
            } else if let Some(name) = test.strip_suffix(" ... FAILED") {
                tally.failures.push(name.to_owned());
            }
        }
    }
    tally
}

fn number_before(text: &str, word: &str) -> usize {
    let number =
        text.split(word).next().and_then(|front_matter| front_matter.split_whitespace().last());
    number.and_then(|number| number.parse().ok()).unwrap_or(0)
}

/// Moves the tests that could not run from passed to skipped. `notes` contains one line for each
/// such test, `CASES REASON`: the number of omitted cases and the reason. Equal reasons are
/// combined.
pub fn with_notes(mut tally: Tally, notes: &str) -> Tally {
    for line in notes.lines() {
        let Some((cases, why)) = line.split_once([' ', '\t']) else { continue };
        let Ok(cases) = cases.parse::<usize>() else { continue };
        tally.passed = tally.passed.saturating_sub(1);
        match tally.skipped.iter_mut().find(|(_, known)| known == why) {
            Some((sum, _)) => *sum += cases,
            None => tally.skipped.push((cases, why.to_owned())),
        }
    }
    tally
}

/// Reads the TAP output of `node --test`: the closing counts, the names of failed tests and the
/// reasons of skipped tests.
pub fn of_node(tap: &str) -> Tally {
    let mut tally = Tally::default();
    let count = |line: &str, word: &str| {
        line.strip_prefix(word).and_then(|number| number.trim().parse::<usize>().ok())
    };
    for line in tap.lines() {
        tally.passed += count(line, "# pass ").unwrap_or(0);
        tally.failed += count(line, "# fail ").unwrap_or(0);
        tally.failed += count(line, "# cancelled ").unwrap_or(0);
        let line = line.trim_start();
        if let Some(failed) = line.strip_prefix("not ok ") {
            tally.failures.push(after_dash(failed).to_owned());
        } else if let Some((name, reason)) = skipped_node_test(line) {
            let why = if reason.is_empty() { "marked skip" } else { reason };
            tally.skipped.push((1, format!("{name}: {why}")));
        }
    }
    tally
}

fn skipped_node_test(line: &str) -> Option<(&str, &str)> {
    let test = line.strip_prefix("ok ")?;
    let (name, reason) = test.split_once(" # SKIP").or_else(|| test.split_once(" # TODO"))?;
    Some((after_dash(name), reason.trim()))
}

fn after_dash(text: &str) -> &str {
    text.split_once(" - ").map_or(text, |(_, name)| name)
}

#[cfg(test)]
mod tests {
    use super::*;

    const CARGO: &str = "\
running 3 tests
test tests::a_name_is_kept ... ok
test tests::a_corpus_run ... ignored, takes an hour
test tests::a_name_is_lost ... FAILED

test result: FAILED. 1 passed; 1 failed; 1 ignored; 0 measured; 0 filtered out; finished in 0.00s

     Running unittests src/main.rs
test result: ok. 12 passed; 0 failed; 0 ignored; 0 measured; 0 filtered out; finished in 1.00s
";

    #[test]
    fn the_results_of_all_cargo_test_binaries_are_added_up() {
        let tally = of_cargo(CARGO);
        assert_eq!((tally.passed, tally.failed), (13, 1));
        assert_eq!(tally.failures, ["tests::a_name_is_lost"]);
        assert_eq!(tally.skipped, [(1, "tests::a_corpus_run: takes an hour".to_owned())]);
    }

    #[test]
    fn tests_that_could_not_look_are_skipped_and_not_passed() {
        let notes = "1 the corpus was not found\n49\tthe corpus was not found\nnoise\n";
        let tally = with_notes(of_cargo(CARGO), notes);
        assert_eq!(tally.passed, 11);
        assert_eq!(tally.skipped[1], (50, "the corpus was not found".to_owned()));
    }

    #[test]
    fn nodes_counts_failures_and_skips_are_read() {
        let tap = "TAP version 13\n# Subtest: a file opens\nok 1 - a file opens\n    ok 1 - inner # SKIP no network\n\
                   not ok 2 - a file closes\n1..2\n# tests 3\n# suites 0\n# pass 1\n# fail 1\n# cancelled 0\n\
                   # skipped 1\n# todo 0\n";
        let tally = of_node(tap);
        assert_eq!((tally.passed, tally.failed), (1, 1));
        assert_eq!(tally.failures, ["a file closes"]);
        assert_eq!(tally.skipped, [(1, "inner: no network".to_owned())]);
    }

    #[test]
    fn a_runner_that_did_not_start_is_one_failure() {
        let tally = of_cargo("").with_exit(false, "cargo test");
        assert_eq!(tally.closing(), "failed: cargo test\n0 passed, 1 failed, 0 skipped");
    }

    #[test]
    fn the_closing_line_is_alone_below_the_reasons() {
        let mut tally = Tally::pass();
        tally.add(Tally::skip("browser tests: the release build failed"));
        assert_eq!(
            tally.closing(),
            "skipped: 1 browser tests: the release build failed\n1 passed, 0 failed, 1 skipped"
        );
    }
}
