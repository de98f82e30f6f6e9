//! Represents one file of an expansion, read once: its text, its directives, and the declarations
//! in its front matter.

use super::fragment::Parts;
use super::lexer::{self, Lexed, Token};
use super::output::MarkKind;
use super::secret;
use super::settings::Settings;
use crate::front_matter::Fault;
use crate::markdown::{Heading, Outline, Reader};
use crate::options::Limits;
use crate::role::{Role, Syntax};
use crate::text::{Span, lines};
use crate::yaml::{self, Node, Value};
use alloc::borrow::{Cow, ToOwned};
use alloc::collections::BTreeMap;
use alloc::string::String;
use alloc::vec::Vec;
use core::cell::OnceCell;

/// A file of an expansion.
pub(super) struct Source<'a> {
    pub path: String,
    pub text: &'a str,
    /// Everything after the front matter.
    pub body: Span,
    /// `None` for data, which is never read.
    pub role: Option<Cow<'a, Role<'a>>>,
    pub lexed: Lexed<'a>,
    pub declared: BTreeMap<String, Declaration>,
    /// Front matter of an included file that is kept as text, because its start or end is
    /// uncertain.
    pub kept: Option<Kept>,
    /// The starts of lines; computed on first use, because long lines are searched often.
    lines: OnceCell<Vec<usize>>,
    marks: OnceCell<Vec<(usize, MarkKind)>>,
    parts: OnceCell<Parts>,
    /// Lines that contain a secret, and its name, collected once because thousands of parts may be
    /// included.
    secrets: OnceCell<Vec<(usize, &'a str)>>,
}

/// Front matter that is kept as text.
#[derive(Clone, Copy, Debug)]
pub(super) struct Kept {
    /// Its opening delimiter.
    pub opener: Span,
    /// Whether its closing delimiter is missing; otherwise, text comes before it.
    pub unclosed: bool,
}

/// A variable as front matter declares it.
#[derive(Clone, Debug)]
pub(super) struct Declaration {
    /// The span of its name; empty for an external declaration.
    pub span: Span,
    pub default: Option<String>,
    pub description: Option<String>,
    /// Left for the host to fill in.
    pub runtime: bool,
    /// Whether a missing value is an error.
    pub required: bool,
}

/// Extensions of files that are read for directives.
const TEMPLATES: [&str; 5] = ["md", "markdown", "mdc", "txt", "prompt"];

impl<'a> Source<'a> {
    /// The entry of an expansion; `variables` contains external declarations.
    pub(super) fn entry(role: &'a Role<'a>, limits: &Limits, variables: Option<&str>) -> Self {
        let lexed = match role.syntax {
            Syntax::Markdown => lexer::lex(role, limits.directive),
            _ => Lexed::default(),
        };
        Self {
            path: role.path.to_owned(),
            text: role.text,
            body: role.body,
            lexed,
            declared: declarations(role, variables),
            role: Some(Cow::Borrowed(role)),
            kept: None,
            lines: OnceCell::new(),
            marks: OnceCell::new(),
            parts: OnceCell::new(),
            secrets: OnceCell::new(),
        }
    }

    /// An included file.
    pub(super) fn included(path: &str, text: &'a str, data: bool, settings: &Settings) -> Self {
        let path = path.to_owned();
        if data || !is_template(&path) {
            let start = if text.starts_with('\u{feff}') { 3 } else { 0 };
            let body = Span::new(start, text.len());
            let (lexed, declared) = (Lexed::default(), BTreeMap::new());
            let (lines, marks, parts) = (OnceCell::new(), OnceCell::new(), OnceCell::new());
            let (role, kept, secrets) = (None, None, OnceCell::new());
            return Self {
                path,
                text,
                body,
                role,
                lexed,
                declared,
                kept,
                lines,
                marks,
                parts,
                secrets,
            };
        }
        // Only the ending of the path matters here, and it must outlive this call.
        let ending = if path.ends_with(".mdc") { ".mdc" } else { ".md" };
        let mut role = Role::parse_with(text, ending, settings.markdown);
        let kept = keep_uncertain_front_matter(&mut role, settings.markdown);
        Self {
            path,
            text,
            body: role.body,
            lexed: lexer::lex(&role, settings.limits.directive),
            declared: declarations(&role, None),
            role: Some(Cow::Owned(role)),
            kept,
            lines: OnceCell::new(),
            marks: OnceCell::new(),
            parts: OnceCell::new(),
            secrets: OnceCell::new(),
        }
    }

    /// The outline of the body; empty for data.
    pub(super) fn outline(&self) -> Option<&Outline> {
        self.role.as_ref().map(|role| &role.outline)
    }

    /// Whether it is inserted unread.
    pub(super) fn is_data(&self) -> bool {
        self.role.is_none()
    }

    /// The tokens that are in a range as a whole.
    pub(super) fn tokens_in(&self, range: Span) -> impl Iterator<Item = &Token<'a>> {
        let tokens = &self.lexed.tokens;
        let first = tokens.partition_point(|token| token.span.start < range.start);
        let rest = tokens.get(first..).unwrap_or(&[]).iter();
        rest.take_while(move |token| token.span.start < range.end)
            .filter(move |token| token.span.end <= range.end)
    }

    /// Its headings.
    pub(super) fn headings(&self) -> impl Iterator<Item = &Heading> {
        let headings = self.outline().map_or(&[][..], |outline| &outline.headings);
        headings.iter().filter(|heading| self.is_heading(heading))
    }

    /// The heading that contains an offset.
    pub(super) fn heading_at(&self, offset: usize) -> Option<&Heading> {
        let headings = &self.outline()?.headings;
        let at = headings.partition_point(|heading| heading.span.end <= offset);
        headings.get(at).filter(|found| found.span.contains(offset) && self.is_heading(found))
    }

    /// How many headings begin in a range.
    pub(super) fn headings_in(&self, range: Span) -> usize {
        let headings = self.outline().map_or(&[][..], |outline| &outline.headings);
        let before = |offset| headings.partition_point(|heading| heading.span.start < offset);
        before(range.end).saturating_sub(before(range.start))
    }

    /// Whether it is a real heading, and not a directive that only looks underlined because a rule
    /// follows.
    pub(super) fn is_heading(&self, heading: &Heading) -> bool {
        !heading.setext || !heading.text.of(self.text).starts_with("{{include:")
    }

    /// The offsets where the text of its headings changes when they move, in ascending order.
    pub(super) fn marks(&self) -> &[(usize, MarkKind)] {
        self.marks.get_or_init(|| {
            let mut marks = Vec::new();
            for heading in self.headings() {
                heading_marks(self.text, heading, &mut marks);
            }
            marks
        })
    }

    /// Its parts that have names.
    pub(super) fn parts(&self) -> &Parts {
        self.parts.get_or_init(|| Parts::of(self))
    }

    /// The name of the first secret on the lines that begin in a range.
    pub(super) fn secret_in(&self, range: Span) -> Option<&'a str> {
        let secrets = self.secrets.get_or_init(|| match is_template(&self.path) {
            true => secret::in_prose(self.text).collect(),
            false => secret::in_configuration(self.text).collect(),
        });
        let at = secrets.partition_point(|(start, _)| *start < range.start);
        secrets.get(at).filter(|(start, _)| *start < range.end).map(|(_, name)| *name)
    }

    /// The line at `offset`, with its line ending.
    pub(super) fn line(&self, offset: usize) -> Span {
        let starts = self.lines();
        let at = starts.partition_point(|&start| start <= offset);
        let start = at.checked_sub(1).and_then(|at| starts.get(at)).copied().unwrap_or(0);
        Span::new(start, starts.get(at).copied().unwrap_or(self.text.len()))
    }

    /// The lines from `first` to `last` (from 1, inclusive), if there are that many.
    pub(super) fn line_range(&self, first: usize, last: usize) -> Option<Span> {
        let starts = self.lines();
        let start = *starts.get(first.checked_sub(1)?)?;
        let end = starts.get(last).copied().unwrap_or(self.text.len());
        let there = first <= last && last <= starts.len() && start < self.text.len() && start < end;
        there.then_some(Span::new(start, end))
    }

    fn lines(&self) -> &[usize] {
        self.lines.get_or_init(|| {
            let whole = Span::new(0, self.text.len());
            let mut starts: Vec<usize> = lines(self.text, whole).map(|line| line.start).collect();
            if starts.is_empty() || self.text.ends_with(['\n', '\r']) {
                starts.push(self.text.len());
            }
            starts
        })
    }
}

/// Converts front matter with uncertain limits to text: omitting it could omit instructions, and no
/// rule checks the front matter of an included file.
fn keep_uncertain_front_matter(role: &mut Role<'_>, markdown: Reader) -> Option<Kept> {
    let front_matter = role.front_matter.as_ref()?;
    let unclosed = match front_matter.fault? {
        Fault::Unclosed(_) | Fault::NoOpener => true,
        Fault::NotAtStart(before) if !before.of(role.text).trim().is_empty() => false,
        _ => return None,
    };
    let opener = Span::new(front_matter.span.start, front_matter.span.start + 3);
    let certain =
        opener.of(role.text) == "---" && !front_matter.content.of(role.text).trim().is_empty();
    let mark = if role.text.starts_with('\u{feff}') { 3 } else { 0 };
    role.front_matter = None;
    role.body = Span::new(mark, role.text.len());
    role.outline = markdown(role.text, role.body);
    certain.then_some(Kept { opener, unclosed })
}

fn heading_marks(text: &str, heading: &Heading, marks: &mut Vec<(usize, MarkKind)>) {
    if !heading.setext {
        return marks.push((heading.span.start, MarkKind::Atx(heading.level)));
    }
    marks.push((heading.span.start, MarkKind::Setext(heading.level)));
    let content = |line: Span| line.of(text).trim_end_matches(['\n', '\r']).len();
    let mut ends = lines(text, heading.span).map(|line| line.start + content(line)).peekable();
    while let Some(at) = ends.next() {
        // The underline is the last line; the text after it is not part of the heading.
        if let Some(next) = ends.peek() {
            let last = *next == heading.span.end;
            marks.push((at, if last { MarkKind::Underline } else { MarkKind::Join }));
        }
    }
}

/// The part of a path's name after its last dot.
pub(super) fn extension(path: &str) -> &str {
    let name = path.rsplit('/').next().unwrap_or(path);
    name.rsplit_once('.').map_or("", |(_, extension)| extension)
}

/// Whether files with that path are read for directives instead of being inserted in a fence.
pub(super) fn is_template(path: &str) -> bool {
    TEMPLATES.iter().any(|known| known.eq_ignore_ascii_case(extension(path)))
}

fn declarations(role: &Role<'_>, outside: Option<&str>) -> BTreeMap<String, Declaration> {
    let mut declared = BTreeMap::new();
    let mut add = |map: &Node<'_>, inside: bool| {
        for entry in map.entries().unwrap_or(&[]) {
            if let Some(name) = entry.key.as_str() {
                let span = if inside { entry.key.span } else { Span::default() };
                let declared = declared.entry(name.to_owned());
                declared.or_insert_with(|| declaration(span, &entry.value));
            }
        }
    };
    if let Some(field) = role.field("variables") {
        add(&field.value, true);
    }
    // Declarations that do not parse declare nothing; the caller that sets them has reported the
    // error.
    let outside = outside.and_then(|text| yaml::parse(text, Span::new(0, text.len())).ok()?);
    if let Some(map) = outside {
        add(&map, false);
    }
    declared
}

fn declaration(span: Span, value: &Node<'_>) -> Declaration {
    let said = |key: &str| value.get(key).and_then(Node::as_str).map(ToOwned::to_owned);
    let shorthand = match &value.value {
        Value::Scalar(text, _) if !value.is_null() => Some(text.clone().into_owned()),
        _ => None,
    };
    Declaration {
        span,
        default: shorthand.or_else(|| said("default")),
        description: said("description"),
        runtime: said("stage").as_deref() == Some("runtime"),
        required: value.get("required").and_then(Node::as_bool) != Some(false),
    }
}
