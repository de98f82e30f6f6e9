//! Reports lists with more or fewer items than the text before them announces.

use super::{Check, Context, Example, Finding, Profile, Rule};
use crate::diagnostic::Severity;
use crate::role::Role;
use crate::text::Span;
use alloc::format;
use alloc::vec::Vec;

mod headings;
mod mentions;

/// The rule.
pub(super) static RULE: Rule = Rule {
    name: "wrong-count",
    severity: Severity::Warning,
    profile: Profile::Core,
    summary: "A list or a section does not have as many items as the line before it says.",
    why: "A line such as \"the following four steps\" before a list of five was true before someone added a step. The model either leaves one out to keep the number, or looks for one that is not there. The same holds for a heading such as \"3-Step Process\" above steps 1 to 4, and for \"across two stages\" before the sections of three, which is reported as info.",
    example: Example {
        path: "roles/reviewer.md",
        bad: "# Reviewer\n\nTake the following four steps:\n\n1. Read the diff.\n2. Run the tests.\n3. Report.\n",
        at: "four",
        good: "# Reviewer\n\nTake the following three steps:\n\n1. Read the diff.\n2. Run the tests.\n3. Report.\n",
        files: &[],
    },
    check: Check::Role(check),
};

fn check(cx: &mut Context<'_>) {
    let role = cx.role;
    let mut findings = Vec::new();
    for paragraph in role.outline.paragraphs.iter().filter(|paragraph| !paragraph.nested) {
        let text = paragraph.span.of(role.text);
        if !text.ends_with(':') {
            continue;
        }
        let said = stated_count(role.text, paragraph.span);
        let Some((span, said)) = said.or_else(|| leading_count(role.text, paragraph.span)) else {
            continue;
        };
        let Some(there) = items_after(role, paragraph.span.end).filter(|there| *there != said)
        else {
            continue;
        };
        findings.push(
            Finding::new(span, format!("The list has {there} items, not {said}"))
                .reason("The model leaves one out, or looks for one that is not there.")
                .help("Correct the number, or leave it out."),
        );
    }
    findings.extend(headings::findings(role));
    findings.extend(mentions::findings(role));
    findings.into_iter().for_each(|finding| cx.report(finding));
}

/// Words before the number.
const WORDS_BEFORE: [&str; 2] = ["the following ", "these "];

const NUMBERS: [&str; 11] =
    ["two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve"];

/// The number after "following" or "these" in the last sentence of a paragraph, and its place.
fn stated_count(text: &str, paragraph: Span) -> Option<(Span, usize)> {
    let line = paragraph.of(text);
    // "in the following two weeks": only nouns for list items count.
    let end = line.trim_end_matches(':').trim_end();
    let ends_with = |noun: &&str| {
        let start = end.len().checked_sub(noun.len());
        start.and_then(|start| end.get(start..)).is_some_and(|last| last.eq_ignore_ascii_case(noun))
    };
    if !LISTED.iter().any(ends_with) {
        return None;
    }
    let lower = line.to_ascii_lowercase();
    let at = WORDS_BEFORE.iter().find_map(|words| lower.rfind(words).map(|at| at + words.len()))?;
    let word = lower.get(at..)?.split(|c: char| !c.is_ascii_alphanumeric()).next()?;
    let number = match NUMBERS.iter().position(|number| *number == word) {
        Some(position) => position + 2,
        None => word.parse().ok().filter(|number| (2..=30).contains(number))?,
    };
    let is_list = !lower.get(at + word.len()..)?.contains(". ");
    let start = paragraph.start + at;
    is_list.then(|| (Span::new(start, start + word.len()), number))
}

/// The number that begins the last sentence of a paragraph, and its place: "Three things to check:".
fn leading_count(text: &str, paragraph: Span) -> Option<(Span, usize)> {
    let sentences = paragraph.of(text);
    let start = sentences.rfind(['.', '\n']).map_or(0, |at| at + 1);
    let sentence = sentences.get(start..)?;
    let start = paragraph.start + start + sentence.len() - sentence.trim_start().len();
    let mut words = sentence.trim_start().split(|c: char| !c.is_ascii_alphanumeric());
    let word = words.next()?;
    let number = NUMBERS.iter().position(|number| word.eq_ignore_ascii_case(number))? + 2;
    // "three simple rules"
    let is_noun = |word: &str| LISTED.iter().any(|noun| word.eq_ignore_ascii_case(noun));
    let is_listed = words.take(2).any(is_noun);
    is_listed.then(|| (Span::new(start, start + word.len()), number))
}

/// Nouns for list items.
const LISTED: [&str; 14] = [
    "steps",
    "rules",
    "phases",
    "principles",
    "items",
    "questions",
    "points",
    "criteria",
    "sections",
    "stages",
    "tasks",
    "things",
    "parts",
    "checks",
];

/// The number of items in the list that follows immediately.
fn items_after(role: &Role<'_>, end: usize) -> Option<usize> {
    let from = role.outline.items.partition_point(|item| item.span.start < end);
    let items = role.outline.items.get(from..)?;
    let first = items.first()?;
    let gap = role.text.get(end..first.span.start)?;
    if !gap.trim().is_empty() {
        return None;
    }
    let mut count = 0;
    let mut last = first.span.start;
    for item in items {
        if item.depth > first.depth {
            continue;
        }
        // Text between two items ends the list.
        let between = role.text.get(last..item.span.start).unwrap_or("");
        if item.depth < first.depth
            || item.ordered != first.ordered
            || count > 0 && !between.trim().is_empty()
        {
            break;
        }
        count += 1;
        last = item.span.end;
    }
    Some(count)
}

#[cfg(test)]
mod tests {
    use crate::rules::tests::findings;
    use alloc::format;

    #[test]
    fn a_heading_is_compared_with_the_numbers_below_it() {
        let check = |text: &str| findings("wrong-count", "roles/a.md", text);
        let steps = |from: usize, to: usize| -> alloc::string::String {
            (from..=to).map(|step| format!("### Step {step}: Taste\n\nDo it.\n\n")).collect()
        };
        assert_eq!(
            check(&format!("## 3-Step Process\n\n{}", steps(1, 4))),
            ["1:4-1:5 warning There are 4 steps below, not 3"]
        );
        assert_eq!(
            check("## The Two Phases\n\n- **Phase 1**: a\n- **Phase 2**: b\n- **Phase 3**: c\n"),
            ["1:8-1:11 warning There are 3 phases below, not 2"]
        );
        assert_eq!(
            check(&format!("## 3-Step Process\n\n{}", steps(0, 3))),
            ["1:4-1:5 info There are 4 steps below, not 3"]
        );
        for text in [
            format!("## 4-Step Process\n\n{}", steps(1, 4)),
            format!("## 5-Step Process\n\n{}", steps(2, 4)),
            format!("## 3-Step Process\n\n{}{}", steps(1, 2), steps(1, 2)),
            format!("## 3-Step Process\n\nText.\n\n## Steps\n\n{}", steps(1, 4)),
            "## A 3-Step Process\n\n- Step 1-2: a\n- Step 3: b\n".into(),
            "## The 2 Steps\n\n```\n- Step 1: a\n- Step 2: b\n- Step 3: c\n```\n".into(),
            format!("## Step 3 of 5\n\n{}", steps(1, 4)),
        ] {
            assert_eq!(check(&text), [""; 0], "{text}");
        }
    }

    #[test]
    fn inner_lists_and_other_numbers_do_not_count() {
        let check = |text: &str| findings("wrong-count", "roles/a.md", text);
        let list = "1. a\n   - x\n   - y\n2. b\n3. c\n";
        assert_eq!(
            check(&format!("Follow these 4 rules:\n\n{list}\nText.\n\n1. d\n")),
            ["1:14-1:15 warning The list has 3 items, not 4"]
        );
        assert_eq!(
            check(&format!("Be kind. Two simple rules hold here:\n\n{list}")),
            ["1:10-1:13 warning The list has 3 items, not 2"]
        );
        for text in [
            format!("Three rules hold:\n\n{list}"),
            format!("When two agents check the rules:\n\n{list}"),
            format!("Two teams check these:\n\n{list}"),
            format!("Follow these 3 rules:\n\n{list}"),
            format!("In the following two weeks, do this:\n\n{list}"),
            format!("Follow these 4 rules.\n\n{list}"),
            format!("Follow these 4 rules:\n\nText.\n\n{list}"),
        ] {
            assert_eq!(check(&text), [""; 0], "{text}");
        }
    }
}
