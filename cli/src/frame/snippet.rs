//! Draws the lines that contain marks, each with its underlining, cut to the width of the terminal.

use super::page::{Page, visible};
use crate::style::{Ink, Style};
use crate::width::{self, wrapped};
use rolewright_core::Span;
use std::borrow::Cow;
use std::collections::BTreeSet;

const TAB: usize = 4;
/// Cells of a line that are shown even in a narrower terminal.
const LEAST_ROOM: usize = 20;

/// A range to underline.
#[derive(Clone, Copy)]
pub(super) struct Mark<'a> {
    pub span: Span,
    pub message: &'a str,
    pub ink: Ink,
    pub sign: char,
}

/// How things are drawn.
pub(super) struct DrawStyle {
    pub style: Style,
    pub gutter: usize,
    pub width: usize,
}

/// The part of a mark on one line, in bytes of the line.
#[derive(Clone, Copy)]
struct Part<'a> {
    line: usize,
    from: usize,
    to: usize,
    mark: Mark<'a>,
}

/// A terminal's representation of a character: its text, its cells, and its bytes in the line.
struct Piece<'t> {
    text: Cow<'t, str>,
    cells: usize,
    start: usize,
    end: usize,
}

impl DrawStyle {
    /// `12 |`, or the same without a number.
    pub(super) fn bar(&self, number: &str) -> String {
        self.style.paint(Ink::Blue, &format!("{number:>width$} |", width = self.gutter))
    }

    /// The lines that contain marks, in order; "..." where lines are omitted.
    pub(super) fn snippet(&self, page: &Page<'_>, marks: &[Mark<'_>]) -> Vec<String> {
        let parts: Vec<Part<'_>> = marks.iter().flat_map(|mark| parts_of(page, *mark)).collect();
        let numbers: BTreeSet<usize> = parts.iter().map(|part| part.line).collect();
        let mut out = Vec::new();
        let mut last = None;
        for number in numbers {
            if last.is_some_and(|last| number > last + 1) {
                out.push(String::from("..."));
            }
            last = Some(number);
            let here: Vec<Part<'_>> =
                parts.iter().filter(|part| part.line == number).copied().collect();
            let (start, end) = page.line(number);
            self.line(page.text.get(start..end).unwrap_or(""), &here, &mut out);
        }
        out
    }

    fn line(&self, line: &str, parts: &[Part<'_>], out: &mut Vec<String>) {
        let Some(first) = parts.first() else { return };
        let room = self.width.saturating_sub(self.gutter + 3);
        let (base, last) = near(line, first.from, room);
        let pieces = pieces(line.get(base..last).unwrap_or(""), base);
        let (from, to) = window(&pieces, first, room);
        let shown = &pieces[from..to];
        let before = if from > 0 || base > 0 { "…" } else { "" };
        let after = if to < pieces.len() || last < line.len() { "…" } else { "" };
        let text: String = shown.iter().map(|piece| piece.text.as_ref()).collect();
        let number = (first.line + 1).to_string();
        let whole = format!("{} {before}{text}{after}", self.bar(&number));
        out.push(whole.trim_end().to_string());
        let mut beyond = Vec::new();
        for (index, part) in parts.iter().enumerate() {
            let left = shown.iter().take_while(|piece| piece.end <= part.from).count();
            let under: Vec<&Piece<'_>> = shown
                .iter()
                .filter(|piece| piece.end > part.from && piece.start < part.to)
                .collect();
            let cut = !after.is_empty() && left == shown.len() || !before.is_empty() && left == 0;
            if under.is_empty() && index > 0 && cut {
                beyond.push(*part);
                continue;
            }
            let indent = sum(&shown[..left]) + usize::from(!before.is_empty());
            let under: usize = under.iter().map(|piece| piece.cells).sum();
            self.underline(part.mark, indent, under, room, out);
        }
        // Marks outside the window get a separate window.
        if !beyond.is_empty() {
            out.push(String::from("..."));
            self.line(line, &beyond, out);
        }
    }

    fn underline(
        &self,
        mark: Mark<'_>,
        indent: usize,
        under: usize,
        room: usize,
        out: &mut Vec<String>,
    ) {
        let length = under.max(1);
        let paint = |text: &str| self.style.paint(mark.ink, text);
        let signs = paint(&mark.sign.to_string().repeat(length));
        let mut line = format!("{} {}{signs}", self.bar(""), " ".repeat(indent));
        let message = visible(mark.message);
        let rest = room.saturating_sub(indent + under + 1).max(20);
        let mut words = wrapped(&message, rest).into_iter();
        if let Some(first) = words.next().filter(|first| !first.is_empty()) {
            line.push(' ');
            line.push_str(&paint(&first));
        }
        out.push(line);
        for more in words {
            let blank = " ".repeat(indent + length);
            out.push(format!("{} {blank} {}", self.bar(""), paint(&more)));
        }
    }
}

/// A multiline range is marked on its first and its last line.
fn parts_of<'a>(page: &Page<'_>, mark: Mark<'a>) -> Vec<Part<'a>> {
    let Span { start, end } = mark.span;
    let first = page.line_at(start);
    let last = page.line_at(start.max(end.saturating_sub(1)));
    let part = |line, from: usize, to: usize, message| {
        let (start, end) = page.line(line);
        let inner = |at: usize| at.min(end).saturating_sub(start);
        Part { line, from: inner(from), to: inner(to), mark: Mark { message, ..mark } }
    };
    if first == last {
        return vec![part(first, start, end, mark.message)];
    }
    let (_, first_end) = page.line(first);
    let (last_start, _) = page.line(last);
    vec![part(first, start, first_end, ""), part(last, last_start, end, mark.message)]
}

/// The part of a long line around the mark, so that a megabyte-long line is not measured as a
/// whole.
fn near(line: &str, from: usize, width: usize) -> (usize, usize) {
    let most_bytes = if line.is_ascii() { 1 } else { char::MAX_LEN_UTF8 };
    let reach = most_bytes * width.max(LEAST_ROOM);
    if line.len() <= 2 * reach {
        return (0, line.len());
    }
    let base = line.ceil_char_boundary(from.saturating_sub(reach));
    (base, line.floor_char_boundary(line.len().min(base + 2 * reach)))
}

/// A terminal's representation of a line: tabs as spaces, invisible characters by their code.
fn pieces(line: &str, base: usize) -> Vec<Piece<'_>> {
    let mut column = 0;
    let mut at = base;
    let piece = |(piece, own)| {
        let (text, cells) = match piece {
            "\t" => {
                let blanks = TAB - column % TAB;
                (Cow::Owned(" ".repeat(blanks)), blanks)
            }
            _ => {
                let text = visible(piece);
                let cells = if text == piece { own } else { width::of(&text) };
                (text, cells)
            }
        };
        let start = at;
        at += piece.len();
        column += cells;
        Piece { text, cells, start, end: at }
    };
    width::cells(line).into_iter().map(piece).collect()
}

/// The pieces to show: the whole line, or as much of it as fits around the mark.
fn window(pieces: &[Piece<'_>], part: &Part<'_>, width: usize) -> (usize, usize) {
    let room = width.max(LEAST_ROOM);
    if sum(pieces) <= room {
        return (0, pieces.len());
    }
    let mut from = pieces.iter().take_while(|piece| piece.end <= part.from).count();
    let mut to = from;
    let mut used = 2;
    let fits = |at: usize, used: usize| {
        pieces.get(at).map(|piece| piece.cells).filter(|cells| used + cells <= room)
    };
    while pieces.get(to).is_some_and(|piece| piece.start < part.to)
        && let Some(cells) = fits(to, used)
    {
        used += cells;
        to += 1;
    }
    // Two thirds of the remaining width go before the mark.
    let lead = used + (room - used) * 2 / 3;
    while from > 0 && used + pieces[from - 1].cells <= lead {
        from -= 1;
        used += pieces[from].cells;
    }
    while let Some(cells) = fits(to, used) {
        used += cells;
        to += 1;
    }
    while from > 0
        && let Some(cells) = fits(from - 1, used)
    {
        used += cells;
        from -= 1;
    }
    (from, to)
}

fn sum(pieces: &[Piece<'_>]) -> usize {
    pieces.iter().map(|piece| piece.cells).sum()
}
