//! Wraps included text in fences and delimiters, without choosing its position.

use super::super::expanded::SegmentKind;
use super::super::lexer::{Selection, Wrap};
use super::super::output::{Origin, Output};
use super::super::source::{Source, extension, is_template};
use super::Unit;
use crate::markdown::Reader;
use crate::text::Span;
use alloc::format;
use alloc::string::{String, ToString};
use alloc::vec::Vec;

/// The wrapping around included text.
pub(super) struct Wrapped {
    /// How many levels headings move, and whether their levels are then fixed.
    pub raise: (i8, bool),
    /// The fence and its language.
    pub fence: Option<(String, String)>,
    /// The line before and the line after.
    pub wrap: Option<(String, String)>,
    pub data: bool,
    pub raw: bool,
    /// Lines that close every construct left open by the text, so that no later text becomes part
    /// of it.
    pub left_open: Vec<String>,
}

impl Wrapped {
    pub(super) fn is_wrapped(&self) -> bool {
        self.fence.is_some() || self.wrap.is_some()
    }

    pub(super) fn open(&self, unit: &mut Unit<'_, '_>, indent: &str, origin: Origin) {
        if let Some((open, _)) = &self.wrap {
            unit.out.put(&format!("{indent}{open}\n"), SegmentKind::Wrap, origin);
        }
        if let Some((fence, language)) = &self.fence {
            unit.out.put(&format!("{indent}{fence}{language}\n"), SegmentKind::Fence, origin);
        }
    }

    pub(super) fn close(&self, unit: &mut Unit<'_, '_>, indent: &str, origin: Origin) {
        for mark in &self.left_open {
            unit.out.put(&format!("{indent}{mark}\n"), SegmentKind::Fence, origin);
        }
        if let Some((fence, _)) = &self.fence {
            unit.out.put(&format!("{indent}{fence}\n"), SegmentKind::Fence, origin);
        }
        if let Some((_, close)) = &self.wrap {
            unit.out.put(&format!("{indent}{close}\n"), SegmentKind::Wrap, origin);
        }
    }
}

/// A fence longer than any run of backticks inside, if a fence is requested or the file is not
/// prose.
pub(super) fn fence(
    selection: &Selection<'_>,
    source: &Source<'_>,
    content: &Output,
) -> Option<(String, String)> {
    let language = match selection.fence {
        Some(language) if !language.is_empty() => language,
        None if is_template(&source.path) || selection.wrap.is_some() => return None,
        // Backticks after the fence would turn it into a code span.
        _ => Some(extension(&source.path)).filter(|end| !end.contains('`')).unwrap_or(""),
    };
    let (mut longest, mut run) = (0, 0);
    for byte in content.text.bytes() {
        run = if byte == b'`' { run + 1 } else { 0 };
        longest = longest.max(run);
    }
    Some(("`".repeat(3.max(longest + 1)), language.to_string()))
}

/// Delimiters around data, to mark it as data instead of instructions, or because the include
/// requests them.
pub(super) fn wrap(
    selection: &Selection<'_>,
    source: &Source<'_>,
    content: &Output,
) -> Option<(String, String)> {
    let data = source.is_data() && is_template(&source.path) && selection.fence.is_none();
    let path = source.path.replace('&', "&amp;").replace('"', "&quot;").replace('>', "&gt;");
    let text = content.text.as_str();
    match selection.wrap.unwrap_or(if data { Wrap::Xml } else { Wrap::None }) {
        Wrap::None => None,
        Wrap::Comment => {
            let n = number(text, &format!("<!-- end {path}"), ' ');
            Some((format!("<!-- begin {path}{n} -->"), format!("<!-- end {path}{n} -->")))
        }
        Wrap::Xml => {
            let n = number(&text.to_ascii_lowercase(), "</document", '-');
            Some((format!("<document{n} path=\"{path}\">"), format!("</document{n}>")))
        }
    }
}

/// The opening line of a code block that is still open at the end of `text`, and the fence that
/// closes it. A block in a list or a quotation ends with its container.
pub(super) fn open_code_block(text: &str, markdown: Reader) -> Option<(Span, String)> {
    if !text.contains("```") && !text.contains("~~~") {
        return None;
    }
    // The text after the end shows whether it is code: the last line may only look like a closing
    // fence.
    let probed = format!("{text}\n\nx");
    let outline = markdown(&probed, Span::new(0, probed.len()));
    let fence = outline.fence_at(probed.len() - 1)?;
    let line =
        Span::new(fence.span.start, text.len()).of(text).lines().next().unwrap_or("").trim_end();
    let marks = core::iter::repeat_n(char::from(fence.mark), fence.length).collect();
    Some((Span::new(fence.span.start, fence.span.start + line.len()), marks))
}

/// Whether a comment is open where `text` ends. Readers that remove comments look only for the
/// delimiters, so code and escapes make no difference.
pub(super) fn leaves_comment_open(text: &str) -> bool {
    // `<!-->` is a comment as a whole.
    text.rfind("<!--").is_some_and(|at| !text.get(at + 2..).unwrap_or("").contains("-->"))
}

/// The suffix that makes a closing delimiter unique in the text: nothing, or a number after `mark`.
fn number(text: &str, closing: &str, mark: char) -> String {
    let behind =
        text.match_indices(closing).map(|(at, _)| text.get(at + closing.len()..).unwrap_or(""));
    let last = behind.map(|rest| {
        let digits = rest.strip_prefix(mark).unwrap_or("");
        let length = digits.bytes().take_while(u8::is_ascii_digit).count();
        let number = digits.get(..length).and_then(|digits| digits.parse::<u32>().ok());
        number.filter(|&number| number < u32::MAX).unwrap_or(1)
    });
    last.max().map_or_else(String::new, |last| format!("{mark}{}", last + 1))
}
