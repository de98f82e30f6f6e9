//! Translates edits of a decoded text into edits of its file, in the quotes or block that contain
//! it.

use super::decoded::{Decoded, Form};
use crate::text::Span;
use alloc::format;
use alloc::string::String;

impl Decoded<'_> {
    /// The replacement in `source` that makes `text` replace `span` in the decoded text. `None` if
    /// the form of the value cannot represent it. For line endings at the very end of a block
    /// scalar, the header decides, whatever `text` contains.
    ///
    /// ```
    /// use rolewright_core::{Span, host::Host, role::Syntax, syntax};
    ///
    /// let file = r#"developer_instructions = "Say no.""#;
    /// let layout = &Host::by_id("codex-agent").unwrap().layout;
    /// let roles = syntax::roles(file, Syntax::Toml, layout).roles;
    /// let (place, new) = roles[0].prompts[0].text.edit(file, Span::new(4, 6), "\"yes\"").unwrap();
    /// assert_eq!((place.of(file), &*new), ("no", r#"\"yes\""#));
    /// ```
    pub fn edit(&self, source: &str, span: Span, text: &str) -> Option<(Span, String)> {
        if self.form == Form::Verbatim {
            return Some((self.to_source(span), String::from(text)));
        }
        let text = text.replace("\r\n", "\n");
        let mut place = self.to_source(span);
        let is_yaml =
            !matches!(self.form, Form::Json | Form::TomlBasic { .. } | Form::TomlLiteral { .. });
        if is_yaml && place.of(source).ends_with('\n') {
            // A line ending that was read as a space is removed together with the indentation of
            // the next line.
            place.end = self.start_of(span.end).max(place.end);
        }
        let edit = Edit { source, decoded: self, span, place, text: &text };
        match self.form {
            Form::Opaque | Form::Verbatim => None,
            Form::Block(block) if block.folded => edit.in_folded(block),
            Form::Block(block) => edit.in_literal(block),
            Form::Plain => edit.in_plain(),
            Form::YamlSingle => edit.in_yaml_single(),
            Form::YamlDouble => edit.in_yaml_double(),
            Form::Json => Some((place, text.chars().map(json).collect())),
            Form::TomlBasic { multi } => edit.in_toml_basic(multi),
            Form::TomlLiteral { multi } => edit.in_toml_literal(multi),
        }
    }
}

mod block;

struct Edit<'e> {
    source: &'e str,
    decoded: &'e Decoded<'e>,
    /// The span in the decoded text.
    span: Span,
    /// The same in the source.
    place: Span,
    text: &'e str,
}

impl Edit<'_> {
    fn before(&self) -> &str {
        self.decoded.text.get(..self.span.start).unwrap_or("")
    }

    fn after(&self) -> &str {
        self.decoded.text.get(self.span.end..).unwrap_or("")
    }

    fn source_before(&self) -> &str {
        Span::new(self.decoded.span.start, self.place.start).of(self.source)
    }

    fn source_after(&self) -> &str {
        Span::new(self.place.end, self.decoded.span.end).of(self.source)
    }

    /// Whether the place is preceded only by whitespace on its line, and the line is not the first
    /// of the value.
    fn begins_line(&self) -> bool {
        let before = self.source_before();
        before.trim_end_matches([' ', '\t']).ends_with('\n')
    }

    /// Whether the place is followed only by whitespace on its line, and the line is not the last
    /// of the value.
    fn ends_line(&self) -> bool {
        let after = self.source_after().trim_start_matches([' ', '\t']);
        after.starts_with(['\n', '\r'])
    }

    fn line_end(&self) -> &'static str {
        let first = self.decoded.span.of(self.source).split('\n').next().unwrap_or("");
        if first.ends_with('\r') { "\r\n" } else { "\n" }
    }

    fn has_control(&self) -> bool {
        self.text.chars().any(|c| c.is_control() && c != '\n' && c != '\t')
    }

    /// In plain and quoted scalars, whitespace before and after line breaks is dropped.
    fn meets_line_end(&self) -> bool {
        let blank = [' ', '\t'];
        let before = self.before().chars().next_back();
        let after = self.after().chars().next();
        let first = self.text.chars().next().or(after);
        let last = self.text.chars().next_back().or(before);
        let is_blank = |c: Option<char>| c.is_some_and(|c| blank.contains(&c));
        self.is_outside()
            || self.begins_line() && is_blank(first)
            || self.ends_line() && is_blank(last)
            || self.text.is_empty() && (self.begins_line() || self.ends_line())
    }

    /// Whether the place touches an empty line, whose number means something, or the last line ending
    /// before a closing quote.
    fn is_outside(&self) -> bool {
        let removed = self.place.of(self.source);
        let (begins, ends) = (self.begins_line(), self.ends_line());
        self.source_before().ends_with('\n')
            || begins && ends
            || self.source_before().ends_with([' ', '\t'])
                && self.source.get(self.place.start..).is_some_and(|t| t.starts_with(['\n', '\r']))
            || removed.contains('\n') && (begins || ends || self.after().is_empty())
    }

    fn in_plain(&self) -> Option<(Span, String)> {
        let (before, after) = (self.before(), self.after());
        let near: String = before
            .chars()
            .next_back()
            .into_iter()
            .chain(self.text.chars())
            .chain(after.chars().next())
            .collect();
        let brackets = [',', '[', ']', '{', '}', '\n'];
        let first = before.chars().chain(self.text.chars()).chain(after.chars()).next();
        let next = self.text.chars().chain(after.chars()).next();
        let at_ends = !first.is_some_and(char::is_alphabetic)
            || self.begins_line() && !next.is_some_and(char::is_alphabetic)
            || (after.is_empty() && (near.ends_with([' ', '\t', ':']) || self.text.is_empty()));
        let refused = self.has_control()
            || self.decoded.text.is_empty()
            || self.text.contains(brackets)
            || near.contains(": ")
            || near.contains(" #")
            || near.contains('\t')
            || self.span.of(&self.decoded.text).contains('\n')
            || at_ends
            || self.meets_line_end();
        (!refused).then(|| (self.place, String::from(self.text)))
    }

    fn in_yaml_single(&self) -> Option<(Span, String)> {
        let removes_line = self.place.of(self.source).contains('\n');
        if self.has_control() || self.text.contains('\n') || self.meets_line_end() || removes_line {
            return None;
        }
        Some((self.place, self.text.replace('\'', "''")))
    }

    fn in_yaml_double(&self) -> Option<(Span, String)> {
        let mut out: String = self.text.chars().map(yaml).collect();
        if self.text.is_empty() {
            // A space at the end of a line would be dropped.
            return (!self.meets_line_end()).then_some((self.place, out));
        }
        if self.is_outside() {
            return None;
        }
        if self.begins_line() && self.text.starts_with(' ') {
            out.replace_range(..1, "\\x20");
        }
        if self.ends_line() && self.text.ends_with(' ') && out.ends_with(' ') {
            out.replace_range(out.len() - 1.., "\\x20");
        }
        Some((self.place, out))
    }

    fn in_toml_basic(&self, multi: bool) -> Option<(Span, String)> {
        let trimmed = multi && self.is_trimmed();
        let (before, after) = (self.source_before(), self.source_after());
        let meets = multi && before.ends_with('"') && after.starts_with('"')
            || trimmed && self.after().starts_with([' ', '\t', '\n']);
        if self.text.is_empty() && meets {
            return None;
        }
        let mut out = String::new();
        let mut previous = self.source_before().chars().next_back();
        let mut chars = self.text.chars().peekable();
        let mut is_blank = trimmed;
        while let Some(c) = chars.next() {
            let next = chars.peek().copied().or(self.source_after().chars().next());
            is_blank &= matches!(c, ' ' | '\t' | '\n');
            match c {
                '\n' if multi && !is_blank => out.push_str(self.line_end()),
                '"' if multi && previous != Some('"') && next != Some('"') => out.push('"'),
                ' ' if is_blank => out.push_str("\\u0020"),
                '\t' if multi && !is_blank => out.push('\t'),
                c => out.push_str(&json(c)),
            }
            previous = Some(c);
        }
        self.with_first_line_end(multi, out)
    }

    /// Whether a backslash at the end of a line takes the whitespace before this place.
    fn is_trimmed(&self) -> bool {
        let before = self.source_before();
        let code = before.trim_end_matches([' ', '\t', '\r', '\n']);
        let gap = before.get(code.len()..).unwrap_or("");
        let slashes = code.len() - code.trim_end_matches('\\').len();
        gap.contains('\n') && slashes % 2 == 1
    }

    fn in_toml_literal(&self, multi: bool) -> Option<(Span, String)> {
        if self.has_control() || !multi && self.text.contains(['\'', '\n']) {
            return None;
        }
        // More than two of them would end the value.
        let quotes = |text: &str| text.len() - text.trim_start_matches('\'').len();
        let behind = quotes(self.source_after());
        let ahead = self.before().len() - self.before().trim_end_matches('\'').len();
        let touches = self.text.starts_with('\'') && ahead > 0
            || self.text.ends_with('\'') && behind > 0
            || self.text.is_empty() && ahead > 0 && behind > 0;
        if self.text.contains("'''") || touches {
            return None;
        }
        self.with_first_line_end(multi, self.text.replace('\n', self.line_end()))
    }

    /// The first line ending after the opening quotes is not part of the text.
    fn with_first_line_end(&self, multi: bool, mut out: String) -> Option<(Span, String)> {
        let opens = multi && self.before().is_empty() && !self.begins_line();
        let first = if self.text.is_empty() { self.source_after() } else { &out };
        if opens && first.starts_with(['\n', '\r']) {
            if self.text.is_empty() {
                out.push_str(self.line_end());
            } else {
                out.insert_str(0, self.line_end());
            }
        }
        Some((self.place, out))
    }
}

/// A character as JSON and TOML write it.
pub(super) fn json(c: char) -> String {
    match c {
        '"' => String::from("\\\""),
        '\\' => String::from("\\\\"),
        '\n' => String::from("\\n"),
        '\r' => String::from("\\r"),
        '\t' => String::from("\\t"),
        c if c.is_control() => format!("\\u{:04X}", u32::from(c)),
        c => String::from(c),
    }
}

/// A character as YAML writes it between double quotes.
fn yaml(c: char) -> String {
    match c {
        '\u{feff}' => String::from("\\uFEFF"),
        c => json(c),
    }
}
