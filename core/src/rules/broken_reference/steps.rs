//! Reports references to a step by a title that no step has: "Step 2 (Build)" where Step 2 is
//! "Test".

use crate::diagnostic::Severity;
use crate::role::Role;
use crate::rules::Finding;
use crate::text::{Span, letters};
use alloc::format;
use alloc::vec::Vec;

/// A step by its number, and its title.
type Step<'t> = (u32, &'t str);

/// References with a title that does not exist, in a text with correct references to other titles.
pub(super) fn check(role: &Role<'_>) -> Vec<Finding> {
    let body = role.body.of(role.text);
    let heading = |text: &Span| {
        let (number, rest) = number(text.of(role.text).strip_prefix("Step ")?)?;
        let title = rest.trim_start_matches([':', '.', ' ', '-', '–', '—']);
        (title.len() < rest.len() && !title.is_empty()).then_some((number, title))
    };
    let steps: Vec<Step<'_>> = role
        .outline
        .headings
        .iter()
        .map(|heading| heading.text)
        .filter_map(|t| heading(&t))
        .collect();
    if steps.is_empty() {
        return Vec::new();
    }
    let (mut right, mut wrong) = (0, Vec::new());
    for at in memchr::memmem::find_iter(body.as_bytes(), "Step ") {
        let start = role.body.start + at;
        let Some((number, title, end)) = reference(role.text, start) else { continue };
        let titles = || steps.iter().filter(|(step, _)| *step == number).map(|(_, title)| *title);
        if titles().any(|known| are_alike(known, title)) {
            right += 1;
        } else if let Some(known) = titles().next() {
            wrong.push((Span::new(start, end), title, known));
        }
    }
    // If no reference is correct, the parentheses contain something else.
    if right == 0 || role.outline.code_at(role.body.start).is_some() {
        return Vec::new();
    }
    let outside = wrong.into_iter().filter(|(span, ..)| role.outline.code_at(span.start).is_none());
    outside.map(|(span, title, known)| finding(span, title, known)).collect()
}

/// "The summary tier above", without any tier above: that part was split off.
pub(super) fn tier(role: &Role<'_>) -> Option<Finding> {
    const CUE: &str = " tier above";
    let body = role.body.of(role.text);
    let at = role.body.start + memchr::memmem::find(body.as_bytes(), CUE.as_bytes())?;
    let before = role.text.get(..at)?;
    let named = before.rfind("the ").map(|start| start + "the ".len())?;
    let words = before.get(named..)?;
    let is_name = !words.is_empty()
        && words.split(' ').count() < 3
        && words.chars().all(|c| c.is_ascii_lowercase() || matches!(c, ' ' | '-'));
    let has_tier = before.contains("tier") || before.contains("Tier");
    let span = Span::new(named, at + " tier".len());
    (is_name && !has_tier && role.outline.code_at(at).is_none()).then(|| {
        Finding::new(span, format!("Nothing above is called `{}`", span.of(role.text)))
            .severity(Severity::Info)
            .reason("The model looks for a part that is not there.")
            .help("Say what is meant, or delete the reference.")
    })
}

fn finding(span: Span, title: &str, known: &str) -> Finding {
    Finding::new(span, format!("No step is called `{title}`"))
        .reason(format!("The step with this number is called `{known}`."))
        .help("Write the title of the intended step.")
}

fn number(text: &str) -> Option<(u32, &str)> {
    let digits = text.bytes().take_while(u8::is_ascii_digit).count();
    Some((text.get(..digits)?.parse().ok()?, text.get(digits..)?))
}

/// The number and title in "Step 2 (Title of It)", and the end of the reference. A title has at
/// least two words and starts with a capital.
fn reference(text: &str, start: usize) -> Option<(u32, &str, usize)> {
    let (number, rest) = number(text.get(start..)?.strip_prefix("Step ")?)?;
    let inner = rest.strip_prefix(" (")?;
    let title = inner.split([')', '\n', '(']).next()?;
    let is_title = title.starts_with(|c: char| c.is_ascii_uppercase())
        && title.split(' ').filter(|word| word.starts_with(|c: char| c.is_uppercase())).count() > 1;
    let end = text.len() - inner.len() + title.len() + 1;
    (is_title && text.get(end - 1..end) == Some(")")).then_some((number, title, end))
}

/// Whether a reference by the title `other` means the step called `one`.
fn are_alike(one: &str, other: &str) -> bool {
    // "Load Preferences" is short for "Load and Use Preferences".
    let mut words = one.split(' ').map(letters);
    let mut short = other.split(' ').map(letters).filter(|word| !word.is_empty());
    let is_short = short.all(|word| words.any(|known| known == word));
    let (one, other) = (letters(one), letters(other));
    one.contains(&other) || other.contains(&one) || is_short
}
