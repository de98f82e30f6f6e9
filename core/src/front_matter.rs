//! Finds the front matter of a role and reads its fields, without knowledge of any host.

use crate::text::Span;
use crate::yaml::{self, Entry, Node, Style, YamlError, YamlErrorKind};
use alloc::borrow::Cow;
use alloc::vec::Vec;

mod delimiters;
mod meaning;
mod removal;
mod repair;

pub(crate) use meaning::{sounds_like_limit, sounds_like_setting};
pub(crate) use removal::without;
pub(crate) use repair::{
    block, glued_colon, is_block_header, quoted, quotes_are_missing, repair, run_together,
    swallowed, value_span,
};

/// The front matter of a file.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub struct FrontMatter<'t> {
    /// From the opening delimiter to the end of the closing line, with its line ending.
    pub span: Span,
    /// The lines between the delimiters.
    pub content: Span,
    /// The language of its lines.
    pub language: Language,
    /// The problem with the delimiters.
    pub fault: Option<Fault>,
    /// The reason strict parsing failed, in which case the fields come from the tolerant reader.
    pub error: Option<YamlError>,
    /// Whether the fields are entries of one flow mapping: `{name: a, tools: b}`. Lines cannot be
    /// added to it or removed from it.
    pub is_flow: bool,
    /// The fields in order; names may repeat.
    pub fields: Vec<Field<'t>>,
}

/// The language of front matter.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Language {
    /// YAML between `---`.
    Yaml,
    /// Bare `key: value` lines between `---`, as Cursor's rule files have them: not YAML.
    Bare,
    /// TOML between `+++`; its fields are not read.
    Toml,
    /// The fields of a role in a YAML, TOML or JSON file.
    Data,
}

/// The possible problems with the delimiters.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Fault {
    /// Text comes before the opening delimiter; the span covers it.
    NotAtStart(Span),
    /// A byte order mark comes before the opening delimiter.
    ByteOrderMark,
    /// The closing delimiter is missing; the offset is its expected position.
    Unclosed(usize),
    /// Text is joined to the closing delimiter; the span covers that text.
    Glued(Span),
    /// The opening or closing delimiter has more than three dashes; the span covers it.
    Grown(Span),
    /// The opening delimiter is missing before unmistakable front matter.
    NoOpener,
}

/// One field of front matter.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub struct Field<'t> {
    /// The name as written, without quotes.
    pub name: Cow<'t, str>,
    /// Place of the name.
    pub name_span: Span,
    /// The value; an empty plain scalar where nothing was written.
    pub value: Node<'t>,
    /// All lines of the field, with the last line ending; in a flow mapping, from its name to the end
    /// of its value.
    pub lines: Span,
    /// The reason the field's lines are not valid YAML even in isolation; set only in invalid front
    /// matter.
    pub error: Option<YamlError>,
}

impl<'t> FrontMatter<'t> {
    /// The first field of that name.
    ///
    /// ```
    /// use rolewright_core::front_matter;
    ///
    /// let front_matter = front_matter::read("---\nname: clerk\n---\n", false).unwrap();
    /// assert!(front_matter.field("name").is_some() && front_matter.field("model").is_none());
    /// ```
    pub fn field(&self, name: &str) -> Option<&Field<'t>> {
        self.fields.iter().find(|field| field.name == name)
    }
}

/// Finds and reads the front matter of `text`. With `bare`, its lines are not YAML (`.mdc` files).
///
/// ```
/// use rolewright_core::front_matter;
///
/// let front_matter = front_matter::read("---\nname: clerk\n---\nWrite.\n", false);
/// let name = front_matter.as_ref().and_then(|front_matter| front_matter.field("name"));
/// assert_eq!(name.and_then(|field| field.value.as_str()), Some("clerk"));
/// ```
pub fn read(text: &str, bare: bool) -> Option<FrontMatter<'_>> {
    let found = delimiters::find(text)?;
    let mut front_matter = FrontMatter {
        span: found.span,
        content: found.content,
        language: if bare { Language::Bare } else { found.language },
        fault: found.fault,
        error: None,
        is_flow: false,
        fields: Vec::new(),
    };
    let entries = match front_matter.language {
        Language::Toml | Language::Data => Vec::new(),
        Language::Bare => yaml::read_tolerantly(text, front_matter.content),
        Language::Yaml => match strict(text, front_matter.content).and_then(without_dialogue) {
            Ok(strict) => {
                front_matter.is_flow = strict.is_flow;
                strict.entries
            }
            Err(error) => {
                front_matter.error = Some(error);
                yaml::read_tolerantly(text, front_matter.content)
            }
        },
    };
    front_matter.fields = fields(text, &front_matter, entries);
    if let Some(error) = &front_matter.error {
        front_matter
            .fields
            .iter_mut()
            .take(MOST_ALONE)
            .for_each(|field| read_alone(text, field, error));
    }
    Some(front_matter)
}

/// The most fields of broken front matter that are read one by one; no real file comes close.
const MOST_ALONE: usize = 500;

/// Parses the lines of one field strictly, so that a broken field does not affect its neighbors.
fn read_alone<'t>(text: &'t str, field: &mut Field<'t>, whole: &YamlError) {
    match strict(text, field.lines).map(|strict| strict.entries) {
        Ok(entries) if entries.len() > 1 => {
            let offset = entries.get(1).map_or(field.lines.start, |second| second.key.span.start);
            field.error = Some(YamlError { offset, kind: YamlErrorKind::Unindented });
        }
        Ok(entries) => {
            if let Some(entry) = entries.into_iter().next() {
                field.value = entry.value;
            }
        }
        // The anchor may be in another field.
        Err(error) if error.kind == YamlErrorKind::Alias && error.kind != whole.kind => {}
        Err(mut error) => {
            // The parser has no error kind for block lines without indentation.
            let at_line_start = text.get(..error.offset).is_some_and(|t| t.ends_with(['\n', '\r']));
            if error.kind == YamlErrorKind::Other && at_line_start {
                error.kind = YamlErrorKind::Unindented;
            }
            field.error = Some(error);
        }
    }
}

/// The result of strict parsing.
#[derive(Default)]
struct Strict<'t> {
    entries: Vec<Entry<'t>>,
    is_flow: bool,
}

fn strict(text: &str, content: Span) -> Result<Strict<'_>, YamlError> {
    let Some(root) = yaml::parse(text, content)? else { return Ok(Strict::default()) };
    let is_null = root.is_null();
    match root.value {
        yaml::Value::Mapping(entries) => {
            // A block mapping may also begin with a brace, if its first key does.
            let first = entries.first().map_or(root.span.end, |entry| entry.key.span.start);
            let is_flow = root.span.of(text).starts_with('{') && root.span.start < first;
            Ok(Strict { entries, is_flow })
        }
        _ if is_null => Ok(Strict::default()),
        _ => Err(YamlError { offset: root.span.start, kind: YamlErrorKind::NotAMapping }),
    }
}

/// Rejects front matter that is valid YAML only because lines of a dialogue look like fields.
fn without_dialogue(strict: Strict<'_>) -> Result<Strict<'_>, YamlError> {
    let is_spoken =
        |entry: &&Entry<'_>| entry.key.as_str().is_some_and(|name| yaml::SPEAKERS.contains(&name));
    let names: Vec<&str> =
        strict.entries.iter().filter(is_spoken).filter_map(|entry| entry.key.as_str()).collect();
    match strict.entries.iter().find(is_spoken) {
        Some(first) if names.len() > 1 => {
            let repeated =
                yaml::SPEAKERS.iter().any(|s| names.iter().filter(|name| *name == s).count() > 1);
            // Most parsers reject a duplicate key even if the rest is valid YAML.
            let kind = if repeated { YamlErrorKind::Unindented } else { YamlErrorKind::Dialogue };
            Err(YamlError { offset: first.key.span.start, kind })
        }
        _ => Ok(strict),
    }
}

fn fields<'t>(
    text: &'t str,
    front_matter: &FrontMatter<'t>,
    entries: Vec<Entry<'t>>,
) -> Vec<Field<'t>> {
    let content = front_matter.content;
    let starts: Vec<usize> = entries.iter().map(|e| line_start(text, e.key.span.start)).collect();
    let mut fields = Vec::with_capacity(entries.len());
    for (at, mut entry) in entries.into_iter().enumerate() {
        if matches!(entry.value.style(), Some(Style::Literal | Style::Folded)) {
            // Lines between a block and the next field carry no information.
            let raw = entry.value.span.of(text);
            entry.value.span.end = entry.value.span.start + raw.trim_end().len();
        }
        let mut start = starts.get(at).copied().unwrap_or(content.start).max(content.start);
        let mut end = starts.get(at + 1).copied().unwrap_or(content.end).max(start);
        if front_matter.is_flow {
            start = entry.key.span.start;
            end = end_of_entry(text, &entry);
        }
        fields.push(Field {
            name: match entry.key.value {
                yaml::Value::Scalar(name, _) => name,
                _ => Cow::Borrowed(entry.key.span.of(text)),
            },
            name_span: entry.key.span,
            value: entry.value,
            lines: Span::new(start, end),
            error: None,
        });
    }
    fields
}

/// The end of an entry in braces, including a colon with nothing after it.
fn end_of_entry(text: &str, entry: &Entry<'_>) -> usize {
    let end = entry.value.span.end.max(entry.key.span.end);
    let rest = text.get(entry.key.span.end..).unwrap_or("");
    let blanks = rest.len() - rest.trim_start().len();
    let has_colon = entry.value.span.is_empty() && rest.trim_start().starts_with(':');
    if has_colon { end.max(entry.key.span.end + blanks + 1) } else { end }
}

fn line_start(text: &str, offset: usize) -> usize {
    text.get(..offset).and_then(|before| before.rfind(['\n', '\r'])).map_or(0, |at| at + 1)
}

#[cfg(test)]
mod tests {
    use super::*;
    use alloc::{format, vec};

    #[test]
    fn front_matter_is_the_text_between_the_delimiters() {
        let text = "---\nname: a\ntools: [x]\n---\nbody\n";
        let front_matter = read(text, false).unwrap();
        assert_eq!(front_matter.span.of(text), "---\nname: a\ntools: [x]\n---\n");
        assert_eq!(front_matter.content.of(text), "name: a\ntools: [x]\n");
        assert_eq!(front_matter.fields[1].lines.of(text), "tools: [x]\n");
        assert_eq!((front_matter.fault, front_matter.error), (None, None));
    }

    #[test]
    fn a_field_of_a_flow_mapping_reaches_from_its_name_to_its_value() {
        for text in [
            "---\n{name: a, tools: [x], c :}\n---\n",
            "---\n# {\n{\n  name: a,\n  tools: [x], c :, # }\n}\n---\n",
            "---\n!!map {name: a, tools: [x]\n, c : }\n---\n",
        ] {
            let front_matter = read(text, false).unwrap();
            let lines: Vec<&str> =
                front_matter.fields.iter().map(|field| field.lines.of(text)).collect();
            assert_eq!(
                (front_matter.is_flow, lines),
                (true, vec!["name: a", "tools: [x]", "c :"]),
                "{text}"
            );
        }
        assert!(!read("---\n{name: a}: b\ntools: x\n---\n", false).unwrap().is_flow);
    }

    #[test]
    fn fields_in_another_form_are_invalid_front_matter() {
        for text in ["---\nname = a\ndescription = b\n---\n", "---\nname:a\ndescription:b\n---\n"] {
            let error = read(text, false)
                .and_then(|front_matter| front_matter.error)
                .map(|error| error.kind);
            assert_eq!(error, Some(YamlErrorKind::NotAMapping), "{text}");
        }
    }

    #[test]
    fn broken_yaml_still_gives_its_fields() {
        let front_matter = read("---\nname: a\ndescription: b: c\nmodel: x\n---\n", false).unwrap();
        assert!(front_matter.error.is_some());
        assert_eq!(front_matter.field("description").unwrap().value.as_str(), Some("b: c"));
        assert_eq!(front_matter.field("model").unwrap().value.as_str(), Some("x"));
    }

    #[test]
    fn a_hundred_thousand_broken_fields_are_read_but_not_one_by_one() {
        let text = format!("---\nname: a\n{}---\n", "b: c: d\n".repeat(100_000));
        let front_matter = read(&text, false).unwrap();
        assert_eq!(front_matter.fields.len(), 100_001);
        assert_eq!(front_matter.fields.iter().filter(|field| field.error.is_some()).count(), 499);
    }

    #[test]
    fn bare_lines_are_not_yaml() {
        let front_matter = read("---\ndescription: x\nglobs: **/*\n---\n", true).unwrap();
        assert_eq!((front_matter.error, front_matter.language), (None, Language::Bare));
    }

    #[test]
    fn toml_between_plus_signs_is_front_matter_without_fields() {
        let front_matter = read("+++\nid = \"x\"\n+++\nbody\n", false).unwrap();
        assert_eq!((front_matter.language, front_matter.fields.len()), (Language::Toml, 0));
    }
}
