//! Tests the template language, clause by clause: from files to the prompt and the problems.

use super::*;
use crate::options::{Code, Missing, Mount, Shift, TemplateOptions};
use alloc::collections::BTreeMap;
use alloc::format;
use alloc::string::ToString;
use alloc::vec::Vec;

/// An expansion of `roles/main.md`, the first of `files`.
pub(super) struct Try {
    files: BTreeMap<String, String>,
    values: Values,
    options: Options,
    text: String,
}

pub(super) fn try_out(text: &str) -> Try {
    Try {
        files: BTreeMap::new(),
        values: Values::new(),
        options: Options::default(),
        text: text.to_string(),
    }
}

impl Try {
    fn file(mut self, path: &str, text: &str) -> Self {
        self.files.insert(path.to_string(), text.to_string());
        self
    }

    fn value(mut self, name: &str, value: &str) -> Self {
        self.values.set(name, value);
        self
    }

    fn options(mut self, change: impl FnOnce(&mut TemplateOptions)) -> Self {
        change(&mut self.options.template);
        self
    }

    fn run(&self) -> Expanded {
        let input = Input::new(&self.text).at("roles/main.md");
        let input = input.with_files(&self.files).with_values(&self.values);
        let expanded = expand(&input, &self.options);
        assert_partition(&expanded);
        expanded
    }

    #[track_caller]
    fn gives(self, expected: &str) -> Self {
        assert_eq!(self.run().text, expected);
        self
    }

    /// Problems as `path:start-end Kind`, with the text at the place.
    fn problems(&self) -> Vec<String> {
        let expanded = self.run();
        let text = |file: u32| match expanded.files.get(file as usize).map(String::as_str) {
            Some("roles/main.md") => self.text.as_str(),
            Some(path) => self.files.get(path).map_or("", String::as_str),
            None => "",
        };
        let name = |kind: &ProblemKind| {
            let name = format!("{kind:?}");
            name.split([' ', '{', '(']).next().unwrap_or("").to_string()
        };
        expanded
            .problems
            .iter()
            .map(|p| format!("{} {}", name(&p.kind), p.at.span.of(text(p.at.file)).trim_end()))
            .collect()
    }

    #[track_caller]
    fn finds(self, expected: &[&str]) -> Self {
        assert_eq!(self.problems(), expected);
        self
    }
}

#[track_caller]
fn assert_partition(expanded: &Expanded) {
    let mut at = 0;
    for segment in &expanded.segments {
        assert_eq!(segment.out.start, at, "{expanded:#?}");
        assert!(segment.out.end > at, "{expanded:#?}");
        at = segment.out.end;
    }
    assert_eq!(at, expanded.text.len(), "{expanded:#?}");
}

mod blocks;
mod containment;
mod directives;
mod hostile;
mod provenance;
mod resolution;
mod variables;
