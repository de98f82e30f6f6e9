//! Compiles any bytes as a role and its files: nothing panics, the prompt is covered exactly once,
//! and every diagnostic is inside its file.

#![no_main]

use libfuzzer_sys::fuzz_target;
use rolewright_core::{Input, Target};
use rolewright_core::compile;
use rolewright_core::host::HOSTS;
use rolewright_core::{Options, Values};
use std::collections::BTreeMap;

fuzz_target!(|data: &[u8]| {
    let text = String::from_utf8_lossy(data);
    // A record separator divides the files.
    let paths = ["roles/main.md", "a.md", "parts/b.md", "c.json"];
    let files: BTreeMap<String, String> =
        paths.iter().map(ToString::to_string).zip(text.split('\u{1e}').map(String::from)).collect();
    let values: Values = [("X".to_string(), "one\ntwo".to_string())].into_iter().collect();
    let main = files.get("roles/main.md").map_or("", String::as_str);
    let to = data.first().and_then(|byte| HOSTS.get(usize::from(*byte) % (HOSTS.len() + 1)));
    let options = Options::default();
    let compiled = compile(&Input::new(main).at("roles/main.md").with_files(&files).with_values(&values), &options, &Target::of(to));
    let mut at = 0;
    for segment in &compiled.segments {
        assert_eq!(segment.out.start, at);
        assert!(compiled.prompt.get(segment.out.range()).is_some());
        let source = &files[&compiled.files[segment.file as usize]];
        assert!(source.get(segment.source.range()).is_some());
        at = segment.out.end;
    }
    assert_eq!(at, compiled.prompt.len());
    for diagnostic in &compiled.report.diagnostics {
        assert!(files[&diagnostic.path].get(diagnostic.span.range()).is_some());
    }
    for loss in &compiled.losses {
        assert!(main.get(loss.span.range()).is_some());
    }
});
