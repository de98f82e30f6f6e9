//! Parses files that contain roles in YAML, TOML or JSON: values with their spans, and decoded
//! prompts with a mapping back to every byte of the file.

mod decoded;
mod encode;
mod json;
mod laid_out;
mod quoted;
mod roles;
mod swallowed;
mod tolerant;
mod toml;
mod yaml;

pub use crate::yaml::SyntaxError;
pub use decoded::Decoded;
pub use laid_out::LaidOut;
pub(crate) use laid_out::without_prompts;
pub use roles::{Prompt, RoleSource, Roles, roles};
pub(crate) use swallowed::swallowed;

use crate::text::Span;
use crate::yaml::{Node, Style, Value};
use alloc::borrow::Cow;
use alloc::vec::Vec;

/// The values of a file, and the first error that prevents other parsers from reading it.
#[derive(Clone, Debug, Default, PartialEq)]
#[non_exhaustive]
pub struct Document<'t> {
    /// The value of the whole file; `None` if the file is empty.
    pub root: Option<Node<'t>>,
    /// Syntax errors in order, one for each broken part, [`MAX_ERRORS`] at most. The tree contains
    /// everything that can be read after them.
    pub errors: Vec<SyntaxError>,
}

/// Reads a JSON file; comments, and commas after the last value, are allowed.
///
/// ```
/// let document = rolewright_core::syntax::json("{ \"name\": \"clerk\" }");
/// let name = document.root.as_ref().and_then(|root| root.get("name"));
/// assert_eq!(name.and_then(|node| node.as_str()), Some("clerk"));
/// ```
pub fn json(text: &str) -> Document<'_> {
    json::read(text)
}

pub(crate) use json::Beyond;

/// The first part of a JSON file that a strict parser rejects although [`json`] reads it.
pub(crate) fn beyond_json(text: &str) -> Option<Beyond> {
    json::beyond(text)
}

/// Reads a YAML file or, if it is broken, its valid parts.
///
/// ```
/// let document = rolewright_core::syntax::yaml("name: clerk\n");
/// assert!(document.errors.is_empty() && document.root.is_some());
/// ```
pub fn yaml(text: &str) -> Document<'_> {
    tolerant::read(text)
}

/// Reads a TOML file.
///
/// ```
/// let document = rolewright_core::syntax::toml("name = \"clerk\"\n");
/// assert!(document.errors.is_empty() && document.root.is_some());
/// ```
pub fn toml(text: &str) -> Document<'_> {
    toml::read(text)
}

/// Parses a part of a text as a TOML file, such as front matter; places are relative to the whole
/// text.
pub(crate) fn toml_part(text: &str, part: Span) -> Document<'_> {
    toml::read_part(text, part)
}

/// The most syntax errors reported for one file; nobody reads more.
pub const MAX_ERRORS: usize = 50;

/// The maximum nesting depth of values; real files stay below ten.
const MAX_DEPTH: usize = 128;

/// A scalar that was written without quotes.
fn plain(text: &str, span: Span) -> Node<'_> {
    Node { span, value: Value::Scalar(Cow::Borrowed(span.of(text)), Style::Plain) }
}

#[cfg(test)]
mod tests;
