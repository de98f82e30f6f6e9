//! Edits text inside a YAML block scalar: every line keeps its indentation, and the header
//! determines the meaning of the final line endings.

use super::super::decoded::{Block, Chomping};
use super::Edit;
use crate::text::Span;
use alloc::string::String;

impl Edit<'_> {
    pub(super) fn in_literal(&self, block: Block) -> Option<(Span, String)> {
        if self.has_control() || self.decoded.text.is_empty() {
            return None;
        }
        let mut place = self.place;
        // A removed line takes the indentation of the next line with it, since it keeps its own.
        if !self.span.is_empty() {
            place.end = self.decoded.start_of(self.span.end);
        }
        let (before, after) = (self.before(), self.after());
        let is_end = after.bytes().all(|byte| byte == b'\n');
        let mut text = self.text;
        if is_end && block.chomping != Chomping::Keep {
            text = text.trim_end_matches('\n');
        }
        if is_end && text.trim().is_empty() && before.trim().is_empty() {
            return None;
        }
        if before.bytes().all(|byte| byte == b'\n') && !block.explicit {
            let first = text.trim_start_matches('\n');
            let first = if first.is_empty() { after.trim_start_matches('\n') } else { first };
            if first.starts_with(' ') {
                return None;
            }
        }
        let had_end = self.span.of(&self.decoded.text).ends_with('\n')
            || self.span.start == self.decoded.text.len() && before.ends_with('\n');
        let mut out = String::new();
        let begins = before.is_empty() || before.ends_with('\n');
        let next = text.chars().next().or(after.chars().next());
        if begins {
            // Only here, because a line of the file may contain thousands of places.
            let line = self.source.get(..place.start)?.rfind('\n').map_or(0, |at| at + 1);
            if next.is_none() {
                place.start = line;
            } else if next != Some('\n') {
                pad(&mut out, block.indent.saturating_sub(place.start - line));
            }
        }
        self.push_lines(&mut out, text, block.indent);
        if after.is_empty() && had_end && !text.ends_with('\n') && !(text.is_empty() && begins) {
            out.push_str(self.line_end());
        }
        Some((place, out))
    }

    /// Consecutive lines, all but the first with their indentation.
    fn push_lines(&self, out: &mut String, text: &str, indent: usize) {
        let after = self.after();
        let mut lines = text.split('\n').peekable();
        out.push_str(lines.next().unwrap_or(""));
        while let Some(line) = lines.next() {
            out.push_str(self.line_end());
            let joins = lines.peek().is_none() && !after.is_empty() && !after.starts_with('\n');
            if !line.is_empty() || joins {
                pad(out, indent);
            }
            out.push_str(line);
        }
    }

    pub(super) fn in_folded(&self, block: Block) -> Option<(Span, String)> {
        if self.has_control() || self.moves_lines() || self.changes_folds() {
            return None;
        }
        let mut out = String::new();
        let mut lines = self.text.split('\n').peekable();
        let mut is_first = true;
        while let Some(line) = lines.next() {
            let is_last = lines.peek().is_none();
            if !is_first && (!line.is_empty() || is_last) {
                out.push_str(self.line_end());
                pad(&mut out, block.indent);
            }
            out.push_str(line);
            if !is_last {
                out.push_str(self.line_end());
            }
            is_first = false;
        }
        Some((self.place, out))
    }

    /// The line of the decoded text up to the place.
    fn line(&self) -> &str {
        let before = self.before();
        before.rfind('\n').map_or(before, |at| before.get(at + 1..).unwrap_or(""))
    }

    /// Whether a folded line would begin with a space, or no longer would, which keeps its line
    /// endings.
    fn moves_lines(&self) -> bool {
        let blank = [' ', '\t'];
        let (line, after) = (self.line(), self.after());
        let removed = self.span.of(&self.decoded.text);
        let starts = self.begins_line() || line.is_empty();
        line.starts_with(blank)
            || self.text.split('\n').skip(1).any(|line| line.starts_with(blank))
            || starts && self.text.starts_with(blank)
            || line.is_empty() && (after.starts_with(blank) || removed.starts_with(blank))
            || after.starts_with(blank) && self.text.contains('\n')
    }

    /// Whether line endings would be adjacent to other line endings or to the end of the text,
    /// which would change their meaning.
    fn changes_folds(&self) -> bool {
        let blank = |c: char| matches!(c, ' ' | '\t' | '\n');
        let (before, after, text) = (self.before(), self.after(), self.text);
        let (begins, ends, breaks) = (self.begins_line(), self.ends_line(), text.contains('\n'));
        let is_line = begins || self.line().is_empty();
        let is_empty = text.trim_matches('\n').is_empty();
        self.span.of(&self.decoded.text).contains('\n')
            || text.starts_with('\n') && before.chars().next_back().is_none_or(blank)
            || text.ends_with('\n') && after.chars().next().is_none_or(blank)
            || (text.is_empty() || breaks) && begins && after.starts_with(blank)
            || (text.is_empty() || breaks) && ends && before.ends_with(blank)
            || is_empty && (breaks || is_line && ends)
            || begins && ends
            || self.line().is_empty() && after.is_empty()
            || self.source_before().ends_with('\n')
            || breaks && after.trim_matches('\n').is_empty()
            || text.trim().is_empty() && before.trim().is_empty()
    }
}

fn pad(out: &mut String, spaces: usize) {
    out.extend(core::iter::repeat_n(' ', spaces));
}
