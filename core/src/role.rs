//! Parses a role: a text split into front matter, body, outline and special characters, borrowed
//! from it. Parsing always yields a role; the rules report the problems in it.

use crate::fences::{self, Fault};
use crate::front_matter::{self, Field, FrontMatter};
use crate::markdown::{Outline, Reader};
use crate::section::{self, Section};
use crate::text::{Span, with_line_feeds};
use crate::yaml::SyntaxError;
use alloc::vec::Vec;
use core::cell::OnceCell;

mod blocks;
mod characters;
mod cues;
mod doubled;
mod marks;

pub use characters::{SpecialCharacter, SpecialKind};
pub(crate) use cues::{Cue, CueKind};
pub(crate) use marks::Mark;
use marks::Marks;

/// A parsed file.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct Role<'t> {
    /// The whole text as passed in. Every span of the role refers to it.
    pub text: &'t str,
    /// Path relative to the workspace root, with `/`; may be empty.
    pub path: &'t str,
    /// The file's syntax.
    pub syntax: Syntax,
    /// The front matter, where there is one.
    pub front_matter: Option<FrontMatter<'t>>,
    /// Everything after the front matter; the whole text if there is none.
    pub body: Span,
    /// The body's outline; empty for a file that is not Markdown.
    pub outline: Outline,
    /// Whether there may be includes or variables: without the braces there are none.
    pub has_directives: bool,
    /// The syntax of a file that contains the role among other content.
    pub within: Option<Syntax>,
    /// Syntax errors of a file that is not Markdown.
    pub errors: Vec<SyntaxError>,
    special_characters: OnceCell<Vec<SpecialCharacter>>,
    lines: OnceCell<Vec<usize>>,
    heads: OnceCell<Vec<u8>>,
    marks: Marks,
    sections: OnceCell<Vec<Section>>,
    fence_faults: OnceCell<Vec<Fault>>,
    cues: OnceCell<Vec<Cue>>,
    second_lines: OnceCell<Vec<Span>>,
}

/// The syntax of a file.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Syntax {
    /// Markdown, with or without front matter.
    Markdown,
    /// A YAML file, such as `.roomodes`.
    Yaml,
    /// A TOML file, such as a Codex agent.
    Toml,
    /// JSON as a whole.
    Json,
}

impl Syntax {
    /// The syntax that a path's extension implies; Markdown by default.
    ///
    /// ```
    /// use rolewright_core::role::Syntax;
    ///
    /// assert_eq!(Syntax::of_path(".codex/agents/a.toml"), Syntax::Toml);
    /// assert_eq!(Syntax::of_path("AGENTS.md"), Syntax::Markdown);
    /// ```
    pub fn of_path(path: &str) -> Self {
        let name = path.rsplit('/').next().unwrap_or(path);
        match name.rsplit_once('.').map(|(_, extension)| extension) {
            Some("yaml" | "yml" | "roomodes" | "kilocodemodes") => Syntax::Yaml,
            Some("toml") => Syntax::Toml,
            Some("json" | "jsonc" | "json5") => Syntax::Json,
            _ => Syntax::Markdown,
        }
    }

    /// Its name for people.
    ///
    /// ```
    /// use rolewright_core::role::Syntax;
    ///
    /// assert_eq!(Syntax::Json.name(), "JSON");
    /// ```
    pub const fn name(self) -> &'static str {
        match self {
            Syntax::Markdown => "Markdown",
            Syntax::Yaml => "YAML",
            Syntax::Toml => "TOML",
            Syntax::Json => "JSON",
        }
    }
}

fn holds(text: &str, part: &str) -> bool {
    memchr::memmem::find(text.as_bytes(), part.as_bytes()).is_some()
}

impl<'t> Role<'t> {
    /// Parses `text`, with pulldown-cmark as the Markdown reader.
    ///
    /// ```
    /// use rolewright_core::Role;
    ///
    /// let role = Role::parse("---\nname: clerk\n---\n# Tone\n", "roles/clerk.md");
    /// assert_eq!(role.body.of(role.text), "# Tone\n");
    /// assert_eq!(role.outline.headings.len(), 1);
    /// ```
    #[cfg(feature = "pulldown-cmark")]
    pub fn parse(text: &'t str, path: &'t str) -> Self {
        Self::parse_with(text, path, crate::markdown::outline)
    }

    /// Parses `text`; `markdown` reads the outline of its body if it is Markdown.
    ///
    /// ```
    /// use rolewright_core::{Role, markdown::Outline};
    ///
    /// // A reader that finds nothing, where the outline does not matter.
    /// let role = Role::parse_with("# Tone\n", "roles/clerk.md", |_, _| Outline::default());
    /// assert!(role.outline.headings.is_empty());
    /// ```
    pub fn parse_with(text: &'t str, path: &'t str, markdown: Reader) -> Self {
        let mut role = Self::without_outline(text, path);
        if role.syntax == Syntax::Markdown {
            role.outline = markdown(text, role.body);
        }
        role
    }

    /// Like `parse`, but without the outline of the body, for callers that need only the front
    /// matter.
    ///
    /// ```
    /// use rolewright_core::Role;
    ///
    /// let role = Role::without_outline("---\nname: clerk\n---\n# Tone\n", "roles/clerk.md");
    /// assert!(role.field("name").is_some() && role.outline.headings.is_empty());
    /// ```
    pub fn without_outline(text: &'t str, path: &'t str) -> Self {
        let syntax = Syntax::of_path(path);
        let is_markdown = syntax == Syntax::Markdown;
        let front_matter =
            if is_markdown { front_matter::read(text, path.ends_with(".mdc")) } else { None };
        let start = front_matter.as_ref().map_or_else(
            || if text.starts_with('\u{feff}') { 3 } else { 0 },
            |front_matter| front_matter.span.end,
        );
        let body = Span::new(start, text.len());
        Self {
            text,
            path,
            syntax,
            outline: Outline::default(),
            special_characters: OnceCell::new(),
            lines: OnceCell::new(),
            heads: OnceCell::new(),
            marks: Marks::default(),
            has_directives: is_markdown && holds(text, "{{"),
            front_matter,
            body,
            within: None,
            errors: Vec::new(),
            sections: OnceCell::new(),
            fence_faults: OnceCell::new(),
            cues: OnceCell::new(),
            second_lines: OnceCell::new(),
        }
    }

    /// A role of a data file, laid out as `text`: its fields come first, and its prompts form the
    /// body.
    pub(crate) fn of_data(
        text: &'t str,
        path: &'t str,
        within: Syntax,
        front_matter: FrontMatter<'t>,
        markdown: Reader,
    ) -> Self {
        let body = Span::new(front_matter.span.end, text.len());
        Self {
            text,
            path,
            syntax: Syntax::Markdown,
            front_matter: Some(front_matter),
            body,
            outline: markdown(text, body),
            special_characters: OnceCell::new(),
            lines: OnceCell::new(),
            heads: OnceCell::new(),
            marks: Marks::default(),
            has_directives: holds(body.of(text), "{{"),
            within: Some(within),
            errors: Vec::new(),
            sections: OnceCell::new(),
            fence_faults: OnceCell::new(),
            cues: OnceCell::new(),
            second_lines: OnceCell::new(),
        }
    }

    /// The first field of that name.
    ///
    /// ```
    /// use rolewright_core::Role;
    ///
    /// let role = Role::parse("---\nname: clerk\n---\n", "a.md");
    /// assert_eq!(role.field("name").unwrap().value.as_str(), Some("clerk"));
    /// ```
    pub fn field(&self, name: &str) -> Option<&Field<'t>> {
        self.front_matter.as_ref()?.field(name)
    }

    /// Every field of the front matter, in order.
    ///
    /// ```
    /// use rolewright_core::Role;
    ///
    /// let role = Role::parse("---\nname: clerk\nmodel: opus\n---\n", "a.md");
    /// let names: Vec<&str> = role.fields().iter().map(|field| &*field.name).collect();
    /// assert_eq!(names, ["name", "model"]);
    /// ```
    pub fn fields(&self) -> &[Field<'t>] {
        self.front_matter.as_ref().map_or(&[], |front_matter| &front_matter.fields)
    }

    /// Whether strict parsing of the front matter failed. Consequences of the failure are not
    /// reported separately.
    ///
    /// ```
    /// use rolewright_core::Role;
    ///
    /// assert!(Role::parse("---\nnote: a: b\n---\n", "a.md").front_matter_is_broken());
    /// assert!(!Role::parse("---\nnote: \"a: b\"\n---\n", "a.md").front_matter_is_broken());
    /// ```
    pub fn front_matter_is_broken(&self) -> bool {
        self.front_matter.as_ref().is_some_and(|front_matter| front_matter.error.is_some())
    }

    /// Whether the text ends its lines with CRLF: its first line ending decides.
    pub(crate) fn is_crlf(&self) -> bool {
        memchr::memchr(b'\n', self.text.as_bytes())
            .is_some_and(|at| at > 0 && self.text.as_bytes().get(at - 1) == Some(&b'\r'))
    }

    /// The line ending of the text, for edits that add lines.
    ///
    /// ```
    /// use rolewright_core::Role;
    ///
    /// assert_eq!(Role::parse("One\r\ntwo\r\n", "a.md").line_end(), "\r\n");
    /// ```
    pub fn line_end(&self) -> &'static str {
        if self.is_crlf() { "\r\n" } else { "\n" }
    }

    /// Characters that are invisible to readers or certainly damaged, in order.
    ///
    /// ```
    /// use rolewright_core::Role;
    ///
    /// let role = Role::parse("Be\u{200B}brief.\n", "roles/clerk.md");
    /// assert_eq!(role.special_characters()[0].offset, 2);
    /// ```
    pub fn special_characters(&self) -> &[SpecialCharacter] {
        self.special_characters.get_or_init(|| {
            let mut found = characters::special_characters(self.text);
            // Characters before the prompt of a data file are found when the file is read as a
            // whole.
            let start = if self.within.is_some() { self.body.start } else { 0 };
            found.retain(|special| special.offset >= start);
            found
        })
    }

    /// The byte offsets of line starts; the first is 0.
    ///
    /// ```
    /// use rolewright_core::Role;
    ///
    /// assert_eq!(Role::parse("a\nb\n", "roles/clerk.md").lines(), [0, 2, 4]);
    /// ```
    pub fn lines(&self) -> &[usize] {
        let find = || characters::line_starts(self.text.as_bytes(), self.has_returns());
        self.lines.get_or_init(find)
    }

    /// The sections of the body: headings, bold lines, label lines before lists and bare title
    /// lines. Computed on first use.
    ///
    /// ```
    /// use rolewright_core::{Role, section::Origin};
    ///
    /// let role = Role::parse("# Clerk\n\n**Tone:**\n- brief\n", "a.md");
    /// let last = role.sections().last().unwrap();
    /// assert_eq!((last.title.of(role.text), last.origin), ("Tone", Origin::Bold));
    /// ```
    pub fn sections(&self) -> &[Section] {
        self.sections.get_or_init(|| section::read(self.text, self.body, &self.outline))
    }

    /// A fence that Markdown does not read as its author intended. Computed on first use.
    pub(crate) fn fence_faults(&self) -> &[Fault] {
        let is_markdown = self.syntax == Syntax::Markdown;
        let text = || match self.has_returns() {
            true => with_line_feeds(self.text),
            false => self.text.into(),
        };
        let read = || fences::read(&text(), self.body, &self.outline);
        let is_sound = || is_markdown && self.second_lines().is_empty();
        self.fence_faults.get_or_init(|| if is_sound() { read() } else { Vec::new() })
    }

    /// If every line of the text is there twice, the second of each two. Rules about structure then
    /// leave it to the one that reports it. Computed on first use.
    pub(crate) fn second_lines(&self) -> &[Span] {
        let count = || self.lines().len();
        let is_prompt = !self.body.is_empty();
        let find =
            || if is_prompt { doubled::second_lines(self.text, count()) } else { Vec::new() };
        self.second_lines.get_or_init(find)
    }

    /// The cue words of the text. Computed on first use.
    pub(crate) fn cues(&self) -> &[Cue] {
        self.cues.get_or_init(|| cues::find(self.text))
    }

    /// The cue words of one kind in the prose of the body: not in code.
    pub(crate) fn prose_cues(&self, kind: CueKind) -> impl Iterator<Item = Span> + '_ {
        let spans = self.cues().iter().filter(move |one| one.kind == kind).map(|one| one.span);
        spans.filter(|span| {
            span.start >= self.body.start && self.outline.code_at(span.start).is_none()
        })
    }

    /// The span of the line that contains `offset`, without its line ending.
    ///
    /// ```
    /// use rolewright_core::Role;
    ///
    /// let role = Role::parse("One\ntwo\n", "a.md");
    /// assert_eq!(role.line_at(5).of(role.text), "two");
    /// ```
    pub fn line_at(&self, offset: usize) -> Span {
        let next = self.lines().partition_point(|&start| start <= offset);
        let start = next.checked_sub(1).and_then(|at| self.lines().get(at)).copied().unwrap_or(0);
        let end = self.lines().get(next).copied().unwrap_or(self.text.len());
        without_line_end(self.text, Span::new(start, end))
    }

    /// The places of a mark in the whole text, in order. Computed on first use.
    pub(crate) fn marks(&self, mark: Mark) -> &[usize] {
        self.marks.of(self.text, mark)
    }

    /// Whether the text contains a carriage return.
    pub(crate) fn has_returns(&self) -> bool {
        !self.marks(Mark::CarriageReturn).is_empty()
    }

    /// The places of a mark in the body, in order.
    pub(crate) fn body_marks(&self, mark: Mark) -> &[usize] {
        let all = self.marks(mark);
        let first = all.partition_point(|place| *place < self.body.start);
        all.get(first..).unwrap_or(&[])
    }

    /// The first byte of each line that is neither a space nor a tab, in the order of
    /// [`Self::lines`]: it tells most lines from those that a rule looks for. Computed on first use.
    pub(crate) fn heads(&self) -> &[u8] {
        self.heads.get_or_init(|| characters::heads(self.text.as_bytes(), self.lines()))
    }

    /// The lines that begin in the body, without their line endings.
    pub(crate) fn body_lines(&self) -> impl Iterator<Item = Span> + '_ {
        self.body_lines_with(|_| true)
    }

    /// The lines that begin in the body and whose head passes a test.
    pub(crate) fn body_lines_with<'a>(
        &'a self,
        is_wanted: impl Fn(u8) -> bool + 'a,
    ) -> impl Iterator<Item = Span> + 'a {
        let is_wanted = move |(_, (_, head)): &(usize, (usize, u8))| is_wanted(*head);
        let lines = (self.first_line() + 1..).zip(self.body_heads()).filter(is_wanted);
        let lines = lines.map(|(next, (start, _))| {
            Span::new(start, self.lines().get(next).copied().unwrap_or(self.text.len()))
        });
        lines.map(|line| without_line_end(self.text, line))
    }

    /// The starts of the lines that begin in the body, each with its head.
    pub(crate) fn body_heads(&self) -> impl Iterator<Item = (usize, u8)> + '_ {
        let first = self.first_line();
        let starts = self.lines().get(first..).unwrap_or(&[]);
        let heads = self.heads().get(first..).unwrap_or(&[]);
        let lines = starts.iter().zip(heads);
        lines.map(|(start, head)| ((*start).max(self.body.start), *head))
    }

    /// The index of the first line of the body. A body after a byte order mark begins inside it.
    fn first_line(&self) -> usize {
        match self.front_matter {
            Some(_) => self.lines().partition_point(|start| *start < self.body.start),
            None => 0,
        }
    }
}

fn without_line_end(text: &str, line: Span) -> Span {
    let bytes = text.as_bytes().get(line.range()).unwrap_or(&[]);
    let ends = bytes.iter().rev().take_while(|byte| matches!(byte, b'\n' | b'\r')).count();
    Span::new(line.start, line.start + bytes.len() - ends)
}
