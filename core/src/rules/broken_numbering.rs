//! Steps and phases whose numbers skip or repeat.

use super::{Check, Context, Example, Finding, Profile, Rule};
use crate::diagnostic::Severity;
use crate::markdown::Heading;
use crate::role::Role;
use crate::text::Span;
use alloc::format;
use alloc::vec::Vec;

/// The rule.
pub(super) static RULE: Rule = Rule {
    name: "broken-numbering",
    severity: Severity::Info,
    profile: Profile::Recommended,
    summary: "The number of a heading or a list item skips or repeats one.",
    why: "If step 5 follows step 2, two steps were lost, or were deleted although others may still refer to them. The model may look for the missing steps, or invent them. The numbers of headings of the same level are compared, and those of unindented list items; `2.1` and `2a` count as parts of step 2.",
    example: Example {
        path: "roles/writer.md",
        bad: "# Writer\n\n## Step 1: Read\n\nRead the changes.\n\n## Step 3: Write\n\nWrite the notes.\n",
        at: "Step 3: Write",
        good: "# Writer\n\n## Step 1: Read\n\nRead the changes.\n\n## Step 2: Write\n\nWrite the notes.\n",
        files: &[],
    },
    check: Check::Role(check),
};

/// An edit seldom loses more numbers than this.
const MOST_MISSING: u32 = 3;

fn check(cx: &mut Context<'_>) {
    let role = cx.role;
    // If code blocks are paired incorrectly, some headings are missing.
    if !role.fence_faults().is_empty() {
        return;
    }
    let lists = in_lists(role);
    // The last number of each level.
    let mut last: [Option<Numbered<'_>>; 7] = [None; 7];
    let mut found: Vec<Finding> = Vec::new();
    for heading in role.outline.headings.iter().filter(|heading| !heading.nested) {
        let level = usize::from(heading.level).min(6);
        let next = Numbered::of(role.text, heading);
        let before = last.get(level).copied().flatten();
        if let (Some(next), Some(before)) = (next, before)
            && !next.is_part
            && before.word == next.word
            && next.number > 1
            && next.number != before.number + 1
            // A text may contain only some phases of a process that another text describes.
            && next.number <= before.number + MOST_MISSING + 1
        {
            let message = match next.number == before.number {
                true => format!("Number {} appears twice", next.number),
                false => format!("Number {} follows {}", next.number, before.number),
            };
            let finding = Finding::new(next.span, message).label(before.span, "previous number");
            found.push(match swallowed(role, &before, &next) {
                Some(fence) => finding
                    .label(fence, "the missing one is in this code block")
                    .help("Close the code block before the heading that it contains."),
                None => finding.help("Renumber the headings, or add the missing one."),
            });
        }
        // A heading of a higher level restarts the numbering below it.
        let lower = last.iter_mut().skip(level + 1);
        lower.for_each(|number| *number = None);
        if let (Some(place), Some(next)) = (last.get_mut(level), next) {
            *place = Some(next);
        }
    }
    // More than a few gaps indicate a different numbering scheme.
    for found in [found, lists].into_iter().filter(|found| found.len() <= 3) {
        found.into_iter().for_each(|finding| cx.report(finding));
    }
}

/// The opening line of a code block that contains the missing heading.
fn swallowed(role: &Role<'_>, before: &Numbered<'_>, next: &Numbered<'_>) -> Option<Span> {
    let title = format!(
        "{}{}{}",
        before.word,
        if before.word.is_empty() { "" } else { " " },
        before.number + 1
    );
    let is_it = |line: &str| {
        let heading = line.trim_start_matches('#');
        heading.len() < line.len()
            && heading
                .trim_start()
                .strip_prefix(&*title)
                .is_some_and(|rest| !rest.starts_with(|c: char| c.is_alphanumeric()))
    };
    let fences = role.outline.fences.iter();
    let mut between = fences
        .filter(|fence| (before.span.end..next.span.start).contains(&fence.span.start))
        .filter(|_| next.number > before.number + 1);
    let fence = between.find(|fence| fence.content.of(role.text).lines().any(is_it))?;
    Some(role.line_at(fence.span.start))
}

/// Finds gaps in top-level list items: "5.", "6.", "9.", with only items and their content in
/// between.
fn in_lists(role: &Role<'_>) -> Vec<Finding> {
    let mut found = Vec::new();
    // A possible gap, confirmed only if the list continues after it: "1.", "3.", "4.".
    let mut pending: Option<Finding> = None;
    // The previous number, its place, and the length of the sequence up to it.
    let mut before: Option<(u32, Span, u32)> = None;
    for (start, head) in role.body_heads() {
        // Most lines are neither items nor right after an item.
        let may_count = before.is_some() || head.is_ascii_digit();
        let is_indented = role.text.as_bytes().get(start) != Some(&head);
        if !may_count || is_indented || matches!(head, b'\r' | b'\n') {
            continue;
        }
        let line = Span::new(start, role.line_at(start).end);
        let text = line.of(role.text);
        let digits = text.bytes().take_while(u8::is_ascii_digit).count();
        let is_item = text.get(digits..).is_some_and(|rest| rest.starts_with(". "));
        let number = text.get(..digits).and_then(|digits| digits.parse().ok());
        let Some(number) = number.filter(|_| is_item && digits < 3) else {
            // A top-level bullet is often meant for the item above it.
            let is_bullet = text.starts_with("- ") || text.starts_with("* ");
            if before.is_some() && !is_bullet && role.outline.code_at(line.start).is_none() {
                (before, pending) = (None, None);
            }
            continue;
        };
        if role.outline.code_at(line.start).is_some() {
            continue;
        }
        let span = Span::new(line.start, line.start + digits);
        let in_order = match before {
            Some((last, _, in_order)) if number == last + 1 => {
                found.extend(pending.take());
                in_order + 1
            }
            Some((1, place, 0)) if number == 3 => {
                let finding = Finding::new(span, "Number 3 follows 1");
                let finding = finding.label(place, "previous number");
                pending = Some(finding.help("Renumber the list, or add the missing item."));
                0
            }
            Some((last, place, in_order))
                if in_order > 0
                    && number > 1
                    && (last..=last + MOST_MISSING + 1).contains(&number) =>
            {
                let message = match number == last {
                    true => format!("Number {number} appears twice"),
                    false => format!("Number {number} follows {last}"),
                };
                let finding = Finding::new(span, message).label(place, "previous number");
                found.push(finding.help("Renumber the list, or add the missing item."));
                0
            }
            _ => {
                pending = None;
                0
            }
        };
        before = Some((number, span, in_order));
    }
    found
}

/// A heading that begins with a number, or with a word and a number.
#[derive(Clone, Copy)]
struct Numbered<'t> {
    word: &'t str,
    number: u32,
    /// Whether it is one of several: `3A`, `3B`.
    is_part: bool,
    span: Span,
}

impl<'t> Numbered<'t> {
    fn of(text: &'t str, heading: &Heading) -> Option<Self> {
        let title = heading.text.of(text);
        let digits = title.find(|c: char| c.is_ascii_digit())?;
        let (word, rest) = title.split_at(digits);
        let length = rest.find(|c: char| !c.is_ascii_digit())?;
        let behind = rest.get(length..)?;
        let part = behind.trim_start_matches(|c: char| c.is_ascii_alphabetic());
        let mut rest_of_title = part.trim_start_matches(' ').chars();
        let is_mark = |c| matches!(c, ':' | '.' | ')' | '—' | '–');
        let ends = rest_of_title.next().is_some_and(is_mark)
            && !rest_of_title.next().is_some_and(char::is_alphanumeric);
        let word = word.trim();
        let is_word = word.is_empty() || ["Step", "Phase", "Stage", "Part", "Rule"].contains(&word);
        (is_word && ends && behind.len() - part.len() < 2).then_some(())?;
        let number = rest.get(..length)?.parse().ok().filter(|number| *number < 1_000)?;
        Some(Self { word, number, is_part: part.len() < behind.len(), span: heading.text })
    }
}

#[cfg(test)]
mod tests {
    use crate::rules::tests::findings;
    use alloc::string::String;
    use alloc::vec::Vec;

    fn check(text: &str) -> Vec<String> {
        findings("broken-numbering", "roles/a.md", text)
    }

    #[test]
    fn a_number_that_a_code_block_contains_is_pointed_out() {
        let text =
            "## 1. Read\n\n````\nx\n\n## 2. Write\n\n```yaml\na: 1\n```\n````\n\n## 3. Send\n";
        let report =
            crate::check(&crate::Input::new(text).at("roles/a.md"), &crate::Options::default());
        let found = report.diagnostics.iter().find(|d| d.rule == "broken-numbering").unwrap();
        assert_eq!(found.message, "Number 3 follows 1");
        assert_eq!(found.labels.last().unwrap().span.of(text), "````");
        assert_eq!(
            found.help.as_deref(),
            Some("Close the code block before the heading that it contains.")
        );
    }

    #[test]
    fn an_item_of_a_list_has_the_next_number() {
        let check = |text: &str| findings("broken-numbering", "roles/a.md", text);
        assert_eq!(
            check("1. a\n2. b\n   - c\n\n5. d\n6. e\n"),
            ["5:1-5:2 info Number 5 follows 2"]
        );
        assert_eq!(check("1. a\n2. b\n\n- c\n\n2. d\n3. e\n").len(), 1);
        assert_eq!(check("1. a\n\n   b\n3. c\n4. d\n"), ["4:1-4:2 info Number 3 follows 1"]);
        for text in [
            "1. a\n1. b\n1. c\n",
            "1. a\n2. b\n\nText.\n\n4. c\n",
            "1. a\n\n## B\n\n3. c\n",
            "```\n1. a\n2. b\n5. c\n```\n",
            "5. a\n9. b\n",
            "1. a\n3. b\n",
            "1. a\n3. b\n\nText.\n\n4. c\n",
        ] {
            assert_eq!(check(text), [""; 0], "{text}");
        }
    }

    #[test]
    fn gaps_and_repetitions_are_found() {
        let text = "## Phase 0: A\n\na\n\n### 1. B\n\nb\n\n### 1. C\n\nc\n\n### 2. D\n\nd\n\n### 2. E\n\ne\n\n## Phase 2 — F\n\nf\n";
        assert_eq!(
            check(text),
            ["17:5-17:9 info Number 2 appears twice", "21:4-21:15 info Number 2 follows 0"]
        );
    }

    #[test]
    fn counts_that_begin_again_and_parts_are_left_alone() {
        for text in [
            "## Step 1: A\n\na\n\n## Step 2: B\n\nb\n\n## Step 1: C\n\nc\n",
            "## Step 1: A\n\na\n\n## Step 2A: B\n\nb\n\n## Step 2B: C\n\nc\n\n## Step 3: D\n\nd\n",
            "## 2.1 A\n\na\n\n## 2.2 B\n\nb\n\n## 2a. C\n\nc\n\n## 4-Tier System\n\nd\n",
            "## Step 2: A\n\na\n\n## Phase 7: B\n\nb\n",
            "## Phase 0: A\n\na\n\n## Phase 6: B\n\nb\n",
            "## A\n\n### 1. B\n\nb\n\n## C\n\n### 3. D\n\nd\n",
            "```\n## 1. A\n## 3. B\n```\n",
        ] {
            assert_eq!(check(text), [""; 0], "{text}");
        }
    }
}
