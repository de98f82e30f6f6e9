//! Reads YAML that does not parse as a whole piece by piece: the entries and items that are valid
//! on their own, so that one broken role does not affect its neighbors.

use super::{Document, MAX_ERRORS, SyntaxError};
use crate::text::Span;
use crate::yaml::{self, Entry, Node, Style, Value, YamlError, YamlErrorKind, tolerant_key};
use alloc::borrow::Cow;
use alloc::vec::Vec;

/// How deep valid parts are searched for: a role is in a list or map, and a field is in a role.
const MAX_LEVELS: usize = 4;

/// Reads a whole file.
pub(super) fn read(text: &str) -> Document<'_> {
    let start = if text.starts_with('\u{feff}') { 3 } else { 0 };
    let all = Span::new(start, text.len());
    match yaml::parse(text, all) {
        Ok(root) => Document { root, errors: Vec::new() },
        Err(error) => {
            let mut reader = Reader { text, errors: Vec::new() };
            let root = reader.mapping(all, 0, MAX_LEVELS);
            if reader.errors.is_empty() {
                reader.fail(&error);
            }
            Document { root, errors: reader.errors }
        }
    }
}

struct Reader<'t> {
    text: &'t str,
    errors: Vec<SyntaxError>,
}

impl<'t> Reader<'t> {
    fn fail(&mut self, error: &YamlError) {
        if self.errors.len() >= MAX_ERRORS {
            return;
        }
        let rest = self.text.get(error.offset..).unwrap_or("");
        let word = rest.find(char::is_whitespace).unwrap_or(rest.len());
        let span = Span::new(error.offset, error.offset + word);
        self.errors.push(SyntaxError { span, message: Cow::Borrowed(message(&error.kind)) });
    }

    /// The entries whose keys are indented by `indent`; `None` if there are none.
    fn mapping(&mut self, part: Span, indent: usize, levels: usize) -> Option<Node<'t>> {
        let mut starts = Vec::new();
        for line in lines(self.text, part) {
            let content = line.of(self.text);
            let (at, code) = if line.start == part.start {
                (line.start, content)
            } else {
                (line.start + indent, content.get(indent..).unwrap_or(""))
            };
            let lead = Span::new(line.start, at).of(self.text);
            if lead.trim_matches(' ').is_empty() && key_of(code).is_some() {
                starts.push(at);
            }
        }
        let mut entries = Vec::new();
        for (at, start) in starts.iter().enumerate() {
            let end = starts.get(at + 1).copied().unwrap_or(part.end);
            let end = self
                .text
                .get(..end)
                .and_then(|t| t.rfind('\n'))
                .map_or(end, |line| if end == part.end { end } else { line + 1 });
            entries.extend(self.entry(Span::new(*start, end), indent, levels));
        }
        let span = Span::new(starts.first().copied()?, part.end);
        Some(Node { span, value: Value::Mapping(entries) })
    }

    /// The entry that is written in `part`.
    fn entry(&mut self, part: Span, indent: usize, levels: usize) -> Option<Entry<'t>> {
        let error = match yaml::parse(self.text, part) {
            Ok(Some(Node { value: Value::Mapping(entries), .. })) if entries.len() == 1 => {
                return entries.into_iter().next();
            }
            Ok(_) => YamlError { offset: part.start, kind: YamlErrorKind::Other },
            Err(error) => error,
        };
        let (key, value) = key_of(part.of(self.text).lines().next()?)?;
        let key = super::plain(self.text, Span::new(part.start, part.start + key));
        let place = Span::new(part.start + value, part.end);
        let value = self.nested(place, indent, levels).unwrap_or_else(|| {
            self.fail(&error);
            raw(self.text, place)
        });
        Some(Entry { key, value })
    }

    /// The list or map in the lines after a key.
    fn nested(&mut self, place: Span, indent: usize, levels: usize) -> Option<Node<'t>> {
        let levels = levels.checked_sub(1)?;
        let rest = place.of(self.text);
        let (first, _) = rest.split_once('\n')?;
        if !first.trim().is_empty() && !first.trim_start().starts_with('#') {
            return None;
        }
        let part = Span::new(place.start + first.len() + 1, place.end);
        let is_code = |line: &Span| {
            let code = line.of(self.text).trim();
            !code.is_empty() && !code.starts_with('#')
        };
        let line = lines(self.text, part).find(is_code)?;
        let content = line.of(self.text);
        let inner = content.len() - content.trim_start_matches(' ').len();
        match content.trim_start_matches(' ').starts_with("- ") {
            true => self.sequence(Span::new(line.start, part.end), inner, levels),
            false if inner > indent => {
                self.mapping(Span::new(line.start + inner, part.end), inner, levels)
            }
            false => None,
        }
    }

    /// The items whose dashes are indented by `indent`.
    fn sequence(&mut self, part: Span, indent: usize, levels: usize) -> Option<Node<'t>> {
        let is_item = |line: &Span| {
            let content = line.of(self.text);
            let lead = content.len() - content.trim_start_matches(' ').len();
            lead == indent && content.get(indent..).is_some_and(|code| code.starts_with("- "))
        };
        let starts: Vec<usize> =
            lines(self.text, part).filter(is_item).map(|line| line.start).collect();
        let mut items = Vec::new();
        for (at, start) in starts.iter().enumerate() {
            let end = starts.get(at + 1).copied().unwrap_or(part.end);
            items.extend(self.item(Span::new(*start, end), indent, levels));
        }
        Some(Node { span: Span::new(part.start + indent, part.end), value: Value::Sequence(items) })
    }

    fn item(&mut self, part: Span, indent: usize, levels: usize) -> Option<Node<'t>> {
        match yaml::parse(self.text, part) {
            Ok(Some(Node { value: Value::Sequence(items), .. })) if items.len() == 1 => {
                return items.into_iter().next();
            }
            Ok(_) => {}
            Err(error) => {
                let dash = part.of(self.text).get(indent + 1..)?;
                let inner = indent + 1 + dash.len() - dash.trim_start_matches(' ').len();
                let content = Span::new(part.start + inner, part.end);
                let found =
                    levels.checked_sub(1).and_then(|levels| self.mapping(content, inner, levels));
                if found.is_none() {
                    self.fail(&error);
                }
                return found.or_else(|| Some(raw(self.text, content)));
            }
        }
        None
    }
}

/// Length of the key and offset of the value; keys may be in quotes here.
fn key_of(line: &str) -> Option<(usize, usize)> {
    tolerant_key(line).or_else(|| {
        let quote = line.chars().next().filter(|c| matches!(c, '"' | '\''))?;
        let key = 2 + line.get(1..)?.find(quote)?;
        let rest = line.get(key..)?.strip_prefix(':')?;
        let blank = rest.len() - rest.trim_start_matches([' ', '\t']).len();
        (rest.is_empty() || blank > 0).then_some((key, key + 1 + blank))
    })
}

/// The text as written.
fn raw(text: &str, place: Span) -> Node<'_> {
    let content = place.of(text);
    let start = place.start + content.len() - content.trim_start().len();
    let span = Span::new(start.min(place.end), (place.start + content.trim_end().len()).max(start));
    Node { span, value: Value::Scalar(Cow::Borrowed(span.of(text)), Style::Plain) }
}

/// The lines of a part without their line endings; the first may begin within its line.
fn lines(text: &str, part: Span) -> impl Iterator<Item = Span> + '_ {
    let mut at = part.start;
    part.of(text).split_inclusive('\n').map(move |line| {
        let start = at;
        at += line.len();
        Span::new(start, start + line.trim_end_matches(['\n', '\r']).len())
    })
}

fn message(kind: &YamlErrorKind) -> &'static str {
    match kind {
        YamlErrorKind::ColonInPlainValue => "a value with `: ` needs quotes",
        YamlErrorKind::Tab => "a tab is used where spaces must be",
        YamlErrorKind::Alias => "a value that begins with `*` or `&` needs quotes",
        YamlErrorKind::ReservedCharacter => "a value that begins with this character needs quotes",
        YamlErrorKind::Quote => "the quotes of the value do not close it",
        YamlErrorKind::Brackets => "a bracket is not closed",
        YamlErrorKind::TooLarge => "anchors and aliases expand to more than 10,000 values",
        _ => "the line does not fit those before it",
    }
}
