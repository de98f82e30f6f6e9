//! Parses YAML with byte spans: strictly, front matter or a YAML file as a tree of nodes; and with
//! a tolerant line reader, front matter that does not parse. Knows neither fields nor hosts.

use crate::text::Span;
use alloc::borrow::Cow;
use alloc::vec::Vec;

mod error;
mod escape;
mod strict;
mod tolerant;

pub use error::{SyntaxError, YamlError, YamlErrorKind};
pub use strict::parse;
pub(crate) use tolerant::{SPEAKERS, key_of as tolerant_key};

pub(crate) use escape::{line_breaks, unescaped};
pub(crate) use tolerant::read as read_tolerantly;

/// The most nodes that anchors and aliases may copy in total; more are rejected, so that a few
/// lines of YAML cannot grow without bound.
pub const MAX_NODES: usize = 10_000;

/// A node of the tree.
#[derive(Clone, Debug, PartialEq)]
pub struct Node<'t> {
    /// Place in bytes: the whole scalar with its quotes, or the collection.
    pub span: Span,
    /// Its value.
    pub value: Value<'t>,
}

/// The value of a node.
#[derive(Clone, Debug, PartialEq)]
pub enum Value<'t> {
    /// An unescaped scalar, and its notation.
    Scalar(Cow<'t, str>, Style),
    /// Items in order.
    Sequence(Vec<Node<'t>>),
    /// Entries in order; keys may repeat.
    Mapping(Vec<Entry<'t>>),
}

/// One entry of a mapping.
#[derive(Clone, Debug, PartialEq)]
pub struct Entry<'t> {
    /// The key; nearly always a scalar.
    pub key: Node<'t>,
    /// The value; an empty plain scalar where nothing was written.
    pub value: Node<'t>,
}

/// How a scalar was written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Style {
    /// Without quotes.
    Plain,
    /// `'…'`
    SingleQuoted,
    /// `"…"`
    DoubleQuoted,
    /// `|`
    Literal,
    /// `>`
    Folded,
}

impl<'t> Node<'t> {
    /// The text, if the node is a scalar.
    ///
    /// ```
    /// let document = rolewright_core::syntax::yaml("name: \"clerk\"\n");
    /// let name = document.root.as_ref().unwrap().get("name").unwrap();
    /// assert_eq!(name.as_str(), Some("clerk"));
    /// ```
    pub fn as_str(&self) -> Option<&str> {
        match &self.value {
            Value::Scalar(text, _) => Some(text),
            _ => None,
        }
    }

    /// The notation, if the node is a scalar.
    ///
    /// ```
    /// use rolewright_core::{syntax, yaml::Style};
    ///
    /// let document = syntax::yaml("name: \"clerk\"\n");
    /// let name = document.root.as_ref().unwrap().get("name").unwrap();
    /// assert_eq!(name.style(), Some(Style::DoubleQuoted));
    /// ```
    pub fn style(&self) -> Option<Style> {
        match &self.value {
            Value::Scalar(_, style) => Some(*style),
            _ => None,
        }
    }

    /// The items, if the node is a sequence.
    ///
    /// ```
    /// let document = rolewright_core::syntax::yaml("[Read, Grep]\n");
    /// let items = document.root.as_ref().unwrap().items().unwrap();
    /// assert_eq!(items[1].as_str(), Some("Grep"));
    /// ```
    pub fn items(&self) -> Option<&[Node<'t>]> {
        match &self.value {
            Value::Sequence(items) => Some(items),
            _ => None,
        }
    }

    /// The entries, if the node is a mapping.
    ///
    /// ```
    /// let document = rolewright_core::syntax::yaml("name: clerk\nmodel: opus\n");
    /// let entries = document.root.as_ref().unwrap().entries().unwrap();
    /// assert_eq!(entries[1].key.as_str(), Some("model"));
    /// ```
    pub fn entries(&self) -> Option<&[Entry<'t>]> {
        match &self.value {
            Value::Mapping(entries) => Some(entries),
            _ => None,
        }
    }

    /// The value under `key`, if the node is a mapping with that key; if the key is repeated, the
    /// first value.
    ///
    /// ```
    /// let document = rolewright_core::syntax::yaml("name: clerk\n");
    /// let root = document.root.as_ref().unwrap();
    /// assert!(root.get("name").is_some() && root.get("model").is_none());
    /// ```
    pub fn get(&self, key: &str) -> Option<&Node<'t>> {
        self.entries()?.iter().find(|entry| entry.key.as_str() == Some(key)).map(|e| &e.value)
    }

    /// Whether YAML 1.2 (core schema) reads it as null: nothing, `~` or `null`, unquoted.
    ///
    /// ```
    /// let document = rolewright_core::syntax::yaml("model:\nname: \"\"\n");
    /// let root = document.root.as_ref().unwrap();
    /// assert!(root.get("model").unwrap().is_null() && !root.get("name").unwrap().is_null());
    /// ```
    pub fn is_null(&self) -> bool {
        matches!(&self.value, Value::Scalar(text, Style::Plain)
            if matches!(text.as_ref(), "" | "~" | "null" | "Null" | "NULL"))
    }

    /// The Boolean value according to the YAML 1.2 core schema, if the node is one.
    ///
    /// ```
    /// let document = rolewright_core::syntax::yaml("a: true\nb: yes\n");
    /// let root = document.root.as_ref().unwrap();
    /// assert_eq!(root.get("a").unwrap().as_bool(), Some(true));
    /// assert_eq!(root.get("b").unwrap().as_bool(), None);
    /// ```
    pub fn as_bool(&self) -> Option<bool> {
        match &self.value {
            Value::Scalar(text, Style::Plain) => match text.as_ref() {
                "true" | "True" | "TRUE" => Some(true),
                "false" | "False" | "FALSE" => Some(false),
                _ => None,
            },
            _ => None,
        }
    }

    /// Whether YAML 1.2 (core schema) reads it as a number.
    pub(crate) fn is_number(&self) -> bool {
        matches!(&self.value, Value::Scalar(text, Style::Plain)
            if is_number(text))
    }
}

/// Whether a plain scalar is a number of the core schema. The standard library's reading of floats
/// would add ten kilobytes to the WebAssembly for the same answer.
pub(crate) fn is_number(text: &str) -> bool {
    let unsigned = text.strip_prefix(['-', '+']).unwrap_or(text);
    if let Some(digits) = unsigned.strip_prefix("0x") {
        return !digits.is_empty() && digits.bytes().all(|b| b.is_ascii_hexdigit());
    }
    let (mantissa, exponent) = unsigned.split_once(['e', 'E']).unwrap_or((unsigned, "0"));
    let exponent = exponent.strip_prefix(['-', '+']).unwrap_or(exponent);
    let (whole, fraction) = mantissa.split_once('.').unwrap_or((mantissa, ""));
    let digits = |part: &str| part.bytes().all(|b| b.is_ascii_digit());
    digits(whole)
        && digits(fraction)
        && whole.len() + fraction.len() > 0
        && !exponent.is_empty()
        && digits(exponent)
}

#[cfg(test)]
mod tests;
