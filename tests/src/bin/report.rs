//! Prints the report of `check` for every file of the corpus, one JSON object per line, to compare
//! the npm package and the command line with.

use rolewright_core::Input;
use rolewright_core::{Options, Values, check};
use rolewright_tests::data;
use serde_json::json;

fn main() {
    let (options, values) = (Options::default(), Values::new());
    for file in data::corpus() {
        let report = check(&Input::new(&file.text).at(&file.path).with_values(&values), &options);
        let diagnostics: Vec<_> = report
            .diagnostics
            .iter()
            .map(|d| json!([d.rule, d.severity.name(), d.span.start, d.span.end, d.message]))
            .collect();
        let (file, path) = (&file.file, &file.path);
        println!(
            "{}",
            json!({ "file": file, "path": path, "host": report.host.id, "diagnostics": diagnostics })
        );
    }
}
