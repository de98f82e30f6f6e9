//! Lays out a role of a data file as the rules read roles: its fields as front matter, followed by
//! its prompts as one body.

use super::{Decoded, RoleSource, Roles};
use crate::front_matter::{Field, FrontMatter, Language};
use crate::markdown::Reader;
use crate::role::{Role, Syntax};
use crate::text::Span;
use crate::yaml::{self, Node, Value};
use alloc::borrow::Cow;
use alloc::format;
use alloc::string::{String, ToString};
use alloc::vec::Vec;

/// The separator between two prompts of a role.
const BETWEEN: &str = "\n\n";

/// A role of a YAML, TOML or JSON file laid out as a role of a Markdown file: its lines in the file in
/// place of front matter, and its prompts as the body, with a mapping back to the file.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct LaidOut<'t> {
    /// The lines of the role in its file, a line break, and its prompts.
    text: String,
    /// The role's span in the file.
    span: Span,
    /// The start of the body in the text.
    body: usize,
    /// The name that a map gives it.
    key: Option<Cow<'t, str>>,
    fields: Vec<Field<'t>>,
    /// The prompts, and where each begins in the text.
    prompts: Vec<(usize, Decoded<'t>)>,
}

/// The text of a file with its prompts replaced by spaces, so that all offsets are unchanged.
pub(crate) fn without_prompts(text: &str, roles: &Roles<'_>) -> String {
    let prompts = roles.roles.iter().flat_map(|role| &role.prompts);
    let mut spans: Vec<Span> = prompts.map(|prompt| prompt.text.span).collect();
    spans.sort_unstable();
    let mut out = String::with_capacity(text.len());
    let mut at = 0;
    for span in spans.into_iter().filter(|span| !span.is_empty()) {
        out.push_str(text.get(at..span.start).unwrap_or(""));
        let from = span.start.max(at);
        for byte in Span::new(from, span.end).of(text).bytes() {
            out.push(if byte == b'\n' { '\n' } else { ' ' });
        }
        at = at.max(span.end);
    }
    out.push_str(text.get(at..).unwrap_or(""));
    out
}

impl<'t> LaidOut<'t> {
    /// Lays out a role of `file`, the text of the file without its prompts.
    pub(crate) fn new(file: &str, role: RoleSource<'t>) -> Self {
        let span = role.span;
        let mut text = format!("{}\n", span.of(file));
        let body = text.len();
        let mut prompts = Vec::with_capacity(role.prompts.len());
        for prompt in role.prompts {
            if !prompts.is_empty() {
                text.push_str(BETWEEN);
            }
            prompts.push((text.len(), prompt.text.clone()));
            text.push_str(&prompt.text.text);
        }
        let mut fields = role.fields;
        for field in &mut fields {
            field.name_span = moved(field.name_span, span, Span::at(span.start));
            field.lines = moved(field.lines, span, Span::at(span.start));
            shift(&mut field.value, span, Span::at(span.end));
        }
        let key = role.key.map(|(key, _)| key);
        Self { text, span, body, key, fields, prompts }
    }

    /// The name that a map gives the role.
    ///
    /// ```
    /// use rolewright_core::{Input, Options, lay_out};
    ///
    /// let file = r#"{ "clerk": { "description": "Files.", "prompt": "File it." } }"#;
    /// let (_, roles) = lay_out(&Input::new(file).at("agents.json"), &Options::new());
    /// assert_eq!(roles[0].key(), Some("clerk"));
    /// ```
    pub fn key(&self) -> Option<&str> {
        self.key.as_deref()
    }

    /// The text that the role is laid out as.
    ///
    /// ```
    /// use rolewright_core::{Input, Options, lay_out};
    ///
    /// let input = Input::new("developer_instructions = 'Say no.'\n").at(".codex/agents/a.toml");
    /// let (_, roles) = lay_out(&input, &Options::new());
    /// assert!(roles[0].text().ends_with("\nSay no."));
    /// ```
    pub fn text(&self) -> &str {
        &self.text
    }

    /// The role as rules and services read it: its spans refer to [`LaidOut::text`].
    ///
    /// ```
    /// use rolewright_core::{Input, Options, lay_out, markdown, role::Syntax};
    ///
    /// let path = ".codex/agents/a.toml";
    /// let input = Input::new("name = 'a'\ndeveloper_instructions = '# Tone'\n").at(path);
    /// let (_, roles) = lay_out(&input, &Options::new());
    /// let role = roles[0].role(path, Syntax::Toml, markdown::outline);
    /// assert!(role.field("name").is_some());
    /// assert_eq!(role.outline.headings[0].text.of(role.text), "Tone");
    /// ```
    pub fn role(&self, path: &'t str, syntax: Syntax, markdown: Reader) -> Role<'_> {
        let front_matter = Span::new(0, self.body);
        let front_matter = FrontMatter {
            span: front_matter,
            content: Span::new(0, self.body - 1),
            language: Language::Data,
            fault: None,
            error: None,
            is_flow: true,
            fields: self.fields.clone(),
        };
        Role::of_data(&self.text, path, syntax, front_matter, markdown)
    }

    /// The place of a range of the laid out text in the file, both in bytes.
    ///
    /// ```
    /// use rolewright_core::{Input, Options, Span, lay_out};
    ///
    /// let file = "developer_instructions = 'Say no.'\n";
    /// let (_, roles) = lay_out(&Input::new(file).at(".codex/agents/a.toml"), &Options::new());
    /// let at = roles[0].text().rfind("no").unwrap();
    /// assert_eq!(roles[0].to_file(Span::new(at, at + 2)).of(file), "no");
    /// ```
    pub fn to_file(&self, span: Span) -> Span {
        if span.end <= self.body {
            let end = span.end.min(self.span.len());
            return Span::new(span.start.min(end), end).shifted(self.span.start);
        }
        let (first, last) = (self.prompt(span.start), self.prompt(span.end));
        match (first, last) {
            (Some((at, one)), Some((other, _))) if at == other => {
                let inside = |offset: usize| offset.saturating_sub(at).min(one.text.len());
                one.to_source(Span::new(inside(span.start), inside(span.end)))
            }
            (first, Some((at, two))) => {
                let start = match first {
                    Some((at, one)) => one.to_source(Span::at(span.start.saturating_sub(at))).start,
                    None => span.start.min(self.span.len()) + self.span.start,
                };
                let length = span.end.saturating_sub(at).min(two.text.len());
                let end = two.to_source(Span::new(0, length)).end;
                Span::new(start.min(end), start.max(end))
            }
            _ => Span::at(self.span.end),
        }
    }

    /// The place in the laid out text of a byte of the file: in a prompt, its decoded text; elsewhere in
    /// the role, its fields. `None` outside the role.
    ///
    /// ```
    /// use rolewright_core::{Input, Options, lay_out};
    ///
    /// let file = "developer_instructions = 'Say no.'\n";
    /// let (_, roles) = lay_out(&Input::new(file).at(".codex/agents/a.toml"), &Options::new());
    /// let at = file.find("no.").unwrap();
    /// assert_eq!(roles[0].to_text(at), roles[0].text().rfind("no."));
    /// ```
    pub fn to_text(&self, offset: usize) -> Option<usize> {
        let decoded = |(start, prompt): &(usize, Decoded<'_>)| {
            let inside = prompt.span.start <= offset && offset <= prompt.span.end;
            prompt.to_decoded(offset).filter(|_| inside).map(|at| start + at)
        };
        let in_role = self.span.start <= offset && offset <= self.span.end;
        let field = in_role.then(|| offset - self.span.start).filter(|at| *at < self.body);
        self.prompts.iter().find_map(decoded).or(field)
    }

    /// Whether the body is one prompt, which can be replaced as a whole.
    pub(crate) fn has_one_prompt(&self) -> bool {
        self.prompts.len() == 1
    }

    /// The prompt that contains an offset, or the prompt before it, and the prompt's start in the
    /// text.
    fn prompt(&self, offset: usize) -> Option<(usize, &Decoded<'t>)> {
        let at = self.prompts.partition_point(|(start, _)| *start <= offset).checked_sub(1)?;
        self.prompts.get(at).map(|(start, prompt)| (*start, prompt))
    }

    /// Converts an edit of the laid-out text to an edit of the file, in the encoding of its place;
    /// `None` if the file cannot represent it.
    ///
    /// ```
    /// use rolewright_core::{Input, Options, Span, lay_out, role::Syntax};
    ///
    /// let file = "developer_instructions = \"Say no.\"\n";
    /// let (_, roles) = lay_out(&Input::new(file).at(".codex/agents/a.toml"), &Options::new());
    /// let at = roles[0].text().rfind("no").unwrap();
    /// let edit = roles[0].edit(file, Syntax::Toml, Span::new(at, at + 2), "\"yes\"");
    /// assert_eq!(edit.unwrap().1, r#"\"yes\""#);
    /// ```
    pub fn edit(
        &self,
        file: &str,
        syntax: Syntax,
        span: Span,
        text: &str,
    ) -> Option<(Span, String)> {
        if span.end < self.body {
            let place = self.to_file(span);
            return in_field(file, syntax, place, text).map(|text| (place, text));
        }
        let (at, prompt) = self.prompt(span.start)?;
        let inside = Span::new(span.start - at, span.end - at);
        if inside.end > prompt.text.len() {
            return None;
        }
        prompt.edit(file, inside, text)
    }
}

/// The replacement of a key or value, converted from the YAML of a rule to the syntax of the file.
fn in_field(file: &str, syntax: Syntax, place: Span, text: &str) -> Option<String> {
    if text.contains(['\n', '\r']) {
        return None;
    }
    let old = place.of(file);
    if text.is_empty() || syntax == Syntax::Yaml {
        return Some(text.to_string());
    }
    let is_string = old.starts_with(['"', '\'']) && old.len() > 1;
    let is_word = |c: char| c.is_ascii_alphanumeric() || "_-.:/@* ()".contains(c);
    if !is_string && !old.starts_with(['[', '{']) && text.chars().all(is_word) {
        // A part of a string, or a name without quotes.
        let is_bare = old.parse::<f64>().is_ok() || matches!(old, "true" | "false" | "null");
        return (!is_bare).then(|| text.to_string());
    }
    let node = yaml::parse(text, Span::new(0, text.len())).ok()??;
    written(&node, is_string)
}

/// A value from a rule, as JSON, which TOML can read as well.
fn written(node: &Node<'_>, as_text: bool) -> Option<String> {
    match &node.value {
        Value::Scalar(text, _) if node.as_bool().is_some() || node.is_number() && !as_text => {
            Some(text.to_string())
        }
        Value::Scalar(text, _) => {
            Some(format!("\"{}\"", text.chars().map(super::encode::json).collect::<String>()))
        }
        Value::Sequence(items) => {
            let items: Option<Vec<String>> = items.iter().map(|item| written(item, true)).collect();
            Some(format!("[{}]", items?.join(", ")))
        }
        Value::Mapping(_) => None,
    }
}

/// Maps a place in the file to a place in the role; a place outside the role, such as an alias
/// target, becomes `other`.
fn moved(place: Span, role: Span, other: Span) -> Span {
    let is_inside = role.start <= place.start && place.end <= role.end;
    let place = if is_inside { place } else { other };
    Span::new(place.start.saturating_sub(role.start), place.end.saturating_sub(role.start))
}

fn shift(node: &mut Node<'_>, role: Span, other: Span) {
    let is_inside = role.start <= node.span.start && node.span.end <= role.end;
    let own = if is_inside { node.span } else { other };
    node.span = moved(own, role, other);
    match &mut node.value {
        Value::Scalar(..) => {}
        Value::Sequence(items) => items.iter_mut().for_each(|item| shift(item, role, own)),
        Value::Mapping(entries) => entries.iter_mut().for_each(|entry| {
            shift(&mut entry.key, role, own);
            shift(&mut entry.value, role, own);
        }),
    }
}
