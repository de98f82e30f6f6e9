//! Sentences that say how many numbered sections a file has: "across two stages".

use super::headings::{label, value};
use crate::diagnostic::Severity;
use crate::markdown::Heading;
use crate::role::Role;
use crate::rules::Finding;
use crate::text::Span;
use alloc::format;
use alloc::string::String;
use alloc::vec::Vec;

/// Sections that are numbered: "Stage 1".
const PARTS: [&str; 8] = ["stage", "phase", "step", "round", "pass", "part", "level", "wave"];

/// Words before a number that counts all of them.
const BEFORE: [&str; 18] = [
    "across", "in", "through", "into", "has", "have", "a", "follow", "of", "all", "via", "using",
    "with", "the", "execute", "complete", "run", "over",
];

/// What is made of such parts: "the two-stage process".
const WHOLES: [&str; 10] = [
    "process",
    "workflow",
    "pipeline",
    "execution",
    "approach",
    "procedure",
    "plan",
    "method",
    "methodology",
    "protocol",
];

/// Numbers in the text before numbered sections that differ from how many there are.
pub(super) fn findings(role: &Role<'_>) -> Vec<Finding> {
    let found = PARTS.iter().filter_map(|part| {
        let (first, last, count) = sections(role, part)?;
        let places: Vec<(Span, usize)> =
            counts(role, part, first).into_iter().filter(|(_, said)| *said != count).collect();
        let ((place, said), more) = places.split_first()?;
        let plural = if part.ends_with('s') { "es" } else { "s" };
        let message = format!("There are {count} {part}{plural} below, not {said}");
        let finding = Finding::new(*place, message)
            .and_more(more.len())
            .labels(more.iter().map(|(place, _)| *place), "also here")
            .label(last, "the last of them")
            .severity(Severity::Info)
            .reason("The model leaves one out, or looks for one that is not there.");
        Some(finding.help("Correct the number, or leave it out."))
    });
    found.collect()
}

/// The first and last of the headings "Stage 1", "Stage 2" and so on, and how many there are, if
/// they are of one level, without a gap, and in one section.
fn sections(role: &Role<'_>, part: &str) -> Option<(Span, Span, usize)> {
    let mut open: Option<&Heading> = None;
    let (mut first, mut last, mut count) = (None, None, 0);
    for heading in role.outline.headings.iter().filter(|heading| !heading.nested) {
        // A heading above them ends their section.
        if open.is_some_and(|open| heading.level < open.level) {
            open = None;
        }
        let Some(number) = label(heading.span.of(role.text), part) else { continue };
        let is_sibling = open.is_some_and(|open| open.level == heading.level);
        if number? != count + 1 || count > 0 && !is_sibling {
            return None;
        }
        count += 1;
        first.get_or_insert(heading.span);
        last = Some(heading.span);
        open = Some(heading);
    }
    Some((first?, last?, count)).filter(|_| count > 1)
}

/// The numbers before the first section that count the parts, and their places.
fn counts(role: &Role<'_>, part: &str, first: Span) -> Vec<(Span, usize)> {
    let before = Span::new(role.body.start, first.start);
    let text = before.of(role.text);
    let found = memchr::memmem::find_iter(text.as_bytes(), part).filter_map(|at| {
        let line = role.line_at(role.body.start + at);
        let (start, at) = (line.start, (role.body.start + at).checked_sub(line.start)?);
        let line = Some(line.of(role.text)).filter(|line| line.len() < MAX_LINE)?;
        if line.starts_with(['#', '|', '>']) || role.outline.code_at(start + at).is_some() {
            return None;
        }
        let rest = line.get(at + part.len()..)?;
        let lead = line.get(..at)?;
        let (number, lead) = match lead.strip_suffix('-') {
            Some(lead) => {
                let whole = rest.strip_prefix(' ')?.split(|c: char| !c.is_alphanumeric());
                // "The two-stage execution process".
                whole.take(2).find(|word| WHOLES.contains(word))?;
                (last_word(lead), lead)
            }
            None => {
                let rest = rest.strip_prefix('s')?;
                if rest.starts_with(char::is_alphanumeric) {
                    return None;
                }
                let lead = lead.strip_suffix(' ')?;
                let adjective = last_word(lead);
                match value(adjective) {
                    Some(_) => (adjective, lead),
                    None => {
                        let lead = lead.strip_suffix(adjective)?.strip_suffix(' ')?;
                        (last_word(lead), lead)
                    }
                }
            }
        };
        let said = value(number)?;
        let before = lead.strip_suffix(number)?.trim_end();
        let word: String = last_word(before).to_ascii_lowercase();
        let from = start + lead.len() - number.len();
        BEFORE.contains(&word.as_str()).then(|| (Span::new(from, from + number.len()), said))
    });
    found.collect()
}

/// Longer lines are data.
const MAX_LINE: usize = 1_000;

fn last_word(text: &str) -> &str {
    text.rsplit(|c: char| !c.is_alphanumeric()).next().unwrap_or("")
}

#[cfg(test)]
mod tests {
    use crate::rules::tests::findings;
    use alloc::format;
    use alloc::string::String;

    #[test]
    fn a_number_in_the_text_is_compared_with_the_numbered_sections() {
        let stages = |count: usize| -> String {
            (1..=count).map(|at| format!("### Stage {at}: Knead\n\nKnead it.\n\n")).collect()
        };
        let check = |text: &str, stages: &str| {
            let text = format!("# Baker\n\n{text}\n\n## Work\n\n{stages}");
            findings("wrong-count", "roles/a.md", &text)
        };
        assert_eq!(
            check(
                "Bake bread across two distinct stages.\n\n- Follow the two-stage baking process.",
                &stages(3)
            ),
            ["3:19-3:22 info There are 3 stages below, not 2 (2 places)"]
        );
        for (text, stages) in [
            ("Bake bread across two distinct stages.", stages(2)),
            ("Wait for at least two stages.", stages(3)),
            ("The first two stages take an hour.", stages(3)),
            ("Use two-stage yeast.", stages(3)),
            ("Bake in two `stages`.", stages(3)),
            ("Bake in two stages.", format!("{}## Next\n\n{}", stages(3), stages(3))),
            ("Bake in two stages.", stages(3).replace("Stage 3", "Stage 4")),
            ("Bake in two stages.", stages(3).replace("### Stage 3", "#### Stage 3")),
        ] {
            assert_eq!(check(text, &stages), [""; 0], "{text} {stages}");
        }
    }
}
