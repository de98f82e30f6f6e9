//! Tests of the services: a text with a caret `‸` in, what an editor shows out.
#![expect(missing_docs, reason = "a test that documents the services")]

mod actions;
mod completion;
mod data_files;
mod hover;
mod layouts;
mod navigation;
mod prompt;
mod rename;
mod structure;

use rolewright_core::{Input, Options, Values, host::Host};
use rolewright_services::Document;
use rolewright_wire::{Edit, Encoding, Range};
use std::collections::BTreeMap;

/// A workspace with one open text; its caret is `‸`, or a pair of them around a selection.
pub struct Case {
    pub text: String,
    pub path: String,
    pub files: BTreeMap<String, String>,
    pub values: Values,
    pub options: Options,
    carets: Vec<u32>,
}

/// A case for Claude Code.
pub fn case(marked: &str) -> Case {
    Case::at(".claude/agents/reviewer.md", marked)
}

impl Case {
    pub fn at(path: &str, marked: &str) -> Self {
        let mut text = String::new();
        let mut carets = Vec::new();
        for c in marked.chars() {
            match c {
                '‸' => carets.push(u32::try_from(text.encode_utf16().count()).unwrap()),
                c => text.push(c),
            }
        }
        let files = BTreeMap::from([(path.to_string(), text.clone())]);
        let (values, options) = (Values::new(), Options::default());
        Self { text, path: path.to_string(), files, values, options, carets }
    }

    pub fn beside(mut self, path: &str, text: &str) -> Self {
        self.files.insert(path.to_string(), text.to_string());
        self
    }

    pub fn value(mut self, name: &str, value: &str) -> Self {
        self.values.set(name, value);
        self
    }

    pub fn host(mut self, id: &str) -> Self {
        self.options.host = Host::by_id(id);
        self
    }

    pub fn document(&self) -> Document<'_> {
        Document {
            text: &self.text,
            path: &self.path,
            files: &self.files,
            values: &self.values,
            options: &self.options,
            encoding: Encoding::Utf16,
        }
    }

    pub fn input(&self) -> Input<'_> {
        Input::new(&self.text).at(&self.path).with_files(&self.files).with_values(&self.values)
    }

    pub fn caret(&self) -> u32 {
        self.carets[0]
    }

    pub fn selection(&self) -> (u32, u32) {
        (self.carets[0], *self.carets.last().unwrap())
    }

    /// The part of a file that a range covers.
    pub fn part(&self, path: &str, range: Range) -> String {
        let units: Vec<u16> = self.files[path].encode_utf16().collect();
        String::from_utf16(&units[range.start.offset as usize..range.end.offset as usize]).unwrap()
    }

    /// The files after edits; only those that change are shown.
    pub fn after(&self, edits: &[Edit]) -> BTreeMap<String, String> {
        let mut changed: BTreeMap<String, Vec<u16>> = BTreeMap::new();
        for edit in edits.iter().rev() {
            let units = changed
                .entry(edit.path.clone())
                .or_insert_with(|| self.files[&edit.path].encode_utf16().collect());
            let range = edit.range.start.offset as usize..edit.range.end.offset as usize;
            units.splice(range, edit.text.encode_utf16());
        }
        changed
            .into_iter()
            .map(|(path, units)| (path, String::from_utf16(&units).unwrap()))
            .collect()
    }
}
