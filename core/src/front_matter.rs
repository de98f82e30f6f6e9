//! Finds the front matter of a role, says what is wrong with its delimiters, and reads its fields.
//! Knows no host: what a field means is decided elsewhere.

use crate::text::{self, Span};
use crate::yaml::{self, Entry, Node, Style, YamlError, YamlErrorKind, tolerant_key};
use alloc::borrow::Cow;
use alloc::vec::Vec;

mod removal;
mod repair;

pub(crate) use removal::without;
pub(crate) use repair::{
    block, glued_colon, is_block_header, quoted, quotes_are_missing, repair, run_together,
    swallowed, value_span,
};

/// The front matter of a file.
#[derive(Clone, Debug, PartialEq)]
pub struct FrontMatter<'t> {
    /// From the opening delimiter to the end of the closing line, with its line ending.
    pub span: Span,
    /// The lines between the delimiters.
    pub content: Span,
    /// What its lines are written in.
    pub language: Language,
    /// What is wrong with the delimiters.
    pub fault: Option<Fault>,
    /// Why the strict reading failed; the fields then come from the tolerant one.
    pub error: Option<YamlError>,
    /// Whether the fields are entries of one flow mapping: `{name: a, tools: b}`. A line cannot be
    /// added to it or taken out of it.
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

/// What can be wrong with the delimiters.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Fault {
    /// There is text before the opening delimiter; the span covers it.
    NotAtStart(Span),
    /// There is a byte order mark before the opening delimiter.
    ByteOrderMark,
    /// There is no closing delimiter; the offset is where it belongs.
    Unclosed(usize),
    /// Text is stuck to the closing delimiter; the span covers the stuck text.
    Glued(Span),
    /// A delimiter has more dashes than three, the opening or the closing one; the span covers it.
    Grown(Span),
    /// The opening delimiter is missing before what is clearly front matter.
    NoOpener,
}

/// One field of front matter.
#[derive(Clone, Debug, PartialEq)]
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
    /// Why its lines are not YAML even by themselves; set only in front matter that is not.
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

/// Finds and reads the front matter of `text`. `bare` says that its lines are not YAML (`.mdc` files).
///
/// ```
/// use rolewright_core::front_matter;
///
/// let front_matter = front_matter::read("---\nname: clerk\n---\nWrite.\n", false);
/// let name = front_matter.as_ref().and_then(|front_matter| front_matter.field("name"));
/// assert_eq!(name.and_then(|field| field.value.as_str()), Some("clerk"));
/// ```
pub fn read(text: &str, bare: bool) -> Option<FrontMatter<'_>> {
    let found = find(text)?;
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

/// At most this many fields of broken front matter are read one by one; no real file comes close.
const MOST_ALONE: usize = 500;

/// Reads the lines of one field strictly, so that a broken field leaves its neighbors whole.
fn read_alone<'t>(text: &'t str, field: &mut Field<'t>, of_head: &YamlError) {
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
        Err(error) if error.kind == YamlErrorKind::Alias && error.kind != of_head.kind => {}
        Err(mut error) => {
            // The parser has no name for lines of a block at the start of their lines.
            let at_line_start = text.get(..error.offset).is_some_and(|t| t.ends_with(['\n', '\r']));
            if error.kind == YamlErrorKind::Other && at_line_start {
                error.kind = YamlErrorKind::Unindented;
            }
            field.error = Some(error);
        }
    }
}

/// What the strict reading finds.
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
            // A block mapping may begin with a brace too: that of its first key.
            let first = entries.first().map_or(root.span.end, |entry| entry.key.span.start);
            let is_flow = root.span.of(text).starts_with('{') && root.span.start < first;
            Ok(Strict { entries, is_flow })
        }
        _ if is_null => Ok(Strict::default()),
        _ => Err(YamlError { offset: root.span.start, kind: YamlErrorKind::NotAMapping }),
    }
}

/// Refuses front matter that is YAML only because the lines of a dialogue pass for fields.
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
            // The lines between a block and the next field say nothing.
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

struct Found {
    span: Span,
    content: Span,
    language: Language,
    fault: Option<Fault>,
}

/// The most lines that are searched for front matter that does not start the file.
const LINES_BEFORE: usize = 12;

fn find(text: &str) -> Option<Found> {
    let mark = if text.starts_with('\u{feff}') { 3 } else { 0 };
    let mut lines = lines(text, mark);
    let first = lines.next()?;
    match first.of(text).trim_end() {
        "---" => {
            let mut found = close(text, first)?;
            if mark > 0 {
                found.fault = found.fault.or(Some(Fault::ByteOrderMark));
            }
            Some(found)
        }
        "+++" => close_toml(text, first),
        line if line.len() > 3 && is_rule(line) => grown(text, first),
        _ => misplaced(text, mark).or_else(|| without_opener(text, first)),
    }
}

fn is_rule(line: &str) -> bool {
    line.bytes().all(|b| b == b'-')
}

/// Front matter whose first line has too many dashes: elsewhere that is a rule.
fn grown(text: &str, first: Span) -> Option<Found> {
    let mut found = close(text, first).filter(|found| is_certain(text, found))?;
    found.fault =
        Some(Fault::Grown(Span::new(first.start, first.start + first.of(text).trim_end().len())));
    Some(found)
}

/// Whether there is nothing but fields between the delimiters, a name or a description among them.
fn is_certain(text: &str, found: &Found) -> bool {
    let named = |line: &str| line.starts_with("name:") || line.starts_with("description:");
    text::lines(text, found.content).any(|line| named(line.of(text)))
        && end_of_head(text, found.content.start) >= found.content.end
}

/// The lines from `start`, each with its line ending.
fn lines(text: &str, start: usize) -> impl Iterator<Item = Span> + '_ {
    text::lines(text, Span::new(start, text.len()))
}

fn close(text: &str, opener: Span) -> Option<Found> {
    let front_matter = |end: usize, after: usize, fault| Found {
        span: Span::new(opener.start, after),
        content: Span::new(opener.end, end.max(opener.end)),
        language: Language::Yaml,
        fault,
    };
    // Whether the lines so far look like front matter at all: a document may simply begin with a rule.
    let mut keys = 0;
    let mut last_of_head = opener.end;
    let mut ended = None;
    for line in lines(text, opener.end) {
        let raw = line.of(text).trim_end();
        if raw == "---" || raw == "..." {
            // Front matter whose end was lost reaches to the first rule of the body; a heading or a
            // blank line followed by prose in between gives it away.
            return match ended {
                Some(at) if keys > 0 => Some(front_matter(at, at, Some(Fault::Unclosed(at)))),
                _ if keys == 0 && is_prose(text, Span::new(opener.end, line.start)) => None,
                _ => Some(front_matter(line.start, line.end, None)),
            };
        }
        if keys > 0 && ended.is_none() {
            let content = line.of(text).trim_end_matches(['\n', '\r']);
            if let Some(stuck) = raw.strip_prefix("---") {
                if is_rule(stuck) {
                    let span = Span::new(line.start, line.start + raw.len());
                    return Some(front_matter(line.start, line.end, Some(Fault::Grown(span))));
                }
                let span = Span::new(line.start + 3, line.start + content.len());
                return Some(front_matter(line.start, line.start + 3, Some(Fault::Glued(span))));
            }
        }
        if tolerant_key(raw).is_some() {
            keys += 1;
        }
        match ended {
            None if is_markdown_heading(raw) => ended = Some(last_of_head),
            None if !raw.is_empty() => last_of_head = line.end,
            _ => {}
        }
    }
    (keys > 0).then(|| {
        let at = ended.unwrap_or_else(|| end_of_head(text, opener.end));
        front_matter(at, at, Some(Fault::Unclosed(at)))
    })
}

/// Whether lines between two rules are text and no fields, not even broken ones.
fn is_prose(text: &str, content: Span) -> bool {
    let trimmed = |line: Span| line.of(text).trim();
    let lines = || text::lines(text, content).map(trimmed).filter(|line| !line.is_empty());
    let is_data = |line: &str| {
        line.contains(": ")
            || line.contains(" = ")
            || line.contains('：')
            || line.ends_with(':')
            || line.starts_with("name:")
            || line.starts_with(['{', '['])
            || line.starts_with('#') && !line.starts_with("##")
    };
    lines().next().is_some() && !lines().any(is_data)
}

/// `## Title` can only be a comment in YAML; a comment in front matter has one hash.
fn is_markdown_heading(line: &str) -> bool {
    line.starts_with("## ") || line.starts_with("### ")
}

/// Where the run of lines that can belong to front matter ends.
fn end_of_head(text: &str, start: usize) -> usize {
    let mut end = start;
    for line in lines(text, start) {
        let raw = line.of(text).trim_end();
        let belongs = tolerant_key(raw).is_some()
            || raw.starts_with([' ', '\t'])
            || raw.starts_with("- ")
            || raw.starts_with("# ") && tolerant_key(raw.trim_start_matches(['#', ' '])).is_some();
        if !belongs {
            break;
        }
        end = line.end;
    }
    end
}

fn close_toml(text: &str, opener: Span) -> Option<Found> {
    let close = lines(text, opener.end).find(|line| line.of(text).trim_end() == "+++")?;
    Some(Found {
        span: Span::new(opener.start, close.end),
        content: Span::new(opener.end, close.start),
        language: Language::Toml,
        fault: None,
    })
}

/// Front matter after blank lines, comments or a title. Only a run of fields between two delimiters
/// counts: `---` is a rule everywhere else.
fn misplaced(text: &str, start: usize) -> Option<Found> {
    let mut comment = false;
    for line in lines(text, start).take(LINES_BEFORE) {
        let raw = line.of(text).trim();
        if raw == "---" && !comment {
            let indent = line.len() - line.of(text).trim_start().len();
            let opener = Span::new(line.start + indent, line.end);
            let mut found = close(text, opener)?;
            if !is_certain(text, &found) || found.fault.is_some() {
                return None;
            }
            found.fault = Some(Fault::NotAtStart(Span::new(start, opener.start)));
            return Some(found);
        }
        comment = (comment || raw.starts_with("<!--")) && !raw.ends_with("-->");
        let harmless = raw.is_empty()
            || comment
            || raw.starts_with("<!--")
            || raw.ends_with("-->")
            || raw.starts_with("# ");
        if !harmless {
            return None;
        }
    }
    None
}

/// Fields on the first lines, at least a name and a description, closed by `---` or a blank line.
fn without_opener(text: &str, first: Span) -> Option<Found> {
    let named = |line: &str| line.starts_with("name:") || line.starts_with("description:");
    if !named(first.of(text)) {
        return None;
    }
    let end = end_of_head(text, first.start);
    let content = Span::new(first.start, end);
    if text::lines(text, content).filter(|line| named(line.of(text))).count() < 2 {
        return None;
    }
    let closer = lines(text, end).next().filter(|line| line.of(text).trim_end() == "---");
    Some(Found {
        span: Span::new(first.start, closer.map_or(end, |line| line.end)),
        content,
        language: Language::Yaml,
        fault: Some(Fault::NoOpener),
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use alloc::string::{String, ToString};
    use alloc::{format, vec};

    fn names(text: &str) -> Vec<String> {
        read(text, false).map_or(vec![], |h| h.fields.iter().map(|f| f.name.to_string()).collect())
    }

    fn fault(text: &str) -> Option<Fault> {
        read(text, false).and_then(|front_matter| front_matter.fault)
    }

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
    fn a_rule_at_the_top_of_a_document_is_not_front_matter() {
        assert_eq!(read("# Title\n\n---\n\nNote: text\n\n---\n", false), None);
        assert_eq!(read("plain\n", false), None);
        assert_eq!(read("---\n\nplain text without fields\n", false), None);
        assert_eq!(read("---\n\nAn opening paragraph.\n\n---\n\nMore.\n", false), None);
        assert!(read("---\n---\ntext\n", false).is_some());
        assert!(read("---\n- name: x\n---\ntext\n", false).is_some());
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
    fn crlf_and_byte_order_mark_are_read() {
        let text = "\u{feff}---\r\nname: a\r\n---\r\nx";
        assert_eq!(names(text), ["name"]);
        assert_eq!(fault(text), Some(Fault::ByteOrderMark));
    }

    #[test]
    fn text_stuck_to_the_closing_delimiter_is_found() {
        let text = "---\nname: a\n---## What I do\nx\n";
        let Some(Fault::Glued(span)) = fault(text) else { panic!("{:?}", fault(text)) };
        assert_eq!(span.of(text), "## What I do");
    }

    #[test]
    fn an_opening_delimiter_that_grew_is_found_where_fields_follow() {
        let text = "----\nname: a\ndescription: b\n----\nbody\n";
        assert_eq!(fault(text), Some(Fault::Grown(Span::new(0, 4))));
        assert_eq!(names(text), ["name", "description"]);
        assert_eq!(read("-----\n\nA text below a rule.\n\n---\n", false), None);
        assert_eq!(read("------\nNote: a table\n------\n", false), None);
    }

    #[test]
    fn front_matter_after_spaces_is_misplaced() {
        let text = "  ---\nname: a\ndescription: b\n---\nx\n";
        assert_eq!(fault(text), Some(Fault::NotAtStart(Span::new(0, 2))));
        assert!(read(text, false).unwrap().span.of(text).starts_with("---\nname"));
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
    fn a_delimiter_that_grew_is_found() {
        let text = format!("---\nname: a\n{}\nbody\n\n---\n", "-".repeat(56));
        assert!(matches!(fault(&text), Some(Fault::Grown(_))));
    }

    #[test]
    fn unclosed_front_matter_ends_after_its_fields() {
        let text = "---\nname: a\ndescription: b\n\n# Title\n\ntext\n";
        let Some(Fault::Unclosed(at)) = fault(text) else { panic!() };
        assert_eq!(&text[at..], "\n# Title\n\ntext\n");
        let with_rule = "---\nname: a\ndescription: b\n\n## Title\n\ntext\n\n---\n\nmore\n";
        let Some(Fault::Unclosed(at)) = fault(with_rule) else { panic!() };
        assert!(with_rule[at..].starts_with("\n## Title"));
    }

    #[test]
    fn front_matter_after_blank_lines_is_misplaced() {
        let text = "\n\n---\nname: a\ndescription: b\n---\nx\n";
        assert_eq!(fault(text), Some(Fault::NotAtStart(Span::new(0, 2))));
        assert_eq!(names(text), ["name", "description"]);
    }

    #[test]
    fn front_matter_without_its_opening_delimiter_is_recognized() {
        assert_eq!(fault("name: a\ndescription: b\n---\nbody\n"), Some(Fault::NoOpener));
        assert_eq!(fault("name: only a line of text\n\nmore\n"), None);
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
