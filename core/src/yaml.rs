//! Reads YAML with byte spans: strictly, as a tree of nodes, or line by line for front matter that
//! does not parse. Knows nothing of fields or hosts.

use crate::text::Span;
use alloc::borrow::Cow;
use alloc::collections::{BTreeMap, BTreeSet};
use alloc::vec::Vec;
use core::fmt;
use granit_parser::{ErrorKind, Event, Parser, ScalarStyle, StrInput};

mod escape;
mod tolerant;

pub(crate) use tolerant::{SPEAKERS, key_of as tolerant_key};

pub(crate) use escape::{line_breaks, unescaped};
pub(crate) use tolerant::read as read_tolerantly;

/// Anchors and aliases may copy this many nodes in all; more is refused, so that a few lines of YAML
/// cannot grow without bound.
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
    /// A scalar after unescaping, and how it was written.
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
    /// The scalar's text, where it is one.
    pub fn as_str(&self) -> Option<&str> {
        match &self.value {
            Value::Scalar(text, _) => Some(text),
            _ => None,
        }
    }

    /// How the scalar was written, where it is one.
    pub fn style(&self) -> Option<Style> {
        match &self.value {
            Value::Scalar(_, style) => Some(*style),
            _ => None,
        }
    }

    /// Items, where it is a sequence.
    pub fn items(&self) -> Option<&[Node<'t>]> {
        match &self.value {
            Value::Sequence(items) => Some(items),
            _ => None,
        }
    }

    /// Entries, where it is a mapping.
    pub fn entries(&self) -> Option<&[Entry<'t>]> {
        match &self.value {
            Value::Mapping(entries) => Some(entries),
            _ => None,
        }
    }

    /// The value under `key`, where it is a mapping that has it; the first one counts.
    pub fn get(&self, key: &str) -> Option<&Node<'t>> {
        self.entries()?.iter().find(|entry| entry.key.as_str() == Some(key)).map(|e| &e.value)
    }

    /// Whether YAML 1.2 (core schema) reads it as null: nothing, `~` or `null`, unquoted.
    pub fn is_null(&self) -> bool {
        matches!(&self.value, Value::Scalar(text, Style::Plain)
            if matches!(text.as_ref(), "" | "~" | "null" | "Null" | "NULL"))
    }

    /// The boolean that YAML 1.2 (core schema) reads, where it is one.
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
    pub fn is_number(&self) -> bool {
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

/// Why a text is not YAML.
#[derive(Clone, Debug, PartialEq)]
pub struct YamlError {
    /// Byte offset at which the parser gave up.
    pub offset: usize,
    /// What it said.
    pub kind: YamlErrorKind,
}

/// The causes that have messages of their own.
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
    /// Anchors and aliases that copy more than [`MAX_NODES`] nodes.
    TooLarge,
    /// A line that belongs to a value is not indented.
    Unindented,
    /// YAML, but the lines of a dialogue pass for fields.
    Dialogue,
    /// YAML, but not fields with names.
    NotAMapping,
    /// Anything else.
    Other,
}

impl YamlErrorKind {
    /// What is wrong: a clause without a final period.
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

/// Why a file is not what its name promises.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SyntaxError {
    /// The place to fix, in bytes.
    pub span: Span,
    /// What is wrong there: a clause without a final period.
    pub message: Cow<'static, str>,
}

/// `MESSAGE at START..END`, in bytes.
impl fmt::Display for SyntaxError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} at {}", self.message, self.span)
    }
}

impl core::error::Error for SyntaxError {}

/// Reads `text[span]` strictly. Spans of the nodes are those of `text`.
///
/// # Errors
/// The first place at which it is not YAML 1.2.
///
/// ```
/// use rolewright_core::{Span, yaml};
///
/// let text = "name: clerk\nnote: a: b\n";
/// let error = yaml::parse(text, Span::new(0, text.len())).unwrap_err();
/// assert_eq!(error.kind, yaml::YamlErrorKind::ColonInPlainValue);
/// ```
pub fn parse<'t>(text: &'t str, span: Span) -> Result<Option<Node<'t>>, YamlError> {
    let text = span.of(text);
    let aliased = if text.contains('*') { aliased(text) } else { BTreeSet::new() };
    Builder { base: span.start, aliased, ..Builder::default() }.run(text)
}

/// The parser of every text, without the comments.
fn events(text: &str) -> Parser<'_, StrInput<'_>> {
    Parser::new_from_str_with_options(text, granit_parser::options! { emit_comments: false })
}

/// The anchors that an alias refers to: only their nodes need to be kept.
fn aliased(text: &str) -> BTreeSet<usize> {
    events(text).map_while(Result::ok).filter_map(|(event, _)| event.alias_id()).collect()
}

#[derive(Default)]
struct Builder<'t> {
    base: usize,
    open: Vec<(Node<'t>, Option<Node<'t>>, usize)>,
    aliased: BTreeSet<usize>,
    anchors: BTreeMap<usize, Node<'t>>,
    copied: usize,
    root: Option<Node<'t>>,
}

impl<'t> Builder<'t> {
    fn run(mut self, text: &'t str) -> Result<Option<Node<'t>>, YamlError> {
        let base = self.base;
        for next in events(text) {
            let (event, place) = next.map_err(|error| {
                let offset = error.marker().byte_offset().unwrap_or(text.len()).min(text.len());
                YamlError { offset: base + offset, kind: classify(error.kind(), text, offset) }
            })?;
            let range = place.byte_range().unwrap_or(0..0);
            let span = Span::new(base + range.start, base + range.end);
            self.event(event, span)?;
        }
        Ok(self.root)
    }

    fn event(&mut self, event: Event<'t>, span: Span) -> Result<(), YamlError> {
        match event {
            Event::Scalar(value, style, anchor, _) => {
                // The parser gives an absent value the text of a null.
                let absent = span.is_empty() && style == ScalarStyle::Plain;
                let value = if absent { Cow::Borrowed("") } else { value };
                self.add(Node { span, value: Value::Scalar(value, style_of(style)) }, anchor)
            }
            Event::SequenceStart(_, anchor, _) => {
                self.open.push((Node { span, value: Value::Sequence(Vec::new()) }, None, anchor));
                Ok(())
            }
            Event::MappingStart(_, anchor, _) => {
                self.open.push((Node { span, value: Value::Mapping(Vec::new()) }, None, anchor));
                Ok(())
            }
            Event::SequenceEnd | Event::MappingEnd => {
                let Some((mut node, _, anchor)) = self.open.pop() else { return Ok(()) };
                node.span.end =
                    node.span.end.max(last_end(&node)).max(span.end.min(node_end(&node, span)));
                self.add(node, anchor)
            }
            Event::Alias(id) => {
                let mut node = match self.anchors.get(&id) {
                    Some(node) => copy(node, &mut self.copied, span.start)?,
                    None => Node { span, value: Value::Scalar(Cow::Borrowed(""), Style::Plain) },
                };
                node.span = span;
                self.add(node, 0)
            }
            _ => Ok(()),
        }
    }

    fn add(&mut self, node: Node<'t>, anchor: usize) -> Result<(), YamlError> {
        if self.aliased.contains(&anchor) {
            let node = copy(&node, &mut self.copied, node.span.start)?;
            self.anchors.insert(anchor, node);
        }
        match self.open.last_mut() {
            // Only the first document counts; front matter contains only one.
            None => self.root = self.root.take().or(Some(node)),
            Some((parent, pending, _)) => match &mut parent.value {
                Value::Sequence(items) => items.push(node),
                Value::Mapping(entries) => match pending.take() {
                    Some(key) => entries.push(Entry { key, value: node }),
                    None => *pending = Some(node),
                },
                Value::Scalar(..) => {}
            },
        }
        Ok(())
    }
}

/// A copy of a node, as long as there have not been too many.
fn copy<'t>(node: &Node<'t>, copied: &mut usize, offset: usize) -> Result<Node<'t>, YamlError> {
    *copied += count(node);
    if *copied > MAX_NODES {
        return Err(YamlError { offset, kind: YamlErrorKind::TooLarge });
    }
    Ok(node.clone())
}

fn node_end(node: &Node<'_>, end_event: Span) -> usize {
    // A flow collection ends at its bracket; the end event of a block collection lies somewhere in
    // the following line, which is of no use.
    if end_event.len() == 1 { end_event.end } else { last_end(node) }
}

fn last_end(node: &Node<'_>) -> usize {
    match &node.value {
        Value::Sequence(items) => items.last().map_or(node.span.end, |n| n.span.end),
        Value::Mapping(entries) => {
            entries.last().map_or(node.span.end, |e| e.value.span.end.max(e.key.span.end))
        }
        Value::Scalar(..) => node.span.end,
    }
}

fn count(node: &Node<'_>) -> usize {
    1 + match &node.value {
        Value::Sequence(items) => items.iter().map(count).sum(),
        Value::Mapping(entries) => entries.iter().map(|e| count(&e.key) + count(&e.value)).sum(),
        Value::Scalar(..) => 0,
    }
}

fn style_of(style: ScalarStyle) -> Style {
    match style {
        ScalarStyle::SingleQuoted => Style::SingleQuoted,
        ScalarStyle::DoubleQuoted => Style::DoubleQuoted,
        ScalarStyle::Literal => Style::Literal,
        ScalarStyle::Folded => Style::Folded,
        _ => Style::Plain,
    }
}

fn classify(kind: &ErrorKind, text: &str, offset: usize) -> YamlErrorKind {
    use ErrorKind as K;
    match kind {
        K::MappingValueNotAllowed | K::InvalidMappingValueWhitespace | K::InvalidColonPlacement => {
            YamlErrorKind::ColonInPlainValue
        }
        K::TabNotAllowed
        | K::TabInBlockIndentation
        | K::TabAtBlockScalarStart
        | K::TabInIndentation
        | K::TabInPlainScalar => YamlErrorKind::Tab,
        K::UnknownAnchor | K::MissingAnchorOrAliasName => YamlErrorKind::Alias,
        K::UnclosedQuotedScalar
        | K::InvalidTrailingSingleQuotedScalar
        | K::InvalidTrailingDoubleQuotedScalar
        | K::UnknownQuotedScalarEscape
        | K::InvalidQuotedScalarHexEscape
        | K::InvalidQuotedScalarIndent
        | K::DocumentIndicatorInQuotedScalar => YamlErrorKind::Quote,
        K::UnexpectedEofFlowSequence
        | K::UnexpectedEofFlowMapping
        | K::UnexpectedEofImplicitFlowMapping
        | K::ExpectedFlowMappingSeparator
        | K::ExpectedFlowSequenceSeparator
        | K::MisplacedFlowCollectionEnd => YamlErrorKind::Brackets,
        _ => match text.as_bytes().get(offset) {
            Some(b'@' | b'`' | b'%') => YamlErrorKind::ReservedCharacter,
            _ => YamlErrorKind::Other,
        },
    }
}

#[cfg(test)]
mod tests;
