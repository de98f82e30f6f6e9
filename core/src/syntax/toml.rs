//! Reads TOML as a tree with spans, from the events of `toml_parser`, which continues after errors.

use super::{Document, MAX_DEPTH, SyntaxError, quoted};
use crate::text::Span;
use crate::yaml::{Entry, Node, Style, Value};
use alloc::borrow::Cow;
use alloc::collections::BTreeMap;
use alloc::format;
use alloc::string::{String, ToString};
use alloc::vec::Vec;
use core::mem;
use toml_parser::decoder::Encoding;
use toml_parser::parser::{Event, EventKind, RecursionGuard, parse_document};
use toml_parser::{ParseError, Source};

/// The most names in one key: `a.b.c` has three. Further names are dropped.
const MAX_KEYS: usize = 32;

/// Reads a whole file.
pub(super) fn read(text: &str) -> Document<'_> {
    let start = if text.starts_with('\u{feff}') { 3 } else { 0 };
    read_part(text, Span::new(start, text.len()))
}

/// Reads a part of a text as a file.
pub(super) fn read_part(text: &str, part: Span) -> Document<'_> {
    let source = Source::new(part.of(text));
    let tokens = source.lex().into_vec();
    let (mut events, mut errors): (Vec<Event>, Vec<ParseError>) = (Vec::new(), Vec::new());
    let mut guard = RecursionGuard::new(&mut events, u32::try_from(MAX_DEPTH).unwrap_or(u32::MAX));
    parse_document(&tokens, &mut guard, &mut errors);
    let mut builder = Builder::new(text, part.start);
    for event in &events {
        builder.event(event, &source, &mut errors);
    }
    let place = |error: &ParseError| {
        let span =
            error.unexpected().or(error.context()).map_or(0..0, |span| span.start()..span.end());
        Span::from(span).shifted(part.start)
    };
    let first = errors.iter().min_by_key(|error| place(error).start);
    let error =
        first.map(|error| SyntaxError { span: place(error), message: message(error).into() });
    Document { root: Some(builder.finish(part)), errors: error.into_iter().collect() }
}

fn message(error: &ParseError) -> String {
    let expected: Vec<String> = error
        .expected()
        .unwrap_or(&[])
        .iter()
        .filter_map(|expected| match expected {
            toml_parser::Expected::Literal("\n") => Some(String::from("a line break")),
            toml_parser::Expected::Literal(text) => Some(format!("`{text}`")),
            toml_parser::Expected::Description(text) => Some(text.to_string()),
            _ => None,
        })
        .collect();
    match expected.is_empty() {
        true => error.description().to_string(),
        false => format!("{}, expected {}", error.description(), expected.join(" or ")),
    }
}

#[derive(Default)]
struct Table<'t> {
    span: Span,
    entries: Vec<(Node<'t>, Slot<'t>)>,
    tables: BTreeMap<Cow<'t, str>, usize>,
}

enum Slot<'t> {
    Value(Node<'t>),
    Table(usize),
    Tables(Vec<usize>),
}

enum Open<'t> {
    Array(usize, Vec<Node<'t>>),
    Inline(usize, usize),
}

struct Builder<'t> {
    text: &'t str,
    base: usize,
    tables: Vec<Table<'t>>,
    current: usize,
    keys: Vec<Node<'t>>,
    /// Keys that are waiting for their value, the innermost last.
    pending: Vec<Vec<Node<'t>>>,
    open: Vec<Open<'t>>,
}

impl<'t> Builder<'t> {
    fn new(text: &'t str, base: usize) -> Self {
        let tables = Vec::from([Table::default()]);
        Self {
            text,
            base,
            tables,
            current: 0,
            keys: Vec::new(),
            pending: Vec::new(),
            open: Vec::new(),
        }
    }

    fn event(&mut self, event: &Event, source: &Source<'t>, errors: &mut Vec<ParseError>) {
        let at = event.span();
        let span = Span::new(self.base + at.start(), self.base + at.end());
        match event.kind() {
            EventKind::StdTableOpen | EventKind::ArrayTableOpen => {
                self.keys.clear();
                self.pending.clear();
            }
            EventKind::StdTableClose => {
                let keys = mem::take(&mut self.keys);
                self.current = self.descend(0, &keys);
            }
            EventKind::ArrayTableClose => self.add_table(span),
            EventKind::SimpleKey => {
                let mut name = Cow::Borrowed("");
                if let Some(raw) = source.get(event) {
                    raw.decode_key(&mut name, errors);
                }
                let style = style(event.encoding());
                self.keys.push(Node { span, value: Value::Scalar(name, style) });
            }
            EventKind::KeyValSep => {
                let keys = mem::take(&mut self.keys);
                self.pending.push(keys);
            }
            EventKind::Scalar => {
                let node = self.scalar(span, event, source, errors);
                self.value(node);
            }
            EventKind::ArrayOpen => self.open.push(Open::Array(span.start, Vec::new())),
            EventKind::InlineTableOpen => {
                self.tables.push(Table { span, ..Table::default() });
                self.open.push(Open::Inline(span.start, self.tables.len() - 1));
            }
            EventKind::ArrayClose | EventKind::InlineTableClose => self.close(span.end),
            EventKind::Newline if self.open.is_empty() => {
                self.keys.clear();
                self.absent();
            }
            _ => {}
        }
    }

    /// Keys whose value is missing get an empty one.
    fn absent(&mut self) {
        if let Some(keys) = self.pending.pop() {
            let end = keys.last().map_or(0, |key| key.span.end);
            let node = super::plain(self.text, Span::at(end));
            self.put(self.current, keys, node);
        }
        self.pending.clear();
    }

    fn scalar(
        &self,
        span: Span,
        event: &Event,
        source: &Source<'t>,
        errors: &mut Vec<ParseError>,
    ) -> Node<'t> {
        let mut text = Cow::Borrowed("");
        if let Some(raw) = source.get(event) {
            let _kind = raw.decode_scalar(&mut text, errors);
        }
        let raw = span.of(self.text);
        let style = style(event.encoding());
        let value = match style {
            // A number as the other syntaxes write it.
            Style::Plain => text,
            _ if raw.contains(['\\', '\r', '\n']) => quoted::toml(self.text, span).text,
            _ => text,
        };
        Node { span, value: Value::Scalar(value, style) }
    }

    fn value(&mut self, node: Node<'t>) {
        match self.open.last_mut() {
            Some(Open::Array(_, items)) => items.push(node),
            Some(Open::Inline(_, table)) => {
                let table = *table;
                if let Some(keys) = self.pending.pop() {
                    self.put(table, keys, node);
                }
            }
            None => {
                if let Some(keys) = self.pending.pop() {
                    self.put(self.current, keys, node);
                }
            }
        }
    }

    fn close(&mut self, end: usize) {
        let node = match self.open.pop() {
            Some(Open::Array(start, items)) => {
                Node { span: Span::new(start, end), value: Value::Sequence(items) }
            }
            Some(Open::Inline(start, table)) => {
                let mut node = self.node(table);
                node.span = Span::new(start, end);
                node
            }
            None => return,
        };
        self.value(node);
    }

    fn put(&mut self, table: usize, mut keys: Vec<Node<'t>>, value: Node<'t>) {
        let Some(last) = keys.pop() else { return };
        let table = self.descend(table, &keys);
        if let Some(table) = self.tables.get_mut(table) {
            table.entries.push((last, Slot::Value(value)));
        }
    }

    /// The table at the end of a path of keys; missing tables along the path are added.
    fn descend(&mut self, from: usize, keys: &[Node<'t>]) -> usize {
        let mut at = from;
        for key in keys.iter().take(MAX_KEYS) {
            let name: Cow<'t, str> = match &key.value {
                Value::Scalar(name, _) => name.clone(),
                _ => Cow::Borrowed(""),
            };
            let next = self.tables.len();
            let Some(table) = self.tables.get_mut(at) else { return at };
            let known = table.tables.get(&name).and_then(|entry| table.entries.get(*entry));
            at = match known {
                Some((_, Slot::Table(table))) => *table,
                Some((_, Slot::Tables(tables))) => tables.last().copied().unwrap_or(at),
                _ => {
                    table.tables.insert(name, table.entries.len());
                    table.entries.push((key.clone(), Slot::Table(next)));
                    self.tables.push(Table { span: key.span, ..Table::default() });
                    next
                }
            };
        }
        at
    }

    fn add_table(&mut self, span: Span) {
        let mut keys = mem::take(&mut self.keys);
        let Some(last) = keys.pop() else { return };
        let parent = self.descend(0, &keys);
        let next = self.tables.len();
        let name: Cow<'t, str> = match &last.value {
            Value::Scalar(name, _) => name.clone(),
            _ => Cow::Borrowed(""),
        };
        let Some(table) = self.tables.get_mut(parent) else { return };
        let known = table.tables.get(&name).copied();
        match known.and_then(|entry| table.entries.get_mut(entry)) {
            Some((_, Slot::Tables(tables))) => tables.push(next),
            _ => {
                table.tables.insert(name, table.entries.len());
                table.entries.push((last.clone(), Slot::Tables(Vec::from([next]))));
            }
        }
        self.tables.push(Table { span: Span::new(last.span.start, span.end), ..Table::default() });
        self.current = next;
    }

    fn finish(mut self, part: Span) -> Node<'t> {
        self.absent();
        // An unclosed table or value still belongs to its key.
        while !self.open.is_empty() {
            self.close(part.end);
        }
        let mut root = self.node(0);
        root.span = part;
        root
    }

    /// A table with all its entries. Its depth equals the depth of its keys, which the events
    /// limit.
    fn node(&mut self, table: usize) -> Node<'t> {
        let Some(table) = self.tables.get_mut(table) else {
            return super::plain("", Span::default());
        };
        let (mut span, slots) = (table.span, mem::take(&mut table.entries));
        let mut entries = Vec::with_capacity(slots.len());
        for (key, slot) in slots {
            let value = match slot {
                Slot::Value(value) => value,
                Slot::Table(table) => self.node(table),
                Slot::Tables(tables) => {
                    let items: Vec<Node<'t>> = tables.into_iter().map(|t| self.node(t)).collect();
                    let start = items.first().map_or(key.span.start, |item| item.span.start);
                    let end = items.last().map_or(key.span.end, |item| item.span.end);
                    Node { span: Span::new(start, end), value: Value::Sequence(items) }
                }
            };
            span.end = span.end.max(value.span.end);
            entries.push(Entry { key, value });
        }
        Node { span, value: Value::Mapping(entries) }
    }
}

fn style(encoding: Option<Encoding>) -> Style {
    match encoding {
        None => Style::Plain,
        Some(Encoding::BasicString | Encoding::MlBasicString) => Style::DoubleQuoted,
        Some(Encoding::LiteralString | Encoding::MlLiteralString) => Style::SingleQuoted,
    }
}
