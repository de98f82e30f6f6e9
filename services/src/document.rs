//! Represents a text as a service sees it: its path, the files around it, and the units that the
//! caller counts in.

use crate::places::Places;
use rolewright_core::{Files, Input, Options, Values};
use rolewright_wire::Encoding;

/// The text that a service works on.
#[derive(Clone, Copy)]
pub struct Document<'a> {
    /// The text, which may be unfinished.
    pub text: &'a str,
    /// The existing or intended path relative to the workspace root, with `/`; may be empty.
    pub path: &'a str,
    /// The files around it.
    pub files: &'a dyn Files,
    /// Values of template variables.
    pub values: &'a Values,
    /// Settings of the check.
    pub options: &'a Options,
    /// The unit of offsets and columns, for input and output.
    pub encoding: Encoding,
}

impl<'a> Document<'a> {
    /// The text with its surroundings, for the engine.
    pub fn input(&self) -> Input<'a> {
        Input::new(self.text).at(self.path).with_files(self.files).with_values(self.values)
    }

    /// Translates places of this text and of the files around it.
    pub fn places(&self) -> Places<'a> {
        Places::new(self.text, self.path, self.files, self.encoding)
    }

    /// Another file of the workspace, with the same settings but its own host.
    pub(crate) fn beside<'b>(&'b self, path: &'b str, text: &'b str) -> Document<'b> {
        Document { text, path, ..*self }
    }
}
