//! Syntax errors in YAML, TOML and JSON.

use crate::text::Span;
use alloc::borrow::Cow;
use core::fmt;

/// Why a text is not valid YAML.
#[derive(Clone, Debug, PartialEq)]
pub struct YamlError {
    /// Byte offset at which the parser gave up.
    pub offset: usize,
    /// The kind of error.
    pub kind: YamlErrorKind,
}

/// The causes that have specific messages.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub enum YamlErrorKind {
    /// `: ` inside an unquoted value.
    ColonInPlainValue,
    /// A tab where indentation is expected.
    Tab,
    /// `*` or `&` without a name, or an undefined alias.
    Alias,
    /// `@`, a backtick or another reserved character begins a value.
    ReservedCharacter,
    /// A quote that is not closed, or followed by more text.
    Quote,
    /// A `[` or `{` that is not closed or separated.
    Brackets,
    /// Anchors and aliases that copy more than [`MAX_NODES`](super::MAX_NODES) nodes.
    TooLarge,
    /// A line that belongs to a value is not indented.
    Unindented,
    /// Valid YAML, but lines of a dialogue are mistaken for fields.
    Dialogue,
    /// Valid YAML, but not fields with names.
    NotAMapping,
    /// Anything else.
    Other,
}

impl YamlErrorKind {
    /// The problem, as a clause without a final period.
    ///
    /// ```
    /// use rolewright_core::yaml::YamlErrorKind;
    ///
    /// assert_eq!(YamlErrorKind::Tab.message(), "tab used for indentation");
    /// ```
    pub const fn message(&self) -> &'static str {
        match self {
            Self::ColonInPlainValue => "unquoted `: ` in a value",
            Self::Tab => "tab used for indentation",
            Self::Alias => "anchor or alias without a name, or undefined alias",
            Self::ReservedCharacter => "value starts with a reserved character",
            Self::Quote => "quote not closed, or followed by more text",
            Self::Brackets => "bracket not closed, or separator missing",
            Self::TooLarge => "anchors and aliases copy too many values",
            Self::Unindented => "line of a value not indented",
            Self::Dialogue => "lines of a dialogue read as fields",
            Self::NotAMapping => "not a mapping of fields",
            Self::Other => "invalid YAML",
        }
    }
}

/// `MESSAGE at byte OFFSET`.
impl fmt::Display for YamlError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} at byte {}", self.kind.message(), self.offset)
    }
}

impl core::error::Error for YamlError {}

/// A syntax error in a YAML, TOML or JSON file.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct SyntaxError {
    /// The place to fix, in bytes.
    pub span: Span,
    /// The problem, as a clause without a final period.
    pub message: Cow<'static, str>,
}

/// `MESSAGE at START..END`, in bytes.
impl fmt::Display for SyntaxError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} at {}", self.message, self.span)
    }
}

impl core::error::Error for SyntaxError {}
