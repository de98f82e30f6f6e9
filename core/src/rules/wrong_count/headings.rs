//! Headings that say how many numbered parts their section has: "3-Step Process".

use super::NUMBERS;
use crate::diagnostic::Severity;
use crate::role::Role;
use crate::rules::Finding;
use crate::text::Span;
use alloc::format;
use alloc::vec::Vec;

/// Parts of a text that are numbered: "Step 1", "Level 0".
const PARTS: [&str; 9] =
    ["step", "level", "phase", "stage", "tier", "layer", "gate", "pillar", "principle"];

/// More parts are not announced as a number.
const MOST: usize = 20;

/// Headings whose number is not that of the parts below.
pub(super) fn findings(role: &Role<'_>) -> Vec<Finding> {
    let headings = &role.outline.headings;
    let found = headings.iter().enumerate().filter(|(_, heading)| !heading.nested);
    let found = found.filter_map(|(at, heading)| {
        let (number, said, part) = said(role.text, heading.text)?;
        let below = headings.get(at + 1..)?.iter();
        let next = below.clone().find(|next| next.level <= heading.level);
        let end = next.map_or(role.body.end, |next| next.span.start);
        let places = numbered(role, Span::new(heading.span.end, end), part)?;
        let (first, last) = (places.first()?, places.last()?);
        let there = last.0 + 1 - first.0;
        // A part with the number 0 may be a preparation that does not count.
        let is_sure = first.0 == 1;
        let severity = if is_sure { Severity::Warning } else { Severity::Info };
        (there != said).then(|| {
            Finding::new(number, format!("There are {there} {part}s below, not {said}"))
                .severity(severity)
                .label(last.1, "the last of them")
                .reason("The model leaves one out, or looks for one that is not there.")
                .help("Correct the number, or leave it out.")
        })
    });
    found.collect()
}

/// The number in a title, its place and value, and what it counts: "4-Level Loop", "The 4 steps".
fn said(text: &str, title: Span) -> Option<(Span, usize, &'static str)> {
    let title = Span::new(title.start, title.end);
    let words = title.of(text);
    let mut at = title.start;
    let mut is_first = true;
    let mut number: Option<(Span, usize)> = None;
    for word in words.split_inclusive(' ') {
        let start = at;
        at += word.len();
        let word = word.trim_end();
        let place = |length: usize| Span::new(start, start + length);
        if let Some((count, counted)) = word.split_once('-')
            && let (Some(value), Some(part)) = (value(count), part(counted))
        {
            return Some((place(count.len()), value, part));
        }
        let counted = word.trim_end_matches(':').strip_suffix(['s', 'S']).and_then(part);
        if let (Some((place, value)), Some(part)) = (number, counted) {
            return Some((place, value, part));
        }
        // "Step 3 of 5 steps" counts something else.
        number = value(word).filter(|_| is_first).map(|value| (place(word.len()), value));
        is_first &= word.eq_ignore_ascii_case("the");
    }
    None
}

pub(super) fn value(word: &str) -> Option<usize> {
    let named = NUMBERS.iter().position(|number| word.eq_ignore_ascii_case(number));
    let number = named.map(|at| at + 2).or_else(|| word.parse().ok())?;
    (2..=MOST).contains(&number).then_some(number)
}

fn part(word: &str) -> Option<&'static str> {
    PARTS.iter().find(|part| word.eq_ignore_ascii_case(part)).copied()
}

/// The numbered parts of a section, if they count up from 0 or 1 without a gap.
fn numbered(role: &Role<'_>, section: Span, part: &str) -> Option<Vec<(usize, Span)>> {
    let mut places: Vec<(usize, Span)> = Vec::new();
    let mut start = section.start;
    for line in section.of(role.text).split_inclusive('\n') {
        let from = start;
        start += line.len();
        let Some(number) = label(line, part) else { continue };
        if role.outline.code_at(from).is_some() {
            continue;
        }
        // A range, "Step 2-3", is more than one part.
        let number = number?;
        let is_next = match places.last() {
            Some((last, _)) => number == last + 1,
            None => number < 2,
        };
        if !is_next {
            return None;
        }
        let lead = line.len() - line.trim_start().len();
        places.push((number, Span::new(from + lead, from + line.trim_end().len())));
    }
    (places.len() > 1).then_some(places)
}

/// The number of a heading, an item or a bold line that begins with the part: "- **Level 0**:". It
/// is `None` inside if it is not a number alone.
pub(super) fn label(line: &str, part: &str) -> Option<Option<usize>> {
    let line = line.trim();
    let words = line.trim_start_matches(['#', '-', '*', '+', ' ', '_']);
    let is_marked = words.len() < line.len();
    let (name, rest) = words.split_at_checked(part.len())?;
    let rest = rest.strip_prefix(' ').filter(|_| is_marked && name.eq_ignore_ascii_case(part))?;
    let digits = rest.bytes().take_while(u8::is_ascii_digit).count();
    let (number, behind) = rest.split_at_checked(digits)?;
    if number.is_empty() {
        return None;
    }
    let is_range = behind.starts_with(['-', '–', '/', '.', '&', '+']) && !behind.starts_with(". ");
    let is_part = behind.starts_with(char::is_alphanumeric);
    let is_joined =
        [" and ", " & ", " to ", " - 1", ", "].iter().any(|end| behind.starts_with(end));
    Some(if is_range || is_part || is_joined { None } else { number.parse().ok() })
}
