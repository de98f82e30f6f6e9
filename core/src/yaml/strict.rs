//! Parses YAML 1.2 strictly, as a tree of nodes.

use super::{Entry, MAX_NODES, Node, Style, Value, YamlError, YamlErrorKind};
use crate::text::Span;
use alloc::borrow::Cow;
use alloc::collections::{BTreeMap, BTreeSet};
use alloc::vec::Vec;
use granit_parser::{ErrorKind, Event, Parser, ScalarStyle, StrInput};

/// Parses `text[span]` strictly. Node spans are relative to `text`.
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
    let has_aliases = text.contains('*') && text.contains('&');
    let aliased = if has_aliases { aliased(text) } else { BTreeSet::new() };
    Builder { base: span.start, aliased, ..Builder::default() }.run(text)
}

/// The parser for every text, without comments.
fn events(text: &str) -> Parser<'_, StrInput<'_>> {
    Parser::new_from_str_with_options(text, granit_parser::options! { emit_comments: false })
}

/// The anchors that some alias refers to: only their nodes need to be kept.
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

/// Copies a node, unless too many nodes have been copied already.
fn copy<'t>(node: &Node<'t>, copied: &mut usize, offset: usize) -> Result<Node<'t>, YamlError> {
    *copied += count(node);
    if *copied > MAX_NODES {
        return Err(YamlError { offset, kind: YamlErrorKind::TooLarge });
    }
    Ok(node.clone())
}

fn node_end(node: &Node<'_>, end_event: Span) -> usize {
    // A flow collection ends at its bracket; the end event of a block collection is somewhere on
    // the following line, and therefore useless.
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
mod tests {
    use super::*;
    use alloc::format;
    use alloc::string::String;

    /// Nested lists, each with an anchor, followed by `rest`.
    fn nested_anchors(depth: usize, rest: &str) -> String {
        let open: String = (0..depth).map(|n| format!("&a{n} [")).collect();
        format!("x: {open}{}\n{rest}", "]".repeat(depth))
    }

    fn copied(text: &str) -> Result<usize, YamlErrorKind> {
        let mut builder = Builder { aliased: aliased(text), ..Builder::default() };
        for next in events(text) {
            let (event, _) = next.unwrap();
            builder.event(event, Span::default()).map_err(|error| error.kind)?;
        }
        Ok(builder.copied)
    }

    #[test]
    fn unused_anchors_cost_nothing() {
        assert_eq!(copied(&nested_anchors(200, "")), Ok(0));
        assert_eq!(copied(&nested_anchors(200, "y: *a199\n")), Ok(2));
        assert_eq!(copied(&nested_anchors(200, "y: [*a0, *a199]\n")), Ok(200 + 200 + 1 + 1));
    }

    #[test]
    fn anchors_are_counted_like_aliases() {
        let all: String = (0..200).map(|n| format!("y{n}: *a{n}\n")).collect();
        assert_eq!(copied(&nested_anchors(200, &all)), Err(YamlErrorKind::TooLarge));
        let text = nested_anchors(200, &all);
        let error = parse(&text, Span::new(0, text.len())).unwrap_err();
        assert_eq!(error.kind, YamlErrorKind::TooLarge);
    }
}
